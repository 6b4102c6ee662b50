//! Card sheets: labels and values on small cards, several to a page.

use serde::Deserialize;

/// A sheet of cards, laid out in columns.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardSheet {
    /// The number of columns on an A4 page, 1 to 4.
    #[serde(default = "two")]
    pub columns: usize,
    /// The cards.
    pub cards: Vec<Card>,
}

fn two() -> usize {
    2
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The title.
    pub title: String,
    /// Pairs of label and value, in order.
    #[serde(default)]
    pub rows: Vec<(String, String)>,
    /// A note at the bottom.
    #[serde(default)]
    pub note: Option<String>,
}

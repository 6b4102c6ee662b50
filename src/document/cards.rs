//! Cards: small papers of labels and values, several to a page.

use serde::Deserialize;

/// Cards, laid out in columns.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardSheet {
    /// How many stand side by side on an A4 page; 1 to 4.
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
    /// What stands at its head.
    pub title: String,
    /// Label and value, in order.
    #[serde(default)]
    pub rows: Vec<(String, String)>,
    /// A sentence at its foot.
    #[serde(default)]
    pub note: Option<String>,
}

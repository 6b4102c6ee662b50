//! The context in which a quick line is parsed.

use chrono::NaiveDate;

use crate::model::{Records, School};
use crate::text::Lang;

/// The context in which a quick line is parsed.
#[derive(Clone, Copy)]
pub(super) struct NoteContext<'a> {
    pub(super) people: &'a Records,
    pub(super) school: &'a School,
    pub(super) today: NaiveDate,
    /// The day of the contact: given by a mark, or else today.
    pub(super) day: NaiveDate,
    pub(super) lang: Lang,
}

/// The placeholder for a mark that was taken out of the text.
pub(super) const MARK: &str = "\u{0}";

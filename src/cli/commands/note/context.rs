//! What a quick line is read with.

use chrono::NaiveDate;

use crate::model::{Records, School};
use crate::text::Lang;

/// What a line is read with.
#[derive(Clone, Copy)]
pub(super) struct NoteContext<'a> {
    pub(super) people: &'a Records,
    pub(super) school: &'a School,
    pub(super) today: NaiveDate,
    /// The day of the contact, where a mark says so; else today.
    pub(super) day: NaiveDate,
    pub(super) lang: Lang,
}

/// Where a mark was taken out of the words.
pub(super) const MARK: &str = "\u{0}";

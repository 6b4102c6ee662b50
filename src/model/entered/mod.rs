//! What people type, read as the values that fields hold: days, classes, amounts, counts, durations, phones,
//! codes and names, in the forms that stand in rosters, logs and on command lines.
//!
//! Nothing is guessed: what may mean two things, or only a part of what a field needs, is a [`InputError`] that says so.

pub mod amount;
pub mod class;
pub mod code;
pub mod day;
pub mod name;
pub mod number;
pub mod period;
pub mod phone;
pub mod relation;

pub use super::filled::says_nothing;
use unicode_normalization::UnicodeNormalization;

/// Why a text is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputError {
    /// It is nothing of the sort.
    Unknown,
    /// It may be one of several, or there are several in it.
    Several(Vec<String>),
    /// A word that is nearly one that is known.
    Nearly(String),
    /// There is no such day: 30 February.
    NoSuchDay,
    /// A year and a month without a day.
    MonthOnly(i32, u32),
    /// A year alone.
    YearOnly,
    /// A day of the lunar calendar.
    Lunar,
    /// A month and a day without a year.
    NoYear,
    /// A month and a day that do not lie in the period of the table: its first and last day.
    OutsidePeriod(chrono::NaiveDate, chrono::NaiveDate),
    /// A weekday without a day.
    WeekdayOnly,
    /// The weekday beside the day is another.
    Weekday,
    /// A grade without the number of the class.
    GradeOnly,
    /// The number of a class without its grade.
    NumberOnly,
    /// A grade that the school does not have: the grade, the first and the last of the school.
    GradeOutside(u32, u8, u8),
    /// Commas that do not stand between thousands: 12,34.
    Grouping,
    /// A price for each, not an amount.
    Each,
    /// More or less so much: 约300元.
    About,
}

/// A text without what differs from hand to hand: full-width forms, invisible characters, blanks at the ends and
/// several in a row.
pub fn narrow(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_graphic() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    if text.chars().all(is_plain) {
        return text.to_owned();
    }
    let visible = text.chars().filter(|c| !is_invisible(*c));
    let folded: String = visible.nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as [`narrow`] makes it, in lower case and without any blanks.
pub fn squeezed(text: &str) -> String {
    let mut text = narrow(text);
    text.retain(|c| c != ' ');
    if text.chars().any(char::is_uppercase) {
        text = text.to_lowercase();
    }
    text
}

/// Marks of writing direction and breaks of no width, which come along with what is copied from elsewhere.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

//! Parses what people type into the values of fields: dates, classes, amounts, counts, durations, phone numbers, codes
//! and names, in the forms used in rosters, logs and on command lines.
//!
//! Nothing is guessed: an ambiguous or incomplete text is an [`InputError`] that says so.

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

/// The reason why a text cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputError {
    /// It has no known form.
    Unknown,
    /// It is ambiguous, or contains several values.
    Several(Vec<String>),
    /// It is a near miss of this known word.
    Nearly(String),
    /// The date does not exist: 30 February.
    NoSuchDay,
    /// A year and a month without a day.
    MonthOnly(i32, u32),
    /// A year alone.
    YearOnly,
    /// A day of the lunar calendar.
    Lunar,
    /// A month and a day without a year.
    NoYear,
    /// A month and a day outside the period of the table, given by its first and last day.
    OutsidePeriod(chrono::NaiveDate, chrono::NaiveDate),
    /// A weekday without a date.
    WeekdayOnly,
    /// The weekday does not match the date.
    Weekday,
    /// A grade without the number of the class.
    GradeOnly,
    /// The number of a class without its grade.
    NumberOnly,
    /// A grade that the school does not have: the grade, and the school's first and last grade.
    GradeOutside(u32, u8, u8),
    /// Commas that do not separate thousands: 12,34.
    Grouping,
    /// A price per piece or person, not an amount.
    Each,
    /// An approximate value: 约300元.
    About,
}

/// Normalizes a text: full-width forms to ordinary ones (NFKC), invisible characters removed, blanks trimmed and
/// collapsed.
pub fn narrow(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_graphic() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    if text.chars().all(is_plain) {
        return text.to_owned();
    }
    let visible = text.chars().filter(|c| !is_invisible(*c));
    let folded: String = visible.nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Normalizes a text as [`narrow`] does, in lower case and without any blanks.
pub fn squeezed(text: &str) -> String {
    let mut text = narrow(text);
    text.retain(|c| c != ' ');
    if text.chars().any(char::is_uppercase) {
        text = text.to_lowercase();
    }
    text
}

/// Whether a character is a mark of writing direction or of zero width, as texts copied from elsewhere contain.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

//! Why something typed is not read, in words.

use super::finding::Message;
use crate::model::entered::Unread;

/// What was to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A day.
    Day,
    /// A day with a time.
    Time,
    /// A class.
    Class,
    /// An amount of money.
    Amount,
    /// How many.
    Count,
    /// How long, in minutes.
    Minutes,
    /// A phone number.
    Phone,
}

/// The message of a text that is not read: what was found, why it will not do, what would.
pub fn unread(wanted: Wanted, found: &str, reason: &Unread) -> Message {
    let id = match reason {
        Unread::NoSuchDay => "entered-no-such-day",
        Unread::MonthOnly(..) => "entered-month-only",
        Unread::YearOnly => "entered-year-only",
        Unread::Lunar => "entered-lunar",
        Unread::Weekday => "entered-weekday",
        Unread::GradeOnly => "entered-grade-only",
        Unread::NumberOnly => "entered-number-only",
        Unread::GradeOutside(..) => "entered-grade-outside",
        Unread::Grouping => "entered-grouping",
        Unread::Each => "entered-each",
        Unread::About => "entered-about",
        Unread::Several(_) if wanted == Wanted::Phone => "entered-several-phones",
        Unread::Unknown | Unread::Several(_) | Unread::Nearly(_) => match wanted {
            Wanted::Day => "import-bad-date",
            Wanted::Time => "import-bad-time",
            Wanted::Class => "import-bad-class",
            Wanted::Amount => "import-bad-amount",
            Wanted::Count => "import-bad-number",
            Wanted::Minutes => "entered-bad-minutes",
            Wanted::Phone => "entered-bad-phone",
        },
    };
    let message = Message::new(id).with("found", found);
    match reason {
        Unread::GradeOutside(grade, first, last) => message
            .with("grade", grade)
            .with("first", first)
            .with("last", last),
        _ => message,
    }
}

//! Messages for input that cannot be parsed.

use super::finding::Message;
use crate::model::entered::InputError;

/// The type of the expected value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// A date.
    Day,
    /// A date with a time.
    Time,
    /// A class.
    Class,
    /// An amount of money.
    Amount,
    /// A number.
    Count,
    /// A duration in minutes.
    Minutes,
    /// A phone number.
    Phone,
}

/// Returns a message that says what was found, why it is invalid and what is valid.
pub fn explain_input_error(wanted: InputKind, found: &str, reason: &InputError) -> Message {
    let id = match reason {
        InputError::NoSuchDay => "entered-no-such-day",
        InputError::MonthOnly(..) => "entered-month-only",
        InputError::YearOnly => "entered-year-only",
        InputError::Lunar => "entered-lunar",
        InputError::NoYear => "entered-no-year",
        InputError::OutsidePeriod(..) => "entered-outside-period",
        InputError::WeekdayOnly => "entered-weekday-only",
        InputError::Weekday => "entered-weekday",
        InputError::GradeOnly => "entered-grade-only",
        InputError::NumberOnly => "entered-number-only",
        InputError::GradeOutside(..) => "entered-grade-outside",
        InputError::Grouping => "entered-grouping",
        InputError::Each => "entered-each",
        InputError::About => "entered-about",
        InputError::Several(_) if wanted == InputKind::Phone => "entered-several-phones",
        InputError::Unknown | InputError::Several(_) | InputError::Nearly(_) => match wanted {
            InputKind::Day => "import-bad-date",
            InputKind::Time => "import-bad-time",
            InputKind::Class => "import-bad-class",
            InputKind::Amount => "import-bad-amount",
            InputKind::Count => "import-bad-number",
            InputKind::Minutes => "entered-bad-minutes",
            InputKind::Phone => "entered-bad-phone",
        },
    };
    let message = Message::new(id).with("found", found);
    match reason {
        InputError::GradeOutside(grade, first, last) => message
            .with("grade", grade)
            .with("first", first)
            .with("last", last),
        InputError::OutsidePeriod(first, last) => message.with("first", first).with("last", last),
        _ => message,
    }
}

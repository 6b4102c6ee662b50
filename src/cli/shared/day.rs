//! Dates as typed on a command line: `2025-10-12`, `11-6`, `昨天`, `周三`, `-7d`.

use chrono::NaiveDate;

use crate::cli::shared::{entered::not_read, environment};
use crate::model::Date;
use crate::model::entered::day::{Towards, day as entered};

/// Parses a date, for `--since`, `--until` and `--today`. Words are relative to the given today; those of `--today`
/// itself to the clock.
///
/// # Errors
///
/// Returns why it is not a date, in the user's language.
pub(crate) fn day(words: &str) -> Result<Date, String> {
    let today = environment::today_for(words);
    entered(words, today, Towards::Past)
        .map(Date)
        .map_err(|unread| {
            let lang = environment::early().lang;
            not_read(&unread, words, "date", today, lang).text(lang)
        })
}

/// Parses a date relative to a given today; a date without a year is the latest one not in the future.
pub(crate) fn relative_to(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    entered(words, today, Towards::Past).ok()
}

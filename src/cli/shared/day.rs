//! Days as people say them on a command line: `2025-10-12`, `11-6`, `昨天`, `周三`, `-7d`.

use chrono::NaiveDate;

use crate::cli::shared::{entered::not_read, environment};
use crate::model::Date;
use crate::model::entered::day::{Towards, day as entered};

/// What `--since`, `--until` and `--today` take. Words are relative to the day that the command was told is today;
/// those of `--today` itself to the clock.
///
/// # Errors
///
/// Why it is no day, in the language of the command.
pub(crate) fn day(words: &str) -> Result<Date, String> {
    let today = environment::today_for(words);
    entered(words, today, Towards::Past)
        .map(Date)
        .map_err(|unread| {
            let lang = environment::early().lang;
            not_read(&unread, words, "date", today, lang).text(lang)
        })
}

/// The day that words say, where some day is today; a day without a year is the latest that is not ahead.
pub(crate) fn relative_to(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    entered(words, today, Towards::Past).ok()
}

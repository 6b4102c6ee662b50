//! Facts that change over time, as lists of dated entries.

use chrono::NaiveDate;

/// An entry that applies from a day until the next entry begins.
pub trait Since {
    /// Returns the first day on which the entry applies.
    fn since(&self) -> NaiveDate;
}

/// Returns the entry that applies on a day: the newest one with `since` on or before it. Of two with the same `since`
/// the later one in the file applies, because people append corrections.
pub fn as_of<T: Since>(entries: &[T], day: NaiveDate) -> Option<&T> {
    entries
        .iter()
        .filter(|entry| entry.since() <= day)
        .max_by_key(|entry| entry.since())
}

/// Whether the inclusive range from `since` to `until` contains a day.
pub fn runs(since: Option<NaiveDate>, until: Option<NaiveDate>, day: NaiveDate) -> bool {
    since.is_none_or(|since| since <= day) && until.is_none_or(|until| day <= until)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Dated(NaiveDate, &'static str);

    impl Since for Dated {
        fn since(&self) -> NaiveDate {
            self.0
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_newest_entry_up_to_the_day_applies() {
        let entries = [
            Dated(day("2025-03-01"), "grandparents"),
            Dated(day("2024-09-01"), "one-parent"),
            Dated(day("2025-03-01"), "kin"),
        ];
        let held = |on: &str| as_of(&entries, day(on)).map(|entry| entry.1);
        assert_eq!(held("2024-08-31"), None);
        assert_eq!(held("2024-09-01"), Some("one-parent"));
        assert_eq!(held("2025-02-28"), Some("one-parent"));
        assert_eq!(held("2025-03-01"), Some("kin"));
    }

    #[test]
    fn ranges_include_both_ends() {
        let (since, until) = (Some(day("2025-09-05")), Some(day("2025-12-01")));
        assert!(runs(since, until, day("2025-09-05")) && runs(since, until, day("2025-12-01")));
        assert!(!runs(since, until, day("2025-09-04")) && !runs(since, until, day("2025-12-02")));
        assert!(runs(None, None, day("2025-01-01")));
    }
}

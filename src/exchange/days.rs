//! Cells with a date range, for kinds with fields for both the first and last day.

use chrono::NaiveDate;
use toml::Value;

use super::cell::{self, CellMeaning};
use super::reading::Reading;
use super::row::RowValues;
use super::sheet::Cell;
use crate::diagnostic::Message;
use crate::model::Date;
use crate::model::entered::{day, narrow};
use crate::model::shape::FieldType;

/// The two ends of a range such as 10.1—10.7, 9月1日至5日, 2025.9.1-2025.9.5.
fn sides(text: &str) -> Option<(String, String)> {
    let text = narrow(text)
        .replace(['—', '–', '~', '到'], "至")
        .replace("至至", "至");
    let halves = text.split_once('至').or_else(|| {
        let is_clear = text.contains(['.', '月', '/']) && text.matches('-').count() == 1;
        text.split_once('-').filter(|_| is_clear)
    });
    let (first, last) = halves?;
    let begins = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let (first, last) = (first.trim(), last.trim());
    (begins(first) && begins(last)).then(|| (first.to_owned(), last.to_owned()))
}

impl Reading<'_> {
    /// Parses the date column as a range, if it is one and the kind has a field for the last day that no column fills.
    /// Returns whether it did.
    pub(super) fn take_days(
        &self,
        at: usize,
        cell: &Cell,
        context: &cell::CellContext<'_>,
        read: &mut RowValues,
    ) -> bool {
        let column = &self.columns[at];
        let is_day = self.kind.info().day_field == Some(column.path.as_str());
        let is_free = !self.columns.iter().any(|column| column.path == "until");
        let (true, true, Some(until)) = (is_day, is_free, self.steps("until")) else {
            return false;
        };
        let Some((first, last)) = sides(&cell.shown()) else {
            return false;
        };
        let Ok(CellMeaning::Value(first, note)) =
            cell::value(&FieldType::Date, &Cell::Text(first), context)
        else {
            return false;
        };
        let day = first.to_string().parse::<NaiveDate>().ok();
        let last = day.and_then(|day| day::last_of(&last, day, context.today).ok());
        let (Some(last), Some(steps)) = (
            last.filter(|last| Some(*last) >= day),
            self.steps(&column.path),
        ) else {
            return false;
        };
        let notes = [note, Some(Message::new("import-days"))]
            .into_iter()
            .flatten();
        read.notes
            .extend(notes.map(|note| note.with("column", &column.header)));
        read.put(at, steps, first);
        read.put(at, until, Value::Datetime(Date(last).into()));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::sides;

    #[test]
    fn two_days_are_told_from_one() {
        for (text, first, last) in [
            ("10.1-10.7", "10.1", "10.7"),
            ("9月1日至5日", "9月1日", "5日"),
            ("2025.9.1—2025.9.5", "2025.9.1", "2025.9.5"),
            ("2025-9-1 至 2025-9-5", "2025-9-1", "2025-9-5"),
        ] {
            assert_eq!(
                sides(text),
                Some((first.to_owned(), last.to_owned())),
                "{text}"
            );
        }
        for text in ["2025-9-1", "10-7", "2025-09", "从9月1日至5日", "2025.9.1"] {
            assert_eq!(sides(text), None, "{text}");
        }
    }
}

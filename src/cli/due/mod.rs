//! `due`: what is overdue and what comes.

mod ics;
mod rows;
mod table;

use std::io::{self, Write};

use chrono::{Days, NaiveDate};

use self::rows::{Row, Words};
use crate::analysis::due::{self, Filter, View};
use crate::exchange::cell;
use crate::model::{Code, Kind, KindSet, School};
use crate::store::Store;
use crate::store::layout::Month;
use crate::store::load::Loaded;
use crate::store::read::Want;
use crate::text::Lang;
use crate::tr;

/// The words that `--format` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Blocks of columns.
    #[default]
    Table,
    /// Rows for a spreadsheet.
    Csv,
    /// For programs.
    Json,
    /// For a phone's calendar (RFC 5545).
    Ics,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// The day of today.
    pub today: NaiveDate,
    /// The language of labels and sentences.
    pub lang: Lang,
    /// How many days are looked ahead.
    pub within: u32,
    /// Whose things.
    pub filter: Filter,
    /// The form of the output.
    pub format: Format,
}

/// A number of days as people write it: `14d`, `2w`, `14`.
///
/// # Errors
///
/// What would be right, for a text that is no such number or looks more than ten years ahead.
pub fn days(text: &str) -> Result<u32, String> {
    let (number, times) = match text.strip_suffix(['d', 'w']) {
        Some(number) if text.ends_with('w') => (number, 7),
        Some(number) => (number, 1),
        None => (text, 1),
    };
    let days = number
        .parse::<u32>()
        .ok()
        .and_then(|days| days.checked_mul(times));
    days.filter(|days| *days <= 3660)
        .ok_or_else(|| "14d, 2w".to_owned())
}

/// Loads what is asked: of visits, activities and aid only the months since the term before the present one; all
/// of what is few or tells of states. Also tells the day from which the former are known.
pub fn load(store: &Store, school: &School, today: NaiveDate) -> (Loaded, NaiveDate) {
    let few = KindSet::of(&[Kind::Term, Kind::Incident]);
    let mut loaded = store.load(Want::all(few));
    let since = due::first_day(&loaded.records.terms, today);
    let wanted = due::kinds(school);
    let many: Vec<Kind> = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| wanted.contains(*kind) && !few.contains(*kind))
        .collect();
    let mut want = Want::all(KindSet::of(&many));
    want.months = Some((Month::of(since), Month::of(today)));
    let more = store.load(want);
    loaded.records.append(more.records);
    loaded.broken.extend(more.broken);
    (loaded, since)
}

/// Writes what is due.
///
/// # Errors
///
/// Those of writing.
pub fn write(
    school: &School,
    loaded: &Loaded,
    since: NaiveDate,
    request: &Request,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Request { today, lang, .. } = *request;
    let records = &loaded.records;
    let view = View {
        school,
        records,
        today,
        within: request.within,
    };
    let words = Words {
        school,
        records,
        today,
        since,
        lang,
    };
    let items = due::list(&view, request.filter);
    let rows: Vec<Row> = items.iter().map(|item| words.row(item)).collect();
    match request.format {
        Format::Table => {
            let last = today.checked_add_days(Days::new(u64::from(request.within)));
            let last = last.unwrap_or(NaiveDate::MAX).to_string();
            let (day, since) = (today.to_string(), since.to_string());
            writeln!(
                out,
                "{}",
                tr!(
                    lang,
                    "due-head",
                    today = day,
                    last = last.as_str(),
                    since = since
                )
            )?;
            if rows.is_empty() {
                writeln!(out, "\n{}", tr!(lang, "due-nothing", last = last))?;
            }
            for (heading, block) in table::blocks(&rows, today, lang) {
                write!(out, "\n{heading}\n{block}")?;
            }
            Ok(())
        }
        Format::Csv => csv(&rows, lang, out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            writeln!(out)
        }
        Format::Ics => {
            out.write_all(ics::calendar(&rows, &school.school.name, today, lang).as_bytes())
        }
    }
}

fn csv(rows: &[Row], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "group",
        "day",
        "overdue",
        "title",
        "children",
        "child_ids",
        "classes",
        "helpers",
        "helper_ids",
        "record",
        "missing",
        "last_contact",
        "note",
    ])?;
    let ids = |people: &[rows::Person]| -> String {
        let ids: Vec<String> = people.iter().map(|person| person.id.to_string()).collect();
        ids.join(" ")
    };
    let day = |day: Option<rows::Day>| day.map_or_else(String::new, |day| day.0.to_string());
    for row in rows {
        let cells = [
            row.group.code().to_owned(),
            day(row.day),
            row.overdue.to_string(),
            row.title.clone(),
            ics::names(&row.children, lang),
            ids(&row.children),
            row.classes.join(" "),
            ics::names(&row.helpers, lang),
            ids(&row.helpers),
            row.record.clone().unwrap_or_default(),
            row.missing
                .map_or_else(String::new, |missing| missing.to_string()),
            day(row.last_contact),
            row.note.clone(),
        ];
        csv.write_record(cells.iter().map(|text| cell_text(text)))?;
    }
    csv.flush()
}

/// A cell that no spreadsheet program takes for a formula; an empty one stays empty.
fn cell_text(text: &str) -> String {
    match text.is_empty() {
        true => String::new(),
        false => cell::escaped(text),
    }
}

#[cfg(test)]
mod tests;

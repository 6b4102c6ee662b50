//! `due`: what is overdue and what comes.

mod ics;

use std::io::{self, Write};

use chrono::{Days, NaiveDate};
use serde::Serializer;

use crate::analysis::due::{self, Filter, View};
use crate::cli::shared::due::rows::{self, Row, Words};
use crate::cli::shared::due::{names, table};
use crate::cli::shared::session::Session;
use crate::cli::shared::{reference, values};
use crate::cli::{Outcome, Verb};
use crate::exchange::cell;
use crate::model::{Code, Kind, KindSet, Records, School};
use crate::store::Want;
use crate::store::layout::Month;
use crate::text::Lang;
use crate::tr;

/// The words that `--format` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    #[default]
    Table,
    Csv,
    Json,
    #[value(name = "jsonl", alias = "ndjson")]
    Ndjson,
    #[value(alias = "markdown")]
    Md,
    Ics,
}

/// What `due` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct DueArgs {
    #[arg(long, value_name = "DAYS", default_value = "14d", value_parser = days)]
    within: u32,
    #[arg(long, value_name = "HELPER")]
    helper: Option<String>,
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[arg(long)]
    skip_broken: bool,
}

impl Verb for DueArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store()?;
        let school = session.school(&store)?;
        let (today, lang) = (session.today, session.lang);
        let helper = self.helper.as_deref();
        let helper = helper
            .map(|typed| reference::resolve(session, &store, typed, KindSet::of(&[Kind::Helper])));
        let class = self
            .class
            .as_deref()
            .map(|typed| values::class(typed, &school, today, lang));
        let request = Request {
            today,
            lang,
            within: self.within,
            filter: Filter {
                helper: helper.transpose()?,
                class: class.transpose()?,
                child: None,
            },
            format: self.format,
            width: session.width(),
        };
        let few = session.read(&store, Want::all(FEW), self.skip_broken)?;
        let since = due::first_day(&few.records.terms, today);
        let many = session.read(&store, many(&school, since, today), self.skip_broken)?;
        let mut records = few.records;
        records.append(many.records);
        Ok(write(&school, &records, since, &request, session.out()).map(|()| Outcome::Done)?)
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
struct Request {
    /// The day of today.
    today: NaiveDate,
    /// The language of labels and sentences.
    lang: Lang,
    /// How many days are looked ahead.
    within: u32,
    /// Whose things.
    filter: Filter,
    /// The form of the output.
    format: Format,
    /// The width of the terminal that it goes to.
    width: Option<u16>,
}

/// A number of days as people write it: `14d`, `2w`, `14`.
///
/// # Errors
///
/// What would be right, for a text that is no such number or looks more than ten years ahead.
fn days(text: &str) -> Result<u32, String> {
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

/// The kinds of which everything is read: what is few, and what may stay open for years.
const FEW: KindSet = KindSet::of(&[Kind::Term, Kind::Incident]);

/// What else is read: of visits, activities and aid only the months since the term before the present one.
fn many(school: &School, since: NaiveDate, today: NaiveDate) -> Want {
    let wanted = due::kinds(school);
    let kinds = Kind::ALL.iter().copied();
    let kinds: Vec<Kind> = kinds
        .filter(|kind| wanted.contains(*kind) && !FEW.contains(*kind))
        .collect();
    Want {
        months: Some((Month::of(since), Month::of(today))),
        ..Want::all(KindSet::of(&kinds))
    }
}

/// Writes what is due.
///
/// # Errors
///
/// Those of writing.
fn write(
    school: &School,
    records: &Records,
    since: NaiveDate,
    request: &Request,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Request { today, lang, .. } = *request;
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
    let mut rows = items.iter().map(|item| words.row(item));
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
            if items.is_empty() {
                writeln!(out, "\n{}", tr!(lang, "due-nothing", last = last))?;
            }
            for (heading, block) in table::blocks(&items, &words, request.width) {
                write!(out, "\n{heading}\n{block}")?;
            }
            Ok(())
        }
        Format::Csv => csv(rows, lang, out),
        Format::Ndjson => rows.try_for_each(|row| {
            serde_json::to_writer(&mut *out, &row)?;
            writeln!(out)
        }),
        Format::Md => {
            let text = table::sheet(rows, today, lang).markdown(lang);
            out.write_all(&text.map_err(io::Error::other)?)
        }
        Format::Json => {
            serde_json::Serializer::pretty(&mut *out).collect_seq(rows)?;
            writeln!(out)
        }
        Format::Ics => {
            out.write_all(ics::calendar(rows, &school.school.name, today, lang).as_bytes())
        }
    }
}

fn csv(rows: impl Iterator<Item = Row>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
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
            names(&row.children, lang),
            ids(&row.children),
            row.classes.join(" "),
            names(&row.helpers, lang),
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

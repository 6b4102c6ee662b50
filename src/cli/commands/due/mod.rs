//! `due`: what is overdue and what comes.

mod ics;

use std::io::{self, Write};

use chrono::{Days, NaiveDate};
use serde::Serializer;

use crate::analysis::due::{self, Filter, View};
use crate::cli::shared::due::rows::{self, Row, Words};
use crate::cli::shared::due::{names, table};
use crate::cli::shared::session::Session;
use crate::cli::shared::{counting, reference, values};
use crate::cli::{Outcome, Verb};
use crate::exchange::cell;
use crate::model::{Code, Kind, KindSet, Records, School};
use crate::store::Want;
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
    #[arg(long)]
    why: bool,
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
            why: self.why,
            width: session.width(),
            is_coloured: session.is_coloured(),
        };
        counting::check_duties(session, &store, &school, self.skip_broken)?;
        // What is open may be of any age.
        let want = Want::all(due::kinds(&school));
        let records = session.read(&store, want, self.skip_broken)?.records;
        Ok(write(&school, &records, &request, session.out()).map(|()| Outcome::Done)?)
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
    /// Whether the order is explained.
    why: bool,
    /// The width of the terminal that it goes to.
    width: Option<u16>,
    /// Whether what is overdue is red.
    is_coloured: bool,
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

/// Writes what is due.
///
/// # Errors
///
/// Those of writing.
fn write(
    school: &School,
    records: &Records,
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
        lang,
        why: request.why,
    };
    let items = due::list(&view, request.filter);
    let mut rows = items.iter().map(|item| words.row(item));
    match request.format {
        Format::Table => {
            let last = today.checked_add_days(Days::new(u64::from(request.within)));
            let last = last.unwrap_or(NaiveDate::MAX).to_string();
            let day = today.to_string();
            let head = tr!(lang, "due-head", today = day, last = last.as_str());
            writeln!(out, "{head}")?;
            if request.why {
                let bound = school.contact_within_days();
                writeln!(out, "{}", tr!(lang, "due-why", bound = bound))?;
            }
            if items.is_empty() {
                return writeln!(out, "\n{}", tr!(lang, "due-nothing", last = last));
            }
            for (heading, block) in
                table::blocks(&items, &words, request.width, request.is_coloured)
            {
                write!(out, "\n{heading}\n{block}")?;
            }
            writeln!(out, "\n{}", table::total(&items, today, lang))?;
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
        "handle",
        "duty",
        "days",
        "bound",
        "risk",
    ])?;
    let ids = |people: &[rows::Person]| -> String {
        let ids: Vec<String> = people.iter().map(|person| person.id.to_string()).collect();
        ids.join(" ")
    };
    let day = |day: Option<rows::Day>| day.map_or_else(String::new, |day| day.0.to_string());
    for row in rows {
        let gap = |of: fn(&rows::Gap) -> String| row.gap.as_ref().map_or_else(String::new, of);
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
            row.handle.clone().unwrap_or_default(),
            row.duty.clone().unwrap_or_default(),
            gap(|gap| gap.days.to_string()),
            gap(|gap| gap.bound.to_string()),
            gap(|gap| gap.risk.clone().unwrap_or_default()),
        ];
        csv.write_record(cells.iter().map(|text| cell_text(text)))?;
    }
    csv.flush()
}

/// A cell that no spreadsheet program takes for a formula; an empty one stays empty.
fn cell_text(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        cell::escaped(text)
    }
}

#[cfg(test)]
mod tests;

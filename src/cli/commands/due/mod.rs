//! `due`: lists what is overdue and coming up.

mod ics;

use std::io;

use chrono::{Days, NaiveDate};

use crate::analysis::due::{self, Filter, View};
use crate::cli::shared::due::rows::DueWords;
use crate::cli::shared::due::{read, table};
use crate::cli::shared::outside::NeverPublic;
use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::{FormatOr, Printer, Target};
use crate::cli::shared::{counting, reference, values};
use crate::cli::verb::{Outcome, Verb};
use crate::model::{Kind, KindSet, Records, School};
use crate::text::Lang;
use crate::tr;

/// The format that only this command has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Calendar {
    Ics,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DueArgs {
    #[arg(long, value_name = "DAYS", default_value = "14d", value_parser = days)]
    within: u32,
    #[arg(long, alias = "by", value_name = "HELPER")]
    helper: Option<String>,
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,
    #[arg(long)]
    why: bool,
    #[arg(long, default_value = "table")]
    format: FormatOr<Calendar>,
    #[arg(long)]
    skip_broken: bool,
    #[command(flatten)]
    outside: NeverPublic,
}

impl Verb for DueArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        self.outside.refuse("due")?;
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
        };
        counting::check_duties(session, &store, &school, self.skip_broken)?;
        let records = read(session, &store, &school, self.skip_broken)?;
        if self.format == FormatOr::Own(Calendar::Ics) {
            session.say(&tr!(lang, "due-calendar-names"))?;
        }
        Ok(write(&school, &records, &request, &mut session.target()).map(|()| Outcome::Done)?)
    }
}

/// A parsed request.
#[derive(Clone, Copy, Debug)]
struct Request {
    today: NaiveDate,
    /// The language of labels and sentences.
    lang: Lang,
    /// The number of days to look ahead.
    within: u32,
    filter: Filter,
    /// The output format.
    format: FormatOr<Calendar>,
    /// Whether the order is explained.
    why: bool,
}

/// Parses a number of days: `14d`, `2w`, `14`.
///
/// # Errors
///
/// Returns the expected form, for an invalid number or one of more than ten years.
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

/// Writes the due items.
///
/// # Errors
///
/// Errors of the output.
fn write(
    school: &School,
    records: &Records,
    request: &Request,
    target: &mut Target<'_>,
) -> io::Result<()> {
    let Request { today, lang, .. } = *request;
    let view = View {
        school,
        records,
        today,
        within: request.within,
    };
    let words = DueWords {
        school,
        records,
        today,
        lang,
        why: request.why,
    };
    let items = due::list(&view, request.filter);
    let rows = items.iter().map(|item| words.row(item));
    let format = match request.format {
        FormatOr::Rows(format) => format,
        FormatOr::Own(Calendar::Ics) => {
            let calendar = ics::calendar(rows, &school.school.name, today, lang);
            return target.out.write_all(calendar.as_bytes());
        }
    };
    match format.printer() {
        Printer::Terminal(_) => {
            let last = today.checked_add_days(Days::new(u64::from(request.within)));
            let last = last.unwrap_or(NaiveDate::MAX).to_string();
            let day = today.to_string();
            let head = tr!(lang, "due-head", today = day, last = last.as_str());
            writeln!(target.out, "{head}")?;
            if request.why {
                let bound = school.contact_within_days();
                writeln!(target.out, "{}", tr!(lang, "due-why", bound = bound))?;
            }
            if items.is_empty() {
                return writeln!(target.out, "\n{}", tr!(lang, "due-nothing", last = last));
            }
            table::print(&items, &words, target)?;
            writeln!(target.out, "\n{}", table::total(&items, today, lang))
        }
        Printer::Document(_) => table::sheet(rows, today, lang).print(target, format),
        Printer::Cells(_) => table::cells(rows, lang).print(target, format),
        Printer::Series(form) | Printer::Whole(form) => {
            let rows: Vec<_> = rows.map(serde_json::to_value).collect::<Result<_, _>>()?;
            form.list(target.out, &mut rows.into_iter())
        }
    }
}

#[cfg(test)]
mod tests;

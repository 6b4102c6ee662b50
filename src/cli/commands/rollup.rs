//! `rollup`: counts several schools side by side and in total.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::{Datelike, NaiveDate};
use clap::ValueEnum;
use serde_json::Value;

use crate::analysis::figures::{self as analysis, Figure};
use crate::analysis::statement::Number;
use crate::cli::shared::environment;
use crate::cli::shared::period::Period;
use crate::cli::shared::recovery;
use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::{Cell, Column, Format, FormatOr, Printer, Sheet, Target};
use crate::cli::verb::{Outcome, Verb};
use crate::exchange::figures_file::FiguresFileError;
use crate::exchange::rollup::{
    Days, Failure, Rollup, RollupOptions, SchoolCount, SchoolError, Total, find_schools, rollup,
};
use crate::model::child::Definition;
use crate::model::id::TermPart;
use crate::model::{Code, Id, Kind, School};
use crate::report::township;
use crate::text::Lang;
use crate::text::number::Share;
use crate::tr;

/// The default figures: those at the start of a township's own report.
const DEFAULT_FIGURES: &[&str] = &[
    "students",
    "children",
    "children.priority",
    "children.paired",
    "children.visited",
    "visits",
    "activities",
    "aid.money",
    "incidents",
];

/// The maximum number of figures shown as columns, with schools as rows.
const MAX_FIGURE_COLUMNS: usize = 10;

#[derive(Debug, clap::Args)]
pub(crate) struct RollupArgs {
    /// Directories of schools, or folders that contain them.
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    period: Period,
    /// The ids of figures; `all` for every one.
    #[arg(long, value_name = "FIGURE", value_delimiter = ',')]
    figures: Vec<String>,
    /// The definition of left-behind for every school.
    #[arg(long, value_name = "CODE")]
    definition: Option<String>,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: FormatOr<ReportFormat>,
    /// The output file of a report.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Count schools without their unreadable records.
    #[arg(long)]
    skip_broken: bool,
    /// Suppress small groups of children.
    #[arg(long)]
    public: bool,
}

/// The formats of the township report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    Md,
    Html,
    Docx,
}

impl Verb for RollupArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        run(&self, session)
    }
}

fn run(args: &RollupArgs, session: &mut Session) -> anyhow::Result<Outcome> {
    let lang = session.lang;
    let definition = match &args.definition {
        None => None,
        Some(word) => match Definition::of_code(word) {
            Some(definition) => Some(definition),
            None => {
                let known: Vec<_> = Definition::ALL.iter().map(|code| code.code()).collect();
                bail!(tr!(
                    lang,
                    "unknown-word",
                    found = word.as_str(),
                    known = known.join(", ")
                ))
            }
        },
    };
    let options = RollupOptions {
        days: asked_days(args, session)?,
        today: session.today,
        definition,
        skip_broken: args.skip_broken,
        public: args.public,
    };
    let counted = rollup(&find_schools(&args.folders), &options, &mut |_| {});
    let figures = chosen(args, &counted, lang)?;
    let is_to_file = args
        .output
        .as_deref()
        .is_some_and(|path| path != Path::new("-"));
    let bytes = match args.format {
        _ if counted.schools.is_empty() => Vec::new(),
        FormatOr::Rows(format) => {
            let mut bytes = Vec::new();
            let mut target = Target {
                out: &mut bytes,
                lang,
                width: session.width().filter(|_| !is_to_file),
                is_coloured: false,
            };
            print(&counted, &figures, format, &mut target)?;
            bytes
        }
        FormatOr::Own(ReportFormat::Md) => report(&counted, session, "md")?,
        FormatOr::Own(ReportFormat::Html) => report(&counted, session, "html")?,
        FormatOr::Own(ReportFormat::Docx) => report(&counted, session, "docx")?,
    };
    match args.output.as_deref().filter(|_| is_to_file) {
        Some(file) if !counted.schools.is_empty() => {
            crate::cli::shared::output::save(file, &bytes)?
        }
        _ if args.format == FormatOr::Own(ReportFormat::Docx)
            && environment::is_output_terminal() =>
        {
            bail!(tr!(lang, "report-is-binary"))
        }
        _ => session.write_bytes(&bytes)?,
    }
    for failure in &counted.failures {
        let reason = reason(&failure.reason, lang);
        let line = tr!(
            lang,
            "rollup-uncounted",
            path = failure.root.display().to_string(),
            reason = reason
        );
        session.warn(&line)?;
    }
    for copy in counted.copies() {
        let path = |school: &SchoolCount| school.root.display().to_string();
        session.warn(&tr!(
            lang,
            "rollup-copy",
            one = path(copy.one),
            other = path(copy.other),
            shared = copy.shared
        ))?;
    }
    for twice in counted.twice() {
        session.warn(&tr!(
            lang,
            "rollup-twice",
            one = twice.one.root.display().to_string(),
            other = twice.other.root.display().to_string(),
            key = twice.key
        ))?;
    }
    if args.public {
        if counted.too_small > 0 {
            session.say(&tr!(lang, "rollup-too-small", count = counted.too_small))?;
        }
        if figures.iter().any(|figure| counted.is_partial(figure)) {
            session.say(&tr!(lang, "rollup-hidden"))?;
        }
        session.say(&tr!(lang, "public-compared"))?;
        if args.definition.is_some() {
            session.say(&tr!(lang, "rollup-public-definition"))?;
        }
    }
    if counted.has_mixed_definitions() {
        session.warn(&tr!(lang, "rollup-mixed"))?;
    }
    if counted.schools.is_empty() {
        bail!(tr!(lang, "rollup-none"));
    }
    Ok(if counted.failures.is_empty() {
        Outcome::Done
    } else {
        Outcome::FoundErrors
    })
}

/// The schools not counted, with their paths and records; none for the public.
fn shown_failures(counted: &Rollup) -> impl Iterator<Item = &Failure> {
    counted.failures.iter().filter(|_| !counted.is_public)
}

/// A value and its share of the denominator.
type Shown = (Option<analysis::Value>, Option<Share>);

/// Renders the schools as a township report.
fn report(counted: &Rollup, session: &Session, format: &str) -> anyhow::Result<Vec<u8>> {
    let lang = session.lang;
    let row = |value: &dyn Fn(&Figure) -> Shown| {
        let cells = counted.figures.iter().map(|figure| {
            let (value, share) = value(figure);
            let number = township::Number {
                text: value.map_or_else(|| "—".to_owned(), |value| figure.number(value.value)),
                share: share.map_or_else(String::new, |share| share.to_string()),
            };
            (figure.id.clone(), number)
        });
        cells.collect()
    };
    let of_school = |school: &SchoolCount, figure: &Figure| {
        let value = school.value(&figure.id);
        (value, value.and_then(analysis::Value::share))
    };
    let of_all = |figure: &Figure| {
        let total = counted.total(figure);
        (total.map(|total| total.value), total.and_then(Total::share))
    };
    let kinds = counted.figures.iter().filter(|figure| {
        figure.id.starts_with("children.guardianship.")
            && counted
                .total(figure)
                .is_some_and(|total| total.value.value > 0)
    });
    let scopes = || counted.schools.iter().map(|school| school.scope);
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let about = township::Township {
        from: day(scopes().map(|scope| scope.from).min()),
        until: day(scopes().map(|scope| scope.as_of).max()),
        today: session.today.to_string(),
        schools: counted
            .schools
            .iter()
            .map(|school| township::SchoolRow {
                name: school.name.clone(),
                cells: row(&|figure| of_school(school, figure)),
            })
            .collect(),
        total: row(&of_all),
        labels: kinds
            .clone()
            .map(|figure| {
                let label = figure.label.get(lang);
                let short = label.rsplit(['：', ':']).next().unwrap_or(label).trim();
                (figure.id.clone(), short.to_owned())
            })
            .collect(),
        kinds: kinds.map(|figure| figure.id.clone()).collect(),
        partial: (counted.figures.iter())
            .filter(|figure| counted.is_partial(figure))
            .map(|figure| (figure.id.clone(), counted.schools_with(figure)))
            .collect(),
        mixed: counted.has_mixed_definitions(),
        failures: shown_failures(counted)
            .map(|failure| township::Missing {
                path: failure.root.display().to_string(),
                reason: reason(&failure.reason, lang),
            })
            .collect(),
    };
    let document = township::write(&about, township::template(lang), lang)?;
    let format = crate::document::format(format).context("format")?;
    Ok(format.render(&document)?)
}

fn asked_days(args: &RollupArgs, session: &mut Session) -> anyhow::Result<Days> {
    let period = &args.period;
    // Schools have terms of their own: here a term can only be given by id.
    if period.has_named_bounds() {
        bail!(tr!(session.lang, "rollup-days-only"));
    }
    let (since, until) = period.bounds(&[], session.today)?;
    match (&period.term, since, until) {
        (Some(term), ..) => match Id::parse(Kind::Term, term) {
            Some(id) => Ok(Days::Term(id)),
            None => bail!(tr!(
                session.lang,
                "import-bad-id",
                found = term.as_str(),
                kind = Kind::Term.label().get(session.lang)
            )),
        },
        (None, Some(since), until) => Ok(Days::Between(since, until.unwrap_or(session.today))),
        (None, None, Some(until)) => Ok(Days::Between(NaiveDate::MIN, until)),
        _ => match present_term(session.today) {
            Some(id) => Ok(Days::Term(id)),
            None => bail!(tr!(session.lang, "rollup-no-days")),
        },
    }
}

/// The term in which a day lies by the usual calendar: the second from February to July.
fn present_term(day: NaiveDate) -> Option<Id> {
    let year = u16::try_from(day.year()).ok()?;
    match day.month() {
        2..=7 => Id::term(year.checked_sub(1)?, TermPart::Second),
        1 => Id::term(year.checked_sub(1)?, TermPart::First),
        _ => Id::term(year, TermPart::First),
    }
}

fn chosen<'r>(
    args: &RollupArgs,
    counted: &'r Rollup,
    lang: Lang,
) -> anyhow::Result<Vec<&'r Figure>> {
    let all = args.figures.iter().any(|id| id == "all");
    let is_short = matches!(args.format, FormatOr::Rows(format) if format.is_for_terminals());
    if all || (args.figures.is_empty() && !is_short) {
        return Ok(counted.figures.iter().collect());
    }
    let named = |id: &str| counted.figures.iter().find(|figure| figure.id == id);
    if args.figures.is_empty() {
        return Ok(DEFAULT_FIGURES.iter().filter_map(|id| named(id)).collect());
    }
    let mut figures = Vec::new();
    for id in &args.figures {
        match named(id) {
            Some(figure) => figures.push(figure),
            // Without any counted school there are no figures, which is reported below.
            None if counted.schools.is_empty() => {}
            // The error does not reveal whether a suppressed figure exists.
            None if args.public => {
                bail!(tr!(lang, "rollup-not-public", found = id.as_str()))
            }
            None => {
                let known: Vec<_> = counted
                    .figures
                    .iter()
                    .map(|figure| figure.id.as_str())
                    .collect();
                bail!(tr!(
                    lang,
                    "unknown-word",
                    found = id.as_str(),
                    known = known.join(", ")
                ))
            }
        }
    }
    Ok(figures)
}

/// Formats a value, with its share of the denominator.
fn cell(figure: &Figure, value: Option<analysis::Value>, share: Option<Share>) -> String {
    let Some(value) = value else {
        return String::from("—");
    };
    match share {
        Some(share) => format!("{} ({share})", figure.number(value.value)),
        None => figure.number(value.value),
    }
}

fn cell_of_school(figure: &Figure, school: &SchoolCount) -> String {
    let value = school.value(&figure.id);
    cell(figure, value, value.and_then(analysis::Value::share))
}

/// Formats the total; if some schools do not report the figure, with the number of those that do.
fn cell_of_total(figure: &Figure, counted: &Rollup, lang: Lang) -> String {
    let total = counted.total(figure);
    let cell = cell(
        figure,
        total.map(|total| total.value),
        total.and_then(Total::share),
    );
    if counted.is_partial(figure) {
        let reporting = counted.schools_with(figure);
        tr!(lang, "rollup-of-schools", cell = cell, count = reporting)
    } else {
        cell
    }
}

/// Prints the figures of the schools and the totals.
fn print(
    counted: &Rollup,
    figures: &[&Figure],
    format: Format,
    target: &mut Target<'_>,
) -> io::Result<()> {
    let lang = target.lang;
    match format.printer() {
        Printer::Terminal(_) | Printer::Document(_) => {
            table(counted, figures, lang).print(target, format)
        }
        Printer::Cells(_) => cells(counted, figures, lang).print(target, format),
        Printer::Series(form) => {
            let rows = figures.iter().map(|figure| row(counted, figure, lang));
            form.list(target.out, &mut { rows })
        }
        Printer::Whole(form) => form.value(target.out, &json(counted, figures, lang)),
    }
}

/// Schools as rows, or as columns if there are many figures.
fn table(counted: &Rollup, figures: &[&Figure], lang: Lang) -> Sheet {
    let schools = counted.schools.iter();
    let total = tr!(lang, "rollup-total");
    let column = |label: &str| Column::new("value", label).number();
    let names = schools.clone().map(|school| &*school.name);
    if figures.len() <= MAX_FIGURE_COLUMNS {
        let first = Column::new("school", tr!(lang, "rollup-school"));
        let labels = figures.iter().map(|figure| column(figure.label.get(lang)));
        let of_school = |school: &SchoolCount| -> Vec<Cell> {
            let cells = figures.iter().map(|figure| cell_of_school(figure, school));
            let cells = std::iter::once(school.name.clone()).chain(cells);
            cells.map(Cell::plain).collect()
        };
        let totals = figures
            .iter()
            .map(|figure| cell_of_total(figure, counted, lang));
        let totals = std::iter::once(total).chain(totals).map(Cell::plain);
        return Sheet {
            columns: std::iter::once(first).chain(labels).collect(),
            rows: schools.map(of_school).chain([totals.collect()]).collect(),
        };
    }
    let first = Column::new("figure", tr!(lang, "rollup-figure"));
    let of_figure = |figure: &&Figure| -> Vec<Cell> {
        let label = figure.label.get(lang).to_owned();
        let cells = schools.clone().map(|school| cell_of_school(figure, school));
        let cells = std::iter::once(label).chain(cells);
        let cells = cells.chain([cell_of_total(figure, counted, lang)]);
        cells.map(Cell::plain).collect()
    };
    let columns = names.chain([&*total]).map(column);
    Sheet {
        columns: std::iter::once(first).chain(columns).collect(),
        rows: figures.iter().map(of_figure).collect(),
    }
}

/// One row for each figure and school, for spreadsheet programs.
fn cells(counted: &Rollup, figures: &[&Figure], lang: Lang) -> Sheet {
    let columns = ["school", "figure", "label", "value", "of", "unit"];
    let total = tr!(lang, "rollup-total");
    let schools = counted.schools.iter();
    let schools = schools.map(|school| (&*school.name, Some(school)));
    let schools = schools.chain([(&*total, None)]);
    let rows = schools.flat_map(|(name, school)| {
        figures.iter().filter_map(move |figure| {
            let value = match school {
                Some(school) => school.value(&figure.id),
                None => counted.total(figure).map(|total| total.value),
            }?;
            let of = value.of.map(|of| figure.number(of)).unwrap_or_default();
            let number = figure.number(value.value);
            let cells = [name, &figure.id, figure.label.get(lang)];
            let cells = cells
                .into_iter()
                .chain([&*number, &*of, figure.unit.code()]);
            Some(cells.map(Cell::plain).collect())
        })
    });
    Sheet {
        columns: columns.map(|key| Column::new(key, key)).into(),
        rows: rows.collect(),
    }
}

/// A figure of each school and in total, as JSON.
fn row(counted: &Rollup, figure: &Figure, lang: Lang) -> Value {
    let pair = |value: Option<analysis::Value>| {
        serde_json::json!({
            "value": value.map(|value| Number::of(value.value, figure)),
            "of": value.and_then(|value| value.of).map(|of| Number::of(of, figure)),
        })
    };
    let total = counted.total(figure);
    let mut of_all = pair(total.map(|total| total.value));
    let share = total.and_then(Total::share);
    of_all["share"] = share.map(|share| share.to_string()).into();
    if counted.is_public {
        of_all["schools"] = counted.schools_with(figure).into();
    }
    let by_school = counted.schools.iter().map(|school| {
        let mut value = pair(school.value(&figure.id));
        value["school"] = school.name.as_str().into();
        value
    });
    serde_json::json!({
        "id": figure.id,
        "label": figure.label.get(lang),
        "unit": figure.unit.code(),
        "total": of_all,
        "schools": by_school.collect::<Vec<_>>(),
    })
}

fn json(counted: &Rollup, figures: &[&Figure], lang: Lang) -> Value {
    let public = counted.is_public;
    let schools = counted.schools.iter().map(|school| {
        serde_json::json!({
            "name": school.name,
            "path": (!public).then(|| school.root.display().to_string()),
            "from": school.scope.from.to_string(),
            "until": school.scope.until.to_string(),
            "as_of": school.scope.as_of.to_string(),
            "definition": school.scope.definition.code(),
            "left_out": school.broken,
        })
    });
    let rows = figures.iter().map(|figure| row(counted, figure, lang));
    let failures = shown_failures(counted).map(|failure| {
        serde_json::json!({
            "path": failure.root.display().to_string(),
            "reason": reason(&failure.reason, lang),
        })
    });
    let copies = counted.copies();
    let copies = copies.iter().filter(|_| !public).map(|copy| {
        let path = |school: &SchoolCount| school.root.display().to_string();
        serde_json::json!({ "paths": [path(copy.one), path(copy.other)], "shared": copy.shared })
    });
    serde_json::json!({
        "copies": copies.collect::<Vec<_>>(),
        "schools": schools.collect::<Vec<_>>(),
        "figures": rows.collect::<Vec<_>>(),
        "failures": failures.collect::<Vec<_>>(),
    })
}

fn reason(reason: &SchoolError, lang: Lang) -> String {
    match reason {
        SchoolError::Newer(found) => tr!(
            lang,
            "format-newer",
            found = *found,
            known = School::NEWEST_FORMAT
        ),
        SchoolError::HalfChanged => tr!(lang, "change-half-done"),
        SchoolError::FileNotPublic => tr!(lang, "rollup-file-not-public"),
        SchoolError::NoSchool => tr!(lang, "rollup-no-school"),
        SchoolError::Unreadable(fault) => tr!(lang, "rollup-unreadable", fault = fault.as_str()),
        SchoolError::File(FiguresFileError::Other) => tr!(lang, "rollup-file-other"),
        SchoolError::File(FiguresFileError::Changed) => {
            tr!(lang, "rollup-file-changed")
        }
        SchoolError::File(FiguresFileError::Partial) => {
            tr!(lang, "rollup-file-partial")
        }
        SchoolError::OtherDays(from, until) => tr!(
            lang,
            "rollup-file-days",
            from = from.to_string(),
            until = until.to_string()
        ),
        SchoolError::OtherDefinition(definition) => tr!(
            lang,
            "rollup-file-definition",
            definition = definition.code()
        ),
        SchoolError::LeftOut(count) => tr!(lang, "rollup-file-left-out", count = *count),
        SchoolError::Settings(findings) => recovery::first_of(findings, lang),
        SchoolError::NoTerm(id) => tr!(lang, "rollup-no-term", term = id.to_string()),
        SchoolError::Broken(paths) => {
            let first: Vec<_> = paths.iter().take(3).map(String::as_str).collect();
            tr!(
                lang,
                "rollup-broken",
                count = paths.len(),
                paths = first.join(", ")
            )
        }
    }
}

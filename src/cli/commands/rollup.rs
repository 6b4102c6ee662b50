//! `rollup`: several schools side by side and in total.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::{Datelike, NaiveDate};
use clap::ValueEnum;
use comfy_table::{CellAlignment, Table, presets};

use crate::analysis::figures::{Figure, Value};
use crate::analysis::statement::Number;
use crate::cli::shared::environment;
use crate::cli::shared::period::Period;
use crate::cli::shared::recovery;
use crate::cli::shared::session::Session;
use crate::cli::{Outcome, Verb};
use crate::exchange::rollup::{
    Days, Options, Rollup, SchoolCount, Total, Uncounted, find_schools, rollup,
};
use crate::model::child::Definition;
use crate::model::id::TermPart;
use crate::model::{Code, Id, Kind, School};
use crate::report::township;
use crate::text::Lang;
use crate::text::number::Share;
use crate::text::sanitize::terminal;
use crate::tr;

/// The figures of the table unless others are asked for: what a township's own report begins with.
const SHOWN: &[&str] = &[
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

/// So many figures fit beside one another: then each school is a row.
const FIGURES_ACROSS: usize = 10;

/// What `rollup` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct RollupArgs {
    /// Directories of schools, or folders of them.
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    period: Period,
    /// The figures, by their ids; `all` for every one.
    #[arg(long, value_name = "FIGURE", value_delimiter = ',')]
    figures: Vec<String>,
    /// Who counts as left-behind in every school.
    #[arg(long, value_name = "CODE")]
    definition: Option<String>,
    /// How it is printed.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// The file of a report.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Count schools without the records that cannot be read.
    #[arg(long)]
    skip_broken: bool,
}

/// How a rollup is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Json,
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
    let options = Options {
        days: asked_days(args, session)?,
        today: session.today,
        definition,
        skip_broken: args.skip_broken,
    };
    let counted = rollup(&find_schools(&args.folders), &options, &mut |_| {});
    let figures = chosen(args, &counted, lang)?;
    let bytes = match args.format {
        _ if counted.schools.is_empty() => Vec::new(),
        Format::Table => table(&counted, &figures, lang).into_bytes(),
        Format::Csv => csv(&counted, &figures, lang)?.into_bytes(),
        Format::Json => json(&counted, &figures, lang).into_bytes(),
        Format::Md => report(&counted, session, "md")?,
        Format::Html => report(&counted, session, "html")?,
        Format::Docx => report(&counted, session, "docx")?,
    };
    let output = args
        .output
        .as_deref()
        .filter(|path| *path != Path::new("-"));
    match output {
        Some(file) if !counted.schools.is_empty() => {
            crate::cli::shared::output::save(file, &bytes)?
        }
        _ if args.format == Format::Docx && environment::is_output_terminal() => {
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
    if counted.has_mixed_definitions() {
        session.warn(&tr!(lang, "rollup-mixed"))?;
    }
    if counted.schools.is_empty() {
        bail!(tr!(lang, "rollup-none"));
    }
    Ok(match counted.failures.is_empty() {
        true => Outcome::Done,
        false => Outcome::FoundErrors,
    })
}

/// A value and its share of the whole.
type Shown = (Option<Value>, Option<Share>);

/// The schools as a report of the township.
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
        (value, value.and_then(Value::share))
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
        mixed: counted.has_mixed_definitions(),
        failures: counted
            .failures
            .iter()
            .map(|failure| township::Missing {
                path: failure.root.display().to_string(),
                reason: reason(&failure.reason, lang),
            })
            .collect(),
    };
    let document = township::write(&about, lang)?;
    let format = crate::document::format(format).context("format")?;
    Ok(format.render(&document)?)
}

fn asked_days(args: &RollupArgs, session: &mut Session) -> anyhow::Result<Days> {
    let period = &args.period;
    // Each school has terms of its own: none is named here but by its id.
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

/// The term in which a day lies by the usual calendar of schools: the second from February to July.
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
    if all || (args.figures.is_empty() && args.format != Format::Table) {
        return Ok(counted.figures.iter().collect());
    }
    let named = |id: &str| counted.figures.iter().find(|figure| figure.id == id);
    if args.figures.is_empty() {
        return Ok(SHOWN.iter().filter_map(|id| named(id)).collect());
    }
    let mut figures = Vec::new();
    for id in &args.figures {
        match named(id) {
            Some(figure) => figures.push(figure),
            // Where no school could be counted there are no figures, and that is what will be said.
            None if counted.schools.is_empty() => {}
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

/// A value as a cell: with its share of the whole.
fn cell(figure: &Figure, value: Option<Value>, share: Option<Share>) -> String {
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
    cell(figure, value, value.and_then(Value::share))
}

fn cell_of_total(figure: &Figure, counted: &Rollup) -> String {
    let total = counted.total(figure);
    cell(
        figure,
        total.map(|total| total.value),
        total.and_then(Total::share),
    )
}

fn table(counted: &Rollup, figures: &[&Figure], lang: Lang) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    let names = || {
        counted
            .schools
            .iter()
            .map(|school| terminal(&school.name).into_owned())
    };
    let total = tr!(lang, "rollup-total");
    if figures.len() <= FIGURES_ACROSS {
        let labels = figures
            .iter()
            .map(|figure| figure.label.get(lang).to_owned());
        table.set_header(std::iter::once(tr!(lang, "rollup-school")).chain(labels));
        for (school, name) in counted.schools.iter().zip(names()) {
            let cells = figures.iter().map(|figure| cell_of_school(figure, school));
            table.add_row(std::iter::once(name).chain(cells));
        }
        let cells = figures.iter().map(|figure| cell_of_total(figure, counted));
        table.add_row(std::iter::once(total).chain(cells));
    } else {
        let heads = [tr!(lang, "rollup-figure")]
            .into_iter()
            .chain(names())
            .chain([total]);
        table.set_header(heads);
        for figure in figures {
            let cells = counted
                .schools
                .iter()
                .map(|school| cell_of_school(figure, school));
            let total = cell_of_total(figure, counted);
            let label = figure.label.get(lang).to_owned();
            table.add_row([label].into_iter().chain(cells).chain([total]));
        }
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{table}\n")
}

fn csv(counted: &Rollup, figures: &[&Figure], lang: Lang) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["school", "figure", "label", "value", "of", "unit"])?;
    let total = tr!(lang, "rollup-total");
    let schools = counted
        .schools
        .iter()
        .map(|school| (school.name.as_str(), Some(school)));
    for (name, school) in schools.chain([(total.as_str(), None)]) {
        for figure in figures {
            let value = match school {
                Some(school) => school.value(&figure.id),
                None => counted.total(figure).map(|total| total.value),
            };
            let Some(value) = value else { continue };
            let of = value.of.map(|of| figure.number(of)).unwrap_or_default();
            writer.write_record([
                &crate::exchange::cell::escaped(name),
                figure.id.as_str(),
                figure.label.get(lang),
                &figure.number(value.value),
                &of,
                figure.unit.code(),
            ])?;
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn json(counted: &Rollup, figures: &[&Figure], lang: Lang) -> String {
    let pair = |figure: &Figure, value: Option<Value>| {
        serde_json::json!({
            "value": value.map(|value| Number::of(value.value, figure)),
            "of": value.and_then(|value| value.of).map(|of| Number::of(of, figure)),
        })
    };
    let total = |figure: &Figure| {
        let total = counted.total(figure);
        let mut pair = pair(figure, total.map(|total| total.value));
        pair["share"] = total
            .and_then(Total::share)
            .map(|share| share.to_string())
            .into();
        pair
    };
    let schools = counted.schools.iter().map(|school| {
        serde_json::json!({
            "name": school.name,
            "path": school.root.display().to_string(),
            "from": school.scope.from.to_string(),
            "until": school.scope.until.to_string(),
            "as_of": school.scope.as_of.to_string(),
            "definition": school.scope.definition.code(),
            "left_out": school.broken,
        })
    });
    let rows = figures.iter().map(|figure| {
        let by_school = counted.schools.iter().map(|school| {
            let mut value = pair(figure, school.value(&figure.id));
            value["school"] = school.name.as_str().into();
            value
        });
        serde_json::json!({
            "id": figure.id,
            "label": figure.label.get(lang),
            "unit": figure.unit.code(),
            "total": total(figure),
            "schools": by_school.collect::<Vec<_>>(),
        })
    });
    let failures = counted.failures.iter().map(|failure| {
        serde_json::json!({
            "path": failure.root.display().to_string(),
            "reason": reason(&failure.reason, lang),
        })
    });
    let copies = counted.copies();
    let copies = copies.iter().map(|copy| {
        let path = |school: &SchoolCount| school.root.display().to_string();
        serde_json::json!({ "paths": [path(copy.one), path(copy.other)], "shared": copy.shared })
    });
    let whole = serde_json::json!({
        "copies": copies.collect::<Vec<_>>(),
        "schools": schools.collect::<Vec<_>>(),
        "figures": rows.collect::<Vec<_>>(),
        "failures": failures.collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

fn reason(reason: &Uncounted, lang: Lang) -> String {
    match reason {
        Uncounted::Newer(found) => tr!(
            lang,
            "format-newer",
            found = *found,
            known = School::NEWEST_FORMAT
        ),
        Uncounted::HalfChanged => tr!(lang, "change-half-done"),
        Uncounted::NoSchool => tr!(lang, "rollup-no-school"),
        Uncounted::Settings(findings) => recovery::first_of(findings, lang),
        Uncounted::NoTerm(id) => tr!(lang, "rollup-no-term", term = id.to_string()),
        Uncounted::Broken(paths) => {
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

//! `explain`: shows how a figure is counted, and the records behind it.

mod words;

use std::collections::BTreeSet;
use std::io::Write;

use clap::Args;
use serde_json::{Value as Json, json};

use self::words::SubjectWords;
use crate::analysis::breakdown::{self, Dim, Key};
use crate::analysis::figures::{Evidence, Figure, Figures, Member, Part, Subject, Value};
use crate::analysis::statement::{Days, Number};
use crate::cli::shared::counting::{self, CountingInput};
use crate::cli::shared::dims;
use crate::cli::shared::outside::NeverPublic;
use crate::cli::shared::period::Period;
use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::{Cell, Column, Format, Printer, Sheet};
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::values;
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::Code;
use crate::store::Prose;
use crate::text::{Lang, lang, sanitize};
use crate::tr;

#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    #[arg(value_name = "FIGURE")]
    figure: String,
    #[arg(
        id = "groups",
        long = "by",
        value_name = "DIM=KEY",
        value_delimiter = ','
    )]
    by: Vec<String>,
    #[arg(long)]
    missing: bool,
    #[command(flatten)]
    period: Period,
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[arg(long)]
    skip_broken: bool,
    #[command(flatten)]
    outside: NeverPublic,
}

impl Verb for ExplainArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        self.outside.refuse("explain")?;
        let mut period = self.period;
        let words = self.by.iter().map(|group| group.split('=').next());
        let dims: Vec<Dim> = words
            .filter_map(|word| dims::of_word(word.unwrap_or_default()))
            .collect();
        period.all_terms = dims.iter().any(|dim| matches!(dim, Dim::Term | Dim::Year));
        let reads_all = dims.iter().any(|dim| dim.is_time());
        let opened = counting::open(
            session,
            &period,
            None,
            Prose::Keep,
            reads_all,
            self.skip_broken,
        )?;
        let figures = opened.figures();
        let figure = counting::figure(&figures, &self.figure, session.lang)?;
        let mut keys = Vec::new();
        for group in &self.by {
            keys.push(key(&figures, group, session.lang)?);
        }
        let dims: Vec<Dim> = keys.iter().map(|(dim, _)| *dim).collect();
        let evidence = breakdown::evidence(&figures, &figure.id, &keys).ok_or_else(|| {
            let names: Vec<_> = dims.iter().map(|dim| dim.code()).collect();
            let message = Message::new("explain-no-split")
                .with("figure", &figure.id)
                .with("dims", names.join(","));
            UserError::new(message)
        })?;
        let explained = Explained {
            opened: &opened,
            figures: &figures,
            figure,
            keys: &keys,
            evidence: &evidence,
            words: SubjectWords::new(&figures, session.lang),
        };
        explained.print(session, self.missing, self.format, self.skip_broken)?;
        Ok(Outcome::Done)
    }
}

/// Parses `class=2022-1`: a key, or the display name of a group.
fn key<'t>(figures: &Figures<'t>, typed: &'t str, lang: Lang) -> anyhow::Result<(Dim, Key<'t>)> {
    let (name, text) = typed.split_once('=').unwrap_or((typed, ""));
    let dim = dims::read(name, lang)?;
    // All figures are shown with the same groups: a group of another figure is an empty one of this figure.
    let known = || {
        let split = breakdown::groups(figures, &[dim], &|_| true);
        let groups = split.into_iter().flat_map(|grouped| grouped.groups);
        let keys: BTreeSet<_> = groups.map(|group| group.key[0]).collect();
        keys.into_iter().collect::<Vec<_>>()
    };
    // A village may have any name, and its name is its key.
    if let Some(key) = Key::parse(dim, text)
        && (dim != Dim::Village || known().contains(&key))
    {
        return Ok((dim, key));
    }
    let is_called = |key: &Key<'_>| {
        Lang::ALL
            .iter()
            .any(|lang| key.label(dim, figures.basis(), *lang) == text)
    };
    let known = known();
    if let Some(key) = known.iter().find(|key| is_called(key)) {
        return Ok((dim, *key));
    }
    // A class has several names.
    if dim == Dim::Class {
        let basis = figures.basis();
        let class = values::class(text, basis.school, basis.scope.as_of, lang);
        let class = class.ok().map(Key::class);
        if let Some(key) = class.filter(|key| known.contains(key)) {
            return Ok((dim, key));
        }
    }
    let known: Vec<_> = known.iter().map(ToString::to_string).collect();
    let message = Message::new("explain-no-group")
        .with("found", text)
        .with("known", known.join(", "));
    Err(UserError::new(message).into())
}

/// The maximum number of records shown to people as reasons; scripts get all.
const MAX_REASONS: usize = 3;

/// Removes empty columns.
fn full_columns(sheet: Sheet) -> Sheet {
    let is_full = |at: &usize| sheet.rows.iter().any(|row| !row[*at].text.is_empty());
    let full: Vec<usize> = (0..sheet.columns.len()).filter(is_full).collect();
    Sheet {
        columns: full.iter().map(|at| sheet.columns[*at].clone()).collect(),
        rows: sheet
            .rows
            .iter()
            .map(|row| full.iter().map(|at| row[*at].clone()).collect())
            .collect(),
    }
}

/// A figure with everything needed to explain it.
struct Explained<'e, 'a> {
    opened: &'e CountingInput,
    figures: &'e Figures<'a>,
    figure: &'e Figure,
    keys: &'e [(Dim, Key<'e>)],
    evidence: &'e Evidence<'a>,
    words: SubjectWords<'e, 'a>,
}

impl Explained<'_, '_> {
    fn print(
        &self,
        session: &mut Session,
        missing_only: bool,
        format: Format,
        skip_broken: bool,
    ) -> anyhow::Result<()> {
        match format.printer() {
            Printer::Whole(form) => {
                let whole = self.json(session, missing_only, skip_broken);
                Ok(form.value(session.out(), &whole)?)
            }
            Printer::Terminal(_) => {
                self.print_head(session)?;
                let sheet = self.sheet(missing_only);
                writeln!(session.out())?;
                if sheet.rows.is_empty() {
                    let id = if missing_only {
                        "explain-none-missing"
                    } else {
                        "explain-none"
                    };
                    let message = session.text(id, &[]);
                    writeln!(session.out(), "{message}")?;
                    return Ok(());
                }
                Ok(full_columns(sheet).print(&mut session.target(), format)?)
            }
            Printer::Document(_) | Printer::Cells(_) | Printer::Series(_) => {
                let sheet = self.sheet(missing_only);
                Ok(sheet.print(&mut session.target(), format)?)
            }
        }
    }

    fn number(&self, value: i64) -> String {
        self.figure.number(value)
    }

    fn print_head(&self, session: &mut Session) -> anyhow::Result<()> {
        let lang = session.lang;
        let value = self.evidence.value().filter(|_| self.figure.applies);
        let scope = self.figures.basis().scope;
        let mut lines = vec![
            tr!(
                lang,
                "explain-head",
                label = self.figure.label.get(lang),
                id = self.figure.id.as_str()
            ),
            self.figure.how.get(lang).to_owned(),
            tr!(
                lang,
                "explain-days",
                from = scope.from.to_string(),
                until = scope.until.to_string(),
                day = scope.as_of.to_string(),
                definition = scope.definition.label().get(lang)
            ),
        ];
        for (dim, key) in self.keys {
            let label = key.label(*dim, self.figures.basis(), lang);
            lines.push(tr!(
                lang,
                "explain-group",
                dim = dim.label().get(lang),
                key = label
            ));
        }
        let unit = self.figure.unit.label().get(lang);
        let number = value.map_or_else(|| "–".to_owned(), |value| self.number(value.value));
        lines.push(match value.and_then(|value| value.of) {
            Some(of) => tr!(
                lang,
                "explain-value-of",
                value = number,
                of = self.number(of),
                unit = unit,
                share = value
                    .and_then(Value::share)
                    .map_or_else(|| "–".to_owned(), |share| share.to_string())
            ),
            None => tr!(lang, "explain-value", value = number, unit = unit),
        });
        if self.opened.left_out > 0 {
            lines.push(session.text("left-out", &[("count", self.opened.left_out.into())]));
        }
        for line in lines {
            writeln!(session.out(), "{}", sanitize::terminal(&line))?;
        }
        Ok(())
    }

    /// Whether some amount is not 1.
    fn has_amounts(&self) -> bool {
        self.evidence
            .members
            .iter()
            .any(|member| member.amount != 1)
    }

    /// A row for each member: those that count, then those of the denominator that do not.
    fn sheet(&self, missing_only: bool) -> Sheet {
        let lang = self.words.lang;
        let column = |key: &str| {
            Column::new(
                key,
                lang::message(lang, &format!("explain-column-{key}"), &[]),
            )
        };
        let is_part = self.evidence.of.is_some();
        let mut columns = Vec::new();
        if is_part && !missing_only {
            columns.push(column("counted"));
        }
        columns.extend([column("what"), column("day"), column("children").names()]);
        if self.has_amounts() {
            columns.push(column("amount").number());
        }
        columns.extend(["file", "field", "because"].map(column));
        let mut rows = Vec::new();
        let members = self.evidence.members.iter().map(|member| (true, member));
        let missing = self.evidence.missing();
        let missing = missing.iter().map(|member| (false, *member));
        for (counts, member) in members.filter(|_| !missing_only).chain(missing) {
            let mut row = Vec::new();
            if is_part && !missing_only {
                let word = if counts {
                    "explain-counted"
                } else {
                    "explain-not-counted"
                };
                row.push(Cell::new(lang::message(lang, word, &[]), counts));
            }
            let words = &self.words;
            let subject = &member.subject;
            row.push(Cell::plain(words.subject_name(subject)));
            row.push(Cell::plain(words.days(subject)));
            let ids = words.children(subject);
            let names: Vec<_> = ids.iter().map(|id| words.child_name(*id)).collect();
            let ids: Vec<Json> = ids.iter().map(|id| id.to_string().into()).collect();
            let names = if subject.child().is_some() {
                String::new()
            } else {
                names.join(&tr!(lang, "stats-join"))
            };
            row.push(Cell::new(names, ids));
            if self.has_amounts() {
                let value = Number::amount(member.amount, self.figure.unit);
                let value = serde_json::to_value(value).unwrap_or(Json::Null);
                row.push(Cell::new(self.figure.unit.amount(member.amount), value));
            }
            row.push(Cell::plain(words::path(subject)));
            row.push(Cell::plain(words::field(subject)));
            let because: Vec<_> = member.because.iter().map(ToString::to_string).collect();
            let mut shown = because[..because.len().min(MAX_REASONS)].join(" ");
            if because.len() > MAX_REASONS {
                shown += &tr!(lang, "explain-and-more", count = because.len());
            }
            row.push(Cell::new(shown, because));
            rows.push(row);
        }
        Sheet { columns, rows }
    }

    fn json(&self, session: &Session, missing_only: bool, skip_broken: bool) -> Json {
        let lang = session.lang;
        let value = self.evidence.value().filter(|_| self.figure.applies);
        let list = |members: &mut dyn Iterator<Item = &Member<'_>>| -> Vec<Json> {
            members.map(|member| self.member(member)).collect()
        };
        let mut whole = json!({
            "id": self.figure.id,
            "label": self.figure.label.get(lang),
            "how": self.figure.how.get(lang),
            "unit": self.figure.unit.code(),
        });
        let days = Days::from(self.figures.basis().scope);
        if let (Json::Object(whole), Ok(Json::Object(days))) =
            (&mut whole, serde_json::to_value(days))
        {
            whole.extend(days);
        }
        if !self.keys.is_empty() {
            let keys = self.keys.iter();
            let keys = keys.map(|(dim, key)| (dim.code().to_owned(), key.to_string().into()));
            whole["by"] = Json::Object(keys.collect());
        }
        let number = |value| Number::of(value, self.figure);
        whole["value"] = json!(value.map(|value| number(value.value)));
        if !self.figure.statistic.adds_up() {
            whole["statistic"] = self.figure.statistic.code().into();
        }
        whole["of"] = json!(value.and_then(|value| value.of).map(number));
        if skip_broken {
            whole["left_out"] = json!(self.opened.left_out);
        }
        if !missing_only {
            whole["members"] = json!(list(&mut self.evidence.members.iter()));
        }
        if let Some(of) = &self.evidence.of {
            match of.first().map(|member| member.subject) {
                Some(Subject::Part(_, Part::Grade(_))) => {
                    whole["whole"] = json!(list(&mut of.iter()))
                }
                _ => {
                    let missing = self.evidence.missing();
                    whole["missing"] = json!(list(&mut missing.into_iter()));
                }
            }
        }
        whole
    }

    fn member(&self, member: &Member<'_>) -> Json {
        let subject = &member.subject;
        let ids = |ids: &[crate::model::Id]| -> Vec<String> {
            ids.iter().map(ToString::to_string).collect()
        };
        json!({
            "what": self.words.subject_name(subject),
            "record": subject.record().map(|id| id.to_string()),
            "path": words::path(subject),
            "field": words::field(subject),
            "days": self.words.days(subject),
            "children": ids(&self.words.children(subject)),
            "amount": Number::amount(member.amount, self.figure.unit),
            "because": ids(&member.because),
        })
    }
}

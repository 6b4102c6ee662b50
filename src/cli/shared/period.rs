//! The period a command is about: a term or a date range.

use chrono::{Datelike, NaiveDate};
use clap::Args;

use crate::analysis::Scope;
use crate::cli::shared::day;
use crate::cli::shared::environment;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::model::child::Definition;
use crate::model::{Date, Entry, Kind, KindSet, Record, School, Table, term::Term};
use crate::store::{ReadOptions, Store};

/// The words for the current term.
const CURRENT: [&str; 2] = ["current", "本学期"];

/// The words for the previous term.
pub(crate) const PREVIOUS: [&str; 2] = ["previous", "上学期"];

/// The options for the period.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Period {
    #[arg(long, value_name = "TERM", conflicts_with_all = ["since", "until"])]
    pub(crate) term: Option<String>,
    #[arg(long, value_name = "YEAR", conflicts_with_all = ["term", "since", "until"], value_parser = year)]
    year: Option<Year>,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, value_parser = bound)]
    since: Option<Bound>,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, value_parser = bound)]
    until: Option<Bound>,
    /// Whether the default is all terms rather than the current one.
    #[arg(skip)]
    pub(crate) all_terms: bool,
}

/// The first and last day of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Year {
    from: NaiveDate,
    until: NaiveDate,
}

impl Year {
    /// The school year that begins in September of a year.
    fn of_school(begins: i32) -> Option<Year> {
        Some(Year {
            from: NaiveDate::from_ymd_opt(begins, 9, 1)?,
            until: NaiveDate::from_ymd_opt(begins + 1, 8, 31)?,
        })
    }
}

/// Parses a school year (2025-2026: 1 September to 31 August) or a calendar year (2025).
fn year(words: &str) -> Result<Year, String> {
    let number = |word: &str| {
        let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        word.parse::<i32>().ok().filter(|_| is_year)
    };
    let year = match words.split_once(['-', '—', '–', '/']) {
        Some((first, second)) => number(first)
            .filter(|first| number(second) == Some(first + 1))
            .and_then(Year::of_school),
        None => number(words).and_then(|year| {
            Some(Year {
                from: NaiveDate::from_ymd_opt(year, 1, 1)?,
                until: NaiveDate::from_ymd_opt(year, 12, 31)?,
            })
        }),
    };
    year.ok_or_else(|| "2025-2026, 2025".to_owned())
}

/// A bound of a period: a date or a term.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Bound {
    Day(Date),
    Term(String),
}

/// Parses a bound. An invalid date is refused immediately; anything that does not look like a date may be a term,
/// which only the records can tell.
fn bound(words: &str) -> Result<Bound, String> {
    let today = environment::today();
    let first = match words {
        "本月" | "这个月" | "month" => today.with_day(1),
        "本周" | "这周" | "week" => Some(today.week(chrono::Weekday::Mon).first_day()),
        _ => None,
    };
    if let Some(first) = first {
        return Ok(Bound::Day(Date(first)));
    }
    match day::day(words) {
        Ok(day) => Ok(Bound::Day(day)),
        Err(_) if words.chars().any(char::is_alphanumeric) && !is_like_a_day(words) => {
            Ok(Bound::Term(words.to_owned()))
        }
        Err(examples) => Err(examples),
    }
}

fn is_like_a_day(words: &str) -> bool {
    let parts: Vec<&str> = words
        .trim_start_matches(['-', '+'])
        .split(['-', '/', '.'])
        .collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = parts.len() == 3 && parts[1].len() <= 2 && parts.iter().all(is_number);
    is_date || words.starts_with(['-', '+'])
}

impl Period {
    /// Whether a period was given.
    pub(crate) fn is_given(&self) -> bool {
        self.term.is_some() || self.year.is_some() || self.has_bounds()
    }

    /// This period, or by default the school year that contains a day.
    pub(crate) fn or_school_year_of(mut self, day: NaiveDate) -> Period {
        if !self.is_given() {
            let begins = if day.month() < 9 {
                day.year() - 1
            } else {
                day.year()
            };
            self.year = Year::of_school(begins);
        }
        self
    }

    /// A single day.
    pub(crate) fn of_day(day: NaiveDate) -> Period {
        let bound = Some(Bound::Day(Date(day)));
        Period {
            since: bound.clone(),
            until: bound,
            ..Period::default()
        }
    }

    fn has_bounds(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    fn names_terms(&self) -> bool {
        self.year.is_none() && !self.has_bounds() || self.has_named_bounds()
    }

    /// Whether a bound was given as the name of a term.
    pub(crate) fn has_named_bounds(&self) -> bool {
        let is_term = |bound: &Option<Bound>| matches!(bound, Some(Bound::Term(_)));
        is_term(&self.since) || is_term(&self.until)
    }

    /// The first and last day given.
    ///
    /// # Errors
    ///
    /// There is no such term, or the last day is before the first.
    pub(crate) fn bounds(
        &self,
        terms: &[Entry<Term>],
        today: NaiveDate,
    ) -> anyhow::Result<(Option<NaiveDate>, Option<NaiveDate>)> {
        if let Some(Year { from, until }) = self.year {
            return Ok((Some(from), Some(until)));
        }
        let day_of = |bound: &Option<Bound>, edge: fn(&Term) -> Date| match bound {
            None => Ok(None),
            Some(Bound::Day(day)) => Ok(Some(day.0)),
            Some(Bound::Term(words)) => match find_term(terms, Some(words), today) {
                Ok(term) => Ok(Some(edge(term).0)),
                Err(fault) => Err(fault),
            },
        };
        let since = day_of(&self.since, |term| term.start)?;
        let until = day_of(&self.until, |term| term.end)?;
        if let (Some(since), Some(until)) = (since, until)
            && until < since
        {
            let message = Message::new("period-backwards")
                .with("since", since)
                .with("until", until);
            return Err(UserError::new(message).into());
        }
        Ok((since, until))
    }

    /// The scope: that of a term, of a date range, or by default of the current term.
    ///
    /// # Errors
    ///
    /// There is no such term, or none at all.
    pub(crate) fn scope(
        &self,
        session: &mut Session,
        store: &Store,
        school: &School,
    ) -> anyhow::Result<Scope> {
        let terms = if self.names_terms() {
            let want = ReadOptions::all(KindSet::of(&[Kind::Term]));
            session.read(store, want, false)?.records.terms
        } else {
            Table::default()
        };
        self.scope_among(&terms, session.today, school.definition())
    }

    /// Reports which term is the default, if today is in none.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub(crate) fn print_term(
        &self,
        session: &mut Session,
        terms: &[Entry<Term>],
    ) -> std::io::Result<()> {
        let today = session.today;
        let is_current = |words: &String| CURRENT.contains(&words.as_str());
        let is_named = self.term.as_ref().is_some_and(|words| !is_current(words));
        if is_named || self.year.is_some() || self.has_bounds() || self.all_terms {
            return Ok(());
        }
        let Ok(term) = find_term(terms, None, today) else {
            return Ok(());
        };
        if (term.start.0..=term.end.0).contains(&today) {
            return Ok(());
        }
        let arguments = [
            ("day", today.to_string().into()),
            ("term", term.name.as_str().into()),
        ];
        let message = session.text("period-no-term-today", &arguments);
        session.say(&message)
    }

    /// The scope, given the terms.
    ///
    /// # Errors
    ///
    /// There is no such term, or none at all.
    pub(crate) fn scope_among(
        &self,
        terms: &[Entry<Term>],
        today: NaiveDate,
        definition: Definition,
    ) -> anyhow::Result<Scope> {
        if let Some(Year { from, until }) = self.year {
            return Ok(Scope::between(from, until, today, definition));
        }
        if self.term.is_none() && self.has_bounds() {
            let (since, until) = self.bounds(terms, today)?;
            let from = since.unwrap_or(NaiveDate::MIN);
            if until.is_none() && from > today {
                let message = Message::new("period-ahead").with("since", from);
                return Err(UserError::new(message).into());
            }
            return Ok(Scope::between(
                from,
                until.unwrap_or(today),
                today,
                definition,
            ));
        }
        if self.term.is_none() && self.all_terms {
            let begun = || terms.iter().filter(|term| term.start.0 <= today);
            let first = begun().map(|term| term.start.0).min();
            let last = begun().map(|term| term.end.0).max();
            if let (Some(from), Some(until)) = (first, last) {
                return Ok(Scope::between(from, until.max(from), today, definition));
            }
        }
        let term = find_term(terms, self.term.as_deref(), today)?;
        check_days(term)?;
        Ok(Scope::of_term(term, today, definition))
    }
}

/// Refuses a term whose years are mistyped, which might have hundreds of thousands of days.
///
/// # Errors
///
/// The term ends before it begins, or is outside its school year.
pub(crate) fn check_days(term: &Entry<Term>) -> anyhow::Result<()> {
    if term.reversed().is_empty() && term.outside_school_year().next().is_none() {
        return Ok(());
    }
    let message = Message::new("term-days-wrong")
        .with("term", term.name.as_str())
        .with("from", term.start)
        .with("until", term.end);
    let help = Message::new("term-days-wrong-help").with("term", term.id);
    Err(UserError::new(message).help(help).into())
}

/// Finds a term by id, name, or an unambiguous part of either; by default the current one, or else the last before
/// today, or else the first.
///
/// # Errors
///
/// There is none, or there are several.
pub(crate) fn find_term<'a>(
    terms: &'a [Entry<Term>],
    wanted: Option<&str>,
    today: NaiveDate,
) -> anyhow::Result<&'a Entry<Term>> {
    let none = || UserError::new(Message::new("no-term")).help(Message::new("no-term-help"));
    let begun = || terms.iter().rev().find(|term| term.start.0 <= today);
    let Some(wanted) = wanted.filter(|wanted| !CURRENT.contains(wanted)) else {
        return begun().or(terms.first()).ok_or_else(|| none().into());
    };
    if PREVIOUS.contains(&wanted) {
        let start = begun().map_or(today, |term| term.start.0);
        let terms = terms.iter().filter(|term| !term.id.is_holiday());
        let earlier = terms.filter(|term| term.start.0 < start);
        let before = earlier.max_by_key(|term| term.start);
        return before.ok_or_else(|| UserError::new(Message::new("stats-no-term-before")).into());
    }
    let exact = terms
        .iter()
        .find(|term| term.id.to_string() == wanted || *term.name == *wanted);
    if let Some(term) = exact {
        return Ok(term);
    }
    let fits =
        |term: &&Entry<Term>| term.id.to_string().starts_with(wanted) || term.name.contains(wanted);
    let found: Vec<_> = terms.iter().filter(fits).collect();
    let ids = |terms: &[&Entry<Term>]| -> String {
        let ids: Vec<_> = terms.iter().map(|term| term.id.to_string()).collect();
        ids.join(", ")
    };
    match found[..] {
        [term] => Ok(term),
        [] => {
            let message = Message::new("no-such-term")
                .with("found", wanted)
                .with("known", ids(&terms.iter().collect::<Vec<_>>()));
            Err(UserError::new(message).into())
        }
        _ => {
            let message = Message::new("several-terms")
                .with("found", wanted)
                .with("known", ids(&found));
            Err(UserError::new(message).into())
        }
    }
}

//! Shared by commands that count: the scope, the records to load, and the selection of figures.

use chrono::NaiveDate;

use crate::analysis::contact::MissingContacts;
use crate::analysis::figures::{self, Figure, Figures};
use crate::analysis::{Basis, Scope};
use crate::cli::shared::lookup;
use crate::cli::shared::period::{PREVIOUS, Period, check_days, find_term};
use crate::cli::shared::session::{Session, lock_to_read};
use crate::cli::shared::user_error::{FileErrors, UserError};
use crate::diagnostic::Message;
use crate::model::{Kind, KindSet, Records, School, folded};
use crate::rules;
use crate::store::{Prose, ReadOptions, Store};
use crate::text::Lang;

/// The input of the figures.
pub(crate) struct CountingInput {
    pub(crate) school: School,
    pub(crate) records: Records,
    pub(crate) scope: Scope,
    /// The scope to compare with.
    pub(crate) before: Option<Scope>,
    /// The number of files that could not be read and were left out.
    pub(crate) left_out: usize,
}

impl CountingInput {
    /// The figures of the scope.
    pub(crate) fn figures(&self) -> Figures<'_> {
        Figures::of(&self.basis(self.scope))
    }

    /// The figures of the compared scope.
    pub(crate) fn figures_before(&self) -> Option<Figures<'_>> {
        self.before.map(|scope| Figures::of(&self.basis(scope)))
    }

    fn basis(&self, scope: Scope) -> Basis<'_> {
        Basis {
            school: &self.school,
            records: &self.records,
            scope,
        }
    }
}

/// Refuses invalid duties; with `--skip-broken` only warns.
///
/// # Errors
///
/// There are invalid duties.
pub(crate) fn check_duties(
    session: &mut Session,
    store: &Store,
    school: &School,
    skip_broken: bool,
) -> anyhow::Result<()> {
    let bad = rules::bad_duties(school);
    if bad.is_empty() {
        return Ok(());
    }
    let message = Message::new("duties-bad").with("count", bad.len());
    if skip_broken {
        let text = session.text("duties-left-out", &[("count", bad.len().into())]);
        session.warn(&text)?;
        return Ok(());
    }
    Err(FileErrors::new(bad, &|path| store.shown_text(path).ok(), message).into())
}

/// Loads the records needed for the figures of a period, or all records if the output contains more than figures.
///
/// # Errors
///
/// There is no such term, or records are broken and must not be left out.
pub(crate) fn open(
    session: &mut Session,
    period: &Period,
    compare: Option<&str>,
    prose: Prose,
    reads_all: bool,
    skip_broken: bool,
) -> anyhow::Result<CountingInput> {
    let store = session.store()?;
    let school = session.school(&store)?;
    check_duties(session, &store, &school, skip_broken)?;
    // Broken terms are reported below, when all records are loaded.
    let lock = lock_to_read(&store)?;
    let terms = store
        .load(ReadOptions::all(KindSet::of(&[Kind::Term])))
        .records
        .terms;
    let mut scope = period.scope_among(&terms, session.today, school.definition())?;
    period.print_term(session, &terms)?;
    let before = match compare {
        None => None,
        Some(word) if PREVIOUS.contains(&word) => {
            let terms = terms.iter().filter(|term| !term.id.is_holiday());
            let earlier = terms.filter(|term| term.start.0 < scope.from);
            let term = earlier.max_by_key(|term| term.start);
            let message = || UserError::new(Message::new("stats-no-term-before"));
            Some(term.ok_or_else(message)?)
        }
        Some(id) => Some(find_term(&terms, Some(id), session.today)?),
    };
    if let Some(term) = before {
        check_days(term)?;
    }
    let before = before.map(|term| Scope::of_term(term, session.today, school.definition()));
    let scopes = [Some(scope), before];
    let first = scopes
        .iter()
        .flatten()
        .map(|scope| figures::first_day(&school, &terms, scope))
        .min()
        .unwrap_or(scope.from);
    let last = scopes.iter().flatten().map(|scope| scope.until).max();
    let mut want = ReadOptions {
        prose,
        ..ReadOptions::figures(first, last.unwrap_or(scope.until))
    };
    if reads_all {
        want.months = None;
    }
    let ends: Vec<NaiveDate> = scopes.iter().flatten().map(|scope| scope.as_of).collect();
    let definition = scope.definition;
    let missing =
        |records: &Records| MissingContacts::of_children(records, first, &ends, definition);
    let read = session.read_about(&store, want, None, missing, skip_broken)?;
    drop(lock);
    if scope.from == NaiveDate::MIN {
        scope.from = read.records.first_day().unwrap_or(scope.as_of);
    }
    Ok(CountingInput {
        school,
        records: read.records,
        scope,
        before,
        left_out: read.left_out,
    })
}

/// Finds a figure by id, or by label in either language: `visits.home`, 走访：家访, 家访 if unambiguous.
///
/// # Errors
///
/// There is none, with the nearest; or there are several, which are listed.
pub(crate) fn figure<'f>(
    figures: &'f Figures<'_>,
    word: &str,
    lang: Lang,
) -> Result<&'f Figure, UserError> {
    if let Some(figure) = figures.figure(word) {
        return Ok(figure);
    }
    let typed = folded(word);
    let labels = |figure: &Figure| Lang::ALL.map(|lang| folded(figure.label.get(lang)));
    let all = || figures.all().map(|(figure, _)| figure);
    let called = all().find(|figure| labels(figure).contains(&typed));
    if let Some(figure) = called {
        return Ok(figure);
    }
    let is_end = |figure: &&Figure| {
        let labels = labels(figure);
        labels.iter().any(|label| {
            let end = label.rsplit_once(':').map(|(_, end)| end);
            end == Some(typed.as_str())
        })
    };
    let found: Vec<&Figure> = all().filter(is_end).collect();
    match found[..] {
        [figure] => Ok(figure),
        [] => {
            let known: Vec<&str> = all()
                .flat_map(|figure| [figure.id.as_str(), figure.label.get(lang)])
                .collect();
            let message = Message::new("no-such-figure").with("found", word);
            let otherwise = Message::new("no-such-figure-help");
            Err(lookup::unknown_or(message, word, known, otherwise))
        }
        _ => {
            let lines = found
                .iter()
                .map(|figure| format!("  {}  {}", figure.id, figure.label.get(lang)));
            let list: Vec<String> = lines.collect();
            let message = Message::new("several-figures")
                .with("found", word)
                .with("list", list.join("\n"));
            Err(UserError::new(message))
        }
    }
}

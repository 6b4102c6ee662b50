//! The days that a command is about, as given on its command line.

use anyhow::{anyhow, bail};
use chrono::NaiveDate;

use super::session::Session;
use crate::exchange::written;
use crate::model::term::Term;
use crate::model::{Entry, Table};
use crate::tr;

/// The first and last day that are meant; none where nothing was said.
pub(super) fn given(
    terms: &Table<Term>,
    term: Option<&str>,
    since: Option<&str>,
    until: Option<&str>,
    session: &Session,
) -> anyhow::Result<Option<(NaiveDate, NaiveDate)>> {
    if let Some(wanted) = term {
        let found = find_term(terms, wanted).ok_or_else(|| {
            let known: Vec<_> = terms.iter().map(|term| term.id.to_string()).collect();
            anyhow!(tr!(
                session.lang,
                "unknown-term",
                found = wanted,
                known = known.join(", ")
            ))
        })?;
        return Ok(Some((found.start.0, found.end.0)));
    }
    let day = |words: Option<&str>, without: NaiveDate| match words {
        None => Ok(without),
        Some(words) => day(words, session),
    };
    match (since, until) {
        (None, None) => Ok(None),
        _ => Ok(Some((
            day(since, NaiveDate::MIN)?,
            day(until, NaiveDate::MAX)?,
        ))),
    }
}

/// A day as a person gives it.
pub(super) fn day(words: &str, session: &Session) -> anyhow::Result<NaiveDate> {
    match written::day(words) {
        Some(day) => Ok(day),
        None => bail!(tr!(session.lang, "import-bad-date", found = words)),
    }
}

/// The term with an id or name.
fn find_term<'a>(terms: &'a Table<Term>, wanted: &str) -> Option<&'a Entry<Term>> {
    terms
        .iter()
        .find(|term| term.id.to_string() == wanted || term.name == wanted)
}

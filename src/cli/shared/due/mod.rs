//! Due items as rows and as text, for the commands that show them.

pub(crate) mod rows;
pub(crate) mod table;

use std::io;

use crate::analysis::contact::MissingContacts;
use crate::analysis::due::{self, Filter, View};
use crate::cli::shared::session::{Session, lock_to_read};
use crate::model::{Id, Kind, KindSet, Records, School};
use crate::store::{ReadOptions, Store};
use rows::DueWords;

/// Loads what the due list needs: of earlier terms only lasting records, open ones and last contacts.
///
/// # Errors
///
/// Records are broken and must not be left out.
pub(crate) fn read(
    session: &mut Session,
    store: &Store,
    school: &School,
    skip_broken: bool,
) -> anyhow::Result<Records> {
    let (today, definition) = (session.today, school.definition());
    let lock = lock_to_read(store)?;
    let terms = store.load(ReadOptions::all(KindSet::of(&[Kind::Term])));
    let first = due::first_day(school, &terms.records.terms, today);
    let want = ReadOptions {
        kinds: due::kinds(school),
        ..ReadOptions::since(first)
    };
    let missing =
        |records: &Records| MissingContacts::of_pairings(records, first, today, definition);
    let read = session.read_about(store, want, None, missing, skip_broken)?;
    drop(lock);
    Ok(read.records)
}

/// Prints the due items of one child.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn print_of_child(
    session: &mut Session,
    school: &School,
    records: &Records,
    child: Id,
) -> io::Result<()> {
    let (today, lang) = (session.today, session.lang);
    let view = View {
        school,
        records,
        today,
        within: 14,
    };
    let filter = Filter {
        child: Some(child),
        ..Filter::default()
    };
    let words = DueWords {
        school,
        records,
        today,
        lang,
        why: false,
    };
    let items = due::list(&view, filter);
    table::print(&items, &words, &mut session.target())
}

//! What is due in words and as text, for the commands that tell of it.

pub(crate) mod rows;
pub(crate) mod table;

use std::io;

use crate::analysis::due::{self, Filter, View};
use crate::cli::shared::session::Session;
use crate::model::{Id, Records, School};
use crate::text::Lang;
use crate::tr;
use rows::Words;

/// Prints what is due to one child, in blocks of lines.
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
    let words = Words {
        school,
        records,
        today,
        lang,
        why: false,
    };
    let items = due::list(&view, filter);
    table::print(&items, &words, &mut session.target())
}

/// The names of persons, with the comma of the language between them.
pub(crate) fn names(persons: &[rows::Person], lang: Lang) -> String {
    let names: Vec<&str> = persons.iter().map(|person| person.name.as_str()).collect();
    names.join(&tr!(lang, "due-comma"))
}

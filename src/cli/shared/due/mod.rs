//! What is due in words and as text, for the commands that tell of it.

pub(crate) mod rows;
pub(crate) mod table;

use crate::analysis::due::{self, Filter, View};
use crate::cli::shared::session::Session;
use crate::model::{Id, Records, School};
use crate::text::Lang;
use crate::tr;
use rows::Words;

/// What is due to one child, in blocks of lines.
pub(crate) fn of_child(
    session: &Session,
    school: &School,
    records: &Records,
    child: Id,
) -> Vec<(String, String)> {
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
    table::blocks(&items, &words, session.width(), false)
}

/// The names of persons, with the comma of the language between them.
pub(crate) fn names(persons: &[rows::Person], lang: Lang) -> String {
    let names: Vec<&str> = persons.iter().map(|person| person.name.as_str()).collect();
    names.join(&tr!(lang, "due-comma"))
}

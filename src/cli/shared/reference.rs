//! From what a person typed to one record: an id, a part of it, a name, pinyin, initials.

use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::model::{Id, Kind, KindSet, Records};
use crate::report::words::name_of;
use crate::store::{Prose, Store, Want};
use crate::text::Lang;
use crate::text::pinyin::{self, Fit};

/// Kinds that have names.
const PERSONS: KindSet = KindSet::of(&[Kind::Child, Kind::Helper]);

/// The one record that some text means, among some kinds. An id is looked up by its path alone.
///
/// # Errors
///
/// There is none, or there are several: they are listed.
pub(crate) fn resolve(
    session: &mut Session,
    store: &Store,
    typed: &str,
    kinds: KindSet,
) -> anyhow::Result<Id> {
    let typed = typed.trim();
    if let Ok(id) = typed.parse::<Id>()
        && kinds.contains(id.kind())
        && store.has(id)
    {
        return Ok(id);
    }
    let persons = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| kinds.contains(*kind) && PERSONS.contains(*kind))
        .collect::<Vec<_>>();
    let records = if persons.is_empty() {
        Records::default()
    } else {
        let want = Want {
            prose: Prose::Skip,
            ..Want::all(KindSet::of(&persons))
        };
        store.load(want).records
    };
    let mut found = named(&records, typed);
    if found.is_empty() {
        found = parts(store, typed, kinds);
        found.extend(typed_names(&records, typed));
        found.sort_unstable();
        found.dedup();
    }
    match found[..] {
        [id] => Ok(id),
        [] => {
            let message = Message::new("no-such-record").with("found", typed);
            Err(UserError::new(message)
                .help(Message::new("no-such-record-help"))
                .into())
        }
        _ => {
            let shown = found
                .iter()
                .take(20)
                .map(|id| described(&records, *id, session.lang));
            let list: Vec<_> = shown.map(|line| format!("  {line}")).collect();
            let message = Message::new("several-records")
                .with("found", typed)
                .with("count", found.len())
                .with("list", list.join("\n"));
            let _ = session.flush();
            Err(UserError::new(message)
                .help(Message::new("several-records-help"))
                .into())
        }
    }
}

/// A record's id with the name of whom it is about, for lists of which one was meant.
fn described(records: &Records, id: Id, lang: Lang) -> String {
    let name = name_of(records, id).unwrap_or_default();
    let kind = id.kind().label().get(lang);
    match name {
        "" => format!("{id}  {kind}"),
        name => format!("{id}  {name}"),
    }
}

/// The children and helpers with exactly this name.
fn named(records: &Records, typed: &str) -> Vec<Id> {
    let children = records
        .children
        .iter()
        .filter(|child| *child.name == *typed);
    let helpers = records
        .helpers
        .iter()
        .filter(|helper| *helper.name == *typed);
    children
        .map(|child| child.id)
        .chain(helpers.map(|helper| helper.id))
        .collect()
}

/// The children and helpers whose pinyin or initials were typed.
fn typed_names(records: &Records, typed: &str) -> Vec<Id> {
    let fits = |name: &str| pinyin::fits(typed, name) == Some(Fit::Whole);
    let children = records.children.iter().filter(|child| fits(&child.name));
    let helpers = records.helpers.iter().filter(|helper| fits(&helper.name));
    children
        .map(|child| child.id)
        .chain(helpers.map(|helper| helper.id))
        .collect()
}

/// The records whose id, or its random part, begins with what was typed.
fn parts(store: &Store, typed: &str, kinds: KindSet) -> Vec<Id> {
    let lower = typed.to_ascii_lowercase();
    if lower.is_empty()
        || !lower
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        return Vec::new();
    }
    let fits = |id: &Id| {
        let (whole, tail) = (id.to_string(), id.tail());
        whole.starts_with(&lower)
            || tail.starts_with(&lower)
            || tail
                .get(1..)
                .is_some_and(|random| lower.len() > 2 && random.starts_with(&lower))
    };
    store.ids(kinds).filter(fits).collect()
}

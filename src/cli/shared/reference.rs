//! Resolves references to records: by id, part of an id, path, name, pinyin or initials.

use std::rc::Rc;

use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{entered, me, who};
use crate::diagnostic::Message;
use crate::model::entered::name::name as folded;
use crate::model::{Code, Id, Kind, KindSet, Records, School};
use crate::store::{Prose, ReadOptions, Store, layout};
use crate::text::pinyin::{self, Match};
use crate::text::suggest;

/// The kinds with names.
const PERSONS: KindSet = KindSet::of(&[Kind::Child, Kind::Helper]);

/// The maximum number of candidates listed if ambiguous, and of suggestions if unknown.
const MAX_LISTED: usize = 20;
const MAX_SUGGESTIONS: usize = 3;

/// Resolves a reference to a record of one of the kinds. A full id is looked up by path only.
///
/// # Errors
///
/// There is none, with the nearest names; or there are several, which are listed.
pub(crate) fn resolve(
    session: &mut Session,
    store: &Store,
    typed: &str,
    kinds: KindSet,
) -> anyhow::Result<Id> {
    let typed = typed.trim();
    if let Some(id) = of_file(typed).filter(|id| kinds.contains(id.kind()) && store.has(*id)) {
        return Ok(id);
    }
    if kinds.contains(Kind::Helper) && me::WORDS.contains(&typed) {
        return needed_me(session, store);
    }
    let people = if Kind::ALL
        .iter()
        .any(|kind| kinds.contains(*kind) && PERSONS.contains(*kind))
    {
        session.people(store)
    } else {
        Rc::default()
    };
    let mut found = of_name(&people, typed, kinds);
    if found.is_empty() {
        found = parts(store, typed, kinds);
        found.extend(of_pinyin(&people, typed, kinds));
        found.sort_unstable();
        found.dedup();
    }
    let school = || store.school().ok();
    if found.is_empty()
        && let Some((name, class)) = with_class(typed)
        && let Some(school) = school()
        && let Ok(class) = entered::class(class, &school, session.today, session.lang)
    {
        found = of_name(&people, name, kinds);
        found.retain(|id| {
            let child = people.children.get(*id);
            let entry = child.and_then(|child| child.class_on(session.today));
            entry.is_some_and(|entry| entry.class == class)
        });
    }
    match found[..] {
        [id] => Ok(id),
        [] => Err(none(session, &people, typed, kinds).into()),
        _ => {
            let school = school();
            let shown = found.iter().take(MAX_LISTED);
            let shown = shown.map(|id| described(session, &people, school.as_ref(), *id));
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

/// An id, or the id in the file name of a path.
fn of_file(typed: &str) -> Option<Id> {
    let name = typed.rsplit(['/', '\\']).next()?;
    let name = name.strip_suffix(layout::ENDING).unwrap_or(name);
    name.parse().ok()
}

/// Splits a name with a class in brackets, as children are displayed.
pub(crate) fn with_class(typed: &str) -> Option<(&str, &str)> {
    let inner = typed.strip_suffix([')', '）'])?;
    let at = inner.find(['(', '（'])?;
    let (name, class) = inner.split_at(at);
    Some((name, class.trim_start_matches(['(', '（'])))
}

/// Describes a candidate: id, name, class and birthday.
fn described(session: &Session, people: &Records, school: Option<&School>, id: Id) -> String {
    let lang = session.lang;
    if let (Some(child), Some(school)) = (people.children.get(id), school) {
        let class = child
            .class_on(session.today)
            .map(|entry| school.class_label(entry.class, session.today, lang));
        let class = class.unwrap_or_default();
        return format!("{id}  {}  {class}  {}", child.name, child.birth_date);
    }
    if let Some(helper) = people.helpers.get(id) {
        return format!("{id}  {}  {}", helper.name, helper.role.label().get(lang));
    }
    format!("{id}  {}", id.kind().label().get(lang))
}

/// The children and helpers of some kinds, with names.
fn persons(people: &Records, kinds: KindSet) -> impl Iterator<Item = (Id, &str)> {
    let children = people.children.iter().map(|child| (child.id, &*child.name));
    let helpers = people
        .helpers
        .iter()
        .map(|helper| (helper.id, &*helper.name));
    children
        .chain(helpers)
        .filter(move |(id, _)| kinds.contains(id.kind()))
}

/// The children and helpers with exactly this name.
pub(crate) fn of_name(people: &Records, typed: &str, kinds: KindSet) -> Vec<Id> {
    let wanted = folded(typed);
    persons(people, kinds)
        .filter(|(_, name)| *name == typed || folded(name) == wanted)
        .map(|(id, _)| id)
        .collect()
}

/// The children and helpers with this pinyin or these initials.
pub(crate) fn of_pinyin(people: &Records, typed: &str, kinds: KindSet) -> Vec<Id> {
    persons(people, kinds)
        .filter(|(_, name)| pinyin::fits(typed, name) == Some(Match::Whole))
        .map(|(id, _)| id)
        .collect()
}

/// The nearest names to an unknown one, those that sound alike first.
pub(crate) fn nearest(people: &Records, typed: &str, kinds: KindSet) -> Vec<String> {
    let names: Vec<&str> = persons(people, kinds).map(|(_, name)| name).collect();
    let sound = pinyin::sort_key(typed);
    let alike = names.iter().filter(|name| pinyin::sort_key(name) == sound);
    let mut found: Vec<String> = alike.map(|name| (*name).to_owned()).collect();
    found.extend(suggest::nearest(typed, names.iter().copied()).map(ToOwned::to_owned));
    found.dedup();
    found.truncate(MAX_SUGGESTIONS);
    found
}

/// The error for an unknown reference, with the nearest names, or how to list all.
fn none(session: &Session, people: &Records, typed: &str, kinds: KindSet) -> UserError {
    let kind = match kinds {
        kinds if kinds == KindSet::of(&[Kind::Child]) => Some(Kind::Child),
        kinds if kinds == KindSet::of(&[Kind::Helper]) => Some(Kind::Helper),
        _ => None,
    };
    let message = match kind {
        Some(kind) => Message::new("command-no-such-person")
            .with("found", typed)
            .with("kind", kind.label().get(session.lang)),
        None => Message::new("no-such-record").with("found", typed),
    };
    let near = nearest(people, typed, kinds);
    let help = if near.is_empty() {
        Message::new("no-such-record-help").with("kind", kind.unwrap_or(Kind::Child).name())
    } else {
        let between = if session.lang == crate::text::Lang::Zh {
            "、"
        } else {
            ", "
        };
        Message::new("argument-nearest").with("nearest", near.join(between))
    };
    UserError::new(message).help(help)
}

/// The records whose id, or its random part, starts with what was typed.
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

impl Session {
    /// The children and helpers, without long texts; loaded once.
    pub(crate) fn people(&mut self, store: &Store) -> Rc<Records> {
        let people = self.people.get_or_insert_with(|| {
            let want = ReadOptions {
                prose: Prose::Skip,
                ..ReadOptions::all(PERSONS)
            };
            Rc::new(store.load(want).records)
        });
        Rc::clone(people)
    }
}

/// The current user as a helper; `None` if not configured.
///
/// # Errors
///
/// The configured user is not a helper, or ambiguous.
pub(crate) fn me(session: &mut Session, store: &Store) -> anyhow::Result<Option<Id>> {
    let Some(word) = me::configured(session, store) else {
        return Ok(None);
    };
    if me::WORDS.contains(&word.as_str()) {
        return Err(no_identity().into());
    }
    resolve(session, store, &word, KindSet::of(&[Kind::Helper])).map(Some)
}

/// The current user as a helper, which is required.
///
/// # Errors
///
/// Not configured, or not a helper.
pub(crate) fn needed_me(session: &mut Session, store: &Store) -> anyhow::Result<Id> {
    match me(session, store)? {
        Some(id) => Ok(id),
        None => who::ask(session, store)?.ok_or_else(|| no_identity().into()),
    }
}

fn no_identity() -> UserError {
    UserError::new(Message::new("command-me-unsaid")).help(Message::new("command-me-unsaid-help"))
}

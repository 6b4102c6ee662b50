//! Checks a new record for similar existing ones: a child, helper, pairing or term.

use std::collections::HashSet;

use crate::cli::shared::confirm::confirm;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::model::child::Child;
use crate::model::entered::name::name as folded;
use crate::model::helper::Helper;
use crate::model::pairing::Pairing;
use crate::model::term::Term;
use crate::model::{Code, Kind, KindSet, School};
use crate::store::{ReadOptions, Store};
use crate::text::pinyin;

/// A similar existing record.
struct ExistingRecord {
    /// What the records have in common.
    message: Message,
    /// Whether both together are an error.
    is_error: bool,
}

/// Reports existing records similar to a new one. If both together would be an error, asks on a terminal whether to
/// continue, and otherwise refuses unless forced.
///
/// # Errors
///
/// The existing record; or the user declined.
pub(crate) fn check(
    session: &mut Session,
    store: &Store,
    school: &School,
    kind: Kind,
    text: &str,
    is_forced: bool,
) -> anyhow::Result<()> {
    let found = find(session, store, school, kind, text);
    for alike in found.iter().filter(|alike| is_forced || !alike.is_error) {
        let words = alike.message.text(session.lang);
        session.say(&words)?;
    }
    let errors: Vec<String> = found
        .iter()
        .filter(|alike| alike.is_error)
        .map(|alike| alike.message.text(session.lang))
        .collect();
    if errors.is_empty() || is_forced {
        return Ok(());
    }
    if session.is_interactive() {
        session.say(&errors.join("\n"))?;
        let question = session.text("command-alike-anyway", &[]);
        if confirm(session, &question, false)? {
            return Ok(());
        }
        return Err(UserError::new(Message::new("cancelled")).into());
    }
    let message = Message::new("command-alike-refused").with("what", errors.join("\n"));
    Err(UserError::new(message)
        .help(Message::new("command-alike-refused-help"))
        .into())
}

fn find(
    session: &mut Session,
    store: &Store,
    school: &School,
    kind: Kind,
    text: &str,
) -> Vec<ExistingRecord> {
    match kind {
        Kind::Child => {
            let child = toml::from_str(text);
            child.map_or_else(
                |_| Vec::new(),
                |child| children(session, store, school, &child),
            )
        }
        Kind::Helper => {
            let helper = toml::from_str(text);
            helper.map_or_else(|_| Vec::new(), |helper| helpers(session, store, &helper))
        }
        Kind::Pairing => {
            let pairing = toml::from_str(text);
            pairing.map_or_else(|_| Vec::new(), |pairing| pairings(store, &pairing))
        }
        Kind::Term => toml::from_str(text).map_or_else(|_| Vec::new(), |term| terms(store, &term)),
        _ => Vec::new(),
    }
}

fn children(
    session: &mut Session,
    store: &Store,
    school: &School,
    new: &Child,
) -> Vec<ExistingRecord> {
    let people = session.people(store);
    let (name, sound) = (folded(&new.name), pinyin::sort_key(&new.name));
    let phones: HashSet<&str> = new.family_phones().collect();
    let found = people.children.iter().filter_map(|child| {
        let is_same_day = child.birth_date == new.birth_date;
        let is_same_name = folded(&child.name) == name;
        let is_same_number = new.student_no.is_some() && new.student_no == child.student_no;
        let (id, is_error) = match () {
            () if is_same_number => ("command-alike-number", true),
            () if is_same_name && is_same_day => ("command-alike-twin", true),
            () if is_same_name => ("command-alike-name", false),
            () if is_same_day && pinyin::sort_key(&child.name) == sound => {
                ("command-alike-sound", false)
            }
            () if child.family_phones().any(|phone| phones.contains(phone)) => {
                ("command-alike-phone", false)
            }
            () => return None,
        };
        let class = child.class_on(session.today);
        let class = class.map(|entry| school.class_label(entry.class, session.today, session.lang));
        let message = Message::new(id)
            .with("id", child.id)
            .with("name", &child.name)
            .with("class", class.unwrap_or_default())
            .with("day", child.birth_date);
        Some(ExistingRecord { message, is_error })
    });
    found.collect()
}

fn helpers(session: &mut Session, store: &Store, new: &Helper) -> Vec<ExistingRecord> {
    let people = session.people(store);
    let name = folded(&new.name);
    let same = people
        .helpers
        .iter()
        .filter(|helper| folded(&helper.name) == name);
    let found = same.map(|helper| ExistingRecord {
        message: Message::new("command-alike-helper")
            .with("id", helper.id)
            .with("name", &helper.name)
            .with("role", helper.role.label().get(session.lang)),
        is_error: true,
    });
    found.collect()
}

fn pairings(store: &Store, new: &Pairing) -> Vec<ExistingRecord> {
    let records = store
        .load(ReadOptions::all(KindSet::of(&[Kind::Pairing])))
        .records;
    let pair = |pairing: &Pairing| (pairing.child.id(), pairing.helper.id(), pairing.role);
    let ends_before = |a: &Pairing, b: &Pairing| a.until.is_some_and(|until| until < b.since);
    let same = records.pairings.iter().filter(|pairing| {
        pair(pairing) == pair(new) && !ends_before(pairing, new) && !ends_before(new, pairing)
    });
    let found = same.map(|pairing| ExistingRecord {
        message: Message::new("command-alike-pairing")
            .with("id", pairing.id)
            .with("day", pairing.since),
        is_error: true,
    });
    found.collect()
}

fn terms(store: &Store, new: &Term) -> Vec<ExistingRecord> {
    let records = store
        .load(ReadOptions::all(KindSet::of(&[Kind::Term])))
        .records;
    let same = records
        .terms
        .iter()
        .filter(|term| term.start <= new.end && new.start <= term.end);
    let found = same.map(|term| ExistingRecord {
        message: Message::new("command-alike-term")
            .with("id", term.id)
            .with("name", &term.name)
            .with("start", term.start)
            .with("end", term.end),
        is_error: true,
    });
    found.collect()
}

//! Audit items on copies outside the records: remotes, keys, exports, backups, names in paths.

use std::collections::HashSet;

use super::item::Article::Pipl;
use super::item::{AuditCheck, AuditInput, Outcome, State, check};
use crate::analysis::mention::{MentionKind, Mentions};
use crate::model::Id;
use crate::model::surroundings::{RemoteHost, StrayFile, StrayKind};

pub(super) const ITEMS: &[AuditCheck] = &[
    check("remotes", &[Pipl(23), Pipl(51)], remotes),
    check("cloud", &[Pipl(23), Pipl(51)], cloud),
    check("keys", &[Pipl(51)], keys),
    check("copies", &[Pipl(51)], copies),
    check("backups", &[Pipl(51)], backups),
    check("tracked", &[Pipl(51)], tracked),
    check("ignored", &[Pipl(51)], ignored),
    check("names-in-paths", &[Pipl(51)], names_in_paths),
    check("erased", &[Pipl(47)], erased),
    check("undo", &[Pipl(47)], undo),
];

fn remotes(input: &AuditInput<'_>) -> Outcome {
    let Some(repository) = input.repository() else {
        return Outcome::unknown();
    };
    let in_question = repository
        .remotes
        .iter()
        .filter(|remote| remote.needs_confirmation());
    let hosts = in_question.filter_map(|remote| match remote.host() {
        RemoteHost::Service(host) | RemoteHost::Other(host) => Some(host),
        RemoteHost::Here | RemoteHost::Network => None,
    });
    let mut outcome = Outcome::no_places(hosts);
    outcome.of = repository.remotes.len();
    outcome
}

fn cloud(input: &AuditInput<'_>) -> Outcome {
    Outcome::no_places(input.surroundings.cloud.clone())
}

fn of_kind(beside: &[StrayFile], kind: StrayKind) -> Outcome {
    let found = beside.iter().filter(|file| file.kind == kind);
    Outcome::no_places(found.map(StrayFile::pattern))
}

fn keys(input: &AuditInput<'_>) -> Outcome {
    of_kind(&input.surroundings.beside, StrayKind::Key)
}

fn copies(input: &AuditInput<'_>) -> Outcome {
    of_kind(&input.surroundings.beside, StrayKind::Copy)
}

fn backups(input: &AuditInput<'_>) -> Outcome {
    of_kind(&input.surroundings.beside, StrayKind::Backup)
}

fn tracked(input: &AuditInput<'_>) -> Outcome {
    match input.repository() {
        Some(repository) => Outcome::no_places(repository.tracked.iter().map(StrayFile::pattern)),
        None => Outcome::unknown(),
    }
}

fn ignored(input: &AuditInput<'_>) -> Outcome {
    match input.repository() {
        Some(repository) => {
            Outcome::no_places(repository.unignored.iter().map(|name| (*name).to_owned()))
        }
        None => Outcome::unknown(),
    }
}

/// Children's names and personal numbers in file paths and commit messages, which travel further than the contents of
/// files.
fn names_in_paths(input: &AuditInput<'_>) -> Outcome {
    let children = input.records.children.iter();
    let children: HashSet<&str> = children.map(|child| &*child.name).collect();
    let people = Mentions::of(input.records);
    let is_named = |text: &str| {
        let mut hits = people.hits(text).into_iter();
        hits.any(|hit| match hit.kind {
            MentionKind::Number => true,
            MentionKind::Full | MentionKind::Spelled => children.contains(hit.name.as_str()),
            MentionKind::Part | MentionKind::Nickname | MentionKind::Initials => false,
        })
    };
    // A record's file is named by its id.
    let is_record = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.strip_suffix(".toml")
            .is_some_and(|name| name.parse::<Id>().is_ok())
            && path.is_ascii()
    };
    let paths = input.surroundings.paths.iter();
    let paths = paths.filter(|path| !is_record(path) && is_named(path));
    let patterns = paths.map(|path| {
        let (kind, path) = (StrayKind::Copy, path.clone());
        StrayFile { kind, path }.pattern()
    });
    let notes = input.repository().map(|repository| &repository.notes);
    let notes = notes
        .into_iter()
        .flatten()
        .filter(|(_, note)| is_named(note));
    Outcome::no_places(patterns.chain(notes.map(|(commit, _)| format!("git show {commit}"))))
}

/// Files of children that were removed but remain in the git history.
fn erased(input: &AuditInput<'_>) -> Outcome {
    input.in_history(|repository| &repository.gone)
}

/// The undo journal still holds what was removed from the records.
fn undo(input: &AuditInput<'_>) -> Outcome {
    let count = input.surroundings.undo;
    let state = if count == 0 { State::Met } else { State::Judge };
    Outcome::new(state, count, count)
}

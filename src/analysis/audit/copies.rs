//! Audit items on copies outside the records: remotes, keys, exports, backups, names in paths.

use std::collections::HashSet;

use super::item::Article::Pipl;
use super::item::{Look, Matter, Outcome, State, look};
use crate::analysis::mention::{Mentions, Sort};
use crate::model::Id;
use crate::model::surroundings::{Beside, BesideSort, RemoteHost};

pub(super) const ITEMS: &[Look] = &[
    look("remotes", &[Pipl(23), Pipl(51)], remotes),
    look("cloud", &[Pipl(23), Pipl(51)], cloud),
    look("keys", &[Pipl(51)], keys),
    look("copies", &[Pipl(51)], copies),
    look("backups", &[Pipl(51)], backups),
    look("tracked", &[Pipl(51)], tracked),
    look("ignored", &[Pipl(51)], ignored),
    look("names-in-paths", &[Pipl(51)], names_in_paths),
    look("erased", &[Pipl(47)], erased),
    look("undo", &[Pipl(47)], undo),
];

fn remotes(matter: &Matter<'_>) -> Outcome {
    let Some(repository) = matter.repository() else {
        return Outcome::unknown();
    };
    let in_question = repository
        .remotes
        .iter()
        .filter(|remote| remote.is_in_question());
    let hosts = in_question.filter_map(|remote| match remote.host() {
        RemoteHost::Service(host) | RemoteHost::Other(host) => Some(host),
        RemoteHost::Here | RemoteHost::Network => None,
    });
    let mut outcome = Outcome::no_places(hosts);
    outcome.of = repository.remotes.len();
    outcome
}

fn cloud(matter: &Matter<'_>) -> Outcome {
    Outcome::no_places(matter.surroundings.cloud.clone())
}

fn of_sort(beside: &[Beside], sort: BesideSort) -> Outcome {
    let found = beside.iter().filter(|file| file.sort == sort);
    Outcome::no_places(found.map(Beside::pattern))
}

fn keys(matter: &Matter<'_>) -> Outcome {
    of_sort(&matter.surroundings.beside, BesideSort::Key)
}

fn copies(matter: &Matter<'_>) -> Outcome {
    of_sort(&matter.surroundings.beside, BesideSort::Copy)
}

fn backups(matter: &Matter<'_>) -> Outcome {
    of_sort(&matter.surroundings.beside, BesideSort::Backup)
}

fn tracked(matter: &Matter<'_>) -> Outcome {
    match matter.repository() {
        Some(repository) => Outcome::no_places(repository.tracked.iter().map(Beside::pattern)),
        None => Outcome::unknown(),
    }
}

fn ignored(matter: &Matter<'_>) -> Outcome {
    match matter.repository() {
        Some(repository) => {
            Outcome::no_places(repository.unignored.iter().map(|name| (*name).to_owned()))
        }
        None => Outcome::unknown(),
    }
}

/// Children's names in file paths and commit messages, which travel further than the contents of files.
fn names_in_paths(matter: &Matter<'_>) -> Outcome {
    let children = matter.records.children.iter();
    let children: HashSet<&str> = children.map(|child| &*child.name).collect();
    let people = Mentions::of(matter.records);
    let is_named = |text: &str| {
        let mut hits = people.hits(text).into_iter();
        hits.any(|hit| {
            matches!(hit.sort, Sort::Full | Sort::Spelled) && children.contains(hit.name.as_str())
        })
    };
    // A record's file is named by its id.
    let is_record = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.strip_suffix(".toml")
            .is_some_and(|name| name.parse::<Id>().is_ok())
            && path.is_ascii()
    };
    let paths = matter.surroundings.paths.iter();
    let paths = paths.filter(|path| !is_record(path) && is_named(path));
    let patterns = paths.map(|path| {
        let (sort, path) = (BesideSort::Copy, path.clone());
        Beside { sort, path }.pattern()
    });
    let notes = matter.repository().map(|repository| &repository.notes);
    let notes = notes
        .into_iter()
        .flatten()
        .filter(|(_, note)| is_named(note));
    Outcome::no_places(patterns.chain(notes.map(|(commit, _)| format!("git show {commit}"))))
}

/// Files of children that were removed but remain in the git history.
fn erased(matter: &Matter<'_>) -> Outcome {
    matter.in_history(|repository| &repository.gone)
}

/// The undo journal still holds what was removed from the records.
fn undo(matter: &Matter<'_>) -> Outcome {
    let count = matter.surroundings.undo;
    let state = if count == 0 { State::Met } else { State::Judge };
    Outcome::new(state, count, count)
}

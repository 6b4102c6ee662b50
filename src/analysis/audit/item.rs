//! The types of the self-audit: items, their state, evidence and input.

use chrono::NaiveDate;

use crate::model::document::Document;
use crate::model::surroundings::{Repository, Surroundings};
use crate::model::{Entry, Id, Records, School};
use crate::text::Text;

/// The state of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The requirement is met.
    Met,
    /// The requirement is not met.
    NotMet,
    /// The records cannot tell; a person has to judge.
    Judge,
}

impl State {
    /// The code used in message ids and templates.
    pub fn code(self) -> &'static str {
        match self {
            State::Met => "met",
            State::NotMet => "not-met",
            State::Judge => "judge",
        }
    }
}

/// A section of the audit report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The data held.
    Held,
    /// The legal basis.
    Basis,
    /// Access.
    Access,
    /// Protection.
    Protection,
    /// Copies outside the records.
    Copies,
    /// Duties of the school as a whole.
    Duties,
}

impl Section {
    /// All sections, in report order.
    pub const ALL: [Section; 6] = [
        Section::Held,
        Section::Basis,
        Section::Access,
        Section::Protection,
        Section::Copies,
        Section::Duties,
    ];

    /// The heading.
    pub fn label(self) -> Text {
        let (zh, en) = match self {
            Section::Held => ("掌握的信息", "What is held"),
            Section::Basis => ("依据与同意", "Basis and consent"),
            Section::Access => ("接触与权限", "Access"),
            Section::Protection => ("加密与保护", "Protection"),
            Section::Copies => ("副本与流出", "Copies and what leaves"),
            Section::Duties => ("制度与责任", "Duties of the school"),
        };
        Text { zh, en }
    }
}

/// An article of a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Article {
    /// 个人信息保护法, Personal Information Protection Law.
    Pipl(u8),
    /// 未成年人网络保护条例, Regulations on the Protection of Minors in Cyberspace.
    Online(u8),
    /// 未成年人保护法, Law on the Protection of Minors.
    Minors(u8),
}

impl Article {
    /// The name of the law and the number of the article.
    pub fn parts(self) -> (Text, u8) {
        let text = |zh, en| Text { zh, en };
        match self {
            Article::Pipl(article) => (text("个人信息保护法", "PIPL"), article),
            Article::Online(article) => (
                text(
                    "未成年人网络保护条例",
                    "Regulations on the Protection of Minors Online",
                ),
                article,
            ),
            Article::Minors(article) => (
                text("未成年人保护法", "Law on the Protection of Minors"),
                article,
            ),
        }
    }
}

/// The input of the audit.
#[derive(Clone, Copy, Debug)]
pub struct AuditInput<'a> {
    /// The school's settings.
    pub school: &'a School,
    /// All records.
    pub records: &'a Records,
    /// What surrounds the records: repository, remotes, permissions, copies.
    pub surroundings: &'a Surroundings,
    /// Today.
    pub today: NaiveDate,
    /// The number of files that could not be read.
    pub left_out: usize,
}

/// The result of an item, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The state.
    pub state: State,
    /// How many of the things that the item checks were found.
    pub count: usize,
    /// How many were checked.
    pub of: usize,
    /// The records that are evidence, sorted.
    pub records: Vec<Id>,
    /// Other evidence, which names no person: path patterns, settings, hosts.
    pub places: Vec<String>,
}

impl Outcome {
    pub(super) fn new(state: State, count: usize, of: usize) -> Outcome {
        Outcome {
            state,
            count,
            of,
            records: Vec::new(),
            places: Vec::new(),
        }
    }

    pub(super) fn met(count: usize) -> Outcome {
        Outcome::new(State::Met, count, count)
    }

    /// Met or not met, depending on a condition.
    pub(super) fn is(condition: bool, count: usize) -> Outcome {
        let state = if condition { State::Met } else { State::NotMet };
        Outcome::new(state, count, count)
    }

    /// For a person to judge, because the data needed is not available.
    pub(super) fn unknown() -> Outcome {
        Outcome::new(State::Judge, 0, 0)
    }

    /// For a person to judge; met if the count is 0.
    pub(super) fn judge(count: usize, of: usize) -> Outcome {
        let state = if count == 0 { State::Met } else { State::Judge };
        Outcome::new(state, count, of)
    }

    /// Met if no record violates the requirement.
    pub(super) fn none_of(records: Vec<Id>, of: usize) -> Outcome {
        let mut records = records;
        records.sort_unstable();
        records.dedup();
        Outcome {
            records: records.clone(),
            ..Outcome::new(
                if records.is_empty() {
                    State::Met
                } else {
                    State::NotMet
                },
                records.len(),
                of,
            )
        }
    }

    /// Met if there are no such places. Equal places are merged, with their number.
    pub(super) fn no_places(places: impl IntoIterator<Item = String>) -> Outcome {
        let mut counted = std::collections::BTreeMap::<String, usize>::new();
        for place in places {
            *counted.entry(place).or_default() += 1;
        }
        let count = counted.values().sum();
        let merged = counted.into_iter().map(|(place, times)| {
            if times == 1 {
                place
            } else {
                format!("{place} × {times}")
            }
        });
        let mut outcome = Outcome::is(count == 0, count);
        outcome.places = merged.collect();
        outcome
    }

    pub(super) fn with_records(mut self, records: impl IntoIterator<Item = Id>) -> Outcome {
        self.records = records.into_iter().collect();
        self.records.sort_unstable();
        self.records.dedup();
        self
    }
}

/// An item with its result.
#[derive(Clone, Debug)]
pub struct AuditItem {
    /// The code used in message ids.
    pub code: &'static str,
    /// The section in which it is shown.
    pub section: Section,
    /// The articles that require it.
    pub articles: &'static [Article],
    /// The result.
    pub outcome: Outcome,
}

/// An item and the function that checks it.
pub(super) struct AuditCheck {
    pub(super) code: &'static str,
    pub(super) articles: &'static [Article],
    pub(super) check: fn(&AuditInput<'_>) -> Outcome,
}

pub(super) const fn check(
    code: &'static str,
    articles: &'static [Article],
    check: fn(&AuditInput<'_>) -> Outcome,
) -> AuditCheck {
    AuditCheck {
        code,
        articles,
        check,
    }
}

impl<'a> AuditInput<'a> {
    pub(super) fn repository(&self) -> Option<&'a Repository> {
        self.surroundings.repository.as_ref()
    }

    /// Met if the git history holds no such records; for a person to judge in a shallow clone where none were found.
    pub(super) fn in_history(&self, found: impl Fn(&Repository) -> &Vec<Id>) -> Outcome {
        let Some(repository) = self.repository() else {
            return Outcome::unknown();
        };
        let found = found(repository);
        if found.is_empty() && repository.is_cut {
            return Outcome::unknown();
        }
        Outcome::none_of(found.clone(), found.len())
    }

    /// Returns the documents in force today whose title contains one of the words.
    pub(super) fn documents(&self, words: &[&str]) -> impl Iterator<Item = &'a Entry<Document>> {
        let today = self.today;
        let is_one = move |document: &&Entry<Document>| {
            let title = document.title.to_lowercase();
            words.iter().any(|word| title.contains(word))
                && document.date.0 <= today
                && document.until.is_none_or(|until| until.0 >= today)
        };
        let found: Vec<&Entry<Document>> = self.records.documents.iter().filter(is_one).collect();
        found.into_iter()
    }
}

//! The items of the self-check: how each is, what shows it, what is looked at.

use chrono::NaiveDate;

use crate::model::document::Document;
use crate::model::surroundings::{Repository, Surroundings};
use crate::model::{Entry, Id, Records, School};
use crate::text::Text;

/// How an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// What is asked for is there.
    Met,
    /// It is not.
    NotMet,
    /// No record tells: somebody has to look.
    Judge,
}

impl State {
    /// Its word in ids of messages and in templates.
    pub fn code(self) -> &'static str {
        match self {
            State::Met => "met",
            State::NotMet => "not-met",
            State::Judge => "judge",
        }
    }
}

/// The parts of the report in which items stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What is held.
    Held,
    /// By what right.
    Basis,
    /// Who has access.
    Access,
    /// How it is protected.
    Protection,
    /// What lies elsewhere.
    Copies,
    /// What the law asks of the school as a whole.
    Duties,
}

impl Section {
    /// Every section, in order.
    pub const ALL: [Section; 6] = [
        Section::Held,
        Section::Basis,
        Section::Access,
        Section::Protection,
        Section::Copies,
        Section::Duties,
    ];

    /// Its heading.
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

/// A law with one of its articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Article {
    /// 个人信息保护法.
    Pipl(u8),
    /// 未成年人网络保护条例.
    Online(u8),
    /// 未成年人保护法.
    Minors(u8),
}

impl Article {
    /// How the law is called, and the number of the article.
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

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    /// The school's settings.
    pub school: &'a School,
    /// All records.
    pub records: &'a Records,
    /// The place where they lie.
    pub surroundings: &'a Surroundings,
    /// The day of today.
    pub today: NaiveDate,
    /// How many files could not be read.
    pub left_out: usize,
}

/// How an item is, and what shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How it is.
    pub state: State,
    /// How many there are of what the item is about.
    pub count: usize,
    /// Of how many.
    pub of: usize,
    /// The records that show it, sorted.
    pub records: Vec<Id>,
    /// Places that show it and name nobody: patterns of paths, settings, hosts.
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

    /// Met.
    pub(super) fn met(count: usize) -> Outcome {
        Outcome::new(State::Met, count, count)
    }

    /// Met or not met, by whether something is.
    pub(super) fn is(condition: bool, count: usize) -> Outcome {
        let state = if condition { State::Met } else { State::NotMet };
        Outcome::new(state, count, count)
    }

    /// What could not be looked at: for a person to judge.
    pub(super) fn unknown() -> Outcome {
        Outcome::new(State::Judge, 0, 0)
    }

    /// For a person to judge; where there is nothing to judge it is met.
    pub(super) fn judge(count: usize, of: usize) -> Outcome {
        let state = if count == 0 { State::Met } else { State::Judge };
        Outcome::new(state, count, of)
    }

    /// Met where no record breaks it.
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

    /// Met where there are no such places; alike ones are told once, with their number.
    pub(super) fn no_places(places: impl IntoIterator<Item = String>) -> Outcome {
        let mut counted = std::collections::BTreeMap::<String, usize>::new();
        for place in places {
            *counted.entry(place).or_default() += 1;
        }
        let count = counted.values().sum();
        let told = counted.into_iter().map(|(place, times)| {
            if times == 1 {
                place
            } else {
                format!("{place} × {times}")
            }
        });
        let mut outcome = Outcome::is(count == 0, count);
        outcome.places = told.collect();
        outcome
    }

    pub(super) fn with_records(mut self, records: impl IntoIterator<Item = Id>) -> Outcome {
        self.records = records.into_iter().collect();
        self.records.sort_unstable();
        self.records.dedup();
        self
    }
}

/// An item that was looked at.
#[derive(Clone, Debug)]
pub struct AuditItem {
    /// Its name in messages.
    pub code: &'static str,
    /// Where it stands.
    pub section: Section,
    /// What asks for it.
    pub articles: &'static [Article],
    /// How it is.
    pub outcome: Outcome,
}

/// How an item is looked at.
pub(super) struct Look {
    pub(super) code: &'static str,
    pub(super) articles: &'static [Article],
    pub(super) look: fn(&Matter<'_>) -> Outcome,
}

pub(super) const fn look(
    code: &'static str,
    articles: &'static [Article],
    look: fn(&Matter<'_>) -> Outcome,
) -> Look {
    Look {
        code,
        articles,
        look,
    }
}

impl<'a> Matter<'a> {
    pub(super) fn repository(&self) -> Option<&'a Repository> {
        self.surroundings.repository.as_ref()
    }

    /// Met where history holds no such records; where not all of it is there, somebody has to look elsewhere.
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

    /// The documents whose titles hold one of some words, that are dated by today and still hold.
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

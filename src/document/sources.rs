//! The records behind the figures of a document.

use std::collections::BTreeMap;

use super::escape::clean;

/// The records behind each figure, by its key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    by_key: BTreeMap<String, Counted>,
}

/// How a figure was counted, and from which records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The label of the figure: 隔代监护.
    pub label: String,
    /// How it is counted, in one sentence.
    pub method: String,
    /// The records that may be listed: all of them, or the first.
    pub entries: Vec<Source>,
    /// The number of records, which may exceed that of `entries`.
    pub total: usize,
}

/// A record behind a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The record's id.
    pub id: String,
    /// A description: a date, or the name, if names are shown.
    pub text: Option<String>,
}

impl Sources {
    /// Sets the records behind the figure `key`.
    pub fn insert(&mut self, key: &str, counted: Counted) {
        self.by_key.insert(clean(key), counted);
    }

    /// Returns the records behind the figure `key`, if they are known.
    pub fn get(&self, key: &str) -> Option<&Counted> {
        self.by_key.get(key)
    }

    /// Whether there are no figures.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }
}

impl<K: AsRef<str>> FromIterator<(K, Counted)> for Sources {
    fn from_iter<I: IntoIterator<Item = (K, Counted)>>(counted: I) -> Self {
        let mut sources = Sources::default();
        for (key, counted) in counted {
            sources.insert(key.as_ref(), counted);
        }
        sources
    }
}

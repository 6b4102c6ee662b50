//! What the figures of a document were counted from.

use std::collections::BTreeMap;

use super::escape::clean;

/// The records behind each figure, by the figure's key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    by_key: BTreeMap<String, Counted>,
}

/// How one figure was counted, and from what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// What the figure is called: 隔代监护.
    pub label: String,
    /// How it is counted, in a sentence.
    pub method: String,
    /// The records that may be named here: all of them, or the first.
    pub entries: Vec<Source>,
    /// How many records were counted; more than `entries` where the rest are not listed.
    pub total: usize,
}

/// A record that was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The record's id.
    pub id: String,
    /// What else may be said of it: a date, a name where names are asked for.
    pub text: Option<String>,
}

impl Sources {
    /// Says what the figure `key` was counted from.
    pub fn insert(&mut self, key: &str, counted: Counted) {
        self.by_key.insert(clean(key), counted);
    }

    /// What the figure `key` was counted from, where it is known.
    pub fn get(&self, key: &str) -> Option<&Counted> {
        self.by_key.get(key)
    }

    /// Whether nothing is known of any figure.
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

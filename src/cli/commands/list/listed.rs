//! The records of a list. Only their indices are kept: what a column, condition or output needs of a record is
//! computed on demand.

use std::cell::OnceCell;

use serde_json::Value;

use crate::analysis::{People, Scope};
use crate::exchange::export::json;
use crate::model::child::Child;
use crate::model::{Class, Entry, HasTable, Id, Kind, Record, probe, table_of, with_kind};
use crate::report::words::{self, Words};
use crate::store::path_of;

/// Evaluates an expression on the entry of a listed record, generically over its kind.
macro_rules! with_listed {
    ($listed:expr, $entry:ident => $body:expr) => {
        with_kind!($listed.listing.kind, K => {
            let $entry = &HasTable::<K>::table($listed.listing.words.records)[$listed.place];
            $body
        })
    };
}

/// The loaded records of a kind, and the formatter for their values.
pub(super) struct Listing<'a> {
    pub(super) kind: Kind,
    pub(super) words: Words<'a>,
}

impl<'a> Listing<'a> {
    /// All records.
    pub(super) fn all(&'a self) -> impl Iterator<Item = Listed<'a>> {
        let count = with_kind!(self.kind, K => HasTable::<K>::table(self.words.records).len());
        (0..count).map(|place| self.at(place))
    }

    /// The record at an index.
    pub(super) fn at(&'a self, place: usize) -> Listed<'a> {
        Listed {
            listing: self,
            place,
            fields: OnceCell::new(),
        }
    }
}

/// A view of one record.
pub(super) struct Listed<'a> {
    listing: &'a Listing<'a>,
    place: usize,
    fields: OnceCell<toml::Table>,
}

impl<'a> Listed<'a> {
    /// Its index among the records of its kind.
    pub(super) fn place(&self) -> usize {
        self.place
    }

    /// The formatter for its values.
    pub(super) fn words(&self) -> &'a Words<'a> {
        &self.listing.words
    }

    pub(super) fn id(&self) -> Id {
        with_listed!(self, entry => entry.id)
    }

    /// The child, if it is one.
    pub(super) fn child(&self) -> Option<&'a Entry<Child>> {
        (self.listing.kind == Kind::Child).then(|| &self.listing.words.records.children[self.place])
    }

    /// Its fields, without confidential ones unless requested.
    pub(super) fn fields(&self) -> &toml::Table {
        self.fields.get_or_init(|| {
            let table = with_listed!(self, entry => table_of(&entry.record));
            words::public(self.listing.kind, table)
        })
    }

    /// The whole record, for machine-readable formats.
    pub(super) fn to_json(&self) -> Value {
        let id = self.id();
        let mut object = serde_json::Map::new();
        object.insert("id".to_owned(), id.to_string().into());
        object.insert("path".to_owned(), path_of(id).into());
        for (name, value) in self.fields() {
            object.insert(name.clone(), json(value));
        }
        Value::Object(object)
    }

    /// Whether it is current: an enrolled pupil, an active helper, a running pairing. With a period, those that run in
    /// it are left to [`Listed::is_in`].
    pub(super) fn is_present(&self, has_period: bool) -> bool {
        let day = self.words().day;
        with_listed!(self, entry => {
            has_period && entry.record.period().is_some() || entry.record.is_present(day)
        })
    }

    /// Whether it counts in a scope.
    pub(super) fn is_in(&self, scope: Scope) -> bool {
        match with_listed!(self, entry => entry.record.period()) {
            Some((since, until)) => {
                since <= scope.until && until.is_none_or(|until| until >= scope.from)
            }
            None => self.id().day().is_none_or(|day| scope.holds(day)),
        }
    }

    /// Whether it is about, or is, a child or helper.
    pub(super) fn concerns(&self, id: Id) -> bool {
        let People { children, helpers } = self.people();
        self.id() == id || children.contains(&id) || helpers.contains(&id)
    }

    /// Whether it is about a class, or about a child who is in it on the record's day.
    pub(super) fn is_of_class(&self, class: Class) -> bool {
        let Words { records, day, .. } = *self.words();
        let day = self.id().day().unwrap_or(day);
        let in_class = |id: Id| {
            let child = records.children.get(id);
            child
                .and_then(|child| child.class_on(day))
                .is_some_and(|entry| entry.class == class)
        };
        let word = [class.to_string()];
        let is_named =
            |field: &str| with_listed!(self, entry => probe::holds(&entry.record, field, &word));
        in_class(self.id())
            || self.people().children.into_iter().any(in_class)
            || is_named("classes")
            || is_named("class")
    }

    fn people(&self) -> People {
        with_listed!(self, entry => People::of(&entry.record))
    }
}

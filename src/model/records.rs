//! The tables of all records of a school, and entries of any kind.

use chrono::NaiveDate;
use serde::Serialize;

use super::class::Class;
use super::field::{FieldPath, Step};
use super::follow_up::FollowUp;
use super::id::Id;
use super::kind::{Kind, kinds};
use super::record::{Caption, KindInfo, Record, Reversed};
use super::shape::{self, Shape};
use crate::text::Text;

/// A record with its id.
#[derive(Clone, Debug)]
pub struct Entry<K> {
    /// The id.
    pub id: Id,
    /// The content of the file.
    pub record: K,
}

impl<K> std::ops::Deref for Entry<K> {
    type Target = K;

    fn deref(&self) -> &K {
        &self.record
    }
}

/// All records of a kind, sorted by id and so, for a dated kind, by day.
#[derive(Clone, Debug)]
pub struct Table<K>(Vec<Entry<K>>);

impl<K> Default for Table<K> {
    fn default() -> Self {
        Table(Vec::new())
    }
}

impl<K> Table<K> {
    /// Creates a table from entries in any order.
    pub fn new(mut entries: Vec<Entry<K>>) -> Table<K> {
        entries.sort_by_key(|entry| entry.id);
        Table(entries)
    }

    /// Appends a record; unless appended in order, call [`Table::sort`] afterwards.
    pub fn push(&mut self, entry: Entry<K>) {
        self.0.push(entry);
    }

    /// Appends the records of another table.
    pub fn append(&mut self, other: Table<K>) {
        if self.0.capacity() == 0 {
            self.0 = other.0;
        } else {
            self.0.extend(other.0);
        }
    }

    /// Reserves capacity for more records.
    pub fn reserve(&mut self, more: usize) {
        self.0.reserve_exact(more);
    }

    /// Sorts the records by id.
    pub fn sort(&mut self) {
        if !self.0.is_sorted_by_key(|entry| entry.id) {
            self.0.sort_by_key(|entry| entry.id);
        }
    }

    /// Returns the record with an id.
    pub fn get(&self, id: Id) -> Option<&Entry<K>> {
        self.0
            .binary_search_by_key(&id, |entry| entry.id)
            .ok()
            .map(|at| &self.0[at])
    }

    /// Returns the index of the record with an id.
    pub fn position(&self, id: Id) -> Option<usize> {
        self.0.binary_search_by_key(&id, |entry| entry.id).ok()
    }
}

impl<K> std::ops::Deref for Table<K> {
    type Target = [Entry<K>];

    fn deref(&self) -> &[Entry<K>] {
        &self.0
    }
}

impl<'a, K> IntoIterator for &'a Table<K> {
    type Item = &'a Entry<K>;
    type IntoIter = std::slice::Iter<'a, Entry<K>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

macro_rules! records {
    ($($variant:ident => $module:ident::$type:ident, $table:ident, $naming:expr;)+) => {
        impl Kind {
            /// Returns the static properties of the kind.
            pub const fn info(self) -> &'static KindInfo {
                match self { $(Kind::$variant => const { &<super::$module::$type as Record>::INFO }),+ }
            }

            /// See [`Record::is_paper`].
            pub fn is_paper(self) -> bool {
                match self { $(Kind::$variant => <super::$module::$type as Record>::is_paper()),+ }
            }

            /// Returns the fields of the kind.
            pub fn shape(self) -> &'static Shape {
                match self { $(Kind::$variant => shape::of::<super::$module::$type>()),+ }
            }
        }

        /// All records of a school that were read, by kind.
        #[derive(Clone, Debug, Default)]
        pub struct Records { $(#[doc = concat!("All ", stringify!($table), ".")] pub $table: Table<super::$module::$type>),+ }

        impl Records {
            /// Appends the records of another set to each table.
            pub fn append(&mut self, other: Records) {
                $(self.$table.append(other.$table);)+
            }

            /// Sorts each table by id.
            pub fn sort(&mut self) {
                $(self.$table.sort();)+
            }

            /// Returns the number of records of all kinds.
            pub fn count(&self) -> usize {
                0 $(+ self.$table.len())+
            }

            /// Returns the earliest day of any record.
            pub fn first_day(&self) -> Option<NaiveDate> {
                let firsts = [$(self.$table.iter().filter_map(|entry| entry.record.day()).min()),+];
                firsts.into_iter().flatten().min()
            }
        }

        /// A record of any kind with its id.
        #[derive(Clone, Debug)]
        pub enum AnyEntry { $(#[doc = concat!("One of the ", stringify!($table), ".")] $variant(Entry<super::$module::$type>)),+ }

        /// A reference to an entry of any kind.
        #[derive(Clone, Copy, Debug)]
        pub enum EntryRef<'a> { $(#[doc = concat!("One of the ", stringify!($table), ".")] $variant(&'a Entry<super::$module::$type>)),+ }

        impl<'a> EntryRef<'a> {
            /// Returns the id.
            pub fn id(self) -> Id {
                match self { $(EntryRef::$variant(entry) => entry.id),+ }
            }

            /// See [`Record::day`].
            pub fn day(self) -> Option<NaiveDate> {
                match self { $(EntryRef::$variant(entry) => entry.record.day()),+ }
            }

            /// See [`Record::references`].
            pub fn references(self, visit: &mut dyn FnMut(&[Step], Id)) {
                match self { $(EntryRef::$variant(entry) => entry.record.references(visit)),+ }
            }

            /// See [`Record::missing_fields`].
            pub fn missing_fields(self) -> Vec<&'static str> {
                match self { $(EntryRef::$variant(entry) => entry.record.missing_fields()),+ }
            }

            /// See [`Record::reversed`].
            pub fn reversed(self) -> Vec<Reversed> {
                match self { $(EntryRef::$variant(entry) => entry.record.reversed()),+ }
            }

            /// See [`Record::files`].
            pub fn files(self) -> Vec<(FieldPath, &'a str)> {
                match self { $(EntryRef::$variant(entry) => entry.record.files()),+ }
            }

            /// See [`Record::confidential`].
            pub fn confidential(self) -> Option<&'a str> {
                match self { $(EntryRef::$variant(entry) => entry.record.confidential()),+ }
            }

            /// See [`Record::caption`].
            pub fn caption(self) -> Caption<'a> {
                match self { $(EntryRef::$variant(entry) => entry.record.caption()),+ }
            }

            /// See [`Record::classes`].
            pub fn classes(self) -> &'a [Class] {
                match self { $(EntryRef::$variant(entry) => entry.record.classes()),+ }
            }

            /// See [`Record::follow_ups`].
            pub fn follow_ups(self) -> &'a [FollowUp] {
                match self { $(EntryRef::$variant(entry) => entry.record.follow_ups()),+ }
            }
        }

        $(
            impl<'a> From<&'a Entry<super::$module::$type>> for EntryRef<'a> {
                fn from(entry: &'a Entry<super::$module::$type>) -> EntryRef<'a> { EntryRef::$variant(entry) }
            }

            impl From<Entry<super::$module::$type>> for AnyEntry {
                fn from(entry: Entry<super::$module::$type>) -> AnyEntry { AnyEntry::$variant(entry) }
            }

            impl HasTable<super::$module::$type> for Records {
                fn table(&self) -> &Table<super::$module::$type> { &self.$table }
                fn table_mut(&mut self) -> &mut Table<super::$module::$type> { &mut self.$table }
                fn view(entry: &Entry<super::$module::$type>) -> EntryRef<'_> { EntryRef::$variant(entry) }
            }
        )+

        records!(@dispatch ($) $($variant => $module::$type;)+);
    };
    (@dispatch ($d:tt) $($variant:ident => $module:ident::$type:ident;)+) => {
        /// Evaluates an expression with a type alias for the record type of a kind: `with_kind!(kind, K => f::<K>())`.
        macro_rules! with_kind {
            ($d kind:expr, $d k:ident => $d body:expr) => {
                match $d kind { $($d crate::model::Kind::$variant => { type $d k = $d crate::model::$module::$type; $d body })+ }
            };
        }

        /// Evaluates an expression with the entry in an [`AnyEntry`]: `with_entry!(any, entry => f(entry))`.
        macro_rules! with_entry {
            ($d any:expr, $d entry:ident => $d body:expr) => {
                match $d any { $($d crate::model::AnyEntry::$variant($d entry) => $d body),+ }
            };
        }
    };
}

/// Access to the table of a record type.
pub trait HasTable<K> {
    /// Returns the table.
    fn table(&self) -> &Table<K>;

    /// Returns the table for modification.
    fn table_mut(&mut self) -> &mut Table<K>;

    /// Returns an entry of the table as one of any kind.
    fn view(entry: &Entry<K>) -> EntryRef<'_>;
}

kinds!(records);

impl Kind {
    /// Returns the label shown to users.
    pub fn label(self) -> Text {
        self.info().label
    }

    /// Whether records of the kind may have follow-ups.
    pub fn has_follow_ups(self) -> bool {
        self.shape().field("follow_up").is_some()
    }
}

pub(crate) use with_kind;

impl AnyEntry {
    /// Returns the id.
    pub fn id(&self) -> Id {
        with_entry!(self, entry => entry.id)
    }

    /// Returns the record as a TOML table without empty lists and tables.
    pub fn table(&self) -> toml::Table {
        with_entry!(self, entry => table_of(&entry.record))
    }
}

/// Converts a record to a TOML table without empty lists and tables.
pub fn table_of<K: Serialize>(record: &K) -> toml::Table {
    let mut table = toml::Table::try_from(record).expect("a record is a table of TOML values");
    normalize(&mut table);
    table
}

/// The key of the private table as which the `toml` crate serializes a date-time.
const PRIVATE_DATETIME_KEY: &str = "$__toml_private_datetime";

/// Removes empty lists and tables, and converts private date-time tables to date-times.
fn normalize(table: &mut toml::Table) {
    for (_, value) in table.iter_mut() {
        let hidden = value
            .get(PRIVATE_DATETIME_KEY)
            .and_then(toml::Value::as_str);
        if let Some(literal) = hidden.and_then(|text| text.parse().ok()) {
            *value = toml::Value::Datetime(literal);
        }
    }
    table.retain(|_, value| match value {
        toml::Value::Array(entries) => {
            entries
                .iter_mut()
                .filter_map(toml::Value::as_table_mut)
                .for_each(normalize);
            !entries.is_empty()
        }
        toml::Value::Table(inner) => {
            normalize(inner);
            !inner.is_empty()
        }
        _ => true,
    });
}

/// A table of records in TOML, by their ids, for tests.
#[cfg(test)]
pub(crate) fn table<K: Record>(texts: &[(impl AsRef<str>, impl AsRef<str>)]) -> Table<K> {
    let entries = texts.iter().map(|(id, text)| Entry {
        id: Id::parse(K::KIND, id.as_ref()).unwrap(),
        record: toml::from_str(text.as_ref()).unwrap(),
    });
    Table::new(entries.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_a_record_equals_its_file() {
        let text = "name = \"张小明\"\ngender = \"male\"\nbirth_date = 2015-03-02\n\n[left]\ndate = 2025-11-10\nreason = \"moved\"\n\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n";
        let record: crate::model::child::Child = toml::from_str(text).unwrap();
        assert_eq!(table_of(&record), text.parse().unwrap());
    }
}

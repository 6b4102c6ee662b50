//! What each kind of record says of itself.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::class::Class;
use super::field::{FieldPath, Step};
use super::follow_up::FollowUp;
use super::id::Id;
use super::kind::Kind;
use super::risk::Risk;
use crate::text::Text;

/// What is the same for all records of a kind.
#[derive(Debug)]
pub struct KindInfo {
    /// The word shown to people.
    pub label: Text,
    /// The field whose day is in the id of a dated kind.
    pub day_field: Option<&'static str>,
    /// The field for the day on which the record was made, which `add` fills.
    pub made_field: Option<&'static str>,
    /// Which records of before a term matter to what is counted of it.
    pub lasts: Lasts,
    /// Whether each record is about children whom it names, and about nobody else.
    pub is_of_children: bool,
    /// The fields, or columns that follow from them, that a list shows behind the id.
    pub columns: &'static [&'static str],
    /// The fields that say in a few words what a record is about.
    pub headline: &'static [&'static str],
    /// A record with its fields explained, for those who begin.
    pub sample: &'static str,
}

/// Which records of a kind matter to what is counted of a later term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasts {
    /// None.
    Never,
    /// All: a pairing that runs, an incident that is open, a rule in force.
    Always,
    /// Those with a follow-up, which may be open, and the last contact with each child.
    FollowUps,
}

/// A kind of record.
pub trait Record:
    Clone + fmt::Debug + Serialize + DeserializeOwned + schemars::JsonSchema + Send + Sync + 'static
{
    /// Which kind.
    const KIND: Kind;

    /// What is the same for all records of the kind.
    const INFO: KindInfo;

    /// Fields that make two records the same where all of a group are alike; none where only all fields do.
    const SAME_BY: &'static [&'static [&'static str]] = &[];

    /// The day that the id of a dated kind holds; the first day of a term; none of a person.
    fn day(&self) -> Option<NaiveDate>;

    /// Calls `visit` with each reference to another record and the place of the field that holds it.
    fn references(&self, visit: &mut dyn FnMut(&[Step], Id));

    /// The day of each time that what the record tells of was done; a day may come more than once.
    fn days(&self) -> Vec<NaiveDate> {
        self.day().into_iter().collect()
    }

    /// Whether somebody was in touch with a child or its family.
    fn is_contact(&self) -> bool {
        false
    }

    /// The risk that the record states of its child.
    fn stated_risk(&self) -> Option<Risk> {
        None
    }

    /// Fields that the record needs beside those that all of its kind do, and does not have.
    fn lacking(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// The classes that the record names as those it is about.
    fn classes(&self) -> &[Class] {
        &[]
    }

    /// What is to be done after what the record tells.
    fn follow_ups(&self) -> &[FollowUp] {
        &[]
    }

    /// What the record is, in a few words.
    fn caption(&self) -> Caption<'_>;

    /// Whether it is a paper: it may be dated ahead or after a child left, and belongs to no class alone.
    fn is_paper() -> bool {
        false
    }

    /// Whether the record is of the present on a day: a pupil of the school, an active helper, a running pairing.
    fn is_present(&self, _day: NaiveDate) -> bool {
        true
    }

    /// The first day and, where it has ended, the last day of what lasts.
    fn period(&self) -> Option<(NaiveDate, Option<NaiveDate>)> {
        None
    }

    /// The ends that the record states of something before its start.
    fn reversed(&self) -> Vec<Reversed> {
        Vec::new()
    }

    /// Paths of files of the directory that the record names, each with its field.
    fn files(&self) -> Vec<(FieldPath, &str)> {
        Vec::new()
    }

    /// The text that only those who ask for it may read.
    fn confidential(&self) -> Option<&str> {
        None
    }
}

/// What a record is, in a few words.
#[derive(Clone, Copy, Debug)]
pub enum Caption<'a> {
    /// Its name, title or source.
    Text(&'a str),
    /// The word of a code.
    Label(Text),
    /// What is named of a person.
    Of(Id, &'a str),
    /// The name of a person.
    Person(Id),
    /// The names of a child and a helper.
    Pair(Id, Id),
}

/// An end that is before its start.
#[derive(Clone, Debug)]
pub struct Reversed {
    /// The field of the end.
    pub field: FieldPath,
    /// The end.
    pub end: String,
    /// The field of the start.
    pub other: &'static str,
    /// The start.
    pub start: String,
}

impl Reversed {
    /// An end that is before its start; nothing where it is not, or is open.
    pub fn of<D: fmt::Display + PartialOrd>(
        field: FieldPath,
        end: Option<D>,
        other: &'static str,
        start: D,
    ) -> Option<Reversed> {
        let end = end.filter(|end| *end < start)?;
        Some(Reversed {
            field,
            end: end.to_string(),
            other,
            start: start.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Kind, Record, with_kind};

    /// Records of one child are found by its id, which stands in such a field.
    #[test]
    fn what_is_of_children_has_a_field_that_names_them() {
        let of_children = Kind::ALL.iter().filter(|kind| kind.info().is_of_children);
        for kind in of_children {
            let named = ["child", "children"].map(|name| kind.shape().field(name).is_some());
            assert!(named.contains(&true), "{kind}");
        }
    }

    /// A kind whose records may hold something confidential says what it is, so that a school that seals is told.
    #[test]
    fn what_is_confidential_is_given_by_each_kind_that_has_such_a_field() {
        fn check<K: Record>() {
            let text = format!("confidential = \"不便公开。\"\n{}", K::INFO.sample);
            let record: K = toml::from_str(&text).unwrap();
            assert_eq!(record.confidential(), Some("不便公开。"), "{}", K::KIND);
        }
        let kinds = Kind::ALL.iter();
        let kinds = kinds.filter(|kind| kind.shape().field("confidential").is_some());
        for kind in kinds {
            with_kind!(*kind, K => check::<K>());
        }
    }
}

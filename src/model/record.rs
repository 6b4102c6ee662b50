//! The trait that each kind of record implements.

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

/// Static properties of a kind of record.
#[derive(Debug)]
pub struct KindInfo {
    /// The label shown to users.
    pub label: Text,
    /// The field whose date is part of the id, for a dated kind.
    pub day_field: Option<&'static str>,
    /// The field for the date of entry, which `add` fills in.
    pub made_field: Option<&'static str>,
    /// Which records from before a term the figures of the term need.
    pub lasts: Lasts,
    /// Whether each record names the children that it is about, and is about no one else.
    pub is_of_children: bool,
    /// The default columns of a list after the id: fields, or columns derived from them.
    pub columns: &'static [&'static str],
    /// The fields that summarize a record.
    pub headline: &'static [&'static str],
    /// A commented sample record for beginners.
    pub sample: &'static str,
}

/// Which records of a kind the figures of a later term need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasts {
    /// None.
    Never,
    /// All: pairings that run, incidents that are open, rules in force.
    Always,
    /// Those with a follow-up, which may be open, and the latest contact with each child.
    FollowUps,
}

/// A kind of record.
pub trait Record:
    Clone + fmt::Debug + Serialize + DeserializeOwned + schemars::JsonSchema + Send + Sync + 'static
{
    /// The kind.
    const KIND: Kind;

    /// The static properties of the kind.
    const INFO: KindInfo;

    /// Groups of fields: two records that agree in all fields of a group are duplicates. If empty, duplicates agree in
    /// all fields.
    const SAME_BY: &'static [&'static [&'static str]] = &[];

    /// Returns the day in the id of a dated kind, the first day of a term, none for a person.
    fn day(&self) -> Option<NaiveDate>;

    /// Calls `visit` with each reference to another record and the path of the field that holds it.
    fn references(&self, visit: &mut dyn FnMut(&[Step], Id));

    /// Returns the day of each session, with repetitions.
    fn days(&self) -> Vec<NaiveDate> {
        self.day().into_iter().collect()
    }

    /// Whether the record is a contact with a child or its family.
    fn is_contact(&self) -> bool {
        false
    }

    /// Returns the risk that the record states for its child.
    fn stated_risk(&self) -> Option<Risk> {
        None
    }

    /// Returns the conditionally required fields that are missing.
    fn missing_fields(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Returns the classes that the record is about.
    fn classes(&self) -> &[Class] {
        &[]
    }

    /// Returns the follow-ups.
    fn follow_ups(&self) -> &[FollowUp] {
        &[]
    }

    /// Returns a short description of the record.
    fn caption(&self) -> Caption<'_>;

    /// Whether the kind is a paper document: it may be dated in the future or after a child left, and filtering by
    /// class ignores it.
    fn is_paper() -> bool {
        false
    }

    /// Whether the record is current on a day: a pupil of the school, an active helper, a running pairing.
    fn is_present(&self, _day: NaiveDate) -> bool {
        true
    }

    /// Returns the first day and, if it has ended, the last day of a record that lasts.
    fn period(&self) -> Option<(NaiveDate, Option<NaiveDate>)> {
        None
    }

    /// Returns the end dates that are before their start.
    fn reversed(&self) -> Vec<Reversed> {
        Vec::new()
    }

    /// Returns the paths of files in the directory that the record names, with the fields that name them.
    fn files(&self) -> Vec<(FieldPath, &str)> {
        Vec::new()
    }

    /// Returns the confidential text.
    fn confidential(&self) -> Option<&str> {
        None
    }
}

/// A short description of a record.
#[derive(Clone, Copy, Debug)]
pub enum Caption<'a> {
    /// Its name, title or source.
    Text(&'a str),
    /// The label of a code.
    Label(Text),
    /// A person, and something named with it.
    Of(Id, &'a str),
    /// The name of a person.
    Person(Id),
    /// The names of a child and a helper.
    Pair(Id, Id),
}

/// An end date or time before its start.
#[derive(Clone, Debug)]
pub struct Reversed {
    /// The field with the end.
    pub field: FieldPath,
    /// The end.
    pub end: String,
    /// The field with the start.
    pub other: &'static str,
    /// The start.
    pub start: String,
}

impl Reversed {
    /// Compares an end with a start; none where the end is absent or not before the start.
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

    /// Records of a child are found by these fields.
    #[test]
    fn kinds_about_children_have_a_field_for_them() {
        let of_children = Kind::ALL.iter().filter(|kind| kind.info().is_of_children);
        for kind in of_children {
            let named = ["child", "children"].map(|name| kind.shape().field(name).is_some());
            assert!(named.contains(&true), "{kind}");
        }
    }

    /// The rule on sealing depends on `confidential` for every kind with a confidential field.
    #[test]
    fn kinds_with_a_confidential_field_return_it() {
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

//! The input of the due list and its filter.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use crate::analysis::contact::Contacts;
use crate::analysis::{Scope, figures};
use crate::model::child::{Child, Definition};
use crate::model::helper::HelperRole;
use crate::model::pairing::Pairing;
use crate::model::term::Term;
use crate::model::{Class, Entry, Id, Kind, KindSet, Records, School};

/// The input of the due list.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The school's settings.
    pub school: &'a School,
    /// All records: open items may be of any age.
    pub records: &'a Records,
    /// Today.
    pub today: NaiveDate,
    /// The number of days to look ahead.
    pub within: u32,
}

/// A filter on due items; every condition is optional.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Items for which a helper is responsible, including those of the children in a head teacher's class.
    pub helper: Option<Id>,
    /// Items of a class and its children.
    pub class: Option<Class>,
    /// Items of a child.
    pub child: Option<Id>,
}

/// Returns the kinds of record that the list needs.
pub fn kinds(school: &School) -> KindSet {
    let always = KindSet::of(&[
        Kind::Term,
        Kind::Helper,
        Kind::Child,
        Kind::Pairing,
        Kind::Incident,
        Kind::Loan,
    ]);
    let left = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| kind.has_follow_ups());
    let duties = school.duty.iter().map(|duty| duty.record.0);
    left.chain(duties)
        .fold(always.with(Contacts::KINDS), |kinds, kind| {
            kinds.with(KindSet::of(&[kind]))
        })
}

/// Returns the day since which all records are needed; of earlier ones only those that last.
pub fn first_day(school: &School, terms: &[Entry<Term>], today: NaiveDate) -> NaiveDate {
    begun(terms, today).map_or(today, |term| {
        let scope = Scope::of_term(term, today, school.definition());
        figures::first_day(school, terms, &scope)
    })
}

/// The term that runs on a day, or else the last one that began.
fn begun(terms: &[Entry<Term>], day: NaiveDate) -> Option<&Entry<Term>> {
    let begun = terms.iter().filter(|term| term.start.0 <= day);
    begun.max_by_key(|term| term.start)
}

impl<'a> View<'a> {
    /// The definition of left-behind in use.
    pub(super) fn definition(&self) -> Definition {
        self.school.definition()
    }

    /// The last day of the period ahead.
    pub(super) fn last_day(&self) -> NaiveDate {
        let last = self
            .today
            .checked_add_days(Days::new(u64::from(self.within)));
        last.unwrap_or(NaiveDate::MAX)
    }

    /// The term that runs today, or else the last one that began.
    pub(super) fn term(&self) -> Option<&'a Entry<Term>> {
        begun(&self.records.terms, self.today)
    }

    /// Whether a child is left-behind today.
    pub(super) fn is_left_behind(&self, child: Id) -> bool {
        let child = self.records.children.get(child);
        child.is_some_and(|child| child.is_left_behind(self.today, self.definition()))
    }

    /// The children who are left-behind today.
    pub(super) fn left_behind(&self) -> impl Iterator<Item = &'a Entry<Child>> + use<'a, '_> {
        let children = self.records.children.iter();
        children.filter(|child| child.is_left_behind(self.today, self.definition()))
    }

    /// The class of a child today.
    pub(super) fn class_of(&self, child: Id) -> Option<Class> {
        let child = self.records.children.get(child)?;
        child.class_on(self.today).map(|entry| entry.class)
    }

    /// The class of which a helper is the head teacher.
    pub(super) fn head_of(&self, helper: Id) -> Option<Class> {
        let helper = self.records.helpers.get(helper)?;
        helper
            .class
            .filter(|_| helper.role == HelperRole::HeadTeacher)
    }
}

/// The pairings with left-behind children that run today.
pub(super) struct Pairs<'a> {
    active: Vec<&'a Entry<Pairing>>,
    helpers: HashMap<Id, Vec<Id>>,
}

impl<'a> Pairs<'a> {
    /// Collects the pairings that run today.
    pub(super) fn new(view: &View<'a>) -> Pairs<'a> {
        let active: Vec<&Entry<Pairing>> = view
            .records
            .pairings
            .iter()
            .filter(|pairing| pairing.runs(view.today) && view.is_left_behind(pairing.child.id()))
            .collect();
        let mut helpers: HashMap<Id, Vec<Id>> = HashMap::new();
        for pairing in &active {
            helpers
                .entry(pairing.child.id())
                .or_default()
                .push(pairing.helper.id());
        }
        Pairs { active, helpers }
    }

    /// The helpers with whom a child is paired.
    pub(super) fn helpers(&self, child: Id) -> impl Iterator<Item = Id> + '_ {
        self.helpers.get(&child).into_iter().flatten().copied()
    }

    /// Whether a pairing is one of these.
    pub(super) fn is_active(&self, pairing: Id) -> bool {
        self.active
            .binary_search_by_key(&pairing, |entry| entry.id)
            .is_ok()
    }
}

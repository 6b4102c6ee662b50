//! What a teacher who opens the terminal in the morning is to know: what is overdue and what comes.
//!
//! Everything is seen from today. What was missed counts for the present term, or in the holidays for the last one,
//! and only for subjects that are still active: a visit to a child who has left is no longer due to anybody.

mod children;
mod days;
mod duties;
mod tasks;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::duty::DateRange;
use crate::model::calendar::Festival;
use crate::model::child::{Child, Definition};
use crate::model::codes::codes;
use crate::model::duty::Duty;
use crate::model::helper::HelperRole;
use crate::model::incident::IncidentKind;
use crate::model::pairing::{Pairing, PairingRole};
use crate::model::term::Term;
use crate::model::{Class, Entry, Id, Kind, KindSet, Records, School};

codes! {
    /// What sort of thing is due, in the order in which they are shown.
    Group {
        Duty = "duty", "职责", "duties";
        FollowUp = "follow-up", "跟进事项", "follow-ups";
        Incident = "incident", "未结事件", "open incidents";
        Loan = "loan", "借出未还", "loans";
        Birthday = "birthday", "生日", "birthdays";
        Festival = "festival", "节日", "festivals";
        Caseload = "caseload", "结对超额", "caseloads above policy";
        Unpaired = "unpaired", "未结对", "children without pairing";
        Unassessed = "unassessed", "本学期未测评", "children not assessed this term";
        NoGuardianPhone = "no-guardian-phone", "缺监护人电话", "children without a guardian's phone";
        PastRetention = "past-retention", "档案超过保存年限", "files past retention";
    }
}

/// What is due.
#[derive(Clone, Debug)]
pub enum Matter<'a> {
    /// Records that a duty wants and that are missing.
    Duty {
        /// The duty.
        duty: &'a Duty,
        /// The periods in which records are missing, in order.
        periods: Vec<DateRange>,
        /// How many are missing in all of them.
        missing: u32,
        /// The day of the last visit: of a pairing by its helper, of a child by anybody.
        last_contact: Option<NaiveDate>,
    },
    /// A follow-up that is not done.
    FollowUp {
        /// What is to be done.
        what: &'a str,
        /// Who is to do it, where the record says a name.
        who: Option<&'a str>,
        /// Its place in the record.
        at: usize,
    },
    /// An incident that is not closed.
    Incident {
        /// What happened.
        kind: IncidentKind,
        /// The day on which it was discovered.
        since: NaiveDate,
    },
    /// Something lent that has not come back.
    Loan {
        /// What.
        item: &'a str,
        /// How many.
        quantity: u32,
    },
    /// A child's birthday.
    Birthday {
        /// The years that become full, by the calendar by which the birthday is kept.
        age: u32,
        /// Whether it is kept by the lunar calendar.
        lunar: bool,
    },
    /// A festival.
    Festival(Festival),
    /// A helper who is paired with more children than the school's rules allow.
    Caseload {
        /// As what.
        role: PairingRole,
        /// The most children.
        most: u32,
    },
    /// A left-behind child whom no pairing that runs names.
    Unpaired,
    /// A left-behind child whom nobody assessed this term.
    Unassessed,
    /// A left-behind child of whose guardian no phone number is known.
    NoGuardianPhone,
    /// A child who left longer ago than files are kept.
    PastRetention {
        /// The day on which it left.
        left: NaiveDate,
    },
}

/// One thing that is due.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// What.
    pub matter: Matter<'a>,
    /// The day by which or on which; none of what has no day.
    pub day: Option<NaiveDate>,
    /// The children it is about.
    pub children: Vec<Id>,
    /// The classes it is about: those of the children on the day, too.
    pub classes: Vec<Class>,
    /// The helpers who answer for it.
    pub helpers: Vec<Id>,
    /// The record that it follows from: a pairing, a visit, a loan.
    pub record: Option<Id>,
}

impl Matter<'_> {
    /// What sort it is.
    pub fn group(&self) -> Group {
        match self {
            Matter::Duty { .. } => Group::Duty,
            Matter::FollowUp { .. } => Group::FollowUp,
            Matter::Incident { .. } => Group::Incident,
            Matter::Loan { .. } => Group::Loan,
            Matter::Birthday { .. } => Group::Birthday,
            Matter::Festival(_) => Group::Festival,
            Matter::Caseload { .. } => Group::Caseload,
            Matter::Unpaired => Group::Unpaired,
            Matter::Unassessed => Group::Unassessed,
            Matter::NoGuardianPhone => Group::NoGuardianPhone,
            Matter::PastRetention { .. } => Group::PastRetention,
        }
    }
}

impl Item<'_> {
    /// Whether its day is past.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.day.is_some_and(|day| day < today)
    }
}

/// From what and from when the list is made.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The school's settings.
    pub school: &'a School,
    /// The records; see [`kinds`] and [`first_day`].
    pub records: &'a Records,
    /// The day of today.
    pub today: NaiveDate,
    /// How many days are looked ahead.
    pub within: u32,
}

/// Whose things are wanted; all unless said.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Those that a helper answers for: also those of the children of a head teacher's class.
    pub helper: Option<Id>,
    /// Those of a class and its children.
    pub class: Option<Class>,
    /// Those of a child.
    pub child: Option<Id>,
}

/// The kinds of record that are asked.
pub fn kinds(school: &School) -> KindSet {
    let always = KindSet::of(&[
        Kind::Term,
        Kind::Helper,
        Kind::Child,
        Kind::Pairing,
        Kind::Visit,
        Kind::Activity,
        Kind::Assessment,
        Kind::Incident,
        Kind::Loan,
    ]);
    school.duty.iter().fold(always, |kinds, duty| {
        kinds.with(KindSet::of(&[duty.record.0]))
    })
}

/// The day from which visits, activities and aid are asked: the first of the term before the present one, so that
/// the whole school year is seen and what the last term left open; a year ago where there are no terms.
pub fn first_day(terms: &[Entry<Term>], today: NaiveDate) -> NaiveDate {
    let mut starts: Vec<NaiveDate> = terms
        .iter()
        .map(|term| term.start.0)
        .filter(|start| *start <= today)
        .collect();
    starts.sort_unstable();
    let year_ago = today - Days::new(366);
    let before = starts.len().checked_sub(2).map(|at| starts[at]);
    before.or(starts.first().copied()).unwrap_or(year_ago)
}

/// Everything that is due, by group and day.
pub fn list<'a>(view: &View<'a>, filter: Filter) -> Vec<Item<'a>> {
    let people = Pairs::new(view);
    let mut items = duties::list(view, &people);
    items.extend(tasks::list(view, &people));
    items.extend(days::list(view));
    items.extend(children::list(view, &people));
    for item in &mut items {
        let of_children = item
            .children
            .iter()
            .filter_map(|child| view.class_of(*child));
        item.classes.extend(of_children);
        item.classes.sort_unstable();
        item.classes.dedup();
        if item.helpers.is_empty() {
            let paired = item
                .children
                .iter()
                .flat_map(|child| people.helpers(*child));
            item.helpers.extend(paired);
        }
        item.helpers.sort_unstable();
        item.helpers.dedup();
    }
    let head_of = filter.helper.and_then(|helper| view.head_of(helper));
    items.retain(|item| {
        let is_for_all = matches!(item.matter, Matter::Festival(_)) && filter.child.is_none();
        let of_helper = filter.helper.is_none_or(|helper| {
            item.helpers.contains(&helper)
                || head_of.is_some_and(|class| item.classes.contains(&class))
        });
        let of_class = filter
            .class
            .is_none_or(|class| item.classes.contains(&class));
        let of_child = filter
            .child
            .is_none_or(|child| item.children.contains(&child));
        is_for_all || of_helper && of_class && of_child
    });
    items.sort_by(|a, b| a.key().cmp(&b.key()));
    items
}

impl Item<'_> {
    fn key(&self) -> impl Ord + use<'_> {
        let duty = match &self.matter {
            Matter::Duty { duty, .. } => Some(duty.id.as_str()),
            _ => None,
        };
        let group = self.matter.group();
        (
            (group, self.day, duty),
            (&self.classes, &self.children, self.record),
        )
    }
}

impl<'a> View<'a> {
    fn definition(&self) -> Definition {
        self.school.definition()
    }

    /// The last day that is looked at.
    fn last_day(&self) -> NaiveDate {
        let last = self
            .today
            .checked_add_days(Days::new(u64::from(self.within)));
        last.unwrap_or(NaiveDate::MAX)
    }

    /// The term that runs today, or the last that began.
    fn term(&self) -> Option<&'a Entry<Term>> {
        let begun = self.records.terms.iter();
        begun
            .filter(|term| term.start.0 <= self.today)
            .max_by_key(|term| term.start)
    }

    fn left_behind(&self) -> impl Iterator<Item = &'a Entry<Child>> + use<'a, '_> {
        let children = self.records.children.iter();
        children.filter(|child| child.is_left_behind(self.today, self.definition()))
    }

    fn class_of(&self, child: Id) -> Option<Class> {
        let child = self.records.children.get(child)?;
        child.class_on(self.today).map(|entry| entry.class)
    }

    /// The class of which a helper is the head teacher.
    fn head_of(&self, helper: Id) -> Option<Class> {
        let helper = self.records.helpers.get(helper)?;
        helper
            .class
            .filter(|_| helper.role == HelperRole::HeadTeacher)
    }
}

/// The pairings that run today with a left-behind child.
struct Pairs<'a> {
    active: Vec<&'a Entry<Pairing>>,
    helpers: HashMap<Id, Vec<Id>>,
}

impl<'a> Pairs<'a> {
    fn new(view: &View<'a>) -> Pairs<'a> {
        let is_left_behind = |id: Id| {
            let child = view.records.children.get(id);
            child.is_some_and(|child| child.is_left_behind(view.today, view.definition()))
        };
        let active: Vec<&Entry<Pairing>> = view
            .records
            .pairings
            .iter()
            .filter(|pairing| pairing.runs(view.today) && is_left_behind(pairing.child.id()))
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
    fn helpers(&self, child: Id) -> impl Iterator<Item = Id> + '_ {
        self.helpers.get(&child).into_iter().flatten().copied()
    }

    fn is_active(&self, pairing: Id) -> bool {
        self.active
            .binary_search_by_key(&pairing, |entry| entry.id)
            .is_ok()
    }
}

//! Things that are due.

use chrono::NaiveDate;

use crate::analysis::contact::Clock;
use crate::analysis::duty::DateRange;
use crate::model::calendar::Festival;
use crate::model::codes::codes;
use crate::model::duty::Duty;
use crate::model::incident::IncidentKind;
use crate::model::pairing::PairingRole;
use crate::model::{Class, Id};

codes! {
    /// What sort of thing is due, in the order in which they are shown.
    Group {
        Contact = "contact", "超期未联系", "children without contact for too long";
        Duty = "duty", "职责", "duties";
        FollowUp = "follow-up", "跟进事项", "follow-ups";
        Incident = "incident", "未结事件", "open incidents";
        Loan = "loan", "借出未还", "loans";
        NextStep = "next-step", "下一步打算", "next steps";
        ContactSoon = "contact-soon", "下次联系", "next contacts";
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
    /// A child with whom nobody was in touch for as long as may be, or soon will be.
    Contact(Clock<'a>),
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
    /// What a term set itself for later and that is not done.
    NextStep {
        /// What is to be done.
        what: &'a str,
        /// Who is to do it, where the term says a name.
        who: Option<&'a str>,
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
pub struct DueItem<'a> {
    /// What.
    pub matter: Matter<'a>,
    /// The day by which or on which; undated things have none.
    pub day: Option<NaiveDate>,
    /// The children it is about.
    pub children: Vec<Id>,
    /// The classes it is about: those of the children on the day, too.
    pub classes: Vec<Class>,
    /// The helpers who answer for it.
    pub helpers: Vec<Id>,
    /// The record that it follows from: a pairing, a visit, a loan.
    pub record: Option<Id>,
    /// Its place among the entries of the record that can be done, from 0; none of the record itself.
    pub entry: Option<usize>,
    /// Whether the record has other entries that can be done, or can be done itself.
    pub is_one_of_many: bool,
}

impl Matter<'_> {
    /// What sort it is.
    pub fn group(&self) -> Group {
        match self {
            Matter::Contact(clock) if clock.is_over() => Group::Contact,
            Matter::Contact(_) => Group::ContactSoon,
            Matter::NextStep { .. } => Group::NextStep,
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

impl<'a> DueItem<'a> {
    /// A thing that names nobody yet.
    pub(super) fn new(matter: Matter<'a>, day: Option<NaiveDate>) -> DueItem<'a> {
        DueItem {
            matter,
            day,
            children: Vec::new(),
            classes: Vec::new(),
            helpers: Vec::new(),
            record: None,
            entry: None,
            is_one_of_many: false,
        }
    }

    /// A thing about one child.
    pub(super) fn of_child(matter: Matter<'a>, day: Option<NaiveDate>, child: Id) -> DueItem<'a> {
        DueItem {
            children: vec![child],
            record: Some(child),
            ..DueItem::new(matter, day)
        }
    }

    /// Whether its day is past.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.day.is_some_and(|day| day < today)
    }

    /// What closes it when it is done: the random part of the record, and the number of the entry where it has several.
    pub fn handle(&self) -> Option<String> {
        let tail = self.record?.tail();
        let is_closed_by_hand = matches!(
            self.matter,
            Matter::FollowUp { .. }
                | Matter::NextStep { .. }
                | Matter::Incident { .. }
                | Matter::Loan { .. }
        );
        if !is_closed_by_hand {
            return None;
        }
        match self.entry {
            Some(at) if self.is_one_of_many => Some(format!("{tail}.{}", at + 1)),
            _ => Some(tail),
        }
    }
}

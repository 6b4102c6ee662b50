//! The type of a due item.

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
    /// The group of a due item, in display order.
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
pub enum DueReason<'a> {
    /// A contact with a child whose limit is exceeded, or soon will be.
    Contact(Clock<'a>),
    /// Records missing for a duty.
    Duty {
        /// The duty.
        duty: &'a Duty,
        /// The periods in which records are missing, in order.
        periods: Vec<DateRange>,
        /// How many are missing in all these periods together.
        missing: u32,
        /// The day of the last visit: of a pairing, by its helper; of a child, by anybody.
        last_contact: Option<NaiveDate>,
    },
    /// A follow-up that is not done.
    FollowUp {
        /// What is to be done.
        what: &'a str,
        /// Who is to do it, if the record gives a name rather than a helper.
        who: Option<&'a str>,
    },
    /// An incident that is not closed.
    Incident {
        /// What happened.
        kind: IncidentKind,
        /// The day on which it was discovered.
        since: NaiveDate,
    },
    /// A loan that has not been returned.
    Loan {
        /// The item.
        item: &'a str,
        /// How many.
        quantity: u32,
    },
    /// A next step of a term that is not done.
    NextStep {
        /// What is to be done.
        what: &'a str,
        /// Who is to do it, if the term gives a name rather than a helper.
        who: Option<&'a str>,
    },
    /// A child's birthday.
    Birthday {
        /// The age reached, by the calendar by which the birthday is kept.
        age: u32,
        /// Whether it is kept by the lunar calendar.
        lunar: bool,
    },
    /// A festival.
    Festival(Festival),
    /// A helper paired with more children than the policy allows.
    Caseload {
        /// The role.
        role: PairingRole,
        /// The maximum number of children.
        most: u32,
    },
    /// A left-behind child without a running pairing.
    Unpaired,
    /// A left-behind child not assessed this term.
    Unassessed,
    /// A left-behind child without a phone number for its guardian.
    NoGuardianPhone,
    /// A child who left longer ago than the retention period.
    PastRetention {
        /// The day on which the child left.
        left: NaiveDate,
    },
}

/// One thing that is due.
#[derive(Clone, Debug)]
pub struct DueItem<'a> {
    /// What is due.
    pub reason: DueReason<'a>,
    /// The day by which or on which it is due; `None` if it is undated.
    pub day: Option<NaiveDate>,
    /// The children it concerns.
    pub children: Vec<Id>,
    /// The classes it concerns, including those of the children on the day.
    pub classes: Vec<Class>,
    /// The helpers responsible.
    pub helpers: Vec<Id>,
    /// The record behind it: a pairing, a visit, a loan.
    pub record: Option<Id>,
    /// The index of its entry among those of the record that can be completed; `None` if it is the record itself.
    pub entry: Option<usize>,
    /// Whether the record has other entries that can be completed, or can be completed itself.
    pub is_one_of_many: bool,
}

impl DueReason<'_> {
    /// The group in which it is shown.
    pub fn group(&self) -> Group {
        match self {
            DueReason::Contact(clock) if clock.is_over() => Group::Contact,
            DueReason::Contact(_) => Group::ContactSoon,
            DueReason::NextStep { .. } => Group::NextStep,
            DueReason::Duty { .. } => Group::Duty,
            DueReason::FollowUp { .. } => Group::FollowUp,
            DueReason::Incident { .. } => Group::Incident,
            DueReason::Loan { .. } => Group::Loan,
            DueReason::Birthday { .. } => Group::Birthday,
            DueReason::Festival(_) => Group::Festival,
            DueReason::Caseload { .. } => Group::Caseload,
            DueReason::Unpaired => Group::Unpaired,
            DueReason::Unassessed => Group::Unassessed,
            DueReason::NoGuardianPhone => Group::NoGuardianPhone,
            DueReason::PastRetention { .. } => Group::PastRetention,
        }
    }
}

impl<'a> DueItem<'a> {
    /// An item without persons.
    pub(super) fn new(reason: DueReason<'a>, day: Option<NaiveDate>) -> DueItem<'a> {
        DueItem {
            reason,
            day,
            children: Vec::new(),
            classes: Vec::new(),
            helpers: Vec::new(),
            record: None,
            entry: None,
            is_one_of_many: false,
        }
    }

    /// An item about one child.
    pub(super) fn of_child(
        reason: DueReason<'a>,
        day: Option<NaiveDate>,
        child: Id,
    ) -> DueItem<'a> {
        DueItem {
            children: vec![child],
            record: Some(child),
            ..DueItem::new(reason, day)
        }
    }

    /// Whether its day is before today.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.day.is_some_and(|day| day < today)
    }

    /// The handle that `done` takes: the random part of the record's id, with the number of the entry if it is one of
    /// many.
    pub fn handle(&self) -> Option<String> {
        let tail = self.record?.tail();
        let is_closed_by_hand = matches!(
            self.reason,
            DueReason::FollowUp { .. }
                | DueReason::NextStep { .. }
                | DueReason::Incident { .. }
                | DueReason::Loan { .. }
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

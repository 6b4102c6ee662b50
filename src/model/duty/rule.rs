//! The validation of a duty row of `cuncao.toml`, and the faults it finds.

use chrono::NaiveDate;

use super::conditions::{Condition, ConditionFault};
use super::row::{During, Duty, OwedTo, Period};
use super::who::Who;
use crate::model::{Kind, Record};

/// The longest interval that `every` accepts, in days.
pub const LONGEST_INTERVAL: u32 = 366;

/// How often a duty is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// A number of times in each period.
    Times {
        /// The number of times.
        count: u32,
        /// The period.
        period: Period,
    },
    /// At least once in a number of days, counted from the last time.
    Every {
        /// The number of days.
        days: u32,
    },
}

/// A valid duty.
#[derive(Clone, Debug)]
pub struct DutyRule {
    /// To whom it is owed.
    pub owed_to: OwedTo,
    /// The children to whom it is owed.
    pub who: Who,
    /// How often it is owed.
    pub schedule: Schedule,
    /// The part of the school year in which it applies.
    pub during: During,
    /// The first day on which it is in force.
    pub since: NaiveDate,
    /// The last day on which it is in force.
    pub until: NaiveDate,
    /// The kind of record that fulfils it.
    pub record: Kind,
    conditions: Vec<Condition>,
    /// Whether only visits count that are contacts.
    contacts_only: bool,
}

impl DutyRule {
    /// Whether a record fulfils the duty, whoever it names.
    pub fn is_met_by<K: Record>(&self, record: &K) -> bool {
        K::KIND == self.record
            && self
                .conditions
                .iter()
                .all(|condition| condition.holds(record))
            && (!self.contacts_only || record.is_contact())
    }

    /// Whether the duty is in force on a day.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        (self.since..=self.until).contains(&day)
    }
}

/// A fault in a duty, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadDuty {
    /// The field of the duty.
    pub field: &'static str,
    /// The fault.
    pub fault: DutyFault,
}

/// A fault in a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DutyFault {
    /// An invalid condition in `match` or `who`.
    Condition(ConditionFault),
    /// `who` on a duty that is owed to the school.
    WhoOfSchool,
    /// `role` on a duty that is not owed to pairings.
    RoleWithoutPairing,
    /// Neither an interval nor a count with a period.
    NoSchedule,
    /// An interval and a count or period.
    TwoSchedules,
    /// An interval that is not a number of days from 1 to 366.
    Interval(String),
    /// A count of zero.
    NoTimes,
    /// It begins after it ends.
    SinceAfterUntil,
    /// Records of this kind have no day, or cannot name whom the duty is owed to.
    NeverMet(Kind),
}

impl Duty {
    /// Validates the duty.
    ///
    /// # Errors
    ///
    /// Returns all faults; a faulty duty is owed to nobody and counted by no command.
    pub fn rule(&self) -> Result<DutyRule, Vec<BadDuty>> {
        let mut bad = Vec::new();
        let schedule = self.schedule(&mut bad);
        let of_field = |field, faults: Vec<ConditionFault>| {
            faults.into_iter().map(move |fault| BadDuty {
                field,
                fault: DutyFault::Condition(fault),
            })
        };
        let who = Who::of(&self.who).unwrap_or_else(|faults| {
            bad.extend(of_field("who", faults));
            Who::default()
        });
        let record = self.record.0;
        let conditions = self.r#match.of_kind(record).unwrap_or_else(|faults| {
            bad.extend(of_field("match", faults));
            Vec::new()
        });
        let mut also = |is_so: bool, field, fault| {
            if is_so {
                bad.push(BadDuty { field, fault });
            }
        };
        let is_of_school = self.owed_to == OwedTo::School;
        also(
            is_of_school && !self.who.is_empty(),
            "who",
            DutyFault::WhoOfSchool,
        );
        also(
            !is_of_school && self.owed_to != OwedTo::Pairing && who.asks_role(),
            "who",
            DutyFault::RoleWithoutPairing,
        );
        let is_reversed = self
            .since
            .zip(self.until)
            .is_some_and(|(since, until)| since > until);
        also(is_reversed, "since", DutyFault::SinceAfterUntil);
        also(
            !can_meet(record, self.owed_to),
            "record",
            DutyFault::NeverMet(record),
        );
        let Some(schedule) = schedule.filter(|_| bad.is_empty()) else {
            return Err(bad);
        };
        Ok(DutyRule {
            owed_to: self.owed_to,
            who,
            schedule,
            during: self.during(),
            since: self.since.map_or(NaiveDate::MIN, |since| since.0),
            until: self.until.map_or(NaiveDate::MAX, |until| until.0),
            record,
            contacts_only: record == Kind::Visit
                && !conditions.iter().any(|condition| condition.is_of("mode")),
            conditions,
        })
    }

    fn schedule(&self, bad: &mut Vec<BadDuty>) -> Option<Schedule> {
        let (field, fault) = match (&self.every, self.count, self.period) {
            (Some(every), None, None) => match interval(every) {
                Some(days) => return Some(Schedule::Every { days }),
                None => ("every", DutyFault::Interval(every.clone())),
            },
            (Some(_), _, _) => ("every", DutyFault::TwoSchedules),
            (None, Some(0), _) => ("count", DutyFault::NoTimes),
            (None, Some(count), Some(period)) => return Some(Schedule::Times { count, period }),
            (None, Some(_), None) => ("count", DutyFault::NoSchedule),
            (None, None, Some(_)) => ("period", DutyFault::NoSchedule),
            (None, None, None) => ("id", DutyFault::NoSchedule),
        };
        bad.push(BadDuty { field, fault });
        None
    }
}

/// Parses an interval such as `14d`, in days.
fn interval(text: &str) -> Option<u32> {
    let digits = text.strip_suffix('d')?;
    let is_plain = !digits.starts_with(['0', '+']);
    let days = digits.parse().ok().filter(|_| is_plain);
    days.filter(|days| (1..=LONGEST_INTERVAL).contains(days))
}

/// Whether records of a kind can fulfil a duty: they have a day and can name whom the duty is owed to.
fn can_meet(kind: Kind, owed_to: OwedTo) -> bool {
    let shape = kind.shape();
    let has = |names: &[&str]| names.iter().any(|name| shape.field(name).is_some());
    let names_child = has(&["child", "children"]);
    let names_subject = match owed_to {
        OwedTo::School => true,
        OwedTo::Child => names_child,
        OwedTo::Pairing => names_child && has(&["helper", "by", "organisers"]),
        OwedTo::Class => names_child || has(&["class", "classes"]),
    };
    let has_day = !matches!(kind, Kind::Helper | Kind::Child);
    has_day && names_subject
}

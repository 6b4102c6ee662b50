//! The contact clock: for each left-behind child, the days without contact and the allowed interval.
//!
//! Only a contact in person or by phone or video resets the clock; a letter does not. It starts at the last contact,
//! but not before the day since which the child has been left-behind without interruption, nor before the first term
//! on record. The allowed interval is the shortest interval of the visit duties that are owed to the child and in
//! force on the day, or else the one in the school's policy.

use chrono::{Days, NaiveDate};
use foldhash::HashMap;

use super::duty::{DateRanges, left_behind};
use super::{Basis, People};
use crate::model::assessment::Risk;
use crate::model::child::{Child, Definition};
use crate::model::codes::codes;
use crate::model::duty::{Duty, DutyRule, OwedTo, Schedule};
use crate::model::term::Term;
use crate::model::visit::Visit;
use crate::model::{Entry, Id, Kind, KindSet, Record, Records, School, Table};

codes! {
    /// The event from which the days without contact are counted.
    Start {
        Contact = "contact", "上次联系", "last contact";
        LeftBehind = "left-behind", "开始留守", "left-behind since";
        FirstTerm = "first-term", "有记录的第一个学期", "first term on record";
    }
}

/// The contact clock of one child on a given day.
#[derive(Clone, Copy, Debug)]
pub struct Clock<'a> {
    /// The child.
    pub child: Id,
    /// The day of the last contact.
    pub last_contact: Option<NaiveDate>,
    /// The day on which the clock starts.
    pub since: NaiveDate,
    /// The event of that day.
    pub start: Start,
    /// The number of days without contact.
    pub days: u32,
    /// The allowed number of days.
    pub bound: u32,
    /// The duty that sets the limit; `None` if it is the school's policy.
    pub duty: Option<&'a Duty>,
    /// The risk level stated by the child's last assessment that states one.
    pub risk: Option<Risk>,
}

impl Clock<'_> {
    /// Whether the limit is exceeded.
    pub fn is_over(&self) -> bool {
        self.days > self.bound
    }

    /// The last day on which a contact is still in time.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.since
            .checked_add_days(Days::new(u64::from(self.bound)))
    }

    /// Orders clocks by urgency, most urgent first: by days relative to the limit, then by risk, then by days.
    pub fn urgency(&self, other: &Clock<'_>) -> std::cmp::Ordering {
        let share = |a: &Clock<'_>, b: &Clock<'_>| u64::from(a.days) * u64::from(b.bound.max(1));
        share(other, self)
            .cmp(&share(self, other))
            .then(other.risk.cmp(&self.risk))
            .then(other.days.cmp(&self.days))
            .then(self.child.cmp(&other.child))
    }
}

/// The last contact and risk level of each child as of a day, collected record by record.
#[derive(Clone, Debug)]
pub struct Contacts {
    day: NaiveDate,
    last: HashMap<Id, NaiveDate>,
    /// The last risk level of each child, with the day and id of its assessment.
    risks: HashMap<Id, (NaiveDate, Id, Risk)>,
}

impl Contacts {
    /// The kinds of record that are evaluated.
    pub const KINDS: KindSet = KindSet::of(&[Kind::Visit, Kind::Assessment]);

    /// An empty collection as of a day.
    pub fn new(day: NaiveDate) -> Contacts {
        Contacts {
            day,
            last: HashMap::default(),
            risks: HashMap::default(),
        }
    }

    /// Collects from all records, as of a day.
    pub fn of(records: &Records, day: NaiveDate) -> Contacts {
        let mut contacts = Contacts::new(day);
        for visit in &records.visits {
            contacts.add(visit.id, &visit.record);
        }
        for assessment in &records.assessments {
            contacts.add(assessment.id, &assessment.record);
        }
        contacts
    }

    /// Adds a record. Ignored if it is neither a contact nor an assessment with a risk level, or later than the day.
    pub fn add<K: Record>(&mut self, id: Id, record: &K) {
        let risk = record.stated_risk();
        let is_contact = record.is_contact();
        let Some(day) = record.day().filter(|day| *day <= self.day) else {
            return;
        };
        if !is_contact && risk.is_none() {
            return;
        }
        for child in People::of(record).children {
            if is_contact {
                let last = self.last.entry(child).or_insert(day);
                *last = day.max(*last);
            }
            if let Some(risk) = risk {
                let stated = self.risks.entry(child).or_insert((day, id, risk));
                *stated = (day, id, risk).max(*stated);
            }
        }
    }

    /// Merges a collection made as of the same day.
    pub fn append(&mut self, other: Contacts) {
        for (child, day) in other.last {
            let last = self.last.entry(child).or_insert(day);
            *last = day.max(*last);
        }
        for (child, found) in other.risks {
            let stated = self.risks.entry(child).or_insert(found);
            *stated = found.max(*stated);
        }
    }

    /// The day of the last contact with a child.
    pub fn last(&self, child: Id) -> Option<NaiveDate> {
        self.last.get(&child).copied()
    }

    /// The risk level of a child's last assessment that states one.
    pub fn risk(&self, child: Id) -> Option<Risk> {
        self.risks.get(&child).map(|(_, _, risk)| *risk)
    }
}

/// Last contacts that may be in records not yet read, because older ones were loaded only in part.
#[derive(Debug, Default)]
pub struct MissingContacts {
    /// The children, and the child–helper pairs, without a known contact since `first`; with their last known one.
    wanted: HashMap<(Id, Option<Id>), NaiveDate>,
}

impl MissingContacts {
    /// Missing contacts of the children who are left-behind on one of the days, as of that day. All records since
    /// `first` must be loaded.
    pub fn of_children(
        records: &Records,
        first: NaiveDate,
        days: &[NaiveDate],
        definition: Definition,
    ) -> MissingContacts {
        let mut wanted = HashMap::default();
        for day in days {
            let known = Contacts::of(records, *day);
            let children = records.children.iter();
            let left_behind = children.filter(|child| child.is_left_behind(*day, definition));
            let last = left_behind.map(|child| (child.id, known.last(child.id)));
            let missing = last.filter(|(_, last)| last.is_none_or(|last| last < first));
            wanted.extend(missing.map(|(child, last)| ((child, None), last.unwrap_or_default())));
        }
        MissingContacts { wanted }
    }

    /// The same for one day, and also for the child–helper pairs whose pairing runs on it.
    pub fn of_pairings(
        records: &Records,
        first: NaiveDate,
        day: NaiveDate,
        definition: Definition,
    ) -> MissingContacts {
        let mut missing = MissingContacts::of_children(records, first, &[day], definition);
        let running = records.pairings.iter().filter(|pairing| pairing.runs(day));
        let mut pairs: HashMap<(Id, Option<Id>), NaiveDate> = running
            .map(|pairing| (pairing.child.id(), Some(pairing.helper.id())))
            .map(|pair| (pair, NaiveDate::default()))
            .collect();
        let past = records.visits.iter().filter(|visit| visit.date.0 <= day);
        for visit in past.filter(|visit| visit.is_contact()) {
            for pair in pairs_of(visit) {
                if let Some(last) = pairs.get_mut(&pair) {
                    *last = visit.date.0.max(*last);
                }
            }
        }
        pairs.retain(|_, last| *last < first);
        missing.wanted.extend(pairs);
        missing
    }

    /// Whether a record of an earlier day that names these persons may hold a missing contact.
    pub fn may_be_in(&self, day: NaiveDate, persons: &[Id]) -> bool {
        let is_later = |pair| self.wanted.get(&pair).is_some_and(|last| *last < day);
        persons.iter().any(|child| {
            is_later((*child, None))
                || persons
                    .iter()
                    .any(|helper| is_later((*child, Some(*helper))))
        })
    }

    /// Marks the contacts of a visit as found. Must be called from the latest visit to the earliest.
    pub fn found(&mut self, visit: &Visit) {
        if visit.is_contact() {
            for pair in pairs_of(visit) {
                self.wanted.remove(&pair);
            }
        }
    }
}

/// Pairs each child of a visit with no helper and with each of its helpers.
fn pairs_of(visit: &Visit) -> impl Iterator<Item = (Id, Option<Id>)> + '_ {
    let helpers = || visit.by.iter().map(|helper| Some(helper.id()));
    visit.children.iter().flat_map(move |child| {
        let helpers = std::iter::once(None).chain(helpers());
        helpers.map(move |helper| (child.id(), helper))
    })
}

/// The allowed intervals without contact on a day.
#[derive(Debug)]
pub struct Bounds<'a> {
    school: &'a School,
    definition: Definition,
    day: NaiveDate,
    first_term: Option<NaiveDate>,
    /// The intervals of the visit duties in force on the day, shortest first.
    intervals: Vec<(u32, &'a Duty, DutyRule)>,
}

impl<'a> Bounds<'a> {
    /// Determines the intervals for a day.
    pub fn new(
        school: &'a School,
        terms: &[Entry<Term>],
        definition: Definition,
        day: NaiveDate,
    ) -> Bounds<'a> {
        let mut intervals: Vec<(u32, &Duty, DutyRule)> = school
            .duty
            .iter()
            .filter_map(|duty| Some((duty, duty.rule().ok()?)))
            .filter(|(_, rule)| {
                let is_of_visits = rule.record == Kind::Visit && rule.owed_to == OwedTo::Child;
                is_of_visits && rule.is_in_force(day)
            })
            .filter_map(|(duty, rule)| match rule.schedule {
                Schedule::Every { days } => Some((days, duty, rule)),
                Schedule::Times { .. } => None,
            })
            .collect();
        intervals.sort_by_key(|(days, _, _)| *days);
        Bounds {
            school,
            definition,
            day,
            first_term: terms.iter().map(|term| term.start.0).min(),
            intervals,
        }
    }

    /// Returns the clock of a child; `None` if it is not left-behind on the day.
    pub fn clock(&self, child: &Entry<Child>, contacts: &Contacts) -> Option<Clock<'a>> {
        let day = self.day;
        if !child.is_left_behind(day, self.definition) {
            return None;
        }
        let ranges = left_behind(child, self.definition);
        let unbroken = DateRanges::of(ranges.iter().map(|range| range.days).collect()).around(day);
        let last_contact = contacts.last(child.id);
        let starts = [
            (self.first_term, Start::FirstTerm),
            (unbroken.map(|range| range.from), Start::LeftBehind),
            (last_contact, Start::Contact),
        ];
        // `max_by_key` returns the last of equal days, so a contact takes precedence.
        let (since, start) = starts
            .into_iter()
            .filter_map(|(day, start)| Some((day?, start)))
            .max_by_key(|(day, _)| *day)?;
        let risk = contacts.risk(child.id);
        let duty = self.intervals.iter().find(|(_, _, rule)| {
            rule.who
                .fits_child(child, risk, day, |class| self.school.grade(class, day))
        });
        Some(Clock {
            child: child.id,
            last_contact,
            since,
            start,
            days: u32::try_from((day - since).num_days()).unwrap_or(0),
            bound: duty.map_or(self.school.contact_within_days(), |(days, _, _)| *days),
            duty: duty.map(|(_, duty, _)| *duty),
            risk,
        })
    }
}

/// Returns the clocks of all left-behind children as of the scope, most urgent first.
pub fn clocks_at_end<'a>(basis: &Basis<'a>) -> Vec<Clock<'a>> {
    let Basis {
        school,
        records,
        scope,
    } = *basis;
    let bounds = Bounds::new(school, &records.terms, scope.definition, scope.as_of);
    clocks(
        &bounds,
        &records.children,
        &Contacts::of(records, scope.as_of),
    )
}

/// Returns the clocks of all left-behind children on a day, most urgent first.
pub fn clocks<'a>(
    bounds: &Bounds<'a>,
    children: &Table<Child>,
    contacts: &Contacts,
) -> Vec<Clock<'a>> {
    let clocks = children.iter();
    let mut clocks: Vec<Clock<'a>> = clocks
        .filter_map(|child| bounds.clock(child, contacts))
        .collect();
    clocks.sort_by(Clock::urgency);
    clocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::table;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn visit(date: &str, mode: &str, child: &str, more: &str) -> String {
        format!(
            r#"date = {date}
mode = "{mode}"
children = ["{child}"]
by = ["h000001"]
summary = "x"
{more}"#
        )
    }

    fn child(guardianship: &str) -> String {
        format!(
            r#"name = "安安"
gender = "female"
birth_date = 2015-11-20
[[enrolment]]
since = 2022-09-01
class = "2022-1"
{guardianship}"#
        )
    }

    const AWAY: &str = r#"[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
"#;

    fn line(clock: &Clock<'_>) -> String {
        format!(
            "{} {} {} {} of {} by {}",
            clock.child,
            clock.start,
            clock.since,
            clock.days,
            clock.bound,
            clock.duty.map_or("policy", |duty| &duty.id)
        )
    }

    #[test]
    fn only_a_contact_ends_the_clock_and_the_worst_in_proportion_stands_first() {
        let school: School = toml::from_str(
            r#"format = 1
[school]
name = "青石小学"
level = "primary"
[[duty]]
id = "weekly"
title = "x"
owed_to = "child"
every = "7d"
record = "visit"
who = { risk = "high" }
since = 2025-09-01
until = 2025-11-30
[[duty]]
id = "yearly"
title = "x"
owed_to = "child"
every = "366d"
record = "visit"
match = { mode = "home" }
who = { risk = ["high", "medium"] }
[[duty]]
id = "pair"
title = "x"
owed_to = "pairing"
every = "1d"
record = "visit"
"#,
        )
        .unwrap();
        let back = format!(
            r#"{AWAY}[[guardianship]]
since = 2025-03-01
away = "none"
kind = "one-parent"
[[guardianship]]
since = 2025-10-01
away = "father"
kind = "one-parent"
"#
        );
        let at_home = r#"[[guardianship]]
since = 2022-09-01
away = "none"
kind = "one-parent"
"#;
        let records = Records {
            terms: table(&[
                (
                    "2024-2025-2",
                    r#"name = "春"
start = 2025-02-17
end = 2025-07-04
"#
                    .to_owned(),
                ),
                (
                    "2025-2026-1",
                    r#"name = "秋"
start = 2025-09-01
end = 2026-01-20
"#
                    .to_owned(),
                ),
            ]),
            children: table(&[
                ("c000001", child(AWAY)),
                ("c000002", child(AWAY)),
                ("c000003", child(&back)),
                ("c000004", child(at_home)),
                ("c000005", child(AWAY)),
            ]),
            visits: table(&[
                (
                    "2025-11-02-v000001",
                    visit("2025-11-02", "home", "c000001", "met = [\"guardian\"]\n"),
                ),
                (
                    "2025-11-09-v000002",
                    visit("2025-11-09", "home", "c000001", "met = [\"neighbour\"]\n"),
                ),
                (
                    "2025-11-10-v000003",
                    visit("2025-11-10", "letter", "c000001", ""),
                ),
                (
                    "2025-11-20-v000004",
                    visit("2025-11-20", "home", "c000001", ""),
                ),
                (
                    "2025-11-05-v000005",
                    visit("2025-11-05", "parent-call", "c000002", ""),
                ),
            ]),
            assessments: table(&[
                (
                    "2025-09-10-s000001",
                    r#"date = 2025-09-10
child = "c000001"
by = "h000001"
risk = "high"
"#
                    .to_owned(),
                ),
                (
                    "2025-09-12-s000002",
                    r#"date = 2025-09-12
child = "c000001"
by = "h000001"
"#
                    .to_owned(),
                ),
                (
                    "2025-09-10-s000003",
                    r#"date = 2025-09-10
child = "c000005"
by = "h000001"
risk = "medium"
"#
                    .to_owned(),
                ),
            ]),
            ..Records::default()
        };
        let lines = |today: &str| -> Vec<String> {
            let today = day(today);
            let bounds = Bounds::new(&school, &records.terms, school.definition(), today);
            let clocks = clocks(&bounds, &records.children, &Contacts::of(&records, today));
            clocks.iter().map(line).collect()
        };
        assert_eq!(
            lines("2025-11-12"),
            [
                "c000001 contact 2025-11-02 10 of 7 by weekly",
                "c000003 left-behind 2025-10-01 42 of 30 by policy",
                "c000005 first-term 2025-02-17 268 of 366 by yearly",
                "c000002 contact 2025-11-05 7 of 30 by policy",
            ]
        );
        // The weekly duty is no longer in force in December.
        assert!(
            lines("2025-12-01")
                .contains(&"c000001 contact 2025-11-20 11 of 366 by yearly".to_owned())
        );
    }
}

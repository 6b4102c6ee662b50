//! Duties with conditions, intervals, sessions and date ranges in random schools, checked against a naive day-by-day
//! count: each duty is implemented again as a function of a child, a record and a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use cuncao::analysis::duty::{self, State, Subject};
use cuncao::analysis::{Basis, Scope};
use cuncao::model::child::Child;
use cuncao::model::{Code, Entry, Id, Records, School};

use crate::duties::{Dice, day, entries};

/// A duty, and its independent implementation.
struct Rule {
    toml: &'static str,
    /// The interval in days; none for a duty with a count per month or week.
    every: Option<i64>,
    /// Returns a key of the period that contains a day.
    period: fn(NaiveDate) -> (i32, u32),
    days_of_period: fn(NaiveDate) -> usize,
    in_force: (&'static str, &'static str),
    terms: fn(&str) -> bool,
    fits: fn(&Records, &Entry<Child>, NaiveDate) -> bool,
    fits_role: fn(&str) -> bool,
    counts: fn(&Records, Id) -> bool,
}

const ALWAYS: (&str, &str) = ("2000-01-01", "2100-01-01");

fn is_term(id: &str) -> bool {
    id.ends_with(['1', '2'])
}

fn month(day: NaiveDate) -> (i32, u32) {
    (day.year(), day.month())
}

fn days_of_month(day: NaiveDate) -> usize {
    (1..=31)
        .filter(|n| NaiveDate::from_ymd_opt(day.year(), day.month(), *n).is_some())
        .count()
}

fn week(day: NaiveDate) -> (i32, u32) {
    (day.iso_week().year(), day.iso_week().week())
}

fn mode_is(records: &Records, id: Id, modes: &[&str]) -> bool {
    let visit = records.visits.get(id);
    visit.is_some_and(|visit| modes.contains(&visit.mode.code()))
}

fn is_contact(records: &Records, id: Id) -> bool {
    let family = ["child", "guardian", "father", "mother"];
    !mode_is(records, id, &["letter", "feedback", "observation", "diary"])
        && records.visits.get(id).is_some_and(|visit| {
            visit.met.is_empty() || visit.met.iter().any(|met| family.contains(&met.code()))
        })
}

/// Returns the risk in the latest assessment by a day that states one.
fn risk(records: &Records, child: Id, day: NaiveDate) -> Option<&'static str> {
    let mut found = None;
    for assessment in &records.assessments {
        if assessment.child.id() == child && assessment.date.0 <= day {
            found = assessment.risk.map(|risk| risk.code()).or(found);
        }
    }
    found
}

fn grade(child: &Child, day: NaiveDate) -> Option<i32> {
    let since = |day: NaiveDate| child.enrolment.iter().filter(move |e| e.since.0 <= day);
    let class = since(day).max_by_key(|entry| entry.since)?.class;
    let year = if day.month() >= 9 {
        day.year()
    } else {
        day.year() - 1
    };
    Some(year - i32::from(class.entered) + 1).filter(|grade| (1..=6).contains(grade))
}

fn boards(child: &Child, day: NaiveDate) -> bool {
    let entries = child.enrolment.iter().filter(|entry| entry.since.0 <= day);
    let last = entries.max_by_key(|entry| entry.since);
    last.and_then(|entry| entry.boarding).unwrap_or(false)
}

fn is_under(child: &Child, age: i32, day: NaiveDate) -> bool {
    let birth = child.birth_date.0;
    let full = (day.month(), day.day()) >= (birth.month(), birth.day());
    day.year() - birth.year() - i32::from(!full) < age
}

const RULES: &[Rule] = &[
    Rule {
        toml: "id = \"risk\"\nowed_to = \"child\"\nwho = { risk = \"high\" }\nevery = \"7d\"\nrecord = \"visit\"",
        every: Some(7),
        period: month,
        days_of_period: days_of_month,
        in_force: ALWAYS,
        terms: is_term,
        fits: |records, child, day| risk(records, child.id, day) == Some("high"),
        fits_role: |_| true,
        counts: is_contact,
    },
    Rule {
        toml: "id = \"boarders\"\nowed_to = \"child\"\nwho = { boarding = true, grade = [2, \">= 4\"] }\nevery = \"14d\"\n\
               record = \"visit\"\nmatch = { mode = [\"home\", \"letter\"] }\nsince = 2023-10-10\nuntil = 2024-10-20\nduring = \"always\"",
        every: Some(14),
        period: month,
        days_of_period: days_of_month,
        in_force: ("2023-10-10", "2024-10-20"),
        terms: |_| true,
        fits: |_, child, day| boards(child, day) && matches!(grade(child, day), Some(2 | 4..)),
        fits_role: |_| true,
        counts: |records, id| mode_is(records, id, &["home", "letter"]),
    },
    Rule {
        toml: "id = \"listed\"\nowed_to = \"child\"\nwho = { priority = true, under_age = 10 }\ncount = 2\nperiod = \"month\"\n\
               record = \"visit\"\nmatch = { minutes = \">= 30\" }\nsince = 2023-10-12",
        every: None,
        period: month,
        days_of_period: days_of_month,
        in_force: ("2023-10-12", "2100-01-01"),
        terms: is_term,
        fits: |_, child, day| {
            let lists = |entry: &cuncao::model::child::Priority| {
                entry.since.0 <= day && entry.until.is_none_or(|until| until.0 >= day)
            };
            child.priority.iter().any(lists) && is_under(child, 10, day)
        },
        fits_role: |_| true,
        counts: |records, id| {
            let visit = records.visits.get(id);
            is_contact(records, id) && visit.is_some_and(|visit| visit.minutes >= Some(30))
        },
    },
    Rule {
        toml: "id = \"pairs\"\nowed_to = \"pairing\"\nwho = { role = \"counsellor\", away = [\"both\", \"mother\"] }\nevery = \"10d\"\n\
               record = \"visit\"\nuntil = 2024-05-31",
        every: Some(10),
        period: month,
        days_of_period: days_of_month,
        in_force: ("2000-01-01", "2024-05-31"),
        terms: is_term,
        fits: |_, child, day| {
            let entries = child
                .guardianship
                .iter()
                .filter(|entry| entry.since.0 <= day);
            let care = entries.max_by_key(|entry| entry.since);
            care.is_some_and(|care| ["both", "mother"].contains(&care.away.code()))
        },
        fits_role: |role| role == "counsellor",
        counts: is_contact,
    },
    Rule {
        toml: "id = \"classes\"\nowed_to = \"class\"\nwho = { hardship = [\"poverty\", \"orphan\"], gender = \"female\" }\ncount = 2\n\
               period = \"week\"\nrecord = \"activity\"\nmatch = { attendance.staff = \">= 2\", \"theme\" = \"law\" }",
        every: None,
        period: week,
        days_of_period: |_| 7,
        in_force: ALWAYS,
        terms: is_term,
        fits: |_, child, _| {
            let is_hard = |code: &str| child.hardship.iter().any(|found| found.code() == code);
            (is_hard("poverty") || is_hard("orphan")) && child.gender.code() == "female"
        },
        fits_role: |_| true,
        counts: |records, id| {
            let activity = records.activities.get(id);
            activity.is_some_and(|activity| {
                let attendance = activity.attendance.as_ref();
                let staff = attendance.and_then(|attendance| attendance.staff);
                activity.theme.code() == "law" && staff.unwrap_or(0) >= 2
            })
        },
    },
    Rule {
        toml: "id = \"openings\"\nowed_to = \"school\"\nevery = \"3d\"\nrecord = \"activity\"\nduring = \"always\"",
        every: Some(3),
        period: month,
        days_of_period: days_of_month,
        in_force: ALWAYS,
        terms: |_| true,
        fits: |_, _, _| true,
        fits_role: |_| true,
        counts: |records, id| records.activities.get(id).is_some(),
    },
    Rule {
        toml: "id = \"camp\"\nowed_to = \"school\"\ncount = 2\nperiod = \"week\"\nrecord = \"activity\"\nduring = \"holiday\"",
        every: None,
        period: week,
        days_of_period: |_| 7,
        in_force: ALWAYS,
        terms: |id| !is_term(id),
        fits: |_, _, _| true,
        fits_role: |_| true,
        counts: |records, id| records.activities.get(id).is_some(),
    },
];

fn school() -> School {
    let duties: String = RULES
        .iter()
        .map(|rule| format!("[[duty]]\ntitle = \"职责\"\n{}\n", rule.toml))
        .collect();
    let text = format!("format = 1\n[school]\nname = \"青石小学\"\nlevel = \"primary\"\n{duties}");
    toml::from_str(&text).expect("a school")
}

fn records(dice: &mut Dice) -> Records {
    let mut terms = Vec::new();
    for (id, start, end) in [
        ("2023-2024-1", "2023-08-20", "2024-01-05"),
        ("2023-2024-w", "2024-01-20", "2024-02-01"),
        ("2023-2024-2", "2024-02-15", "2024-06-20"),
        ("2023-2024-s", "2024-07-10", "2024-08-10"),
        ("2024-2025-1", "2024-08-20", "2025-01-05"),
    ] {
        if !dice.one_in(7) {
            let (start, end) = (dice.day(start, 10), dice.day(end, 10));
            terms.push((
                id.to_owned(),
                format!("name = \"学期\"\nstart = {start}\nend = {end}\n"),
            ));
        }
    }
    let children = (0..8)
        .map(|n| (format!("c00000{n}"), child(dice)))
        .collect();
    let who = |dice: &mut Dice| format!("c00000{}", dice.below(8));
    let pairings = (0..12).map(|n| {
        let since = dice.day("2023-08-01", 300);
        let role = *dice.pick(&["counsellor", "counsellor", "teacher"]);
        let until = since + Days::new(40 + dice.below(300));
        let text = format!(
            "child = \"{}\"\nhelper = \"h00000{}\"\nrole = \"{role}\"\nsince = {since}\nuntil = {until}\n",
            who(dice),
            dice.below(3)
        );
        (format!("{since}-p{n:06}"), text)
    });
    let pairings = pairings.collect();
    let visits = (0..400).map(|n| {
        let date = dice.day("2023-08-15", 540);
        let mode = *dice.pick(&["home", "talk", "phone", "letter", "diary"]);
        let mut text = format!(
            "date = {date}\nmode = \"{mode}\"\nchildren = [\"{}\", \"{}\"]\nby = [\"h00000{}\"]\nsummary = \"走访\"\n",
            who(dice),
            who(dice),
            dice.below(3)
        );
        if dice.one_in(2) {
            text += &format!("minutes = {}\n", dice.below(60));
        }
        if dice.one_in(3) {
            let met = *dice.pick(&["neighbour", "child", "sibling\", \"father"]);
            text += &format!("met = [\"{met}\"]\n");
        }
        (format!("{date}-v{n:06}"), text)
    });
    let visits = visits.collect();
    let activities = (0..60).map(|n| {
        let date = dice.day("2023-08-15", 540);
        let theme = *dice.pick(&["law", "law", "reading"]);
        let mut text =
            format!("date = {date}\ntitle = \"活动\"\ntheme = \"{theme}\"\nsummary = \"活动\"\n");
        if dice.one_in(2) {
            text += &format!("sessions = {}\n", 1 + dice.below(25));
        }
        if dice.one_in(2) {
            text += &format!("until = {}\n", date + Days::new(dice.below(30)));
        }
        if dice.one_in(2) {
            text += &format!("children = [\"{}\"]\n", who(dice));
        }
        if dice.one_in(2) {
            text += "classes = [\"2022-1\", \"2020-1\"]\n";
        }
        text += &format!("attendance = {{ staff = {} }}\n", dice.below(5));
        (format!("{date}-a{n:06}"), text)
    });
    let activities = activities.collect();
    let assessments = (0..40).map(|n| {
        let date = dice.day("2023-08-15", 540);
        let mut text = format!(
            "date = {date}\nchild = \"{}\"\nby = \"h000000\"\n",
            who(dice)
        );
        if !dice.one_in(3) {
            text += &format!("risk = \"{}\"\n", dice.pick(&["high", "high", "low"]));
        }
        (format!("{date}-s{n:06}"), text)
    });
    let assessments = assessments.collect();
    Records {
        terms: entries(terms),
        children: entries(children),
        pairings: entries(pairings),
        visits: entries(visits),
        activities: entries(activities),
        assessments: entries(assessments),
        ..Records::default()
    }
}

fn child(dice: &mut Dice) -> String {
    let mut text = format!(
        "name = \"留小宝\"\ngender = \"{}\"\nbirth_date = {}\n",
        dice.pick(&["female", "female", "male"]),
        dice.pick(&["2014-02-28", "2014-10-10", "2013-11-05", "2016-05-05"]),
    );
    if !dice.one_in(3) {
        text += &format!(
            "hardship = [\"{}\"]\n",
            dice.pick(&["poverty", "orphan", "disabled"])
        );
    }
    for since in ["2023-06-01", "2023-11-01"]
        .iter()
        .take(1 + dice.below(2) as usize)
    {
        text += &format!(
            "[[enrolment]]\nsince = {}\nclass = \"{}\"\nboarding = {}\n",
            dice.day(since, 60),
            dice.pick(&["2022-1", "2020-1"]),
            !dice.one_in(3)
        );
    }
    if dice.one_in(4) {
        let date = dice.day("2024-03-01", 300);
        text += &format!("[left]\ndate = {date}\nreason = \"moved\"\n");
    }
    for _ in 0..dice.below(3) {
        let since = dice.day("2023-08-01", 400);
        text += &format!("[[priority]]\nsince = {since}\n");
        if dice.one_in(2) {
            text += &format!("until = {}\n", since + Days::new(dice.below(200)));
        }
    }
    for since in ["2023-06-01", "2024-01-01"]
        .iter()
        .take(1 + dice.below(2) as usize)
    {
        text += &format!(
            "[[guardianship]]\nsince = {}\naway = \"{}\"\nkind = \"grandparents\"\n",
            dice.day(since, 150),
            dice.pick(&["both", "both", "father", "mother", "none"]),
        );
    }
    text
}

/// Returns the days of an activity, once for each session on them.
fn sessions(records: &Records, id: Id) -> Vec<NaiveDate> {
    let Some(activity) = records.activities.get(id) else {
        return id.day().into_iter().collect();
    };
    let first = activity.date.0;
    let last = activity.until.map_or(first, |until| until.0);
    let times = u64::from(activity.sessions.unwrap_or(1));
    let all: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).collect();
    let is_weekday =
        |day: &&NaiveDate| !["Sat", "Sun"].contains(&day.weekday().to_string().as_str());
    let weekdays: Vec<NaiveDate> = all.iter().filter(is_weekday).copied().collect();
    let days = if activity.until.is_none() {
        vec![first]
    } else if times > weekdays.len() as u64 {
        all
    } else {
        weekdays
    };
    let mut held = Vec::new();
    for (at, day) in days.iter().enumerate() {
        // Session i is on this day if at·n ≤ i·d < (at + 1)·n.
        let (d, at) = (days.len() as u64, at as u64);
        for i in 0..times {
            if i * d >= at * times && i * d < (at + 1) * times {
                held.push(*day);
            }
        }
    }
    held
}

type Key = (NaiveDate, NaiveDate, Subject);
type Found = (State, BTreeSet<Id>, u32);

struct Brute<'a> {
    rule: &'a Rule,
    records: &'a Records,
    scope: Scope,
    /// The records that count, each with its day, whomever they name.
    done: Vec<(NaiveDate, Id)>,
}

impl Brute<'_> {
    fn is_active(&self, subject: Subject, day: NaiveDate) -> bool {
        let fits = |child: &Entry<Child>| {
            child.is_left_behind(day, self.scope.definition)
                && (self.rule.fits)(self.records, child, day)
        };
        let child = |id: Id| self.records.children.get(id).is_some_and(fits);
        match subject {
            Subject::School => true,
            Subject::Child(id) => child(id),
            Subject::Pairing(id) => self.records.pairings.get(id).is_some_and(|pairing| {
                let runs = pairing.since.0 <= day && pairing.until.is_none_or(|u| u.0 >= day);
                runs && (self.rule.fits_role)(pairing.role.code()) && child(pairing.child.id())
            }),
            Subject::Class(class) => self.records.children.iter().any(|child| {
                fits(child)
                    && child
                        .class_on(day)
                        .is_some_and(|entry| entry.class == class)
            }),
        }
    }

    fn names(&self, subject: Subject, id: Id, day: NaiveDate) -> bool {
        let visit = self.records.visits.get(id);
        let of_child =
            |child: Id| visit.is_some_and(|v| v.children.iter().any(|c| c.id() == child));
        match subject {
            Subject::School => true,
            Subject::Child(child) => of_child(child),
            Subject::Pairing(pairing) => {
                let pairing = self.records.pairings.get(pairing).expect("a pairing");
                let helper = pairing.helper.id();
                of_child(pairing.child.id())
                    && visit.is_some_and(|visit| visit.by.iter().any(|by| by.id() == helper))
            }
            Subject::Class(class) => {
                let activity = self.records.activities.get(id).expect("an activity");
                let is_in_class = |child: Id| {
                    let child = self.records.children.get(child).expect("a child");
                    let entry = child.class_on(day);
                    child.is_enrolled(day) && entry.is_some_and(|entry| entry.class == class)
                };
                activity.classes.contains(&class)
                    || activity
                        .children
                        .iter()
                        .any(|child| is_in_class(child.id()))
            }
        }
    }

    fn done_on(&self, subject: Subject, day: NaiveDate) -> Vec<Id> {
        let done = self
            .done
            .iter()
            .filter(|(on, _)| *on == day && day <= self.scope.as_of);
        let named = done.filter(|(_, id)| self.names(subject, *id, day));
        named.map(|(_, id)| *id).collect()
    }

    fn subjects(&self) -> Vec<Subject> {
        let owed_to = |word: &str| self.rule.toml.contains(&format!("owed_to = \"{word}\""));
        if owed_to("child") {
            let children = self.records.children.iter();
            children.map(|child| Subject::Child(child.id)).collect()
        } else if owed_to("pairing") {
            let pairings = self.records.pairings.iter();
            pairings
                .map(|pairing| Subject::Pairing(pairing.id))
                .collect()
        } else if owed_to("class") {
            let classes = ["2022-1", "2020-1"];
            classes
                .map(|class| Subject::Class(class.parse().expect("a class")))
                .to_vec()
        } else {
            vec![Subject::School]
        }
    }

    fn counted(&self) -> BTreeMap<Key, Found> {
        let mut counted = BTreeMap::new();
        let in_force = (day(self.rule.in_force.0), day(self.rule.in_force.1));
        for term in &self.records.terms {
            let is_of_scope = self.scope.term.is_none_or(|id| id == term.id);
            if !is_of_scope || !(self.rule.terms)(&term.id.to_string()) {
                continue;
            }
            let days = term
                .start
                .0
                .iter_days()
                .take_while(|day| *day <= term.end.0);
            let days: Vec<NaiveDate> = days
                .filter(|day| (in_force.0..=in_force.1).contains(day))
                .collect();
            for subject in self.subjects() {
                match self.rule.every {
                    Some(longest) => self.runs(subject, &days, longest, &mut counted),
                    None => self.periods(subject, &days, &mut counted),
                }
            }
        }
        counted.retain(|(_, last, _), _| (self.scope.from..=self.scope.until).contains(last));
        counted
    }

    fn runs(
        &self,
        subject: Subject,
        days: &[NaiveDate],
        longest: i64,
        counted: &mut BTreeMap<Key, Found>,
    ) {
        let mut began: Option<NaiveDate> = None;
        for day in days {
            if !self.is_active(subject, *day) {
                began = None;
                continue;
            }
            let first = *began.get_or_insert(*day);
            if first > self.scope.as_of {
                break;
            }
            let done = self.done_on(subject, *day);
            let state = if !done.is_empty() {
                State::Met
            } else if (*day - first).num_days() + 1 < longest {
                continue;
            } else if *day <= self.scope.as_of {
                State::Missed
            } else {
                State::Open
            };
            let times = u32::from(!done.is_empty());
            counted.insert(
                (first, *day, subject),
                (state, done.into_iter().collect(), times),
            );
            began = None;
        }
    }

    fn periods(&self, subject: Subject, days: &[NaiveDate], counted: &mut BTreeMap<Key, Found>) {
        let mut of_period: BTreeMap<(i32, u32), Vec<NaiveDate>> = BTreeMap::new();
        for day in days {
            of_period
                .entry((self.rule.period)(*day))
                .or_default()
                .push(*day);
        }
        for days in of_period.into_values() {
            let (first, last) = (days[0], days[days.len() - 1]);
            let is_owed = days.len() * 2 >= (self.rule.days_of_period)(first)
                && days.iter().all(|day| self.is_active(subject, *day));
            if !is_owed || first > self.scope.as_of {
                continue;
            }
            let done: Vec<Id> = days
                .iter()
                .flat_map(|day| self.done_on(subject, *day))
                .collect();
            let state = if last > self.scope.as_of {
                State::Open
            } else if done.len() >= 2 {
                State::Met
            } else {
                State::Missed
            };
            let times = done.len() as u32;
            counted.insert(
                (first, last, subject),
                (state, done.into_iter().collect(), times),
            );
        }
    }
}

#[test]
fn conditional_duties_agree_with_a_naive_count() {
    let school = school();
    assert!(school.duty.iter().all(|duty| duty.rule().is_ok()));
    let mut states: BTreeMap<(&str, State), usize> = BTreeMap::new();
    for seed in 0..30 {
        let dice = &mut Dice(seed ^ 0xbead);
        let records = records(dice);
        let today = dice.day("2023-09-20", 500);
        let definition = school.definition();
        let mut scopes = vec![Scope::between(
            dice.day("2023-07-01", 250),
            dice.day("2024-03-15", 350),
            today,
            definition,
        )];
        scopes.extend(
            records
                .terms
                .iter()
                .map(|term| Scope::of_term(term, today, definition)),
        );
        for scope in scopes {
            let basis = Basis {
                school: &school,
                records: &records,
                scope,
            };
            for ((duty, periods), rule) in duty::all(&basis).into_iter().zip(RULES) {
                let ids = records.visits.iter().map(|visit| visit.id);
                let ids = ids.chain(records.activities.iter().map(|activity| activity.id));
                let counting = ids.filter(|id| (rule.counts)(&records, *id));
                let brute = Brute {
                    rule,
                    records: &records,
                    scope,
                    done: counting
                        .flat_map(|id| sessions(&records, id).into_iter().map(move |day| (day, id)))
                        .collect(),
                };
                let brute = brute.counted();
                let engine: BTreeMap<Key, Found> = periods
                    .iter()
                    .map(|period| {
                        let records = period.records.iter().copied().collect();
                        let key = (period.owed.from, period.owed.until, period.owed.subject);
                        (key, (period.state, records, period.done))
                    })
                    .collect();
                assert_eq!(engine.len(), periods.len(), "a period is listed once");
                for (state, _, _) in brute.values() {
                    *states
                        .entry((
                            RULES
                                .iter()
                                .position(|r| r.toml == rule.toml)
                                .map_or("", |at| &school.duty[at].id),
                            *state,
                        ))
                        .or_default() += 1;
                }
                assert_eq!(engine, brute, "seed {seed}, {}, {scope:?}", duty.id);
            }
        }
    }
    for duty in &school.duty {
        for state in [State::Met, State::Missed, State::Open] {
            let count = states.get(&(duty.id.as_str(), state)).copied().unwrap_or(0);
            assert!(count > 1, "{} is {state} {count} times", duty.id);
        }
    }
}

#[test]
fn a_new_duty_does_not_change_past_terms() {
    let records = records(&mut Dice(7));
    let school = school();
    let mut with_more = school.clone();
    let more: School = toml::from_str(
        "format = 1\n[school]\nname = \"x\"\nlevel = \"primary\"\n[[duty]]\nid = \"new\"\ntitle = \"新\"\nowed_to = \"child\"\n\
         every = \"2d\"\nrecord = \"visit\"\nsince = 2024-08-15\n",
    )
    .expect("a school");
    with_more.duty.extend(more.duty);
    let today = day("2025-01-10");
    for term in &records.terms {
        let scope = Scope::of_term(term, today, school.definition());
        let count = |school: &School| -> Vec<(String, usize)> {
            let basis = Basis {
                school,
                records: &records,
                scope,
            };
            let all = duty::all(&basis).into_iter();
            all.map(|(duty, periods)| (duty.id.clone(), periods.len()))
                .collect()
        };
        let (before, after) = (count(&school), count(&with_more));
        assert_eq!(before, after[..before.len()]);
        let of_new = after[before.len()].1;
        assert_eq!(of_new > 0, term.end.0 > day("2024-08-15"), "{}", term.id);
    }
}

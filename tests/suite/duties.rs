//! Duties of random schools, checked against a naive day-by-day count.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use cuncao::analysis::duty::{self, DutyFacts, DutyPeriod, DutyStatus, State, Subject};
use cuncao::analysis::{Basis, Scope};
use cuncao::model::duty::{OwedTo, Period};
use cuncao::model::{Class, Entry, Id, Kind, Record, Records, School, Table};

/// A random number generator (SplitMix64), stable across versions so that seeds stay reproducible.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    pub(crate) fn one_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }

    pub(crate) fn day(&mut self, from: &str, days: u64) -> NaiveDate {
        day(from) + Days::new(self.below(days))
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub(crate) fn entries<K: Record>(texts: Vec<(String, String)>) -> Table<K> {
    let entry = |(id, text): (String, String)| Entry {
        id: Id::parse(K::KIND, &id).unwrap_or_else(|| panic!("{id} is an id")),
        record: toml::from_str(&text).unwrap_or_else(|fault| panic!("{text}: {fault}")),
    };
    Table::new(texts.into_iter().map(entry).collect())
}

const SCHOOL: &str = r#"
format = 1
[school]
name = "青石小学"
level = "primary"
"#;

fn duty_row(owed_to: OwedTo, period: Period) -> String {
    let (record, wanted) = match owed_to {
        OwedTo::Child => ("visit", "mode = [\"home\", \"talk\"]"),
        OwedTo::Pairing => ("visit", "mode = \"home\""),
        OwedTo::Class => ("activity", "theme = \"law\""),
        OwedTo::School => ("activity", ""),
    };
    let (owed_to, period) = (
        cuncao::model::Code::code(owed_to),
        cuncao::model::Code::code(period),
    );
    format!(
        "[[duty]]\nid = \"{owed_to}-{period}\"\ntitle = \"职责\"\nowed_to = \"{owed_to}\"\ncount = 2\n\
         period = \"{period}\"\nrecord = \"{record}\"\nmatch = {{ {wanted} }}\n"
    )
}

/// Generates a school with two classes, eight children, three helpers and two or three terms around a leap day.
fn school(seed: u64) -> (School, Records) {
    let dice = &mut Dice(seed);
    let mut text = SCHOOL.to_owned();
    for owed_to in [
        OwedTo::Child,
        OwedTo::Pairing,
        OwedTo::Class,
        OwedTo::School,
    ] {
        for period in PERIODS {
            text += &duty_row(owed_to, *period);
        }
    }
    let school = toml::from_str(&text).expect("a school");

    let mut terms = Vec::new();
    for (id, start, end) in [
        ("2023-2024-1", "2023-08-20", "2024-01-05"),
        ("2023-2024-2", "2024-02-05", "2024-06-20"),
        ("2024-2025-1", "2024-08-20", "2025-01-05"),
    ] {
        if dice.one_in(6) {
            continue;
        }
        let (start, end) = (dice.day(start, 30), dice.day(end, 30));
        terms.push((
            id.to_owned(),
            format!("name = \"学期\"\nstart = {start}\nend = {end}\n"),
        ));
    }
    let children: Vec<String> = (0..8).map(|n| format!("c00000{n}")).collect();
    let helpers: Vec<String> = (0..3).map(|n| format!("h00000{n}")).collect();
    let records = Records {
        terms: entries(terms),
        children: entries(
            children
                .iter()
                .map(|id| (id.clone(), child(dice)))
                .collect(),
        ),
        pairings: entries(
            (0..10)
                .map(|n| pairing(dice, n, &children, &helpers))
                .collect(),
        ),
        visits: entries(
            (0..250)
                .map(|n| visit(dice, n, &children, &helpers))
                .collect(),
        ),
        activities: entries((0..60).map(|n| activity(dice, n, &children)).collect()),
        ..Records::default()
    };
    (school, records)
}

fn child(dice: &mut Dice) -> String {
    let mut text = format!(
        "name = \"留小宝\"\ngender = \"male\"\nbirth_date = {}\nhousehold = \"{}\"\n",
        dice.pick(&["2008-02-29", "2008-10-10", "2014-05-05"]),
        dice.pick(&["rural", "rural", "urban"]),
    );
    for _ in 0..dice.below(3) {
        let (since, class) = (
            dice.day("2023-06-01", 400),
            dice.pick(&["2022-1", "2023-1"]),
        );
        text += &format!("[[enrolment]]\nsince = {since}\nclass = \"{class}\"\n");
    }
    if dice.one_in(3) {
        let date = dice.day("2023-12-01", 400);
        text += &format!("[left]\ndate = {date}\nreason = \"moved\"\n");
    }
    for _ in 0..1 + dice.below(3) {
        let (since, away) = (
            dice.day("2023-06-01", 500),
            dice.pick(&["both", "father", "both", "none"]),
        );
        let capable = dice.one_in(2);
        text += &format!(
            "[[guardianship]]\nsince = {since}\naway = \"{away}\"\nkind = \"grandparents\"\n\
             home_parent_capable = {capable}\n"
        );
    }
    text
}

fn pairing(dice: &mut Dice, n: u32, children: &[String], helpers: &[String]) -> (String, String) {
    let since = dice.day("2023-08-01", 450);
    let (child, helper) = (dice.pick(children), dice.pick(helpers));
    let mut text = format!(
        "child = \"{child}\"\nhelper = \"{helper}\"\nrole = \"teacher\"\nsince = {since}\n"
    );
    if dice.one_in(2) {
        text += &format!("until = {}\n", since + Days::new(dice.below(300)));
    }
    (format!("{since}-p{n:06}"), text)
}

/// Returns a random nonempty selection from a list, possibly with a repetition.
fn some(dice: &mut Dice, of: &[String]) -> String {
    let few: Vec<String> = (0..1 + dice.below(3))
        .map(|_| format!("\"{}\"", dice.pick(of)))
        .collect();
    few.join(", ")
}

fn visit(dice: &mut Dice, n: u32, children: &[String], helpers: &[String]) -> (String, String) {
    let date = dice.day("2023-08-15", 540);
    let (about, by) = (some(dice, children), some(dice, helpers));
    let mode = dice.pick(&["home", "home", "talk", "phone"]);
    let text = format!(
        "date = {date}\nmode = \"{mode}\"\nchildren = [{about}]\nby = [{by}]\nsummary = \"走访\"\n"
    );
    (format!("{date}-v{n:06}"), text)
}

fn activity(dice: &mut Dice, n: u32, children: &[String]) -> (String, String) {
    let date = dice.day("2023-08-15", 540);
    let mut text = format!(
        "date = {date}\ntitle = \"讲座\"\ntheme = \"{}\"\nsummary = \"法治讲座\"\n",
        dice.pick(&["law", "law", "reading"])
    );
    if dice.one_in(2) {
        text += &format!("children = [{}]\n", some(dice, children));
    }
    if dice.one_in(2) {
        text += "classes = [\"2022-1\"]\n";
    }
    (format!("{date}-a{n:06}"), text)
}

const PERIODS: &[Period] = &[
    Period::Week,
    Period::Month,
    Period::Term,
    Period::HalfYear,
    Period::Year,
    Period::TermStart,
    Period::TermEnd,
    Period::MidAutumn,
    Period::SpringFestival,
    Period::NewYear,
];

/// Dates of festivals, from calendars of these years.
const FESTIVALS: &[(Period, &str)] = &[
    (Period::MidAutumn, "2023-09-29"),
    (Period::MidAutumn, "2024-09-17"),
    (Period::SpringFestival, "2023-01-22"),
    (Period::SpringFestival, "2024-02-10"),
    (Period::SpringFestival, "2025-01-29"),
    (Period::NewYear, "2024-01-01"),
    (Period::NewYear, "2025-01-01"),
];

/// Returns a key of the period that contains a day.
fn name_of_period(period: Period, day: NaiveDate) -> (i32, u32) {
    match period {
        Period::Week => (day.iso_week().year(), day.iso_week().week()),
        Period::Month => (day.year(), day.month()),
        Period::HalfYear => (day.year(), day.month().div_ceil(6)),
        Period::Year if day.month() >= 9 => (day.year(), 0),
        Period::Year => (day.year() - 1, 0),
        _ => (0, 0),
    }
}

/// Returns the days of each period of a term, and the length of the whole period.
fn days_owed(period: Period, start: NaiveDate, end: NaiveDate) -> Vec<Vec<NaiveDate>> {
    let term: Vec<NaiveDate> = start.iter_days().take_while(|day| *day <= end).collect();
    match period {
        Period::Term => return vec![term],
        Period::TermStart => return vec![term.into_iter().take(30).collect()],
        Period::TermEnd => return vec![term.into_iter().rev().take(30).rev().collect()],
        Period::MidAutumn | Period::SpringFestival | Period::NewYear => {
            let around = |festival: &&str| -> Vec<NaiveDate> {
                let is_near = |d: &&NaiveDate| (**d - day(festival)).num_days().abs() <= 7;
                term.iter().filter(is_near).copied().collect()
            };
            return FESTIVALS
                .iter()
                .filter(|(of, _)| *of == period)
                .map(|(_, festival)| around(festival))
                .filter(|days| days.len() >= 8)
                .collect();
        }
        _ => {}
    }
    let mut inside: BTreeMap<(i32, u32), Vec<NaiveDate>> = BTreeMap::new();
    for day in &term {
        inside
            .entry(name_of_period(period, *day))
            .or_default()
            .push(*day);
    }
    let mut whole: BTreeMap<(i32, u32), usize> = BTreeMap::new();
    for day in (start - Days::new(400))
        .iter_days()
        .take_while(|day| *day <= end + Days::new(400))
    {
        *whole.entry(name_of_period(period, day)).or_default() += 1;
    }
    inside.retain(|name, days| days.len() * 2 >= whole[name]);
    inside.into_values().collect()
}

fn is_active(records: &Records, scope: &Scope, subject: Subject, day: NaiveDate) -> bool {
    let is_left_behind = |id: Id| {
        let child = records.children.get(id);
        child.is_some_and(|child| child.is_left_behind(day, scope.definition))
    };
    match subject {
        Subject::School => true,
        Subject::Child(id) => is_left_behind(id),
        Subject::Pairing(id) => records
            .pairings
            .get(id)
            .is_some_and(|pairing| pairing.runs(day) && is_left_behind(pairing.child.id())),
        Subject::Class(class) => records.children.iter().any(|child| {
            is_left_behind(child.id)
                && child
                    .class_on(day)
                    .is_some_and(|entry| entry.class == class)
        }),
    }
}

/// Whether a record counts for a subject, by an independent implementation of the conditions.
fn counts_for(records: &Records, subject: Subject, id: Id) -> bool {
    let mode = |id: Id| {
        let visit = records.visits.get(id)?;
        Some(cuncao::model::Code::code(visit.mode))
    };
    match subject {
        Subject::School => id.kind() == Kind::Activity,
        Subject::Child(child) => {
            matches!(mode(id), Some("home" | "talk"))
                && records
                    .visits
                    .get(id)
                    .is_some_and(|visit| visit.children.iter().any(|c| c.id() == child))
        }
        Subject::Pairing(pairing) => {
            let pairing = records.pairings.get(pairing).expect("a pairing");
            mode(id) == Some("home")
                && records.visits.get(id).is_some_and(|visit| {
                    visit
                        .children
                        .iter()
                        .any(|child| child.id() == pairing.child.id())
                        && visit
                            .by
                            .iter()
                            .any(|helper| helper.id() == pairing.helper.id())
                })
        }
        Subject::Class(class) => records.activities.get(id).is_some_and(|activity| {
            let of_class = |child: Id| {
                let child = records.children.get(child).expect("a child");
                let on = activity.date.0;
                child.is_enrolled(on)
                    && child.class_on(on).is_some_and(|entry| entry.class == class)
            };
            cuncao::model::Code::code(activity.theme) == "law"
                && (activity.classes.contains(&class)
                    || activity.children.iter().any(|child| of_class(child.id())))
        }),
    }
}

type Key = (NaiveDate, NaiveDate, Subject);
type Found = (State, BTreeSet<Id>);
type Counted = BTreeMap<Key, Found>;

fn brute_force(records: &Records, scope: &Scope, owed_to: OwedTo, period: Period) -> Counted {
    let classes: Vec<Class> = ["2022-1", "2023-1"]
        .map(|class| class.parse().expect("a class"))
        .into();
    let subjects: Vec<Subject> = match owed_to {
        OwedTo::School => vec![Subject::School],
        OwedTo::Class => classes.into_iter().map(Subject::Class).collect(),
        OwedTo::Child => records
            .children
            .iter()
            .map(|child| Subject::Child(child.id))
            .collect(),
        OwedTo::Pairing => records
            .pairings
            .iter()
            .map(|entry| Subject::Pairing(entry.id))
            .collect(),
    };
    let mut terms: Vec<(NaiveDate, NaiveDate)> = records
        .terms
        .iter()
        .map(|term| (term.start.0, term.end.0))
        .collect();
    if period == Period::Year {
        // The two terms of a school year, with the holiday between them.
        let mut years: BTreeMap<i32, (NaiveDate, NaiveDate)> = BTreeMap::new();
        for (start, end) in &terms {
            let year = name_of_period(Period::Year, *start + Days::new(40)).0;
            let span = years.entry(year).or_insert((*start, *end));
            *span = (span.0.min(*start), span.1.max(*end));
        }
        terms = years.into_values().collect();
    } else if let Some(term) = scope.term {
        let term = records.terms.get(term).expect("a term");
        terms = vec![(term.start.0, term.end.0)];
    }
    let happened: Vec<(NaiveDate, Id)> =
        (records.visits.iter().map(|visit| (visit.date.0, visit.id)))
            .chain(
                records
                    .activities
                    .iter()
                    .map(|activity| (activity.date.0, activity.id)),
            )
            .collect();
    let mut counted = Counted::new();
    for days in terms
        .into_iter()
        .flat_map(|(start, end)| days_owed(period, start, end))
    {
        let (first, last) = (days[0], days[days.len() - 1]);
        if first > scope.as_of || last < scope.from || last > scope.until {
            continue;
        }
        for subject in &subjects {
            if !days
                .iter()
                .all(|day| is_active(records, scope, *subject, *day))
            {
                continue;
            }
            let found: BTreeSet<Id> = (happened.iter())
                .filter(|(day, _)| days.contains(day) && *day <= scope.as_of)
                .map(|(_, id)| *id)
                .filter(|id| counts_for(records, *subject, *id))
                .collect();
            let state = if last > scope.as_of {
                State::Open
            } else if found.len() >= 2 {
                State::Met
            } else {
                State::Missed
            };
            counted.insert((first, last, *subject), (state, found));
        }
    }
    counted
}

fn of_period(period: &DutyPeriod) -> (Key, Found) {
    let records = period.records.iter().copied().collect();
    let key = (period.owed.from, period.owed.until, period.owed.subject);
    (key, (period.state, records))
}

#[test]
fn duties_agree_with_a_naive_count() {
    let mut states = [0_usize; 3];
    for seed in 0..24 {
        let (school, records) = school(seed);
        let dice = &mut Dice(seed ^ 0xfeed);
        let today = dice.day("2023-09-01", 560);
        let definition = *dice.pick(cuncao::model::Code::ALL);
        let mut scopes = vec![Scope::between(
            dice.day("2023-07-01", 200),
            dice.day("2024-03-01", 400),
            today,
            definition,
        )];
        let of_term = |term| Scope::of_term(term, today, definition);
        scopes.extend(records.terms.iter().map(of_term));
        let status = DutyStatus::new(
            &school,
            &records.terms,
            &records.children,
            &records.pairings,
            definition,
            DutyFacts::of(&school.duty, &records),
        );
        let at_once = |duty: usize| {
            let mut of_scopes = vec![Counted::new(); scopes.len()];
            status.each_of(duty, &scopes, |scope, period| {
                let (of, found) = of_period(period);
                let before = of_scopes[scope].insert(of, found);
                assert!(before.is_none(), "a period is told once for each scope");
            });
            of_scopes
        };
        let all_at_once: Vec<Vec<Counted>> = (0..school.duty.len()).map(at_once).collect();
        for (of_scope, scope) in scopes.iter().copied().enumerate() {
            let basis = Basis {
                school: &school,
                records: &records,
                scope,
            };
            for (of_duty, (duty, periods)) in duty::all(&basis).into_iter().enumerate() {
                let engine: Counted = periods.iter().map(of_period).collect();
                assert_eq!(engine.len(), periods.len(), "a period is listed once");
                let brute = brute_force(
                    &records,
                    &scope,
                    duty.owed_to,
                    duty.period.expect("a period"),
                );
                for (state, _) in brute.values() {
                    states[*state as usize] += 1;
                }
                assert_eq!(engine, brute, "seed {seed}, {}, {scope:?}", duty.id);
                assert_eq!(
                    all_at_once[of_duty][of_scope], brute,
                    "seed {seed}, {}",
                    duty.id
                );
            }
        }
    }
    assert!(
        states.iter().all(|count| *count > 200),
        "all states are met with: {states:?}"
    );
}

#[test]
fn weeks_run_from_monday_to_sunday() {
    let (school, records) = school(1);
    let scope = Scope::between(
        day("2023-07-01"),
        day("2025-07-01"),
        day("2025-07-01"),
        school.definition(),
    );
    let duty = school.duty("school-week").expect("a duty");
    let basis = Basis {
        school: &school,
        records: &records,
        scope,
    };
    let periods = duty::periods(&basis, duty);
    let whole: Vec<_> = periods
        .iter()
        .filter(|p| p.owed.until - p.owed.from == chrono::Duration::days(6))
        .collect();
    assert!(whole.len() > 30);
    assert!(whole.iter().all(|p| p.owed.from.weekday() == Weekday::Mon));
}

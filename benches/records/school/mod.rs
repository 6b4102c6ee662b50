//! Generates the records of a fictitious school, deterministically, for a given number of records.
//!
//! Eighteen visits for each child and the other kinds in proportion, over eight terms. Typical omissions are included:
//! visits recorded late, follow-ups not done, files without a filing date. The phone numbers are of an unassigned
//! range.

mod events;
mod people;
mod words;
mod writer;

use std::path::Path;

use chrono::{Days, NaiveDate};
use fastrand::Rng;

use words::SETTINGS;
use writer::{Text, Writer};

/// The school years of the terms.
const YEARS: std::ops::RangeInclusive<i32> = 2022..=2025;

/// The generated school.
pub(crate) struct School {
    pub(crate) records: usize,
    /// The total size of all records.
    pub(crate) bytes: u64,
    /// The number of files by folder.
    pub(crate) kinds: Vec<(&'static str, usize)>,
    /// The id of a child enrolled until the end.
    pub(crate) child: String,
    pub(crate) helper: String,
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
}

impl School {
    /// Generates a school with about this many records in an empty folder.
    pub(crate) fn make(root: &Path, records: usize) -> School {
        let mut making = Making {
            writer: Writer::new(root),
            random: Rng::with_seed(1),
            terms: terms(),
            helpers: Vec::new(),
            children: Vec::new(),
        };
        making.writer.settings(SETTINGS);
        let children = part(records, 1.0 / 22.0).max(6);
        making.helpers(children);
        making.terms(children * 5);
        making.children(children);
        making.pairings();
        let rest = records.saturating_sub(making.writer.count());
        making.events(rest);
        let last = making.last();
        let stayed = making.children.iter().find(|child| child.until == last);
        School {
            records: making.writer.count(),
            bytes: making.writer.bytes,
            child: stayed.expect("most children stay").id.clone(),
            helper: making.helpers[0].clone(),
            first: making.first(),
            last,
            kinds: making.writer.files.into_iter().collect(),
        }
    }
}

/// A fraction of a number, rounded.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of files"
)]
fn part(number: usize, share: f64) -> usize {
    (number as f64 * share).round() as usize
}

struct SchoolTerm {
    id: String,
    name: String,
    start: NaiveDate,
    end: NaiveDate,
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn terms() -> Vec<SchoolTerm> {
    YEARS
        .flat_map(|year| {
            let next = year + 1;
            let term = |number, word, start, end| SchoolTerm {
                id: format!("{year}-{next}-{number}"),
                name: format!("{year}-{next}学年第{word}学期"),
                start,
                end,
            };
            [
                term(1, "一", date(year, 9, 1), date(next, 1, 20)),
                term(2, "二", date(next, 2, 20), date(next, 7, 5)),
            ]
        })
        .collect()
}

/// What other records need to know of a child.
struct Pupil {
    id: String,
    since: NaiveDate,
    until: NaiveDate,
    /// The id of the paired helper.
    helper: Option<String>,
}

impl Pupil {
    fn is_there(&self, day: NaiveDate) -> bool {
        (self.since..=self.until).contains(&day)
    }
}

/// The generator.
struct Making {
    writer: Writer,
    random: Rng,
    terms: Vec<SchoolTerm>,
    helpers: Vec<String>,
    children: Vec<Pupil>,
}

/// Random choices.
impl Making {
    fn first(&self) -> NaiveDate {
        self.terms[0].start
    }

    fn last(&self) -> NaiveDate {
        self.terms[self.terms.len() - 1].end
    }

    fn chance(&mut self, share: f64) -> bool {
        self.random.f64() < share
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.random.usize(..of.len())]
    }

    /// A random element by weights.
    fn weighed<T: Copy>(&mut self, of: &[(T, u32)]) -> T {
        let sum: u32 = of.iter().map(|(_, weight)| weight).sum();
        let mut left = self.random.u32(..sum);
        for (value, weight) in of {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        unreachable!("the number is below the sum")
    }

    /// Distinct random elements, in any order.
    fn some<T: Copy>(&mut self, of: &[T], count: usize) -> Vec<T> {
        self.places(of.len(), count)
            .into_iter()
            .map(|at| of[at])
            .collect()
    }

    /// Distinct random numbers below a bound.
    fn places(&mut self, below: usize, count: usize) -> Vec<usize> {
        let mut places = Vec::new();
        while places.len() < count.min(below) {
            let place = self.random.usize(..below);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// A random day in a range, both ends inclusive; the first day if the range is empty.
    fn day(&mut self, from: NaiveDate, until: NaiveDate) -> NaiveDate {
        let days = u64::try_from((until - from).num_days()).unwrap_or(0);
        from + Days::new(self.random.u64(..=days))
    }

    /// A random day of a term.
    fn term_day(&mut self) -> NaiveDate {
        let term = &self.terms[self.random.usize(..self.terms.len())];
        let (start, end) = (term.start, term.end);
        self.day(start, end)
    }

    fn helper(&mut self) -> String {
        self.helpers[self.random.usize(..self.helpers.len())].clone()
    }

    /// The ids of random children enrolled on a day; possibly fewer than requested.
    fn present(&mut self, count: usize, day: NaiveDate) -> Vec<String> {
        let places = self.places(self.children.len(), count);
        let there = places.into_iter().map(|at| &self.children[at]);
        let mut ids: Vec<String> = there
            .filter(|child| child.is_there(day))
            .map(|child| child.id.clone())
            .collect();
        ids.sort_unstable();
        ids
    }

    fn notes(&mut self) -> Vec<&'static str> {
        let count = self.random.usize(2..=4);
        self.some(&words::NOTES, count)
    }
}

/// The school's own files.
impl Making {
    fn terms(&mut self, students: usize) {
        for at in 0..self.terms.len() {
            let term = &self.terms[at];
            let (id, start, head) = (term.id.clone(), term.start, &self.helpers[0]);
            let mut text = Text::default()
                .text("name", &term.name)
                .bare("start", start)
                .bare("end", term.end)
                .list("problems", &["心理健康教育缺乏专业指导"])
                .table("[enrolment]");
            for grade in 0..6 {
                let more = usize::from(grade < students % 6);
                text = text.bare(&(grade + 1).to_string(), students / 6 + more);
            }
            let text = text
                .table("[[leadership]]")
                .text("role", "head")
                .text("helper", head)
                .text("title", "校长")
                .text("duty", "overall")
                .table("[[next_step]]")
                .text("text", "继续抓好结对帮扶工作")
                .text("owner", head);
            let plan = Text::default()
                .bare("date", start)
                .text("kind", "plan")
                .text("title", &format!("{}关爱工作计划", term.name))
                .text("author", head);
            self.writer.named("terms", &id, &text);
            self.writer
                .dated(&mut self.random, "documents", 'o', start, &plan);
        }
    }
}

//! Children, helpers and pairings.

use chrono::{Datelike, Days, NaiveDate};

use super::words::{CHILD_NOTES, CITIES, GIVEN, INTERESTS, SURNAMES, VILLAGES};
use super::writer::Text;
use super::{Making, Pupil, date};

/// A guardian of a child.
struct Guardian {
    name: String,
    relation: &'static str,
    phone: String,
}

impl Guardian {
    fn inline(&self) -> String {
        let Guardian {
            name,
            relation,
            phone,
        } = self;
        format!("{{ name = \"{name}\", relation = \"{relation}\", phone = \"{phone}\" }}")
    }
}

impl Making {
    fn character(&mut self, of: &str) -> char {
        let all: Vec<char> = of.chars().collect();
        self.one(&all)
    }

    fn surname(&mut self) -> char {
        self.character(SURNAMES)
    }

    fn person(&mut self, surname: char) -> String {
        let mut name = String::from(surname);
        name.push(self.character(GIVEN));
        if self.chance(0.75) {
            name.push(self.character(GIVEN));
        }
        name
    }

    fn anybody(&mut self) -> String {
        let surname = self.surname();
        self.person(surname)
    }

    fn phone(&mut self) -> String {
        let start = self.one(&[30, 35, 38, 50, 58, 77, 86, 89]);
        format!("1{start}0000{:04}", self.random.u32(..10_000))
    }

    fn guardian(&mut self, surname: char, relation: &'static str) -> Guardian {
        Guardian {
            name: self.person(surname),
            relation,
            phone: self.phone(),
        }
    }

    pub(super) fn helpers(&mut self, children: usize) {
        for _ in 0..(children / 3).max(3) {
            let role = self.weighed(&[
                ("teacher", 60),
                ("head-teacher", 15),
                ("counsellor", 15),
                ("volunteer", 8),
                ("leader", 2),
            ]);
            let text = Text::default()
                .text("name", &self.anybody())
                .text("role", role)
                .text("phone", &self.phone())
                .bare("since", date(2020, 9, 1));
            let id = self.writer.person(&mut self.random, "helpers", 'h', &text);
            self.helpers.push(id);
        }
    }

    pub(super) fn children(&mut self, count: usize) {
        for _ in 0..count {
            self.child();
        }
    }

    fn child(&mut self) {
        let (first, last) = (self.first(), self.last());
        let surname = self.surname();
        let cohort = self.random.i32(first.year() - 4..=first.year());
        let entered = date(cohort, 9, 1);
        let changes_from = first.max(entered + Days::new(40));
        let left = self.chance(0.06).then(|| self.day(changes_from, last));
        let until = left.unwrap_or(last);

        let (gender, village) = (self.one(&["male", "female"]), self.one(&VILLAGES));
        let born = date(cohort - 6, 1, 1) + Days::new(self.random.u64(..240));
        let filed = entered + Days::new(self.random.u64(..30));
        let (is_hard, is_filed) = (self.chance(0.2), !self.chance(0.1));
        let hardship = self.one(&[
            "low-income",
            "registered-poverty",
            "disabled",
            "serious-illness",
        ]);
        let text = Text::default()
            .text("name", &self.person(surname))
            .text("gender", gender)
            .bare("birth_date", born)
            .text("village", village)
            .when(is_filed, |text| text.bare("filed", filed))
            .when(is_hard, |text| text.list("hardship", &[hardship]));
        let text = self.classes(text, cohort, entered, (changes_from, until));
        let reason = self.one(&["transferred", "moved"]);
        let text = match left {
            Some(day) => text
                .table("[left]")
                .bare("date", day)
                .text("reason", reason),
            None => text,
        };
        let (text, guardian) = self.guardians(text, surname, entered, (changes_from, until));
        let text = self.parents(text, surname);
        let interests = self.some(&INTERESTS, 2);
        let text = text
            .table("[profile]")
            .list("interests", &interests)
            .prose("note", &self.some(&CHILD_NOTES, 2))
            .table("[consent]")
            .text("basis", "consent")
            .text("by", &guardian)
            .bare("date", entered)
            .list("scope", &["records"]);
        let id = self.writer.person(&mut self.random, "children", 'c', &text);
        self.children.push(Pupil {
            id,
            since: entered.max(first),
            until,
            helper: None,
        });
    }

    fn classes(
        &mut self,
        text: Text,
        cohort: i32,
        entered: NaiveDate,
        (from, until): (NaiveDate, NaiveDate),
    ) -> Text {
        let class = format!("{cohort}-{}", self.random.u32(1..=2));
        let text = text
            .table("[[enrolment]]")
            .bare("since", entered)
            .text("class", &class)
            .bare("boarding", self.chance(0.35));
        if !self.chance(0.05) {
            return text;
        }
        text.table("[[enrolment]]")
            .bare("since", self.day(from, until))
            .text("class", &format!("{cohort}-3"))
            .bare("boarding", false)
    }

    /// Adds the guardianships of a child; returns the name of the first guardian.
    fn guardians(
        &mut self,
        text: Text,
        surname: char,
        entered: NaiveDate,
        (from, until): (NaiveDate, NaiveDate),
    ) -> (Text, String) {
        let kind = self.weighed(&[
            ("grandparents", 34),
            ("one-parent", 55),
            ("kin-or-friends", 5),
            ("single-parent", 3),
            ("orphan", 1),
            ("unattended", 2),
        ]);
        let away = match kind {
            "one-parent" | "single-parent" => self.one(&["father", "mother"]),
            _ => "both",
        };
        let relation = match kind {
            "grandparents" => "爷爷",
            _ => "亲属",
        };
        let guardian = self.guardian(surname, relation);
        let text = text
            .table("[[guardianship]]")
            .bare("since", entered)
            .text("away", away)
            .text("kind", kind)
            .bare("guardian", guardian.inline());
        let text = if self.chance(0.12) {
            text.table("[[guardianship]]")
                .bare("since", self.day(from, until))
                .text("away", "none")
                .text("kind", "one-parent")
        } else if self.chance(0.1) {
            text.table("[[guardianship]]")
                .bare("since", self.day(from, until))
                .text("away", "both")
                .text("kind", "grandparents")
                .bare("guardian", self.guardian(surname, "奶奶").inline())
        } else {
            text
        };
        (text, guardian.name)
    }

    fn parents(&mut self, mut text: Text, surname: char) -> Text {
        for relation in ["father", "mother"] {
            let name = match relation {
                "father" => self.person(surname),
                _ => self.anybody(),
            };
            text = text
                .table("[[parents]]")
                .text("relation", relation)
                .text("name", &name)
                .text("phone", &self.phone())
                .text("workplace", self.one(&CITIES))
                .text("contact", self.one(&["daily", "weekly", "monthly"]));
        }
        if self.chance(0.3) {
            let (parent, frequency) = (
                self.one(&["father", "mother"]),
                self.one(&["weekly", "rarely"]),
            );
            text = text
                .table("[[contact]]")
                .bare("since", self.last())
                .text("parent", parent)
                .text("frequency", frequency);
        }
        text
    }

    /// Pairs most of the children; drops those enrolled for a single day.
    pub(super) fn pairings(&mut self) {
        let last = self.last();
        self.children.retain(|child| child.since < child.until);
        for at in 0..self.children.len() {
            if !self.chance(0.8) {
                continue;
            }
            let (from, until) = (self.children[at].since, self.children[at].until);
            let since = self.day(from, until.min(from + Days::new(60)));
            let helper = self.helper();
            let role = self.one(&["teacher", "proxy-parent", "counsellor", "peer"]);
            let end = if self.chance(0.15) && since < until {
                Some((self.day(since + Days::new(1), until), "教师调动"))
            } else {
                (until < last).then_some((until, "学生离校"))
            };
            let text = Text::default()
                .text("child", &self.children[at].id)
                .text("helper", &helper)
                .text("role", role)
                .bare("since", since);
            let text = match end {
                Some((day, reason)) => text.bare("until", day).text("reason", reason),
                None => text,
            };
            self.writer
                .dated(&mut self.random, "pairings", 'p', since, &text);
            self.children[at].helper = Some(helper);
        }
    }
}

//! Dated records: visits, activities, aid, assessments, incidents, awards.

use chrono::{Days, NaiveDate};

use super::words::{ACTIVITIES, FIELDS, LACKS, PARTNERS, SOURCES};
use super::writer::Text;
use super::{Making, part};

/// Creates a record.
type Make = fn(&mut Making);

/// The number of attempts to find a child who is enrolled on a day.
const TRIES: usize = 20;

impl Making {
    /// Creates dated records in the proportions of a real school.
    pub(super) fn events(&mut self, count: usize) {
        let kinds: [(f64, usize, Make); 6] = [
            (0.9, 0, Making::visit),
            (0.04, 0, Making::activity),
            (0.015, 0, Making::aid),
            (0.035, 0, Making::assessment),
            (0.005, 1, Making::incident),
            (0.005, 0, Making::award),
        ];
        for (share, least, make) in kinds {
            for _ in 0..part(count, share).max(least) {
                make(self);
            }
        }
    }

    fn visit(&mut self) {
        let date = self.term_day();
        let tries = (0..TRIES).map(|_| self.random.usize(..self.children.len()));
        let tries: Vec<usize> = tries.collect();
        let Some(at) = tries
            .into_iter()
            .find(|at| self.children[*at].is_there(date))
        else {
            return;
        };
        let recorded = date + Days::new(self.one(&[0, 0, 1, 2, 3, 9]));
        let mode = self.weighed(&[
            ("home", 35),
            ("phone", 15),
            ("talk", 35),
            ("letter", 3),
            ("parent-call", 8),
            ("counselling", 4),
        ]);
        let is_by_carer = self.chance(0.85);
        let carer = self.children[at].helper.clone().filter(|_| is_by_carer);
        let by = carer.unwrap_or_else(|| self.helper());
        let (met, topics) = (self.random.usize(1..=2), self.random.usize(1..=3));
        let text = Text::default()
            .bare("date", date)
            .bare("recorded", recorded)
            .text("mode", mode)
            .list("children", &[&self.children[at].id])
            .list("by", &[by])
            .list(
                "met",
                &self.some(&["child", "guardian", "father", "mother"], met),
            )
            .list("topics", &self.some(&FIELDS, topics))
            .bare("minutes", self.one(&[10, 20, 40, 60]))
            .prose("summary", &self.notes())
            .text("for_parents", "孩子这段时间按时到校，作业认真。");
        let text = self.follow_up(text, date);
        self.writer
            .dated(&mut self.random, "visits", 'v', date, &text);
    }

    fn follow_up(&mut self, text: Text, date: NaiveDate) -> Text {
        if !self.chance(0.2) {
            return text;
        }
        let due = date + Days::new(self.random.u64(3..=30));
        let (is_done, done) = (self.chance(0.8), due - Days::new(self.random.u64(..=2)));
        let is_referral = self.chance(0.1);
        text.table("[[follow_up]]")
            .text("what", "跟进家庭情况")
            .bare("due", due)
            .when(is_done, |text| text.bare("done", done))
            .when(is_referral, |text| {
                text.text("to", "县妇幼保健院").bare("sent", date)
            })
    }

    fn activity(&mut self) {
        let date = self.term_day();
        let (title, theme) = self.one(&ACTIVITIES);
        let (wanted, partners) = (self.random.usize(3..=20), self.random.usize(..=2));
        let children = self.present(wanted, date);
        let came = children.len() + self.random.usize(..10);
        let staff = self.random.u32(1..=6);
        let text = Text::default()
            .bare("date", date)
            .text("title", title)
            .text("theme", theme)
            .text("venue", "留守儿童之家")
            .list("organisers", &[self.helper()])
            .list("partners", &self.some(&PARTNERS, partners))
            .bare("sessions", self.one(&[1, 1, 1, 4, 12]))
            .text("campaign", self.one(&["共托太阳", "书香校园"]))
            .list("children", &children)
            .bare(
                "attendance",
                format_args!("{{ children = {came}, staff = {staff} }}"),
            )
            .bare("invited", format_args!("{{ children = {came} }}"))
            .prose("summary", &self.notes());
        self.writer
            .dated(&mut self.random, "activities", 'a', date, &text);
    }

    fn aid(&mut self) {
        let date = self.term_day();
        let wanted = self.random.usize(1..=6);
        let children = self.present(wanted, date);
        if children.is_empty() {
            return;
        }
        let kind = self.one(&["money", "goods"]);
        let text = Text::default()
            .bare("date", date)
            .text("kind", kind)
            .text(
                "occasion",
                self.one(&["consolation", "subsidy", "donation"]),
            )
            .list("children", &children)
            .text("source", self.one(&SOURCES))
            .text("summary", "发放到学生本人，监护人签收。");
        let text = if kind == "money" {
            let fen = self.random.u32(10_000..80_000);
            text.text("amount", &format!("{}.{:02}", fen / 100, fen % 100))
        } else {
            let bags = children.len();
            text.bare(
                "items",
                format_args!("[{{ name = \"书包\", quantity = {bags}, unit = \"个\" }}]"),
            )
        };
        self.writer.dated(&mut self.random, "aid", 'd', date, &text);
    }

    fn assessment(&mut self) {
        let date = self.term_day();
        let children = self.present(1, date);
        let [child] = &children[..] else { return };
        let mut text = Text::default()
            .bare("date", date)
            .text("child", child)
            .text("by", &self.helper());
        for field in FIELDS {
            let level = self.weighed(&[("good", 50), ("fair", 35), ("concern", 12), ("urgent", 3)]);
            text = text.text(field, level);
        }
        let risk = self.weighed(&[("low", 80), ("medium", 17), ("high", 3)]);
        let lacks = self.random.usize(..=2);
        let text = text
            .text("risk", risk)
            .list("lacks", &self.some(&LACKS, lacks))
            .prose("summary", &self.notes());
        self.writer
            .dated(&mut self.random, "assessments", 's', date, &text);
    }

    fn incident(&mut self) {
        let date = self.term_day();
        let children = self.present(1, date);
        if children.is_empty() {
            return;
        }
        let minute = self.random.u32(..50);
        let reported = minute + self.one(&[2, 4, 5, 9]);
        let text = Text::default()
            .bare("discovered", format_args!("{date}T10:{minute:02}:00"))
            .bare("reported", format_args!("{date}T10:{reported:02}:00"))
            .text("kind", self.one(&["injury", "illness", "truancy"]))
            .list("children", &children)
            .text("by", &self.helper())
            .list("reported_to", &["学校值班领导"])
            .text("summary", "课间活动时发现，及时处理。")
            .bare("closed", date + Days::new(2));
        self.writer
            .dated(&mut self.random, "incidents", 'i', date, &text);
    }

    fn award(&mut self) {
        let date = self.term_day();
        let children = self.present(1, date);
        let [child] = &children[..] else { return };
        let text = Text::default()
            .bare("date", date)
            .text("child", child)
            .text("title", "三好学生")
            .text("level", self.one(&["school", "town", "county"]));
        self.writer
            .dated(&mut self.random, "awards", 'w', date, &text);
    }
}

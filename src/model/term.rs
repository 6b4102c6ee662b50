//! Terms (学期): dates, enrolment, leadership group, goals, problems, next steps.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::codes::codes;
use super::helper::Helper;
use super::money::Goal;
use super::{
    Caption, Date, Entry, FieldPath, Id, Kind, KindInfo, Lasts, Prose, Record, Ref, Reversed, Step,
    id, word,
};
use crate::text::Text;

codes! {
    /// A position in the leadership group.
    LeadershipRole {
        Head = "head", "组长", "head";
        Deputy = "deputy", "副组长", "deputy";
        Member = "member", "成员", "member";
    }
}

codes! {
    /// A responsibility of a member of the leadership group.
    Responsibility {
        Overall = "overall", "总负责", "overall";
        Safety = "safety", "安全法治", "safety";
        Thought = "thought", "思想教育", "thought";
        Study = "study", "学习辅导", "study";
        Life = "life", "生活照顾", "life";
        Psychology = "psychology", "心理健康", "psychology";
        Home = "home", "留守儿童之家", "the children's home";
        Aid = "aid", "资助慰问", "aid";
        Publicity = "publicity", "宣传", "publicity";
    }
}

/// A member of the leadership group.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leadership {
    /// The member's position in the group.
    ///
    /// 在领导小组里的职务。
    #[schemars(title = "职务", extend("x-role" = "identity"))]
    pub role: LeadershipRole,
    /// The member's helper id, if the member is a helper.
    ///
    /// 成员的帮扶人编号；不是帮扶人的，写姓名。
    #[schemars(title = "帮扶人", extend("x-role" = "identity"))]
    pub helper: Option<Ref<Helper>>,
    /// The member's name, if the member is not a helper.
    ///
    /// 成员姓名，不是帮扶人的才写。
    #[schemars(title = "姓名", extend("x-role" = "identity", "x-personal" = "name"))]
    pub name: Option<String>,
    /// The member's position at the school, such as headmaster.
    ///
    /// 在学校的职务，如校长。
    #[schemars(title = "行政职务", extend("x-personal" = "no"))]
    pub title: Option<String>,
    /// The member's responsibility.
    ///
    /// 分管什么。
    #[schemars(title = "分工")]
    pub duty: Option<Responsibility>,
}

/// A target for a figure in the term.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The id of the figure, as listed by `stats --all`.
    ///
    /// 指标的编号，见 stats --all。
    #[schemars(title = "指标", extend("x-role" = "identity", "x-personal" = "no"))]
    pub figure: String,
    /// The minimum: a number, or a percentage such as 95%.
    ///
    /// 至少达到多少：数，或百分比如 95%。
    #[schemars(title = "不低于")]
    pub at_least: Goal,
    /// Who is responsible.
    ///
    /// 由谁负责。
    #[schemars(title = "责任人", extend("x-personal" = "name"))]
    pub owner: Option<String>,
}

/// A step planned for the next term.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NextStep {
    /// The planned step.
    ///
    /// 下一步做什么。
    #[schemars(title = "打算", extend("x-role" = "identity"))]
    pub text: Prose,
    /// The due date.
    ///
    /// 最迟哪一天完成。
    #[schemars(title = "期限")]
    pub due: Option<Date>,
    /// Who is responsible.
    ///
    /// 由谁负责。
    #[schemars(title = "责任人", extend("x-personal" = "name"))]
    pub owner: Option<String>,
    /// The day on which it was done.
    ///
    /// 哪一天完成的，没有完成就不写。
    #[schemars(title = "完成日期", extend("x-role" = "closing"))]
    pub done: Option<Date>,
}

/// A term.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The name of the term in reports.
    ///
    /// 学期名称，报告里这样写。
    #[schemars(title = "名称", extend("x-personal" = "no"))]
    pub name: String,
    /// The first day of the term, from which figures count.
    ///
    /// 学期第一天，从这一天起统计。
    #[schemars(title = "开始日期")]
    pub start: Date,
    /// The last day of the term, up to which figures count.
    ///
    /// 学期最后一天，统计到这一天为止。
    #[schemars(title = "结束日期")]
    pub end: Date,
    /// The number of all pupils of the school by grade, left-behind or not.
    ///
    /// 全校各年级学生数，不只是留守儿童。
    #[serde(default)]
    #[schemars(title = "在校学生")]
    pub enrolment: Enrolment,
    /// The members of the leadership group.
    ///
    /// 留守儿童工作领导小组成员。
    #[serde(default)]
    #[schemars(title = "领导小组")]
    pub leadership: Vec<Leadership>,
    /// Departments of the school that take part.
    ///
    /// 校内参与的部门。
    #[serde(default)]
    #[schemars(title = "协作部门", extend("x-personal" = "no"))]
    pub departments: Vec<String>,
    /// Targets for figures by the end of the term.
    ///
    /// 学期末要达到的指标。
    #[serde(default)]
    #[schemars(title = "目标")]
    pub target: Vec<Target>,
    /// The background of the work, for the opening of a report.
    ///
    /// 工作背景，用在总结的开头。
    #[schemars(title = "工作背景")]
    pub background: Option<Prose>,
    /// The titles of the documents that the work is based on.
    ///
    /// 依据的文件，写文件名。
    #[serde(default)]
    #[schemars(title = "工作依据", extend("x-personal" = "no"))]
    pub basis: Vec<String>,
    /// The goals of the term, one sentence each.
    ///
    /// 工作目标，一条一句。
    #[serde(default)]
    #[schemars(title = "工作目标")]
    pub goals: Vec<Prose>,
    /// The measures of the term, one sentence each.
    ///
    /// 工作措施，一条一句。
    #[serde(default)]
    #[schemars(title = "工作措施")]
    pub measures: Vec<Prose>,
    /// The achievements of the term, one sentence each; written at the end.
    ///
    /// 工作成效，一条一句，期末写。
    #[serde(default)]
    #[schemars(title = "工作成效")]
    pub achievements: Vec<Prose>,
    /// The remaining problems, one sentence each; written at the end.
    ///
    /// 存在的问题，一条一句，期末写。
    #[serde(default)]
    #[schemars(title = "存在问题")]
    pub problems: Vec<Prose>,
    /// Steps planned for the next term.
    ///
    /// 下学期要做的事。
    #[serde(default)]
    #[schemars(title = "下一步打算")]
    pub next_step: Vec<NextStep>,
}

/// The number of pupils by grade, written `1 = 96`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Enrolment(pub BTreeMap<Grade, u32>);

impl Enrolment {
    /// Returns the total number of pupils.
    pub fn total(&self) -> u64 {
        self.0.values().map(|pupils| u64::from(*pupils)).sum()
    }
}

impl JsonSchema for Enrolment {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "enrolment".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "x-type": "counts",
            "patternProperties": { "^([1-9]|1[0-2])$": { "type": "integer", "minimum": 0 } },
            "additionalProperties": false,
        })
    }
}

/// A grade as a key of a table: 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Hash)]
#[serde(into = "String")]
pub struct Grade(pub u8);

impl From<Grade> for String {
    fn from(grade: Grade) -> String {
        grade.0.to_string()
    }
}

impl<'de> Deserialize<'de> for Grade {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        word::deserialize(deserializer, "a grade from 1 to 12", |text| {
            let grade = text.parse().ok().filter(|grade| (1..=12).contains(grade));
            grade
                .filter(|_| !text.starts_with(['0', '+']))
                .map(Grade)
                .ok_or("not a grade from 1 to 12")
        })
    }
}

impl Entry<Term> {
    /// Returns the dates outside the school year in the id: the field, the date, and the two calendar years.
    pub fn outside_school_year(
        &self,
    ) -> impl Iterator<Item = (&'static str, NaiveDate, RangeInclusive<NaiveDate>)> {
        let days = [("start", self.start.0), ("end", self.end.0)].into_iter();
        let years = self.id.years_of_term();
        days.filter_map(move |(field, day)| {
            let years = years.clone().filter(|years| !years.contains(&day))?;
            Some((field, day, years))
        })
    }
}

impl Record for Term {
    const KIND: Kind = Kind::Term;
    const INFO: KindInfo = KindInfo {
        label: Text::new("学期", "term"),
        day_field: None,
        made_field: None,
        lasts: Lasts::Never,
        is_of_children: false,
        columns: &["name", "start", "end"],
        headline: &["name"],
        sample: include_str!("../../records-template/samples/term.toml"),
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.start.0)
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        for (at, entry) in self.leadership.iter().enumerate() {
            let place = [
                Step::key("leadership"),
                Step::Index(at),
                Step::key("helper"),
            ];
            if let Some(reference) = entry.helper {
                visit(&place, reference.id());
            }
        }
        for (at, entry) in self.target.iter().enumerate() {
            let place = [Step::key("target"), Step::Index(at), Step::key("owner")];
            id::reference_in_name(entry.owner.as_deref(), &place, visit);
        }
        for (at, entry) in self.next_step.iter().enumerate() {
            let place = [Step::key("next_step"), Step::Index(at), Step::key("owner")];
            id::reference_in_name(entry.owner.as_deref(), &place, visit);
        }
    }

    fn caption(&self) -> Caption<'_> {
        Caption::Text(&self.name)
    }

    fn reversed(&self) -> Vec<Reversed> {
        let reversed = Reversed::of(FieldPath::key("end"), Some(self.end), "start", self.start);
        reversed.into_iter().collect()
    }
}

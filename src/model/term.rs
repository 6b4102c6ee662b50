//! Terms (学期): dates, enrolment, leadership, goals, problems, next steps.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use std::collections::BTreeMap;

use super::codes::codes;
use super::helper::Helper;
use super::money::Goal;
use super::{Date, Id, Kind, KindInfo, Naming, Prose, Record, Ref, Step, helper, word};
use crate::text::Text;

codes! {
    /// A place in the leadership group.
    LeadershipRole {
        Head = "head", "组长", "head";
        Deputy = "deputy", "副组长", "deputy";
        Member = "member", "成员", "member";
    }
}

codes! {
    /// What a member of the leadership group answers for.
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
    /// The place in the group.
    ///
    /// 组内职务。
    #[schemars(title = "职务")]
    pub role: LeadershipRole,
    /// The member, by id.
    ///
    /// 成员（帮扶人编号）。
    #[schemars(title = "帮扶人")]
    pub helper: Option<Ref<Helper>>,
    /// The member, by name.
    ///
    /// 成员姓名。
    #[schemars(title = "姓名")]
    pub name: Option<String>,
    /// What the member is at the school.
    ///
    /// 在校职务。
    #[schemars(title = "行政职务")]
    pub title: Option<String>,
    /// What the member answers for.
    ///
    /// 分工。
    #[schemars(title = "分工")]
    pub duty: Option<Responsibility>,
}

/// What a figure is to reach in the term.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The id of the figure.
    ///
    /// 指标编号。
    #[schemars(title = "指标")]
    pub figure: String,
    /// A number, or a share such as 95%.
    ///
    /// 数，或百分比如 95%。
    #[schemars(title = "不低于")]
    pub at_least: Goal,
    /// Who answers for it.
    ///
    /// 责任人。
    #[schemars(title = "责任人")]
    pub owner: Option<String>,
}

/// What is to be done next term.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NextStep {
    /// What.
    ///
    /// 下一步做什么。
    #[schemars(title = "打算")]
    pub text: Prose,
    /// By when.
    ///
    /// 期限。
    #[schemars(title = "期限")]
    pub due: Option<Date>,
    /// Who answers for it.
    ///
    /// 责任人。
    #[schemars(title = "责任人")]
    pub owner: Option<String>,
    /// The day on which it was done.
    ///
    /// 完成日期。
    #[schemars(title = "完成日期")]
    pub done: Option<Date>,
}

/// A term.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What it is called.
    ///
    /// 学期名称。
    #[schemars(title = "名称")]
    pub name: String,
    /// The first day.
    ///
    /// 第一天。
    #[schemars(title = "开始日期")]
    pub start: Date,
    /// The last day.
    ///
    /// 最后一天。
    #[schemars(title = "结束日期")]
    pub end: Date,
    /// Pupils of the school by grade.
    ///
    /// 各年级在校学生数。
    #[serde(default)]
    #[schemars(title = "在校学生")]
    pub enrolment: Enrolment,
    /// The leadership group.
    ///
    /// 领导小组成员。
    #[serde(default)]
    #[schemars(title = "领导小组")]
    pub leadership: Vec<Leadership>,
    /// Departments that take part.
    ///
    /// 参与的部门。
    #[serde(default)]
    #[schemars(title = "协作部门")]
    pub departments: Vec<String>,
    /// What figures are to reach.
    ///
    /// 本学期的指标目标。
    #[serde(default)]
    #[schemars(title = "目标")]
    pub target: Vec<Target>,
    /// What the term aims at.
    ///
    /// 工作目标。
    #[serde(default)]
    #[schemars(title = "工作目标")]
    pub goals: Vec<Prose>,
    /// What is done to get there.
    ///
    /// 工作措施。
    #[serde(default)]
    #[schemars(title = "工作措施")]
    pub measures: Vec<Prose>,
    /// What was achieved.
    ///
    /// 工作成效。
    #[serde(default)]
    #[schemars(title = "工作成效")]
    pub achievements: Vec<Prose>,
    /// What is not well.
    ///
    /// 存在的问题。
    #[serde(default)]
    #[schemars(title = "存在问题")]
    pub problems: Vec<Prose>,
    /// What is to be done next term.
    ///
    /// 下一步打算。
    #[serde(default)]
    #[schemars(title = "下一步打算")]
    pub next_step: Vec<NextStep>,
}

/// Pupils by grade, written `1 = 96`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Enrolment(pub BTreeMap<Grade, u32>);

impl Enrolment {
    /// All pupils.
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

/// A grade as the key of a table: 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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

impl Record for Term {
    const KIND: Kind = Kind::Term;
    const INFO: KindInfo = KindInfo {
        name: "term",
        folder: "terms",
        label: Text {
            zh: "学期",
            en: "term",
        },
        naming: Naming::Term,
        day_field: None,
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.start.0)
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        for (at, entry) in self.leadership.iter().enumerate() {
            let place = [
                Step::Key("leadership"),
                Step::Index(at),
                Step::Key("helper"),
            ];
            if let Some(reference) = entry.helper {
                visit(&place, reference.id());
            }
        }
        for (at, entry) in self.target.iter().enumerate() {
            let place = [Step::Key("target"), Step::Index(at), Step::Key("owner")];
            helper::reference_in_name(entry.owner.as_deref(), &place, visit);
        }
        for (at, entry) in self.next_step.iter().enumerate() {
            let place = [Step::Key("next_step"), Step::Index(at), Step::Key("owner")];
            helper::reference_in_name(entry.owner.as_deref(), &place, visit);
        }
    }
}

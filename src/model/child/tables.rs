//! The tables within a child's file: class, guardianship, parents and what else has fields of its own.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::codes::{
    Away, ConsentBasis, ConsentScope, ContactFrequency, GuardianshipKind, GuardianshipQuality,
    LeftReason, ParentRelation, ParentStatus,
};
use crate::model::timeline::Since;
use crate::model::{Class, Date, Phone, Prose};

/// A time as a child of special care (重点帮扶对象).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Priority {
    /// The first day.
    ///
    /// 开始日期。
    #[schemars(title = "开始日期")]
    pub since: Date,
    /// The last day.
    ///
    /// 结束日期，当天仍算。
    #[schemars(title = "结束日期")]
    pub until: Option<Date>,
    /// Why.
    ///
    /// 原因。
    #[schemars(title = "原因")]
    pub reason: Option<Prose>,
}

/// The class from a day on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassEntry {
    /// The first day in the class.
    ///
    /// 入班日期。
    #[schemars(title = "开始日期")]
    pub since: Date,
    /// The class, such as 2022-1.
    ///
    /// 班级，如 2022-1（2022 年秋季入学的 1 班）。
    #[schemars(title = "班级")]
    pub class: Class,
    /// Whether the child boards.
    ///
    /// 是否住校。
    #[schemars(title = "住校")]
    pub boarding: Option<bool>,
}

/// The child's leaving the school.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Left {
    /// The first day on which it is no longer a pupil.
    ///
    /// 离校日期，从当天起不再计入。
    #[schemars(title = "离校日期")]
    pub date: Date,
    /// Why.
    ///
    /// 离校原因。
    #[schemars(title = "离校原因")]
    pub reason: LeftReason,
}

/// Who looks after the child.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-inline" = true))]
pub struct Guardian {
    /// The guardian's name.
    ///
    /// 监护人姓名。
    #[schemars(title = "姓名")]
    pub name: Option<String>,
    /// What the guardian is to the child.
    ///
    /// 与孩子的关系。
    #[schemars(title = "关系")]
    pub relation: Option<String>,
    /// Phone number.
    ///
    /// 电话。
    #[schemars(title = "电话")]
    pub phone: Option<Phone>,
    /// Year of birth.
    ///
    /// 出生年份。
    #[schemars(title = "出生年份")]
    pub birth_year: Option<u16>,
    /// Health.
    ///
    /// 健康状况。
    #[schemars(title = "健康状况")]
    pub health: Option<String>,
    /// Education.
    ///
    /// 文化程度。
    #[schemars(title = "文化程度")]
    pub education: Option<String>,
}

/// Who looks after the child from a day on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guardianship {
    /// The first day.
    ///
    /// 开始日期。
    #[schemars(title = "开始日期")]
    pub since: Date,
    /// Which parents are away.
    ///
    /// 父母外出情况。
    #[schemars(title = "外出情况")]
    pub away: Away,
    /// Who looks after the child.
    ///
    /// 监护类型。
    #[schemars(title = "监护类型")]
    pub kind: GuardianshipKind,
    /// Whether the parent at home can look after the child; true unless said.
    ///
    /// 在家一方有无监护能力，不写为有。
    #[schemars(title = "在家一方有监护能力")]
    pub home_parent_capable: Option<bool>,
    /// How well the child is looked after.
    ///
    /// 监护情况评估。
    #[schemars(title = "监护情况")]
    pub quality: Option<GuardianshipQuality>,
    /// The guardian.
    ///
    /// 监护人。
    #[schemars(title = "监护人")]
    pub guardian: Option<Guardian>,
    /// The day on which the parents named this guardian.
    ///
    /// 父母确认监护人的日期。
    #[schemars(title = "确认日期")]
    pub confirmed: Option<Date>,
    /// The day of the written agreement of care.
    ///
    /// 书面委托照护的日期。
    #[schemars(title = "委托日期")]
    pub entrusted: Option<Date>,
    /// Why it changed.
    ///
    /// 变动原因。
    #[schemars(title = "变动原因")]
    pub reason: Option<Prose>,
    /// Anything else.
    ///
    /// 备注。
    #[schemars(title = "备注")]
    pub note: Option<Prose>,
}

/// A parent.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parent {
    /// Which parent.
    ///
    /// 关系。
    #[schemars(title = "关系")]
    pub relation: ParentRelation,
    /// Where the parent is.
    ///
    /// 状况。
    #[schemars(title = "状况")]
    pub status: Option<ParentStatus>,
    /// Name.
    ///
    /// 姓名。
    #[schemars(title = "姓名")]
    pub name: Option<String>,
    /// Phone number.
    ///
    /// 电话。
    #[schemars(title = "电话")]
    pub phone: Option<Phone>,
    /// Where the parent works.
    ///
    /// 务工地点。
    #[schemars(title = "务工地点")]
    pub workplace: Option<String>,
    /// What the parent does.
    ///
    /// 职业。
    #[schemars(title = "职业")]
    pub occupation: Option<String>,
    /// Away since that day.
    ///
    /// 外出日期。
    #[schemars(title = "外出日期")]
    pub away_since: Option<Date>,
    /// When the parent comes home.
    ///
    /// 何时返乡。
    #[schemars(title = "返乡时间")]
    pub returns: Option<String>,
    /// How often the parent is in touch.
    ///
    /// 与孩子的联系频率。
    #[schemars(title = "联系频率")]
    pub contact: Option<ContactFrequency>,
}

/// What the child is like.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Character.
    ///
    /// 性格。
    #[schemars(title = "性格")]
    pub personality: Option<Prose>,
    /// What it likes.
    ///
    /// 兴趣爱好。
    #[serde(default)]
    #[schemars(title = "兴趣爱好")]
    pub interests: Vec<String>,
    /// Study.
    ///
    /// 学习。
    #[schemars(title = "学习")]
    pub study: Option<Prose>,
    /// Conduct.
    ///
    /// 品行。
    #[schemars(title = "品行")]
    pub conduct: Option<Prose>,
    /// Mind and mood.
    ///
    /// 心理。
    #[schemars(title = "心理")]
    pub psychology: Option<Prose>,
    /// Health.
    ///
    /// 健康。
    #[schemars(title = "健康")]
    pub health: Option<Prose>,
    /// Anything else.
    ///
    /// 备注。
    #[schemars(title = "备注")]
    pub note: Option<Prose>,
}

/// By what right the record is kept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// The legal basis.
    ///
    /// 法律依据。
    #[schemars(title = "依据")]
    pub basis: ConsentBasis,
    /// Who consented.
    ///
    /// 同意人。
    #[schemars(title = "同意人")]
    pub by: Option<String>,
    /// The day.
    ///
    /// 日期。
    #[schemars(title = "日期")]
    pub date: Date,
    /// What was consented to.
    ///
    /// 同意的范围。
    #[serde(default)]
    #[schemars(title = "范围")]
    pub scope: Vec<ConsentScope>,
}

impl Since for ClassEntry {
    fn since(&self) -> NaiveDate {
        self.since.0
    }
}

impl Since for Guardianship {
    fn since(&self) -> NaiveDate {
        self.since.0
    }
}

impl Guardianship {
    /// Whether a parent who stayed can look after the child.
    pub fn home_parent_capable(&self) -> bool {
        self.home_parent_capable.unwrap_or(true)
    }
}

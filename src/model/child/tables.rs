//! The tables within a child's file: class, guardianship, parents and others.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::codes::{
    Away, ConsentBasis, ConsentScope, ContactFrequency, ContactParent, DisabilityCategory,
    GuardianshipKind, GuardianshipQuality, LeftReason, ParentRelation, ParentStatus,
};
use crate::model::timeline::Since;
use crate::model::{Class, Confidential, Date, Phone, Prose};

/// A period of special care (重点帮扶对象).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Priority {
    /// The first day of special care.
    ///
    /// 从哪一天起列为重点。
    #[schemars(title = "开始日期", extend("x-role" = "identity"))]
    pub since: Date,
    /// The last day of special care, which still counts.
    ///
    /// 到哪一天为止，当天仍算。
    #[schemars(title = "结束日期", extend("x-role" = "closing"))]
    pub until: Option<Date>,
    /// The reason for special care.
    ///
    /// 为什么列为重点。
    #[schemars(title = "原因")]
    pub reason: Option<Prose>,
}

/// The child's class from a day on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassEntry {
    /// The first day in the class.
    ///
    /// 入班日期。
    #[schemars(title = "开始日期", extend("x-role" = "identity"))]
    pub since: Date,
    /// The class, such as 2022-1: class 1 of those who entered in autumn 2022.
    ///
    /// 班级，如 2022-1（2022 年秋季入学的 1 班）。
    #[schemars(title = "班级")]
    pub class: Class,
    /// Whether the child boards at the school.
    ///
    /// 是否住校。
    #[schemars(title = "住校")]
    pub boarding: Option<bool>,
    /// The first day of absence, for a child that left and came back later.
    ///
    /// 中途离校的日期（后来又回来的才写），从当天起不再计入。
    #[schemars(title = "离校日期")]
    pub left: Option<Date>,
    /// The reason for leaving then.
    ///
    /// 那次为什么离校。
    #[schemars(title = "离校原因")]
    pub reason: Option<LeftReason>,
}

/// The date and reason of leaving the school.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Left {
    /// The first day on which the child is no longer a pupil.
    ///
    /// 离校日期，从当天起不再计入。
    #[schemars(title = "离校日期")]
    pub date: Date,
    /// The reason for leaving.
    ///
    /// 为什么离校。
    #[schemars(title = "离校原因")]
    pub reason: LeftReason,
}

/// The person who looks after the child.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-inline" = true))]
pub struct Guardian {
    /// The guardian's name.
    ///
    /// 监护人姓名。
    #[schemars(title = "姓名", extend("x-personal" = "name"))]
    pub name: Option<String>,
    /// The guardian's relation to the child, such as grandmother.
    ///
    /// 与孩子的关系，如奶奶。
    #[schemars(title = "关系", extend("x-personal" = "no"))]
    pub relation: Option<String>,
    /// The guardian's phone number, the first one to call.
    ///
    /// 电话，有事先打这个。
    #[schemars(title = "电话")]
    pub phone: Option<Phone>,
    /// The guardian's year of birth.
    ///
    /// 监护人的出生年份。
    #[schemars(title = "出生年份")]
    pub birth_year: Option<u16>,
    /// The guardian's health.
    ///
    /// 监护人的健康状况。
    #[schemars(title = "健康状况", extend("x-personal" = "health"))]
    pub health: Option<String>,
    /// The guardian's education, such as primary school.
    ///
    /// 监护人的文化程度，如小学。
    #[schemars(title = "文化程度", extend("x-personal" = "no"))]
    pub education: Option<String>,
    /// The guardian's occupation.
    ///
    /// 监护人的职业。
    #[schemars(title = "职业", extend("x-personal" = "no"))]
    pub occupation: Option<String>,
    /// The guardian's address, if not the child's.
    ///
    /// 监护人的住址，和孩子不住一起的才写。
    #[schemars(title = "住址", extend("x-personal" = "address"))]
    pub address: Option<String>,
    /// The guardian's identity card number (GB 11643); never required.
    ///
    /// 监护人的身份证号。能不写就不写。
    #[schemars(title = "身份证号", extend("x-personal" = "number"))]
    pub id_number: Option<Confidential>,
}

/// The guardianship from a day on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guardianship {
    /// The day from which this applies.
    ///
    /// 从哪一天起是这样。
    #[schemars(title = "开始日期", extend("x-role" = "identity"))]
    pub since: Date,
    /// Which parents are away.
    ///
    /// 父母谁在外地。
    #[schemars(title = "外出情况")]
    pub away: Away,
    /// The kind of guardianship.
    ///
    /// 属于哪种监护。
    #[schemars(title = "监护类型")]
    pub kind: GuardianshipKind,
    /// Whether the parent at home is able to look after the child; true by default.
    ///
    /// 在家一方有无监护能力，不写为有。
    #[schemars(title = "在家一方有监护能力")]
    pub home_parent_capable: Option<bool>,
    /// The quality of care, in the school's judgement.
    ///
    /// 学校看，照看得怎么样。
    #[schemars(title = "监护情况")]
    pub quality: Option<GuardianshipQuality>,
    /// The person who looks after the child.
    ///
    /// 实际照看孩子的人。
    #[schemars(title = "监护人")]
    pub guardian: Option<Guardian>,
    /// The day on which the parents confirmed this guardian.
    ///
    /// 父母确认由他监护的日期。
    #[schemars(title = "确认日期")]
    pub confirmed: Option<Date>,
    /// The day of the written agreement on entrusted care.
    ///
    /// 签订书面委托照护协议的日期。
    #[schemars(title = "委托日期")]
    pub entrusted: Option<Date>,
    /// The reason for the change from the previous entry.
    ///
    /// 为什么和上一段不同。
    #[schemars(title = "变动原因")]
    pub reason: Option<Prose>,
    /// Further remarks.
    ///
    /// 备注。
    #[schemars(title = "备注")]
    pub note: Option<Prose>,
}

/// A parent.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parent {
    /// The parent's relation to the child.
    ///
    /// 与孩子的关系。
    #[schemars(title = "关系", extend("x-role" = "identity"))]
    pub relation: ParentRelation,
    /// Where the parent is, or why the parent cannot be reached.
    ///
    /// 现在的状况：外出务工、在家、失联等。
    #[schemars(title = "状况")]
    pub status: Option<ParentStatus>,
    /// The parent's name.
    ///
    /// 父亲或母亲的姓名。
    #[schemars(title = "姓名", extend("x-personal" = "name"))]
    pub name: Option<String>,
    /// The date of birth, solar calendar.
    ///
    /// 出生日期（公历）。
    #[schemars(title = "出生日期", extend("x-personal" = "birth"))]
    pub birth_date: Option<Date>,
    /// The parent's identity card number (GB 11643); never required.
    ///
    /// 父亲或母亲的身份证号。能不写就不写。
    #[schemars(title = "身份证号", extend("x-personal" = "number"))]
    pub id_number: Option<Confidential>,
    /// The parent's phone number.
    ///
    /// 父亲或母亲的电话。
    #[schemars(title = "电话")]
    pub phone: Option<Phone>,
    /// Where the parent works.
    ///
    /// 务工地点。
    #[schemars(title = "务工地点", extend("x-personal" = "address"))]
    pub workplace: Option<String>,
    /// The parent's occupation.
    ///
    /// 做什么工作。
    #[schemars(title = "职业", extend("x-personal" = "no"))]
    pub occupation: Option<String>,
    /// The day on which the parent went away.
    ///
    /// 从哪一天起外出。
    #[schemars(title = "外出日期")]
    pub away_since: Option<Date>,
    /// When the parent comes home, such as at Spring Festival.
    ///
    /// 什么时候回来，如春节、暑假。
    #[schemars(title = "返乡时间", extend("x-personal" = "no"))]
    pub returns: Option<String>,
    /// How often the parent is in touch with the child.
    ///
    /// 多久和孩子联系一次。
    #[schemars(title = "联系频率")]
    pub contact: Option<ContactFrequency>,
}

/// A disability as stated on the disability certificate.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-inline" = true))]
pub struct Disability {
    /// The category of the disability.
    ///
    /// 残疾类别。
    #[schemars(title = "类别", extend("x-personal" = "health"))]
    pub category: Option<DisabilityCategory>,
    /// The grade: 1 is the most severe, 4 the least.
    ///
    /// 残疾等级，一级最重，四级最轻。
    #[schemars(title = "等级", extend("x-personal" = "health"))]
    pub grade: Option<DisabilityGrade>,
}

/// The grade of a disability, 1 to 4 (GB/T 26341).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8")]
pub struct DisabilityGrade(pub u8);

impl TryFrom<u8> for DisabilityGrade {
    type Error = &'static str;

    fn try_from(grade: u8) -> Result<Self, Self::Error> {
        let grade = Some(grade).filter(|grade| (1..=4).contains(grade));
        grade.map(DisabilityGrade).ok_or("not a grade from 1 to 4")
    }
}

impl JsonSchema for DisabilityGrade {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "disability-grade".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": 4 })
    }
}

/// How often an absent parent is in touch from a day on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The day from which this applies.
    ///
    /// 从哪一天起是这样。
    #[schemars(title = "开始日期", extend("x-role" = "identity"))]
    pub since: Date,
    /// The parent, or both.
    ///
    /// 父亲、母亲，还是双方。
    #[schemars(title = "谁", extend("x-role" = "identity"))]
    pub parent: ContactParent,
    /// How often the parent is in touch with the child.
    ///
    /// 多久和孩子联系一次。
    #[schemars(title = "联系频率")]
    pub frequency: ContactFrequency,
}

/// The child's development and character.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The child's personality.
    ///
    /// 性格特点。
    #[schemars(title = "性格")]
    pub personality: Option<Prose>,
    /// The child's interests.
    ///
    /// 喜欢做什么。
    #[serde(default)]
    #[schemars(title = "兴趣爱好", extend("x-personal" = "no"))]
    pub interests: Vec<String>,
    /// How the child does at school.
    ///
    /// 学习情况。
    #[schemars(title = "学习")]
    pub study: Option<Prose>,
    /// Conduct and habits.
    ///
    /// 品行和习惯。
    #[schemars(title = "品行")]
    pub conduct: Option<Prose>,
    /// Mental health and mood.
    ///
    /// 心理和情绪。
    #[schemars(title = "心理")]
    pub psychology: Option<Prose>,
    /// Health, allergies and precautions.
    ///
    /// 身体状况、过敏、要留意的。
    #[schemars(title = "健康")]
    pub health: Option<Prose>,
    /// Further remarks.
    ///
    /// 备注。
    #[schemars(title = "备注")]
    pub note: Option<Prose>,
}

/// The legal basis on which the record is kept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// The legal basis for keeping the file.
    ///
    /// 保存档案的法律依据。
    #[schemars(title = "依据")]
    pub basis: ConsentBasis,
    /// Who consented: the guardian's name.
    ///
    /// 谁同意的，写监护人姓名。
    #[schemars(title = "同意人", extend("x-personal" = "name"))]
    pub by: Option<String>,
    /// The day on which consent was given, or the guardian was informed.
    ///
    /// 同意或告知的日期。
    #[schemars(title = "日期")]
    pub date: Date,
    /// What the consent covers.
    ///
    /// 同意用在哪些方面。
    #[serde(default)]
    #[schemars(title = "范围")]
    pub scope: Vec<ConsentScope>,
}

impl Since for Contact {
    fn since(&self) -> NaiveDate {
        self.since.0
    }
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
    /// Whether the parent at home is able to look after the child.
    pub fn home_parent_capable(&self) -> bool {
        self.home_parent_capable.unwrap_or(true)
    }
}

/// Whether a field of a dated entry is copied to the entry that follows it: not how the entry began or ended, nor what
/// is about a guardian who changes.
pub fn is_carried_over(field: &str, is_other_guardian: bool) -> bool {
    match field {
        "since" | "until" | "reason" | "left" => false,
        "guardian" | "confirmed" | "entrusted" | "quality" | "note" => !is_other_guardian,
        _ => true,
    }
}

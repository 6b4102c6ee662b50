//! The school's settings: `cuncao.toml`.

mod caseload;

use std::num::NonZeroU32;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::codes_with_festivals;
use super::child::Definition;
use super::class::{Class, Level, class_label, grade_label};
use super::codes::codes;
use super::duty::Duty;
use super::helper::Helper;
use super::{Date, Money, Phone, Ref, Shape, shape};
use crate::text::Lang;
pub use caseload::{Bounds, Caseload};

codes! {
    /// The kind of equipment.
    EquipmentKind {
        Sport = "sport", "体育器材", "sport";
        Chess = "chess", "棋类", "chess";
        Book = "book", "图书", "book";
        Phone = "phone", "亲情电话", "phone";
        Other = "other", "其他", "other";
    }
}

codes_with_festivals! {
    /// The festival or other occasion of a visit or an activity.
    Occasion {
        before {}
        after {
            HappyDay = "happy-day", "留守儿童快乐日", "left-behind children's happy day";
            Birthday = "birthday", "生日", "birthday";
            TermStart = "term-start", "期初", "start of term";
            TermEnd = "term-end", "期末", "end of term";
            Other = "other", "其他", "other";
        }
    }
}

codes! {
    /// The language of reports.
    ReportLanguage {
        Zh = "zh", "中文", "Chinese";
        En = "en", "英文", "English";
    }
}

codes! {
    /// How names are shown in documents that are passed on.
    Names {
        None = "none", "不显示姓名", "none";
        Surname = "surname", "只显示姓", "surname";
        Full = "full", "显示全名", "full";
    }
}

/// Whether a word is a valid school key: it can be part of a path on every system.
pub fn is_key(word: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase();
    (4..=32).contains(&word.len())
        && word.bytes().next().is_some_and(is_letter)
        && word
            .bytes()
            .all(|byte| is_letter(byte) || byte.is_ascii_digit() || byte == b'-')
}

/// The school's profile.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The school's name.
    ///
    /// 学校名称。
    #[schemars(title = "学校名称")]
    pub name: String,
    /// A short random word that tells this school from one of the same name; do not change it.
    ///
    /// 区分同名学校的短码，由 init 生成，不用改。
    #[schemars(title = "学校代码")]
    pub key: Option<String>,
    /// The level of the school.
    ///
    /// 学段。
    #[schemars(title = "学段")]
    pub level: Level,
    /// The lowest grade; by default that of the level.
    ///
    /// 最低年级，不写则由学段决定。
    #[schemars(title = "最低年级")]
    pub first_grade: Option<u8>,
    /// The highest grade; by default that of the level.
    ///
    /// 最高年级，不写则由学段决定。
    #[schemars(title = "最高年级")]
    pub last_grade: Option<u8>,
    /// The school's address.
    ///
    /// 学校地址。
    #[schemars(title = "地址")]
    pub address: Option<String>,
    /// The school's phone number, printed on contact cards and in letters to parents.
    ///
    /// 学校电话，印在联系卡和致家长的信上。
    #[schemars(title = "电话")]
    pub phone: Option<String>,
}

/// The school's own policy.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The definition of a left-behind child; one or both parents away by default.
    ///
    /// 留守儿童的口径，不写为父母一方或双方外出。
    #[schemars(title = "口径")]
    pub definition: Option<Definition>,
    /// The number of children for each helper, by role: the maximum, or the minimum and maximum.
    ///
    /// 每名帮扶人结对几名儿童，按结对方式：写最多几名，或 [最少, 最多]。
    #[serde(default)]
    #[schemars(title = "结对人数")]
    pub caseload: Caseload,
    /// Days within which a visit is to be recorded; 7 by default.
    ///
    /// 走访后几天内要填写记录，不写为 7 天。
    #[schemars(title = "记录时限（天）")]
    pub record_within_days: Option<u32>,
    /// Maximum days between contacts with a left-behind child; 30 by default, or less if a duty says so.
    ///
    /// 每名留守儿童最多隔几天要联系一次，不写为 30 天，职责更严的按职责。
    #[schemars(title = "联系时限（天）")]
    pub contact_within_days: Option<u32>,
    /// Minutes within which an incident is to be reported; 5 by default.
    ///
    /// 发现事件后几分钟内要报告，不写为 5 分钟。
    #[schemars(title = "报告时限（分钟）")]
    pub incident_within_minutes: Option<u32>,
    /// Years for which the file of a child is kept after it left.
    ///
    /// 离校后档案保存几年。
    #[schemars(title = "保存年限")]
    pub retention_years: Option<u32>,
}

/// An item that the children's home lends.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Equipment {
    /// The name, which loans refer to.
    ///
    /// 名称，借阅记录里写的就是它。
    #[schemars(title = "名称", extend("x-role" = "identity"))]
    pub name: String,
    /// The quantity.
    ///
    /// 一共有几件。
    #[schemars(title = "数量")]
    pub quantity: u32,
    /// The kind of equipment.
    ///
    /// 属于哪一类。
    #[schemars(title = "类别")]
    pub kind: Option<EquipmentKind>,
    /// The date of purchase.
    ///
    /// 购置日期。
    #[schemars(title = "购置日期")]
    pub bought: Option<Date>,
    /// The total cost, in yuan.
    ///
    /// 合计费用，元。
    #[schemars(title = "费用")]
    pub cost: Option<Money>,
}

/// The children's home (留守儿童之家).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Home {
    /// The name of the home.
    ///
    /// 名称，如留守儿童之家、亲情小屋。
    #[schemars(title = "名称")]
    pub name: Option<String>,
    /// The room it is in.
    ///
    /// 设在哪间房。
    #[schemars(title = "房间")]
    pub room: Option<String>,
    /// Its phone number.
    ///
    /// 电话（亲情电话）。
    #[schemars(title = "电话")]
    pub phone: Option<Phone>,
    /// The day on which it was opened.
    ///
    /// 建成日期。
    #[schemars(title = "建成日期")]
    pub since: Option<Date>,
    /// The helpers who run it.
    ///
    /// 管理人员（帮扶人编号）。
    #[serde(default)]
    #[schemars(title = "管理人员")]
    pub staff: Vec<Ref<Helper>>,
    /// The opening hours, such as Wednesdays 15:30 to 17:00.
    ///
    /// 开放时间，一段一条，如“周三 15:30—17:00”。
    #[serde(default)]
    #[schemars(title = "开放时间")]
    pub slots: Vec<String>,
}

/// Settings for reports.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportSettings {
    /// The language of reports; by default that of the commands.
    ///
    /// 报告用的语言，不写则和命令的语言相同。
    #[schemars(title = "语言")]
    pub language: Option<ReportLanguage>,
    /// How names are shown in reports; hidden by default.
    ///
    /// 报告里怎样显示姓名，不写为不显示。
    #[schemars(title = "姓名")]
    pub names: Option<Names>,
    /// Groups smaller than this are suppressed in public reports; 3 by default.
    ///
    /// 对外报告中小于此数的分组不显示，不写为 3。
    #[schemars(title = "最小分组")]
    pub min_cell: Option<u32>,
}

/// The recipients of encrypted fields.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sealing {
    /// Public keys that can decrypt confidential fields: `age1…` or `ssh-ed25519 …`; without one nothing is encrypted.
    ///
    /// 可以阅读者的公钥：age1… 或 ssh-ed25519 …；不写则不加密。
    #[serde(default)]
    #[schemars(title = "收件人公钥")]
    pub recipients: Vec<String>,
}

/// Changes to the severity of rules.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// Rules, or groups of rules, that are turned off.
    ///
    /// 不检查的规则或规则组。
    #[serde(default)]
    #[schemars(title = "不检查")]
    pub allow: Vec<String>,
    /// Rules, or groups of rules, that only warn.
    ///
    /// 只警告的规则或规则组。
    #[serde(default)]
    #[schemars(title = "警告")]
    pub warn: Vec<String>,
    /// Rules, or groups of rules, that are errors.
    ///
    /// 当作错误的规则或规则组。
    #[serde(default)]
    #[schemars(title = "错误")]
    pub deny: Vec<String>,
}

/// The settings of a school: profile, policy, duties, equipment, reports.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct School {
    /// The version of the record format; do not change it.
    ///
    /// 档案格式的版本，不用改。
    #[schemars(title = "格式版本")]
    pub format: NonZeroU32,
    /// The school's profile.
    ///
    /// 学校概况。
    #[schemars(title = "学校")]
    pub school: Profile,
    /// The school's own policy.
    ///
    /// 学校自定的制度。
    #[serde(default)]
    #[schemars(title = "制度")]
    pub policy: Policy,
    /// The duties that the school committed itself to.
    ///
    /// 学校承诺要做的事。
    #[serde(default)]
    #[schemars(title = "职责")]
    pub duty: Vec<Duty>,
    /// The children's home.
    ///
    /// 留守儿童之家。
    #[schemars(title = "留守儿童之家")]
    pub home: Option<Home>,
    /// The equipment and books that the children's home lends.
    ///
    /// 留守儿童之家可借的器材图书。
    #[serde(default)]
    #[schemars(title = "器材")]
    pub equipment: Vec<Equipment>,
    /// Settings for reports.
    ///
    /// 报告设置。
    #[serde(default)]
    #[schemars(title = "报告")]
    pub report: ReportSettings,
    /// The recipients of encrypted fields.
    ///
    /// 保密字段加密给谁。
    #[serde(default)]
    #[schemars(title = "加密")]
    pub seal: Sealing,
    /// Changes to the severity of rules.
    ///
    /// 检查规则的调整。
    #[serde(default)]
    #[schemars(title = "检查")]
    pub validate: Levels,
}

impl School {
    /// The newest record format that this version supports.
    pub const NEWEST_FORMAT: u32 = 1;

    /// Returns the fields of `cuncao.toml`.
    pub fn shape() -> &'static Shape {
        shape::of::<School>()
    }

    /// Returns the definition of a left-behind child, with the default.
    pub fn definition(&self) -> Definition {
        self.policy.definition.unwrap_or(Definition::OneOrBothAway)
    }

    /// Returns the days within which a visit is to be recorded, with the default.
    pub fn record_within_days(&self) -> u32 {
        self.policy.record_within_days.unwrap_or(7)
    }

    /// Returns the maximum days between contacts with a left-behind child, with the default; a duty may require less.
    pub fn contact_within_days(&self) -> u32 {
        self.policy.contact_within_days.unwrap_or(30)
    }

    /// Returns the minutes within which an incident is to be reported (五分钟报告制), with the default.
    pub fn incident_within_minutes(&self) -> u32 {
        self.policy.incident_within_minutes.unwrap_or(5)
    }

    /// Returns the size below which a group is suppressed in public reports, with the default.
    pub fn min_cell(&self) -> u32 {
        self.report.min_cell.unwrap_or(3)
    }

    /// Returns the lowest and highest grade.
    pub fn grades(&self) -> (u8, u8) {
        let (first, last) = self.school.level.grades();
        (
            self.school.first_grade.unwrap_or(first),
            self.school.last_grade.unwrap_or(last),
        )
    }

    /// Returns the grade of a class on a day, if it has one.
    pub fn grade(&self, class: Class, day: NaiveDate) -> Option<u8> {
        let (first, last) = self.grades();
        class.grade(day, first, last)
    }

    /// Returns the name of a class on a day: 四（1）班.
    pub fn class_label(&self, class: Class, day: NaiveDate, lang: Lang) -> String {
        class_label(class, self.grade(class, day), self.school.level, lang)
    }

    /// Returns the name of a grade: 四年级.
    pub fn grade_label(&self, grade: u8, lang: Lang) -> String {
        grade_label(grade, self.school.level, lang)
    }

    /// Returns the duty with an id.
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.duty.iter().find(|duty| duty.id == id)
    }
}

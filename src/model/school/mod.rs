//! The school itself: `cuncao.toml`.

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
    /// What sort of equipment.
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
    /// How children are named in what is handed on.
    Names {
        None = "none", "不显示姓名", "none";
        Surname = "surname", "只显示姓", "surname";
        Full = "full", "显示全名", "full";
    }
}

/// Whether a word can be a school's key: a part of a path on every system, and a word to every reader.
pub fn is_key(word: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase();
    (4..=32).contains(&word.len())
        && word.bytes().next().is_some_and(is_letter)
        && word
            .bytes()
            .all(|byte| is_letter(byte) || byte.is_ascii_digit() || byte == b'-')
}

/// What the school is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The school's name.
    ///
    /// 学校名称。
    #[schemars(title = "学校名称")]
    pub name: String,
    /// A short random word that tells this school from one of the same name; leave it as it is.
    ///
    /// 区分同名学校的短码，由 init 生成，不用改。
    #[schemars(title = "学校代码")]
    pub key: Option<String>,
    /// What sort of school it is.
    ///
    /// 学段。
    #[schemars(title = "学段")]
    pub level: Level,
    /// The lowest grade; follows from the level unless said.
    ///
    /// 最低年级，不写则由学段决定。
    #[schemars(title = "最低年级")]
    pub first_grade: Option<u8>,
    /// The highest grade; follows from the level unless said.
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

/// The rules that the school set itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Who counts as left-behind; one or both parents away unless said.
    ///
    /// 留守儿童的口径，不写为父母一方或双方外出。
    #[schemars(title = "口径")]
    pub definition: Option<Definition>,
    /// How many children a helper is paired with, by role: the most, or the least and the most.
    ///
    /// 每名帮扶人结对几名儿童，按结对方式：写最多几名，或 [最少, 最多]。
    #[serde(default)]
    #[schemars(title = "结对人数")]
    pub caseload: Caseload,
    /// Days within which a visit is to be written down; 7 unless said.
    ///
    /// 走访后几天内要填写记录，不写为 7 天。
    #[schemars(title = "记录时限（天）")]
    pub record_within_days: Option<u32>,
    /// Days within which each left-behind child is to be contacted; 30 unless said, or a duty asks for more.
    ///
    /// 每名留守儿童最多隔几天要联系一次，不写为 30 天，职责更严的按职责。
    #[schemars(title = "联系时限（天）")]
    pub contact_within_days: Option<u32>,
    /// Minutes within which an incident is to be reported; 5 unless said.
    ///
    /// 发现事件后几分钟内要报告，不写为 5 分钟。
    #[schemars(title = "报告时限（分钟）")]
    pub incident_within_minutes: Option<u32>,
    /// Years for which the file of a child who left is kept.
    ///
    /// 离校后档案保存几年。
    #[schemars(title = "保存年限")]
    pub retention_years: Option<u32>,
}

/// Something that the children's home lends.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Equipment {
    /// What it is called; loans name it by this.
    ///
    /// 名称，借阅记录里写的就是它。
    #[schemars(title = "名称", extend("x-role" = "identity"))]
    pub name: String,
    /// How many there are.
    ///
    /// 一共有几件。
    #[schemars(title = "数量")]
    pub quantity: u32,
    /// What sort of equipment it is.
    ///
    /// 属于哪一类。
    #[schemars(title = "类别")]
    pub kind: Option<EquipmentKind>,
    /// When it was bought.
    ///
    /// 购置日期。
    #[schemars(title = "购置日期")]
    pub bought: Option<Date>,
    /// What all of it cost together, in yuan.
    ///
    /// 合计费用，元。
    #[schemars(title = "费用")]
    pub cost: Option<Money>,
}

/// The children's home (留守儿童之家).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Home {
    /// What it is called.
    ///
    /// 名称，如留守儿童之家、亲情小屋。
    #[schemars(title = "名称")]
    pub name: Option<String>,
    /// Which room it is in.
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
    /// The helpers who look after it.
    ///
    /// 管理人员（帮扶人编号）。
    #[serde(default)]
    #[schemars(title = "管理人员")]
    pub staff: Vec<Ref<Helper>>,
    /// When it is open, such as Wednesdays 15:30 to 17:00.
    ///
    /// 开放时间，一段一条，如“周三 15:30—17:00”。
    #[serde(default)]
    #[schemars(title = "开放时间")]
    pub slots: Vec<String>,
}

/// How reports are written.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportSettings {
    /// The language of reports; that of the commands unless said.
    ///
    /// 报告用的语言，不写则和命令的语言相同。
    #[schemars(title = "语言")]
    pub language: Option<ReportLanguage>,
    /// How people are named in reports; not at all unless said.
    ///
    /// 报告里怎样显示姓名，不写为不显示。
    #[schemars(title = "姓名")]
    pub names: Option<Names>,
    /// Groups smaller than this are hidden in what goes outside; 3 unless said.
    ///
    /// 对外报告中小于此数的分组不显示，不写为 3。
    #[schemars(title = "最小分组")]
    pub min_cell: Option<u32>,
}

/// To whom confidential fields are sealed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sealing {
    /// Public keys of those who may read them: `age1…` or `ssh-ed25519 …`; nothing is sealed while there are none.
    ///
    /// 可以阅读者的公钥：age1… 或 ssh-ed25519 …；不写则不加密。
    #[serde(default)]
    #[schemars(title = "收件人公钥")]
    pub recipients: Vec<String>,
}

/// Which rules are raised, lowered or left out.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// Rules, or groups of them, that are not checked.
    ///
    /// 不检查的规则或规则组。
    #[serde(default)]
    #[schemars(title = "不检查")]
    pub allow: Vec<String>,
    /// Rules, or groups of them, that only warn.
    ///
    /// 只警告的规则或规则组。
    #[serde(default)]
    #[schemars(title = "警告")]
    pub warn: Vec<String>,
    /// Rules, or groups of them, that are errors.
    ///
    /// 当作错误的规则或规则组。
    #[serde(default)]
    #[schemars(title = "错误")]
    pub deny: Vec<String>,
}

/// The school: profile, rules, duties, equipment, settings.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct School {
    /// The version of the format of the records; leave it as it is.
    ///
    /// 档案格式的版本，不用改。
    #[schemars(title = "格式版本")]
    pub format: NonZeroU32,
    /// What the school is.
    ///
    /// 学校概况。
    #[schemars(title = "学校")]
    pub school: Profile,
    /// The rules that the school set itself.
    ///
    /// 学校自定的制度。
    #[serde(default)]
    #[schemars(title = "制度")]
    pub policy: Policy,
    /// What the school bound itself to do.
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
    /// What the children's home lends.
    ///
    /// 留守儿童之家可借的器材图书。
    #[serde(default)]
    #[schemars(title = "器材")]
    pub equipment: Vec<Equipment>,
    /// How reports are written.
    ///
    /// 报告设置。
    #[serde(default)]
    #[schemars(title = "报告")]
    pub report: ReportSettings,
    /// To whom confidential fields are sealed.
    ///
    /// 保密字段加密给谁。
    #[serde(default)]
    #[schemars(title = "加密")]
    pub seal: Sealing,
    /// Which rules are raised, lowered or left out.
    ///
    /// 检查规则的调整。
    #[serde(default)]
    #[schemars(title = "检查")]
    pub validate: Levels,
}

impl School {
    /// The newest format of records that this version knows.
    pub const NEWEST_FORMAT: u32 = 1;

    /// What the fields of `cuncao.toml` are.
    pub fn shape() -> &'static Shape {
        shape::of::<School>()
    }

    /// Who counts as left-behind.
    pub fn definition(&self) -> Definition {
        self.policy.definition.unwrap_or(Definition::OneOrBothAway)
    }

    /// Days within which a visit is to be written down.
    pub fn record_within_days(&self) -> u32 {
        self.policy.record_within_days.unwrap_or(7)
    }

    /// Days within which each left-behind child is to be contacted, unless a duty asks for more.
    pub fn contact_within_days(&self) -> u32 {
        self.policy.contact_within_days.unwrap_or(30)
    }

    /// Minutes within which an incident is to be reported (五分钟报告制).
    pub fn incident_within_minutes(&self) -> u32 {
        self.policy.incident_within_minutes.unwrap_or(5)
    }

    /// Groups smaller than this are hidden in what goes outside.
    pub fn min_cell(&self) -> u32 {
        self.report.min_cell.unwrap_or(3)
    }

    /// The lowest and highest grade.
    pub fn grades(&self) -> (u8, u8) {
        let (first, last) = self.school.level.grades();
        (
            self.school.first_grade.unwrap_or(first),
            self.school.last_grade.unwrap_or(last),
        )
    }

    /// A class's grade on a day, where it has one.
    pub fn grade(&self, class: Class, day: NaiveDate) -> Option<u8> {
        let (first, last) = self.grades();
        class.grade(day, first, last)
    }

    /// A class's name on a day: 四（1）班.
    pub fn class_label(&self, class: Class, day: NaiveDate, lang: Lang) -> String {
        class_label(class, self.grade(class, day), self.school.level, lang)
    }

    /// A grade's name: 四年级.
    pub fn grade_label(&self, grade: u8, lang: Lang) -> String {
        grade_label(grade, self.school.level, lang)
    }

    /// The duty with an id.
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.duty.iter().find(|duty| duty.id == id)
    }
}

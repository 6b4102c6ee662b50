//! A child's file: 档案。

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::codes::codes;
use super::timeline::{self, Since};
use super::{
    Class, Confidential, Date, Id, Kind, KindInfo, Naming, Phone, Prose, Record, Ref, Step,
};
use crate::text::Text;

codes! {
    /// Gender.
    Gender {
        Male = "male", "男", "male";
        Female = "female", "女", "female";
    }
}

codes! {
    /// The calendar by which a birthday is kept.
    BirthdayCalendar {
        Solar = "solar", "公历", "solar";
        Lunar = "lunar", "农历", "lunar";
    }
}

codes! {
    /// The kind of household registration.
    Household {
        Rural = "rural", "农村户籍", "rural";
        Urban = "urban", "城镇户籍", "urban";
    }
}

codes! {
    /// Whether the child lives where it is registered.
    Mobility {
        Local = "local", "本地", "local";
        Migrant = "migrant", "流动", "migrant";
    }
}

codes! {
    /// Why a child is in difficulty.
    Hardship {
        Poverty = "poverty", "家庭贫困", "poverty";
        LowIncome = "low-income", "低保", "low income";
        ExtremePoverty = "extreme-poverty", "特困供养", "extreme poverty";
        RegisteredPoverty = "registered-poverty", "建档立卡", "registered poverty";
        Orphan = "orphan", "孤儿", "orphan";
        DeFactoUnattended = "de-facto-unattended", "事实无人抚养", "de facto unattended";
        Disabled = "disabled", "残疾", "disabled";
        SeriousIllness = "serious-illness", "重病", "serious illness";
        Harm = "harm", "受到侵害", "harm";
        SingleParent = "single-parent", "单亲", "single parent";
        ParentInCustody = "parent-in-custody", "父母服刑或戒毒", "parent in custody";
        Emergency = "emergency", "突发困境", "emergency";
        Other = "other", "其他", "other";
    }
}

codes! {
    /// Which parents are away.
    Away {
        Both = "both", "父母双方外出", "both";
        Father = "father", "父亲外出", "father";
        Mother = "mother", "母亲外出", "mother";
        None = "none", "无人外出", "none";
    }
}

codes! {
    /// Who looks after the child.
    GuardianshipKind {
        Grandparents = "grandparents", "祖辈监护", "grandparents";
        OneParent = "one-parent", "父母单方监护", "one parent";
        KinOrFriends = "kin-or-friends", "亲朋监护", "kin or friends";
        SingleParent = "single-parent", "单亲监护", "single parent";
        Orphan = "orphan", "孤儿", "orphan";
        Unattended = "unattended", "无人监护", "unattended";
        Institution = "institution", "机构监护", "institution";
    }
}

codes! {
    /// How well the child is looked after.
    GuardianshipQuality {
        Good = "good", "较好", "good";
        Fair = "fair", "一般", "fair";
        Poor = "poor", "差", "poor";
    }
}

codes! {
    /// Why a child left the school.
    LeftReason {
        Graduated = "graduated", "毕业", "graduated";
        Transferred = "transferred", "转学", "transferred";
        DroppedOut = "dropped-out", "辍学", "dropped out";
        Moved = "moved", "随父母外迁", "moved";
        Other = "other", "其他", "other";
    }
}

codes! {
    /// Which parent.
    ParentRelation {
        Father = "father", "父亲", "father";
        Mother = "mother", "母亲", "mother";
        StepFather = "step-father", "继父", "step-father";
        StepMother = "step-mother", "继母", "step-mother";
        Other = "other", "其他", "other";
    }
}

codes! {
    /// Where a parent is.
    ParentStatus {
        Home = "home", "在家", "at home";
        Away = "away", "外出务工", "away for work";
        Deceased = "deceased", "去世", "deceased";
        Missing = "missing", "失联", "missing";
        InCustody = "in-custody", "服刑在押", "in custody";
        InRehabilitation = "in-rehabilitation", "强制戒毒", "in rehabilitation";
        SeverelyDisabled = "severely-disabled", "重残", "severely disabled";
        SeverelyIll = "severely-ill", "重病", "severely ill";
        Left = "left", "离家", "left";
        DivorcedAway = "divorced-away", "离异不同住", "divorced, lives apart";
        Unknown = "unknown", "不详", "unknown";
    }
}

codes! {
    /// How often a parent is in touch.
    ContactFrequency {
        Daily = "daily", "每天", "daily";
        Weekly = "weekly", "每周", "weekly";
        Monthly = "monthly", "每月", "monthly";
        Rarely = "rarely", "很少", "rarely";
        None = "none", "无联系", "none";
    }
}

codes! {
    /// By what right the record is kept (个人信息保护法 art. 13, 31).
    ConsentBasis {
        Statutory = "statutory", "法定职责", "statutory duty";
        Consent = "consent", "监护人同意", "consent";
        Emergency = "emergency", "紧急情况", "emergency";
    }
}

codes! {
    /// What was consented to.
    ConsentScope {
        Records = "records", "建立档案", "records";
        Authority = "authority", "报送主管部门", "report to the authority";
        Sponsor = "sponsor", "提供给资助方", "give to sponsors";
        Photos = "photos", "拍摄影像", "photos";
        Publicity = "publicity", "宣传使用", "publicity";
    }
}

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

/// A child's file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Child {
    /// The child's name.
    ///
    /// 姓名。
    #[schemars(title = "姓名")]
    pub name: String,
    /// Gender.
    ///
    /// 性别。
    #[schemars(title = "性别")]
    pub gender: Gender,
    /// The day of birth, solar calendar.
    ///
    /// 出生日期（公历）。
    #[schemars(title = "出生日期")]
    pub birth_date: Date,
    /// The calendar by which the birthday is kept; solar unless said.
    ///
    /// 过公历还是农历生日，不写为公历。
    #[schemars(title = "生日历法")]
    pub birthday_calendar: Option<BirthdayCalendar>,
    /// Number of the pupil.
    ///
    /// 学籍号。
    #[schemars(title = "学籍号")]
    pub student_no: Option<String>,
    /// Number of the identity card (GB 11643).
    ///
    /// 身份证号。
    #[schemars(title = "身份证号")]
    pub id_number: Option<Confidential>,
    /// Ethnicity.
    ///
    /// 民族。
    #[schemars(title = "民族")]
    pub ethnicity: Option<String>,
    /// Kind of household registration.
    ///
    /// 户籍性质。
    #[schemars(title = "户籍")]
    pub household: Option<Household>,
    /// Whether the child lives where it is registered.
    ///
    /// 是否流动儿童。
    #[schemars(title = "流动情况")]
    pub mobility: Option<Mobility>,
    /// Where the child lives.
    ///
    /// 现住址。
    #[schemars(title = "住址")]
    pub address: Option<String>,
    /// The village.
    ///
    /// 村（社区）。
    #[schemars(title = "村（社区）")]
    pub village: Option<String>,
    /// The day on which the file was opened.
    ///
    /// 建档日期。
    #[schemars(title = "建档日期")]
    pub filed: Option<Date>,
    /// Why the child is in difficulty.
    ///
    /// 困境类型。
    #[serde(default)]
    #[schemars(title = "困境类型")]
    pub hardship: Vec<Hardship>,
    /// Brothers and sisters at the school.
    ///
    /// 在校兄弟姐妹（编号）。
    #[serde(default)]
    #[schemars(title = "兄弟姐妹")]
    pub siblings: Vec<Ref<Child>>,
    /// What the child wishes, in its own words.
    ///
    /// 孩子的心愿（原话）。
    #[schemars(title = "心愿")]
    pub wishes: Option<Prose>,
    /// Times as a child of special care.
    ///
    /// 列为重点帮扶对象的时段。
    #[serde(default)]
    #[schemars(title = "重点帮扶")]
    pub priority: Vec<Priority>,
    /// The class, as it changed.
    ///
    /// 就读班级及变动。
    #[serde(default)]
    #[schemars(title = "就读班级")]
    pub enrolment: Vec<ClassEntry>,
    /// The child's leaving the school.
    ///
    /// 离校。
    #[schemars(title = "离校")]
    pub left: Option<Left>,
    /// Who looks after the child, as it changed.
    ///
    /// 监护情况及变动。
    #[serde(default)]
    #[schemars(title = "监护情况")]
    pub guardianship: Vec<Guardianship>,
    /// The parents.
    ///
    /// 父母。
    #[serde(default)]
    #[schemars(title = "父母")]
    pub parents: Vec<Parent>,
    /// What the child is like.
    ///
    /// 成长情况。
    #[schemars(title = "成长情况")]
    pub profile: Option<Profile>,
    /// By what right the record is kept.
    ///
    /// 建档依据。
    #[schemars(title = "建档依据")]
    pub consent: Option<Consent>,
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

impl Child {
    /// The class and boarding on a day.
    pub fn class_on(&self, day: NaiveDate) -> Option<&ClassEntry> {
        timeline::as_of(&self.enrolment, day)
    }

    /// Who looks after the child on a day.
    pub fn guardianship_on(&self, day: NaiveDate) -> Option<&Guardianship> {
        timeline::as_of(&self.guardianship, day)
    }

    /// Whether the child is a pupil of the school on a day.
    pub fn is_enrolled(&self, day: NaiveDate) -> bool {
        let begun = self
            .enrolment
            .iter()
            .map(|entry| entry.since.0)
            .min()
            .is_none_or(|first| first <= day);
        begun && self.left.as_ref().is_none_or(|left| day < left.date.0)
    }

    /// Whether the child is one of special care on a day.
    pub fn is_priority(&self, day: NaiveDate) -> bool {
        self.priority
            .iter()
            .any(|entry| timeline::runs(Some(entry.since.0), entry.until.map(|until| until.0), day))
    }

    /// Full years of age on a day; of a child born on 29 February a year is full on 1 March of common
    /// years. Zero before birth.
    pub fn age_on(&self, day: NaiveDate) -> u32 {
        day.years_since(self.birth_date.0).unwrap_or(0)
    }

    /// Whether the child is left-behind on a day by a definition.
    ///
    /// The statutory one is that of 国发〔2016〕13号: under sixteen, of a rural household, and both parents
    /// away, or one away and the other not able to look after the child.
    pub fn is_left_behind(&self, day: NaiveDate, definition: Definition) -> bool {
        let Some(care) = self.guardianship_on(day).filter(|_| self.is_enrolled(day)) else {
            return false;
        };
        match definition {
            Definition::OneOrBothAway => care.away != Away::None,
            Definition::BothAway => care.away == Away::Both,
            Definition::Statutory => {
                self.age_on(day) < 16
                    && self.household != Some(Household::Urban)
                    && (care.away == Away::Both
                        || care.away != Away::None && !care.home_parent_capable())
            }
        }
    }
}

codes! {
    /// Who counts as left-behind.
    Definition {
        OneOrBothAway = "one-or-both-away", "父母一方或双方外出", "one or both parents away";
        BothAway = "both-away", "父母双方外出", "both parents away";
        Statutory = "statutory", "国发〔2016〕13号", "State Council 2016 No. 13";
    }
}

impl Record for Child {
    const KIND: Kind = Kind::Child;
    const INFO: KindInfo = KindInfo {
        name: "child",
        folder: "children",
        label: Text {
            zh: "儿童",
            en: "child",
        },
        naming: Naming::Person('c'),
        day_field: None,
    };

    fn day(&self) -> Option<NaiveDate> {
        None
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        for (at, reference) in self.siblings.iter().enumerate() {
            visit(&[Step::Key("siblings"), Step::Index(at)], reference.id());
        }
    }
}

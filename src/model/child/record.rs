//! A child's file: 档案。

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::codes::*;
use super::tables::*;
use crate::model::calendar::BirthdayCalendar;
use crate::model::timeline;
use crate::model::{
    Caption, Confidential, Date, FieldPath, Id, Kind, KindInfo, Lasts, Prose, Record, Ref,
    Reversed, Step,
};
use crate::text::Text;

/// A child's file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Child {
    /// The child's name.
    ///
    /// 姓名。
    #[schemars(title = "姓名", extend("x-personal" = "name"))]
    pub name: String,
    /// Gender.
    ///
    /// 性别。
    #[schemars(title = "性别")]
    pub gender: Gender,
    /// The date of birth, solar calendar.
    ///
    /// 出生日期（公历）。
    #[schemars(title = "出生日期")]
    pub birth_date: Date,
    /// The calendar in which the birthday is kept; solar by default.
    ///
    /// 过公历还是农历生日，不写为公历。
    #[schemars(title = "生日历法")]
    pub birthday_calendar: Option<BirthdayCalendar>,
    /// The number in the national pupil register.
    ///
    /// 全国学籍号。
    #[schemars(title = "学籍号", extend("x-personal" = "number"))]
    pub student_no: Option<String>,
    /// The identity card number (GB 11643); never required.
    ///
    /// 身份证号。能不写就不写，没有它一切照常。
    #[schemars(title = "身份证号", extend("x-personal" = "number"))]
    pub id_number: Option<Confidential>,
    /// Ethnicity, such as Han or Miao.
    ///
    /// 民族，如汉族、苗族。
    #[schemars(title = "民族", extend("x-personal" = "no"))]
    pub ethnicity: Option<String>,
    /// Whether the household is registered as rural or urban.
    ///
    /// 农村户籍还是城镇户籍。
    #[schemars(title = "户籍")]
    pub household: Option<Household>,
    /// Whether the child lives where it is registered, or came with migrating parents.
    ///
    /// 户籍在本地，还是随父母流动来的。
    #[schemars(title = "流动情况")]
    pub mobility: Option<Mobility>,
    /// Whether the child is entered in a household register.
    ///
    /// 是否登记户口。
    #[schemars(title = "户口登记")]
    pub registered: Option<bool>,
    /// Where the household is registered.
    ///
    /// 户籍地。
    #[schemars(title = "户籍地", extend("x-personal" = "address"))]
    pub domicile: Option<String>,
    /// Where the child lives.
    ///
    /// 现住址。
    #[schemars(title = "住址", extend("x-personal" = "address"))]
    pub address: Option<String>,
    /// The village or community; figures can be split by it.
    ///
    /// 村或社区，可以按它分组统计。
    #[schemars(title = "村（社区）", extend("x-personal" = "place"))]
    pub village: Option<String>,
    /// The day on which the file was opened; without it the child does not count as filed.
    ///
    /// 建档日期，写了才算已建档。
    #[schemars(title = "建档日期")]
    pub filed: Option<Date>,
    /// The kinds of hardship; several are possible.
    ///
    /// 困境情形，可以有几种。
    #[serde(default)]
    #[schemars(title = "困境类型")]
    pub hardship: Vec<Hardship>,
    /// The child's school attendance, as the official form asks for it.
    ///
    /// 就学情况（登记表用）。
    #[schemars(title = "就学情况")]
    pub schooling: Option<Schooling>,
    /// The sources of family income; several are possible.
    ///
    /// 家庭经济来源，可以有几种。
    #[serde(default)]
    #[schemars(title = "经济来源")]
    pub income: Vec<Income>,
    /// The public relief that the family receives; several kinds are possible.
    ///
    /// 享受的救助，可以有几种。
    #[serde(default)]
    #[schemars(title = "救助")]
    pub relief: Vec<Relief>,
    /// The disability as stated on the disability certificate.
    ///
    /// 残疾证上的类别和等级。
    #[schemars(title = "残疾")]
    pub disability: Option<Disability>,
    /// The child's illness.
    ///
    /// 患什么病。
    #[schemars(title = "患病", extend("x-personal" = "health"))]
    pub illness: Option<Prose>,
    /// Brothers and sisters at the school.
    ///
    /// 在校兄弟姐妹（编号）。
    #[serde(default)]
    #[schemars(title = "兄弟姐妹")]
    pub siblings: Vec<Ref<Child>>,
    /// The child's wishes, in its own words.
    ///
    /// 孩子的心愿（原话）。
    #[schemars(title = "心愿")]
    pub wishes: Option<Prose>,
    /// The periods in which the child had special care.
    ///
    /// 列为重点帮扶对象的时段。
    #[serde(default)]
    #[schemars(title = "重点帮扶")]
    pub priority: Vec<Priority>,
    /// The class; add an entry for each change.
    ///
    /// 就读班级，每变动一次加一段。
    #[serde(default)]
    #[schemars(title = "就读班级")]
    pub enrolment: Vec<ClassEntry>,
    /// When and why the child left the school.
    ///
    /// 离校的日期和原因。
    #[schemars(title = "离校")]
    pub left: Option<Left>,
    /// Who looks after the child; add an entry for each change.
    ///
    /// 由谁监护、谁外出，每变动一次加一段。
    #[serde(default)]
    #[schemars(title = "监护情况")]
    pub guardianship: Vec<Guardianship>,
    /// The parents, one entry each.
    ///
    /// 父母，一人一段。
    #[serde(default)]
    #[schemars(title = "父母")]
    pub parents: Vec<Parent>,
    /// How often an absent parent is in touch, from a day on; add an entry for each change.
    ///
    /// 外出的父母多久联系一次孩子，每变动一次加一段。
    #[serde(default)]
    #[schemars(title = "亲子联系")]
    pub contact: Vec<Contact>,
    /// The child's development and character.
    ///
    /// 成长情况。
    #[schemars(title = "成长情况")]
    pub profile: Option<Profile>,
    /// The legal basis on which the school keeps this file.
    ///
    /// 学校凭什么保存这份档案：法定职责，或监护人同意。
    #[schemars(title = "建档依据")]
    pub consent: Option<Consent>,
}

impl Child {
    /// Returns the entry for class and boarding that applies on a day.
    pub fn class_on(&self, day: NaiveDate) -> Option<&ClassEntry> {
        timeline::as_of(&self.enrolment, day)
    }

    /// Returns the names of the guardians, earlier ones included, and of the parents.
    pub fn family_names(&self) -> impl Iterator<Item = &str> {
        self.family().filter_map(|(name, _)| name)
    }

    /// Returns the phone numbers of the guardians, earlier ones included, and of the parents.
    pub fn family_phones(&self) -> impl Iterator<Item = &str> {
        self.family().filter_map(|(_, phone)| phone)
    }

    fn family(&self) -> impl Iterator<Item = (Option<&str>, Option<&str>)> {
        let guardians = self.guardianship.iter();
        let guardians = guardians.filter_map(|entry| entry.guardian.as_ref());
        let guardians = guardians.map(|one| (one.name.as_deref(), one.phone.as_deref()));
        let parents = self.parents.iter();
        guardians.chain(parents.map(|one| (one.name.as_deref(), one.phone.as_deref())))
    }

    /// Returns the guardianship that applies on a day.
    pub fn guardianship_on(&self, day: NaiveDate) -> Option<&Guardianship> {
        timeline::as_of(&self.guardianship, day)
    }

    /// Whether the child is a pupil of the school on a day.
    pub fn is_enrolled(&self, day: NaiveDate) -> bool {
        let has_begun = self.enrolment.is_empty() || self.class_on(day).is_some();
        has_begun && self.left_by(day).is_none()
    }

    /// Returns the day of leaving, if the child has left by a day and has not come back since.
    pub fn left_by(&self, day: NaiveDate) -> Option<Date> {
        let entry = self.class_on(day);
        let from_class = entry.and_then(|entry| entry.left);
        let from_school = self.left.as_ref().map(|left| left.date);
        // A later class entry means that the child came back.
        let from_school = from_school.filter(|left| entry.is_none_or(|entry| entry.since <= *left));
        let reached = [from_class, from_school].into_iter().flatten();
        reached.filter(|left| left.0 <= day).min()
    }

    /// Returns how often an absent parent is in touch as of a day; without a dated entry, by the field `contact` of the
    /// parent.
    pub fn contact_on(&self, parent: ContactParent, day: NaiveDate) -> Option<ContactFrequency> {
        let is_meant = |entry: &&Contact| {
            entry.since.0 <= day && (entry.parent == parent || entry.parent == ContactParent::Both)
        };
        let entries = self.contact.iter().filter(is_meant);
        let newest = entries
            .max_by_key(|entry| entry.since)
            .map(|entry| entry.frequency);
        newest.or_else(|| {
            let relation = match parent {
                ContactParent::Father => ParentRelation::Father,
                ContactParent::Mother => ParentRelation::Mother,
                ContactParent::Both => return None,
            };
            let parent = self
                .parents
                .iter()
                .find(|parent| parent.relation == relation);
            parent?.contact
        })
    }

    /// Whether the child has special care on a day.
    pub fn is_priority(&self, day: NaiveDate) -> bool {
        self.priority
            .iter()
            .any(|entry| timeline::runs(Some(entry.since.0), entry.until.map(|until| until.0), day))
    }

    /// Returns the age in full years on a day, zero before birth. Someone born on 29 February completes a year on 1
    /// March in common years.
    pub fn age_on(&self, day: NaiveDate) -> u32 {
        day.years_since(self.birth_date.0).unwrap_or(0)
    }

    /// Whether the child is left-behind on a day by a definition.
    ///
    /// The statutory definition is that of 国发〔2016〕13号: under sixteen, of a rural household, with both parents away, or
    /// one away and the other not able to look after the child.
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

impl Record for Child {
    const KIND: Kind = Kind::Child;
    const INFO: KindInfo = KindInfo {
        label: Text::new("儿童", "child"),
        day_field: None,
        made_field: Some("filed"),
        lasts: Lasts::Never,
        is_of_children: false,
        columns: &[
            "name",
            "gender",
            "age",
            "class",
            "guardianship.kind",
            "guardianship.away",
            "village",
        ],
        headline: &["name"],
        sample: include_str!("../../../records-template/samples/child.toml"),
    };

    const SAME_BY: &'static [&'static [&'static str]] = &[&["name", "birth_date"], &["id_number"]];

    fn day(&self) -> Option<NaiveDate> {
        None
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        for (at, reference) in self.siblings.iter().enumerate() {
            visit(&[Step::key("siblings"), Step::Index(at)], reference.id());
        }
    }

    fn caption(&self) -> Caption<'_> {
        Caption::Text(&self.name)
    }

    fn is_present(&self, day: NaiveDate) -> bool {
        self.is_enrolled(day)
    }

    fn reversed(&self) -> Vec<Reversed> {
        let priority = self.priority.iter().enumerate().filter_map(|(at, entry)| {
            let field = FieldPath::key("priority").at(at).then("until");
            Reversed::of(field, entry.until, "since", entry.since)
        });
        let entered = self.enrolment.iter().map(|entry| entry.since).min();
        let left = self.left.as_ref().zip(entered).and_then(|(left, entered)| {
            let field = FieldPath::key("left").then("date");
            Reversed::of(field, Some(left.date), "enrolment", entered)
        });
        priority.chain(left).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(more: &str) -> Child {
        let text = format!(
            "name = \"张小明\"\ngender = \"male\"\nbirth_date = 2015-03-02\n{more}\n\
             [[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n"
        );
        toml::from_str(&text).unwrap()
    }

    /// Returns on which of some days the child is left-behind.
    fn left_behind(child: &Child, days: &[&str]) -> String {
        let is_on =
            |day: &&str| child.is_left_behind(day.parse().unwrap(), Definition::OneOrBothAway);
        days.iter()
            .map(|day| if is_on(day) { '+' } else { '-' })
            .collect()
    }

    #[test]
    fn a_child_that_came_back_was_away_between() {
        // The date of leaving stands in the class entry that it ended.
        let moved = child(
            r#"
            enrolment = [
                { since = 2022-09-01, class = "2022-1", left = 2024-03-01, reason = "transferred" },
                { since = 2025-02-20, class = "2022-2" },
            ]"#,
        );
        // It stands in `left`, and a later class entry means that the child came back.
        let plain = child(
            r#"
            enrolment = [
                { since = 2022-09-01, class = "2022-1" },
                { since = 2025-02-20, class = "2022-2" },
            ]
            left = { date = 2024-03-01, reason = "transferred" }"#,
        );
        let days = [
            "2022-08-31",
            "2024-02-29",
            "2024-03-01",
            "2025-02-19",
            "2025-02-20",
        ];
        for child in [moved, plain] {
            assert_eq!(left_behind(&child, &days), "-+--+");
            let left = child.left_by("2024-12-01".parse().unwrap());
            assert_eq!(left.unwrap().to_string(), "2024-03-01");
        }
    }

    #[test]
    fn leaving_on_or_after_the_last_entry_is_for_good() {
        let days = ["2025-02-19", "2025-02-20", "2026-01-01"];
        let same_day = child(
            r#"
            enrolment = [{ since = 2025-02-20, class = "2022-2" }]
            left = { date = 2025-02-20, reason = "moved" }"#,
        );
        assert_eq!(left_behind(&same_day, &days), "---");
        let without_entry = child(r#"left = { date = 2025-02-20, reason = "moved" }"#);
        assert_eq!(left_behind(&without_entry, &days), "+--");
    }

    #[test]
    fn the_newest_contact_entry_applies() {
        let child = child(
            r#"
            parents = [{ relation = "father", contact = "monthly" }]
            contact = [
                { since = 2025-03-01, parent = "both", frequency = "weekly" },
                { since = 2025-10-01, parent = "father", frequency = "rarely" },
            ]"#,
        );
        let on = |parent, day: &str| {
            let frequency = child.contact_on(parent, day.parse().unwrap());
            frequency.map(crate::model::Code::code)
        };
        let (father, mother) = (ContactParent::Father, ContactParent::Mother);
        assert_eq!(on(father, "2025-02-28"), Some("monthly"));
        assert_eq!(on(mother, "2025-02-28"), None);
        assert_eq!(on(mother, "2025-03-01"), Some("weekly"));
        assert_eq!(on(father, "2025-09-30"), Some("weekly"));
        assert_eq!(on(father, "2025-10-01"), Some("rarely"));
    }
}

//! Helpers (帮扶人): teachers, volunteers, officials, pupils and others who care for children.

use chrono::{Months, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::child::Gender;
use super::codes::codes;
use super::{
    Caption, Class, Date, FieldPath, Id, Kind, KindInfo, Lasts, Phone, Prose, Record, Reversed,
    Step, timeline,
};
use crate::text::Text;

codes! {
    /// The role of a helper.
    HelperRole {
        Teacher = "teacher", "教师", "teacher";
        HeadTeacher = "head-teacher", "班主任", "head teacher";
        Counsellor = "counsellor", "爱心辅导员", "counsellor";
        Leader = "leader", "学校领导", "school leader";
        Volunteer = "volunteer", "志愿者", "volunteer";
        ProxyParent = "proxy-parent", "代理家长", "proxy parent";
        Official = "official", "干部", "official";
        Pupil = "pupil", "同学", "pupil";
        Donor = "donor", "捐助人", "donor";
    }
}

impl HelperRole {
    /// Whether the role means work with children, which requires a yearly check of criminal records (未成年人保护法第六十二条).
    pub fn is_with_children(self) -> bool {
        match self {
            HelperRole::Teacher
            | HelperRole::HeadTeacher
            | HelperRole::Counsellor
            | HelperRole::Leader
            | HelperRole::Volunteer
            | HelperRole::ProxyParent => true,
            HelperRole::Official | HelperRole::Pupil | HelperRole::Donor => false,
        }
    }
}

/// Returns the earliest day on which a check of a helper is still valid today.
pub fn oldest_check(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(Months::new(12)).unwrap_or(today)
}

/// A person who cares for children.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Helper {
    /// The helper's name.
    ///
    /// 姓名。
    #[schemars(title = "姓名", extend("x-personal" = "name"))]
    pub name: String,
    /// The helper's role: teacher, volunteer, proxy parent.
    ///
    /// 身份：教师、志愿者、代理家长等。
    #[schemars(title = "身份")]
    pub role: HelperRole,
    /// The organisation of a helper from outside the school.
    ///
    /// 校外帮扶人的单位。
    #[schemars(title = "单位", extend("x-personal" = "no"))]
    pub organisation: Option<String>,
    /// Phone number.
    ///
    /// 电话。
    #[schemars(title = "电话")]
    pub phone: Option<Phone>,
    /// Gender.
    ///
    /// 性别。
    #[schemars(title = "性别")]
    pub gender: Option<Gender>,
    /// The class of a pupil, or that of a head teacher.
    ///
    /// 学生所在班级，或班主任所带班级。
    #[schemars(title = "班级")]
    pub class: Option<Class>,
    /// The first day as a helper.
    ///
    /// 开始帮扶的日期。
    #[schemars(title = "开始日期")]
    pub since: Option<Date>,
    /// The last day as a helper.
    ///
    /// 结束帮扶的日期，当天仍算。
    #[schemars(title = "结束日期", extend("x-role" = "closing"))]
    pub until: Option<Date>,
    /// The day of the last yearly check for criminal records.
    ///
    /// 最近一次查询违法犯罪记录的日期，每年一次。
    #[schemars(title = "核查日期")]
    pub checked: Option<Date>,
    /// Further remarks.
    ///
    /// 备注。
    #[schemars(title = "备注")]
    pub note: Option<Prose>,
}

impl Helper {
    /// Whether the helper is active on a day.
    pub fn is_active(&self, day: NaiveDate) -> bool {
        timeline::runs(
            self.since.map(|since| since.0),
            self.until.map(|until| until.0),
            day,
        )
    }
}

impl Record for Helper {
    const KIND: Kind = Kind::Helper;
    const INFO: KindInfo = KindInfo {
        label: Text::new("帮扶人", "helper"),
        day_field: None,
        made_field: None,
        lasts: Lasts::Never,
        is_of_children: false,
        columns: &["name", "role", "organisation", "class", "phone", "since"],
        headline: &["name"],
        sample: include_str!("../../records-template/samples/helper.toml"),
    };

    const SAME_BY: &'static [&'static [&'static str]] = &[&["name"]];

    fn day(&self) -> Option<NaiveDate> {
        None
    }

    fn references(&self, _: &mut dyn FnMut(&[Step], Id)) {}

    fn caption(&self) -> Caption<'_> {
        Caption::Text(&self.name)
    }

    fn is_present(&self, day: NaiveDate) -> bool {
        self.is_active(day)
    }

    fn reversed(&self) -> Vec<Reversed> {
        let until = FieldPath::key("until");
        let reversed = self
            .since
            .and_then(|since| Reversed::of(until, self.until, "since", since));
        reversed.into_iter().collect()
    }
}

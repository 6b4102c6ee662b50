//! Pairings of a child and a helper: 结对帮扶。

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::child::Child;
use super::codes::codes;
use super::helper::Helper;
use super::{
    Caption, Date, FieldPath, Id, Kind, KindInfo, Lasts, Prose, Record, Ref, Reversed, Step,
    timeline,
};
use crate::text::Text;

codes! {
    /// The role of the helper in a pairing.
    PairingRole {
        Teacher = "teacher", "教师结对", "teacher";
        ProxyParent = "proxy-parent", "代理家长", "proxy parent";
        Counsellor = "counsellor", "爱心辅导员", "counsellor";
        Volunteer = "volunteer", "志愿者", "volunteer";
        Peer = "peer", "同伴", "peer";
        Official = "official", "干部", "official";
    }
}

/// A pairing of a child and a helper.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pairing {
    /// The child.
    ///
    /// 儿童（编号）。
    #[schemars(title = "儿童")]
    pub child: Ref<Child>,
    /// The helper.
    ///
    /// 帮扶人（编号）。
    #[schemars(title = "帮扶人")]
    pub helper: Ref<Helper>,
    /// The role in which the helper is paired with the child.
    ///
    /// 以什么身份结对。
    #[schemars(title = "结对方式")]
    pub role: PairingRole,
    /// The first day of the pairing.
    ///
    /// 从哪一天起结对。
    #[schemars(title = "开始日期")]
    pub since: Date,
    /// The last day of the pairing, which still counts.
    ///
    /// 到哪一天为止，当天仍算。
    #[schemars(title = "结束日期", extend("x-role" = "closing"))]
    pub until: Option<Date>,
    /// Why the pairing ended.
    ///
    /// 为什么结束。
    #[schemars(title = "结束原因")]
    pub reason: Option<Prose>,
    /// The goal of the pairing.
    ///
    /// 想帮孩子做到什么。
    #[schemars(title = "目标")]
    pub goal: Option<Prose>,
}

impl Pairing {
    /// Whether the pairing is running on a day.
    pub fn runs(&self, day: NaiveDate) -> bool {
        timeline::runs(Some(self.since.0), self.until.map(|until| until.0), day)
    }
}

impl Record for Pairing {
    const KIND: Kind = Kind::Pairing;
    const INFO: KindInfo = KindInfo {
        label: Text::new("结对", "pairing"),
        day_field: Some("since"),
        made_field: None,
        lasts: Lasts::Always,
        is_of_children: true,
        columns: &["child", "helper", "role", "since", "until"],
        headline: &["role", "helper"],
        sample: include_str!("../../records-template/samples/pairing.toml"),
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.since.0)
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        visit(&[Step::key("child")], self.child.id());
        visit(&[Step::key("helper")], self.helper.id());
    }

    fn caption(&self) -> Caption<'_> {
        Caption::Pair(self.child.id(), self.helper.id())
    }

    fn is_present(&self, day: NaiveDate) -> bool {
        self.runs(day)
    }

    fn period(&self) -> Option<(NaiveDate, Option<NaiveDate>)> {
        Some((self.since.0, self.until.map(|until| until.0)))
    }

    fn reversed(&self) -> Vec<Reversed> {
        let reversed = Reversed::of(FieldPath::key("until"), self.until, "since", self.since);
        reversed.into_iter().collect()
    }
}

//! Follow-ups of a visit, an activity, an assessment or an incident.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Date, Prose, Step, id};

/// A task with a due date.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// The task.
    ///
    /// 要做什么。
    #[schemars(title = "事项", extend("x-role" = "identity"))]
    pub what: Prose,
    /// The due date.
    ///
    /// 最迟哪一天完成。
    #[schemars(title = "期限")]
    pub due: Date,
    /// Who is responsible: the id of a helper, or a name.
    ///
    /// 由谁负责：帮扶人编号或姓名。
    #[schemars(title = "负责人", extend("x-personal" = "name"))]
    pub who: Option<String>,
    /// The organisation that the child was referred to.
    ///
    /// 转介给哪个单位。
    #[schemars(title = "转介单位", extend("x-personal" = "no"))]
    pub to: Option<String>,
    /// The day on which the referral was sent.
    ///
    /// 转介送出的日期。
    #[schemars(title = "转介日期")]
    pub sent: Option<Date>,
    /// The day on which the organisation accepted the referral.
    ///
    /// 对方受理的日期。
    #[schemars(title = "受理日期")]
    pub accepted: Option<Date>,
    /// The day on which the organisation declined the referral; the follow-up stays open.
    ///
    /// 对方不予受理的日期；事项仍未了结，要另想办法。
    #[schemars(title = "退回日期")]
    pub refused: Option<Date>,
    /// The day on which it was done.
    ///
    /// 完成日期。
    #[schemars(title = "完成日期", extend("x-role" = "closing"))]
    pub done: Option<Date>,
    /// The outcome.
    ///
    /// 结果。
    #[schemars(title = "结果")]
    pub outcome: Option<Prose>,
}

impl FollowUp {
    /// Whether it was done on or before a day.
    pub fn is_done_by(&self, day: NaiveDate) -> bool {
        self.done.is_some_and(|done| done.0 <= day)
    }
}

/// Calls `visit` with each helper id in the field `who` of a list of follow-ups.
pub(crate) fn references(list: &[FollowUp], visit: &mut dyn FnMut(&[Step], super::Id)) {
    for (at, follow_up) in list.iter().enumerate() {
        id::reference_in_name(
            follow_up.who.as_deref(),
            &[Step::key("follow_up"), Step::Index(at), Step::key("who")],
            visit,
        );
    }
}

//! Assessments of children: 摸底、测评。

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::child::Child;
use super::codes::codes;
use super::helper::Helper;
pub use super::risk::Risk;
use super::{
    Caption, Code, Confidential, Date, Few, FollowUp, Id, Kind, KindInfo, Lasts, Prose, Record,
    Ref, Step, follow_up,
};
use crate::text::Text;

codes! {
    /// A rating in one dimension, best first.
    Rating {
        Good = "good", "良好", "good";
        Fair = "fair", "一般", "fair";
        Concern = "concern", "需关注", "of concern";
        Urgent = "urgent", "急需干预", "urgent";
    }
}

codes! {
    /// What a child lacks (五缺、亲情缺失、沟通缺少).
    Lack {
        Care = "care", "生活上缺照顾", "care";
        Discipline = "discipline", "行为上缺管教", "discipline";
        Tutoring = "tutoring", "学习上缺辅导", "tutoring";
        Guidance = "guidance", "思想道德上缺约束", "guidance";
        Protection = "protection", "安全上缺保障", "protection";
        Affection = "affection", "亲情缺失", "affection";
        Communication = "communication", "沟通缺少", "communication";
    }
}

codes! {
    /// A dimension of an assessment.
    Dimension {
        Study = "study", "学习", "study";
        Life = "life", "生活", "life";
        Psychology = "psychology", "心理", "psychology";
        Safety = "safety", "安全", "safety";
        Health = "health", "健康", "health";
        Conduct = "conduct", "品行", "conduct";
    }
}

/// An assessment of a child.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The day of the assessment.
    ///
    /// 测评日期。
    #[schemars(title = "日期")]
    pub date: Date,
    /// The child.
    ///
    /// 儿童（编号）。
    #[schemars(title = "儿童")]
    pub child: Ref<Child>,
    /// The helper who assessed.
    ///
    /// 测评人（帮扶人编号）。
    #[schemars(title = "测评人")]
    pub by: Ref<Helper>,
    /// How the child does at school.
    ///
    /// 学习情况。
    #[schemars(title = "学习")]
    pub study: Option<Rating>,
    /// How the child gets on in daily life.
    ///
    /// 生活情况。
    #[schemars(title = "生活")]
    pub life: Option<Rating>,
    /// The child's mental health and mood.
    ///
    /// 心理情况。
    #[schemars(title = "心理")]
    pub psychology: Option<Rating>,
    /// How safe the child is.
    ///
    /// 安全情况。
    #[schemars(title = "安全")]
    pub safety: Option<Rating>,
    /// How healthy the child is.
    ///
    /// 健康情况。
    #[schemars(title = "健康")]
    pub health: Option<Rating>,
    /// How the child behaves.
    ///
    /// 品行情况。
    #[schemars(title = "品行")]
    pub conduct: Option<Rating>,
    /// The overall level of risk.
    ///
    /// 总的风险有多高。
    #[schemars(title = "风险")]
    pub risk: Option<Risk>,
    /// What the child lacks; several are possible.
    ///
    /// 孩子缺什么，可以有几项。
    #[serde(default)]
    #[schemars(title = "缺失")]
    pub lacks: Few<Lack, 16>,
    /// The assessment in words.
    ///
    /// 评语。
    #[schemars(title = "评语")]
    pub summary: Option<Prose>,
    /// Confidential notes, shown only on request.
    ///
    /// 不随一般输出显示的内容。
    #[schemars(title = "保密内容")]
    pub confidential: Option<Confidential>,
    /// Follow-ups.
    ///
    /// 之后要做的事。
    #[serde(default)]
    #[schemars(title = "跟进")]
    pub follow_up: Vec<FollowUp>,
}

impl Assessment {
    /// Returns the rating in a dimension, if it was rated.
    pub fn rating(&self, dimension: Dimension) -> Option<Rating> {
        match dimension {
            Dimension::Study => self.study,
            Dimension::Life => self.life,
            Dimension::Psychology => self.psychology,
            Dimension::Safety => self.safety,
            Dimension::Health => self.health,
            Dimension::Conduct => self.conduct,
        }
    }

    /// Returns the change since an earlier assessment: the sum of the steps between ratings over the dimensions that
    /// both rate, negative for better. None where they share no dimension.
    pub fn change_since(&self, earlier: &Assessment) -> Option<i32> {
        let steps = Dimension::ALL.iter().filter_map(|dimension| {
            Some(self.rating(*dimension)? as i32 - earlier.rating(*dimension)? as i32)
        });
        steps.fold(None, |sum, step| Some(sum.unwrap_or(0) + step))
    }
}

impl Record for Assessment {
    const KIND: Kind = Kind::Assessment;
    const INFO: KindInfo = KindInfo {
        label: Text::new("测评", "assessment"),
        day_field: Some("date"),
        made_field: None,
        lasts: Lasts::Always,
        is_of_children: true,
        columns: &["date", "child", "by", "risk", "summary"],
        headline: &["risk", "summary"],
        sample: include_str!("../../records-template/samples/assessment.toml"),
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.date.0)
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        visit(&[Step::key("child")], self.child.id());
        visit(&[Step::key("by")], self.by.id());
        follow_up::references(&self.follow_up, visit);
    }

    fn stated_risk(&self) -> Option<Risk> {
        self.risk
    }

    fn follow_ups(&self) -> &[FollowUp] {
        &self.follow_up
    }

    fn caption(&self) -> Caption<'_> {
        Caption::Person(self.by.id())
    }

    fn confidential(&self) -> Option<&str> {
        self.confidential.as_deref()
    }
}

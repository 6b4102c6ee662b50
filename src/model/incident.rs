//! Incidents, and the time until they were reported: 五分钟报告.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::child::Child;
use super::codes::codes;
use super::helper::Helper;
use super::{
    Caption, Code, Confidential, Date, DateTime, Few, FieldPath, FollowUp, Id, Kind, KindInfo,
    Lasts, Money, Prose, Record, Ref, Reversed, Step, follow_up,
};
use crate::text::Text;

codes! {
    /// The kind of incident.
    IncidentKind {
        Injury = "injury", "受伤", "injury";
        Illness = "illness", "生病", "illness";
        Missing = "missing", "失联", "missing";
        Bullying = "bullying", "欺凌", "bullying";
        Abuse = "abuse", "侵害", "abuse";
        Neglect = "neglect", "监护缺失", "neglect";
        SelfHarm = "self-harm", "自伤", "self-harm";
        Truancy = "truancy", "旷课", "truancy";
        Traffic = "traffic", "交通", "traffic";
        DrowningRisk = "drowning-risk", "溺水隐患", "risk of drowning";
        Other = "other", "其他", "other";
    }
}

impl IncidentKind {
    /// Whether the law requires an immediate report to the police, civil affairs or education authorities (未成年人保护法 art.
    /// 11; 高检发〔2020〕9号).
    pub fn must_be_reported(self) -> bool {
        matches!(
            self,
            IncidentKind::Abuse | IncidentKind::Neglect | IncidentKind::SelfHarm
        )
    }
}

codes! {
    /// The nine situations that must be reported, in the order of 高检发〔2020〕9号 art. 4.
    Situation {
        UnusualInjury = "unusual-injury", "生殖器官或隐私部位遭受或疑似遭受非正常损伤", "unusual injury of private parts";
        SexualUnder14 = "sexual-under-14", "不满十四周岁女性遭受或疑似遭受性侵害、怀孕、流产", "sexual abuse or pregnancy of a girl under 14";
        Sexual14AndOver = "sexual-14-and-over", "十四周岁以上女性遭受或疑似遭受性侵害所致怀孕、流产", "pregnancy from sexual abuse at 14 or over";
        Maltreatment = "maltreatment", "身体多处损伤、严重营养不良、意识不清，遭受或疑似遭受家庭暴力、欺凌、虐待、殴打或麻醉", "maltreatment: violence, bullying, beating, drugging";
        SuicidePoisoningDisability = "suicide-poisoning-disability", "因自杀、自残、工伤、中毒、被麻醉、殴打等非正常原因伤残、死亡", "suicide, self-harm, poisoning, disability or death from unnatural causes";
        Abandoned = "abandoned", "被遗弃或长期无人照料", "abandoned or long without care";
        UnknownOriginMissingTrafficked = "unknown-origin-missing-trafficked", "来源不明、失踪或者被拐卖、收买", "of unknown origin, missing or trafficked";
        OrganisedBegging = "organised-begging", "被组织乞讨", "organised begging";
        OtherHarm = "other-harm", "其他严重侵害身心健康或者面临此危险", "other serious harm or danger of it";
    }
}

codes! {
    /// Who paid.
    Payer {
        School = "school", "学校", "school";
        Teacher = "teacher", "教师垫付", "teacher";
        Family = "family", "家庭", "family";
        Fund = "fund", "慰问金", "the school's fund";
    }
}

/// An incident.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// When it was discovered, local time.
    ///
    /// 发现时间（当地）。
    #[schemars(title = "发现时间")]
    pub discovered: DateTime,
    /// When it was reported, local time.
    ///
    /// 报告时间（当地）。
    #[schemars(title = "报告时间")]
    pub reported: Option<DateTime>,
    /// The kind of incident.
    ///
    /// 属于哪一类事件。
    #[schemars(title = "类别")]
    pub kind: IncidentKind,
    /// The children concerned.
    ///
    /// 涉及的儿童（编号）。
    #[schemars(title = "儿童")]
    pub children: Few<Ref<Child>, 2>,
    /// Who discovered or reported it.
    ///
    /// 发现或报告的人（帮扶人编号）。
    #[schemars(title = "报告人")]
    pub by: Ref<Helper>,
    /// To whom it was reported, such as the headmaster or the police.
    ///
    /// 向谁报告了，如校长、派出所。
    #[serde(default)]
    #[schemars(title = "报告对象", extend("x-personal" = "no"))]
    pub reported_to: Vec<String>,
    /// When the guardian was informed.
    ///
    /// 告知监护人的时间。
    #[schemars(title = "告知监护人")]
    pub guardian_told: Option<DateTime>,
    /// Where the child was taken, such as a hospital.
    ///
    /// 送到了哪里，如卫生院。
    #[schemars(title = "送往", extend("x-personal" = "no"))]
    pub taken_to: Option<String>,
    /// What it cost, in yuan.
    ///
    /// 费用，元。
    #[schemars(title = "费用")]
    pub cost: Option<Money>,
    /// Who paid.
    ///
    /// 费用由谁付。
    #[schemars(title = "付费")]
    pub payer: Option<Payer>,
    /// What happened and what was done.
    ///
    /// 经过与处置。
    #[schemars(title = "情况记录")]
    pub summary: Prose,
    /// Confidential notes, shown only on request.
    ///
    /// 不随一般输出显示的内容。
    #[schemars(title = "保密内容")]
    pub confidential: Option<Confidential>,
    /// How it was handled afterwards.
    ///
    /// 后来怎样处理。
    #[schemars(title = "处理")]
    pub handling: Option<Prose>,
    /// The finding on responsibility.
    ///
    /// 责任怎样认定。
    #[schemars(title = "责任认定")]
    pub responsibility: Option<Prose>,
    /// The day on which it was closed; an incident without one is open.
    ///
    /// 办结日期，不写就是还没有办结。
    #[schemars(title = "办结日期", extend("x-role" = "closing"))]
    pub closed: Option<Date>,
    /// Which of the nine situations with a legal duty to report.
    ///
    /// 属于必须报告的九种情形中的哪一种（高检发〔2020〕9号）。
    #[schemars(title = "报告情形")]
    pub situation: Option<Situation>,
    /// Follow-ups.
    ///
    /// 之后要做的事。
    #[serde(default)]
    #[schemars(title = "跟进")]
    pub follow_up: Vec<FollowUp>,
}

impl Record for Incident {
    const KIND: Kind = Kind::Incident;
    const INFO: KindInfo = KindInfo {
        label: Text::new("事件", "incident"),
        day_field: Some("discovered"),
        made_field: None,
        lasts: Lasts::Always,
        is_of_children: true,
        columns: &["discovered", "kind", "children", "reported", "closed"],
        headline: &["kind", "summary"],
        sample: include_str!("../../records-template/samples/incident.toml"),
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.discovered.date())
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        for (at, reference) in self.children.iter().enumerate() {
            visit(&[Step::key("children"), Step::Index(at)], reference.id());
        }
        visit(&[Step::key("by")], self.by.id());
        follow_up::references(&self.follow_up, visit);
    }

    fn follow_ups(&self) -> &[FollowUp] {
        &self.follow_up
    }

    fn caption(&self) -> Caption<'_> {
        Caption::Label(self.kind.label())
    }

    fn reversed(&self) -> Vec<Reversed> {
        let discovered = self.discovered;
        let day = Date(discovered.date());
        let reversed = [
            Reversed::of(
                FieldPath::key("reported"),
                self.reported,
                "discovered",
                discovered,
            ),
            Reversed::of(FieldPath::key("closed"), self.closed, "discovered", day),
        ];
        reversed.into_iter().flatten().collect()
    }

    fn confidential(&self) -> Option<&str> {
        self.confidential.as_deref()
    }
}

//! Contacts with a child or a family: 走访、家访、谈心、电话、书信、亲子通话、心理辅导。

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::child::Child;
use super::codes::codes;
use super::helper::Helper;
use super::school::Occasion;
use super::{
    Caption, Code, Confidential, Date, Few, FieldPath, FollowUp, Id, Kind, KindInfo, Lasts, Prose,
    Record, Ref, Reversed, Step, Time, follow_up,
};
use crate::text::Text;

codes! {
    /// The mode of a contact.
    Mode {
        Home = "home", "家访", "home visit";
        Phone = "phone", "电话", "phone call";
        Video = "video", "视频", "video call";
        Talk = "talk", "谈心", "talk";
        Letter = "letter", "书信", "letter";
        ParentCall = "parent-call", "亲子通话", "call with parents";
        Counselling = "counselling", "心理辅导", "counselling";
        Tutoring = "tutoring", "学习辅导", "tutoring";
        Accompany = "accompany", "陪伴", "time together";
        Feedback = "feedback", "情况反馈", "feedback to parents";
        Observation = "observation", "动态观察", "observation";
        Diary = "diary", "成长日记", "growth diary";
    }
}

codes! {
    /// A person who was met.
    Met {
        Child = "child", "本人", "child";
        Guardian = "guardian", "监护人", "guardian";
        Father = "father", "父亲", "father";
        Mother = "mother", "母亲", "mother";
        Sibling = "sibling", "兄弟姐妹", "sibling";
        Neighbour = "neighbour", "邻居", "neighbour";
    }
}

codes! {
    /// A topic of a conversation.
    Topic {
        Study = "study", "学习", "study";
        Life = "life", "生活", "life";
        Psychology = "psychology", "心理", "psychology";
        Safety = "safety", "安全", "safety";
        Health = "health", "健康", "health";
        Conduct = "conduct", "品行", "conduct";
        Family = "family", "家庭", "family";
    }
}

/// A team of visitors from outside the school.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-inline" = true))]
pub struct Team {
    /// Their organisation.
    ///
    /// 来访的单位或组织。
    #[schemars(title = "来访单位", extend("x-personal" = "no"))]
    pub organisation: Option<String>,
    /// The number of visitors.
    ///
    /// 来访人数。
    #[schemars(title = "人数")]
    pub people: Option<u32>,
    /// The number of groups into which they split.
    ///
    /// 分成几组走访。
    #[schemars(title = "组数")]
    pub groups: Option<u32>,
    /// The number of households that they visited.
    ///
    /// 走访了几户。
    #[schemars(title = "户数")]
    pub households: Option<u32>,
    /// The people who accompanied them.
    ///
    /// 陪同的人。
    #[schemars(title = "陪同人", extend("x-personal" = "name"))]
    pub escort: Option<String>,
    /// The person who took notes.
    ///
    /// 谁做的笔录。
    #[schemars(title = "笔录员", extend("x-personal" = "name"))]
    pub recorder: Option<String>,
}

/// A contact with a child or its family.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The day of the contact.
    ///
    /// 走访的日期。
    #[schemars(title = "日期")]
    pub date: Date,
    /// The day on which it was recorded.
    ///
    /// 填写记录的日期。
    #[schemars(title = "记录日期")]
    pub recorded: Option<Date>,
    /// The mode of the contact.
    ///
    /// 走访的方式。
    #[schemars(title = "方式")]
    pub mode: Mode,
    /// The children it was about.
    ///
    /// 走访的儿童（编号）。
    #[schemars(title = "儿童")]
    pub children: Few<Ref<Child>, 2>,
    /// The helpers who made it.
    ///
    /// 走访的帮扶人（编号）。
    #[schemars(title = "走访人")]
    pub by: Few<Ref<Helper>, 2>,
    /// Who was met.
    ///
    /// 见到了谁。
    #[serde(default)]
    #[schemars(title = "见到")]
    pub met: Few<Met, 16>,
    /// The festival or other occasion.
    ///
    /// 节日、生日、期初、期末等时机。
    #[schemars(title = "时机")]
    pub occasion: Option<Occasion>,
    /// The topics of the conversation.
    ///
    /// 谈到的方面。
    #[serde(default)]
    #[schemars(title = "内容")]
    pub topics: Few<Topic, 16>,
    /// The time at which it began, local time.
    ///
    /// 几点开始（当地时间）。
    #[schemars(title = "时间")]
    pub time: Option<Time>,
    /// The duration in minutes.
    ///
    /// 用时，分钟。
    #[schemars(title = "分钟")]
    pub minutes: Option<u32>,
    /// The purpose.
    ///
    /// 为什么去，想了解或解决什么。
    #[schemars(title = "目的")]
    pub purpose: Option<Prose>,
    /// The person spoken to, in words.
    ///
    /// 和谁谈的，用文字写，如奶奶和伯父。
    #[schemars(title = "访谈对象", extend("x-personal" = "name"))]
    pub interviewee: Option<String>,
    /// A team of visitors from outside the school.
    ///
    /// 校外来访的人员。
    #[schemars(title = "来访团队")]
    pub team: Option<Box<Team>>,
    /// The gifts.
    ///
    /// 带去的物品。
    #[schemars(title = "礼物", extend("x-personal" = "no"))]
    pub gifts: Option<String>,
    /// The course of the contact: what was seen, said and done.
    ///
    /// 看到、谈到、做了什么。
    #[schemars(title = "情况记录")]
    pub summary: Prose,
    /// What the child or family needs.
    ///
    /// 孩子或家庭的需要。
    #[schemars(title = "需要")]
    pub needs: Option<Prose>,
    /// What the child said, in its own words.
    ///
    /// 孩子自己的话。
    #[schemars(title = "孩子的话")]
    pub child_voice: Option<Prose>,
    /// The guardian's view.
    ///
    /// 监护人的意见。
    #[schemars(title = "监护人意见")]
    pub guardian_view: Option<Prose>,
    /// A message to the family, printed in letters to parents.
    ///
    /// 家长可以看的话，印在致家长的信里。
    #[schemars(title = "给家长的话")]
    pub for_parents: Option<Prose>,
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

impl Visit {
    /// Whether it was a direct contact with the child or its family. A letter is not, nor is a report about the child,
    /// nor a visit at which neither was met.
    pub fn is_contact(&self) -> bool {
        let is_in_touch = match self.mode {
            Mode::Home | Mode::Talk | Mode::Counselling | Mode::Tutoring | Mode::Accompany => true,
            Mode::Phone | Mode::Video | Mode::ParentCall => true,
            Mode::Letter | Mode::Feedback | Mode::Observation | Mode::Diary => false,
        };
        let is_family = |met: &Met| match met {
            Met::Child | Met::Guardian | Met::Father | Met::Mother => true,
            Met::Sibling | Met::Neighbour => false,
        };
        is_in_touch && (self.met.is_empty() || self.met.iter().any(is_family))
    }
}

impl Record for Visit {
    const KIND: Kind = Kind::Visit;
    const INFO: KindInfo = KindInfo {
        label: Text::new("走访", "visit"),
        day_field: Some("date"),
        made_field: Some("recorded"),
        lasts: Lasts::FollowUps,
        is_of_children: true,
        columns: &["date", "mode", "children", "by", "summary"],
        headline: &["mode", "summary"],
        sample: include_str!("../../records-template/samples/visit.toml"),
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.date.0)
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        for (at, reference) in self.children.iter().enumerate() {
            visit(&[Step::key("children"), Step::Index(at)], reference.id());
        }
        for (at, reference) in self.by.iter().enumerate() {
            visit(&[Step::key("by"), Step::Index(at)], reference.id());
        }
        follow_up::references(&self.follow_up, visit);
    }

    fn is_contact(&self) -> bool {
        Visit::is_contact(self)
    }

    fn follow_ups(&self) -> &[FollowUp] {
        &self.follow_up
    }

    fn caption(&self) -> Caption<'_> {
        Caption::Label(self.mode.label())
    }

    fn reversed(&self) -> Vec<Reversed> {
        let reversed = Reversed::of(FieldPath::key("recorded"), self.recorded, "date", self.date);
        reversed.into_iter().collect()
    }

    fn confidential(&self) -> Option<&str> {
        self.confidential.as_deref()
    }
}

//! Activities, meetings, trainings and openings of the 留守儿童之家.

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::award::AwardLevel;
use super::child::Child;
use super::codes::codes;
use super::school::Occasion;
use super::{
    Caption, Class, Date, FieldPath, FollowUp, Id, Kind, KindInfo, Lasts, Money, Prose, Record,
    Ref, Reversed, Step, follow_up, id,
};
use crate::text::Text;

codes! {
    /// The theme of an activity.
    Theme {
        ClassMeeting = "class-meeting", "主题班会", "class meeting";
        Festival = "festival", "节日活动", "festival";
        Labour = "labour", "劳动实践", "labour";
        Reading = "reading", "阅读活动", "reading";
        Contest = "contest", "比赛", "contest";
        Arts = "arts", "文艺活动", "arts";
        Sports = "sports", "体育活动", "sports";
        Psychology = "psychology", "心理健康教育", "psychology";
        Law = "law", "法治教育", "law";
        Safety = "safety", "安全教育", "safety";
        Health = "health", "卫生健康教育", "health";
        Volunteering = "volunteering", "志愿服务", "volunteering";
        ParentMeeting = "parent-meeting", "家长会", "parents' meeting";
        GuardianTraining = "guardian-training", "监护人培训", "guardian training";
        Forum = "forum", "座谈会", "forum";
        Exchange = "exchange", "经验交流", "exchange";
        Publicity = "publicity", "宣传报道", "publicity";
        LetterHome = "letter-home", "给父母写信", "letter home";
        HomeOpen = "home-open", "留守儿童之家开放", "opening of the home";
        Birthday = "birthday", "集体生日", "birthday party";
        StudySupport = "study-support", "学业辅导", "study support";
        Fundraising = "fundraising", "爱心募集", "fundraising";
        Survey = "survey", "摸底调查", "survey";
        Radio = "radio", "校园广播", "school radio";
        LunchCare = "lunch-care", "午间照护", "lunch care";
        HolidayCamp = "holiday-camp", "假期活动", "holiday camp";
        OutsideVisit = "outside-visit", "校外来访", "visit from outside";
        Patrol = "patrol", "巡查值守", "patrol";
        Inspection = "inspection", "检查督导", "inspection";
        Environment = "environment", "环境文化建设", "environment";
        Showcase = "showcase", "成果展示", "showcase";
        FlagTalk = "flag-talk", "国旗下讲话", "talk under the flag";
        Other = "other", "其他活动", "other";
    }
}

/// The number of participants, by group.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-inline" = true))]
pub struct Attendance {
    /// Children.
    ///
    /// 参加的儿童人次。
    #[schemars(title = "儿童")]
    pub children: Option<u32>,
    /// Guardians and parents.
    ///
    /// 参加的监护人、家长人次。
    #[schemars(title = "监护人")]
    pub guardians: Option<u32>,
    /// Staff.
    ///
    /// 参加的教职工人次。
    #[schemars(title = "教职工")]
    pub staff: Option<u32>,
    /// Volunteers.
    ///
    /// 参加的志愿者人次。
    #[schemars(title = "志愿者")]
    pub volunteers: Option<u32>,
}

impl Attendance {
    /// The total number of participants.
    pub fn total(&self) -> u64 {
        [self.children, self.guardians, self.staff, self.volunteers]
            .into_iter()
            .flatten()
            .map(u64::from)
            .sum()
    }
}

/// An activity, meeting, training session or opening of the children's home.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// The day, or the first day of several.
    ///
    /// 活动日期，多天的写第一天。
    #[schemars(title = "日期")]
    pub date: Date,
    /// The last day of an activity of several days.
    ///
    /// 多天活动的最后一天。
    #[schemars(title = "结束日期")]
    pub until: Option<Date>,
    /// What it was called.
    ///
    /// 活动名称。
    #[schemars(title = "名称", extend("x-personal" = "no"))]
    pub title: String,
    /// The theme.
    ///
    /// 活动主题。
    #[schemars(title = "主题")]
    pub theme: Theme,
    /// The festival or other occasion.
    ///
    /// 节日等时机。
    #[schemars(title = "时机")]
    pub occasion: Option<Occasion>,
    /// The campaign that it was part of.
    ///
    /// 所属的系列活动。
    #[schemars(title = "系列", extend("x-personal" = "no"))]
    pub campaign: Option<String>,
    /// The number of sessions; 1 by default.
    ///
    /// 开展次数，不写为一次。
    #[schemars(title = "次数")]
    pub sessions: Option<u32>,
    /// Where it was held.
    ///
    /// 地点。
    #[schemars(title = "地点", extend("x-personal" = "no"))]
    pub venue: Option<String>,
    /// The organisers: ids of helpers, or names.
    ///
    /// 组织者：帮扶人编号，或部门、姓名。
    #[serde(default)]
    #[schemars(title = "组织者", extend("x-personal" = "no"))]
    pub organisers: Vec<String>,
    /// Children who led it.
    ///
    /// 主持活动的儿童。
    #[serde(default)]
    #[schemars(title = "主持儿童")]
    pub led_by: Vec<Ref<Child>>,
    /// Organisations that took part.
    ///
    /// 协作单位。
    #[serde(default)]
    #[schemars(title = "协作单位", extend("x-personal" = "no"))]
    pub partners: Vec<String>,
    /// The left-behind children who took part.
    ///
    /// 参加的留守儿童（编号）。
    #[serde(default)]
    #[schemars(title = "儿童")]
    pub children: Vec<Ref<Child>>,
    /// Classes that took part.
    ///
    /// 参加的班级。
    #[serde(default)]
    #[schemars(title = "班级")]
    pub classes: Vec<Class>,
    /// The number of participants.
    ///
    /// 参加人次。
    #[schemars(title = "参加人次")]
    pub attendance: Option<Attendance>,
    /// The number of people invited.
    ///
    /// 应到人次。
    #[schemars(title = "应到人次")]
    pub invited: Option<Attendance>,
    /// The number of cards, letters or other items made or sent.
    ///
    /// 制作或寄出的贺卡、信件、作品等，件。
    #[schemars(title = "件数")]
    pub items: Option<u32>,
    /// The titles of the books that were read.
    ///
    /// 读了哪些书，写书名。
    #[serde(default)]
    #[schemars(title = "书目", extend("x-personal" = "no"))]
    pub books: Vec<String>,
    /// The level of the event: class, school, county.
    ///
    /// 活动属于哪一级：班级、校级、县级等。
    #[schemars(title = "级别")]
    pub level: Option<AwardLevel>,
    /// What was done.
    ///
    /// 活动情况。
    #[schemars(title = "情况记录")]
    pub summary: Prose,
    /// What came of it.
    ///
    /// 成效。
    #[schemars(title = "成效")]
    pub outcome: Option<Prose>,
    /// Where it was published.
    ///
    /// 宣传的媒体或渠道。
    #[schemars(title = "宣传渠道", extend("x-personal" = "no"))]
    pub channel: Option<String>,
    /// The address of what was published.
    ///
    /// 报道的链接。
    #[schemars(title = "链接", extend("x-personal" = "picture"))]
    pub link: Option<String>,
    /// Paths of photos in the records directory.
    ///
    /// 照片文件（在档案目录内）。
    #[serde(default)]
    #[schemars(title = "照片", extend("x-personal" = "picture"))]
    pub photos: Vec<String>,
    /// What it cost, in yuan.
    ///
    /// 费用，元。
    #[schemars(title = "费用")]
    pub cost: Option<Money>,
    /// Follow-ups.
    ///
    /// 之后要做的事。
    #[serde(default)]
    #[schemars(title = "跟进")]
    pub follow_up: Vec<FollowUp>,
}

impl Activity {
    /// Returns the days over which the sessions are spread, and the number of sessions.
    ///
    /// The days are the weekdays from the first day to the last, or all days where there are more sessions than
    /// weekdays; without a last day, the first day alone.
    fn spread(&self) -> (Vec<NaiveDate>, u64) {
        let times = u64::from(self.sessions.unwrap_or(1));
        let first = self.date.0;
        let last = self.until.map_or(first, |until| until.0);
        let days = || first.iter_days().take_while(|day| *day <= last);
        let weekdays: Vec<NaiveDate> = days()
            .filter(|day| day.weekday().number_from_monday() <= 5)
            .collect();
        let days = if self.until.is_none() || last < first {
            vec![first]
        } else if times > weekdays.len() as u64 {
            days().collect()
        } else {
            weekdays
        };
        (days, times)
    }

    /// Returns the day of each session, spread evenly.
    pub fn session_days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let (days, times) = self.spread();
        (0..times).map(move |at| days[(at * days.len() as u64 / times) as usize])
    }

    /// Returns the first session between two days, both included, and the number of sessions between them.
    ///
    /// Agrees with [`Activity::session_days`], but takes the same time for any number of sessions.
    pub fn sessions_between(&self, from: NaiveDate, until: NaiveDate) -> (Option<NaiveDate>, u64) {
        let (days, times) = self.spread();
        let count = days.len() as u64;
        // The index of the first session on or after a day.
        let time_of = |day: usize| (day as u64 * times).div_ceil(count);
        let first = time_of(days.partition_point(|day| *day < from));
        let end = time_of(days.partition_point(|day| *day <= until));
        let day = (first < end).then(|| days[(first * count / times) as usize]);
        (day, end.saturating_sub(first))
    }
}

impl Record for Activity {
    const KIND: Kind = Kind::Activity;
    const INFO: KindInfo = KindInfo {
        label: Text::new("活动", "activity"),
        day_field: Some("date"),
        made_field: None,
        lasts: Lasts::Always,
        is_of_children: false,
        columns: &["date", "theme", "title", "attendance.children"],
        headline: &["title"],
        sample: include_str!("../../records-template/samples/activity.toml"),
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.date.0)
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        for (at, name) in self.organisers.iter().enumerate() {
            id::reference_in_name(
                Some(name),
                &[Step::key("organisers"), Step::Index(at)],
                visit,
            );
        }
        for (at, reference) in self.led_by.iter().enumerate() {
            visit(&[Step::key("led_by"), Step::Index(at)], reference.id());
        }
        for (at, reference) in self.children.iter().enumerate() {
            visit(&[Step::key("children"), Step::Index(at)], reference.id());
        }
        follow_up::references(&self.follow_up, visit);
    }

    fn days(&self) -> Vec<NaiveDate> {
        self.session_days().collect()
    }

    fn classes(&self) -> &[Class] {
        &self.classes
    }

    fn follow_ups(&self) -> &[FollowUp] {
        &self.follow_up
    }

    fn caption(&self) -> Caption<'_> {
        Caption::Text(&self.title)
    }

    fn reversed(&self) -> Vec<Reversed> {
        let reversed = Reversed::of(FieldPath::key("until"), self.until, "date", self.date);
        reversed.into_iter().collect()
    }

    fn files(&self) -> Vec<(FieldPath, &str)> {
        let photos = self.photos.iter().enumerate();
        let photos = photos.map(|(at, photo)| (FieldPath::key("photos").at(at), &**photo));
        photos.collect()
    }
}

//! A `[[duty]]` row of `cuncao.toml`, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::conditions::Conditions;
use super::who;
use crate::model::calendar::{Festival, codes_with_festivals};
use crate::model::codes::codes;
use crate::model::{Code, Date, Kind, word};
use crate::text::Lang;

codes! {
    /// To whom a duty is owed.
    OwedTo {
        Child = "child", "每名留守儿童", "each child";
        Pairing = "pairing", "每对结对", "each pairing";
        Class = "class", "每个班级", "each class";
        School = "school", "全校", "the school";
    }
}

codes_with_festivals! {
    /// The period in which a duty recurs.
    Period {
        before {
            Week = "week", "每周", "week";
            Month = "month", "每月", "month";
            Term = "term", "每学期", "term";
            HalfYear = "half-year", "每半年", "half-year";
            Year = "year", "每学年", "year";
            TermStart = "term-start", "期初", "start of term";
            TermEnd = "term-end", "期末", "end of term";
        }
        after {}
    }
}

impl Period {
    /// Returns the festival that the period surrounds, if it does.
    pub fn festival(self) -> Option<Festival> {
        Festival::of_code(self.code())
    }
}

codes! {
    /// The part of the school year in which a duty applies.
    During {
        Term = "term", "学期内", "terms";
        Holiday = "holiday", "假期内", "holidays";
        Always = "always", "学期和假期", "terms and holidays";
    }
}

/// A duty that the school committed itself to.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The id, which names the figure duty.ID.
    ///
    /// 编号，用于指标 duty.编号。
    #[schemars(title = "编号", extend("x-role" = "identity"))]
    pub id: String,
    /// The title in lists and reports.
    ///
    /// 名称，待办和报告里这样写。
    #[schemars(title = "名称")]
    pub title: String,
    /// Whether it is owed to each child, each pairing, each class or once for the school.
    ///
    /// 对谁做：每名留守儿童、每对结对、每个班级，还是全校一起。
    #[schemars(title = "对象")]
    pub owed_to: OwedTo,
    /// Restricts it to children by facts that may change daily, such as { risk = "high" }; all children by default.
    ///
    /// 只对哪些儿童做，按儿童当天的情况，如 { risk = "high" }；不写则都做。
    #[serde(default)]
    #[schemars(title = "适用对象", schema_with = "who::schema")]
    pub who: Conditions,
    /// The number of times in each period.
    ///
    /// 每个周期做几次。
    #[schemars(title = "次数")]
    pub count: Option<u32>,
    /// The period in which it recurs: each week, month or term, or around a festival.
    ///
    /// 周期：每周、每月、每学期，或者某个节日前后。
    #[schemars(title = "周期")]
    pub period: Option<Period>,
    /// Instead of a count and a period: the longest interval in days between two times, such as 14d.
    ///
    /// 代替次数和周期：最多隔几天做一次，如 14d。
    #[schemars(title = "间隔")]
    pub every: Option<String>,
    /// The kind of record that shows that it was done.
    ///
    /// 看哪一类记录来判断做了没有。
    #[schemars(title = "记录类别")]
    pub record: KindName,
    /// Restricts the records that count by the values of their fields, numbers also as ">= 2"; all records by default.
    ///
    /// 哪些记录才算数，按字段的内容，数字也可以写 ">= 2"；不写则这一类都算。
    #[serde(default)]
    #[schemars(title = "条件")]
    pub r#match: Conditions,
    /// The first day on which it is in force.
    ///
    /// 从哪一天起执行。
    #[schemars(title = "开始日期")]
    pub since: Option<Date>,
    /// The last day on which it is in force.
    ///
    /// 执行到哪一天为止，当天仍算。
    #[schemars(title = "结束日期", extend("x-role" = "closing"))]
    pub until: Option<Date>,
    /// Whether it applies in terms, in holidays or in both; by default in terms, around a festival in both.
    ///
    /// 学期内做、假期内做，还是都做；不写为学期内，节日前后的则都做。
    #[schemars(title = "时段")]
    pub during: Option<During>,
    /// The rule, plan or superior document that lays it down.
    ///
    /// 出处：哪项制度、计划或上级文件。
    #[schemars(title = "出处")]
    pub source: Option<String>,
}

impl Duty {
    /// The part of the school year in which the duty applies, with the default.
    pub fn during(&self) -> During {
        let is_festival = self
            .period
            .is_some_and(|period| period.festival().is_some());
        self.during.unwrap_or(if is_festival {
            During::Always
        } else {
            During::Term
        })
    }
}

impl Duty {
    /// Returns how often the duty is owed, in words.
    pub fn how_often(&self, lang: Lang) -> String {
        let every = self
            .every
            .as_deref()
            .and_then(|every| every.strip_suffix('d'));
        match (self.period, every, lang) {
            (Some(period), _, _) => period.label().get(lang).to_owned(),
            (None, Some(days), Lang::Zh) => format!("每{days}天"),
            (None, Some(days), Lang::En) => format!("every {days} days"),
            (None, None, _) => String::new(),
        }
    }
}

/// A kind's name as the value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindName(pub Kind);

impl Serialize for KindName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de> Deserialize<'de> for KindName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        word::deserialize(deserializer, "a kind of record", |name| {
            let kind = Kind::ALL.iter().copied().find(|kind| kind.name() == name);
            kind.map(KindName).ok_or("unknown kind")
        })
    }
}

impl JsonSchema for KindName {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "kind".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        let label = |lang| {
            Kind::ALL
                .iter()
                .map(|kind| kind.label().get(lang))
                .collect::<Vec<_>>()
        };
        schemars::json_schema!({ "type": "string", "enum": names, "x-zh": label(Lang::Zh), "x-en": label(Lang::En) })
    }
}

//! Awards to children and helpers: 奖励。

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::child::Child;
use super::codes::codes;
use super::helper::Helper;
use super::{Caption, Date, Id, Kind, KindInfo, Lasts, Record, Ref, Step};
use crate::text::Text;

codes! {
    /// The level at which an award was given.
    AwardLevel {
        Class = "class", "班级", "class";
        School = "school", "校级", "school";
        Town = "town", "镇级", "town";
        County = "county", "县级", "county";
        City = "city", "市级", "city";
        Province = "province", "省级", "province";
        Nation = "nation", "国家级", "nation";
    }
}

/// An award to a child or a helper.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// The day on which it was awarded.
    ///
    /// 获奖日期。
    #[schemars(title = "日期")]
    pub date: Date,
    /// The child who won it; one of `child` and `helper` is needed.
    ///
    /// 获奖儿童（编号），儿童和帮扶人写一个。
    #[schemars(title = "儿童")]
    pub child: Option<Ref<Child>>,
    /// The helper who won it; one of `child` and `helper` is needed.
    ///
    /// 获奖帮扶人（编号），儿童和帮扶人写一个。
    #[schemars(title = "帮扶人")]
    pub helper: Option<Ref<Helper>>,
    /// What the award is called.
    ///
    /// 荣誉名称。
    #[schemars(title = "荣誉", extend("x-personal" = "no"))]
    pub title: String,
    /// The level of the award: class, school, county.
    ///
    /// 哪一级颁发的。
    #[schemars(title = "级别")]
    pub level: Option<AwardLevel>,
}

impl Record for Award {
    const KIND: Kind = Kind::Award;
    const INFO: KindInfo = KindInfo {
        label: Text::new("奖励", "award"),
        day_field: Some("date"),
        made_field: None,
        lasts: Lasts::Never,
        is_of_children: true,
        columns: &["date", "child", "helper", "level", "title"],
        headline: &["level", "title"],
        sample: include_str!("../../records-template/samples/award.toml"),
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.date.0)
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        if let Some(reference) = self.child {
            visit(&[Step::key("child")], reference.id());
        }
        if let Some(reference) = self.helper {
            visit(&[Step::key("helper")], reference.id());
        }
    }

    fn caption(&self) -> Caption<'_> {
        match self.helper {
            Some(helper) => Caption::Of(helper.id(), &self.title),
            None => Caption::Text(&self.title),
        }
    }
}

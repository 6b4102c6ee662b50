//! Aid in money, goods or services: 资助、慰问。

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::child::Child;
use super::codes::codes;
use super::helper::Helper;
use super::{Caption, Date, Few, Id, Kind, KindInfo, Lasts, Money, Prose, Record, Ref, Step};
use crate::text::{Text, name};

codes! {
    /// The form of aid.
    AidKind {
        Money = "money", "资助金", "money";
        Goods = "goods", "物资", "goods";
        Service = "service", "服务", "service";
        Scholarship = "scholarship", "助学金", "scholarship";
        Insurance = "insurance", "保险", "insurance";
    }
}

codes! {
    /// The occasion of aid.
    AidOccasion {
        Consolation = "consolation", "慰问", "consolation";
        Subsidy = "subsidy", "困难补助", "subsidy";
        Donation = "donation", "捐赠", "donation";
        Festival = "festival", "节日", "festival";
        Illness = "illness", "生病", "illness";
        Other = "other", "其他", "other";
    }
}

codes! {
    /// The kind of donor.
    SourceKind {
        School = "school", "学校", "school";
        League = "league", "共青团", "youth league";
        Women = "women", "妇联", "women's federation";
        CareCommittee = "care-committee", "关工委", "care committee";
        Government = "government", "政府部门", "government";
        Village = "village", "村（社区）", "village";
        Company = "company", "企业", "company";
        Charity = "charity", "公益组织", "charity";
        Individual = "individual", "爱心人士", "individual";
        Teacher = "teacher", "教师", "teacher";
        Fund = "fund", "慰问金", "the school's fund";
        Other = "other", "其他", "other";
    }
}

/// Goods given.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-inline" = true))]
pub struct Item {
    /// The name of the goods.
    ///
    /// 物品名称。
    #[schemars(title = "物品", extend("x-role" = "identity", "x-personal" = "no"))]
    pub name: String,
    /// The quantity.
    ///
    /// 数量。
    #[schemars(title = "数量")]
    pub quantity: Option<u32>,
    /// The unit of the quantity, such as piece or box.
    ///
    /// 计量单位，如件、箱。
    #[schemars(title = "单位", extend("x-personal" = "no"))]
    pub unit: Option<String>,
    /// The total value, in yuan.
    ///
    /// 合计价值，元。
    #[schemars(title = "价值")]
    pub value: Option<Money>,
}

/// Money, goods or services given to children.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aid {
    /// The day on which it was given.
    ///
    /// 发放日期。
    #[schemars(title = "日期")]
    pub date: Date,
    /// Whether money, goods, a service or other help was given.
    ///
    /// 给的是钱、物、服务还是别的。
    #[schemars(title = "类别")]
    pub kind: AidKind,
    /// The occasion on which it was given.
    ///
    /// 因为什么给的。
    #[schemars(title = "事由")]
    pub occasion: Option<AidOccasion>,
    /// The children who received it.
    ///
    /// 受助儿童（编号）。
    #[schemars(title = "儿童")]
    pub children: Few<Ref<Child>, 2>,
    /// The amount for all children together, in yuan; the figure `aid.money` adds it up.
    ///
    /// 全部儿童合计的金额，元，计入资助金额。
    #[schemars(title = "金额")]
    pub amount: Option<Money>,
    /// The goods, one entry each.
    ///
    /// 物品清单，一样一项。
    #[serde(default)]
    #[schemars(title = "物品")]
    pub items: Vec<Item>,
    /// Who gave it.
    ///
    /// 谁给的。
    #[schemars(title = "来源", extend("x-personal" = "no"))]
    pub source: String,
    /// The kind of donor.
    ///
    /// 给的一方属于哪一类。
    #[schemars(title = "来源类别")]
    pub source_kind: Option<SourceKind>,
    /// Whether the receipt was signed.
    ///
    /// 是否已经签收。
    #[schemars(title = "已签收")]
    pub signed: Option<bool>,
    /// The helper who handed it over.
    ///
    /// 经办人（帮扶人编号）。
    #[schemars(title = "经办人")]
    pub by: Option<Ref<Helper>>,
    /// Further remarks.
    ///
    /// 其他说明。
    #[schemars(title = "说明")]
    pub summary: Option<Prose>,
}

impl Aid {
    /// Returns the donor as figures group it: an organisation by its name, all individuals as one.
    ///
    /// Where `source_kind` does not decide, only a name that is clearly that of an organisation counts as one.
    pub fn giver(&self) -> &str {
        let is_organisation = match self.source_kind {
            Some(SourceKind::Individual) => false,
            None | Some(SourceKind::Teacher | SourceKind::Other) => {
                name::is_organisation(&self.source)
            }
            Some(_) => true,
        };
        if is_organisation {
            name::organisation(&self.source)
        } else {
            name::INDIVIDUAL_DONORS
        }
    }
}

impl Record for Aid {
    const KIND: Kind = Kind::Aid;
    const INFO: KindInfo = KindInfo {
        label: Text::new("资助", "aid"),
        day_field: Some("date"),
        made_field: None,
        lasts: Lasts::Never,
        is_of_children: true,
        columns: &["date", "kind", "children", "amount", "source"],
        headline: &["kind", "amount", "source"],
        sample: include_str!("../../records-template/samples/aid.toml"),
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.date.0)
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        for (at, reference) in self.children.iter().enumerate() {
            visit(&[Step::key("children"), Step::Index(at)], reference.id());
        }
        if let Some(reference) = self.by {
            visit(&[Step::key("by")], reference.id());
        }
    }

    fn caption(&self) -> Caption<'_> {
        Caption::Text(&self.source)
    }
}

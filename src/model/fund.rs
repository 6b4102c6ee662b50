//! Money raised and spent: 废品回收、募捐 → 慰问金。

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aid::Aid;
use super::codes::codes;
use super::{Caption, Date, Id, Kind, KindInfo, Lasts, Money, Prose, Record, Ref, Step};
use crate::text::Text;

codes! {
    /// Income or expense.
    Direction {
        In = "in", "收入", "in";
        Out = "out", "支出", "out";
    }
}

/// Income or expense of the school's fund.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fund {
    /// The date of the income or expense.
    ///
    /// 收支日期。
    #[schemars(title = "日期")]
    pub date: Date,
    /// Income or expense.
    ///
    /// 收入还是支出。
    #[schemars(title = "收支")]
    pub direction: Direction,
    /// The amount, in yuan.
    ///
    /// 多少元。
    #[schemars(title = "金额")]
    pub amount: Money,
    /// The source of the income, or the purpose of the expense.
    ///
    /// 收入的来源，或支出的用途。
    #[schemars(title = "来源或用途", extend("x-personal" = "no"))]
    pub source: String,
    /// The aid that was paid with it.
    ///
    /// 这笔支出对应的资助记录（编号）。
    #[schemars(title = "资助记录")]
    pub aid: Option<Ref<Aid>>,
    /// Further remarks.
    ///
    /// 其他说明。
    #[schemars(title = "说明")]
    pub summary: Option<Prose>,
}

impl Record for Fund {
    const KIND: Kind = Kind::Fund;
    const INFO: KindInfo = KindInfo {
        label: Text::new("慰问金", "fund"),
        day_field: Some("date"),
        made_field: None,
        lasts: Lasts::Always,
        is_of_children: false,
        columns: &["date", "direction", "amount", "source"],
        headline: &["direction", "amount", "source"],
        sample: include_str!("../../records-template/samples/fund.toml"),
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.date.0)
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        if let Some(reference) = self.aid {
            visit(&[Step::key("aid")], reference.id());
        }
    }

    fn caption(&self) -> Caption<'_> {
        Caption::Text(&self.source)
    }
}

//! Loans of equipment and books: 器材、图书借阅。

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::child::Child;
use super::{Caption, Date, FieldPath, Id, Kind, KindInfo, Lasts, Record, Ref, Reversed, Step};
use crate::text::Text;

/// Equipment or a book lent to a child.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Loan {
    /// The day on which it was lent.
    ///
    /// 借出日期。
    #[schemars(title = "日期")]
    pub date: Date,
    /// The item, by its name in `equipment` of `cuncao.toml`.
    ///
    /// 借出的物品，写 cuncao.toml 的器材（equipment）里的名称。
    #[schemars(title = "物品", extend("x-personal" = "no"))]
    pub item: String,
    /// The quantity; 1 by default.
    ///
    /// 借了几件，不写为一件。
    #[schemars(title = "数量")]
    pub quantity: Option<u32>,
    /// The child who borrowed it.
    ///
    /// 借用的儿童（编号）。
    #[schemars(title = "儿童")]
    pub child: Ref<Child>,
    /// The day by which it is due back.
    ///
    /// 哪一天该还。
    #[schemars(title = "应还日期")]
    pub due: Option<Date>,
    /// The day on which it was returned.
    ///
    /// 哪一天还的，没有还就不写。
    #[schemars(title = "归还日期", extend("x-role" = "closing"))]
    pub returned: Option<Date>,
}

impl Record for Loan {
    const KIND: Kind = Kind::Loan;
    const INFO: KindInfo = KindInfo {
        label: Text::new("借阅", "loan"),
        day_field: Some("date"),
        made_field: None,
        lasts: Lasts::Always,
        is_of_children: true,
        columns: &["date", "item", "quantity", "child", "due", "returned"],
        headline: &["item", "quantity"],
        sample: include_str!("../../records-template/samples/loan.toml"),
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.date.0)
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        visit(&[Step::key("child")], self.child.id());
    }

    fn caption(&self) -> Caption<'_> {
        Caption::Text(&self.item)
    }

    fn reversed(&self) -> Vec<Reversed> {
        let reversed = [
            Reversed::of(FieldPath::key("due"), self.due, "date", self.date),
            Reversed::of(FieldPath::key("returned"), self.returned, "date", self.date),
        ];
        reversed.into_iter().flatten().collect()
    }
}

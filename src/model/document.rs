//! Rules, plans, agreements and summaries: 制度、方案、计划、协议。

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::codes::codes;
use super::{Class, Date, Id, Kind, KindInfo, Naming, Record, Step, helper};
use crate::text::Text;

codes! {
    /// What sort of paper.
    DocumentKind {
        Rule = "rule", "制度", "rule";
        Plan = "plan", "计划方案", "plan";
        Agreement = "agreement", "协议", "agreement";
        Summary = "summary", "总结", "summary";
        Minutes = "minutes", "会议记录", "minutes";
        Letter = "letter", "信函", "letter";
        Other = "other", "其他", "other";
    }
}

/// A rule, plan, agreement or summary of the school.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The day that the document bears.
    ///
    /// 文件上的日期。
    #[schemars(title = "日期")]
    pub date: Date,
    /// What sort of document it is.
    ///
    /// 属于哪一类文件。
    #[schemars(title = "类别")]
    pub kind: DocumentKind,
    /// The document's title.
    ///
    /// 文件标题。
    #[schemars(title = "标题")]
    pub title: String,
    /// The class that it is for, where it is for one.
    ///
    /// 只和一个班有关的，写班级。
    #[schemars(title = "班级")]
    pub class: Option<Class>,
    /// Who wrote it: a helper's id or a name.
    ///
    /// 谁起草的：帮扶人编号或姓名。
    #[schemars(title = "起草人")]
    pub author: Option<String>,
    /// The last day on which it holds.
    ///
    /// 有效到哪一天，当天仍有效。
    #[schemars(title = "有效期至")]
    pub until: Option<Date>,
    /// The path of the file itself, within the records directory.
    ///
    /// 文件本身的路径，在档案目录之内。
    #[schemars(title = "文件")]
    pub file: Option<String>,
}

impl Record for Document {
    const KIND: Kind = Kind::Document;
    const INFO: KindInfo = KindInfo {
        name: "document",
        folder: "documents",
        label: Text {
            zh: "文件",
            en: "document",
        },
        naming: Naming::Dated('o'),
        day_field: Some("date"),
    };

    fn day(&self) -> Option<NaiveDate> {
        Some(self.date.0)
    }

    fn references(&self, visit: &mut dyn FnMut(&[Step], Id)) {
        helper::reference_in_name(self.author.as_deref(), &[Step::Key("author")], visit);
    }

    fn classes(&self) -> &[Class] {
        self.class.as_slice()
    }
}

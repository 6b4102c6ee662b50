//! Documents of the school: 制度、方案、计划、协议, appraisals and summaries.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::child::Child;
use super::codes::codes;
use super::helper::Helper;
use super::{
    Caption, Class, Date, FieldPath, Id, Kind, KindInfo, Lasts, Record, Ref, Reversed, Step, id,
};
use crate::text::Text;

codes! {
    /// The kind of document.
    DocumentKind {
        Rule = "rule", "制度", "rule";
        Plan = "plan", "计划方案", "plan";
        Agreement = "agreement", "协议", "agreement";
        Summary = "summary", "总结", "summary";
        Minutes = "minutes", "会议记录", "minutes";
        Letter = "letter", "信函", "letter";
        Appraisal = "appraisal", "考评", "appraisal";
        Other = "other", "其他", "other";
    }
}

codes! {
    /// What a document applies to.
    DocumentLevel {
        School = "school", "学校", "school";
        Class = "class", "班级", "class";
        Holiday = "holiday", "假期", "holiday";
    }
}

codes! {
    /// The grade of an appraisal (考评等次).
    AppraisalGrade {
        Excellent = "excellent", "优秀", "excellent";
        Good = "good", "良好", "good";
        Qualified = "qualified", "合格", "qualified";
        Unqualified = "unqualified", "不合格", "unqualified";
    }
}

/// A rule, plan, agreement, summary or appraisal of the school.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The date on the document.
    ///
    /// 文件上的日期。
    #[schemars(title = "日期")]
    pub date: Date,
    /// The kind of document.
    ///
    /// 属于哪一类文件。
    #[schemars(title = "类别")]
    pub kind: DocumentKind,
    /// The document's title.
    ///
    /// 文件标题。
    #[schemars(title = "标题", extend("x-personal" = "no"))]
    pub title: String,
    /// The class, for a document of one class.
    ///
    /// 只和一个班有关的，写班级。
    #[schemars(title = "班级")]
    pub class: Option<Class>,
    /// Whether it applies to the school, a class or a holiday.
    ///
    /// 学校的、班级的，还是假期的。
    #[schemars(title = "层级")]
    pub level: Option<DocumentLevel>,
    /// The author: the id of a helper, or a name.
    ///
    /// 谁起草的：帮扶人编号或姓名。
    #[schemars(title = "起草人", extend("x-personal" = "name"))]
    pub author: Option<String>,
    /// The last day on which it is in force.
    ///
    /// 有效到哪一天，当天仍有效。
    #[schemars(title = "有效期至", extend("x-role" = "closing"))]
    pub until: Option<Date>,
    /// The path of the file itself, within the records directory.
    ///
    /// 文件本身的路径，在档案目录之内。
    #[schemars(title = "文件", extend("x-personal" = "no"))]
    pub file: Option<String>,
    /// The child whose growth portfolio it belongs to.
    ///
    /// 放进哪名儿童的成长记录袋（编号）。
    #[schemars(title = "儿童")]
    pub child: Option<Ref<Child>>,
    /// The helper who is appraised; required for an appraisal.
    ///
    /// 考评的是谁（帮扶人编号），考评必须写。
    #[schemars(title = "考评对象")]
    pub helper: Option<Ref<Helper>>,
    /// The grade of an appraisal; required for an appraisal.
    ///
    /// 考评等次，考评必须写。
    #[schemars(title = "考评等次")]
    pub grade: Option<AppraisalGrade>,
}

impl Record for Document {
    const KIND: Kind = Kind::Document;
    const INFO: KindInfo = KindInfo {
        label: Text::new("文件", "document"),
        day_field: Some("date"),
        made_field: None,
        lasts: Lasts::Always,
        is_of_children: false,
        columns: &["date", "kind", "title", "author"],
        headline: &["kind", "title"],
        sample: include_str!("../../records-template/samples/document.toml"),
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
        id::reference_in_name(self.author.as_deref(), &[Step::key("author")], visit);
    }

    fn missing_fields(&self) -> Vec<&'static str> {
        let is_appraisal = self.kind == DocumentKind::Appraisal;
        let needed = [
            ("helper", self.helper.is_some()),
            ("grade", self.grade.is_some()),
        ];
        let lacking = needed
            .iter()
            .filter(|(_, is_there)| is_appraisal && !is_there);
        lacking.map(|(field, _)| *field).collect()
    }

    fn classes(&self) -> &[Class] {
        self.class.as_slice()
    }

    fn caption(&self) -> Caption<'_> {
        Caption::Text(&self.title)
    }

    fn is_paper() -> bool {
        true
    }

    fn reversed(&self) -> Vec<Reversed> {
        let reversed = Reversed::of(FieldPath::key("until"), self.until, "date", self.date);
        reversed.into_iter().collect()
    }

    fn files(&self) -> Vec<(FieldPath, &str)> {
        let file = self.file.as_deref();
        file.map(|file| (FieldPath::key("file"), file))
            .into_iter()
            .collect()
    }
}

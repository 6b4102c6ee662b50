//! Column headers and their normalisation.

use crate::model::entered::squeezed;
use crate::text::Lang;

/// The header of a column: one text, or two if the upper one spans several columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The upper text; empty if there is only one.
    pub top: String,
    /// The text directly above the cells.
    pub text: String,
}

impl Header {
    /// The header as displayed, and as named in `--map`.
    pub fn shown(&self) -> String {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        match (squeezed(&self.top), squeezed(&self.text)) {
            (top, text) if top.is_empty() || top == text => text,
            (top, text) => top + &text,
        }
    }
}

/// Remarks in brackets that do not change the meaning of a header.
const REMARKS: &[&str] = &[
    "",
    "元",
    "元/生",
    "元/人",
    "人",
    "人次",
    "次",
    "分钟",
    "公历",
    "阳历",
    "必填",
    "选填",
    "年月日",
    "签字",
    "手机",
    "√",
    "打√",
    "是否",
    "全称",
    "18位",
    "yyyy-mm-dd",
    "单位元",
    "单位人",
    "小时",
    "男女",
    "填是或否",
    "是/否",
    "年/月/日",
    "可多选",
    "多选",
    "单选",
    "下拉选择",
    "在校",
    "或联系电话",
    "镇村组",
    "村组",
];

/// Prefixes that refer to the child itself.
const OWN_PREFIXES: &[&str] = &[
    "留守儿童",
    "留守学生",
    "困境儿童",
    "被监护人",
    "学生",
    "儿童",
    "孩子",
    "本人",
    "幼儿",
];

/// Suffixes of an upper header without meaning.
pub(super) const EMPTY_SUFFIXES: &[&str] = &[
    "基本情况",
    "基本信息",
    "相关信息",
    "相关情况",
    "个人信息",
    "情况",
    "信息",
    "资料",
];

/// Removes the number of a question in a questionnaire: 3、出生日期, Q3. 出生日期.
pub(super) fn unnumbered(header: &str) -> Option<&str> {
    let digits = header.strip_prefix(['Q', 'q', '第']).unwrap_or(header);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (1..=2).contains(&(digits.len() - rest.len()));
    let rest = rest.strip_prefix('题').unwrap_or(rest);
    rest.strip_prefix(['、', '.', '．', ')', '）', ':', '：', ',', ' '])
        .map(str::trim)
        .filter(|rest| numbered && !rest.is_empty())
}

/// Returns a header with and without its meaningless parts, and whether none of its brackets has a meaning of its own.
pub(super) fn variants(word: &str) -> (Vec<String>, bool) {
    let mut variants = vec![word.to_owned()];
    let mut is_whole = true;
    if let Some((outer, rest)) = word.split_once('(')
        && let Some((inner, behind)) = rest.split_once(')')
    {
        let outer = format!("{outer}{behind}");
        if REMARKS.iter().any(|remark| plain(remark) == inner) {
            variants.push(outer);
        } else {
            // 联系电话（母亲） is 母亲联系电话; 出生日期（农历） is not a solar date.
            variants.push(format!("{inner}{outer}"));
            is_whole = false;
        }
    }
    let own: Vec<String> = variants
        .iter()
        .flat_map(|variant| {
            OWN_PREFIXES
                .iter()
                .filter_map(|own| variant.strip_prefix(own))
        })
        .filter(|rest| !rest.is_empty())
        .map(str::to_owned)
        .collect();
    variants.extend(own);
    (variants, is_whole)
}

/// Normalises a header: without spaces and asterisks, half-width brackets, lower case.
pub(in crate::exchange) fn plain(header: &str) -> String {
    let marks = [
        '*', '_', '·', ':', '/', '的', '、', '"', '“', '”', '。', '?', '!', '-', '\'', '.', '〔',
        '〕',
    ];
    let narrow = squeezed(header);
    let kept: String = narrow.chars().filter(|c| !marks.contains(c)).collect();
    if kept.is_empty() { narrow } else { kept }
}

/// The header suffix of a column of names beside a column of ids.
pub(in crate::exchange) fn names_header(labels: Option<Lang>) -> &'static str {
    if labels == Some(Lang::Zh) {
        "姓名"
    } else {
        "name"
    }
}

/// Whether the last part of a header marks a column of names beside a column of ids.
pub(super) fn is_names_header(part: &str) -> bool {
    let all = [None, Some(Lang::Zh), Some(Lang::En)];
    all.iter().any(|labels| names_header(*labels) == part)
}

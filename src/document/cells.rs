//! Cells of a workbook in which a marker stands alone: a number in its place is to be a number, which formulas count.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::events::BytesStart;

use super::xml_text::{Token, walk};

/// A cell with one marker and nothing else.
pub(super) struct LoneCell {
    /// Where its start tag is.
    tag: Range<usize>,
    /// Where its content is.
    content: Range<usize>,
    /// What stands in the marker.
    expression: String,
}

/// The cells of a sheet that hold one marker alone, in themselves or by the place of a shared string.
pub(super) fn lone_cells(
    xml: &str,
    shared: &BTreeMap<usize, String>,
    expression_of: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<LoneCell>, quick_xml::Error> {
    let mut found = Vec::new();
    let mut cell: Option<(Range<usize>, Option<String>)> = None;
    let mut text = String::new();
    walk(xml, &["v", "t"], &mut |token, bytes| match token {
        Token::Start(tag) if tag.name().as_ref() == "c" => {
            cell = Some((bytes, kind_of(&tag)));
            text.clear();
        }
        Token::Text(more) => text += &more,
        Token::End("c") => {
            let Some((tag, kind)) = cell.take() else {
                return;
            };
            let expression = match kind.as_deref() {
                Some("s") => text
                    .trim()
                    .parse()
                    .ok()
                    .and_then(|at: usize| shared.get(&at).cloned()),
                Some("inlineStr") => expression_of(&text),
                _ => None,
            };
            let content = tag.end..bytes.start;
            found.extend(expression.map(|expression| LoneCell {
                tag,
                content,
                expression,
            }));
        }
        _ => {}
    })?;
    Ok(found)
}

fn kind_of(tag: &BytesStart<'_>) -> Option<String> {
    let kind = tag.try_get_attribute("t").ok()??;
    Some(kind.value.into_owned())
}

/// A sheet in which lone markers that stand for numbers are numbers; all other bytes as they were.
pub(super) fn with_numbers(
    xml: &str,
    cells: &[LoneCell],
    number: &dyn Fn(&str) -> Option<String>,
) -> String {
    let mut filled = String::with_capacity(xml.len());
    let mut at = 0;
    for cell in cells {
        let Some(number) = number(&cell.expression) else {
            continue;
        };
        filled.push_str(&xml[at..cell.tag.start]);
        let mut tag = xml[cell.tag.clone()].to_owned();
        for kind in ["s", "inlineStr"] {
            tag = tag.replacen(&format!(" t=\"{kind}\""), "", 1);
            tag = tag.replacen(&format!(" t='{kind}'"), "", 1);
        }
        filled.push_str(&tag);
        filled.push_str(&format!("<v>{number}</v>"));
        at = cell.content.end;
    }
    filled.push_str(&xml[at..]);
    filled
}

//! Spreadsheet cells that contain a single marker: numbers replace it as numeric cells, so that formulas can use them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use quick_xml::events::BytesStart;

use super::xml_text::{Token, walk};

/// A cell whose whole content is one marker.
pub(super) struct LoneCell {
    /// The byte range of the start tag.
    tag: Range<usize>,
    /// The byte range of the content.
    content: Range<usize>,
    /// The expression in the marker.
    expression: String,
    /// The index of the style.
    style: usize,
}

/// Returns the indices of the cell styles with a percentage format.
pub(super) fn percent_styles(xml: &str) -> Result<BTreeSet<usize>, quick_xml::Error> {
    // The built-in formats 9 and 10 are 0% and 0.00%.
    let mut formats = BTreeSet::from(["9".to_owned(), "10".to_owned()]);
    let mut found = BTreeSet::new();
    let mut in_cells = false;
    let mut at = 0;
    walk(xml, &[], &mut |token, _| match token {
        Token::Start(tag) | Token::Empty(tag) => match tag.name().as_ref() {
            "cellXfs" => in_cells = true,
            "numFmt" => {
                let is_percent =
                    value_of(&tag, "formatCode").is_some_and(|code| code.contains('%'));
                formats.extend(value_of(&tag, "numFmtId").filter(|_| is_percent));
            }
            "xf" if in_cells => {
                let format = value_of(&tag, "numFmtId");
                found.extend(format.filter(|format| formats.contains(format)).map(|_| at));
                at += 1;
            }
            _ => {}
        },
        Token::End("cellXfs") => in_cells = false,
        _ => {}
    })?;
    Ok(found)
}

/// Finds the cells of a sheet that contain a single marker, inline or as a shared string.
pub(super) fn lone_cells(
    xml: &str,
    shared: &BTreeMap<usize, String>,
    expression_of: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<LoneCell>, quick_xml::Error> {
    let mut found = Vec::new();
    let mut cell: Option<(Range<usize>, Option<String>, usize)> = None;
    let mut text = String::new();
    walk(xml, &["v", "t"], &mut |token, bytes| match token {
        Token::Start(tag) if tag.name().as_ref() == "c" => {
            let style = value_of(&tag, "s").and_then(|style| style.parse().ok());
            cell = Some((bytes, value_of(&tag, "t"), style.unwrap_or(0)));
            text.clear();
        }
        Token::Text(more) => text += &more,
        Token::End("c") => {
            let Some((tag, kind, style)) = cell.take() else {
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
                style,
            }));
        }
        _ => {}
    })?;
    Ok(found)
}

fn value_of(tag: &BytesStart<'_>, attribute: &str) -> Option<String> {
    let value = tag.try_get_attribute(attribute).ok()??;
    Some(value.value.into_owned())
}

/// Converts cells with a single marker for a number to numeric cells; leaves all other bytes as they are.
pub(super) fn with_numbers(
    xml: &str,
    cells: &[LoneCell],
    percent_styles: &BTreeSet<usize>,
    number: &dyn Fn(&str, bool) -> Option<String>,
) -> String {
    let mut filled = String::with_capacity(xml.len());
    let mut at = 0;
    for cell in cells {
        let shows_percent = percent_styles.contains(&cell.style);
        let Some(number) = number(&cell.expression, shows_percent) else {
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

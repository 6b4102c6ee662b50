//! Fills Word forms and workbooks: replaces markers such as `{{ n("children") }}` with values and leaves all other
//! bytes as they are.
//!
//! Finds markers, even if Word split them into several runs, and inserts text; the meaning of a marker is left to the
//! caller.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read};
use std::ops::Range;

use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::cells::{lone_cells, percent_styles, with_numbers};
use super::escape::visible;
use super::model::Inline;
use super::xml_text::{Token, unescaped, walk};

/// The reason why a form cannot be filled.
#[derive(Debug)]
pub enum FillError {
    /// It is neither a `.docx` nor an `.xlsx` file.
    NotAForm,
    /// A part of it is too large.
    TooLarge,
    /// A part of it cannot be read.
    Broken(String),
}

/// The value of a marker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// The text.
    pub text: String,
    /// Whether it is a number, as opposed to a text of digits such as a phone number.
    pub is_number: bool,
}

impl Value {
    /// Parses the Markdown that a marker evaluates to; a single figure is a number.
    pub fn of_markdown(markdown: &str) -> Value {
        let inlines = super::parse::inlines_of(markdown);
        Value {
            is_number: matches!(inlines[..], [Inline::Figure(_)]),
            text: super::plain::inline_text(&inlines),
        }
    }

    /// Returns the number for a numeric cell, if it is one; a percentage only counts in a cell with a percentage
    /// format.
    pub(super) fn number(&self, shows_percent: bool) -> Option<String> {
        let text = self.text.trim();
        let number = match text.strip_suffix('%') {
            // Rounded to one decimal, as percentages are printed.
            Some(percent) if shows_percent => {
                (percent.parse::<f64>().ok()? * 10.0).round() / 1000.0
            }
            _ => text.parse().ok()?,
        };
        (self.is_number && number.is_finite()).then(|| number.to_string())
    }
}

/// The maximum size of a part, in bytes.
const PART_BYTES: u64 = 64 << 20;

/// A form.
pub struct FormFile<'f> {
    bytes: &'f [u8],
    /// The texts of the parts with markers, by name.
    parts: BTreeMap<String, String>,
    /// The shared strings of a workbook that are a single marker, by index.
    shared: BTreeMap<usize, String>,
    /// The indices of the cell styles of a workbook with a percentage format.
    percent: BTreeSet<usize>,
}

impl<'f> FormFile<'f> {
    /// Reads a form.
    ///
    /// # Errors
    ///
    /// It is not a form, or damaged.
    pub fn read(bytes: &'f [u8]) -> Result<FormFile<'f>, FillError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FillError::NotAForm)?;
        let names: Vec<String> = archive
            .file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()))
            .collect();
        let is_word = names.iter().any(|name| name == "word/document.xml");
        let is_book = names.iter().any(|name| name == "xl/workbook.xml");
        if !is_word && !is_book {
            return Err(FillError::NotAForm);
        }
        let mut parts = BTreeMap::new();
        let mut sheets = BTreeMap::new();
        let mut percent = BTreeSet::new();
        let names = names.into_iter();
        for name in names.filter(|name| holds_text(name) || name == STYLES) {
            let broken =
                |fault: &dyn std::fmt::Display| FillError::Broken(format!("{name}: {fault}"));
            let part = archive.by_name(&name).map_err(|fault| broken(&fault))?;
            let mut text = String::new();
            let mut limited = part.take(PART_BYTES + 1);
            limited
                .read_to_string(&mut text)
                .map_err(|fault| broken(&fault))?;
            if text.len() as u64 > PART_BYTES {
                return Err(FillError::TooLarge);
            }
            if name == STYLES {
                percent = percent_styles(&text).map_err(|fault| broken(&fault))?;
            } else if !markers_of(&text)
                .map_err(|fault| broken(&fault))?
                .is_empty()
            {
                parts.insert(name, text);
            } else if is_sheet(&name) {
                sheets.insert(name, text);
            }
        }
        let strings = parts.get(SHARED_STRINGS);
        let shared = strings.map_or(Ok(BTreeMap::new()), |text| lone_strings(text));
        let shared =
            shared.map_err(|fault| FillError::Broken(format!("{SHARED_STRINGS}: {fault}")))?;
        // A sheet refers to shared strings by index.
        for (name, text) in sheets {
            let cells = lone_cells(&text, &shared, &lone_marker);
            let cells = cells.map_err(|fault| FillError::Broken(format!("{name}: {fault}")))?;
            if !cells.is_empty() {
                parts.insert(name, text);
            }
        }
        Ok(FormFile {
            bytes,
            parts,
            shared,
            percent,
        })
    }

    /// Returns the distinct expressions in markers, in order.
    pub fn markers(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for text in self.parts.values() {
            for marker in markers_of(text).unwrap_or_default() {
                if !found.contains(&marker.expression) {
                    found.push(marker.expression);
                }
            }
        }
        found
    }

    /// Replaces each marker with its value.
    ///
    /// # Errors
    ///
    /// The archive cannot be read or written.
    pub fn filled(&self, value: &dyn Fn(&str) -> Value) -> io::Result<Vec<u8>> {
        let mut archive = ZipArchive::new(Cursor::new(self.bytes)).map_err(io::Error::other)?;
        let mut filled = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at).map_err(io::Error::other)?;
            let name = part.name().map_err(io::Error::other)?.into_owned();
            match self.parts.get(&name) {
                None => filled.raw_copy_file(part).map_err(io::Error::other)?,
                Some(text) => {
                    let time = part.last_modified().unwrap_or_default();
                    let options = SimpleFileOptions::default().last_modified_time(time);
                    drop(part);
                    filled
                        .start_file(&*name, options)
                        .map_err(io::Error::other)?;
                    let cells = if is_sheet(&name) {
                        lone_cells(text, &self.shared, &lone_marker).map_err(io::Error::other)?
                    } else {
                        Vec::new()
                    };
                    let text = with_numbers(text, &cells, &self.percent, &|expression, percent| {
                        value(expression).number(percent)
                    });
                    let text = filled_part(&text, &|expression| value(expression).text);
                    io::Write::write_all(&mut filled, text.as_bytes())?;
                }
            }
        }
        Ok(filled.finish().map_err(io::Error::other)?.into_inner())
    }
}

/// Whether a part contains visible text: the body, headers, footers and notes of a document, the cells of a workbook.
fn holds_text(name: &str) -> bool {
    let word = name.strip_prefix("word/").is_some_and(|rest| {
        !rest.contains('/')
            && ["document", "header", "footer", "footnotes", "endnotes"]
                .iter()
                .any(|part| rest.starts_with(part))
    });
    (word && name.ends_with(".xml")) || name == SHARED_STRINGS || is_sheet(name)
}

/// The part of a workbook with the shared strings.
const SHARED_STRINGS: &str = "xl/sharedStrings.xml";

/// The part of a workbook with the cell styles.
const STYLES: &str = "xl/styles.xml";

fn is_sheet(name: &str) -> bool {
    name.starts_with("xl/worksheets/sheet") && name.ends_with(".xml")
}

/// Returns the expression if a text is a single marker.
fn lone_marker(text: &str) -> Option<String> {
    let inner = text.trim().strip_prefix("{{")?.strip_suffix("}}")?;
    (!inner.contains("{{") && !inner.contains("}}")).then(|| normalized(inner))
}

/// Returns the shared strings that are a single marker, by index.
fn lone_strings(xml: &str) -> Result<BTreeMap<usize, String>, quick_xml::Error> {
    // Text outside of the strings comes last, so that it does not change the indices.
    let strings = paragraphs(xml)?.into_iter().enumerate();
    let whole = strings.map(|(at, pieces)| {
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        (at, text)
    });
    let lone = whole.filter_map(|(at, text)| Some((at, lone_marker(&text)?)));
    Ok(lone.collect())
}

/// A text node: its byte range and its unescaped text.
struct Piece {
    bytes: Range<usize>,
    text: String,
}

/// A marker: its expression and the text nodes that it spans.
struct Marker {
    expression: String,
    /// The byte range of each text node, with the range in its unescaped text.
    covers: Vec<(Range<usize>, Range<usize>)>,
}

/// Finds the markers of a part.
fn markers_of(xml: &str) -> Result<Vec<Marker>, quick_xml::Error> {
    let mut markers = Vec::new();
    for pieces in paragraphs(xml)? {
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let mut at = 0;
        while let Some(start) = whole[at..].find("{{").map(|start| at + start) {
            let Some(end) = whole[start..].find("}}").map(|end| start + end + 2) else {
                break;
            };
            let expression = normalized(&whole[start + 2..end - 2]);
            markers.push(Marker {
                expression,
                covers: covered(&pieces, start..end),
            });
            at = end;
        }
    }
    Ok(markers)
}

/// Normalizes an expression: Word turns quotation marks into typographic ones, and Chinese input methods produce
/// full-width characters.
fn normalized(expression: &str) -> String {
    let narrow = expression.trim().chars().map(|c| match c {
        '“' | '”' | '„' | '＂' => '"',
        '‘' | '’' => '\'',
        '（' => '(',
        '）' => ')',
        '，' => ',',
        '＝' => '=',
        '．' => '.',
        '\u{a0}' | '\u{3000}' => ' ',
        c => c,
    });
    narrow.collect()
}

/// Returns the text nodes that a range of a paragraph spans: the byte range of each, with the range in its unescaped
/// text.
fn covered(pieces: &[Piece], range: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut at = 0;
    let mut found = Vec::new();
    for piece in pieces {
        let (start, end) = (at, at + piece.text.len());
        at = end;
        if start < range.end && range.start < end {
            let from = range.start.max(start) - start;
            let until = range.end.min(end) - start;
            found.push((piece.bytes.clone(), from..until));
        }
    }
    found
}

/// Returns the text nodes of each paragraph, cell or shared string, in order.
fn paragraphs(xml: &str) -> Result<Vec<Vec<Piece>>, quick_xml::Error> {
    let mut found = Vec::new();
    // A text box contains paragraphs within a paragraph.
    let mut open: Vec<Vec<Piece>> = vec![Vec::new()];
    let is_paragraph = |name: &str| ["w:p", "si", "is"].contains(&name);
    walk(xml, &["w:t", "t"], &mut |token, bytes| match token {
        Token::Start(tag) if is_paragraph(tag.name().as_ref()) => open.push(Vec::new()),
        Token::Empty(tag) if tag.name().as_ref() == "si" => found.push(Vec::new()),
        Token::End(name) if is_paragraph(name) => found.extend(open.pop()),
        Token::Text(text) => {
            if let Some(pieces) = open.last_mut() {
                pieces.push(Piece { bytes, text });
            }
        }
        _ => {}
    })?;
    found.extend(open);
    Ok(found)
}

/// The changes of a text node: its byte range, and replacements of ranges in its unescaped text.
struct Edit {
    bytes: Range<usize>,
    changes: Vec<(Range<usize>, String)>,
}

/// Replaces the markers of a part with values; leaves all other bytes as they are.
fn filled_part(xml: &str, value: &dyn Fn(&str) -> String) -> String {
    // The changes by text node, in order.
    let mut edits: BTreeMap<usize, Edit> = BTreeMap::new();
    for marker in markers_of(xml).unwrap_or_default() {
        let replacement = visible(&value(&marker.expression)).replace('\n', " ");
        for (at, (bytes, within)) in marker.covers.into_iter().enumerate() {
            // The value goes to the node where the marker begins and takes its formatting.
            let replacement = if at == 0 {
                replacement.clone()
            } else {
                String::new()
            };
            let edit = edits.entry(bytes.start).or_insert(Edit {
                bytes,
                changes: Vec::new(),
            });
            edit.changes.push((within, replacement));
        }
    }
    let mut filled = String::with_capacity(xml.len());
    let mut at = 0;
    for Edit { bytes, changes } in edits.into_values() {
        filled.push_str(&xml[at..bytes.start]);
        let text = unescaped(&xml[bytes.clone()]);
        let mut changed = String::new();
        let mut done = 0;
        for (within, replacement) in changes {
            changed.push_str(&text[done..within.start]);
            changed.push_str(&replacement);
            done = within.end;
        }
        changed.push_str(&text[done..]);
        filled.push_str(&escape(changed));
        at = bytes.end;
    }
    filled.push_str(&xml[at..]);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(xml: &str) -> String {
        filled_part(xml, &|expression| format!("<{expression}>"))
    }

    #[test]
    fn a_marker_split_over_runs_is_found_and_nothing_else_changes() {
        let xml = "<w:p><w:r><w:t xml:space=\"preserve\">共 {{ n(</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>“children”)</w:t></w:r>\
                   <w:r><w:t> }} 人 &amp; 无</w:t></w:r></w:p><w:p><w:r><w:t>不变 { }</w:t></w:r></w:p>";
        let expected = "<w:p><w:r><w:t xml:space=\"preserve\">共 &lt;n(&quot;children&quot;)&gt;</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t></w:t></w:r>\
                        <w:r><w:t> 人 &amp; 无</w:t></w:r></w:p><w:p><w:r><w:t>不变 { }</w:t></w:r></w:p>";
        assert_eq!(filled(xml), expected);
    }

    #[test]
    fn a_percentage_is_a_number_in_percent_cells() {
        let share = |text: &str, is_number| Value {
            text: text.to_owned(),
            is_number,
        };
        assert_eq!(share("19.7%", true).number(true).as_deref(), Some("0.197"));
        assert_eq!(share("33.3%", true).number(true).as_deref(), Some("0.333"));
        assert_eq!(share("19.7%", true).number(false), None);
        assert_eq!(share("19.7%", false).number(true), None);
        assert_eq!(share("113", true).number(true).as_deref(), Some("113"));
    }

    #[test]
    fn several_markers_in_a_text_and_in_a_text_box_are_filled() {
        let xml = "<w:p><w:r><w:t>{{a}}和{{ b }}</w:t><w:pict><w:p><w:r><w:t>{{c}}</w:t></w:r></w:p></w:pict></w:r></w:p>";
        assert!(
            filled(xml).contains("&lt;a&gt;和&lt;b&gt;")
                && filled(xml).contains("<w:t>&lt;c&gt;</w:t>")
        );
        assert_eq!(markers_of(xml).unwrap().len(), 3);
    }
}

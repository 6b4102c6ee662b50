//! Finds the location of a field in the text of a file.
//!
//! Scalars in a text that the fast parser has read are located with its spans; tables, and fields in other texts, with
//! the `toml` crate. A test holds the two equal.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::decode::Parsed;
use crate::diagnostic::Place;
use crate::model::FieldPath;
use crate::model::Step;

/// Like [`locate`], for a text that may have been parsed already.
pub fn locate_in(parsed: Option<Parsed<'_>>, text: &str, place: &Place) -> Range<usize> {
    let (path, key_only) = match place {
        Place::Field(path) => (path, false),
        Place::Key(path) => (path, true),
        Place::File | Place::Span(_) => return locate(text, place),
    };
    match parsed.and_then(|parsed| parsed.span(path, key_only)) {
        Some(span) => clamp(text, first_line(text, span)),
        None => locate(text, place),
    }
}

/// Returns the byte range of a place in a text; the beginning of the text if it is not found.
pub fn locate(text: &str, place: &Place) -> Range<usize> {
    let offset = text.len()
        - text
            .strip_prefix(super::encoding::BYTE_ORDER_MARK)
            .unwrap_or(text)
            .len();
    let found = match place {
        Place::File => None,
        Place::Span(span) => return clamp(text, span.clone()),
        Place::Field(path) => find(&text[offset..], path, false),
        Place::Key(path) => find(&text[offset..], path, true),
    };
    match found {
        Some(span) => clamp(text, span.start + offset..span.end + offset),
        None => offset..offset,
    }
}

/// Limits a span to the text and to character boundaries.
fn clamp(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start);
    start..text.ceil_char_boundary(span.end.max(start))
}

enum Node<'a, 'i> {
    Table(&'a DeTable<'i>),
    Value(&'a DeValue<'i>),
}

/// Returns the span of a field, or of the nearest enclosing table that exists.
fn find(text: &str, path: &FieldPath, key_only: bool) -> Option<Range<usize>> {
    let (root, _) = DeTable::parse_recoverable(text);
    let mut node = Node::Table(root.get_ref());
    let mut span = None;
    let last = path.0.len().checked_sub(1)?;
    for (at, step) in path.0.iter().enumerate() {
        let (key, value): (Option<Range<usize>>, &Spanned<DeValue<'_>>) = match (step, node) {
            (Step::Key(name), Node::Table(table) | Node::Value(DeValue::Table(table))) => {
                let Some((key, value)) = table
                    .iter()
                    .find(|(key, _)| key.get_ref().as_ref() == name.as_ref())
                else {
                    break;
                };
                (Some(key.span()), value)
            }
            (Step::Index(index), Node::Value(DeValue::Array(array))) => {
                let Some(value) = array.get(*index) else {
                    break;
                };
                (None, value)
            }
            _ => break,
        };
        span = Some(match key {
            Some(key) if key_only && at == last => key,
            _ if matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_))
                && value.span().is_empty() =>
            {
                key.unwrap_or_default()
            }
            _ => value.span(),
        });
        node = Node::Value(value.get_ref());
    }
    span.map(|span| first_line(text, span))
}

/// Limits a span to its first line, which suffices to show a table or a long text.
fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let line = text.get(span.clone()).and_then(|text| text.find('\n'));
    line.map_or(span.clone(), |len| span.start..span.start + len)
}

#[cfg(test)]
mod tests {
    use serde::de::IgnoredAny;

    use super::super::decode::{Parser, Prose};
    use super::*;

    const TEXT: &str = "\u{feff}name = \"张小明\" # 学生\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nguardian = { phone = \"1390\" }\n[left]\nreason = \"moved\"\n";

    fn at(path: &str) -> &'static str {
        &TEXT[locate(TEXT, &Place::Field(path.parse().unwrap()))]
    }

    #[test]
    fn a_field_is_found_by_its_path() {
        assert_eq!(at("name"), "\"张小明\"");
        assert_eq!(at("guardianship[0].away"), "\"both\"");
        assert_eq!(at("guardianship[0].guardian.phone"), "\"1390\"");
        assert_eq!(at("left.reason"), "\"moved\"");
        assert_eq!(
            &TEXT[locate(TEXT, &Place::Key("guardianship[0].away".parse().unwrap()))],
            "away"
        );
    }

    #[test]
    fn both_parsers_give_the_same_locations() {
        let body = "name = '张小明' # 学生\n\"filed\" = 2022-09-10\nhardship = [ \"poverty\",\n  \"other\" ]\nprofile.note = \"\"\"\n奶奶\n\"\"\"\n[[guardianship]]\nsince=2022-09-01\naway\t=\t\"both\"\nguardian = { phone = \"1390\", birth_year = 1_955 }\n\n[[guardianship]]\nhome_parent_capable = true\n";
        let plain = [
            "name",
            "filed",
            "hardship[1]",
            "profile.note",
            "guardianship[0].since",
            "guardianship[0].away",
            "guardianship[0].guardian.phone",
            "guardianship[0].guardian.birth_year",
            "guardianship[1].home_parent_capable",
        ];
        let others = [
            "guardianship",
            "guardianship[0]",
            "left.date",
            "guardianship[2].since",
        ];
        for text in [body.to_owned(), format!("\u{feff}{body}")] {
            let same = |_: IgnoredAny, parsed: Option<Parsed<'_>>| {
                for path in plain.iter().chain(&others) {
                    let path: FieldPath = path.parse().unwrap();
                    for place in [Place::Field(path.clone()), Place::Key(path.clone())] {
                        let found = locate_in(parsed, &text, &place);
                        assert_eq!(found, locate(&text, &place), "{place:?}");
                    }
                    let is_plain = plain.contains(&&*path.to_string());
                    assert_eq!(
                        parsed.unwrap().span(&path, false).is_some(),
                        is_plain,
                        "{path}"
                    );
                }
            };
            Parser::default()
                .read_with(&text, Prose::Keep, same)
                .unwrap();
        }
        // After a conversion of line ends the spans of the parser do not fit the original text.
        let is_parsed = |_: IgnoredAny, parsed: Option<Parsed<'_>>| parsed.is_some();
        let mut parser = Parser::default();
        assert_eq!(
            parser.read_with("a = 1\r\n", Prose::Keep, is_parsed),
            Some(false)
        );
    }

    #[test]
    fn an_absent_field_is_located_at_the_nearest_table() {
        assert_eq!(at("left.date"), "[left]");
        assert_eq!(at("guardianship[0].kind"), "[[guardianship]]");
        assert_eq!(locate(TEXT, &Place::Field("gender".parse().unwrap())), 3..3);
    }
}

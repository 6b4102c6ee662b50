//! Finds where in a file's text a field stands.
//!
//! Plain values the fast parser finds; where it has doubts, and for tables, the `toml` crate is asked. A test holds
//! the two equal.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_spanner::{Arena, Item, Value};

use crate::diagnostic::Place;
use crate::model::FieldPath;
use crate::model::field::PathStep;

/// The bytes of a text that a place means; the beginning of the text where the place cannot be found.
pub fn locate(text: &str, place: &Place) -> Range<usize> {
    let offset = text.len()
        - text
            .strip_prefix(super::surface::BYTE_ORDER_MARK)
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

/// The span cut to the text and to the borders of its characters.
fn clamp(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start);
    start..text.ceil_char_boundary(span.end.max(start))
}

enum Node<'a, 'i> {
    Table(&'a DeTable<'i>),
    Value(&'a DeValue<'i>),
}

/// The span of a field, or of the nearest table on the way to it.
fn find(text: &str, path: &FieldPath, key_only: bool) -> Option<Range<usize>> {
    fast(text, path, key_only).or_else(|| reference(text, path, key_only))
}

/// The span of a field that is there and holds a plain value.
fn fast(text: &str, path: &FieldPath, key_only: bool) -> Option<Range<usize>> {
    let arena = Arena::new();
    let document = toml_spanner::parse(text, &arena).ok()?;
    let mut item: &Item<'_> = document.table().as_item();
    let mut span = None;
    for step in &path.0 {
        let key;
        (key, item) = match (step, item.value()) {
            (PathStep::Key(name), Value::Table(table)) => {
                let entries = table.entries().iter();
                let (key, item) = entries.into_iter().find(|(key, _)| key.as_str() == name)?;
                (Some(key.span), item)
            }
            (PathStep::Index(index), Value::Array(array)) => (None, array.get(*index)?),
            _ => return None,
        };
        span = key.filter(|_| key_only).or(Some(item.span()));
    }
    let is_plain = !matches!(item.value(), Value::Table(_) | Value::Array(_));
    let span = span.filter(|_| is_plain)?;
    Some(first_line(text, span.start as usize..span.end as usize))
}

/// The span of a field, or of the nearest table on the way to it, as the `toml` crate finds it.
fn reference(text: &str, path: &FieldPath, key_only: bool) -> Option<Range<usize>> {
    let (root, _) = DeTable::parse_recoverable(text);
    let mut node = Node::Table(root.get_ref());
    let mut span = None;
    let last = path.0.len().checked_sub(1)?;
    for (at, step) in path.0.iter().enumerate() {
        let (key, value): (Option<Range<usize>>, &Spanned<DeValue<'_>>) = match (step, node) {
            (PathStep::Key(name), Node::Table(table) | Node::Value(DeValue::Table(table))) => {
                let Some((key, value)) = table.iter().find(|(key, _)| key.get_ref() == name) else {
                    break;
                };
                (Some(key.span()), value)
            }
            (PathStep::Index(index), Node::Value(DeValue::Array(array))) => {
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

/// As much of a span as lies in its first line: of a table or a long text that says enough.
fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let line = text.get(span.clone()).and_then(|text| text.find('\n'));
    line.map_or(span.clone(), |len| span.start..span.start + len)
}

#[cfg(test)]
mod tests {
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
    fn the_fast_parser_points_where_the_reference_does() {
        let text = "name = '张小明' # 学生\n\"filed\" = 2022-09-10\nhardship = [ \"poverty\",\n  \"other\" ]\nprofile.note = \"\"\"\n奶奶\n\"\"\"\n[[guardianship]]\nsince=2022-09-01\naway\t=\t\"both\"\nguardian = { phone = \"1390\", birth_year = 1_955 }\n\n[[guardianship]]\nhome_parent_capable = true\n";
        let paths = [
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
        for path in paths {
            let path: FieldPath = path.parse().unwrap();
            for key_only in [false, true] {
                let span = fast(text, &path, key_only);
                assert!(span.is_some(), "{path}");
                assert_eq!(span, reference(text, &path, key_only), "{path}");
            }
        }
        for path in [
            "guardianship",
            "guardianship[0]",
            "left.date",
            "guardianship[2].since",
        ] {
            assert_eq!(fast(text, &path.parse().unwrap(), false), None, "{path}");
        }
    }

    #[test]
    fn an_absent_field_is_placed_at_the_nearest_table() {
        assert_eq!(at("left.date"), "[left]");
        assert_eq!(at("guardianship[0].kind"), "[[guardianship]]");
        assert_eq!(locate(TEXT, &Place::Field("gender".parse().unwrap())), 3..3);
    }
}

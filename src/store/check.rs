//! Diagnoses the text of a file with the reference parser: all faults, each with its exact location.
//!
//! Much slower than [`super::decode`]; used only for files that the fast path rejected or that contain unusual
//! characters.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::decode;
use super::encoding::{BYTE_ORDER_MARK, check_encoding};
use super::rules::{reference, schema, syntax};
use super::sample::{example, expected};
use crate::diagnostic::{Finding, Fix, Place, Rule};
use crate::model::money::Goal;
use crate::model::shape::{Field, FieldType, Shape};
use crate::model::{Class, FieldPath, Id, Kind, Money, Record};
use crate::text::{Lang, sanitize, suggest};

/// The maximum number of findings for one text.
const MAX_FINDINGS: usize = 100;

/// Reads a record with the reference parser.
///
/// # Errors
///
/// Returns at least one finding if the record cannot be read.
pub fn read<'a, K: Record>(path: &str, bytes: &'a [u8]) -> Result<(K, &'a str), Vec<Finding>> {
    read_shaped(|| K::KIND.shape(), path, bytes)
}

/// Like [`read`], for any type with a shape, such as the school's settings. The shape is only compiled if something is
/// wrong.
///
/// # Errors
///
/// Returns at least one finding if the text cannot be read.
pub fn read_shaped<'a, K: DeserializeOwned>(
    shape: impl FnOnce() -> &'static Shape,
    path: &str,
    bytes: &'a [u8],
) -> Result<(K, &'a str), Vec<Finding>> {
    let text = utf8(path, bytes).map_err(|finding| vec![*finding])?;
    let fault = match decode::reference(text) {
        Ok(record) => return Ok((record, text)),
        Err(fault) => fault,
    };
    let mut findings = faults(shape(), path, text);
    if findings.is_empty() {
        // The shape accepts a value that the type rejects: report the error of the type.
        let place = fault.span().map_or(Place::File, Place::Span);
        findings.push(
            Finding::new(&schema::WRONG_TYPE, path, place)
                .says(&schema::UNREADABLE)
                .help(&schema::UNREADABLE_HELP)
                .with("fault", fault.message()),
        );
    }
    Err(findings)
}

/// Decodes a file as UTF-8.
fn utf8<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, Box<Finding>> {
    std::str::from_utf8(bytes).map_err(|fault| {
        let from = fault.valid_up_to();
        let line = bytes[..from].iter().filter(|byte| **byte == b'\n').count() + 1;
        let (_, malformed) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
        let guess = match bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16",
            _ if !malformed => "GB18030",
            _ => "?",
        };
        // When the file is shown, a replacement character stands in place of the first invalid bytes.
        let place = Place::Span(from..from + char::REPLACEMENT_CHARACTER.len_utf8());
        let finding = Finding::new(&syntax::NOT_UTF8, path, place);
        Box::new(finding.with("line", line).with("guess", guess))
    })
}

/// Returns all findings about the bytes of a file, including those that do not prevent reading it.
pub fn inspect(shape: &Shape, path: &str, bytes: &[u8]) -> Vec<Finding> {
    match utf8(path, bytes) {
        Ok(text) => {
            let mut findings = faults(shape, path, text);
            findings.extend(check_encoding(path, text));
            findings
        }
        Err(finding) => vec![*finding],
    }
}

/// Returns the faults that prevent a text from being read as a record of a shape.
pub fn faults(shape: &Shape, path: &str, text: &str) -> Vec<Finding> {
    let mut check = Check {
        path,
        text,
        offset: text.len() - text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).len(),
        findings: Vec::new(),
    };
    let markers = check.conflict_markers();
    if markers {
        Finding::at_most(&mut check.findings, MAX_FINDINGS);
        return check.findings;
    }
    if text[check.offset..].starts_with(BYTE_ORDER_MARK) {
        let second = check.offset..check.offset + BYTE_ORDER_MARK.len_utf8();
        check.syntax(Place::Span(second), "a second byte order mark");
        return check.findings;
    }
    let (table, mut errors) = DeTable::parse_recoverable(&text[check.offset..]);
    // The first error may cause the later ones.
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let place = Place::Span(span.start + check.offset..span.end + check.offset);
        check.syntax(place, error.message());
    }
    if errors.is_empty() {
        check.numbers(table.get_ref());
    }
    if check.findings.is_empty() {
        check.table(shape, &table, &FieldPath::default(), true);
    }
    Finding::at_most(&mut check.findings, MAX_FINDINGS);
    check.findings
}

struct Check<'a> {
    path: &'a str,
    text: &'a str,
    /// The length of the byte order mark, which the parser does not see.
    offset: usize,
    findings: Vec<Finding>,
}

impl Check<'_> {
    /// Reports conflict markers of git, once for each conflict.
    fn conflict_markers(&mut self) -> bool {
        let mut at = 0;
        let mut found = false;
        for line in self.text.split_inclusive('\n') {
            if line.starts_with("<<<<<<< ") || (!found && line.starts_with(">>>>>>> ")) {
                found = true;
                let span = at..at + line.trim_end().len();
                let finding = self.finding(&syntax::CONFLICT_MARKER, Place::Span(span));
                self.findings.push(finding);
            }
            at += line.len();
        }
        found
    }

    fn syntax(&mut self, place: Place, fault: &str) {
        let finding = self.finding(&syntax::TOML_SYNTAX, place);
        self.findings.push(finding.with("fault", fault));
    }

    /// Reports integers that are out of range, which the parser leaves to its caller.
    fn numbers(&mut self, table: &DeTable<'_>) {
        for value in table.values() {
            self.number(value);
        }
    }

    fn number(&mut self, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Integer(number) => {
                if let Err(fault) = i64::from_str_radix(number.as_str(), number.radix()) {
                    self.syntax(self.span(value), &fault.to_string());
                }
            }
            DeValue::Array(values) => values.iter().for_each(|value| self.number(value)),
            DeValue::Table(table) => self.numbers(table),
            _ => {}
        }
    }

    fn span<T>(&self, of: &Spanned<T>) -> Place {
        let span = of.span();
        Place::Span(span.start + self.offset..span.end + self.offset)
    }

    fn finding(&self, rule: &'static Rule, place: Place) -> Finding {
        Finding::new(rule, self.path, place)
    }

    fn table(
        &mut self,
        shape: &Shape,
        table: &Spanned<DeTable<'_>>,
        at: &FieldPath,
        is_root: bool,
    ) {
        for (key, value) in table.get_ref().iter() {
            let name: &str = key.get_ref();
            match shape.field(name) {
                Some(field) => self.value(field, &field.holds, value, &at.then(name)),
                None => self.unknown_field(shape, name, key, at),
            }
        }
        for field in shape
            .fields
            .iter()
            .filter(|field| field.required && !table.get_ref().contains_key(field.name.as_str()))
        {
            // A missing field has no location of its own: use the table's header, or the beginning of the file.
            let place = if is_root {
                Place::Span(self.offset..self.offset)
            } else {
                self.first_line(table)
            };
            let finding = self.finding(&schema::MISSING_FIELD, place);
            self.findings
                .push(missing_field(finding, &at.then(&field.name), field));
        }
    }

    /// Returns the header of a table, or the first line of an inline table.
    fn first_line(&self, table: &Spanned<DeTable<'_>>) -> Place {
        let span = table.span();
        let (start, end) = (span.start + self.offset, span.end + self.offset);
        let line = self.text[start..end]
            .find('\n')
            .map_or(end, |len| start + len);
        Place::Span(start..line)
    }

    fn unknown_field(
        &mut self,
        shape: &Shape,
        name: &str,
        key: &Spanned<Cow<'_, str>>,
        at: &FieldPath,
    ) {
        let names: Vec<&str> = shape
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        let place = self.span(key);
        let finding = self.finding(&schema::UNKNOWN_FIELD, place);
        let finding = finding.with("field", at.then(name));
        let is_reported = self.findings.len() <= MAX_FINDINGS;
        let nearest = is_reported.then(|| suggest::nearest(name, names.iter().copied()));
        self.findings.push(match nearest.flatten() {
            Some(nearest) => finding.help(&schema::NEAREST).with("nearest", nearest),
            None => finding.with("known", names.join(", ")),
        });
    }

    fn wrong_type(
        &mut self,
        field: &Field,
        holds: &FieldType,
        value: &Spanned<DeValue<'_>>,
        at: &FieldPath,
    ) {
        let place = self.span(value);
        let quoted_literal = match (holds, value.get_ref()) {
            (FieldType::Date, DeValue::String(text)) => text.parse::<crate::model::Date>().is_ok(),
            (FieldType::DateTime, DeValue::String(text)) => {
                text.parse::<crate::model::DateTime>().is_ok()
            }
            (FieldType::Time, DeValue::String(text)) => text.parse::<crate::model::Time>().is_ok(),
            (FieldType::Number | FieldType::Boolean, DeValue::String(text)) => {
                text.parse::<u32>().is_ok() || matches!(&**text, "true" | "false")
            }
            _ => false,
        };
        let finding = self
            .finding(&schema::WRONG_TYPE, place.clone())
            .with("field", at)
            .with("label", field.label(Lang::Zh))
            .with("found", value.get_ref().type_str())
            .with("expected", expected(holds));
        self.findings.push(match (value.get_ref(), place) {
            (DeValue::String(text), Place::Span(span)) if quoted_literal => finding
                .help(&schema::QUOTED)
                .with("literal", text)
                .fix(Some(Fix::Replace(span, text.to_string()))),
            _ => finding.with("line", line_of(field)),
        });
    }

    fn value(
        &mut self,
        field: &Field,
        holds: &FieldType,
        value: &Spanned<DeValue<'_>>,
        at: &FieldPath,
    ) {
        match (holds, value.get_ref()) {
            (FieldType::List(entry), DeValue::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.value(field, entry, value, &at.at(index));
                }
            }
            (FieldType::Tables(shape), DeValue::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    match value.get_ref() {
                        DeValue::Table(table) => self.table(
                            shape,
                            &Spanned::new(value.span(), table.clone()),
                            &at.at(index),
                            false,
                        ),
                        _ => self.wrong_type(field, holds, value, &at.at(index)),
                    }
                }
            }
            (FieldType::Table(shape), DeValue::Table(table)) => {
                self.table(shape, &Spanned::new(value.span(), table.clone()), at, false)
            }
            (FieldType::Counts { keys, entry }, DeValue::Table(table)) => {
                for (key, value) in table.iter() {
                    let name: &str = key.get_ref();
                    if !keys.iter().any(|known| known == name) {
                        let place = self.span(key);
                        let finding = self.finding(&schema::UNKNOWN_FIELD, place);
                        self.findings.push(
                            finding
                                .with("field", at.then(name))
                                .with("known", keys.join(", ")),
                        );
                    }
                    self.value(field, entry, value, &at.then(name));
                }
            }
            (FieldType::Match, DeValue::Table(table)) => {
                for (key, value) in table.iter() {
                    self.condition(field, value, &at.then(key.get_ref()));
                }
            }
            (FieldType::Bounds, DeValue::Integer(_)) => {
                self.value(field, &FieldType::Number, value, at)
            }
            (FieldType::Bounds, DeValue::Array(bounds)) => self.bounds(field, bounds, value, at),
            (FieldType::Number, DeValue::Integer(number)) => {
                let number = i64::from_str_radix(number.as_str(), number.radix());
                // The format version starts at 1.
                let least = i64::from(at.to_string() == "format");
                if let Ok(number) = number
                    && (number < least || u32::try_from(number).is_err())
                {
                    let finding = self.finding(&schema::UNKNOWN_VALUE, self.span(value));
                    self.findings.push(
                        finding
                            .help(&schema::EXAMPLE)
                            .with("field", at)
                            .with("label", field.label(Lang::Zh))
                            .with("found", number.to_string())
                            .with("example", format!("{} = 1", field.name)),
                    );
                }
            }
            (FieldType::Goal, DeValue::Integer(_)) | (FieldType::Boolean, DeValue::Boolean(_)) => {}
            (FieldType::Date, DeValue::Datetime(literal))
                if crate::model::Date::try_from(*literal).is_ok() => {}
            (FieldType::DateTime, DeValue::Datetime(literal))
                if crate::model::DateTime::try_from(*literal).is_ok() => {}
            (FieldType::Time, DeValue::Datetime(literal))
                if crate::model::Time::try_from(*literal).is_ok() => {}
            (holds, DeValue::String(text)) => self.string(field, holds, text, value, at),
            _ => self.wrong_type(field, holds, value, at),
        }
    }

    /// Checks a minimum and a maximum.
    fn bounds(
        &mut self,
        field: &Field,
        bounds: &[Spanned<DeValue<'_>>],
        value: &Spanned<DeValue<'_>>,
        at: &FieldPath,
    ) {
        let [least, most] = bounds else {
            return self.wrong_type(field, &FieldType::Bounds, value, at);
        };
        let before = self.findings.len();
        self.value(field, &FieldType::Number, least, &at.at(0));
        self.value(field, &FieldType::Number, most, &at.at(1));
        let number = |bound: &Spanned<DeValue<'_>>| match bound.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let (Some(least), Some(most)) = (number(least), number(most)) else {
            return;
        };
        if self.findings.len() == before && least > most {
            let finding = self.finding(&schema::UNKNOWN_VALUE, self.span(value));
            self.findings.push(
                finding
                    .help(&schema::EXAMPLE)
                    .with("field", at)
                    .with("label", field.label(Lang::Zh))
                    .with("found", format!("[{least}, {most}]"))
                    .with("example", format!("[{most}, {least}]")),
            );
        }
    }

    fn string(
        &mut self,
        field: &Field,
        holds: &FieldType,
        text: &str,
        value: &Spanned<DeValue<'_>>,
        at: &FieldPath,
    ) {
        let place = self.span(value);
        let source = value.span();
        let source = self
            .text
            .get(source.start + self.offset..source.end + self.offset);
        // The parser keeps `\r\n`, but a line end is not a control character.
        let is_from_windows = source.is_some_and(|source| source.contains("\r\n"));
        let shown = if is_from_windows {
            Cow::Owned(text.replace("\r\n", "\n"))
        } else {
            Cow::Borrowed(text)
        };
        if let Some(found) = sanitize::control_character(&shown) {
            let finding = self.finding(&schema::CONTROL_CHARACTER, place.clone());
            self.findings.push(
                finding
                    .with("field", at)
                    .with("character", format!("U+{:04X}", u32::from(found.1))),
            );
        }
        match holds {
            FieldType::Text | FieldType::Prose | FieldType::Confidential | FieldType::Phone => {}
            FieldType::Code(words) => {
                if !words.iter().any(|word| word.code == text) {
                    self.unknown_value(
                        field,
                        words.iter().map(|word| word.code.as_str()),
                        text,
                        value,
                        at,
                    );
                }
            }
            FieldType::Money if text.parse::<Money>().is_ok() => {}
            FieldType::Money => {
                let finding = self.finding(&schema::BAD_AMOUNT, place);
                self.findings
                    .push(finding.with("field", at).with("found", text));
            }
            FieldType::Class if text.parse::<Class>().is_ok() => {}
            FieldType::Goal if text.parse::<Goal>().is_ok() => {}
            FieldType::Class | FieldType::Goal => {
                let finding = self.finding(&schema::UNKNOWN_VALUE, place);
                self.findings.push(
                    finding
                        .help(&schema::EXAMPLE)
                        .with("field", at)
                        .with("label", field.label(Lang::Zh))
                        .with("found", text)
                        .with("example", example(holds)),
                );
            }
            FieldType::Reference(kind) if Id::parse(*kind, text).is_some() => {}
            FieldType::Reference(kind) => {
                let finding = self.finding(unknown_reference(*kind), place);
                self.findings.push(
                    finding
                        .says(&reference::MALFORMED)
                        .help(&reference::MALFORMED_HELP)
                        .with("field", at)
                        .with("found", text)
                        .with("kind", kind.name()),
                );
            }
            _ => self.wrong_type(field, holds, value, at),
        }
    }

    /// Checks a condition on a field: a value, a list of values, or a table of conditions on the fields of a table.
    fn condition(&mut self, field: &Field, value: &Spanned<DeValue<'_>>, at: &FieldPath) {
        match value.get_ref() {
            DeValue::Integer(_) | DeValue::Boolean(_) => {}
            DeValue::Table(_) => self.value(field, &FieldType::Match, value, at),
            DeValue::Array(values) => {
                for (index, value) in values.iter().enumerate() {
                    self.condition(field, value, &at.at(index));
                }
            }
            _ => self.value(field, &FieldType::Text, value, at),
        }
    }

    fn unknown_value<'w>(
        &mut self,
        field: &Field,
        words: impl Iterator<Item = &'w str> + Clone,
        text: &str,
        value: &Spanned<DeValue<'_>>,
        at: &FieldPath,
    ) {
        let place = self.span(value);
        let nearest = suggest::nearest(text, words.clone());
        let finding = self
            .finding(&schema::UNKNOWN_VALUE, place.clone())
            .with("field", at)
            .with("label", field.label(Lang::Zh))
            .with("found", text);
        let finding = match nearest {
            Some(nearest) => finding.help(&schema::NEAREST).with("nearest", nearest),
            None => finding.with("known", words.clone().collect::<Vec<_>>().join(", ")),
        };
        let fix = match (suggest::certain(text, words), place) {
            (Some(meant), Place::Span(span)) => Some(Fix::Replace(span, format!("\"{meant}\""))),
            _ => None,
        };
        self.findings.push(finding.fix(fix));
    }
}

/// Returns the rule that a dangling reference to a record of a kind violates.
pub fn unknown_reference(kind: Kind) -> &'static Rule {
    match kind {
        Kind::Child => &reference::UNKNOWN_CHILD,
        Kind::Helper => &reference::UNKNOWN_HELPER,
        _ => &reference::UNKNOWN_RECORD,
    }
}

/// Adds the arguments of a `missing-field` message to a finding.
pub fn missing_field(finding: Finding, path: &FieldPath, field: &Field) -> Finding {
    finding
        .with("field", path)
        .with("label", field.label(Lang::Zh))
        .with("line", line_of(field))
}

/// Returns an example of a TOML line for a field.
fn line_of(field: &Field) -> String {
    format!("{} = {}", field.name, example(&field.holds))
}

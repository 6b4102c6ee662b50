//! Diagnoses undefined names in templates, with the nearest existing one.

use std::collections::BTreeSet;

use minijinja::ErrorKind;
use minijinja::value::{Value, ValueKind};

use super::context::list_names;
use crate::model::shape::{FieldType, Shape};
use crate::model::{Kind, School};
use crate::text::{Lang, suggest};
use crate::tr;

/// The functions available to templates.
const FUNCTIONS: &[&str] = &[
    "n",
    "v",
    "of",
    "of_v",
    "share",
    "missing",
    "before",
    "before_v",
    "before_share",
    "in_term",
    "in_term_v",
    "in_term_share",
    "label",
    "labels",
    "name",
    "has",
    "below",
    "by_code",
    "groups",
    "grouped_by",
    "range",
    "dict",
    "namespace",
    "debug",
];

/// The filters available to templates, ours and the engine's.
const FILTERS: &[&str] = &[
    "day",
    "sentence",
    "clause",
    "said",
    "quoted",
    "numeral",
    "joined",
    "plural",
    "json",
    "markdown",
    "length",
    "join",
    "first",
    "last",
    "sort",
    "unique",
    "reverse",
    "replace",
    "round",
    "int",
    "float",
    "string",
    "list",
    "items",
    "map",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "groupby",
    "sum",
    "min",
    "max",
    "default",
    "trim",
    "title",
    "upper",
    "lower",
    "capitalize",
    "batch",
    "slice",
    "split",
    "lines",
    "abs",
    "bool",
    "dictsort",
    "indent",
    "zip",
    "chain",
    "tojson",
];

/// Keywords of the template language, and names defined by it or by the program.
const WORDS: &[&str] = &[
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "in",
    "endfor",
    "set",
    "and",
    "or",
    "not",
    "is",
    "none",
    "true",
    "false",
    "macro",
    "endmacro",
    "loop",
    "namespace",
    "range",
    "dict",
    "defined",
    "newline",
    "filter",
    "endfilter",
    "with",
    "endwith",
    "recursive",
    "debug",
];

/// Describes the first undefined name in a line of a template.
pub(super) fn explain(template: &str, line: usize, context: &Value, lang: Lang) -> Option<String> {
    let text = template.lines().nth(line.checked_sub(1)?)?;
    let found = paths(text)
        .into_iter()
        .find_map(|path| undefined(&path, template, context));
    let (found, near) = found?;
    Some(match near {
        Some(near) => tr!(
            lang,
            "report-template-undefined-near",
            found = found,
            near = near
        ),
        None => tr!(lang, "report-template-undefined", found = found),
    })
}

/// Translates the engine's error for an unknown function or filter.
pub(super) fn unknown(kind: ErrorKind, detail: &str, lang: Lang) -> Option<String> {
    let (sort, known) = match kind {
        ErrorKind::UnknownFunction => ("function", FUNCTIONS),
        ErrorKind::UnknownFilter => ("filter", FILTERS),
        _ => return None,
    };
    let found = detail.strip_prefix(sort).unwrap_or(detail);
    let found = found.split_whitespace().next()?;
    let near = suggest::nearest(found, known.iter().copied());
    Some(match near {
        Some(near) => tr!(
            lang,
            "report-template-unknown-near",
            sort = sort,
            found = found,
            near = near
        ),
        None => tr!(lang, "report-template-unknown", sort = sort, found = found),
    })
}

/// Returns the first undefined part of a dotted path, with the nearest defined name.
fn undefined(path: &[String], template: &str, context: &Value) -> Option<(String, Option<String>)> {
    let (root, rest) = path.split_first()?;
    if WORDS.contains(&root.as_str()) || FUNCTIONS.contains(&root.as_str()) {
        return None;
    }
    let globals: BTreeSet<String> = keys(context);
    if globals.contains(root) {
        let mut value = context.get_attr(root).ok()?;
        for name in rest {
            if value.kind() != ValueKind::Map {
                return None;
            }
            let known = keys(&value);
            if !known.contains(name) {
                return Some((name.clone(), nearest(name, &known)));
            }
            value = value.get_attr(name).ok()?;
        }
        return None;
    }
    if is_set(root, template) {
        let known = fields();
        let name = rest
            .iter()
            .find(|name| !known.contains(*name) && !is_set(name, template))?;
        return Some((name.clone(), nearest(name, &known)));
    }
    let lists = list_names().map(str::to_owned);
    let known = globals.into_iter().chain(lists).collect();
    Some((root.clone(), nearest(root, &known)))
}

fn nearest(name: &str, known: &BTreeSet<String>) -> Option<String> {
    suggest::nearest(name, known.iter().map(String::as_str)).map(str::to_owned)
}

fn keys(value: &Value) -> BTreeSet<String> {
    let keys = value.try_iter().into_iter().flatten();
    keys.map(|key| key.to_string()).collect()
}

/// Whether the template itself defines a name.
fn is_set(name: &str, template: &str) -> bool {
    let mut words = template.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    let mut before = "";
    words.any(|word| {
        let is_set = word == name && matches!(before, "set" | "for" | "macro");
        if !word.is_empty() {
            before = word;
        }
        is_set
    }) || template.lines().any(|line| {
        let is_defining =
            line.contains("for ") || line.contains("macro ") || line.contains("namespace(");
        is_defining && paths(line).iter().any(|path| path[..] == [name.to_owned()])
    })
}

/// The names of all fields, including derived ones.
fn fields() -> BTreeSet<String> {
    fn add(shape: &Shape, known: &mut BTreeSet<String>) {
        for field in &shape.fields {
            known.insert(field.name.clone());
            if let FieldType::Table(inner) | FieldType::Tables(inner) = &field.holds {
                add(inner, known);
            }
        }
    }
    let mut known = BTreeSet::new();
    for kind in Kind::ALL {
        add(kind.shape(), &mut known);
        known.insert(format!("all_{}", kind.folder()));
    }
    add(School::shape(), &mut known);
    let derived = [
        "id",
        "day",
        "people",
        "key",
        "label",
        "age",
        "class",
        "care",
        "boarding",
        "pairings",
        "contacts",
        "head_teacher",
        "open",
        "scores",
        "about",
        "is_contact",
        "is_over",
        "bound",
        "guardian_age",
        "mode_code",
        "theme_code",
        "kind_code",
        "occasion_code",
        "escort",
        "groups",
        "is_form",
        "is_harm",
        "is_pupil",
        "minutes",
        "figure",
        "title",
        "period",
        "missed",
        "of",
        "value",
        "share",
        "exceeded",
        "duties",
        "on_time",
        "follow_ups",
        "record",
        "visits",
        "incidents",
        "loans",
        "last",
        "days",
        "risk",
        "index",
        "index0",
        "first",
        "length",
    ];
    known.extend(derived.map(str::to_owned));
    known
}

/// The dotted paths in the expressions of a line, ignoring string literals.
fn paths(line: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let inner = &rest[start + 2..];
        let end = inner.find("}}").into_iter().chain(inner.find("%}")).min();
        let end = end.unwrap_or(inner.len());
        found.extend(paths_in(&inner[..end]));
        rest = inner.get(end + 2..).unwrap_or_default();
    }
    found
}

fn paths_in(expression: &str) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut quote = None;
    let mut word = String::new();
    let mut is_filter = false;
    for c in expression.chars().chain([' ']) {
        if let Some(open) = quote {
            if c == open {
                quote = None;
            }
            continue;
        }
        if c.is_alphanumeric() || c == '_' || c == '.' && !word.is_empty() {
            word.push(c);
            continue;
        }
        let is_name = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
        // A name after `|` is a filter, a name before `=` an argument.
        if is_name && !is_filter && c != '=' {
            found.push(word.split('.').map(str::to_owned).collect());
        }
        if !word.is_empty() {
            is_filter = false;
        }
        word.clear();
        match c {
            '"' | '\'' => quote = Some(c),
            '|' => is_filter = true,
            _ => {}
        }
    }
    found
}

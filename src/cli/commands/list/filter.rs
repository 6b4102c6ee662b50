//! Filter conditions of `list`: `mode=home`, `date>=2025-10-01`, `summary~奶奶`.

use rust_decimal::Decimal;

use super::columns::ListColumn;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{day, lookup, reference, values};
use crate::diagnostic::Message;
use crate::model::entered;
use crate::model::shape::FieldType;
use crate::model::{Kind, KindSet};
use crate::store::Store;
use crate::text::Lang;

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Is,
    IsNot,
    Less,
    LessOrSame,
    More,
    MoreOrSame,
    FieldType,
}

/// The operators; a longer one comes before its prefixes.
const OPERATORS: [(&str, Comparison); 7] = [
    ("!=", Comparison::IsNot),
    ("<=", Comparison::LessOrSame),
    (">=", Comparison::MoreOrSame),
    ("<", Comparison::Less),
    (">", Comparison::More),
    ("~", Comparison::FieldType),
    ("=", Comparison::Is),
];

/// A filter condition.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) column: ListColumn,
    comparison: Comparison,
    value: String,
}

/// Finds a column by name.
///
/// # Errors
///
/// There is none; with the nearest name.
pub(super) fn column(kind: Kind, name: &str, lang: Lang) -> anyhow::Result<ListColumn> {
    ListColumn::of_name(kind, name).ok_or_else(|| {
        let named = |name: &String| {
            Some((
                name.clone(),
                ListColumn::of_name(kind, name)?.label(kind, lang),
            ))
        };
        let known: Vec<(String, String)> =
            ListColumn::names(kind).iter().filter_map(named).collect();
        let words = known
            .iter()
            .flat_map(|(name, label)| [name.as_str(), label]);
        // Only top-level fields; nested ones are listed elsewhere.
        let first = known.iter().filter(|(name, _)| !name.contains('.'));
        let first: Vec<String> = first
            .map(|(name, label)| match lang {
                Lang::Zh => label.clone(),
                Lang::En => name.clone(),
            })
            .collect();
        let between = if lang == Lang::Zh { "、" } else { ", " };
        let all = Message::new("no-such-column-help")
            .with("known", first.join(between))
            .with("kind", kind.name());
        let message = Message::new("no-such-column").with("found", name);
        lookup::unknown_or(message, name, words, all).into()
    })
}

impl Condition {
    /// Parses a condition. A code may be given by its label, a record by its name.
    ///
    /// # Errors
    ///
    /// The condition is malformed, or there is no such field.
    pub(super) fn parse(
        session: &mut Session,
        store: &Store,
        kind: Kind,
        words: &str,
    ) -> anyhow::Result<Condition> {
        let found = words
            .char_indices()
            .find_map(|(at, _)| {
                let rest = &words[at..];
                let sign = OPERATORS.iter().find(|(sign, _)| rest.starts_with(sign))?;
                Some((&words[..at], sign.1, &rest[sign.0.len()..]))
            })
            .ok_or_else(|| {
                UserError::new(Message::new("condition-expected").with("found", words))
            })?;
        let (name, comparison, value) = found;
        let column = column(kind, name.trim(), session.lang)?;
        let mut value = value.trim().to_owned();
        let holds_class = match &column {
            ListColumn::Class => true,
            ListColumn::Field(path) => {
                let field = kind.shape().at(path);
                field.is_some_and(|field| matches!(field.holds, FieldType::Class))
            }
            _ => false,
        };
        if holds_class && !value.is_empty() && comparison != Comparison::FieldType {
            let school = session.school(store)?;
            value = values::class(&value, &school, session.today, session.lang)?.to_string();
        }
        if let (ListColumn::Field(path), true) = (&column, comparison != Comparison::FieldType)
            && let Some(field) = kind.shape().at(path)
        {
            if let Some(codes) = field.codes() {
                match lookup::code(codes, &value) {
                    Some(code) => value = code.code.clone(),
                    None if value.is_empty() => {}
                    None => {
                        let message = Message::new("argument-bad-value")
                            .with("argument", name)
                            .with("value", &value);
                        let lang = session.lang;
                        return Err(lookup::unknown_code(message, &value, codes, lang).into());
                    }
                }
            } else if let (Some(kind), false) = (field.holds.refers_to(), value.is_empty()) {
                value =
                    reference::resolve(session, store, &value, KindSet::of(&[kind]))?.to_string();
            } else if let (FieldType::Date, Some(day)) =
                (&field.holds, day::relative_to(&value, session.today))
            {
                value = day.to_string();
            } else if let (FieldType::Money, Ok(amount)) =
                (&field.holds, entered::amount::amount(&value))
            {
                value = amount.to_string();
            } else if let FieldType::Boolean = field.holds {
                value = match value.as_str() {
                    "是" | "yes" => "true".to_owned(),
                    "否" | "no" => "false".to_owned(),
                    _ => value,
                };
            }
        }
        Ok(Condition {
            column,
            comparison,
            value,
        })
    }

    /// Whether the condition also applies to the value as displayed.
    pub(super) fn asks_words(&self) -> bool {
        self.comparison == Comparison::FieldType
    }

    /// Whether a value meets the condition: for a list, if one entry does, or with `!=` all of them.
    pub(super) fn holds(
        &self,
        value: &toml::Value,
        words: &dyn Fn(&toml::Value) -> String,
    ) -> bool {
        let texts: Vec<String> = match value {
            toml::Value::Array(entries) => entries.iter().map(text).collect(),
            value => vec![text(value)],
        };
        let any = |test: &dyn Fn(&str) -> bool| texts.iter().any(|text| test(text));
        let compared = |orderings: &[std::cmp::Ordering]| {
            any(&|text| !text.is_empty() && orderings.contains(&order(text, &self.value)))
        };
        use std::cmp::Ordering::{Equal, Greater, Less};
        match self.comparison {
            Comparison::Is if self.value.is_empty() => texts.iter().all(String::is_empty),
            Comparison::IsNot if self.value.is_empty() => any(&|text| !text.is_empty()),
            Comparison::Is => any(&|text| order(text, &self.value) == Equal),
            Comparison::IsNot => !any(&|text| order(text, &self.value) == Equal),
            Comparison::Less => compared(&[Less]),
            Comparison::LessOrSame => compared(&[Less, Equal]),
            Comparison::More => compared(&[Greater]),
            Comparison::MoreOrSame => compared(&[Greater, Equal]),
            Comparison::FieldType => {
                let wanted = self.value.to_lowercase();
                any(&|text| text.to_lowercase().contains(&wanted))
                    || words(value).to_lowercase().contains(&wanted)
            }
        }
    }
}

fn text(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Compares two values: numbers and amounts numerically, others, including dates, as text.
pub(super) fn order(a: &str, b: &str) -> std::cmp::Ordering {
    match (a.parse::<Decimal>(), b.parse::<Decimal>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        _ => a.cmp(b),
    }
}

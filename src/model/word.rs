//! Deserializes a value that is written as a string, without allocating the string.

use std::fmt;

use serde::de::{self, Deserializer, Visitor};

struct WordVisitor<F> {
    expected: &'static str,
    parse: F,
}

impl<T, E: fmt::Display, F: FnOnce(&str) -> Result<T, E>> Visitor<'_> for WordVisitor<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<D: de::Error>(self, text: &str) -> Result<T, D> {
        (self.parse)(text).map_err(|fault| D::custom(format_args!("`{text}`: {fault}")))
    }
}

/// Deserializes a string by parsing it; `expected` describes the expected form in errors.
pub(crate) fn deserialize<'de, D, T, E, F>(
    deserializer: D,
    expected: &'static str,
    parse: F,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    E: fmt::Display,
    F: FnOnce(&str) -> Result<T, E>,
{
    deserializer.deserialize_str(WordVisitor { expected, parse })
}

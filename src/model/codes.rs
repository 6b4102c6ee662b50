//! Lists of codes: closed sets of words that a field may hold, with a label in each language.

use serde::de::Deserializer;

use super::word;
use crate::text::Text;

/// A closed list of words, written in the files in `kebab-case`.
pub trait Code: Copy + Eq + Ord + Sized + 'static {
    /// All codes, in the order in which lists and tables show them.
    const ALL: &'static [Self];

    /// Returns the word written in the files.
    fn code(self) -> &'static str;

    /// Returns the label shown to users.
    fn label(self) -> Text;

    /// Returns the code for a word in a file.
    fn of_code(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.code() == word)
    }
}

/// Deserializes a code; an unknown word is an error.
pub(crate) fn deserialize<'de, C: Code, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<C, D::Error> {
    word::deserialize(deserializer, "a code", |text| {
        C::of_code(text).ok_or("unknown code")
    })
}

/// Returns the JSON Schema of a list of codes; `x-zh` and `x-en` hold the labels.
pub(crate) fn schema<C: Code>() -> schemars::Schema {
    let codes: Vec<_> = C::ALL.iter().map(|code| code.code()).collect();
    let zh: Vec<_> = C::ALL.iter().map(|code| code.label().zh).collect();
    let en: Vec<_> = C::ALL.iter().map(|code| code.label().en).collect();
    schemars::json_schema!({ "type": "string", "enum": codes, "x-zh": zh, "x-en": en })
}

/// Defines a list of codes: `Variant = "code", "中文", "English";`.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $code:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = concat!($en, " (", $zh, ")")] $variant,)+ }

        impl $crate::model::codes::Code for $name {
            const ALL: &'static [Self] = &[$($name::$variant),+];

            fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            fn label(self) -> $crate::text::Text {
                match self { $($name::$variant => $crate::text::Text::new($zh, $en)),+ }
            }

            fn of_code(word: &str) -> Option<Self> {
                match word { $($code => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::model::codes::Code::code(*self))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::model::codes::Code::code(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::model::codes::deserialize(deserializer)
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool { true }

            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::model::codes::schema::<$name>()
            }
        }
    };
}

pub(crate) use codes;

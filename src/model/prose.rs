//! Newtypes for texts that need special treatment: free text, confidential text and phone numbers.

use std::fmt;
use std::ops::Deref;

macro_rules! text {
    ($(#[$meta:meta])* $name:ident, $tag:literal) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub struct $name(pub Box<str>);

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> $name {
                $name(text.into())
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                $tag.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "x-type": $tag })
            }
        }
    };
}

text! {
    /// Free text of a sentence or more, skipped when reading for commands that only count.
    Prose, "prose"
}

text! {
    /// Confidential text, shown only on explicit request; may be encrypted.
    Confidential, "confidential"
}

text! {
    /// A phone number as the user typed it.
    Phone, "phone"
}

/// The first line of an armoured age file (age-encryption.org/v1).
const AGE_HEADER: &str = "-----BEGIN AGE ENCRYPTED FILE-----";

/// Whether a confidential text is encrypted and therefore not readable.
pub fn is_sealed(text: &str) -> bool {
    text.trim_start().starts_with(AGE_HEADER)
}

impl fmt::Debug for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Never prints the content, so that none gets into messages or test output.
impl fmt::Debug for Confidential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(confidential)")
    }
}

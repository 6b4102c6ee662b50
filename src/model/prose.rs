//! Free text, and texts that are handled with more care than others.

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
    /// Free text of a sentence or more. Commands that only count leave it out when they read.
    Prose, "prose"
}

text! {
    /// Text that is shown only when asked for by name, and may be encrypted.
    Confidential, "confidential"
}

text! {
    /// A phone number, as a person writes it.
    Phone, "phone"
}

/// With this the armoured form of an age file begins (age-encryption.org/v1).
const SEALED: &str = "-----BEGIN AGE ENCRYPTED FILE-----";

/// Whether a confidential text is encrypted, so that nothing can be said of what it holds.
pub fn is_sealed(text: &str) -> bool {
    text.trim_start().starts_with(SEALED)
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

/// Never prints what it holds: a message or a failed test is no place for it.
impl fmt::Debug for Confidential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(confidential)")
    }
}

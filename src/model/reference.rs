//! References to records.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer};

use super::id::{Id, NotAnId};
use super::kind::Naming;
use super::record::Record;
use super::word;

/// A reference to a record of kind `K`, written as its id.
pub struct Ref<K> {
    id: Id,
    kind: PhantomData<fn() -> K>,
}

impl<K: Record> Ref<K> {
    /// Creates a reference; none where the id is of another kind.
    pub fn new(id: Id) -> Option<Ref<K>> {
        (id.kind() == K::KIND).then_some(Ref {
            id,
            kind: PhantomData,
        })
    }

    /// Returns the id of the record referred to.
    pub fn id(self) -> Id {
        self.id
    }
}

impl<K> Clone for Ref<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Ref<K> {}

impl<K> PartialEq for Ref<K> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<K> Eq for Ref<K> {}

impl<K> fmt::Debug for Ref<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

impl<K> serde::Serialize for Ref<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.id)
    }
}

impl<'de, K: Record> Deserialize<'de> for Ref<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        word::deserialize(deserializer, "an id", |text| {
            let id = Id::parse(K::KIND, text).ok_or(NotAnId)?;
            Ok::<_, NotAnId>(Ref {
                id,
                kind: PhantomData,
            })
        })
    }
}

impl<K: Record> schemars::JsonSchema for Ref<K> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}-id", K::KIND).into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let tail = "[0-9a-hjkmnp-tv-z]{6}";
        let pattern = match K::KIND.naming() {
            Naming::Person(letter) => format!("^{letter}{tail}$"),
            Naming::Dated(letter) => format!("^\\d{{4}}-\\d{{2}}-\\d{{2}}-{letter}{tail}$"),
            Naming::Term => "^\\d{4}-\\d{4}-[12ws]$".to_owned(),
        };
        schemars::json_schema!({ "type": "string", "pattern": pattern, "x-type": "reference", "x-kind": K::KIND.name() })
    }
}

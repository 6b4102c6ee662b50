//! Limits on the number of children that a helper is paired with.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Code;
use crate::model::pairing::PairingRole;

/// The limits by role in the pairing.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Caseload(pub BTreeMap<PairingRole, Bounds>);

impl Caseload {
    /// Returns the maximum for a role, if there is one.
    pub fn most(&self, role: PairingRole) -> Option<u32> {
        self.0.get(&role).map(|bounds| bounds.most)
    }

    /// Returns the minimum for a role, if there is one.
    pub fn least(&self, role: PairingRole) -> Option<u32> {
        self.0.get(&role)?.least
    }
}

impl JsonSchema for Caseload {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "caseload".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let roles: Vec<_> = PairingRole::ALL.iter().map(|role| role.code()).collect();
        schemars::json_schema!({
            "type": "object",
            "x-type": "counts",
            "patternProperties": { (format!("^({})$", roles.join("|"))): Bounds::json_schema(generator) },
            "additionalProperties": false,
        })
    }
}

/// A maximum, or a minimum and a maximum: `3` or `[1, 3]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "NumberOrPair", into = "NumberOrPair")]
pub struct Bounds {
    /// The minimum.
    pub least: Option<u32>,
    /// The maximum.
    pub most: u32,
}

/// [`Bounds`] as written.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(untagged)]
enum NumberOrPair {
    Most(u32),
    LeastAndMost([u32; 2]),
}

impl TryFrom<NumberOrPair> for Bounds {
    type Error = &'static str;

    fn try_from(written: NumberOrPair) -> Result<Bounds, Self::Error> {
        match written {
            NumberOrPair::Most(most) => Ok(Bounds { least: None, most }),
            NumberOrPair::LeastAndMost([least, most]) if least <= most => Ok(Bounds {
                least: Some(least),
                most,
            }),
            NumberOrPair::LeastAndMost(_) => Err("the least is above the most"),
        }
    }
}

impl From<Bounds> for NumberOrPair {
    fn from(bounds: Bounds) -> NumberOrPair {
        match bounds.least {
            Some(least) => NumberOrPair::LeastAndMost([least, bounds.most]),
            None => NumberOrPair::Most(bounds.most),
        }
    }
}

impl JsonSchema for Bounds {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "bounds".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let number = serde_json::json!({ "type": "integer", "minimum": 0 });
        schemars::json_schema!({
            "x-type": "bounds",
            "anyOf": [number, { "type": "array", "items": number, "minItems": 2, "maxItems": 2 }],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_a_maximum_or_a_minimum_and_a_maximum() {
        let text = "teacher = 3\ncounsellor = [1, 2]\n";
        let caseload: Caseload = toml::from_str(text).unwrap();
        let of = |role| (caseload.least(role), caseload.most(role));
        assert_eq!(of(PairingRole::Teacher), (None, Some(3)));
        assert_eq!(of(PairingRole::Counsellor), (Some(1), Some(2)));
        assert_eq!(of(PairingRole::Peer), (None, None));
        assert_eq!(toml::to_string(&caseload).unwrap(), text);
        for wrong in ["[2, 1]", "[1]", "[1, 2, 3]", "-1", "\"3\""] {
            assert!(
                toml::from_str::<Caseload>(&format!("teacher = {wrong}")).is_err(),
                "{wrong}"
            );
        }
    }
}

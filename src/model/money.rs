//! Amounts of money and targets, written as decimal strings.

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::word;

/// An amount in yuan, exact to the fen (分), written as a string: `"300.00"`. Never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    fen: i64,
}

impl Money {
    /// The maximum in yuan: a trillion, so that no sum overflows.
    const MAX_YUAN: i64 = 1_000_000_000_000;

    /// Creates an amount from fen.
    pub fn of_fen(fen: i64) -> Money {
        Money { fen }
    }

    /// Returns the amount in fen, hundredths of a yuan.
    pub fn fen(self) -> i64 {
        self.fen
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decimal::new(self.fen, 2).fmt(f)
    }
}

impl FromStr for Money {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // `Decimal` also accepts `+5`, `1_000` and `.5`.
        if !text.starts_with(|c: char| c.is_ascii_digit())
            || text.contains('_')
            || text.ends_with('.')
        {
            return Err(NotAnAmount);
        }
        let yuan = Decimal::from_str_exact(text).map_err(|_| NotAnAmount)?;
        if yuan.normalize().scale() > 2 || yuan > Decimal::from(Money::MAX_YUAN) {
            return Err(NotAnAmount);
        }
        i64::try_from(yuan * Decimal::ONE_HUNDRED)
            .map(Money::of_fen)
            .map_err(|_| NotAnAmount)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        Money::of_fen(amounts.map(Money::fen).sum())
    }
}

/// The error for a text that is not an amount such as `300.00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAmount;

impl fmt::Display for NotAnAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an amount of yuan such as 300.00")
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        word::deserialize(
            deserializer,
            "an amount of yuan such as \"300.00\"",
            str::parse,
        )
    }
}

impl schemars::JsonSchema for Money {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "money".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^\\d+(\\.\\d{1,2})?$", "x-type": "money" })
    }
}

/// The goal of a target: a number, or a percentage of the figure's denominator such as `"95%"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// At least this number.
    Count(Decimal),
    /// At least this percentage.
    Percent(Decimal),
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Goal::Count(count) => count.fmt(f),
            Goal::Percent(percent) => write!(f, "{percent}%"),
        }
    }
}

impl FromStr for Goal {
    type Err = NotAGoal;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = |number: &str| {
            Decimal::from_str_exact(number.trim())
                .ok()
                .filter(|d| !d.is_sign_negative())
                .ok_or(NotAGoal)
        };
        match text.strip_suffix(['%', '％']) {
            Some(percent) => parse(percent).map(Goal::Percent),
            None => parse(text).map(Goal::Count),
        }
    }
}

/// The error for a text that is neither a number nor a percentage such as `95%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAGoal;

impl fmt::Display for NotAGoal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("neither a number nor a share such as 95%")
    }
}

impl Serialize for Goal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Goal::Count(count) => match i64::try_from(*count) {
                Ok(whole) if count.fract().is_zero() => serializer.serialize_i64(whole),
                _ => serializer.collect_str(count),
            },
            Goal::Percent(_) => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Goal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct GoalVisitor;

        impl de::Visitor<'_> for GoalVisitor {
            type Value = Goal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a share such as \"95%\"")
            }

            fn visit_i64<E: de::Error>(self, count: i64) -> Result<Goal, E> {
                u64::try_from(count)
                    .map(|count| Goal::Count(count.into()))
                    .map_err(E::custom)
            }

            fn visit_u64<E: de::Error>(self, count: u64) -> Result<Goal, E> {
                Ok(Goal::Count(count.into()))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Goal, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_any(GoalVisitor)
    }
}

impl schemars::JsonSchema for Goal {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "goal".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["integer", "string"], "x-type": "goal" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_and_have_two_decimals() {
        for (text, fen) in [
            ("300.00", 30_000),
            ("0.1", 10),
            ("12", 1_200),
            ("1000000000000", 100_000_000_000_000),
        ] {
            assert_eq!(text.parse(), Ok(Money::of_fen(fen)), "{text}");
        }
        assert_eq!(Money::of_fen(5).to_string(), "0.05");
        assert_eq!(
            ["0.10", "0.20"]
                .map(|t| t.parse::<Money>().unwrap())
                .into_iter()
                .sum::<Money>()
                .to_string(),
            "0.30"
        );
    }

    #[test]
    fn invalid_amounts_are_rejected() {
        for text in [
            "",
            "-1",
            "+1",
            "1.001",
            "1e3",
            "1,000",
            "1_000",
            "１００",
            "300元",
            ".5",
            "5.",
            "9".repeat(40).as_str(),
        ] {
            assert_eq!(text.parse::<Money>(), Err(NotAnAmount), "{text}");
        }
    }

    #[test]
    fn a_goal_is_a_number_or_a_percentage() {
        assert_eq!("95%".parse(), Ok(Goal::Percent(95.into())));
        assert_eq!("12".parse(), Ok(Goal::Count(12.into())));
        assert_eq!("many".parse::<Goal>(), Err(NotAGoal));
    }
}

//! Dates and local times as TOML writes them.
//!
//! All are in the school's local time; a time with an offset is an error.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};
use toml::value::Datetime;

/// A TOML local date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub NaiveDate);

/// A TOML local date-time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(pub NaiveDateTime);

/// A TOML local time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub NaiveTime);

impl Deref for Time {
    type Target = NaiveTime;

    fn deref(&self) -> &NaiveTime {
        &self.0
    }
}

impl Deref for Date {
    type Target = NaiveDate;

    fn deref(&self) -> &NaiveDate {
        &self.0
    }
}

impl Deref for DateTime {
    type Target = NaiveDateTime;

    fn deref(&self) -> &NaiveDateTime {
        &self.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%dT%H:%M:%S"))
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%H:%M:%S"))
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn day_of(date: toml::value::Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(
        i32::from(date.year),
        u32::from(date.month),
        u32::from(date.day),
    )
    .filter(|day| day.year() > 0)
}

fn toml_day(day: NaiveDate) -> toml::value::Date {
    let year = u16::try_from(day.year()).unwrap_or(0);
    // chrono guarantees a month of 1 to 12 and a day of 1 to 31.
    toml::value::Date {
        year,
        month: day.month() as u8,
        day: day.day() as u8,
    }
}

impl TryFrom<Datetime> for Date {
    type Error = &'static str;

    fn try_from(value: Datetime) -> Result<Self, Self::Error> {
        match value {
            Datetime {
                date: Some(date),
                time: None,
                offset: None,
            } => day_of(date).map(Date).ok_or("no such day"),
            _ => Err("a day without a time was expected"),
        }
    }
}

impl From<Date> for Datetime {
    fn from(date: Date) -> Datetime {
        Datetime {
            date: Some(toml_day(date.0)),
            time: None,
            offset: None,
        }
    }
}

impl TryFrom<Datetime> for DateTime {
    type Error = &'static str;

    fn try_from(value: Datetime) -> Result<Self, Self::Error> {
        let Datetime {
            date: Some(date),
            time: Some(time),
            offset: None,
        } = value
        else {
            return Err("a local date-time was expected");
        };
        let day = day_of(date).ok_or("no such day")?;
        let time = time_of(time).ok_or("no such time")?;
        Ok(DateTime(day.and_time(time)))
    }
}

fn time_of(time: toml::value::Time) -> Option<NaiveTime> {
    let second = u32::from(time.second.unwrap_or(0)).min(59);
    NaiveTime::from_hms_opt(u32::from(time.hour), u32::from(time.minute), second)
}

fn toml_time(time: NaiveTime) -> toml::value::Time {
    // chrono guarantees an hour below 24 and minutes and seconds below 60.
    toml::value::Time {
        hour: time.hour() as u8,
        minute: time.minute() as u8,
        second: Some(time.second() as u8),
        nanosecond: None,
    }
}

impl From<DateTime> for Datetime {
    fn from(value: DateTime) -> Datetime {
        Datetime {
            date: Some(toml_day(value.date())),
            time: Some(toml_time(value.time())),
            offset: None,
        }
    }
}

impl TryFrom<Datetime> for Time {
    type Error = &'static str;

    fn try_from(value: Datetime) -> Result<Self, Self::Error> {
        match value {
            Datetime {
                date: None,
                time: Some(time),
                offset: None,
            } => time_of(time).map(Time).ok_or("no such time"),
            _ => Err("a time of day without a date was expected"),
        }
    }
}

impl From<Time> for Datetime {
    fn from(time: Time) -> Datetime {
        Datetime {
            date: None,
            time: Some(toml_time(time.0)),
            offset: None,
        }
    }
}

/// Reads a TOML date-time in one of two forms: the private map of the `toml` crate, or the bytes of [`literal_bytes`],
/// which neither TOML nor JSON can contain. A quoted date is a string and not accepted.
struct LiteralVisitor(&'static str);

/// Encodes a literal as bytes for [`LiteralVisitor`]: the year (two bytes, big-endian), month and day of a date; hour,
/// minute and second of a time; all of these for a date-time. Returns the bytes and how many of them are used.
pub(crate) fn literal_bytes(
    date: Option<(u16, u8, u8)>,
    time: Option<(u8, u8, u8)>,
) -> ([u8; 7], usize) {
    let mut bytes = [0; 7];
    let mut len = 0;
    if let Some((year, month, day)) = date {
        let [high, low] = year.to_be_bytes();
        bytes[..4].copy_from_slice(&[high, low, month, day]);
        len = 4;
    }
    if let Some((hour, minute, second)) = time {
        bytes[len..len + 3].copy_from_slice(&[hour, minute, second]);
        len += 3;
    }
    (bytes, len)
}

impl<'de> Visitor<'de> for LiteralVisitor {
    type Value = Datetime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_bytes<E: de::Error>(self, literal: &[u8]) -> Result<Datetime, E> {
        let (date, time) = match literal.len() {
            7 => literal.split_at(4),
            4 => (literal, &[][..]),
            _ => (&[][..], literal),
        };
        let date = match *date {
            [] => None,
            [high, low, month, day] => Some(toml::value::Date {
                year: u16::from_be_bytes([high, low]),
                month,
                day,
            }),
            _ => return Err(E::custom("not a date-time literal")),
        };
        let time = match *time {
            [] => None,
            [hour, minute, second] => Some(toml::value::Time {
                hour,
                minute,
                second: Some(second),
                nanosecond: None,
            }),
            _ => return Err(E::custom("not a date-time literal")),
        };
        Ok(Datetime {
            date,
            time,
            offset: None,
        })
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Datetime, A::Error> {
        Datetime::deserialize(de::value::MapAccessDeserializer::new(map))
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let literal = deserializer.deserialize_any(LiteralVisitor("a date such as 2025-10-12"))?;
        Date::try_from(literal).map_err(de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let literal = deserializer.deserialize_any(LiteralVisitor(
            "a date and time such as 2025-10-12T10:25:00",
        ))?;
        DateTime::try_from(literal).map_err(de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let literal =
            deserializer.deserialize_any(LiteralVisitor("a time of day such as 15:30:00"))?;
        Time::try_from(literal).map_err(de::Error::custom)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Datetime::from(*self).serialize(serializer)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Datetime::from(*self).serialize(serializer)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Datetime::from(*self).serialize(serializer)
    }
}

impl FromStr for Date {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<Datetime>()
            .map_err(|_| "not a date such as 2025-10-12")?
            .try_into()
    }
}

impl FromStr for DateTime {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<Datetime>()
            .map_err(|_| "not a date and time such as 2025-10-12T10:25:00")?
            .try_into()
    }
}

impl FromStr for Time {
    type Err = &'static str;

    /// Parses `15:30` and `15:30:00`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let with_seconds = NaiveTime::parse_from_str(text, "%H:%M:%S");
        with_seconds
            .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M"))
            .map(Time)
            .map_err(|_| "not a time of day such as 15:30")
    }
}

macro_rules! schema {
    ($type:ident, $name:literal) => {
        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "x-type": $name })
            }
        }
    };
}

schema!(Date, "date");
schema!(DateTime, "date-time");
schema!(Time, "time");

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Sample {
        day: Date,
        at: DateTime,
        time: Option<Time>,
    }

    #[test]
    fn dates_and_times_are_toml_literals() {
        let text = "day = 2024-02-29\nat = 2025-11-02T10:25:00\ntime = 15:30:00\n";
        let sample: Sample = toml::from_str(text).unwrap();
        assert_eq!(sample.day.0, NaiveDate::from_ymd_opt(2024, 2, 29).unwrap());
        assert_eq!(toml::to_string(&sample).unwrap(), text);
    }

    #[test]
    fn quoted_dates_offsets_and_impossible_dates_are_rejected() {
        for text in [
            "day = \"2025-10-12\"\nat = 2025-11-02T10:25:00",
            "day = 2025-10-12\nat = 2025-11-02T10:25:00+08:00",
            "day = 2025-10-12T00:00:00\nat = 2025-11-02T10:25:00",
            "day = 2025-02-30\nat = 2025-11-02T10:25:00",
            "day = 20251012\nat = 2025-11-02T10:25:00",
            "day = 2025-10-12\nat = 2025-11-02T10:25:00\ntime = 2025-11-02",
            "day = 2025-10-12\nat = 2025-11-02T10:25:00\ntime = 25:00:00",
            "day = 2025-10-12\nat = 2025-11-02T10:25:00\ntime = \"15:30\"",
        ] {
            assert!(toml::from_str::<Sample>(text).is_err(), "{text}");
        }
    }
}

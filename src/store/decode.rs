//! Deserializes records: with a fast parser, and with the `toml` crate where the fast parser cannot decide.
//!
//! The `toml` crate is the reference: it is asked about everything that the fast path rejects, and a test holds the two
//! equal over all kinds and the public corpus of TOML texts.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use toml_spanner::{Arena, Item, Value};

use crate::model::Step;
use crate::model::{FieldPath, date};

/// With [`Prose::Skip`], free text of up to this many bytes is kept, because it may be a placeholder.
const MAX_PLACEHOLDER_BYTES: usize = 24;

/// Whether to read free text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prose {
    /// Read everything.
    Keep,
    /// Replace free text by a stand-in, for commands that only count.
    Skip,
}

/// Deserializes a record with the fast parser; none if it cannot, for whatever reason.
pub fn fast<K: DeserializeOwned>(text: &str, prose: Prose) -> Option<K> {
    Parser::default().read(text, prose)
}

/// A fast parser that reuses its memory.
#[derive(Default)]
pub struct Parser {
    arena: Arena,
    read: usize,
}

impl Parser {
    /// The number of bytes parsed after which the arena, which only grows, is freed.
    const MAX_ARENA_BYTES: usize = 16 << 10;

    /// Like [`fast`].
    pub fn read<K: DeserializeOwned>(&mut self, text: &str, prose: Prose) -> Option<K> {
        self.read_with(text, prose, |record, _| record)
    }

    /// Parses a record and passes it to `take` together with the parsed text, for locating fields. There is no parsed
    /// text if line ends had to be converted.
    pub fn read_with<K: DeserializeOwned, T>(
        &mut self,
        text: &str,
        prose: Prose,
        take: impl FnOnce(K, Option<Parsed<'_>>) -> T,
    ) -> Option<T> {
        if self.read > Self::MAX_ARENA_BYTES {
            *self = Parser::default();
        }
        self.read += text.len();
        let text = with_line_feeds(text);
        let document = toml_spanner::parse(&text, &self.arena).ok()?;
        let item = document.table().as_item();
        let record = K::deserialize(Node { item, prose }).ok()?;
        let is_as_it_stands = matches!(text, Cow::Borrowed(_));
        Some(take(record, is_as_it_stands.then_some(Parsed(item))))
    }
}

/// A parsed text.
#[derive(Clone, Copy)]
pub struct Parsed<'a>(&'a Item<'a>);

impl<'a> Parsed<'a> {
    /// Returns the byte range of a scalar field or of its key.
    pub(super) fn span(self, path: &FieldPath, key_only: bool) -> Option<Range<usize>> {
        let mut item = self.0;
        let mut span = None;
        for step in &path.0 {
            let key;
            (key, item) = match (step, item.value()) {
                (Step::Key(name), Value::Table(table)) => {
                    let mut entries = table.entries().iter();
                    let (key, item) = entries.find(|(key, _)| key.as_str() == name.as_ref())?;
                    (Some(key.span), item)
                }
                (Step::Index(index), Value::Array(array)) => (None, array.get(*index)?),
                _ => return None,
            };
            span = key.filter(|_| key_only).or(Some(item.span()));
        }
        let is_plain = !matches!(item.value(), Value::Table(_) | Value::Array(_));
        let span = span.filter(|_| is_plain)?;
        Some(span.start as usize..span.end as usize)
    }
}

/// Deserializes a record with the reference parser.
///
/// # Errors
///
/// The error of the `toml` crate, in English.
pub fn reference<K: DeserializeOwned>(text: &str) -> Result<K, toml::de::Error> {
    // The parser skips one byte order mark itself. Errors come from the original text, so that their locations are
    // right.
    toml::from_str(&with_line_feeds(text)).or_else(|_| toml::from_str(text))
}

/// Converts the line ends of a text to `\n`, which multi-line strings are to contain.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n")),
        None => Cow::Borrowed(text),
    }
}

/// Deserializes a record with the fast parser, or else with the reference parser.
pub fn decode<K: DeserializeOwned>(text: &str, prose: Prose) -> Option<K> {
    fast(text, prose).or_else(|| reference(text).ok())
}

/// The error of the fast path; the reference parser finds out the reason if it is needed.
#[derive(Debug)]
pub(crate) struct DecodeError;

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("does not fit")
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        DecodeError
    }

    // The default implementations format a message that would be discarded.
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        DecodeError
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        DecodeError
    }
}

/// A value of the parsed text, as a deserializer.
#[derive(Clone, Copy)]
struct Node<'a, 'de> {
    item: &'a Item<'de>,
    prose: Prose,
}

impl<'a, 'de> IntoDeserializer<'a, DecodeError> for Node<'a, 'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'a, 'de: 'a> Deserializer<'a> for Node<'a, 'de> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.item.value() {
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Integer(number) => visitor.visit_i64(number.as_i64().ok_or(DecodeError)?),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Boolean(truth) => visitor.visit_bool(*truth),
            Value::DateTime(literal) => {
                if literal.offset().is_some() {
                    return Err(DecodeError);
                }
                let date = literal.date().map(|date| (date.year, date.month, date.day));
                // Seconds left out or fractional: left to the reference parser.
                let odd = |time: toml_spanner::Time| {
                    !time.has_seconds() || time.subsecond_precision() > 0
                };
                if literal.time().is_some_and(odd) {
                    return Err(DecodeError);
                }
                let time = literal
                    .time()
                    .map(|time| (time.hour, time.minute, time.second));
                let (bytes, len) = date::literal_bytes(date, time);
                visitor.visit_bytes(&bytes[..len])
            }
            Value::Array(array) => {
                let prose = self.prose;
                visitor.visit_seq(SeqDeserializer::new(
                    array.iter().map(move |item| Node { item, prose }),
                ))
            }
            Value::Table(table) => {
                let prose = self.prose;
                let entries = table.entries().iter();
                visitor.visit_map(MapDeserializer::new(
                    entries.map(move |(key, item)| (Key(key.as_str()), Node { item, prose })),
                ))
            }
        }
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        if self.prose == Prose::Skip && name == "Prose" && self.item.as_str().is_some() {
            // Whether the text is a placeholder must still be visible.
            let text = self.item.as_str().unwrap_or_default();
            let text = if text.len() > MAX_PLACEHOLDER_BYTES {
                "有"
            } else {
                text
            };
            return visitor.visit_newtype_struct(StrDeserializer::new(text));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let text = self.item.as_str().ok_or(DecodeError)?;
        visitor.visit_enum(StrDeserializer::new(text))
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// A key of a table, as a deserializer of strings.
struct Key<'a>(&'a str);

impl<'a> IntoDeserializer<'a, DecodeError> for Key<'a> {
    type Deserializer = StrDeserializer<'a, DecodeError>;

    fn into_deserializer(self) -> Self::Deserializer {
        StrDeserializer::new(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::School;
    use crate::model::child::Child;
    use crate::model::incident::Incident;
    use crate::model::term::Term;
    use crate::model::visit::{Mode, Visit};

    const VISIT: &str = "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\ntime = 15:30:00\nminutes = 20\nsummary = \"\"\"\n孩子正在写作业。\n\"\"\"\n\n[[follow_up]]\nwhat = \"买台灯\"\ndue = 2025-10-20\n";

    #[test]
    fn both_parsers_agree() {
        fn same<K: DeserializeOwned + fmt::Debug>(text: &str) {
            let reference = reference::<K>(text).unwrap();
            assert_eq!(
                format!("{:?}", fast::<K>(text, Prose::Keep).unwrap()),
                format!("{reference:?}")
            );
        }
        same::<Visit>(VISIT);
        same::<Incident>(
            "discovered = 2025-11-02T10:25:00\nkind = \"injury\"\nchildren = [\"c4t8w2z\"]\nby = \"h7k3m9q\"\nsummary = \"a\"\ncost = \"12.5\"\n",
        );
        same::<Term>(
            "name = \"第一学期\"\nstart = 2025-09-01\nend = 2026-01-20\n[enrolment]\n1 = 96\n6 = 91\n[[target]]\nfigure = \"children.visited\"\nat_least = \"95%\"\n",
        );
        same::<Child>(
            "name = \"张小明\"\ngender = \"male\"\nbirth_date = 2015-03-02\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\nguardian = { name = \"张大山\", birth_year = 1955 }\n",
        );
        same::<School>(include_str!("../../examples/school/cuncao.toml"));
        same::<School>(include_str!("../../records-template/cuncao.toml"));
        same::<School>(
            "format = 1\n[school]\nname = \"a\"\nlevel = \"primary\"\n[policy]\ndefinition = \"statutory\"\ncaseload = { teacher = 3, counsellor = [1, 2] }\ncontact_within_days = 14\n[home]\nname = \"亲情小屋\"\nstaff = [\"h7k3m9q\"]\n[[duty]]\nid = \"a\"\ntitle = \"b\"\nowed_to = \"pairing\"\ncount = 2\nperiod = \"month\"\nrecord = \"visit\"\nmatch = { mode = [\"home\", \"talk\"], met = \"child\", minutes = \">= 20\" }\nwho = { risk = \"high\", grade = [1, 2], boarding = true, under_age = 14 }\n[[duty]]\nid = \"c\"\ntitle = \"d\"\nowed_to = \"child\"\nevery = \"14d\"\nsince = 2025-09-01\nrecord = \"visit\"\nmatch = { minutes = 20 }\n[validate]\nallow = [\"no-consent\"]\n",
        );
    }

    #[test]
    fn free_text_can_be_skipped() {
        let visit: Visit = fast(VISIT, Prose::Skip).unwrap();
        assert_eq!(
            (visit.mode, &*visit.summary, &*visit.follow_up[0].what),
            (Mode::Home, "有", "买台灯")
        );
        assert!(fast::<Visit>(&VISIT.replace("\"买台灯\"", "7"), Prose::Skip).is_none());
    }

    #[test]
    fn one_byte_order_mark_is_skipped() {
        let marked = format!("\u{feff}{VISIT}");
        assert!(
            reference::<Visit>(&marked).is_ok() && decode::<Visit>(&marked, Prose::Keep).is_some()
        );
        let twice = format!("\u{feff}{marked}");
        assert!(
            reference::<Visit>(&twice).is_err() && decode::<Visit>(&twice, Prose::Keep).is_none()
        );
    }

    #[test]
    fn free_text_does_not_depend_on_line_ends() {
        let from_windows = VISIT.replace('\n', "\r\n");
        let (plain, fast) = (decode(VISIT, Prose::Keep), fast(&from_windows, Prose::Keep));
        let (plain, fast): (Visit, Visit) = (plain.unwrap(), fast.unwrap());
        let slow: Visit = reference(&from_windows).unwrap();
        assert_eq!(&*plain.summary, "孩子正在写作业。\n");
        assert_eq!(format!("{fast:?}"), format!("{plain:?}"));
        assert_eq!(format!("{slow:?}"), format!("{plain:?}"));
    }

    #[test]
    fn values_of_wrong_types_are_rejected() {
        for (from, to) in [
            ("2025-10-12", "\"2025-10-12\""),
            ("\"home\"", "\"hom\""),
            ("minutes", "minute"),
            ("20\n", "-20\n"),
            ("2025-10-12", "2025-02-30"),
            ("summary", "# "),
        ] {
            let text = VISIT.replace(from, to);
            assert!(
                fast::<Visit>(&text, Prose::Keep).is_none() && reference::<Visit>(&text).is_err(),
                "{to}"
            );
        }
    }
}

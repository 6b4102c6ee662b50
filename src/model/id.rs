//! The ids of records: format, order and generation.
//!
//! An id is the file name of a record without `.toml`; the record itself does not contain it.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use super::field::Step;
use super::kind::{Kind, Naming};

/// The digits of the random part: Crockford's base32 in lower case (without i, l, o, u).
/// <https://www.crockford.com/base32.html>
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The number of characters in the random part of an id: 2³⁰ ids for each day and kind.
pub const TAIL_LETTERS: usize = 6;

/// The value of each character of [`ALPHABET`]; 32 for all others.
const DIGITS: [u8; 256] = {
    let mut digits = [32; 256];
    let mut digit = 0;
    while digit < 32 {
        digits[ALPHABET[digit as usize] as usize] = digit;
        digit += 1;
    }
    digits
};

/// The maximum length: a day with a hyphen, a letter and the random part.
const MAX_LENGTH: usize = 11 + 1 + TAIL_LETTERS;
const TAIL_BITS: u32 = 30;
const KIND_SHIFT: u32 = 60;

/// The number of kinds for which an id has room.
const MAX_KINDS: usize = 1 << (u64::BITS - KIND_SHIFT);

/// A part of the school year in which a term falls, in chronological order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermPart {
    /// The first term, from September: `1`.
    First,
    /// The winter holiday (寒假): `w`.
    Winter,
    /// The second term: `2`.
    Second,
    /// The summer holiday (暑假): `s`.
    Summer,
}

impl TermPart {
    /// All parts, in chronological order.
    pub const ALL: [TermPart; 4] = [
        TermPart::First,
        TermPart::Winter,
        TermPart::Second,
        TermPart::Summer,
    ];

    /// Returns the character at the end of an id of a term.
    pub const fn letter(self) -> char {
        match self {
            TermPart::First => '1',
            TermPart::Winter => 'w',
            TermPart::Second => '2',
            TermPart::Summer => 's',
        }
    }

    /// Whether it is a holiday between two terms.
    pub const fn is_holiday(self) -> bool {
        matches!(self, TermPart::Winter | TermPart::Summer)
    }
}

const _: () = assert!(
    Kind::ALL.len() <= MAX_KINDS,
    "ids have no room for so many kinds"
);

/// The id of a record, packed into eight bytes. Sorts by kind, day and random part, as file names do, and terms in
/// chronological order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u64);

impl Id {
    fn pack(kind: Kind, middle: u32, tail: u32) -> Id {
        Id((kind as u64) << KIND_SHIFT | u64::from(middle) << TAIL_BITS | u64::from(tail))
    }

    /// Returns the ids that differ in one character of the random part, as a typing mistake would.
    pub fn one_letter_apart(self) -> impl Iterator<Item = Id> {
        let letters = 0..TAIL_LETTERS as u32;
        letters.flat_map(move |at| (1..32).map(move |other| Id(self.0 ^ (other << (5 * at)))))
    }

    /// Returns a new id of a kind from 30 random bits; the day is used for dated kinds only.
    ///
    /// Returns none for a term, whose id follows from its school year, and for days before year 1.
    pub fn new(kind: Kind, day: NaiveDate, random: u32) -> Option<Id> {
        let tail = random & ((1 << TAIL_BITS) - 1);
        match kind.naming() {
            Naming::Person(_) => Some(Id::pack(kind, 0, tail)),
            Naming::Dated(_) => Some(Id::pack(
                kind,
                u32::try_from(day.num_days_from_ce()).ok()?,
                tail,
            )),
            Naming::Term => None,
        }
    }

    /// Returns the id of a term, from the year in which the school year began and the part of it.
    pub fn term(year: u16, part: TermPart) -> Option<Id> {
        (1900..=9998)
            .contains(&year)
            .then(|| Id::pack(Kind::Term, u32::from(year), part as u32))
    }

    /// Returns the part of the school year in the id of a term.
    pub fn term_part(self) -> Option<TermPart> {
        let part = || TermPart::ALL.get(self.tail_bits() as usize).copied();
        (self.kind() == Kind::Term).then(part).flatten()
    }

    /// Returns the two calendar years of the school year in the id of a term, from 1 January to 31 December; all days
    /// of the term lie in them.
    pub fn years_of_term(self) -> Option<RangeInclusive<NaiveDate>> {
        if self.kind() != Kind::Term {
            return None;
        }
        let year = i32::try_from(self.middle()).ok()?;
        Some(NaiveDate::from_ymd_opt(year, 1, 1)?..=NaiveDate::from_ymd_opt(year + 1, 12, 31)?)
    }

    /// Whether it is the id of a holiday (寒假、暑假).
    pub fn is_holiday(self) -> bool {
        self.term_part().is_some_and(TermPart::is_holiday)
    }

    /// Returns the kind of the record.
    pub fn kind(self) -> Kind {
        Kind::ALL[(self.0 >> KIND_SHIFT) as usize]
    }

    fn middle(self) -> u32 {
        ((self.0 >> TAIL_BITS) & ((1 << 30) - 1)) as u32
    }

    /// Returns the random part as a number below 2³⁰, which identifies a person within a kind in half the space of an
    /// id.
    pub(crate) fn tail_bits(self) -> u32 {
        (self.0 & ((1 << TAIL_BITS) - 1)) as u32
    }

    /// Returns the day in an id of a dated kind.
    pub fn day(self) -> Option<NaiveDate> {
        match self.kind().naming() {
            Naming::Dated(_) => {
                NaiveDate::from_num_days_from_ce_opt(i32::try_from(self.middle()).ok()?)
            }
            _ => None,
        }
    }

    /// Returns the id with the same random part and another day, for a record whose day was corrected.
    pub fn on_day(self, day: NaiveDate) -> Option<Id> {
        Id::new(self.kind(), day, self.tail_bits())
    }

    /// Returns the letter and random part, `v7k3m9q`; for a term the whole id.
    pub fn tail(self) -> String {
        let whole = self.to_string();
        match self.kind().naming() {
            Naming::Term => whole,
            _ => whole[whole.len() - TAIL_LETTERS - 1..].to_owned(),
        }
    }

    /// Parses an id of a kind from a file name without extension.
    pub fn parse(kind: Kind, text: &str) -> Option<Id> {
        match kind.naming() {
            Naming::Person(letter) => {
                Some(Id::pack(kind, 0, parse_tail(text.strip_prefix(letter)?)?))
            }
            Naming::Dated(letter) => {
                let (day, rest) = text.split_at_checked(11)?;
                let day = parse_day(day.strip_suffix('-')?)?;
                let tail = parse_tail(rest.strip_prefix(letter)?)?;
                Some(Id::pack(
                    kind,
                    u32::try_from(day.num_days_from_ce()).ok()?,
                    tail,
                ))
            }
            Naming::Term => {
                let (first, rest) = text.split_at_checked(4)?;
                let (second, number) = rest.strip_prefix('-')?.split_at_checked(4)?;
                let first = parse_digits(first)?;
                let follows = parse_digits(second)? == first + 1;
                let letter: char = number.strip_prefix('-')?.parse().ok()?;
                let part = TermPart::ALL
                    .into_iter()
                    .find(|part| part.letter() == letter)?;
                Id::term(u16::try_from(first).ok()?, part).filter(|_| follows)
            }
        }
    }
}

fn parse_digits(text: &str) -> Option<u32> {
    text.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

fn parse_day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = parse_digits(&text[..4])?;
    NaiveDate::from_ymd_opt(
        i32::try_from(year).ok().filter(|y| *y > 0)?,
        parse_digits(&text[5..7])?,
        parse_digits(&text[8..])?,
    )
}

fn parse_tail(text: &str) -> Option<u32> {
    if text.len() != TAIL_LETTERS {
        return None;
    }
    text.bytes().try_fold(0u32, |bits, byte| {
        let digit = DIGITS[usize::from(byte)];
        (digit < 32).then_some(bits << 5 | u32::from(digit))
    })
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Written by hand, because formatting numbers is ten times as slow and directories are read by ids.
        let mut text = [b'-'; MAX_LENGTH];
        let mut length = 0;
        let mut number = |number: u32, digits: u32, then: usize| {
            for digit in 0..digits {
                let digit = number / 10_u32.pow(digits - 1 - digit) % 10;
                text[length] = b'0' + digit as u8;
                length += 1;
            }
            length += then;
        };
        let letter = match self.kind().naming() {
            Naming::Term => {
                number(self.middle(), 4, 1);
                number(self.middle() + 1, 4, 1);
                let part = self.term_part().ok_or(fmt::Error)?;
                return write!(f, "{}{}", ascii(&text[..length])?, part.letter());
            }
            Naming::Person(letter) => letter,
            Naming::Dated(letter) => {
                let day = self.day().unwrap_or_default();
                number(day.year().unsigned_abs(), 4, 1);
                number(day.month(), 2, 1);
                number(day.day(), 2, 1);
                letter
            }
        };
        text[length] = letter as u8;
        length += 1;
        let tail = self.tail_bits();
        for at in (0..TAIL_LETTERS).rev() {
            text[length] = ALPHABET[(tail >> (5 * at) & 31) as usize];
            length += 1;
        }
        f.write_str(ascii(&text[..length])?)
    }
}

fn ascii(bytes: &[u8]) -> Result<&str, fmt::Error> {
    std::str::from_utf8(bytes).map_err(|_| fmt::Error)
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Parses an id of any kind.
impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Kind::ALL
            .iter()
            .find_map(|kind| Id::parse(*kind, text))
            .ok_or(NotAnId)
    }
}

/// The error for a text that is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id")
    }
}

/// Calls `visit` if a field for a name or a helper id holds an id.
pub(crate) fn reference_in_name(
    name: Option<&str>,
    place: &[Step],
    visit: &mut dyn FnMut(&[Step], Id),
) {
    if let Some(id) = name.and_then(|name| Id::parse(Kind::Helper, name)) {
        visit(place, id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_round_trip() {
        for (kind, text) in [
            (Kind::Child, "c4t8w2z"),
            (Kind::Helper, "h7k3m9q"),
            (Kind::Visit, "2025-10-12-v7k3m9q"),
            (Kind::Term, "2025-2026-2"),
            (Kind::Term, "2025-2026-w"),
            (Kind::Term, "2025-2026-s"),
        ] {
            let id = Id::parse(kind, text).expect(text);
            assert_eq!((id.kind(), id.to_string().as_str()), (kind, text));
            assert_eq!(text.parse(), Ok(id));
        }
        assert_eq!(
            "2025-10-12-v7k3m9q".parse::<Id>().unwrap().tail(),
            "v7k3m9q"
        );
    }

    #[test]
    fn near_misses_of_ids_are_rejected() {
        for text in [
            "",
            "c",
            "c4t8w2",
            "c4t8w2zz",
            "C4T8W2Z",
            "c4t8w2i",
            "2025-02-30-v7k3m9q",
            "2025-10-12-7k3m9q",
            "2025-2027-1",
            "2025-2026-3",
            "2025-2026-W",
            "2025-2026-",
            "2025-2026-sw",
            "2025-2026-10",
            "张小明",
            "2025-10-1张-v7k3m9q",
            "+025-10-12-v7k3m9q",
            "0000-01-01-v000000",
        ] {
            assert_eq!(text.parse::<Id>(), Err(NotAnId), "{text}");
        }
    }

    #[test]
    fn ids_sort_as_file_names_do() {
        let mut names = [
            "2025-10-12-vz00000",
            "2025-09-30-v999999",
            "2025-10-12-va0000b",
            "2025-10-12-v0zzzzz",
        ];
        let mut ids: Vec<Id> = names.iter().map(|name| name.parse().unwrap()).collect();
        names.sort();
        ids.sort();
        assert_eq!(ids.iter().map(Id::to_string).collect::<Vec<_>>(), names);
    }

    #[test]
    fn terms_sort_in_the_order_of_the_school_year() {
        let names = [
            "2025-2026-1",
            "2025-2026-w",
            "2025-2026-2",
            "2025-2026-s",
            "2026-2027-1",
        ];
        let mut ids: Vec<Id> = names
            .iter()
            .rev()
            .map(|name| name.parse().unwrap())
            .collect();
        ids.sort();
        assert_eq!(ids.iter().map(Id::to_string).collect::<Vec<_>>(), names);
        let holidays = ids.iter().filter(|id| id.is_holiday()).count();
        assert_eq!(holidays, 2);
    }

    #[test]
    fn a_corrected_day_keeps_the_random_part() {
        let id: Id = "2025-10-12-v7k3m9q".parse().unwrap();
        let moved = id
            .on_day(NaiveDate::from_ymd_opt(2025, 11, 1).unwrap())
            .unwrap();
        assert_eq!(moved.to_string(), "2025-11-01-v7k3m9q");
    }
}

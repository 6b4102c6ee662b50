//! Finds mentions of people in text: names in any notation, personal numbers, and digits that look like a phone or
//! identity card number. The only matcher: public reports, exports, the hook and pseudonyms all use it.

mod nickname;
mod number;
mod writing;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::model::Records;
use crate::text::name::{NAME_DOTS, fold, folded, given, is_person};
use crate::text::pinyin;
pub use nickname::{forms_of_address, nicknames};
use number::{Char, is_separator, number_at};
pub use writing::is_same_word;
use writing::{is_same, is_unusual, sounds};

/// An index of the names and numbers of the people in the records.
#[derive(Debug, Default)]
pub struct Mentions {
    words: HashMap<char, Vec<Word>>,
    /// The first characters of the indexed words by pinyin syllable, and whether each is outside of GB 2312.
    firsts: HashMap<&'static str, Vec<(char, bool)>>,
    /// Forms of address before 同学, with the number of children who share each.
    forms_of_address: HashMap<String, usize>,
}

/// A word to look for.
#[derive(Debug, PartialEq, Eq)]
struct Word {
    /// The characters, folded by [`fold`].
    chars: Vec<char>,
    kind: MentionKind,
    /// The full name it belongs to, as written; empty for a number.
    name: String,
}

/// The kind of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionKind {
    /// A full name.
    Full,
    /// A number in the records, or one that looks personal.
    Number,
    /// A given name, or one word of a name of several words.
    Part,
    /// A name in pinyin.
    Spelled,
    /// A nickname or form of address of a child.
    Nickname,
    /// The initials of a child's name.
    Initials,
}

/// A match in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The byte range in the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: MentionKind,
    /// The full name it belongs to; empty for a number, and for what several may be called: 张同学.
    pub name: String,
}

/// The minimum length of a number: shorter ones are mostly years or counts.
pub const MIN_NUMBER_LEN: usize = 5;

/// A full name of at least this many Latin letters also matches inside a longer word.
const MIN_EMBEDDED_LEN: usize = 8;

/// The minimum length of a part of a Latin name: shorter ones are mostly ordinary words.
const MIN_PART_LEN: usize = 3;

/// The minimum length of a name in pinyin: shorter ones are mostly ordinary words.
const MIN_PINYIN_LEN: usize = 6;

/// Words after which a number of seven or eight digits is a phone number.
const PHONE_WORDS: &[&str] = &[
    "电话", "座机", "手机", "热线", "拨打", "致电", "微信", "phone", "tel", "call", "mobile",
];

/// Forms of address that follow a pupil's surname.
const FORMS_OF_ADDRESS: &[&str] = &["同学", "小同学", "小朋友", "某"];

/// A surname shared by at least so many children does not identify one without the class.
const MIN_SHARED: usize = 3;

/// Surnames that are also common words before 同学: 对于同学, 应同学要求.
const NO_SURNAMES: &str = "于和向应从时常全单都";

/// The maximum length of a surname with such a form of address.
const MAX_ADDRESS_LEN: usize = 3;

/// The maximum number of characters between a class and the surname.
const MAX_CLASS_DISTANCE: usize = 3;

/// The maximum number of characters between a phone word and the number.
const MAX_PHONE_WORD_DISTANCE: usize = 8;

/// Returns the letters and digits of a number, folded, for comparison: without spaces, dashes and widths.
pub fn plain_number(number: &str) -> String {
    let mut plain = fold(number);
    plain.retain(|c| c.is_ascii_alphanumeric());
    plain
}

impl Mentions {
    /// Indexes everyone named in the records.
    pub fn of(records: &Records) -> Mentions {
        let mut people = Mentions::default();
        for child in &records.children {
            people.note_child(&child.name);
            for name in child.family_names() {
                people.note(name);
            }
            for phone in child.family_phones() {
                people.note_number(Some(phone));
            }
            let consent = child.consent.as_ref();
            // Some schools enter themselves or an office as the one who consented.
            let by = consent.and_then(|consent| consent.by.as_deref());
            people.note(by.filter(|by| is_person(by)).unwrap_or_default());
            people.note_number(child.student_no.as_deref());
            for number in child.id_numbers() {
                people.note_number(number.in_clear());
            }
        }
        for helper in &records.helpers {
            people.note(&helper.name);
            people.note_number(helper.phone.as_deref());
        }
        people.sort();
        people
    }

    /// Also indexes the villages of the children, for exports that leave them out.
    #[must_use]
    pub fn with_villages(mut self, records: &Records) -> Mentions {
        let villages = records.children.iter();
        let villages = villages.filter_map(|child| child.village.as_deref());
        for village in villages.collect::<HashSet<_>>() {
            self.add(&fold(village), MentionKind::Part, "");
        }
        self.sort();
        self
    }

    fn sort(&mut self) {
        for words in self.words.values_mut() {
            // Longest first, so that 欧阳小明 is not found as 欧阳小; of equal words, the full name first.
            words.sort_by(|a, b| {
                let longer = b.chars.len().cmp(&a.chars.len());
                let order = longer.then_with(|| a.kind.cmp(&b.kind));
                order.then_with(|| (&a.chars, &a.name).cmp(&(&b.chars, &b.name)))
            });
            words.dedup_by(|a, b| a.chars == b.chars);
        }
    }

    /// Indexes a child: its name, nicknames, initials and forms of address.
    fn note_child(&mut self, name: &str) {
        if crate::model::is_placeholder(name) {
            return;
        }
        self.note(name);
        for nickname in nicknames(name) {
            self.add(&nickname, MentionKind::Nickname, name);
        }
        if let Some(initials) = nickname::initials(name) {
            self.add(&initials, MentionKind::Initials, name);
        }
        for form in forms_of_address(name) {
            *self.forms_of_address.entry(form).or_default() += 1;
        }
    }

    fn note(&mut self, name: &str) {
        if crate::model::is_placeholder(name) {
            return;
        }
        let full = fold(name);
        let is_latin = |word: &str| word.chars().all(|c| c.is_ascii_alphabetic());
        let is_alone = |word: &str| {
            let least = if is_latin(word) { MIN_PART_LEN } else { 2 };
            word.chars().count() >= least
        };
        if let Some(given) = given(&full) {
            let is_of_words = name.chars().any(|c| NAME_DOTS.contains(&c));
            if !is_of_words {
                self.add(given, MentionKind::Part, name);
            }
            let spelled = pinyin::sort_key(&full);
            if is_latin(&spelled) && spelled.len() >= MIN_PINYIN_LEN {
                let of_given = pinyin::sort_key(given);
                let family = spelled.strip_suffix(of_given.as_str());
                // Xiaoming Zhang and Zhang Xiaoming.
                if let Some(family) = family {
                    self.add(&format!("{of_given}{family}"), MentionKind::Spelled, name);
                }
                self.add(&spelled, MentionKind::Spelled, name);
            }
        }
        let parts = name.split(|c: char| c.is_whitespace() || NAME_DOTS.contains(&c));
        let parts: Vec<String> = parts.map(fold).filter(|part| !part.is_empty()).collect();
        // 张 小 明 is a single name with spaces.
        let is_of_words = parts.len() > 1
            && (name.chars().any(|c| NAME_DOTS.contains(&c))
                || parts.iter().all(|part| is_latin(part)));
        for part in parts.iter().filter(|part| is_of_words && is_alone(part)) {
            self.add(part, MentionKind::Part, name);
        }
        self.add(&full, MentionKind::Full, name);
    }

    fn note_number(&mut self, number: Option<&str>) {
        let number = number.unwrap_or_default();
        let plain = plain_number(number);
        if plain.len() >= MIN_NUMBER_LEN && !crate::model::is_placeholder(number) {
            self.add(&plain, MentionKind::Number, "");
        }
    }

    fn add(&mut self, word: &str, kind: MentionKind, name: &str) {
        // A single character is far more often a word than a name.
        if let Some(first) = word.chars().next().filter(|_| word.chars().count() > 1) {
            for sound in sounds(first) {
                let firsts = self.firsts.entry(sound).or_default();
                if !firsts.iter().any(|(known, _)| *known == first) {
                    firsts.push((first, is_unusual(first)));
                }
            }
            self.words.entry(first).or_default().push(Word {
                chars: word.chars().collect(),
                kind,
                name: name.to_owned(),
            });
        }
    }

    /// Returns the matches in a text, in order: names and given names of two or more characters, in any width and
    /// case, with invisible characters between and also in pinyin; personal numbers, and digits that look like a phone
    /// or card number, with any spaces and dashes.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let chars = chars_of(text);
        let mut hits = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            let found = self
                .word_at(text, &chars, at)
                .or_else(|| self.pupil_at(text, &chars, at))
                .or_else(|| unknown_number(text, &chars, at));
            match found {
                Some((hit, next)) => {
                    hits.push(hit);
                    at = next;
                }
                None => at += 1,
            }
        }
        hits
    }

    /// The longest indexed word that begins at an index, and the index after it.
    fn word_at(&self, text: &str, chars: &[Char], at: usize) -> Option<(Hit, usize)> {
        let first = chars[at].c;
        let known = self.words.get(&first).into_iter().flatten();
        // In a variant spelling, such as traditional characters, the first character may differ.
        let others = sounds(first).filter_map(|sound| self.firsts.get(sound));
        let mut others = others.flatten().peekable();
        let is_rare = others.peek().is_some() && is_unusual(first);
        let others = others.filter(|(other, rare)| *other != first && (*rare || is_rare));
        let variants = others.filter_map(|(other, _)| self.words.get(other));
        known.chain(variants.flatten()).find_map(|word| {
            let end = word.end_in(chars, at)?;
            let range = chars[at].start..chars[end - 1].end;
            // A short Latin word or number does not match inside a longer one.
            let is_letter = |c: char| c.is_ascii_alphanumeric();
            let is_short = word.kind != MentionKind::Full || word.chars.len() < MIN_EMBEDDED_LEN;
            let before = text[..range.start].chars().next_back();
            let after = text[range.end..].chars().next();
            let touches = word.chars.first().is_some_and(|c| is_letter(*c))
                && before.is_some_and(is_letter)
                || word.chars.last().is_some_and(|c| is_letter(*c)) && after.is_some_and(is_letter);
            let is_other = match word.kind {
                MentionKind::Nickname => nickname::is_in_word(chars, at..end),
                // In lower case they are far more often part of a word.
                MentionKind::Initials => !text[range.clone()].chars().all(char::is_uppercase),
                _ => false,
            };
            (!(is_other || is_short && touches)).then(|| {
                let hit = Hit {
                    range,
                    kind: word.kind,
                    name: word.name.clone(),
                };
                (hit, end)
            })
        })
    }

    /// A pupil addressed by surname or initials, as in 四（1）班张同学, and the index after it. Without the class, only
    /// forms of address that few children share, as in 欧阳同学.
    fn pupil_at(&self, text: &str, chars: &[Char], at: usize) -> Option<(Hit, usize)> {
        let before = chars[at.saturating_sub(MAX_CLASS_DISTANCE)..at].iter();
        let has_class = before.clone().any(|char| matches!(char.c, '班' | '级'));
        let rest = |from: usize| -> String {
            let rest = chars.get(from..).unwrap_or_default().iter();
            rest.take(MAX_ADDRESS_LEN).map(|char| char.c).collect()
        };
        // The length of the longest form of address that identifies a child.
        let form_at = |from: usize| {
            let rest = rest(from);
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let ends: Vec<usize> = ends.collect();
            let found = ends.iter().rev().position(|end| {
                let form = &rest[..*end];
                let bearers = self.forms_of_address.get(form).copied().unwrap_or_default();
                let is_enough =
                    bearers < MIN_SHARED && form.len() > 1 && !NO_SURNAMES.contains(form);
                bearers > 0 && (has_class || is_enough)
            });
            found.map(|shorter| ends.len() - shorter)
        };
        let end = if chars[at].c == '小' && has_class {
            at + 1 + form_at(at + 1)?
        } else {
            let end = at + form_at(at)?;
            let mut words = FORMS_OF_ADDRESS
                .iter()
                .filter(|word| has_class || **word != "某");
            let word = words.find(|word| rest(end).starts_with(**word))?;
            end + word.chars().count()
        };
        let range = chars[at].start..chars[end - 1].end;
        let is_letter = |c: char| c.is_ascii_alphanumeric();
        if is_letter(chars[at].c)
            && text[..range.start]
                .chars()
                .next_back()
                .is_some_and(is_letter)
        {
            return None;
        }
        let hit = Hit {
            range,
            kind: MentionKind::Nickname,
            name: String::new(),
        };
        Some((hit, end))
    }

    /// Returns the distinct matched words, as written.
    pub fn found_in(&self, text: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for hit in self.hits(text) {
            let words = &text[hit.range];
            if !found.iter().any(|known| known == words) {
                found.push(words.to_owned());
            }
        }
        found
    }

    /// Replaces every full name and every personal-looking number. A given name alone is kept: it may well be an
    /// ordinary word.
    pub fn hidden_in(&self, text: &str, stand_in: &dyn Fn(&str, &str) -> String) -> String {
        let mut hidden = String::with_capacity(text.len());
        let mut done = 0;
        for hit in self.hits(text) {
            let replaced = match hit.kind {
                MentionKind::Full => stand_in("name", &hit.name),
                MentionKind::Number => stand_in("number", &text[hit.range.clone()]),
                MentionKind::Part
                | MentionKind::Spelled
                | MentionKind::Nickname
                | MentionKind::Initials => continue,
            };
            hidden.push_str(&text[done..hit.range.start]);
            hidden.push_str(&replaced);
            done = hit.range.end;
        }
        hidden.push_str(&text[done..]);
        hidden
    }
}

impl Word {
    /// The index after this word in a folded text, if it begins at `at`. Separators may stand between the digits of a
    /// number and the characters of a full name.
    fn end_in(&self, text: &[Char], at: usize) -> Option<usize> {
        let mut next = at;
        for (done, c) in self.chars.iter().enumerate() {
            let allows_separators = match self.kind {
                MentionKind::Number => true,
                MentionKind::Full => self.chars.len() > 2,
                MentionKind::Part
                | MentionKind::Spelled
                | MentionKind::Nickname
                | MentionKind::Initials => false,
            };
            if allows_separators && done > 0 {
                while text.get(next).is_some_and(|char| is_separator(char.c)) {
                    next += 1;
                }
            }
            if !is_same(text.get(next)?.c, *c) {
                return None;
            }
            next += 1;
        }
        Some(next)
    }
}

/// A personal-looking number that is not in the records.
fn unknown_number(text: &str, chars: &[Char], at: usize) -> Option<(Hit, usize)> {
    let before: String = text[..chars[at].start]
        .chars()
        .rev()
        .take(MAX_PHONE_WORD_DISTANCE)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let before = fold(&before);
    let hint = chars[at].c.is_ascii_digit() && PHONE_WORDS.iter().any(|word| before.contains(word));
    let number = number_at(chars, at, hint)?;
    let hit = Hit {
        range: chars[at].start..chars[number.taken.end - 1].end,
        kind: MentionKind::Number,
        name: String::new(),
    };
    Some((hit, number.taken.end))
}

/// Whether a text contains what looks like an identity card number.
pub fn has_card_number(text: &str) -> bool {
    card_numbers(text).next().is_some()
}

/// Returns the byte ranges of what looks like an identity card number, each within one line.
pub fn card_numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    /// The number of digits of an identity card number without its check character.
    const MIN_DIGITS: usize = 17;
    let mut next = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        next += line.len();
        (next - line.len(), line)
    });
    // A quick pre-check: most lines are too short, or have too few digits and only ASCII ones.
    let may_hold = |line: &str| {
        let digits = line.bytes().filter(u8::is_ascii_digit).count();
        digits >= MIN_DIGITS || {
            let others = line.chars().filter(|c| !c.is_ascii());
            !line.is_ascii()
                && digits + others.filter(|c| number::is_digit(*c)).count() >= MIN_DIGITS
        }
    };
    lines
        .filter(move |(_, line)| line.len() >= MIN_DIGITS && may_hold(line))
        .flat_map(|(begin, line)| {
            let chars = chars_of(line);
            let mut found = Vec::new();
            let mut at = 0;
            while at < chars.len() {
                match number_at(&chars, at, false) {
                    Some(number) if number::is_card(&number.digits) => {
                        let end = chars[number.taken.end - 1].end;
                        found.push(begin + chars[at].start..begin + end);
                        at = number.taken.end;
                    }
                    _ => at += 1,
                }
            }
            found
        })
}

/// The kind of field that contains an identity card number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardField {
    /// `id_number`, which is sealed.
    Own,
    /// `student_no`, which may contain it and is never sealed.
    Pupil,
    /// Any other field, or none.
    Other,
}

/// Returns the byte ranges of identity card numbers in a record's file, with the kind of field.
pub fn card_fields(text: &str) -> impl Iterator<Item = (Range<usize>, CardField)> {
    card_numbers(text).map(|number| {
        let field = match key_before(&text[..number.start]) {
            "id_number" => CardField::Own,
            "student_no" => CardField::Pupil,
            _ => CardField::Other,
        };
        (number, field)
    })
}

/// The key of the value that begins at the end of a text, or one letter before.
fn key_before(text: &str) -> &str {
    let line = text.rsplit('\n').next().unwrap_or(text);
    let Some((key, value)) = line.rsplit_once('=') else {
        return "";
    };
    let value = value.trim().trim_start_matches(['"', '\'']);
    if value.chars().count() > 1 || line.trim_start().starts_with('#') {
        return "";
    }
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut words = key.trim_end().rsplit(|c: char| !is_key(c));
    words.next().unwrap_or_default()
}

/// The characters of a text, folded.
fn chars_of(text: &str) -> Vec<Char> {
    let chars = folded(text).map(|(start, c)| Char {
        c,
        start,
        end: start + text[start..].chars().next().map_or(0, char::len_utf8),
    });
    chars.collect()
}

#[cfg(test)]
mod tests;

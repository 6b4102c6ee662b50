//! Finds the names of people in free text, to hide them.

use std::collections::HashMap;

use crate::model::Records;
use crate::text::name::{fold, given};

/// The names of the people in the records, to find them in texts.
#[derive(Debug, Default)]
pub struct Mentions {
    by_first: HashMap<char, Vec<String>>,
    /// Full and given names, and the numbers of people, as [`fold`] has them.
    folded: HashMap<char, Vec<String>>,
}

impl Mentions {
    /// Everyone whom the records name.
    pub fn of(records: &Records) -> Mentions {
        let mut people = Mentions::default();
        for child in &records.children {
            people.note(&child.name);
            for guardian in child
                .guardianship
                .iter()
                .filter_map(|entry| entry.guardian.as_ref())
            {
                people.note(guardian.name.as_deref().unwrap_or_default());
                people.note_number(guardian.phone.as_deref());
            }
            for parent in &child.parents {
                people.note(parent.name.as_deref().unwrap_or_default());
                people.note_number(parent.phone.as_deref());
            }
            people.note_number(child.student_no.as_deref());
            for number in child.id_numbers() {
                people.note_number(number.in_clear());
            }
        }
        for helper in &records.helpers {
            people.note(&helper.name);
            people.note_number(helper.phone.as_deref());
        }
        for names in people
            .by_first
            .values_mut()
            .chain(people.folded.values_mut())
        {
            // The longest first, so that 欧阳小明 is not found as 欧阳小.
            names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            names.dedup();
        }
        people
    }

    fn note(&mut self, name: &str) {
        // A single character is a word of its own far more often than a name.
        if let Some(first) = name.chars().next().filter(|_| name.chars().count() > 1) {
            self.by_first
                .entry(first)
                .or_default()
                .push(name.to_owned());
        }
        let full = fold(name);
        if let Some(given) = given(&full) {
            self.note_folded(given.to_owned());
        }
        self.note_folded(full);
    }

    fn note_number(&mut self, number: Option<&str>) {
        let number = plain_number(number.unwrap_or_default());
        if number.chars().count() >= SHORTEST_NUMBER {
            self.note_folded(number);
        }
    }

    fn note_folded(&mut self, word: String) {
        if let Some(first) = word.chars().next().filter(|_| word.chars().count() > 1) {
            self.folded.entry(first).or_default().push(word);
        }
    }

    /// What in a text may tell who somebody is, each once: names of people, given names of two characters or more,
    /// in any width and case and with anything between that nobody sees; their numbers, and what looks like a phone's
    /// or an identity card's, with any blanks and dashes.
    pub fn found_in(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let text = fold(text);
        let mut rest = text.as_str();
        let mut before = None;
        while let Some(first) = rest.chars().next() {
            let known = self.folded.get(&first).into_iter().flatten();
            let is_letter = |c: char| c.is_ascii_alphanumeric();
            let name = known.into_iter().find(|word| {
                let Some(after) = rest.strip_prefix(word.as_str()) else {
                    return false;
                };
                // A short Latin name or number is not a part of a longer word.
                let touches = |c: Option<char>| c.is_some_and(is_letter);
                let is_short = is_letter(first) && word.len() < SHORT;
                !(is_short && (touches(before) || touches(after.chars().next())))
            });
            let (number, run) = match name {
                None if is_letter(first) => number_at(rest),
                _ => (String::new(), 0),
            };
            let (word, taken) = match name {
                Some(name) => (Some(name.clone()), name.len()),
                None if self.is_number(&number) || is_personal(&number) => (Some(number), run),
                None if first.is_ascii_digit() => (None, run),
                None => (None, first.len_utf8()),
            };
            found.extend(word.filter(|word| !found.contains(word)));
            before = rest[..taken].chars().next_back();
            rest = &rest[taken..];
        }
        found
    }

    fn is_number(&self, number: &str) -> bool {
        let first = number.chars().next();
        let known = first.and_then(|first| self.folded.get(&first));
        known.is_some_and(|known| known.iter().any(|known| known == number))
    }

    /// A text with each name, and each number that may be a phone's or a card's, replaced.
    pub fn hidden_in(&self, text: &str, stand_in: &dyn Fn(&str, &str) -> String) -> String {
        let mut hidden = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let known = self.by_first.get(&first).into_iter().flatten();
            let name = known
                .into_iter()
                .find(|name| rest.starts_with(name.as_str()));
            let digits = rest
                .bytes()
                .take_while(|b| b.is_ascii_alphanumeric())
                .count();
            let number = rest[..digits].bytes().filter(u8::is_ascii_digit).count();
            let taken = match name {
                Some(name) => {
                    hidden.push_str(&stand_in("name", name));
                    name.len()
                }
                None if number >= 7 => {
                    hidden.push_str(&stand_in("number", &rest[..digits]));
                    digits
                }
                None => {
                    let taken = digits.max(first.len_utf8());
                    hidden.push_str(&rest[..taken]);
                    taken
                }
            };
            rest = &rest[taken..];
        }
        hidden
    }
}

/// Shorter numbers of people are years, counts and the like far more often.
const SHORTEST_NUMBER: usize = 5;

/// A Latin word of so many letters stands for itself, within whatever it is written.
const SHORT: usize = 8;

/// A number without what people write between its digits.
fn plain_number(number: &str) -> String {
    fold(number)
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .collect()
}

/// The number with which a folded text begins, without what stands between its digits, and how much of the text it is.
fn number_at(text: &str) -> (String, usize) {
    let mut number = String::new();
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        match c {
            _ if c.is_ascii_alphanumeric() => {
                number.push(c);
                taken = at + c.len_utf8();
            }
            '-' | '‐' | '‑' | '–' | '—' | '－' | '_' | '/' | '(' | ')' => {}
            _ => break,
        }
    }
    (number, taken)
}

/// Whether a number looks like that of a phone or an identity card.
fn is_personal(number: &str) -> bool {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        11 => number.starts_with(['0', '1']),
        10 | 12 => number.starts_with('0'),
        13 => number.starts_with("861"),
        15 | 18 => true,
        17 => number[digits..].starts_with('x'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_found_in_texts() {
        let mut people = Mentions::default();
        people.note("张小明");
        people.note("张小");
        for names in people.by_first.values_mut() {
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
        let hidden = |text: &str| people.hidden_in(text, &|_, _| "○○".to_owned());
        assert_eq!(hidden("走访张小明，电话13900001234。"), "走访○○，电话○○。");
        assert_eq!(
            hidden("2025年12次，张老师，42000020150302001X"),
            "2025年12次，张老师，○○"
        );
    }

    #[test]
    fn people_are_found_in_whatever_way_they_are_written() {
        let mut people = Mentions::default();
        ["张小明", "欧阳天佑", "李强", "阿依·古丽", "Anna Schmidt"]
            .iter()
            .for_each(|name| people.note(name));
        people.note_number(Some("139-0000-0001"));
        people.note_number(Some("G2015 03 0021"));
        for text in [
            "张小明同学得了奖",
            "小明进步很大",
            "张　小明",
            "张\u{200b}小 明",
            "天佑的奶奶",
            "李强",
            "阿依•古丽和同学",
            "阿依古丽",
            "ＡＮＮＡ　Schmidt came",
            "电话13900000001",
            "电话 139-0000-0001",
            "１３９ ００００ ０００１",
            "０７３１－８２２３３４４５",
            "(0731)82233445",
            "11010519491231002X",
            "110105 19491231 002x",
            "学籍号g2015-03-0021",
        ] {
            assert!(!people.found_in(text).is_empty(), "{text}");
        }
        for text in [
            "2025—2026学年第二学期",
            "2026年7月10日前",
            "2026-07-10至2026-08-25",
            "走访581次，占95.6%",
            "小朋友都明白",
            "国发〔2016〕13号",
            "捐款1234567元",
            "强化管理，李子成熟",
            "Annan Schmidty",
        ] {
            assert_eq!(people.found_in(text), Vec::<String>::new(), "{text}");
        }
    }
}

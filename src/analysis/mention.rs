//! Finds the names of people in free text, to hide them.

use std::collections::HashMap;

use crate::model::Records;

/// The names of the people in the records, to find them in texts.
#[derive(Debug, Default)]
pub struct Mentions {
    by_first: HashMap<char, Vec<String>>,
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
            }
            for parent in &child.parents {
                people.note(parent.name.as_deref().unwrap_or_default());
            }
        }
        for helper in &records.helpers {
            people.note(&helper.name);
        }
        for names in people.by_first.values_mut() {
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
}

//! Resolves each column of a table by its header, its neighbours and its cells.

use super::Columns;
use super::header::{EMPTY_SUFFIXES, Header, plain};
use super::target::{Hint, OmissionReason, Target, UnknownHeader};
use super::words::{self, Meaning, Person, attribute};
use crate::exchange::path::{ColumnStep, shown};
use crate::model::Kind;
use crate::model::entered::code;
use crate::model::shape::FieldType;

impl Columns {
    /// Resolves the columns of a table. `fits` returns how many cells of a column are valid for a field, and how many
    /// there are.
    pub(in crate::exchange) fn resolve(
        &self,
        headers: &[Header],
        fits: &dyn Fn(usize, &Target) -> (usize, usize),
    ) -> Vec<Result<Target, UnknownHeader>> {
        let mut person = None;
        // In a list of helpers and children, columns describe the child until a helper's name occurs.
        let is_child_word = |header: &Header| {
            self.kind == Kind::Helper
                && words::meanings(self.kind, &plain(&header.shown()))
                    .contains(&Meaning::Left(OmissionReason::OfKind(Kind::Child)))
        };
        // In a table written by export every header is the label of its own field, even if people use it for another.
        let is_exported = headers.iter().any(|header| {
            matches!(
                self.candidates(&header.shown(), None).as_deref(),
                Ok([Target::Id])
            )
        });
        let mut others = headers.iter().any(is_child_word);
        let mut resolved = Vec::with_capacity(headers.len());
        for (at, header) in headers.iter().enumerate() {
            let is_after_items = matches!(
                resolved.last(),
                Some(Ok(Target::Field { steps, .. })) if shown(steps).starts_with("items[0]")
            );
            let own = self
                .labels
                .field_at(&header.shown())
                .filter(|_| is_exported);
            let target = match own {
                Some((steps, holds)) => Ok(Target::Field { steps, holds }),
                None => self.column(at, header, person, is_after_items, fits),
            };
            person = match &target {
                Ok(Target::Field { steps, .. }) => person_of(steps),
                Ok(Target::Hint(Hint::Member(number, _))) => Some(Person::Member(*number)),
                Ok(Target::Ignored(OmissionReason::NoField | OmissionReason::Number)) => person
                    .filter(|_| {
                        attribute(&plain(&header.text)).is_some()
                            || Person::of(&plain(&header.text)).is_some()
                    }),
                _ => None,
            };
            if self.kind == Kind::Helper {
                let is_name =
                    matches!(&target, Ok(Target::Field { steps, .. }) if shown(steps) == "name");
                others = (others || is_child_word(header)) && !is_name;
                let says_whose = header.shown().chars().count() > 4;
                if others && matches!(target, Ok(Target::Field { .. })) && !says_whose {
                    resolved.push(Ok(Target::Ignored(OmissionReason::OfKind(Kind::Child))));
                    continue;
                }
            }
            resolved.push(target);
        }
        resolved
    }

    fn column(
        &self,
        at: usize,
        header: &Header,
        person: Option<Person>,
        is_after_items: bool,
        fits: &dyn Fn(usize, &Target) -> (usize, usize),
    ) -> Result<Target, UnknownHeader> {
        // 单位 next to 数量 is the unit of the items, and elsewhere the donor.
        if self.kind == Kind::Aid && plain(&header.text) == "单位" && is_after_items {
            return self.find("items[0].unit");
        }
        if let Some(tick) = self.tick_column(header) {
            return Ok(tick);
        }
        let mut fault = None;
        let lookup_words = self.lookup_words(header);
        for word in &lookup_words {
            match self.candidates(word, person) {
                Ok(found) if found.len() == 1 => {
                    return Ok(found.into_iter().next().unwrap_or(Target::Id));
                }
                Ok(mut found) => {
                    // Of several meanings, the first that fits all cells, or else the most. Codes are tried before
                    // free text, which fits everything.
                    found.sort_by_key(|target| match target {
                        Target::Field { holds, .. } => match holds {
                            FieldType::Code(_) => 0,
                            FieldType::List(entry) if matches!(**entry, FieldType::Code(_)) => 0,
                            _ => 1,
                        },
                        _ => 1,
                    });
                    let mut best: Option<(usize, Target)> = None;
                    for target in found {
                        let (fit, all) = fits(at, &target);
                        if fit == all {
                            return Ok(target);
                        }
                        if best.as_ref().is_none_or(|(most, _)| fit > *most) {
                            best = Some((fit, target));
                        }
                    }
                    return best
                        .map(|(_, target)| target)
                        .ok_or(UnknownHeader::Unknown(None));
                }
                Err(unnamed) => fault = fault.or(Some(unnamed)),
            }
        }
        let word = lookup_words.first().map_or("", String::as_str);
        Err(self.with_nearest(fault.unwrap_or(UnknownHeader::Unknown(None)), word))
    }

    /// A check mark column whose upper header is a field and whose lower header is a code of it: 隔代 under 监护方式.
    fn tick_column(&self, header: &Header) -> Option<Target> {
        let found = self.candidates(&header.top, None).ok()?;
        let mut ticks = found.into_iter().filter_map(|target| {
            let Target::Field { steps, holds } = target else {
                return None;
            };
            let words = match holds {
                FieldType::Code(words) => words,
                FieldType::List(entry) => match &**entry {
                    FieldType::Code(words) => words,
                    _ => return None,
                },
                _ => return None,
            };
            let code = code::known(words, &header.text)?.code.clone();
            Some(Target::Tick { steps, holds, code })
        });
        ticks
            .next()
            .filter(|_| !header.top.is_empty() && header.top != header.text)
    }

    /// The words by which a header is looked up.
    pub(super) fn lookup_words(&self, header: &Header) -> Vec<String> {
        if header.top.is_empty() {
            return vec![header.text.clone()];
        }
        let (top, text) = (plain(&header.top), plain(&header.text));
        let bare = EMPTY_SUFFIXES
            .iter()
            .find_map(|noise| top.strip_suffix(noise))
            .unwrap_or(&top)
            .to_owned();
        if self.kind == Kind::Child && (top.contains("外出") || top.contains("务工")) {
            let away = match text.as_str() {
                "父亲" | "父" | "父亲外出" => Some("父亲外出"),
                "母亲" | "母" | "母亲外出" => Some("母亲外出"),
                "双方" | "父母双方" | "父母" | "均外出" => Some("父母双方外出"),
                _ => None,
            };
            if let Some(away) = away {
                return vec![away.to_owned()];
            }
        }
        let mut lookup_words = vec![format!("{bare}{text}"), format!("{top}{text}")];
        if text.is_empty() {
            lookup_words = vec![top];
        } else if Person::of(&bare).is_none_or(|(_, rest)| !rest.is_empty()) {
            // 父亲 above 年龄 is not the child's 年龄.
            lookup_words.push(text);
        }
        lookup_words
    }
}

fn person_of(steps: &[ColumnStep]) -> Option<Person> {
    let path = shown(steps);
    let of = |base: &str| path.starts_with(base);
    if of("guardianship.guardian") || path == "guardianship.kind" {
        Some(Person::Guardian).filter(|_| of("guardianship.guardian"))
    } else if of("parents[father]") {
        Some(Person::Father)
    } else if of("parents[mother]") {
        Some(Person::Mother)
    } else {
        None
    }
}

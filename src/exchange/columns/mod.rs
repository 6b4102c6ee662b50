//! Maps columns to fields: by path, by label in either language, or by the words used in schools' rosters.
//!
//! A header is a path such as `guardianship[0].guardian.name`; the labels along it (`监护情况1.监护人.姓名`, counted from 1);
//! or the last labels concatenated, if that is unambiguous (`监护人姓名`). A list whose entries are identified by a code
//! can also be indexed by it: `parents[father].name`, `父亲姓名`. Without an index the newest entry is meant.

mod header;
mod labels;
mod resolve;
mod target;
mod words;

use super::path::{ColumnStep, EntryChoice, shown};
use crate::model::entered::code;
use crate::model::shape::{CodeWord, FieldType};
use crate::model::{FieldPath, Kind};
use crate::text::{Lang, suggest};
pub use header::Header;
use header::{is_names_header, unnumbered, variants};
pub(in crate::exchange) use header::{names_header, plain};
use labels::Labels;
pub use target::{Hint, MemberPart, OmissionReason, Target, UnknownHeader};
use words::{Meaning, Person, PersonMeaning, attribute};

/// Finds the fields of a kind by column header.
pub struct Columns {
    kind: Kind,
    labels: Labels,
}

impl Columns {
    /// Builds the index for a kind.
    pub fn of(kind: Kind) -> Columns {
        Columns {
            kind,
            labels: Labels::of(kind),
        }
    }

    /// Resolves a word by itself, without a table: a path, a label, or a word from rosters.
    ///
    /// # Errors
    ///
    /// [`UnknownHeader`].
    pub fn find(&self, word: &str) -> Result<Target, UnknownHeader> {
        match self.candidates(word, None) {
            Ok(mut found) => Ok(found.swap_remove(0)),
            Err(unnamed) => Err(self.with_nearest(unnamed, word)),
        }
    }

    /// The codes of the field at a path; `None` if it has none.
    pub(super) fn codes(&self, path: &str) -> Option<&'static [CodeWord]> {
        match self.labels.field_at(path)?.1 {
            FieldType::Code(words) => Some(words),
            _ => None,
        }
    }

    /// Whether a header is known for this kind.
    pub(super) fn knows(&self, header: &Header) -> bool {
        let words = self.lookup_words(header);
        words.iter().any(|word| {
            self.candidates(word, None).is_ok()
                || self.candidates(word, Some(Person::Guardian)).is_ok()
        })
    }

    /// The possible meanings of a header, most likely first; next to a column about a person also what relates to that
    /// person.
    fn candidates(
        &self,
        header: &str,
        person: Option<Person>,
    ) -> Result<Vec<Target>, UnknownHeader> {
        let header = header.trim();
        let word = plain(header);
        if header == "-" {
            return Ok(vec![Target::Ignored(OmissionReason::Asked)]);
        }
        if word == "id" || word == "编号" || word == "记录编号" {
            return Ok(vec![Target::Id]);
        }
        if let Some((steps, holds)) = self.labels.field_at(header) {
            let is_own = |target: &Target| matches!(target, Target::Field { steps: other, .. } if *other == steps);
            // A label that people also use for another field: the cells decide which is meant.
            let meant = words::meanings(self.kind, &word).iter();
            let others: Vec<Target> = meant
                .filter(|meaning| matches!(meaning, Meaning::Field(_)))
                .filter_map(|meaning| self.target(*meaning))
                .filter(|target| self.kind != Kind::Child && !is_own(target))
                .collect();
            let mut found = vec![Target::Field { steps, holds }];
            found.extend(others);
            return Ok(found);
        }
        if let Some((ids, last)) = header.rsplit_once('.')
            && is_names_header(last)
            && self.labels.field_at(ids).is_some()
        {
            return Ok(vec![Target::Ignored(OmissionReason::Names)]);
        }
        let word = match unnumbered(header) {
            Some(rest) => plain(rest),
            None => word,
        };
        let (variants, _) = variants(&word);
        let is_child = self.kind == Kind::Child;
        if is_child && let Some(target) = self.of_person(&word, person) {
            return target;
        }
        for variant in &variants {
            let meant = words::meanings(self.kind, variant);
            let found: Vec<Target> = meant
                .iter()
                .filter_map(|meaning| self.target(*meaning))
                .collect();
            if !found.is_empty() {
                return Ok(found);
            }
            if !is_child {
                continue;
            }
            if let Some((person, detail)) = Person::of(variant)
                && let Some(meaning) = person.meaning(detail)
            {
                return Ok(vec![self.person_target(meaning)]);
            }
        }
        for variant in &variants {
            let meant = self.labels.meant(variant);
            match &meant[..] {
                [] => {}
                [(steps, holds)] => {
                    return Ok(vec![Target::Field {
                        steps: steps.clone(),
                        holds,
                    }]);
                }
                _ => {
                    return Err(UnknownHeader::Several(
                        meant.iter().map(|(steps, _)| shown(steps)).collect(),
                    ));
                }
            }
        }
        for variant in &variants {
            let bare = variant
                .strip_prefix("是否")
                .map_or(variant.as_str(), |rest| {
                    rest.strip_prefix('为').unwrap_or(rest)
                });
            if let Some(target) = self.tick(bare) {
                return Ok(vec![target]);
            }
        }
        Err(UnknownHeader::Unknown(None))
    }

    /// Adds the nearest known word to the error; separate because the search is slow.
    fn with_nearest(&self, unnamed: UnknownHeader, header: &str) -> UnknownHeader {
        let word = plain(unnumbered(header).unwrap_or(header));
        let (_, is_whole) = variants(&word);
        match unnamed {
            UnknownHeader::Unknown(None) if is_whole => UnknownHeader::Unknown(self.nearest(&word)),
            other => other,
        }
    }

    /// The meaning of a word such as 关系 or 联系电话, which does not say whose it is.
    fn of_person(
        &self,
        word: &str,
        person: Option<Person>,
    ) -> Option<Result<Vec<Target>, UnknownHeader>> {
        const AMBIGUOUS: &[&str] = &[
            "name",
            "relation",
            "phone",
            "workplace",
            "occupation",
            "education",
            "status",
            "contact",
        ];
        let attribute = attribute(word)?;
        let is_own = !words::meanings(self.kind, word).is_empty();
        match person {
            Some(Person::Guardian) if attribute == "health" => {
                // The guardian's or the child's: such lists contain both.
                Some(Err(UnknownHeader::Several(vec![
                    "profile.health".to_owned(),
                    "guardianship.guardian.health".to_owned(),
                ])))
            }
            Some(person)
                if !is_own
                    || matches!(attribute, "name" | "id_number" | "-")
                        && matches!(person, Person::Member(_)) =>
            {
                person
                    .meaning(word)
                    .map(|meaning| Ok(vec![self.person_target(meaning)]))
            }
            Some(Person::Father | Person::Mother) if attribute == "id_number" => {
                Some(Err(UnknownHeader::Several(vec![
                    "id_number".to_owned(),
                    "parents.id_number".to_owned(),
                ])))
            }
            Some(_) => None,
            None if AMBIGUOUS.contains(&attribute) && !is_own => {
                let of = |base: &str| format!("{base}.{attribute}");
                let bases = [
                    "guardianship.guardian",
                    "parents[father]",
                    "parents[mother]",
                ];
                let known = bases
                    .map(of)
                    .into_iter()
                    .filter(|path| self.labels.field_at(path).is_some());
                Some(Err(UnknownHeader::Several(known.collect())))
            }
            None => None,
        }
    }

    fn person_target(&self, meaning: PersonMeaning) -> Target {
        match meaning {
            PersonMeaning::Hint(hint) => Target::Hint(hint),
            PersonMeaning::NoField => Target::Ignored(OmissionReason::NoField),
            PersonMeaning::Field(path) => match self.labels.field_at(&path) {
                Some((steps, holds)) => Target::Field { steps, holds },
                None => Target::Ignored(OmissionReason::NoField),
            },
        }
    }

    fn target(&self, meaning: Meaning) -> Option<Target> {
        match meaning {
            Meaning::Field(path) => self
                .labels
                .field_at(path)
                .map(|(steps, holds)| Target::Field { steps, holds }),
            Meaning::Tick(path, code) => {
                self.labels
                    .field_at(path)
                    .map(|(steps, holds)| Target::Tick {
                        steps,
                        holds,
                        code: code.to_owned(),
                    })
            }
            Meaning::Hint(hint) => Some(Target::Hint(hint)),
            Meaning::Left(why) => Some(Target::Ignored(why)),
        }
    }

    /// A check mark column whose header is the word for a code: 低保, 孤儿, 隔代监护.
    fn tick(&self, word: &str) -> Option<Target> {
        if word.chars().count() < 2 {
            return None;
        }
        self.kind
            .shape()
            .leaves()
            .into_iter()
            .find_map(|(path, field)| {
                // Codes of a parent need a header that names the parent.
                let known = field
                    .codes()
                    .filter(|_| !path.to_string().starts_with("parents"))?;
                let code = code::known(known, word)?;
                let (steps, holds) = self.labels.field_at(&path.to_string())?;
                (code.code != "other" && code.code != "none").then(|| Target::Tick {
                    steps,
                    holds,
                    code: code.code.clone(),
                })
            })
    }

    /// The nearest known word that refers to the same person.
    fn nearest(&self, word: &str) -> Option<String> {
        let person = Person::of(word).map(|(person, _)| person);
        let same = |known: &&str| Person::of(known).map(|(person, _)| person) == person;
        let labels = suggest::nearest(word, self.labels.all().filter(same)).map(str::to_owned);
        let words = suggest::nearest(word, words::all(self.kind).filter(same)).map(str::to_owned);
        words.or(labels)
    }
}

/// The label of a field within a table: 监护人姓名, 父亲电话, 班级.
pub fn labels_of(kind: Kind, steps: &[ColumnStep], lang: Lang) -> String {
    let mut shape = Some(kind.shape());
    let mut labels: Vec<String> = Vec::new();
    for step in steps {
        match step {
            ColumnStep::Key(name) => {
                let field = shape.and_then(|shape| shape.field(name));
                labels.push(field.map_or_else(|| name.clone(), |field| field.label(lang)));
                shape = field.and_then(|field| field.holds.inner());
            }
            ColumnStep::Entry(EntryChoice::Coded { code, .. }) => {
                let word = shape
                    .and_then(labels::selector)
                    .and_then(|(_, words)| words.iter().find(|word| word.code == *code));
                labels.pop();
                labels.push(word.map_or_else(|| code.clone(), |word| word.label(lang).to_owned()));
            }
            ColumnStep::Entry(_) => {}
        }
    }
    // The name of the list is omitted before a distinctive field: 班级, but 监护情况开始日期.
    let own = labels.len() > 1
        && matches!(steps.get(1), Some(ColumnStep::Entry(EntryChoice::Newest)))
        && !matches!(steps.last(), Some(ColumnStep::Key(name)) if name == "since");
    if own {
        labels.remove(0);
    }
    labels.dedup();
    match lang {
        Lang::Zh => labels.concat(),
        Lang::En => labels.join(" "),
    }
}

/// The header of a field as a path of labels: `监护情况1.监护人.姓名`.
pub fn labelled(kind: Kind, path: &FieldPath, lang: Lang) -> String {
    use crate::model::Step;
    let mut shape = Some(kind.shape());
    let mut header = String::new();
    for step in &path.0 {
        match step {
            Step::Key(name) => {
                if !header.is_empty() {
                    header.push('.');
                }
                let field = shape.and_then(|shape| shape.field(name));
                header.push_str(&field.map_or_else(|| name.to_string(), |field| field.label(lang)));
                shape = field.and_then(|field| field.holds.inner());
            }
            Step::Index(index) => header.push_str(&(index + 1).to_string()),
        }
    }
    header
}

#[cfg(test)]
mod tests;

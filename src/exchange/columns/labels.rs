//! Finds fields by header: by path, or by the labels along it.

use std::collections::BTreeMap;

use super::header::plain;
use crate::exchange::path::{ColumnStep, EntryChoice};
use crate::model::Kind;
use crate::model::shape::{Field, FieldType, Shape};
use crate::text::Lang;

/// A field that a label may refer to: how many labels of its path are omitted, its path and what it holds.
type Meaning = (usize, Vec<ColumnStep>, &'static FieldType);

/// A step along a path with its labels, and in a list of tables the entry with those of its code.
type LabelledStep = (ColumnStep, [String; 2], Option<(ColumnStep, [String; 2])>);

/// Finds the fields of a kind by label.
pub(super) struct Labels {
    shape: &'static Shape,
    /// The possible fields of each concatenated label.
    labels: BTreeMap<String, Vec<Meaning>>,
}

impl Labels {
    /// Builds the index for a kind.
    pub(super) fn of(kind: Kind) -> Labels {
        let mut labels = Labels {
            shape: kind.shape(),
            labels: BTreeMap::new(),
        };
        labels.gather(kind.shape(), &mut Vec::new());
        labels
    }

    fn gather(&mut self, shape: &'static Shape, way: &mut Vec<LabelledStep>) {
        for field in &shape.fields {
            let words = Lang::ALL.map(|lang| field.label(lang));
            way.push((ColumnStep::Key(field.name.clone()), words, None));
            match &field.holds {
                FieldType::Table(inner) => self.gather(inner, way),
                FieldType::Tables(inner) => {
                    let depth = way.len() - 1;
                    way[depth].2 =
                        Some((ColumnStep::Entry(EntryChoice::Newest), Default::default()));
                    self.gather(inner, way);
                    if let Some((name, codes)) = selector(inner) {
                        for word in codes {
                            let which = EntryChoice::Coded {
                                field: name.to_owned(),
                                code: word.code.clone(),
                            };
                            let words = Lang::ALL.map(|lang| word.label(lang).to_owned());
                            way[depth].2 = Some((ColumnStep::Entry(which), words));
                            self.gather(inner, way);
                        }
                    }
                }
                FieldType::Counts { .. } | FieldType::Match => {}
                holds => self.note(way, holds),
            }
            way.pop();
        }
    }

    fn note(&mut self, way: &[LabelledStep], holds: &'static FieldType) {
        let steps: Vec<ColumnStep> = way
            .iter()
            .flat_map(|(key, _, entry)| {
                std::iter::once(key.clone()).chain(entry.as_ref().map(|(step, _)| step.clone()))
            })
            .collect();
        for lang in Lang::ALL {
            let words: Vec<(String, bool)> = way
                .iter()
                .map(|(_, words, entry)| match entry {
                    // The code is more specific than the name of the list: 父亲 rather than 父母.
                    Some((_, coded)) if !coded[0].is_empty() => {
                        (coded[lang as usize].clone(), true)
                    }
                    _ => (words[lang as usize].clone(), false),
                })
                .collect();
            let coded = words.iter().position(|(_, coded)| *coded);
            for from in 0..words.len() {
                if coded.is_some_and(|coded| from > coded) {
                    break;
                }
                let label: String = words[from..]
                    .iter()
                    .map(|(word, _)| word.as_str())
                    .collect();
                let entry = (from, steps.clone(), holds);
                let meant = self.labels.entry(plain(&label)).or_default();
                if !meant.iter().any(|(_, known, _)| *known == steps) {
                    meant.push(entry);
                }
            }
        }
    }

    /// The fields that a label refers to, best match first: a complete path takes precedence over the end of a longer
    /// one, so 姓名 is the child's own.
    pub(super) fn meant(&self, label: &str) -> Vec<(Vec<ColumnStep>, &'static FieldType)> {
        let meant = self
            .labels
            .get(label)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let nearest = meant.iter().map(|(from, ..)| from).min();
        let best = meant.iter().filter(|(from, ..)| Some(from) == nearest);
        let shortest = best.clone().map(|(_, steps, _)| steps.len()).min();
        best.filter(|(_, steps, _)| Some(steps.len()) == shortest)
            .map(|(_, steps, holds)| (steps.clone(), *holds))
            .collect()
    }

    /// All labels, for suggestions.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.labels.keys().map(String::as_str)
    }

    /// The field at the end of a path of names or labels: `guardianship[0].since`, `监护情况1.开始日期`.
    pub(super) fn field_at(&self, header: &str) -> Option<(Vec<ColumnStep>, &'static FieldType)> {
        let mut shape = Some(self.shape);
        let mut holds: Option<&'static FieldType> = None;
        let mut steps = Vec::new();
        for part in header.split('.') {
            if let Some(FieldType::Counts { keys, entry }) = holds {
                let key = keys.iter().find(|key| *key == part.trim())?;
                steps.push(ColumnStep::Key(key.clone()));
                return Some((steps, entry));
            }
            let (name, which) = match part.trim().split_once('[') {
                Some((name, which)) => (name, Some(which.strip_suffix(']')?)),
                None => (part.trim(), None),
            };
            let (name, number) = match field_called(shape?, name) {
                Some(_) => (name, None),
                None => {
                    let short = name.trim_end_matches(|c: char| c.is_ascii_digit());
                    (
                        short,
                        name[short.len()..].parse::<usize>().ok()?.checked_sub(1),
                    )
                }
            };
            let field = field_called(shape?, name)?;
            steps.push(ColumnStep::Key(field.name.clone()));
            if let FieldType::Tables(inner) = &field.holds {
                let which = match (which, number) {
                    (None, None) => EntryChoice::Newest,
                    (None, Some(number)) => EntryChoice::At(number),
                    (Some(which), _) => match which.parse() {
                        Ok(number) => EntryChoice::At(number),
                        Err(_) => {
                            let (name, codes) = selector(inner)?;
                            codes.iter().find(|word| word.code == which)?;
                            EntryChoice::Coded {
                                field: name.to_owned(),
                                code: which.to_owned(),
                            }
                        }
                    },
                };
                steps.push(ColumnStep::Entry(which));
            } else if which.is_some() || number.is_some() {
                return None;
            }
            shape = field.holds.inner();
            holds = Some(&field.holds);
        }
        let holds = holds?;
        (!holds.is_table()).then_some((steps, holds))
    }
}

pub(super) fn field_called(shape: &'static Shape, name: &str) -> Option<&'static Field> {
    shape.fields.iter().find(|field| {
        field.name == name
            || Lang::ALL
                .iter()
                .any(|lang| plain(&field.label(*lang)) == plain(name))
    })
}

/// The field that identifies the entries of a list: the first one, if it is a required code.
pub(super) fn selector(
    shape: &'static Shape,
) -> Option<(&'static str, &'static [crate::model::shape::CodeWord])> {
    match shape.fields.first()? {
        Field {
            name,
            required: true,
            holds: FieldType::Code(words),
            ..
        } => Some((name, words)),
        _ => None,
    }
}

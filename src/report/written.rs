//! Traces words of a report back to the fields of the settings and records that are printed even for the public.

use toml::{Table, Value};

use crate::analysis::Basis;
use crate::model::shape::{FieldType, Shape};
use crate::model::{FieldPath, HasTable, Id, Record, Records, School, table_of};
use crate::text::name::fold;

/// The maximum number of fields named for the same words.
const MAX_PLACES: usize = 3;

/// A field: its record, or `None` for the settings, and its path.
pub type FieldOfRecord = (Option<Id>, FieldPath);

/// Returns the fields that words of a paragraph may come from: those that contain them between the same letters as the
/// paragraph.
pub(super) fn places_of(words: &str, paragraph: &str, basis: &Basis<'_>) -> Vec<FieldOfRecord> {
    let (words, paragraph) = (fold(words), fold(paragraph));
    let mut found = Vec::new();
    if words.is_empty() {
        return found;
    }
    let settings = table_of(basis.school);
    let mut see = |record: Option<Id>, path: &FieldPath, text: &str| {
        if found.len() < MAX_PLACES && is_from(&words, &paragraph, &fold(text)) {
            found.push((record, path.clone()));
        }
    };
    let records = basis.records;
    texts(
        School::shape(),
        &settings,
        &FieldPath::default(),
        &mut |path, text| {
            see(None, path, text);
        },
    );
    of_kind::<crate::model::term::Term>(records, &mut see);
    of_kind::<crate::model::activity::Activity>(records, &mut see);
    of_kind::<crate::model::document::Document>(records, &mut see);
    of_kind::<crate::model::aid::Aid>(records, &mut see);
    of_kind::<crate::model::award::Award>(records, &mut see);
    of_kind::<crate::model::visit::Visit>(records, &mut see);
    found
}

/// Whether a text contains the words between the letters that surround them in the paragraph.
fn is_from(words: &str, paragraph: &str, text: &str) -> bool {
    let mut places = text.match_indices(words);
    places.any(|(at, _)| {
        let end = at + words.len();
        let before = text[..at].chars().next_back();
        let after = text[end..].chars().next();
        let letter = |c: Option<char>| c.filter(|c| c.is_alphanumeric()).map_or(0, char::len_utf8);
        paragraph.contains(&text[at - letter(before)..end + letter(after)])
    })
}

fn of_kind<K: Record>(records: &Records, see: &mut dyn FnMut(Option<Id>, &FieldPath, &str))
where
    Records: HasTable<K>,
{
    let table: &crate::model::Table<K> = records.table();
    for entry in table {
        let fields = table_of(&entry.record);
        texts(
            K::KIND.shape(),
            &fields,
            &FieldPath::default(),
            &mut |path, text| {
                see(Some(entry.id), path, text);
            },
        );
    }
}

/// Calls `see` with each text, including those in tables and lists.
fn texts(shape: &Shape, table: &Table, at: &FieldPath, see: &mut dyn FnMut(&FieldPath, &str)) {
    for (name, value) in table {
        let Some(field) = shape.field(name) else {
            continue;
        };
        if matches!(field.holds, FieldType::Confidential) {
            continue;
        }
        let path = at.then(name);
        match (field.holds.inner(), value) {
            (Some(inner), Value::Table(table)) => texts(inner, table, &path, see),
            (Some(inner), Value::Array(entries)) => {
                let tables = entries.iter().filter_map(Value::as_table).enumerate();
                for (index, table) in tables {
                    texts(inner, table, &path.at(index), see);
                }
            }
            (_, Value::String(text)) => see(&path, text),
            (_, Value::Array(entries)) => {
                for (index, text) in entries.iter().enumerate() {
                    if let Some(text) = text.as_str() {
                        see(&path.at(index), text);
                    }
                }
            }
            _ => {}
        }
    }
}

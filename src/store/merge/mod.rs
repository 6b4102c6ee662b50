//! Three-way merge of records: by field, and for lists of tables by the identifying fields of entries.
//!
//! A change on one side is taken over; the same change on both sides is taken once; closing something wins over leaving
//! it open. Different values for one field are a conflict, limited to that field. Comments, the order of keys and blank
//! lines are merged in the same way. The result does not depend on which side is which, so that clones that merge in
//! different orders end up with identical files.

mod entries;
mod items;
mod meaning;
mod order;
#[cfg(test)]
mod tests;
mod three;
mod trivia;

use toml_edit::DocumentMut;

use super::encoding::LineEnds;
use crate::model::shape::Shape;
use crate::model::{Kind, School};
use items::{Merger, Side};
use three::pick;
pub use three::{Conflict, Three};
pub(in crate::store) use trivia::{format_list, with_own_comments};

/// The result of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The merged text; conflicting fields appear twice, between conflict markers.
    pub text: String,
    /// The fields in conflict.
    pub conflicts: Vec<Conflict>,
}

/// Merges three texts. `open` decrypts a value if it can. Returns none if a text is not TOML, or if the merged one
/// would not be.
pub fn merge(
    shape: &Shape,
    texts: Three<&str>,
    open: &dyn Fn(&str) -> Option<String>,
) -> Option<Merged> {
    let ends = texts.map(LineEnds::of);
    let plain = Three {
        base: ends.base.without(texts.base),
        ours: ends.ours.without(texts.ours),
        theirs: ends.theirs.without(texts.theirs),
    };
    let documents = plain
        .as_ref()
        .try_map(|text| text.parse::<DocumentMut>().ok())?;
    let ends = LineEnds {
        has_mark: pick(&ends.map(|ends| ends.has_mark)),
        carriage_returns: pick(&ends.map(|ends| ends.carriage_returns)),
    };
    let (ours, conflicts) = Merger::new(open, Side::Ours).document(shape, &documents);
    // Merged comments must not have commented out a value: the text must parse to the same values.
    let meant = |document: &DocumentMut| {
        let read = document.to_string().parse::<DocumentMut>().ok();
        read.is_some_and(|read| {
            meaning::meaning(read.as_item(), &|_| None)
                == meaning::meaning(document.as_item(), &|_| None)
        })
    };
    if !meant(&ours) {
        return None;
    }
    if conflicts.is_empty() {
        let text = ends.with(&ours.to_string());
        return Some(Merged { text, conflicts });
    }
    let (theirs, _) = Merger::new(open, Side::Theirs).document(shape, &documents);
    if !meant(&theirs) {
        return None;
    }
    let text = ends.with(&marked(&ours.to_string(), &theirs.to_string()));
    Some(Merged { text, conflicts })
}

/// Combines two texts that differ in the conflicting fields into one with conflict markers.
fn marked(ours: &str, theirs: &str) -> String {
    let old: Vec<&str> = ours.split_inclusive('\n').collect();
    let new: Vec<&str> = theirs.split_inclusive('\n').collect();
    let difference = similar::TextDiff::from_slices(&old, &new);
    let mut text = String::new();
    let lines = |slices: &[&str], text: &mut String| {
        for line in slices {
            *text += line;
            if !line.ends_with('\n') {
                text.push('\n');
            }
        }
    };
    for op in difference.ops() {
        if op.tag() == similar::DiffTag::Equal {
            old[op.old_range()].iter().for_each(|line| text += line);
            continue;
        }
        text += "<<<<<<< ours\n";
        lines(&old[op.old_range()], &mut text);
        text += "=======\n";
        lines(&new[op.new_range()], &mut text);
        text += ">>>>>>> theirs\n";
    }
    text
}

/// Returns the shape that fits the fields of some texts best, for files that are not at the path of a record.
pub fn guess_shape(texts: &Three<&str>) -> &'static Shape {
    let mut names: Vec<String> = Vec::new();
    for text in [texts.base, texts.ours, texts.theirs] {
        let body = LineEnds::of(text).without(text);
        if let Ok(document) = body.parse::<DocumentMut>() {
            names.extend(document.iter().map(|(name, _)| name.to_owned()));
        }
    }
    names.sort();
    names.dedup();
    let faults = |shape: &&Shape| {
        let unknown = names.iter().filter(|name| shape.field(name).is_none());
        let missing = shape
            .fields
            .iter()
            .filter(|field| field.required && !names.contains(&field.name));
        (unknown.count(), missing.count())
    };
    let shapes = Kind::ALL.iter().map(|kind| kind.shape());
    shapes
        .chain([School::shape()])
        .min_by_key(faults)
        .unwrap_or_else(School::shape)
}

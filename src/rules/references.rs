//! Checks that the records referred to exist.

use super::check::Case;
use super::lookup::{Lookup, Named, ReferencedRecord};
use crate::model::FieldPath;
use crate::store::check::unknown_reference;
use crate::store::rules::schema;

/// Checks the references of a record.
pub(super) fn references(known: &dyn Lookup, case: &mut Case<'_>) {
    let day = case.day().map(|(_, day)| day);
    let record = case.record;
    record.references(&mut |steps, id| match (known.look(id), day) {
        (ReferencedRecord::Unknown, _) => {
            let rule = unknown_reference(id.kind());
            let finding = case.at(rule, FieldPath(steps.to_vec())).with("id", id);
            case.push(match known.nearest(id) {
                Some(nearest) => finding.help(&schema::NEAREST).with("nearest", nearest),
                None => finding,
            });
        }
        (ReferencedRecord::Child(lifetime), Some(day)) => case.check_reference(&Named {
            id,
            lifetime,
            day,
            field: FieldPath(steps.to_vec()),
            known,
        }),
        _ => {}
    });
}

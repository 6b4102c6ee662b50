//! `missing-field`, for fields that are required depending on others; unconditionally required ones are checked while
//! reading.

use crate::model::FieldPath;
use crate::rules::check::{Case, Check};
use crate::store::check::missing_field;

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let shape = case.id.kind().shape();
    for name in case.record.missing_fields() {
        if let Some(field) = shape.field(name) {
            let finding = case.of_file(&crate::store::rules::schema::MISSING_FIELD);
            case.push(missing_field(finding, &FieldPath::key(name), field));
        }
    }
}

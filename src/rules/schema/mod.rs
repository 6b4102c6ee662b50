//! What a field may hold.

mod bad_id_number;
mod bad_phone;
mod missing_field;
mod placeholder;

use super::check::{Entry, entry};
use crate::store::rules::schema::{
    BAD_AMOUNT, CONTROL_CHARACTER, MISSING_FIELD, UNKNOWN_FIELD, UNKNOWN_VALUE, WRONG_TYPE,
};

pub(super) const RULES: &[Entry] = &[
    Entry {
        rule: &MISSING_FIELD,
        checks: missing_field::CHECKS,
    },
    Entry::while_reading(&UNKNOWN_FIELD),
    Entry::while_reading(&WRONG_TYPE),
    Entry::while_reading(&UNKNOWN_VALUE),
    entry!(bad_id_number),
    Entry::while_reading(&BAD_AMOUNT),
    Entry::while_reading(&CONTROL_CHARACTER),
    entry!(bad_phone),
    entry!(placeholder),
];

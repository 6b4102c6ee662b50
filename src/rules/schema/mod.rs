//! Rules on the values of fields.

mod bad_id_number;
mod bad_phone;
mod bad_school_key;
mod missing_field;
mod placeholder;

use super::check::{CheckedRule, entry};
use crate::store::rules::schema::{
    BAD_AMOUNT, CONTROL_CHARACTER, MISSING_FIELD, UNKNOWN_FIELD, UNKNOWN_VALUE, WRONG_TYPE,
};

pub(super) const RULES: &[CheckedRule] = &[
    CheckedRule {
        rule: &MISSING_FIELD,
        checks: missing_field::CHECKS,
    },
    CheckedRule::while_reading(&UNKNOWN_FIELD),
    CheckedRule::while_reading(&WRONG_TYPE),
    CheckedRule::while_reading(&UNKNOWN_VALUE),
    entry!(bad_id_number),
    CheckedRule::while_reading(&BAD_AMOUNT),
    CheckedRule::while_reading(&CONTROL_CHARACTER),
    entry!(bad_phone),
    entry!(bad_school_key),
    entry!(placeholder),
];

//! Rules on the syntax and encoding of files.

use super::check::CheckedRule;
use crate::store::rules::syntax::{
    BOM_OR_CRLF, CONFLICT_MARKER, NOT_NFC, NOT_UTF8, TOML_SYNTAX, TOO_LARGE, UNREADABLE,
};

pub(super) const RULES: &[CheckedRule] = &[
    CheckedRule::while_reading(&NOT_UTF8),
    CheckedRule::while_reading(&TOML_SYNTAX),
    CheckedRule::while_reading(&CONFLICT_MARKER),
    CheckedRule::while_reading(&TOO_LARGE),
    CheckedRule::while_reading(&UNREADABLE),
    CheckedRule::while_reading(&BOM_OR_CRLF),
    CheckedRule::while_reading(&NOT_NFC),
];

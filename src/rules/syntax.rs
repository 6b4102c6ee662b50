//! Files that are no readable text.

use super::check::Entry;
use crate::store::rules::syntax::{
    BOM_OR_CRLF, CONFLICT_MARKER, NOT_NFC, NOT_UTF8, TOML_SYNTAX, TOO_LARGE, UNREADABLE,
};

pub(super) const RULES: &[Entry] = &[
    Entry::while_reading(&NOT_UTF8),
    Entry::while_reading(&TOML_SYNTAX),
    Entry::while_reading(&CONFLICT_MARKER),
    Entry::while_reading(&TOO_LARGE),
    Entry::while_reading(&UNREADABLE),
    Entry::while_reading(&BOM_OR_CRLF),
    Entry::while_reading(&NOT_NFC),
];

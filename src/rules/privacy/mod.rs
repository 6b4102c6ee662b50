//! Rules on confidentiality and the legal basis of keeping data.

mod bad_recipient;
mod helper_unchecked;
mod id_number_in_clear;
mod no_consent;
mod unclear_giver;
mod unsealed;

use super::check::{CheckedRule, entry};

pub(super) const RULES: &[CheckedRule] = &[
    entry!(id_number_in_clear),
    entry!(unsealed),
    entry!(bad_recipient),
    entry!(no_consent),
    entry!(helper_unchecked),
    entry!(unclear_giver),
];

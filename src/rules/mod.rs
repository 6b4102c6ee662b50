//! The rules of `validate`: each with its name, group, level, reason, and an example that breaks and one that keeps it.
//!
//! What keeps a file from being read is found by the store while it reads; what single records say is checked in
//! `record`, whether those whom they name exist in `reference`, what records say together in `across`. [`check_telling`]
//! runs everything in one pass over the files, puts findings into words on the way and keeps little of each record.

mod across;
mod care;
mod child;
mod diagnose;
mod examples;
mod fix;
mod judge;
mod levels;
mod one;
mod order;
mod record;
mod reference;
mod registry;
mod run;
#[cfg(test)]
mod tests;

pub use diagnose::diagnose;
pub use examples::{Content, Example, Reported, SOUND, TODAY};
pub use fix::{Mending, mend, mendings};
pub use judge::{Judged, Noted, Tell};
pub use levels::{Levels, UnknownRule};
pub use one::check_one;
pub use registry::{Group, RULES, Rule, rule};
pub use run::{Checked, Options, check, check_telling};

//! What the commands share: arguments, sessions, tables, checked edits. None of it knows a command.

pub(super) mod alike;
pub(super) mod assignments;
pub(super) mod checked_edit;
pub(super) mod complete;
pub(super) mod counting;
pub(super) mod day;
pub(super) mod due;
pub(super) mod edits;
pub(super) mod entered;
pub(super) mod environment;
#[cfg(test)]
pub(super) mod examples;
pub(super) mod fields;
pub(super) mod flags;
pub(super) mod format;
pub(super) mod git_error;
pub(super) mod help;
pub(super) mod hint;
pub(super) mod identity;
pub(super) mod lookup;
pub(super) mod me;
pub(super) mod new_record;
pub(super) mod output;
pub(super) mod overview;
pub(super) mod period;
pub(super) mod person;
pub(super) mod preview;
pub(super) mod progress;
pub(super) mod recovery;
pub(super) mod reference;
pub(super) mod replace;
pub(super) mod session;
pub(super) mod sheet;
pub(super) mod surroundings;
pub(super) mod user_error;
pub(super) mod values;

//! What the commands share: arguments, sessions, tables, checked edits. None of it knows a command.

pub(super) mod checked_edit;
pub(super) mod complete;
pub(super) mod counting;
pub(super) mod day;
#[cfg(test)]
pub(super) mod examples;
pub(super) mod help;
pub(super) mod hint;
pub(super) mod identity;
pub(super) mod period;
pub(super) mod preview;
pub(super) mod progress;
pub(super) mod recovery;
pub(super) mod reference;
pub(super) mod session;
pub(super) mod sheet;

//! The commands, one file each: its arguments and what it does.

pub(super) mod add;
pub(super) mod completions;
pub(super) mod doctor;
pub(super) mod due;
pub(super) mod edit;
pub(super) mod explain;
pub(super) mod export;
pub(super) mod forget;
pub(super) mod import;
pub(super) mod init;
pub(super) mod list;
pub(super) mod log;
pub(super) mod merge;
pub(super) mod migrate;
pub(super) mod report;
pub(super) mod rollup;
pub(super) mod schema;
pub(super) mod seal;
pub(super) mod set;
pub(super) mod show;
pub(super) mod stats;
pub(super) mod topic;
pub(super) mod validate;

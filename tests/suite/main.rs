//! Integration tests: one module for each subject, in one binary, so that the program is linked once.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may fail, and says what it passes over"
)]

#[cfg(unix)]
mod archives;
mod attacker;
mod audit;
mod authors;
mod school;
mod support;

mod claims;
#[cfg(unix)]
mod completions;
mod conventions;
mod conventions_of_files;
mod county;
#[cfg(unix)]
mod crashes;
#[cfg(unix)]
mod crowd;
mod dependencies;
mod document;
mod duties;
mod duty_conditions;
mod example_school;
mod exchange_commands;
mod export;
mod faults;
mod fields;
mod forget;
mod format_page;
mod forms;
mod guards;
mod hand;
mod hand_jobs;
mod histories;
mod history;
#[cfg(unix)]
mod hostile;
mod import;
#[cfg(target_os = "linux")]
mod import_asks;
mod import_cells;
mod import_files;
mod import_logs;
mod import_parents;
mod import_past;
mod import_rosters;
mod import_values;
#[cfg(target_os = "linux")]
mod keyboard;
mod last_contacts;
mod merge_driver;
mod merges;
mod naughty;
mod no_child_forgotten;
#[cfg(unix)]
mod outside;
#[cfg(target_os = "linux")]
mod overtaken;
mod paper_form;
mod papers;
mod parsers;
mod public;
#[cfg(unix)]
mod readme;
#[cfg(target_os = "linux")]
mod refused;
mod reports;
mod rules;
mod rules_page;
mod schemas;
mod seal;
mod sentences;
mod side_by_side;
#[cfg(unix)]
mod simulator;
mod staged;
mod stats;
#[cfg(target_os = "linux")]
mod syscalls;
mod tidy;
#[cfg(unix)]
mod transaction;
mod transcripts;
#[cfg(unix)]
mod undo;
mod validate;

//! Records in and out: tables that people made, exports for other programs, several schools together.
//!
//! Knows tables, columns and cells; the words on the screen and the figures belong elsewhere.

pub mod cell;
pub mod columns;
pub mod dataset;
mod days;
mod derive;
pub mod disclosure;
pub mod export;
pub mod figures_file;
pub mod history;
pub mod import;
pub mod last_contacts;
mod layout;
mod path;
pub mod plan;
pub mod pseudonym;
mod reading;
pub mod rollup;
mod row;
mod rows;
mod several;
pub mod sheet;
pub mod template;
mod twins;
mod updates;

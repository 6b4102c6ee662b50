//! Import and export: tables made by people, exports for other programs, several schools together.
//!
//! Deals with tables, columns and cells; not with terminal output or the definition of figures.

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

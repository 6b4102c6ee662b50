//! The files of a records directory: finding, reading and writing them, and locating fields in them.
//!
//! Knows nothing of figures. Reads and writes nothing outside of the records directory on behalf of a record: file
//! names come from ids, and links are not followed.

pub mod check;
pub mod dataset;
pub mod decode;
mod directory;
pub mod draft;
pub mod edit;
pub mod encoding;
pub mod file;
pub mod git;
pub mod git_log;
pub mod git_setup;
pub mod in_order;
pub mod layout;
pub mod load;
pub mod locate;
pub mod lock;
pub mod merge;
pub mod names;
pub mod outside;
pub mod private;
pub mod read;
pub mod rules;
pub mod sample;
pub mod seal;
mod search;
pub mod staged;
pub mod surroundings;
mod swap;
pub mod template;
pub mod temporary;
pub mod transaction;
pub mod undo;
pub mod write;

pub use decode::Prose;
pub use directory::Store;
pub use layout::{SCHOOL_FILE, path_of};
pub use load::{Broken, Loaded, persons};
pub use read::{ReadOptions, Sink, Source};

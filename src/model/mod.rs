//! Types of the records and their validity; no files, no clock, no figures.
//!
//! Each kind of record is one struct in one file. Its serde derive reads and writes it, its JSON Schema (see [`shape`])
//! holds all other information about its fields: the first paragraph of a field's doc comment is its English
//! description, the second the Chinese one, `title` is its Chinese label.
//!
//! To add a kind: one file with the struct and its [`Record`] implementation, and one line in `kinds!`.

pub mod calendar;
pub mod class;
pub mod codes;
pub mod date;
pub mod duty;
pub mod entered;
mod few;
pub mod field;
pub mod filled;
pub mod follow_up;
pub mod id;
pub mod identity;
mod kind;
pub mod money;
pub mod probe;
pub mod prose;
mod record;
mod records;
mod reference;
mod risk;
pub mod schema;
pub mod school;
pub mod shape;
pub mod surroundings;
pub mod timeline;
mod word;

pub mod activity;
pub mod aid;
pub mod assessment;
pub mod award;
pub mod child;
pub mod document;
pub mod fund;
pub mod helper;
pub mod incident;
pub mod loan;
pub mod pairing;
pub mod term;
pub mod visit;

pub use class::Class;
pub use codes::Code;
pub use date::{Date, DateTime, Time};
pub use few::Few;
pub use field::{FieldPath, Step};
pub use filled::{folded, is_filled, is_placeholder};
pub use follow_up::FollowUp;
pub use id::Id;
pub use kind::{Kind, KindSet, Naming};
pub use money::Money;
pub use prose::{Confidential, Phone, Prose};
pub use record::{Caption, KindInfo, Lasts, Record, Reversed};
#[cfg(test)]
pub(crate) use records::table;
pub(crate) use records::with_kind;
pub use records::{AnyEntry, Entry, EntryRef, HasTable, Records, Table, table_of};
pub use reference::Ref;
pub use school::School;
pub use shape::Shape;

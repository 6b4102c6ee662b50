//! The imports shared by most files of rows.

pub(in crate::analysis::figures) use super::context::Context;
pub(in crate::analysis::figures) use super::evidence::{Mark, Statistic, Value};
pub(in crate::analysis::figures) use super::figure::{Counted, Label, Unit};
pub(in crate::analysis::figures) use super::out::Out;
pub(in crate::analysis::figures) use super::row::{Row, RowItem, Section};
pub(in crate::analysis::figures) use super::subject::{Part, Subject};
pub(in crate::analysis::figures) use crate::model::is_filled;
pub(in crate::analysis::figures) use crate::model::{Code, Entry, EntryRef, Id, Record};
pub(in crate::analysis::figures) use crate::text::Text;

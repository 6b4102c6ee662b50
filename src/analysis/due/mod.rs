//! Due items: what is overdue and what is coming up, as of today.
//!
//! Missed duties count for the current term, or during holidays for the last one, and only for subjects that are still
//! active: a visit to a child who has left is no longer due.

mod children;
mod contacts;
mod days;
mod duties;
mod item;
mod list;
mod tasks;
#[cfg(test)]
mod tests;
mod view;

pub use item::{DueItem, DueReason, Group};
pub use list::list;
pub use view::{Filter, View, first_day, kinds};

//! What a teacher who opens the terminal in the morning is to know: what is overdue and what comes.
//!
//! Everything is seen from today. What was missed counts for the present term, or in the holidays for the last one,
//! and only for subjects that are still active: a visit to a child who has left is no longer due to anybody.

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

pub use item::{DueItem, Group, Matter};
pub use list::list;
pub use view::{Filter, View, first_day, kinds};

//! The rows of the figures, a file for each heading.

mod activities;
mod aid;
mod assessments;
mod awards;
mod children;
mod classes;
mod contact;
mod documents;
mod duties;
mod follow_ups;
mod helpers;
mod home;
mod incidents;
mod reached;
mod terms;

pub use duties::first_day;

use super::row::Section;

/// The headings with their figures, in the order in which they are shown.
pub static SECTIONS: &[&Section] = &[
    &children::SECTION,
    &reached::SECTION,
    &contact::SECTION,
    &helpers::SECTION,
    &follow_ups::SECTION,
    &duties::SECTION,
    &terms::SECTION,
    &documents::SECTION,
    &classes::SECTION,
    &activities::SECTION,
    &home::SECTION,
    &aid::SECTION,
    &assessments::SECTION,
    &awards::SECTION,
    &incidents::SECTION,
];

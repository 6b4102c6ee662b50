//! The rows of the figures, one file for each section.

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

/// All sections, in display order.
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

//! The rows of the figures, a file for each heading.

mod activities;
mod aid;
mod assessments;
mod awards;
mod children;
mod documents;
mod duties;
mod follow_ups;
mod funds;
mod helpers;
mod incidents;
mod loans;
mod terms;
mod visits;

pub use duties::first_day;

use super::row::Section;

/// The headings with their figures, in the order in which they are shown.
pub static SECTIONS: &[&Section] = &[
    &children::SECTION,
    &helpers::SECTION,
    &visits::SECTION,
    &follow_ups::SECTION,
    &duties::SECTION,
    &activities::SECTION,
    &documents::SECTION,
    &terms::SECTION,
    &aid::SECTION,
    &assessments::SECTION,
    &awards::SECTION,
    &incidents::SECTION,
    &loans::SECTION,
    &funds::SECTION,
];

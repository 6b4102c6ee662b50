//! The identity card numbers in a child's file: the child's own, the guardians' and the parents'.

use chrono::NaiveDate;

use super::codes::{Gender, ParentRelation};
use super::record::Child;
use crate::model::prose::is_sealed;
use crate::model::{Confidential, FieldPath};

/// An identity card number, and what the file says elsewhere about its holder.
#[derive(Debug)]
pub struct IdNumber<'a> {
    number: &'a Confidential,
    /// The field that holds it.
    pub field: FieldPath,
    /// The holder's date of birth, and the field that states it.
    pub birth: Option<(NaiveDate, FieldPath)>,
    /// The holder's gender, and the field from which it follows.
    pub gender: Option<(Gender, FieldPath)>,
}

impl IdNumber<'_> {
    /// Returns the number unless it is encrypted.
    pub fn in_clear(&self) -> Option<&str> {
        (!is_sealed(self.number)).then(|| self.number.trim())
    }
}

impl Child {
    /// Returns the identity card numbers in the file.
    pub fn id_numbers(&self) -> impl Iterator<Item = IdNumber<'_>> {
        let own = self.id_number.iter().map(|number| IdNumber {
            number,
            field: FieldPath::key("id_number"),
            birth: Some((self.birth_date.0, FieldPath::key("birth_date"))),
            gender: Some((self.gender, FieldPath::key("gender"))),
        });
        let guardians = self.guardianship.iter().enumerate();
        let guardians = guardians.filter_map(|(at, entry)| {
            let path = || FieldPath::key("guardianship").at(at).then("guardian");
            Some(IdNumber {
                number: entry.guardian.as_ref()?.id_number.as_ref()?,
                field: path().then("id_number"),
                birth: None,
                gender: None,
            })
        });
        let parents = self.parents.iter().enumerate();
        let parents = parents.filter_map(|(at, parent)| {
            let path = || FieldPath::key("parents").at(at);
            let gender = match parent.relation {
                ParentRelation::Father | ParentRelation::StepFather => Some(Gender::Male),
                ParentRelation::Mother | ParentRelation::StepMother => Some(Gender::Female),
                ParentRelation::Other => None,
            };
            Some(IdNumber {
                number: parent.id_number.as_ref()?,
                field: path().then("id_number"),
                birth: (parent.birth_date).map(|birth| (birth.0, path().then("birth_date"))),
                gender: gender.map(|gender| (gender, path().then("relation"))),
            })
        });
        own.chain(guardians).chain(parents)
    }
}

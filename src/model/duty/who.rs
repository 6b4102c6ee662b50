//! The conditions in `who`: the children to whom a duty is owed, by facts that may change from day to day.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::conditions::{
    ConditionFault, ConditionValue, Conditions, Expected, NamedField, Predicate,
};
use crate::model::assessment::Risk;
use crate::model::child::{Away, Child, Gender, GuardianshipKind, Hardship};
use crate::model::pairing::PairingRole;
use crate::model::{Class, Code};
use crate::text::suggest;

/// The children, or pairings, to which a duty is owed; all conditions must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    risk: Option<Vec<Risk>>,
    priority: Option<Vec<bool>>,
    away: Option<Vec<Away>>,
    guardianship: Option<Vec<GuardianshipKind>>,
    hardship: Option<Vec<Hardship>>,
    boarding: Option<Vec<bool>>,
    grade: Option<Vec<Predicate>>,
    gender: Option<Vec<Gender>>,
    /// Under one of these ages, that is, under the greatest.
    under_age: Option<Vec<u32>>,
    role: Option<Vec<PairingRole>>,
}

/// The names of the facts.
const FACTS: [&str; 10] = [
    "risk",
    "priority",
    "away",
    "guardianship",
    "hardship",
    "boarding",
    "grade",
    "gender",
    "under_age",
    "role",
];

impl Who {
    /// Resolves conditions.
    ///
    /// # Errors
    ///
    /// Returns every unknown fact, unknown code and malformed comparison.
    pub fn of(conditions: &Conditions) -> Result<Who, Vec<ConditionFault>> {
        let mut who = Who::default();
        let mut faults = Vec::new();
        for named in conditions.named() {
            let faults = &mut faults;
            match named.path.join(".").as_str() {
                "risk" => who.risk = Some(codes(&named, faults)),
                "priority" => who.priority = Some(booleans(&named, faults)),
                "away" => who.away = Some(codes(&named, faults)),
                "guardianship" => who.guardianship = Some(codes(&named, faults)),
                "hardship" => who.hardship = Some(codes(&named, faults)),
                "boarding" => who.boarding = Some(booleans(&named, faults)),
                "grade" => {
                    who.grade = Some(values(&named, faults, Predicate::of_number, || {
                        Expected::Number
                    }))
                }
                "gender" => who.gender = Some(codes(&named, faults)),
                "under_age" => {
                    who.under_age = Some(values(&named, faults, years, || Expected::PlainNumber));
                }
                "role" => who.role = Some(codes(&named, faults)),
                unknown => faults.push(ConditionFault {
                    keys: named.keys.clone(),
                    index: None,
                    found: unknown.to_owned(),
                    expected: Expected::Field {
                        nearest: suggest::nearest(unknown, FACTS).map(str::to_owned),
                        known: FACTS.map(str::to_owned).to_vec(),
                    },
                }),
            }
        }
        if faults.is_empty() {
            Ok(who)
        } else {
            Err(faults)
        }
    }

    /// Whether a child meets the conditions on a day; `risk` is the one that its latest assessment by then states,
    /// `grade` gives the grade of a class on the day.
    pub fn fits_child(
        &self,
        child: &Child,
        risk: Option<Risk>,
        day: NaiveDate,
        grade: impl Fn(Class) -> Option<u8>,
    ) -> bool {
        let care = child.guardianship_on(day);
        let class = child.class_on(day);
        let grade = class.and_then(|entry| grade(entry.class));
        is_among(self.risk.as_deref(), risk)
            && is_among(self.priority.as_deref(), Some(child.is_priority(day)))
            && is_among(self.away.as_deref(), care.map(|care| care.away))
            && is_among(self.guardianship.as_deref(), care.map(|care| care.kind))
            && self
                .hardship
                .as_ref()
                .is_none_or(|wanted| wanted.iter().any(|code| child.hardship.contains(code)))
            && is_among(
                self.boarding.as_deref(),
                Some(class.and_then(|entry| entry.boarding).unwrap_or(false)),
            )
            && self.grade.as_ref().is_none_or(|tests| {
                grade.is_some_and(|grade| {
                    let grade = grade.to_string();
                    tests.iter().any(|test| test.holds(&grade))
                })
            })
            && is_among(self.gender.as_deref(), Some(child.gender))
            && self
                .under_age
                .as_ref()
                .is_none_or(|ages| ages.iter().any(|age| child.age_on(day) < *age))
    }

    /// Whether a pairing with a role meets the conditions.
    pub fn fits_role(&self, role: PairingRole) -> bool {
        is_among(self.role.as_deref(), Some(role))
    }

    /// Whether no condition restricts the children.
    pub fn is_every_child(&self) -> bool {
        let without_role = Who {
            role: None,
            ..self.clone()
        };
        without_role == Who::default()
    }

    /// Whether there is a condition on the role of a pairing.
    pub fn asks_role(&self) -> bool {
        self.role.is_some()
    }

    /// Whether there is a condition on the risk in the latest assessment.
    pub fn asks_risk(&self) -> bool {
        self.risk.is_some()
    }

    /// Whether there is a condition on the grade, which changes with the school year.
    pub fn asks_grade(&self) -> bool {
        self.grade.is_some()
    }

    /// Returns the age limits in years: a child who reaches one no longer meets that condition.
    pub fn ages(&self) -> &[u32] {
        self.under_age.as_deref().unwrap_or_default()
    }
}

fn is_among<T: PartialEq>(wanted: Option<&[T]>, found: Option<T>) -> bool {
    wanted.is_none_or(|wanted| found.is_some_and(|found| wanted.contains(&found)))
}

/// Parses the values of a fact; every value that is not valid is a fault.
fn values<T>(
    named: &NamedField<'_>,
    faults: &mut Vec<ConditionFault>,
    read: impl Fn(&ConditionValue) -> Option<T>,
    expected: impl Fn() -> Expected,
) -> Vec<T> {
    let mut values = Vec::new();
    for (index, wanted) in named.values.iter().enumerate() {
        match read(wanted) {
            Some(value) => values.push(value),
            None => faults.push(named.fault(index, expected())),
        }
    }
    values
}

fn codes<C: Code>(named: &NamedField<'_>, faults: &mut Vec<ConditionFault>) -> Vec<C> {
    let mut codes = Vec::new();
    for (index, wanted) in named.values.iter().enumerate() {
        let found = wanted.to_string();
        match C::of_code(&found) {
            Some(code) => codes.push(code),
            None => {
                let known = C::ALL.iter().map(|code| code.code().to_owned()).collect();
                faults.push(named.fault(index, Expected::code(&found, known)));
            }
        }
    }
    codes
}

fn booleans(named: &NamedField<'_>, faults: &mut Vec<ConditionFault>) -> Vec<bool> {
    let truth = |wanted: &ConditionValue| match wanted {
        ConditionValue::Boolean(truth) => Some(*truth),
        _ => None,
    };
    values(named, faults, truth, || Expected::Boolean)
}

fn years(wanted: &ConditionValue) -> Option<u32> {
    match wanted {
        ConditionValue::Number(years) => u32::try_from(*years)
            .ok()
            .filter(|years| (1..=150).contains(years)),
        _ => None,
    }
}

/// Returns the JSON Schema of `who` for editors.
pub(super) fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    fn one_or_list(one: &Value) -> Value {
        json!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
    fn codes<C: Code>() -> Value {
        one_or_list(crate::model::codes::schema::<C>().as_value())
    }
    let number = one_or_list(&json!({ "type": ["integer", "string"] }));
    let truth = json!({ "type": "boolean" });
    schemars::json_schema!({
        "type": "object",
        "x-type": "match",
        "properties": {
            "risk": codes::<Risk>(),
            "priority": truth,
            "away": codes::<Away>(),
            "guardianship": codes::<GuardianshipKind>(),
            "hardship": codes::<Hardship>(),
            "boarding": truth,
            "grade": number,
            "gender": codes::<Gender>(),
            "under_age": { "type": "integer" },
            "role": codes::<PairingRole>(),
        },
        "additionalProperties": false,
    })
}

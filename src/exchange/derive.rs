//! Derives fields of a child's row from other cells: who is away and the kind of guardianship from the guardian's
//! relation, the parents' workplaces and check marks; gender and date of birth from the identity number; parents and
//! guardian from the family members.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use toml::Value;

use super::columns::{Hint, MemberPart};
use super::path::ColumnStep;
use super::path::leads_to;
use super::row::{RowFaults, RowValues, list_of};
use crate::diagnostic::Message;
use crate::model::child::{Away, GuardianshipKind, ParentStatus};
use crate::model::entered::relation::{Relation, called, relation};
use crate::model::entered::{code, name, phone, says_nothing, squeezed};
use crate::model::identity::identity;
use crate::model::prose::is_sealed;
use crate::model::{Code, Date};

/// What is known about the whole table.
pub(super) struct Facts<'a> {
    /// Whether it lists left-behind children.
    pub(super) is_left_behind: bool,
    /// The values that apply to every row.
    pub(super) constants: &'a BTreeMap<String, Value>,
    pub(super) today: NaiveDate,
    /// Resolves the path of a field.
    pub(super) steps: &'a dyn Fn(&str) -> Option<Vec<ColumnStep>>,
}

/// Adds the derived fields to a child's row.
///
/// # Errors
///
/// Returns contradictions, and required values that cannot be derived.
pub(super) fn child(row: &mut RowValues, facts: &Facts<'_>) -> Result<(), RowFaults> {
    let put = |row: &mut RowValues, path: &str, value: Value| {
        if let Some(steps) = (facts.steps)(path) {
            row.derive(steps, value);
        }
    };
    members(row, &put);
    name_and_relation(row, &put);
    birth(row, facts, &put)?;
    guardianship(row, facts, &put)
}

/// Takes the parents and the guardian from the family members.
fn members(row: &mut RowValues, put: &dyn Fn(&mut RowValues, &str, Value)) {
    let mut members: BTreeMap<u8, BTreeMap<MemberPart, String>> = BTreeMap::new();
    for (hint, (_, text)) in &row.hints {
        if let Hint::Member(number, part) = hint {
            members
                .entry(*number)
                .or_default()
                .insert(*part, text.clone());
        }
    }
    let mut guardians = Vec::new();
    for member in members.into_values() {
        let of = |part| member.get(&part).filter(|text| !says_nothing(text));
        let Some(member_name) = of(MemberPart::Name) else {
            continue;
        };
        let relation_text = of(MemberPart::Relation).cloned().unwrap_or_default();
        let number = of(MemberPart::Phone)
            .and_then(|text| phone::phone(text).ok())
            .map(|phone| phone.number);
        let parent = match relation(&relation_text) {
            Some(Relation::Father) => Some("parents[father]"),
            Some(Relation::Mother) => Some("parents[mother]"),
            _ => None,
        };
        if let Some(base) = parent
            && row.get(&format!("{base}.name")).is_none()
        {
            put(
                row,
                &format!("{base}.name"),
                Value::String(name::name(member_name)),
            );
            if let Some(number) = &number {
                put(row, &format!("{base}.phone"), Value::String(number.clone()));
            }
            if let Some(place) = of(MemberPart::Workplace) {
                put(
                    row,
                    &format!("{base}.workplace"),
                    Value::String(place.clone()),
                );
            }
        }
        let is_guardian = of(MemberPart::IsGuardian).and_then(|text| code::boolean(text));
        if is_guardian == Some(true) {
            guardians.push((name::name(member_name), relation_text, number));
        } else if parent.is_none() {
            row.notes
                .push(Message::new("import-member-left").with("relation", relation_text));
        }
    }
    // Several guardians are usually both parents: this does not say with whom the child lives.
    if let ([(member_name, relation_text, number)], None) =
        (&guardians[..], row.get("guardianship.guardian.name"))
    {
        put(
            row,
            "guardianship.guardian.name",
            Value::String(member_name.clone()),
        );
        put(
            row,
            "guardianship.guardian.relation",
            Value::String(relation_text.clone()),
        );
        if let Some(number) = number {
            put(
                row,
                "guardianship.guardian.phone",
                Value::String(number.clone()),
            );
        }
    }
}

/// Splits a cell with both name and relation of the guardian; a relation alone is not a name.
fn name_and_relation(row: &mut RowValues, put: &dyn Fn(&mut RowValues, &str, Value)) {
    const NAME: &str = "guardianship.guardian.name";
    const RELATION: &str = "guardianship.guardian.relation";
    for path in [NAME, RELATION] {
        let Some(text) = row.text(path).map(str::to_owned) else {
            continue;
        };
        let Some((relation, name)) = called(&text) else {
            continue;
        };
        if path == RELATION && name.is_none() {
            continue;
        }
        row.entries.retain(|entry| !leads_to(&entry.steps, path));
        for (field, text) in [(NAME, name), (RELATION, Some(relation))] {
            if let Some(text) = text
                && row.get(field).is_none()
            {
                put(row, field, Value::String(text));
            }
        }
        let note = match path {
            NAME if row.get(NAME).is_none() => "import-relation-no-name",
            _ => "import-name-and-relation",
        };
        row.notes.push(Message::new(note).with("found", text));
    }
}

/// Derives gender and date of birth from the identity number, and flags an implausible date.
fn birth(
    row: &mut RowValues,
    facts: &Facts<'_>,
    put: &dyn Fn(&mut RowValues, &str, Value),
) -> Result<(), RowFaults> {
    let number = row.text("id_number").filter(|number| !is_sealed(number));
    let known = match number.map(identity).transpose() {
        Ok(known) => known,
        // The missing fields would have been derived from it.
        Err(_) if row.get("birth_date").is_none() || row.get("gender").is_none() => {
            let message = Message::new("import-invalid-id-number");
            return Err(vec![(row.column("id_number"), message)]);
        }
        Err(_) => None,
    };
    let month = row.birth_month.take();
    if let Some(known) = known {
        if let Some((column, year, month, message)) = month {
            if (known.birth.year(), known.birth.month()) != (year, month) {
                return Err(vec![(Some(column), message)]);
            }
            row.notes.push(Message::new("import-birth-of-id"));
            put(row, "birth_date", Value::Datetime(Date(known.birth).into()));
        } else if row.get("birth_date").is_none() {
            row.notes.push(Message::new("import-birth-of-id"));
            put(row, "birth_date", Value::Datetime(Date(known.birth).into()));
        }
        if row.get("gender").is_none() {
            row.notes.push(Message::new("import-gender-of-id"));
            put(row, "gender", Value::String(known.gender.code().to_owned()));
        }
        let says = |path: &str, value: &str| {
            row.get(path)
                .is_none_or(|found| found.to_string().trim_matches('"') == value)
        };
        if !says("birth_date", &known.birth.to_string()) || !says("gender", known.gender.code()) {
            row.notes.push(Message::new("import-doubt-id"));
        }
    } else if let Some((column, _, _, message)) = month {
        return Err(vec![(Some(column), message)]);
    }
    let birth = row
        .get("birth_date")
        .and_then(|value| value.to_string().parse::<NaiveDate>().ok());
    if let Some(birth) = birth {
        let age = facts.today.years_since(birth);
        if !matches!(age, Some(2..=19)) {
            row.notes
                .push(Message::new("import-doubt-birth").with("found", birth));
        }
    }
    Ok(())
}

/// Whether a text says that one parent is away, without saying which.
pub(super) fn is_one_away(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "单亲留守",
        "单亲留守儿童",
        "单留守",
        "单留守儿童",
        "一方外出",
        "父母一方外出",
        "单方外出",
        "父母单方外出",
        "单亲外出",
        "父或母外出",
        "一方留守",
        "父母一方外出务工",
        "单方留守",
    ];
    WORDS.contains(&squeezed(text).as_str())
}

/// Parses an answer to whether a parent is away: yes or no, 外出 or 在家.
pub(super) fn is_away(text: &str) -> Option<bool> {
    code::boolean(text).or_else(|| match code::named(text)? {
        ParentStatus::Away => Some(true),
        ParentStatus::Home => Some(false),
        _ => None,
    })
}

/// Whether a workplace is nearby.
fn is_near(place: &str) -> bool {
    says_nothing(place)
        || ["在家", "本地", "务农", "家中", "家", "本村", "本镇", "本县"]
            .iter()
            .any(|word| squeezed(place).starts_with(word))
}

/// Where a parent is, according to the status and the workplace.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whereabouts {
    /// Works away.
    Away,
    /// Lives at home or works nearby.
    Home,
    /// Deceased, missing, in custody or separated from the family: not away for work.
    Gone,
    /// Not stated.
    Unsaid,
}

fn whereabouts(row: &RowValues, base: &str) -> Whereabouts {
    let status = row
        .text(&format!("{base}.status"))
        .and_then(ParentStatus::of_code);
    match (status, row.text(&format!("{base}.workplace"))) {
        (Some(ParentStatus::Away), _) => Whereabouts::Away,
        (
            Some(ParentStatus::Home | ParentStatus::SeverelyDisabled | ParentStatus::SeverelyIll),
            _,
        ) => Whereabouts::Home,
        (None | Some(ParentStatus::Unknown), None) => Whereabouts::Unsaid,
        (None | Some(ParentStatus::Unknown), Some(place)) if says_nothing(place) => {
            Whereabouts::Unsaid
        }
        (None | Some(ParentStatus::Unknown), Some(place)) if is_near(place) => Whereabouts::Home,
        (None | Some(ParentStatus::Unknown), Some(_)) => Whereabouts::Away,
        (Some(_), _) => Whereabouts::Gone,
    }
}

/// Who is away, as far as the row states it explicitly.
fn stated_away(row: &mut RowValues) -> Result<(Option<Away>, bool, Option<usize>), RowFaults> {
    let explicit = row.text("guardianship.away").and_then(Away::of_code);
    if explicit.is_some() {
        return Ok((explicit, false, None));
    }
    let ticked: Vec<(usize, Away)> = row
        .ticks
        .iter()
        .filter(|(_, path, _)| path == "guardianship.away")
        .filter_map(|(column, _, code)| Some((*column, Away::of_code(code)?)))
        .collect();
    let mut away: Vec<Away> = ticked.iter().map(|(_, away)| *away).collect();
    for (hint, parent, is_home) in [
        (Hint::FatherAway, Away::Father, false),
        (Hint::MotherAway, Away::Mother, false),
        (Hint::FatherHome, Away::Father, true),
        (Hint::MotherHome, Away::Mother, true),
    ] {
        if let Some((column, text)) = row.hints.get(&hint) {
            let is_away = if is_home {
                code::boolean(text).map(|home| !home)
            } else {
                is_away(text)
            };
            match is_away {
                Some(true) => away.push(parent),
                Some(false) => {}
                None if says_nothing(text) => {}
                None => {
                    return Err(vec![(
                        Some(*column),
                        Message::new("import-bad-truth").with("found", text),
                    )]);
                }
            }
        }
    }
    let all = match (
        away.contains(&Away::Both),
        away.contains(&Away::Father),
        away.contains(&Away::Mother),
    ) {
        (true, ..) | (_, true, true) => Some(Away::Both),
        (_, true, _) => Some(Away::Father),
        (_, _, true) => Some(Away::Mother),
        _ => None,
    };
    if all.is_some() {
        return Ok((all, false, None));
    }
    let incapable = row.hints.get(&Hint::OneAwayIncapable).cloned();
    if let Some((column, text)) = incapable
        && code::boolean(&text) == Some(true)
    {
        return Ok((None, true, Some(column)));
    }
    let Some((column, text)) = row.hints.get(&Hint::LeftBehind).cloned() else {
        return Ok((None, false, None));
    };
    if is_one_away(&text) {
        return Ok((None, true, Some(column)));
    }
    match (code::named::<Away>(&text), code::boolean(&text)) {
        (Some(away), _) => Ok((Some(away), false, None)),
        (_, Some(true)) => Ok((None, false, None)),
        (_, Some(false)) => Ok((Some(Away::None), false, None)),
        _ if says_nothing(&text) => Ok((None, false, None)),
        _ => Err(vec![(
            Some(column),
            Message::new("import-unknown-code")
                .with("found", text)
                .with("known", "双亲留守、单亲留守、非留守"),
        )]),
    }
}

fn guardianship(
    row: &mut RowValues,
    facts: &Facts<'_>,
    put: &dyn Fn(&mut RowValues, &str, Value),
) -> Result<(), RowFaults> {
    let (stated, one_away, one_column) = stated_away(row)?;
    let relation_text = row
        .text("guardianship.guardian.relation")
        .map(str::to_owned);
    let related = relation_text.as_deref().and_then(relation);
    let ticked_kind = row
        .ticks
        .iter()
        .find(|(_, path, _)| path == "guardianship.kind")
        .map(|(_, _, code)| code.clone());
    let kind_said = row
        .text("guardianship.kind")
        .map(str::to_owned)
        .or(ticked_kind);
    if stated == Some(Away::None) {
        let before = row.entries.len();
        row.entries
            .retain(|entry| list_of(&entry.steps) != Some("guardianship"));
        row.notes.push(Message::new(if row.entries.len() < before {
            "import-not-left-behind-dropped"
        } else {
            "import-not-left-behind"
        }));
        return Ok(());
    }
    let constant = |path: &str| facts.constants.get(path).and_then(Value::as_str);
    let about = facts.is_left_behind
        || one_away
        || kind_said.is_some()
        || constant("guardianship.away").is_some()
        || constant("guardianship.kind").is_some();
    let (father, mother) = (
        whereabouts(row, "parents[father]"),
        whereabouts(row, "parents[mother]"),
    );
    let works = |parent| parent == Whereabouts::Away;
    let may = |parent| matches!(parent, Whereabouts::Away | Whereabouts::Unsaid);
    let by_relation = match related {
        Some(Relation::Father) if may(mother) => Some(Away::Mother),
        Some(Relation::Mother) if may(father) => Some(Away::Father),
        Some(Relation::Grandparent | Relation::Kin) if !one_away => {
            match (works(father), works(mother), may(father), may(mother)) {
                (true, false, ..) | (false, false, true, false) => Some(Away::Father),
                (false, true, ..) | (false, false, false, true) => Some(Away::Mother),
                (_, _, true, true) => Some(Away::Both),
                _ => None,
            }
        }
        _ => None,
    };
    let by_place = match (works(father), works(mother)) {
        (true, true) if !one_away => Some(Away::Both),
        (true, false) => Some(Away::Father),
        (false, true) => Some(Away::Mother),
        _ => None,
    };
    // A workplace implies who is away only in tables that say with whom the child lives.
    let tells = row
        .entries
        .iter()
        .any(|entry| list_of(&entry.steps) == Some("guardianship"));
    let derived = match (about, tells) {
        (true, _) => by_relation.or(by_place),
        (false, true) => by_place,
        (false, false) => None,
    };
    let is_stated = row.get("guardianship.away").is_some();
    let away = stated.or(derived);
    if let (Some(away), false) = (away, is_stated) {
        check_constant(facts, "guardianship.away", away.code(), away.label().zh)?;
        put(
            row,
            "guardianship.away",
            Value::String(away.code().to_owned()),
        );
        if stated.is_none() {
            let note = match (&relation_text, by_relation) {
                (Some(relation), Some(_)) => {
                    Message::new("import-away-of-relation").with("relation", relation)
                }
                _ => Message::new("import-away-of-workplace"),
            };
            row.notes.push(note.with("away", away.code()));
        }
    } else if one_away && away.is_none() && constant("guardianship.away").is_none() {
        return Err(vec![(
            one_column,
            Message::new("import-one-away").with("found", one_column_text(row, one_column)),
        )]);
    }
    if one_away && row.hints.contains_key(&Hint::OneAwayIncapable) {
        put(
            row,
            "guardianship.home_parent_capable",
            Value::Boolean(false),
        );
    }
    if row.text("guardianship.kind").is_none() {
        let kind = kind_said.clone().or_else(|| {
            let kind = match related? {
                Relation::Grandparent => GuardianshipKind::Grandparents,
                Relation::Kin => GuardianshipKind::KinOrFriends,
                Relation::Father | Relation::Mother if away.is_some() => {
                    GuardianshipKind::OneParent
                }
                _ => return None,
            };
            Some(kind.code().to_owned())
        });
        if let Some(kind) = kind.filter(|_| about || away.is_some()) {
            check_constant(
                facts,
                "guardianship.kind",
                &kind,
                relation_text.as_deref().unwrap_or(&kind),
            )?;
            if kind_said.is_none() {
                let note = Message::new("import-kind-of-relation")
                    .with("relation", relation_text.as_deref().unwrap_or_default());
                row.notes.push(note.with("kind", &kind));
            }
            put(row, "guardianship.kind", Value::String(kind));
        }
    }
    let home = match related {
        Some(Relation::Father) => Some(Away::Father),
        Some(Relation::Mother) => Some(Away::Mother),
        _ => None,
    };
    if let (Some(home), Some(away), Some(relation)) = (home, away, relation_text)
        && (away == home || away == Away::Both)
    {
        let doubt = Message::new("import-doubt-away").with("relation", relation);
        row.notes.push(doubt.with("away", away.code()));
    }
    Ok(())
}

fn one_column_text(row: &RowValues, column: Option<usize>) -> String {
    let found = row.hints.values().find(|(at, _)| Some(*at) == column);
    found.map(|(_, text)| text.clone()).unwrap_or_default()
}

/// Refuses a value for every row that a row contradicts.
fn check_constant(
    facts: &Facts<'_>,
    path: &'static str,
    code: &str,
    stated: &str,
) -> Result<(), RowFaults> {
    match facts.constants.get(path).and_then(Value::as_str) {
        Some(constant) if constant != code => {
            let message = Message::new("import-constant-contradicts")
                .with("field", path)
                .with("constant", constant);
            Err(vec![(
                None,
                message.with("code", code).with("said", stated),
            )])
        }
        _ => Ok(()),
    }
}

//! Asks for the fields of a new record, one after the other.

use inquire::{Confirm, MultiSelect, Select, Text};

use crate::cli::shared::session::Session;
use crate::cli::shared::values::{self, Reading};
use crate::model::shape::{Field, Holds, Shape};
use crate::model::{FieldPath, Kind, School};
use crate::store::Store;
use crate::store::edit::Change;

/// Asks for what was not given; fields that were given are passed over.
///
/// # Errors
///
/// The person broke off, or the terminal cannot be used.
pub(super) fn fill(
    session: &mut Session,
    store: &Store,
    school: &School,
    kind: Kind,
    base: &str,
    changes: &mut Vec<Change>,
) -> anyhow::Result<()> {
    let given: toml::Table = toml::from_str(base).unwrap_or_default();
    let has = |name: &str, changes: &[Change]| {
        let path = FieldPath::key(name);
        given.contains_key(name) || changes.iter().any(|change| change.path.0[0] == path.0[0])
    };
    for field in &kind.shape().fields {
        if !has(&field.name, changes) {
            let path = FieldPath::key(&field.name);
            ask_field(session, store, school, kind, &path, field, changes)?;
        }
    }
    Ok(())
}

fn ask_field(
    session: &mut Session,
    store: &Store,
    school: &School,
    kind: Kind,
    path: &FieldPath,
    field: &Field,
    changes: &mut Vec<Change>,
) -> anyhow::Result<()> {
    match &field.holds {
        Holds::Table(shape) => {
            if field.required || wants(session, "ask-table", field)? {
                ask_all(session, store, school, kind, path, shape, changes)?;
            }
        }
        Holds::Tables(shape) => {
            let mut index = 0;
            while (index == 0 && field.required) || wants(session, "ask-entry", field)? {
                ask_all(
                    session,
                    store,
                    school,
                    kind,
                    &path.at(index),
                    shape,
                    changes,
                )?;
                index += 1;
            }
        }
        Holds::Match => {}
        Holds::Counts { keys, .. } => {
            if wants(session, "ask-table", field)? {
                ask_counts(session, store, school, path, field, keys, changes)?;
            }
        }
        holds => loop {
            // The day of the record itself is today unless said.
            let is_day = path.0.len() == 1 && kind.info().day_field == Some(field.name.as_str());
            let today = matches!(holds, Holds::Date) && is_day;
            let default = today.then(|| session.today.to_string());
            let words = ask(session, field, holds, default.as_deref())?;
            if words.is_empty() && !field.required {
                return Ok(());
            }
            if words.is_empty() {
                continue;
            }
            let reading = Reading {
                store,
                school,
                as_of: session.today,
            };
            match values::value(session, reading, field, holds, &words) {
                Ok(value) => {
                    changes.push(Change {
                        path: path.clone(),
                        value: Some(value),
                    });
                    return Ok(());
                }
                Err(fault) => {
                    session.fail(&fault);
                }
            }
        },
    }
    Ok(())
}

/// Asks for a number for each grade of the school.
fn ask_counts(
    session: &mut Session,
    store: &Store,
    school: &School,
    path: &FieldPath,
    field: &Field,
    keys: &[String],
    changes: &mut Vec<Change>,
) -> anyhow::Result<()> {
    let (first, last) = school.grades();
    let grades = keys.iter().filter_map(|key| key.parse::<u8>().ok());
    for grade in grades.filter(|grade| (first..=last).contains(grade)) {
        let path = path.at(grade.into());
        let question = school.grade_label(grade, session.lang);
        loop {
            let answer = Text::new(&question)
                .with_help_message(field.description(session.lang))
                .prompt_skippable()?
                .unwrap_or_default();
            if answer.is_empty() {
                break;
            }
            let reading = Reading {
                store,
                school,
                as_of: session.today,
            };
            match values::value(session, reading, field, &Holds::Number, &answer) {
                Ok(value) => {
                    changes.push(Change {
                        path,
                        value: Some(value),
                    });
                    break;
                }
                Err(fault) => {
                    session.fail(&fault);
                }
            }
        }
    }
    Ok(())
}

fn ask_all(
    session: &mut Session,
    store: &Store,
    school: &School,
    kind: Kind,
    path: &FieldPath,
    shape: &Shape,
    changes: &mut Vec<Change>,
) -> anyhow::Result<()> {
    for field in &shape.fields {
        ask_field(
            session,
            store,
            school,
            kind,
            &path.then(&field.name),
            field,
            changes,
        )?;
    }
    Ok(())
}

fn wants(session: &Session, id: &str, field: &Field) -> anyhow::Result<bool> {
    let question = session.text(id, &[("field", field.label(session.lang).into())]);
    Ok(Confirm::new(&question).with_default(false).prompt()?)
}

/// What a person answers for one field, in words; empty where it is passed over.
fn ask(
    session: &Session,
    field: &Field,
    holds: &Holds,
    default: Option<&str>,
) -> anyhow::Result<String> {
    let lang = session.lang;
    let label = if field.required {
        format!("{} *", field.label(lang))
    } else {
        field.label(lang)
    };
    // A description that only repeats the label says nothing.
    let help = field.description(lang);
    let is_echo = help.trim_end_matches(['。', '.']) == field.label(lang);
    let help = if is_echo { "" } else { help };
    if let Some(codes) = holds.codes() {
        let labels: Vec<String> = codes
            .iter()
            .map(|code| code.label(lang).to_owned())
            .collect();
        let code = |label: &String| {
            let at = labels.iter().position(|known| known == label);
            at.map(|at| codes[at].code.clone()).unwrap_or_default()
        };
        return Ok(match holds {
            Holds::List(_) => {
                let chosen = MultiSelect::new(&label, labels.clone())
                    .with_help_message(help)
                    .prompt_skippable()?;
                let codes: Vec<_> = chosen.iter().flatten().map(code).collect();
                codes.join(",")
            }
            _ => {
                let mut offered = labels.clone();
                if !field.required {
                    // Who only presses Enter has chosen nothing.
                    offered.insert(0, session.text("ask-none", &[]));
                }
                Select::new(&label, offered)
                    .with_help_message(help)
                    .prompt_skippable()?
                    .map(|chosen| code(&chosen))
                    .unwrap_or_default()
            }
        });
    }
    let mut question = Text::new(&label).with_help_message(help);
    if let Some(default) = default {
        question = question.with_default(default);
    }
    let answer = question.prompt_skippable()?;
    Ok(answer.unwrap_or_default())
}

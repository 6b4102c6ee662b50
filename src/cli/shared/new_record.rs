//! New records: defaults, id, check, file.

use chrono::NaiveDate;

use crate::cli::shared::checked_edit;
use crate::cli::shared::flags::flag_name;
use crate::cli::shared::reference;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::model::shape::FieldType;
use crate::model::{Date, DateTime, FieldPath, Id, Kind};
use crate::store::edit::Change;
use crate::store::write::WriteError;
use crate::store::{Store, path_of};

/// The field for the author of a record.
const BY: &str = "by";

/// Fills in defaults: today as the date and the date of recording, and the current user.
///
/// # Errors
///
/// The given user is not a helper.
pub(crate) fn fill_in(
    session: &mut Session,
    store: &Store,
    kind: Kind,
    base: &str,
    changes: &mut Vec<Change>,
) -> anyhow::Result<()> {
    let Ok(given) = base.parse::<toml::Table>() else {
        // The check reports what is wrong with the text.
        return Ok(());
    };
    let lacks = |changes: &[Change], name: &str| {
        let path = FieldPath::key(name);
        let is_set = |change: &Change| change.value.is_some() && change.path.0[0] == path.0[0];
        !given.contains_key(name) && !changes.iter().any(is_set)
    };
    let today = toml_edit::Datetime::from(Date(session.today));
    let info = kind.info();
    for name in [info.day_field, info.made_field].into_iter().flatten() {
        let holds = kind.shape().field(name).map(|field| &field.holds);
        if matches!(holds, Some(FieldType::Date)) && lacks(changes, name) {
            changes.push(Change {
                path: FieldPath::key(name),
                value: Some(today.into()),
            });
        }
    }
    let holds = kind.shape().field(BY).map(|field| &field.holds);
    if let Some(holds) = holds
        && lacks(changes, BY)
        && let Some(me) = reference::me(session, store)?
    {
        let value = match holds {
            FieldType::List(_) => toml_edit::Value::Array([me.to_string()].into_iter().collect()),
            _ => me.to_string().into(),
        };
        changes.push(Change {
            path: FieldPath::key(BY),
            value: Some(value),
        });
    }
    Ok(())
}

/// The default name of a term, from its id: 2026—2027学年第一学期.
pub(crate) fn name_term(id: &str, base: &str, changes: &mut Vec<Change>) {
    const NAME: &str = "name";
    let path = FieldPath::key(NAME);
    let given = base.parse::<toml::Table>().unwrap_or_default();
    if given.contains_key(NAME) || changes.iter().any(|change| change.path == path) {
        return;
    }
    let name = Id::parse(Kind::Term, id).and_then(|id| {
        let years = id.to_string();
        let (first, rest) = years.split_once('-')?;
        let (second, part) = rest.split_once('-')?;
        let part = match part {
            "1" => "第一学期",
            "2" => "第二学期",
            "w" => "寒假",
            _ => "暑假",
        };
        Some(format!("{first}—{second}学年{part}"))
    });
    if let Some(name) = name {
        let value = Some(name.into());
        changes.push(Change { path, value });
    }
}

/// Checks a new record as `validate` does. Missing fields are reported with their flags.
///
/// # Errors
///
/// The errors found.
pub(crate) fn check(
    session: &mut Session,
    store: &Store,
    id: Id,
    text: &str,
) -> anyhow::Result<()> {
    let kind = id.kind();
    let missing = missing(kind, text);
    if missing.is_empty() {
        return checked_edit::check(session, store, &path_of(id), "", text);
    }
    let flags = missing.iter().map(|(path, label)| {
        let flag = match path.0.len() {
            1 if kind
                .shape()
                .at(path)
                .is_some_and(|field| !field.holds.is_table()) =>
            {
                format!("--{}", flag_name(&path.to_string()))
            }
            _ => format!("--set {path}=…"),
        };
        match session.lang {
            crate::text::Lang::Zh => format!("{flag}（{label}）"),
            crate::text::Lang::En => flag,
        }
    });
    let between = session.text("command-comma", &[]);
    let flags = flags.collect::<Vec<_>>().join(&between);
    Err(
        UserError::new(Message::new("command-missing-flags").with("flags", flags))
            .help(Message::new("command-missing-flags-help").with("kind", kind.name()))
            .into(),
    )
}

/// The required fields missing in a text, with their labels.
fn missing(kind: Kind, text: &str) -> Vec<(FieldPath, String)> {
    fn gather(
        shape: &crate::model::Shape,
        table: &toml::Table,
        at: &FieldPath,
        into: &mut Vec<(FieldPath, String)>,
    ) {
        for field in &shape.fields {
            let path = at.then(&field.name);
            match (&field.holds, table.get(&field.name)) {
                (_, None) if field.required => {
                    into.push((path, field.label(crate::text::Lang::Zh)));
                }
                (FieldType::Table(inner), Some(toml::Value::Table(table))) => {
                    gather(inner, table, &path, into);
                }
                (FieldType::Tables(inner), Some(toml::Value::Array(entries))) => {
                    let tables = entries.iter().filter_map(toml::Value::as_table);
                    for (index, table) in tables.enumerate() {
                        gather(inner, table, &path.at(index), into);
                    }
                }
                _ => {}
            }
        }
    }
    let mut missing = Vec::new();
    if let Ok(table) = text.parse::<toml::Table>() {
        gather(kind.shape(), &table, &FieldPath::default(), &mut missing);
    }
    missing
}

/// Writes the record, with another random id if the first is taken.
pub(crate) fn create(
    session: &Session,
    store: &Store,
    mut id: Id,
    text: &str,
) -> anyhow::Result<(Id, String)> {
    for _ in 0..8 {
        match store.create(id, text) {
            Err(WriteError::Exists(_)) if id.kind() != Kind::Term => {
                id = random_id(id.kind(), id.day().unwrap_or(session.today))?;
            }
            other => return Ok((id, other?)),
        }
    }
    Ok((id, store.create(id, text)?))
}

/// The id of a new record: random, or for a term from the command line.
pub(crate) fn id(
    session: &Session,
    kind: Kind,
    given: Option<&str>,
    text: &str,
) -> anyhow::Result<Id> {
    if let Some(given) = given {
        return Id::parse(kind, given).ok_or_else(|| {
            UserError::new(Message::new("term-id-expected").with("found", given)).into()
        });
    }
    let day = kind.info().day_field.and_then(|field| {
        let table: toml::Table = toml::from_str(text).ok()?;
        let literal = table.get(field)?.as_datetime()?.to_string();
        let day = literal.parse::<Date>().map(|date| date.0);
        day.or_else(|_| literal.parse::<DateTime>().map(|at| at.0.date()))
            .ok()
    });
    random_id(kind, day.unwrap_or(session.today))
}

pub(crate) fn random_id(kind: Kind, day: NaiveDate) -> anyhow::Result<Id> {
    let random = getrandom::u32().map_err(|fault| anyhow::anyhow!("{fault}"))?;
    Id::new(kind, day, random)
        .ok_or_else(|| UserError::new(Message::new("no-id-for-day").with("day", day)).into())
}

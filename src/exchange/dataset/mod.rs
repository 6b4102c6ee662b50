//! Exports a school's records, settings and figures as tables of a fixed schema for query engines: NDJSON in
//! `record=visits/school=KEY/year=2025/`, alongside other schools.
//!
//! Every row has every column of its table, and every table exists, so that all schools can be read alike. The
//! `evidence` table lists what each figure counts: engines add up and group it, and define no figure again.

mod columns;
mod evidence;
mod key;
mod rows;
mod sql;

use std::path::Path;

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value as Json};
use toml::Table;

use super::disclosure::{Disclosure, Naming};
use crate::analysis::figures::Figures;
use crate::analysis::{Basis, Scope};
use crate::model::{Entry, HasTable, Id, Kind, Record, Records, School, table_of, with_kind};
use crate::store::dataset::{Part, lines};
pub use crate::store::dataset::{PathError, Written};
use crate::threads;
pub use columns::schema_json;
use columns::{Source, TableSchema, tables};
pub use key::new_key;
use rows::{Substitutes, object};
pub use sql::{Dialect, page};

/// The table that identifies the school of a part.
const SETTINGS: &str = "settings";

/// The input of a dataset export.
#[derive(Debug)]
pub struct Request<'r> {
    /// The school.
    pub school: &'r School,
    /// Its key.
    pub key: &'r str,
    /// All records of the school.
    pub records: &'r Records,
    /// Today, as of which current terms are counted.
    pub today: NaiveDate,
    /// The date range of the records and terms; all without.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// What is disclosed of each record, with pseudonyms specific to the school.
    pub disclosure: Disclosure,
    /// The tables to write, besides those that describe the school and its figures; all if empty.
    pub tables: Vec<String>,
}

/// Why a part was not written.
#[derive(Debug)]
pub enum PartError {
    /// The key is already used in the dataset by another school of this name.
    OtherSchool(String),
    /// An I/O error.
    Fault(PathError),
}

impl From<PathError> for PartError {
    fn from(fault: PathError) -> PartError {
        PartError::Fault(fault)
    }
}

/// Returns the names of all tables.
pub fn table_names() -> Vec<&'static str> {
    tables().iter().map(|table| table.name).collect()
}

/// A unit of work, written in parallel with others.
enum Work<'w> {
    Table(&'w TableSchema),
    Term(Box<Figures<'w>>, Id),
}

/// Writes the part of a school into a dataset, replacing the previous one.
///
/// # Errors
///
/// [`PartError`]; the previous part is then unchanged.
pub fn write(request: &Request<'_>, root: &Path) -> Result<Written, PartError> {
    let standins = Substitutes::of(&request.disclosure, request.records);
    refuse_other(request, &standins, root)?;
    let tables = tables();
    let names: Vec<&str> = tables.iter().map(|table| table.name).collect();
    let part = Part::begin(root, request.key)?;
    let mut work: Vec<Work<'_>> = terms(request);
    work.extend(tables.iter().map(Work::Table));
    let done = threads::over(&work, |_, work| match work {
        Work::Table(table) => write_table(request, table, &standins, &part),
        Work::Term(figures, id) => {
            evidence::write(figures, *id, &standins, &part, request.wants("evidence"))
        }
    });
    let mut written = Written::default();
    for done in done {
        match done {
            Ok(more) => written += more,
            Err(fault) => {
                part.discard();
                return Err(fault.into());
            }
        }
    }
    part.commit(&names)?;
    Ok(written)
}

impl Request<'_> {
    fn wants(&self, table: &str) -> bool {
        self.tables.is_empty() || self.tables.iter().any(|name| name == table)
    }

    fn holds(&self, day: Option<NaiveDate>) -> bool {
        match (day, self.days) {
            (Some(day), Some((from, until))) => (from..=until).contains(&day),
            _ => true,
        }
    }

    /// A digest by which two parts with the same pseudonym key are recognised.
    fn key_check(&self) -> Option<String> {
        match &self.disclosure.naming {
            Naming::Pseudonyms(pseudonyms) => Some(pseudonyms.of("key", "check")),
            Naming::Nobody | Naming::Full => None,
        }
    }
}

/// The terms that began by today and lie within the date range.
fn terms<'w>(request: &Request<'w>) -> Vec<Work<'w>> {
    let is_within = |from: NaiveDate, until: NaiveDate| {
        let days = request.days;
        days.is_none_or(|(first, last)| first <= from && until <= last)
    };
    let terms = request.records.terms.iter();
    let terms =
        terms.filter(|term| term.start.0 <= request.today && is_within(term.start.0, term.end.0));
    let mut first: Option<Figures<'_>> = None;
    let mut work = Vec::new();
    for term in terms {
        let scope = Scope::of_term(term, request.today, request.school.definition());
        let figures = match &first {
            Some(first) => first.on(scope),
            None => Figures::of(&Basis {
                school: request.school,
                records: request.records,
                scope,
            }),
        };
        if first.is_none() {
            first = Some(figures.on(scope));
        }
        work.push(Work::Term(Box::new(figures), term.id));
    }
    work
}

fn write_table(
    request: &Request<'_>,
    table: &TableSchema,
    standins: &Substitutes<'_>,
    part: &Part,
) -> Result<Written, PathError> {
    let rows: Vec<(i32, String, Map<String, Json>)> = match table.source {
        Source::Kind(kind) if kind == Kind::Term || request.wants(table.name) => {
            with_kind!(kind, K => of_kind::<K>(request, table, standins))
        }
        Source::Settings => vec![(0, String::new(), settings(request, table, standins))],
        Source::Policy | Source::Duties | Source::Equipment => of_school(request, table, standins),
        Source::Kind(_) | Source::Figures | Source::Evidence | Source::Periods => Vec::new(),
    };
    let mut written = Written::default();
    let mut buffer = Vec::new();
    // Sorted by year and pseudonym: the order of the records would reveal which is which.
    let mut rows = rows;
    rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    for rows in rows.chunk_by(|a, b| a.0 == b.0) {
        let mut lines = part.table(table.name, rows[0].0, "part");
        for (_, _, row) in rows {
            buffer.clear();
            let _ = serde_json::to_writer(&mut buffer, row);
            buffer.push(b'\n');
            lines.push(&buffer)?;
        }
        written += lines.finish()?;
    }
    Ok(written)
}

fn of_kind<K: Record>(
    request: &Request<'_>,
    table: &TableSchema,
    standins: &Substitutes<'_>,
) -> Vec<(i32, String, Map<String, Json>)>
where
    Records: HasTable<K>,
{
    let entries = HasTable::<K>::table(request.records).iter();
    // Terms and helpers are undated and always kept.
    let entries = entries.filter(|entry| !K::KIND.is_dated() || request.holds(entry.record.day()));
    let row = |entry: &Entry<K>| {
        let mut fields = table_of(&entry.record);
        request
            .disclosure
            .apply(K::KIND, &mut fields, standins.people());
        let mut row = object(&table.columns, &fields);
        let id = standins.id(entry.id);
        row["id"] = id.as_str().into();
        if K::KIND == Kind::Child {
            row["person"] = standins.person(entry.id).into();
        }
        let day = entry.record.day().filter(|_| K::KIND.is_dated());
        (day.map_or(0, |day| day.year()), id, row)
    };
    entries.map(row).collect()
}

fn settings(
    request: &Request<'_>,
    table: &TableSchema,
    standins: &Substitutes<'_>,
) -> Map<String, Json> {
    let mut fields = disclosed_settings(request, standins);
    if let Some(toml::Value::Table(profile)) = fields.remove("school") {
        fields.extend(profile);
    }
    let mut row = object(&table.columns, &fields);
    // The name and contact of a school are needed by the county, and are not personal data.
    let profile = &request.school.school;
    row["name"] = profile.name.as_str().into();
    row["address"] = profile.address.as_deref().into();
    row["phone"] = profile.phone.as_deref().into();
    row["key"] = request.key.into();
    row["exported"] = request.today.to_string().into();
    row["names"] = if standins.is_full() {
        "full"
    } else {
        "pseudonyms"
    }
    .into();
    row["key_check"] = request.key_check().into();
    row
}

fn disclosed_settings(request: &Request<'_>, standins: &Substitutes<'_>) -> Table {
    let mut fields = table_of(request.school);
    request
        .disclosure
        .apply_to(School::shape(), &mut fields, standins.people());
    fields
}

fn of_school(
    request: &Request<'_>,
    table: &TableSchema,
    standins: &Substitutes<'_>,
) -> Vec<(i32, String, Map<String, Json>)> {
    let name = match table.source {
        Source::Policy => "policy",
        Source::Duties => "duty",
        _ => "equipment",
    };
    let row =
        |(at, fields): (usize, &Table)| (0, format!("{at:06}"), object(&table.columns, fields));
    let mut fields = disclosed_settings(request, standins);
    match fields.remove(name) {
        Some(toml::Value::Table(fields)) => vec![row((0, &fields))],
        Some(toml::Value::Array(entries)) => {
            let tables = entries.iter().filter_map(toml::Value::as_table);
            tables.enumerate().map(row).collect()
        }
        // A school without a policy has a row all the same.
        _ if table.source == Source::Policy => vec![row((0, &Table::new()))],
        _ => Vec::new(),
    }
}

/// Refuses to overwrite the part of another school: one with another name, or without common persons.
fn refuse_other(
    request: &Request<'_>,
    standins: &Substitutes<'_>,
    root: &Path,
) -> Result<(), PartError> {
    let parsed = |line: &String| serde_json::from_str::<Json>(line).ok();
    let known = lines(root, SETTINGS, request.key);
    let Some(known) = known.first().and_then(parsed) else {
        return Ok(());
    };
    let name = known["name"].as_str().unwrap_or_default().to_owned();
    if name != request.school.school.name {
        return Err(PartError::OtherSchool(name));
    }
    if known["key_check"].as_str() != request.key_check().as_deref() {
        return Ok(());
    }
    let before: Vec<String> = [Kind::Child, Kind::Helper]
        .iter()
        .flat_map(|kind| lines(root, kind.folder(), request.key))
        .filter_map(|line| Some(parsed(&line)?["id"].as_str()?.to_owned()))
        .collect();
    let children = request.records.children.iter().map(|child| child.id);
    let helpers = request.records.helpers.iter().map(|helper| helper.id);
    let now: std::collections::HashSet<String> =
        children.chain(helpers).map(|id| standins.id(id)).collect();
    if before.is_empty() || now.is_empty() || before.iter().any(|id| now.contains(id)) {
        Ok(())
    } else {
        Err(PartError::OtherSchool(name))
    }
}

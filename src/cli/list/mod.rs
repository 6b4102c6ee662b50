//! `list`: the records of a kind, as many and as much of each as is asked for.

mod columns;
mod filter;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde_json::Value;

use super::period::Period;
use super::session::{Refusal, Session};
use super::sheet::{self, Cell, Format, Sheet};
use super::{Outcome, Verb, reference};
use crate::analysis::{People, Scope};
use crate::diagnostic::Message;
use crate::exchange::export::json;
use crate::model::{
    AnyEntry, Class, HasTable, Id, Kind, KindSet, Record, Records, School, timeline, with_kind,
};
use crate::report::naming::Naming;
use crate::report::words::{self, Words};
use crate::store::layout::Month;
use crate::store::{Want, path_of};
use crate::text::pinyin;
use columns::{Column, Listed};
use filter::Condition;

#[derive(Args, Debug)]
pub(super) struct ListArgs {
    #[arg(value_name = "KIND", value_parser = kinds())]
    kind: Kind,
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    conditions: Vec<String>,
    #[arg(long, value_name = "CLASS")]
    class: Option<Class>,
    #[arg(long, value_name = "REF")]
    child: Option<String>,
    #[arg(long, value_name = "REF")]
    helper: Option<String>,
    #[command(flatten)]
    period: Period,
    #[arg(long)]
    all: bool,
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',')]
    columns: Vec<String>,
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    #[arg(long, default_value = "table")]
    format: Format,
    #[arg(short = 'z', long, conflicts_with_all = ["format", "columns"])]
    null: bool,
    #[arg(long)]
    skip_broken: bool,
}

/// Takes the name of a kind, or that of its folder.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    let words = Kind::ALL
        .iter()
        .map(|kind| PossibleValue::new(kind.name()).alias(kind.info().folder));
    PossibleValuesParser::new(words).try_map(|word| {
        Kind::of_name(&word).ok_or_else(|| Refusal::new(Message::new("unknown-kind")))
    })
}

impl Verb for ListArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store()?;
        let school = session.school(&store)?;
        let kind = self.kind;
        let conditions = self
            .conditions
            .iter()
            .map(|words| Condition::parse(session, &store, kind, words))
            .collect::<Result<Vec<_>, _>>()?;
        let child = self.person(session, &store, Kind::Child, self.child.as_deref())?;
        let helper = self.person(session, &store, Kind::Helper, self.helper.as_deref())?;
        let scope = match self.period.is_given() {
            true => Some(self.period.scope(session, &store, &school)?),
            false => None,
        };
        let names = match self.columns.is_empty() {
            true => columns::usual(kind)
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
            false => self.columns.clone(),
        };
        let columns = names
            .iter()
            .map(|name| filter::column(kind, name.trim()))
            .collect::<Result<Vec<_>, _>>()?;
        let persons = KindSet::of(&[Kind::Child, Kind::Helper, Kind::Pairing]);
        let mut want = Want::all(KindSet::of(&[kind]).with(persons));
        if let Some(scope) = &scope {
            want.months = Some((Month::of(scope.from), Month::of(scope.until)));
        }
        let mut read = session.read(&store, want, self.skip_broken)?;
        let listed = with_kind!(kind, K => take::<K>(&mut read.records));
        let day = scope.map_or(session.today, |scope| scope.as_of);
        let words = Words {
            lang: session.lang,
            day,
            school: &school,
            records: &read.records,
            naming: &Naming::full(),
        };
        let mut listed: Vec<Listed> = listed
            .into_iter()
            .filter(|record| self.all || is_present(&record.entry, day, scope.is_some()))
            .filter(|record| scope.is_none_or(|scope| is_in(record, scope)))
            .filter(|record| child.is_none_or(|id| concerns(record, id)))
            .filter(|record| helper.is_none_or(|id| concerns(record, id)))
            .filter(|record| {
                self.class
                    .is_none_or(|class| words.is_of_class(record, class))
            })
            .filter(|record| {
                conditions.iter().all(|condition| {
                    let value = condition.column.value(record, &school, day);
                    let text = condition.column.words(&value, kind, &words);
                    condition.holds(&value, &text)
                })
            })
            .collect();
        if let Some(name) = &self.sort {
            sort(&mut listed, kind, name, &school, day)?;
        }
        if let Some(limit) = self.limit {
            listed.truncate(limit);
        }
        if self.null {
            return print_paths(session, &store, &listed);
        }
        if self.columns.is_empty() && matches!(self.format, Format::Json | Format::Ndjson) {
            let objects: Vec<Value> = listed.iter().map(whole).collect();
            if self.format == Format::Json {
                sheet::print_json(session, &Value::Array(objects))?;
            } else {
                for object in objects {
                    use std::io::Write;
                    writeln!(session.out(), "{object}")?;
                }
            }
            return Ok(Outcome::Done);
        }
        let sheet = Sheet {
            columns: names
                .iter()
                .zip(&columns)
                .map(|(name, column)| {
                    sheet::Column::new(name.trim(), column.label(kind, session.lang))
                })
                .collect(),
            rows: listed
                .iter()
                .map(|record| {
                    let cell = |column: &Column| {
                        let value = column.value(record, &school, day);
                        Cell::new(column.words(&value, kind, &words), json(&value))
                    };
                    columns.iter().map(cell).collect()
                })
                .collect(),
        };
        sheet.print(session, self.format)?;
        Ok(Outcome::Done)
    }
}

impl ListArgs {
    fn person(
        &self,
        session: &mut Session,
        store: &crate::store::Store,
        kind: Kind,
        typed: Option<&str>,
    ) -> anyhow::Result<Option<Id>> {
        typed
            .map(|typed| reference::resolve(session, store, typed, KindSet::of(&[kind])))
            .transpose()
    }
}

fn take<K: Record>(records: &mut Records) -> Vec<Listed>
where
    Records: HasTable<K>,
    AnyEntry: From<crate::model::Entry<K>>,
{
    let table: &crate::model::Table<K> = records.table();
    let listed = table.iter().map(|entry| {
        let any = AnyEntry::from(entry.clone());
        Listed {
            table: words::public_table(&any, false),
            people: People::of(&entry.record),
            entry: any,
        }
    });
    listed.collect()
}

/// The files of the records, as another program can open them from where the command runs, each ended by a NUL.
fn print_paths(
    session: &mut Session,
    store: &crate::store::Store,
    listed: &[Listed],
) -> anyhow::Result<Outcome> {
    let here = std::env::current_dir().ok();
    let mut paths = String::new();
    for record in listed {
        let id = record.entry.id();
        let path = store.path_of_record(id).unwrap_or_else(|| path_of(id));
        let path = store.absolute(&path);
        let shown = here
            .as_deref()
            .and_then(|here| path.strip_prefix(here).ok());
        let shown = shown.unwrap_or(&path).display();
        paths += &format!("{shown}\0");
    }
    // As it is: what takes the colours away would take the NULs too.
    session.write_bytes(paths.as_bytes())?;
    Ok(Outcome::Done)
}

/// The whole record for scripts.
fn whole(record: &Listed) -> Value {
    let id = record.entry.id();
    let mut object = serde_json::Map::new();
    object.insert("id".to_owned(), id.to_string().into());
    object.insert("path".to_owned(), path_of(id).into());
    for (name, value) in &record.table {
        object.insert(name.clone(), json(value));
    }
    Value::Object(object)
}

/// Whether a record is of the present: a pupil of the school, an active helper, a running pairing. Where a period
/// was asked for, what ran in it is left to [`is_in`].
fn is_present(entry: &AnyEntry, day: chrono::NaiveDate, has_period: bool) -> bool {
    match entry {
        AnyEntry::Child(child) => child.is_enrolled(day),
        AnyEntry::Helper(helper) => helper.is_active(day),
        AnyEntry::Pairing(pairing) if !has_period => timeline::runs(
            Some(pairing.since.0),
            pairing.until.map(|until| until.0),
            day,
        ),
        _ => true,
    }
}

fn is_in(record: &Listed, scope: Scope) -> bool {
    match &record.entry {
        AnyEntry::Child(_) | AnyEntry::Helper(_) => true,
        AnyEntry::Pairing(pairing) => {
            pairing.since.0 <= scope.until
                && pairing.until.is_none_or(|until| until.0 >= scope.from)
        }
        entry => entry.id().day().is_none_or(|day| scope.holds(day)),
    }
}

fn concerns(record: &Listed, id: Id) -> bool {
    record.entry.id() == id
        || record.people.children.contains(&id)
        || record.people.helpers.contains(&id)
}

impl Words<'_> {
    /// Whether a record is about a class or a child who is in it on the record's day.
    fn is_of_class(&self, record: &Listed, class: Class) -> bool {
        let day = record.entry.id().day().unwrap_or(self.day);
        let in_class = |id: Id| {
            let child = self.records.children.get(id);
            child
                .and_then(|child| child.class_on(day))
                .is_some_and(|entry| entry.class == class)
        };
        let named = |field: &str| {
            let value = record.table.get(field);
            value.is_some_and(|value| match value {
                toml::Value::Array(classes) => classes
                    .iter()
                    .any(|word| word.as_str() == Some(&class.to_string())),
                value => value.as_str() == Some(&class.to_string()),
            })
        };
        in_class(record.entry.id())
            || record.people.children.iter().any(|id| in_class(*id))
            || named("classes")
            || named("class")
    }
}

fn sort(
    listed: &mut [Listed],
    kind: Kind,
    name: &str,
    school: &School,
    day: chrono::NaiveDate,
) -> anyhow::Result<()> {
    let (name, falling) = match name.strip_prefix('-') {
        Some(name) => (name, true),
        None => (name, false),
    };
    let column = filter::column(kind, name)?;
    let by_name = name == "name";
    listed.sort_by_cached_key(|record| {
        let value = match column.value(record, school, day) {
            toml::Value::String(text) => text,
            other => other.to_string(),
        };
        let number = value.parse::<rust_decimal::Decimal>().ok();
        let text = if by_name {
            pinyin::sort_key(&value)
        } else {
            value
        };
        (number.is_none(), number, text)
    });
    if falling {
        listed.reverse();
    }
    Ok(())
}

//! `show`: shows a record with its references resolved; for a child also its timeline and due items.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::analysis::People;
use crate::analysis::contact::MissingContacts;
use crate::cli::shared::due;
use crate::cli::shared::environment;
use crate::cli::shared::identity::{self, IdentityArgs};
use crate::cli::shared::outside::NeverPublic;
use crate::cli::shared::reference;
use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::print_json;
use crate::cli::shared::user_error::FileErrors;
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::exchange::export::json;
use crate::model::child::Child;
use crate::model::shape::{FieldType, Shape};
use crate::model::{
    AnyEntry, Entry, FieldPath, HasTable, Id, Kind, KindSet, Record, Records, School, table_of,
    timeline, with_kind,
};
use crate::report::naming::Naming;
use crate::report::words::{self, Words};
use crate::store::{ReadOptions, Store};
use crate::text::{sanitize, width};

#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    #[arg(value_name = "REF")]
    record: String,
    #[arg(long)]
    confidential: bool,
    #[command(flatten)]
    identity: IdentityArgs,
    #[arg(long, default_value = "text")]
    format: ShowFormat,
    #[command(flatten)]
    outside: NeverPublic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    Text,
    Json,
    Toml,
}

impl Verb for ShowArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        self.outside.refuse("show")?;
        let store = session.store()?;
        let school = session.school(&store)?;
        let id = reference::resolve(session, &store, &self.record, KindSet::ALL)?;
        let path = store.path_of_record(id).unwrap_or_default();
        let (entry, _) = store.load_one(id).map_err(|findings| {
            let message = Message::new("records-broken").with("count", 1);
            FileErrors::new(findings, &|path| store.text(path).ok(), message)
        })?;
        let mut table = if self.confidential {
            entry.table()
        } else {
            words::public(id.kind(), entry.table())
        };
        if self.confidential
            && let Some(identities) = self.identity.read(session)?
        {
            let opened = identities.open_table(id.kind().shape(), &mut table);
            opened.map_err(|fault| identity::refusal(fault, &path))?;
        }
        match self.format {
            ShowFormat::Json => {
                let mut object = serde_json::Map::new();
                object.insert("id".to_owned(), id.to_string().into());
                object.insert("path".to_owned(), path.into());
                object.extend(
                    table
                        .iter()
                        .map(|(name, value)| (name.clone(), json(value))),
                );
                print_json(session.out(), &object.into())?;
            }
            ShowFormat::Toml => {
                let text = crate::store::edit::compose(id.kind().shape(), &table);
                write!(session.out(), "{}", sanitize::terminal_lines(&text))?;
            }
            ShowFormat::Text => self.print(session, &store, &school, &entry, &table, &path)?,
        }
        Ok(Outcome::Done)
    }
}

impl ShowArgs {
    fn print(
        &self,
        session: &mut Session,
        store: &Store,
        school: &School,
        entry: &AnyEntry,
        table: &toml::Table,
        path: &str,
    ) -> anyhow::Result<()> {
        let kinds = match entry {
            AnyEntry::Child(_) => KindSet::ALL,
            _ => KindSet::of(&[Kind::Child, Kind::Helper]),
        };
        // Errors in other files do not matter here; `validate` reports them.
        let child = Some(entry.id()).filter(|id| id.kind() == Kind::Child);
        let read = session.read_about(
            store,
            ReadOptions::all(kinds),
            child,
            |_| MissingContacts::default(),
            true,
        )?;
        let records = read.records;
        let words = Words {
            confidential: self.confidential,
            lang: session.lang,
            day: entry.id().day().unwrap_or(session.today),
            school,
            records: &records,
            naming: &Naming::full(),
        };
        let mut text = String::new();
        text += &format!(
            "{}  {}\n{path}\n\n",
            entry.id(),
            entry.id().kind().label().get(session.lang)
        );
        fields(
            &mut text,
            &words,
            entry.id().kind().shape(),
            table,
            &FieldPath::default(),
        );
        if let AnyEntry::Child(child) = entry {
            present(&mut text, session, &words, child);
            timeline_of(&mut text, session, &words, child.id, self.confidential);
        }
        write!(session.out(), "{}", sanitize::terminal_lines(&text))?;
        if let AnyEntry::Child(child) = entry {
            due::print_of_child(session, school, &records, child.id)?;
        }
        Ok(())
    }
}

/// Prints the fields of a table, one per line, with aligned labels and nested tables indented.
fn fields(
    text: &mut String,
    words: &Words<'_>,
    shape: &Shape,
    table: &toml::Table,
    path: &FieldPath,
) {
    let depth = path.0.len();
    let indent = "  ".repeat(depth);
    let known = || {
        shape
            .fields
            .iter()
            .filter_map(|field| Some((field, table.get(&field.name)?)))
    };
    let widest = known()
        .filter(|(field, _)| field.holds.inner().is_none())
        .map(|(field, _)| width::width(&field.label(words.lang)))
        .max()
        .unwrap_or(0);
    for (field, value) in known() {
        let label = field.label(words.lang);
        match (&field.holds, value) {
            (FieldType::Table(inner), toml::Value::Table(table)) if !inner.inline => {
                *text += &format!("{indent}{label}\n");
                fields(text, words, inner, table, &path.then(&field.name));
            }
            (FieldType::Tables(inner), toml::Value::Array(entries)) if !inner.inline => {
                for (at, table) in entries.iter().filter_map(toml::Value::as_table).enumerate() {
                    *text += &format!("{indent}{label} {}\n", at + 1);
                    fields(text, words, inner, table, &path.then(&field.name));
                }
            }
            (holds, value) => {
                let value = words.of(holds, value);
                let label = format!("{indent}{}  ", width::pad(&label, widest));
                push_field(text, &label, &value);
            }
        }
    }
}

/// Prints a label and a text with a hanging indent, wrapped to the terminal.
fn push_field(text: &mut String, label: &str, value: &str) {
    let indent = width::width(label);
    let room = environment::output_width().map(|room| usize::from(room).saturating_sub(indent));
    let lines = value.lines().flat_map(|line| match room {
        Some(room) if room > indent => width::wrap(line, room),
        _ => vec![line.to_owned()],
    });
    let between = format!("\n{}", " ".repeat(indent));
    let lines: Vec<String> = lines.collect();
    *text += &format!("{label}{}\n", lines.join(&between));
}

/// Prints the current state: age, class, guardianship, pairings.
fn present(text: &mut String, session: &Session, words: &Words<'_>, child: &Entry<Child>) {
    let today = session.today;
    *text += &format!("\n{}\n", session.text("show-present", &[]));
    let mut line = |id: &str, value: String| {
        *text += &format!("  {}\n", session.text(id, &[("value", value.into())]));
    };
    line("show-age", child.age_on(today).to_string());
    if let Some(entry) = child.class_on(today) {
        line(
            "show-class",
            words.school.class_label(entry.class, today, session.lang),
        );
    }
    let left_behind = child.is_left_behind(today, words.school.definition());
    line(
        if left_behind {
            "show-left-behind"
        } else {
            "show-not-left-behind"
        },
        String::new(),
    );
    if let Some(care) = child.guardianship_on(today) {
        let table = crate::model::table_of(care);
        let shape = Kind::Child
            .shape()
            .field("guardianship")
            .and_then(|field| field.holds.inner());
        if let Some(shape) = shape {
            let parts: Vec<String> = ["kind", "away", "guardian"]
                .iter()
                .filter_map(|name| {
                    let (holds, value) = (&shape.field(name)?.holds, table.get(*name)?);
                    let (FieldType::Table(inner), toml::Value::Table(guardian)) = (holds, value)
                    else {
                        return Some(words.of(holds, value));
                    };
                    // Name, relation and phone are clear without labels.
                    let parts = ["name", "relation", "phone"].iter().filter_map(|name| {
                        Some(words.of(&inner.field(name)?.holds, guardian.get(*name)?))
                    });
                    Some(parts.collect::<Vec<_>>().join(" "))
                })
                .collect();
            line("show-guardianship", parts.join(" · "));
        }
    }
    let pairings = words.records.pairings.iter().filter(|pairing| {
        pairing.child.id() == child.id
            && timeline::runs(
                Some(pairing.since.0),
                pairing.until.map(|until| until.0),
                today,
            )
    });
    for pairing in pairings {
        let name = words::name_of(words.records, pairing.helper.id()).unwrap_or_default();
        let role = crate::model::Code::label(pairing.role).get(session.lang);
        line("show-pairing", format!("{name}（{role}）"));
    }
}

/// Prints the records about a child, by day (成长记录).
fn timeline_of(
    text: &mut String,
    session: &Session,
    words: &Words<'_>,
    id: Id,
    confidential: bool,
) {
    let mut lines = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| kind.is_dated()) {
        with_kind!(*kind, K => gather::<K>(&mut lines, words, id, confidential));
    }
    if lines.is_empty() {
        return;
    }
    lines.sort_by_key(|(id, _)| (id.day(), *id));
    *text += &format!("\n{}\n", session.text("show-timeline", &[]));
    let label = |id: Id| id.kind().label().get(session.lang);
    let widest = lines.iter().map(|(id, _)| width::width(label(*id))).max();
    for (id, line) in lines {
        let day = id.day().map(|day| day.to_string()).unwrap_or_default();
        let kind = width::pad(label(id), widest.unwrap_or(0));
        let label = format!("  {day}  {kind}  {}  ", id.tail());
        push_field(text, &label, &line);
    }
}

fn gather<K: Record>(
    lines: &mut Vec<(Id, String)>,
    words: &Words<'_>,
    child: Id,
    confidential: bool,
) where
    Records: HasTable<K>,
{
    let table: &crate::model::Table<K> = words.records.table();
    for entry in table.iter() {
        if People::of(&entry.record).children.contains(&child) {
            let mut table = table_of(&entry.record);
            if !confidential {
                table = words::public(K::KIND, table);
            }
            let line = words::headline(&table, K::KIND, words).replace('\n', " ");
            lines.push((entry.id, line));
        }
    }
}

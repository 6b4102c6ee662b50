//! `export --partition` and `export --sql`: a school's part of a dataset, and the SQL script that reads it.

use std::path::Path;

use super::args::{Engine, ExportArgs, Names, cannot_write, days, key, warn_inside};
use crate::cli::shared::counting::check_duties;
use crate::cli::shared::output::{make_folder, save};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::verb::Outcome;
use crate::diagnostic::Message;
use crate::exchange::dataset::{
    Dialect, PartError, Request, new_key, page, schema_json, table_names, write as write_part,
};
use crate::exchange::disclosure::Naming;
use crate::exchange::import::kind_of_table;
use crate::model::school::is_key;
use crate::model::{FieldPath, KindSet, School};
use crate::store::edit::{self, Change};
use crate::store::{ReadOptions, SCHOOL_FILE, Store};
use crate::tr;

/// Prints the SQL script.
pub(super) fn print_sql(
    args: &ExportArgs,
    engine: Engine,
    session: &mut Session,
) -> anyhow::Result<Outcome> {
    let dialect = match engine {
        Engine::Duckdb => Dialect::DuckDb,
        Engine::Spark => Dialect::Spark,
    };
    let text = page(dialect, args.at.trim_end_matches('/'));
    match &args.output {
        Some(output) => save(output, text.as_bytes())?,
        None => session.write_bytes(text.as_bytes())?,
    }
    Ok(Outcome::Done)
}

/// Writes the school's part.
pub(super) fn write(args: &ExportArgs, session: &mut Session) -> anyhow::Result<Outcome> {
    let Some(output) = args.output.as_deref() else {
        return Err(UserError::new(Message::new("export-needs-output")).into());
    };
    if args.names == Some(Names::None) {
        return Err(UserError::new(Message::new("export-partition-names")).into());
    }
    let tables = tables(&args.kinds)?;
    let store = session.store()?;
    let school = session.school(&store)?;
    let school_key = school_key(&school, session)?;
    check_duties(session, &store, &school, args.skip_broken)?;
    let loaded = session.read(&store, ReadOptions::all(KindSet::ALL), args.skip_broken)?;
    let days = days(args, &loaded.records.terms, session)?;
    let naming = match args.names {
        Some(_) => Naming::Full,
        None => Naming::Pseudonyms(key(args, &store, session)?.of_school(&school_key)),
    };
    warn_inside(output, &store, session)?;
    make_folder(output)?;
    let request = Request {
        school: &school,
        key: &school_key,
        records: &loaded.records,
        today: session.today,
        days,
        disclosure: args.disclosure(naming),
        tables,
    };
    let withheld = request.disclosure.withheld.clone();
    let written = write_part(&request, output).map_err(|refusal| match refusal {
        PartError::Fault((path, fault)) => cannot_write(&path, &fault, session.lang),
        PartError::OtherSchool(name) => other_school(output, &name, &school_key).into(),
    })?;
    if withheld.count() > 0 {
        session.say(&tr!(
            session.lang,
            "export-withheld",
            count = withheld.count()
        ))?;
    }
    let schema = serde_json::to_string_pretty(&schema_json())? + "\n";
    save(&output.join("schema.json"), schema.as_bytes())?;
    let megabytes = written.bytes.div_ceil(100_000);
    let size = format!("{}.{}", megabytes / 10, megabytes % 10);
    let message = session.text(
        "export-dataset-done",
        &[
            ("count", written.lines.into()),
            ("files", written.files.into()),
            ("size", size.into()),
            ("path", output.display().to_string().into()),
            ("key", school_key.as_str().into()),
        ],
    );
    session.say(&message)?;
    Ok(Outcome::Done)
}

fn other_school(output: &Path, name: &str, key: &str) -> UserError {
    let message = |id| {
        Message::new(id)
            .with("path", output.display())
            .with("name", name)
            .with("key", key)
    };
    UserError::new(message("export-other-school")).help(message("export-other-school-help"))
}

/// The selected tables, given by name or by kind of record.
fn tables(words: &[String]) -> anyhow::Result<Vec<String>> {
    let names = table_names();
    let table = |word: &String| {
        let kind = kind_of_table(word).map(|kind| kind.folder());
        let known = names.iter().copied().find(|name| name == word);
        let Some(name) = known.or(kind) else {
            let message = Message::new("export-table-unknown")
                .with("found", word)
                .with("known", names.join(", "));
            return Err(UserError::new(message).into());
        };
        Ok(name.to_owned())
    };
    words.iter().map(table).collect()
}

/// The school's key; if it has none, asks on a terminal whether to write one.
fn school_key(school: &School, session: &mut Session) -> anyhow::Result<String> {
    if let Some(key) = &school.school.key {
        if !is_key(key) {
            let message = Message::new("export-school-key-bad").with("found", key);
            return Err(UserError::new(message).into());
        }
        return Ok(key.clone());
    }
    let key = new_key().map_err(|fault| anyhow::anyhow!("{fault}"))?;
    if session.is_interactive() {
        let question = session.text("export-school-key-ask", &[("key", key.as_str().into())]);
        if inquire::Confirm::new(&question)
            .with_default(true)
            .prompt()?
        {
            let store = session.store_to_change()?;
            add_key(&store, &key)?;
            return Ok(key);
        }
    }
    let help = Message::new("export-no-school-key-help").with("key", key);
    Err(UserError::new(Message::new("export-no-school-key"))
        .help(help)
        .into())
}

fn add_key(store: &Store, key: &str) -> anyhow::Result<()> {
    let text = store.text(SCHOOL_FILE)?;
    let change = Change {
        path: FieldPath::key("school").then("key"),
        value: Some(key.into()),
    };
    let changed = edit::change(&text, School::shape(), &[change])
        .map_err(|_| UserError::new(Message::new("not-toml")))?;
    store.replace(SCHOOL_FILE, &text, &changed)?;
    Ok(())
}

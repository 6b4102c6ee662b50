//! `schema`: prints or writes the JSON Schemas of the kinds, for editors.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::Value;

use crate::cli::shared::output::{make_folder, save};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::schema;
use crate::text::suggest;

#[derive(Args, Debug)]
pub(crate) struct SchemaArgs {
    #[arg(value_name = "KIND")]
    kind: Option<String>,
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Verb for SchemaArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let names: Vec<&str> = match &self.kind {
            Some(kind) => vec![kind],
            None => schema::names().collect(),
        };
        let mut schemas = Vec::new();
        for name in names {
            let schema = schema::of_name(name).ok_or_else(|| unknown(name))?;
            schemas.push((name, schema));
        }
        let Some(dir) = &self.dir else {
            let whole = match (&self.kind, schemas.as_mut_slice()) {
                (Some(_), [(_, schema)]) => schema.take(),
                _ => schemas
                    .into_iter()
                    .map(|(name, schema)| (name.to_owned(), schema))
                    .collect::<serde_json::Map<_, _>>()
                    .into(),
            };
            let text = pretty(&whole)?;
            write!(session.out(), "{text}")?;
            return Ok(Outcome::Done);
        };
        // Relative to the directory given by `-C`.
        let dir = session.start().join(dir);
        make_folder(&dir)?;
        for (name, schema) in schemas {
            let path = dir.join(format!("{name}.json"));
            save(&path, pretty(&schema)?.as_bytes())?;
            writeln!(session.out(), "{}", path.display())?;
        }
        Ok(Outcome::Done)
    }
}

fn pretty(schema: &Value) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(schema)? + "\n")
}

fn unknown(name: &str) -> UserError {
    let refusal = UserError::new(Message::new("schema-no-kind").with("found", name));
    match suggest::nearest(name, schema::names()) {
        Some(nearest) => refusal.help(Message::new("argument-nearest").with("nearest", nearest)),
        None => {
            let known = schema::names().collect::<Vec<_>>().join(", ");
            refusal.help(Message::new("schema-no-kind-help").with("known", known))
        }
    }
}

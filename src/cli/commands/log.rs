//! `log`: who changed what when, in the records' own terms.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::anyhow;
use toml::Value;

use crate::cli::shared::git_error::git_words;
use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::Plain;
use crate::cli::shared::{day, reference};
use crate::cli::{Outcome, Verb};
use crate::exchange::columns::labelled;
use crate::exchange::export::{self, text_of};
use crate::exchange::history::{Deed, Event, FieldChange, events};
use crate::model::prose::is_sealed;
use crate::model::{Id, Kind, KindSet};
use crate::store::{Store, path_of};
use crate::text::Lang;
use crate::text::sanitize::terminal;
use crate::tr;

/// What `log` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct LogArgs {
    /// The record; all without it.
    #[arg(value_name = "REF")]
    record: Option<String>,
    /// Only what came after a commit.
    #[arg(long, value_name = "REVISION", allow_hyphen_values = true)]
    since: Option<String>,
    /// At most so many commits.
    #[arg(short = 'n', long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Show what is confidential too.
    #[arg(long)]
    confidential: bool,
    /// How it is printed.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Plain,
}

impl Verb for LogArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        run(&self, session)
    }
}

fn run(args: &LogArgs, session: &mut Session) -> anyhow::Result<Outcome> {
    let lang = session.lang;
    let store = session.store()?;
    let of = match &args.record {
        Some(words) => Some(record(words, &store, session)?),
        None => None,
    };
    let git = store
        .git()
        .map_err(|fault| anyhow!(git_words(&fault, lang)))?;
    // A day is one by the clock of who made the commit, as it is shown.
    let since = args.since.as_deref();
    let day = since.and_then(|words| day::relative_to(words, session.today));
    let day = day.map(|day| day.to_string());
    let revision = since.filter(|_| day.is_none());
    let mut events =
        events(&git, of, revision, args.limit).map_err(|fault| anyhow!(git_words(&fault, lang)))?;
    if let Some(day) = day {
        events.retain(|event| event.commit.time >= day);
    }
    let text = match args.format {
        Plain::Text => as_text(&events, args.confidential, lang),
        Plain::Json => as_json(&events, args.confidential),
    };
    session.out().write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}

/// The record that a person names; by its id also one that is no longer there.
fn record(words: &str, store: &Store, session: &mut Session) -> anyhow::Result<Id> {
    match words.parse() {
        Ok(id) => Ok(id),
        Err(_) => reference::resolve(session, store, words, KindSet::ALL),
    }
}

fn as_text(events: &[Event], confidential: bool, lang: Lang) -> String {
    let mut text = String::new();
    let mut last = None;
    for event in events {
        let commit = &event.commit;
        if last != Some(&commit.hash) {
            if last.is_some() {
                text.push('\n');
            }
            let time = commit
                .time
                .get(..16)
                .unwrap_or(&commit.time)
                .replace('T', " ");
            let hash = commit.hash.get(..8).unwrap_or(&commit.hash);
            let line = format!("{time}  {}  {}  ({hash})", commit.author, commit.subject);
            let _ = writeln!(text, "{}", terminal(&line));
            last = Some(&commit.hash);
        }
        let path = path_of(event.id);
        let label = event.id.kind().label().get(lang);
        let _ = match &event.deed {
            Deed::Added => writeln!(text, "  + {label} {path}"),
            Deed::Removed => writeln!(text, "  - {label} {path}"),
            Deed::TextOnly => writeln!(text, "  ~ {label} {path}  {}", tr!(lang, "log-text-only")),
            Deed::Unreadable => {
                writeln!(text, "  ~ {label} {path}  {}", tr!(lang, "log-unreadable"))
            }
            Deed::Changed(_) => writeln!(text, "  ~ {label} {path}"),
        };
        if let Deed::Changed(changes) = &event.deed {
            for change in changes {
                let side = |value: &Option<Value>| match value {
                    Some(_) if change.confidential && !confidential => {
                        tr!(lang, "log-confidential")
                    }
                    Some(value) => shown(event.id.kind(), change, value, lang),
                    None => String::from("—"),
                };
                let name = labelled(event.id.kind(), &change.path, lang);
                let line = format!("{name}: {} → {}", side(&change.old), side(&change.new));
                let _ = writeln!(text, "      {}", terminal(&line));
            }
        }
    }
    text
}

fn shown(kind: Kind, change: &FieldChange, value: &Value, lang: Lang) -> String {
    if value.as_str().is_some_and(is_sealed) {
        return tr!(lang, "sealed");
    }
    match kind.shape().at(&change.path) {
        Some(field) => text_of(&field.holds, value, Some(lang)),
        None => value.to_string(),
    }
}

fn as_json(events: &[Event], confidential: bool) -> String {
    let rows = events.iter().map(|event| {
        let (deed, changes) = match &event.deed {
            Deed::Added => ("added", &[][..]),
            Deed::Removed => ("removed", &[][..]),
            Deed::TextOnly => ("text-only", &[][..]),
            Deed::Unreadable => ("unreadable", &[][..]),
            Deed::Changed(changes) => ("changed", changes.as_slice()),
        };
        let fields = changes.iter().map(|change| {
            let side = |value: &Option<Value>| {
                let value = value
                    .as_ref()
                    .filter(|_| confidential || !change.confidential);
                value.map(export::json)
            };
            serde_json::json!({
                "field": change.path.to_string(),
                "old": side(&change.old),
                "new": side(&change.new),
                "confidential": change.confidential,
            })
        });
        serde_json::json!({
            "commit": event.commit.hash,
            "author": event.commit.author,
            "time": event.commit.time,
            "subject": event.commit.subject,
            "id": event.id.to_string(),
            "kind": event.id.kind().name(),
            "change": deed,
            "fields": fields.collect::<Vec<_>>(),
        })
    });
    let whole: serde_json::Value = rows.collect();
    format!("{whole:#}\n")
}

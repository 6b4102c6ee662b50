//! `log`: shows the history of records by field.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::anyhow;
use toml::Value;

use crate::cli::shared::git_error::git_words;
use crate::cli::shared::outside::NeverPublic;
use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::TextFormat;
use crate::cli::shared::{day, reference};
use crate::cli::verb::{Outcome, Verb};
use crate::exchange::columns::labelled;
use crate::exchange::export::{self, text_of};
use crate::exchange::history::{
    CommitChanges, FieldChange, FileChangeKind, Query, RecordChange, history,
};
use crate::model::prose::is_sealed;
use crate::model::{Id, Kind, KindSet};
use crate::store::Store;
use crate::text::Lang;
use crate::text::sanitize::terminal;
use crate::tr;

/// The maximum number of records listed for one commit: more than that is an import.
const MAX_ENTRIES: usize = 30;

#[derive(Debug, clap::Args)]
pub(crate) struct LogArgs {
    /// The record; all by default.
    #[arg(value_name = "REF")]
    record: Option<String>,
    /// Only changes since a revision or a day.
    #[arg(long, value_name = "REVISION", allow_hyphen_values = true)]
    since: Option<String>,
    /// The maximum number of commits.
    #[arg(short = 'n', long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Include confidential fields.
    #[arg(long)]
    confidential: bool,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: TextFormat,
    #[command(flatten)]
    outside: NeverPublic,
}

impl Verb for LogArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        self.outside.refuse("log")?;
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
    // Days are in the author's time zone, as displayed.
    let since = args.since.as_deref();
    let day = since.and_then(|words| day::relative_to(words, session.today));
    let day = day.map(|day| day.to_string());
    let revision = since.filter(|_| day.is_none());
    let path = of.and_then(|id| store.path_of_record(id));
    let query = Query {
        of,
        path: path.as_deref(),
        revision,
        day: day.as_deref(),
        limit: args.limit,
        most: (args.format == TextFormat::Text).then_some(MAX_ENTRIES),
    };
    let entries = history(&git, query).map_err(|fault| anyhow!(git_words(&fault, lang)))?;
    let text = match args.format {
        TextFormat::Text => as_text(&entries, args.confidential, lang),
        TextFormat::Json => as_json(&entries, args.confidential),
    };
    session.out().write_all(text.as_bytes())?;
    if entries.is_empty() {
        session.say(&tr!(lang, "log-nothing"))?;
    }
    // The text output says this in the list; for JSON it goes to standard error.
    if args.format == TextFormat::Json && entries.iter().any(|entry| entry.commit.is_cut) {
        session.say(&tr!(lang, "log-cut"))?;
    }
    Ok(Outcome::Done)
}

/// Resolves the record; an id may also be that of a removed record.
fn record(words: &str, store: &Store, session: &mut Session) -> anyhow::Result<Id> {
    match words.parse() {
        Ok(id) => Ok(id),
        Err(_) => reference::resolve(session, store, words, KindSet::ALL),
    }
}

fn as_text(entries: &[CommitChanges], confidential: bool, lang: Lang) -> String {
    let mut text = String::new();
    for entry in entries {
        let commit = &entry.commit;
        if !text.is_empty() {
            text.push('\n');
        }
        let time = commit.time.get(..16).unwrap_or(&commit.time);
        let time = time.replace('T', " ");
        let hash = commit.hash.get(..8).unwrap_or(&commit.hash);
        if commit.is_cut {
            // A shallow clone attributes to this commit everything that was there before.
            let _ = writeln!(text, "{time}  ({hash})  {}", tr!(lang, "log-cut"));
            continue;
        }
        let line = format!("{time}  {}  {}  ({hash})", commit.author, commit.subject);
        let _ = writeln!(text, "{}", terminal(&line));
        for record in &entry.records {
            let mark = match record.change {
                RecordChange::Added => '+',
                RecordChange::Removed => '-',
                _ => '~',
            };
            let label = record.id.kind().label().get(lang);
            let mut line = match &record.from {
                Some(from) => format!("{mark} {label} {from} → {}", record.path),
                None => format!("{mark} {label} {}", record.path),
            };
            match &record.change {
                RecordChange::TextOnly => line += &format!("  {}", tr!(lang, "log-text-only")),
                RecordChange::Unreadable => line += &format!("  {}", tr!(lang, "log-unreadable")),
                _ => {}
            }
            let _ = writeln!(text, "  {}", terminal(&line));
            if let RecordChange::Changed(changes) = &record.change {
                push_changes(&mut text, record.id.kind(), changes, confidential, lang);
            }
        }
        for ((sort, kind), count) in &entry.others {
            let mark = match sort {
                FileChangeKind::Added => '+',
                FileChangeKind::Removed => '-',
                FileChangeKind::Changed => '~',
            };
            let label = kind.label().get(lang);
            let message = tr!(lang, "log-others", kind = label, count = *count);
            let _ = writeln!(text, "  {mark} {message}");
        }
    }
    if entries
        .iter()
        .any(|entry| !entry.others.is_empty() && !entry.commit.is_cut)
    {
        let _ = writeln!(text, "\n{}", tr!(lang, "log-others-hint"));
    }
    text
}

fn push_changes(
    text: &mut String,
    kind: Kind,
    changes: &[FieldChange],
    confidential: bool,
    lang: Lang,
) {
    for change in changes {
        let side = |value: &Option<Value>| match value {
            Some(_) if change.confidential && !confidential => tr!(lang, "log-confidential"),
            Some(value) => shown(kind, change, value, lang),
            None => String::from("—"),
        };
        let name = labelled(kind, &change.path, lang);
        let line = format!("{name}: {} → {}", side(&change.old), side(&change.new));
        let _ = writeln!(text, "      {}", terminal(&line));
    }
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

fn as_json(entries: &[CommitChanges], confidential: bool) -> String {
    let records = entries
        .iter()
        .flat_map(|entry| entry.records.iter().map(|record| (&entry.commit, record)));
    let rows = records.map(|(commit, record)| {
        let (change, changes) = match &record.change {
            RecordChange::Added => ("added", &[][..]),
            RecordChange::Removed => ("removed", &[][..]),
            RecordChange::Moved => ("moved", &[][..]),
            RecordChange::TextOnly => ("text-only", &[][..]),
            RecordChange::Unreadable => ("unreadable", &[][..]),
            RecordChange::Unknown => ("unknown", &[][..]),
            RecordChange::Changed(changes) => ("changed", changes.as_slice()),
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
        let known = |text: &String| (!commit.is_cut).then(|| text.clone());
        serde_json::json!({
            "commit": commit.hash,
            "author": known(&commit.author),
            "time": known(&commit.time),
            "subject": known(&commit.subject),
            "id": record.id.to_string(),
            "kind": record.id.kind().name(),
            "path": record.path,
            "from": record.from,
            "change": change,
            "fields": fields.collect::<Vec<_>>(),
        })
    });
    let whole: serde_json::Value = rows.collect();
    format!("{whole:#}\n")
}

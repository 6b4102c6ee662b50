//! `import`: tables that people made become records.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::Plain;
use crate::cli::shared::{identity, preview};
use crate::cli::{Outcome, Verb};
use crate::diagnostic::Finding;
use crate::exchange::export::json;
use crate::exchange::import::{Fault, Options, Plan, Present, kind_of_table, plan};
use crate::exchange::sheet::{self, LARGEST_FILE, Sheet};
use crate::model::{Kind, KindSet};
use crate::store::seal::Recipients;
use crate::store::transaction::{FileChange, Progress};
use crate::store::{Want, layout, path_of};
use crate::text::Lang;
use crate::text::sanitize::terminal_lines;
use crate::tr;

/// Faults are listed up to so many; the rest is counted.
const MOST_FAULTS: usize = 50;

/// What `import` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The kind of record, or `all` for what `export` wrote.
    kind: String,
    /// The table; `-` is the standard input.
    file: PathBuf,
    /// What a header means.
    #[arg(long, value_name = "HEADER=FIELD")]
    map: Vec<String>,
    /// A value for every row that has none.
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// The columns by which a row finds the record that it changes.
    #[arg(long, value_name = "HEADER", value_delimiter = ',')]
    key: Vec<String>,
    /// The sheet of a workbook.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The row of the headers.
    #[arg(long, value_name = "NUMBER")]
    header_row: Option<usize>,
    /// Only say what would be added and changed.
    #[arg(long)]
    dry_run: bool,
    /// How the plan is printed.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Plain,
}

impl Verb for ImportArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        run(&self, session)
    }
}

fn run(args: &ImportArgs, session: &mut Session) -> anyhow::Result<Outcome> {
    let lang = session.lang;
    let store = session.store_to_change()?;
    let pairs = |words: &[String]| -> anyhow::Result<Vec<(String, String)>> {
        let pair = |word: &String| {
            let (name, value) = word
                .split_once('=')
                .ok_or_else(|| anyhow!(tr!(lang, "import-not-a-pair", found = word.as_str())))?;
            Ok((name.to_owned(), value.to_owned()))
        };
        words.iter().map(pair).collect()
    };
    let options = Options {
        map: pairs(&args.map)?,
        constants: pairs(&args.set)?,
        key: args.key.clone(),
        header_row: args.header_row,
    };
    let tables = tables(args, lang)?;
    let school = session.school(&store)?;
    let kinds: Vec<Kind> = tables.iter().map(|(kind, _)| *kind).collect();
    let kinds = KindSet::of(&kinds);
    let known = store.ids_of(kinds);
    let loaded = session.read(&store, Want::all(KindSet::ALL), false)?;
    let present = Present {
        store: &store,
        school: &school,
        records: &loaded.records,
        today: session.today,
    };
    let progress = session.progress("reading-rows");
    // Ids need no secrecy, only that two clones do not choose the same: a broken source of chance is an error.
    let mut fault = None;
    let mut random = || {
        getrandom::u32().unwrap_or_else(|error| {
            fault = Some(error);
            0
        })
    };
    let planned = plan(&present, &tables, &options, &mut random, &mut |done| {
        progress.set(done)
    });
    progress.finish();
    if let Some(fault) = fault {
        bail!(fault);
    }
    let plan = match planned {
        Ok(plan) => plan,
        Err(faults) => bail!(told(&faults, &args.file, lang)),
    };
    let mut changes = plan.file_changes();
    let cannot_check = |fault: String| anyhow!(tr!(lang, "import-cannot-check", fault = fault));
    let errors = preview::new_errors(&store, &changes, session.today).map_err(|fault| {
        let told = cannot_check(fault.to_string());
        anyhow::Error::new(fault).context(told)
    })?;
    if let Some(unread) = errors
        .iter()
        .find(|error| error.rule == &crate::store::rules::syntax::UNREADABLE)
    {
        return Err(cannot_check(unread.message.text(lang)));
    }
    let refused = refused(&plan, &errors);
    if !refused.is_empty() {
        bail!(told(&refused, &args.file, lang));
    }
    let text = match (args.format, args.dry_run) {
        (Plain::Json, _) => as_json(&plan),
        (Plain::Text, true) => as_text(&plan, lang),
        (Plain::Text, false) => String::new(),
    };
    if !args.dry_run {
        let recipients = identity::recipients(&school)?;
        for change in &mut changes {
            seal(&recipients, change)?;
        }
        let bar = session.progress("writing");
        let told = &mut |progress| match progress {
            Progress::Written(files) => bar.set(files),
            Progress::Decided | Progress::Changed(_) => {}
        };
        store.commit_unless_added(kinds, &known, &changes, told)?;
        bar.finish();
    }
    session.out().write_all(text.as_bytes())?;
    let id = if args.dry_run {
        "import-would"
    } else {
        "import-done"
    };
    let text = session.text(
        id,
        &[
            ("added", plan.additions.len().into()),
            ("changed", plan.updates.len().into()),
            ("unchanged", plan.unchanged.into()),
        ],
    );
    session.say(&text)?;
    Ok(Outcome::Done)
}

/// Seals what a file is to hold, where the school seals.
fn seal(recipients: &Recipients, change: &mut FileChange) -> anyhow::Result<()> {
    let path = change.path().to_owned();
    let (Some(id), FileChange::Create { text, .. } | FileChange::Replace { new: text, .. }) =
        (layout::id_of(&path), change)
    else {
        return Ok(());
    };
    *text = identity::sealed(recipients, id.kind(), &path, std::mem::take(text))?;
    Ok(())
}

/// The tables to be read, each with its kind.
fn tables(args: &ImportArgs, lang: Lang) -> anyhow::Result<Vec<(Kind, Sheet)>> {
    let words = |message: crate::diagnostic::Message| {
        anyhow!("{}: {}", args.file.display(), message.text(lang))
    };
    if args.kind == "all" {
        let mut tables = Vec::new();
        if args.file.is_dir() {
            let entries = std::fs::read_dir(&args.file)?.collect::<Result<Vec<_>, _>>()?;
            let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
            paths.sort();
            for path in paths {
                let stem = path
                    .file_stem()
                    .and_then(|stem| stem.to_str())
                    .unwrap_or_default();
                if let (Some(kind), Some("csv")) = (
                    kind_of_table(stem),
                    path.extension().and_then(|e| e.to_str()),
                ) {
                    let sheets = sheet::read(&bytes(&path, lang)?).map_err(words)?;
                    tables.extend(sheets.into_iter().map(|sheet| (kind, sheet)));
                }
            }
        } else {
            let sheets = sheet::read(&bytes(&args.file, lang)?).map_err(words)?;
            tables.extend(
                sheets
                    .into_iter()
                    .filter_map(|sheet| Some((kind_of_table(&sheet.name)?, sheet))),
            );
        }
        // Nothing but headers is what an empty kind looks like.
        tables.retain(|(_, sheet)| sheet.rows.len() > 1);
        if tables.is_empty() {
            bail!(tr!(
                lang,
                "import-nothing",
                file = args.file.display().to_string()
            ));
        }
        return Ok(tables);
    }
    let kind = kind_of_table(&args.kind).ok_or_else(|| {
        let known: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        anyhow!(tr!(
            lang,
            "unknown-kind",
            found = args.kind.as_str(),
            known = known.join(", ")
        ))
    })?;
    let mut sheets = sheet::read(&bytes(&args.file, lang)?).map_err(words)?;
    let at = match &args.sheet {
        None => (!sheets.is_empty()).then_some(0),
        Some(name) => sheets.iter().position(|sheet| sheet.name == *name),
    };
    match (at, &args.sheet) {
        (Some(at), _) => Ok(vec![(kind, sheets.swap_remove(at))]),
        (None, Some(name)) => {
            let known: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            bail!(tr!(
                lang,
                "import-no-sheet",
                sheet = name.as_str(),
                known = known.join("、")
            ))
        }
        (None, None) => bail!(tr!(
            lang,
            "import-nothing",
            file = args.file.display().to_string()
        )),
    }
}

fn bytes(file: &Path, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(LARGEST_FILE + 1)
            .read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file)
            .and_then(|open| open.take(LARGEST_FILE + 1).read_to_end(&mut bytes))
    };
    read.map_err(|fault| {
        anyhow!(tr!(
            lang,
            "cannot-read",
            path = file.display().to_string(),
            fault = fault.to_string()
        ))
    })?;
    Ok(bytes)
}

/// What `validate` would say of the records that come with some rows.
fn refused(plan: &Plan, errors: &[Finding]) -> Vec<Fault> {
    let rows: HashMap<String, usize> = plan
        .additions
        .iter()
        .map(|added| (path_of(added.id), added.row))
        .chain(
            plan.updates
                .iter()
                .map(|changed| (path_of(changed.id), changed.row)),
        )
        .collect();
    let fault = |error: &Finding| Fault {
        sheet: String::new(),
        row: rows.get(&error.path).copied(),
        column: None,
        value: None,
        message: error.message.clone(),
    };
    errors.iter().map(fault).collect()
}

/// The faults, one on a line, with their places as a spreadsheet program names them.
fn told(faults: &[Fault], file: &Path, lang: Lang) -> String {
    let mut text = tr!(lang, "import-faults", count = faults.len());
    for fault in faults.iter().take(MOST_FAULTS) {
        let _ = write!(text, "\n  {}", file.display());
        if !fault.sheet.is_empty() {
            let _ = write!(text, "[{}]", fault.sheet);
        }
        let (letters, header) = fault.column.clone().unwrap_or_default();
        if let Some(row) = fault.row {
            let _ = write!(text, ":{letters}{row}");
        }
        if !header.is_empty() {
            let _ = match lang {
                Lang::Zh => write!(text, "（{header}）"),
                Lang::En => write!(text, " ({header})"),
            };
        }
        let _ = write!(text, ": {}", fault.message.text(lang));
    }
    if faults.len() > MOST_FAULTS {
        let _ = write!(
            text,
            "\n  {}",
            tr!(
                lang,
                "import-more-faults",
                count = faults.len() - MOST_FAULTS
            )
        );
    }
    terminal_lines(&text).into_owned()
}

fn as_text(plan: &Plan, lang: Lang) -> String {
    let mut text = String::new();
    for added in &plan.additions {
        let _ = writeln!(
            text,
            "+ {}  {}",
            path_of(added.id),
            tr!(lang, "import-row", row = added.row)
        );
    }
    for changed in &plan.updates {
        let _ = writeln!(
            text,
            "~ {}  {}",
            path_of(changed.id),
            tr!(lang, "import-row", row = changed.row)
        );
        for (path, before, after) in &changed.fields {
            let before = before
                .as_ref()
                .map_or_else(|| "—".to_owned(), ToString::to_string);
            let _ = writeln!(text, "    {path}: {before} → {after}");
        }
    }
    terminal_lines(&text).into_owned()
}

fn as_json(plan: &Plan) -> String {
    let added = plan.additions.iter().map(|added| {
        serde_json::json!({ "id": added.id.to_string(), "path": path_of(added.id), "row": added.row })
    });
    let changed = plan.updates.iter().map(|changed| {
        let fields = changed.fields.iter().map(|(path, before, after)| {
            serde_json::json!({
                "field": path.to_string(),
                "before": before.as_ref().map(json),
                "after": json(after),
            })
        });
        serde_json::json!({
            "id": changed.id.to_string(),
            "path": path_of(changed.id),
            "row": changed.row,
            "fields": fields.collect::<Vec<_>>(),
        })
    });
    let whole = serde_json::json!({
        "added": added.collect::<Vec<_>>(),
        "changed": changed.collect::<Vec<_>>(),
        "unchanged": plan.unchanged,
    });
    format!("{whole:#}\n")
}

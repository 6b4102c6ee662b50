//! `import`: turns tables made by people into records.

mod args;
mod ask;
mod shown;
mod template;

use std::collections::{HashMap, HashSet};
use std::io::{Read, Write as _};
use std::path::Path;

use anyhow::{anyhow, bail};
use chrono::NaiveDate;

use crate::cli::shared::confirm::confirm;
use crate::cli::shared::identity;
use crate::cli::shared::period::find_term;
use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::TextFormat;
use crate::cli::shared::user_error::system_words;
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Finding;
use crate::exchange::import::{kind_of_table, plan};
use crate::exchange::plan::{ImportFault, ImportOptions, Plan, Planned, Present};
use crate::exchange::sheet::{self, MAX_FILE_BYTES, Sheet};
use crate::model::entered::period::{Period, period};
use crate::model::term::Term;
use crate::model::{Entry, Kind, KindSet, School};
use crate::rules::{self, CheckOptions, Severities};
use crate::store::seal::Recipients;
use crate::store::transaction::{FileChange, Progress};
use crate::store::write::WriteError;
use crate::store::{ReadOptions, Store, layout, path_of};
use crate::text::Lang;
use crate::tr;
pub(crate) use args::ImportArgs;

impl Verb for ImportArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        if self.template {
            return template::write(
                kind_named(&self.kind, session.lang)?,
                self.file.as_deref(),
                session,
            );
        }
        run(&self, session)
    }
}

/// Splits words at `=`.
fn pairs(words: &[String], lang: Lang) -> anyhow::Result<Vec<(String, String)>> {
    let pair = |word: &String| {
        let (name, value) = word
            .split_once('=')
            .ok_or_else(|| anyhow!(tr!(lang, "import-not-a-pair", found = word.as_str())))?;
        Ok((name.to_owned(), value.to_owned()))
    };
    words.iter().map(pair).collect()
}

fn options(args: &ImportArgs, file: &Path, lang: Lang) -> anyhow::Result<ImportOptions> {
    let words = |(left, to): (String, String)| {
        let (header, word) = left.split_once([':', '：']).ok_or_else(|| {
            let found = format!("{left}={to}");
            anyhow!(tr!(lang, "import-not-a-mapped-value", found = found))
        })?;
        Ok((header.to_owned(), word.to_owned(), to))
    };
    Ok(ImportOptions {
        map: pairs(&args.map, lang)?,
        map_values: pairs(&args.map_value, lang)?
            .into_iter()
            .map(words)
            .collect::<anyhow::Result<_>>()?,
        constants: pairs(&args.set, lang)?,
        key: args.key.clone(),
        header_row: args.header_row,
        since: args.since.map(|day| day.0),
        day_of_month: args.day_of_month,
        term: None,
        file: file
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default()
            .to_owned(),
    })
}

/// The maximum number of attempts, if concurrent writes invalidate the plan.
const MAX_TRIES: u32 = 20;

/// How many days ahead `since` may be: a roster may be imported before its term begins.
const MAX_DAYS_AHEAD: u64 = 366;

fn run(args: &ImportArgs, session: &mut Session) -> anyhow::Result<Outcome> {
    let mut tries = 0;
    let file = args.file.as_deref().unwrap_or(Path::new("-"));
    let mut options = options(args, file, session.lang)?;
    let furthest = session.today + chrono::Days::new(MAX_DAYS_AHEAD);
    if let Some(day) = options.since.filter(|day| *day > furthest) {
        bail!(tr!(session.lang, "import-since-far", day = day.to_string()));
    }
    loop {
        // Answers are kept for the next attempt.
        let done = run_once(args, &mut options, session, tries == 0);
        let overtaken = done
            .as_ref()
            .err()
            .and_then(|fault| fault.downcast_ref::<WriteError>())
            .is_some_and(|fault| matches!(fault, WriteError::Added(_)));
        tries += 1;
        // Plan again with the records written meanwhile; impossible for a pipe, which cannot be read twice.
        let again = overtaken && tries < MAX_TRIES && args.file.as_deref() != Some(Path::new("-"));
        if !again {
            return done;
        }
    }
}

fn run_once(
    args: &ImportArgs,
    options: &mut ImportOptions,
    session: &mut Session,
    is_first: bool,
) -> anyhow::Result<Outcome> {
    let lang = session.lang;
    let store = session.store_to_change()?;
    let file = args.file.as_deref().unwrap_or(Path::new("-"));
    let tables = tables(args, file, lang)?;
    let school = session.school(&store)?;
    let kinds: Vec<Kind> = tables.iter().map(|(kind, _)| *kind).collect();
    let kinds = KindSet::of(&kinds);
    let known = store.ids_of(kinds);
    let loaded = session.read(&store, ReadOptions::all(KindSet::ALL), false)?;
    if let Some(words) = args.term.as_deref().filter(|_| options.term.is_none()) {
        options.term = Some(term(words, &loaded.records.terms, session)?);
    }
    let present = Present {
        store: &store,
        school: &school,
        records: &loaded.records,
        today: session.today,
    };
    let is_json = matches!(args.format, TextFormat::Json);
    let to_out = args.dry_run && !is_json;
    let asks = args.interactive && session.is_interactive();
    let mut is_shown = false;
    let planned = loop {
        let progress = session.progress("reading-rows");
        let planned = plan(&present, &tables, options, &mut |done| progress.set(done));
        progress.finish();
        if asks && !is_json && is_first && !is_shown && !planned.faults.is_empty() {
            // Shows how the table is interpreted before asking questions about it.
            say(session, &shown::reading(&planned, lang), to_out)?;
            session.flush()?;
            is_shown = true;
        }
        if !asks || !ask::ask_next(session, &planned, options, args.set.len())? {
            break planned;
        }
    };
    if !is_json && is_first {
        say(session, &shown::reading(&planned, lang), to_out)?;
    }
    let mut faults = planned.faults.clone();
    let mut changes = planned.plan.file_changes();
    if faults.is_empty() {
        let errors = new_errors(&store, &school, &changes, session.today);
        faults = refused(&planned.plan, &errors);
    }
    if !faults.is_empty() {
        if is_json {
            let text = shown::json(&planned, &faults, lang);
            session.out().write_all(text.as_bytes())?;
        }
        bail!(shown::faults(&faults, file, lang));
    }
    let json = is_json.then(|| shown::json(&planned, &faults, lang));
    if !is_json && is_first {
        say(
            session,
            &shown::changes(&planned, &loaded.records, args.dry_run, lang),
            to_out,
        )?;
    }
    if !args.dry_run {
        if is_first
            && session.is_interactive()
            && !args.yes
            && !changes.is_empty()
            && !is_json
            && file != Path::new("-")
        {
            let question = counted(session, "import-confirm", &planned);
            if !confirm(session, &question, true)? {
                bail!(tr!(lang, "import-given-up"));
            }
        }
        let recipients = identity::recipients(&school)?;
        for change in &mut changes {
            seal(&recipients, change)?;
        }
        let bar = session.progress("writing");
        let on_progress = &mut |progress| match progress {
            Progress::Written(files) => bar.set(files),
            Progress::Decided | Progress::Changed(_) => {}
        };
        store.commit_unless_added(kinds, &known, &changes, on_progress)?;
        bar.finish();
    }
    if let Some(json) = json {
        session.out().write_all(json.as_bytes())?;
    }
    let id = if args.dry_run {
        "import-would"
    } else {
        "import-done"
    };
    let text = counted(session, id, &planned);
    session.say(&text)?;
    let has_answers = !options.map.is_empty()
        || !options.constants.is_empty()
        || options.since.is_some()
        || options.day_of_month.is_some()
        || options.term.is_some()
        || !options.map_values.is_empty()
        || !options.key.is_empty();
    if has_answers && !args.dry_run {
        let command = shown::command(args, options);
        let text = session.text("import-again", &[("command", command.into())]);
        session.say(&text)?;
    }
    Ok(Outcome::Done)
}

/// The term or year with a name, whether there is a record of it or not.
fn term(words: &str, terms: &[Entry<Term>], session: &Session) -> anyhow::Result<(String, Period)> {
    if let Some(period) = period(words) {
        return Ok((words.to_owned(), period));
    }
    let id = find_term(terms, Some(words), session.today)?.id.to_string();
    let period =
        period(&id).ok_or_else(|| anyhow!(tr!(session.lang, "import-bad-term", found = words)))?;
    Ok((id, period))
}

/// Prints a message to standard output or standard error.
fn say(session: &mut Session, text: &str, to_out: bool) -> anyhow::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    if to_out {
        writeln!(session.out(), "{}", text.trim_end())?;
    } else {
        session.say(text.trim_end())?;
    }
    Ok(())
}

fn counted(session: &Session, id: &str, planned: &Planned) -> String {
    session.text(
        id,
        &[
            ("added", planned.plan.additions.len().into()),
            ("changed", planned.plan.updates.len().into()),
            ("unchanged", planned.plan.unchanged.into()),
        ],
    )
}

/// The errors that the changes would introduce: those found by `validate` with but not without them.
fn new_errors(
    store: &Store,
    school: &School,
    changes: &[FileChange],
    today: NaiveDate,
) -> Vec<Finding> {
    let severities = Severities::of_school(&school.validate).unwrap_or_default();
    let severities = severities.only_errors();
    let errors = |store: &Store| {
        let options = CheckOptions {
            today,
            severities: Some(severities.clone()),
            advanced: &|_| {},
        };
        let found = rules::check(store, &options).into_iter();
        found.map(|reported| reported.finding).collect::<Vec<_>>()
    };
    let mut found = errors(&store.with_changes(changes));
    if !found.is_empty() {
        let known = errors(store);
        let known: HashSet<_> = known
            .iter()
            .map(|finding| (&finding.path, finding.rule.name))
            .collect();
        found.retain(|finding| !known.contains(&(&finding.path, finding.rule.name)));
    }
    found
}

/// Seals the content of a file, if the school seals.
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

/// The tables to read, each with its kind.
fn tables(args: &ImportArgs, file: &Path, lang: Lang) -> anyhow::Result<Vec<(Kind, Sheet)>> {
    let words =
        |message: crate::diagnostic::Message| anyhow!("{}: {}", file.display(), message.text(lang));
    let wanted = args.sheet.as_deref();
    let nothing = || {
        anyhow!(tr!(
            lang,
            "import-nothing",
            file = file.display().to_string()
        ))
    };
    if args.kind == "all" {
        let mut tables = Vec::new();
        if file.is_dir() {
            let entries = std::fs::read_dir(file)?.collect::<Result<Vec<_>, _>>()?;
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
                    let sheets = sheet::read(&bytes(&path, lang)?, wanted).map_err(words)?;
                    tables.extend(sheets.into_iter().map(|sheet| (kind, sheet)));
                }
            }
        } else {
            let sheets = sheet::read(&bytes(file, lang)?, wanted).map_err(words)?;
            tables.extend(
                sheets
                    .into_iter()
                    .filter_map(|sheet| Some((kind_of_table(&sheet.name)?, sheet))),
            );
        }
        // A table with headers only is that of an empty kind.
        tables.retain(|(_, sheet)| sheet.rows.len() > 1);
        if tables.is_empty() {
            return Err(nothing());
        }
        return Ok(tables);
    }
    let kind = kind_named(&args.kind, lang)?;
    let mut sheets = sheet::read(&bytes(file, lang)?, wanted).map_err(words)?;
    if let Some(name) = wanted {
        let known: Vec<_> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
        sheets.retain(|sheet| sheet.name == name);
        if sheets.is_empty() {
            bail!(tr!(
                lang,
                "import-no-sheet",
                sheet = name,
                known = known.join("、")
            ));
        }
    }
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(nothing());
    }
    Ok(sheets.into_iter().map(|sheet| (kind, sheet)).collect())
}

/// Parses a kind given on the command line.
fn kind_named(word: &str, lang: Lang) -> anyhow::Result<Kind> {
    kind_of_table(word).ok_or_else(|| {
        let known: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        anyhow!(tr!(
            lang,
            "unknown-kind",
            found = word,
            known = known.join(", ")
        ))
    })
}

fn bytes(file: &Path, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(MAX_FILE_BYTES + 1)
            .read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file)
            .and_then(|open| open.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes))
    };
    read.map_err(|fault| {
        anyhow!(tr!(
            lang,
            "cannot-read",
            path = file.display().to_string(),
            fault = system_words(&fault, lang)
        ))
    })?;
    Ok(bytes)
}

/// Reports validation errors at the rows they come from.
fn refused(plan: &Plan, errors: &[Finding]) -> Vec<ImportFault> {
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
    let fault = |error: &Finding| ImportFault {
        sheet: String::new(),
        row: rows.get(&error.path).copied(),
        column: None,
        value: None,
        message: error.message.clone(),
        help: None,
    };
    errors.iter().map(fault).collect()
}

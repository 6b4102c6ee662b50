//! `doctor`: checks the environment of the records, and finishes or cleans up interrupted work.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::Datelike;

use crate::cli::shared::environment;
use crate::cli::shared::format;
use crate::cli::shared::git_error::git_words;
use crate::cli::shared::me;
use crate::cli::shared::person;
use crate::cli::shared::recovery;
use crate::cli::shared::remote::remote_question;
use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::TextFormat;
use crate::cli::shared::user_error::system_words;
use crate::cli::shared::{reference, who};
use crate::cli::verb::{Outcome, Verb};
use crate::model::Kind;
use crate::store::git::{Git, GitFault};
use crate::store::private::sweep;
use crate::store::temporary::dead_temporaries;
use crate::store::{Store, layout};
use crate::text::Lang;
use crate::text::sanitize::terminal_lines;
use crate::tr;

/// A clock before this year is wrong: the program is newer.
const EARLIEST_YEAR: i32 = 2025;

#[derive(Debug, clap::Args)]
pub(crate) struct DoctorArgs {
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: TextFormat,
    /// Only check: finish and clean up nothing.
    #[arg(long)]
    dry_run: bool,
}

/// The state of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Good,
    Mended,
    Warning,
    Error,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            State::Good => "ok",
            State::Mended => "mended",
            State::Warning => "warning",
            State::Error => "error",
        }
    }

    fn mark(self) -> &'static str {
        match self {
            State::Good => "✓",
            State::Mended => "+",
            State::Warning => "!",
            State::Error => "✗",
        }
    }
}

/// A check with its state and a sentence about it.
struct Check {
    name: &'static str,
    state: State,
    says: String,
}

fn check(name: &'static str, state: State, says: String) -> Check {
    Check { name, state, says }
}

impl Verb for DoctorArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        run(&self, session)
    }
}

fn run(args: &DoctorArgs, session: &mut Session) -> anyhow::Result<Outcome> {
    let lang = session.lang;
    let store = session.store()?;
    let mut checks = vec![format_check(&store, lang)];
    checks.extend(unfinished(&store, args.dry_run, lang));
    let (folders, files) = walk(store.root());
    checks.extend(temporaries(&files, args.dry_run, lang));
    checks.extend(private(args.dry_run, lang));
    checks.extend(modes(&folders, &files, lang));
    checks.extend(repository(&store, lang));
    checks.extend(keyboard(session, &store, args)?);
    checks.push(clock(session));
    checks.push(locale(lang));
    let text = match args.format {
        TextFormat::Text => {
            let line =
                |check: &Check| format!("{} {}\n", check.state.mark(), terminal_lines(&check.says));
            checks.iter().map(line).collect()
        }
        TextFormat::Json => {
            let rows = checks.iter().map(|check| {
                serde_json::json!({ "check": check.name, "state": check.state.name(), "message": check.says })
            });
            format!("{:#}\n", rows.collect::<serde_json::Value>())
        }
    };
    session.out().write_all(text.as_bytes())?;
    let worst = checks.iter().map(|check| check.state).max();
    Ok(match worst {
        Some(State::Error) => Outcome::FoundErrors,
        _ => Outcome::Done,
    })
}

fn format_check(store: &Store, lang: Lang) -> Check {
    let (state, says) = match format::of(store) {
        Some(format::FORMAT) => match store.school() {
            Ok(_) => (
                State::Good,
                tr!(lang, "doctor-format", format = format::FORMAT),
            ),
            Err(findings) => (State::Error, recovery::first_of(&findings, lang)),
        },
        Some(newer) if newer > format::FORMAT => (
            State::Error,
            tr!(lang, "format-newer", found = newer, known = format::FORMAT),
        ),
        _ => {
            let unknown = || tr!(lang, "format-unknown", file = crate::store::SCHOOL_FILE);
            let says = store.school().err();
            let says = says.map_or_else(unknown, |findings| recovery::first_of(&findings, lang));
            (State::Error, says)
        }
    };
    check("format", state, says)
}

fn unfinished(store: &Store, dry_run: bool, lang: Lang) -> Vec<Check> {
    let name = "unfinished";
    if !store.has_unfinished() {
        return vec![check(
            name,
            State::Good,
            tr!(lang, "doctor-nothing-unfinished"),
        )];
    }
    if dry_run {
        return vec![check(name, State::Warning, tr!(lang, "doctor-unfinished"))];
    }
    match store.recover() {
        Ok(events) => events
            .iter()
            .map(|event| {
                let refused = matches!(event, crate::store::transaction::Recovered::Refused { .. });
                let state = if refused { State::Error } else { State::Mended };
                check(name, state, recovery::recovery(event, lang))
            })
            .collect(),
        Err(fault) => {
            let says = tr!(
                lang,
                "change-not-recovered",
                fault = system_words(&fault, lang)
            );
            vec![check(name, State::Error, says)]
        }
    }
}

/// The folders and files in the records directory; without `.git` and symbolic links.
fn walk(root: &Path) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    let ours = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let kind = Kind::ALL.iter().any(|kind| kind.folder() == name);
        entry.depth() != 1 || kind || !entry.file_type().is_dir()
    };
    let entries = walkdir::WalkDir::new(root).into_iter().filter_entry(ours);
    for entry in entries.filter_map(Result::ok) {
        if entry.file_type().is_dir() {
            folders.push(entry.into_path());
        } else if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    (folders, files)
}

fn temporaries(files: &[PathBuf], dry_run: bool, lang: Lang) -> Vec<Check> {
    let (found, removed) = dead_temporaries(files, !dry_run);
    let (state, id, count) = match found {
        0 => return Vec::new(),
        _ if dry_run => (State::Warning, "doctor-stale", found),
        _ if removed == found => (State::Mended, "doctor-stale-removed", removed),
        _ => (State::Error, "doctor-stale-removed", removed),
    };
    vec![check("temporaries", state, tr!(lang, id, count = count))]
}

/// Folders in which killed commands left unsealed values, including those the user was told about.
fn private(dry_run: bool, lang: Lang) -> Vec<Check> {
    let found = sweep(&environment::private_places(), dry_run);
    let mut checks = Vec::new();
    let name = "open-copies";
    if found.dead > 0 {
        let (state, id) = match (dry_run, found.left) {
            (true, _) => (State::Warning, "doctor-open"),
            (false, 0) => (State::Mended, "doctor-open-removed"),
            (false, _) => (State::Error, "doctor-open-left"),
        };
        let count = if found.left > 0 {
            found.left
        } else {
            found.dead
        };
        let says = crate::text::lang::message(lang, id, &[("count", count.into())]);
        checks.push(check(name, state, says));
    }
    if found.kept > 0 {
        let says = tr!(lang, "doctor-open-kept", count = found.kept);
        checks.push(check(name, State::Warning, says));
    }
    checks
}

/// Records readable by other users of the machine.
fn modes(folders: &[PathBuf], files: &[PathBuf], lang: Lang) -> Vec<Check> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| {
            path.metadata()
                .map_or(0, |metadata| metadata.permissions().mode())
        };
        // A root folder that only its owner can enter protects everything in it.
        if folders.first().is_some_and(|root| mode(root) & 0o077 == 0) {
            return vec![check(
                "permissions",
                State::Good,
                tr!(lang, "doctor-private"),
            )];
        }
        let open = files
            .iter()
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
            .filter(|path| mode(path) & 0o077 != 0)
            .count();
        vec![match open {
            0 => check("permissions", State::Good, tr!(lang, "doctor-private")),
            open => check(
                "permissions",
                State::Warning,
                tr!(lang, "doctor-readable", count = open),
            ),
        }]
    }
    #[cfg(not(unix))]
    {
        let _ = (folders, files, lang);
        Vec::new()
    }
}

/// Whether the current user is known; asks for it on a terminal.
fn keyboard(
    session: &mut Session,
    store: &Store,
    args: &DoctorArgs,
) -> anyhow::Result<Option<Check>> {
    let lang = session.lang;
    let people = session.people(store);
    if people.helpers.is_empty() {
        return Ok(None);
    }
    let found = match reference::me(session, store) {
        Ok(None) if args.format == TextFormat::Text && !args.dry_run => who::ask(session, store)?,
        Ok(found) => found,
        Err(_) => {
            let word = me::configured(session, store).unwrap_or_default();
            let says = tr!(lang, "doctor-me-nobody", name = word);
            return Ok(Some(check("me", State::Warning, says)));
        }
    };
    Ok(Some(match found {
        Some(id) => {
            let name = person::name(&people, id);
            check("me", State::Good, tr!(lang, "doctor-me", name = name))
        }
        None => check("me", State::Warning, tr!(lang, "doctor-no-me")),
    }))
}

fn repository(store: &Store, lang: Lang) -> Vec<Check> {
    let git = match store.git() {
        Ok(git) => git,
        Err(fault) => {
            let state = match fault {
                GitFault::NoProgram | GitFault::NoRepository(_) => State::Warning,
                _ => State::Error,
            };
            return vec![check("git", state, git_words(&fault, lang))];
        }
    };
    let mut checks = vec![check("git", State::Good, tr!(lang, "doctor-git"))];
    checks.extend(operation(&git, lang));
    checks.push(hook(&git, lang));
    let attributes = std::fs::read_to_string(store.root().join(".gitattributes"));
    checks.push(match attributes {
        Ok(text)
            if text
                .lines()
                .any(|line| line.contains(".toml") && line.contains("text")) =>
        {
            check("attributes", State::Good, tr!(lang, "doctor-attributes"))
        }
        _ => check(
            "attributes",
            State::Warning,
            tr!(lang, "doctor-no-attributes"),
        ),
    });
    let merges = git.has_merge_attribute() && git.has_merge_driver();
    checks.push(if merges {
        check("merge", State::Good, tr!(lang, "doctor-merge"))
    } else {
        check("merge", State::Warning, tr!(lang, "doctor-no-merge"))
    });
    checks.push(ignored(&git, lang));
    checks.extend(remotes(&git, lang));
    checks
}

/// Files that git would wrongly track: temporary files, printouts, exports, keys.
fn ignored(git: &Git, lang: Lang) -> Check {
    let probe = format!("{}x.tmp", layout::TEMPORARY);
    if git.ask(&["check-ignore", "-q", "--", &probe]).is_err() {
        return check("ignore", State::Warning, tr!(lang, "doctor-not-ignored"));
    }
    let taken = git.unignored();
    if taken.is_empty() {
        return check("ignore", State::Good, tr!(lang, "doctor-ignored"));
    }
    let says = tr!(lang, "doctor-prints-not-ignored", names = taken.join(", "));
    check("ignore", State::Warning, says)
}

/// The remotes of the repository; asks about those that are public or unknown.
fn remotes(git: &Git, lang: Lang) -> Vec<Check> {
    let remotes = match git.remotes() {
        Ok(remotes) => remotes,
        Err(fault) => return vec![check("remote", State::Error, git_words(&fault, lang))],
    };
    let asked = remotes.iter().filter_map(|remote| {
        let says = remote_question(remote, lang)?;
        Some(check("remote", State::Warning, says))
    });
    let asked: Vec<Check> = asked.collect();
    if asked.is_empty() && !remotes.is_empty() {
        let says = tr!(lang, "doctor-remotes", count = remotes.len());
        return vec![check("remote", State::Good, says)];
    }
    asked
}

/// An unfinished merge or rebase.
fn operation(git: &Git, lang: Lang) -> Option<Check> {
    let waits = ["MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD"]
        .into_iter()
        .find(|head| git.ask(&["rev-parse", "--verify", "--quiet", head]).is_ok())?;
    let operation = waits
        .trim_end_matches("_HEAD")
        .to_lowercase()
        .replace('_', "-");
    Some(check(
        "operation",
        State::Warning,
        tr!(lang, "doctor-operation", operation = operation),
    ))
}

fn hook(git: &Git, lang: Lang) -> Check {
    let path = git.hooks().map(|folder| folder.join("pre-commit"));
    let text = path
        .as_ref()
        .ok()
        .and_then(|path| std::fs::read_to_string(path).ok());
    match text {
        Some(text) if text.contains("cuncao") => {
            check("hook", State::Good, tr!(lang, "doctor-hook"))
        }
        Some(_) => check("hook", State::Warning, tr!(lang, "doctor-other-hook")),
        None => check("hook", State::Warning, tr!(lang, "doctor-no-hook")),
    }
}

fn clock(session: &mut Session) -> Check {
    let today = session.today;
    let (state, id) = if today.year() >= EARLIEST_YEAR {
        (State::Good, "doctor-clock")
    } else {
        (State::Warning, "doctor-clock-wrong")
    };
    let day = today.to_string();
    let says = crate::text::lang::message(session.lang, id, &[("day", day.as_str().into())]);
    check("clock", state, says)
}

fn locale(lang: Lang) -> Check {
    let set = environment::variable;
    let locale = set("LC_ALL")
        .or_else(|| set("LC_CTYPE"))
        .or_else(|| set("LANG"));
    let name = locale.clone().unwrap_or_else(|| String::from("C"));
    let lower = name.to_lowercase();
    let is_utf8 = cfg!(windows) || lower.contains("utf-8") || lower.contains("utf8");
    if is_utf8 {
        check(
            "locale",
            State::Good,
            tr!(lang, "doctor-locale", locale = name),
        )
    } else {
        check(
            "locale",
            State::Warning,
            tr!(lang, "doctor-locale-not-utf8", locale = name),
        )
    }
}

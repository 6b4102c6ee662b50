//! The clock, the environment, the terminal and early arguments; accessed only in this module.
//!
//! Some arguments are needed before the command line is parsed: the language of error messages, the date that relative
//! dates refer to, and the directory for shell completion.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::SystemTime;

use chrono::NaiveDate;

use crate::model::entered::day::{Towards, day};
use crate::text::Lang;

/// The environment variable for the records directory, used without `-C`.
pub(crate) const DIRECTORY: &str = "CUNCAO_DIR";

/// The environment variable by which a shell requests completions.
pub(crate) const COMPLETE: &str = "COMPLETE";

/// The arguments needed before the command line is parsed.
#[derive(Clone, Debug, Default)]
pub(crate) struct EarlyArguments {
    /// The language: `--lang`, `CUNCAO_LANG`, the locale, or Chinese.
    pub(crate) lang: Lang,
    /// The records directory, or a folder in it: `-C` or `CUNCAO_DIR`.
    pub(crate) directory: Option<PathBuf>,
    /// Today as given: `--today` or `CUNCAO_TODAY`.
    today: Option<String>,
    /// The shell that requests completions.
    pub(crate) shell: Option<String>,
    /// The words of the command line being typed.
    pub(crate) typed: Vec<String>,
}

static EARLY: OnceLock<EarlyArguments> = OnceLock::new();

/// Reads the early arguments. Must be called once, before everything else.
pub(crate) fn read_early(arguments: &[OsString]) -> &'static EarlyArguments {
    EARLY.get_or_init(|| {
        let shell = variable(COMPLETE);
        // For completions, the command line being typed follows after `--`.
        let typed = if shell.is_some() {
            let at = arguments.iter().position(|argument| argument == "--");
            at.map_or(arguments, |at| &arguments[at + 1..])
        } else {
            arguments
        };
        let words = || typed.iter().filter_map(|argument| argument.to_str());
        let lang = option(words(), &["--lang"]).and_then(|word| word.parse().ok());
        let lang = lang.or_else(|| variable("CUNCAO_LANG")?.parse().ok());
        let lang = lang.or_else(|| Lang::of_locale(&sys_locale::get_locale()?));
        let directory = option(words(), &["--directory", "-C"]);
        EarlyArguments {
            lang: lang.unwrap_or_default(),
            directory: directory.or_else(|| variable(DIRECTORY)).map(PathBuf::from),
            today: option(words(), &["--today"]).or_else(|| variable("CUNCAO_TODAY")),
            typed: words().map(ToOwned::to_owned).collect(),
            shell,
        }
    })
}

pub(crate) fn early() -> &'static EarlyArguments {
    EARLY.get_or_init(EarlyArguments::default)
}

/// The last value of an option: `--today X`, `--today=X`, `-CX`.
fn option<'a>(mut arguments: impl Iterator<Item = &'a str>, names: &[&str]) -> Option<String> {
    let mut found = None;
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            break;
        }
        if names.contains(&argument) {
            found = arguments.next();
            continue;
        }
        let attached = names.iter().find_map(|name| {
            let rest = argument.strip_prefix(name)?;
            if name.starts_with("--") {
                rest.strip_prefix('=')
            } else {
                Some(rest)
            }
        });
        found = attached.or(found);
    }
    found.map(str::to_owned)
}

/// The value of an environment variable, if it is set and not empty.
pub(crate) fn variable(name: &str) -> Option<String> {
    let value = std::env::var(name).ok();
    value.filter(|value| !value.trim().is_empty())
}

/// The working directory.
pub(crate) fn working_folder() -> Option<PathBuf> {
    std::env::current_dir().ok()
}

/// Folders for temporarily unsealed values, in order of preference: in memory, then the temporary folder.
pub(crate) fn private_places() -> Vec<PathBuf> {
    let of_user = variable("XDG_RUNTIME_DIR").map(PathBuf::from);
    let in_memory = Some(PathBuf::from("/dev/shm"));
    let places = [of_user, in_memory, Some(temporary_folder())];
    places.into_iter().flatten().collect()
}

/// The system's temporary folder.
pub(crate) fn temporary_folder() -> PathBuf {
    std::env::temp_dir()
}

/// The current time.
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

/// The current date by the clock.
pub(crate) fn clock() -> NaiveDate {
    chrono::Local::now().date_naive()
}

/// Today: as given, or else by the clock.
pub(crate) fn today() -> NaiveDate {
    let given = early().today.as_deref();
    given
        .and_then(|given| day(given, clock(), Towards::Past).ok())
        .unwrap_or_else(clock)
}

/// The date that words refer to: today, or the clock for the words that give today.
pub(crate) fn today_for(words: &str) -> NaiveDate {
    if early().today.as_deref() == Some(words) {
        clock()
    } else {
        today()
    }
}

/// Whether standard input is a terminal.
pub(crate) fn is_input_terminal() -> bool {
    io::stdin().is_terminal()
}

/// Whether standard output is a terminal.
pub(crate) fn is_output_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether standard error is a terminal.
pub(crate) fn is_error_terminal() -> bool {
    io::stderr().is_terminal()
}

/// The width of the terminal on standard output, in cells; `None` if it is not one, or has width 0.
pub(crate) fn output_width() -> Option<u16> {
    if !is_output_terminal() {
        return None;
    }
    terminal_width().or(Some(80))
}

/// The width of help texts, which are wrapped even if the output is not a terminal.
pub(crate) fn help_width() -> u16 {
    terminal_width().unwrap_or(100)
}

/// The configured width, or that of the terminal.
fn terminal_width() -> Option<u16> {
    let set = variable("COLUMNS").and_then(|columns| columns.parse().ok());
    set.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0))
        .filter(|width| *width > 0)
}

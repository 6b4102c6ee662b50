//! The clock, the environment, the terminal and the early reading of the arguments: asked here and nowhere else.
//!
//! Some arguments matter before the others are read: the language in which their faults are told, the day to
//! which words for days are relative, the directory whose names a shell completes.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::SystemTime;

use chrono::NaiveDate;

use crate::model::entered::day::{Towards, day};
use crate::text::Lang;

/// The environment variable that says where the records are, where `-C` does not.
pub(crate) const DIRECTORY: &str = "CUNCAO_DIR";

/// The environment variable by which a shell asks for completions.
pub(crate) const COMPLETE: &str = "COMPLETE";

/// What some arguments say that are needed before all are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct EarlyArguments {
    /// The language to speak: `--lang`, `CUNCAO_LANG`, the locale, Chinese.
    pub(crate) lang: Lang,
    /// The records directory, or a folder in it: `-C`, `CUNCAO_DIR`.
    pub(crate) directory: Option<PathBuf>,
    /// The words for today: `--today`, `CUNCAO_TODAY`.
    today: Option<String>,
    /// The shell that asks for completions.
    pub(crate) shell: Option<String>,
    /// The words of the line being typed.
    pub(crate) typed: Vec<String>,
}

static EARLY: OnceLock<EarlyArguments> = OnceLock::new();

/// Reads early what the arguments of the program say. Called once, first of all.
pub(crate) fn read_early(arguments: &[OsString]) -> &'static EarlyArguments {
    EARLY.get_or_init(|| {
        let shell = variable(COMPLETE);
        // A shell that asks for completions puts the line being typed behind `--`.
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

/// What some arguments said early.
pub(crate) fn early() -> &'static EarlyArguments {
    EARLY.get_or_init(EarlyArguments::default)
}

/// The last value of an option among some arguments: `--today X`, `--today=X`, `-CX`.
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

/// The value of a variable of the environment, where it is set and not empty.
pub(crate) fn variable(name: &str) -> Option<String> {
    let value = std::env::var(name).ok();
    value.filter(|value| !value.trim().is_empty())
}

/// The folder in which the program was started.
pub(crate) fn working_folder() -> Option<PathBuf> {
    std::env::current_dir().ok()
}

/// Where what is sealed may lie open for a moment, the best first: in memory, then where all temporary files are.
pub(crate) fn private_places() -> Vec<PathBuf> {
    let of_user = variable("XDG_RUNTIME_DIR").map(PathBuf::from);
    let in_memory = Some(PathBuf::from("/dev/shm"));
    let places = [of_user, in_memory, Some(temporary_folder())];
    places.into_iter().flatten().collect()
}

/// The system's folder for temporary files.
pub(crate) fn temporary_folder() -> PathBuf {
    std::env::temp_dir()
}

/// The time by the clock.
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

/// The day by the clock.
pub(crate) fn clock() -> NaiveDate {
    chrono::Local::now().date_naive()
}

/// The day that is today: as told, else by the clock.
pub(crate) fn today() -> NaiveDate {
    let told = early().today.as_deref();
    told.and_then(|told| day(told, clock(), Towards::Past).ok())
        .unwrap_or_else(clock)
}

/// The day to which some words are relative: those that tell which day is today, to the clock.
pub(crate) fn today_for(words: &str) -> NaiveDate {
    if early().today.as_deref() == Some(words) {
        clock()
    } else {
        today()
    }
}

/// Whether a person types what is read.
pub(crate) fn is_input_terminal() -> bool {
    io::stdin().is_terminal()
}

/// Whether a person sees the data that is printed.
pub(crate) fn is_output_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether a person sees the messages that are printed.
pub(crate) fn is_error_terminal() -> bool {
    io::stderr().is_terminal()
}

/// The width of the terminal that data goes to, in cells; none where it goes elsewhere. A width of 0 is none.
pub(crate) fn output_width() -> Option<u16> {
    if !is_output_terminal() {
        return None;
    }
    terminal_width().or(Some(80))
}

/// The width of help, which is broken into lines also where it goes elsewhere.
pub(crate) fn help_width() -> u16 {
    terminal_width().unwrap_or(100)
}

/// The width that is set, or that the terminal says.
fn terminal_width() -> Option<u16> {
    let set = variable("COLUMNS").and_then(|columns| columns.parse().ok());
    set.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0))
        .filter(|width| *width > 0)
}

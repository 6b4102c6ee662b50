//! Localised help and argument errors.
//!
//! The message of an argument is named after its command and its own name: `help-list-where`; that of a global option
//! is `help-option-today`; one shared by several commands may be `help-shared-format`.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use super::format::FORMAT;
use crate::cli::shared::{environment, overview};
use crate::model::Kind;
use crate::text::{Lang, lang, sanitize, width};

/// Help topics common to several commands: `dates` has the message `help-topic-dates`.
pub(crate) const TOPICS: &[&str] = &[
    "exit-codes",
    "references",
    "dates",
    "formats",
    "environment",
    "templates",
];

/// The command line with localised help texts.
pub(crate) fn localised(command: Command, language: Lang) -> Command {
    let version = [
        ("version", command.get_version().unwrap_or_default().into()),
        ("format", FORMAT.into()),
    ];
    let version = lang::message(language, "help-version-line", &version);
    // Lines are wrapped by `wrapped`: clap breaks only at spaces, which Chinese does not have.
    let mut command = with_long_help(command.version(version)).term_width(0);
    command.build();
    let word = |id: &str| lang::message(language, id, &[]);
    let template = format!(
        "{{about}}\n\n{}{{usage}}\n\n{{all-args}}{{after-help}}",
        match language {
            Lang::Zh => word("help-usage"),
            Lang::En => format!("{} ", word("help-usage")),
        }
    );
    worded(command, "", &template, language)
}

/// Adds long help; must be done before the command is built.
fn with_long_help(command: Command) -> Command {
    command.after_long_help(" ").mut_subcommands(with_long_help)
}

fn worded(mut command: Command, path: &str, template: &str, language: Lang) -> Command {
    let word = |id: &str| lang::find_message(language, id, &[]);
    let own = if path.is_empty() {
        "help-main".to_owned()
    } else {
        format!("help-{path}")
    };
    if let Some(about) = word(&own) {
        command = command.about(about);
    }
    let examples = word(&format!("{own}-examples")).map(|examples| {
        let heading = lang::message(language, "help-examples", &[]);
        let indented: Vec<_> = examples
            .lines()
            .map(|line| format!("  {line}").trim_end().to_owned())
            .collect();
        format!("{heading}\n{}\n", indented.join("\n"))
    });
    // Global options take one line of the short help; the long help has them in full, with the topics.
    let line = |id: &str| {
        let is_command = !path.is_empty();
        is_command.then(|| lang::message(language, id, &[]) + "\n")
    };
    let short: Vec<String> = line("help-common")
        .into_iter()
        .chain(examples.clone())
        .collect();
    let long: Vec<String> = examples.into_iter().chain(line("help-more")).collect();
    if !short.is_empty() {
        command = command
            .after_help(short.join("\n"))
            .after_long_help(long.join("\n"));
    }
    let arguments = lang::message(language, "help-arguments", &[]);
    let options = lang::message(language, "help-options", &[]);
    let global = lang::message(language, "help-global-options", &[]);
    let mut positionals = 0;
    command = command
        .help_template(template.to_owned())
        .subcommand_help_heading(lang::message(language, "help-commands", &[]))
        .mut_args(|argument| {
            let heading = match () {
                () if argument.is_positional() => &arguments,
                () if path.is_empty() || argument.is_global_set() => &global,
                () => &options,
            };
            let words = argument_words(&argument, path, language);
            let mut argument = match argument.get_help_heading() {
                Some(_) => argument,
                None => argument.help_heading(heading.clone()),
            };
            // The flag of a field has its help text from the model.
            let is_field = path.starts_with("add-") && argument.get_help().is_some();
            if let Some(words) = words.filter(|_| !is_field) {
                // clap's own long help texts are in English.
                if argument.get_long_help().is_some() {
                    argument = argument.long_help(words.clone());
                }
                argument = argument.help(words);
            }
            if argument.is_positional() {
                positionals += 1;
                argument = argument.display_order(positionals);
            }
            // The help texts list the values themselves.
            if argument.get_action().takes_values() {
                argument = argument.hide_possible_values(true).hide_default_value(true);
            }
            let names = argument.get_value_names().unwrap_or_default();
            let names: Vec<String> = names
                .iter()
                .map(|name| value_name(name, language))
                .collect();
            let argument = if names.is_empty() {
                argument
            } else {
                argument.value_names(names)
            };
            let is_common = argument.is_global_set() && !path.is_empty();
            argument.hide_env(true).hide_short_help(is_common)
        });
    command = command.subcommand_value_name(lang::message(language, "help-value-command", &[]));
    let inner: Vec<String> = command
        .get_subcommands()
        .map(|inner| inner.get_name().to_owned())
        .collect();
    for name in inner {
        let path = if path.is_empty() {
            name.clone()
        } else {
            format!("{path}-{name}")
        };
        command = command.mut_subcommand(&name, |inner| {
            // The flags of a kind are rebuilt with help texts from the model.
            let inner = match path.strip_prefix("add-").and_then(Kind::of_name) {
                Some(kind) => crate::cli::shared::flags::localised(kind, language),
                None => inner,
            };
            worded(inner, &path, template, language)
        });
    }
    if path.is_empty() {
        let (before, after) = template.split_once("{all-args}").unwrap_or((template, ""));
        let groups = groups(&command, language);
        command = command.help_template(format!("{before}{groups}\n{global}:\n{{options}}{after}"));
    }
    with_usage(command, path, language)
}

/// The commands by group, with descriptions.
fn groups(command: &Command, language: Lang) -> String {
    let names = overview::GROUPS.iter().flat_map(|(_, names)| *names);
    let widest = names.map(|name| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (id, names) in overview::GROUPS {
        let heading = lang::message(language, &format!("command-overview-{id}"), &[]);
        text += &format!("{heading}:\n");
        for name in names {
            let inner = command.find_subcommand(name);
            let about = inner.and_then(Command::get_about).map(ToString::to_string);
            text += &format!("  {name:widest$}  {}\n", about.unwrap_or_default());
        }
        text.push('\n');
    }
    text.pop();
    text
}

/// Sets the usage line, in which clap has an English word for the options.
fn with_usage(command: Command, path: &str, language: Lang) -> Command {
    let name = format!("cuncao {}", path.replace('-', " "));
    let mut command = command.bin_name(name.trim_end());
    let usage = command.render_usage().to_string();
    let options = lang::message(language, "help-value-options", &[]);
    let usage = usage
        .trim_start_matches("Usage: ")
        .replace("[OPTIONS]", &format!("[{options}]"));
    command.override_usage(usage)
}

/// Localises the name of a value, of which each capitalised word is a message.
fn value_name(name: &str, language: Lang) -> String {
    let is_capital = |c: char| c.is_ascii_uppercase();
    let mut words = String::new();
    let mut rest = name;
    while !rest.is_empty() {
        let at = rest.find(|c| !is_capital(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(at);
        let known = lang::find_message(
            language,
            &format!("help-value-{}", word.to_ascii_lowercase()),
            &[],
        );
        words += known
            .as_deref()
            .filter(|_| !word.is_empty())
            .unwrap_or(word);
        let at = after.find(is_capital).unwrap_or(after.len());
        words += &after[..at];
        rest = &after[at..];
    }
    words
}

/// Whether an argument takes one or more children.
fn takes_children(argument: &Arg) -> bool {
    ["child", "children"].contains(&argument.get_id().as_str())
}

fn argument_words(argument: &Arg, path: &str, language: Lang) -> Option<StyledStr> {
    let id = argument
        .get_id()
        .as_str()
        .trim_start_matches(':')
        .replace('_', "-");
    let own = format!("help-{path}-{id}");
    let first = path.split('-').next().unwrap_or_default();
    [
        own,
        format!("help-{first}-{id}"),
        format!("help-shared-{id}"),
        format!("help-option-{id}"),
    ]
    .iter()
    .find_map(|id| lang::find_message(language, id, &[]))
    .map(StyledStr::from)
}

/// The innermost command named by the arguments.
pub(crate) fn asked<'a>(command: &'a Command, arguments: &[OsString]) -> &'a Command {
    let mut asked = command;
    for argument in arguments.iter().skip(1) {
        if let Some(inner) = asked.find_subcommand(argument) {
            asked = inner;
        }
    }
    asked
}

/// Renders help with ANSI styles.
pub(crate) fn rendered(help: &StyledStr) -> String {
    help.ansi().to_string()
}

/// Wraps help to the width of the terminal, with hanging indents. Styled lines, such as the usage, and commands to
/// paste are left alone.
pub(crate) fn wrapped(help: &str) -> String {
    let room = usize::from(environment::help_width());
    let lines = help.lines().map(|line| {
        let plain = anstream::adapter::strip_str(line).to_string();
        let inner = plain.trim_start();
        let is_command = inner.starts_with("cuncao ") && !inner.contains("  ");
        if width::width(&plain) <= room || is_command {
            return line.to_owned();
        }
        let indent = plain.len() - inner.len();
        let behind = inner.find("  ").map(|at| &inner[at..]);
        let words = behind.map_or(inner, str::trim_start);
        let words = if indent > INDENT { inner } else { words };
        let column = width::width(&plain[..plain.len() - words.len()]);
        match line.strip_suffix(words) {
            Some(head) if column + 20 < room => {
                let broken = width::wrap(words, room - column);
                format!("{head}{}", broken.join(&format!("\n{:column$}", "")))
            }
            _ => line.to_owned(),
        }
    });
    lines.map(|line| line + "\n").collect()
}

/// Lines indented deeper than names of options and commands are descriptions.
const INDENT: usize = 6;

/// Prints help if requested, or else the argument error.
pub(crate) fn explain(fault: &clap::Error, command: &Command, language: Lang) -> ExitCode {
    if !fault.use_stderr() {
        // A closed pipe is not an error here.
        let _ = write!(
            anstream::stdout(),
            "{}",
            wrapped(&rendered(&fault.render()))
        );
        return ExitCode::SUCCESS;
    }
    let mut err = anstream::stderr();
    if fault.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = write!(err, "{}", wrapped(&rendered(&fault.render())));
        return ExitCode::from(2);
    }
    let context = |kind| match fault.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(" ")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        Some(ContextValue::StyledStrs(texts)) => Some(
            texts
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" "),
        ),
        Some(ContextValue::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let id = match fault.kind() {
        ErrorKind::InvalidValue
            if context(ContextKind::InvalidValue).is_none_or(|v| v.is_empty()) =>
        {
            "argument-needs-value"
        }
        ErrorKind::InvalidValue => "argument-bad-value",
        ErrorKind::ValueValidation => "argument-refused-value",
        ErrorKind::UnknownArgument
            if context(ContextKind::InvalidArg).is_some_and(|found| !found.starts_with('-')) =>
        {
            "argument-extra"
        }
        ErrorKind::UnknownArgument => "argument-unknown",
        ErrorKind::InvalidSubcommand => "argument-unknown-command",
        ErrorKind::MissingRequiredArgument => "argument-missing",
        ErrorKind::MissingSubcommand => "argument-missing-command",
        ErrorKind::ArgumentConflict
            if context(ContextKind::PriorArg).is_none_or(|other| other.is_empty()) =>
        {
            "argument-alone"
        }
        ErrorKind::ArgumentConflict => "argument-conflict",
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            "argument-number-of-values"
        }
        _ => {
            let _ = fault.print();
            return ExitCode::from(2);
        }
    };
    let list = |kind| match fault.get(kind) {
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => context(kind),
    };
    let argument = context(ContextKind::InvalidArg).unwrap_or_default();
    let value = context(ContextKind::InvalidValue)
        .or_else(|| context(ContextKind::InvalidSubcommand))
        .unwrap_or_default();
    let other = context(ContextKind::PriorArg).unwrap_or_default();
    let reason = std::error::Error::source(fault).map_or_else(String::new, ToString::to_string);
    let mut text = lang::message(language, "error", &[]);
    text += &lang::message(
        language,
        id,
        &[
            ("argument", argument.clone().into()),
            ("value", value.into()),
            ("other", other.into()),
            ("reason", reason.into()),
        ],
    );
    text.push('\n');
    let suggestion = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
        ContextKind::SuggestedSubcommand,
    ]
    .into_iter()
    .find_map(|kind| match fault.get(kind)? {
        // The last suggestion is the best.
        ContextValue::Strings(texts) => texts.last().cloned(),
        _ => context(kind),
    });
    let mut hint = |message: String| {
        text += &format!("{}{message}\n", lang::message(language, "hint", &[]));
    };
    if let Some(nearest) = suggestion {
        hint(lang::message(
            language,
            "argument-nearest",
            &[("nearest", nearest.into())],
        ));
    }
    if let Some(known) = list(ContextKind::ValidValue)
        .or_else(|| list(ContextKind::ValidSubcommand))
        .filter(|known| !known.is_empty())
    {
        hint(lang::message(
            language,
            "argument-known",
            &[("known", known.into())],
        ));
    }
    // The help of a missing positional argument says what it may be.
    let missing = command.get_positionals().find(|positional| {
        fault.kind() == ErrorKind::MissingRequiredArgument
            && argument.contains(&positional.to_string())
    });
    if let Some(words) = missing.and_then(Arg::get_help) {
        hint(format!("{argument}: {words}"));
    }
    if id == "argument-extra" && command.get_arguments().any(takes_children) {
        hint(lang::message(language, "argument-extra-children", &[]));
    }
    let name = command.get_bin_name().unwrap_or("cuncao");
    hint(lang::message(
        language,
        "argument-see-help",
        &[("command", name.into())],
    ));
    // Nothing can be done if standard error cannot be written.
    let _ = write!(err, "{}", sanitize::terminal_lines(&text));
    ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls `see` with each subcommand and its path, such as `add-visit`.
    fn walk(command: &Command, path: &str, see: &mut dyn FnMut(&str, &Command)) {
        for inner in command.get_subcommands() {
            let path = match path {
                "" => inner.get_name().to_owned(),
                path => format!("{path}-{}", inner.get_name()),
            };
            see(&path, inner);
            walk(inner, &path, see);
        }
    }

    #[test]
    fn the_chinese_help_has_no_english_words_of_its_own() {
        let mut whole = localised(crate::cli::command(), Lang::Zh);
        let mut english = Vec::new();
        let mut look = |path: &str, command: &Command| {
            let help = command.clone().render_help().to_string();
            let shown = help.split(['<', '[', '=', ' ']);
            // The name of a shell is not translated.
            let words = shown.filter(|word| {
                let word = word.trim_end_matches(['.', '>', ']', '…', ',']);
                word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase())
            });
            let known = [
                "CSV", "XLSX", "TOML", "JSON", "NDJSON", "SHELL", "NUL", "VISUAL",
            ];
            english.extend(
                words
                    .map(|word| word.trim_end_matches(['.', '>', ']', '…', ',']))
                    .filter(|word| !known.contains(word))
                    .map(|word| format!("{path}: {word}")),
            );
            for part in [
                "OPTIONS",
                "COMMAND",
                "Usage",
                "Options:",
                "Arguments:",
                "Commands:",
                "possible values",
                "default:",
            ] {
                if help.contains(part) {
                    english.push(format!("{path}: {part}"));
                }
            }
        };
        look("", &whole);
        whole.build();
        walk(&whole, "", &mut look);
        assert_eq!(english, Vec::<String>::new());
    }

    #[test]
    fn every_command_and_option_has_words_in_both_languages_and_every_command_an_example() {
        for language in Lang::ALL {
            let command = localised(crate::cli::command(), language);
            let mut missing = Vec::new();
            walk(&command, "", &mut |path, command| {
                if command.get_about().is_none() {
                    missing.push(path.to_owned());
                }
                // A line of the command list.
                let about = command.get_about().map(ToString::to_string);
                let width = crate::text::width::width(&about.unwrap_or_default());
                if !path.starts_with("add-") && width > 64 {
                    missing.push(format!("{path}: too long"));
                }
                if command.get_after_help().is_none() {
                    missing.push(format!("{path}: example"));
                }
                for argument in command.get_arguments() {
                    if argument.get_help().is_none() {
                        missing.push(format!("{path} {}", argument.get_id()));
                    }
                    let id = argument.get_id().as_str().trim_start_matches(':');
                    let own = argument_words(argument, path, language);
                    let is_field = path.starts_with("add-");
                    if own.is_none() && !is_field {
                        missing.push(format!("{path} {id}: not in the catalogue"));
                    }
                }
            });
            assert_eq!(missing, Vec::<String>::new(), "{language}");
        }
    }
}

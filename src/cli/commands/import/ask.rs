//! Asks on a terminal for what a table does not say, each thing once.

use inquire::{Select, Text};

use crate::cli::shared::session::Session;
use crate::diagnostic::Message;
use crate::exchange::columns::labelled;
use crate::exchange::plan::{ImportFault, ImportOptions, Planned};
use crate::model::Kind;
use crate::model::entered::day::{Towards, day};
use crate::model::entered::period::period;
use crate::model::shape::CodeWord;
use crate::text::Lang;

/// Asks about the first error that an answer can resolve, and returns whether there was one. An invalid answer is
/// reported and discarded, so that the question is repeated; `given` is the number of values from the command line.
///
/// # Errors
///
/// The user cancelled, or the terminal cannot be used.
pub(super) fn ask_next(
    session: &mut Session,
    planned: &Planned,
    options: &mut ImportOptions,
    given: usize,
) -> anyhow::Result<bool> {
    let lang = session.lang;
    if let Some((path, _)) = options.constants.get(given..).and_then(<[_]>::last) {
        let flag = format!("--set {path}");
        let is_its =
            |fault: &&ImportFault| matches!(&fault.column, Some((_, header)) if *header == flag);
        if let Some(fault) = planned.faults.iter().find(is_its) {
            session.warn(&fault.message.text(lang))?;
            options.constants.pop();
            return Ok(true);
        }
    }
    let kind = planned
        .understood
        .first()
        .and_then(|understood| understood.kind);
    for fault in &planned.faults {
        let argument = |name: &str| fault.message.argument(name).map(str::to_owned);
        match (fault.message.id, kind) {
            (
                "import-unknown-column"
                | "import-unknown-column-nearest"
                | "import-column-of-several"
                | "import-no-header-over"
                | "import-same-field",
                Some(kind),
            ) => {
                let Some((letters, header)) = fault.column.clone() else {
                    continue;
                };
                let to = field(session, kind, fault)?;
                let name = if header.is_empty() || fault.message.id == "import-same-field" {
                    letters
                } else {
                    header
                };
                options.map.push((name, to));
                return Ok(true);
            }
            ("entered-month-only" | "import-month-rounded", _)
                if options.day_of_month.is_none() =>
            {
                let question = question(session, fault, "import-ask-day-of-month");
                loop {
                    let words = Text::new(&question).with_default("1").prompt()?;
                    match words.trim().trim_end_matches(['日', '号']).parse() {
                        Ok(day @ 1..=31) => {
                            options.day_of_month = Some(day);
                            return Ok(true);
                        }
                        _ => {
                            let message = session.text("import-ask-day-again", &[]);
                            session.warn(&message)?;
                        }
                    }
                }
            }
            ("entered-no-year", _) if options.term.is_none() => {
                let question = question(session, fault, "import-ask-term");
                loop {
                    let words = Text::new(&question).prompt()?;
                    match period(&words) {
                        Some(period) => {
                            options.term = Some((words.trim().to_owned(), period));
                            return Ok(true);
                        }
                        None => session
                            .warn(&session.text("import-bad-term", &[("found", words.into())]))?,
                    }
                }
            }
            ("import-no-since" | "import-since-needed", _) if options.since.is_none() => {
                let question = session.text("import-ask-since", &[]);
                loop {
                    let words = Text::new(&question).prompt()?;
                    match day(&words, session.today, Towards::Past) {
                        Ok(day) => {
                            options.since = Some(day);
                            return Ok(true);
                        }
                        Err(reason) => session.warn(
                            &crate::diagnostic::explain_input_error(
                                crate::diagnostic::InputKind::Day,
                                &words,
                                &reason,
                            )
                            .text(lang),
                        )?,
                    }
                }
            }
            (
                "import-unknown-code" | "import-unknown-code-nearest" | "import-one-away",
                Some(kind),
            ) => {
                let (Some((_, header)), Some(found)) = (fault.column.clone(), argument("found"))
                else {
                    continue;
                };
                let path = match fault.message.id {
                    "import-one-away" => Some("guardianship.away".to_owned()),
                    _ => planned
                        .understood
                        .iter()
                        .flat_map(|table| &table.columns)
                        .find(|column| column.header == header)
                        .and_then(|column| column.field.clone())
                        .map(|(path, _)| path),
                };
                let Some(words) = path.as_deref().and_then(|path| codes(kind, path)) else {
                    continue;
                };
                let question = question(session, fault, "import-ask-code");
                let code = choose(&question, words, lang, session)?;
                options.map_values.push((header, found, code));
                return Ok(true);
            }
            ("missing-field", Some(kind)) => {
                let Some(name) = argument("field") else {
                    continue;
                };
                let path = Some(name.replace("[0]", ""));
                let Some(path) =
                    path.filter(|path| !options.constants.iter().any(|(known, _)| known == path))
                else {
                    continue;
                };
                let question = question(session, fault, "import-ask-value");
                let value = match codes(kind, &path) {
                    Some(words) => choose(&question, words, lang, session)?,
                    None => Text::new(&question).prompt()?,
                };
                options.constants.push((path, value));
                return Ok(true);
            }
            _ => {}
        }
    }
    Ok(false)
}

fn question(session: &Session, fault: &ImportFault, id: &'static str) -> String {
    let column = fault
        .column
        .as_ref()
        .map(|(letters, header)| format!("{letters} {header}"))
        .unwrap_or_default();
    let message = Message::new(id)
        .with("what", fault.message.text(session.lang))
        .with("column", column);
    message.text(session.lang)
}

fn codes(kind: Kind, path: &str) -> Option<&'static [CodeWord]> {
    let path = path.parse().ok()?;
    kind.shape().at(&path)?.codes()
}

fn choose(
    question: &str,
    words: &[CodeWord],
    lang: Lang,
    session: &Session,
) -> anyhow::Result<String> {
    let mut choices: Vec<String> = words
        .iter()
        .map(|word| word.label(lang).to_owned())
        .collect();
    choices.push(session.text("import-ask-leave", &[]));
    let chosen = Select::new(question, choices).raw_prompt()?.index;
    Ok(words
        .get(chosen)
        .map_or_else(|| "-".to_owned(), |word| word.code.clone()))
}

/// Asks for the field of a column.
fn field(session: &Session, kind: Kind, fault: &ImportFault) -> anyhow::Result<String> {
    let mut paths: Vec<(String, String)> =
        vec![("-".to_owned(), session.text("import-ask-leave", &[]))];
    for (path, field) in kind.shape().leaves() {
        let label = labelled(kind, &path, session.lang);
        let words = path.to_string();
        match words.strip_prefix("parents.") {
            Some(rest) => {
                for (code, name) in [
                    ("father", ["父亲", "father"]),
                    ("mother", ["母亲", "mother"]),
                ] {
                    paths.push((
                        format!("parents[{code}].{rest}"),
                        format!(
                            "{} {}",
                            name[session.lang as usize],
                            field.label(session.lang)
                        ),
                    ));
                }
            }
            None => paths.push((words, label)),
        }
    }
    let labels: Vec<&str> = paths.iter().map(|(_, label)| label.as_str()).collect();
    let chosen = Select::new(&question(session, fault, "import-ask-field"), labels)
        .raw_prompt()?
        .index;
    Ok(paths[chosen].0.clone())
}

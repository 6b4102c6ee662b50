//! Shell completion of values from the records: names, ids and codes.
//!
//! Runs at every press of the Tab key: reads as little as possible, prints no errors, and offers nothing if something
//! fails.

use std::ffi::OsStr;
use std::path::Path;

use clap::Command;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::analysis::breakdown::Dim;
use crate::analysis::figures::Figures;
use crate::analysis::{Basis, Scope};
use crate::cli::shared::environment;
use crate::cli::shared::{dims, fields};
use crate::model::shape::FieldType;
use crate::model::{Code, Id, Kind, KindSet, Naming, Records};
use crate::store::{ReadOptions, Store, layout};
use crate::text::Lang;
use crate::text::pinyin;

/// The maximum number of candidates: beyond that the user types another letter.
const MAX_CANDIDATES: usize = 200;

/// Completes the values of an argument.
type Completer = fn(&OsStr) -> Vec<CompletionCandidate>;

/// The completers by argument name, for all commands.
const COMPLETERS: &[(&[&str], Completer)] = &[
    (&["record", "records", "reference", "about"], references),
    (&["child", "children", "siblings"], children),
    (&["helper", "helpers", "by", "me", "from", "to"], helpers),
    (&["words"], ways_and_people),
    (&["list"], changing),
    (&["dims"], dimensions),
    (&["groups"], groups),
    (&["term", "compare"], terms),
    (&["class", "classes"], classes),
    (&["kind", "kinds"], kinds),
    (&["figure", "figures"], figures),
    (&["deny", "only", "explain"], rules),
    (&["columns", "sort"], columns),
    (&["conditions", "fields", ":set"], assignments),
];

/// Attaches completers to the arguments whose values are in the records.
pub(crate) fn with_completers(command: Command) -> Command {
    let commands = command.get_subcommands();
    let commands: Vec<String> = commands.map(|inner| inner.get_name().to_owned()).collect();
    of_records(command).mut_subcommands(|inner| {
        inner.mut_args(|argument| {
            if argument.get_id() == "topic" {
                argument.add(topics(&commands))
            } else {
                argument
            }
        })
    })
}

fn of_records(command: Command) -> Command {
    // `mut_arg` would move the argument to the end, and so change the order of positional arguments. `add visit` has a
    // flag for each field of a visit.
    let shape = Kind::of_name(command.get_name()).map(Kind::shape);
    let command = command.mut_args(|argument| {
        let name = argument.get_id().as_str();
        // Possible values complete themselves; those of a kind are offered with labels.
        if !argument.get_possible_values().is_empty() && !["kind", "kinds"].contains(&name) {
            return argument;
        }
        let field = shape.and_then(|shape| shape.field(name));
        if let Some(codes) = field.and_then(|field| field.codes()) {
            let offer = |typed: &OsStr| {
                words(
                    typed,
                    codes
                        .iter()
                        .map(|word| (word.code.clone(), word.zh.clone())),
                )
            };
            return argument.add(ArgValueCompleter::new(offer));
        }
        let offer = COMPLETERS.iter().find(|(known, _)| known.contains(&name));
        let of_kind = || match field?.holds.refers_to()? {
            Kind::Child => Some(children as Completer),
            Kind::Helper => Some(helpers as Completer),
            _ => None,
        };
        match offer.map(|(_, completer)| *completer).or_else(of_kind) {
            Some(completer) => argument.add(ArgValueCompleter::new(completer)),
            None => argument,
        }
    });
    command.mut_subcommands(of_records)
}

/// The records directory of the command line being typed, from its `-C` if given.
fn store() -> Option<Store> {
    let given = environment::early().directory.clone();
    let start = std::path::absolute(given.as_deref().unwrap_or(Path::new("."))).ok()?;
    Store::find(&start)
}

/// The language of descriptions.
fn spoken() -> Lang {
    environment::early().lang
}

fn load(store: &Store, kinds: &[Kind]) -> Records {
    let mut want = ReadOptions::all(KindSet::of(kinds));
    want.prose = crate::store::Prose::Skip;
    store.load(want).records
}

fn candidate(value: String, help: String) -> CompletionCandidate {
    CompletionCandidate::new(value).help(Some(help.into()))
}

/// Whether a name, its pinyin or its initials begin with what was typed.
fn begins(typed: &str, name: &str) -> bool {
    typed.is_empty() || name.starts_with(typed) || pinyin::fits(typed, name).is_some()
}

/// Completes people by name, also after a comma; by id if an id is typed, if names are ambiguous, or if the shell
/// would split the name.
fn people(typed: &OsStr, kinds: &[Kind]) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(store)) = (typed.to_str(), store()) else {
        return Vec::new();
    };
    let comma = typed.rfind([',', '，', '、']);
    let comma = comma.map(|at| at + typed[at..].chars().next().map_or(0, char::len_utf8));
    let (done, typed) = typed.split_at(comma.unwrap_or(0));
    let records = load(&store, kinds);
    let children = records.children.iter().map(|child| {
        let class = child.enrolment.last().map(|entry| entry.class.to_string());
        (child.id, child.name.as_str(), class.unwrap_or_default())
    });
    let helpers = records.helpers.iter().map(|helper| {
        let role = crate::model::Code::label(helper.role).get(spoken());
        (helper.id, helper.name.as_str(), role.to_owned())
    });
    let everyone: Vec<_> = children.chain(helpers).collect();
    let mut often = std::collections::HashMap::new();
    for (_, name, _) in &everyone {
        *often.entry(*name).or_insert(0) += 1;
    }
    let is_fish = environment::early().shell.as_deref() == Some("fish");
    let mut found: Vec<_> = everyone
        .iter()
        .filter_map(|(id, name, more)| {
            let id = id.to_string();
            let plain = name.chars().all(char::is_alphanumeric);
            if !typed.is_empty() && id.starts_with(typed) {
                Some(candidate(id, format!("{name} {more}")))
            } else if is_fish && !name.starts_with(typed) && begins(typed, name) {
                // Fish drops candidates that do not resemble what was typed.
                Some(candidate(
                    pinyin::sort_key(name),
                    format!("{name} {id} {more}"),
                ))
            } else if begins(typed, name) {
                Some(if often[name] == 1 && plain {
                    candidate((*name).to_owned(), format!("{id} {more}"))
                } else {
                    candidate(id, format!("{name} {more}"))
                })
            } else {
                None
            }
        })
        .collect();
    found.sort_by(|a, b| a.get_value().cmp(b.get_value()));
    found.truncate(MAX_CANDIDATES);
    if done.is_empty() {
        return found;
    }
    let found = found.into_iter();
    found.map(|candidate| candidate.add_prefix(done)).collect()
}

/// Completes the start of a quick line: modes of contact, then children.
fn ways_and_people(typed: &OsStr) -> Vec<CompletionCandidate> {
    let codes = Kind::Visit
        .shape()
        .field("mode")
        .and_then(|field| field.codes());
    let is_note = environment::early().typed.iter().any(|word| word == "note");
    let ways = codes.into_iter().flatten().filter(|_| is_note);
    let ways = ways.map(|code| (code.label(spoken()).to_owned(), code.code.clone()));
    let mut found = words(typed, ways);
    found.extend(children(typed));
    found
}

/// Completes the fields that `change` accepts.
fn changing(typed: &OsStr) -> Vec<CompletionCandidate> {
    let lists = fields::CHANGING.iter();
    let fields = lists.filter_map(|name| Kind::Child.shape().field(name));
    words(
        typed,
        fields.map(|field| (field.name.clone(), field.label(spoken()))),
    )
}

fn dimensions(typed: &OsStr) -> Vec<CompletionCandidate> {
    let dims = Dim::ALL.iter();
    words(
        typed,
        dims.map(|dim| (dim.code().to_owned(), dim.label().get(spoken()).to_owned())),
    )
}

/// Completes `class=2022-1`: a dimension, and after `=` a class or helper.
fn groups(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let Some((name, value)) = typed.split_once('=') else {
        let dims = Dim::ALL.iter();
        let dims = dims.map(|dim| {
            (
                format!("{}=", dim.code()),
                dim.label().get(spoken()).to_owned(),
            )
        });
        return words(OsStr::new(&*typed), dims);
    };
    let found = match dims::of_word(name) {
        Some(Dim::Class) => classes(OsStr::new(value)),
        Some(Dim::Helper) => helpers(OsStr::new(value)),
        Some(Dim::Term) => terms(OsStr::new(value)),
        _ => Vec::new(),
    };
    let found = found.into_iter();
    found
        .map(|candidate| candidate.add_prefix(format!("{name}=")))
        .collect()
}

fn children(typed: &OsStr) -> Vec<CompletionCandidate> {
    people(typed, &[Kind::Child])
}

fn helpers(typed: &OsStr) -> Vec<CompletionCandidate> {
    people(typed, &[Kind::Helper])
}

/// Completes references to records: people by name, dated records by id.
fn references(typed: &OsStr) -> Vec<CompletionCandidate> {
    let dated = typed
        .to_str()
        .filter(|typed| typed.starts_with(|c: char| c.is_ascii_digit()));
    match (dated, store()) {
        (Some(typed), Some(store)) => dated_ids(&store, typed),
        _ => people(typed, &[Kind::Child, Kind::Helper]),
    }
}

/// The ids of terms and dated records with a prefix, from file names only.
fn dated_ids(store: &Store, typed: &str) -> Vec<CompletionCandidate> {
    let mut found = Vec::new();
    for kind in Kind::ALL {
        let depth = match kind.naming() {
            Naming::Person(_) => continue,
            Naming::Term => 1,
            Naming::Dated(_) => 2,
        };
        let month: String = typed.chars().take(7).collect();
        let may_hold = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() != 1
                || depth == 1
                || name.starts_with(&*month)
                || month.starts_with(&*name)
        };
        let walk = walkdir::WalkDir::new(store.root().join(kind.folder()))
            .max_depth(depth)
            .into_iter()
            .filter_entry(may_hold);
        for entry in walk.filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy();
            let id = name
                .strip_suffix(layout::ENDING)
                .and_then(|name| Id::parse(*kind, name));
            if let Some(id) = id.filter(|_| name.starts_with(typed)) {
                found.push(candidate(
                    id.to_string(),
                    kind.label().get(spoken()).to_owned(),
                ));
            }
        }
    }
    found.sort_by(|a, b| a.get_value().cmp(b.get_value()));
    found.truncate(MAX_CANDIDATES);
    found
}

/// Completes words from a list, with descriptions.
fn words(typed: &OsStr, known: impl Iterator<Item = (String, String)>) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let (done, last) = match typed.rsplit_once(',') {
        Some((done, last)) => (format!("{done},"), last.to_owned()),
        None => (String::new(), typed.into_owned()),
    };
    known
        .filter(|(word, label)| word.starts_with(&last) || begins(&last, label))
        .map(|(word, label)| candidate(format!("{done}{word}"), label))
        .take(MAX_CANDIDATES)
        .collect()
}

fn terms(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(store) = store() else {
        return Vec::new();
    };
    let records = load(&store, &[Kind::Term]);
    let terms = records
        .terms
        .iter()
        .map(|term| (term.id.to_string(), term.name.clone()));
    words(typed, terms.rev())
}

fn classes(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(store) = store() else {
        return Vec::new();
    };
    let school = store.school().ok();
    let today = environment::today();
    let records = load(&store, &[Kind::Child]);
    let entries = records
        .children
        .iter()
        .filter_map(|child| child.enrolment.last());
    let known: std::collections::BTreeSet<_> = entries.map(|entry| entry.class).collect();
    let label = |class| {
        let school = school.as_ref();
        school.map_or_else(String::new, |school| {
            school.class_label(class, today, spoken())
        })
    };
    words(
        typed,
        known
            .into_iter()
            .map(|class| (class.to_string(), label(class))),
    )
}

fn kinds(typed: &OsStr) -> Vec<CompletionCandidate> {
    let kinds = Kind::ALL.iter();
    words(
        typed,
        kinds.map(|kind| {
            (
                kind.name().to_owned(),
                kind.label().get(spoken()).to_owned(),
            )
        }),
    )
}

/// The kind named on the command line being typed, or else children.
fn kind_of_line() -> Kind {
    let typed = environment::early().typed.iter();
    let named = typed
        .skip(1)
        .find_map(|word| Kind::of_name(word).or_else(|| Some(word.parse::<Id>().ok()?.kind())));
    named.unwrap_or(Kind::Child)
}

/// The field names of a kind, with labels.
fn field_names(kind: Kind) -> Vec<(String, String)> {
    let derived: &[(&str, &str)] = match kind {
        Kind::Child => &[("class", "班级"), ("age", "年龄"), ("left-behind", "留守")],
        _ => &[],
    };
    let derived = derived
        .iter()
        .map(|(name, label)| ((*name).to_owned(), (*label).to_owned()));
    let leaves = kind.shape().leaves();
    let fields = leaves
        .iter()
        .map(|(path, field)| (path.to_string(), field.label(spoken())));
    derived.chain(fields).collect()
}

fn columns(typed: &OsStr) -> Vec<CompletionCandidate> {
    words(typed, field_names(kind_of_line()).into_iter())
}

/// Completes `field=value`: a field of the kind, and after `=` its codes, classes or persons.
fn assignments(typed: &OsStr) -> Vec<CompletionCandidate> {
    let kind = kind_of_line();
    let typed = typed.to_string_lossy();
    let Some((name, value)) = typed.split_once('=') else {
        let fields = field_names(kind).into_iter();
        return words(
            OsStr::new(&*typed),
            fields.map(|(name, label)| (format!("{name}="), label)),
        );
    };
    let list = environment::early().typed.iter().find_map(|word| {
        let field = kind.shape().field(word)?;
        field.holds.inner()
    });
    let shape = list.unwrap_or(kind.shape());
    let found = fields::steps(shape, name).and_then(|steps| Some(steps.last()?.field));
    let holds = found.map(|field| &field.holds);
    let value = OsStr::new(value);
    let offered = match holds {
        Some(holds) if holds.codes().is_some() => {
            let codes = holds.codes().into_iter().flatten();
            words(
                value,
                codes.map(|code| (code.code.clone(), code.label(spoken()).to_owned())),
            )
        }
        Some(FieldType::Class) => classes(value),
        Some(holds) => match holds.refers_to() {
            Some(Kind::Child) => children(value),
            Some(Kind::Helper) => helpers(value),
            _ => Vec::new(),
        },
        None if name == "class" => classes(value),
        None => Vec::new(),
    };
    let offered = offered.into_iter();
    offered
        .map(|candidate| candidate.add_prefix(format!("{name}=")))
        .collect()
}

/// Completes help topics, including the commands.
fn topics(commands: &[String]) -> ArgValueCompleter {
    let topics = crate::cli::shared::help::TOPICS.iter().copied();
    let topics = topics.map(str::to_owned);
    let names: Vec<String> = topics.chain(commands.iter().cloned()).collect();
    ArgValueCompleter::new(move |typed: &OsStr| {
        words(
            typed,
            names.iter().map(|name| (name.clone(), String::new())),
        )
    })
}

fn rules(typed: &OsStr) -> Vec<CompletionCandidate> {
    let known = crate::rules::rules();
    words(
        typed,
        known.map(|rule| (rule.name.to_owned(), rule.reason.get(spoken()).to_owned())),
    )
}

fn figures(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(school) = store().and_then(|store| store.school().ok()) else {
        return Vec::new();
    };
    let day = chrono::NaiveDate::default();
    let records = Records::default();
    let figures = Figures::of(&Basis {
        school: &school,
        records: &records,
        scope: Scope::between(day, day, day, school.definition()),
    });
    let known = figures
        .rows()
        .map(|(figure, _)| (figure.id.clone(), figure.label.get(spoken()).to_owned()));
    words(typed, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completers_leave_the_order_of_arguments() {
        let inner = Command::new("import")
            .arg(clap::Arg::new("kind").required(true))
            .arg(clap::Arg::new("file").required(true));
        let command = with_completers(Command::new("cuncao").subcommand(inner));
        let matches = command.get_matches_from(["cuncao", "import", "child", "roster.csv"]);
        let (_, matches) = matches.subcommand().unwrap();
        assert_eq!(
            matches.get_one::<String>("kind").map(String::as_str),
            Some("child")
        );
    }

    #[test]
    fn the_last_of_several_words_is_completed() {
        let known = [("children", "留守儿童"), ("visits", "走访")];
        let known = || known.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned()));
        let offered = |typed: &str| -> Vec<String> {
            words(OsStr::new(typed), known())
                .iter()
                .map(|candidate| candidate.get_value().to_string_lossy().into_owned())
                .collect()
        };
        assert_eq!(offered("vi"), ["visits"]);
        assert_eq!(offered("children,vi"), ["children,visits"]);
        assert_eq!(offered("zf"), ["visits"]);
    }
}

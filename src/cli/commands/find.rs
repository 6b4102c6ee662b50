//! `find`: full-text search over all records, showing whom each match is about and when.

use std::collections::HashSet;

use clap::Args;
use memchr::memchr2_iter;
use memchr::memmem::Finder;

use crate::cli::shared::environment;
use crate::cli::shared::outside::NeverPublic;
use crate::cli::shared::person;
use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::{Cell, Column, Format, Sheet};
use crate::cli::verb::{Outcome, Verb};
use crate::model::prose::is_sealed;
use crate::model::shape::FieldType;
use crate::model::{Id, Kind, KindSet, Records, Shape};
use crate::report::words::is_confidential;
use crate::store;
use crate::text::pinyin::{self, Match};
use crate::text::{Lang, width};

/// The number of terminal cells of context shown around a match.
const CONTEXT_WIDTH: usize = 36;

/// The maximum number of persons named for a record.
const MAX_NAMED: usize = 3;

#[derive(Args, Debug)]
pub(crate) struct FindArgs {
    #[arg(value_name = "TEXT", required = true)]
    words: Vec<String>,
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    #[arg(long)]
    confidential: bool,
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    outside: NeverPublic,
}

/// A search word.
struct Word {
    text: String,
    /// Searches for the word itself.
    finder: Finder<'static>,
    /// The children and helpers whose names match.
    people: HashSet<Id>,
    /// The codes whose labels match, as written in the files.
    codes: Vec<String>,
}

/// A record that contains all words.
struct FoundRecord {
    id: Id,
    record: toml::Table,
    around: String,
}

impl Verb for FindArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        self.outside.refuse("find")?;
        let store = session.store()?;
        let _ = session.school(&store)?;
        let people = session.people(&store);
        let words: Vec<Word> = self
            .words
            .iter()
            .map(|word| Word::of(word, &people))
            .collect();
        let (confidential, lang) = (self.confidential, session.lang);
        let find = |id: Id, text: &str| {
            // A quick check before the expensive parse.
            if words.iter().all(|word| word.may_be_in(id, text)) {
                hit(id, text, &words, confidential, lang)
            } else {
                None
            }
        };
        let mut hits = store.search(KindSet::ALL, &find);
        hits.sort_by_key(|hit| std::cmp::Reverse((hit.id.day().is_none(), hit.id.day(), hit.id)));
        let count = hits.len();
        hits.truncate(self.limit.unwrap_or(usize::MAX));
        let label = |id: &str| session.text(&format!("command-find-{id}"), &[]);
        let sheet = Sheet {
            columns: ["id", "day", "kind", "who", "words"]
                .iter()
                .map(|key| {
                    let column = Column::new(*key, label(key));
                    match *key {
                        "who" => column.names(),
                        "words" => column.cut(),
                        _ => column,
                    }
                })
                .collect(),
            rows: hits
                .iter()
                .map(|hit| row(hit, &people, session.lang))
                .collect(),
        };
        if count == 0 && self.format.is_for_terminals() {
            let none = session.text(
                "command-find-none",
                &[("words", self.words.join(" ").into())],
            );
            session.say(&none)?;
            return Ok(Outcome::Done);
        }
        sheet.print(&mut session.target(), self.format)?;
        if count > hits.len() {
            let more = session.text(
                "command-find-more",
                &[("count", (count - hits.len()).into())],
            );
            session.say(&more)?;
        }
        Ok(Outcome::Done)
    }
}

fn row(hit: &FoundRecord, people: &Records, lang: Lang) -> Vec<Cell> {
    let id = hit.id.to_string();
    let shown = if environment::is_output_terminal() {
        hit.id.tail()
    } else {
        id.clone()
    };
    let day = hit.id.day().map(|day| day.to_string()).unwrap_or_default();
    let persons = persons(hit, people);
    let mut named: Vec<String> = persons.iter().take(MAX_NAMED).cloned().collect();
    if persons.len() > MAX_NAMED {
        named.push("…".to_owned());
    }
    let between = if lang == Lang::Zh { "、" } else { ", " };
    vec![
        Cell::new(shown, id),
        Cell::plain(day),
        Cell::new(hit.id.kind().label().get(lang), hit.id.kind().name()),
        Cell::new(named.join(between), persons),
        Cell::plain(hit.around.clone()),
    ]
}

/// The persons a record is about: its children, or else its helpers, or else the person itself.
fn persons(hit: &FoundRecord, people: &Records) -> Vec<String> {
    if matches!(hit.id.kind(), Kind::Child | Kind::Helper) {
        return vec![person::name(people, hit.id)];
    }
    let named = |fields: &[&str]| -> Vec<String> {
        let values = fields.iter().filter_map(|field| hit.record.get(*field));
        let ids = values.flat_map(|value| match value {
            toml::Value::Array(entries) => entries.iter().collect(),
            one => vec![one],
        });
        let ids = ids.filter_map(|value| value.as_str()?.parse().ok());
        ids.map(|id| person::name(people, id)).collect()
    };
    let children = named(&["children", "child"]);
    if children.is_empty() {
        named(&["helper", "by", "organisers"])
    } else {
        children
    }
}

impl Word {
    fn of(word: &str, people: &Records) -> Word {
        let text = word.trim().to_lowercase();
        let fits = |name: &str| {
            let fit = pinyin::fits(&text, name);
            name.to_lowercase().contains(&text)
                || fit == Some(Match::Whole)
                || fit.is_some() && text.len() > 3 && text.is_ascii()
        };
        let children = people.children.iter().filter(|child| fits(&child.name));
        let helpers = people.helpers.iter().filter(|helper| fits(&helper.name));
        let ids = children
            .map(|child| child.id)
            .chain(helpers.map(|helper| helper.id));
        Word {
            finder: Finder::new(&text).into_owned(),
            people: ids.collect(),
            codes: codes(&text),
            text,
        }
    }

    /// Whether a value is the id of a person whose name matches.
    fn names(&self, value: &str) -> bool {
        let id = value.parse::<Id>();
        id.is_ok_and(|id| self.people.contains(&id))
    }

    /// Whether the file of a record may contain the word, or a person or code that it stands for.
    fn may_be_in(&self, id: Id, text: &str) -> bool {
        let stands = if self.text.is_ascii() {
            is_in_any_case(&self.text, text)
        } else {
            self.finder.find(text.as_bytes()).is_some()
        };
        stands
            || self.people.contains(&id)
            || !self.people.is_empty()
                && store::persons(text.as_bytes())
                    .iter()
                    .any(|person| self.people.contains(person))
            || self.codes.iter().any(|code| text.contains(code.as_str()))
    }
}

/// Whether a text contains a lower-case ASCII word, ignoring case.
fn is_in_any_case(word: &str, text: &str) -> bool {
    let Some(first) = word.bytes().next() else {
        return true;
    };
    memchr2_iter(first, first.to_ascii_uppercase(), text.as_bytes()).any(|at| {
        let found = text.as_bytes().get(at..at + word.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
    })
}

/// The codes with a label, in quotation marks.
fn codes(label: &str) -> Vec<String> {
    fn gather(shape: &Shape, label: &str, into: &mut Vec<String>) {
        for field in &shape.fields {
            let fits = field.codes().into_iter().flatten().filter(|code| {
                Lang::ALL
                    .iter()
                    .any(|lang| code.label(*lang).eq_ignore_ascii_case(label))
            });
            into.extend(fits.map(|code| format!("\"{}\"", code.code)));
            if let Some(inner) = field.holds.inner() {
                gather(inner, label, into);
            }
        }
    }
    let mut codes = Vec::new();
    for kind in Kind::ALL {
        gather(kind.shape(), label, &mut codes);
    }
    codes.sort();
    codes.dedup();
    codes
}

/// Parses a record and checks that all words occur in fields that may be shown.
fn hit(id: Id, text: &str, words: &[Word], confidential: bool, lang: Lang) -> Option<FoundRecord> {
    let record: toml::Table = toml::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let mut shown = Vec::new();
    values(id.kind().shape(), &record, confidential, &mut shown);
    let mut around = None;
    for word in words {
        let named = word.people.contains(&id);
        let found = shown.iter().find_map(|(holds, value)| match holds {
            FieldType::Code(codes) => {
                let code = codes.iter().find(|code| code.code == *value)?;
                let is_meant = word.codes.contains(&format!("\"{value}\""))
                    || value.to_lowercase() == word.text;
                is_meant.then(|| code.label(lang).to_owned())
            }
            _ if word.names(value) => Some(String::new()),
            _ => {
                let at = value.to_lowercase().find(&word.text)?;
                Some(words_around(value, at, word.text.len()))
            }
        });
        let found = found.or_else(|| named.then(String::new))?;
        if around.as_ref().is_none_or(String::is_empty) {
            around = Some(found);
        }
    }
    let mut around = around.unwrap_or_default();
    if around.is_empty() {
        let prose = shown
            .iter()
            .find(|(holds, _)| matches!(holds, FieldType::Prose));
        around = prose
            .map(|(_, text)| words_around(text, 0, 0))
            .unwrap_or_default();
    }
    Some(FoundRecord { id, record, around })
}

/// The texts of a record that may be shown, with the types of their fields.
fn values<'a>(
    shape: &'a Shape,
    table: &toml::Table,
    confidential: bool,
    into: &mut Vec<(&'a FieldType, String)>,
) {
    for field in &shape.fields {
        let Some(value) = table.get(&field.name) else {
            continue;
        };
        if !confidential && is_confidential(&field.holds) {
            continue;
        }
        let entries = match value {
            toml::Value::Array(entries) => entries.iter().collect(),
            one => vec![one],
        };
        for entry in entries {
            match (field.holds.inner(), entry) {
                (Some(inner), toml::Value::Table(table)) => {
                    values(inner, table, confidential, into)
                }
                (_, toml::Value::String(text)) if !is_sealed(text) => {
                    let holds = match &field.holds {
                        FieldType::List(entry) => entry,
                        holds => holds,
                    };
                    into.push((holds, text.clone()));
                }
                (_, toml::Value::String(_)) => {}
                (_, other) => into.push((&field.holds, other.to_string())),
            }
        }
    }
}

/// An excerpt of a text around a match, on one line.
fn words_around(text: &str, at: usize, length: usize) -> String {
    let line = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, rest) = text.split_at_checked(at).unwrap_or(("", text));
    let before: Vec<char> = line(before).chars().collect();
    let kept = before.len().saturating_sub(CONTEXT_WIDTH / 4);
    let start = if kept > 0 { "…" } else { "" };
    let before: String = before[kept..].iter().collect();
    let room = CONTEXT_WIDTH
        .saturating_sub(width::width(&before))
        .max(length);
    format!("{start}{before}{}", width::cut(&line(rest), room))
}

//! `forget`: erases a child from the records, in all files or none.

use std::io::Write;
use std::ops::Range;

use clap::Args;

use crate::analysis::People;
use crate::analysis::mention::{
    MIN_NUMBER_LEN, MentionKind, Mentions, forms_of_address, is_same_word, nicknames, plain_number,
};
use crate::cli::shared::confirm::confirm;
use crate::cli::shared::git_error::git_words;
use crate::cli::shared::listed::listed;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{checked_edit, reference};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::Step;
use crate::model::{
    Entry, FieldPath, HasTable, Id, Kind, KindSet, Record, Records, Table, with_kind,
};
use crate::store::edit::Change;
use crate::store::transaction::FileChange;
use crate::store::{ReadOptions, Store, path_of};
use crate::text::name::{self, NAME_DOTS, PLACEHOLDER, fold};
use crate::text::sanitize::terminal_lines;

#[derive(Args, Debug)]
pub(crate) struct ForgetArgs {
    #[arg(value_name = "REF")]
    record: String,
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    yes: bool,
}

impl Verb for ForgetArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store_to_change()?;
        let _ = session.school(&store)?;
        let only_children = KindSet::of(&[Kind::Child]);
        let id = reference::resolve(session, &store, &self.record, only_children)?;
        // A mention in an unreadable file would be missed: such files must be fixed first.
        let records = session
            .read(&store, ReadOptions::all(KindSet::ALL), false)?
            .records;
        let name = records.children.get(id).map(|child| child.name.clone());
        let mut gone = vec![id];
        let mut kept = Vec::new();
        for kind in Kind::ALL {
            with_kind!(*kind, K => partition_record::<K>(&records, id, &mut gone, &mut kept));
        }
        // Funds that paid for removed aid lose the reference to it.
        for kind in Kind::ALL {
            with_kind!(*kind, K => cut_references::<K>(&records, &gone, &mut kept));
        }
        let name = name.unwrap_or_default();
        let mention = Mention::new(&records, id, &name);
        let changes = self.changes(&store, &gone, kept, &mention)?;
        for change in &changes {
            let sign = match change {
                FileChange::Remove { .. } => '-',
                _ => '~',
            };
            writeln!(session.out(), "{sign} {}", change.path())?;
        }
        for (path, line, words) in mention.left(&store, &changes) {
            match line {
                Some(line) => {
                    let words = terminal_lines(&words);
                    writeln!(session.out(), "? {path}:{line}: {words}")?;
                }
                None => writeln!(session.out(), "? {}", terminal_lines(&path))?,
            }
        }
        if self.dry_run {
            return Ok(Outcome::Done);
        }
        if !self.yes {
            if !session.is_interactive() {
                return Err(UserError::new(Message::new("forget-needs-yes")).into());
            }
            let question = session.text("forget-sure", &[("count", changes.len().into())]);
            if !confirm(session, &question, false)? {
                return Ok(Outcome::Done);
            }
        }
        let store = store.without_recording();
        store.commit(&changes, &mut |_| {})?;
        // The undo journal contains the child too.
        store.clear_undo()?;
        if let Ok(git) = store.git() {
            let purge = mention.purge(&gone);
            let message = session.text("forget-history", &[("commands", purge.into())]);
            session.say(&message)?;
            let words = mention.kept_in_history();
            let held = if words.is_empty() {
                Ok(Vec::new())
            } else {
                git.files_that_held(&words, &gone)
            };
            let message = match held {
                Ok(held) if held.is_empty() => return Ok(Outcome::Done),
                Ok(held) => {
                    let arguments = [
                        ("words", words.join("、").into()),
                        ("files", listed(held.iter()).into()),
                    ];
                    session.text("forget-history-left", &arguments)
                }
                Err(fault) => {
                    let fault = git_words(&fault, session.lang);
                    let arguments = [("words", words.join("、").into()), ("fault", fault.into())];
                    session.text("forget-history-unknown", &arguments)
                }
            };
            session.say(&message)?;
        }
        Ok(Outcome::Done)
    }
}

impl ForgetArgs {
    /// The files to remove, and the others with the child's id and name replaced.
    fn changes(
        &self,
        store: &Store,
        gone: &[Id],
        kept: Vec<(Id, Vec<FieldPath>)>,
        mention: &Mention,
    ) -> anyhow::Result<Vec<FileChange>> {
        let mut changes = Vec::new();
        let mut fields: std::collections::BTreeMap<Id, Vec<FieldPath>> = Default::default();
        for (id, paths) in kept {
            fields.entry(id).or_default().extend(paths);
        }
        let mut all: Vec<Id> = store.ids(KindSet::ALL).collect();
        all.sort_unstable();
        for id in all {
            let path = store.path_of_record(id).unwrap_or_else(|| path_of(id));
            let old = store.text(&path)?;
            if gone.contains(&id) {
                changes.push(FileChange::Remove { path, old });
                continue;
            }
            let cuts: Vec<Change> = fields
                .remove(&id)
                .into_iter()
                .flatten()
                .map(|path| Change { path, value: None })
                .collect();
            let mut new = if cuts.is_empty() {
                old.clone()
            } else {
                checked_edit::changed(id.kind(), &old, &cuts)?
            };
            // In a record that refers to the child, its name means the child.
            if !cuts.is_empty() && !matches!(id.kind(), Kind::Child | Kind::Helper) {
                new = mention.replaced(&new);
            }
            if new != old {
                changes.push(FileChange::Replace { path, old, new });
            }
        }
        Ok(changes)
    }
}

/// What may stand between the characters of a name, as a byte regex for git filter-repo.
fn between() -> String {
    let dots: String = NAME_DOTS.iter().map(|dot| format!("|{dot}")).collect();
    format!(r"(?:\s|　{dots}|\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xef\xbb\xbf)*")
}

/// Finds mentions of the child.
struct Mention {
    people: Mentions,
    name: String,
    /// The full name and the given name, folded.
    full: String,
    given: Option<String>,
    nicknames: Vec<String>,
    forms_of_address: Vec<String>,
    /// Names in its family that nobody else has, folded.
    family: Vec<String>,
    /// The numbers of the child and its family, as written.
    numbers: Vec<String>,
    /// Whether the name cannot mean anything else: nobody else has it, and it is longer than two characters.
    is_certain: bool,
    /// Whether another name contains it, so that a substring search would find that too.
    is_part: bool,
}

impl Mention {
    fn new(records: &Records, child: Id, name: &str) -> Mention {
        let full = fold(name);
        let others: Vec<String> = names_but(records, child).map(fold).collect();
        let family = records.children.get(child).into_iter();
        let family = family.flat_map(|child| child.family_names());
        let family = family.map(fold).filter(|name| !others.contains(name));
        Mention {
            people: Mentions::of(records),
            name: name.to_owned(),
            given: name::given(&full).map(str::to_owned),
            nicknames: nicknames(name),
            forms_of_address: forms_of_address(name),
            family: family.collect(),
            numbers: numbers(records, child),
            is_certain: full.chars().count() > 2 && others.iter().all(|other| *other != full),
            is_part: others.iter().any(|other| other.contains(&full)),
            full,
        }
    }

    /// The byte ranges of mentions: the name in any notation, but not within a longer name.
    fn places(&self, text: &str) -> Vec<(Range<usize>, MentionKind)> {
        let mut places = Vec::new();
        for hit in self.people.hits(text) {
            let words = fold(&text[hit.range.clone()]);
            let is_of_child = match hit.kind {
                MentionKind::Full => {
                    let mut names = std::iter::once(&self.full).chain(&self.family);
                    names.any(|name| is_same_word(&words, name))
                }
                MentionKind::Part => {
                    let given = self.given.as_deref();
                    given.is_some_and(|given| is_same_word(&words, given))
                        || !hit.name.is_empty() && fold(&hit.name) == self.full
                }
                // A nickname that two children share is indexed under one of them.
                MentionKind::Nickname if !hit.name.is_empty() => {
                    let mut nicknames = self.nicknames.iter();
                    nicknames.any(|nickname| is_same_word(&words, nickname))
                }
                MentionKind::Nickname => {
                    let address = words.strip_prefix('小').unwrap_or(&words);
                    let mut forms = self.forms_of_address.iter();
                    forms.any(|form| address.starts_with(form.as_str()))
                }
                MentionKind::Initials => self.forms_of_address.contains(&words),
                MentionKind::Spelled => fold(&hit.name) == self.full,
                MentionKind::Number => {
                    let mut numbers = self.numbers.iter();
                    numbers.any(|number| plain_number(number) == plain_number(&words))
                }
            };
            if is_of_child {
                places.push((hit.range, hit.kind));
            }
        }
        places
    }

    /// A text with the name replaced where it certainly means the child.
    fn replaced(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if self.is_certain {
            for (range, kind) in self.places(&text).into_iter().rev() {
                let is_full = kind == MentionKind::Full;
                if is_full && is_same_word(&fold(&text[range.clone()]), &self.full) {
                    text.replace_range(range, PLACEHOLDER);
                }
            }
        }
        text
    }

    /// The remaining mentions for a person to check: path, line, text; for a mention in a file name only the path.
    fn left(&self, store: &Store, changes: &[FileChange]) -> Vec<(String, Option<usize>, String)> {
        let mut left = Vec::new();
        for path in store.paths_of_texts() {
            let change = changes.iter().find(|change| change.path() == path);
            let text = match change {
                Some(FileChange::Remove { .. }) => continue,
                Some(FileChange::Replace { new, .. }) => new.clone(),
                // A file that is not UTF-8, such as an editor's swap file, may contain the name too.
                _ => store.shown_text(&path).unwrap_or_else(|_| {
                    // An unreadable file is listed, so that somebody opens it.
                    left.push((path.clone(), None, String::new()));
                    String::new()
                }),
            };
            if !self.places(&path).is_empty() {
                left.push((path.clone(), None, String::new()));
            }
            for (range, _) in self.places(&text) {
                let line = text[..range.start].matches('\n').count() + 1;
                let words = text.lines().nth(line - 1).unwrap_or_default().trim();
                left.push((path.clone(), Some(line), words.chars().take(60).collect()));
            }
        }
        left.dedup();
        left
    }

    /// Whether the name is also purged from the history of other files: only if it cannot mean anybody else.
    fn is_purged(&self) -> bool {
        let is_plain = self.full.chars().all(char::is_alphanumeric);
        self.is_certain && !self.is_part && is_plain
    }

    /// Words that may identify the child but stay in the history of other files, because they may belong to others.
    fn kept_in_history(&self) -> Vec<String> {
        let name = Some(&self.name).filter(|name| !self.is_purged() && !name.is_empty());
        let is_long = |number: &&String| plain_number(number).len() >= MIN_NUMBER_LEN;
        let long = self.numbers.iter().filter(is_long);
        name.into_iter().chain(long).cloned().collect()
    }

    /// The shell commands, one per line, that purge the child from the git history: removed records at any path, with
    /// editor backups of them; in other files the child's id, and its name if it cannot mean anybody else, also with
    /// spaces and dots in it.
    fn purge(&self, gone: &[Id]) -> String {
        let quoted = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
        let globs = gone.iter().map(|id| format!("--path-glob '*{id}*'"));
        let globs: Vec<String> = globs.collect();
        let ids = gone.iter().map(|id| format!("literal:{id}"));
        let mut words: Vec<String> = ids.collect();
        if self.is_purged() {
            words.push(format!("literal:{}", self.name));
            let letters: Vec<String> = self.full.chars().map(String::from).collect();
            // Ignores case, and does not match inside a longer word.
            let end = if self.full.is_ascii() { r"\b" } else { "" };
            words.push(format!("regex:(?i){end}{}{end}", letters.join(&between())));
        }
        let words = words.iter();
        let words: Vec<String> = words
            .map(|word| quoted(&format!("{word}==>{PLACEHOLDER}")))
            .collect();
        let commands = [
            "git add -A . && git commit -m 'Remove a file'".to_owned(),
            r#"f="$(git rev-parse --absolute-git-dir)/cuncao-purge""#.to_owned(),
            format!(r#"printf '%s\n' {} > "$f""#, words.join(" ")),
            format!(
                r#"git filter-repo --force --invert-paths {} --replace-text "$f" --replace-message "$f""#,
                globs.join(" ")
            ),
            r#"rm "$f""#.to_owned(),
        ];
        commands.map(|command| format!("  {command}")).join("\n")
    }
}

/// The names of all people in the records except a child and its family.
fn names_but(records: &Records, child: Id) -> impl Iterator<Item = &str> {
    let others = records
        .children
        .iter()
        .filter(move |other| other.id != child);
    let others = others.flat_map(|other| std::iter::once(&*other.name).chain(other.family_names()));
    others.chain(records.helpers.iter().map(|helper| &*helper.name))
}

/// The numbers of a child and its family, as written.
fn numbers(records: &Records, child: Id) -> Vec<String> {
    let Some(child) = records.children.get(child) else {
        return Vec::new();
    };
    let cards = child.id_numbers();
    let cards = cards.filter_map(|card| Some(card.in_clear()?.to_owned()));
    let numbers = child.family_phones().chain(child.student_no.as_deref());
    let numbers = numbers.map(str::to_owned).chain(cards);
    numbers
        .filter(|number| !plain_number(number).is_empty())
        .collect()
}

/// Adds the records about this child alone to `gone`, and others that refer to it to `kept`, with the paths of the
/// references: last first, so that removing one does not move the others.
fn partition_record<K: Record>(
    records: &Records,
    child: Id,
    gone: &mut Vec<Id>,
    kept: &mut Vec<(Id, Vec<FieldPath>)>,
) where
    Records: HasTable<K>,
{
    let table: &Table<K> = records.table();
    for entry in table.iter().filter(|entry| entry.id != child) {
        let places = reference_paths(entry, &[child]);
        if places.is_empty() {
            continue;
        }
        let people = People::of(&entry.record).children;
        let alone = !people.is_empty() && people.iter().all(|id| *id == child);
        // A record about the child alone is removed; an activity took place whoever attended.
        if alone && K::KIND != Kind::Activity && K::KIND != Kind::Child {
            gone.push(entry.id);
        } else {
            kept.push((entry.id, places));
        }
    }
}

fn cut_references<K: Record>(records: &Records, gone: &[Id], kept: &mut Vec<(Id, Vec<FieldPath>)>)
where
    Records: HasTable<K>,
{
    let table: &Table<K> = records.table();
    let others: Vec<Id> = gone[1..].to_vec();
    for entry in table.iter().filter(|entry| !gone.contains(&entry.id)) {
        let places = reference_paths(entry, &others);
        if !places.is_empty() {
            kept.push((entry.id, places));
        }
    }
}

/// The paths of references to some records, last first.
fn reference_paths<K: Record>(entry: &Entry<K>, wanted: &[Id]) -> Vec<FieldPath> {
    let mut places = Vec::new();
    entry.record.references(&mut |place, id| {
        if wanted.contains(&id) {
            places.push(FieldPath(place.to_vec()));
        }
    });
    places.sort();
    places.reverse();
    debug_assert!(places.iter().all(|path| matches!(path.0[0], Step::Key(_))));
    places
}

//! Checks a commit for leaks: keys, confidential values in clear text, printouts and exports.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::analysis::mention::{CardField, MentionKind, Mentions, card_fields};
use crate::cli::shared::listed::listed;
use crate::cli::shared::session::Session;
use crate::model::surroundings::{StrayFile, StrayKind};
use crate::store::Store;
use crate::store::layout::{ENDING, id_of};
use crate::store::seal::has_clear_values;
use crate::store::staged::Staged;

/// The number of digits printed of a personal number.
const NUMBER_SHOWN: usize = 3;

/// The leaks found in a commit; the field names are those of the JSON output.
#[derive(Debug, Default, Serialize)]
pub(super) struct Leaks {
    /// Whether the school seals.
    seals: bool,
    /// Paths of records with an identity number or confidential text in clear text; the findings give the lines.
    clear: BTreeSet<String>,
    /// Lines with an identity number in other files: `cuncao.toml:7`.
    elsewhere: Vec<String>,
    /// Lines of templates that may identify a person, with path and words.
    names: Vec<String>,
    /// The number of children whose student number contains the identity card number.
    pupil_numbers: usize,
    keys: Vec<String>,
    #[serde(serialize_with = "paths")]
    copies: Vec<StrayFile>,
}

fn paths<S: Serializer>(copies: &[StrayFile], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(copies.iter().map(|copy| &copy.path))
}

/// Checks the staged files; `people`, whom templates must not name, is evaluated only if there are templates.
pub(super) fn found(staged: &Staged, people: impl FnOnce() -> Mentions) -> Leaks {
    let people = LazyCell::new(people);
    let mut leaks = Leaks {
        seals: seals(&staged.store),
        ..Leaks::default()
    };
    for path in &staged.paths {
        // A file that is not text is treated as empty.
        let text = staged.store.text(path).unwrap_or_default();
        leaks.look_into(path, &text);
        if path.starts_with("templates/") {
            leaks.look_for_names(path, &text, &people);
        }
        // Folders for documents and forms are meant to contain such files.
        let (folder, _) = path.split_once('/').unwrap_or(("", path));
        let is_loose = matches!(folder, "" | "exports" | "reports") && !path.starts_with("README");
        match StrayFile::kind_of(path) {
            Some(StrayKind::Key) => leaks.keys.push(path.clone()),
            _ if !path.ends_with(ENDING) && staged.store.holds_a_key(path) => {
                leaks.keys.push(path.clone());
            }
            Some(kind) if is_loose || kind == StrayKind::Backup => {
                let path = path.clone();
                leaks.copies.push(StrayFile { kind, path });
            }
            _ => {}
        }
    }
    leaks
}

/// Whether the school has seal recipients.
pub(super) fn seals(store: &Store) -> bool {
    let school = store.school().ok();
    school.is_some_and(|school| !school.seal.recipients.is_empty())
}

impl Leaks {
    /// Checks for confidential values in clear text, and for identity numbers in other texts.
    fn look_into(&mut self, path: &str, text: &str) {
        let id = id_of(path);
        let confidential = id.is_some_and(|id| has_clear_values(id.kind().shape(), text));
        let (pupils, others): (Vec<_>, Vec<_>) =
            card_fields(text).partition(|(_, field)| *field == CardField::Pupil);
        self.pupil_numbers += usize::from(!pupils.is_empty());
        if id.is_none() {
            let line_of = |number: &Range<usize>| text[..number.start].matches('\n').count() + 1;
            let lines: BTreeSet<usize> = others.iter().map(|(number, _)| line_of(number)).collect();
            let places = lines.iter().map(|line| format!("{path}:{line}"));
            self.elsewhere.extend(places);
        } else if confidential || !others.is_empty() {
            self.clear.insert(path.to_owned());
        }
    }

    /// Checks a template for names, which would appear in every report.
    fn look_for_names(&mut self, path: &str, text: &str, people: &Mentions) {
        for (line, number) in text.lines().zip(1..) {
            let hits = people.hits(line).into_iter();
            let words = hits.map(|hit| match hit.kind {
                // The output may be kept in a log.
                MentionKind::Number => {
                    let begin: String = line[hit.range].chars().take(NUMBER_SHOWN).collect();
                    begin + "…"
                }
                _ => line[hit.range].to_owned(),
            });
            let words: BTreeSet<String> = words.collect();
            if !words.is_empty() {
                let words = Vec::from_iter(words).join("、");
                self.names.push(format!("{path}:{number}: {words}"));
            }
        }
    }

    /// Whether the commit is refused.
    pub(super) fn are_refused(&self) -> bool {
        let is_clear = !self.clear.is_empty() || !self.elsewhere.is_empty();
        !self.keys.is_empty() || (self.seals && is_clear)
    }

    /// Reports the leaks.
    pub(super) fn print(&self, session: &mut Session) -> anyhow::Result<()> {
        if !self.keys.is_empty() {
            let found = listed(self.keys.iter());
            let warning = session.text("hook-key", &[("found", found.into())]);
            session.warn(&warning)?;
        }
        let count = self.clear.len() + self.elsewhere.len();
        if count > 0 {
            let message = if self.seals {
                "hook-clear-sealed"
            } else {
                "hook-clear-open"
            };
            let warning = session.text(message, &[("count", count.into())]);
            session.warn(&warning)?;
        }
        if !self.elsewhere.is_empty() {
            let found = listed(self.elsewhere.iter());
            let warning = session.text("hook-clear-elsewhere", &[("found", found.into())]);
            session.warn(&warning)?;
        }
        if !self.names.is_empty() {
            let found = listed(self.names.iter());
            let warning = session.text("hook-names", &[("found", found.into())]);
            session.warn(&warning)?;
        }
        if self.pupil_numbers > 0 {
            let warning = session.text(
                "hook-pupil-numbers",
                &[("count", self.pupil_numbers.into())],
            );
            session.warn(&warning)?;
        }
        if !self.copies.is_empty() {
            let patterns: BTreeSet<String> = self.copies.iter().map(StrayFile::pattern).collect();
            let patterns: Vec<String> = patterns.into_iter().collect();
            let arguments = [
                ("count", self.copies.len().into()),
                ("found", patterns.join(", ").into()),
            ];
            let warning = session.text("hook-copies", &arguments);
            session.warn(&warning)?;
        }
        Ok(())
    }
}

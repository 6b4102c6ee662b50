//! What a commit would give away: keys, what is to be sealed and stands in clear, prints and exports.

use std::collections::BTreeSet;

use crate::analysis::mention::has_card_number;
use crate::cli::shared::session::Session;
use crate::model::is_filled;
use crate::model::prose::is_sealed;
use crate::model::surroundings::{Beside, BesideSort};
use crate::store::layout::{ENDING, id_of};
use crate::store::seal::confidential_values;
use crate::store::staged::Staged;

/// What was found in a commit.
#[derive(Debug, Default)]
pub(super) struct Leaks {
    /// Whether the school seals.
    seals: bool,
    /// Records with an identity number or confidential text in clear, by path.
    clear: BTreeSet<String>,
    keys: Vec<String>,
    copies: Vec<Beside>,
}

/// Looks through what is staged.
pub(super) fn found(staged: &Staged) -> Leaks {
    let school = staged.store.school().ok();
    let mut leaks = Leaks {
        seals: school.is_some_and(|school| !school.seal.recipients.is_empty()),
        ..Leaks::default()
    };
    for path in &staged.paths {
        if path.ends_with(ENDING) {
            let text = staged.store.text(path).unwrap_or_default();
            if is_clear(path, &text) {
                leaks.clear.insert(path.clone());
            }
        }
        // What a folder for documents or forms holds is meant to be there.
        let (folder, _) = path.split_once('/').unwrap_or(("", path));
        let is_loose = matches!(folder, "" | "exports" | "reports") && !path.starts_with("README");
        match Beside::sort_of(path) {
            Some(BesideSort::Key) => leaks.keys.push(path.clone()),
            Some(sort) if is_loose || sort == BesideSort::Backup => {
                let path = path.clone();
                leaks.copies.push(Beside { sort, path });
            }
            _ => {}
        }
    }
    leaks
}

/// Whether a file holds in clear what is to be sealed, or an identity number in some text.
fn is_clear(path: &str, text: &str) -> bool {
    let confidential = id_of(path).is_some_and(|id| {
        let values = confidential_values(id.kind().shape(), text);
        let is_clear = |value: &String| !is_sealed(value) && is_filled(value);
        values.values().any(is_clear)
    });
    // The number of a pupil holds that of the card, and is never sealed.
    let mut lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("student_no"));
    confidential || lines.any(has_card_number)
}

impl Leaks {
    /// Whether the commit is refused.
    pub(super) fn are_refused(&self) -> bool {
        !self.keys.is_empty() || (self.seals && !self.clear.is_empty())
    }

    /// Tells of them.
    pub(super) fn tell(&self, session: &mut Session) -> anyhow::Result<()> {
        let list = |paths: &mut dyn Iterator<Item = &String>| -> String {
            let paths: Vec<String> = paths.map(|path| format!("  {path}")).collect();
            paths.join("\n")
        };
        if !self.keys.is_empty() {
            let found = list(&mut self.keys.iter());
            let told = session.text("hook-key", &[("found", found.into())]);
            session.warn(&told)?;
        }
        if self.seals && !self.clear.is_empty() {
            let found = list(&mut self.clear.iter());
            let told = session.text("hook-clear-sealed", &[("found", found.into())]);
            session.warn(&told)?;
        } else if !self.clear.is_empty() {
            let count = self.clear.len();
            let told = session.text("hook-clear-open", &[("count", count.into())]);
            session.warn(&told)?;
        }
        if !self.copies.is_empty() {
            let patterns: BTreeSet<String> = self.copies.iter().map(Beside::pattern).collect();
            let patterns: Vec<String> = patterns.into_iter().collect();
            let arguments = [
                ("count", self.copies.len().into()),
                ("found", patterns.join(", ").into()),
            ];
            let told = session.text("hook-copies", &arguments);
            session.warn(&told)?;
        }
        Ok(())
    }
}

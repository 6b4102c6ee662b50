//! What `validate` would say of the records as a change of many files would leave them.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use chrono::NaiveDate;

use crate::diagnostic::{Finding, Severity};
use crate::model::Kind;
use crate::rules::{self, CheckOptions};
use crate::store::transaction::FileChange;
use crate::store::{SCHOOL_FILE, Store, layout};

/// The errors that a change would bring: those that `validate` finds with it and not without it.
///
/// The files are laid out as they would be in a folder of the records directory, as further names of the same
/// files where they stay as they are, so that the rules see what they will see.
///
/// # Errors
///
/// The system's.
pub(crate) fn new_errors(
    store: &Store,
    changes: &[FileChange],
    today: NaiveDate,
) -> io::Result<Vec<Finding>> {
    let _lock = store.lock()?;
    let folder = tempfile::Builder::new()
        .prefix(layout::LAID_OUT)
        .tempdir_in(store.root())?;
    let after = Store::at(folder.path());
    let replaced: HashSet<&str> = changes
        .iter()
        .filter(|change| !matches!(change, FileChange::Create { .. }))
        .map(FileChange::path)
        .collect();
    same_file(&store.absolute(SCHOOL_FILE), &after.absolute(SCHOOL_FILE))?;
    for kind in Kind::ALL {
        lay_out(store, kind.info().folder, &after, &replaced)?;
    }
    for change in changes {
        if let FileChange::Create { path, text }
        | FileChange::Replace {
            path, new: text, ..
        } = change
        {
            let target = after.absolute(path);
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(target, text)?;
        }
    }
    let errors = |store: &Store| {
        let options = CheckOptions {
            today,
            severities: None,
            advanced: &|_| {},
        };
        let findings = rules::check(store, &options);
        let errors = findings.into_iter().filter(|reported| {
            // Files that are no records were not laid out.
            reported.severity == Severity::Error && reported.finding.rule != &rules::UNKNOWN_FILE
        });
        errors.map(|reported| reported.finding).collect::<Vec<_>>()
    };
    let mut found = errors(&after);
    if !found.is_empty() {
        let known = errors(store);
        let known: HashSet<_> = known
            .iter()
            .map(|finding| (&finding.path, finding.rule.name))
            .collect();
        found.retain(|finding| !known.contains(&(&finding.path, finding.rule.name)));
    }
    Ok(found)
}

fn lay_out(store: &Store, folder: &str, after: &Store, replaced: &HashSet<&str>) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(store.root().join(folder)) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(fault)
                if fault
                    .io_error()
                    .is_some_and(|fault| fault.kind() == io::ErrorKind::NotFound) =>
            {
                continue;
            }
            Err(fault) => return Err(fault.into()),
        };
        let Some(path) = entry
            .path()
            .strip_prefix(store.root())
            .ok()
            .and_then(Path::to_str)
        else {
            continue;
        };
        let target = after.root().join(path);
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else if entry.file_type().is_file() && !replaced.contains(path) {
            same_file(entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Another name for a file; a copy where the file system has no such thing.
fn same_file(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}

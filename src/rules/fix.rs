//! Automatic fixes, limited to safe ones; all other bytes stay as they are.

use std::collections::HashSet;
use std::io::ErrorKind;

use super::report::Reported;
use crate::diagnostic::Fix;
use crate::store::Store;
use crate::store::transaction::FileChange;
use crate::store::write::WriteError;

/// The fix of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFix {
    /// The path relative to the records directory, with `/`.
    pub path: String,
    /// The new path, if the file is moved.
    pub to: Option<String>,
    /// The current text.
    pub old: String,
    /// The fixed text.
    pub new: String,
    /// The number of findings that are fixed.
    pub findings: usize,
}

/// Returns the fixes for findings, which must be sorted by path.
///
/// Of overlapping fixes only the first is applied, and of rewrites of the whole text only one; the next check finds the
/// others again. Files that have changed or disappeared since are skipped, and no file is moved to a path that exists.
///
/// # Errors
///
/// [`WriteError::System`] if a file that should be fixed cannot be read.
pub fn file_fixes(store: &Store, findings: &[Reported]) -> Result<Vec<FileFix>, WriteError> {
    let of_files = findings.chunk_by(|a, b| a.finding.path == b.finding.path);
    of_files
        .filter_map(|findings| file_fix(store, findings).transpose())
        .collect()
}

fn file_fix(store: &Store, findings: &[Reported]) -> Result<Option<FileFix>, WriteError> {
    let Some(Reported { finding, .. }) = findings.first() else {
        return Ok(None);
    };
    let path = &finding.path;
    let fixes: Vec<&Fix> = findings
        .iter()
        .filter_map(|reported| reported.finding.fix.as_ref())
        .collect();
    if fixes.is_empty() {
        return Ok(None);
    }
    let old = match store.text(path) {
        Ok(old) => old,
        Err(fault) if matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => {
            return Ok(None);
        }
        Err(fault) => {
            let path = path.clone();
            return Err(WriteError::System { path, fault });
        }
    };
    let mut fixed = 0;
    let mut replacements: Vec<_> = fixes
        .iter()
        .filter_map(|fix| match fix {
            Fix::Replace(span, text) => Some((span.clone(), text)),
            _ => None,
        })
        .collect();
    replacements.sort_by_key(|(span, _)| (span.start, span.end));
    let mut new = old.clone();
    let mut from = new.len();
    for (span, text) in replacements.into_iter().rev() {
        if span.end <= from && new.get(span.clone()).is_some() {
            from = span.start;
            new.replace_range(span, text);
            fixed += 1;
        }
    }
    let rewritten = fixes.iter().find_map(|fix| match fix {
        Fix::Rewrite(text) => Some(text),
        _ => None,
    });
    if let Some(text) = rewritten.filter(|_| fixed == 0) {
        new.clone_from(text);
        fixed += 1;
    }
    let to = fixes.iter().find_map(|fix| match fix {
        Fix::Move(to) => Some(to.clone()),
        _ => None,
    });
    let to = to.filter(|to| std::fs::symlink_metadata(store.absolute(to)).is_err());
    fixed += usize::from(to.is_some());
    let is_any = new != old || to.is_some();
    Ok(is_any.then(|| FileFix {
        path: path.clone(),
        to,
        old,
        new,
        findings: fixed,
    }))
}

/// Writes the fixes in one atomic change. A file whose new path is also that of another one is left to the next check.
///
/// # Errors
///
/// An error of writing, after which no file has been changed.
pub fn apply_fixes(store: &Store, fixes: &[FileFix]) -> Result<usize, WriteError> {
    let mut taken = HashSet::new();
    let mut changes = Vec::new();
    let mut fixed = 0;
    for fix in fixes {
        match &fix.to {
            Some(to) if !taken.insert(to) => continue,
            Some(to) => changes.extend(FileChange::moving(&fix.path, &fix.old, to, &fix.new)),
            None => changes.push(FileChange::Replace {
                path: fix.path.clone(),
                old: fix.old.clone(),
                new: fix.new.clone(),
            }),
        }
        fixed += fix.findings;
    }
    store.commit(&changes, &mut |_| {})?;
    Ok(fixed)
}

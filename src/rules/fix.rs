//! Mends what can be mended without a person's judgement, and leaves every other byte as it is.

use std::collections::HashSet;
use std::io::ErrorKind;

use super::judge::Judged;
use crate::diagnostic::Fix;
use crate::store::Store;
use crate::store::transaction::FileChange;
use crate::store::write::Unwritten;

/// What is to become of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mending {
    /// The file, from the records directory, with `/`.
    pub path: String,
    /// Where it goes, if it moves.
    pub to: Option<String>,
    /// What it holds.
    pub old: String,
    /// What it is to hold.
    pub new: String,
    /// How many findings that mends.
    pub findings: usize,
}

/// What becomes of the files that findings are about, which come by path. Of fixes that touch the same bytes the
/// first counts, and of those that touch every line one: the next check finds what is left. Files that changed or
/// cannot be read since are left alone, and so are files whose place is taken.
///
/// # Errors
///
/// [`Unwritten::Fault`] where the system does not give the text of a file that is to be mended.
pub fn mendings(store: &Store, findings: &[Judged]) -> Result<Vec<Mending>, Unwritten> {
    let of_files = findings.chunk_by(|a, b| a.finding.path == b.finding.path);
    of_files
        .filter_map(|findings| mending(store, findings).transpose())
        .collect()
}

fn mending(store: &Store, findings: &[Judged]) -> Result<Option<Mending>, Unwritten> {
    let Some(Judged { finding, .. }) = findings.first() else {
        return Ok(None);
    };
    let path = &finding.path;
    let fixes: Vec<&Fix> = findings
        .iter()
        .filter_map(|judged| judged.finding.fix.as_ref())
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
            return Err(Unwritten::Fault { path, fault });
        }
    };
    let mut mended = 0;
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
            mended += 1;
        }
    }
    let rewritten = fixes.iter().find_map(|fix| match fix {
        Fix::Rewrite(text) => Some(text),
        _ => None,
    });
    if let Some(text) = rewritten.filter(|_| mended == 0) {
        new.clone_from(text);
        mended += 1;
    }
    let to = fixes.iter().find_map(|fix| match fix {
        Fix::Move(to) => Some(to.clone()),
        _ => None,
    });
    let to = to.filter(|to| std::fs::symlink_metadata(store.absolute(to)).is_err());
    mended += usize::from(to.is_some());
    let is_any = new != old || to.is_some();
    Ok(is_any.then(|| Mending {
        path: path.clone(),
        to,
        old,
        new,
        findings: mended,
    }))
}

/// Writes mended files, all or none; those whose new place another of them takes wait for the next check.
///
/// # Errors
///
/// Those of writing; the old files are then still there.
pub fn mend(store: &Store, mendings: &[Mending]) -> Result<usize, Unwritten> {
    let mut taken = HashSet::new();
    let mut changes = Vec::new();
    let mut mended = 0;
    for mending in mendings {
        match &mending.to {
            Some(to) if !taken.insert(to) => continue,
            Some(to) => changes.extend(FileChange::moving(
                &mending.path,
                &mending.old,
                to,
                &mending.new,
            )),
            None => changes.push(FileChange::Replace {
                path: mending.path.clone(),
                old: mending.old.clone(),
                new: mending.new.clone(),
            }),
        }
        mended += mending.findings;
    }
    store.commit(&changes, &mut |_| {})?;
    Ok(mended)
}

//! What is staged for the next commit, laid out as files of its own: the working tree may hold something else.

use std::io::Write;
use std::path::{Component, Path};
use std::process::Stdio;

use super::decode::{self, Prose};
use super::git::{Git, GitFault};
use super::{SCHOOL_FILE, Store, layout};
use crate::model::{Id, Record, with_kind};

/// The staged files of a records directory in a folder that goes with this value.
#[derive(Debug)]
pub struct Staged {
    /// The staged files, the settings, and the records that they name.
    pub store: Store,
    /// The staged files, from the records directory, with `/`, sorted; not those that are deleted.
    pub paths: Vec<String>,
    _folder: tempfile::TempDir,
}

impl Store {
    /// Lays out what is staged, as it is staged; of the other files only those that matter to it.
    ///
    /// # Errors
    ///
    /// [`GitFault`].
    pub fn staged(&self) -> Result<Staged, GitFault> {
        let git = self.git()?;
        let paths = git.staged()?;
        let fault = |fault: std::io::Error| GitFault::Failed(fault.to_string());
        let folder = tempfile::tempdir().map_err(fault)?;
        let within = git.ask(&["rev-parse", "--show-prefix"])?;
        let root = folder.path().join(within.trim_end_matches('/'));
        std::fs::create_dir_all(&root).map_err(fault)?;
        let store = Store::at(&root);
        let mut first = paths.clone();
        first.push(SCHOOL_FILE.to_owned());
        git.check_out(&first, folder.path())?;
        let mut named = Vec::new();
        for path in &paths {
            let Ok(text) = store.text(path) else { continue };
            if let Some(id) = layout::id_of(path) {
                with_kind!(id.kind(), K => references::<K>(&text, &mut named));
            }
            self.stand_in(&store, &text).map_err(fault)?;
        }
        named.sort_unstable();
        named.dedup();
        let named = named.into_iter().map(layout::path_of);
        let named: Vec<String> = named.filter(|path| !paths.contains(path)).collect();
        git.check_out(&named, folder.path())?;
        Ok(Staged {
            store,
            paths,
            _folder: folder,
        })
    }

    /// Puts empty files in the place of the documents and photos that a record names: they are often kept out of git,
    /// and whether they are there is all that is asked.
    fn stand_in(&self, staged: &Store, text: &str) -> std::io::Result<()> {
        let table: toml::Table = text.parse().unwrap_or_default();
        let photos = table.get("photos").and_then(toml::Value::as_array);
        let values = table
            .get("file")
            .into_iter()
            .chain(photos.into_iter().flatten());
        for path in values.filter_map(toml::Value::as_str) {
            let mut parts = Path::new(path).components();
            let inside = parts.all(|part| matches!(part, Component::Normal(_)));
            let there = |store: &Store| {
                let file = store.absolute(path).symlink_metadata();
                file.is_ok_and(|file| file.is_file())
            };
            if inside && there(self) && !there(staged) {
                let place = staged.absolute(path);
                place.parent().map_or(Ok(()), std::fs::create_dir_all)?;
                std::fs::File::create(place)?;
            }
        }
        Ok(())
    }
}

fn references<K: Record>(text: &str, into: &mut Vec<Id>) {
    if let Some(record) = decode::decode::<K>(text, Prose::Skip) {
        record.references(&mut |_, id| into.push(id));
    }
}

impl Git {
    /// The files that the next commit adds or changes, from the records directory, with `/`, sorted.
    fn staged(&self) -> Result<Vec<String>, GitFault> {
        let answer = self.run(&[
            "diff",
            "--cached",
            "--name-only",
            "-z",
            "--relative",
            "--no-renames",
            "--no-ext-diff",
            "--diff-filter=d",
            "--",
            ".",
        ])?;
        let paths = answer
            .split(|byte| *byte == 0)
            .filter(|path| !path.is_empty());
        let mut paths: Vec<String> = paths
            .map(|path| String::from_utf8_lossy(path).into_owned())
            .collect();
        paths.sort();
        Ok(paths)
    }

    /// Writes files as the index holds them below a folder, under their paths in the repository; those that it does
    /// not hold are passed over.
    fn check_out(&self, paths: &[String], folder: &Path) -> Result<(), GitFault> {
        if paths.is_empty() {
            return Ok(());
        }
        let failed = |fault: std::io::Error| GitFault::Failed(fault.to_string());
        let prefix = format!("--prefix={}/", folder.display());
        let mut child = self
            .command(&["checkout-index", "-q", "-f", &prefix, "-z", "--stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        if let Some(mut input) = child.stdin.take() {
            for path in paths {
                write!(input, "{path}\0").map_err(failed)?;
            }
        }
        // Its status also tells of files that the index does not hold, which is no fault here.
        child.wait().map_err(failed)?;
        Ok(())
    }
}

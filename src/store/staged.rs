//! The files staged for the next commit, extracted to a temporary folder, because the working tree may differ.

use std::io::Write;
use std::path::{Component, Path};
use std::process::Stdio;

use super::decode::{self, Prose};
use super::git::{Git, GitFault};
use super::{SCHOOL_FILE, Store, layout};
use crate::model::{Id, Kind, Record, with_kind};

/// The staged files of a records directory, in a temporary folder that is removed when dropped.
#[derive(Debug)]
pub struct Staged {
    /// The staged files, the settings, and the records that they refer to.
    pub store: Store,
    /// The paths of the staged files relative to the records directory, with `/`, sorted; without deleted ones, except
    /// for the settings.
    pub paths: Vec<String>,
    /// Files that are not staged and may refer to a record that the commit deletes, sorted.
    pub left_behind: Vec<String>,
    _folder: tempfile::TempDir,
}

/// A change of a file in the next commit.
struct Change {
    /// The path relative to the records directory, with `/`.
    path: String,
    becomes: StagedState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StagedState {
    File,
    Link,
    Nothing,
}

impl Store {
    /// Extracts the staged files, and those others that they depend on.
    pub fn staged(&self) -> Result<Staged, GitFault> {
        let git = self.git()?;
        let changes = git.staged()?;
        let fault = |fault: std::io::Error| GitFault::Failed(fault.to_string());
        let folder = tempfile::tempdir().map_err(fault)?;
        let within = git.ask(&["rev-parse", "--show-prefix"])?;
        let root = folder.path().join(within.trim_end_matches('/'));
        std::fs::create_dir_all(&root).map_err(fault)?;
        let store = Store::at(&root);
        let mut texts = vec![SCHOOL_FILE.to_owned()];
        let (mut paths, mut gone) = (Vec::new(), Vec::new());
        for Change { path, becomes } in changes {
            match becomes {
                StagedState::Nothing if path != SCHOOL_FILE => {
                    gone.extend(layout::id_of(&path));
                    continue;
                }
                StagedState::Nothing => {}
                StagedState::File if is_text(&path) => texts.push(path.clone()),
                // Only the names of pictures and documents are needed, not their contents.
                StagedState::File => {
                    create_empty(&store, &path, StagedState::File).map_err(fault)?
                }
                StagedState::Link => {
                    create_empty(&store, &path, StagedState::Link).map_err(fault)?
                }
            }
            paths.push(path);
        }
        git.check_out(&texts, folder.path())?;
        gone.retain(|id| !paths.iter().any(|path| layout::id_of(path) == Some(*id)));
        let mut left_behind = git.files_mentioning(&gone)?;
        left_behind.retain(|path| paths.binary_search(path).is_err());
        git.check_out(&left_behind, folder.path())?;
        let mut named = Vec::new();
        for path in paths.iter().chain(&left_behind) {
            let Ok(text) = store.text(path) else { continue };
            if let Some(id) = layout::id_of(path) {
                with_kind!(id.kind(), K => references::<K>(&text, &mut named));
            }
            self.create_empty_named(&store, &text).map_err(fault)?;
        }
        named.sort_unstable();
        named.dedup();
        named.retain(|id| !store.has(*id));
        let places: Vec<String> = named.iter().copied().map(layout::path_of).collect();
        git.check_out(&places, folder.path())?;
        // Records in the index that are not at their proper paths may be in a wrong folder.
        named.retain(|id| !store.has(*id));
        let elsewhere = git.paths_of(&named)?;
        git.check_out(&elsewhere, folder.path())?;
        Ok(Staged {
            store,
            paths,
            left_behind,
            _folder: folder,
        })
    }

    /// Creates empty files for the documents and photos that a record names: only their existence is checked, and they
    /// are often not in git.
    fn create_empty_named(&self, staged: &Store, text: &str) -> std::io::Result<()> {
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
                create_empty(staged, path, StagedState::File)?;
            }
        }
        Ok(())
    }
}

/// Whether the content of a file is scanned for what must not be committed: a record, a template, a table, a key.
fn is_text(path: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".md", ".txt", ".csv", ".tsv", ".json", ".jsonl", ".html", ".htm", ".key", ".pem",
    ];
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    name.ends_with(layout::ENDING)
        || !name.contains('.')
        || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Creates a create_placeholder-in for a file whose content is not needed.
fn create_empty(store: &Store, path: &str, as_what: StagedState) -> std::io::Result<()> {
    let place = store.absolute(path);
    place.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    match as_what {
        // A dangling link, so that nothing can be reached through it.
        #[cfg(unix)]
        StagedState::Link => {
            std::os::unix::fs::symlink(format!("{}nowhere", layout::TEMPORARY), place)
        }
        _ => std::fs::File::create(place).map(drop),
    }
}

fn references<K: Record>(text: &str, into: &mut Vec<Id>) {
    if let Some(record) = decode::decode::<K>(text, Prose::Skip) {
        record.references(&mut |_, id| into.push(id));
    }
}

impl Git {
    /// Returns the changes in the next commit, sorted by path.
    fn staged(&self) -> Result<Vec<Change>, GitFault> {
        let answer = self.run(&[
            "diff",
            "--cached",
            "--raw",
            "-z",
            "--relative",
            "--no-renames",
            "--no-ext-diff",
            "--",
            ".",
        ])?;
        let mut words = answer.split(|byte| *byte == 0);
        let mut changes = Vec::new();
        // The format is `:MODE MODE NAME NAME STATUS`, NUL, path; the second mode is the staged one.
        while let (Some(head), Some(path)) = (words.next(), words.next()) {
            let becomes = match head.split(|byte| *byte == b' ').nth(1) {
                Some(b"100644" | b"100755") => StagedState::File,
                Some(b"120000") => StagedState::Link,
                Some(b"000000") => StagedState::Nothing,
                // A submodule.
                _ => continue,
            };
            changes.push(Change {
                path: String::from_utf8_lossy(path).into_owned(),
                becomes,
            });
        }
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(changes)
    }

    /// Returns the files in the index that contain one of some ids, among kinds that can refer to them; sorted.
    fn files_mentioning(&self, ids: &[Id]) -> Result<Vec<String>, GitFault> {
        let refers = |kind: &Kind| {
            let leaves = kind.shape().leaves();
            let mut targets = leaves
                .iter()
                .filter_map(|(_, field)| field.holds.refers_to());
            targets.any(|target| ids.iter().any(|id| id.kind() == target))
        };
        let kinds = Kind::ALL.iter().filter(|kind| refers(kind));
        let folders: Vec<&str> = kinds.map(|kind| kind.folder()).collect();
        if folders.is_empty() {
            return Ok(Vec::new());
        }
        let mut arguments = vec!["grep", "--cached", "-l", "-z", "-F", "-f", "-", "--"];
        arguments.extend(folders);
        let ids = ids.iter().map(|id| format!("{id}\n"));
        // The exit status also tells whether there are matches, so it is ignored.
        let answer = self.git_with_input(&arguments, &ids.collect::<String>())?;
        Ok(sorted_paths(&answer))
    }

    /// Returns the paths in the index of the files of some records, in any folder.
    fn paths_of(&self, ids: &[Id]) -> Result<Vec<String>, GitFault> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let patterns = ids.iter().map(|id| {
            let (folder, ending) = (id.kind().folder(), layout::ENDING);
            format!(":(glob){folder}/**/{id}{ending}")
        });
        let patterns: Vec<String> = patterns.collect();
        let mut arguments = vec!["ls-files", "--cached", "-z", "--"];
        arguments.extend(patterns.iter().map(String::as_str));
        Ok(sorted_paths(&self.run(&arguments)?))
    }

    /// Extracts files of the index below a folder, without conversion of line ends; ignores paths that are not in the
    /// index.
    fn check_out(&self, paths: &[String], folder: &Path) -> Result<(), GitFault> {
        if paths.is_empty() {
            return Ok(());
        }
        let prefix = format!("--prefix={}/", folder.display());
        let paths = paths.iter().map(|path| format!("{path}\0"));
        // The exit status is not 0 if some paths are not in the index, so it is ignored.
        self.git_with_input(
            &[
                "-c",
                "core.autocrlf=false",
                "-c",
                "core.eol=lf",
                "checkout-index",
                "-q",
                "-f",
                &prefix,
                "-z",
                "--stdin",
            ],
            &paths.collect::<String>(),
        )?;
        Ok(())
    }

    /// Runs git with an input and returns its output, whatever its exit status.
    fn git_with_input(&self, arguments: &[&str], input: &str) -> Result<Vec<u8>, GitFault> {
        let failed = |fault: std::io::Error| GitFault::Failed(fault.to_string());
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let into = child.stdin.take();
        std::thread::scope(|scope| {
            // Written by another thread: git may answer before it has read all its input, or stop reading.
            scope.spawn(move || into.map(|mut into| into.write_all(input.as_bytes())));
            child.wait_with_output()
        })
        .map(|output| output.stdout)
        .map_err(failed)
    }
}

fn sorted_paths(answer: &[u8]) -> Vec<String> {
    let paths = answer.split(|byte| *byte == 0);
    let paths = paths.filter(|path| !path.is_empty());
    let mut paths: Vec<String> = paths
        .map(|path| String::from_utf8_lossy(path).into_owned())
        .collect();
    paths.sort();
    paths
}

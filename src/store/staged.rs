//! What is staged for the next commit, laid out as files of its own: the working tree may hold something else.

use std::io::Write;
use std::path::{Component, Path};
use std::process::Stdio;

use super::decode::{self, Prose};
use super::git::{Git, GitFault};
use super::{SCHOOL_FILE, Store, layout};
use crate::model::{Id, Kind, Record, with_kind};

/// The staged files of a records directory in a folder that goes with this value.
#[derive(Debug)]
pub struct Staged {
    /// The staged files, the settings, and the records that they name.
    pub store: Store,
    /// The staged files, from the records directory, with `/`, sorted; not those that are deleted, but for the settings.
    pub paths: Vec<String>,
    /// Files that are not staged and may name a record that the next commit deletes, sorted.
    pub left_behind: Vec<String>,
    _folder: tempfile::TempDir,
}

/// What the next commit does to a file.
struct Change {
    /// The file, from the records directory, with `/`.
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
    /// Lays out what is staged, as it is staged; of the other files only those that matter to it.
    ///
    /// # Errors
    ///
    /// [`GitFault`].
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
                // Of pictures and documents only the name matters, however large they are.
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
        let mut left_behind = git.files_with(&gone)?;
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
        // What is in the index, but not in its place, may be in a wrong folder.
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

    /// Puts empty files in the place of the documents and photos that a record names: they are often kept out of git,
    /// and whether they are there is all that is asked.
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

/// Whether a file is a text that may hold what must not be committed: a record, a template, a table, a key.
fn is_text(path: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".md", ".txt", ".csv", ".tsv", ".json", ".jsonl", ".html", ".htm", ".key", ".pem",
    ];
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    name.ends_with(layout::ENDING)
        || !name.contains('.')
        || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Puts something in the place of a file of which only the name is looked at.
fn create_empty(store: &Store, path: &str, as_what: StagedState) -> std::io::Result<()> {
    let place = store.absolute(path);
    place.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    match as_what {
        // Leads nowhere, so that nothing is ever reached through it.
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
    /// What the next commit changes, by path.
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
        // `:MODE MODE NAME NAME STATUS`, then the path; the second mode is that of what is staged.
        while let (Some(head), Some(path)) = (words.next(), words.next()) {
            let becomes = match head.split(|byte| *byte == b' ').nth(1) {
                Some(b"100644" | b"100755") => StagedState::File,
                Some(b"120000") => StagedState::Link,
                Some(b"000000") => StagedState::Nothing,
                // A repository in the repository, which holds no records of this one.
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

    /// The files in the index that hold one of some ids anywhere, of the kinds that may refer to one of that kind; sorted.
    fn files_with(&self, ids: &[Id]) -> Result<Vec<String>, GitFault> {
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
        // Its status also tells that there are none.
        let answer = self.git_with_input(&arguments, &ids.collect::<String>())?;
        Ok(sorted_paths(&answer))
    }

    /// Where in the index the files of some records are, whatever their folders.
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

    /// Writes files as the index holds them below a folder, under their paths in the repository, as they are kept and
    /// not as this system's settings for line ends would have them; those that it does not hold are passed over.
    fn check_out(&self, paths: &[String], folder: &Path) -> Result<(), GitFault> {
        if paths.is_empty() {
            return Ok(());
        }
        let prefix = format!("--prefix={}/", folder.display());
        let paths = paths.iter().map(|path| format!("{path}\0"));
        // Its status also tells of files that the index does not hold, which is no fault here.
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

    /// What git prints about what it is told, whatever its status.
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
            // Told from another thread: git may answer before it has read everything, or not read to the end.
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

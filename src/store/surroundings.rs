//! Examines the environment of the records: the repository, other files in the directory, and who else can read them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use super::git::{Git, GitFault};
use super::seal::has_clear_values;
use super::{Store, layout};
use crate::model::surroundings::{Remote, Repository, StrayFile, StrayKind, Surroundings};
use crate::model::{Id, Kind};

/// The git configuration key for remotes that the user confirmed as the school's own.
pub const KNOWN_REMOTE: &str = "cuncao.remote";

/// Samples of paths that git should ignore: printouts and exports, their folders, keys.
const MUST_BE_IGNORED: &[&str] = &[
    "exports/children.csv",
    "reports/term.md",
    "term.docx",
    "term.html",
    "term.pdf",
    "term.md",
    "children.csv",
    "children.xlsx",
    "children.ndjson",
    "due.ics",
    "teacher.key",
];

/// Words in the paths of folders that are synchronized to a cloud service.
const CLOUD_FOLDERS: &[&str] = &[
    "onedrive",
    "dropbox",
    "icloud",
    "mobile documents",
    "google drive",
    "googledrive",
    "nutstore",
    "坚果云",
    "baidunetdisk",
    "baidusyncdisk",
    "百度网盘",
    "百度云",
    "wps云盘",
    "wpsdrive",
    "wps cloud files",
    "阿里云盘",
    "天翼云盘",
    "微云",
    "onebox",
];

/// The maximum size of a file that is searched for keys, in bytes.
const MAX_KEY_FILE_BYTES: u64 = 64 * 1024;

impl Store {
    /// Examines the environment of the records. `mentioned` are the paths of files that records name, which belong to
    /// the records.
    ///
    /// # Errors
    ///
    /// Git is installed but fails.
    pub fn surroundings(&self, mentioned: &HashSet<String>) -> Result<Surroundings, GitFault> {
        let paths = self.paths_of_texts();
        let mut beside: Vec<StrayFile> = Vec::new();
        for path in &paths {
            let kind = self.stray_kind(path, mentioned);
            beside.extend(kind.map(|kind| StrayFile {
                kind,
                path: path.clone(),
            }));
        }
        let repository = match self.git() {
            Ok(git) => Some(self.repository(&git, mentioned)?),
            Err(GitFault::NoProgram | GitFault::NoRepository(_)) => None,
            Err(fault) => return Err(fault),
        };
        Ok(Surroundings {
            repository,
            readable: self.readable(&paths),
            beside,
            cloud: cloud(self.root()),
            undo: self.undo_files(),
            paths,
            numbers: Vec::new(),
        })
    }

    /// Returns the kind of a file that does not belong to the records; none for records, templates and mentioned files.
    fn stray_kind(&self, path: &str, mentioned: &HashSet<String>) -> Option<StrayKind> {
        let (first, is_deep) = match path.split_once('/') {
            Some((first, _)) => (first, true),
            None => (path, false),
        };
        let is_own = first.starts_with(layout::TEMPORARY)
            || is_deep && layout::OTHER_FOLDERS.contains(&first)
            || is_deep && first == "schemas"
            || first.starts_with("README") && !is_deep
            || mentioned.contains(path);
        let by_name = StrayFile::kind_of(path).filter(|kind| !is_own || *kind == StrayKind::Key);
        match by_name {
            Some(StrayKind::Key) => Some(StrayKind::Key),
            kind if path.ends_with(layout::ENDING) => kind,
            kind if self.holds_a_key(path) => Some(StrayKind::Key).or(kind),
            kind => kind,
        }
    }

    /// Whether a file contains a private key.
    pub fn holds_a_key(&self, path: &str) -> bool {
        let absolute = self.absolute(path);
        let is_small =
            fs::symlink_metadata(&absolute).is_ok_and(|file| file.len() <= MAX_KEY_FILE_BYTES);
        let text = if is_small {
            self.shown_text(path).unwrap_or_default()
        } else {
            String::new()
        };
        text.contains("AGE-SECRET-KEY-1")
            || text.contains("-----BEGIN") && text.contains("PRIVATE KEY-----")
    }

    /// Returns the number of files in the undo log.
    fn undo_files(&self) -> usize {
        let entries = walkdir::WalkDir::new(self.root().join(super::undo::FOLDER));
        let files = entries.into_iter().flatten();
        files.filter(|entry| entry.file_type().is_file()).count()
    }

    /// Returns the number of files that other users of the machine can read.
    #[cfg(unix)]
    fn readable(&self, paths: &[String]) -> Option<usize> {
        use std::os::unix::fs::PermissionsExt;
        let is_open = |path: &Path| {
            path.symlink_metadata()
                .is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
        };
        // A directory that only its owner can enter protects its contents.
        if !is_open(self.root()) {
            return Some(0);
        }
        let records = paths.iter().filter(|path| path.ends_with(layout::ENDING));
        Some(records.filter(|path| is_open(&self.absolute(path))).count())
    }

    /// Other systems have no file modes.
    #[cfg(not(unix))]
    fn readable(&self, _: &[String]) -> Option<usize> {
        None
    }

    fn repository(&self, git: &Git, mentioned: &HashSet<String>) -> Result<Repository, GitFault> {
        let history = git.history()?;
        // Removed files are still in the history.
        let mut tracked = history.paths.clone();
        tracked.extend(git.paths(&["ls-files", "-z", "--", "."])?);
        let tracked = tracked.into_iter().filter_map(|path| {
            let kind = self.stray_kind(&path, mentioned)?;
            Some(StrayFile { kind, path })
        });
        let tracked = tracked.collect();
        let gone = history.records.keys().filter(|id| id.kind() == Kind::Child);
        let gone = gone.filter(|id| self.path_of_record(**id).is_none());
        Ok(Repository {
            authors: git.authors()?,
            notes: git.notes()?,
            remotes: git.remotes()?,
            is_cut: git.is_shallow(),
            has_hook: git.has_hook(),
            unignored: git.unignored(),
            tracked,
            clear: git.clear_of(&history)?,
            numbers: git.files_that_held_cards()?,
            gone: gone.copied().collect(),
        })
    }
}

/// The files in the git history of the records directory.
#[derive(Debug, Default)]
pub struct History {
    /// The records, each with the names of its blobs.
    records: BTreeMap<Id, BTreeSet<String>>,
    /// The paths of all files, relative to the records directory.
    paths: BTreeSet<String>,
}

impl Git {
    /// Returns the distinct names of authors and committers, sorted.
    fn authors(&self) -> Result<Vec<String>, GitFault> {
        let names = self.ask(&["log", "--all", "--format=%aN%n%cN", "--", "."])?;
        let names: BTreeSet<&str> = names.lines().filter(|name| !name.is_empty()).collect();
        Ok(names.into_iter().map(str::to_owned).collect())
    }

    /// Returns commit messages and the names of branches and tags, each with its revision.
    fn notes(&self) -> Result<Vec<(String, String)>, GitFault> {
        let format = "--format=%h %B%n%N";
        let log = self.run(&["log", "--all", "--reflog", "--notes=*", "-z", format])?;
        let log = String::from_utf8_lossy(&log).into_owned();
        let commits = log.split('\0').filter_map(|note| note.split_once(' '));
        let commits = commits.map(|(commit, note)| (commit.to_owned(), note.to_owned()));
        // Branches have no message of their own.
        let format =
            "--format=%(objectname:short) %(refname)%(if)%(taggername)%(then) %(contents)%(end)%00";
        let refs = self.run(&["for-each-ref", format])?;
        let refs = String::from_utf8_lossy(&refs).into_owned();
        let refs = refs
            .split('\0')
            .filter_map(|note| note.trim_start().split_once(' '));
        let refs = refs.map(|(commit, note)| (commit.to_owned(), note.to_owned()));
        Ok(commits.chain(refs).collect())
    }

    /// Returns the remotes.
    pub fn remotes(&self) -> Result<Vec<Remote>, GitFault> {
        let listed = self.ask(&["remote", "-v"])?;
        let mut remotes: Vec<Remote> = Vec::new();
        if listed.is_empty() {
            return Ok(remotes);
        }
        let known = self.ask(&["config", "--get-all", KNOWN_REMOTE]);
        let known = known.unwrap_or_default();
        for line in listed.lines() {
            let Some((name, url)) = line.split_once('\t') else {
                continue;
            };
            let url = url.trim_end_matches(" (fetch)").trim_end_matches(" (push)");
            let remote = Remote {
                name: name.to_owned(),
                is_known: false,
                url: url.to_owned(),
            };
            // The user sees the URL without credentials and may have confirmed it in that form.
            let is_known = known
                .lines()
                .any(|known| known == url || known == remote.url_without_credentials());
            let remote = Remote { is_known, ..remote };
            if !remotes.contains(&remote) {
                remotes.push(remote);
            }
        }
        Ok(remotes)
    }

    /// Returns the samples of printouts, exports and keys that git does not ignore.
    pub fn unignored(&self) -> Vec<&'static str> {
        let is_taken = |path: &&&str| self.ask(&["check-ignore", "-q", "--", path]).is_err();
        MUST_BE_IGNORED.iter().filter(is_taken).copied().collect()
    }

    /// Whether a pre-commit hook that runs this tool is installed.
    pub fn has_hook(&self) -> bool {
        let path = self.hooks().map(|folder| folder.join("pre-commit"));
        let Some(path) = path.ok().filter(|path| is_run(path)) else {
            return false;
        };
        let text = fs::read_to_string(path).unwrap_or_default();
        // Lines after `exit` are not run, and a command that may fail does not stop the commit.
        let mut lines = text
            .lines()
            .take_while(|line| !line.starts_with("exit"))
            .filter(|line| !line.trim_start().starts_with('#'));
        lines.any(|line| {
            line.contains("cuncao") && line.contains("validate") && !line.contains("|| true")
        })
    }

    /// Whether the repository is a shallow clone.
    fn is_shallow(&self) -> bool {
        let answer = self.ask(&["rev-parse", "--is-shallow-repository"]);
        answer.is_ok_and(|answer| answer.trim() == "true")
    }

    /// Returns the files in any commit of a branch, a stash or the reflog.
    pub fn history(&self) -> Result<History, GitFault> {
        let answer = self.run(&[
            "log",
            "--all",
            "--reflog",
            "-m",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--relative",
            "--no-ext-diff",
            "--no-textconv",
            "--format=",
            "--",
            ".",
        ])?;
        let mut history = History::default();
        let mut parts = answer.split(|byte| *byte == 0);
        while let Some(head) = parts.next() {
            let head = String::from_utf8_lossy(head);
            let Some(raw) = head.trim_start_matches('\n').strip_prefix(':') else {
                continue;
            };
            let path = String::from_utf8_lossy(parts.next().unwrap_or_default());
            history.paths.insert(path.clone().into_owned());
            let Some(id) = layout::id_of(&path) else {
                continue;
            };
            let texts = raw.split(' ').skip(2).take(2);
            let texts = texts.filter(|name| !name.trim_matches('0').is_empty());
            history
                .records
                .entry(id)
                .or_default()
                .extend(texts.map(str::to_owned));
        }
        Ok(history)
    }

    /// Returns the records with confidential text that is in clear in some commit.
    pub fn clear_of(&self, history: &History) -> Result<Vec<Id>, GitFault> {
        /// The number of blobs that are requested at once.
        const BATCH: usize = 1000;
        let has_confidential = |id: &Id| {
            let leaves = id.kind().shape().leaves();
            let mut leaves = leaves.iter();
            leaves.any(|(_, field)| {
                matches!(field.holds, crate::model::shape::FieldType::Confidential)
            })
        };
        let wanted: Vec<(Id, &str)> = history
            .records
            .iter()
            .filter(|(id, _)| has_confidential(id))
            .flat_map(|(id, texts)| texts.iter().map(|text| (*id, text.as_str())))
            .collect();
        let mut clear = BTreeSet::new();
        for batch in wanted.chunks(BATCH) {
            let names: Vec<&str> = batch.iter().map(|(_, name)| *name).collect();
            let texts = self.texts(&names)?;
            for (id, name) in batch {
                let Some(text) = texts.get(*name) else {
                    continue;
                };
                if !text.contains("id_number") && !text.contains("confidential") {
                    continue;
                }
                if has_clear_values(id.kind().shape(), text) {
                    clear.insert(*id);
                }
            }
        }
        Ok(clear.into_iter().collect())
    }
}

/// Whether git runs a hook: it ignores those that are not executable.
#[cfg(unix)]
fn is_run(hook: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(hook).is_ok_and(|file| file.permissions().mode() & 0o111 != 0)
}

/// Other systems run every hook.
#[cfg(not(unix))]
fn is_run(_: &Path) -> bool {
    true
}

/// Returns the part of a path that names a cloud service.
fn cloud(root: &Path) -> Option<String> {
    let root = root.canonicalize().ok()?;
    let parts = root.components();
    let mut parts = parts.map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.find(|part| {
        let part = part.to_lowercase();
        CLOUD_FOLDERS.iter().any(|word| part.contains(word))
    })
}

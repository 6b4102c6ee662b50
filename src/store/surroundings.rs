//! Looks at the place where the records lie: the repository, what lies beside the records, who else can read them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use super::git::{Git, GitFault};
use super::seal::confidential_values;
use super::{Store, layout};
use crate::model::prose::is_sealed;
use crate::model::surroundings::{Remote, Repository, StrayFile, StrayKind, Surroundings};
use crate::model::{Id, Kind, is_filled};

/// The setting of git by which a person says that a remote is the school's own.
pub const KNOWN_REMOTE: &str = "cuncao.remote";

/// What git must not take in: prints and exports in the root, the folders for them, keys.
const NEVER_TAKEN: &[&str] = &[
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

/// Words in the path of a folder that a program copies to somebody else's machines.
const CLOUDS: &[&str] = &[
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

/// Larger files are no keys.
const LARGEST_KEY: u64 = 64 * 1024;

impl Store {
    /// What there is to know of the place where the records lie. `mentioned` are files that records name, by their
    /// paths: they belong to the records.
    ///
    /// # Errors
    ///
    /// Git is there and does not answer.
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

    /// What a file beside the records is; none for records, forms and what records name.
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

    /// Whether a file begins as those do in which keys are kept.
    pub fn holds_a_key(&self, path: &str) -> bool {
        let absolute = self.absolute(path);
        let is_small = fs::symlink_metadata(&absolute).is_ok_and(|file| file.len() <= LARGEST_KEY);
        let text = if is_small {
            self.shown_text(path).unwrap_or_default()
        } else {
            String::new()
        };
        text.contains("AGE-SECRET-KEY-1")
            || text.contains("-----BEGIN") && text.contains("PRIVATE KEY-----")
    }

    /// How many commands could be taken back with what they kept.
    fn undo_files(&self) -> usize {
        let entries = walkdir::WalkDir::new(self.root().join(super::undo::FOLDER));
        let files = entries.into_iter().flatten();
        files.filter(|entry| entry.file_type().is_file()).count()
    }

    /// How many files others on the same machine can read.
    #[cfg(unix)]
    fn readable(&self, paths: &[String]) -> Option<usize> {
        use std::os::unix::fs::PermissionsExt;
        let is_open = |path: &Path| {
            path.symlink_metadata()
                .is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
        };
        // A folder that only its owner can enter protects all that is in it.
        if !is_open(self.root()) {
            return Some(0);
        }
        let records = paths.iter().filter(|path| path.ends_with(layout::ENDING));
        Some(records.filter(|path| is_open(&self.absolute(path))).count())
    }

    /// Elsewhere modes say nothing.
    #[cfg(not(unix))]
    fn readable(&self, _: &[String]) -> Option<usize> {
        None
    }

    fn repository(&self, git: &Git, mentioned: &HashSet<String>) -> Result<Repository, GitFault> {
        let tracked = git.run(&["ls-files", "-z", "--", "."])?;
        let tracked = tracked
            .split(|byte| *byte == 0)
            .filter(|path| !path.is_empty())
            .map(|path| String::from_utf8_lossy(path).into_owned());
        let tracked = tracked.filter_map(|path| {
            let kind = self.stray_kind(&path, mentioned)?;
            Some(StrayFile { kind, path })
        });
        let tracked = tracked.collect();
        let history = git.history()?;
        let gone = history.keys().filter(|id| id.kind() == Kind::Child);
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
            gone: gone.copied().collect(),
        })
    }
}

impl Git {
    /// Everyone who wrote or committed something of the records, each once, by name.
    fn authors(&self) -> Result<Vec<String>, GitFault> {
        let names = self.ask(&["log", "--all", "--format=%aN%n%cN", "--", "."])?;
        let names: BTreeSet<&str> = names.lines().filter(|name| !name.is_empty()).collect();
        Ok(names.into_iter().map(str::to_owned).collect())
    }

    /// What was written of each commit, and the names of branches and tags: each with what leads to it.
    fn notes(&self) -> Result<Vec<(String, String)>, GitFault> {
        let said = self.run(&["log", "--all", "--reflog", "-z", "--format=%h %B"])?;
        let said = String::from_utf8_lossy(&said).into_owned();
        let commits = said.split('\0').filter_map(|note| note.split_once(' '));
        let commits = commits.map(|(commit, note)| (commit.to_owned(), note.to_owned()));
        let refs = self.ask(&["for-each-ref", "--format=%(objectname:short) %(refname)"])?;
        let refs = refs.lines().filter_map(|line| line.split_once(' '));
        let refs = refs.map(|(commit, name)| (commit.to_owned(), name.to_owned()));
        Ok(commits.chain(refs).collect())
    }

    /// The other repositories to which this one is copied.
    ///
    /// # Errors
    ///
    /// [`GitFault`].
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
            // It is shown without what signs in to it, and may be told so.
            let is_known = known
                .lines()
                .any(|known| known == url || known == remote.shown_url());
            let remote = Remote { is_known, ..remote };
            if !remotes.contains(&remote) {
                remotes.push(remote);
            }
        }
        Ok(remotes)
    }

    /// Names of prints, exports and keys that git would take in.
    pub fn unignored(&self) -> Vec<&'static str> {
        let is_taken = |path: &&&str| self.ask(&["check-ignore", "-q", "--", path]).is_err();
        NEVER_TAKEN.iter().filter(is_taken).copied().collect()
    }

    /// Whether each commit is checked first.
    pub fn has_hook(&self) -> bool {
        let path = self.hooks().map(|folder| folder.join("pre-commit"));
        let Some(path) = path.ok().filter(|path| is_run(path)) else {
            return false;
        };
        let text = fs::read_to_string(path).unwrap_or_default();
        let mut lines = text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'));
        lines.any(|line| line.contains("cuncao"))
    }

    /// Whether the oldest commits are not there.
    fn is_shallow(&self) -> bool {
        let answer = self.ask(&["rev-parse", "--is-shallow-repository"]);
        answer.is_ok_and(|answer| answer.trim() == "true")
    }

    /// The records that some commit of any branch or stash holds, or one that a branch once led to, with the names of
    /// all their texts.
    ///
    /// # Errors
    ///
    /// [`GitFault`].
    pub fn history(&self) -> Result<BTreeMap<Id, BTreeSet<String>>, GitFault> {
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
        let mut history: BTreeMap<Id, BTreeSet<String>> = BTreeMap::new();
        let mut parts = answer.split(|byte| *byte == 0);
        while let Some(head) = parts.next() {
            let head = String::from_utf8_lossy(head);
            let Some(raw) = head.trim_start_matches('\n').strip_prefix(':') else {
                continue;
            };
            let path = String::from_utf8_lossy(parts.next().unwrap_or_default());
            let Some(id) = layout::id_of(&path) else {
                continue;
            };
            let texts = raw.split(' ').skip(2).take(2);
            let texts = texts.filter(|name| !name.trim_matches('0').is_empty());
            history
                .entry(id)
                .or_default()
                .extend(texts.map(str::to_owned));
        }
        Ok(history)
    }

    /// The records of which some commit holds in clear what is to be sealed.
    ///
    /// # Errors
    ///
    /// [`GitFault`].
    pub fn clear_of(&self, history: &BTreeMap<Id, BTreeSet<String>>) -> Result<Vec<Id>, GitFault> {
        /// So many texts are asked for at once.
        const BATCH: usize = 1000;
        let has_confidential = |id: &Id| {
            let leaves = id.kind().shape().leaves();
            let mut leaves = leaves.iter();
            leaves.any(|(_, field)| matches!(field.holds, crate::model::shape::Holds::Confidential))
        };
        let wanted: Vec<(Id, &str)> = history
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
                let values = confidential_values(id.kind().shape(), text);
                let is_clear = |value: &String| !is_sealed(value) && is_filled(value);
                if values.values().any(is_clear) {
                    clear.insert(*id);
                }
            }
        }
        Ok(clear.into_iter().collect())
    }
}

/// Whether git runs a hook: one that may not be run is passed over.
#[cfg(unix)]
fn is_run(hook: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(hook).is_ok_and(|file| file.permissions().mode() & 0o111 != 0)
}

/// Elsewhere every hook is run.
#[cfg(not(unix))]
fn is_run(_: &Path) -> bool {
    true
}

/// The part of a path that tells that a program copies the folder to somebody else's machines.
fn cloud(root: &Path) -> Option<String> {
    let root = root.canonicalize().ok()?;
    let parts = root.components();
    let mut parts = parts.map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.find(|part| {
        let part = part.to_lowercase();
        CLOUDS.iter().any(|word| part.contains(word))
    })
}

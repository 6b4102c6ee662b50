//! The history of files: commits that added, changed, moved or removed them.

use std::collections::{BTreeSet, HashSet};

use super::git::{Git, GitFault};
use crate::model::Id;

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The full hash.
    pub hash: String,
    /// The author.
    pub author: String,
    /// The author date in ISO 8601, with offset.
    pub time: String,
    /// The subject line.
    pub subject: String,
    /// Whether the parents are missing, as at the end of a shallow clone; the files that it changed are unknown then.
    pub is_cut: bool,
    /// The files that it changed in the whole repository.
    pub files: Vec<FileVersions>,
}

/// A file before and after a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileVersions {
    /// The path relative to the top of the repository, with `/`.
    pub path: String,
    /// The previous path, if the commit moved the file.
    pub moved: Option<Moved>,
    /// The blob before; none if the commit added the file.
    pub before: Option<String>,
    /// The blob after; none if the commit removed the file.
    pub after: Option<String>,
}

/// A move in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The previous path relative to the top of the repository, with `/`.
    pub from: String,
    /// The similarity of the contents, in percent.
    pub alike: u8,
}

impl Git {
    /// Returns the path of the records directory in the repository: empty at the top, otherwise with a final `/`.
    pub fn prefix(&self) -> Result<String, GitFault> {
        self.ask(&["rev-parse", "--show-prefix"])
    }

    /// Returns the files in the repository for which a commit adds or removes a line with one of some words, on any
    /// branch or in the reflog, ignoring case and separators. Leaves out the files of the records in `but`.
    pub fn files_that_held(&self, words: &[String], but: &[Id]) -> Result<Vec<String>, GitFault> {
        /// Separators within names and numbers.
        const BETWEEN: &str = "([[:space:]./_()-]|—|–|－|·|　)*";
        let pattern = |c: char| {
            if c.is_ascii_alphabetic() {
                format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase())
            } else {
                c.to_string()
            }
        };
        let words: Vec<String> = words
            .iter()
            .map(|word| {
                let letters = word.chars().filter(|c| c.is_alphanumeric());
                let chars: Vec<String> = letters.map(pattern).collect();
                chars.join(BETWEEN)
            })
            .collect();
        let but: Vec<String> = but
            .iter()
            .map(|id| format!(":(exclude,top,glob)**/*{id}*"))
            .collect();
        let mut files = vec![":(top)"];
        files.extend(but.iter().map(String::as_str));
        self.files_matching(&words.join("|"), &files)
    }

    /// Returns the files in the records directory for which a commit adds or removes a line with an identity number.
    pub fn files_that_held_cards(&self) -> Result<Vec<String>, GitFault> {
        const CARD: &str = "(^|[^0-9])[0-9]{6}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])\
                            [0-9]{3}[0-9Xx]([^0-9]|$)";
        self.files_matching(CARD, &["."])
    }

    /// Returns the files among some pathspecs for which a commit adds or removes a line that matches a regular
    /// expression.
    fn files_matching(&self, pattern: &str, files: &[&str]) -> Result<Vec<String>, GitFault> {
        let wanted = format!("-G{pattern}");
        let mut arguments = vec![
            "log",
            "--all",
            "--reflog",
            "-m",
            "-z",
            "--name-only",
            "--no-relative",
            "--no-ext-diff",
            "--no-textconv",
            "--format=",
            &wanted,
            "--",
        ];
        arguments.extend(files);
        self.paths(&arguments)
    }

    /// Returns the distinct paths that a git command prints, sorted.
    pub(super) fn paths(&self, arguments: &[&str]) -> Result<Vec<String>, GitFault> {
        let answer = self.run(arguments)?;
        let paths = answer.split(|byte| matches!(byte, 0 | b'\n'));
        let paths = paths.filter(|path| !path.is_empty());
        let paths: BTreeSet<String> = paths
            .map(|path| String::from_utf8_lossy(path).into_owned())
            .collect();
        Ok(paths.into_iter().collect())
    }

    /// Returns the commits that changed some files, newest first, each with all its files. `files` are pathspecs of git
    /// (`:(top,glob)children/**`).
    pub fn log(
        &self,
        files: &[String],
        since: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Vec<Commit>, GitFault> {
        if self
            .run(&["rev-parse", "--verify", "--quiet", "HEAD"])
            .is_err()
        {
            // There is no commit yet.
            return Ok(Vec::new());
        }
        let range = match since {
            Some(revision) => format!("{}..HEAD", self.revision(revision)?),
            None => String::from("HEAD"),
        };
        let limit = limit.map(|limit| format!("--max-count={limit}"));
        let mut arguments = vec![
            "-c",
            "log.follow=false",
            "log",
            "-z",
            "--raw",
            "--no-abbrev",
            // Detect moves also from outside of the pathspecs.
            "-M",
            "--full-diff",
            "--no-relative",
            "--no-ext-diff",
            "--no-textconv",
            "--no-show-signature",
            "--format=%x01%H%x00%an%x00%aI%x00%s%x00",
        ];
        arguments.extend(limit.as_deref());
        arguments.extend([range.as_str(), "--"]);
        arguments.extend(files.iter().map(String::as_str));
        let mut commits = commits(&self.run(&arguments)?);
        let shallow_commits = self.shallow_commits()?;
        for commit in &mut commits {
            commit.is_cut = shallow_commits.contains(&commit.hash);
        }
        Ok(commits)
    }

    /// Returns the commits whose parents are missing in a shallow clone.
    fn shallow_commits(&self) -> Result<HashSet<String>, GitFault> {
        let path = self.ask(&["rev-parse", "--git-path", "shallow"])?;
        match std::fs::read_to_string(self.root.join(path)) {
            Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(HashSet::new()),
            Err(fault) => Err(GitFault::Failed(fault.to_string())),
        }
    }
}

/// Parses the output of `git log -z --raw`.
fn commits(answer: &[u8]) -> Vec<Commit> {
    let mut parts = answer.split(|byte| *byte == 0).map(|part| {
        String::from_utf8_lossy(part)
            .trim_start_matches('\n')
            .to_owned()
    });
    let mut commits: Vec<Commit> = Vec::new();
    while let Some(part) = parts.next() {
        let mut next = || parts.next().unwrap_or_default();
        if let Some(hash) = part.strip_prefix('\u{1}') {
            commits.push(Commit {
                hash: hash.to_owned(),
                author: next(),
                time: next(),
                subject: next(),
                is_cut: false,
                files: Vec::new(),
            });
        } else if let (Some(raw), Some(commit)) = (part.strip_prefix(':'), commits.last_mut()) {
            let words: Vec<&str> = raw.split(' ').collect();
            let name = |at: usize| {
                let name = words.get(at).copied().unwrap_or_default();
                (!name.trim_matches('0').is_empty()).then(|| name.to_owned())
            };
            let (before, after) = (name(2), name(3));
            let alike = words.get(4).and_then(|state| state.strip_prefix('R'));
            let moved = alike.map(|alike| Moved {
                from: next(),
                alike: alike.parse().unwrap_or(0),
            });
            commit.files.push(FileVersions {
                path: next(),
                moved,
                before,
                after,
            });
        }
    }
    commits
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::Store;
    use super::super::git::tests::{commit, repository};

    fn all() -> Vec<String> {
        vec![":(top,glob)**".to_owned()]
    }

    #[test]
    fn commits_have_the_texts_before_and_after() {
        let (_dir, store, git) = repository();
        assert_eq!(store.git().unwrap().log(&all(), None, None).unwrap(), []);
        store
            .create_file("children/c4t8w2z.toml", "a = 1\n")
            .unwrap();
        commit(&git, "建档");
        store
            .replace("children/c4t8w2z.toml", "a = 1\n", "a = 2\n")
            .unwrap();
        store
            .create_file("children/c000001.toml", "b = 1\n")
            .unwrap();
        commit(&git, "改");
        let log = git.log(&all(), None, None).unwrap();
        assert_eq!(
            log.iter()
                .map(|c| (c.author.as_str(), c.subject.as_str(), c.files.len()))
                .collect::<Vec<_>>(),
            [("李老师", "改", 2), ("李老师", "建档", 1)]
        );
        let file = &log[0].files[1];
        assert_eq!(file.path, "记录/children/c4t8w2z.toml");
        let (before, after) = (file.before.clone().unwrap(), file.after.clone().unwrap());
        let texts = git.texts(&[&before, &after]).unwrap();
        assert_eq!(
            (texts[&before].as_str(), texts[&after].as_str()),
            ("a = 1\n", "a = 2\n")
        );
        let one = git
            .log(&[":(top,glob)**/c000001.toml".to_owned()], None, Some(9))
            .unwrap();
        assert_eq!(one.len(), 1);
    }

    #[test]
    fn moves_and_shallow_boundaries_are_detected() {
        let (dir, store, git) = repository();
        let text = "a = 1\nb = 2\nc = 3\nd = 4\n";
        store.create_file("children/c4t8w2z.toml", text).unwrap();
        commit(&git, "建档");
        git.run(&["mv", "children", "孩子"]).unwrap();
        commit(&git, "搬");
        let log = git
            .log(&[":(top)记录/孩子".to_owned()], None, None)
            .unwrap();
        let moved = log[0].files[0].moved.as_ref().unwrap();
        assert_eq!(
            (log.len(), moved.from.as_str(), moved.alike),
            (1, "记录/children/c4t8w2z.toml", 100)
        );
        let clone = dir.path().join("浅");
        let from = format!("file://{}", dir.path().display());
        git.run(&["clone", "-q", "--depth=1", &from, clone.to_str().unwrap()])
            .unwrap();
        let shallow = Store::at(&clone).git().unwrap();
        let log = shallow.log(&all(), None, None).unwrap();
        assert_eq!((log.len(), log[0].is_cut), (1, true));
        assert!(
            git.log(&all(), None, None)
                .unwrap()
                .iter()
                .all(|commit| !commit.is_cut)
        );
    }
}

//! Queries to git about the records directory, through the git program, which respects the user's configuration.
//!
//! Read-only. Revisions and paths are passed so that none can be mistaken for an option; paths are separated by NUL, so
//! that git does not quote Chinese names.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::Store;
use super::file::MAX_FILE_BYTES;

/// A git work tree that contains the records directory.
#[derive(Clone, Debug)]
pub struct Git {
    pub(super) root: PathBuf,
}

/// The reason why git gave no answer.
#[derive(Debug)]
pub enum GitFault {
    /// The git program is not installed.
    NoProgram,
    /// The records directory is not in a repository, or in one that belongs to another user.
    NoRepository(String),
    /// There is no such revision.
    UnknownRevision(String),
    /// Another error message of git.
    Failed(String),
}

impl Store {
    /// Finds the repository of the records directory.
    ///
    /// # Errors
    ///
    /// [`GitFault::NoProgram`] or [`GitFault::NoRepository`].
    pub fn git(&self) -> Result<Git, GitFault> {
        let git = Git {
            root: self.root().to_owned(),
        };
        match git.run(&["rev-parse", "--is-inside-work-tree"]) {
            Ok(answer) if answer.starts_with(b"true") => Ok(git),
            Ok(_) => Err(GitFault::NoRepository(String::new())),
            Err(GitFault::Failed(message)) => Err(GitFault::NoRepository(message)),
            Err(fault) => Err(fault),
        }
    }
}

impl Git {
    /// Returns a git command with the common options.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(&self.root)
            .args([
                "--no-pager",
                "-c",
                "core.quotePath=false",
                "-c",
                "core.fsmonitor=false",
                "-c",
                "i18n.logOutputEncoding=UTF-8",
            ])
            .args(arguments)
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        // A hook gets relative paths, but we run git in another folder.
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            if let Some(path) = std::env::var_os(name).filter(|path| !path.is_empty())
                && let Ok(path) = std::path::absolute(path)
            {
                command.env(name, path);
            }
        }
        // If only `GIT_DIR` is set, as for hooks in linked work trees, git takes its working directory as the top of
        // the work tree. That is ours, not the folder in which we run git.
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        if is_set("GIT_DIR")
            && !is_set("GIT_WORK_TREE")
            && let Ok(folder) = std::env::current_dir()
        {
            command.env("GIT_WORK_TREE", folder);
        }
        command
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, GitFault> {
        let output = output(&mut self.command(arguments))?;
        if output.status.success() {
            Ok(output.stdout)
        } else {
            Err(GitFault::Failed(
                String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            ))
        }
    }

    /// Runs git and returns its output without the final line end.
    pub fn ask(&self, arguments: &[&str]) -> Result<String, GitFault> {
        let answer = self.run(arguments)?;
        Ok(String::from_utf8_lossy(&answer)
            .trim_end_matches('\n')
            .to_owned())
    }

    /// Resolves a revision to a commit.
    pub(super) fn revision(&self, revision: &str) -> Result<String, GitFault> {
        let commit = format!("{revision}^{{commit}}");
        self.ask(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ])
        .map_err(|fault| match fault {
            GitFault::Failed(_) => GitFault::UnknownRevision(revision.to_owned()),
            other => other,
        })
    }

    /// Returns the paths of files that differ from a commit, including untracked and deleted ones, relative to the
    /// records directory, sorted.
    pub fn changed_since(&self, revision: &str) -> Result<Vec<String>, GitFault> {
        let commit = self.revision(revision)?;
        let differing = self.run(&[
            "diff",
            "--name-only",
            "-z",
            "--relative",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            &commit,
            "--",
            ".",
        ])?;
        let unknown = self.run(&[
            "ls-files",
            "-z",
            "--others",
            "--exclude-standard",
            "--",
            ".",
        ])?;
        let mut paths: Vec<String> = [differing, unknown]
            .iter()
            .flat_map(|answer| answer.split(|byte| *byte == 0))
            .filter(|path| !path.is_empty())
            .map(|path| String::from_utf8_lossy(path).into_owned())
            .collect();
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    /// Returns the contents of blobs by their names; leaves out those that are not UTF-8 or too large for a record.
    pub fn texts(&self, names: &[&str]) -> Result<HashMap<String, String>, GitFault> {
        let failed = |fault: io::Error| GitFault::Failed(fault.to_string());
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let mut input = child.stdin.take();
        let questions: String = names.iter().map(|name| format!("{name}\n")).collect();
        // Written by another thread, because git answers before it has read all of its input.
        let asking = std::thread::spawn(move || {
            input
                .as_mut()
                .map_or(Ok(()), |input| input.write_all(questions.as_bytes()))
        });
        let mut texts = HashMap::new();
        if let Some(output) = child.stdout.take() {
            let mut output = BufReader::new(output);
            let mut line = String::new();
            while output.read_line(&mut line).map_err(failed)? > 0 {
                let parts: Vec<&str> = line.split_whitespace().collect();
                if let [name, _, size] = parts[..]
                    && let Ok(size) = size.parse::<u64>()
                {
                    let mut text = Vec::new();
                    output
                        .by_ref()
                        .take(size + 1)
                        .read_to_end(&mut text)
                        .map_err(failed)?;
                    text.pop();
                    if text.len() <= MAX_FILE_BYTES
                        && let Ok(text) = String::from_utf8(text)
                    {
                        texts.insert(name.to_owned(), text);
                    }
                }
                line.clear();
            }
        }
        let _ = asking.join();
        child.wait().map_err(failed)?;
        Ok(texts)
    }

    /// Returns the folder in which git looks for hooks.
    pub fn hooks(&self) -> Result<PathBuf, GitFault> {
        let path = self.ask(&["rev-parse", "--git-path", "hooks"])?;
        Ok(self.root.join(Path::new(&path)))
    }
}

/// Runs a command of git and returns its output, whatever its exit status.
pub(super) fn output(command: &mut Command) -> Result<Output, GitFault> {
    read_output(command).map_err(|fault| match fault.kind() {
        io::ErrorKind::NotFound => GitFault::NoProgram,
        _ => GitFault::Failed(fault.to_string()),
    })
}

/// Replaces `Command::output`, which panics if reading from a pipe fails.
fn read_output(command: &mut Command) -> io::Result<Output> {
    let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn()?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // Both pipes are read at the same time, because git blocks while one of them is full.
    let (stdout, stderr) = std::thread::scope(|scope| {
        let stderr = scope.spawn(|| read(stderr));
        (read(stdout), stderr.join())
    });
    let status = child.wait()?;
    Ok(Output {
        status,
        stdout: stdout?,
        stderr: stderr.map_err(|_| io::Error::other("a thread panicked"))??,
    })
}

fn read(pipe: Option<impl io::Read>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    pipe.map_or(Ok(0), |mut pipe| pipe.read_to_end(&mut bytes))?;
    Ok(bytes)
}

// Under Wine there is no git.
#[cfg(all(test, unix))]
pub(super) mod tests {
    use super::*;

    pub(in crate::store) fn repository() -> (tempfile::TempDir, Store, Git) {
        let dir = tempfile::tempdir().unwrap();
        let records = dir.path().join("记录");
        std::fs::create_dir(&records).unwrap();
        let store = Store::at(&records);
        let git = Git { root: records };
        git.run(&["init", "-q", ".."]).unwrap();
        (dir, store, git)
    }

    pub(in crate::store) fn commit(git: &Git, message: &str) {
        git.run(&["add", "-A", "."]).unwrap();
        git.run(&[
            "-c",
            "user.name=李老师",
            "-c",
            "user.email=li@example.org",
            "commit",
            "-q",
            "-m",
            message,
        ])
        .unwrap();
    }

    #[test]
    fn changed_files_include_untracked_ones() {
        let (_dir, store, git) = repository();
        store
            .create_file("children/c4t8w2z.toml", "a = 1\n")
            .unwrap();
        store
            .create_file("children/c000001.toml", "b = 1\n")
            .unwrap();
        commit(&git, "建档");
        assert_eq!(git.changed_since("HEAD").unwrap(), Vec::<String>::new());
        store.remove("children/c000001.toml", "b = 1\n").unwrap();
        store
            .create_file("helpers/h000001.toml", "c = 1\n")
            .unwrap();
        assert_eq!(
            git.changed_since("HEAD").unwrap(),
            ["children/c000001.toml", "helpers/h000001.toml"]
        );
        for hostile in ["nothing", "--output=/tmp/x", "-h", "HEAD; true"] {
            assert!(
                matches!(
                    git.changed_since(hostile),
                    Err(GitFault::UnknownRevision(_))
                ),
                "{hostile}"
            );
        }
    }

    #[test]
    fn outside_of_a_repository_there_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(
            Store::at(dir.path()).git(),
            Err(GitFault::NoRepository(_))
        ));
    }
}

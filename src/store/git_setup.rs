//! What git is told once in each clone: the check before each commit, and how records are merged.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use super::Store;
use super::git::{Git, GitFault};

/// The name of the merge driver in `.gitattributes` and in the settings of git.
const DRIVER: &str = "cuncao";

/// The line of `.gitattributes` that has records merged by the tool.
const ATTRIBUTE: &str = "*.toml merge=cuncao";

/// What git runs to merge a record. A clone on a machine without the tool merges by lines, as git does by itself.
const MERGE: &str = "command -v cuncao >/dev/null 2>&1 && exec cuncao merge %O %A %B %P; \
                     exec git merge-file -L ours -L base -L theirs %A %O %B";

/// What became of the hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hook {
    /// It was written.
    Written(PathBuf),
    /// It was there.
    There,
    /// There is one that is not ours.
    Other(PathBuf),
}

/// Why git was not set up.
#[derive(Debug)]
pub enum SetupError {
    /// Git said no.
    Git(GitFault),
    /// The system refused to write a file.
    System(PathBuf, io::Error),
}

impl From<GitFault> for SetupError {
    fn from(fault: GitFault) -> SetupError {
        SetupError::Git(fault)
    }
}

impl Git {
    /// Has each commit checked first.
    ///
    /// # Errors
    ///
    /// [`SetupError`].
    pub fn install_hook(&self) -> Result<Hook, SetupError> {
        let within = self.ask(&["rev-parse", "--show-prefix"])?;
        let text = hook(&within);
        let folder = self.hooks()?;
        let path = folder.join("pre-commit");
        let system = |fault| SetupError::System(path.clone(), fault);
        fs::create_dir_all(&folder).map_err(system)?;
        match fs::read(&path) {
            Ok(known) if known == text.as_bytes() => return Ok(Hook::There),
            Ok(_) => return Ok(Hook::Other(path)),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
            Err(fault) => return Err(system(fault)),
        }
        fs::write(&path, text).map_err(system)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).map_err(system)?;
        }
        Ok(Hook::Written(path))
    }

    /// Tells this clone how records are merged; whether that is new.
    ///
    /// # Errors
    ///
    /// [`GitFault`].
    pub fn set_merge_driver(&self) -> Result<bool, GitFault> {
        if self.has_merge_driver() {
            return Ok(false);
        }
        self.ask(&["config", "merge.cuncao.name", "records, field by field"])?;
        self.ask(&["config", "merge.cuncao.driver", MERGE])?;
        Ok(true)
    }

    /// Whether this clone knows how records are merged.
    pub fn has_merge_driver(&self) -> bool {
        let known = self.ask(&["config", "--get", "merge.cuncao.driver"]);
        known.is_ok_and(|command| command == MERGE)
    }

    /// Whether `.gitattributes` has records merged by the tool.
    pub fn has_merge_attribute(&self) -> bool {
        // A name as records have them: whether there is such a file makes no difference.
        let answer = self.ask(&["check-attr", "merge", "--", "children/c000000.toml"]);
        answer.is_ok_and(|answer| answer.ends_with(&format!(": {DRIVER}")))
    }
}

impl Store {
    /// Adds the line to `.gitattributes` that has records merged by the tool.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn add_merge_attribute(&self) -> io::Result<()> {
        let path = self.root().join(".gitattributes");
        let mut text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => String::new(),
            Err(fault) => return Err(fault),
        };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        super::outside::replace_text(&path, &format!("{text}{ATTRIBUTE}\n"))
    }
}

/// The hook: checks what is staged, as staged. It runs at the top of the repository, of which the records directory
/// may be a part; a machine without the tool may still commit.
fn hook(within: &str) -> String {
    let within = match within {
        "" => ".".to_owned(),
        within => within.replace('\'', "'\\''"),
    };
    format!(
        "#!/bin/sh\n# cuncao: checks the records that are staged. Skip once with: git commit --no-verify\n\
         command -v cuncao >/dev/null 2>&1 || {{ echo 'cuncao is not installed: records not checked' >&2; exit 0; }}\n\
         exec cuncao -C '{within}' validate --staged\n"
    )
}

/// Merges three versions of a file by lines, as git does; whether nothing is in conflict.
///
/// # Errors
///
/// [`GitFault`].
pub fn merge_lines(
    base: &std::path::Path,
    ours: &std::path::Path,
    theirs: &std::path::Path,
) -> Result<bool, GitFault> {
    let output = Command::new("git")
        .args([
            "merge-file",
            "-q",
            "-L",
            "ours",
            "-L",
            "base",
            "-L",
            "theirs",
            "--",
        ])
        .args([ours, base, theirs])
        .output()
        .map_err(|fault| match fault.kind() {
            io::ErrorKind::NotFound => GitFault::NoProgram,
            _ => GitFault::Failed(fault.to_string()),
        })?;
    match output.status.code() {
        Some(0) => Ok(true),
        // The number of conflicts.
        Some(1..=127) => Ok(false),
        _ => Err(GitFault::Failed(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        )),
    }
}

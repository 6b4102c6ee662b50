//! What git is told once in each clone: the check before each commit, how records are merged and compared.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use super::Store;
use super::git::{Git, GitFault, output};

/// The name of the drivers in `.gitattributes` and in the settings of git.
const DRIVER: &str = "cuncao";

/// What `.gitattributes` says of records, each of which git knows how to do by its settings.
const ATTRIBUTES: [&str; 2] = ["merge", "diff"];

/// What git runs to merge a record. A clone on a machine without the tool merges by lines, as git does by itself.
const MERGE: &str = "command -v cuncao >/dev/null 2>&1 && exec cuncao merge %O %A %B %P; \
                     exec git merge-file -L ours -L base -L theirs %A %O %B";

/// What of a record stands over each part of a difference: the table, the name or the day that comes before it.
const HEADING: &str = r"^(\[.+\].*|(name|title|date) = .*)$";

/// What `git diff --word-diff` takes for a word: a code, a date or a number, a mark, a run of Chinese characters.
const WORD: &str = "[A-Za-z0-9_.:+-]+|[[:punct:]]|[^[:space:][:punct:]A-Za-z0-9]+";

/// What each clone is told. None of it needs the tool to be there.
const SETTINGS: [(&str, &str); 4] = [
    ("merge.cuncao.name", "records, field by field"),
    ("merge.cuncao.driver", MERGE),
    ("diff.cuncao.xfuncname", HEADING),
    ("diff.cuncao.wordRegex", WORD),
];

/// What became of the hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HookState {
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
    pub fn install_hook(&self) -> Result<HookState, SetupError> {
        let within = self.ask(&["rev-parse", "--show-prefix"])?;
        let text = hook(&within);
        let folder = self.hooks()?;
        let path = folder.join("pre-commit");
        let system = |fault| SetupError::System(path.clone(), fault);
        fs::create_dir_all(&folder).map_err(system)?;
        match fs::read(&path) {
            Ok(known) if known == text.as_bytes() => return Ok(HookState::There),
            Ok(_) => return Ok(HookState::Other(path)),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
            Err(fault) => return Err(system(fault)),
        }
        fs::write(&path, text).map_err(system)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).map_err(system)?;
        }
        Ok(HookState::Written(path))
    }

    /// Tells this clone how records are merged and how differences are shown; whether that is new.
    ///
    /// # Errors
    ///
    /// [`GitFault`].
    pub fn set_drivers(&self) -> Result<bool, GitFault> {
        let mut is_new = false;
        for (name, value) in SETTINGS {
            if self.ask(&["config", "--get", name]).ok().as_deref() != Some(value) {
                self.ask(&["config", name, value])?;
                is_new = true;
            }
        }
        Ok(is_new)
    }

    /// Whether this clone knows how records are merged.
    pub fn has_merge_driver(&self) -> bool {
        let known = self.ask(&["config", "--get", "merge.cuncao.driver"]);
        known.is_ok_and(|command| command == MERGE)
    }

    /// Whether `.gitattributes` has records merged by the tool.
    pub fn has_merge_attribute(&self) -> bool {
        self.has_attribute("merge")
    }

    fn has_attribute(&self, name: &str) -> bool {
        // A name as records have them: whether there is such a file makes no difference.
        let answer = self.ask(&["check-attr", name, "--", "children/c000000.toml"]);
        answer.is_ok_and(|answer| answer.ends_with(&format!(": {DRIVER}")))
    }

    /// What `.gitattributes` still has to say of records: how they are merged, how differences are shown.
    pub fn missing_attributes(&self) -> Vec<&'static str> {
        let mut missing = ATTRIBUTES.to_vec();
        missing.retain(|name| !self.has_attribute(name));
        missing
    }
}

impl Store {
    /// Adds to `.gitattributes` that records are merged by the tool, or that their differences are shown by its rules.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn add_attributes(&self, names: &[&str]) -> io::Result<()> {
        let path = self.root().join(".gitattributes");
        let mut text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => String::new(),
            Err(fault) => return Err(fault),
        };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let names: String = names
            .iter()
            .map(|name| format!(" {name}={DRIVER}"))
            .collect();
        super::outside::replace_text(&path, &format!("{text}*.toml{names}\n"))
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
    let mut command = Command::new("git");
    command
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
        .args([ours, base, theirs]);
    let output = output(&mut command)?;
    match output.status.code() {
        Some(0) => Ok(true),
        // The number of conflicts.
        Some(1..=127) => Ok(false),
        _ => Err(GitFault::Failed(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        )),
    }
}

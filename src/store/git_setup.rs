//! The setup of git in a clone: the pre-commit hook, the merge driver and the diff driver.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use super::Store;
use super::git::{Git, GitFault, output};

/// The name of the drivers in `.gitattributes` and in git's configuration.
const DRIVER: &str = "cuncao";

/// The attributes of records in `.gitattributes`.
const ATTRIBUTES: [&str; 2] = ["merge", "diff"];

/// The command of the merge driver. Without this tool it merges by lines, as git itself does.
const MERGE_COMMAND: &str = "command -v cuncao >/dev/null 2>&1 && exec cuncao merge %O %A %B %P; \
                     exec git merge-file -L ours -L base -L theirs %A %O %B";

/// The lines that `git diff` shows as the heading of a hunk: a table, a name or a date.
const HUNK_HEADING: &str = r"^(\[.+\].*|(name|title|date) = .*)$";

/// The words of `git diff --word-diff`: a code, a date or a number, a punctuation mark, a run of Chinese characters.
const WORD_REGEX: &str = "[A-Za-z0-9_.:+-]+|[[:punct:]]|[^[:space:][:punct:]A-Za-z0-9]+";

/// The configuration of each clone; it also works without this tool.
const SETTINGS: [(&str, &str); 4] = [
    ("merge.cuncao.name", "records, field by field"),
    ("merge.cuncao.driver", MERGE_COMMAND),
    ("diff.cuncao.xfuncname", HUNK_HEADING),
    ("diff.cuncao.wordRegex", WORD_REGEX),
];

/// The result of installing the hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HookState {
    /// It was written.
    Written(PathBuf),
    /// It was already installed.
    There,
    /// There is a hook of somebody else.
    Other(PathBuf),
}

/// The reason why git was not set up.
#[derive(Debug)]
pub enum SetupError {
    /// Git failed.
    Git(GitFault),
    /// A file could not be written.
    System(PathBuf, io::Error),
}

impl From<GitFault> for SetupError {
    fn from(fault: GitFault) -> SetupError {
        SetupError::Git(fault)
    }
}

impl Git {
    /// Installs the pre-commit hook.
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

    /// Configures the merge and diff drivers in this clone; returns whether that changed anything.
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

    /// Whether the merge driver is configured in this clone.
    pub fn has_merge_driver(&self) -> bool {
        let known = self.ask(&["config", "--get", "merge.cuncao.driver"]);
        known.is_ok_and(|command| command == MERGE_COMMAND)
    }

    /// Whether `.gitattributes` selects the merge driver for records.
    pub fn has_merge_attribute(&self) -> bool {
        self.has_attribute("merge")
    }

    fn has_attribute(&self, name: &str) -> bool {
        // Any valid name of a record, whether or not the file exists.
        let answer = self.ask(&["check-attr", name, "--", "children/c000000.toml"]);
        answer.is_ok_and(|answer| answer.ends_with(&format!(": {DRIVER}")))
    }

    /// Returns the attributes that `.gitattributes` does not set for records.
    pub fn missing_attributes(&self) -> Vec<&'static str> {
        let mut missing = ATTRIBUTES.to_vec();
        missing.retain(|name| !self.has_attribute(name));
        missing
    }
}

impl Store {
    /// Adds attributes of records to `.gitattributes`.
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

/// Returns the script of the hook, which checks the staged files. It runs at the top of the repository, of which the
/// records directory may be a part, and lets commits pass on a machine without this tool.
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

/// Merges three versions of a file by lines, as git does; returns whether there are no conflicts.
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
        // The exit status is the number of conflicts.
        Some(1..=127) => Ok(false),
        _ => Err(GitFault::Failed(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        )),
    }
}

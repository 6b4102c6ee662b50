//! Changes of single files.

/// A change of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// Create a file.
    Create {
        /// The path relative to the records directory, with `/`.
        path: String,
        /// The text.
        text: String,
    },
    /// Replace the text of a file.
    Replace {
        /// The path.
        path: String,
        /// The text when the file was read.
        old: String,
        /// The new text.
        new: String,
    },
    /// Remove a file.
    Remove {
        /// The path.
        path: String,
        /// The text when the file was read.
        old: String,
    },
}

impl FileChange {
    /// Returns the path relative to the records directory, with `/`.
    pub fn path(&self) -> &str {
        match self {
            FileChange::Create { path, .. }
            | FileChange::Replace { path, .. }
            | FileChange::Remove { path, .. } => path,
        }
    }

    /// Returns the text before; none for a new file.
    pub fn old_text(&self) -> Option<&str> {
        match self {
            FileChange::Create { .. } => None,
            FileChange::Replace { old, .. } | FileChange::Remove { old, .. } => Some(old),
        }
    }

    /// Returns the text after; none for a removed file.
    pub fn new_text(&self) -> Option<&str> {
        match self {
            FileChange::Create { text, .. } => Some(text),
            FileChange::Replace { new, .. } => Some(new),
            FileChange::Remove { .. } => None,
        }
    }

    /// Returns the changes that move a file to another path, with another text.
    pub fn moving(from: &str, old: &str, to: &str, new: &str) -> [FileChange; 2] {
        let create = FileChange::Create {
            path: to.to_owned(),
            text: new.to_owned(),
        };
        let remove = FileChange::Remove {
            path: from.to_owned(),
            old: old.to_owned(),
        };
        [create, remove]
    }
}

//! What is to become of one file.

/// One file to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// A new file.
    Create {
        /// Its path, from the records directory, with `/`.
        path: String,
        /// Its text.
        text: String,
    },
    /// Another text for a file that was read before.
    Replace {
        /// Its path.
        path: String,
        /// What it held when it was read.
        old: String,
        /// What it is to hold.
        new: String,
    },
    /// A file to be removed that was read before.
    Remove {
        /// Its path.
        path: String,
        /// What it held when it was read.
        old: String,
    },
}

impl FileChange {
    /// The path of the file, from the records directory, with `/`.
    pub fn path(&self) -> &str {
        match self {
            FileChange::Create { path, .. }
            | FileChange::Replace { path, .. }
            | FileChange::Remove { path, .. } => path,
        }
    }

    /// What the file holds before; none where it is new.
    pub fn old_text(&self) -> Option<&str> {
        match self {
            FileChange::Create { .. } => None,
            FileChange::Replace { old, .. } | FileChange::Remove { old, .. } => Some(old),
        }
    }

    /// What the file holds after; none where it is gone.
    pub fn new_text(&self) -> Option<&str> {
        match self {
            FileChange::Create { text, .. } => Some(text),
            FileChange::Replace { new, .. } => Some(new),
            FileChange::Remove { .. } => None,
        }
    }

    /// A file that goes to another path, with another text.
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

//! The forms a document can take.

use std::io;

use super::model::Document;

/// A form that a document can take.
pub trait Format: Sync {
    /// The name, as `--format` takes it; also the file's extension.
    fn name(&self) -> &'static str;

    /// Whether the bytes are text that a terminal can show.
    fn is_text(&self) -> bool;

    /// Whether it shows what the numbers were counted from, which takes time to gather.
    fn shows_sources(&self) -> bool {
        false
    }

    /// The document in this form. The same document gives the same bytes.
    ///
    /// # Errors
    /// Where the form cannot hold so much: a Word file of more than four gigabytes.
    fn render(&self, document: &Document) -> io::Result<Vec<u8>>;
}

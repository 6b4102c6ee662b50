//! The trait that output formats implement.

use std::io;

use super::model::Document;

/// An output format for documents.
pub trait Format: Sync {
    /// The name, as accepted by `--format`; also the file extension.
    fn name(&self) -> &'static str;

    /// Whether the output is text that a terminal can show.
    fn is_text(&self) -> bool;

    /// Whether it lists the records behind each figure, which take time to gather.
    fn shows_sources(&self) -> bool {
        false
    }

    /// Renders a document; the output is reproducible.
    ///
    /// # Errors
    ///
    /// The output exceeds the limits of the format, such as 4 GB for a Word file.
    fn render(&self, document: &Document) -> io::Result<Vec<u8>>;
}

//! Output files.

use std::io::{self, Write};
use std::path::Path;

use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::store::outside::{self, OutputError};

/// Writes a file atomically; never overwrites a record, the settings or git's files.
///
/// # Errors
///
/// It is such a file, its folder does not exist, or an I/O error.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    outside::write(path, bytes).map_err(refusal)
}

/// Like [`save`], for streamed content.
///
/// # Errors
///
/// As [`save`].
pub(crate) fn save_by(
    path: &Path,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    outside::write_by(path, write).map_err(refusal)
}

/// Creates a folder for output files, but not among records or git's files.
///
/// # Errors
///
/// It would be there, or an I/O error.
pub(crate) fn make_folder(path: &Path) -> anyhow::Result<()> {
    outside::make_folder(path).map_err(refusal)
}

fn refusal(error: OutputError) -> anyhow::Error {
    match error {
        OutputError::Protected(path) => {
            UserError::new(Message::new("output-protected").with("path", path.display()))
                .help(Message::new("output-protected-help"))
                .into()
        }
        OutputError::NoFolder(folder) => {
            let path = folder.display().to_string();
            UserError::new(Message::new("output-no-folder").with("path", &path))
                .help(Message::new("output-no-folder-help").with("path", path))
                .into()
        }
        OutputError::System(path, fault) => {
            let name = path.display().to_string();
            anyhow::Error::new(fault).context(name)
        }
    }
}

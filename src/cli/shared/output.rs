//! Files that a command was told to write.

use std::io::Write;
use std::path::Path;

use anyhow::Context;

/// Writes a file whole or not at all.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let name = || path.display().to_string();
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new()
        .prefix(".cuncao-")
        .tempfile_in(folder)
        .with_context(name)?;
    file.write_all(bytes).with_context(name)?;
    file.as_file().sync_data().with_context(name)?;
    file.persist(path)
        .map_err(|fault| fault.error)
        .with_context(name)?;
    Ok(())
}

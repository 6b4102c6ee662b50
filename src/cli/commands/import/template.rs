//! `import --template`: a blank table with the headers that `import` reads.

use std::path::Path;

use anyhow::{anyhow, bail};

use crate::cli::shared::session::Session;
use crate::cli::verb::Outcome;
use crate::exchange::template;
use crate::model::Kind;
use crate::tr;

/// Writes a blank table, as a workbook to a file, or as CSV.
///
/// # Errors
///
/// The file exists, or cannot be written.
pub(super) fn write(
    kind: Kind,
    file: Option<&Path>,
    session: &mut Session,
) -> anyhow::Result<Outcome> {
    let lang = session.lang;
    let headers = template::headers(kind, lang);
    let Some(file) = file.filter(|file| *file != Path::new("-")) else {
        session.write_bytes(&template::csv(&headers))?;
        return Ok(Outcome::Done);
    };
    if file.exists() {
        bail!(tr!(lang, "file-exists", path = file.display().to_string()));
    }
    let is_csv = file
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let bytes = if is_csv {
        template::csv(&headers)
    } else {
        template::workbook(&headers).map_err(|fault| anyhow!(fault))?
    };
    crate::cli::shared::output::save(file, &bytes)?;
    session.say(&tr!(
        lang,
        "import-template-done",
        path = file.display().to_string()
    ))?;
    Ok(Outcome::Done)
}

//! A layout of files that query engines read as it stands: `kind=visits/school=柳树小学/month=2025-10/data.ndjson`.
//!
//! The names of the folders are columns (Hive's partitioning, which DuckDB and Spark know); kinds without a day have
//! no month.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::export::{Exported, Row};
use crate::store::layout::Month;

/// Writes an export below a folder; the files of the same school and kind that are there from an earlier export
/// are replaced. Returns how many files were written.
///
/// # Errors
///
/// The system's, with the path.
pub fn write(
    exported: &[Exported],
    school: &str,
    below: &Path,
) -> Result<usize, (PathBuf, io::Error)> {
    let mut files = 0;
    for part in exported {
        let folder = below
            .join(format!("kind={}", part.kind.info().folder))
            .join(format!("school={}", encoded(school)));
        let fault = |path: &Path| {
            let path = path.to_owned();
            move |fault| (path, fault)
        };
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err((folder, error)),
            _ => {}
        }
        let mut months: BTreeMap<Option<Month>, Vec<Row>> = BTreeMap::new();
        for row in &part.rows {
            months
                .entry(row.day.map(Month::of))
                .or_default()
                .push(row.clone());
        }
        for (month, rows) in months {
            let folder = match month {
                Some(month) => folder.join(format!("month={month}")),
                None => folder.clone(),
            };
            fs::create_dir_all(&folder).map_err(fault(&folder))?;
            let path = folder.join("data.ndjson");
            let mut file = BufWriter::new(create(&path).map_err(fault(&path))?);
            let of_month = Exported {
                kind: part.kind,
                columns: Vec::new(),
                rows,
            };
            of_month
                .write_ndjson(&[], &mut file)
                .and_then(|()| file.flush())
                .map_err(fault(&path))?;
            files += 1;
        }
    }
    Ok(files)
}

/// A new file, readable by the owner alone: an export holds what the records hold.
///
/// # Errors
///
/// The system's.
pub fn create(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A value as part of a folder's name, with what a path or the layout gives a meaning as `%3D`.
fn encoded(value: &str) -> String {
    let mut name = String::new();
    for c in value.chars() {
        if c.is_control() || "/\\:=%?*\"<>|#{}[]^'".contains(c) || (c == '.' && name.is_empty()) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                name.push_str(&format!("%{byte:02X}"));
            }
        } else {
            name.push(c);
        }
    }
    if name.is_empty() {
        String::from("unnamed")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_one_folder() {
        assert_eq!(encoded("柳树小学"), "柳树小学");
        assert_eq!(encoded("../a/b=c"), "%2E.%2Fa%2Fb%3Dc");
        assert_eq!(encoded(""), "unnamed");
    }
}

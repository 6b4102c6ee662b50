//! The mapping from ids to paths and back; accesses no files.

use chrono::{Datelike, NaiveDate};

use crate::model::{Id, Kind, Naming};

/// The file that marks a records directory.
pub const SCHOOL_FILE: &str = "cuncao.toml";

/// The extension of record files.
pub const ENDING: &str = ".toml";

/// Other folders that `init` creates; they contain no records.
pub const OTHER_FOLDERS: [&str; 2] = ["samples", "templates"];

/// The prefix of temporary files of this tool.
pub const TEMPORARY: &str = ".cuncao-";

/// A month, as in the names of folders: `2025-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// Returns the month of a day.
    pub fn of(day: NaiveDate) -> Month {
        Month {
            year: day.year(),
            month: day.month(),
        }
    }

    /// Parses the name of a folder.
    pub fn parse(name: &str) -> Option<Month> {
        let (year, month) = name.split_once('-')?;
        let digits =
            |text: &str, len| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        (1..=12).contains(&month).then_some(Month { year, month })
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Returns the folder of a record's file, relative to the records directory.
pub fn folder_of(id: Id) -> String {
    let folder = id.kind().folder();
    match id.day() {
        Some(day) => format!("{folder}/{}", Month::of(day)),
        None => folder.to_owned(),
    }
}

/// Returns the path of a record's file, relative to the records directory, with `/`.
pub fn path_of(id: Id) -> String {
    let (folder, name) = (id.kind().folder(), id.to_string());
    match id.day() {
        // The name of the file begins with the month.
        Some(_) => [folder, "/", &name[.."2025-10".len()], "/", &name, ENDING].concat(),
        None => [folder, "/", &name, ENDING].concat(),
    }
}

/// Returns the kind of the records in a folder.
pub fn kind_of_folder(name: &str) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|kind| kind.folder() == name)
}

/// Returns the id in the path of a record's file, even if the file is in the wrong folder of its kind.
pub fn id_of(path: &str) -> Option<Id> {
    let (folder, rest) = path.split_once('/')?;
    let name = rest.rsplit('/').next()?;
    Id::parse(kind_of_folder(folder)?, name.strip_suffix(ENDING)?)
}

/// Returns an example of a file name of a kind, for messages.
pub fn name_pattern(kind: Kind) -> String {
    match kind.naming() {
        Naming::Person(letter) => format!("{letter}4t8w2z.toml"),
        Naming::Dated(letter) => format!("2025-10-12-{letter}7k3m9q.toml"),
        Naming::Term => "2025-2026-1.toml".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_paths_round_trip() {
        for path in [
            "children/c4t8w2z.toml",
            "visits/2025-10/2025-10-12-v7k3m9q.toml",
            "terms/2025-2026-1.toml",
            "aid/2025-12/2025-12-20-d7k3m9q.toml",
        ] {
            assert_eq!(path_of(id_of(path).unwrap()), path);
        }
        assert_eq!(
            id_of("visits/2025-09/2025-10-12-v7k3m9q.toml")
                .map(path_of)
                .unwrap(),
            "visits/2025-10/2025-10-12-v7k3m9q.toml"
        );
        assert_eq!(id_of("children/张小明.toml"), None);
        assert_eq!(id_of("cuncao.toml"), None);
        assert_eq!(Month::parse("2025-13"), None);
    }
}

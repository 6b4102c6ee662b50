//! Stable pseudonyms: the same key and text always give the same pseudonym, which cannot be reversed or guessed
//! without the key.

use std::io;
use std::path::{Path, PathBuf};

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::model::Id;

/// The length of a new key in bytes.
const KEY_BYTES: usize = 32;

/// Generates pseudonyms by HMAC-SHA256 (RFC 2104) with a key that is kept outside the records.
#[derive(Clone)]
pub struct Pseudonymiser {
    key: Vec<u8>,
    /// The school whose ids are meant: ids of different schools may collide.
    school: String,
}

impl std::fmt::Debug for Pseudonymiser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pseudonymiser")
    }
}

/// Why no key is available.
#[derive(Debug)]
pub enum KeyError {
    /// The key file is inside the records directory, where it would be committed with them.
    InsideRecords(PathBuf),
    /// The key file has fewer than 16 bytes, or something else than hexadecimal digits.
    Malformed(PathBuf),
    /// The key file is readable by others than its owner.
    Readable(PathBuf),
    /// An I/O error.
    Fault(PathBuf, io::Error),
}

impl Pseudonymiser {
    /// Creates it from the bytes of a key.
    pub fn new(key: Vec<u8>) -> Pseudonymiser {
        Pseudonymiser {
            key,
            school: String::new(),
        }
    }

    /// Restricts ids to a school, among several that use the same key.
    pub fn of_school(self, key: &str) -> Pseudonymiser {
        Pseudonymiser {
            school: format!("{key} "),
            ..self
        }
    }

    /// Reads the key from a file, or creates the file, readable only by its owner; returns whether it was created.
    ///
    /// # Errors
    ///
    /// [`KeyError`].
    pub fn from_file(path: &Path, records: &Path) -> Result<(Pseudonymiser, bool), KeyError> {
        let fault = |fault| KeyError::Fault(path.to_owned(), fault);
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let inside = |folder: &Path| {
            let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
            let records = records
                .canonicalize()
                .unwrap_or_else(|_| records.to_owned());
            folder.starts_with(records)
        };
        // Checked before any folder is created: the nearest existing one decides.
        let nearest = folder.ancestors().find(|folder| folder.is_dir());
        if inside(nearest.unwrap_or(Path::new("."))) {
            return Err(KeyError::InsideRecords(path.to_owned()));
        }
        match std::fs::read_to_string(path) {
            Ok(_) if others_can_read(path) => Err(KeyError::Readable(path.to_owned())),
            Ok(text) => {
                let key = unhex(text.trim()).filter(|key| key.len() >= KEY_BYTES / 2);
                let key = key.ok_or_else(|| KeyError::Malformed(path.to_owned()))?;
                Ok((Pseudonymiser::new(key), false))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut key = vec![0; KEY_BYTES];
                getrandom::fill(&mut key).map_err(|error| fault(io::Error::other(error)))?;
                std::fs::create_dir_all(folder).map_err(fault)?;
                let mut file = tempfile::NamedTempFile::new_in(folder).map_err(fault)?;
                io::Write::write_all(&mut file, format!("{}\n", hex(&key)).as_bytes())
                    .map_err(fault)?;
                file.as_file().sync_all().map_err(fault)?;
                file.persist_noclobber(path)
                    .map_err(|error| fault(error.error))?;
                Ok((Pseudonymiser::new(key), true))
            }
            Err(error) => Err(fault(error)),
        }
    }

    /// The pseudonym of a text in a category: `name-3f9a2b7c41d0e8f6`.
    pub fn of(&self, sort: &str, text: &str) -> String {
        format!("{sort}-{}", self.code(sort, text))
    }

    /// The pseudonym of an id: its letter and sixteen digits.
    pub fn of_id(&self, id: Id) -> String {
        let tail = id.tail();
        let letter = tail.chars().next().filter(char::is_ascii_lowercase);
        match letter {
            Some(letter) => {
                let named = format!("{}{id}", self.school);
                format!("{letter}{}", self.code("id", &named))
            }
            // A term identifies nobody.
            None => tail,
        }
    }

    fn code(&self, sort: &str, text: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        // The category separates a phone from a name with the same text; the version allows changing the scheme.
        mac.update(format!("cuncao 1 {sort}\0").as_bytes());
        mac.update(text.as_bytes());
        hex(&mac.finalize().into_bytes()[..8])
    }
}

/// Whether others than the owner can read or write a file.
#[cfg(unix)]
fn others_can_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

/// On other systems the folders of a user are private by default.
#[cfg(not(unix))]
fn others_can_read(_: &Path) -> bool {
    false
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || text.len() % 2 == 1 {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_is_stable_under_its_key_and_no_other() {
        let (one, other) = (
            Pseudonymiser::new(vec![1; 32]),
            Pseudonymiser::new(vec![2; 32]),
        );
        // Computed with Python's hmac: HMAC-SHA256(bytes([1])*32, "cuncao 1 name\0张小明").
        assert_eq!(one.of("name", "张小明"), "name-07c90eb5a8fe4d6e");
        assert_ne!(one.of("name", "张小明"), other.of("name", "张小明"));
        assert_ne!(one.of("name", "1390")[5..], one.of("phone", "1390")[6..]);
        let id = "2025-10-12-v7k3m9q".parse().unwrap();
        assert_eq!(one.of_id(id).len(), 17);
        assert!(one.of_id(id).starts_with('v'));
    }

    #[test]
    fn the_key_is_made_once_outside_the_records_for_the_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let records = dir.path().join("records");
        std::fs::create_dir(&records).unwrap();
        let path = dir.path().join("keys/pseudonym.key");
        let (first, made) = Pseudonymiser::from_file(&path, &records).unwrap();
        assert!(made);
        let (second, made) = Pseudonymiser::from_file(&path, &records).unwrap();
        assert!(!made);
        assert_eq!(first.of("name", "x"), second.of("name", "x"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        for inside in ["key", "new/folder/key"] {
            let refused = Pseudonymiser::from_file(&records.join(inside), &records);
            assert!(matches!(refused, Err(KeyError::InsideRecords(_))));
        }
        assert_eq!(std::fs::read_dir(&records).unwrap().count(), 0);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let set = |mode| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode));
            set(0o640).unwrap();
            let refused = Pseudonymiser::from_file(&path, &records);
            assert!(matches!(refused, Err(KeyError::Readable(_))));
            set(0o600).unwrap();
        }
        std::fs::write(&path, "short").unwrap();
        assert!(matches!(
            Pseudonymiser::from_file(&path, &records),
            Err(KeyError::Malformed(_))
        ));
    }
}

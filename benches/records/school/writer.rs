//! Writes records: text, ids, files.

use std::collections::{BTreeMap, HashSet};
use std::fmt::{Display, Write as _};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use fastrand::Rng;

/// The text of a record.
#[derive(Default)]
pub(super) struct Text(String);

impl Text {
    /// Adds a value without quotes: a number, date or boolean.
    pub(super) fn bare(mut self, key: &str, value: impl Display) -> Text {
        // Writing to memory cannot fail.
        let _ = writeln!(self.0, "{key} = {value}");
        self
    }

    pub(super) fn text(self, key: &str, value: &str) -> Text {
        self.bare(key, format_args!("\"{value}\""))
    }

    pub(super) fn list<W: AsRef<str>>(self, key: &str, values: &[W]) -> Text {
        let mut list = String::new();
        for value in values {
            let gap = if list.is_empty() { "" } else { ", " };
            let _ = write!(list, "{gap}\"{}\"", value.as_ref());
        }
        self.bare(key, format_args!("[{list}]"))
    }

    /// Adds a multi-line string.
    pub(super) fn prose(self, key: &str, lines: &[&str]) -> Text {
        let lines = lines.join("\n");
        self.bare(key, format_args!("\"\"\"\n{lines}\n\"\"\""))
    }

    /// Starts a table, such as `[left]` or `[[guardianship]]`.
    pub(super) fn table(mut self, header: &str) -> Text {
        let _ = writeln!(self.0, "\n{header}");
        self
    }

    /// Applies `more` under a condition.
    pub(super) fn when(self, is_so: bool, more: impl FnOnce(Text) -> Text) -> Text {
        if is_so { more(self) } else { self }
    }
}

/// A records directory being written.
pub(super) struct Writer {
    root: PathBuf,
    made: HashSet<PathBuf>,
    tails: HashSet<u32>,
    pub(super) bytes: u64,
    /// The number of files by folder.
    pub(super) files: BTreeMap<&'static str, usize>,
}

impl Writer {
    pub(super) fn new(root: &Path) -> Writer {
        Writer {
            root: root.to_owned(),
            made: HashSet::new(),
            tails: HashSet::new(),
            bytes: 0,
            files: BTreeMap::new(),
        }
    }

    /// A random id part that is not yet in use.
    fn tail(&mut self, random: &mut Rng) -> String {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let number = loop {
            let number = random.u32(..1 << 30);
            if self.tails.insert(number) {
                break number;
            }
        };
        let digit = |at: u32| char::from(DIGITS[(number >> (5 * at) & 31) as usize]);
        (0..6).map(digit).collect()
    }

    pub(super) fn settings(&mut self, text: &str) {
        fs::write(self.root.join("cuncao.toml"), text).expect("a file is written");
    }

    fn put(&mut self, kind: &'static str, folder: &Path, id: &str, text: &Text) {
        let folder = self.root.join(folder);
        let path = folder.join(format!("{id}.toml"));
        if !self.made.contains(&folder) {
            fs::create_dir_all(&folder).expect("a folder is made");
            self.made.insert(folder);
        }
        fs::write(path, &text.0).expect("a file is written");
        self.bytes += text.0.len() as u64;
        *self.files.entry(kind).or_default() += 1;
    }

    /// Writes a record with a given id.
    pub(super) fn named(&mut self, kind: &'static str, id: &str, text: &Text) {
        self.put(kind, Path::new(kind), id, text);
    }

    /// Writes a record about a person; returns its id.
    pub(super) fn person(
        &mut self,
        random: &mut Rng,
        kind: &'static str,
        letter: char,
        text: &Text,
    ) -> String {
        let id = format!("{letter}{}", self.tail(random));
        self.named(kind, &id, text);
        id
    }

    /// Writes a dated record.
    pub(super) fn dated(
        &mut self,
        random: &mut Rng,
        kind: &'static str,
        letter: char,
        day: NaiveDate,
        text: &Text,
    ) {
        let id = format!("{day}-{letter}{}", self.tail(random));
        let folder = Path::new(kind).join(day.format("%Y-%m").to_string());
        self.put(kind, &folder, &id, text);
    }

    pub(super) fn count(&self) -> usize {
        self.files.values().sum()
    }
}

//! Loads records into memory.

use memchr::memmem::Finder;
use memchr::{memchr2, memchr2_iter};
use smallvec::SmallVec;

use super::read::{self, ReadOptions, Sink, Source};
use super::{Store, check, file, layout};
use crate::diagnostic::Finding;
use crate::model::{AnyEntry, Entry, HasTable, Id, Kind, Record, Records, with_kind};

/// The records of a directory, as far as they were read.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The records.
    pub records: Records,
    /// Files in place of records that could not be read.
    pub broken: Vec<Broken>,
    /// Records from before the date range that were not parsed, because they have no follow-ups.
    pub earlier: Vec<UnparsedRecord>,
}

/// A record from before the date range that was not parsed.
#[derive(Clone, Debug)]
pub struct UnparsedRecord {
    /// The id.
    pub id: Id,
    /// The ids of children and helpers in quotation marks in its file.
    pub persons: SmallVec<[Id; 4]>,
}

/// A file that could not be read as a record.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The path relative to the records directory, with `/`.
    pub path: String,
    /// The findings; for the files in a stray folder, only the first file has one.
    pub findings: Vec<Finding>,
}

struct Gather<'a> {
    advanced: &'a (dyn Fn(usize) + Sync),
    about: Option<NamedChild>,
    follow_ups: Finder<'static>,
}

/// The length of the id of a child or helper, in bytes: `c4t8w2z`.
const PERSON_ID_BYTES: usize = 7;

/// Searches files for the id of a child before they are parsed.
struct NamedChild {
    id: Finder<'static>,
    children: Finder<'static>,
}

impl NamedChild {
    fn new(child: Id) -> NamedChild {
        NamedChild {
            id: Finder::new(&child.to_string()).into_owned(),
            children: Finder::new("child").into_owned(),
        }
    }

    /// Whether a file may name the child. Incomplete files, and those in other encodings or with escapes, count as if
    /// they did, so that their faults are found.
    fn may_be_named(&self, bytes: &[u8]) -> bool {
        !is_plain(bytes) || self.id.find(bytes).is_some() || self.children.find(bytes).is_none()
    }
}

/// Whether a byte search finds everything: the file is complete, without NUL bytes and escapes.
fn is_plain(bytes: &[u8]) -> bool {
    bytes.ends_with(b"\n") && memchr2(0, b'\\', bytes).is_none()
}

/// Returns the ids of children and helpers in quotation marks.
pub fn persons(bytes: &[u8]) -> SmallVec<[Id; 4]> {
    let mut persons = SmallVec::new();
    for quote in memchr2_iter(b'"', b'\'', bytes) {
        let id = bytes.get(quote + 1..quote + 1 + PERSON_ID_BYTES);
        let id = id.and_then(|id| std::str::from_utf8(id).ok());
        let id =
            id.and_then(|id| Id::parse(Kind::Child, id).or_else(|| Id::parse(Kind::Helper, id)));
        if let Some(id) = id.filter(|id| !persons.contains(id)) {
            persons.push(id);
        }
    }
    persons
}

impl Sink for Gather<'_> {
    type Part = Loaded;

    fn join(&self, whole: &mut Loaded, part: Loaded) {
        whole.records.append(part.records);
        whole.broken.extend(part.broken);
        whole.earlier.extend(part.earlier);
    }

    fn wants(&self, part: &mut Loaded, id: Id, bytes: &[u8], is_earlier: bool) -> bool {
        if is_earlier && is_plain(bytes) && self.follow_ups.find(bytes).is_none() {
            let persons = persons(bytes);
            part.earlier.push(UnparsedRecord { id, persons });
            return false;
        }
        let about = self.about.as_ref();
        let about = about.filter(|_| id.kind().info().is_of_children);
        about.is_none_or(|about| about.may_be_named(bytes))
    }

    fn expect<K: Record>(&self, part: &mut Loaded, files: usize)
    where
        Records: HasTable<K>,
    {
        if self.about.is_some() {
            return;
        }
        part.records.table_mut().reserve(files);
    }

    fn record<K: Record>(&self, part: &mut Loaded, entry: Entry<K>, _: &Source<'_>)
    where
        Records: HasTable<K>,
    {
        part.records.table_mut().push(entry);
    }

    fn unreadable(&self, part: &mut Loaded, path: String, findings: Vec<Finding>) {
        part.broken.push(Broken { path, findings });
    }

    fn stray_file(&self, _: &mut Loaded, _: Finding) {}

    fn advanced(&self, files: usize) {
        (self.advanced)(files);
    }
}

impl Store {
    /// Loads records. A broken file does not prevent loading the others; each table is sorted by id. Figures for a date
    /// range also need the latest contacts before it: see [`Loaded::earlier`].
    pub fn load(&self, want: ReadOptions) -> Loaded {
        self.load_telling(want, None, &|_| {})
    }

    /// Like [`Store::load`], with a progress callback, which several threads call with the number of files read since
    /// the last call. With `child`, leaves out records that are only about other children.
    pub fn load_telling(
        &self,
        want: ReadOptions,
        child: Option<Id>,
        advanced: &(dyn Fn(usize) + Sync),
    ) -> Loaded {
        let about = child.map(NamedChild::new);
        let gather = Gather {
            advanced,
            about,
            follow_ups: Finder::new("follow_up"),
        };
        let mut loaded = read::scan(self, want, &gather);
        for (finding, paths) in self.stray_files() {
            let mut findings = vec![finding];
            loaded.broken.extend(paths.into_iter().map(|path| Broken {
                path,
                findings: std::mem::take(&mut findings),
            }));
        }
        loaded.records.sort();
        loaded.broken.sort_by(|a, b| a.path.cmp(&b.path));
        loaded
    }

    /// Loads a single record.
    ///
    /// # Errors
    ///
    /// Returns the findings about its file, or one that says that there is none.
    pub fn load_one(&self, id: Id) -> Result<(AnyEntry, String), Vec<Finding>> {
        let path = layout::path_of(id);
        let absolute = self.absolute(&path);
        let (Some(folder), Some(name)) = (
            absolute.parent(),
            absolute.file_name().and_then(|name| name.to_str()),
        ) else {
            return Err(Vec::new());
        };
        let mut reader = file::Reader::default();
        let bytes = file::Folder::open(folder)
            .map_err(file::ReadError::Fault)
            .and_then(|folder| Ok(reader.read(&folder, name)?.to_vec()))
            .map_err(|unread| vec![unread.finding(path.clone())])?;
        with_kind!(id.kind(), K => {
            let (record, text) = check::read::<K>(&path, &bytes)?;
            Ok((AnyEntry::from(Entry { id, record }), text.to_owned()))
        })
    }
}

//! Loads records into memory.

use memchr::memmem::Finder;
use memchr::{memchr2, memchr2_iter};
use smallvec::SmallVec;

use super::read::{self, ReadOptions, Sink, Source};
use super::{Store, check, file, layout};
use crate::diagnostic::Finding;
use crate::model::{AnyEntry, Entry, HasTable, Id, Kind, Record, Records, with_kind};

/// What was read of a records directory.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The records.
    pub records: Records,
    /// The files that should be records and could not be read, with what is wrong with them.
    pub broken: Vec<Broken>,
    /// Records of before the days that are wanted, which were not parsed: they have no follow-ups.
    pub earlier: Vec<UnparsedRecord>,
}

/// A record of before the days that are wanted, which was not parsed.
#[derive(Clone, Debug)]
pub struct UnparsedRecord {
    /// The record.
    pub id: Id,
    /// The children and helpers whose ids stand between quotation marks in its file.
    pub persons: SmallVec<[Id; 4]>,
}

/// A file that could not be read as a record.
#[derive(Clone, Debug)]
pub struct Broken {
    /// Its path, from the records directory, with `/`.
    pub path: String,
    /// What is wrong with it; of the files of a folder that should be none, the first tells.
    pub findings: Vec<Finding>,
}

struct Gather<'a> {
    advanced: &'a (dyn Fn(usize) + Sync),
    about: Option<NamedChild>,
    follow_ups: Finder<'static>,
}

/// Bytes of the id of a child or helper: `c4t8w2z`.
const PERSON_ID_BYTES: usize = 7;

/// A child whose id is looked for in the bytes of a file before anything is parsed.
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

    /// Whether a file may name the child. One that is cut off, that is in another encoding or that may hide an id behind
    /// an escape is read as any other, so that what is wrong with it is told.
    fn may_be_named(&self, bytes: &[u8]) -> bool {
        !is_plain(bytes) || self.id.find(bytes).is_some() || self.children.find(bytes).is_none()
    }
}

/// Whether what is looked for in the bytes stands there as it is.
fn is_plain(bytes: &[u8]) -> bool {
    bytes.ends_with(b"\n") && memchr2(0, b'\\', bytes).is_none()
}

/// The ids of children and helpers between quotation marks.
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
    /// Loads what is wanted. A broken file hides no other; the tables are in the order of the ids. What is counted of
    /// some days also needs the last contacts before them: see [`Loaded::earlier`].
    pub fn load(&self, want: ReadOptions) -> Loaded {
        self.load_telling(want, None, &|_| {})
    }

    /// Like [`Store::load`]; tells how many files were read since the last time, from several threads. Of a child that
    /// is named, records about other children alone are left out.
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

    /// Loads one record by its id, touching nothing else.
    ///
    /// # Errors
    ///
    /// What is wrong with its file, or that there is none.
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

//! Loads records into memory.

use super::read::{self, Sink, Source, Want};
use super::{Store, check, file, layout};
use crate::diagnostic::Finding;
use crate::model::{AnyEntry, Entry, HasTable, Id, Record, Records, with_kind};

/// What was read of a records directory.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The records.
    pub records: Records,
    /// The files that should be records and could not be read, with what is wrong with them.
    pub broken: Vec<Broken>,
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
}

impl Sink for Gather<'_> {
    type Part = Loaded;

    fn join(&self, whole: &mut Loaded, part: Loaded) {
        whole.records.append(part.records);
        whole.broken.extend(part.broken);
    }

    fn expect<K: Record>(&self, part: &mut Loaded, files: usize)
    where
        Records: HasTable<K>,
    {
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

    fn stray(&self, _: &mut Loaded, _: Finding) {}

    fn advanced(&self, files: usize) {
        (self.advanced)(files);
    }
}

impl Store {
    /// Loads what is wanted. A broken file hides no other; the tables are in the order of the ids.
    pub fn load(&self, want: Want) -> Loaded {
        self.load_telling(want, &|_| {})
    }

    /// Like [`Store::load`]; tells how many files were read since the last time, from several threads.
    pub fn load_telling(&self, want: Want, advanced: &(dyn Fn(usize) + Sync)) -> Loaded {
        let mut loaded = read::scan(self.root(), want, &Gather { advanced });
        for (finding, paths) in self.strays() {
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

//! Walks the records directory and reads its files in parallel, with as few system calls as possible.
//!
//! Opens regular files only and follows no links. The results are in the order of the paths, whatever the number of
//! threads.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use super::decode::{self, Parsed, Prose};
use super::file::FileKind;
use super::layout::{self, Month};
use super::rules::layout::{BAD_FILE_NAME, SPECIAL_FILE, STRAY_FILE, SYMLINK};
use super::rules::syntax;
use super::{Store, check, file};
use crate::diagnostic::{Finding, Place};
use crate::model::{Entry, HasTable, Id, Kind, KindSet, Lasts, Record, Records, with_kind};
use crate::threads;

/// The number of files in a batch, which one thread reads.
const BATCH_FILES: usize = 256;

/// The number of files that are read before they are parsed: alternating between system calls and parsing evicts both
/// from the CPU caches.
const READ_AHEAD_FILES: usize = 32;

/// The number of bytes after which parsing begins with fewer files.
const READ_AHEAD_BYTES: usize = 128 << 10;

/// The maximum number of threads when waiting for a disk: waiting threads cost little, and a disk serves many requests
/// at once.
const MAX_THREADS: usize = 16;

/// The time per file above which files are assumed not to be cached; cached ones take a fifth or less.
const UNCACHED_READ_TIME: Duration = Duration::from_micros(40);

/// The maximum depth of nested folders; the format uses two levels.
const MAX_DEPTH: usize = 6;

/// Which files to read, and how.
#[derive(Clone, Copy, Debug)]
pub struct ReadOptions {
    /// The kinds.
    pub kinds: KindSet,
    /// The range of months for kinds of events. Kinds of lasting records, such as pairings, are read from the beginning
    /// to the last month, where needed (see [`Lasts`]).
    pub months: Option<(Month, Month)>,
    /// Whether to read free text.
    pub prose: Prose,
}

impl ReadOptions {
    /// Everything of some kinds.
    pub fn all(kinds: KindSet) -> ReadOptions {
        ReadOptions {
            kinds,
            months: None,
            prose: Prose::Keep,
        }
    }

    /// Everything since a day, and from before what is still needed.
    pub fn since(from: NaiveDate) -> ReadOptions {
        ReadOptions {
            months: Some((Month::of(from), Month::of(NaiveDate::MAX))),
            ..ReadOptions::all(KindSet::ALL)
        }
    }

    /// What the figures for a date range need.
    pub fn figures(from: NaiveDate, until: NaiveDate) -> ReadOptions {
        ReadOptions {
            kinds: KindSet::ALL,
            months: Some((Month::of(from), Month::of(until))),
            prose: Prose::Skip,
        }
    }

    fn takes(&self, kind: Kind, month: Month) -> bool {
        let Some((first, last)) = self.months else {
            return true;
        };
        month <= last && (kind.info().lasts != Lasts::Never || month >= first)
    }

    /// Whether a record is from before the range, so that it is only parsed if it is still needed.
    fn is_earlier(&self, id: Id) -> bool {
        let first = self.months.map(|(first, _)| first);
        let month = id.day().map(Month::of);
        id.kind().info().lasts == Lasts::FollowUps
            && first.is_some_and(|first| month.is_some_and(|month| month < first))
    }
}

/// The source of a record.
pub struct Source<'a> {
    /// The path relative to the records directory, with `/`.
    pub path: &'a dyn Fn() -> String,
    /// The text of the file.
    pub text: &'a str,
    /// The parsed text, if the fast parser accepted it.
    pub parsed: Option<Parsed<'a>>,
    /// Whether the file is in its proper folder.
    pub in_place: bool,
}

/// Receives what is read. Each thread fills its own parts, which are joined in the order of the paths.
pub trait Sink: Sync {
    /// The result of a batch.
    type Part: Send + Default;

    /// Appends a part to those before it, while other files are still being read.
    fn join(&self, whole: &mut Self::Part, part: Self::Part);

    /// Announces the number of files of a kind that are about to be read into a part.
    fn expect<K: Record>(&self, _part: &mut Self::Part, _files: usize)
    where
        Records: HasTable<K>,
    {
    }

    /// Whether a file is needed, judged by its bytes: skipping the parser makes reading much cheaper. `is_earlier`
    /// tells that the record is from before the range.
    fn wants(&self, _part: &mut Self::Part, _id: Id, _bytes: &[u8], _is_earlier: bool) -> bool {
        true
    }

    /// Receives a record.
    fn record<K: Record>(&self, part: &mut Self::Part, entry: Entry<K>, source: &Source<'_>)
    where
        Records: HasTable<K>;

    /// Receives the findings about a file that could not be read as a record.
    fn unreadable(&self, part: &mut Self::Part, path: String, findings: Vec<Finding>);

    /// Receives a finding about a file that is not a record.
    fn stray_file(&self, part: &mut Self::Part, finding: Finding);

    /// Progress callback, with the number of files since the last call.
    fn advanced(&self, _files: usize) {}
}

/// A folder being read.
struct Folder {
    relative: String,
    kind: Kind,
    /// The month in its name, if it is a folder for a month.
    month: Option<Month>,
    handle: file::Folder,
}

enum Work {
    /// Files in a folder, by id.
    Files(Arc<Folder>, Vec<Id>),
    /// Records of a kind whose texts come from [`Store::with_changes`].
    Proposed(Kind, Vec<Id>),
    /// Entries that are not files of records, and folders that could not be read; whether each may hide a record.
    Odd(Vec<(String, Finding, bool)>),
}

/// Produces the work in the order of the paths.
struct Walk<'a> {
    store: &'a Store,
    want: ReadOptions,
    folders: VecDeque<(PathBuf, String, Kind, usize)>,
    ready: VecDeque<Work>,
    handed_out: usize,
}

impl<'a> Walk<'a> {
    fn new(store: &'a Store, want: ReadOptions) -> Walk<'a> {
        let kinds = Kind::ALL.iter().filter(|kind| want.kinds.contains(**kind));
        let mut walk = Walk {
            store,
            want,
            folders: VecDeque::new(),
            ready: VecDeque::new(),
            handed_out: 0,
        };
        for kind in kinds {
            let folder = kind.folder();
            let place = store.root().join(folder);
            walk.folders.push_back((place, folder.to_owned(), *kind, 1));
            let is_wanted = |id: &&Id| {
                let is_taken = |day| walk.want.takes(*kind, Month::of(day));
                id.kind() == *kind && id.day().is_none_or(is_taken)
            };
            let proposed = store.proposed.iter();
            let texts = proposed.filter_map(|(id, text)| text.as_ref().map(|_| id));
            let ids: Vec<Id> = texts.filter(is_wanted).copied().collect();
            let batches = ids.chunks(BATCH_FILES);
            let batches = batches.map(|ids| Work::Proposed(*kind, ids.to_vec()));
            walk.ready.extend(batches);
        }
        walk
    }

    fn next(&mut self) -> Option<(usize, Work)> {
        while self.ready.is_empty() {
            let (path, relative, kind, depth) = self.folders.pop_front()?;
            self.open(&path, relative, kind, depth);
        }
        let number = self.handed_out;
        self.handed_out += 1;
        self.ready.pop_front().map(|work| (number, work))
    }

    fn open(&mut self, path: &Path, relative: String, kind: Kind, depth: usize) {
        let mut odd = Vec::new();
        let handle = match std::fs::symlink_metadata(path) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return,
            Err(fault) => Err(fault),
            Ok(metadata) if metadata.is_dir() => file::Folder::open(path),
            Ok(metadata) => {
                let finding = no_folder(&relative, metadata.file_type().into());
                odd.push((relative, finding, true));
                self.ready.push_back(Work::Odd(odd));
                return;
            }
        };
        let handle = match handle {
            Ok(handle) => handle,
            Err(fault) => {
                odd.push((
                    relative.clone(),
                    file::ReadError::Fault(fault).finding(relative),
                    true,
                ));
                self.ready.push_back(Work::Odd(odd));
                return;
            }
        };
        let month = relative
            .rsplit('/')
            .next()
            .and_then(Month::parse)
            .filter(|_| depth == 2 && kind.is_dated());
        let mut ids = Vec::new();
        let mut inner = Vec::new();
        let listed = handle.each(|name, sort| {
            let id = name
                .to_str()
                .and_then(|name| Id::parse(kind, name.strip_suffix(layout::ENDING)?));
            if let (Some(id), FileKind::File) = (id, sort) {
                if !self.store.proposed.contains_key(&id) {
                    ids.push(id);
                }
                return;
            }
            let shown = name.to_string_lossy();
            if shown.starts_with('.') {
                return;
            }
            let relative = format!("{relative}/{shown}");
            let is_record = shown.ends_with(layout::ENDING);
            if sort == FileKind::Folder && depth < MAX_DEPTH && !is_record {
                if depth > 1
                    || !kind.is_dated()
                    || Month::parse(&shown).is_none_or(|month| self.want.takes(kind, month))
                {
                    inner.push((path.join(name), relative, kind, depth + 1));
                }
            } else {
                odd.push((
                    relative.clone(),
                    odd_finding(kind, &relative, sort, is_record),
                    is_record,
                ));
            }
        });
        if let Err(fault) = listed {
            odd.push((
                relative.clone(),
                file::ReadError::Fault(fault).finding(relative.clone()),
                true,
            ));
        }
        ids.sort_unstable();
        inner.sort();
        for folder in inner.into_iter().rev() {
            self.folders.push_front(folder);
        }
        if !odd.is_empty() {
            odd.sort_by(|a, b| a.0.cmp(&b.0));
            self.ready.push_back(Work::Odd(odd));
        }
        let folder = Arc::new(Folder {
            relative,
            kind,
            month,
            handle,
        });
        self.ready.extend(
            ids.chunks(BATCH_FILES)
                .map(|ids| Work::Files(Arc::clone(&folder), ids.to_vec())),
        );
    }
}

fn symlink(relative: &str) -> Finding {
    Finding::new(&SYMLINK, relative, Place::File)
}

/// Returns the finding about a folder that is not one.
fn no_folder(relative: &str, sort: FileKind) -> Finding {
    if sort == FileKind::Link {
        return symlink(relative);
    }
    Finding::new(&syntax::UNREADABLE, relative, Place::File)
        .says(&syntax::NO_FOLDER)
        .help(&syntax::NO_FOLDER_HELP)
}

/// Returns the finding about an entry in a folder of records that is not a record's file.
fn odd_finding(kind: Kind, relative: &str, sort: FileKind, is_record: bool) -> Finding {
    if sort == FileKind::Link {
        return symlink(relative);
    }
    if is_record && sort != FileKind::File {
        return Finding::new(&syntax::UNREADABLE, relative, Place::File)
            .says(&syntax::NO_FILE)
            .help(&syntax::NO_FILE_HELP);
    }
    if is_record {
        return Finding::new(&BAD_FILE_NAME, relative, Place::File)
            .with("kind", kind.name())
            .with("pattern", layout::name_pattern(kind));
    }
    let finding = Finding::new(&STRAY_FILE, relative, Place::File);
    if sort == FileKind::File {
        finding
    } else {
        finding.says(&SPECIAL_FILE)
    }
}

/// Joins parts in order; those that are early wait, which takes memory.
struct PartQueue<P> {
    joined: usize,
    waiting: BTreeMap<usize, P>,
    whole: P,
}

impl<P> PartQueue<P> {
    fn take(&mut self, number: usize, part: P, join: impl Fn(&mut P, P)) {
        self.waiting.insert(number, part);
        while let Some(part) = self.waiting.remove(&self.joined) {
            join(&mut self.whole, part);
            self.joined += 1;
        }
    }
}

/// Reads part of a records directory into a sink.
pub fn scan<S: Sink>(store: &Store, want: ReadOptions, sink: &S) -> S::Part {
    let walk = Mutex::new(Walk::new(store, want));
    let first: Vec<(usize, Work)> = {
        let mut walk = walk.lock().unwrap_or_else(PoisonError::into_inner);
        std::iter::from_fn(|| walk.next()).take(2).collect()
    };
    // A directory of at most two batches is read before another thread would have started.
    let many = first.len() == 2;
    let first = Mutex::new(VecDeque::from(first));
    let next = || {
        let mut first = first.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(work) = first.pop_front() {
            return Some(work);
        }
        drop(first);
        walk.lock().unwrap_or_else(PoisonError::into_inner).next()
    };
    let order = Mutex::new(PartQueue {
        joined: 0,
        waiting: BTreeMap::new(),
        whole: S::Part::default(),
    });
    let run = |wait: &dyn Fn()| {
        let mut reader = file::Reader::default();
        let mut parser = decode::Parser::default();
        while let Some((number, work)) = next() {
            let mut part = S::Part::default();
            match work {
                Work::Odd(odd) => {
                    for (path, finding, hides_a_record) in odd {
                        if hides_a_record {
                            sink.unreadable(&mut part, path, vec![finding])
                        } else {
                            sink.stray_file(&mut part, finding)
                        }
                    }
                }
                Work::Proposed(kind, ids) => with_kind!(kind, K => {
                    sink.expect::<K>(&mut part, ids.len());
                    for id in ids {
                        if let Some(Some(text)) = store.proposed.get(&id) {
                            let path = || layout::path_of(id);
                            let source = (&path as _, true);
                            one::<K, S>(source, id, Ok(text.as_bytes()), want, &mut parser, sink, &mut part);
                        }
                    }
                }),
                Work::Files(folder, ids) => {
                    let start = Instant::now();
                    with_kind!(folder.kind, K => batch::<K, S>(&folder, &ids, want, (&mut reader, &mut parser), sink, &mut part));
                    sink.advanced(ids.len());
                    // Too few files do not give a reliable measurement.
                    let files = u32::try_from(ids.len()).unwrap_or(u32::MAX);
                    if files >= 32 && start.elapsed() > UNCACHED_READ_TIME * files {
                        wait();
                    }
                }
            }
            let mut order = order.lock().unwrap_or_else(PoisonError::into_inner);
            order.take(number, part, |whole, part| sink.join(whole, part));
        }
    };
    if many {
        threads::growing(MAX_THREADS, run)
    } else {
        run(&|| {})
    }
    let order = order.into_inner().unwrap_or_else(PoisonError::into_inner);
    order.whole
}

fn batch<K: Record, S: Sink>(
    folder: &Folder,
    ids: &[Id],
    want: ReadOptions,
    (reader, parser): (&mut file::Reader, &mut decode::Parser),
    sink: &S,
    part: &mut S::Part,
) where
    Records: HasTable<K>,
{
    sink.expect::<K>(part, ids.len());
    let mut name = String::new();
    let mut read = Vec::with_capacity(READ_AHEAD_FILES);
    let mut rest = ids;
    while !rest.is_empty() {
        reader.clear();
        for id in rest.iter().take(READ_AHEAD_FILES) {
            // Writing to a string cannot fail.
            name.clear();
            let _ = write!(name, "{id}{}", layout::ENDING);
            read.push((*id, reader.add(&folder.handle, &name)));
            if reader.filled() > READ_AHEAD_BYTES {
                break;
            }
        }
        rest = &rest[read.len()..];
        for (id, place) in read.drain(..) {
            let bytes = place.map(|place| reader.bytes(place));
            let path = || format!("{}/{id}{}", folder.relative, layout::ENDING);
            let in_place = folder.month == id.day().map(Month::of)
                && (folder.month.is_some() || folder.relative == folder.kind.folder());
            one((&path, in_place), id, bytes, want, parser, sink, part);
        }
    }
}

/// Processes a file that was read: parses it and passes it to the sink.
fn one<K: Record, S: Sink>(
    (path, in_place): (&dyn Fn() -> String, bool),
    id: Id,
    bytes: Result<&[u8], file::ReadError>,
    want: ReadOptions,
    parser: &mut decode::Parser,
    sink: &S,
    part: &mut S::Part,
) where
    Records: HasTable<K>,
{
    let bytes = match bytes {
        Ok(bytes) => bytes,
        // Deleted since the folder was listed.
        Err(file::ReadError::Fault(fault)) if fault.kind() == io::ErrorKind::NotFound => return,
        Err(unread) => return sink.unreadable(part, path(), vec![unread.finding(path())]),
    };
    if !sink.wants(part, id, bytes, in_place && want.is_earlier(id)) {
        return;
    }
    let mut take = |record: K, text: &str, parsed: Option<Parsed<'_>>| {
        let source = Source {
            path,
            text,
            parsed,
            in_place,
        };
        sink.record(part, Entry { id, record }, &source);
    };
    let text = simdutf8::basic::from_utf8(bytes).ok();
    let taken = text.and_then(|text| {
        parser.read_with::<K, _>(text, want.prose, |record, parsed| {
            take(record, text, parsed)
        })
    });
    if taken.is_none() {
        match check::read::<K>(&path(), bytes) {
            Ok((record, text)) => take(record, text, None),
            Err(findings) => sink.unreadable(part, path(), findings),
        }
    }
}

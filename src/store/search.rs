//! Parallel search in the texts of records.

use super::Store;
use super::read::{self, ReadOptions, Sink, Source};
use crate::diagnostic::Finding;
use crate::model::{Entry, HasTable, Id, KindSet, Record, Records};

/// Collects the results of a search.
struct Search<'a, T> {
    find: &'a (dyn Fn(Id, &str) -> Option<T> + Sync),
}

impl<T: Send> Sink for Search<'_, T> {
    type Part = Vec<T>;

    fn join(&self, whole: &mut Self::Part, part: Self::Part) {
        whole.extend(part);
    }

    /// Searches the bytes, so that nothing is parsed.
    fn wants(&self, part: &mut Self::Part, id: Id, bytes: &[u8], _is_earlier: bool) -> bool {
        let text = simdutf8::basic::from_utf8(bytes).ok();
        part.extend(text.and_then(|text| (self.find)(id, text)));
        false
    }

    fn record<K: Record>(&self, _: &mut Self::Part, _: Entry<K>, _: &Source<'_>)
    where
        Records: HasTable<K>,
    {
    }

    fn unreadable(&self, _: &mut Self::Part, _: String, _: Vec<Finding>) {}

    fn stray_file(&self, _: &mut Self::Part, _: Finding) {}
}

impl Store {
    /// Returns what `find` returns for the records of some kinds, in no particular order. Skips files that are not
    /// UTF-8.
    pub fn search<T: Send>(
        &self,
        kinds: KindSet,
        find: &(dyn Fn(Id, &str) -> Option<T> + Sync),
    ) -> Vec<T> {
        read::scan(self, ReadOptions::all(kinds), &Search { find })
    }
}

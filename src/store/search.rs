//! The texts of records that hold something, found in the bytes before anything is parsed.

use super::Store;
use super::read::{self, Sink, Source, Want};
use crate::diagnostic::Finding;
use crate::model::{Entry, HasTable, Id, KindSet, Record, Records};

/// Keeps the texts that fit.
struct Search<'a> {
    fits: &'a (dyn Fn(Id, &str) -> bool + Sync),
}

impl Sink for Search<'_> {
    type Part = Vec<(Id, String)>;

    fn join(&self, whole: &mut Self::Part, part: Self::Part) {
        whole.extend(part);
    }

    /// Nothing is parsed here.
    fn wants(&self, part: &mut Self::Part, id: Id, bytes: &[u8], _is_earlier: bool) -> bool {
        if let Ok(text) = simdutf8::basic::from_utf8(bytes)
            && (self.fits)(id, text)
        {
            part.push((id, text.to_owned()));
        }
        false
    }

    fn record<K: Record>(&self, _: &mut Self::Part, _: Entry<K>, _: &Source<'_>)
    where
        Records: HasTable<K>,
    {
    }

    fn unreadable(&self, _: &mut Self::Part, _: String, _: Vec<Finding>) {}

    fn stray(&self, _: &mut Self::Part, _: Finding) {}
}

impl Store {
    /// The records of some kinds whose texts fit, in the order of their ids. What cannot be read as text is passed over.
    pub fn search(
        &self,
        kinds: KindSet,
        fits: &(dyn Fn(Id, &str) -> bool + Sync),
    ) -> Vec<(Id, String)> {
        let mut found = read::scan(self, Want::all(kinds), &Search { fits });
        found.sort_by_key(|(id, _)| *id);
        found
    }
}

//! The texts of records that hold something, found in the bytes before anything is parsed.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Store, layout};
use crate::model::{Id, KindSet};
use crate::threads;

impl Store {
    /// The records of some kinds whose texts fit, in the order of their ids. What cannot be read as text is passed over.
    pub fn search(
        &self,
        kinds: KindSet,
        fits: &(dyn Fn(&str) -> bool + Sync),
    ) -> Vec<(Id, String)> {
        let ids: Vec<Id> = self.ids(kinds).collect();
        let next = AtomicUsize::new(0);
        let found = Mutex::new(Vec::new());
        threads::growing(0, |_| {
            while let Some(id) = ids.get(next.fetch_add(1, Ordering::Relaxed)) {
                let text = self.text(&layout::path_of(*id));
                let Ok(text) = text.or_else(|fault| match self.path_of_record(*id) {
                    Some(path) => self.text(&path),
                    None => Err(fault),
                }) else {
                    continue;
                };
                if fits(&text)
                    && let Ok(mut found) = found.lock()
                {
                    found.push((*id, text));
                }
            }
        });
        let mut found = found.into_inner().unwrap_or_default();
        found.sort_by_key(|(id, _)| *id);
        found
    }
}

//! Loads last contacts that are earlier than the loaded date range.

use crate::analysis::contact::MissingContacts;
use crate::model::{AnyEntry, Records};
use crate::store::{Broken, Loaded, Store, layout};

/// Loads the earlier visits that hold a last contact missing from the loaded records; other earlier visits stay
/// unread. `missing` is not called if nothing earlier was left out.
pub fn complete(
    store: &Store,
    loaded: &mut Loaded,
    missing: impl FnOnce(&Records) -> MissingContacts,
) {
    let mut earlier = std::mem::take(&mut loaded.earlier);
    if earlier.is_empty() {
        return;
    }
    let mut missing = missing(&loaded.records);
    earlier.sort_by_key(|visit| visit.id);
    for visit in earlier.iter().rev() {
        let day = visit.id.day().unwrap_or_default();
        if !missing.may_be_in(day, &visit.persons) {
            continue;
        }
        match store.load_one(visit.id) {
            Ok((AnyEntry::Visit(entry), _)) => {
                missing.found(&entry.record);
                loaded.records.visits.push(entry);
            }
            Ok(_) => {}
            Err(findings) => loaded.broken.push(Broken {
                path: layout::path_of(visit.id),
                findings,
            }),
        }
    }
    loaded.records.visits.sort();
}

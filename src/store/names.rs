//! Which records there are, by the names of their files alone: nothing is opened.

use walkdir::WalkDir;

use super::{Store, layout};
use crate::model::{Id, Kind, KindSet};

impl Store {
    /// The ids of the records of some kinds, in no order. Links are not followed.
    pub fn ids(&self, kinds: KindSet) -> impl Iterator<Item = Id> + '_ {
        let wanted = Kind::ALL
            .iter()
            .copied()
            .filter(move |kind| kinds.contains(*kind));
        wanted.flat_map(move |kind| {
            WalkDir::new(self.root().join(kind.info().folder))
                .into_iter()
                .filter_map(Result::ok)
                .filter(|entry| entry.file_type().is_file())
                .filter_map(move |entry| {
                    let name = entry.file_name().to_str()?;
                    Id::parse(kind, name.strip_suffix(layout::ENDING)?)
                })
        })
    }

    /// Where the file of a record is: its own place, or a wrong folder of its kind that holds it.
    pub fn path_of_record(&self, id: Id) -> Option<String> {
        if self.has(id) {
            return Some(layout::path_of(id));
        }
        let wanted = format!("{id}{}", layout::ENDING);
        let found = WalkDir::new(self.root().join(id.kind().info().folder))
            .into_iter()
            .filter_map(Result::ok)
            .find(|entry| entry.file_type().is_file() && entry.file_name() == wanted.as_str())?;
        let relative = found.path().strip_prefix(self.root()).ok()?;
        let parts = relative.components().map(|part| part.as_os_str().to_str());
        Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
    }
}

//! Listing of records by their file names, without opening files.

use walkdir::WalkDir;

use super::rules::layout::{STRAY_FOLDER, STRAY_FOLDER_NEAREST};
use super::{Store, layout};
use crate::diagnostic::{Finding, Place};
use crate::model::{Id, Kind, KindSet};
use crate::text::suggest;

impl Store {
    /// Returns the ids of the records of some kinds, in no particular order. Does not follow links.
    pub fn ids(&self, kinds: KindSet) -> impl Iterator<Item = Id> + '_ {
        let wanted = Kind::ALL
            .iter()
            .copied()
            .filter(move |kind| kinds.contains(*kind));
        wanted.flat_map(move |kind| {
            WalkDir::new(self.root().join(kind.folder()))
                .into_iter()
                .filter_map(Result::ok)
                .filter(|entry| entry.file_type().is_file())
                .filter_map(move |entry| {
                    let name = entry.file_name().to_str()?;
                    Id::parse(kind, name.strip_suffix(layout::ENDING)?)
                })
        })
    }

    /// Returns TOML files in folders that are not those of a kind, with a finding for each folder: they look like
    /// records, but nothing reads them. Hidden folders are ignored.
    pub fn stray_files(&self) -> Vec<(Finding, Vec<String>)> {
        let Ok(folders) = std::fs::read_dir(self.root()) else {
            return Vec::new();
        };
        let mut names: Vec<String> = folders
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_ok_and(|sort| sort.is_dir()))
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.') && layout::kind_of_folder(name).is_none())
            .filter(|name| !layout::OTHER_FOLDERS.contains(&name.as_str()))
            .collect();
        names.sort_unstable();
        let stray_files = names.iter().filter_map(|name| self.stray_files_in(name));
        stray_files.collect()
    }

    fn stray_files_in(&self, folder: &str) -> Option<(Finding, Vec<String>)> {
        let is_hidden = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().to_str();
            name.is_some_and(|name| name.starts_with('.'))
        };
        let paths: Vec<String> = WalkDir::new(self.root().join(folder))
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| !is_hidden(entry))
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .filter_map(|entry| {
                let relative = entry.path().strip_prefix(self.root()).ok()?;
                let path = relative.to_str()?.replace('\\', "/");
                path.ends_with(layout::ENDING).then_some(path)
            })
            .collect();
        let finding = Finding::new(&STRAY_FOLDER, paths.first()?, Place::File);
        let known = Kind::ALL
            .iter()
            .flat_map(|kind| [kind.folder(), kind.name()]);
        let nearest = suggest::nearest(&folder.to_lowercase(), known).and_then(Kind::of_name);
        let finding = match nearest {
            Some(kind) => finding
                .help(&STRAY_FOLDER_NEAREST)
                .with("nearest", kind.folder()),
            None => {
                let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.folder()).collect();
                finding.with("known", known.join(", "))
            }
        };
        let finding = finding.with("folder", folder).with("count", paths.len());
        Some((finding, paths))
    }

    /// Returns the path of a record's file: the proper one, or that in a wrong folder of the kind.
    pub fn path_of_record(&self, id: Id) -> Option<String> {
        if self.has(id) {
            return Some(layout::path_of(id));
        }
        let wanted = format!("{id}{}", layout::ENDING);
        let found = WalkDir::new(self.root().join(id.kind().folder()))
            .into_iter()
            .filter_map(Result::ok)
            .find(|entry| entry.file_type().is_file() && entry.file_name() == wanted.as_str())?;
        let relative = found.path().strip_prefix(self.root()).ok()?;
        let parts = relative.components().map(|part| part.as_os_str().to_str());
        Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
    }
}

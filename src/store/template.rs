//! The files of a new records directory, embedded from `records-template/`.

use std::borrow::Cow;

use crate::model::Kind;

/// Returns the files in order, by path relative to the records directory, including a sample of each kind.
pub fn files() -> Vec<(Cow<'static, str>, &'static str)> {
    let samples = Kind::ALL
        .iter()
        .map(|kind| (Cow::Owned(sample_path(*kind)), kind.info().sample));
    let others = FILES
        .iter()
        .map(|(path, text)| (Cow::Borrowed(*path), *text));
    let mut files: Vec<_> = others.chain(samples).collect();
    files.sort();
    files
}

/// Returns the path of the sample of a kind.
pub fn sample_path(kind: Kind) -> String {
    format!("samples/{kind}.toml")
}

const FILES: &[(&str, &str)] = &embedded();

macro_rules! list {
    ($($path:literal),+ $(,)?) => {
        const fn embedded() -> [(&'static str, &'static str); [$($path),+].len()] {
            [$(($path, include_str!(concat!("../../records-template/", $path)))),+]
        }
    };
}

list![
    ".gitattributes",
    ".gitignore",
    ".taplo.toml",
    "README.md",
    "cuncao.toml",
    "templates/README.md",
    "tombi.toml",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::School;
    use crate::store::check;

    #[test]
    fn the_embedded_files_match_the_folder() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("records-template");
        let mut found: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let relative = entry.path().strip_prefix(&root).unwrap();
                relative.to_str().unwrap().replace('\\', "/")
            })
            .collect();
        found.sort();
        let listed: Vec<_> = files()
            .into_iter()
            .map(|(path, _)| path.into_owned())
            .collect();
        assert_eq!(listed, found);
    }

    #[test]
    fn the_settings_and_samples_are_valid() {
        let text = |path: &str| {
            let mut files = files().into_iter();
            files.find(|(known, _)| known == path).unwrap().1
        };
        assert_eq!(
            check::inspect(
                School::shape(),
                "cuncao.toml",
                text("cuncao.toml").as_bytes()
            ),
            []
        );
        for kind in Kind::ALL {
            let path = sample_path(*kind);
            assert_eq!(
                check::inspect(kind.shape(), &path, text(&path).as_bytes()),
                [],
                "{path}"
            );
        }
    }
}

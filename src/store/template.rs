//! What a new records directory holds: the files of `records-template/`, put into the binary.

/// The files by their paths in the records directory, with their texts.
pub const FILES: &[(&str, &str)] = &files();

macro_rules! list {
    ($($path:literal),+ $(,)?) => {
        const fn files() -> [(&'static str, &'static str); [$($path),+].len()] {
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
    "samples/activity.toml",
    "samples/aid.toml",
    "samples/assessment.toml",
    "samples/award.toml",
    "samples/child.toml",
    "samples/document.toml",
    "samples/fund.toml",
    "samples/helper.toml",
    "samples/incident.toml",
    "samples/loan.toml",
    "samples/pairing.toml",
    "samples/term.toml",
    "samples/visit.toml",
    "templates/README.md",
    "tombi.toml",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, School};
    use crate::store::check;

    #[test]
    fn the_list_is_the_folder() {
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
        let listed: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(listed, found);
    }

    #[test]
    fn the_settings_and_a_sample_of_each_kind_are_without_fault() {
        let text = |path: &str| FILES.iter().find(|(known, _)| *known == path).unwrap().1;
        assert_eq!(
            check::inspect(
                School::shape(),
                "cuncao.toml",
                text("cuncao.toml").as_bytes()
            ),
            []
        );
        for kind in Kind::ALL {
            let path = format!("samples/{}.toml", kind.name());
            assert_eq!(
                check::inspect(kind.shape(), &path, text(&path).as_bytes()),
                [],
                "{path}"
            );
        }
    }
}

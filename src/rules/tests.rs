//! Each rule against its own examples.

use std::path::Path;

use super::examples::{SOUND, TODAY};
use super::*;
use crate::store::Store;
use crate::text::Lang;

fn lay(root: &Path, example: &Example) {
    for (path, content) in example.0 {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        match content {
            Content::Text(text) => std::fs::write(path, text).unwrap(),
            Content::Bytes(bytes) => std::fs::write(path, bytes).unwrap(),
            Content::Repeated(text, times) => std::fs::write(path, text.repeat(*times)).unwrap(),
            #[cfg(unix)]
            Content::Link(to) => std::os::unix::fs::symlink(to, path).unwrap(),
            #[cfg(not(unix))]
            Content::Link(_) => {}
        }
    }
}

/// What is found in a sound directory with the files of an example, on the examples' day.
fn found(example: &Example) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    lay(folder.path(), &SOUND);
    lay(folder.path(), example);
    let options = Options {
        today: TODAY.parse().unwrap(),
        levels: None,
        advanced: &|_| {},
    };
    let checked = check(&Store::at(folder.path()), &options);
    let line = |judged: &Judged| {
        let finding = &judged.finding;
        for lang in Lang::ALL {
            let messages = std::iter::once(&finding.message).chain(&finding.help);
            for message in messages.chain(finding.related.iter().map(|related| &related.message)) {
                let text = message.text(lang);
                assert_ne!(text, message.id, "the catalogue lacks it");
                assert!(!text.contains("{$"), "{text}");
            }
        }
        format!("{} {} {:?}", finding.rule, finding.path, finding.place)
    };
    checked.findings.iter().map(line).collect()
}

#[test]
fn nothing_is_wrong_with_a_sound_directory() {
    assert_eq!(found(&SOUND), Vec::<String>::new());
}

#[test]
fn each_rule_is_broken_once_by_its_bad_example_and_kept_by_its_good_one() {
    for rule in RULES.iter().filter(|rule| rule.name != "unreadable") {
        let is_of_rule = |line: &&String| line.split(' ').next() == Some(rule.name);
        let broken = found(&rule.breaks);
        assert_eq!(
            broken.iter().filter(is_of_rule).count(),
            1,
            "{}: {broken:#?}",
            rule.name
        );
        let kept = found(&rule.keeps);
        assert_eq!(
            kept.iter().filter(is_of_rule).count(),
            0,
            "{}: {kept:#?}",
            rule.name
        );
    }
}

#[test]
fn every_rule_has_a_reason_in_both_languages() {
    for rule in RULES {
        for lang in Lang::ALL {
            assert_ne!(rule.reason().text(lang), rule.reason, "{lang}");
        }
    }
}

#[test]
fn levels_follow_the_school_and_the_command_line() {
    use crate::diagnostic::Level;
    let settings = crate::model::school::Levels {
        allow: vec!["care".to_owned()],
        warn: vec!["unknown-file".to_owned()],
        deny: vec!["duty-missed".to_owned()],
    };
    let mut levels = Levels::of(&settings).unwrap();
    assert_eq!(levels.level("recorded-late"), None);
    assert_eq!(levels.level("unknown-file"), Some(Level::Warning));
    assert_eq!(levels.level("duty-missed"), Some(Level::Error));
    assert_eq!(levels.level("bad-phone"), Some(Level::Warning));
    levels.deny("warnings").unwrap();
    assert_eq!(levels.level("bad-phone"), Some(Level::Error));
    levels.only(&["layout".to_owned()]).unwrap();
    assert_eq!(levels.level("bad-phone"), None);
    let unknown = levels.deny("duty-mised").unwrap_err();
    assert_eq!(unknown.nearest, Some("duty-missed"));
}

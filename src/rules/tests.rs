//! Each rule against its own examples.

use std::path::Path;

use super::examples::{SOUND, TODAY};
use super::*;
use crate::store::Store;
use crate::text::Lang;

pub(super) fn lay(root: &Path, example: &Example) {
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
            Content::Folder => std::fs::create_dir(path).unwrap(),
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
    let findings = check(&Store::at(folder.path()), &options);
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
    findings.iter().map(line).collect()
}

#[test]
fn nothing_is_wrong_with_a_sound_directory() {
    assert_eq!(found(&SOUND), Vec::<String>::new());
}

#[test]
fn each_rule_is_broken_once_by_its_bad_example_and_kept_by_its_good_one() {
    for rule in RULES {
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

/// Checks and mends until nothing more is mended; how often that took.
fn mend_all(store: &Store) -> usize {
    let options = Options {
        today: TODAY.parse().unwrap(),
        levels: None,
        advanced: &|_| {},
    };
    for round in 0..10 {
        let mendings = mendings(store, &check(store, &options)).unwrap();
        if mendings.is_empty() {
            return round;
        }
        mend(store, &mendings).unwrap();
    }
    panic!("mending does not end");
}

#[test]
fn what_can_be_mended_is_gone_after_mending_and_the_rest_stays() {
    for rule in RULES.iter().filter(|rule| rule.has_fix) {
        let folder = tempfile::tempdir().unwrap();
        lay(folder.path(), &SOUND);
        lay(folder.path(), &rule.breaks);
        let store = Store::at(folder.path());
        let rounds = mend_all(&store);
        assert!(rounds > 0, "{}", rule.name);
        let options = Options {
            today: TODAY.parse().unwrap(),
            levels: None,
            advanced: &|_| {},
        };
        let left = check(&store, &options);
        assert!(
            left.iter().all(|judged| judged.finding.rule != rule.name),
            "{}: {left:#?}",
            rule.name
        );
        assert_eq!(mend_all(&store), 0);
    }
}

#[test]
fn sorted_entries_keep_their_comments() {
    let folder = tempfile::tempdir().unwrap();
    lay(folder.path(), &SOUND);
    let path = folder.path().join("children/c4t8w2z.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let late = "\n# 转到二班\n[[enrolment]]\nsince = 2021-09-01  # 复读\nclass = \"2022-2\"\n";
    std::fs::write(&path, format!("{text}{late}")).unwrap();
    mend_all(&Store::at(folder.path()));
    let mended = std::fs::read_to_string(&path).unwrap();
    assert!(
        mended.contains(
            "\n# 转到二班\n[[enrolment]]\nsince = 2021-09-01  # 复读\nclass = \"2022-2\"\n"
        ),
        "{mended}"
    );
    assert!(
        mended.find("2021-09-01") < mended.find("since = 2022-09-01"),
        "{mended}"
    );
    let mut lines: Vec<&str> = mended.lines().collect();
    let whole = format!("{text}{late}");
    let mut before: Vec<&str> = whole.lines().collect();
    lines.sort_unstable();
    before.sort_unstable();
    assert_eq!(lines, before);
}

//! Tests of each rule with its own examples.

use std::path::Path;

use super::*;
use crate::store::Store;
use crate::text::Lang;

pub(super) fn write_example(root: &Path, example: &Example) {
    for (path, content) in example.0 {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        match content {
            Content::File(text) => std::fs::write(path, text).unwrap(),
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

/// Returns the findings in a sound directory with the files of an example, on the day of the examples.
fn found(example: &Example) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    write_example(folder.path(), &SOUND);
    write_example(folder.path(), example);
    let options = CheckOptions {
        today: TODAY.parse().unwrap(),
        severities: None,
        advanced: &|_| {},
    };
    let findings = check(&Store::at(folder.path()), &options);
    let line = |reported: &Reported| {
        let finding = &reported.finding;
        for lang in Lang::ALL {
            let messages = std::iter::once(&finding.message).chain(&finding.help);
            for message in messages.chain(finding.related.iter().map(|related| &related.message)) {
                let text = message.text(lang);
                assert!(!text.is_empty() && !text.contains(['{', '$']), "{text}");
            }
        }
        format!("{} {} {:?}", finding.rule.name, finding.path, finding.place)
    };
    findings.iter().map(line).collect()
}

#[test]
fn the_sound_directory_has_no_findings() {
    assert_eq!(found(&SOUND), Vec::<String>::new());
}

#[test]
fn each_rule_has_one_finding_in_its_bad_example_and_none_in_its_good_one() {
    for rule in rules() {
        let has_link = |(_, content): &(&str, Content)| matches!(content, Content::Link(_));
        if cfg!(windows) && rule.breaks.0.iter().any(has_link) {
            continue;
        }
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

/// Returns the arguments of a Fluent message; labels of fields only occur in Chinese messages.
fn arguments(sentence: &str) -> std::collections::BTreeSet<&str> {
    let names = sentence.split("{ $").skip(1);
    names
        .map(|rest| rest.split(' ').next().unwrap_or_default())
        .filter(|name| *name != "label")
        .collect()
}

/// Includes messages that replace that of the rule, which are found in the sources.
#[test]
fn messages_have_the_same_arguments_in_both_languages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sentences = 0;
    for folder in ["rules", "store/rules", "diagnostic"] {
        for entry in walkdir::WalkDir::new(root.join(folder)) {
            let entry = entry.unwrap();
            if !entry.file_type().is_file() {
                continue;
            }
            let text = std::fs::read_to_string(entry.path()).unwrap();
            // Quotes within a literal are escaped.
            let text = text.replace("\\\"", "'");
            for call in text.split("Text::new(").skip(1) {
                let mut literals = call.split('"').skip(1).step_by(2);
                let (Some(zh), Some(en)) = (literals.next(), literals.next()) else {
                    continue;
                };
                assert_eq!(arguments(zh), arguments(en), "{:?}: {zh}", entry.path());
                sentences += 1;
            }
        }
    }
    assert!(sentences > 100);
}

#[test]
fn rule_names_are_unique() {
    let mut names: Vec<_> = rules().map(|rule| rule.name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    assert!(rules().all(|rule| find(rule.name) == Some(rule)));
    assert_eq!(
        find("unknown-aid").map(|rule| rule.name),
        Some("unknown-record")
    );
}

#[test]
fn severities_follow_the_school_and_the_command_line() {
    use crate::diagnostic::Severity::{Error, Warning};
    let settings = crate::model::school::Levels {
        allow: vec!["care".to_owned()],
        warn: vec!["unknown-file".to_owned()],
        deny: vec!["duty-missed".to_owned()],
    };
    let mut severities = Severities::of_school(&settings).unwrap();
    let of = |severities: &Severities, name: &str| severities.of(find(name).unwrap());
    assert_eq!(of(&severities, "recorded-late"), None);
    assert_eq!(of(&severities, "unknown-file"), Some(Warning));
    assert_eq!(of(&severities, "duty-missed"), Some(Error));
    assert_eq!(of(&severities, "bad-phone"), Some(Warning));
    severities.deny("warnings").unwrap();
    assert_eq!(of(&severities, "bad-phone"), Some(Error));
    assert_eq!(of(&severities, "recorded-late"), None);
    severities.only(&["layout".to_owned()]).unwrap();
    assert_eq!(of(&severities, "bad-phone"), None);
    let unknown = severities.deny("duty-mised").unwrap_err();
    assert_eq!(unknown.nearest, Some("duty-missed"));
}

/// Checks and fixes until there is nothing left to fix, and returns the number of rounds.
fn fix_all(store: &Store) -> usize {
    let options = CheckOptions {
        today: TODAY.parse().unwrap(),
        severities: None,
        advanced: &|_| {},
    };
    for round in 0..10 {
        let fixes = file_fixes(store, &check(store, &options)).unwrap();
        if fixes.is_empty() {
            return round;
        }
        apply_fixes(store, &fixes).unwrap();
    }
    panic!("fixing does not end");
}

#[test]
fn fixes_remove_their_findings_and_keep_the_rest() {
    for rule in rules().filter(|rule| rule.fixable) {
        let folder = tempfile::tempdir().unwrap();
        write_example(folder.path(), &SOUND);
        write_example(folder.path(), &rule.breaks);
        let store = Store::at(folder.path());
        let rounds = fix_all(&store);
        assert!(rounds > 0, "{}", rule.name);
        let options = CheckOptions {
            today: TODAY.parse().unwrap(),
            severities: None,
            advanced: &|_| {},
        };
        let left = check(&store, &options);
        assert!(
            left.iter().all(|reported| reported.finding.rule != rule),
            "{}: {left:#?}",
            rule.name
        );
        assert_eq!(fix_all(&store), 0);
    }
}

#[test]
fn sorted_entries_keep_their_comments() {
    let folder = tempfile::tempdir().unwrap();
    write_example(folder.path(), &SOUND);
    let path = folder.path().join("children/c4t8w2z.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let late = "\n# 转到二班\n[[enrolment]]\nsince = 2021-09-01  # 复读\nclass = \"2022-2\"\n";
    std::fs::write(&path, format!("{text}{late}")).unwrap();
    fix_all(&Store::at(folder.path()));
    let fixed = std::fs::read_to_string(&path).unwrap();
    assert!(
        fixed.contains(
            "\n# 转到二班\n[[enrolment]]\nsince = 2021-09-01  # 复读\nclass = \"2022-2\"\n"
        ),
        "{fixed}"
    );
    assert!(
        fixed.find("2021-09-01") < fixed.find("since = 2022-09-01"),
        "{fixed}"
    );
    let mut lines: Vec<&str> = fixed.lines().collect();
    let whole = format!("{text}{late}");
    let mut before: Vec<&str> = whole.lines().collect();
    lines.sort_unstable();
    before.sort_unstable();
    assert_eq!(lines, before);
}

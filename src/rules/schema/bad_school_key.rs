//! `bad-school-key`: the key of the school is not valid.

use crate::diagnostic::example::{Content::File, Example, SCHOOL, at};
use crate::diagnostic::{Finding, Group, Place, Rule, Scope, Severity};
use crate::model::school::is_key;
use crate::model::{FieldPath, School};
use crate::rules::check::Check;
use crate::store::SCHOOL_FILE;
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "bad-school-key",
    group: Group::Schema,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "县里汇总时靠学校代码区分各校。",
        "Counties distinguish schools by their keys.",
    ),
    message: Text::new(
        "“{ $found }”不能作学校代码",
        "“{ $found }” is not a valid school key",
    ),
    help: Some(Text::new(
        "应为 4 到 32 位小写字母、数字或连字符，以字母开头",
        "a key has 4 to 32 lower-case letters, digits or hyphens and begins with a letter",
    )),
    breaks: Example(&[(
        SCHOOL,
        File(
            r#"format = 1

[school]
name = "青石小学"
key = "青石"
level = "primary"
"#,
        ),
    )]),
    expected: at(SCHOOL, 5, 7),
    keeps: Example(&[(
        SCHOOL,
        File(
            r#"format = 1

[school]
name = "青石小学"
key = "k7m2xq4e"
level = "primary"
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::School(check)];

fn check(school: &School) -> Vec<Finding> {
    let key = school.school.key.iter().filter(|key| !is_key(key));
    key.map(|key| {
        let field = FieldPath::key("school").then("key");
        Finding::new(&RULE, SCHOOL_FILE, Place::Field(field)).with("found", key)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::is_key;

    #[test]
    fn a_school_key_is_a_valid_path_component() {
        for word in ["abcd", "k7m2xq4e", "liushu-xiaoxue-2"] {
            assert!(is_key(word), "{word}");
        }
        for word in [
            "",
            "abc",
            "0abc",
            "柳树小学",
            "a/b/c",
            "..ab",
            "Abcd",
            "a b c",
            "ab=cd",
        ] {
            assert!(!is_key(word), "{word}");
        }
    }
}

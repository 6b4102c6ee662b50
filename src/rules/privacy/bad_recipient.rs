//! `bad-recipient`: a recipient in the settings is not a public key.

use crate::diagnostic::example::{Content::File, Example, SCHOOL, at, school};
use crate::diagnostic::{Finding, Group, Place, Rule, Scope, Severity};
use crate::model::{FieldPath, School};
use crate::rules::check::Check;
use crate::store::SCHOOL_FILE;
use crate::store::seal::Recipients;
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "bad-recipient",
    group: Group::Privacy,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "公钥写错，就无法加密。",
        "Without a valid key nothing can be encrypted.",
    ),
    message: Text::new("“{ $found }”不是公钥", "“{ $found }” is not a public key"),
    help: None,
    breaks: Example(&[(
        SCHOOL,
        File(school!(
            r#"
[seal]
recipients = ["王老师"]
"#
        )),
    )]),
    expected: at(SCHOOL, 15, 15),
    keeps: Example(&[(
        SCHOOL,
        File(school!(
            r#"
[seal]
recipients = ["age1y2hf2hgelawp2jhqrup6jaumxfwzf4d28stxshqx6m9u4je05ayqlqq088"]
"#
        )),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::School(check)];

fn check(school: &School) -> Vec<Finding> {
    let keys = school.seal.recipients.iter().enumerate();
    let bad = keys.filter(|(_, key)| Recipients::parse(std::slice::from_ref(key)).is_err());
    bad.map(|(at, key)| {
        let field = FieldPath::key("seal").then("recipients").at(at);
        Finding::new(&RULE, SCHOOL_FILE, Place::Field(field)).with("found", key)
    })
    .collect()
}

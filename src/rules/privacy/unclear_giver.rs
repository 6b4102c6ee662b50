//! `unclear-giver`: it is unclear whether a donor is an individual, whose name must not be published.

use crate::diagnostic::example::{Content::File, Example, at};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::{Text, name};

/// The path of an aid record.
const AID: &str = "aid/2025-10/2025-10-20-d7k3m9q.toml";

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unclear-giver",
    group: Group::Privacy,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "个人捐赠者一律写作“爱心人士”；没有 source_kind 的，只能从名称上猜是单位还是个人。",
        "Individual donors are shown as “爱心人士”; without source_kind only the name can tell whether a donor is one.",
    ),
    message: Text::new(
        "没有写明“{ $giver }”是个人还是单位，统计和报告里写作“爱心人士”",
        "it is not stated whether “{ $giver }” is an individual or an organisation; figures and reports show “爱心人士”",
    ),
    help: Some(Text::new(
        "加上 source_kind：个人写 individual，单位写 company、charity、government 等",
        "add source_kind: individual for a person; otherwise company, charity, government or another",
    )),
    breaks: Example(&[(
        AID,
        File(
            r#"date = 2025-10-20
kind = "goods"
children = ["c4t8w2z"]
source = "暖阳行动"
"#,
        ),
    )]),
    expected: at(AID, 4, 10),
    keeps: Example(&[(
        AID,
        File(
            r#"date = 2025-10-20
kind = "goods"
children = ["c4t8w2z"]
source = "暖阳行动"
source_kind = "charity"
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    let EntryRef::Aid(aid) = case.record else {
        return;
    };
    let giver = &*aid.source;
    let is_clear = name::is_organisation(giver) || giver == name::INDIVIDUAL_DONORS;
    if aid.source_kind.is_none() && !is_clear && crate::model::is_filled(giver) {
        let finding = case.at(&RULE, FieldPath::key("source"));
        case.push(finding.with("giver", giver));
    }
}

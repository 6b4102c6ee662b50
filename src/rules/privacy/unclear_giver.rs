//! `unclear-giver`: Givers who are persons are named nowhere outside; who is one is told by `source_kind`, else only by the name.

use crate::diagnostic::example::{Content::File, Example, at};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::{Text, name};

/// A file of aid.
const AID: &str = "aid/2025-10/2025-10-20-d7k3m9q.toml";

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unclear-giver",
    group: Group::Privacy,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "个人捐赠者一律写作“爱心人士”；没有 source_kind 的，只能从名称上猜是单位还是个人。",
        "Givers who are persons are called kind people; without source_kind the name alone tells who is one.",
    ),
    message: Text::new(
        "没有写明“{ $giver }”是个人还是单位，统计和报告里写作“爱心人士”",
        "whether { $giver } is a person or an organisation is not said: figures and reports call it kind people",
    ),
    help: Some(Text::new(
        "加上 source_kind：个人写 individual，单位写 company、charity、government 等",
        "add source_kind: individual for a person, else company, charity, government or another",
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
    let is_clear = name::is_organisation(giver) || giver == name::KIND_PEOPLE;
    if aid.source_kind.is_none() && !is_clear && crate::model::is_filled(giver) {
        let finding = case.at(&RULE, FieldPath::key("source"));
        case.push(finding.with("giver", giver));
    }
}

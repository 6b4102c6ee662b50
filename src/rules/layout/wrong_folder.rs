//! `wrong-folder`: a record is not in its proper folder.

use crate::diagnostic::example::{Content::File, Example, in_file, visit};
use crate::diagnostic::{Fix, Group, Rule, Scope, Severity};
use crate::rules::check::{Case, Check};
use crate::store::layout;
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "wrong-folder",
    group: Group::Layout,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: true,
    reason: Text::new(
        "按月份放置，只看一个学期时才不必读取全部文件。",
        "With one folder per month, a term can be read without reading all files.",
    ),
    message: Text::new("应当放在 { $folder }", "belongs in { $folder }"),
    help: None,
    breaks: Example(&[("visits/2025-09/2025-10-12-v8k3m9q.toml", File(visit!()))]),
    expected: in_file("visits/2025-09/2025-10-12-v8k3m9q.toml"),
    keeps: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", File(visit!()))]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

fn check(case: &mut Case<'_>) {
    if case.in_place {
        return;
    }
    let fix = Fix::Move(layout::path_of(case.id));
    let finding = case.of_file(&RULE).fix(Some(fix));
    case.push(finding.with("folder", layout::folder_of(case.id)));
}

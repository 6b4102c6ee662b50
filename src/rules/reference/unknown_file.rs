//! `unknown-file`: a file that a record names does not exist.

use std::path::{Component, Path};

use crate::diagnostic::example::{Content::File, Example, at};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::{EntryRef, FieldPath};
use crate::rules::check::{Case, Check};
use crate::text::Text;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unknown-file",
    group: Group::Reference,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "附件要在档案里，交接时才不会丢。",
        "Attachments must be kept with the records, or they are lost at a handover.",
    ),
    message: Text::new("没有文件 { $path }", "there is no file { $path }"),
    help: None,
    breaks: Example(&[(
        "documents/2025-09/2025-09-10-o7k3m9q.toml",
        File(
            r#"date = 2025-09-10
kind = "plan"
title = "工作计划"
file = "plans/missing.docx"
"#,
        ),
    )]),
    expected: at("documents/2025-09/2025-09-10-o7k3m9q.toml", 4, 8),
    keeps: Example(&[(
        "documents/2025-09/2025-09-10-o7k3m9q.toml",
        File(
            r#"date = 2025-09-10
kind = "plan"
title = "工作计划"
file = "cuncao.toml"
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

const OUTSIDE: Text = Text::new(
    "{ $path } 在档案目录之外",
    "{ $path } is outside the records directory",
);

fn check(case: &mut Case<'_>) {
    match case.record {
        EntryRef::Activity(activity) => {
            for (at, photo) in activity.photos.iter().enumerate() {
                file(case, photo, FieldPath::key("photos").at(at));
            }
        }
        EntryRef::Document(document) => {
            if let Some(path) = &document.file {
                file(case, path, FieldPath::key("file"));
            }
        }
        _ => {}
    }
}

/// Reports a path outside of the records directory, or of a missing file.
fn file(case: &mut Case<'_>, path: &str, field: FieldPath) {
    let is_inside = Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if is_inside && case.context.store.has_file(path) {
        return;
    }
    let finding = case.at(&RULE, field);
    let finding = if is_inside {
        finding
    } else {
        finding.says(&OUTSIDE)
    };
    case.push(finding.with("path", path));
}

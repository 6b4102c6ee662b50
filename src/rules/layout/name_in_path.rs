//! `name-in-path`: a file name contains the name of a child.

use crate::diagnostic::example::{Content::File, Example, in_file};
use crate::diagnostic::{Finding, Group, Place, Rule, Scope, Severity};
use crate::model::{Kind, folded};
use crate::rules::check::{Check, Directory};
use crate::text::Text;
use std::collections::HashSet;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "name-in-path",
    group: Group::Layout,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "文件名会出现在日志、备份清单和网盘里，儿童姓名不该在那里。",
        "File names appear in logs, backups and cloud storage, where names of children do not belong.",
    ),
    message: Text::new(
        "文件名里有儿童姓名",
        "the file name contains the name of a child",
    ),
    help: None,
    breaks: Example(&[(
        "visits/2025-10/安安家访.txt",
        File(
            r#"
"#,
        ),
    )]),
    expected: in_file("visits/2025-10/安安家访.txt"),
    keeps: Example(&[(
        "visits/2025-10/家访.txt",
        File(
            r#"
"#,
        ),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Directory(&[Kind::Child], check)];

fn check(directory: &Directory<'_>) -> Vec<Finding> {
    let (odd, paths) = (directory.odd, directory.paths);
    if odd.is_empty() && paths.is_empty() {
        return Vec::new();
    }
    let children = directory.records.children.iter();
    let names: HashSet<Vec<char>> = children
        .map(|child| folded(&child.name).chars().collect::<Vec<char>>())
        .filter(|name| name.len() >= 2)
        .collect();
    let longest = names.iter().map(Vec::len).max().unwrap_or(0);
    let holds_a_name = |path: &str| {
        let path: Vec<char> = folded(path).chars().collect();
        (0..path.len()).any(|from| {
            (2..=longest.min(path.len() - from)).any(|len| names.contains(&path[from..from + len]))
        })
    };
    let of_odd = odd
        .iter()
        .filter(|path| holds_a_name(path))
        .map(|path| Finding::new(&RULE, path, Place::File));
    let of_records = paths
        .iter()
        .filter(|(_, _, path)| holds_a_name(path))
        .map(|(id, field, _)| directory.at(&RULE, *id, field.clone()));
    of_odd.chain(of_records).collect()
}

//! Where files lie and how they are named: found on the walk (`store::read`), by `record::place` and `across::names_in_paths`.

use super::{Group, Rule};
use crate::diagnostic::Level;
use crate::rules::examples::{
    Content::{Link, Text},
    Example, visit, whole,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "bad-file-name",
        group: Group::Layout,
        level: Level::Error,
        has_fix: false,
        reason: "rule-bad-file-name-reason",
        breaks: Example(&[("visits/2025-10/家访.toml", Text(visit!()))]),
        reported: whole("visits/2025-10/家访.toml"),
        keeps: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", Text(visit!()))]),
    },
    Rule {
        name: "symlink",
        group: Group::Layout,
        level: Level::Error,
        has_fix: false,
        reason: "rule-symlink-reason",
        breaks: Example(&[(
            "visits/2025-10/2025-10-12-v8k3m9q.toml",
            Link("2025-10-12-v7k3m9q.toml"),
        )]),
        reported: whole("visits/2025-10/2025-10-12-v8k3m9q.toml"),
        keeps: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", Text(visit!()))]),
    },
    Rule {
        name: "name-in-path",
        group: Group::Layout,
        level: Level::Error,
        has_fix: false,
        reason: "rule-name-in-path-reason",
        breaks: Example(&[("visits/2025-10/安安家访.txt", Text("\n"))]),
        reported: whole("visits/2025-10/安安家访.txt"),
        keeps: Example(&[("visits/2025-10/家访.txt", Text("\n"))]),
    },
    Rule {
        name: "wrong-folder",
        group: Group::Layout,
        level: Level::Warning,
        has_fix: true,
        reason: "rule-wrong-folder-reason",
        breaks: Example(&[("visits/2025-09/2025-10-12-v8k3m9q.toml", Text(visit!()))]),
        reported: whole("visits/2025-09/2025-10-12-v8k3m9q.toml"),
        keeps: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", Text(visit!()))]),
    },
    Rule {
        name: "stray-file",
        group: Group::Layout,
        level: Level::Warning,
        has_fix: false,
        reason: "rule-stray-file-reason",
        breaks: Example(&[("visits/2025-10/notes.txt", Text("\n"))]),
        reported: whole("visits/2025-10/notes.txt"),
        keeps: Example(&[("visits/2025-10/.gitkeep", Text(""))]),
    },
];

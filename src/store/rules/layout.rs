//! Names and places of files.

use crate::diagnostic::example::{
    Content::{File, Link},
    Example, visit, whole,
};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::text::Text;

/// `bad-file-name`
pub static BAD_FILE_NAME: Rule = Rule {
    name: "bad-file-name",
    group: Group::Layout,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: false,
    reason: Text {
        zh: "文件名就是编号，也是记录的日期；名字不对，别的记录就引用不到它。",
        en: "A file's name is its id and its day; by another name no record can refer to it.",
    },
    message: Text {
        zh: "文件名不是记录编号（{ $kind }）",
        en: "the file's name is not the id of a record ({ $kind })",
    },
    help: Some(Text {
        zh: "应当像 { $pattern }；用 cuncao add 新建可得到编号",
        en: "it should look like { $pattern }; cuncao add gives new records an id",
    }),
    breaks: Example(&[("visits/2025-10/家访.toml", File(visit!()))]),
    expected: whole("visits/2025-10/家访.toml"),
    keeps: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", File(visit!()))]),
};

/// `symlink`
pub static SYMLINK: Rule = Rule {
    name: "symlink",
    group: Group::Layout,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: false,
    reason: Text {
        zh: "链接可能指向目录之外，而且 git 在别的电脑上还原不了。",
        en: "A link may lead out of the directory, and git does not bring its target to another computer.",
    },
    message: Text {
        zh: "是符号链接，不会读取",
        en: "a symbolic link, which is not followed",
    },
    help: Some(Text {
        zh: "换成文件本身",
        en: "put the file itself there",
    }),
    breaks: Example(&[(
        "visits/2025-10/2025-10-12-v8k3m9q.toml",
        Link("2025-10-12-v7k3m9q.toml"),
    )]),
    expected: whole("visits/2025-10/2025-10-12-v8k3m9q.toml"),
    keeps: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", File(visit!()))]),
};

/// `stray-file`
pub static STRAY_FILE: Rule = Rule {
    name: "stray-file",
    group: Group::Layout,
    severity: Severity::Warning,
    scope: Scope::Directory,
    fixable: false,
    reason: Text {
        zh: "不是记录的文件不会计入，放在这里容易误以为已经登记。",
        en: "What is no record is not counted, and here it looks as if it were.",
    },
    message: Text {
        zh: "不是记录文件",
        en: "not a record's file",
    },
    help: Some(Text {
        zh: "移到记录目录之外，或者改成以 . 开头的名字",
        en: "move it elsewhere, or give it a name that begins with a dot",
    }),
    breaks: Example(&[(
        "visits/2025-10/notes.txt",
        File(
            r#"
"#,
        ),
    )]),
    expected: whole("visits/2025-10/notes.txt"),
    keeps: Example(&[("visits/2025-10/.gitkeep", File(""))]),
};

pub(in crate::store) const SPECIAL_FILE: Text = Text {
    zh: "既不是文件也不是目录，不会读取",
    en: "neither a file nor a folder of records; it is not read",
};

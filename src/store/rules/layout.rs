//! Rules on the names and places of files.

use crate::diagnostic::example::{
    Content::{File, Link},
    Example, in_file, visit,
};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::text::Text;

/// `bad-file-name`
pub static BAD_FILE_NAME: Rule = Rule {
    name: "bad-file-name",
    group: Group::Layout,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: true,
    reason: Text::new(
        "文件名就是编号，也是记录的日期；名字不对，别的记录就引用不到它。",
        "The name of a file is its id, with its date; under another name no record can refer to it.",
    ),
    message: Text::new(
        "文件名不是记录编号（{ $kind }）",
        "the file name is not the id of a record ({ $kind })",
    ),
    help: Some(Text::new(
        "应当像 { $pattern }；用 cuncao add 新建可得到编号",
        "it should look like { $pattern }; cuncao add gives new records an id",
    )),
    breaks: Example(&[("visits/2025-10/家访.toml", File(visit!()))]),
    expected: in_file("visits/2025-10/家访.toml"),
    keeps: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", File(visit!()))]),
};

/// `symlink`
pub static SYMLINK: Rule = Rule {
    name: "symlink",
    group: Group::Layout,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "链接可能指向目录之外，而且 git 在别的电脑上还原不了。",
        "A link may point outside of the directory, and git does not transfer its target to other computers.",
    ),
    message: Text::new(
        "是符号链接，不会读取",
        "a symbolic link, which is not followed",
    ),
    help: Some(Text::new("换成文件本身", "replace it with the file itself")),
    breaks: Example(&[(
        "visits/2025-10/2025-10-12-v8k3m9q.toml",
        Link("2025-10-12-v7k3m9q.toml"),
    )]),
    expected: in_file("visits/2025-10/2025-10-12-v8k3m9q.toml"),
    keeps: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", File(visit!()))]),
};

/// `stray-folder`
pub static STRAY_FOLDER: Rule = Rule {
    name: "stray-folder",
    group: Group::Layout,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "文件夹名字不对，里面的记录就不计入任何数字，谁也看不出来。",
        "Records in a folder with a wrong name are not counted, and nobody notices.",
    ),
    message: Text::new(
        "文件夹 { $folder } 不放任何一种记录，其中的 { $count } 个 .toml 文件不会计入",
        "{ $folder } is not a folder for records: { $count } .toml files in it are not counted",
    ),
    help: Some(Text::new(
        "把文件移到放记录的文件夹：{ $known }；不是记录的 .toml 移到档案目录之外",
        "move the files to a folder for records ({ $known }), or elsewhere if they are not records",
    )),
    breaks: Example(&[(
        "visit/2025-10/2025-10-12-v8k3m9q.toml",
        File(visit!("minutes = 20\n")),
    )]),
    expected: in_file("visit/2025-10/2025-10-12-v8k3m9q.toml"),
    keeps: Example(&[(
        "visits/2025-10/2025-10-12-v8k3m9q.toml",
        File(visit!("minutes = 20\n")),
    )]),
};

/// `stray-file`
pub static STRAY_FILE: Rule = Rule {
    name: "stray-file",
    group: Group::Layout,
    severity: Severity::Warning,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "不是记录的文件不会计入，放在这里容易误以为已经登记。",
        "A file that is not a record is not counted, but looks here as if it were.",
    ),
    message: Text::new("不是记录文件", "not the file of a record"),
    help: Some(Text::new(
        "移到档案目录之外，或者改成以 . 开头的名字",
        "move it elsewhere, or give it a name that begins with a dot",
    )),
    breaks: Example(&[(
        "visits/2025-10/notes.txt",
        File(
            r#"
"#,
        ),
    )]),
    expected: in_file("visits/2025-10/notes.txt"),
    keeps: Example(&[("visits/2025-10/.gitkeep", File(""))]),
};

pub(in crate::store) const SPECIAL_FILE: Text = Text::new(
    "既不是文件也不是目录，不会读取",
    "neither a file nor a folder; it is not read",
);

pub(in crate::store) const STRAY_FOLDER_NEAREST: Text = Text::new(
    "是不是该叫 { $nearest }？改名或把文件移过去",
    "should it be { $nearest }? Rename it, or move the files there",
);

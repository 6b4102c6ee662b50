//! Rules on the syntax and encoding of files.

use crate::diagnostic::example::{
    Content::{Bytes, File, Folder, Repeated},
    Example, VISIT, at, in_file, visit,
};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::text::Text;

/// `not-utf8`
pub static NOT_UTF8: Rule = Rule {
    name: "not-utf8",
    group: Group::Syntax,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "记录是 UTF-8 文本；别的编码读出来是乱码。",
        "Records are UTF-8 text; any other encoding reads as gibberish.",
    ),
    message: Text::new(
        "第 { $line } 行起不是 UTF-8 编码（看起来是 { $guess }）",
        "not UTF-8 from line { $line } on (it looks like { $guess })",
    ),
    help: Some(Text::new(
        "用编辑器把文件另存为 UTF-8",
        "save the file as UTF-8 in your editor",
    )),
    // From a program that writes GB18030.
    breaks: Example(&[(VISIT, Bytes(b"summary = \"\xbc\xd2\xb7\xc3\"\n"))]),
    expected: at(VISIT, 1, 12),
    keeps: Example(&[(VISIT, File(visit!()))]),
};

/// `toml-syntax`
pub static TOML_SYNTAX: Rule = Rule {
    name: "toml-syntax",
    group: Group::Syntax,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "文件读不懂，里面的内容就不会计入任何数字。",
        "A file that cannot be parsed is not counted.",
    ),
    message: Text::new("不是正确的 TOML：{ $fault }", "not TOML: { $fault }"),
    help: Some(Text::new(
        "文字要加双引号，日期不加引号，每行一个字段",
        "put texts in double quotes, dates without quotes, and each field on its own line",
    )),
    breaks: Example(&[(
        VISIT,
        File(
            r#"date = 2025-10-12
mode = home
"#,
        ),
    )]),
    expected: at(VISIT, 2, 8),
    keeps: Example(&[(VISIT, File(visit!()))]),
};

/// `conflict-marker`
pub static CONFLICT_MARKER: Rule = Rule {
    name: "conflict-marker",
    group: Group::Syntax,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "合并冲突没有解决，两个版本都在文件里。",
        "A merge was not finished: both versions are in the file.",
    ),
    message: Text::new(
        "留有 git 合并冲突的标记",
        "the file contains git conflict markers",
    ),
    help: Some(Text::new(
        "选定要保留的内容，删去 <<<<<<<、=======、>>>>>>> 三种行",
        "keep what is right and delete the lines <<<<<<<, ======= and >>>>>>>",
    )),
    breaks: Example(&[(
        VISIT,
        File(visit!(
            r#"<<<<<<< HEAD
minutes = 20
=======
minutes = 30
>>>>>>> other
"#
        )),
    )]),
    expected: at(VISIT, 6, 1),
    keeps: Example(&[(
        VISIT,
        File(visit!(
            r#"minutes = 20
"#
        )),
    )]),
};

/// `too-large`
pub static TOO_LARGE: Rule = Rule {
    name: "too-large",
    group: Group::Syntax,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "一条记录不会这么大，多半是放错了文件。",
        "No record is that large; this is probably another file.",
    ),
    message: Text::new(
        "文件超过 { $mib } MiB",
        "the file is larger than { $mib } MiB",
    ),
    help: Some(Text::new(
        "一条记录一个文件；照片和附件另放",
        "use one file per record; keep photos and attachments elsewhere",
    )),
    breaks: Example(&[(
        VISIT,
        Repeated(
            r#"# 太长
"#,
            150_000,
        ),
    )]),
    expected: in_file(VISIT),
    keeps: Example(&[(VISIT, File(visit!()))]),
};

/// `unreadable`
pub static UNREADABLE: Rule = Rule {
    name: "unreadable",
    group: Group::Syntax,
    severity: Severity::Error,
    scope: Scope::Directory,
    fixable: false,
    reason: Text::new(
        "读不到的文件不会计入任何数字。",
        "A file that cannot be read is not counted.",
    ),
    message: Text::new("无法读取：{ $fault }", "cannot be read: { $fault }"),
    help: Some(Text::new(
        "检查文件的权限和磁盘",
        "check the file's permissions and the disk",
    )),
    breaks: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", Folder)]),
    expected: in_file("visits/2025-10/2025-10-12-v8k3m9q.toml"),
    keeps: Example(&[("visits/2025-10/2025-10-12-v8k3m9q.toml", File(visit!()))]),
};

/// `bom-or-crlf`
pub static BOM_OR_CRLF: Rule = Rule {
    name: "bom-or-crlf",
    group: Group::Syntax,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: true,
    reason: Text::new(
        "统一用 LF 行尾、不带字节序标记，两台电脑之间合并时才不会整个文件都变。",
        "With LF and no byte order mark, a merge between two computers does not touch every line.",
    ),
    message: Text::new("行尾是 Windows 的 CRLF", "lines end in CRLF"),
    help: None,
    breaks: Example(&[(
        VISIT,
        File(
            "date = 2025-10-12\r\nmode = \"home\"\r\nchildren = [\"c4t8w2z\"]\r\nby = [\"h7k3m9q\"]\r\nsummary = \"家访。\"\r\n",
        ),
    )]),
    expected: at(VISIT, 1, 18),
    keeps: Example(&[(VISIT, File(visit!()))]),
};

/// `not-nfc`
pub static NOT_NFC: Rule = Rule {
    name: "not-nfc",
    group: Group::Syntax,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: true,
    reason: Text::new(
        "同一个字的两种写法，搜索和比较时会当成不同的字。",
        "Searches treat two encodings of the same character as different.",
    ),
    message: Text::new(
        "文字不是 Unicode 规范组合形式（NFC），看起来相同却搜索不到",
        "the text is not in Unicode Normalization Form C (NFC): it looks the same, but searches do not find it",
    ),
    help: None,
    // With a combining accent.
    breaks: Example(&[(VISIT, File(visit!("needs = \"想喝cafe\u{301}\"\n")))]),
    expected: at(VISIT, 6, 15),
    keeps: Example(&[(
        VISIT,
        File(visit!(
            r#"needs = "想喝café"
"#
        )),
    )]),
};

pub(in crate::store) const NO_FILE: Text = Text::new(
    "这不是文件，读不了",
    "this is not a regular file and cannot be read",
);

pub(in crate::store) const NO_FILE_HELP: Text = Text::new(
    "一份记录就是一个文件：请把它移走，或换个名字",
    "a record is a file: move this elsewhere, or rename it",
);

pub(in crate::store) const NO_FOLDER: Text = Text::new(
    "这里应该是放记录的文件夹，现在不是",
    "this should be a folder of records, but is not a folder",
);

pub(in crate::store) const NO_FOLDER_HELP: Text = Text::new(
    "请把它移走，让记录有地方放",
    "move it elsewhere: the records need the folder",
);

pub(in crate::store) const BYTE_ORDER_MARK: Text = Text::new(
    "文件开头有 UTF-8 字节序标记",
    "the file begins with a byte order mark",
);

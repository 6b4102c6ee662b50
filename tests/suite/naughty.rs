//! Strings with a special meaning elsewhere: they round-trip, and are plain text in every output.
//!
//! `CUNCAO_STRINGS` names a JSON file with a list of further strings.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Output;

use crate::school::{command, cuncao, said};
use quick_xml::events::Event;
use serde_json::Value;

/// Strings that a record may contain.
const ACCEPTED: &[&str] = &[
    "张小明",
    "O'Brien \"the\" `x`",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "+1390000",
    "-2+3",
    "@SUM(A1)",
    "'=1",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></tr></table><h1>x</h1>",
    "\"><svg/onload=alert(1)>",
    "]]>",
    "<![CDATA[x]]>",
    "<?xml version=\"1.0\"?>",
    "<!-- x",
    "&amp; &lt; &#60; &nbsp;",
    "<w:p/>",
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    "{# x #}",
    "${x} $(x) `x` %s %n",
    "![x](http://example.org/x.png)",
    "[x](javascript:alert(1))",
    "<http://example.org>",
    "https://example.org/x",
    "[^1]: x",
    "**粗** _斜_ ~~删~~ `码`",
    "# 标题",
    "- 项",
    "1. 项",
    "> 引",
    "---",
    "| a | b |",
    "a|b\\|c",
    "\\",
    "\\n \\u001b[31m",
    "C:\\新建文件夹\\",
    "a\tb",
    "\u{200b}零宽\u{200d}",
    "\u{ad}软连字符",
    "עברית العربية",
    "👨‍👩‍👧 ㊗ 🇨🇳",
    "Ｚ̶̧̛͓a̴l̷g̸o̶",
    "𠮷野家 𪚥",
    "ﷺ ǆ ﬁ",
    "㍿ ½ ①",
    "null",
    "true",
    "0x10",
    "1e9",
    "2025-02-30",
    "undefined; DROP TABLE children",
    "../../etc/passwd",
    "file:///etc/passwd",
    "con",
    "\u{fffd}\u{fffe}",
    "🏴\u{e0067}\u{e0062}\u{e007f}",
];

/// Strings refused by a rule, as bytes of the TOML file.
const REFUSED: &[&str] = &[
    "a\\u0000b",
    "a\\u0001b",
    "\\u001b[31m红",
    "\\u001b]0;x\\u0007",
    "\\u001b]8;;http://example.org\\u001b\\\\x",
    "a\\rb",
    "a\\bb",
    "\\u007f",
    "\\u0085",
    "\\u009b31m",
    "a\\u202eb",
    "a\\u2066b\\u2069",
    "\\u200fa",
    "a\\u2028b",
    "\\ufeffa",
];

struct School {
    folder: tempfile::TempDir,
    /// The names and summaries of the children, by id.
    children: BTreeMap<String, String>,
}

impl School {
    fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Adds a child with a string as its name, and a visit with it as the summary; returns the output if refused.
    fn add(&mut self, text: &str) -> Result<(), Output> {
        let name = format!("--name={text}");
        let added = cuncao(
            self.root(),
            &[
                "add",
                "child",
                &name,
                "--gender",
                "male",
                "--birth-date",
                "2015-05-01",
                "--set",
                "enrolment[0].since=2022-09-01",
                "--set",
                "enrolment[0].class=2022-1",
                "--set",
                "guardianship[0].since=2022-09-01",
                "--set",
                "guardianship[0].away=both",
                "--set",
                "guardianship[0].kind=grandparents",
            ],
        );
        if !added.status.success() {
            return Err(added);
        }
        let id = String::from_utf8(added.stdout).unwrap();
        let id = id.split_whitespace().next().unwrap().to_owned();
        let summary = format!("--summary={text}");
        let added = cuncao(
            self.root(),
            &[
                "add",
                "visit",
                "--date",
                "2025-10-12",
                "--mode",
                "home",
                "--children",
                &id,
                "--by",
                "h7k3m9q",
                &summary,
            ],
        );
        if !added.status.success() {
            return Err(added);
        }
        self.children.insert(id, text.to_owned());
        Ok(())
    }

    /// The standard output of a command.
    fn out(&self, arguments: &[&str]) -> Vec<u8> {
        let output = cuncao(self.root(), arguments);
        let told: String = said(&output).chars().take(3000).collect();
        assert!(output.status.success(), "{arguments:?} {told}");
        output.stdout
    }
}

fn new_school() -> School {
    let folder = tempfile::tempdir().unwrap();
    crate::school::small(folder.path());
    let known = [("c4t8w2z", "安安"), ("c000002", "平平")];
    let known = known.map(|(id, name)| (id.to_owned(), name.to_owned()));
    School {
        folder,
        children: BTreeMap::from(known),
    }
}

fn no_controls(what: &str, bytes: &[u8]) {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let dangerous = text
        .chars()
        .find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    assert_eq!(dangerous, None, "{what}");
}

/// A text without whitespace, which outputs may change, and without invisible characters.
fn plain(text: &str) -> String {
    let is_unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e007f}')
    };
    text.chars().filter(|c| !is_unseen(*c)).collect()
}

#[test]
fn texts_come_back_as_they_were_written_and_are_text_in_every_output() {
    let more: Vec<String> = std::env::var_os("CUNCAO_STRINGS").map_or_else(Vec::new, |path| {
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    });
    let long = "长".repeat(3_000);
    let own = ACCEPTED.iter().map(|text| (*text).to_owned()).chain([long]);
    let own: Vec<String> = own.collect();
    let mut refused = BTreeMap::new();
    // Small schools, since a report for each of many children is slow.
    for texts in own.chunks(BATCH_SIZE) {
        check_texts(texts, &mut refused);
    }
    assert!(refused.is_empty(), "{refused:?}");
    for texts in more.chunks(BATCH_SIZE) {
        check_texts(texts, &mut refused);
    }
    println!("{} texts of our own, {} others", own.len(), more.len());
    for (why, texts) in refused {
        println!("{} refused: {why}: {texts:?}", texts.len());
    }
}

/// The number of strings tried in one school.
const BATCH_SIZE: usize = 20;

/// Tries strings in a school of their own; collects the refused ones by reason.
fn check_texts(texts: &[String], refused: &mut BTreeMap<String, Vec<String>>) {
    let mut school = new_school();
    for text in texts {
        let why = match school.add(text) {
            Ok(()) => continue,
            Err(output) => {
                assert_eq!(output.status.code(), Some(2), "{text:?}: {}", said(&output));
                no_controls(text, &output.stderr);
                let why = String::from_utf8(output.stderr).unwrap();
                let (_, why) = why.lines().next().unwrap().split_once(": ").unwrap();
                why.to_owned()
            }
        };
        refused.entry(why).or_default().push(text.clone());
    }
    round_trips(&school);
    is_harmless_in_the_terminal(&school);
    is_text_in_tables(&school);
    is_text_in_reports(&school);
}

fn round_trips(school: &School) {
    for (id, text) in &school.children {
        let shown = school.out(&["show", id, "--format", "json"]);
        let shown: Value = serde_json::from_slice(&shown).unwrap();
        assert_eq!(shown["name"], text.as_str());
    }
    let visits = school.out(&[
        "list",
        "visit",
        "--all",
        "--columns",
        "children,summary",
        "--format",
        "json",
    ]);
    let visits: Vec<Value> = serde_json::from_slice(&visits).unwrap();
    let told: BTreeSet<&str> = visits
        .iter()
        .map(|visit| visit["summary"].as_str().unwrap())
        .collect();
    for (id, text) in &school.children {
        assert!(
            id.len() < 8 && ["安安", "平平"].contains(&text.as_str())
                || told.contains(text.as_str()),
            "{text:?}"
        );
    }
    let checked = cuncao(school.root(), &["validate"]);
    assert_ne!(checked.status.code(), Some(2), "{}", said(&checked));
    no_controls("validate", &checked.stdout);
}

fn is_harmless_in_the_terminal(school: &School) {
    for arguments in [
        &["list", "child", "--all"][..],
        &["list", "visit", "--all", "--columns", "children,summary"],
        &[
            "list",
            "visit",
            "--format",
            "md",
            "--columns",
            "children,summary",
        ],
        &["due"],
        &["stats"],
        &["explain", "visits"],
    ] {
        no_controls(arguments[0], &school.out(arguments));
    }
    for id in school.children.keys().step_by(3) {
        no_controls(id, &school.out(&["show", id]));
    }
}

fn is_text_in_tables(school: &School) {
    let begins_formula = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let csv = school.out(&["export", "child", "--names", "full", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(&csv[..]);
    let mut rows = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let text = &school.children[&row[0]];
        assert!(!begins_formula(&row[1]), "{text:?}: {:?}", &row[1]);
        // An apostrophe before what a spreadsheet would evaluate, and before an apostrophe.
        let unmarked = row[1].strip_prefix('\'');
        assert!(
            row[1] == **text || unmarked == Some(text),
            "{text:?}: {:?}",
            &row[1]
        );
        rows += 1;
    }
    assert_eq!(rows, school.children.len());
    let path = school.root().join("x.xlsx");
    school.out(&[
        "export",
        "child",
        "--names",
        "full",
        "-o",
        path.to_str().unwrap(),
    ]);
    use calamine::Reader as _;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    for name in book.sheet_names() {
        assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name}");
        let cells = book.worksheet_range(&name).unwrap();
        for row in cells
            .rows()
            .filter(|row| school.children.contains_key(&row[0].to_string()))
        {
            let text = &school.children[&row[0].to_string()];
            // The maximum length of a workbook cell.
            if text.chars().count() < 32_000 {
                let held = row[1].to_string();
                assert!(
                    held == *text || held.strip_prefix('\'') == Some(text),
                    "{text:?}: {held:?}"
                );
            }
        }
    }
    std::fs::remove_file(path).unwrap();
}

/// The element names of an HTML text, and its text content.
fn parsed(html: &str) -> (BTreeSet<String>, String) {
    let (mut names, mut text) = (BTreeSet::new(), String::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text += &rest[..at];
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end);
        let inside = rest[at + 1..end].trim_start_matches('/');
        let name = inside.split(|c: char| !c.is_alphanumeric()).next().unwrap();
        names.insert(name.to_owned());
        let handlers = inside
            .split_whitespace()
            .filter(|word| word.starts_with("on"));
        assert_eq!(handlers.count(), 0, "{inside}");
        assert!(!inside.contains("javascript:"), "{inside}");
        rest = rest.get(end + 1..).unwrap_or("");
        if name == "style" || name == "script" {
            rest = rest.find("</").map_or("", |at| &rest[at..]);
        }
    }
    text += rest;
    (
        names,
        quick_xml::escape::unescape(&text).unwrap().into_owned(),
    )
}

/// The text of a Word file, checking that every part is well-formed.
fn text_of_docx(bytes: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut depth = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(part) if name == "word/document.xml" => {
                    text += &part;
                }
                Event::GeneralRef(entity) if name == "word/document.xml" => {
                    let entity = format!("&{};", &*entity);
                    text += &quick_xml::escape::unescape(&entity).unwrap();
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name}");
    }
    text
}

fn is_text_in_reports(school: &School) {
    // The report of an ordinary child shows which elements belong to the report.
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().to_str().unwrap();
    for format in ["html", "docx", "md"] {
        school.out(&[
            "report", "child", "--names", "full", "--format", format, "-o", into,
        ]);
    }
    // No file is named after the content of a record.
    let made = std::fs::read_dir(into).unwrap().count();
    assert_eq!(made, 3 * school.children.len());
    let report = |id: &str, format: &str| {
        std::fs::read(folder.path().join(format!("child-{id}.{format}"))).unwrap()
    };
    let html = |id: &str| parsed(&String::from_utf8(report(id, "html")).unwrap());
    let (ordinary, _) = html("c4t8w2z");
    let mut wrong = Vec::new();
    for (id, text) in &school.children {
        let times = |shown: &str| plain(shown).matches(&plain(text)).count();
        let (elements, shown) = html(id);
        let strange: Vec<&String> = elements.difference(&ordinary).collect();
        assert!(
            strange
                .iter()
                .all(|name| ["br", "p", "li", "ul"].contains(&name.as_str())),
            "{text:?}: {strange:?}"
        );
        let of_docx = text_of_docx(report(id, "docx"));
        let wanted = if ["安安", "平平"].contains(&text.as_str()) {
            1
        } else {
            2
        };
        if !plain(text).is_empty() && times(&shown).min(times(&of_docx)) < wanted {
            wrong.push(format!("{text:?}\n  HTML: {shown}\n  Word: {of_docx}"));
        }
        no_controls(text, &report(id, "md"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // All of them in one table.
    let roster = school.out(&["report", "roster", "--names", "full", "--format", "html"]);
    let (_, shown) = parsed(&String::from_utf8(roster).unwrap());
    assert!(shown.contains("安安"));
}

#[test]
fn what_would_do_something_is_refused_with_a_reason() {
    let school = new_school();
    for text in REFUSED {
        let table = format!(
            r#"name = "{text}"
gender = "male"
birth_date = 2015-05-01
"#
        );
        let input = school.root().join("input");
        std::fs::write(&input, table).unwrap();
        let added = command(school.root())
            .args(["--today", "2025-11-12", "add", "child", "--from"])
            .arg(&input)
            .output()
            .unwrap();
        std::fs::remove_file(input).unwrap();
        assert_eq!(added.status.code(), Some(2), "{text}: {}", said(&added));
        no_controls(text, &added.stderr);
        let told = String::from_utf8(added.stderr).unwrap();
        assert!(
            told.contains("control character") || told.contains("not TOML"),
            "{text}: {told}"
        );
    }
}

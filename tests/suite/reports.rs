//! Reports as users write them: those of the example school are in `examples/reports/`, the same in every format.
//! `CUNCAO_OVERWRITE=1 cargo test --test suite reports` updates them; review the diff.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn cuncao(directory: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cuncao"))
        .args(["--today", "2026-07-10", "--lang", "zh", "-C"])
        .arg(directory)
        .args(arguments)
        .output()
        .unwrap()
}

fn printed(directory: &Path, arguments: &[&str]) -> String {
    let output = cuncao(directory, arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn example() -> PathBuf {
    Path::new(ROOT).join("examples/school")
}

#[test]
fn the_reports_of_the_example_school_are_those_beside_it() {
    for (file, arguments) in [
        (
            "term-2025-2026-1.md",
            &["report", "term", "--term", "2025-2026-1"][..],
        ),
        (
            "term-2025-2026-2.md",
            &[
                "report",
                "term",
                "--term",
                "2025-2026-2",
                "--compare",
                "previous",
            ],
        ),
        (
            "term-2025-2026-2.en.md",
            &["--lang", "en", "report", "term", "--term", "2025-2026-2"],
        ),
        (
            "term-2025-2026-2.public.md",
            &["report", "term", "--term", "2025-2026-2", "--public"],
        ),
        ("class-2022-1.md", &["report", "class", "--class", "2022-1"]),
        ("helpers.md", &["report", "helper"]),
    ] {
        let path = Path::new(ROOT).join("examples/reports").join(file);
        let output = Command::new(env!("CARGO_BIN_EXE_cuncao"))
            .args(["--today", "2026-07-10", "-C"])
            .arg(example())
            .args(arguments)
            .env(
                "CUNCAO_LANG",
                if file.contains(".en.") { "en" } else { "zh" },
            )
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{file}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let written = String::from_utf8(output.stdout).unwrap();
        if std::env::var_os("CUNCAO_OVERWRITE").is_some() {
            fs::write(&path, &written).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap();
        assert!(kept == written, "{file} is not what the tool writes");
    }
}

#[test]
fn the_summary_says_what_the_school_was_made_to_have() {
    let text = printed(&example(), &["report", "term", "--term", "2025-2026-2"]);
    for number in ["574", "113", "19.7%", "31.9%", "60.2%"] {
        assert!(text.contains(number), "{number} is not in the summary");
    }
}

/// The texts of the links to figures, in order.
fn figures_of_html(html: &str) -> Vec<String> {
    html.split("<a class=\"figure\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('>')?.1.split_once("</a>")?.0.to_owned()))
        .collect()
}

/// The text of an XML part, with its runs separated by spaces.
fn text_of_xml(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Text(part) => text += &part,
            quick_xml::events::Event::End(end)
                if matches!(end.name().as_ref(), "w:p" | "p" | "td" | "li") =>
            {
                text.push('\n');
            }
            quick_xml::events::Event::Eof => return text,
            _ => {}
        }
    }
}

fn word_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let part = archive.by_name("word/document.xml").unwrap();
    text_of_xml(&std::io::read_to_string(part).unwrap())
}

#[test]
fn a_long_page_can_be_searched_and_a_short_one_has_no_script() {
    let page =
        |arguments: &[&str]| printed(&example(), &[arguments, &["--format", "html"]].concat());
    let long = page(&["report", "roster"]);
    assert!(
        long.contains("<div class=\"search\" role=\"search\" hidden>"),
        "{long}"
    );
    assert!(long.contains("script-src 'sha256-") && long.contains("<script>\"use strict\";"));
    let short = page(&["report", "visit", "--blank"]);
    assert!(
        !short.contains("<script") && !short.contains("role=\"search\""),
        "{short}"
    );
}

#[test]
fn the_numbers_are_the_same_in_every_form() {
    let markdown = printed(&example(), &["report", "term", "--term", "2025-2026-2"]);
    let html = printed(
        &example(),
        &[
            "report",
            "term",
            "--term",
            "2025-2026-2",
            "--format",
            "html",
        ],
    );
    let figures = figures_of_html(&html);
    assert!(figures.len() > 150, "{}", figures.len());
    let word = word_text(
        &cuncao(
            &example(),
            &[
                "report",
                "term",
                "--term",
                "2025-2026-2",
                "--format",
                "docx",
            ],
        )
        .stdout,
    );
    for (form, text) in [("Markdown", &markdown), ("Word", &word)] {
        let mut rest = text.as_str();
        for figure in figures.iter().filter(|figure| !figure.is_empty()) {
            let at = rest.find(figure.as_str());
            let at = at.unwrap_or_else(|| panic!("{form}: {figure} is not where HTML has it"));
            rest = &rest[at + figure.len()..];
        }
    }
}

#[test]
fn the_same_report_is_the_same_bytes() {
    for format in ["md", "html", "docx"] {
        let once = cuncao(&example(), &["report", "term", "--format", format]).stdout;
        let twice = cuncao(&example(), &["report", "term", "--format", format]).stdout;
        assert!(!once.is_empty() && once == twice, "{format}");
    }
}

#[test]
fn no_child_is_named_unless_asked() {
    let children = printed(
        &example(),
        &["list", "child", "--columns", "name", "--format", "csv"],
    );
    for report in [
        "term", "roster", "helper", "overview", "summary", "home", "activity",
    ] {
        let text = printed(&example(), &["report", report]);
        for name in children.lines().skip(1).filter(|name| *name != "name") {
            assert!(!text.contains(name), "{report} names {name}");
        }
    }
}

/// A small school in a temporary folder.
fn small_school() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put(
        "cuncao.toml",
        r#"format = 1
[school]
name = "柳树小学"
level = "primary"
"#,
    );
    put(
        "terms/2025-2026-2.toml",
        r#"name = "第二学期"
start = 2026-02-24
end = 2026-07-03
[enrolment]
1 = 60
"#,
    );
    for at in 0..12 {
        let kind = if at < 2 {
            "kin-or-friends"
        } else {
            "grandparents"
        };
        put(
            &format!("children/c00000{}.toml", char::from(b"0123456789ab"[at])),
            &format!(
                r#"name = "张{at}号"
gender = "male"
birth_date = 2018-03-02
[[enrolment]]
since = 2025-09-01
class = "2025-1"
[[guardianship]]
since = 2025-09-01
away = "both"
kind = "{kind}"
"#
            ),
        );
    }
    folder
}

#[test]
fn a_group_of_two_cannot_be_read_or_worked_out_in_public() {
    let school = small_school();
    let shown = printed(school.path(), &["report", "term"]);
    assert!(shown.contains("亲朋监护2人"), "{shown}");
    let public = printed(school.path(), &["report", "term", "--public"]);
    // Two kinds of guardianship make up the twelve: if one is suppressed the other must be too, and no table row or
    // asterisk reveals the kind.
    assert!(
        !public.contains("亲朋监护") && !public.contains("祖辈监护") && !public.contains('＊'),
        "{public}"
    );
    assert!(public.contains("留守儿童12人"), "{public}");
    let told = cuncao(school.path(), &["report", "term", "--public"]).stderr;
    let told = String::from_utf8(told).unwrap();
    assert!(told.contains("早先公开过的数字"), "{told}");
    let by = cuncao(school.path(), &["stats", "--public", "--by", "gender"]);
    assert_eq!(by.status.code(), Some(2));
    let told = String::from_utf8(by.stderr).unwrap();
    assert!(told.contains("按班级（或年级）"), "{told}");
}

#[test]
fn hostile_text_is_only_text() {
    let school = small_school();
    let hostile = "<script>alert(1)</script> ]]> {{ 7*7 }} {% raw %} =cmd|' /C calc'!A0 | a | [x](http://x) ![y](z)";
    let text = format!(
        r#"date = 2026-03-03
mode = "home"
children = ["c000000"]
by = ["h000000"]
summary = '''{hostile}'''
"#
    );
    fs::create_dir_all(school.path().join("visits/2026-03")).unwrap();
    fs::write(
        school.path().join("visits/2026-03/2026-03-03-v000000.toml"),
        text,
    )
    .unwrap();
    fs::create_dir_all(school.path().join("helpers")).unwrap();
    fs::write(
        school.path().join("helpers/h000000.toml"),
        r#"name = "王芳"
role = "teacher"
"#,
    )
    .unwrap();
    let arguments = ["report", "child", "c000000", "--names", "full", "--format"];
    let form = |format: &str| cuncao(school.path(), &[&arguments[..], &[format]].concat()).stdout;
    let html = String::from_utf8(form("html")).unwrap();
    assert!(
        html.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !html.contains("<script>alert"),
        "{html}"
    );
    assert!(
        html.contains("{{ 7*7 }}") && !html.contains("href=\"http://x"),
        "{html}"
    );
    let xml = {
        let bytes = form("docx");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let part = archive.by_name("word/document.xml").unwrap();
        std::io::read_to_string(part).unwrap()
    };
    assert!(
        xml.contains("&lt;script&gt;") && xml.contains("{{ 7*7 }}"),
        "{xml}"
    );
    let markdown = String::from_utf8(form("md")).unwrap();
    assert!(
        markdown.contains(r"\<script\>") && markdown.contains(r"\[x\](http://x)"),
        "{markdown}"
    );
}

#[test]
fn a_broken_template_is_named_with_its_line() {
    let school = small_school();
    let put = |text: &str| {
        fs::create_dir_all(school.path().join("templates")).unwrap();
        fs::write(school.path().join("templates/term.zh.md"), text).unwrap();
    };
    for (template, place) in [
        (
            "# 一\n\n{{ nothing.of.the.kind }}\n",
            "templates/term.zh.md:3",
        ),
        ("# 一\n{% if %}\n", "templates/term.zh.md:2"),
        ("{{ n(\"no-such-figure\") }}\n", "templates/term.zh.md:1"),
        ("{% include \"/etc/passwd\" %}\n", "templates/term.zh.md:1"),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
            "templates/term.zh.md:1",
        ),
    ] {
        put(template);
        let start = Instant::now();
        let output = cuncao(school.path(), &["report", "term"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{template}");
        assert!(said.contains(place), "{template}: {said}");
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "{template} took long"
        );
    }
    put("# 本校的总结\n\n留守儿童{{ n(\"children\") }}人。\n");
    assert!(printed(school.path(), &["report", "term"]).contains("# 本校的总结"));
}

#[test]
fn a_past_term_stays_as_it_was() {
    let school = small_school();
    let before = printed(school.path(), &["report", "term", "--term", "2025-2026-2"]);
    fs::write(
        school.path().join("children/c00000z.toml"),
        r#"name = "后来的"
gender = "female"
birth_date = 2018-03-02
[[enrolment]]
since = 2026-09-01
class = "2025-1"
[[guardianship]]
since = 2026-09-01
away = "both"
kind = "grandparents"
"#,
    )
    .unwrap();
    assert_eq!(
        printed(school.path(), &["report", "term", "--term", "2025-2026-2"]),
        before
    );
}

#[test]
fn libreoffice_opens_the_word_file() {
    if Command::new("soffice").arg("--version").output().is_err() {
        println!("passed over: soffice is not here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("term.docx");
    let output = cuncao(
        &example(),
        &["report", "term", "-o", file.to_str().unwrap()],
    );
    assert!(output.status.success());
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let converted = Command::new("soffice")
        .args([
            &profile,
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
        ])
        .arg(folder.path())
        .arg(&file)
        .output()
        .unwrap();
    assert!(converted.status.success(), "{converted:?}");
    let text = fs::read_to_string(folder.path().join("term.txt")).unwrap();
    assert!(
        text.contains("留守儿童关爱工作总结") && text.contains("574") && text.contains("19.7%"),
        "{text}"
    );
}

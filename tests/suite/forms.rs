//! The other formats of a public report contain nothing more than its Markdown: no numbers or words in attributes, file
//! properties or hidden parts. `CUNCAO_ATTACKED` sets the number of schools.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::Path;

use cuncao::analysis::{Basis, Scope};
use cuncao::document;
use cuncao::model::{Date, Kind, KindSet};
use cuncao::report::{Request, Writer};
use cuncao::store::{ReadOptions, Store};
use quick_xml::events::Event;

use crate::attacker::{Dice, attacked, fresh_seed, request, run_in, school};
use crate::support::write;

/// Labels that renderers add to every report.
const FURNITURE: &[&str] = &["跳到正文", "目录", "表格", "图中数据", "项目", "搜索"];

/// The content of texts: their numbers and runs of Chinese characters.
#[derive(Debug, Default)]
struct Said {
    numbers: BTreeSet<String>,
    words: BTreeSet<String>,
}

impl Said {
    fn of(texts: &[String]) -> Said {
        let mut said = Said::default();
        for text in texts {
            let is_inner = |c: char| c.is_ascii_digit() || c == '.';
            for number in text.split(|c: char| !is_inner(c)) {
                let number = number.trim_matches('.');
                if !number.is_empty() {
                    said.numbers.insert(number.to_owned());
                }
            }
            let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            let words = text
                .split(|c: char| !is_han(c))
                .filter(|word| !word.is_empty());
            said.words.extend(words.map(str::to_owned));
        }
        said
    }

    /// Returns the content that is not in a plain text.
    fn more_than(&self, plain: &str) -> Vec<String> {
        let known = Said::of(&[plain.to_owned()]);
        let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        let plain: String = plain.chars().filter(is_han).collect();
        let numbers = self.numbers.difference(&known.numbers).cloned();
        let words = self
            .words
            .iter()
            .filter(|word| !plain.contains(word.as_str()) && !FURNITURE.contains(&word.as_str()));
        numbers.chain(words.cloned()).collect()
    }
}

/// Returns all texts of an XML or HTML file: between tags, and in attributes that are read by people or programs.
fn texts_of(markup: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        texts.push(rest[..at].to_owned());
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end);
        let inside = &rest[at + 1..end];
        let mut parts = inside.split('"');
        while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
            let name = name.trim_end_matches('=').rsplit([' ', ':']).next();
            let is_read = ["title", "alt", "descr", "label", "aria-label", "content"];
            // Table numbers and the script's hash are not data of the school.
            let is_numbered = ["表格", "width=", "default-src"]
                .iter()
                .any(|start| value.starts_with(start));
            if name.is_some_and(|name| is_read.contains(&name) || name.starts_with("data-"))
                && !is_numbered
            {
                texts.push(value.to_owned());
            }
        }
        rest = rest.get(end + 1..).unwrap_or("");
        if inside.starts_with("style") || inside.starts_with("script") {
            rest = rest.find("</").map_or("", |at| &rest[at..]);
        }
    }
    texts.push(rest.to_owned());
    let unescaped = |text: &String| quick_xml::escape::unescape(text).unwrap().into_owned();
    texts.iter().map(unescaped).collect()
}

/// Returns all texts in the parts of a Word file or a workbook, except for page numbers and the date in the properties.
fn texts_of_parts(bytes: Vec<u8>) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut texts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        assert!(
            name.ends_with(".xml") || name.ends_with(".rels"),
            "{name} is no text"
        );
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        let mut reader = quick_xml::Reader::from_str(&xml);
        while !matches!(reader.read_event().unwrap(), Event::Eof) {}
        let own = texts_of(&xml);
        let is_own = |text: &String| {
            let is_day = name.contains("docProps") && text.starts_with("2026-01-20T");
            let is_page = name.contains("footer") && text.trim() == "1";
            !is_day && !is_page
        };
        texts.extend(own.into_iter().filter(is_own));
    }
    texts
}

/// Returns what the formats of the public reports of a school contain beyond their Markdown, and the number of reports.
fn of_papers(root: &Path, scripts: &mut BTreeSet<String>) -> (Vec<String>, usize) {
    let store = Store::at(root);
    let settings = store.school().unwrap();
    let loaded = store.load(ReadOptions::all(KindSet::of(Kind::ALL)));
    let today = "2026-01-20".parse::<Date>().unwrap().0;
    let term = loaded.records.terms.iter().next().unwrap();
    let scope = Scope::of_term(term, today, settings.definition());
    let basis = Basis {
        school: &settings,
        records: &loaded.records,
        scope,
    };
    let (mut found, mut read) = (Vec::new(), 0);
    let writer = Writer::new(&basis, &request("term", Some(3), today));
    for paper in [
        "term", "year", "home", "summary", "class", "activity", "trip",
    ] {
        let class = loaded.records.children.iter().next();
        let class = class
            .and_then(|child| child.class_on(today))
            .map(|entry| entry.class);
        let asked = Request {
            // These options must have no effect on public reports.
            sources: true,
            names_staff: true,
            class: class.filter(|_| paper == "class"),
            ..request(paper, Some(3), today)
        };
        let written = writer.write(&asked).unwrap();
        if written.hides_classes || paper == "class" && asked.class.is_none() {
            continue;
        }
        let form = |name: &str| {
            let form = document::format(name).unwrap();
            form.render(&written.document).unwrap()
        };
        let plain = String::from_utf8(form("md")).unwrap();
        assert!(!plain.contains("figure:"), "{plain}");
        let html = String::from_utf8(form("html")).unwrap();
        let texts = [
            ("html", texts_of(&html)),
            ("docx", texts_of_parts(form("docx"))),
        ];
        for (form, texts) in texts {
            read += 1;
            // The file properties contain the author.
            let plain = format!("{plain}\n{}", written.document.author);
            let more = Said::of(&texts).more_than(&plain);
            if !more.is_empty() {
                found.push(format!("{paper} as {form}: {more:?}"));
            }
        }
        assert!(!html.contains("c00"), "{html}");
        // The scripts of a page must not depend on its data.
        scripts.extend(html.split("<script").skip(1).filter_map(|script| {
            let script = script.split("</script>").next()?;
            Some(script.to_owned())
        }));
    }
    (found, read)
}

#[test]
fn other_formats_of_a_public_report_contain_nothing_more() {
    let schools = attacked(12);
    let mut dice = Dice(fresh_seed());
    let (mut more, mut read, mut scripts) = (Vec::new(), 0, BTreeSet::new());
    for number in 0..schools {
        let folder = tempfile::tempdir().unwrap();
        school(folder.path(), &mut dice);
        let (found, forms) = of_papers(folder.path(), &mut scripts);
        read += forms;
        more.extend(found.into_iter().map(|found| format!("{number}: {found}")));
    }
    println!("{schools} schools, {read} papers in other forms");
    assert!(more.is_empty(), "{}", more.join("\n"));
    assert!(scripts.len() <= 1, "{scripts:?}");
    assert!(read > schools * 6, "{read}");
}

#[test]
fn additional_content_of_a_format_is_detected() {
    let more = |html: &str| Said::of(&texts_of(html)).more_than("全校有留守儿童12人");
    assert_eq!(
        more("<p title=\"12\">留守儿童12人</p>"),
        Vec::<String>::new()
    );
    for (html, expected) in [
        ("<p>留守儿童11人</p>", "11"),
        ("<p title=\"其中3人\">留守儿童12人</p>", "3"),
        ("<svg><desc>女孩</desc></svg>", "女孩"),
        ("<td data-of=\"13\">12</td>", "13"),
    ] {
        assert!(more(html).contains(&expected.to_owned()), "{html}");
    }
}

/// Returns the numbers in the rows of a table of figures, and the percentages that follow from them.
fn numbers_of(json: &serde_json::Value) -> String {
    let mut said = String::new();
    fn walk(value: &serde_json::Value, said: &mut String) {
        match value {
            serde_json::Value::Object(map) => {
                let number = |key: &str| map.get(key).and_then(serde_json::Value::as_i64);
                if let (Some(value), Some(of @ 1..)) = (number("value"), number("of")) {
                    let tenths = (value * 2000 + of) / (of * 2);
                    *said += &format!(" {}.{} ", tenths / 10, tenths % 10);
                }
                let change = number("value")
                    .zip(map.get("before").and_then(|before| {
                        before.get("value").and_then(serde_json::Value::as_i64)
                    }));
                if let Some((now, before)) = change {
                    *said += &format!(" {} ", (now - before).abs());
                }
                map.values().for_each(|value| walk(value, said));
            }
            serde_json::Value::Array(all) => all.iter().for_each(|value| walk(value, said)),
            other => {
                *said += " ";
                *said += &other.to_string();
            }
        }
    }
    walk(json, &mut said);
    said
}

#[test]
fn public_figures_are_the_same_in_all_formats() {
    let mut dice = Dice(fresh_seed());
    let township = tempfile::tempdir().unwrap();
    let mut read = 0;
    let mut look = |root: &Path, arguments: &[&str], forms: &[&str], more: &str| {
        let form = |form: &str| run_in(root, &[arguments, &["--format", form]].concat());
        let (is_told, json) = form("json");
        if !is_told && json.is_empty() {
            assert!(!form("csv").0);
            return;
        }
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let known = numbers_of(&json) + " " + more;
        for name in forms {
            let (_, text) = form(name);
            // Only the numbers of the table, without its labels.
            let said = Said {
                words: BTreeSet::new(),
                ..Said::of(&text.lines().map(str::to_owned).collect::<Vec<_>>())
            };
            let extra = said.more_than(&known);
            assert!(
                extra.is_empty(),
                "{arguments:?} as {name}: {extra:?}\n{text}"
            );
            read += 1;
        }
    };
    for (number, name) in ["甲校", "乙校", "丙校", "丁校"].iter().enumerate() {
        let root = township.path().join(name);
        std::fs::create_dir_all(&root).unwrap();
        school(&root, &mut dice);
        let settings = std::fs::read_to_string(root.join("cuncao.toml")).unwrap();
        write(&root, "cuncao.toml", &settings.replace("柳树小学", name));
        if number > 1 {
            continue;
        }
        for by in [&[][..], &["--by", "grade"], &["--by", "month"]] {
            let arguments = [&["stats", "--public", "--term", "2025-2026-1"], by].concat();
            // Names of classes and terms contain numbers.
            look(
                &root,
                &arguments,
                &["table", "csv", "jsonl", "md"],
                "2025 9 1 2026 01 20 13",
            );
        }
    }
    let root = township.path();
    let arguments = ["rollup", ".", "--public", "--term", "2025-2026-1"];
    // As a report of the township.
    let report = |form: &str| {
        let file = format!("各校.{form}");
        let asked = ["--format", form, "-o", &file];
        run_in(root, &[&arguments[..], &asked].concat());
        std::fs::read(root.join(file)).unwrap_or_default()
    };
    let plain = String::from_utf8(report("md")).unwrap();
    if !plain.is_empty() {
        let html = String::from_utf8(report("html")).unwrap();
        for texts in [texts_of(&html), texts_of_parts(report("docx"))] {
            let extra = Said::of(&texts).more_than(&plain);
            assert!(extra.is_empty(), "{extra:?}\n{plain}");
        }
    }
    let arguments = [&arguments[..], &["--figures", "all"]].concat();
    look(
        root,
        &arguments,
        &["table", "csv", "jsonl", "md"],
        "2025 9 1 2026 01 20 2016 13 0 2 3 4",
    );
    assert!(read >= 4, "{read}");
}

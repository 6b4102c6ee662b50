//! Claims of the summaries: each sentence that depends on a figure is seen where the figure says so, and is gone or
//! turned where it does not.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{copy, cuncao, example, out, write};

/// The pieces of literal text in a template, each with whether it stands in a condition, a loop or a block.
fn pieces(template: &str) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut depth = 0_i32;
    let mut rest = template;
    let mut add = |text: &str, depth: i32| {
        let parts = text.split(['\n', '|', '#', '*', '`', '"']);
        for part in parts.map(str::trim) {
            let letters = part.chars().filter(|c| c.is_alphabetic()).count();
            let is_chinese = part.chars().any(|c| c > '\u{2e80}');
            let is_markup = matches!(part, "signature" | "categories" | "caption");
            if !is_markup && letters >= if is_chinese { 3 } else { 9 } {
                pieces.push((part.to_owned(), depth > 0));
            }
        }
    };
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        add(&rest[..start], depth);
        let close = if rest[start..].starts_with("{{") {
            "}}"
        } else {
            "%}"
        };
        let end = start + rest[start..].find(close).unwrap();
        let tag = rest[start + 2..end].trim();
        let word = tag.split_whitespace().next().unwrap_or_default();
        let is_set_block = word == "set" && !tag.contains('=');
        if close == "%}" {
            match word {
                "if" | "for" | "macro" => depth += 1,
                "endif" | "endfor" | "endmacro" | "endset" => depth -= 1,
                _ if is_set_block => depth += 1,
                _ => {}
            }
        }
        rest = &rest[end + 2..];
    }
    add(rest, depth);
    pieces
}

/// A school in which everything that a summary can tell of has happened once, and much is overdue.
fn busy() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims/school");
    copy(&from, dir.path());
    dir
}

/// A school with a term and nobody in it.
fn empty(level: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let school = format!("format = 1\n\n[school]\nname = \"柳树\"\nlevel = \"{level}\"\n");
    write(dir.path(), "cuncao.toml", &school);
    let term = "name = \"第一学期\"\nstart = 2025-09-01\nend = 2026-01-23\n\n[enrolment]\n1 = 20\n";
    write(dir.path(), "terms/2025-2026-1.toml", term);
    dir
}

fn report(dir: &Path, lang: &str, arguments: &[&str]) -> String {
    let mut all = vec!["--lang", lang, "--today", "2026-01-23", "report"];
    all.extend(arguments);
    out(&cuncao(dir, &all))
}

/// The summaries of several schools, in one language.
fn summaries(lang: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let school = example();
    texts.push(report(
        school.path(),
        lang,
        &["term", "--term", "2025-2026-1", "--compare", "2024-2025-2"],
    ));
    let busy = busy();
    for arguments in [
        &["term"][..],
        &["term", "--compare", "previous"],
        &["term", "--term", "2024-2025-2", "--compare", "2025-2026-1"],
        &["term", "--term", "2024-2025-2"],
        &["year", "--year", "2025-2026"],
        &["year", "--year", "2025"],
        &["term", "--since", "2025-10-01", "--until", "2025-10-31"],
        &["class", "--class", "2022-1"],
        &["class", "--class", "2020-1"],
        &["class", "--class", "2020-1", "--public"],
    ] {
        texts.push(report(busy.path(), lang, arguments));
    }
    write(
        busy.path(),
        "visits/2025-10/2025-10-13-v000099.toml",
        "date = \n",
    );
    for arguments in [
        &["term", "--skip-broken"][..],
        &["class", "--class", "2022-1", "--skip-broken"],
    ] {
        texts.push(report(busy.path(), lang, arguments));
    }
    for level in ["primary", "kindergarten", "community"] {
        texts.push(report(empty(level).path(), lang, &["term"]));
        texts.push(report(empty(level).path(), lang, &["term", "--public"]));
    }
    // All of the children are paired and were visited: in two villages of a community, and one child in a school.
    for (level, children) in [("community", &["1", "2"][..]), ("primary", &["1"])] {
        let school = empty(level);
        for child in children {
            let from = busy.path().join(format!("children/c00000{child}.toml"));
            let text = std::fs::read_to_string(from).unwrap();
            let text = text.replacen(
                "birth_date",
                &format!("village = \"{child}组\"\nbirth_date"),
                1,
            );
            write(
                school.path(),
                &format!("children/c00000{child}.toml"),
                &text,
            );
            let pairing = format!(
                "child = \"c00000{child}\"\nhelper = \"h000001\"\nrole = \"teacher\"\nsince = 2025-09-01\n"
            );
            write(
                school.path(),
                &format!("pairings/2025-09/2025-09-01-p00000{child}.toml"),
                &pairing,
            );
            let visit = format!(
                "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c00000{child}\"]\nby = [\"h000001\"]\nsummary = \"好\"\n"
            );
            write(
                school.path(),
                &format!("visits/2025-10/2025-10-12-v00000{child}.toml"),
                &visit,
            );
        }
        write(
            school.path(),
            "helpers/h000001.toml",
            "name = \"王芳\"\nrole = \"teacher\"\n",
        );
        texts.push(report(school.path(), lang, &["term"]));
    }
    texts
}

/// Text as it is read: without the marks of Markdown and of links to figures.
fn read(markdown: &str) -> String {
    markdown.replace(['*', '\\', '`'], "")
}

#[test]
fn each_conditional_sentence_of_a_summary_is_seen_and_is_gone() {
    for lang in ["zh", "en"] {
        let texts: Vec<String> = summaries(lang).iter().map(|text| read(text)).collect();
        let mut faults = BTreeSet::new();
        for name in ["term", "class"] {
            let path = format!(
                "{}/src/report/templates/{name}.{lang}.md",
                env!("CARGO_MANIFEST_DIR")
            );
            let template = std::fs::read_to_string(path).unwrap();
            for (piece, is_conditional) in pieces(&template) {
                let piece = read(&piece);
                let seen = texts.iter().filter(|text| text.contains(&piece)).count();
                if seen == 0 {
                    faults.insert(format!("{name}.{lang}: never seen: {piece}"));
                } else if is_conditional && seen == texts.len() {
                    faults.insert(format!("{name}.{lang}: always seen: {piece}"));
                }
            }
        }
        assert_eq!(faults, BTreeSet::new());
    }
}

/// A change to the school with one record of everything, and what its summary says before and after.
struct Pair {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    before: &'static str,
    after: &'static str,
}

const PAIRS: &[Pair] = &[
    Pair {
        file: "incidents/2025-12/2025-12-02-i000002.toml",
        from: "summary =",
        to: "closed = 2025-12-05\nsummary =",
        before: "已办结1起，正在处理1起",
        after: "已办结2起。",
    },
    Pair {
        file: "incidents/2025-12/2025-12-02-i000002.toml",
        from: "summary =",
        to: "guardian_told = 2025-12-02T11:00:00\nsummary =",
        before: "告知监护人1起",
        after: "告知监护人2起",
    },
    Pair {
        file: "children/c000001.toml",
        from: "[[priority]]\nsince = 2025-09-05",
        to: "",
        before: "退步的人中，1人为重点帮扶对象",
        after: "退步的人中，0人为重点帮扶对象",
    },
    Pair {
        file: "children/c000003.toml",
        from: "class = \"2022-2\"",
        to: "class = \"2022-2\"\nleft = 2025-10-08\nreason = \"moved\"",
        before: "1名留守儿童尚未登记建档日期",
        after: "3名留守儿童都已建立成长档案",
    },
    Pair {
        file: "terms/2025-2026-1.toml",
        from: "at_least = \"95%\"",
        to: "at_least = \"50%\"",
        before: "期初定下的1项目标，达到0项",
        after: "期初定下的1项目标，达到1项",
    },
];

#[test]
fn a_claim_turns_when_its_figure_does() {
    let before = read(&report(busy().path(), "zh", &["term"]));
    for pair in PAIRS {
        let school = busy();
        let path = school.path().join(pair.file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(pair.from), "{}", pair.file);
        std::fs::write(&path, text.replacen(pair.from, pair.to, 1)).unwrap();
        let after = read(&report(school.path(), "zh", &["term"]));
        assert!(before.contains(pair.before), "{}:\n{before}", pair.before);
        assert!(!before.contains(pair.after), "{}:\n{before}", pair.after);
        assert!(after.contains(pair.after), "{}:\n{after}", pair.after);
        assert!(!after.contains(pair.before), "{}:\n{after}", pair.before);
    }
}

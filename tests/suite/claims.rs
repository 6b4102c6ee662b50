//! Claims of the summaries: each sentence that depends on a figure is seen where the figure says so, and is gone or
//! turned where it does not.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::{copy, cuncao, err, out, write};

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
            // How high a row of a form is.
            let part = part
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .trim_start_matches("> ");
            let is_markup = matches!(part, "signature" | "categories" | "caption" | "subtitle");
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

/// The texts in quotes within the tags of a template that claim something: Chinese ones, since English ones are plurals.
fn literals(template: &str) -> Vec<String> {
    let mut found = Vec::new();
    let tags = template.split("{{").chain(template.split("{%")).skip(1);
    for tag in tags {
        let end = tag.find("}}").into_iter().chain(tag.find("%}")).min();
        let Some(end) = end else { continue };
        let texts = tag[..end].split('"').skip(1).step_by(2);
        let is_claim = |text: &&str| {
            text.chars()
                .filter(|c| *c > '\u{2e80}' && c.is_alphabetic())
                .count()
                >= 3
        };
        found.extend(texts.filter(is_claim).map(str::to_owned));
    }
    found
}

fn records(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

fn copied(name: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&records(name), dir.path());
    dir
}

/// A school in which everything that a summary can tell of has happened once, and much is overdue.
fn busy() -> tempfile::TempDir {
    copied("claims/school")
}

/// The same with more overdue than a page holds, and a file that cannot be read.
fn overfull() -> tempfile::TempDir {
    let school = busy();
    for at in 0..31 {
        let loan = "date = 2025-10-13\nitem = \"篮球\"\nchild = \"c000001\"\ndue = 2025-11-13\n";
        let path = format!("loans/2025-10/2025-10-13-l0001{at:02}.toml");
        write(school.path(), &path, loan);
    }
    write(
        school.path(),
        "visits/2025-10/2025-10-13-v000099.toml",
        "date = \n",
    );
    school
}

/// A school with a term and nobody in it.
fn empty(level: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let school = format!("format = 1\n\n[school]\nname = \"柳树\"\nlevel = \"{level}\"\n");
    write(dir.path(), "cuncao.toml", &school);
    let term = "name = \"第一学期\"\nstart = 2025-09-01\nend = 2026-01-23\n\n[enrolment]\n1 = 20\n\n\
                [[leadership]]\nrole = \"head\"\ntitle = \"负责人\"\n";
    write(dir.path(), "terms/2025-2026-1.toml", term);
    dir
}

/// A directory and the day on which its reports are written.
type Place = (PathBuf, &'static str);

/// All places that claims are looked for in.
struct Places {
    all: Vec<Place>,
    overfull: PathBuf,
    _kept: Vec<tempfile::TempDir>,
}

fn places() -> Places {
    let kept = vec![
        empty("primary"),
        empty("kindergarten"),
        empty("community"),
        overfull(),
    ];
    let mut all: Vec<Place> = [
        ("claims/school", "2026-01-23"),
        ("claims/one", "2026-01-23"),
        ("authors/school", "2026-01-23"),
        ("authors/class", "2026-01-23"),
        ("authors/volunteers", "2025-10-19"),
        ("authors/centre", "2025-08-22"),
        ("authors/community", "2026-02-28"),
        ("authors/yearly", "2025-12-31"),
    ]
    .map(|(name, day)| (records(name), day))
    .into();
    all.extend(
        kept[..3]
            .iter()
            .map(|dir| (dir.path().to_owned(), "2026-01-23")),
    );
    Places {
        all,
        overfull: kept[3].path().to_owned(),
        _kept: kept,
    }
}

/// The pages of a report, each of which is one text.
fn pages((dir, day): &Place, lang: &str, arguments: &[&str]) -> Vec<String> {
    let all = [&["--lang", lang, "--today", day, "report"], arguments].concat();
    let output = cuncao(dir, &all);
    assert!(
        output.status.success(),
        "{arguments:?} of {}: {}",
        dir.display(),
        err(&output)
    );
    let text = read(&out(&output));
    let mut pages: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with("# ") || pages.is_empty() {
            pages.push(String::new());
        }
        if let Some(page) = pages.last_mut() {
            page.push_str(line);
            page.push('\n');
        }
    }
    pages
}

/// What a kind of report says about many schools, page by page.
fn texts(places: &Places, kind: &str, lang: &str) -> Vec<String> {
    let busy: Place = places.all[0].clone();
    let overfull: Place = (places.overfull.clone(), busy.1);
    let mut texts = Vec::new();
    let mut add = |place: &Place, arguments: &[&str]| {
        let arguments = [&[kind], arguments].concat();
        texts.extend(pages(place, lang, &arguments));
    };
    let of_schools: &[&[&str]] = match kind {
        "term" => &[
            &["--compare", "previous"],
            &["--term", "2024-2025-2", "--compare", "2025-2026-1"],
            &["--term", "2024-2025-2"],
            &["--since", "2025-10-01", "--until", "2025-10-31"],
            &["--public", "--reviewed"],
        ],
        "class" => &[
            &["--class", "2022-1"],
            &["--class", "2022-2"],
            &["--class", "2020-1"],
            &["--class", "2020-1", "--public", "--reviewed"],
            &["--class", "2022-1", "--public", "--reviewed"],
        ],
        "activity" => &[&["共托太阳"]],
        "helper" => &[&["王芳"]],
        _ => &[],
    };
    for arguments in of_schools {
        add(&busy, arguments);
    }
    let period = ["--since", "2025-10-01", "--until", "2025-10-31"];
    match kind {
        "class" => {
            add(&overfull, &["--class", "2022-1", "--skip-broken"]);
            add(
                &(records("authors/class"), "2026-01-23"),
                &["--class", "2020-1"],
            );
            // Before anybody was paired.
            add(
                &(records("authors/school"), "2025-09-10"),
                &["--class", "2023-1"],
            );
            add(
                &(records("authors/yearly"), "2025-12-31"),
                &["--class", "2021-2"],
            );
            return texts;
        }
        "year" => {
            add(&busy, &["--year", "2025-2026"]);
            add(&busy, &["--year", "2025"]);
            add(&places.all[7], &["--year", "2025"]);
            return texts;
        }
        "term" => {
            add(&overfull, &["--skip-broken"]);
            for place in &places.all[8..] {
                add(place, &["--public"]);
            }
        }
        "overview" => add(&overfull, &["--skip-broken"]),
        _ => {}
    }
    if matches!(kind, "overview" | "home") {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/school");
        add(&(example, "2026-07-10"), &["--term", "2025-2026-2"]);
    }
    let report = cuncao::report::Report::of_name(kind).unwrap();
    for place in &places.all {
        // A holiday is no term by default.
        let holiday = ["--term", "2024-2025-s"];
        let term = if place.0.ends_with("centre") {
            &holiday[..]
        } else {
            &[]
        };
        add(place, term);
        if matches!(kind, "roster" | "activity" | "trip") {
            add(place, &[term, &["--names", "full"]].concat());
        }
        if matches!(kind, "activity" | "trip") {
            add(place, &[term, &["--public", "--reviewed"]].concat());
        }
    }
    if report.is_form() {
        add(&busy, &["--blank"]);
    }
    add(&(places.all[8].0.clone(), busy.1), &period);
    texts
}

/// Text as it is read: without the marks of Markdown and of links to figures.
fn read(markdown: &str) -> String {
    markdown.replace(['*', '\\', '`'], "")
}

/// What a template claims and no report says, or every report says.
fn faults(places: &Places, kind: &str, lang: &str) -> BTreeSet<String> {
    let path = format!("src/report/templates/{kind}.{lang}.md");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let template = std::fs::read_to_string(path).unwrap();
    let mut texts = texts(places, kind, lang);
    if kind == "term" {
        texts.extend(self::texts(places, "year", lang));
    }
    let mut faults = BTreeSet::new();
    for (piece, is_conditional) in pieces(&template) {
        let piece = read(&piece);
        let seen = texts.iter().filter(|text| text.contains(&piece)).count();
        // A title stands in each of its branches, and so do words that the template has twice.
        let is_title = template
            .lines()
            .any(|line| line.starts_with("# ") && line.contains(&piece));
        let has_twin = is_title || read(&template).matches(&piece).count() > 1;
        if seen == 0 {
            faults.insert(format!("{kind}.{lang}: never seen: {piece}"));
        } else if is_conditional && seen == texts.len() && !has_twin {
            faults.insert(format!("{kind}.{lang}: always seen: {piece}"));
        }
    }
    for literal in literals(&template) {
        let literal = read(&literal);
        if !texts.iter().any(|text| text.contains(literal.trim())) {
            faults.insert(format!("{kind}.{lang}: never seen: {literal}"));
        }
    }
    faults
}

fn assert_claims(lang: &str) {
    let places = places();
    let kinds = cuncao::report::REPORTS.iter().map(|report| report.name);
    // The template of the year is that of the term; what the self-check says is held by its own tests.
    let kinds = kinds.filter(|kind| !matches!(*kind, "year" | "audit"));
    let faults: BTreeSet<String> = kinds.flat_map(|kind| faults(&places, kind, lang)).collect();
    assert_eq!(faults, BTreeSet::new());
}

#[test]
fn each_conditional_sentence_of_each_report_is_seen_and_is_gone() {
    assert_claims("zh");
}

#[test]
fn each_conditional_sentence_of_each_english_report_is_seen_and_is_gone() {
    assert_claims("en");
}

fn report(dir: &Path, lang: &str, arguments: &[&str]) -> String {
    let mut all = vec!["--lang", lang, "--today", "2026-01-23", "report"];
    all.extend(arguments);
    out(&cuncao(dir, &all))
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
        before: "已办结1起，正在处理2起",
        after: "已办结2起，正在处理1起",
    },
    Pair {
        file: "incidents/2025-12/2025-12-02-i000002.toml",
        from: "summary =",
        to: "guardian_told = 2025-12-02T11:00:00\nsummary =",
        before: "告知监护人2起",
        after: "告知监护人3起",
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
        before: "期初定下的1项目标，都没有达到",
        after: "期初定下的1项目标，全部达到",
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

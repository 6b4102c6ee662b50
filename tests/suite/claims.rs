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

/// A school of one class with left-behind children who are all alike, so that its numbers may be public by class.
fn alike() -> tempfile::TempDir {
    let dir = empty("primary");
    for at in 0..12 {
        let child = "name = \"张三丰\"\ngender = \"male\"\nbirth_date = 2015-03-02\nfiled = 2025-09-01\n[[enrolment]]\nsince = 2022-09-01\nclass = \"2022-1\"\n[[guardianship]]\nsince = 2025-09-01\naway = \"both\"\nkind = \"grandparents\"\n";
        write(dir.path(), &format!("children/c0000{at:02}.toml"), child);
    }
    let meeting = "date = 2025-10-13\ntitle = \"班会\"\ntheme = \"class-meeting\"\nclasses = [\"2022-1\"]\nsummary = \"好。\"\n";
    write(
        dir.path(),
        "activities/2025-10/2025-10-13-a000001.toml",
        meeting,
    );
    dir
}

/// A directory and the day on which its reports are written.
type Place = (PathBuf, &'static str);

/// All places that claims are looked for in.
struct Places {
    all: Vec<Place>,
    overfull: PathBuf,
    alike: PathBuf,
    _kept: Vec<tempfile::TempDir>,
}

fn places() -> Places {
    let kept = vec![
        empty("primary"),
        empty("kindergarten"),
        empty("community"),
        overfull(),
        alike(),
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
        alike: kept[4].path().to_owned(),
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
            add(
                &(records("claims/one"), "2026-01-23"),
                &["--class", "2022-1"],
            );
            let alike = (places.alike.clone(), busy.1);
            for class in ["2022-1", "2020-1"] {
                add(&alike, &["--class", class, "--public"]);
            }
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
    if matches!(kind, "overview" | "home" | "term") {
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
fn faults(
    places: &Places,
    pairs: &[(String, [String; 2])],
    kind: &str,
    lang: &str,
) -> BTreeSet<String> {
    let path = format!("src/report/templates/{kind}.{lang}.md");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let template = std::fs::read_to_string(path).unwrap();
    let mut texts = texts(places, kind, lang);
    for (named, pair) in pairs {
        if named == kind || kind == "term" && named == "year" {
            texts.extend(pair.iter().cloned());
        }
    }
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
    let pairs: Vec<(String, [String; 2])> = Pair::all()
        .iter()
        .map(|pair| (pair.report[0].clone(), turned(pair, lang)))
        .collect();
    let faults: BTreeSet<String> = kinds
        .flat_map(|kind| faults(&places, &pairs, kind, lang))
        .collect();
    assert_eq!(faults, BTreeSet::new());
}

#[test]
fn each_conditional_sentence_of_each_report_is_seen_and_is_gone_or_turns() {
    assert_claims("zh");
}

#[test]
fn each_conditional_sentence_of_each_english_report_is_seen_and_is_gone_or_turns() {
    assert_claims("en");
}

/// A change to a small school, and what a report says before it and after it; what is empty says nothing.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    school: String,
    report: Vec<String>,
    changes: Vec<Change>,
    zh: [String; 2],
    en: [String; 2],
}

/// A change to a file: a part of it, the whole, or that it goes.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    text: Option<String>,
    #[serde(default)]
    remove: bool,
}

impl Change {
    fn apply(&self, dir: &Path) {
        let path = dir.join(&self.file);
        if self.remove {
            std::fs::remove_file(&path).unwrap();
        } else if let Some(text) = &self.text {
            write(dir, &self.file, text);
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.contains(&self.from), "{}: {}", self.file, self.from);
            std::fs::write(&path, text.replacen(&self.from, &self.to, 1)).unwrap();
        }
    }
}

impl Pair {
    fn all() -> Vec<Pair> {
        let text = std::fs::read_to_string(records("claims/pairs.toml")).unwrap();
        let mut table: std::collections::BTreeMap<String, Vec<Pair>> =
            toml::from_str(&text).unwrap();
        table.remove("pair").unwrap()
    }

    /// What the report says before the change and after it.
    fn texts(&self, lang: &str) -> [String; 2] {
        let school = copied(&format!("claims/{}", self.school));
        let arguments: Vec<&str> = self.report.iter().map(String::as_str).collect();
        let place = (school.path().to_owned(), "2026-01-23");
        let before = pages(&place, lang, &arguments).concat();
        for change in &self.changes {
            change.apply(school.path());
        }
        [before, pages(&place, lang, &arguments).concat()]
    }
}

/// The texts of a pair, in which its claim turns.
fn turned(pair: &Pair, lang: &str) -> [String; 2] {
    let [before, after] = pair.texts(lang);
    let [stands, turned] = if lang == "zh" { &pair.zh } else { &pair.en };
    assert!(
        before.contains(stands),
        "{stands} does not stand:\n{before}"
    );
    assert!(after.contains(turned), "{turned} does not stand:\n{after}");
    assert!(
        stands.is_empty() || !after.contains(stands),
        "{stands} still stands:\n{after}"
    );
    assert!(
        turned.is_empty() || !before.contains(turned),
        "{turned} stands already:\n{before}"
    );
    [before, after]
}

#[test]
fn each_report_has_a_claim_that_turns() {
    let pairs = Pair::all();
    let without: Vec<&str> = cuncao::report::REPORTS
        .iter()
        .map(|report| report.name)
        .filter(|name| !pairs.iter().any(|pair| pair.report[0] == *name))
        .collect();
    assert_eq!(without, ["audit"]);
}

//! Claims in reports: each conditional sentence occurs for one of two small schools that differ in its condition, and
//! is missing or different for the other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cuncao::report::township::{self, Missing, Number, SchoolRow, Township};
use cuncao::text::Lang;

use crate::support::{copy, cuncao, err, out, write};

/// A template with a marker character in each branch of its conditions that prints something.
struct Marked {
    template: String,
    /// The line and text of each marker.
    branches: Vec<String>,
}

/// The markers: private use characters, which no report contains.
const FIRST_SIGN: u32 = 0xE000;

fn is_sign(c: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&c)
}

/// Returns the end of the first two letters, where a marker is inserted.
fn behind_letters(text: &str) -> Option<usize> {
    let (start, first) = text.char_indices().find(|(_, c)| c.is_alphabetic())?;
    let end = start + first.len_utf8();
    let second = text[end..].chars().next().filter(|c| c.is_alphabetic());
    Some(end + second.map_or(0, char::len_utf8))
}

impl Marked {
    fn of(source: &str) -> Marked {
        let mut marked = Marked {
            template: String::new(),
            branches: Vec::new(),
        };
        // The open branches by number; a `set` block belongs to the branch around it.
        let mut open: Vec<Option<usize>> = Vec::new();
        let mut count = 0;
        let mut said = BTreeSet::new();
        let mut fence: Option<&str> = None;
        let mut at = 0;
        loop {
            let rest = &source[at..];
            let tag = rest.find("{{").into_iter().chain(rest.find("{%")).min();
            let text = &rest[..tag.unwrap_or(rest.len())];
            let mut line_at = at;
            for line in text.split_inclusive('\n') {
                if let Some(name) = line.trim().strip_prefix("```") {
                    fence = fence.is_none().then_some(name);
                }
                let branch = open.last().copied().flatten();
                let is_text = !matches!(fence, Some("chart" | "cards")) && !line.starts_with("```");
                // A title has a marker besides that of the text below it.
                let in_title = is_title(source, line_at);
                line_at += line.len();
                let place = branch.filter(|branch| is_text && (in_title || !said.contains(branch)));
                let end = place.and_then(|_| behind_letters(line));
                let (head, tail) = line.split_at(end.unwrap_or(0));
                marked.template.push_str(head);
                if end.is_some() {
                    said.extend(place.filter(|_| !in_title));
                    marked.sign(source, at, line);
                }
                marked.template.push_str(tail);
            }
            let Some(tag) = tag else { return marked };
            at += tag;
            let close = if source[at..].starts_with("{{") {
                "}}"
            } else {
                "%}"
            };
            let end = at + source[at..].find(close).unwrap() + 2;
            let inner = source[at + 2..end - 2].trim_matches([' ', '-', '+']);
            let word = inner.split_whitespace().next().unwrap_or_default();
            if close == "%}" {
                count += 1;
                match word {
                    "if" | "for" => open.push(Some(count)),
                    "elif" | "else" => *open.last_mut().unwrap() = Some(count),
                    "macro" => open.push(open.last().copied().flatten()),
                    "set" if !inner.contains('=') => open.push(open.last().copied().flatten()),
                    "endif" | "endfor" | "endmacro" | "endset" => drop(open.pop()),
                    _ => {}
                }
            }
            let is_choice =
                close == "}}" && inner.contains(" if ") || matches!(word, "set" | "for");
            if is_choice {
                marked.words(source, at..end);
            } else {
                marked.template.push_str(&source[at..end]);
            }
            at = end;
        }
    }

    fn sign(&mut self, source: &str, at: usize, words: &str) {
        let sign = FIRST_SIGN + u32::try_from(self.branches.len()).unwrap();
        self.template.push(char::from_u32(sign).unwrap());
        let line = source[..at].matches('\n').count() + 1;
        self.branches.push(format!("{line}: {}", words.trim()));
    }

    /// Adds a marker to each printed text of a tag that is more than an inflection.
    fn words(&mut self, source: &str, tag: std::ops::Range<usize>) {
        let mut at = tag.start;
        while let Some(start) = source[at..tag.end].find('"').map(|start| at + start) {
            let end = start + 1 + source[start + 1..tag.end].find('"').unwrap();
            let text = &source[start + 1..end];
            let before = source[tag.start..start].trim_end();
            let after = source[end + 1..tag.end].trim_start();
            let is_words =
                text.chars().any(|c| c > '\u{2e80}') || text.trim().matches(' ').count() > 1;
            let is_compared = [
                "==",
                "!=",
                " in",
                "replace(",
                "endingwith(",
                "\"eq\",",
                "\"ne\",",
                "\"endingwith\",",
                "\":",
            ]
            .iter()
            .any(|end| before.ends_with(end))
                || before.rfind("in [") > before.rfind(']')
                || before.rfind("replace(\"") > before.rfind(')')
                || after.starts_with("in ")
                || after.starts_with("not in ");
            let behind = behind_letters(text).filter(|_| is_words && !is_compared);
            let (head, tail) = source[at..=end].split_at(start + 1 - at + behind.unwrap_or(0));
            self.template.push_str(head);
            if behind.is_some() {
                self.sign(source, start, text);
            }
            self.template.push_str(tail);
            at = end + 1;
        }
        self.template.push_str(&source[at..tag.end]);
    }
}

/// Whether a position in a template is in a title.
fn is_title(source: &str, at: usize) -> bool {
    let line = source[..at].rfind('\n').map_or(0, |end| end + 1);
    source[line..].starts_with("# ")
}

/// Returns the template that a report is based on.
fn template_of(kind: &str) -> &str {
    if kind == "year" { "term" } else { kind }
}

fn marked_template(name: &str, lang: &str) -> Marked {
    let path = records(&format!("src/report/templates/{name}.{lang}.md"));
    Marked::of(&std::fs::read_to_string(path).unwrap())
}

/// Returns the marked templates of a language by kind, and their folder.
fn marked(lang: &str) -> (tempfile::TempDir, BTreeMap<String, Marked>) {
    let dir = tempfile::tempdir().unwrap();
    let mut all = BTreeMap::new();
    for report in cuncao::report::REPORTS {
        if template_of(report.name) != report.name {
            continue;
        }
        let marked = marked_template(report.name, lang);
        write(dir.path(), &format!("{}.md", report.name), &marked.template);
        all.insert(report.name.to_owned(), marked);
    }
    (dir, all)
}

fn records(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Returns the date on which the reports of a school are written.
fn day_of(name: &str) -> &'static str {
    match name {
        "authors/volunteers" => "2025-10-19",
        "authors/centre" => "2025-08-22",
        "authors/community" => "2026-02-28",
        "authors/yearly" => "2025-12-31",
        "example" => "2026-07-10",
        _ => "2026-01-23",
    }
}

/// Returns the schools of the pairs by name.
fn school(name: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    match name {
        "none" => empty(dir.path(), "primary"),
        "kindergarten" => empty(dir.path(), "kindergarten"),
        "village" => empty(dir.path(), "community"),
        "alike" => alike(dir.path(), 12),
        "crowded" => alike(dir.path(), 201),
        "sound" => return crate::audit::sound(),
        "overfull" => overfull(dir.path()),
        "example" => copy(&records("examples/school"), dir.path()),
        name if name.starts_with("authors/") => copy(&records("tests").join(name), dir.path()),
        name => copy(&records("tests/claims").join(name), dir.path()),
    }
    dir
}

/// Writes a school with a term and no children.
fn empty(dir: &Path, level: &str) {
    let school = format!("format = 1\n\n[school]\nname = \"柳树\"\nlevel = \"{level}\"\n");
    write(dir, "cuncao.toml", &school);
    let term = "name = \"第一学期\"\nstart = 2025-09-01\nend = 2026-01-23\n\n[enrolment]\n1 = 20\n\n\
                [[leadership]]\nrole = \"head\"\ntitle = \"负责人\"\n";
    write(dir, "terms/2025-2026-1.toml", term);
}

/// Writes a school with one class of identical left-behind children, so that its numbers may be published by class.
fn alike(dir: &Path, count: usize) {
    empty(dir, "primary");
    for at in 0..count {
        let child = "name = \"张三丰\"\ngender = \"male\"\nbirth_date = 2015-03-02\nfiled = 2025-09-01\n[[enrolment]]\nsince = 2022-09-01\nclass = \"2022-1\"\n[[guardianship]]\nsince = 2025-09-01\naway = \"both\"\nkind = \"grandparents\"\n";
        write(dir, &format!("children/c000{at:03}.toml"), child);
    }
    let meeting = "date = 2025-10-13\ntitle = \"班会\"\ntheme = \"class-meeting\"\nclasses = [\"2022-1\"]\nsummary = \"好。\"\n";
    write(dir, "activities/2025-10/2025-10-13-a000001.toml", meeting);
}

/// Writes the busy school with more overdue items than fit on a page, and an unreadable file.
fn overfull(dir: &Path) {
    copy(&records("tests/claims/school"), dir);
    for at in 0..31 {
        let loan = "date = 2025-10-13\nitem = \"篮球\"\nchild = \"c000001\"\ndue = 2025-11-13\n";
        let path = format!("loans/2025-10/2025-10-13-l0001{at:02}.toml");
        write(dir, &path, loan);
    }
    write(dir, "visits/2025-10/2025-10-13-v000099.toml", "date = \n");
}

/// Two schools that differ in a claim of a report, and the sentences that occur for only one of them.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    school: String,
    report: Vec<String>,
    day: Option<String>,
    /// The changes that turn the first school into the other.
    #[serde(default)]
    changes: Vec<Change>,
    other: Option<Other>,
    zh: [Sentences; 2],
    en: [Sentences; 2],
}

/// The options of the second report that differ from the first.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Other {
    school: Option<String>,
    report: Option<Vec<String>>,
    day: Option<String>,
}

/// One or several sentences; empty for no claim.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Sentences {
    One(String),
    Many(Vec<String>),
}

impl Sentences {
    fn all(&self) -> impl Iterator<Item = &String> {
        let sentences = match self {
            Sentences::One(sentence) => std::slice::from_ref(sentence),
            Sentences::Many(sentences) => sentences,
        };
        sentences.iter().filter(|sentence| !sentence.is_empty())
    }
}

/// A change of a file: a replacement in it, a new text, or its removal.
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

/// Returns the text of a report without Markdown syntax; with a marked template, including the markers.
fn says(dir: &Path, day: &str, lang: &str, report: &[String], template: Option<&Path>) -> String {
    let mut arguments = vec!["-q", "--lang", lang, "--today", day, "report"];
    arguments.extend(report.iter().map(String::as_str));
    if let Some(template) = template {
        arguments.extend(["--template", template.to_str().unwrap()]);
    }
    let output = cuncao(dir, &arguments);
    assert!(output.status.success(), "{report:?}: {}", err(&output));
    let text = out(&output).replace(['*', '\\', '`'], "");
    assert!(
        !text.contains("figure:"),
        "{report:?} prints a link: {text}"
    );
    text
}

impl Pair {
    fn all() -> Vec<Pair> {
        let text = std::fs::read_to_string(records("tests/claims/pairs.toml")).unwrap();
        let mut table: BTreeMap<String, Vec<Pair>> = toml::from_str(&text).unwrap();
        table.remove("pair").unwrap()
    }
}

/// A cache of report texts in a language, with marked templates.
struct Texts<'t> {
    lang: &'t str,
    templates: &'t Path,
    known: BTreeMap<(String, String, Vec<String>), String>,
    schools: BTreeMap<String, tempfile::TempDir>,
}

impl Texts<'_> {
    fn of(
        &mut self,
        name: &str,
        day: Option<&str>,
        report: &[String],
        changes: &[Change],
    ) -> String {
        let day = day.unwrap_or_else(|| day_of(name));
        let key = (name.to_owned(), day.to_owned(), report.to_vec());
        if changes.is_empty()
            && let Some(text) = self.known.get(&key)
        {
            return text.clone();
        }
        let dir = self.schools.entry(name.to_owned());
        let dir = dir.or_insert_with(|| school(name)).path();
        let files: BTreeSet<&str> = changes.iter().map(|change| change.file.as_str()).collect();
        let files = files.into_iter().map(|file| dir.join(file));
        let before: Vec<_> = files
            .map(|file| (std::fs::read(&file).ok(), file))
            .collect();
        for change in changes {
            change.apply(dir);
        }
        let template = self
            .templates
            .join(format!("{}.md", template_of(&report[0])));
        let text = says(dir, day, self.lang, report, Some(&template));
        for (bytes, file) in before {
            match bytes {
                Some(bytes) => std::fs::write(file, bytes).unwrap(),
                None => std::fs::remove_file(file).unwrap(),
            }
        }
        if changes.is_empty() {
            self.known.insert(key, text.clone());
        }
        text
    }

    /// Returns the texts of the two reports of a pair.
    fn both(&mut self, pair: &Pair) -> [String; 2] {
        let first = self.of(&pair.school, pair.day.as_deref(), &pair.report, &[]);
        let Some(other) = &pair.other else {
            let second = self.of(
                &pair.school,
                pair.day.as_deref(),
                &pair.report,
                &pair.changes,
            );
            return [first, second];
        };
        let name = other.school.as_ref().unwrap_or(&pair.school);
        let report = other.report.as_ref().unwrap_or(&pair.report);
        let day = other.day.as_deref();
        [first, self.of(name, day, report, &pair.changes)]
    }
}

/// Returns the markers within a sentence, wherever it occurs in a text.
fn signs_in(text: &str, sentence: &str) -> BTreeSet<char> {
    let plain: String = text.chars().filter(|c| !is_sign(*c)).collect();
    let mut found = BTreeSet::new();
    for (start, _) in plain.match_indices(sentence) {
        let mut at = 0;
        for c in text.chars() {
            if is_sign(c) && start < at && at <= start + sentence.len() {
                found.insert(c);
            } else if !is_sign(c) {
                at += c.len_utf8();
            }
        }
    }
    found
}

/// A change of a township, and the sentences that only the report before and only the report after it contains.
type TownshipChange = (fn(&mut Township), [&'static [&'static str]; 2]);

/// Returns a township of two schools with all figures and one definition.
fn two_schools() -> Township {
    let number = |text: &str, share: &str| Number {
        text: text.to_owned(),
        share: share.to_owned(),
    };
    let cells: BTreeMap<String, Number> = [
        ("students", number("80", "")),
        ("children", number("8", "10.0%")),
        ("children.paired", number("6", "75.0%")),
        ("children.visited", number("4", "50.0%")),
        ("children.guardianship.grandparents", number("8", "100.0%")),
        ("visits", number("9", "")),
        ("activities", number("3", "")),
        ("aid.money", number("60", "")),
    ]
    .map(|(id, number)| (id.to_owned(), number))
    .into();
    let school = |name: &str| SchoolRow {
        name: name.to_owned(),
        cells: cells.clone(),
    };
    let kind = "children.guardianship.grandparents".to_owned();
    Township {
        from: "2025-09-01".to_owned(),
        until: "2026-01-23".to_owned(),
        today: "2026-01-23".to_owned(),
        schools: vec![school("柳树小学"), school("石桥小学")],
        total: cells.clone(),
        labels: BTreeMap::from([(kind.clone(), "祖辈监护".to_owned())]),
        kinds: vec![kind],
        partial: BTreeMap::new(),
        mixed: false,
        failures: Vec::new(),
    }
}

fn townships(lang: &str) -> Vec<TownshipChange> {
    let hides = |about: &mut Township| {
        let partial = ["children.paired", "children.visited"].map(|id| (id.to_owned(), 1));
        about.partial = partial.into();
    };
    let hides_all = |about: &mut Township| {
        about.total.remove("children.paired");
        about.total.remove("children.visited");
    };
    let has_none = |about: &mut Township| {
        about.kinds.clear();
        for number in about.total.values_mut() {
            number.share.clear();
        }
    };
    let fails = |about: &mut Township| {
        about.failures.push(Missing {
            path: "青石".to_owned(),
            reason: "读不出".to_owned(),
        });
    };
    let fails_without_kinds = |about: &mut Township| {
        about.kinds.clear();
        about.failures.push(Missing {
            path: "青石".to_owned(),
            reason: "读不出".to_owned(),
        });
    };
    let counts_one = |about: &mut Township| {
        for id in ["students", "children"] {
            about.total.get_mut(id).unwrap().text = "1".to_owned();
        }
    };
    let is_mixed = |about: &mut Township| about.mixed = true;
    if lang == "zh" {
        vec![
            (
                hides,
                [
                    &["。已结对6人", "。受访4人"],
                    &[
                        "其中1所已结对6人",
                        "其中1所受访4人",
                        "表中“—”是没有，或人数太少、不便公开的数，合计不含这些数。",
                    ],
                ],
            ),
            (
                hides_all,
                [
                    &[
                        "已结对6人（75.0%）",
                        "受访4人（50.0%）",
                        "| 已结对 | 受访 | 走访（次） | 活动（项） | 资助（元） |",
                    ],
                    &[],
                ],
            ),
            (
                has_none,
                [
                    &["留守儿童8人，占10.0%", "二、监护情况", "| 祖辈监护 |"],
                    &[],
                ],
            ),
            (
                is_mixed,
                [&[], &["注意：各校的留守儿童口径不同，合计数仅供参考。"]],
            ),
            (fails, [&[], &["三、未能汇总的学校", "青石：读不出"]]),
            (fails_without_kinds, [&[], &["二、未能汇总的学校"]]),
        ]
    } else {
        vec![
            (
                hides,
                [
                    &["Paired: 6", "Visited: 4"],
                    &[
                        "Paired in 1 of them: 6",
                        "Visited in 1 of them: 4",
                        "A dash stands for none, or for a number of too few children to be public",
                    ],
                ],
            ),
            (
                hides_all,
                [
                    &[
                        "Paired: 6 (75.0%)",
                        "Visited: 4 (50.0%)",
                        "| Paired | Visited |",
                    ],
                    &[],
                ],
            ),
            (
                has_none,
                [
                    &[
                        "8 left-behind children (10.0%)",
                        "Guardianship",
                        "| 祖辈监护 |",
                    ],
                    &[],
                ],
            ),
            (
                is_mixed,
                [
                    &[],
                    &["The schools count by different definitions: the totals say little."],
                ],
            ),
            (fails, [&[], &["Not counted", "青石: 读不出"]]),
            (
                counts_one,
                [
                    &["80 pupils, 8 left-behind children"],
                    &["1 pupil, 1 left-behind child ("],
                ],
            ),
        ]
    }
}

/// Returns the report of a township as text, written with a template.
fn tells(about: &Township, lang: &str, template: &str) -> String {
    let lang = if lang == "zh" { Lang::Zh } else { Lang::En };
    let document = township::write(about, template, lang).unwrap();
    let format = cuncao::document::format("md").unwrap();
    let text = String::from_utf8(format.render(&document).unwrap()).unwrap();
    text.replace(['*', '\\', '`'], "")
}

/// Returns the branches of each template that no pair covers, and the sentences that do not change.
fn faults(lang: &str) -> BTreeSet<String> {
    let (dir, mut templates) = marked(lang);
    let mut faults = BTreeSet::new();
    let mut turned: BTreeSet<(&str, char)> = BTreeSet::new();
    let pairs = Pair::all();
    let mut texts = Texts {
        lang,
        templates: dir.path(),
        known: BTreeMap::new(),
        schools: BTreeMap::new(),
    };
    for pair in &pairs {
        let kind = template_of(&pair.report[0]);
        let texts = texts.both(pair);
        let plain = texts.clone().map(|text| text.replace(is_sign, ""));
        let sentences = if lang == "zh" { &pair.zh } else { &pair.en };
        for (at, sentences) in sentences.iter().enumerate() {
            for sentence in sentences.all() {
                if !plain[at].contains(sentence) {
                    faults.insert(format!("{:?} {lang} does not say: {sentence}", pair.report));
                } else if plain[1 - at].contains(sentence) {
                    faults.insert(format!("{:?} {lang} says in both: {sentence}", pair.report));
                } else {
                    turned.extend(
                        signs_in(&texts[at], sentence)
                            .into_iter()
                            .map(|sign| (kind, sign)),
                    );
                }
            }
        }
    }
    let (township, changes) = (marked_template("township", lang), townships(lang));
    for (change, sentences) in changes {
        let mut other = two_schools();
        change(&mut other);
        let texts = [two_schools(), other].map(|about| tells(&about, lang, &township.template));
        let plain = texts.clone().map(|text| text.replace(is_sign, ""));
        for (at, sentences) in sentences.iter().enumerate() {
            for sentence in *sentences {
                assert!(
                    plain[at].contains(sentence),
                    "{sentence} is not in {}",
                    plain[at]
                );
                assert!(!plain[1 - at].contains(sentence), "{sentence} is in both");
                let signs = signs_in(&texts[at], sentence).into_iter();
                turned.extend(signs.map(|sign| ("township", sign)));
            }
        }
    }
    templates.insert("township".to_owned(), township);
    for (kind, template) in &templates {
        for (at, branch) in (FIRST_SIGN..).zip(&template.branches) {
            if !turned.contains(&(kind.as_str(), char::from_u32(at).unwrap())) {
                faults.insert(format!("no pair turns {kind}.{lang}.md:{branch}"));
            }
        }
    }
    faults
}

#[test]
fn each_conditional_sentence_depends_on_its_condition() {
    assert_eq!(faults("zh"), BTreeSet::new());
}

#[test]
fn each_conditional_english_sentence_depends_on_its_condition() {
    assert_eq!(faults("en"), BTreeSet::new());
}

#[test]
fn markers_change_no_sentence() {
    let of_terms = [
        "one",
        "village",
        "authors/community",
        "authors/yearly",
        "authors/volunteers",
    ];
    for lang in ["zh", "en"] {
        let (dir, templates) = marked(lang);
        let of_kinds = templates.keys().map(|kind| ("school", kind.as_str()));
        for (name, kind) in of_kinds.chain(of_terms.map(|name| (name, "term"))) {
            let mut report = vec![kind.to_owned()];
            if kind == "class" {
                report.extend(["--class", "2022-1"].map(str::to_owned));
            }
            let (school, day) = (school(name), day_of(name));
            let template = dir.path().join(format!("{kind}.md"));
            let marked = says(school.path(), day, lang, &report, Some(&template));
            let plain = says(school.path(), day, lang, &report, None);
            assert_eq!(marked.replace(is_sign, ""), plain, "{kind} of {name}");
        }
    }
}

#[test]
fn each_report_has_a_conditional_claim() {
    let pairs = Pair::all();
    let without: Vec<&str> = cuncao::report::REPORTS
        .iter()
        .map(|report| report.name)
        .filter(|name| !pairs.iter().any(|pair| pair.report[0] == *name))
        .collect();
    assert_eq!(without, [""; 0]);
}

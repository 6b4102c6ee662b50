//! Form of the papers: all reports of random schools, in both languages, checked for endings, punctuation, numbering,
//! headings without text and counts of zero. `CUNCAO_PAPERS` sets the number of schools.

use std::path::Path;

use crate::attacker::{Dice, fresh_seed, id, school};
use crate::school::{number, write};
use crate::side_by_side::more;
use crate::support::{cuncao, err, out};

const LEVELS: [(&str, &str); 4] = [
    ("primary", "柳树小学"),
    ("junior", "石桥初级中学"),
    ("kindergarten", "小太阳幼儿园"),
    ("community", "杨树坪村"),
];

/// Adds duties, incidents, referrals, activities, awards, loans and a fund.
fn enrich(root: &Path, dice: &mut Dice) {
    let mut below = |end: usize| dice.below(end as u64) as usize;
    let (level, name) = LEVELS[below(4)];
    let settings = std::fs::read_to_string(root.join("cuncao.toml")).unwrap();
    let mut settings = settings.replace("柳树小学", name).replace("primary", level);
    for (at, theme) in ["home-open", "forum", "law", "safety", "psychology"]
        .iter()
        .enumerate()
    {
        if below(2) == 0 {
            settings += &format!(
                "[[duty]]\nid = \"d{at}\"\ntitle = \"按时{theme}\"\nowed_to = \"school\"\ncount = 1\nperiod = \"{}\"\nrecord = \"activity\"\nmatch = {{ theme = \"{theme}\" }}\n",
                ["month", "term"][below(2)]
            );
        }
    }
    settings += "[[equipment]]\nname = \"篮球\"\nquantity = 9\n";
    write(root, "cuncao.toml", settings);
    let children = std::fs::read_dir(root.join("children"))
        .into_iter()
        .flatten()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect::<Vec<String>>();
    let themes = [
        "home-open",
        "forum",
        "law",
        "psychology",
        "birthday",
        "reading",
        "publicity",
    ];
    for at in 0..below(6) {
        let theme = themes[below(themes.len())];
        let outcome = ["", "outcome = \"很好\"\n"][below(2)];
        add(
            root,
            'a',
            "activities",
            at,
            &format!(
                "title = \"活动{at}\"\ntheme = \"{theme}\"\nsummary = \"好\"\n{outcome}attendance = {{ children = {} }}\n",
                below(9)
            ),
        );
    }
    for at in 0..below(4).min(children.len()) {
        let child = &children[below(children.len())];
        let all = format!("children = [\"{child}\"]\n");
        let one = format!("child = \"{child}\"\n");
        let closed = ["", "closed = 2025-11-20\n"][below(2)];
        let kind = ["illness", "injury"][below(2)];
        add(
            root,
            'i',
            "incidents",
            at,
            &format!(
                "discovered = 2025-11-10T10:00:00\nreported = 2025-11-10T10:0{}:00\nkind = \"{kind}\"\n{all}by = \"h222222\"\nsummary = \"发烧\"\n{closed}",
                below(9)
            ),
        );
        let to = ["", "to = \"县医院\"\n"][below(2)];
        let done = ["", "done = 2025-11-20\n"][below(2)];
        add(
            root,
            'v',
            "visits",
            at,
            &format!(
                "mode = \"talk\"\n{all}by = [\"h222222\"]\nsummary = \"好\"\nchild_voice = \"想妈妈\"\nteam = {{ organisation = \"志愿队\" }}\n[[follow_up]]\nwhat = \"复查\"\ndue = 2025-11-30\n{to}{done}"
            ),
        );
        add(
            root,
            'w',
            "awards",
            at,
            &format!("{one}title = \"进步奖\"\n"),
        );
        add(
            root,
            'l',
            "loans",
            at,
            &format!("item = \"篮球\"\n{one}due = 2025-12-01\n"),
        );
        add(
            root,
            'f',
            "funds",
            at,
            "direction = \"in\"\namount = \"10.00\"\nsource = \"废品\"\n",
        );
        add(
            root,
            's',
            "assessments",
            at,
            &format!(
                "{one}by = \"h222222\"\nstudy = \"good\"\nrisk = \"high\"\nlacks = [\"care\"]\n"
            ),
        );
    }
}

fn add(root: &Path, letter: char, folder: &str, at: usize, text: &str) {
    let id = id(letter, at as u64 + 1);
    let date = if folder == "incidents" {
        ""
    } else {
        "date = 2025-11-10\n"
    };
    write(
        root,
        &format!("{folder}/2025-11/2025-11-10-{id}.toml"),
        format!("{date}{text}"),
    );
}

/// Returns a line without Markdown and links.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("](figure:") {
        text += &rest[..at];
        rest = rest[at..].split_once(')').map_or("", |(_, rest)| rest);
    }
    (text + rest).replace(['[', ']', '*', '\\', '`'], "")
}

/// The numbers of headings.
const NUMERALS: [&str; 12] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二",
];

/// Returns headings without text, and numbers that are skipped.
fn faults_of_headings(lines: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    let level = |line: &str| line.bytes().take_while(|byte| *byte == b'#').count();
    let told: Vec<&String> = lines.iter().filter(|line| !line.is_empty()).collect();
    let mut counts = [0; 4];
    let mut items = 0;
    for (at, line) in told.iter().enumerate() {
        let depth = level(line);
        let number = line
            .split_once(". ")
            .and_then(|(number, _)| number.parse::<usize>().ok());
        if let Some(number) = number {
            items += 1;
            if number != items {
                faults.push(format!("{number} follows {}: {line}", items - 1));
            }
        } else {
            items = 0;
        }
        if depth == 0 {
            continue;
        }
        let next = told.get(at + 1).map_or(1, |next| level(next));
        if next > 0 && next <= depth {
            faults.push(format!("nothing below {line}"));
        }
        counts[depth.min(3)] += 1;
        counts[depth.min(3) + 1..].fill(0);
        let heading = line.trim_start_matches(['#', ' ', '（']);
        let numeral = heading.split_once(['、', '）']).map(|(numeral, _)| numeral);
        let numeral = numeral
            .filter(|_| depth > 1)
            .and_then(|word| NUMERALS.iter().position(|numeral| *numeral == word));
        if numeral.is_some_and(|numeral| numeral + 1 != counts[depth.min(3)]) {
            faults.push(format!("a number is skipped before {line}"));
        }
    }
    faults
}

/// Character sequences that no sentence contains.
const NEVER: &[&str] = &[
    "占。",
    "占，",
    "““",
    "””",
    "“”",
    "《《",
    "》》",
    "《》",
    "。。",
    "，，",
    "、、",
    "；；",
    "，。",
    "；。",
    "：。",
    "：，",
    ": ,",
    "、。",
    "（）",
    "，，",
    "。，",
    "。；",
    " ,",
    " .",
    " ;",
    "..",
    ",.",
    ";.",
    ":.",
    "()",
    "( ",
    " )",
    "  ",
    "none %",
    "undefined",
    "cuncao",
    " --",
    "的的",
    "了了",
    "1 times",
    "1 children",
    "1 people",
    "1 households",
    "1 pupils",
    "1 visits",
    "1 helpers",
    "1 pairings",
    "1 activities",
    "1 incidents",
    "1 referrals",
    "1 follow-ups",
    "1 books",
    "1 loans",
    "1 awards",
    "1 periods",
    "1 duties",
    "1 steps",
    "1 targets",
    "1 plans",
    "1 rules",
    "1 meetings",
    "1 classes",
    "1 organisations",
    "1 attendances",
    "1 birthdays",
];

/// Whether a text contains a sequence; `1 times` is not in `11 times`.
fn has(text: &str, never: &str) -> bool {
    let mut places = text.match_indices(never);
    places.any(|(at, _)| {
        !never.starts_with('1') || !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.')
    })
}

/// Whether a sentence counts zero of something.
fn has_zero(line: &str) -> bool {
    line.match_indices('0').any(|(at, _)| {
        let is_alone = !line[..at].ends_with(|c: char| c.is_ascii_digit() || ".,:-".contains(c));
        let after = &line[at + 1..];
        is_alone
            && ["人", "名", "次", "项", "件", "起", "对", "元", "期", "篇"]
                .iter()
                .any(|unit| after.starts_with(unit))
    })
}

fn faults(text: &str) -> Vec<String> {
    let lines: Vec<String> = text.lines().map(plain).collect();
    let mut faults = faults_of_headings(&lines);
    let mut behind = false;
    for line in &lines {
        if line.starts_with('#') {
            behind = line.ends_with("存在问题") || line.ends_with("What is behind");
        }
        let is_row = line.starts_with('|');
        if !is_row && line.ends_with(['；', ';', '，', '、']) {
            faults.push(format!("does not end: {line}"));
        }
        let text = line.trim();
        faults.extend(
            NEVER
                .iter()
                .filter(|never| !is_row && has(text, never))
                .map(|never| format!("{never}: {line}")),
        );
        if !is_row && has_zero(line) {
            faults.push(format!("counts nothing: {line}"));
        }
        let praises = [
            "按期完成",
            "全部",
            "都已",
            "进步",
            "all were met",
            "did better",
        ];
        if behind && praises.iter().any(|word| line.contains(word)) {
            faults.push(format!("praises under what is behind: {line}"));
        }
    }
    faults
}

#[test]
fn no_paper_of_any_school_breaks_its_form() {
    let seed = fresh_seed();
    let mut dice = Dice(seed);
    for _ in 0..number("CUNCAO_PAPERS", 3) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        school(root, &mut dice);
        more(root, &mut dice);
        enrich(root, &mut dice);
        let day = ["2025-11-15", "2026-01-23"][usize::from(dice.below(2) == 0)];
        for report in cuncao::report::REPORTS {
            for lang in ["zh", "en"] {
                let mut arguments =
                    vec!["-q", "--lang", lang, "--today", day, "report", report.name];
                if report.name == "class" {
                    arguments.extend(["--class", "2020-1"]);
                }
                // The self-check names commands.
                if report.name == "audit" {
                    continue;
                }
                let output = cuncao(root, &arguments);
                assert!(output.status.success(), "{arguments:?}: {}", err(&output));
                let text = out(&output);
                assert_eq!(faults(&text), [""; 0], "{arguments:?}\n{text}");
            }
        }
    }
}

/// English templates contain no Chinese: what is Chinese in an English paper was written by the school.
#[test]
fn english_templates_have_no_chinese() {
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || "，。；：（）".contains(c);
    for report in cuncao::report::REPORTS {
        let template = report.template(cuncao::text::Lang::En);
        for line in template
            .lines()
            .filter(|line| !line.contains("guardian.relation not in"))
        {
            assert!(!line.contains(chinese), "{}: {line}", report.name);
        }
    }
}

//! An attacker who compares all public papers of one term: the reports of the term, of each class and of the home, the
//! summary table, `stats`, a comparison, and `rollup` of three schools. The report of the year is about another period
//! and is attacked separately. The counted children are computed here from the files, independently of the program; of
//! what is published every number is read, including those in sentences. `CUNCAO_ATTACKED=5000` sets the number of
//! schools, `CUNCAO_SEED` the seed, `CUNCAO_BIN` another program, such as a release build.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use cuncao::analysis::{Basis, Scope};
use cuncao::document;
use cuncao::model::{Class, Date, Kind, KindSet};
use cuncao::report::{Request, Writer};
use cuncao::store::{ReadOptions, Store};

use crate::attacker::{Dice, attacked, fresh_seed, id, request, run_in, school};
use crate::support::write;

/// A child according to its files.
#[derive(Default)]
struct ChildFacts {
    class: String,
    grade: i64,
    /// The figures that count it; with the prefix `before ` those of the previous term.
    counted: BTreeSet<String>,
}

fn tables(root: &Path, folder: &str) -> Vec<(String, toml::Table)> {
    let files = walkdir::WalkDir::new(root.join(folder))
        .into_iter()
        .flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    let table = |entry: walkdir::DirEntry| {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let name = entry
            .path()
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        (name, text.parse().unwrap())
    };
    files.map(table).collect()
}

fn day(table: &toml::Table, field: &str) -> String {
    table
        .get(field)
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// The figure that also counts children who are not left-behind.
const DIFFICULTY: &str = "children.difficulty";

/// The children of a school, with the figures that count each.
fn kids(root: &Path) -> Vec<ChildFacts> {
    let mut kids: BTreeMap<String, ChildFacts> = BTreeMap::new();
    let spans = [
        ("", "2025-09-01", "2026-01-20"),
        ("before ", "2025-02-17", "2025-07-04"),
    ];
    for (name, table) in tables(root, "children") {
        let entry = |list: &str| {
            table[list].as_array().unwrap()[0]
                .as_table()
                .unwrap()
                .clone()
        };
        let (class, care) = (entry("enrolment"), entry("guardianship"));
        let text = |table: &toml::Table, field: &str| {
            let value = table.get(field).and_then(toml::Value::as_str);
            value.unwrap_or_default().to_owned()
        };
        let mut kid = ChildFacts {
            class: text(&class, "class"),
            ..ChildFacts::default()
        };
        kid.grade = 2026 - kid.class[..4].parse::<i64>().unwrap();
        for (before, _, last) in spans {
            let is_enrolled = day(&class, "since").as_str() <= last;
            if is_enrolled && table.contains_key("hardship") {
                kid.counted.insert(format!("{before}{DIFFICULTY}"));
            }
            if !is_enrolled || day(&care, "since").as_str() > last {
                continue;
            }
            let away = text(&care, "away");
            let mut add = |figure: String| kid.counted.insert(format!("{before}{figure}"));
            add("children".to_owned());
            add(format!("gender.{}", text(&table, "gender")));
            add(format!("children.guardianship.{}", text(&care, "kind")));
            add(format!("children.away.{away}"));
            if away == "both" {
                add("children.statutory".to_owned());
            }
            if class["boarding"].as_bool() == Some(true) {
                add("children.boarding".to_owned());
            }
            if table.contains_key("hardship") {
                add("children.hardship".to_owned());
            }
            if table.contains_key("filed") && day(&table, "filed").as_str() <= last {
                add("children.filed".to_owned());
            }
        }
        if !kid.counted.contains("before children") {
            kid.counted.insert("children.new".to_owned());
        }
        kids.insert(name, kid);
    }
    for (before, first, last) in spans {
        let mut count =
            |folder: &str, field: &str, figures: &dyn Fn(&toml::Table) -> Vec<&'static str>| {
                for (_, table) in tables(root, folder) {
                    let day = day(
                        &table,
                        if folder == "pairings" {
                            "since"
                        } else {
                            "date"
                        },
                    );
                    let begins = if folder == "pairings" { "" } else { first };
                    if !(begins <= day.as_str() && day.as_str() <= last) {
                        continue;
                    }
                    let named = match &table[field] {
                        toml::Value::Array(list) => list.clone(),
                        one => vec![one.clone()],
                    };
                    for name in named {
                        let kid = kids.get_mut(name.as_str().unwrap()).unwrap();
                        if kid.counted.contains(&format!("{before}children")) {
                            let figures = figures(&table).into_iter();
                            kid.counted
                                .extend(figures.map(|figure| format!("{before}{figure}")));
                        }
                    }
                }
            };
        count("pairings", "child", &|_| vec!["children.paired"]);
        count("assessments", "child", &|_| vec!["children.assessed"]);
        count("aid", "children", &|_| vec!["children.aided"]);
        count(
            "visits",
            "children",
            &|table| match table["mode"].as_str() {
                Some("home") => vec!["children.visited", "children.home-visited"],
                Some("talk" | "counselling") => vec!["children.visited", "children.talked"],
                _ => vec!["children.visited"],
            },
        );
    }
    kids.into_values().collect()
}

/// Adds what the schools of the other attackers lack: a previous term, aid, children who arrived later, further small
/// groups.
pub(crate) fn more(root: &Path, dice: &mut Dice) {
    write(
        root,
        "terms/2024-2025-2.toml",
        r#"name = "2024—2025学年第二学期"
start = 2025-02-17
end = 2025-07-04
"#,
    );
    let names: Vec<String> = tables(root, "children")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let share = 1 + dice.below(9);
    for (at, child) in (1..).zip(&names) {
        let path = format!("children/{child}.toml");
        let mut text = std::fs::read_to_string(root.join(&path)).unwrap();
        if dice.below(8) == 0 {
            text = text.replace(
                "[[guardianship]]\nsince = 2020",
                "[[guardianship]]\nsince = 2025",
            );
        }
        if dice.below(12) == 0 {
            text = text.replace("filed = 2025-09", "filed = 2025-03");
        }
        write(root, &path, &text);
        if dice.below(10) < share {
            let id = id('d', at * 7873);
            write(
                root,
                &format!("aid/2025-12/2025-12-20-{id}.toml"),
                &format!(
                    r#"date = 2025-12-20
kind = "goods"
children = ["{child}"]
source = "县妇联"
source_kind = "women"
"#
                ),
            );
        }
        if dice.below(10) >= share {
            let id = id('v', at * 7867);
            write(
                root,
                &format!("visits/2025-05/2025-05-12-{id}.toml"),
                &format!(
                    r#"date = 2025-05-12
mode = "home"
children = ["{child}"]
by = ["h222222"]
summary = "好"
"#
                ),
            );
        }
    }
}

/// A published number: a figure of a class (`2024-1`), a grade (`4`) or the school (empty).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fact {
    figure: String,
    of: String,
    value: i64,
    paper: &'static str,
}

/// Texts before a number of children.
const BEFORE: &[(&str, &str)] = &[
    ("本班有留守儿童", "children"),
    ("全校有留守儿童", "children"),
    ("联系到留守儿童", "children.visited"),
    ("已结对留守儿童", "children.paired"),
    ("惠及留守儿童", "children.aided"),
    ("覆盖留守儿童", "children.assessed"),
    ("测评留守儿童", "children.assessed"),
    ("留守儿童", "children"),
    ("已结对", "children.paired"),
    ("上门家访", "children.home-visited"),
    ("当面谈心", "children.talked"),
    ("建立成长档案的", "children.filed"),
    ("本学期测评", "children.assessed"),
    ("本学年测评", "children.assessed"),
    ("住校", "children.boarding"),
    ("有困境情形", "children.hardship"),
    ("新增", "children.new"),
    ("祖辈监护", "children.guardianship.grandparents"),
    ("父母单方监护", "children.guardianship.one-parent"),
    ("亲朋监护", "children.guardianship.kin-or-friends"),
    ("父母双方外出", "children.away.both"),
    ("父亲外出", "children.away.father"),
    ("母亲外出", "children.away.mother"),
    ("13号文件的口径，有", "children.statutory"),
    ("在校学生", "students"),
];

/// Texts that refer to all children.
const ALL: &[(&str, &str)] = &[
    ("留守儿童都已建立成长档案", "children.filed"),
    ("留守儿童都已结对", "children.paired"),
    ("留守儿童都联系到了", "children.visited"),
    ("留守儿童都受到资助慰问", "children.aided"),
    ("留守儿童都住校", "children.boarding"),
    ("留守儿童都有困境情形", "children.hardship"),
    ("留守儿童分布在", "children"),
];

/// Texts after a number of some children.
const AFTER: &[(&str, &str)] = &[("留守儿童受到资助慰问", "children.aided")];

/// Texts for the complement of a figure.
const LACKS: &[(&str, &str)] = &[
    ("留守儿童尚未结对", "children.paired"),
    ("留守儿童尚未登记建档日期", "children.filed"),
];

/// Column headers.
const HEADERS: &[(&str, &str)] = &[
    ("留守儿童", "children"),
    ("合计", "children"),
    ("男", "gender.male"),
    ("女", "gender.female"),
    ("祖辈监护", "children.guardianship.grandparents"),
    ("父母单方监护", "children.guardianship.one-parent"),
    ("亲朋监护", "children.guardianship.kin-or-friends"),
    ("父母双方外出", "children.away.both"),
    ("父亲外出", "children.away.father"),
    ("母亲外出", "children.away.mother"),
    ("寄宿", "children.boarding"),
    ("困境", "children.hardship"),
    ("已建档", "children.filed"),
    ("已结对", "children.paired"),
    ("已走访", "children.visited"),
    ("本学期走访", "children.visited"),
    ("本学期测评", "children.assessed"),
    ("本学年走访", "children.visited"),
    ("本学年测评", "children.assessed"),
];

/// Texts before a number of people other than left-behind children.
const OTHERS: &[&str] = &["帮扶人", "联系", "最多", "在外父母", "至少与孩子联系一次的"];

const GRADES: &str = "一二三四五六";

/// The class or grade of a table row: 四（1）班, 四年级; `None` for a row of totals.
fn part(label: &str) -> Option<String> {
    let first = label.chars().next()?;
    let grade = GRADES.chars().position(|c| c == first)? + 1;
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    Some(match digits.as_str() {
        "" => grade.to_string(),
        class => format!("{}-{class}", 2026 - grade),
    })
}

/// Every number of children in a paper; an unknown one fails the test.
fn facts_of(text: &str, of: &str, paper: &'static str) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut fact = |figure: &str, of: &str, value: i64| {
        let (figure, of) = (figure.to_owned(), of.to_owned());
        facts.push(Fact {
            figure,
            of,
            value,
            paper,
        });
    };
    let prose: String = text.lines().filter(|line| !line.starts_with('|')).collect();
    // The number of all children.
    let all = BEFORE.iter().find_map(|(words, figure)| {
        let at = prose.find(words).filter(|_| *figure == "children")?;
        let number = prose[at + words.len()..].split('人').next()?;
        number.parse::<i64>().ok()
    });
    for unit in ["人", "名"] {
        for (at, _) in prose.match_indices(unit) {
            let after = &prose[at + unit.len()..];
            if unit == "人" && (after.starts_with('次') || after.starts_with('均')) {
                continue;
            }
            let digits = prose[..at]
                .bytes()
                .rev()
                .take_while(u8::is_ascii_digit)
                .count();
            let before = &prose[..at - digits];
            let Ok(value) = prose[at - digits..at].parse::<i64>() else {
                continue;
            };
            let mut behind = ALL.iter().chain(AFTER);
            if let Some((_, figure)) = behind.find(|(words, _)| after.starts_with(words)) {
                fact(figure, of, value);
            } else if let Some((_, figure)) =
                LACKS.iter().find(|(words, _)| after.starts_with(words))
            {
                fact(figure, of, all.unwrap() - value);
            } else if let Some(sign) = ["比上学期多", "比上学期少"]
                .iter()
                .position(|words| before.ends_with(words))
            {
                let now = facts_before(before);
                fact(
                    "before children",
                    of,
                    now + if sign == 0 { -value } else { value },
                );
            } else if let Some((_, figure)) =
                BEFORE.iter().find(|(words, _)| before.ends_with(words))
            {
                fact(figure, of, value);
            } else {
                let is_of_others = OTHERS.iter().any(|words| before.ends_with(words));
                let said = before.chars().rev().take(20).collect::<Vec<_>>();
                let said: String = said.into_iter().rev().collect();
                assert!(is_of_others, "not understood: {said}{value}{unit}");
            }
        }
    }
    // A statement about all of them.
    for (words, figure) in ALL {
        if let (true, Some(all)) = (prose.contains(words), all) {
            fact(figure, of, all);
        }
    }
    for table in text.split("\n\n").filter(|block| block.starts_with('|')) {
        let cells = |line: &str| -> Vec<String> {
            let line = line.trim_matches('|').split('|');
            line.map(|cell| cell.trim().to_owned()).collect()
        };
        let heads = table.lines().next().map(cells).unwrap_or_default();
        for line in table.lines().skip(2) {
            let row = cells(line);
            if row[0] == "摸底" {
                fact("children", "", row[2].parse().unwrap());
                fact("children.assessed", "", row[3].parse().unwrap());
            }
            for (head, cell) in heads.iter().zip(&row).skip(1) {
                let known = HEADERS.iter().find(|(words, _)| head == words);
                if let (Some((_, figure)), Ok(value)) = (known, cell.parse()) {
                    let of = part(&row[0]).unwrap_or_default();
                    // A class or grade without children.
                    fact(figure, &of, value);
                }
            }
        }
    }
    facts
}

/// The number before the bracket with the comparison: 留守儿童12人，占…（比上学期多.
fn facts_before(before: &str) -> i64 {
    let at = before.rfind("留守儿童").unwrap() + "留守儿童".len();
    before[at..].split('人').next().unwrap().parse().unwrap()
}

/// The number of children according to `stats`.
fn of_children(json: &serde_json::Value) -> Option<i64> {
    let mut figures = json["figures"].as_array().unwrap().iter();
    figures.find(|figure| figure["id"] == "children")?["value"].as_i64()
}

/// Every number of children in `stats --format json`.
fn facts_of_stats(json: &str, paper: &'static str) -> Vec<Fact> {
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    let mut facts = Vec::new();
    for figure in json["figures"].as_array().unwrap() {
        let name = figure["id"].as_str().unwrap();
        let mut fact = |figure: &str, of: &str, value: &serde_json::Value| {
            if let Some(value) = value.as_i64() {
                let (figure, of) = (figure.to_owned(), of.to_owned());
                facts.push(Fact {
                    figure,
                    of,
                    value,
                    paper,
                });
            }
        };
        // The excess over the children is the number with both parents away.
        if let ("parents.known", Some(of)) = (name, figure["of"].as_i64()) {
            let children = of_children(&json);
            let both = children.map(|children| serde_json::Value::from(of - children));
            both.iter()
                .for_each(|both| fact("children.away.both", "", both));
        }
        fact(name, "", &figure["value"]);
        fact(&format!("before {name}"), "", &figure["before"]["value"]);
        for group in figure["groups"].as_array().into_iter().flatten() {
            fact(name, group["key"].as_str().unwrap(), &group["value"]);
        }
    }
    facts
}

/// Lists whose figures partition the children.
const LISTS: &[&str] = &["children.guardianship.", "children.away.", "gender."];

/// Figures that are always subsets of another.
const WITHIN: &[(&str, &str)] = &[
    ("children.home-visited", "children.visited"),
    ("children.talked", "children.visited"),
];

/// Figures that do not count left-behind children.
const NO_CHILDREN: &[&str] = &["students", "classes"];

struct Release<'k> {
    kids: &'k [ChildFacts],
    facts: BTreeSet<Fact>,
}

type Set = BTreeSet<usize>;

/// A figure and the part of the school.
type Key = (String, String);

impl Release<'_> {
    fn counted(&self, figure: &str, of: &str) -> Set {
        let kids = self.kids.iter().enumerate();
        let is_of =
            |kid: &ChildFacts| of.is_empty() || kid.class == of || kid.grade.to_string() == of;
        kids.filter(|(_, kid)| is_of(kid) && kid.counted.contains(figure))
            .map(|(at, _)| at)
            .collect()
    }

    /// Whether an attacker can know that one number is a subset of another: it is so in the whole school, and the
    /// class or grade of the one is part of that of the other. That it happens to be so within a class is published
    /// nowhere.
    fn is_known_subset(&self, part: &Fact, of: &Fact) -> bool {
        let is_part_of = of.of.is_empty()
            || part.of == of.of
            || !part.of.is_empty()
                && self
                    .counted("children", &part.of)
                    .is_subset(&self.counted("children", &of.of));
        let everywhere = |fact: &Fact| self.counted(&fact.figure, "");
        is_part_of && everywhere(part).is_subset(&everywhere(of))
    }

    /// Whether a reader can know that two numbers count disjoint groups: they are disjoint in the whole school, or of
    /// different classes or grades.
    fn are_disjoint_to_a_reader(&self, one: &Fact, other: &Fact) -> bool {
        let are_disjoint = |figures: [&str; 2], [one, other]: [&str; 2]| {
            self.counted(figures[0], one)
                .is_disjoint(&self.counted(figures[1], other))
        };
        are_disjoint(["children"; 2], [&one.of, &other.of])
            || are_disjoint([&one.figure, &other.figure], [""; 2])
    }

    /// The small groups revealed: by the rule's definition of groups, and by inference.
    fn revealed(&self) -> Vec<String> {
        let mut found = Vec::new();
        let is_few = |count: usize| count == 1 || count == 2;
        let is_known = |fact: &&Fact| !NO_CHILDREN.contains(&fact.figure.as_str());
        let mut sets: BTreeMap<Set, Vec<&Fact>> = BTreeMap::new();
        for fact in self.facts.iter().filter(is_known) {
            let set = self.counted(&fact.figure, &fact.of);
            assert_eq!(set.len() as i64, fact.value, "{fact:?}");
            if is_few(set.len()) {
                found.push(format!("{fact:?}"));
            }
            sets.entry(set).or_default().push(fact);
        }
        for (whole, wholes) in &sets {
            let known = |part: &Fact| wholes.iter().find(|of| self.is_known_subset(part, of));
            let within: Vec<_> = sets
                .iter()
                .filter(|(set, _)| *set != whole && set.is_subset(whole))
                .filter_map(|(set, parts)| {
                    let parts: Vec<_> = parts.iter().filter(|part| known(part).is_some()).collect();
                    let of = known(parts.first()?)?;
                    Some((set, parts, of))
                })
                .collect();
            for (n, (one, parts, of)) in within.iter().enumerate() {
                let rest: Set = whole.difference(one).copied().collect();
                if is_few(rest.len()) {
                    found.push(format!("{of:?} less {:?}", parts[0]));
                }
                for (other, others, _) in &within[n + 1..] {
                    let mut pairs = parts
                        .iter()
                        .flat_map(|part| others.iter().map(move |other| (part, other)));
                    if is_few(rest.difference(other).count())
                        && let Some((part, other)) =
                            pairs.find(|(part, other)| self.are_disjoint_to_a_reader(part, other))
                    {
                        found.push(format!("{of:?} less {part:?} and {other:?}"));
                    }
                }
            }
        }
        // Pupils of the school who are not left-behind.
        let value = |figure: &str| {
            self.facts
                .iter()
                .find(|fact| fact.figure == figure && fact.of.is_empty())
        };
        if let (Some(pupils), Some(children)) = (value("students"), value("children"))
            && (1..3).contains(&(pupils.value - children.value))
        {
            found.push(format!("{pupils:?} and {children:?}"));
        }
        // With as many classes as children, or one less, each class has one child, or one class has two.
        if let (Some(classes), Some(children)) = (value("classes"), value("children"))
            && (1..classes.value + 2).contains(&children.value)
        {
            found.push(format!("{classes:?} and {children:?}"));
        }
        found.extend(self.inferred());
        found
    }

    /// The small numbers inferred from those of classes, grades and the school, by interval propagation until nothing
    /// changes. A number that is not published may have any value.
    fn inferred(&self) -> Vec<String> {
        let classes: BTreeSet<&str> = self.kids.iter().map(|kid| kid.class.as_str()).collect();
        let grades: BTreeSet<String> = self.kids.iter().map(|kid| kid.grade.to_string()).collect();
        let figures: BTreeSet<&str> = self
            .facts
            .iter()
            .map(|fact| fact.figure.as_str())
            .filter(|figure| !NO_CHILDREN.contains(figure))
            .collect();
        let grade = |class: &str| (2026 - class[..4].parse::<i64>().unwrap()).to_string();
        // Variables: each figure in each part, and its complement among the children there.
        let mut bounds: BTreeMap<(String, String), (i64, i64)> = BTreeMap::new();
        let parts: Vec<String> = classes
            .iter()
            .map(|class| (*class).to_owned())
            .chain(grades.iter().cloned())
            .chain([String::new()])
            .collect();
        // (sum, addends)
        let mut sums: Vec<(Key, Vec<Key>)> = Vec::new();
        let of = |figure: &str, part: &str| (figure.to_owned(), part.to_owned());
        let with_rest: Vec<String> = figures
            .iter()
            .flat_map(|figure| [(*figure).to_owned(), format!("not {figure}")])
            .chain(["children".to_owned(), "before children".to_owned()])
            .collect();
        for figure in &with_rest {
            for part in &parts {
                bounds.insert(of(figure, part), (0, 9999));
            }
            for grade_of in &grades {
                let own = classes.iter().filter(|class| grade(class) == *grade_of);
                sums.push((
                    of(figure, grade_of),
                    own.map(|class| of(figure, class)).collect(),
                ));
            }
            sums.push((
                of(figure, ""),
                grades.iter().map(|grade| of(figure, grade)).collect(),
            ));
        }
        for part in &parts {
            for figure in figures
                .iter()
                .filter(|figure| !figure.ends_with(DIFFICULTY))
            {
                let all = match figure.strip_prefix("before ") {
                    Some(_) => "before children",
                    None => "children",
                };
                sums.push((
                    of(all, part),
                    vec![of(figure, part), of(&format!("not {figure}"), part)],
                ));
            }
            for list in LISTS {
                for before in ["", "before "] {
                    let list = format!("{before}{list}");
                    let own: Vec<_> = figures
                        .iter()
                        .filter(|figure| figure.starts_with(&list))
                        .collect();
                    if !own.is_empty() {
                        let rest = of(&format!("rest {list}"), part);
                        bounds.insert(rest.clone(), (0, 9999));
                        let addends = own.iter().map(|figure| of(figure, part)).chain([rest]);
                        sums.push((of(&format!("{before}children"), part), addends.collect()));
                    }
                }
            }
            for (inner, outer) in WITHIN {
                if figures.contains(inner) && figures.contains(outer) {
                    let between = of(&format!("{outer} not {inner}"), part);
                    bounds.insert(between.clone(), (0, 9999));
                    sums.push((of(outer, part), vec![of(inner, part), between]));
                }
            }
        }
        for fact in &self.facts {
            if let Some(bound) = bounds.get_mut(&of(&fact.figure, &fact.of)) {
                *bound = (fact.value, fact.value);
            }
        }
        loop {
            let mut is_changed = false;
            let mut narrow = |bounds: &mut BTreeMap<_, (i64, i64)>,
                              key: &(String, String),
                              low: i64,
                              high: i64| {
                let bound = bounds.get_mut(key).unwrap();
                let narrowed = (bound.0.max(low), bound.1.min(high));
                is_changed |= narrowed != *bound;
                *bound = narrowed;
            };
            for (sum, addends) in &sums {
                let low: i64 = addends.iter().map(|key| bounds[key].0).sum();
                let high: i64 = addends.iter().map(|key| bounds[key].1).sum();
                narrow(&mut bounds, sum, low, high);
                let (least, most) = bounds[sum];
                for key in addends {
                    let own = bounds[key];
                    narrow(
                        &mut bounds,
                        key,
                        least - (high - own.1),
                        most - (low - own.0),
                    );
                }
            }
            if !is_changed {
                break;
            }
        }
        let few = bounds
            .into_iter()
            .filter(|(_, (low, high))| *low >= 1 && *high <= 2);
        few.map(|(key, bound)| format!("worked out: {key:?} {bound:?}"))
            .collect()
    }
}

/// The numbers in the papers of one term, as Markdown, and those of the year's report, which covers another period.
fn papers(root: &Path, kids: &[ChildFacts]) -> (Vec<Fact>, Vec<Fact>) {
    let store = Store::at(root);
    let settings = store.school().unwrap();
    let loaded = store.load(ReadOptions::all(KindSet::of(Kind::ALL)));
    assert!(loaded.broken.is_empty(), "{:?}", loaded.broken);
    let today = "2026-01-20".parse::<Date>().unwrap().0;
    let terms: Vec<_> = loaded.records.terms.iter().collect();
    let term = terms
        .iter()
        .find(|term| term.id.to_string() == "2025-2026-1")
        .unwrap();
    let of_term = Scope::of_term(term, today, settings.definition());
    let from = "2025-09-01".parse::<Date>().unwrap().0;
    let until = "2026-08-31".parse::<Date>().unwrap().0;
    let of_year = Scope::between(from, until, today, settings.definition());
    let request = |name: &str| request(name, Some(3), today);
    let basis = |scope| Basis {
        school: &settings,
        records: &loaded.records,
        scope,
    };
    let mut facts = Vec::new();
    let mut read = |writer: &Writer<'_>, request: &Request<'_>, of: &str, paper: &'static str| {
        let written = writer.write(request).unwrap();
        if !written.hides_classes {
            let bytes = document::format("md").unwrap().render(&written.document);
            let text = String::from_utf8(bytes.unwrap()).unwrap();
            facts.extend(facts_of(&text, of, paper));
        }
    };
    let (term_basis, year_basis) = (basis(of_term), basis(of_year));
    let writer = Writer::new(&term_basis, &request("term"));
    for paper in ["term", "home", "summary"] {
        read(&writer, &request(paper), "", paper);
    }
    let classes: BTreeSet<&str> = kids.iter().map(|kid| kid.class.as_str()).collect();
    for class in classes {
        let of_class = Request {
            class: Some(class.parse::<Class>().unwrap()),
            ..request("class")
        };
        read(&writer, &of_class, class, "class");
    }
    let before = terms
        .iter()
        .find(|term| term.id.to_string() == "2024-2025-2");
    let compared = Request {
        compare: before.copied(),
        ..request("term")
    };
    read(
        &Writer::new(&term_basis, &compared),
        &compared,
        "",
        "term --compare",
    );
    let year = request("year");
    read(&Writer::new(&year_basis, &year), &year, "", "year");
    let is_of_year = |fact: &Fact| fact.paper == "year";
    facts.into_iter().partition(|fact| !is_of_year(fact))
}

/// The numbers in the public output of `stats`, in several formats.
fn stats(root: &Path, known: &BTreeSet<&str>) -> Vec<Fact> {
    let arguments: [&[&str]; 5] = [
        &[],
        &["--by", "class"],
        &["--by", "grade"],
        &["--compare", "2024-2025-2"],
        &["--by", "month"],
    ];
    let mut facts = Vec::new();
    for more in arguments {
        let common = [
            "stats",
            "--public",
            "--format",
            "json",
            "--term",
            "2025-2026-1",
        ];
        let (is_told, json) = run_in(root, &[&common, more].concat());
        if is_told {
            let found = facts_of_stats(&json, "stats").into_iter();
            facts.extend(found.filter(|fact| known.contains(fact.figure.as_str())));
        }
    }
    facts
}

/// The numbers in the public `rollup` of each school of a town. Its totals are sums of published numbers.
fn rollup_facts(town: &Path) -> BTreeMap<String, Vec<Fact>> {
    let arguments = [
        "rollup",
        ".",
        "--public",
        "--term",
        "2025-2026-1",
        "--figures",
        "all",
        "--format",
        "json",
    ];
    let (_, json) = run_in(town, &arguments);
    let mut facts: BTreeMap<String, Vec<Fact>> = BTreeMap::new();
    if json.is_empty() {
        return facts;
    }
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    for figure in json["figures"].as_array().unwrap() {
        let id = figure["id"].as_str().unwrap();
        let (mut sum, mut telling) = (0, 0);
        for cell in figure["schools"].as_array().unwrap() {
            telling += usize::from(!cell["value"].is_null());
            let Some(value) = cell["value"].as_i64() else {
                continue;
            };
            sum += value;
            let school = cell["school"].as_str().unwrap().to_owned();
            facts.entry(school).or_default().push(Fact {
                figure: id.to_owned(),
                of: String::new(),
                value,
                paper: "rollup",
            });
        }
        let total = &figure["total"];
        if let Some(total) = total["value"].as_i64().filter(|_| telling > 0) {
            assert_eq!(total, sum, "{figure}");
        }
        assert!(
            total["schools"].is_null() || total["schools"] == telling,
            "{figure}"
        );
    }
    facts
}

/// The number of schools in a town.
const SCHOOLS_PER_TOWN: usize = 3;

#[test]
fn public_papers_of_one_term_give_no_few_children_away_side_by_side() {
    let schools = attacked(60);
    let seed = fresh_seed();
    let mut dice = Dice(seed);
    // Running the program is slow: without a release build only some towns are checked with it.
    let asked = if std::env::var_os("CUNCAO_BIN").is_some() {
        1
    } else {
        6
    };
    let mut revealed = Vec::new();
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for town in 0..schools.div_ceil(SCHOOLS_PER_TOWN) {
        let folder = tempfile::tempdir().unwrap();
        let mut all = Vec::new();
        for name in ["甲校", "乙校", "丙校"] {
            let root = folder.path().join(name);
            std::fs::create_dir_all(&root).unwrap();
            school(&root, &mut dice);
            more(&root, &mut dice);
            let settings = std::fs::read_to_string(root.join("cuncao.toml")).unwrap();
            write(&root, "cuncao.toml", &settings.replace("柳树小学", name));
            let kids = kids(&root);
            let (facts, of_year) = papers(&root, &kids);
            all.push((name, root, kids, facts, of_year));
        }
        let is_asked = town % asked == 0;
        let mut rollup_facts = if is_asked {
            rollup_facts(folder.path())
        } else {
            BTreeMap::new()
        };
        for (name, root, kids, mut facts, of_year) in all {
            let known: BTreeSet<&str> = kids
                .iter()
                .flat_map(|kid| kid.counted.iter().map(String::as_str))
                .chain(NO_CHILDREN.iter().copied())
                .collect();
            if is_asked {
                facts.extend(stats(&root, &known));
            }
            let of_town = rollup_facts.remove(name).unwrap_or_default().into_iter();
            facts.extend(of_town.filter(|fact| known.contains(fact.figure.as_str())));
            for fact in facts.iter().chain(&of_year) {
                *told.entry(fact.paper).or_default() += 1;
                if fact.figure.starts_with("before") {
                    *told.entry("before").or_default() += 1;
                }
            }
            let mut found = Vec::new();
            for facts in [facts, of_year] {
                let release = Release {
                    kids: &kids,
                    facts: facts.into_iter().collect(),
                };
                found.extend(release.revealed());
            }
            if !found.is_empty() {
                let mut line = format!("{town} {name}:");
                for found in found.iter().take(4) {
                    let _ = write!(line, "\n    {found}");
                }
                revealed.push(line);
            }
        }
    }
    println!("{schools} schools, numbers by paper: {told:?}");
    assert!(
        revealed.is_empty(),
        "CUNCAO_SEED={seed}: {} of {schools}:\n{}",
        revealed.len(),
        revealed.join("\n")
    );
    for paper in [
        "term", "class", "summary", "stats", "rollup", "year", "before",
    ] {
        assert!(
            told.get(paper).is_some_and(|count| *count > 0),
            "{paper}: {told:?}"
        );
    }
    assert!(told.values().sum::<usize>() > schools * 15, "{told:?}");
}

//! Three clones in which random things happen, held against a plain model of what each must hold.
//!
//! The model is a map of facts, each with the step at which it was last changed; who merges takes the newer. Each run
//! has a seed of its own, which it prints. `CUNCAO_SIMULATE` is for how many seconds it runs, `CUNCAO_HISTORIES` how
//! many histories are merged in memory, `CUNCAO_SEED` the seed to run again. Needs git; breaks commands off with strace.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use cuncao::model::Kind;
use cuncao::store::edit::{Change, change};
use cuncao::store::merge::{Three, merge};

use crate::school::{Dice, has, number, program, said, small};

/// For how long the clones live, in seconds.
const SECONDS: usize = 20;

/// How many histories are merged in memory.
const HISTORIES: usize = 60;

fn seed() -> u64 {
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).unwrap();
    u64::from(since.subsec_nanos()) + since.as_secs() % 1_000
}

/// A fact: where it stands, and what stands there; none where it was taken away.
type Facts = BTreeMap<String, String>;

/// What the records of a folder say: each value by its file, field and what identifies the entry that it stands in.
fn facts(root: &Path) -> Facts {
    fn of_table(table: &toml::Table, at: &str, facts: &mut Facts) {
        for (name, value) in table {
            let at = format!("{at}|{name}");
            match value {
                toml::Value::Table(inner) => of_table(inner, &at, facts),
                toml::Value::Array(entries) => {
                    for entry in entries {
                        let toml::Value::Table(inner) = entry else {
                            facts.insert(format!("{at}|{entry}"), String::new());
                            continue;
                        };
                        let keys = ["since", "parent", "what", "relation"];
                        let known = keys.iter().filter_map(|key| inner.get(*key));
                        let identity: Vec<String> = known.map(ToString::to_string).collect();
                        of_table(inner, &format!("{at}|{}", identity.join(" ")), facts);
                    }
                }
                plain => drop(facts.insert(at, plain.to_string())),
            }
        }
    }
    let mut facts = Facts::new();
    for folder in ["children", "visits", "helpers", "terms"] {
        for entry in walkdir::WalkDir::new(root.join(folder))
            .into_iter()
            .flatten()
        {
            if entry.file_type().is_file() {
                let path = entry
                    .path()
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                let text = std::fs::read_to_string(entry.path()).unwrap();
                let table: toml::Table = text
                    .trim_start_matches('\u{feff}')
                    .parse()
                    .unwrap_or_else(|fault| panic!("{path}: {fault}\n{text}"));
                of_table(&table, &path, &mut facts);
            }
        }
    }
    facts
}

/// What a clone must hold: each fact with the step at which it was written; none where it is gone.
#[derive(Clone, Default)]
struct Model(BTreeMap<String, (usize, Option<String>)>);

impl Model {
    fn facts(&self) -> Facts {
        let there = self.0.iter();
        there
            .filter_map(|(at, (_, value))| Some((at.clone(), value.clone()?)))
            .collect()
    }

    /// Takes over that the records hold these facts now.
    fn become_at(&mut self, step: usize, facts: &Facts) {
        for (at, known) in &mut self.0 {
            if known.1.is_some() && !facts.contains_key(at) {
                *known = (step, None);
            }
        }
        for (at, value) in facts {
            let known = self.0.get(at).and_then(|(_, value)| value.as_ref());
            if known != Some(value) {
                self.0.insert(at.clone(), (step, Some(value.clone())));
            }
        }
    }

    fn merge(&mut self, other: &Model) {
        for (at, fact) in &other.0 {
            let known = self.0.entry(at.clone()).or_insert_with(|| fact.clone());
            if known.0 < fact.0 {
                known.clone_from(fact);
            }
        }
    }
}

struct OneClone {
    root: PathBuf,
    model: Model,
    /// What the records held before each command that can be taken back.
    before: Vec<Facts>,
}

fn run(mut command: Command, root: &Path) -> Output {
    let path = std::env::var_os("PATH").unwrap();
    let program = program();
    let folders =
        std::iter::once(program.parent().unwrap().to_owned()).chain(std::env::split_paths(&path));
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    command
        .current_dir(root)
        .env("PATH", std::env::join_paths(folders).unwrap())
        .env("HOME", root.parent().unwrap())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("CUNCAO_LANG", "en")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

fn git(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
        .args(arguments);
    run(command, root)
}

fn done(output: Output) -> String {
    assert!(output.status.success(), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn commit(root: &Path) {
    done(git(root, &["add", "-A"]));
    done(git(root, &["commit", "-q", "--allow-empty", "-m", "a"]));
}

fn days(day: usize) -> String {
    let start = chrono::NaiveDate::from_ymd_opt(2025, 9, 1).unwrap();
    (start + chrono::Days::new(day as u64 % 130)).to_string()
}

/// What a step does to the facts.
enum Work {
    /// A command, and the facts that it brings or changes; `ID` stands for the file of a new record.
    Command(Vec<String>, Vec<(String, Option<String>)>),
    Undo,
    ByHand(String, String),
    Pull(usize),
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn work(clone: &OneClone, number: usize, step: usize, today: &str, dice: &mut Dice) -> Work {
    let quoted = |text: &str| Some(format!("\"{text}\""));
    let child = ["c4t8w2z", "c000002"][dice.below(2)];
    let at = format!("children/{child}.toml");
    let value = format!("第{number}处{step}");
    // Each clone has fields of its own, so that all that differs is different facts.
    let fields = [
        ["village", "wishes"],
        ["address", "student_no"],
        ["profile.note", "ethnicity"],
    ];
    match dice.below(10) {
        0 | 1 => {
            let field = fields[number][dice.below(2)];
            let key = format!("{at}|{}", field.replace('.', "|"));
            let assignment = format!("{field}={value}");
            Work::Command(
                words(&["set", child, &assignment]),
                vec![(key, quoted(&value))],
            )
        }
        2 => {
            let since = format!(
                "20{:02}-{:02}-{:02}",
                23 + number,
                step / 28 % 12 + 1,
                step % 28 + 1
            );
            let entry = format!("{at}|contact|{since} \"father\"");
            let command = words(&[
                "change",
                child,
                "contact",
                "parent=father",
                "frequency=weekly",
                "--since",
                &since,
            ]);
            let facts = vec![
                (format!("{entry}|since"), Some(since)),
                (format!("{entry}|parent"), quoted("father")),
                (format!("{entry}|frequency"), quoted("weekly")),
            ];
            Work::Command(command, facts)
        }
        3..=5 => {
            let follow_up = format!("添台灯{value}");
            let command = words(&[
                "add",
                "visit",
                "--date",
                today,
                "--mode",
                "home",
                "--children",
                child,
                "--by",
                "h7k3m9q",
                "--summary",
                &value,
                "--set",
                &format!("follow_up[0].what={follow_up}"),
                "--set",
                "follow_up[0].due=2025-12-01",
            ]);
            let entry = format!("ID|follow_up|\"{follow_up}\"");
            let facts = vec![
                ("ID|date".to_owned(), Some(today.to_owned())),
                ("ID|recorded".to_owned(), Some(today.to_owned())),
                ("ID|mode".to_owned(), quoted("home")),
                (format!("ID|children|\"{child}\""), Some(String::new())),
                ("ID|by|\"h7k3m9q\"".to_owned(), Some(String::new())),
                ("ID|summary".to_owned(), quoted(&value)),
                (format!("{entry}|what"), quoted(&follow_up)),
                (format!("{entry}|due"), Some("2025-12-01".to_owned())),
            ];
            Work::Command(command, facts)
        }
        6 => {
            // Something open of a visit of this clone is done on the day on which it is due.
            let own = format!("|follow_up|\"添台灯第{number}处");
            let held = clone.model.facts();
            let open = held.keys().find(|at| {
                let done = at
                    .strip_suffix("|what")
                    .map(|entry| format!("{entry}|done"));
                at.contains(&own) && done.is_some_and(|done| !held.contains_key(&done))
            });
            let Some(open) = open else {
                return Work::Pull((number + 1) % 3);
            };
            let id = open
                .split('|')
                .next()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap()
                .trim_end_matches(".toml");
            let key = open.replace("|what", "|done");
            Work::Command(
                words(&["done", id, "--date", "2025-12-01"]),
                vec![(key, Some("2025-12-01".to_owned()))],
            )
        }
        7 => Work::Undo,
        8 => Work::ByHand(at, format!("# 手写{value}\n")),
        _ => Work::Pull((number + 1 + dice.below(2)) % 3),
    }
}

/// A command that is broken off or refused a call at random; none where all went well.
fn fault(dice: &mut Dice, is_possible: bool) -> Option<String> {
    if !is_possible || dice.below(8) != 0 {
        return None;
    }
    let calls = [
        "write",
        "openat",
        "renameat2",
        "rename",
        "linkat",
        "unlink",
        "fdatasync",
        "fsync",
        "syncfs",
        "flock",
        "mkdir",
    ];
    let call = calls[dice.below(calls.len())];
    let what = ["signal=KILL", "error=EIO", "error=ENOSPC"][dice.below(3)];
    let when = dice.below(if call == "openat" { 60 } else { 4 }) + 1;
    Some(format!("--inject=?{call}:{what}:when={when}"))
}

struct World {
    clones: Vec<OneClone>,
    step: usize,
    merges: usize,
    faults: usize,
    undone: usize,
    log: Vec<String>,
}

impl World {
    fn new(folder: &Path) -> World {
        let first = folder.join("0");
        std::fs::create_dir(&first).unwrap();
        small(&first);
        std::fs::write(first.join(".gitignore"), ".cuncao-*\n").unwrap();
        done(git(&first, &["init", "-q", "-b", "main"]));
        let mut clones = Vec::new();
        for number in 0..3 {
            let root = folder.join(number.to_string());
            if number > 0 {
                done(git(folder, &["clone", "-q", "0", root.to_str().unwrap()]));
            }
            let mut command = Command::new(program());
            command.args(["init", "--hook"]);
            done(run(command, &root));
            if number == 0 {
                commit(&root);
            }
            let mut model = Model::default();
            model.become_at(0, &facts(&root));
            clones.push(OneClone {
                root,
                model,
                before: Vec::new(),
            });
        }
        World {
            clones,
            step: 0,
            merges: 0,
            faults: 0,
            undone: 0,
            log: Vec::new(),
        }
    }

    fn cuncao(
        &self,
        number: usize,
        today: &str,
        arguments: &[String],
        fault: Option<&str>,
    ) -> Output {
        let command = match fault {
            None => Command::new(program()),
            Some(fault) => {
                let mut command = Command::new("strace");
                command
                    .args(["-f", "-qq", "-o", "/dev/null", fault])
                    .arg(program());
                command
            }
        };
        let mut command = command;
        command.args(["--today", today]).args(arguments);
        run(command, &self.clones[number].root)
    }

    fn step(&mut self, dice: &mut Dice, has_strace: bool) {
        self.step += 1;
        let number = dice.below(3);
        let today = days(60 + self.step / 8);
        let before = facts(&self.clones[number].root);
        assert_eq!(
            before,
            self.clones[number].model.facts(),
            "clone {number}\n{}",
            self.log.join("\n")
        );
        match work(&self.clones[number], number, self.step, &today, dice) {
            Work::Command(arguments, changes) => {
                let fault = fault(dice, has_strace);
                self.log
                    .push(format!("{} {number} {arguments:?} {fault:?}", self.step));
                let output = self.cuncao(number, &today, &arguments, fault.as_deref());
                if fault.is_none() {
                    assert!(
                        output.status.success(),
                        "{}\n{}",
                        said(&output),
                        self.log.join("\n")
                    );
                } else {
                    self.faults += 1;
                    assert!(!said(&output).contains("panicked"), "{}", said(&output));
                    // Whoever writes next finishes or undoes what was left.
                    let next = self.cuncao(
                        number,
                        &today,
                        &words(&["set", "c000002", "gender=male", "--dry-run"]),
                        None,
                    );
                    assert!(
                        next.status.success(),
                        "{}\n{}",
                        said(&next),
                        self.log.join("\n")
                    );
                }
                self.settle(number, before, &changes, fault.is_some(), &output);
            }
            Work::Undo => {
                self.log.push(format!("{} {number} undo", self.step));
                let output = self.cuncao(number, &today, &words(&["undo"]), None);
                if output.status.success() {
                    self.undone += 1;
                    let expected = self.clones[number].before.pop();
                    let now = facts(&self.clones[number].root);
                    let expected = expected.unwrap_or_else(|| panic!("{}", said(&output)));
                    // What others brought by a merge since is not taken back; all that changes is as it was.
                    let all = before.keys().chain(now.keys());
                    let mut changed = all.filter(|at| before.get(*at) != now.get(*at));
                    let wrong = changed.find(|at| now.get(*at) != expected.get(*at));
                    assert_eq!(wrong, None, "{}", self.log.join("\n"));
                    let step = self.step;
                    self.clones[number].model.become_at(step, &now);
                } else {
                    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
                    assert_eq!(facts(&self.clones[number].root), before);
                }
            }
            Work::ByHand(path, line) => {
                self.log
                    .push(format!("{} {number} by hand {path}", self.step));
                let file = self.clones[number].root.join(path);
                let text = std::fs::read_to_string(&file).unwrap();
                std::fs::write(&file, line + &text).unwrap();
            }
            Work::Pull(from) => self.pull(number, from),
        }
        if self.step.is_multiple_of(6) {
            self.check(number, &today);
        }
    }

    /// Holds the records of a clone against the old or the new facts after a command.
    fn settle(
        &mut self,
        number: usize,
        before: Facts,
        changes: &[(String, Option<String>)],
        may_fail: bool,
        output: &Output,
    ) {
        let now = facts(&self.clones[number].root);
        if may_fail && now == before {
            return;
        }
        let new_file = now
            .keys()
            .filter(|at| !before.contains_key(*at))
            .filter_map(|at| at.split('|').next());
        let new_file = new_file.map(str::to_owned).next().unwrap_or_default();
        let mut expected = before.clone();
        for (at, value) in changes {
            let at = at.replace("ID", &new_file);
            match value {
                Some(value) => drop(expected.insert(at, value.clone())),
                None => drop(expected.remove(&at)),
            }
        }
        assert_eq!(now, expected, "{}\n{}", said(output), self.log.join("\n"));
        let step = self.step;
        self.clones[number].before.push(before);
        self.clones[number].model.become_at(step, &now);
    }

    fn pull(&mut self, number: usize, from: usize) {
        self.log
            .push(format!("{} {number} pulls from {from}", self.step));
        self.merges += 1;
        commit(&self.clones[number].root);
        commit(&self.clones[from].root);
        let other = self.clones[from].root.to_str().unwrap().to_owned();
        let root = self.clones[number].root.clone();
        done(git(&root, &["fetch", "-q", &other, "main"]));
        let merged = git(&root, &["merge", "-q", "-m", "b", "FETCH_HEAD"]);
        assert!(
            merged.status.success(),
            "{}\n{}",
            said(&merged),
            self.log.join("\n")
        );
        let theirs = self.clones[from].model.clone();
        self.clones[number].model.merge(&theirs);
        let now = facts(&root);
        assert_eq!(
            now,
            self.clones[number].model.facts(),
            "{}",
            self.log.join("\n")
        );
    }

    /// The records validate, and the figures are those of the model.
    fn check(&self, number: usize, today: &str) {
        let checked = self.cuncao(number, today, &words(&["validate"]), None);
        assert!(
            checked.status.success(),
            "{}\n{}",
            said(&checked),
            self.log.join("\n")
        );
        let stats = done(self.cuncao(number, today, &words(&["stats", "--format", "json"]), None));
        let stats: serde_json::Value = serde_json::from_str(&stats).unwrap();
        let figures = stats["figures"].as_array().unwrap();
        let value = |id: &str| {
            figures
                .iter()
                .find(|figure| figure["id"] == id)
                .map(|figure| figure["value"].to_string())
        };
        let held = self.clones[number].model.facts();
        let visits = held
            .keys()
            .filter(|at| at.starts_with("visits/") && at.ends_with("|summary"));
        assert_eq!(
            value("visits"),
            Some(visits.count().to_string()),
            "{}",
            self.log.join("\n")
        );
        assert_eq!(value("children"), Some("2".to_owned()));
    }
}

#[test]
fn three_clones_hold_what_the_model_says_whatever_happens() {
    if !has("git") {
        return;
    }
    let has_strace = has("strace");
    let mut dice = Dice::new(seed());
    let seconds = number("CUNCAO_SIMULATE", SECONDS) as u64;
    let began = Instant::now();
    let (mut steps, mut merges, mut faults, mut undone) = (0, 0, 0, 0);
    while began.elapsed() < Duration::from_secs(seconds) {
        let folder = tempfile::tempdir().unwrap();
        let mut world = World::new(folder.path());
        while world.step < 300 && began.elapsed() < Duration::from_secs(seconds) {
            world.step(&mut dice, has_strace);
        }
        // All meet: each holds the same facts in the end.
        for (number, from) in [(0, 1), (0, 2), (1, 0), (2, 0)] {
            world.pull(number, from);
        }
        let [a, b, c] = [0, 1, 2].map(|number| facts(&world.clones[number].root));
        assert!(a == b && b == c, "{}", world.log.join("\n"));
        steps += world.step;
        merges += world.merges;
        faults += world.faults;
        undone += world.undone;
    }
    println!(
        "{steps} steps, {merges} merges, {faults} with a kill or a refused call, {undone} taken back"
    );
}

/// The edits of one clone to a text; no two clones change the same fact.
fn edited(base: &str, number: usize, dice: &mut Dice) -> (String, Vec<String>) {
    let mut text = base.to_owned();
    let mut kept = Vec::new();
    for step in 0..dice.below(4) + 1 {
        let word = format!("第{number}处{step}");
        let count = |what: &str, text: &str| text.matches(what).count();
        let (path, value): (String, toml_edit::Value) = match dice.below(5) {
            0 => {
                let since = format!(
                    "20{}-{:02}-{:02}",
                    23 + number,
                    step + 1,
                    dice.below(28) + 1
                );
                kept.push(format!("since = {since}"));
                let since: toml_edit::Datetime = since.parse().unwrap();
                (
                    format!("guardianship[{}].since", count("[[guardianship]]", &text)),
                    since.into(),
                )
            }
            1 => {
                let hardships = ["orphan", "disabled", "harm"];
                let at = count("\"poverty\"", &text)
                    + hardships
                        .iter()
                        .filter(|code| text.contains(**code))
                        .count();
                if text.contains(hardships[number]) {
                    continue;
                }
                kept.push(hardships[number].to_owned());
                (format!("hardship[{at}]"), hardships[number].into())
            }
            2 => {
                // A comment of one's own, before a line of one's own.
                let line = ["gender", "birth_date", "ethnicity"][number];
                let comment = format!("# {word}\n");
                text = text.replacen(&format!("\n{line}"), &format!("\n{comment}{line}"), 1);
                kept.push(comment);
                continue;
            }
            _ => {
                let fields = [
                    ["village", "profile.study"],
                    ["address", "profile.note"],
                    ["student_no", "guardianship[0].reason"],
                ];
                kept.retain(|kept| !kept.contains(&format!("\"第{number}处")));
                let field = fields[number][dice.below(2)];
                (field.to_owned(), word.into())
            }
        };
        let value = Some(value);
        let path = path.parse().unwrap();
        text = change(&text, Kind::Child.shape(), &[Change { path, value }]).unwrap();
    }
    (text, kept)
}

#[test]
fn histories_of_three_clones_merge_to_the_same_bytes_in_any_order() {
    let base = "# 档案\nname = \"张小明\" # 小名明明\ngender = \"male\"\nbirth_date = 2015-03-02\nethnicity = \"汉族\"\nhardship = [\"poverty\"]\n\n# 监护\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\nguardian = { name = \"张桂英\", phone = \"13900000001\" }\n\n[profile]\npersonality = \"安静\"\n";
    let mut dice = Dice::new(seed());
    let histories = number("CUNCAO_HISTORIES", HISTORIES);
    let shape = Kind::Child.shape();
    let clean = |base: &str, ours: &str, theirs: &str| {
        let merged = merge(shape, Three { base, ours, theirs }, &|_| None).unwrap();
        assert!(
            merged.conflicts.is_empty(),
            "{:?}\n{ours}\n{theirs}",
            merged.conflicts
        );
        merged.text
    };
    for _ in 0..histories {
        let edits = [0, 1, 2].map(|number| edited(base, number, &mut dice));
        let [a, b, c] = [0, 1, 2].map(|number| edits[number].0.as_str());
        let both = clean(base, a, b);
        assert_eq!(both, clean(base, b, a));
        let all = clean(base, &both, c);
        assert_eq!(all, clean(base, c, &both), "{a}\n{b}\n{c}");
        assert_eq!(all, clean(base, &clean(base, b, c), a), "{a}\n{b}\n{c}");
        assert_eq!(all, clean(base, &clean(base, c, a), b), "{a}\n{b}\n{c}");
        for kept in edits.iter().flat_map(|(_, kept)| kept) {
            assert!(all.contains(kept.as_str()), "{kept} is lost:\n{all}");
        }
        for (text, _) in &edits {
            let own = text.lines().filter(|line| line.contains("处"));
            for line in own {
                assert!(all.contains(line.trim()), "{line} is lost:\n{all}");
            }
        }
    }
    println!("{histories} histories, none in conflict, none lost a fact");
}

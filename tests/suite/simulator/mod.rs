//! Three clones with random operations, compared with a simple model of what each must contain.
//!
//! The model is a map of facts, each with the step at which it was last changed; in a merge the newer one wins. After
//! every step the records must be those of the model, violate exactly the rules that the model predicts, and give the
//! figures computed from the model. Each school prints its seed. `CUNCAO_SIMULATE` sets the duration in seconds,
//! `CUNCAO_STEPS` the number of steps instead, `CUNCAO_SEED` the seed, `CUNCAO_BIN` another program, such as a release
//! build. Requires git; injects faults with strace and prlimit.

mod facts;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use age::secrecy::ExposeSecret;
use chrono::{Days, NaiveDate};
use cuncao::analysis::figures::Figures;
use cuncao::analysis::statement::Statement;
use cuncao::analysis::{Basis, Scope};
use cuncao::diagnostic::Severity;
use cuncao::model::KindSet;
use cuncao::rules::{CheckOptions, check};
use cuncao::store::{ReadOptions, Store};
use cuncao::text::Lang;

use crate::school::{Dice, fresh_seed, has, number, path_with_program, program, said, small};
use facts::{Facts, Model, Reader, World, files};
use work::{Effect, Place, Undo, Work};

/// The duration in seconds.
const SECONDS: usize = 25;

/// The number of steps after which a new world begins.
const STEPS_PER_WORLD: usize = 250;

/// One in this many commands gets an injected fault.
const FAULT_INTERVAL: usize = 8;

/// In one of this many steps the figures come from the program itself, otherwise from the library.
const STATS_INTERVAL: usize = 5;

type Bytes = BTreeMap<String, Vec<u8>>;

/// The content of a file; `None` if there is no file.
type State = Option<Vec<u8>>;

/// A command that can be undone: its files before and after.
struct Written {
    files: BTreeMap<String, (State, State)>,
    /// Whether a later event may have made it impossible to undo.
    is_uncertain: bool,
}

struct OneClone {
    root: PathBuf,
    model: Model,
    written: Vec<Written>,
    /// Whether an interrupted command may have left an undo entry for changes it did not make.
    has_leftovers: bool,
}

fn run(mut command: Command, root: &Path) -> Output {
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    let home = root.parent().unwrap();
    command
        .current_dir(root)
        .env("PATH", path_with_program())
        .env("HOME", home)
        .env("CUNCAO_IDENTITY", home.join("key"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("CUNCAO_LANG", "en")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn git(root: &Path, today: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
        .args(arguments)
        .env("CUNCAO_TODAY", today);
    run(command, root)
}

fn done(output: Output) -> String {
    assert!(output.status.success(), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn commit(root: &Path, today: &str) {
    done(git(root, today, &["add", "-A"]));
    let arguments = ["commit", "-q", "--allow-empty", "-m", "a"];
    let hooked = git(root, today, &arguments);
    // The hook refuses unsealed values if the school seals; a colleague without the hook commits them.
    if !hooked.status.success() {
        assert!(said(&hooked).contains("in clear"), "{}", said(&hooked));
        done(git(
            root,
            today,
            &[&arguments[..], &["--no-verify"]].concat(),
        ));
    }
}

/// An injected fault.
#[derive(Debug)]
enum Fault {
    /// A system call fails, or the program is killed in it.
    Call(String),
    /// The program is killed after this many microseconds.
    Killed(u64),
    /// A limit on the file size in bytes.
    Bytes(usize),
    /// A limit on the number of open files.
    Files(usize),
}

fn fault(dice: &mut Dice, has_strace: bool, has_limits: bool) -> Option<Fault> {
    if dice.below(FAULT_INTERVAL) != 0 {
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
        "read",
        "getdents64",
        "fchmod",
    ];
    match dice.below(4) {
        0 if has_limits => Some(Fault::Bytes(dice.below(600))),
        1 if has_limits => Some(Fault::Files(dice.below(16) + 3)),
        2 if has_strace => {
            let call = calls[dice.below(calls.len())];
            let what = ["signal=KILL", "error=EIO", "error=ENOSPC", "error=EACCES"][dice.below(4)];
            let when = dice.below(if matches!(call, "openat" | "read") {
                60
            } else {
                6
            }) + 1;
            Some(Fault::Call(format!("--inject=?{call}:{what}:when={when}")))
        }
        _ => Some(Fault::Killed(dice.below(25_000) as u64)),
    }
}

/// The statistics of a run.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    steps: usize,
    merges: usize,
    faults: usize,
    /// The number of faults after which the records were unchanged.
    old: usize,
    undone: usize,
    clashes: usize,
}

/// The output of `stats`, computed without starting the program.
fn statement(root: &Path, today: NaiveDate) -> serde_json::Value {
    let store = Store::at(root);
    let school = store.school().unwrap();
    let loaded = store.load(ReadOptions::all(KindSet::ALL));
    assert!(loaded.broken.is_empty(), "{:?}", loaded.broken);
    let records = loaded.records;
    let term = records.terms.iter().next().unwrap();
    let scope = Scope::of_term(term, today, school.definition());
    let basis = Basis {
        school: &school,
        records: &records,
        scope,
    };
    let figures = Figures::of(&basis);
    serde_json::to_value(Statement::of(&figures, None, &[], &|_| true, Lang::En)).unwrap()
}

struct Worlds {
    clones: Vec<OneClone>,
    reader: Reader,
    counts: Counts,
    log: Vec<String>,
    has_strace: bool,
    has_limits: bool,
}

impl Worlds {
    fn new(folder: &Path, has_strace: bool, has_limits: bool) -> Worlds {
        let key = age::x25519::Identity::generate();
        std::fs::write(folder.join("key"), key.to_string().expose_secret()).unwrap();
        let reader = Reader::new(&folder.join("key"));
        let first = folder.join("0");
        std::fs::create_dir(&first).unwrap();
        small(&first);
        let settings = std::fs::read_to_string(first.join("cuncao.toml")).unwrap();
        let settings = format!(
            r#"{settings}
[seal]
recipients = ["{}"]
"#,
            key.to_public()
        );
        std::fs::write(first.join("cuncao.toml"), settings).unwrap();
        std::fs::write(first.join(".gitignore"), ".cuncao-*\n").unwrap();
        done(git(&first, "2025-10-31", &["init", "-q", "-b", "main"]));
        let mut clones = Vec::new();
        for number in 0..3 {
            let root = folder.join(number.to_string());
            if number > 0 {
                let to = root.to_str().unwrap();
                done(git(folder, "2025-10-31", &["clone", "-q", "0", to]));
            }
            let mut command = Command::new(program());
            command.args(["init", "--hook"]);
            done(run(command, &root));
            if number == 0 {
                commit(&root, "2025-10-31");
            }
            let mut model = Model::default();
            model.record_at(0, &reader.facts(&files(&root)));
            clones.push(OneClone {
                root,
                model,
                written: Vec::new(),
                has_leftovers: false,
            });
        }
        Worlds {
            clones,
            reader,
            counts: Counts::default(),
            log: Vec::new(),
            has_strace,
            has_limits,
        }
    }

    fn today(&self) -> NaiveDate {
        let start = NaiveDate::from_ymd_opt(2025, 10, 31).unwrap();
        start + Days::new(self.counts.steps as u64 / 6 % 80)
    }

    fn told(&self, output: &Output) -> String {
        format!("{}\n{}", said(output), self.log.join("\n"))
    }

    fn cuncao(&self, number: usize, arguments: &[String], fault: Option<&Fault>) -> Output {
        let today = self.today().to_string();
        let root = &self.clones[number].root;
        let prefix: Vec<String> = match fault {
            Some(Fault::Call(inject)) => ["strace", "-f", "-qq", "-o", "/dev/null", inject]
                .map(str::to_owned)
                .to_vec(),
            Some(Fault::Bytes(most)) => vec!["prlimit".to_owned(), format!("--fsize={most}")],
            Some(Fault::Files(most)) => vec!["prlimit".to_owned(), format!("--nofile={most}")],
            Some(Fault::Killed(_)) | None => Vec::new(),
        };
        let mut command = match prefix.split_first() {
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(program());
                command
            }
            None => Command::new(program()),
        };
        command.args(["--today", &today]).args(arguments);
        let Some(Fault::Killed(after)) = fault else {
            return run(command, root);
        };
        // Starting `timeout` would take longer than the command.
        command
            .current_dir(root)
            .env("CUNCAO_LANG", "en")
            .env("CUNCAO_IDENTITY", root.parent().unwrap().join("key"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut running = command.spawn().unwrap();
        std::thread::sleep(Duration::from_micros(*after));
        let _ = running.kill();
        running.wait_with_output().unwrap()
    }

    fn files(&self, number: usize) -> Bytes {
        files(&self.clones[number].root)
    }

    fn step(&mut self, dice: &mut Dice) {
        self.counts.steps += 1;
        let number = dice.below(3);
        let before = self.files(number);
        let facts = self.reader.facts(&before);
        let place = Place {
            root: &self.clones[number].root,
            facts: &facts,
            number,
            step: self.counts.steps,
            today: self.today(),
        };
        let work = place.work(dice);
        let again = place.table_again();
        match work {
            Work::Command {
                arguments,
                effect,
                undo,
            } => self.command(number, &before, &arguments, &effect, undo, dice),
            Work::Manual {
                path,
                to,
                bytes,
                effect,
                then,
            } => {
                self.log(number, &format!("by hand {path} {to} {:?}", effect.changes));
                let root = self.clones[number].root.clone();
                if path != to {
                    std::fs::create_dir_all(root.join(&to).parent().unwrap()).unwrap();
                    std::fs::remove_file(root.join(&path)).unwrap();
                }
                std::fs::write(root.join(&to), bytes).unwrap();
                let expected = effect.on(&facts);
                if path == to {
                    self.verify(number, &before, &expected, &effect, None);
                }
                if let Some((arguments, undo)) = then {
                    let before = self.files(number);
                    // However often it is interrupted, in the end it succeeds.
                    while !self.fix_files(number, &before, &arguments, undo, &expected, dice) {}
                }
            }
            Work::Undo => self.undo(number, &before),
            Work::Pull(from) => self.pull(number, from),
            Work::Reimport => {
                if let Some(arguments) = again {
                    self.log(number, &format!("again {arguments:?}"));
                    let output = self.cuncao(number, &arguments, None);
                    assert_eq!(output.status.code(), Some(2), "{}", self.told(&output));
                    assert!(self.files(number) == before, "{}", self.told(&output));
                }
            }
        }
        self.check(number);
    }

    fn log(&mut self, number: usize, what: &str) {
        self.log.push(format!(
            "{} {} {number} {what}",
            self.counts.steps,
            self.today()
        ));
    }

    /// Runs a command, with a fault at times; returns its output and whether there was a fault.
    fn attempt(&mut self, number: usize, arguments: &[String], dice: &mut Dice) -> (Output, bool) {
        let fault = fault(dice, self.has_strace, self.has_limits);
        self.log(number, &format!("{arguments:?} {fault:?}"));
        let visits = |stats: &Output| {
            let stats = serde_json::from_slice::<serde_json::Value>(&stats.stdout).ok()?;
            let mut figures = stats["figures"].as_array()?.iter();
            let visits = figures.find(|figure| figure["id"] == "visits")?;
            visits["value"].as_u64()
        };
        let stats: Vec<String> = ["stats", "--format", "json"].map(str::to_owned).to_vec();
        let old = fault
            .as_ref()
            .and_then(|_| visits(&self.cuncao(number, &stats, None)));
        let output = self.cuncao(number, arguments, fault.as_ref());
        if fault.is_none() {
            assert!(output.status.success(), "{}", self.told(&output));
            return (output, false);
        }
        self.counts.faults += 1;
        assert!(
            !said(&output).contains("panicked"),
            "{}",
            self.told(&output)
        );
        // Before recovery, a reader sees the old or the new state, or is refused.
        let between = self.cuncao(number, &stats, None);
        let recover = ["set", "c000002", "gender=female", "--dry-run"].map(str::to_owned);
        let next = self.cuncao(number, &recover, None);
        assert!(next.status.success(), "{}", self.told(&next));
        if between.status.success() {
            let new = visits(&self.cuncao(number, &stats, None));
            let seen = visits(&between);
            assert!(
                seen == old || seen == new,
                "{seen:?} {old:?} {new:?}\n{}",
                self.told(&between)
            );
        }
        (output, true)
    }

    fn command(
        &mut self,
        number: usize,
        before: &Bytes,
        arguments: &[String],
        effect: &Effect,
        undo: Undo,
        dice: &mut Dice,
    ) {
        let (output, is_broken_off) = self.attempt(number, arguments, dice);
        let facts = self.reader.facts(before);
        let now = self.files(number);
        if is_broken_off && self.reader.facts(&now) == facts {
            self.counts.old += 1;
            self.note_interruption(number);
        } else {
            let expected = effect.on(&facts);
            self.verify(number, before, &expected, effect, Some(&output));
            self.note_write(number, before, &now, undo);
        }
    }

    /// Runs a command that fixes the files; returns whether they are fixed.
    fn fix_files(
        &mut self,
        number: usize,
        before: &Bytes,
        arguments: &[String],
        undo: Undo,
        expected: &Facts,
        dice: &mut Dice,
    ) -> bool {
        let (output, is_broken_off) = self.attempt(number, arguments, dice);
        let now = self.files(number);
        let is_changed = now != *before;
        if is_changed {
            self.note_write(number, before, &now, undo);
        } else {
            self.note_interruption(number);
        }
        let facts = self.reader.facts(&now);
        let is_done = facts == *expected;
        if !is_broken_off {
            assert_eq!(facts, *expected, "clone {number}\n{}", self.told(&output));
        }
        // A fix without a change of facts counts only once it is written.
        is_done && (is_changed || !is_broken_off)
    }

    /// Notes that a command wrote: it can be undone, or the undo journal was cleared.
    fn note_write(&mut self, number: usize, before: &Bytes, now: &Bytes, undo: Undo) {
        let clone = &mut self.clones[number];
        if undo == Undo::Cleared {
            clone.written.clear();
            clone.has_leftovers = false;
            return;
        }
        let paths: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
        let changed = paths
            .into_iter()
            .filter(|path| before.get(*path) != now.get(*path));
        let states = changed.map(|path| {
            (
                path.clone(),
                (before.get(path).cloned(), now.get(path).cloned()),
            )
        });
        let states: BTreeMap<_, _> = states.collect();
        if !states.is_empty() {
            clone.written.push(Written {
                files: states,
                is_uncertain: false,
            });
        }
    }

    /// Notes that an interrupted command changed no records, but possibly the undo journal.
    fn note_interruption(&mut self, number: usize) {
        let clone = &mut self.clones[number];
        clone.has_leftovers = true;
        if !clone.root.join(".cuncao-undo").is_dir() {
            clone.written.clear();
        }
    }

    /// Compares the records of a clone with the expected facts.
    fn verify(
        &mut self,
        number: usize,
        before: &Bytes,
        expected: &Facts,
        effect: &Effect,
        output: Option<&Output>,
    ) {
        let now = self.files(number);
        let facts = self.reader.facts(&now);
        let told = || output.map_or_else(|| self.log.join("\n"), |output| self.told(output));
        let is_new = |at: &str| !before.contains_key(at.split('|').next().unwrap());
        let old: Facts = facts
            .iter()
            .filter(|(at, _)| !is_new(at))
            .map(|(at, value)| (at.clone(), value.clone()))
            .collect();
        assert_eq!(old, *expected, "clone {number}\n{}", told());
        let mut created: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for (at, value) in facts.iter().filter(|(at, _)| is_new(at)) {
            let (path, field) = at.split_once('|').unwrap();
            let record = created.entry(path.to_owned()).or_default();
            record.insert(field.to_owned(), value.clone());
        }
        let folder = |path: &str| path.split('/').next().unwrap().to_owned();
        let mut created: Vec<_> = created
            .into_iter()
            .map(|(path, record)| (folder(&path), record))
            .collect();
        let mut wanted = effect.created.clone();
        created.sort();
        wanted.sort();
        assert_eq!(created, wanted, "clone {number}\n{}", told());
        let step = self.counts.steps;
        self.clones[number].model.record_at(step, &facts);
    }

    fn undo(&mut self, number: usize, before: &Bytes) {
        self.log(number, "undo");
        let output = self.cuncao(number, &["undo".to_owned()], None);
        let now = self.files(number);
        let clone = &mut self.clones[number];
        // Entries without effect, or already reverted, are skipped.
        let state = |written: &Written, after: bool| {
            written.files.iter().all(|(path, states)| {
                let wanted = if after { &states.1 } else { &states.0 };
                before.get(path) == wanted.as_ref()
            })
        };
        while clone
            .written
            .last()
            .is_some_and(|written| state(written, false) && !state(written, true))
        {
            clone.written.pop();
        }
        let last = clone.written.last();
        let can = last.is_some_and(|written| state(written, true));
        let is_sure = last.is_some_and(|written| !written.is_uncertain) && !clone.has_leftovers;
        if !output.status.success() {
            assert_eq!(output.status.code(), Some(2), "{}", said(&output));
            assert!(*before == now, "{}", said(&output));
            assert!(
                !can || !is_sure,
                "{}\n{}",
                said(&output),
                self.log.join("\n")
            );
            return;
        }
        let Some(written) = clone.written.pop() else {
            panic!("{}\n{}", said(&output), self.log.join("\n"));
        };
        let mut expected = before.clone();
        for (path, (old, _)) in &written.files {
            match old {
                Some(bytes) => drop(expected.insert(path.clone(), bytes.clone())),
                None => drop(expected.remove(path)),
            }
        }
        assert!(
            can && now == expected,
            "{}\n{}",
            said(&output),
            self.log.join("\n")
        );
        self.counts.undone += 1;
        let facts = self.reader.facts(&now);
        let step = self.counts.steps;
        self.clones[number].model.record_at(step, &facts);
        // A manual mistake restored by `undo` is fixed before other clones see it: they would fix it too, and git does
        // not call the merge driver if one clone removed the file and another changed it.
        let mended = World::of(&facts).in_proper_folders(&facts);
        let fix = ["validate", "--fix"].map(str::to_owned);
        let output = self.cuncao(number, &fix, None);
        let after = self.files(number);
        let found = self.reader.facts(&after);
        assert_eq!(found, mended, "{}", self.told(&output));
        self.note_write(number, &now, &after, Undo::Kept);
        self.clones[number].model.record_at(step, &mended);
    }

    fn pull(&mut self, number: usize, from: usize) {
        self.log(number, &format!("pulls from {from}"));
        for at in [number, from] {
            self.fix_violations(at);
        }
        self.counts.merges += 1;
        let today = self.today().to_string();
        commit(&self.clones[number].root, &today);
        commit(&self.clones[from].root, &today);
        let (ours, theirs) = (self.files(number), self.files(from));
        let other = self.clones[from].root.to_str().unwrap().to_owned();
        let root = self.clones[number].root.clone();
        done(git(&root, &today, &["fetch", "-q", &other, "main"]));
        let merged = git(&root, &today, &["merge", "-q", "-m", "b", "FETCH_HEAD"]);
        assert!(merged.status.success(), "{}", self.told(&merged));
        let theirs_model = self.clones[from].model.clone();
        let clone = &mut self.clones[number];
        clone.model.merge(&theirs_model);
        // The merge driver drops the undo entries of a merged file, and all earlier ones.
        let differs = |path: &String| ours.get(path) != theirs.get(path);
        let last = clone
            .written
            .iter()
            .rposition(|written| written.files.keys().any(differs));
        for written in &mut clone.written[..last.map_or(0, |last| last + 1)] {
            written.is_uncertain = true;
        }
        let now = self.reader.facts(&self.files(number));
        assert_eq!(
            now,
            self.clones[number].model.facts(),
            "{}",
            self.log.join("\n")
        );
    }

    /// Fixes violations caused by a merge, since the hook refuses commits until then.
    fn fix_violations(&mut self, number: usize) {
        loop {
            let before = self.files(number);
            let facts = self.reader.facts(&before);
            let errors = World::of(&facts).errors();
            let Some((rule, path)) = errors.first() else {
                return;
            };
            self.counts.clashes += 1;
            self.log(number, &format!("{rule} {path}"));
            let Work::Command {
                arguments,
                effect,
                undo,
            } = Place::removal(path)
            else {
                return;
            };
            let output = self.cuncao(number, &arguments, None);
            assert!(output.status.success(), "{}", self.told(&output));
            self.verify(number, &before, &effect.on(&facts), &effect, Some(&output));
            let now = self.files(number);
            self.note_write(number, &before, &now, undo);
        }
    }

    /// Checks that the records, the violated rules and the figures are those of the model.
    fn check(&self, number: usize) {
        let root = &self.clones[number].root;
        let facts = self.reader.facts(&self.files(number));
        let log = || self.log.join("\n");
        assert_eq!(
            facts,
            self.clones[number].model.facts(),
            "clone {number}\n{}",
            log()
        );
        let world = World::of(&facts);
        let options = CheckOptions {
            today: self.today(),
            severities: None,
            advanced: &|_| {},
        };
        let found = check(&Store::at(root), &options);
        let errors: BTreeSet<(String, String)> = found
            .iter()
            .filter(|reported| reported.severity == Severity::Error)
            .map(|reported| {
                (
                    reported.finding.rule.name.to_owned(),
                    reported.finding.path.clone(),
                )
            })
            .collect();
        assert_eq!(errors, world.errors(), "clone {number}\n{}", log());
        if !errors.is_empty() {
            return;
        }
        let stats = if self.counts.steps.is_multiple_of(STATS_INTERVAL) {
            let arguments = ["stats", "--format", "json"].map(str::to_owned);
            let output = self.cuncao(number, &arguments, None);
            assert!(output.status.success(), "{}", self.told(&output));
            serde_json::from_slice(&output.stdout).unwrap()
        } else {
            statement(root, self.today())
        };
        let figures = stats["figures"].as_array().unwrap();
        for (id, (value, of)) in world.figures(self.today()) {
            let figure = figures.iter().find(|figure| figure["id"] == id.as_str());
            let shown = |name: &str| figure.and_then(|figure| figure[name].as_u64());
            let is_of = of.is_none_or(|of| shown("of") == Some(of));
            let is_right = shown("value") == Some(value) && is_of;
            // Figures without any value are not printed.
            assert!(
                is_right || figure.is_none() && (value, of.unwrap_or_default()) == (0, 0),
                "clone {number}: {id}: {figure:?}, not {value} of {of:?}\n{}",
                log()
            );
        }
    }
}

#[test]
fn three_clones_hold_what_the_model_says_whatever_happens() {
    if !has("git") {
        return;
    }
    let (has_strace, has_limits) = (has("strace"), has("prlimit"));
    let first = number("CUNCAO_SEED", fresh_seed() as usize) as u64;
    let seconds = Duration::from_secs(number("CUNCAO_SIMULATE", SECONDS) as u64);
    let most = number("CUNCAO_STEPS", 0);
    let began = Instant::now();
    let mut all = Counts::default();
    let goes_on = |steps: usize| {
        if most > 0 {
            steps < most
        } else {
            began.elapsed() < seconds
        }
    };
    for world in 0.. {
        if !goes_on(all.steps) {
            break;
        }
        let seed = first + world;
        println!("seed: CUNCAO_SEED={seed}");
        let mut dice = Dice(seed);
        let folder = tempfile::tempdir().unwrap();
        let mut worlds = Worlds::new(folder.path(), has_strace, has_limits);
        while worlds.counts.steps < STEPS_PER_WORLD && goes_on(all.steps + worlds.counts.steps) {
            worlds.step(&mut dice);
        }
        // All clones merge, and end up with the same bytes.
        for (number, from) in [(0, 1), (0, 2), (1, 0), (2, 0)] {
            // A step of its own, so that what is removed here is newer than what the last step wrote.
            worlds.counts.steps += 1;
            worlds.pull(number, from);
            worlds.fix_violations(number);
        }
        for (number, from) in [(0, 1), (0, 2), (1, 0), (2, 0)] {
            worlds.pull(number, from);
        }
        let [a, b, c] = [0, 1, 2].map(|number| worlds.reader.facts(&worlds.files(number)));
        assert!(a == b && b == c, "{}", worlds.log.join("\n"));
        let Counts {
            steps,
            merges,
            faults,
            old,
            undone,
            clashes,
        } = worlds.counts;
        all.steps += steps;
        all.merges += merges;
        all.faults += faults;
        all.old += old;
        all.undone += undone;
        all.clashes += clashes;
        println!("{:?} {all:?}", began.elapsed());
    }
    println!("{all:?}");
}

//! `validate`: all rules over the whole directory.

use std::io::Write;
use std::num::NonZeroUsize;

use clap::ValueEnum;
use similar::TextDiff;

use super::session::{self, Refusal, Session};
use super::{Outcome, Verb};
use crate::diagnostic::render::{Described, Json, Sarif, Summary, github, short, text};
use crate::diagnostic::{Level, Message};
use crate::model::Code;
use crate::rules::{
    self, Checked, Content, Group, Judged, Levels, Options, Places, RULES, Rule, UnknownRule,
};
use crate::store::Store;

/// How often files are mended before it is given up: each round leaves less to mend.
const ROUNDS: usize = 8;

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Short,
    Json,
    Github,
    Sarif,
}

/// What `validate` takes.
#[derive(Debug, clap::Args)]
pub(super) struct ValidateArgs {
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[arg(long)]
    fix: bool,
    #[arg(long, requires = "fix")]
    dry_run: bool,
    #[arg(long, conflicts_with_all = ["paths", "fix"])]
    staged: bool,
    #[arg(long, value_name = "REVISION", conflicts_with_all = ["staged", "fix"])]
    since: Option<String>,
    #[arg(long, value_name = "RULE")]
    deny: Vec<String>,
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    only: Vec<String>,
    #[arg(long)]
    exit_zero: bool,
    #[arg(long, conflicts_with_all = ["paths", "fix", "staged"])]
    rules: bool,
    #[arg(long, value_name = "RULE", conflicts_with_all = ["paths", "fix", "staged", "rules"])]
    explain: Option<String>,
}

impl Verb for ValidateArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        if self.rules {
            return list(session);
        }
        if let Some(name) = &self.explain {
            return explain(session, name);
        }
        if self.staged {
            return self.check_staged(session);
        }
        let store = match self.fix && !self.dry_run {
            true => session.store_to_change()?,
            false => session.store()?,
        };
        session::refuse_newer(&store)?;
        let levels = self.levels(&store)?;
        let mut checked = check(session, &store, &levels);
        if self.fix {
            if self.dry_run {
                return preview(session, &store, &self.reported(session, &store, checked)?);
            }
            checked = self.mend(session, &store, &levels, checked)?;
        }
        let checked = self.reported(session, &store, checked)?;
        self.print(session, &store, &checked)?;
        Ok(self.outcome(&checked))
    }
}

impl ValidateArgs {
    fn outcome(&self, checked: &Checked) -> Outcome {
        match checked.count(Level::Error) {
            0 => Outcome::Done,
            _ if self.exit_zero => Outcome::Done,
            _ => Outcome::FoundErrors,
        }
    }

    /// Checks what is staged, as it is staged; what it takes all records to know is left to a check of them all.
    fn check_staged(&self, session: &mut Session) -> anyhow::Result<Outcome> {
        let lang = session.lang;
        let staged = session
            .store()?
            .staged()
            .map_err(|fault| anyhow::anyhow!(super::log::git_words(&fault, lang)))?;
        if staged.paths.is_empty() && staged.left_behind.is_empty() {
            // A commit of other files is not worth a word to people; programs get an empty list.
            if self.format != Format::Text {
                self.print(session, &staged.store, &Checked::default())?;
            }
            return Ok(Outcome::Done);
        }
        session::refuse_newer(&staged.store)?;
        let mut levels = match self.levels(&staged.store)? {
            Some(levels) => levels,
            None => {
                let school = staged.store.school().ok();
                school
                    .and_then(|school| Levels::of(&school.validate).ok())
                    .unwrap_or_default()
            }
        };
        levels.without_sums();
        let mut checked = check(session, &staged.store, &Some(levels));
        checked.files = staged.paths.len() + staged.left_behind.len();
        let has = |paths: &[String], path: &String| paths.binary_search(path).is_ok();
        let is_reference =
            |name| rules::rule(name).is_some_and(|rule| rule.group == Group::Reference);
        checked.findings.retain(|Judged { finding, .. }| {
            has(&staged.paths, &finding.path)
                || (has(&staged.left_behind, &finding.path) && is_reference(finding.rule))
        });
        self.print(session, &staged.store, &checked)?;
        Ok(self.outcome(&checked))
    }

    /// The levels of the school's settings, changed by the options; none where the settings cannot be read or name
    /// what is no rule, and nothing was asked: the check itself then says so.
    fn levels(&self, store: &Store) -> anyhow::Result<Option<Levels>> {
        let settings = store
            .school()
            .map(|school| school.validate)
            .unwrap_or_default();
        if self.deny.is_empty() && self.only.is_empty() {
            return Ok(None);
        }
        let mut levels = Levels::of(&settings).map_err(unknown)?;
        for word in &self.deny {
            levels.deny(word).map_err(unknown)?;
        }
        if !self.only.is_empty() {
            levels.only(&self.only).map_err(unknown)?;
        }
        Ok(Some(levels))
    }

    /// The findings about the paths that were given; the whole directory was looked at all the same.
    fn reported(
        &self,
        session: &Session,
        store: &Store,
        mut checked: Checked,
    ) -> anyhow::Result<Checked> {
        if let Some(revision) = &self.since {
            let changed = store
                .git()
                .and_then(|git| git.changed_since(revision))
                .map_err(|fault| anyhow::anyhow!(super::log::git_words(&fault, session.lang)))?;
            let is_changed = |path: &String| changed.binary_search(path).is_ok();
            checked
                .findings
                .retain(|judged| is_changed(&judged.finding.path));
        }
        if self.paths.is_empty() {
            return Ok(checked);
        }
        let root = store.root().canonicalize()?;
        let mut wanted = Vec::new();
        for path in &self.paths {
            // A path from the place where the command runs, or else from the records directory.
            let here = session.start().join(path);
            let absolute = here
                .canonicalize()
                .or_else(|_| root.join(path).canonicalize());
            let relative = absolute.ok().and_then(|path| {
                let relative = path.strip_prefix(&root).ok()?;
                Some(relative.to_string_lossy().replace('\\', "/"))
            });
            match relative {
                Some(relative) => wanted.push(relative),
                None => {
                    return Err(
                        Refusal::new(Message::new("validate-no-path").with("path", path)).into(),
                    );
                }
            }
        }
        let is_wanted = |path: &str| {
            wanted.iter().any(|wanted| {
                let rest = path.strip_prefix(wanted.as_str());
                wanted.is_empty()
                    || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        };
        checked
            .findings
            .retain(|judged| is_wanted(&judged.finding.path));
        Ok(checked)
    }

    fn mend(
        &self,
        session: &mut Session,
        store: &Store,
        levels: &Option<Levels>,
        mut checked: Checked,
    ) -> anyhow::Result<Checked> {
        let mut mended = 0;
        for _ in 0..ROUNDS {
            let reported = self.reported(session, store, checked.clone())?;
            let mendings = rules::mendings(store, &reported.findings)?;
            if mendings.is_empty() {
                break;
            }
            mended += rules::mend(store, &mendings)?;
            checked = check(session, store, levels);
        }
        let text = session.text("validate-mended", &[("count", mended.into())]);
        session.say(&text)?;
        Ok(checked)
    }

    fn print(&self, session: &mut Session, store: &Store, checked: &Checked) -> anyhow::Result<()> {
        let lang = session.lang;
        let mut places = Places::new(store);
        let mut summary = Summary {
            files: checked.files,
            ..Summary::default()
        };
        let of_files = checked
            .findings
            .chunk_by(|a, b| a.finding.path == b.finding.path);
        let diagnostics = of_files
            .flat_map(|findings| places.of_file(findings))
            .inspect(|diagnostic| summary.add(diagnostic));
        match self.format {
            Format::Text => print_text(session, store, checked)?,
            Format::Short => {
                for diagnostic in diagnostics {
                    writeln!(session.out(), "{}", short(&diagnostic, lang))?;
                }
            }
            Format::Json => {
                let mut json = Json::begin(session.out(), lang)?;
                for diagnostic in diagnostics {
                    json.add(&diagnostic)?;
                }
                json.end(&summary)?;
            }
            Format::Github => {
                for diagnostic in diagnostics {
                    writeln!(session.out(), "{}", github(&diagnostic, lang))?;
                }
            }
            Format::Sarif => {
                let described = RULES.iter().map(|rule| Described {
                    name: rule.name,
                    level: rule.level,
                    reason: rule.reason().text(lang),
                });
                let mut sarif = Sarif::new(described, lang);
                diagnostics.for_each(|diagnostic| sarif.add(&diagnostic));
                serde_json::to_writer_pretty(session.out(), &sarif.finish())?;
                writeln!(session.out())?;
            }
        }
        Ok(())
    }
}

/// Findings that are put into words at a time: each thread takes a part of them.
const SHOWN_AT_ONCE: usize = 16_384;

/// Prints findings for people, with their lines; they are found and drawn on all processors.
fn print_text(session: &mut Session, store: &Store, checked: &Checked) -> anyhow::Result<()> {
    let lang = session.lang;
    let words = &|findings: &[Judged]| {
        let mut places = Places::new(store);
        let mut words = String::new();
        for findings in findings.chunk_by(|a, b| a.finding.path == b.finding.path) {
            for diagnostic in places.of_file(findings) {
                words += &text(&diagnostic, lang, true);
                words += "\n\n";
            }
        }
        words
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    for findings in checked.findings.chunks(SHOWN_AT_ONCE) {
        // Starting a thread costs more than a few findings do.
        let size = findings.len().div_ceil(threads).max(64);
        let mut parts = findings.chunks(size);
        let first = parts.next().unwrap_or_default();
        let shown = std::thread::scope(|scope| {
            let others: Vec<_> = parts.map(|part| scope.spawn(move || words(part))).collect();
            let mut shown = vec![words(first)];
            for other in others {
                match other.join() {
                    Ok(words) => shown.push(words),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            shown
        });
        for words in shown {
            write!(session.out(), "{words}")?;
        }
    }
    let (errors, warnings) = (checked.count(Level::Error), checked.count(Level::Warning));
    let fixable = checked.findings.iter();
    let fixable = fixable
        .filter(|judged| judged.finding.fix.is_some())
        .count();
    let id = match (errors, warnings) {
        (0, 0) => "validate-clean",
        _ => "validate-summary",
    };
    let counts = [
        ("files", checked.files.into()),
        ("errors", errors.into()),
        ("warnings", warnings.into()),
        ("fixable", fixable.into()),
    ];
    let text = session.text(id, &counts);
    session.say(&text)?;
    Ok(())
}

fn check(session: &Session, store: &Store, levels: &Option<Levels>) -> Checked {
    let progress = session.progress("reading");
    let options = Options {
        today: session.today,
        levels: levels.clone(),
        advanced: &|files| progress.inc(files as u64),
    };
    let checked = rules::check(store, &options);
    progress.finish_and_clear();
    checked
}

fn unknown(unknown: UnknownRule) -> anyhow::Error {
    let refusal = Refusal::new(Message::new("validate-no-rule").with("found", unknown.word));
    match unknown.nearest {
        Some(nearest) => {
            let help = Message::new("rule-unknown-value-nearest").with("nearest", nearest);
            refusal.help(help).into()
        }
        None => refusal.help(Message::new("validate-no-rule-help")).into(),
    }
}

/// Shows what would be mended, as differences of the files.
fn preview(session: &mut Session, store: &Store, checked: &Checked) -> anyhow::Result<Outcome> {
    for mending in rules::mendings(store, &checked.findings)? {
        let to = mending.to.as_deref().unwrap_or(&mending.path);
        if mending.to.is_some() {
            writeln!(
                session.out(),
                "rename from {}\nrename to {to}",
                mending.path
            )?;
        }
        let diff = TextDiff::from_lines(&mending.old, &mending.new);
        let (from, to) = (format!("a/{}", mending.path), format!("b/{to}"));
        let shown = diff.unified_diff().header(&from, &to).to_string();
        write!(
            session.out(),
            "{}",
            crate::text::sanitize::terminal_lines(&shown)
        )?;
    }
    Ok(Outcome::Done)
}

/// The rules, one a line.
fn list(session: &mut Session) -> anyhow::Result<Outcome> {
    let lang = session.lang;
    for rule in RULES {
        let fix = if rule.has_fix {
            session.text("validate-has-fix", &[])
        } else {
            String::new()
        };
        let level = level(session, rule);
        let (group, reason) = (rule.group.label().get(lang), rule.reason().text(lang));
        writeln!(
            session.out(),
            "{}  {level}  {group}  {reason}{fix}",
            rule.name
        )?;
    }
    Ok(Outcome::Done)
}

fn level(session: &Session, rule: &Rule) -> String {
    let id = match rule.level {
        Level::Error => "rule-level-error",
        Level::Warning => "rule-level-warning",
    };
    session.text(id, &[])
}

/// One rule with its reason and its examples.
fn explain(session: &mut Session, name: &str) -> anyhow::Result<Outcome> {
    let rule = rules::rule(name).ok_or_else(|| {
        let nearest = crate::text::suggest::nearest(name, RULES.iter().map(|rule| rule.name));
        unknown(UnknownRule {
            word: name.to_owned(),
            nearest,
        })
    })?;
    let lang = session.lang;
    let level = level(session, rule);
    let group = rule.group.label().get(lang);
    writeln!(
        session.out(),
        "{} ({group}, {level})\n\n{}",
        rule.name,
        rule.reason().text(lang)
    )?;
    let place = match rule.reported.at {
        Some((line, column)) => format!("{}:{line}:{column}", rule.reported.path),
        None => rule.reported.path.to_owned(),
    };
    for (id, example) in [
        ("validate-breaks", &rule.breaks),
        ("validate-keeps", &rule.keeps),
    ] {
        let heading = session.text(id, &[("place", place.as_str().into())]);
        writeln!(session.out(), "\n{heading}")?;
        for (path, content) in example.0 {
            let shown = match content {
                Content::Text(text) => (*text).to_owned(),
                Content::Bytes(bytes) => bytes.escape_ascii().to_string(),
                Content::Repeated(text, times) => format!("{text}… × {times}"),
                Content::Link(to) => format!("→ {to}"),
                Content::Folder => session.text("validate-folder", &[]),
            };
            writeln!(session.out(), "\n# {path}")?;
            for line in shown.lines() {
                writeln!(
                    session.out(),
                    "    {}",
                    crate::text::sanitize::terminal(line)
                )?;
            }
        }
    }
    Ok(Outcome::Done)
}

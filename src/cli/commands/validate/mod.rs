//! `validate`: checks the whole directory by all rules.

mod leaks;
mod text;

use std::io::Write;

use clap::ValueEnum;
use similar::TextDiff;

use crate::analysis::mention::Mentions;
use crate::cli::shared::format::refuse_newer;
use crate::cli::shared::remote::remote_question;
use crate::cli::shared::session::{Session, lock_to_read};
use crate::cli::shared::user_error::UserError;
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::render::{
    self, Diagnostic, Json, Sarif, Summary, TextRenderer, github, short,
};
use crate::diagnostic::{Message, Severity};
use crate::model::{Code, Kind, KindSet};
use crate::rules::{
    self, CheckOptions, Checked, Content, Group, Reported, Rule, Severities, UnknownRule, diagnose,
};
use crate::store::rules::syntax::UNREADABLE;
use crate::store::{ReadOptions, Store};
use crate::text::{Lang, sanitize};
use leaks::Leaks;

/// The maximum number of rounds of fixes: one fix may enable another.
const MAX_ROUNDS: usize = 8;

/// Rules that refuse a commit in a school that seals, whatever their configured severity.
const SEAL_RULES: &[&str] = &["id-number-in-clear", "unsealed"];

/// The output formats of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FindingFormat {
    Text,
    Short,
    Json,
    Github,
    Sarif,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ValidateArgs {
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    #[arg(long, value_enum, default_value = "text")]
    format: FindingFormat,
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
        let store = if self.fix && !self.dry_run {
            session.store_to_change()?
        } else {
            session.store()?
        };
        refuse_newer(&store)?;
        drop(lock_to_read(&store)?);
        let severities = self.severities(&store)?;
        let wanted = self.wanted(session, &store)?;
        if self.fix {
            let found = |session: &Session| {
                let mut findings = session.reading(|advanced| {
                    rules::check(&store, &options(session, &severities, advanced))
                });
                findings.retain(|reported| wanted.holds(&reported.finding.path));
                findings
            };
            if self.dry_run {
                return preview(session, &store, &found(session));
            }
            fix(session, &store, &found)?;
        }
        let holds = |path: &str, _: &Rule| wanted.holds(path);
        let scene = ValidateRun {
            store: &store,
            severities,
            is_reported: (!wanted.is_all()).then_some(&holds as &IsReported<'_>),
            files: None,
            leaks: None,
        };
        let outcome = self.report(session, &scene)?;
        if self.format == FindingFormat::Text {
            ask_about_remotes(session, &store)?;
        }
        Ok(outcome)
    }
}

/// Asks about remotes that are public or unknown.
fn ask_about_remotes(session: &mut Session, store: &Store) -> anyhow::Result<()> {
    // Avoids starting git without a repository.
    let has_repository = store
        .root()
        .ancestors()
        .any(|folder| folder.join(".git").exists());
    if !has_repository {
        return Ok(());
    }
    let remotes = store.git().and_then(|git| git.remotes());
    let remotes = remotes.unwrap_or_default();
    for remote in &remotes {
        if let Some(question) = remote_question(remote, session.lang) {
            session.say(&question)?;
        }
    }
    Ok(())
}

/// Whether the findings of a rule in a file, given by path, are reported.
type IsReported<'a> = dyn Fn(&str, &Rule) -> bool + 'a;

/// A validation run.
struct ValidateRun<'a> {
    store: &'a Store,
    severities: Option<Severities>,
    /// A filter of what is reported; the whole directory is checked all the same.
    is_reported: Option<&'a IsReported<'a>>,
    /// The number of files checked, if not all.
    files: Option<usize>,
    /// What else was found in a commit.
    leaks: Option<&'a Leaks>,
}

/// The files whose findings are reported.
struct ReportedFiles {
    /// Those changed since a commit, sorted; `None` for all.
    changed: Option<Vec<String>>,
    /// Those at or below these paths; empty for all.
    below: Vec<String>,
}

impl ReportedFiles {
    fn is_all(&self) -> bool {
        self.changed.is_none() && self.below.is_empty()
    }

    fn holds(&self, path: &str) -> bool {
        let is_changed = self.changed.as_ref().is_none_or(|changed| {
            changed
                .binary_search_by(|changed| changed.as_str().cmp(path))
                .is_ok()
        });
        let mut below = self.below.iter();
        is_changed
            && (self.below.is_empty()
                || below.any(|wanted| {
                    let rest = path.strip_prefix(wanted.as_str());
                    wanted.is_empty()
                        || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                }))
    }
}

impl ValidateArgs {
    /// Checks the staged content; rules that need all records are left to a check of the whole directory.
    fn check_staged(&self, session: &mut Session) -> anyhow::Result<Outcome> {
        let lang = session.lang;
        let staged = session.store()?.staged().map_err(|fault| {
            anyhow::anyhow!(crate::cli::shared::git_error::git_words(&fault, lang))
        })?;
        // A commit of other files prints nothing for people, and an empty list for programs.
        let is_empty = staged.paths.is_empty() && staged.left_behind.is_empty();
        if is_empty && self.format == FindingFormat::Text {
            return Ok(Outcome::Done);
        }
        refuse_newer(&staged.store)?;
        let mut severities = match self.severities(&staged.store)? {
            Some(severities) => severities,
            None => {
                let school = staged.store.school().ok();
                school
                    .and_then(|school| Severities::of_school(&school.validate).ok())
                    .unwrap_or_default()
            }
        };
        severities.without_totals();
        if leaks::seals(&staged.store) {
            for rule in SEAL_RULES {
                severities.deny(rule).map_err(unknown)?;
            }
        }
        let store = session.store()?;
        let people = || {
            let named = KindSet::of(&[Kind::Child, Kind::Helper]);
            Mentions::of(&store.load(ReadOptions::all(named)).records)
        };
        let leaks = leaks::found(&staged, people);
        let has = |paths: &[String], path: &str| {
            paths
                .binary_search_by(|staged| staged.as_str().cmp(path))
                .is_ok()
        };
        let scene = ValidateRun {
            store: &staged.store,
            severities: Some(severities),
            is_reported: Some(&|path, rule| {
                has(&staged.paths, path)
                    || (has(&staged.left_behind, path) && rule.group == Group::Reference)
            }),
            files: Some(staged.paths.len() + staged.left_behind.len()),
            leaks: Some(&leaks),
        };
        let outcome = self.report(session, &scene)?;
        leaks.print(session)?;
        Ok(if leaks.are_refused() && !self.exit_zero {
            Outcome::FoundErrors
        } else {
            outcome
        })
    }

    /// The configured severities as changed by the options; `None` without such options. Unreadable settings are
    /// ignored here, since the check reports them.
    fn severities(&self, store: &Store) -> anyhow::Result<Option<Severities>> {
        if self.deny.is_empty() && self.only.is_empty() {
            return Ok(None);
        }
        let settings = store
            .school()
            .map(|school| school.validate)
            .unwrap_or_default();
        let mut severities = Severities::of_school(&settings).map_err(unknown)?;
        for word in &self.deny {
            severities.deny(word).map_err(unknown)?;
        }
        if !self.only.is_empty() {
            severities.only(&self.only).map_err(unknown)?;
        }
        Ok(Some(severities))
    }

    /// The requested files.
    fn wanted(&self, session: &Session, store: &Store) -> anyhow::Result<ReportedFiles> {
        let git = |revision: &String| {
            let changed = store.git().and_then(|git| git.changed_since(revision));
            changed.map_err(|fault| {
                anyhow::anyhow!(crate::cli::shared::git_error::git_words(
                    &fault,
                    session.lang
                ))
            })
        };
        let mut wanted = ReportedFiles {
            changed: self.since.as_ref().map(git).transpose()?,
            below: Vec::new(),
        };
        let root = store.root().canonicalize()?;
        for path in &self.paths {
            // Relative to the working directory, or else to the records directory.
            let here = session.start().join(path);
            let absolute = here
                .canonicalize()
                .or_else(|_| root.join(path).canonicalize());
            let relative = absolute.ok().and_then(|path| {
                let relative = path.strip_prefix(&root).ok()?;
                Some(relative.to_string_lossy().replace('\\', "/"))
            });
            let no_path = || UserError::new(Message::new("validate-no-path").with("path", path));
            wanted.below.push(relative.ok_or_else(no_path)?);
        }
        Ok(wanted)
    }

    /// The maximum number of warnings and errors of one rule shown individually.
    fn max_similar(&self) -> (usize, usize) {
        let is_narrow = !self.only.is_empty() || !self.paths.is_empty();
        match (is_narrow, self.staged) {
            (true, _) => (usize::MAX, usize::MAX),
            // In a hook, warnings are only counted.
            (false, true) => (0, text::MAX_ALIKE),
            (false, false) => (text::MAX_ALIKE, text::MAX_ALIKE),
        }
    }

    /// The options needed to repeat the check.
    fn options(&self) -> String {
        match &self.since {
            _ if self.staged => " --staged".to_owned(),
            Some(revision) => format!(" --since {revision}"),
            None => String::new(),
        }
    }

    /// Checks and prints the findings.
    fn report(&self, session: &mut Session, scene: &ValidateRun<'_>) -> anyhow::Result<Outcome> {
        let lang = session.lang;
        let summary = match self.format {
            FindingFormat::Text => {
                let shown = TextRenderer::new(lang, session.is_coloured());
                let mut checked = scene.check(session, &|diagnostic| text::Shown {
                    message: sanitize::terminal(&diagnostic.message.text(lang)).into(),
                    whole: (shown.text(diagnostic) + "\n\n").into_boxed_str(),
                });
                let summary = summary(&checked);
                if session.quiet {
                    checked
                        .findings
                        .retain(|found| found.severity == Severity::Error);
                }
                let gathering = text::Gathering {
                    lang,
                    most: self.max_similar(),
                    options: &self.options(),
                };
                let paragraphs = gathering.paragraphs(&checked.findings);
                session.write_shown(paragraphs.iter().map(String::as_str))?;
                say_summary(session, &summary)?;
                summary
            }
            FindingFormat::Short => print_lines(session, scene, &short)?,
            FindingFormat::Github => print_lines(session, scene, &github)?,
            FindingFormat::Json => {
                let checked = scene.check(session, &|diagnostic| {
                    render::row(diagnostic, lang)
                        .map(String::into_boxed_str)
                        .ok()
                });
                let summary = summary(&checked);
                let mut json = Json::begin(session.out())?;
                for row in checked
                    .findings
                    .iter()
                    .filter_map(|rendered| rendered.output.as_ref())
                {
                    json.add(row)?;
                }
                json.end(&summary, scene.leaks)?;
                summary
            }
            FindingFormat::Sarif => {
                let sarif = Sarif::new(rules::rules(), lang);
                let checked = scene.check(session, &|diagnostic| sarif.result(diagnostic));
                let summary = summary(&checked);
                let results = checked.findings.into_iter().map(|rendered| rendered.output);
                serde_json::to_writer_pretty(session.out(), &sarif.log(results.collect()))?;
                writeln!(session.out())?;
                summary
            }
        };
        Ok(if summary.errors == 0 || self.exit_zero {
            Outcome::Done
        } else {
            Outcome::FoundErrors
        })
    }
}

impl ValidateRun<'_> {
    /// Runs the check; findings are rendered by the reading threads.
    fn check<T: Send + PartialEq>(
        &self,
        session: &Session,
        words: &(dyn Fn(&Diagnostic<'_>) -> T + Sync),
    ) -> Checked<T> {
        let lock = self.store.lock_shared();
        let mut checked = session.reading(|advanced| {
            let options = options(session, &self.severities, advanced);
            rules::check_with(self.store, &options, &|reported, text| {
                words(&diagnose(self.store, &reported, text))
            })
        });
        drop(lock);
        if let Some(is_reported) = self.is_reported {
            checked
                .findings
                .retain(|rendered| is_reported(&rendered.file.path(), rendered.rule));
        }
        checked.files = self.files.unwrap_or(checked.files);
        checked
    }
}

fn options<'a>(
    session: &Session,
    severities: &Option<Severities>,
    advanced: &'a (dyn Fn(usize) + Sync),
) -> CheckOptions<'a> {
    CheckOptions {
        today: session.today,
        severities: severities.clone(),
        advanced,
    }
}

/// Prints one finding per line.
fn print_lines(
    session: &mut Session,
    scene: &ValidateRun<'_>,
    line: &(dyn Fn(&Diagnostic<'_>, Lang) -> String + Sync),
) -> anyhow::Result<Summary> {
    let lang = session.lang;
    let words = |diagnostic: &Diagnostic<'_>| (line(diagnostic, lang) + "\n").into_boxed_str();
    let checked = scene.check(session, &words);
    session.write_shown(checked.findings.iter().map(|rendered| &*rendered.output))?;
    Ok(summary(&checked))
}

fn summary<T>(checked: &Checked<T>) -> Summary {
    let mut summary = Summary {
        files: checked.files,
        ..Summary::default()
    };
    for rendered in &checked.findings {
        summary.add(rendered.severity, rendered.is_fixable);
    }
    summary
}

/// Prints the number of findings, for people.
fn say_summary(session: &mut Session, summary: &Summary) -> anyhow::Result<()> {
    let id = match (summary.errors, summary.warnings) {
        (0, 0) => "validate-clean",
        _ => "validate-summary",
    };
    let counts = [
        ("files", summary.files.into()),
        ("errors", summary.errors.into()),
        ("warnings", summary.warnings.into()),
        ("fixable", summary.fixable.into()),
    ];
    let text = session.text(id, &counts);
    session.say(&text)?;
    Ok(())
}

/// Fixes what is safe to fix automatically, until nothing fixable is left.
fn fix(
    session: &mut Session,
    store: &Store,
    found: &dyn Fn(&Session) -> Vec<Reported>,
) -> anyhow::Result<()> {
    let mut fixed = 0;
    let mut is_retried = false;
    for _ in 0..MAX_ROUNDS {
        let findings = found(session);
        let fixes = rules::file_fixes(store, &findings)?;
        if fixes.is_empty() {
            // Retries a file that was temporarily unavailable: otherwise nothing would be fixed without notice.
            let is_refused = findings
                .iter()
                .any(|reported| reported.finding.rule == &UNREADABLE);
            if is_refused && !is_retried {
                is_retried = true;
                continue;
            }
            break;
        }
        fixed += rules::apply_fixes(store, &fixes)?;
    }
    let text = session.text("validate-fixed", &[("count", fixed.into())]);
    session.say(&text)?;
    Ok(())
}

fn unknown(unknown: UnknownRule) -> anyhow::Error {
    let refusal = UserError::new(Message::new("validate-no-rule").with("found", unknown.word));
    match unknown.nearest {
        Some(nearest) => {
            let help = Message::new("argument-nearest").with("nearest", nearest);
            refusal.help(help).into()
        }
        None => refusal.help(Message::new("validate-no-rule-help")).into(),
    }
}

/// Prints the fixes as a diff, for a dry run.
fn preview(session: &mut Session, store: &Store, findings: &[Reported]) -> anyhow::Result<Outcome> {
    for fix in rules::file_fixes(store, findings)? {
        let to = fix.to.as_deref().unwrap_or(&fix.path);
        if fix.to.is_some() {
            writeln!(session.out(), "rename from {}\nrename to {to}", fix.path)?;
        }
        let diff = TextDiff::from_lines(&fix.old, &fix.new);
        let (from, to) = (format!("a/{}", fix.path), format!("b/{to}"));
        let shown = diff.unified_diff().header(&from, &to).to_string();
        write!(
            session.out(),
            "{}",
            crate::text::sanitize::terminal_lines(&shown)
        )?;
    }
    Ok(Outcome::Done)
}

/// Lists the rules.
fn list(session: &mut Session) -> anyhow::Result<Outcome> {
    let lang = session.lang;
    for rule in rules::rules() {
        let fix = if rule.fixable {
            session.text("validate-has-fix", &[])
        } else {
            String::new()
        };
        let severity = severity(session, rule);
        let (group, reason) = (rule.group.label().get(lang), rule.reason.get(lang));
        writeln!(
            session.out(),
            "{}  {severity}  {group}  {reason}{fix}",
            rule.name
        )?;
    }
    Ok(Outcome::Done)
}

fn severity(session: &Session, rule: &Rule) -> String {
    let id = match rule.severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
    };
    session.text(id, &[])
}

/// Explains a rule, with its examples.
fn explain(session: &mut Session, name: &str) -> anyhow::Result<Outcome> {
    let rule = rules::find(name).ok_or_else(|| unknown(UnknownRule::new(name)))?;
    let lang = session.lang;
    let severity = severity(session, rule);
    let group = rule.group.label().get(lang);
    writeln!(
        session.out(),
        "{} ({group}, {severity})\n\n{}",
        rule.name,
        rule.reason.get(lang)
    )?;
    let place = match rule.expected.at {
        Some((line, column)) => format!("{}:{line}:{column}", rule.expected.path),
        None => rule.expected.path.to_owned(),
    };
    for (id, example) in [
        ("validate-breaks", &rule.breaks),
        ("validate-keeps", &rule.keeps),
    ] {
        let heading = session.text(id, &[("place", place.as_str().into())]);
        writeln!(session.out(), "\n{heading}")?;
        for (path, content) in example.0 {
            let shown = match content {
                Content::File(text) => (*text).to_owned(),
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

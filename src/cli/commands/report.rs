//! `report`: writes a report as Markdown, HTML or Word.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::analysis::Basis;
use crate::cli::shared::environment;
use crate::cli::shared::output::{make_folder, save};
use crate::cli::shared::period::Period;
use crate::cli::shared::reference;
use crate::cli::shared::session::{Session, read_input};
use crate::cli::shared::surroundings::surroundings;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{counting, lookup, values};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::document;
use crate::model::activity::Activity;
use crate::model::school::{Names, ReportLanguage};
use crate::model::{Class, Id, Kind, KindSet, School};
use crate::report::{self, About, REPORTS, Readers, Report, Request};
use crate::store::{Prose, ReadOptions, SCHOOL_FILE, path_of};
use crate::text::Lang;

#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    #[arg(value_name = "REPORT", value_parser = reports())]
    report: &'static Report,
    #[arg(value_name = "REF")]
    about: Option<String>,
    #[command(flatten)]
    period: Period,
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,
    #[arg(long, value_name = "FORMAT", value_parser = ["md", "html", "docx"])]
    format: Option<String>,
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "NAMES", value_parser = lookup::code_parser::<Names>())]
    names: Option<Names>,
    #[arg(long)]
    public: bool,
    #[arg(long, requires = "public")]
    reviewed: bool,
    #[arg(long, value_name = "TERM")]
    compare: Option<String>,
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    #[arg(long)]
    blank: bool,
    #[arg(long)]
    print_template: bool,
    #[arg(long)]
    skip_broken: bool,
}

fn reports() -> impl TypedValueParser<Value = &'static Report> {
    PossibleValuesParser::new(REPORTS.iter().map(|report| report.name)).try_map(|word| {
        Report::of_name(&word).ok_or_else(|| UserError::new(Message::new("unknown-word")))
    })
}

impl Verb for ReportArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store()?;
        let school = session.school(&store)?;
        let lang = self.language(session, school.report.language);
        if self.print_template {
            write!(session.out(), "{}", self.report.template(lang))?;
            return Ok(Outcome::Done);
        }
        let format = self.format()?;
        self.refuse_unused(lang)?;
        let (subject, campaign) = self.subject(session, &store)?;
        let class = self.class(session, &school)?;
        let compare = self.compare.as_deref();
        let period = if self.report.is_of_today() {
            Period::of_day(session.today)
        } else if self.report.is_of_year() {
            self.period.clone().or_school_year_of(session.today)
        } else {
            self.period.clone()
        };
        let path = self.report.override_path(lang);
        let own = match &self.template {
            Some(file) => {
                let text = String::from_utf8(read_input(file.as_os_str())?)
                    .map_err(|_| UserError::new(Message::new("input-not-utf8")))?;
                Some((file.display().to_string(), text))
            }
            None => match store.text(&path) {
                Ok(text) => Some((path, text)),
                Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => None,
                Err(fault) => return Err(fault).context(path),
            },
        };
        let opened = counting::open(
            session,
            &period,
            compare,
            Prose::Keep,
            // The school's own template may refer to any period.
            self.report.tells_records() || own.is_some(),
            self.skip_broken,
        )?;
        let compared = opened.before.and_then(|scope| scope.term);
        if self.compare.is_some() {
            let template = own.as_ref().map(|(_, text)| text.as_str());
            let template = template.unwrap_or_else(|| self.report.template(lang));
            if !report::is_comparing(template) {
                return Err(self.refusal("report-takes-no-compare", lang));
            }
        }
        let surroundings = if self.report.is_of_today() {
            Some(surroundings(session, &store, &opened.records)?)
        } else {
            None
        };
        let request = Request {
            report: self.report,
            lang,
            names: self
                .names
                .unwrap_or_else(|| self.default_names(&opened.school)),
            // With `--names none` staff are not named either.
            names_staff: self.names != Some(Names::None),
            min_cell: self.public.then(|| opened.school.min_cell()),
            compare: compared.and_then(|id| opened.records.terms.get(id)),
            subject,
            campaign: campaign.as_deref(),
            is_blank: self.blank,
            class,
            template: own
                .as_ref()
                .map(|(path, text)| (path.as_str(), text.as_str())),
            today: session.today,
            left_out: opened.left_out,
            surroundings: surroundings.as_ref(),
            sources: format.shows_sources(),
        };
        let basis = Basis {
            school: &opened.school,
            records: &opened.records,
            scope: opened.scope,
        };
        if self.report.is_personal() && self.names.is_none() && !self.blank {
            let message = session.text(
                "report-names-people",
                &[("report", self.report.label.get(session.lang).into())],
            );
            session.say(&message)?;
        }
        // A path that ends with a separator is to be a folder.
        if let Some(folder) = self.file()
            && folder.to_string_lossy().ends_with(['/', '\\'])
            && !folder.exists()
        {
            make_folder(folder)?;
        }
        match self.file() {
            Some(folder) if folder.is_dir() => {
                self.write_each(session, &basis, request, format, folder)?;
            }
            Some(file) => {
                let bytes = self.rendered(session, format, report::write(&basis, &request)?)?;
                save(file, &bytes)?;
                let message = session.text(
                    "report-written",
                    &[("path", file.display().to_string().into())],
                );
                session.say(&message)?;
            }
            None => {
                if !format.is_text() && environment::is_output_terminal() {
                    return Err(UserError::new(Message::new("report-is-binary")).into());
                }
                let bytes = self.rendered(session, format, report::write(&basis, &request)?)?;
                // Data must not contain terminal escapes.
                if environment::is_output_terminal() {
                    let text = String::from_utf8_lossy(&bytes);
                    write!(
                        session.out(),
                        "{}",
                        crate::text::sanitize::terminal_lines(&text)
                    )?;
                } else {
                    session.write_bytes(&bytes)?;
                }
            }
        }
        Ok(Outcome::Done)
    }
}

impl ReportArgs {
    /// The output file or folder; `None` for standard output, also given as `-`.
    fn file(&self) -> Option<&Path> {
        self.output
            .as_deref()
            .filter(|path| *path != Path::new("-"))
    }

    /// The language: `--lang`, or else the school's, or else the session's.
    fn language(&self, session: &Session, school: Option<ReportLanguage>) -> Lang {
        if session.lang_was_asked {
            return session.lang;
        }
        match school {
            Some(ReportLanguage::Zh) => Lang::Zh,
            Some(ReportLanguage::En) => Lang::En,
            None => session.lang,
        }
    }

    /// The output format: as requested, by the file extension, or Markdown.
    fn format(&self) -> anyhow::Result<&'static dyn document::Format> {
        let ending = self.file().filter(|path| !path.is_dir());
        let ending = ending
            .and_then(Path::extension)
            .and_then(|ending| ending.to_str());
        let name = self.format.as_deref().or(ending).unwrap_or("md");
        document::format(name).ok_or_else(|| {
            let message = Message::new("report-no-format").with("found", name);
            UserError::new(message).into()
        })
    }

    /// How children are named by default: by name in papers about one family.
    fn default_names(&self, school: &School) -> Names {
        if self.report.is_personal() {
            Names::Full
        } else {
            school.report.names.unwrap_or(Names::None)
        }
    }

    fn refusal(&self, message: &'static str, lang: Lang) -> anyhow::Error {
        let message = Message::new(message).with("report", self.report.label.get(lang));
        UserError::new(message).into()
    }

    /// Refuses options that would have no effect.
    fn refuse_unused(&self, lang: Lang) -> anyhow::Result<()> {
        let report = self.report;
        let refused = |message| Err(self.refusal(message, lang));
        if self.public && report.readers != Readers::Anyone {
            return refused("report-not-public");
        }
        if self.period.is_given() && report.is_of_today() {
            return refused("report-takes-no-period");
        }
        if report.is_of_today() && self.names.is_some_and(|names| names != Names::None) {
            return refused("report-takes-no-names");
        }
        if self.class.is_some() && !report.takes_class() {
            return refused("report-takes-no-class");
        }
        if self.blank && !report.is_form() {
            return refused("report-takes-no-blank");
        }
        if let Some(found) = self.about.as_deref().filter(|_| self.blank) {
            let message = Message::new("report-blank-of-somebody").with("found", found);
            return Err(UserError::new(message).into());
        }
        Ok(())
    }

    /// Renders the document, and reports what was left out.
    fn rendered(
        &self,
        session: &mut Session,
        format: &'static dyn document::Format,
        written: report::Written,
    ) -> anyhow::Result<Vec<u8>> {
        for withheld in &written.withheld {
            let message = session.text(
                "report-withheld",
                &[
                    ("record", withheld.record.to_string().into()),
                    ("child", withheld.child.to_string().into()),
                ],
            );
            session.say(&message)?;
        }
        if written.hides_classes {
            return Err(UserError::new(Message::new("report-class-not-public")).into());
        }
        if !written.mentions.is_empty() && !self.reviewed {
            return Err(public_mentions(&written.mentions));
        }
        if self.public {
            let message = session.text("public-compared", &[]);
            session.say(&message)?;
        }
        Ok(format.render(&written.document)?)
    }

    /// The subject of the report, or the campaign.
    fn subject(
        &self,
        session: &mut Session,
        store: &crate::store::Store,
    ) -> anyhow::Result<(Option<Id>, Option<String>)> {
        let Some(typed) = self.about.as_deref().filter(|_| !self.blank) else {
            return Ok((None, None));
        };
        let kinds = self.report.subjects();
        if kinds == KindSet::of(&[]) {
            return Err(UserError::new(Message::new("report-about-nobody")).into());
        }
        let found = reference::resolve(session, store, typed, kinds);
        if !kinds.contains(Kind::Activity) || found.is_ok() {
            return Ok((Some(found?), None));
        }
        let read = session.read(
            store,
            ReadOptions::all(KindSet::of(&[Kind::Activity])),
            true,
        )?;
        let is_named =
            |activity: &&crate::model::Entry<Activity>| activity.campaign.as_deref() == Some(typed);
        if read
            .records
            .activities
            .iter()
            .any(|activity| is_named(&activity))
        {
            return Ok((None, Some(typed.to_owned())));
        }
        let mut titled = read
            .records
            .activities
            .iter()
            .filter(|activity| activity.title == typed);
        match (titled.next(), titled.next()) {
            (Some(activity), None) => Ok((Some(activity.id), None)),
            _ => Ok((Some(found?), None)),
        }
    }

    fn class(
        &self,
        session: &Session,
        school: &crate::model::School,
    ) -> anyhow::Result<Option<Class>> {
        let Some(typed) = &self.class else {
            if self.report.name == "class" {
                return Err(UserError::new(Message::new("report-needs-class")).into());
            }
            return Ok(None);
        };
        Ok(Some(values::class(
            typed,
            school,
            session.today,
            session.lang,
        )?))
    }

    /// Writes one file for each child of the class or school, named by the child's id.
    fn write_each(
        &self,
        session: &mut Session,
        basis: &Basis<'_>,
        request: Request<'_>,
        format: &'static dyn document::Format,
        folder: &Path,
    ) -> anyhow::Result<()> {
        if self.report.about != About::Child {
            let name = format!("{}.{}", self.report.name, format.name());
            let written = report::write(basis, &request)?;
            let bytes = self.rendered(session, format, written)?;
            save(&folder.join(name), &bytes)?;
            return Ok(());
        }
        let ids: Vec<Id> = match request.subject {
            Some(id) => vec![id],
            None => {
                let of_class = |child: &&crate::model::Entry<crate::model::child::Child>| {
                    let class = child.class_on(basis.scope.as_of).map(|entry| entry.class);
                    request.class.is_none() || class == request.class
                };
                basis
                    .left_behind()
                    .filter(of_class)
                    .map(|child| child.id)
                    .collect()
            }
        };
        let progress = session.progress("writing");
        let writer = report::Writer::new(basis, &request);
        for id in ids {
            let request = Request {
                subject: Some(id),
                ..request
            };
            let bytes = self.rendered(session, format, writer.write(&request)?)?;
            let file = folder.join(format!("{}-{id}.{}", self.report.name, format.name()));
            save(&file, &bytes)?;
            progress.add(1);
            writeln!(session.out(), "{}", file.display())?;
        }
        progress.finish();
        Ok(())
    }
}

/// The error for a public report with possible mentions of people: the words, their fields, and their context.
fn public_mentions(mentions: &[report::Mention]) -> anyhow::Error {
    const CONTEXT_WIDTH: usize = 60;
    let place = |(record, field): &report::FieldOfRecord| {
        let file = record.map_or_else(|| SCHOOL_FILE.to_owned(), path_of);
        format!("{file} {field}")
    };
    let found: Vec<String> = mentions
        .iter()
        .map(|mention| {
            let mut around: String = mention.place.chars().take(CONTEXT_WIDTH).collect();
            if around.len() < mention.place.len() {
                around.push('…');
            }
            let mut line = format!("  {}: {around}", mention.words);
            for written in &mention.written {
                line.push_str("\n    → ");
                line.push_str(&place(written));
            }
            line
        })
        .collect();
    let message = Message::new("report-mentions")
        .with("count", mentions.len())
        .with("found", found.join("\n"));
    UserError::new(message)
        .help(Message::new("report-mentions-help"))
        .into()
}

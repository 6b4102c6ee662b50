//! `report`: writes a report in Markdown, HTML or Word.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::analysis::Basis;
use crate::cli::shared::environment;
use crate::cli::shared::output::save;
use crate::cli::shared::period::Period;
use crate::cli::shared::reference;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{counting, values};
use crate::cli::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::document;
use crate::model::school::{Names, ReportLanguage};
use crate::model::{Class, Code, Id, Kind, KindSet};
use crate::report::{self, About, REPORTS, Report, Request};
use crate::store::Prose;
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
    #[arg(long, value_name = "NAMES", value_parser = names())]
    names: Option<Names>,
    #[arg(long)]
    public: bool,
    #[arg(long, value_name = "TERM")]
    compare: Option<String>,
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
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

fn names() -> impl TypedValueParser<Value = Names> {
    PossibleValuesParser::new(Names::ALL.iter().map(|names| names.code())).try_map(|word| {
        Names::of_code(&word).ok_or_else(|| UserError::new(Message::new("unknown-word")))
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
        let person = self.person(session, &store)?;
        let class = self.class(session, &school)?;
        let compare = self.compare.as_deref();
        let opened = counting::open(
            session,
            &self.period,
            compare,
            Prose::Keep,
            self.skip_broken,
        )?;
        let compared = opened.before.and_then(|scope| scope.term);
        let path = self.report.override_path(lang);
        let own = match &self.template {
            Some(file) => {
                let text =
                    std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
                Some((file.display().to_string(), text))
            }
            None => match store.text(&path) {
                Ok(text) => Some((path, text)),
                Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => None,
                Err(fault) => return Err(fault).context(path),
            },
        };
        let request = Request {
            report: self.report,
            lang,
            names: self
                .names
                .or(opened.school.report.names)
                .unwrap_or(Names::None),
            least: self.public.then(|| opened.school.min_cell()),
            compare: compared.and_then(|id| opened.records.terms.get(id)),
            person,
            class,
            template: own
                .as_ref()
                .map(|(path, text)| (path.as_str(), text.as_str())),
            today: session.today,
            left_out: opened.left_out,
            sources: format.shows_sources(),
        };
        let basis = Basis {
            school: &opened.school,
            records: &opened.records,
            scope: opened.scope,
        };
        match self.file() {
            Some(folder) if folder.is_dir() => {
                self.write_each(session, &basis, request, format, folder)?;
            }
            Some(file) => {
                let bytes = format.render(&report::write(&basis, &request)?)?;
                save(file, &bytes)?;
                let told = session.text(
                    "report-written",
                    &[("path", file.display().to_string().into())],
                );
                session.say(&told)?;
            }
            None => {
                if !format.is_text() && environment::is_output_terminal() {
                    return Err(UserError::new(Message::new("report-is-binary")).into());
                }
                let bytes = format.render(&report::write(&basis, &request)?)?;
                // What a terminal shows must not be able to steer it.
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
    /// The file or folder to write to; none for standard output, which `-` means too.
    fn file(&self) -> Option<&Path> {
        self.output
            .as_deref()
            .filter(|path| *path != Path::new("-"))
    }

    /// The language: `--lang`, the school's, the session's.
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

    /// The form: as asked, or by the ending of the file, or Markdown.
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

    fn person(
        &self,
        session: &mut Session,
        store: &crate::store::Store,
    ) -> anyhow::Result<Option<Id>> {
        let kind = match self.report.about {
            About::Child => Kind::Child,
            About::Helper => Kind::Helper,
            About::School | About::Class => {
                return match &self.about {
                    Some(_) => Err(UserError::new(Message::new("report-about-nobody")).into()),
                    None => Ok(None),
                };
            }
        };
        let typed = self.about.as_deref();
        typed
            .map(|typed| reference::resolve(session, store, typed, KindSet::of(&[kind])))
            .transpose()
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

    /// One file a child, named by the child's id, for all children of the class or school.
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
            save(
                &folder.join(name),
                &format.render(&report::write(basis, &request)?)?,
            )?;
            return Ok(());
        }
        let ids: Vec<Id> = match request.person {
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
                person: Some(id),
                ..request
            };
            let bytes = format.render(&writer.write(&request)?)?;
            let file = folder.join(format!("{}-{id}.{}", self.report.name, format.name()));
            save(&file, &bytes)?;
            progress.add(1);
            writeln!(session.out(), "{}", file.display())?;
        }
        progress.finish();
        Ok(())
    }
}

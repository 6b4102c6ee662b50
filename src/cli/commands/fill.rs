//! `fill`: fills the placeholders of an existing Word form or workbook.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use crate::analysis::Basis;
use crate::cli::shared::output::save;
use crate::cli::shared::outside::NeverPublic;
use crate::cli::shared::period::Period;
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{counting, lookup, reference};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::document::fill::{FillError, FormFile, Value};
use crate::model::school::Names;
use crate::model::{Kind, KindSet};
use crate::report::{Report, Request, Writer};
use crate::store::Prose;

#[derive(Args, Debug)]
pub(crate) struct FillArgs {
    #[arg(value_name = "FORM")]
    form: PathBuf,
    #[arg(short, long, value_name = "FILE", required = true)]
    output: PathBuf,
    #[arg(long, value_name = "CHILD")]
    child: Option<String>,
    #[command(flatten)]
    period: Period,
    #[arg(long, value_name = "NAMES", value_parser = lookup::code_parser::<Names>())]
    names: Option<Names>,
    #[arg(long)]
    skip_broken: bool,
    #[command(flatten)]
    outside: NeverPublic,
}

impl Verb for FillArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        self.outside.refuse("fill")?;
        let store = session.store()?;
        let path = self.form.display().to_string();
        if is_same_file(&self.form, &self.output) {
            return Err(UserError::new(
                Message::new("report-form-over-itself").with("path", &path),
            )
            .into());
        }
        let bytes = std::fs::read(&self.form).with_context(|| path.clone())?;
        let form = FormFile::read(&bytes).map_err(|fault| refusal(&path, &fault))?;
        let markers = form.markers();
        if markers.is_empty() {
            let message = Message::new("report-form-no-markers").with("path", &path);
            return Err(UserError::new(message)
                .help(Message::new("report-form-no-markers-help"))
                .into());
        }
        let child = self.child.as_deref();
        let subject = child
            .map(|typed| reference::resolve(session, &store, typed, KindSet::of(&[Kind::Child])))
            .transpose()?;
        let opened = counting::open(
            session,
            &self.period,
            None,
            Prose::Keep,
            subject.is_some(),
            self.skip_broken,
        )?;
        // A form about a child is a personal paper, which names the child.
        let report = if subject.is_some() { "child" } else { "term" };
        let report = Report::of_name(report).context("report")?;
        let usual = match subject {
            Some(_) => Names::Full,
            None => opened.school.report.names.unwrap_or(Names::None),
        };
        let request = Request {
            report,
            lang: session.lang,
            names: self.names.unwrap_or(usual),
            names_staff: self.names != Some(Names::None),
            min_cell: None,
            compare: None,
            subject,
            campaign: None,
            is_blank: false,
            class: None,
            template: None,
            today: session.today,
            left_out: opened.left_out,
            surroundings: None,
            sources: false,
        };
        let basis = Basis {
            school: &opened.school,
            records: &opened.records,
            scope: opened.scope,
        };
        let values = match Writer::new(&basis, &request).evaluate(&request, &markers) {
            Ok(values) => values,
            Err(errors) => {
                let shown: Vec<String> = errors
                    .iter()
                    .map(|error| format!("{{{{ {} }}}}: {}", error.template, error.reason))
                    .collect();
                let message = Message::new("report-form-unknown")
                    .with("path", &path)
                    .with("markers", shown.join("\n  "));
                return Err(UserError::new(message)
                    .help(Message::new("report-form-no-markers-help"))
                    .into());
            }
        };
        let value = |expression: &str| {
            let at = markers.iter().position(|marker| marker == expression);
            at.map_or_else(Value::default, |at| values[at].clone())
        };
        save(&self.output, &form.filled(&value)?)?;
        let empty: Vec<&str> = markers
            .iter()
            .zip(&values)
            .filter(|(_, value)| value.text.trim().is_empty())
            .map(|(marker, _)| marker.as_str())
            .collect();
        if !empty.is_empty() {
            let message =
                session.text("report-form-empty", &[("markers", empty.join(", ").into())]);
            session.say(&message)?;
        }
        if subject.is_some() && self.names.is_none() {
            let message = session.text("report-names-people", &[("report", path.into())]);
            session.say(&message)?;
        }
        let message = session.text(
            "report-form-filled",
            &[
                ("path", self.output.display().to_string().into()),
                ("count", markers.len().into()),
            ],
        );
        session.say(&message)?;
        Ok(Outcome::Done)
    }
}

/// Whether two paths refer to the same existing file.
fn is_same_file(a: &Path, b: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    whole(a).is_some_and(|a| Some(a) == whole(b))
}

fn refusal(path: &str, fault: &FillError) -> anyhow::Error {
    let message = match fault {
        FillError::NotAForm => Message::new("report-form-none"),
        FillError::TooLarge => Message::new("report-form-too-large"),
        FillError::Broken(why) => Message::new("report-form-broken").with("fault", why),
    };
    UserError::new(message.with("path", path)).into()
}

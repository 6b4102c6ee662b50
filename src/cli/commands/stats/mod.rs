//! `stats`: prints the figures of a term or date range.

mod table;

use std::io::Write;

use clap::Args;

use crate::analysis::breakdown::Dim;
use crate::analysis::figures::{Figure, Figures};
use crate::analysis::release::Release;
use crate::analysis::statement::Statement;
use crate::cli::shared::counting::{self, CountingInput};
use crate::cli::shared::dims;
use crate::cli::shared::period::Period;
use crate::cli::shared::session::Session;
use crate::cli::shared::sheet::{Format, Printer};
use crate::cli::shared::user_error::UserError;
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::exchange::figures_file::sealed;
use crate::store::Prose;

#[derive(Args, Debug)]
pub(crate) struct StatsArgs {
    #[arg(value_name = "FIGURE")]
    figures: Vec<String>,
    #[command(flatten)]
    period: Period,
    #[arg(id = "dims", long = "by", value_name = "DIM", value_delimiter = ',')]
    words: Vec<String>,
    #[arg(skip)]
    by: Vec<Dim>,
    #[arg(long, value_name = "TERM")]
    compare: Option<String>,
    #[arg(long, conflicts_with_all = ["figures", "dims", "compare"])]
    helpers: bool,
    #[arg(long)]
    all: bool,
    #[arg(long, conflicts_with = "helpers")]
    public: bool,
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[arg(long)]
    skip_broken: bool,
}

impl Verb for StatsArgs {
    fn run(mut self, session: &mut Session) -> anyhow::Result<Outcome> {
        let dims = self.words.iter().map(|word| dims::read(word, session.lang));
        self.by = dims.collect::<Result<_, _>>()?;
        self.period.all_terms = self
            .by
            .iter()
            .any(|dim| matches!(dim, Dim::Term | Dim::Year));
        let compare = self.compare.as_deref();
        let opened = counting::open(
            session,
            &self.period,
            compare,
            Prose::Skip,
            // Each of these scopes has last contacts of its own.
            self.by.iter().any(|dim| dim.is_time()),
            self.skip_broken,
        )?;
        let figures = opened.figures();
        let mut seen = Vec::new();
        self.by.retain(|dim| {
            !seen.contains(dim) && {
                seen.push(*dim);
                true
            }
        });
        if self.helpers {
            self.print_helpers(session, &figures, &opened)?;
        } else {
            self.print(session, &figures, &opened)?;
        }
        Ok(Outcome::Done)
    }
}

impl StatsArgs {
    fn print(
        &mut self,
        session: &mut Session,
        figures: &Figures<'_>,
        opened: &CountingInput,
    ) -> anyhow::Result<()> {
        let before = opened.figures_before();
        for word in &mut self.figures {
            let known =
                |figures: &Figures<'_>| figures.all().any(|(figure, _)| is_of(figure, word));
            if !known(figures) && !before.as_ref().is_some_and(known) {
                *word = counting::figure(figures, word, session.lang)?.id.clone();
            }
        }
        let release = self.public.then(|| {
            let min_cell = opened.school.min_cell();
            Release::of(figures, before.as_ref(), min_cell)
        });
        if let Some(release) = release.as_ref().filter(|_| !self.by.is_empty()) {
            let Some(by) = release.dims(&self.by) else {
                return Err(UserError::new(Message::new("stats-public-by")).into());
            };
            self.by = by;
        }
        if release.is_some() {
            let message = session.text("public-compared", &[]);
            session.say(&message)?;
        }
        let by = self.by.clone();
        let is_told = |figure: &Figure| {
            release.as_ref().is_none_or(|release| {
                let is_split = by.is_empty() || release.splits(&figure.id, &by);
                is_split
                    && release.tells(figure)
                    && (before.is_none() || release.shows_before(&figure.id))
            })
        };
        let is_something = |figure: &Figure| {
            let was = before
                .as_ref()
                .is_some_and(|before| !before.is_left_out(figure));
            self.all || was || !figures.is_left_out(figure)
        };
        let wanted = |figure: &Figure| {
            is_told(figure)
                && (self.figures.contains(&figure.id)
                    || (self.figures.is_empty()
                        || self.figures.iter().any(|word| is_of(figure, word)))
                        && is_something(figure))
        };
        let lang = session.lang;
        let statement = || {
            let mut whole = Statement::of(figures, before.as_ref(), &self.by, &wanted, lang);
            whole.left_out = self.skip_broken.then_some(opened.left_out);
            whole
        };
        match self.format.printer() {
            Printer::Whole(form) => {
                let mut statement = statement();
                if self.figures.is_empty() && before.is_none() {
                    statement = statement.for_rollup(figures, release.is_some(), lang);
                }
                let whole = sealed(&statement)?;
                Ok(form.value(session.out(), &whole)?)
            }
            Printer::Series(form) => {
                let rows = statement().figures.into_iter().map(serde_json::to_value);
                let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
                Ok(form.list(session.out(), &mut rows.into_iter())?)
            }
            Printer::Cells(_) => {
                let sheet = table::rows(&statement(), lang);
                Ok(sheet.print(&mut session.target(), self.format)?)
            }
            Printer::Terminal(_) | Printer::Document(_) => {
                self.print_head(session, figures, before.as_ref(), opened)?;
                if !self.by.is_empty() {
                    let sheet = table::groups(figures, &self.by, &wanted, self.all, lang);
                    return Ok(sheet.print(&mut session.target(), self.format)?);
                }
                let all = self.all || !self.figures.is_empty();
                let sections = table::overview(figures, before.as_ref(), &wanted, all, lang);
                if self.format.is_for_terminals() {
                    let sheet = table::under_headings(sections);
                    return Ok(sheet.print(&mut session.target(), self.format)?);
                }
                for (title, sheet) in sections {
                    writeln!(session.out(), "## {title}\n")?;
                    sheet.print(&mut session.target(), self.format)?;
                    writeln!(session.out())?;
                }
                Ok(())
            }
        }
    }

    fn print_helpers(
        &self,
        session: &mut Session,
        figures: &Figures<'_>,
        opened: &CountingInput,
    ) -> anyhow::Result<()> {
        let sheet = if self.format.is_for_people() {
            self.print_head(session, figures, None, opened)?;
            table::helpers_in_brief(figures, session.lang)
        } else {
            table::helpers(figures, session.lang)
        };
        Ok(sheet.print(&mut session.target(), self.format)?)
    }

    /// Prints the date range, the definition, and the number of records left out.
    fn print_head(
        &self,
        session: &mut Session,
        figures: &Figures<'_>,
        before: Option<&Figures<'_>>,
        opened: &CountingInput,
    ) -> anyhow::Result<()> {
        let text = table::head(figures, before, session.lang);
        writeln!(session.out(), "{}", crate::text::sanitize::terminal(&text))?;
        if opened.left_out > 0 {
            let text = session.text("left-out", &[("count", opened.left_out.into())]);
            writeln!(session.out(), "{text}")?;
        }
        writeln!(session.out())?;
        Ok(())
    }
}

/// Whether a figure has an id, or is below it.
fn is_of(figure: &Figure, word: &str) -> bool {
    let rest = figure.id.strip_prefix(word);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

//! `export`: writes records for other programs.

mod args;
mod dataset;

use std::path::Path;

use anyhow::{anyhow, bail};

use crate::cli::shared::identity;
use crate::cli::shared::output::{make_folder, save, save_by};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::exchange::disclosure::Naming;
use crate::exchange::export::{ExportOptions, Exported, gather, workbook};
use crate::exchange::import::kind_of_table;
use crate::model::{Kind, KindSet};
use crate::store::ReadOptions;
use crate::text::Lang;
use crate::tr;
pub(crate) use args::ExportArgs;
use args::{ExportFormat, Headers, Names, days, key, warn_inside};

impl Verb for ExportArgs {
    fn run(mut self, session: &mut Session) -> anyhow::Result<Outcome> {
        self.outside.refuse("export")?;
        // `-` stands for standard output, as it does for standard input elsewhere.
        self.output = self.output.filter(|path| path != Path::new("-"));
        run(&self, session)
    }
}

fn run(args: &ExportArgs, session: &mut Session) -> anyhow::Result<Outcome> {
    if let Some(engine) = args.sql {
        return dataset::print_sql(args, engine, session);
    }
    if args.partition {
        return dataset::write(args, session);
    }
    let lang = session.lang;
    let store = session.store()?;
    let kinds = kinds(&args.kinds, lang)?;
    let format = format(args)?;
    session.school(&store)?;
    let loaded = session.read(&store, ReadOptions::all(KindSet::ALL), args.skip_broken)?;
    let days = days(args, &loaded.records.terms, session)?;
    let naming = match (args.pseudonymise, args.names) {
        (true, _) => Naming::Pseudonyms(key(args, &store, session)?),
        (false, Some(Names::Full)) => Naming::Full,
        (false, Some(Names::None) | None) => Naming::Nobody,
    };
    let labels = match args.headers {
        Headers::Fields => None,
        Headers::Zh => Some(Lang::Zh),
        Headers::En => Some(Lang::En),
    };
    let options = ExportOptions {
        kinds: KindSet::of(&kinds),
        days,
        disclosure: args.disclosure(naming),
        labels,
        for_people: format == ExportFormat::Xlsx || format == ExportFormat::Csv && labels.is_some(),
    };
    let mut exported = gather(&loaded.records, &options);
    let withheld = options.disclosure.withheld.count();
    if withheld > 0 {
        session.say(&tr!(lang, "export-withheld", count = withheld))?;
    }
    let is_nameless = matches!(options.disclosure.naming, Naming::Nobody);
    if is_nameless && kinds.contains(&Kind::Child) {
        session.say(&tr!(lang, "export-nameless"))?;
    }
    if args.confidential
        && let Some(identities) = args.identity.read(session)?
    {
        // Sealed text cannot be searched for names.
        if args.pseudonymise {
            return Err(UserError::new(Message::new("export-sealed-pseudonyms")).into());
        }
        for part in &mut exported {
            for row in &mut part.rows {
                let opened = identities.open_table(part.kind.shape(), &mut row.fields);
                opened.map_err(|fault| identity::refusal(fault, &row.id))?;
            }
        }
    }
    if let Some(output) = &args.output {
        warn_inside(output, &store, session)?;
    }
    let rows: usize = exported.iter().map(|part| part.rows.len()).sum();
    match (format, &args.output) {
        (ExportFormat::Xlsx, None) => bail!(tr!(lang, "export-needs-output")),
        (ExportFormat::Xlsx, Some(output)) => {
            let bytes = workbook(&exported, labels)?;
            save(output, &bytes)?;
        }
        (ExportFormat::Csv, output) => csv(&exported, labels, output.as_deref(), session)?,
        (ExportFormat::Ndjson, None) => {
            for part in &exported {
                part.write_ndjson(&[], session.out())?;
            }
        }
        (ExportFormat::Ndjson, Some(output)) => save_by(output, &mut |file| {
            exported
                .iter()
                .try_for_each(|part| part.write_ndjson(&[], &mut *file))
        })?,
    }
    let empty: usize = exported.iter().map(|part| part.empty_columns).sum();
    if empty > 0 {
        session.say(&tr!(lang, "export-empty-columns", count = empty))?;
    }
    if let Some(output) = &args.output {
        let path = output.display().to_string();
        session.say(&tr!(lang, "export-done", count = rows, path = path))?;
    }
    Ok(Outcome::Done)
}

fn kinds(words: &[String], lang: Lang) -> anyhow::Result<Vec<Kind>> {
    if words.is_empty() {
        return Ok(Kind::ALL.to_vec());
    }
    let kind = |word: &String| {
        kind_of_table(word).ok_or_else(|| {
            let known: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
            anyhow!(tr!(
                lang,
                "unknown-kind",
                found = word.as_str(),
                known = known.join(", ")
            ))
        })
    };
    words.iter().map(kind).collect()
}

fn format(args: &ExportArgs) -> anyhow::Result<ExportFormat> {
    let ending = args
        .output
        .as_deref()
        .and_then(Path::extension)
        .and_then(|ending| ending.to_str());
    let is_folder = args.output.as_deref().is_some_and(Path::is_dir);
    Ok(match (args.format, ending) {
        (Some(format), _) => format,
        _ if is_folder => ExportFormat::Csv,
        (None, Some("xlsx")) => ExportFormat::Xlsx,
        (None, Some("ndjson" | "jsonl")) => ExportFormat::Ndjson,
        (None, Some("csv") | None) => ExportFormat::Csv,
        (None, Some(ending)) => {
            let message = Message::new("export-no-format").with("found", ending);
            return Err(UserError::new(message).into());
        }
    })
}

/// One kind as one CSV file; several as one file each in a folder.
fn csv(
    exported: &[Exported],
    labels: Option<Lang>,
    output: Option<&Path>,
    session: &mut Session,
) -> anyhow::Result<()> {
    let lang = session.lang;
    match (exported, output) {
        ([part], None) => Ok(part.write_csv(labels, session.out())?),
        ([part], Some(output)) if !output.is_dir() => {
            save_by(output, &mut |file| part.write_csv(labels, file))
        }
        (_, None) => bail!(tr!(lang, "export-needs-output")),
        (parts, Some(output)) => {
            // Several tables need a folder; a path with an extension is probably meant as a file.
            if output.extension().is_some() && !output.is_dir() {
                return Err(UserError::new(
                    Message::new("export-needs-folder").with("path", output.display()),
                )
                .into());
            }
            make_folder(output)?;
            for part in parts {
                let path = output.join(format!("{}.csv", part.kind.folder()));
                save_by(&path, &mut |file| part.write_csv(labels, file))?;
            }
            Ok(())
        }
    }
}

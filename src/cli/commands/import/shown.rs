//! Output of an import: the interpretation of tables, the changes and the errors, as text and JSON.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::json;
use toml::Value;

use super::args::ImportArgs;
use crate::cli::shared::sheet::Overflow;
use crate::cli::shared::sheet::layout::{Layout, Style};
use crate::diagnostic::Message;
use crate::exchange::columns::labelled;
use crate::exchange::export;
use crate::exchange::plan::{ImportFault, ImportOptions, Planned, ReadColumn, Understood};
use crate::model::{FieldPath, Kind, Records};
use crate::store::path_of;
use crate::text::Lang;
use crate::text::sanitize::terminal_lines;
use crate::text::width::{cut, pad};
use crate::tr;

/// The maximum number of groups of errors listed.
const MAX_GROUPS: usize = 50;

/// The maximum number of rows listed.
const MAX_ROWS: usize = 8;

/// The maximum width of a sample in terminal cells.
const MAX_SAMPLE_WIDTH: usize = 14;

/// Formats row numbers, only the first ones if there are many.
fn rows(rows: &[usize], lang: Lang) -> String {
    let separator = if lang == Lang::Zh { "、" } else { ", " };
    let listed: Vec<String> = rows
        .iter()
        .take(MAX_ROWS)
        .map(ToString::to_string)
        .collect();
    let id = if rows.len() > MAX_ROWS {
        "import-rows-more"
    } else {
        "import-rows"
    };
    tr!(lang, id, rows = listed.join(separator), count = rows.len())
}

/// Describes how each table is interpreted.
pub(super) fn reading(planned: &Planned, lang: Lang) -> String {
    let mut text = String::new();
    for understood in &planned.understood {
        table(&mut text, understood, lang);
    }
    // A CSV table has no name, and its error says the same.
    let named = planned.unread.iter().filter(|(sheet, _)| !sheet.is_empty());
    for (sheet, why) in named {
        let _ = writeln!(
            text,
            "{}",
            tr!(
                lang,
                "import-sheet-left",
                sheet = sheet.as_str(),
                why = why.text(lang)
            )
        );
    }
    terminal_lines(&text).into_owned()
}

fn table(text: &mut String, understood: &Understood, lang: Lang) {
    let (first, last) = understood.header;
    let header = if first == last {
        first.to_string()
    } else {
        format!("{first}—{last}")
    };
    let id = if understood.sheet.is_empty() {
        "import-read-table"
    } else {
        "import-read-sheet"
    };
    let _ = writeln!(
        text,
        "{}",
        tr!(
            lang,
            id,
            sheet = understood.sheet.as_str(),
            header = header,
            rows = understood.rows
        )
    );
    let taken = understood
        .columns
        .iter()
        .filter(|column| column.field.is_some());
    let field = |column: &ReadColumn| {
        let label = column
            .field
            .as_ref()
            .map(|(_, labels)| labels[lang as usize].clone())
            .unwrap_or_default();
        match &column.code {
            Some(code) => format!("{label} = {code}"),
            None => label,
        }
    };
    let mut layout = Layout::new(vec![Overflow::Whole, Overflow::Whole, Overflow::Whole]);
    for column in taken {
        let samples: Vec<_> = column
            .samples
            .iter()
            .map(|sample| cut(&sample.replace('\n', " "), MAX_SAMPLE_WIDTH).into_owned())
            .collect();
        let header = format!("{} {}", pad(&column.letters, 2), cut(&column.header, 20));
        let field = format!("→ {}", cut(&field(column), 20));
        let samples = samples.join(if lang == Lang::Zh { "、" } else { ", " });
        layout.push(Style::Plain, [header, field, samples].iter());
    }
    *text += &layout.text(2);
    let mut left: Vec<(String, Vec<String>)> = Vec::new();
    for column in understood
        .columns
        .iter()
        .filter(|column| column.field.is_none())
    {
        let why = column
            .why
            .as_ref()
            .map(|why| why.text(lang))
            .unwrap_or_default();
        let named = format!("{} {}", column.letters, column.header);
        match left.iter_mut().find(|(known, _)| *known == why) {
            Some((_, columns)) => columns.push(named),
            None => left.push((why, vec![named])),
        }
    }
    let separator = if lang == Lang::Zh { "、" } else { ", " };
    for (why, columns) in left {
        let _ = writeln!(
            text,
            "  {}",
            tr!(
                lang,
                "import-columns-left",
                columns = columns.join(separator),
                why = why
            )
        );
    }
    for (path, words, from) in &understood.constants {
        let _ = writeln!(
            text,
            "  {}",
            tr!(
                lang,
                "import-constant",
                field = path.as_str(),
                value = words.as_str(),
                from = from.text(lang)
            )
        );
    }
    for (note, numbers) in understood.left.iter().chain(&understood.notes) {
        let _ = writeln!(
            text,
            "  {}",
            tr!(
                lang,
                "import-note",
                what = note.text(lang),
                rows = rows(numbers, lang)
            )
        );
    }
}

/// Formats a value for people: a code by its label.
fn value(kind: Option<Kind>, path: &FieldPath, value: Option<&Value>, lang: Lang) -> String {
    let codes = kind
        .and_then(|kind| kind.shape().at(path))
        .and_then(|field| field.codes());
    let word = |text: &str| {
        let known = codes.and_then(|codes| codes.iter().find(|word| word.code == text));
        known.map_or_else(|| text.to_owned(), |word| word.label(lang).to_owned())
    };
    match value {
        None => String::from("—"),
        Some(Value::String(text)) => word(text),
        Some(Value::Array(list)) => list
            .iter()
            .map(|entry| entry.as_str().map_or_else(|| entry.to_string(), word))
            .collect::<Vec<_>>()
            .join("、"),
        Some(other) => other.to_string(),
    }
}

/// Describes the additions and changes; every record by name in a dry run.
pub(super) fn changes(planned: &Planned, records: &Records, is_dry: bool, lang: Lang) -> String {
    let mut text = String::new();
    if is_dry {
        for added in &planned.plan.additions {
            let _ = writeln!(
                text,
                "+ {}  {} {}",
                path_of(added.id),
                added.about,
                tr!(lang, "import-row", row = added.row)
            );
        }
    }
    for changed in &planned.plan.updates {
        let _ = writeln!(
            text,
            "~ {}  {} {}",
            path_of(changed.id),
            changed.about,
            tr!(lang, "import-row", row = changed.row)
        );
        for (path, before, after) in &changed.fields {
            let kind = Some(changed.id.kind());
            if before.as_ref() == Some(after) {
                continue;
            }
            let _ = writeln!(
                text,
                "    {}: {} → {}",
                labelled(changed.id.kind(), path, lang),
                value(kind, path, before.as_ref(), lang),
                value(kind, path, Some(after), lang)
            );
        }
    }
    if !planned.plan.absent.is_empty() {
        let named = planned.plan.absent.iter().map(|id| {
            let child = records.children.get(*id).map(|child| child.name.clone());
            let name = child.or_else(|| records.helpers.get(*id).map(|helper| helper.name.clone()));
            name.map_or_else(|| id.to_string(), |name| format!("{name} {id}"))
        });
        let named: Vec<String> = if is_dry { named.collect() } else { Vec::new() };
        let _ = writeln!(
            text,
            "{}",
            tr!(lang, "import-absent", count = planned.plan.absent.len())
        );
        for name in named {
            let _ = writeln!(text, "  {name}");
        }
    }
    terminal_lines(&text).into_owned()
}

/// The key by which errors are grouped.
type Group<'a> = (
    &'a str,
    Option<&'a str>,
    &'static str,
    Vec<(&'static str, &'a str)>,
);

fn group(fault: &ImportFault) -> Group<'_> {
    let own = [
        "found", "nearest", "other", "row", "name", "id", "ids", "path", "last",
    ];
    let arguments = fault
        .message
        .arguments()
        .filter(|(name, _)| !own.contains(name));
    let letters = fault.column.as_ref().map(|(letters, _)| letters.as_str());
    (&fault.sheet, letters, fault.message.id, arguments.collect())
}

/// Describes the errors, grouped, with their positions as in a spreadsheet program and how to fix them.
pub(super) fn faults(faults: &[ImportFault], file: &Path, lang: Lang) -> String {
    let mut text = tr!(lang, "import-faults", count = faults.len());
    let mut groups: Vec<(Group<'_>, Vec<&ImportFault>)> = Vec::new();
    for fault in faults {
        let of = group(fault);
        match groups.iter_mut().find(|(known, _)| *known == of) {
            Some((_, alike)) => alike.push(fault),
            None => groups.push((of, vec![fault])),
        }
    }
    for (_, alike) in groups.iter().take(MAX_GROUPS) {
        let Some(fault) = alike.first() else { continue };
        let _ = write!(text, "\n  {}", file.display());
        if !fault.sheet.is_empty() {
            let _ = write!(text, "[{}]", fault.sheet);
        }
        let (letters, header) = fault.column.clone().unwrap_or_default();
        if let Some(row) = fault.row {
            let _ = write!(text, ":{letters}{row}");
        }
        if !header.is_empty() {
            let _ = match lang {
                Lang::Zh => write!(text, "（{header}）"),
                Lang::En => write!(text, " ({header})"),
            };
        }
        let _ = write!(text, ": {}", fault.message.text(lang));
        let others: Vec<usize> = alike.iter().skip(1).filter_map(|fault| fault.row).collect();
        if !others.is_empty() {
            let _ = write!(
                text,
                "{}",
                tr!(
                    lang,
                    "import-and-rows",
                    count = others.len(),
                    rows = rows(&others, lang)
                )
            );
        }
        let missing = fault
            .message
            .argument("field")
            .filter(|_| fault.message.id == "missing-field");
        let help = fault.help.clone().or_else(|| {
            let field = missing?.replace("[0]", "");
            Some(Message::new("import-mend-set").with("field", field))
        });
        if let Some(help) = help {
            let _ = write!(text, "\n    → {}", help.text(lang));
        }
    }
    let is_unknown = |fault: &&ImportFault| fault.message.id.starts_with("import-unknown-column");
    let unknown = faults.iter().filter(is_unknown).count();
    if unknown > 2 {
        let _ = write!(
            text,
            "\n  {}",
            tr!(lang, "import-mend-rest", count = unknown)
        );
    }
    if groups.len() > MAX_GROUPS {
        let _ = write!(
            text,
            "\n  {}",
            tr!(
                lang,
                "import-more-faults",
                count = groups.len() - MAX_GROUPS
            )
        );
    }
    terminal_lines(&text).into_owned()
}

/// The equivalent non-interactive command line, including all answers.
pub(super) fn command(args: &ImportArgs, options: &ImportOptions) -> String {
    let mut words = vec!["cuncao".to_owned(), "import".to_owned(), args.kind.clone()];
    words.push(
        args.file
            .as_ref()
            .map(|file| file.display().to_string())
            .unwrap_or_default(),
    );
    let mut flag = |name: &str, value: String| words.extend([name.to_owned(), value]);
    for (header, to) in &options.map {
        flag("--map", format!("{header}={to}"));
    }
    for (header, word, to) in &options.map_values {
        flag("--map-value", format!("{header}:{word}={to}"));
    }
    for (field, value) in &options.constants {
        flag("--set", format!("{field}={value}"));
    }
    if !options.key.is_empty() {
        flag("--key", options.key.join(","));
    }
    if let Some(since) = options.since {
        flag("--since", since.to_string());
    }
    if let Some(day) = options.day_of_month {
        flag("--day-of-month", day.to_string());
    }
    if let Some((term, _)) = &options.term {
        flag("--term", term.clone());
    }
    if let Some(sheet) = &args.sheet {
        flag("--sheet", sheet.clone());
    }
    if let Some(row) = args.header_row {
        flag("--header-row", row.to_string());
    }
    words
        .iter()
        .map(|word| quoted(word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Quotes a word for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '-' | '_' | '.' | '/' | '=' | ':' | ',' | '+' | '@' | '%')
    };
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// The interpretation, the plan and the errors as JSON.
pub(super) fn json(planned: &Planned, faults: &[ImportFault], lang: Lang) -> String {
    let notes = |notes: &[(Message, Vec<usize>)]| {
        notes
            .iter()
            .map(|(note, rows)| json!({ "what": note.text(lang), "rows": rows }))
            .collect::<Vec<_>>()
    };
    let tables = planned.understood.iter().map(|understood| {
        let columns = understood.columns.iter().map(|column| {
            json!({
                "column": column.letters,
                "header": column.header,
                "field": column.field.as_ref().map(|(path, _)| path),
                "label": column.field.as_ref().map(|(_, labels)| &labels[lang as usize]),
                "code": column.code,
                "why": column.why.as_ref().map(|why| why.text(lang)),
                "samples": column.samples,
            })
        });
        let constants = understood.constants.iter().map(
            |(path, value, from)| json!({ "field": path, "value": value, "from": from.text(lang) }),
        );
        json!({
            "sheet": understood.sheet,
            "header_rows": [understood.header.0, understood.header.1],
            "titles": understood.titles,
            "rows": understood.rows,
            "columns": columns.collect::<Vec<_>>(),
            "constants": constants.collect::<Vec<_>>(),
            "left_out": notes(&understood.left),
            "notes": notes(&understood.notes),
        })
    });
    let sheets = planned
        .unread
        .iter()
        .map(|(sheet, why)| json!({ "sheet": sheet, "why": why.text(lang) }));
    let added = planned.plan.additions.iter().map(|added| {
        json!({ "id": added.id.to_string(), "path": path_of(added.id), "row": added.row, "about": added.about })
    });
    let changed = planned.plan.updates.iter().map(|changed| {
        let fields = changed.fields.iter().map(|(path, before, after)| {
            json!({
                "field": path.to_string(),
                "before": before.as_ref().map(export::json),
                "after": export::json(after),
            })
        });
        json!({
            "id": changed.id.to_string(),
            "path": path_of(changed.id),
            "row": changed.row,
            "about": changed.about,
            "fields": fields.collect::<Vec<_>>(),
        })
    });
    let fault_objects = faults.iter().map(|fault| {
        json!({
            "sheet": fault.sheet,
            "row": fault.row,
            "column": fault.column.as_ref().map(|(letters, _)| letters),
            "header": fault.column.as_ref().map(|(_, header)| header),
            "value": fault.value,
            "message": fault.message.text(lang),
            "mend": fault.help.as_ref().map(|help| help.text(lang)),
        })
    });
    let whole = json!({
        "tables": tables.collect::<Vec<_>>(),
        "sheets_left_out": sheets.collect::<Vec<_>>(),
        "added": added.collect::<Vec<_>>(),
        "changed": changed.collect::<Vec<_>>(),
        "unchanged": planned.plan.unchanged,
        "absent": planned.plan.absent.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "faults": fault_objects.collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

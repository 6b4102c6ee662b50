//! Templates: Markdown with expressions (minijinja). They see values and nothing else: no files, no clock; what
//! they may take of time and memory is bounded.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::io;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State};

use super::ReportError;
use super::board::{Board, Cell};
use crate::document;
use crate::text::{Lang, number};
use crate::tr;

/// Steps of the engine that a report may take: a school of two thousand children needs a tenth of them.
const FUEL: u64 = 20_000_000;

/// The longest report, in bytes of Markdown.
const LARGEST: usize = 32 << 20;

/// Fills a template.
///
/// # Errors
///
/// Where in the template something is wrong, and what.
pub(super) fn fill(
    name: &str,
    template: &str,
    context: Value,
    board: Arc<Board>,
    lang: Lang,
) -> Result<String, ReportError> {
    let fault = |fault: Error| ReportError::of(name, &fault);
    let mut environment = environment().map_err(fault)?;
    functions(&mut environment, board, lang);
    let template = environment
        .template_from_named_str(name, template)
        .map_err(fault)?;
    let mut filled = Bounded::default();
    let done = template.render_captured_to(context, &mut filled);
    if filled.is_full {
        return Err(ReportError {
            template: name.to_owned(),
            line: None,
            reason: tr!(lang, "report-too-large", mib = LARGEST >> 20),
        });
    }
    done.map_err(fault)?;
    String::from_utf8(filled.text)
        .map_err(|_| ReportError::of(name, &Error::new(ErrorKind::BadSerialization, "not UTF-8")))
}

/// The names that a template asks for; none where it cannot be read, which filling it tells of.
pub(super) fn names_asked(name: &str, template: &str) -> HashSet<String> {
    let asked = || -> Result<HashSet<String>, Error> {
        let environment = environment()?;
        let template = environment.template_from_named_str(name, template)?;
        Ok(template.undeclared_variables(false))
    };
    asked().unwrap_or_default()
}

/// How templates are written, with bounds to what they may cost.
fn environment<'t>() -> Result<Environment<'t>, Error> {
    let mut environment = Environment::new();
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(64);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()?;
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_formatter(format);
    Ok(environment)
}

/// What is written, up to [`LARGEST`].
#[derive(Default)]
struct Bounded {
    text: Vec<u8>,
    /// Whether more was to be written.
    is_full: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.text.len() + bytes.len() > LARGEST {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a value so that it stands for itself in the Markdown; what is marked as Markdown is written as it is.
fn format(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    if value.is_none() {
        return Ok(());
    }
    let text = value.to_string();
    if value.is_safe() {
        out.write_str(&text)?;
    } else {
        out.write_str(&document::escape(&text))?;
    }
    Ok(())
}

/// The functions and filters of templates, beside those of Jinja.
fn functions(environment: &mut Environment<'_>, board: Arc<Board>, lang: Lang) {
    // n("visits"): the number, with the way to its records. n("visits", month="2025-10"): of one group.
    let of = Arc::clone(&board);
    environment.add_function("n", move |id: &str, by: Kwargs| -> Result<Value, Error> {
        let cell = cell(&of, id, &by)?;
        Ok(linked(&cell.key, &cell.text))
    });
    // share("children.visited"): the part of the whole, 98.2%.
    let of = Arc::clone(&board);
    environment.add_function(
        "share",
        move |id: &str, by: Kwargs| -> Result<Value, Error> {
            let cell = cell(&of, id, &by)?;
            Ok(linked(&cell.key, &cell.share))
        },
    );
    // of("children.visited"): the whole.
    let of = Arc::clone(&board);
    environment.add_function("of", move |id: &str, by: Kwargs| -> Result<Value, Error> {
        let cell = cell(&of, id, &by)?;
        Ok(linked(&cell.key, &cell.of_text))
    });
    // v("visits"): the bare number, for conditions and sums.
    let of = Arc::clone(&board);
    environment.add_function("v", move |id: &str, by: Kwargs| -> Result<f64, Error> {
        Ok(cell(&of, id, &by)?.value)
    });
    // before("visits"), before_share("children.visited"): of the term compared with; none without one.
    let of = Arc::clone(&board);
    environment.add_function("before", move |id: &str| -> Result<Value, Error> {
        of.figure(id).map_err(unknown)?;
        Ok(of.before(id).map_or(Value::from(()), |cell| {
            Value::from_safe_string(document::escape(&cell.text))
        }))
    });
    let of = Arc::clone(&board);
    environment.add_function("before_share", move |id: &str| -> Result<Value, Error> {
        of.figure(id).map_err(unknown)?;
        Ok(of.before(id).map_or(Value::from(()), |cell| {
            Value::from_safe_string(document::escape(&cell.share))
        }))
    });
    // label("visits.home"): what a figure is called.
    let of = Arc::clone(&board);
    environment.add_function("label", move |id: &str| -> Result<String, Error> {
        Ok(of.figure(id).map_err(unknown)?.label.clone())
    });
    // below("visits"): the ids of the figures of its codes that are not 0, the largest first.
    let of = Arc::clone(&board);
    environment.add_function("below", move |id: &str| of.below(id));
    // groups("class"): the groups of a dimension, with key and label.
    let of = Arc::clone(&board);
    environment.add_function("groups", move |dim: &str| -> Result<Value, Error> {
        let groups = of.groups(dim).map_err(unknown)?;
        Ok(Value::from(Serde(groups)))
    });
    environment.add_filter("day", move |text: &str| day(text, lang));
    // A sentence without its full stop, to go on after it.
    environment.add_filter("clause", |text: String| {
        text.trim_end()
            .trim_end_matches(['。', '；', '.', ';'])
            .to_owned()
    });
    environment.add_filter("numeral", number::chinese);
    environment.add_filter("json", |value: Value| {
        let text = serde_json::to_string(&value).unwrap_or_default();
        Value::from_safe_string(text)
    });
    environment.add_filter("markdown", |text: String| Value::from_safe_string(text));
}

fn unknown(id: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, id)
}

fn linked(key: &str, text: &str) -> Value {
    Value::from_safe_string(document::figure(key, text))
}

fn cell(board: &Board, id: &str, by: &Kwargs) -> Result<Cell, Error> {
    let mut groups = BTreeMap::new();
    for dim in by.args() {
        groups.insert(dim.to_owned(), by.get::<String>(dim)?);
    }
    by.assert_all_used()?;
    match groups.into_iter().next() {
        None => board.figure(id).cloned(),
        Some((dim, key)) => board.group(id, &dim, &key),
    }
    .map_err(unknown)
}

/// A date as reports write it: 2025年9月1日.
fn day(text: &str, lang: Lang) -> String {
    use chrono::Datelike;
    let Ok(day) = text.get(..10).unwrap_or(text).parse::<chrono::NaiveDate>() else {
        return text.to_owned();
    };
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => day.format("%-d %B %Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_that_is_too_large_says_what_to_do() {
        let template = "{% for _ in range(40) %}{{ text }}{% endfor %}";
        let context = BTreeMap::from([("text", Value::from_safe_string("x".repeat(1 << 20)))]);
        let fault = |lang| {
            let context = Value::from(context.clone());
            let board = Arc::new(Board::default());
            let filled = fill("child.en.md", template, context, board, lang);
            filled.map(|text| text.len()).unwrap_err().to_string()
        };
        assert_eq!(
            fault(Lang::En),
            "child.en.md: The report is larger than 32 MiB. Choose a class (--class), or write one file for each \
             child: -o FOLDER"
        );
        assert_eq!(
            fault(Lang::Zh),
            "child.en.md: 报告超过 32 MiB。请用 --class 选一个班级，或用 -o 指定文件夹，每名儿童写一个文件"
        );
    }
}

//! The template engine: Markdown with expressions (minijinja). Templates have no access to files or the clock, and
//! their time and memory are bounded.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State};

use super::context::list_names;
use super::line_breaks::line_breaks;
use super::template_figures::{Cell, MISSING, Missing, TemplateFigures};
use super::{ReportError, undefined};
use crate::analysis::breakdown::Dim;
use crate::document;
use crate::model::shape::CodeWord;
use crate::model::{Code, Kind};
use crate::text::{Lang, number};
use crate::tr;

/// The engine's fuel for one report; a school of two thousand children needs a tenth of it.
const FUEL: u64 = 20_000_000;

/// The maximum length of a report in bytes of Markdown.
const MAX_REPORT_BYTES: usize = 32 << 20;

/// Renders a template.
///
/// # Errors
///
/// Returns the position and cause of the first error in the template.
pub(super) fn fill(
    name: &str,
    template: &str,
    context: Value,
    known: Arc<TemplateFigures>,
    lang: Lang,
) -> Result<String, ReportError> {
    let whole = context.clone();
    let fault = |fault: Error| {
        let mut error = ReportError::of(name, &fault);
        if fault.kind() == ErrorKind::UndefinedError
            && let Some(message) = fault
                .line()
                .and_then(|line| undefined::explain(template, line, &whole, lang))
        {
            error.reason = message;
        } else if let Some(message) = fault
            .detail()
            .and_then(|detail| undefined::unknown(fault.kind(), detail, lang))
        {
            error.reason = message;
        } else if fault.kind() == ErrorKind::SyntaxError {
            let detail = fault.detail().unwrap_or_default();
            error.reason = tr!(lang, "report-template-syntax", detail = detail);
        } else if let (ErrorKind::InvalidOperation, Some(detail)) = (fault.kind(), fault.detail()) {
            // Reported by one of our functions, already in the user's language.
            detail.clone_into(&mut error.reason);
        }
        error
    };
    let mut environment = environment().map_err(fault)?;
    functions(&mut environment, known, lang);
    let broken = line_breaks(template);
    let filling = environment
        .template_from_named_str(name, &broken)
        .map_err(fault)?;
    let mut filled = Bounded::default();
    let done = filling.render_captured_to(context, &mut filled);
    if filled.is_full {
        return Err(ReportError {
            template: name.to_owned(),
            line: None,
            reason: tr!(lang, "report-too-large", mib = MAX_REPORT_BYTES >> 20),
        });
    }
    done.map_err(fault)?;
    String::from_utf8(filled.text)
        .map_err(|_| ReportError::of(name, &Error::new(ErrorKind::BadSerialization, "not UTF-8")))
}

/// Returns the names that a template refers to; empty if it cannot be parsed, which rendering reports.
pub(super) fn names_asked(name: &str, template: &str) -> HashSet<String> {
    let asked = || -> Result<HashSet<String>, Error> {
        let environment = environment()?;
        let template = line_breaks(template);
        let template = environment.template_from_named_str(name, &template)?;
        Ok(template.undeclared_variables(false))
    };
    let mut asked = asked().unwrap_or_default();
    // minijinja does not report the list in `children[:3]` as undeclared.
    let sliced = list_names().filter(|list| template.contains(&format!("{list}[")));
    asked.extend(sliced.map(str::to_owned));
    asked
}

/// Configures the engine, with bounds on time and memory.
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
    super::bounds::add(&mut environment);
    environment.add_global("newline", Value::from_safe_string("\n".to_owned()));
    Ok(environment)
}

/// A writer that accepts up to [`MAX_REPORT_BYTES`].
#[derive(Default)]
struct Bounded {
    text: Vec<u8>,
    /// Whether the limit was reached.
    is_full: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.text.len() + bytes.len() > MAX_REPORT_BYTES {
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

/// Writes a value, escaped for Markdown unless it is marked as safe.
fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        // Undefined is an error, except for the missing `else` of `a if b`, which only the engine can tell apart.
        return minijinja::escape_formatter(out, state, value);
    }
    if value.is_none() {
        return Ok(());
    }
    let text = value.to_string();
    if value.is_safe() {
        out.write_str(&text)?;
    } else {
        // Escaping trims the text; keep the spaces that separate it from its neighbours, as in ", ".
        let escaped = document::escape(&text);
        let blank = |is_there: bool| {
            if is_there && !escaped.is_empty() {
                " "
            } else {
                ""
            }
        };
        out.write_str(blank(text.starts_with(' ')))?;
        out.write_str(&escaped)?;
        out.write_str(blank(text.ends_with(' ')))?;
    }
    Ok(())
}

/// Selects what a template function returns of a figure of another term.
type OfCell = fn(&Cell) -> Value;

const IN_TERM: &[(&str, OfCell)] = &[
    ("in_term", |cell| {
        Value::from_safe_string(document::escape(&cell.text))
    }),
    ("in_term_share", |cell| {
        Value::from_safe_string(document::escape(&cell.share))
    }),
    ("in_term_v", |cell| bare(cell.value)),
];

/// A number without unit or link; an integer prints as 12 and not 12.0.
fn bare(value: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be a whole number that fits"
    )]
    let whole = value as i64;
    if value.fract() == 0.0 && value.abs() < 1e15 {
        Value::from(whole)
    } else {
        Value::from(value)
    }
}

/// Registers our functions and filters in addition to those of Jinja.
fn functions(environment: &mut Environment<'_>, known: Arc<TemplateFigures>, lang: Lang) {
    // n("visits"): the number, linked to its records. n("visits", month="2025-10"): that of one group.
    let of = Arc::clone(&known);
    environment.add_function("n", move |id: &str, by: Kwargs| -> Result<Value, Error> {
        let cell = cell(&of, id, &by, lang)?;
        Ok(linked(&cell.key, &cell.text))
    });
    // share("children.visited"): the share of the denominator, 98.2%.
    let of = Arc::clone(&known);
    environment.add_function(
        "share",
        move |id: &str, by: Kwargs| -> Result<Value, Error> {
            let cell = cell(&of, id, &by, lang)?;
            Ok(linked(&cell.key, &cell.share))
        },
    );
    // of("children.visited"): the denominator.
    let of = Arc::clone(&known);
    environment.add_function("of", move |id: &str, by: Kwargs| -> Result<Value, Error> {
        let cell = cell(&of, id, &by, lang)?;
        Ok(linked(&cell.key, &cell.of_text))
    });
    // v("visits"): the bare number, for conditions and sums.
    let of = Arc::clone(&known);
    environment.add_function("v", move |id: &str, by: Kwargs| -> Result<Value, Error> {
        Ok(bare(cell(&of, id, &by, lang)?.value))
    });
    // before("visits"), before_share("children.visited"): the value in the compared term, or none.
    let of = Arc::clone(&known);
    environment.add_function("before", move |id: &str| -> Result<Value, Error> {
        of.figure(id).map_err(|missing| unknown(missing, lang))?;
        Ok(of.before(id).map_or(Value::from(()), |cell| {
            Value::from_safe_string(document::escape(&cell.text))
        }))
    });
    let of = Arc::clone(&known);
    environment.add_function("before_share", move |id: &str| -> Result<Value, Error> {
        of.figure(id).map_err(|missing| unknown(missing, lang))?;
        Ok(of.before(id).map_or(Value::from(()), |cell| {
            Value::from_safe_string(document::escape(&cell.share))
        }))
    });
    // in_term("visits", "previous"), in_term("visits", "2024-2025-1"): the value in another term, or none.
    for (name, of_cell) in IN_TERM {
        let of = Arc::clone(&known);
        environment.add_function(*name, move |id: &str, term: &str| -> Result<Value, Error> {
            let cell = of
                .in_term(id, term)
                .map_err(|missing| unknown(missing, lang))?;
            Ok(cell.map_or(Value::from(()), |cell| of_cell(&cell)))
        });
    }
    // label("visits.home"): the display name of a figure.
    let of = Arc::clone(&known);
    environment.add_function("label", move |id: &str| -> Result<String, Error> {
        Ok(of
            .figure(id)
            .map_err(|missing| unknown(missing, lang))?
            .label
            .clone())
    });
    // name("visits.home"): the display name of a figure within its list.
    let of = Arc::clone(&known);
    environment.add_function("name", move |id: &str| -> Result<String, Error> {
        let cell = of.figure(id).map_err(|missing| unknown(missing, lang))?;
        let between = match lang {
            Lang::Zh => "：",
            Lang::En => ": ",
        };
        let name = cell.label.split_once(between).map(|(_, name)| name);
        Ok(name.unwrap_or(&cell.label).to_owned())
    });
    // of_v("follow-ups.done"), before_v("visits"): the bare numbers of the denominator and of the compared term.
    let of = Arc::clone(&known);
    environment.add_function(
        "of_v",
        move |id: &str, by: Kwargs| -> Result<Value, Error> {
            Ok(bare(cell(&of, id, &by, lang)?.of_value))
        },
    );
    let of = Arc::clone(&known);
    environment.add_function(
        "before_v",
        move |id: &str| -> Result<Option<Value>, Error> {
            of.figure(id).map_err(|missing| unknown(missing, lang))?;
            Ok(of.before(id).map(|cell| bare(cell.value)))
        },
    );
    // by_code("activities", "activity", "theme"): the figures of `below` whose last part is a code of a field.
    let of = Arc::clone(&known);
    environment.add_function(
        "by_code",
        move |id: &str, kind: &str, field: &str| -> Result<Vec<String>, Error> {
            let codes = codes_of(kind, field).ok_or_else(|| no_codes(kind, field, lang))?;
            let mut below = of.below(id);
            below.retain(|below| {
                let last = below
                    .strip_prefix(id)
                    .and_then(|rest| rest.strip_prefix('.'));
                codes.iter().any(|code| Some(code.code.as_str()) == last)
            });
            Ok(below)
        },
    );
    // below("visits"): the ids of the non-zero figures below an id, largest first.
    let of = Arc::clone(&known);
    environment.add_function("below", move |id: &str| of.below(id));
    // groups("class"): the groups along a dimension, with key and label.
    let of = Arc::clone(&known);
    environment.add_function("groups", move |dim: &str| -> Result<Value, Error> {
        let split = of.groups(dim).map_err(|missing| unknown(missing, lang))?;
        Ok(Value::from(Serde(&split.groups)))
    });
    // grouped_by("class"): the dimension actually used for the groups; in a public report possibly grade, or none.
    let of = Arc::clone(&known);
    environment.add_function("grouped_by", move |dim: &str| -> Result<String, Error> {
        let split = of.groups(dim).map_err(|missing| unknown(missing, lang))?;
        let dims: Vec<&str> = split.dims.iter().map(|dim| dim.code()).collect();
        Ok(dims.join(","))
    });
    // missing("children.visited"): the members of the denominator that do not count, as a linked number.
    let of = Arc::clone(&known);
    environment.add_function(
        "missing",
        move |id: &str, by: Kwargs| -> Result<Value, Error> {
            let cell = cell(&of, id, &by, lang)?;
            Ok(linked(
                &format!("{MISSING}{}", cell.key),
                &cell.missing_text,
            ))
        },
    );
    // has("visits.home"): whether the figure has a value.
    environment.add_function("has", move |id: &str| known.has(id));
    environment.add_filter("day", move |text: &str| day(text, lang));
    // clause: a sentence without its full stop.
    environment.add_filter("clause", |text: String| {
        text.trim_end()
            .trim_end_matches(['。', '；', '.', ';'])
            .to_owned()
    });
    // quoted: a document title in 《》 or quotation marks, added once.
    environment.add_filter("quoted", move |text: String| match lang {
        Lang::Zh if text.starts_with('《') => text,
        Lang::Zh => format!("《{text}》"),
        Lang::En if text.starts_with(['“', '"', '《']) => text,
        Lang::En => format!("“{text}”"),
    });
    // sentence: a text with a full stop at its end.
    environment.add_filter("sentence", move |text: String| {
        let text = text.trim_end().trim_end_matches(['；', ';', '，', ',']);
        let ends = text.ends_with(['。', '！', '？', '”', '…', '.', '!', '?']);
        // The punctuation follows the language of the text: a Chinese sentence may occur in an English report.
        let is_chinese = text
            .chars()
            .next_back()
            .is_some_and(|last| last >= '\u{2e80}');
        let stop = if is_chinese || lang == Lang::Zh {
            "。"
        } else {
            "."
        };
        format!("{text}{}", if ends { "" } else { stop })
    });
    // said: a quotation in quotation marks, added once.
    environment.add_filter("said", |text: String| {
        let text = text.trim();
        if text.starts_with(['“', '"', '「']) {
            text.to_owned()
        } else {
            // Nested quotation marks are single ones (GB/T 15834).
            format!("“{}”", text.replace('“', "‘").replace('”', "’"))
        }
    });
    // joined: a list joined by the language's comma; any other value unchanged.
    environment.add_filter("joined", move |value: Value| -> Result<String, Error> {
        if value.kind() != ValueKind::Seq {
            return Ok(if value.is_none() {
                String::new()
            } else {
                value.to_string()
            });
        }
        let entries: Vec<String> = value.try_iter()?.map(|entry| entry.to_string()).collect();
        Ok(entries.join(match lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        }))
    });
    // 3 | plural("visit"): 3 visits. A list is counted.
    environment.add_filter(
        "plural",
        |count: Value, one: String, many: Option<String>| {
            let count = count
                .len()
                .map_or_else(|| count.to_string(), |count| count.to_string());
            let word = if count == "1" {
                one
            } else {
                many.unwrap_or_else(|| format!("{one}s"))
            };
            format!("{count} {word}")
        },
    );
    // labels("incident", "situation"): the labels of a field's codes.
    environment.add_function(
        "labels",
        move |kind: &str, field: &str| -> Result<Vec<String>, Error> {
            let codes = codes_of(kind, field).ok_or_else(|| no_codes(kind, field, lang))?;
            Ok(codes
                .iter()
                .map(|code| code.label(lang).to_owned())
                .collect())
        },
    );
    environment.add_filter("numeral", number::chinese);
    environment.add_filter("json", |value: Value| {
        let text = serde_json::to_string(&value).unwrap_or_default();
        Value::from_safe_string(text)
    });
    environment.add_filter("markdown", |text: String| Value::from_safe_string(text));
}

fn unknown(missing: Missing, lang: Lang) -> Error {
    let message = match missing {
        Missing::Figure(found, near) => match near {
            Some(near) => tr!(
                lang,
                "report-template-no-figure-near",
                found = found,
                near = near
            ),
            None => tr!(lang, "report-template-no-figure", found = found),
        },
        Missing::Dimension(found) => {
            let known: Vec<&str> = Dim::ALL.iter().map(|dim| dim.code()).collect();
            tr!(
                lang,
                "report-template-no-dimension",
                found = found,
                known = known.join(", ")
            )
        }
        Missing::Term(found, near) => match near {
            Some(near) => tr!(
                lang,
                "report-template-no-term-near",
                found = found,
                near = near
            ),
            None => tr!(lang, "report-template-no-term", found = found),
        },
        Missing::NotCounted => String::new(),
    };
    Error::new(ErrorKind::InvalidOperation, message)
}

/// The codes of a field that holds one code or a list of them.
fn codes_of(kind: &str, field: &str) -> Option<&'static [CodeWord]> {
    Kind::of_name(kind)?.shape().field(field)?.codes()
}

fn no_codes(kind: &str, field: &str, lang: Lang) -> Error {
    let message = tr!(lang, "report-template-no-codes", kind = kind, field = field);
    Error::new(ErrorKind::InvalidOperation, message)
}

fn linked(key: &str, text: &str) -> Value {
    Value::from_safe_string(document::figure(key, text))
}

fn cell(known: &TemplateFigures, id: &str, by: &Kwargs, lang: Lang) -> Result<Cell, Error> {
    let mut groups = Vec::new();
    for dim in by.args() {
        let key = by.get::<Value>(dim)?;
        // by={"class": key}: for a dimension whose name is in a variable.
        if key.kind() == ValueKind::Map {
            for dim in key.try_iter()? {
                groups.push((dim.to_string(), key.get_item(&dim)?.to_string()));
            }
        } else {
            groups.push((dim.to_owned(), key.to_string()));
        }
    }
    by.assert_all_used()?;
    let found = if groups.is_empty() {
        known.figure(id).cloned()
    } else {
        known.group(id, &groups)
    };
    found.map_err(|missing| unknown(missing, lang))
}

/// Formats a date for reports: 2025年9月1日.
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
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_report_that_is_too_large_says_what_to_do() {
        let template = "{% for _ in range(40) %}{{ text }}{% endfor %}";
        let context = BTreeMap::from([("text", Value::from_safe_string("x".repeat(1 << 20)))]);
        let fault = |lang| {
            let context = Value::from(context.clone());
            let known = Arc::new(TemplateFigures::default());
            let filled = fill("child.en.md", template, context, known, lang);
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

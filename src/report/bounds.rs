//! Template filters with bounds on their arguments: a huge width is cheap to write and takes gigabytes to fill.

use minijinja::value::{Kwargs, Rest, Value, ValueOrKwargs};
use minijinja::{Environment, Error, ErrorKind, State, filters};

/// The maximum width, precision, indentation or number of columns; a line of a report has some eighty cells.
const MAX_WIDTH: usize = 10_000;

/// Replaces the unbounded filters by bounded ones.
pub(super) fn add(environment: &mut Environment<'_>) {
    environment.add_filter("format", format);
    environment.add_filter("indent", indent);
    environment.add_filter(
        "slice",
        |state: &State<'_, '_>, value: Value, count: usize, rest: Option<Value>| {
            checked(count).and_then(|count| filters::slice(state, value, count, rest))
        },
    );
    environment.add_filter(
        "batch",
        |state: &State<'_, '_>, value: Value, count: usize, rest: Option<Value>| {
            checked(count).and_then(|count| filters::batch(state, value, count, rest))
        },
    );
}

fn checked(width: usize) -> Result<usize, Error> {
    if width > MAX_WIDTH {
        let message = format!("the width {width} is greater than {MAX_WIDTH}");
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    Ok(width)
}

fn format(
    state: &mut State<'_, '_>,
    text: &Value,
    arguments: Rest<ValueOrKwargs>,
) -> Result<Value, Error> {
    let pattern = text.as_str().unwrap_or_default();
    for digits in pattern.split(|c: char| !c.is_ascii_digit()) {
        if !digits.is_empty() {
            checked(digits.parse().unwrap_or(usize::MAX))?;
        }
    }
    // A `*` takes its width from the arguments.
    if pattern.contains('*') {
        for argument in arguments.iter() {
            if let Ok(width) = i64::try_from((**argument).clone()) {
                checked(usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX))?;
            }
        }
    }
    filters::format(state, text, arguments)
}

fn indent(
    text: String,
    width: Option<usize>,
    first: Option<bool>,
    blank: Option<bool>,
    named: Kwargs,
) -> Result<Value, Error> {
    let width = match width {
        Some(width) => width,
        None => named.get::<Option<usize>>("width")?.unwrap_or(4),
    };
    let indentation = " ".repeat(checked(width)?);
    let first = first.or(named.get("first")?).unwrap_or(false);
    let blank = blank.or(named.get("blank")?).unwrap_or(false);
    named.assert_all_used()?;
    let lines = text.split('\n').enumerate().map(|(at, line)| {
        let is_plain = (at == 0 && !first) || (line.is_empty() && !blank);
        if is_plain {
            line.to_owned()
        } else {
            format!("{indentation}{line}")
        }
    });
    Ok(Value::from(lines.collect::<Vec<_>>().join("\n")))
}

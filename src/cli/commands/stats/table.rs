//! Figures as tables for people and as rows for spreadsheets.

use serde_json::Value as Json;

use crate::analysis::breakdown::{self, Dim, Group, Grouped, Key};
use crate::analysis::caseload;
use crate::analysis::compare;
use crate::analysis::figures::{Figure, Figures, Value};
use crate::analysis::statement::{Number, Pair, Statement};
use crate::cli::shared::sheet::{Cell, Column, Sheet};
use crate::model::Code;
use crate::text::number::share;
use crate::text::{Lang, lang};
use crate::tr;

/// The maximum number of groups shown as columns; more are shown as rows.
const MAX_GROUP_COLUMNS: usize = 8;

/// The figures shown by group by default.
const DEFAULT_FIGURES: &[&str] = &[
    "children",
    "children.paired",
    "children.visited",
    "children.assessed",
    "children.aided",
    "pairings",
    "visits",
    "visits.on-time",
    "follow-ups.done",
    "activities",
    "aid",
    "awards",
    "incidents",
];

/// Describes the date range and the definition.
pub(super) fn head(figures: &Figures<'_>, before: Option<&Figures<'_>>, lang: Lang) -> String {
    let days = |figures: &Figures<'_>| {
        let basis = figures.basis();
        let name = basis.term().map(|term| term.name.clone());
        let (from, until) = (basis.scope.from.to_string(), basis.scope.until.to_string());
        match name {
            Some(name) => tr!(lang, "stats-days", name = name, from = from, until = until),
            None => tr!(lang, "stats-days-alone", from = from, until = until),
        }
    };
    let scope = figures.basis().scope;
    let mut text = tr!(
        lang,
        "stats-head",
        days = days(figures).trim().to_owned(),
        day = scope.as_of.to_string(),
        definition = scope.definition.label().get(lang)
    );
    if let Some(before) = before {
        text += &tr!(
            lang,
            "stats-head-before",
            days = days(before).trim().to_owned()
        );
    }
    text
}

fn share_of(value: Value) -> Option<String> {
    value.share().map(|share| share.to_string())
}

fn json(number: &Number) -> Json {
    serde_json::to_value(number).unwrap_or(Json::Null)
}

fn number_cell(value: Option<i64>, figure: &Figure) -> Cell {
    value.map_or(Cell::plain(Json::Null), |value| {
        Cell::new(figure.number(value), json(&Number::of(value, figure)))
    })
}

/// A table column with its name from the catalogue.
fn column(key: &str, language: Lang) -> Column {
    Column::new(
        key,
        lang::message(language, &format!("stats-column-{key}"), &[]),
    )
}

/// One figure per row, with the compared value; a table for each section.
pub(super) fn overview(
    figures: &Figures<'_>,
    before: Option<&Figures<'_>>,
    wanted: &dyn Fn(&Figure) -> bool,
    all: bool,
    lang: Lang,
) -> Vec<(&'static str, Sheet)> {
    let mut columns = vec![
        column("id", lang),
        column("label", lang),
        column("value", lang).number(),
        column("unit", lang),
        column("of", lang).number(),
        column("share", lang).number(),
    ];
    if before.is_some() {
        columns.push(column("before", lang).number());
        columns.push(column("before-share", lang).number());
        columns.push(column("change", lang).number());
    }
    let empty = || Cell::plain(Json::Null);
    let row = |figure: &Figure, value: Option<Value>| {
        vec![
            Cell::plain(figure.id.as_str()),
            Cell::plain(figure.label.get(lang)),
            number_cell(value.map(|value| value.value), figure),
            Cell::plain(figure.unit.label().get(lang)),
            number_cell(value.and_then(|value| value.of), figure),
            value.and_then(share_of).map_or_else(empty, Cell::plain),
        ]
    };
    let mut rows: Vec<(&'static str, Vec<Cell>)> = Vec::new();
    if let Some(before) = before {
        for change in compare::changes(figures, before) {
            let figure = change.figure;
            if !wanted(figure) {
                continue;
            }
            let mut row = row(figure, change.now);
            row.push(number_cell(
                change.before.map(|before| before.value),
                figure,
            ));
            let share = change.before.and_then(share_of);
            row.push(share.map_or_else(empty, Cell::plain));
            row.push(change.difference().map_or_else(empty, |more| {
                let sign = if more > 0 { "+" } else { "" };
                Cell::plain(format!("{sign}{}", figure.number(more)))
            }));
            rows.push((figure.section.get(lang), row));
        }
    } else {
        let found = figures.all().filter(|(figure, _)| wanted(figure));
        rows.extend(found.map(|(figure, value)| (figure.section.get(lang), row(figure, value))));
    }
    // A section without any values is left out.
    let is_something = |row: &[Cell]| {
        let numbers = [2, 4].map(|at: usize| &row[at].value);
        numbers
            .iter()
            .any(|number| !number.is_null() && **number != 0)
    };
    let sections = rows.chunk_by(|a, b| a.0 == b.0);
    let sections = sections.filter(|rows| all || rows.iter().any(|(_, row)| is_something(row)));
    let sections = sections.map(|rows| {
        let sheet = Sheet {
            columns: columns.clone(),
            rows: rows.iter().map(|(_, row)| row.clone()).collect(),
        };
        (rows[0].0, sheet)
    });
    sections.collect()
}

/// Merges the tables of several sections, so that their columns are aligned.
pub(super) fn under_headings(sections: Vec<(&'static str, Sheet)>) -> Sheet {
    let is_one = sections.len() == 1;
    let mut whole = Sheet::default();
    for (title, sheet) in sections {
        let line = |text: String| {
            let rest = sheet.columns.iter().skip(1).map(|_| Cell::plain(""));
            std::iter::once(Cell::plain(text)).chain(rest).collect()
        };
        if !is_one {
            if !whole.rows.is_empty() {
                whole.rows.push(line(String::new()));
            }
            whole.rows.push(line(format!("■ {title}")));
        }
        whole.rows.extend(sheet.rows);
        whole.columns = sheet.columns;
    }
    whole
}

/// Formats a value briefly: `4`, or `4/6` with a denominator.
fn brief(value: Value, figure: &Figure) -> String {
    let number = figure.number(value.value);
    match value.of {
        Some(of) => format!("{number}/{}", figure.number(of)),
        None => number,
    }
}

/// Figures by group: figures as rows if there are few groups, otherwise groups as rows.
pub(super) fn groups(
    figures: &Figures<'_>,
    dims: &[Dim],
    wanted: &dyn Fn(&Figure) -> bool,
    all: bool,
    lang: Lang,
) -> Sheet {
    let split = breakdown::groups(figures, dims, wanted);
    let mut keys: Vec<&[Key<'_>]> = Vec::new();
    for grouped in &split {
        keys.extend(grouped.groups.iter().map(|group| &*group.key));
    }
    keys.sort_unstable();
    keys.dedup();
    let label = |key: &[Key<'_>]| {
        let labels = dims.iter().zip(key);
        let labels: Vec<_> = labels
            .map(|(dim, key)| key.label(*dim, figures.basis(), lang))
            .collect();
        labels.join(&tr!(lang, "stats-join"))
    };
    if keys.len() <= MAX_GROUP_COLUMNS {
        return across(figures, dims, &split, &keys, &label, lang);
    }
    let is_main = |id: &str| DEFAULT_FIGURES.contains(&id) || id.starts_with("duty.");
    let several = split.len() > MAX_GROUP_COLUMNS && !all;
    let shown: Vec<_> = split
        .iter()
        .filter(|grouped| !several || is_main(&grouped.id))
        .filter_map(|grouped| Some((figures.figure(&grouped.id)?, grouped)))
        .collect();
    let of_dims: Vec<_> = dims.iter().map(|dim| dim.label().get(lang)).collect();
    let mut columns = vec![Column::new("group", of_dims.join(&tr!(lang, "stats-join")))];
    columns.extend(
        shown
            .iter()
            .map(|(figure, _)| Column::new(&*figure.id, figure.label.get(lang)).number()),
    );
    let rows = keys.iter().map(|key| {
        let mut row = vec![Cell::plain(label(key))];
        row.extend(shown.iter().map(|(figure, grouped)| {
            let value = value_of(grouped, key);
            Cell::plain(value.map_or_else(String::new, |value| brief(value, figure)))
        }));
        row
    });
    Sheet {
        rows: rows.collect(),
        columns,
    }
}

fn value_of(grouped: &Grouped<'_>, key: &[Key<'_>]) -> Option<Value> {
    let found = grouped.groups.iter().find(|group| group.key == key);
    found.map(|group| group.value)
}

fn across(
    figures: &Figures<'_>,
    dims: &[Dim],
    split: &[Grouped<'_>],
    keys: &[&[Key<'_>]],
    label: &dyn Fn(&[Key<'_>]) -> String,
    lang: Lang,
) -> Sheet {
    let is_time = matches!(dims, [dim] if dim.is_time());
    let mut columns = vec![column("id", lang), column("label", lang)];
    columns.extend(
        keys.iter()
            .map(|key| Column::new("group", label(key)).number()),
    );
    columns.push(if is_time {
        column("trend", lang)
    } else {
        column("total", lang).number()
    });
    let rows = split.iter().filter_map(|grouped| {
        let figure = figures.figure(&grouped.id)?;
        let mut row = vec![
            Cell::plain(figure.id.as_str()),
            Cell::plain(figure.label.get(lang)),
        ];
        row.extend(keys.iter().map(|key| {
            let value = value_of(grouped, key);
            Cell::plain(value.map_or_else(String::new, |value| brief(value, figure)))
        }));
        row.push(Cell::plain(if is_time {
            sparkline(&grouped.groups)
        } else {
            brief(figures.value(&figure.id)?, figure)
        }));
        Some(row)
    });
    Sheet {
        rows: rows.collect(),
        columns,
    }
}

/// A sparkline of values, relative to the largest; of shares if there is a denominator.
fn sparkline(groups: &[Group<'_>]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let heights: Vec<i64> = groups
        .iter()
        .map(|group| match group.value.of {
            Some(_) => group.value.share().map_or(0, |share| share.0.cast_signed()),
            None => group.value.value.max(0),
        })
        .collect();
    let most = heights.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return String::new();
    }
    let bar = |height: &i64| {
        let step = (height * 7 + most / 2) / most;
        BARS[usize::try_from(step).unwrap_or(0).min(7)]
    };
    heights.iter().map(bar).collect()
}

/// One row for each figure, or for each group of each figure, for spreadsheets.
pub(super) fn rows(statement: &Statement, lang: Lang) -> Sheet {
    let by_groups = statement.figures.iter().any(|row| row.groups.is_some());
    let compared = statement.compared.is_some();
    let mut keys = vec!["id", "label"];
    if by_groups {
        keys.extend(["key", "group"]);
    }
    keys.extend(["value", "of", "share", "unit"]);
    if compared {
        keys.extend(["before", "before-of", "change"]);
    }
    let columns = keys.iter().map(|key| column(key, lang)).collect();
    let numbers = |pair: &Pair| {
        let number = |number: &Option<Number>| number.as_ref().map_or(Json::Null, json);
        let of = number(&pair.of);
        [
            Cell::plain(number(&pair.value)),
            Cell::plain(of),
            share_cell(pair),
        ]
    };
    let mut all = Vec::new();
    for row in &statement.figures {
        let names = || vec![Cell::plain(&*row.id), Cell::plain(&*row.label)];
        let mut line = names();
        if by_groups {
            line.extend([Cell::plain(""), Cell::plain("")]);
        }
        line.extend(numbers(&row.number));
        line.push(Cell::plain(row.unit));
        if compared {
            let before = row.before.as_ref();
            let number = |number: Option<&Number>| number.map_or(Json::Null, json);
            let value = before.and_then(|pair| pair.value.as_ref());
            let of = before.and_then(|pair| pair.of.as_ref());
            line.push(Cell::plain(number(value)));
            line.push(Cell::plain(number(of)));
            line.push(Cell::plain(number(row.change.as_ref())));
        }
        let width = line.len();
        all.push(line);
        for group in row.groups.iter().flatten() {
            let mut line = names();
            line.extend([Cell::plain(&*group.key), Cell::plain(&*group.label)]);
            line.extend(numbers(&group.number));
            line.push(Cell::plain(row.unit));
            line.resize(width, Cell::plain(Json::Null));
            all.push(line);
        }
    }
    Sheet { columns, rows: all }
}

fn share_cell(pair: &Pair) -> Cell {
    let whole = |number: &Number| match number {
        Number::Count(number) => u64::try_from(*number).ok(),
        Number::Yuan(_) | Number::Mean(_) => None,
    };
    let of = pair.of.as_ref().and_then(whole);
    let share = of
        .zip(pair.value.as_ref().and_then(whole))
        .and_then(|(of, value)| share(value, of));
    share.map_or(Cell::plain(Json::Null), |share| {
        Cell::plain(share.to_string())
    })
}

/// The work of each helper, in a table that fits a terminal.
pub(super) fn helpers_in_brief(figures: &Figures<'_>, lang: Lang) -> Sheet {
    let columns = vec![
        column("name", lang),
        column("role", lang),
        column("caseload", lang).number(),
        column("visits", lang).number(),
        column("duties", lang).number(),
        column("on-time", lang).number(),
        column("follow-ups", lang).number(),
        column("exceeded", lang),
    ];
    let part = |value: Value| match value.of.unwrap_or(0) {
        0 => String::new(),
        of => format!("{}/{of}", value.value),
    };
    let rows = caseload::caseloads(figures).into_iter().map(|of| {
        let exceeded = of.exceeded.iter().map(|role| role.label().get(lang));
        let exceeded: Vec<_> = exceeded.collect();
        vec![
            Cell::plain(&*of.helper.name),
            Cell::plain(of.helper.role.label().get(lang)),
            Cell::plain(of.pairings),
            Cell::plain(of.visits),
            Cell::plain(part(of.duties)),
            Cell::plain(part(of.on_time)),
            Cell::plain(part(of.follow_ups)),
            Cell::plain(exceeded.join(&tr!(lang, "stats-join"))),
        ]
    });
    Sheet {
        rows: rows.collect(),
        columns,
    }
}

/// The work of each helper.
pub(super) fn helpers(figures: &Figures<'_>, lang: Lang) -> Sheet {
    let parts = |key: &str| {
        [
            column(key, lang).number(),
            column(&format!("{key}-of"), lang).number(),
            column(&format!("{key}-share"), lang).number(),
        ]
    };
    let mut columns = vec![
        column("helper", lang),
        column("name", lang),
        column("role", lang),
        column("caseload", lang).number(),
        column("exceeded", lang),
        column("visits", lang).number(),
    ];
    for key in ["duties", "on-time", "follow-ups"] {
        columns.extend(parts(key));
    }
    let value_cells = |value: Value| {
        [
            Cell::plain(value.value),
            Cell::plain(value.of.unwrap_or(0)),
            share_of(value).map_or(Cell::plain(Json::Null), Cell::plain),
        ]
    };
    let rows = caseload::caseloads(figures).into_iter().map(|of| {
        let labels: Vec<_> = of
            .exceeded
            .iter()
            .map(|role| role.label().get(lang))
            .collect();
        let codes: Vec<_> = of.exceeded.iter().map(|role| role.code()).collect();
        let mut row = vec![
            Cell::plain(of.helper.id.to_string()),
            Cell::plain(&*of.helper.name),
            Cell::new(of.helper.role.label().get(lang), of.helper.role.code()),
            Cell::plain(of.pairings),
            Cell::new(labels.join(&tr!(lang, "stats-join")), codes),
            Cell::plain(of.visits),
        ];
        for value in [of.duties, of.on_time, of.follow_ups] {
            row.extend(value_cells(value));
        }
        row
    });
    Sheet {
        rows: rows.collect(),
        columns,
    }
}

//! What is due as text for a terminal: a block for each group, in columns.

use std::fmt::Write;

use chrono::NaiveDate;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};

use super::names;
use super::rows::{Row, Words};
use crate::analysis::due::{Group, Item};
use crate::cli::shared::sheet::{Cell, Column, Sheet, Texts};
use crate::model::Code;
use crate::text::Lang;
use crate::text::lang::message;
use crate::tr;

/// So many children are named in a line about what they all lack.
const NAMED: usize = 12;

/// The blocks of the groups, each below its heading; within a terminal's width where there is one.
pub(crate) fn blocks(
    items: &[Item<'_>],
    words: &Words<'_>,
    width: Option<u16>,
) -> impl Iterator<Item = (String, String)> {
    let groups = items.chunk_by(|a, b| a.matter.group() == b.matter.group());
    groups.map(move |items| {
        let rows: Vec<Row> = items.iter().map(|item| words.row(item)).collect();
        let block = block(&rows, words.today, words.lang, width);
        (heading(&rows, words.lang), block)
    })
}

fn heading(rows: &[Row], lang: Lang) -> String {
    let overdue = rows.iter().filter(|row| row.overdue).count();
    let group = rows[0].group.label().get(lang);
    match overdue {
        0 => tr!(lang, "due-group", group = group, count = rows.len()),
        _ => tr!(
            lang,
            "due-group-overdue",
            group = group,
            count = rows.len(),
            overdue = overdue
        ),
    }
}

fn block(rows: &[Row], today: NaiveDate, lang: Lang, width: Option<u16>) -> String {
    match rows[0].group {
        Group::Unpaired | Group::Unassessed | Group::NoGuardianPhone => by_class(rows, lang),
        _ => columns(rows, today, lang, width),
    }
}

/// A line for each class with the names of its children.
fn by_class(rows: &[Row], lang: Lang) -> String {
    let mut text = String::new();
    for of_class in rows.chunk_by(|a, b| a.class_labels == b.class_labels) {
        let children: Vec<_> = of_class
            .iter()
            .flat_map(|row| row.children.clone())
            .collect();
        let named = names(&children[..children.len().min(NAMED)], lang);
        let named = match children.len() > NAMED {
            true => tr!(lang, "due-and-more", names = named, count = children.len()),
            false => named,
        };
        let class = of_class[0].class_labels.join(&tr!(lang, "due-comma"));
        let gap = if class.is_empty() { "" } else { "  " };
        let _ = writeln!(text, "  {class}{gap}{named}");
    }
    text
}

fn columns(rows: &[Row], today: NaiveDate, lang: Lang, width: Option<u16>) -> String {
    let comma = tr!(lang, "due-comma");
    let cells = rows.iter().map(|row| {
        [
            when(row, today, lang),
            row.title.clone(),
            names(&row.children, lang),
            row.class_labels.join(&comma),
            names(&row.helpers, lang),
            row.note.clone(),
        ]
    });
    let cells: Vec<[String; 6]> = cells.collect();
    let filled: Vec<usize> = (0..6)
        .filter(|column| cells.iter().any(|row| !row[*column].is_empty()))
        .collect();
    let rows = cells.into_iter().map(|mut row| {
        let texts = filled
            .iter()
            .map(|column| std::mem::take(&mut row[*column]));
        texts
            .map(|text| text.replace('\n', " "))
            .collect::<Vec<_>>()
    });
    // One cell is for the space before each line.
    match width.and_then(|width| width.checked_sub(1)) {
        Some(width) => fitted(rows, width),
        None => padded(rows),
    }
}

fn fitted(rows: impl Iterator<Item = Vec<String>>, width: u16) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_width(width);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.add_rows(rows);
    if let Some(first) = table.column_mut(0) {
        first.set_constraint(ColumnConstraint::ContentWidth);
    }
    let mut text = String::new();
    for line in table.lines() {
        let _ = writeln!(text, " {}", line.trim_end());
    }
    text
}

fn padded(rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut texts = Texts::default();
    rows.for_each(|row| texts.push(row.into_iter()));
    let mut text = String::new();
    // To a text in memory everything can be written.
    let _ = texts.lay_out(2, |_, _| {}, |line| Ok(writeln!(text, " {line}")?));
    text
}

/// All rows as one table, each with its group.
pub(crate) fn sheet(rows: impl Iterator<Item = Row>, today: NaiveDate, lang: Lang) -> Sheet {
    let comma = tr!(lang, "due-comma");
    let columns = [
        "group", "day", "title", "children", "classes", "helpers", "note",
    ];
    Sheet {
        columns: columns
            .iter()
            .map(|key| Column::new(*key, message(lang, &format!("due-column-{key}"), &[])))
            .collect(),
        rows: rows
            .map(|row| {
                let cells = [
                    row.group.label().get(lang).to_owned(),
                    when(&row, today, lang),
                    row.title,
                    names(&row.children, lang),
                    row.class_labels.join(&comma),
                    names(&row.helpers, lang),
                    row.note,
                ];
                cells.into_iter().map(Cell::plain).collect()
            })
            .collect(),
    }
}

fn when(row: &Row, today: NaiveDate, lang: Lang) -> String {
    let Some(day) = row.day.map(|day| day.0) else {
        return String::new();
    };
    let (text, days) = (day.to_string(), (day - today).num_days());
    match days {
        _ if row.group == Group::PastRetention => text,
        ..0 => tr!(lang, "due-overdue", day = text, days = -days),
        0 => tr!(lang, "due-today"),
        _ => tr!(lang, "due-in-days", day = text, days = days),
    }
}

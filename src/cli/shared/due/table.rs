//! What is due as text for a terminal: a block for each group, in columns.

use std::fmt::Write;

use chrono::NaiveDate;
use comfy_table::{Cell as TableCell, Color, ColumnConstraint, ContentArrangement, Table, presets};

use super::names;
use super::rows::{By, Row, Words, missing_words};
use crate::analysis::due::{Group, Item};
use crate::cli::shared::sheet::{Cell, Column, Sheet};
use crate::model::{Code, Id};
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
    is_coloured: bool,
) -> Vec<(String, String)> {
    let layout = Layout {
        today: words.today,
        lang: words.lang,
        width,
        is_coloured,
    };
    let groups = items.chunk_by(|a, b| a.matter.group() == b.matter.group());
    groups
        .map(|items| {
            let rows: Vec<Row> = items.iter().map(|item| words.row(item)).collect();
            (heading(&rows, words.lang), layout.block(&rows))
        })
        .collect()
}

fn heading(rows: &[Row], lang: Lang) -> String {
    let overdue = rows.iter().filter(|row| row.overdue).count();
    let group = rows[0].group.label().get(lang);
    if overdue == 0 || overdue == rows.len() && rows[0].group == Group::Contact {
        return tr!(lang, "due-group", group = group, count = rows.len());
    }
    tr!(
        lang,
        "due-group-overdue",
        group = group,
        count = rows.len(),
        overdue = overdue
    )
}

/// How many things are due and overdue, in which groups.
pub(crate) fn total(items: &[Item<'_>], today: NaiveDate, lang: Lang) -> String {
    let overdue = items.iter().filter(|item| item.is_overdue(today));
    let count = overdue.count();
    if count == 0 {
        return tr!(lang, "due-total", count = items.len());
    }
    let groups = items.chunk_by(|a, b| a.matter.group() == b.matter.group());
    let of_groups = groups.filter_map(|items| {
        let overdue = items.iter().filter(|item| item.is_overdue(today)).count();
        let group = items[0].matter.group().label().get(lang);
        (overdue > 0).then(|| format!("{group} {overdue}"))
    });
    let of_groups: Vec<String> = of_groups.collect();
    tr!(
        lang,
        "due-total-overdue",
        count = items.len(),
        overdue = count,
        groups = of_groups.join(&tr!(lang, "due-comma"))
    )
}

/// How blocks are laid out.
struct Layout {
    today: NaiveDate,
    lang: Lang,
    width: Option<u16>,
    is_coloured: bool,
}

/// A line of a table.
struct Line {
    is_overdue: bool,
    cells: Vec<String>,
}

impl Layout {
    fn block(&self, rows: &[Row]) -> String {
        match rows[0].group {
            Group::Unpaired | Group::Unassessed | Group::NoGuardianPhone => {
                by_class(rows, self.lang)
            }
            Group::Duty => self.duties(rows),
            Group::Contact | Group::ContactSoon => {
                self.lay_out(1, rows.iter().map(|row| self.contact(row)).collect())
            }
            _ => self.lay_out(1, rows.iter().map(|row| self.line(row)).collect()),
        }
    }

    fn line(&self, row: &Row) -> Line {
        let comma = tr!(self.lang, "due-comma");
        Line {
            is_overdue: row.overdue,
            cells: vec![
                row.handle.clone().unwrap_or_default(),
                when(row, self.today, self.lang),
                row.title.clone(),
                names(&row.children, self.lang),
                row.class_labels.join(&comma),
                names(&row.helpers, self.lang),
                row.note.clone(),
            ],
        }
    }

    fn contact(&self, row: &Row) -> Line {
        let comma = tr!(self.lang, "due-comma");
        let (days, risk) = match &row.gap {
            Some(gap) => {
                let (days, bound) = (gap.days, gap.bound);
                let days = tr!(self.lang, "due-gap-short", days = days, bound = bound);
                (days, gap.risk_label.clone())
            }
            None => (row.title.clone(), String::new()),
        };
        Line {
            is_overdue: row.overdue,
            cells: vec![
                days,
                risk,
                names(&row.children, self.lang),
                row.class_labels.join(&comma),
                names(&row.helpers, self.lang),
                row.note.clone(),
            ],
        }
    }

    /// A block for each duty; below it a line for each day and helper, or class, with the children.
    fn duties(&self, rows: &[Row]) -> String {
        let mut text = String::new();
        for rows in rows.chunk_by(|a, b| a.duty == b.duty) {
            let mut lines: Vec<(&Row, Vec<&Row>)> = Vec::new();
            for row in rows {
                let is_alike = |(first, _): &&mut (&Row, Vec<&Row>)| {
                    let helpers = |row: &Row| -> Vec<Id> {
                        row.helpers.iter().map(|helper| helper.id).collect()
                    };
                    let is_of_same = match row.by {
                        By::Helper => helpers(row) == helpers(first),
                        By::Class => row.class_labels == first.class_labels,
                        By::Nobody => true,
                    };
                    is_of_same
                        && first.day.map(|day| day.0) == row.day.map(|day| day.0)
                        && first.missing == row.missing
                        && first.periods.len() == row.periods.len()
                };
                match lines.iter_mut().find(is_alike) {
                    Some((_, others)) => others.push(row),
                    None => lines.push((row, vec![row])),
                }
            }
            let day = |row: &Row| row.day.map(|day| day.0);
            let is_one_day = lines.len() > 1 && rows.iter().all(|row| day(row) == day(&rows[0]));
            let mut lines: Vec<Line> = lines
                .iter()
                .map(|(first, rows)| self.duty(first, rows))
                .collect();
            let title = &rows[0].title;
            if is_one_day {
                let when = when(&rows[0], self.today, self.lang);
                let _ = writeln!(text, "  {title}  {when}");
                for line in &mut lines {
                    line.cells.remove(0);
                }
            } else {
                let _ = writeln!(text, "  {title}");
            }
            text += &self.lay_out(3, lines);
        }
        text
    }

    fn duty(&self, first: &Row, rows: &[&Row]) -> Line {
        let comma = tr!(self.lang, "due-comma");
        let children: Vec<_> = rows.iter().flat_map(|row| row.children.clone()).collect();
        let mut classes: Vec<&str> = Vec::new();
        for class in rows.iter().flat_map(|row| &row.class_labels) {
            if !classes.contains(&class.as_str()) {
                classes.push(class);
            }
        }
        let by = match first.by {
            By::Helper => names(&first.helpers, self.lang),
            By::Class | By::Nobody => classes.join(&comma),
        };
        let note = match rows {
            [only] => only.note.clone(),
            _ => missing_words(
                self.lang,
                first.missing.unwrap_or_default(),
                first.periods.len(),
            ),
        };
        Line {
            is_overdue: first.overdue,
            cells: vec![
                when(first, self.today, self.lang),
                by,
                names(&children, self.lang),
                note,
            ],
        }
    }

    /// The lines as a table without columns that are empty, so many spaces from the edge.
    fn lay_out(&self, spaces: u16, lines: Vec<Line>) -> String {
        let columns = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
        let filled: Vec<usize> = (0..columns)
            .filter(|column| lines.iter().any(|line| !line.cells[*column].is_empty()))
            .collect();
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        match self.width.and_then(|width| width.checked_sub(spaces)) {
            Some(width) => {
                table.set_width(width);
                table.set_content_arrangement(ContentArrangement::Dynamic);
            }
            None => {
                table.set_content_arrangement(ContentArrangement::Disabled);
            }
        }
        if self.is_coloured {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        for line in lines {
            let last = filled.last().copied();
            let cells = filled.iter().map(|column| {
                let cell = TableCell::new(line.cells[*column].replace('\n', " "));
                // Of a coloured cell the spaces at the end of the line would stay.
                let is_last = last == Some(*column);
                if line.is_overdue && self.is_coloured && !is_last {
                    cell.fg(Color::Red)
                } else {
                    cell
                }
            });
            table.add_row(cells);
        }
        // A handle and a day are never broken.
        for column in table.column_iter_mut().take(2) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        let indent = " ".repeat(usize::from(spaces));
        let mut text = String::new();
        for line in table.lines() {
            let _ = writeln!(text, "{indent}{}", line.trim_end());
        }
        text
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
        let named = if children.len() > NAMED {
            tr!(lang, "due-and-more", names = named, count = children.len())
        } else {
            named
        };
        let class = of_class[0].class_labels.join(&tr!(lang, "due-comma"));
        let gap = if class.is_empty() { "" } else { "  " };
        let _ = writeln!(text, "  {class}{gap}{named}");
    }
    text
}

/// All rows as one table, each with its group.
pub(crate) fn sheet(rows: impl Iterator<Item = Row>, today: NaiveDate, lang: Lang) -> Sheet {
    let comma = tr!(lang, "due-comma");
    let columns = [
        "group", "handle", "day", "title", "children", "classes", "helpers", "note",
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
                    row.handle.clone().unwrap_or_default(),
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

//! Due items as text for a terminal: a block for each group, in columns.

use std::collections::HashMap;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde_json::Value;

use super::rows::{Day, DueRow, DueWords, DutyGrouping, Person, missing_words, names};
use crate::analysis::due::{DueItem, Group};
use crate::cli::shared::sheet::Overflow;
use crate::cli::shared::sheet::layout::{Layout, Style};
use crate::cli::shared::sheet::{Cell, Column, Sheet, Target};
use crate::model::{Code, Id, Kind};
use crate::text::lang::message;
use crate::text::{Lang, sanitize};
use crate::tr;

/// The maximum number of children named in a line about what they all lack.
const MAX_NAMED: usize = 12;

/// Prints a block for each group, wrapped to the width of a terminal.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn print(
    items: &[DueItem<'_>],
    words: &DueWords<'_>,
    target: &mut Target<'_>,
) -> io::Result<()> {
    let blocks = Blocks {
        today: words.today,
        lang: words.lang,
    };
    for items in items.chunk_by(|a, b| a.reason.group() == b.reason.group()) {
        let rows: Vec<DueRow> = items.iter().map(|item| words.row(item)).collect();
        let style = if target.is_coloured {
            Style::Header.ansi()
        } else {
            Style::Plain.ansi()
        };
        let heading = heading(&rows, words.lang);
        writeln!(target.out, "\n{style}{heading}{style:#}")?;
        blocks.print(&rows, target)?;
    }
    Ok(())
}

fn heading(rows: &[DueRow], lang: Lang) -> String {
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

/// Summarises how many items are due and overdue, by group.
pub(crate) fn total(items: &[DueItem<'_>], today: NaiveDate, lang: Lang) -> String {
    let overdue = items.iter().filter(|item| item.is_overdue(today));
    let count = overdue.count();
    if count == 0 {
        return tr!(lang, "due-total", count = items.len());
    }
    let groups = items.chunk_by(|a, b| a.reason.group() == b.reason.group());
    let of_groups = groups.filter_map(|items| {
        let overdue = items.iter().filter(|item| item.is_overdue(today)).count();
        let group = items[0].reason.group().label().get(lang);
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

/// What the texts of blocks depend on.
struct Blocks {
    today: NaiveDate,
    lang: Lang,
}

/// A line of a table.
struct Line {
    is_overdue: bool,
    cells: Vec<String>,
}

/// What the rows of a duty merged into one line have in common.
#[derive(PartialEq, Eq, Hash)]
struct DutyLine<'r> {
    helpers: Vec<Id>,
    classes: &'r [String],
    day: Option<NaiveDate>,
    missing: Option<u32>,
    periods: usize,
}

impl DutyLine<'_> {
    fn of(row: &DueRow) -> DutyLine<'_> {
        let helpers = row
            .helpers
            .iter()
            .filter(|_| row.by == DutyGrouping::Helper);
        DutyLine {
            helpers: helpers.map(|helper| helper.id).collect(),
            classes: match row.by {
                DutyGrouping::Class => &row.class_labels,
                DutyGrouping::Helper | DutyGrouping::Nobody => &[],
            },
            day: row.day.map(|day| day.0),
            missing: row.missing,
            periods: row.periods.len(),
        }
    }
}

impl Blocks {
    fn print(&self, rows: &[DueRow], target: &mut Target<'_>) -> io::Result<()> {
        let lines: Vec<Line> = match rows[0].group {
            Group::Unpaired | Group::Unassessed | Group::NoGuardianPhone => {
                return by_class(rows, self.lang, target.out);
            }
            Group::Duty => return self.duties(rows, target),
            Group::Contact | Group::ContactSoon => {
                rows.iter().map(|row| self.contact(row)).collect()
            }
            _ => rows.iter().map(|row| self.line(row)).collect(),
        };
        lay_out(2, &lines, target)
    }

    fn line(&self, row: &DueRow) -> Line {
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

    fn contact(&self, row: &DueRow) -> Line {
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

    /// Prints a block for each duty, with a line for each day and helper or class, listing the children.
    fn duties(&self, rows: &[DueRow], target: &mut Target<'_>) -> io::Result<()> {
        for rows in rows.chunk_by(|a, b| a.duty == b.duty) {
            let mut lines: Vec<(&DueRow, Vec<&DueRow>)> = Vec::new();
            let mut line_of: HashMap<DutyLine<'_>, usize> = HashMap::new();
            for row in rows {
                let at = *line_of.entry(DutyLine::of(row)).or_insert(lines.len());
                match lines.get_mut(at) {
                    Some((_, others)) => others.push(row),
                    None => lines.push((row, vec![row])),
                }
            }
            let day = |row: &DueRow| row.day.map(|day| day.0);
            let is_one_day = lines.len() > 1 && rows.iter().all(|row| day(row) == day(&rows[0]));
            let mut lines: Vec<Line> = lines
                .iter()
                .map(|(first, rows)| self.duty(first, rows))
                .collect();
            let title = &rows[0].title;
            if is_one_day {
                let when = when(&rows[0], self.today, self.lang);
                writeln!(target.out, "  {title}  {when}")?;
                for line in &mut lines {
                    line.cells.remove(0);
                }
            } else {
                writeln!(target.out, "  {title}")?;
            }
            lay_out(4, &lines, target)?;
        }
        Ok(())
    }

    fn duty(&self, first: &DueRow, rows: &[&DueRow]) -> Line {
        let comma = tr!(self.lang, "due-comma");
        let children: Vec<_> = rows.iter().flat_map(|row| row.children.clone()).collect();
        let mut classes: Vec<&str> = Vec::new();
        for class in rows.iter().flat_map(|row| &row.class_labels) {
            if !classes.contains(&class.as_str()) {
                classes.push(class);
            }
        }
        let by = match first.by {
            DutyGrouping::Helper => names(&first.helpers, self.lang),
            DutyGrouping::Class | DutyGrouping::Nobody => classes.join(&comma),
        };
        let note = match rows {
            [only] => only.note.clone(),
            _ => missing_words(
                self.lang,
                first.kind.unwrap_or(Kind::Visit),
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
}

/// Prints lines as a table without empty columns, indented. The handle and the day, in the first two columns, are
/// never wrapped.
fn lay_out(indent: usize, lines: &[Line], target: &mut Target<'_>) -> io::Result<()> {
    let columns = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    let filled: Vec<usize> = (0..columns)
        .filter(|column| lines.iter().any(|line| !line.cells[*column].is_empty()))
        .collect();
    let fits = (0..filled.len()).map(|at| {
        if at < 2 {
            Overflow::Whole
        } else {
            Overflow::Names
        }
    });
    let mut layout = Layout::new(fits.collect());
    for line in lines {
        let style = if line.is_overdue {
            Style::Overdue
        } else {
            Style::Plain
        };
        layout.push(
            style,
            filled
                .iter()
                .map(|column| line.cells[*column].replace('\n', " ")),
        );
    }
    layout.print(target, indent)
}

/// Prints a line for each class with the names of its children.
fn by_class(rows: &[DueRow], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for of_class in rows.chunk_by(|a, b| a.class_labels == b.class_labels) {
        let children: Vec<_> = of_class
            .iter()
            .flat_map(|row| row.children.clone())
            .collect();
        let named = names(&children[..children.len().min(MAX_NAMED)], lang);
        let named = if children.len() > MAX_NAMED {
            tr!(lang, "due-and-more", names = named, count = children.len())
        } else {
            named
        };
        let class = of_class[0].class_labels.join(&tr!(lang, "due-comma"));
        let gap = if class.is_empty() { "" } else { "  " };
        writeln!(out, "  {}{gap}{named}", sanitize::terminal(&class))?;
    }
    Ok(())
}

/// All rows as one table, each with its group.
pub(crate) fn sheet(rows: impl Iterator<Item = DueRow>, today: NaiveDate, lang: Lang) -> Sheet {
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

/// All rows for spreadsheet programs.
pub(crate) fn cells(rows: impl Iterator<Item = DueRow>, lang: Lang) -> Sheet {
    let columns = [
        "group",
        "day",
        "overdue",
        "title",
        "children",
        "child_ids",
        "classes",
        "helpers",
        "helper_ids",
        "record",
        "missing",
        "last_contact",
        "note",
        "handle",
        "duty",
        "days",
        "bound",
        "risk",
    ];
    let day = |day: Option<Day>| Value::from(day.map(|day| day.0.to_string()));
    let ids = |people: &[Person]| -> Value {
        let ids = people.iter().map(|person| person.id.to_string());
        ids.collect()
    };
    let row = |row: DueRow| {
        let gap = row.gap.as_ref();
        let cells = [
            row.group.code().into(),
            day(row.day),
            row.overdue.into(),
            row.title.into(),
            names(&row.children, lang).into(),
            ids(&row.children),
            row.classes.into(),
            names(&row.helpers, lang).into(),
            ids(&row.helpers),
            row.record.into(),
            row.missing.into(),
            day(row.last_contact),
            row.note.into(),
            row.handle.into(),
            row.duty.into(),
            gap.map(|gap| gap.days).into(),
            gap.map(|gap| gap.bound).into(),
            gap.and_then(|gap| gap.risk.clone()).into(),
        ];
        cells.map(|value: Value| Cell::plain(value)).into()
    };
    Sheet {
        columns: columns.map(|key| Column::new(key, key)).into(),
        rows: rows.map(row).collect(),
    }
}

fn when(row: &DueRow, today: NaiveDate, lang: Lang) -> String {
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

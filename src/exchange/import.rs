//! Plans an import: turns the rows of tables into records to add and change. Writes nothing.

use std::collections::{HashMap, HashSet};

use super::cell::Names;
use super::plan::{ImportFault, ImportOptions, ImportRun, Plan, Planned, Present, UsedOptions};
use super::reading::Reading;
use super::sheet::Sheet;
use crate::diagnostic::Message;
use crate::model::{HasTable, Id, Kind, with_kind};
use crate::text::Lang;

/// The kind of an exported table, by the name of its sheet or file.
pub fn kind_of_table(name: &str) -> Option<Kind> {
    let labelled = |kind: &&Kind| Lang::ALL.iter().any(|lang| kind.label().get(*lang) == name);
    Kind::of_name(name).or_else(|| Kind::ALL.iter().find(labelled).copied())
}

/// Plans the import of several tables, each of one kind, together: they may refer to one another.
///
/// Calls `advanced` after each row with the number of rows done.
pub fn plan(
    present: &Present<'_>,
    tables: &[(Kind, Sheet)],
    options: &ImportOptions,
    advanced: &mut dyn FnMut(usize),
) -> Planned {
    let mut planned = Planned::default();
    let mut names = Names::default();
    for kind in Kind::ALL {
        with_kind!(*kind, K => {
            for entry in HasTable::<K>::table(present.records) {
                let name = crate::model::probe::words(&entry.record, "name");
                names.note(entry.id, name.first().map(String::as_str));
            }
        });
    }
    let mut used = UsedOptions::of(options);
    let mut readings: Vec<Reading<'_>> = Vec::new();
    for (kind, sheet) in tables {
        if sheet.is_hidden && sheet.rows.is_empty() {
            planned
                .unread
                .push((sheet.name.clone(), Message::new("import-sheet-hidden")));
            continue;
        }
        if sheet.rows.is_empty() {
            planned
                .unread
                .push((sheet.name.clone(), Message::new("import-sheet-empty")));
            continue;
        }
        match Reading::new(
            *kind,
            sheet,
            options,
            present,
            &mut used,
            &mut planned.faults,
        ) {
            Some(reading) => readings.push(reading),
            None => planned
                .unread
                .push((sheet.name.clone(), Message::new("import-sheet-unknown"))),
        }
    }
    if readings.is_empty() {
        planned.faults.push(ImportFault::of_sheet(
            "",
            Message::new("import-no-header")
                .with("kind", tables.first().map_or("", |(kind, _)| kind.name())),
        ));
    }
    super::reading::share_periods(&mut readings);
    used.check(options, &mut planned.faults);
    // Errors in the columns do not hide those in the cells.
    let mut is_sound = planned.faults.is_empty();
    for reading in &mut readings {
        reading.find_records(present, &mut names, &mut planned.faults);
    }
    is_sound &= planned.faults.is_empty();
    let mut run = ImportRun {
        present,
        names: &names,
        ids: HashSet::new(),
        twins: HashMap::new(),
        plan: Plan::default(),
        faults: Vec::new(),
        used,
    };
    let mut done = 0;
    for reading in &mut readings {
        reading.prepare(&mut run);
        for at in 0..reading.layout.rows.len() {
            if is_sound {
                reading.take(at, &mut run);
            } else {
                reading.check_cells(at, &mut run);
            }
            done += 1;
            advanced(done);
        }
    }
    if is_sound {
        run.used.check_words(options, &mut run.faults);
        let is_of_flag = |(note, _): &(Message, Vec<usize>)| {
            note.id == "import-year-of-period" && note.argument("from") == Some("--term")
        };
        let mut notes = readings
            .iter()
            .flat_map(|reading| &reading.understood.notes);
        if options.term.is_some() && run.faults.is_empty() && !notes.any(is_of_flag) {
            run.faults.push(ImportFault::of_sheet(
                "",
                Message::new("import-term-unused"),
            ));
        }
    }
    planned.faults.append(&mut run.faults);
    planned.plan = run.plan;
    if is_sound && !options.key.is_empty() {
        planned.plan.absent = absent(present, &readings);
    }
    planned.understood = readings
        .iter()
        .map(|reading| reading.understood.clone())
        .collect();
    planned
}

/// The records that no row is about, of the kinds of the tables; of children only those present today.
fn absent(present: &Present<'_>, readings: &[Reading<'_>]) -> Vec<Id> {
    let found: HashSet<Id> = readings.iter().flat_map(Reading::known).collect();
    let mut absent = Vec::new();
    for kind in readings
        .iter()
        .map(|reading| reading.kind)
        .collect::<std::collections::BTreeSet<_>>()
    {
        with_kind!(kind, K => {
            let ids = HasTable::<K>::table(present.records).iter().map(|entry| entry.id);
            absent.extend(ids.filter(|id| !found.contains(id)));
        });
    }
    let is_here = |id: &Id| {
        present
            .records
            .children
            .get(*id)
            .is_none_or(|child| child.is_enrolled(present.today))
    };
    absent.retain(is_here);
    absent
}

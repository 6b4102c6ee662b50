//! Cells in unusual forms, one per line of `tables/cells.txt`, each with the expected value or error message.

use cuncao::model::Kind;
use rust_xlsxwriter::Workbook;

use crate::import::{planned, school};
use crate::import_logs::with_people;
use crate::import_rosters::{at, options};

/// Required columns of a kind, with the fields that they fill.
fn needed(kind: Kind) -> &'static [(&'static str, &'static str, &'static str)] {
    match kind {
        Kind::Child => &[
            ("姓名", "name", "刘一"),
            ("性别", "gender", "男"),
            ("出生日期", "birth_date", "2016-05-01"),
        ],
        Kind::Aid => &[
            ("日期", "date", "2025-09-05"),
            ("来源", "source", "镇妇联"),
            ("学生", "children.0", "张三"),
        ],
        Kind::Activity => &[
            ("日期", "date", "2025-09-05"),
            ("活动名称", "title", "读书会"),
            ("活动内容", "summary", "读书"),
            ("活动类型", "theme", "阅读"),
        ],
        _ => &[
            ("日期", "date", "2025-09-05"),
            ("学生", "children.0", "张三"),
            ("走访教师", "by.0", "王芳"),
            ("走访内容", "summary", "看望"),
        ],
    }
}

/// Returns a required field beside a field of a list.
fn beside(path: &str) -> Option<(&'static str, &'static str)> {
    match path {
        "guardianship.0.kind" => Some(("外出情况", "双亲外出")),
        "guardianship.0.away" => Some(("监护类型", "隔代监护")),
        "enrolment.0.boarding" => Some(("班级", "三（2）班")),
        _ => None,
    }
}

fn table(kind: Kind, header: &str, cell: &str, path: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let others = needed(kind).iter().filter(|(_, field, _)| *field != path);
    let others: Vec<_> = others.map(|(header, _, cell)| (*header, *cell)).collect();
    let cells = others
        .into_iter()
        .chain(beside(path))
        .chain([(header, cell)]);
    for (column, (header, cell)) in (0u16..).zip(cells) {
        sheet.write_string(0, column, header).unwrap();
        match cell.strip_prefix('#').map(str::parse::<f64>) {
            Some(Ok(number)) => sheet.write_number(1, column, number).unwrap(),
            _ => sheet.write_string(1, column, cell).unwrap(),
        };
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn each_cell_has_the_listed_value() {
    let lines = include_str!("tables/cells.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    let (empty, peopled) = (school(), with_people());
    let mut wrong = Vec::new();
    let mut seen = 0;
    for line in lines {
        seen += 1;
        let [kind, header, cell, path, value] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let kind = Kind::of_name(kind).unwrap();
        let (_, store) = if kind == Kind::Child {
            &empty
        } else {
            &peopled
        };
        let bytes = table(kind, header, cell, path);
        let options = options(&[("since", "2025-09-01")]);
        let planned = planned(store, kind, &bytes, &options);
        let told = |id: &str| {
            let mut notes = planned.understood.iter().flat_map(|table| &table.notes);
            notes.any(|(note, _)| note.id == id)
        };
        // Errors about other fields are ignored.
        let faults: Vec<&str> = planned
            .faults
            .iter()
            .map(|fault| fault.message.id)
            .collect();
        let record = planned.plan.additions.first();
        let found = record.map(|added| at(&added.text.parse().unwrap(), path));
        let is_right = if let Some(id) = value.strip_prefix('!') {
            faults.contains(&id)
        } else if let Some(id) = value.strip_prefix('~') {
            told(id) && found.as_deref() == Some("")
        } else if let Some(id) = value.strip_prefix('?') {
            told(id) && found.as_deref() == Some(cell)
        } else {
            faults.is_empty() && found.as_deref() == Some(value)
        };
        if !is_right {
            wrong.push(format!("{line}: {found:?} {faults:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen >= 150);
}

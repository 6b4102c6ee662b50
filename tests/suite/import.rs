//! Imports of tables made by people: all rows or none.

use std::collections::BTreeMap;
use std::path::Path;

use cuncao::exchange::import;
use cuncao::exchange::plan::{ImportFault, ImportOptions, Plan, Planned, Present};
use cuncao::exchange::sheet;
use cuncao::model::{Kind, KindSet};
use cuncao::store::{ReadOptions, Store};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const SCHOOL: &str = "format = 1\n\n[school]\nname = \"柳树小学\"\nlevel = \"primary\"\n";

pub(crate) fn school() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("cuncao.toml"), SCHOOL).unwrap();
    let store = Store::at(dir.path());
    (dir, store)
}

/// Plans an import on 12 October 2025.
pub(crate) fn planned(store: &Store, kind: Kind, bytes: &[u8], options: &ImportOptions) -> Planned {
    let school = store.school().unwrap();
    let loaded = store.load(ReadOptions::all(KindSet::ALL));
    assert!(loaded.broken.is_empty(), "{:?}", loaded.broken);
    let present = Present {
        store,
        school: &school,
        records: &loaded.records,
        today: "2025-10-12".parse().unwrap(),
    };
    let tables: Vec<_> = sheet::read(bytes, None)
        .unwrap()
        .into_iter()
        .map(|sheet| (kind, sheet))
        .collect();
    import::plan(&present, &tables, options, &mut |_| {})
}

fn plan(
    store: &Store,
    kind: Kind,
    bytes: &[u8],
    options: &ImportOptions,
) -> Result<Plan, Vec<ImportFault>> {
    let planned = planned(store, kind, bytes, options);
    if planned.faults.is_empty() {
        Ok(planned.plan)
    } else {
        Err(planned.faults)
    }
}

pub(crate) fn import(store: &Store, kind: Kind, bytes: &[u8], options: &ImportOptions) -> Plan {
    let plan = plan(store, kind, bytes, options).unwrap();
    store.commit(&plan.file_changes(), &mut |_| {}).unwrap();
    plan
}

pub(crate) fn files(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                files.insert(crate::support::below(root, &path), text);
            }
        }
    }
    files
}

const HEADERS: [&str; 9] = [
    "序号",
    "姓名",
    "性别",
    "出生日期",
    "学籍号",
    "班级",
    "监护类型",
    "监护人姓名",
    "监护人电话",
];

/// Returns the `n`th row of the roster, as a person would type it.
fn child(n: u32) -> [String; 9] {
    [
        n.to_string(),
        format!("张小{}", char::from_u32(0x4e00 + n * 7).unwrap()),
        ["男", "女"][n as usize % 2].to_owned(),
        format!("{}/{}/{}", 2014 + n % 5, 1 + n % 12, 1 + n % 28),
        format!("G4200002015{n:04}"),
        format!("{}（{}）班", ["二", "三", "四"][n as usize % 3], 1 + n % 2),
        ["祖辈监护", "父母单方监护", "亲朋监护"][n as usize % 3].to_owned(),
        format!("张大{}", char::from_u32(0x5000 + n * 5).unwrap()),
        format!("1390000{n:04}"),
    ]
}

/// Returns a workbook as a spreadsheet program saves it: a title above the header, real dates, phone numbers as
/// numbers.
fn roster_workbook(children: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "柳树小学留守儿童花名册").unwrap();
    for (column, header) in HEADERS.iter().enumerate() {
        sheet.write_string(1, column as u16, *header).unwrap();
    }
    let date_format = Format::new().set_num_format("yyyy/m/d");
    for n in 0..children {
        let (row, cells) = (n + 2, child(n));
        sheet.write_number(row, 0, f64::from(n)).unwrap();
        for column in [1, 2, 4, 5, 6, 7] {
            sheet
                .write_string(row, column, &cells[usize::from(column)])
                .unwrap();
        }
        let day: Vec<u16> = cells[3]
            .split('/')
            .map(|part| part.parse::<u16>().unwrap())
            .collect();
        let day = ExcelDateTime::from_ymd(day[0], day[1] as u8, day[2] as u8).unwrap();
        sheet
            .write_datetime_with_format(row, 3, &day, &date_format)
            .unwrap();
        sheet
            .write_number(row, 8, cells[8].parse::<f64>().unwrap())
            .unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Returns the same as CSV in GB18030, as a spreadsheet program on a Chinese system saves it.
fn roster_csv(children: u32) -> Vec<u8> {
    let mut text = format!(
        "柳树小学留守儿童花名册,,,,,,,,\r\n{}\r\n",
        HEADERS.join(",")
    );
    for n in 0..children {
        text.push_str(&child(n).join(","));
        text.push_str("\r\n");
    }
    encoding_rs::GB18030.encode(&text).0.into_owned()
}

fn constants() -> ImportOptions {
    let constants = [
        ("guardianship.since", "2025-09-01"),
        ("guardianship.away", "both"),
        ("enrolment.since", "2025-09-01"),
    ];
    ImportOptions {
        constants: constants
            .map(|(field, value)| (field.to_owned(), value.to_owned()))
            .to_vec(),
        ..ImportOptions::default()
    }
}

#[test]
fn a_roster_of_113_children_gives_the_same_files_from_a_workbook_and_from_gb18030() {
    let ((from_book, book), (from_csv, csv)) = (school(), school());
    assert_eq!(
        import(&book, Kind::Child, &roster_workbook(113), &constants())
            .additions
            .len(),
        113
    );
    import(&csv, Kind::Child, &roster_csv(113), &constants());
    let files_of = files(from_book.path());
    let texts = |files: &BTreeMap<String, String>| -> std::collections::BTreeSet<String> {
        files.values().cloned().collect()
    };
    assert_eq!(texts(&files_of), texts(&files(from_csv.path())));
    assert_eq!(files_of.len(), 114);
    // Child 5: the cycles of five years from 2014, twelve months and three classes.
    let expected = format!(
        "name = \"{}\"\ngender = \"female\"\nbirth_date = 2014-06-06\nstudent_no = \"G42000020150005\"\n\n[[enrolment]]\nsince = 2025-09-01\nclass = \"2022-2\"\n\n[[guardianship]]\nsince = 2025-09-01\naway = \"both\"\nkind = \"kin-or-friends\"\nguardian = {{ name = \"{}\", phone = \"13900000005\" }}\n",
        child(5)[1],
        child(5)[7]
    );
    let named = files_of
        .values()
        .find(|text| text.contains("G42000020150005"))
        .unwrap();
    assert_eq!(*named, expected);
}

#[test]
fn one_bad_cell_stops_the_import_and_is_located() {
    let (dir, store) = school();
    let text =
        "姓名,性别,出生日期\n张小明,男,2015-03-02\n李小红,妇,2015-02-30\n王小刚,男,2016.1.5\n";
    let faults = plan(
        &store,
        Kind::Child,
        text.as_bytes(),
        &ImportOptions::default(),
    )
    .unwrap_err();
    let places: Vec<_> = faults
        .iter()
        .map(|fault| {
            let (letters, header) = fault.column.clone().unwrap();
            (
                fault.row.unwrap(),
                letters,
                header,
                fault.value.clone().unwrap(),
                fault.message.id,
            )
        })
        .collect();
    let place = |row, letters: &str, header: &str, value: &str, id| {
        (
            row,
            letters.to_owned(),
            header.to_owned(),
            value.to_owned(),
            id,
        )
    };
    assert_eq!(
        places,
        [
            place(3, "B", "性别", "妇", "import-unknown-code"),
            place(3, "C", "出生日期", "2015-02-30", "entered-no-such-day"),
        ]
    );
    assert_eq!(files(dir.path()).len(), 1);
}

#[test]
fn a_missing_field_is_reported_with_its_row() {
    let (_dir, store) = school();
    let table = "姓名,性别,出生日期\n张小明,,2015-03-02\n";
    let faults = plan(
        &store,
        Kind::Child,
        table.as_bytes(),
        &ImportOptions::default(),
    )
    .unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(
        (faults[0].row, faults[0].message.id),
        (Some(2), "missing-field")
    );
}

#[test]
fn a_key_updates_changed_fields_and_keeps_the_rest() {
    let (dir, store) = school();
    let text = "# 档案\nname = \"张小明\"   # 小名明明\ngender = \"male\"\nbirth_date = 2015-03-02\nstudent_no = \"G1\"\n\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n\n[[parents]]\nrelation = \"father\"\nphone = \"13900000001\"\n";
    store.create("c4t8w2z".parse().unwrap(), text).unwrap();
    let options = ImportOptions {
        key: vec!["学籍号".to_owned()],
        ..ImportOptions::default()
    };
    let table = "学籍号,姓名,性别,出生日期,监护类型,父亲电话,母亲电话\nG1,张小明,男,,亲朋监护,13900000001,13900000002\nG2,李小红,女,2016-01-05,,,\n";
    // A new kind of guardianship needs a start date, which the table does not have.
    let faults = self::plan(&store, Kind::Child, table.as_bytes(), &options).unwrap_err();
    assert_eq!(
        (faults.len(), faults[0].message.id),
        (1, "import-since-needed")
    );
    let since = ImportOptions {
        since: Some("2025-09-01".parse().unwrap()),
        ..options.clone()
    };
    let plan = import(&store, Kind::Child, table.as_bytes(), &since);
    assert_eq!(
        (plan.additions.len(), plan.updates.len(), plan.unchanged),
        (1, 1, 0)
    );
    let fields: Vec<_> = plan.updates[0]
        .fields
        .iter()
        .map(|(path, ..)| path.to_string())
        .collect();
    assert_eq!(
        fields,
        [
            "parents[1].relation",
            "parents[1].phone",
            "guardianship[1].since",
            "guardianship[1].away",
            "guardianship[1].kind",
        ]
    );
    let text = &files(dir.path())["children/c4t8w2z.toml"];
    assert!(text.contains("name = \"张小明\"   # 小名明明"), "{text}");
    assert!(
        text.contains(
            "[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n"
        ),
        "{text}"
    );
    assert!(
        text.contains(
            "[[guardianship]]\nsince = 2025-09-01\naway = \"both\"\nkind = \"kin-or-friends\"\n"
        ),
        "{text}"
    );
    assert!(
        text.contains("relation = \"mother\"\nphone = \"13900000002\"\n"),
        "{text}"
    );
    // The same facts change nothing, with a start date or without.
    for options in [&options, &since] {
        let again = self::plan(&store, Kind::Child, table.as_bytes(), options).unwrap();
        assert_eq!(
            (again.additions.len(), again.updates.len(), again.unchanged),
            (0, 0, 2)
        );
    }
}

#[test]
fn visits_refer_to_children_and_helpers_by_name() {
    let (dir, store) = school();
    import(
        &store,
        Kind::Child,
        "姓名,性别,出生日期\n张小明,男,2015-03-02\n".as_bytes(),
        &ImportOptions::default(),
    );
    import(
        &store,
        Kind::Helper,
        "姓名,role\n李老师,教师\n".as_bytes(),
        &ImportOptions::default(),
    );
    let table = "日期,方式,儿童,走访人,内容,情况记录\n2025.10.9,家访,张小明,李老师,学习、安全,奶奶身体不好\n";
    import(
        &store,
        Kind::Visit,
        table.as_bytes(),
        &ImportOptions::default(),
    );
    let files = files(dir.path());
    let id = |folder: &str| {
        let path = files.keys().find(|path| path.starts_with(folder)).unwrap();
        path[folder.len()..].trim_end_matches(".toml").to_owned()
    };
    let (child, helper) = (id("children/"), id("helpers/"));
    let visits: Vec<_> = files
        .iter()
        .filter(|(path, _)| path.starts_with("visits/2025-10/2025-10-09-v"))
        .map(|(_, text)| text.clone())
        .collect();
    assert_eq!(
        visits,
        [format!(
            "date = 2025-10-09\nmode = \"home\"\nchildren = [\"{child}\"]\nby = [\"{helper}\"]\ntopics = [\"study\", \"safety\"]\nsummary = \"奶奶身体不好\"\n"
        )]
    );
}

#[test]
fn an_unknown_header_stops_the_import_unless_mapped() {
    let (_dir, store) = school();
    let table = "大名,性别,出生日期,鞋码\n张小明,男,2015-03-02,A\n";
    let faults = plan(
        &store,
        Kind::Child,
        table.as_bytes(),
        &ImportOptions::default(),
    )
    .unwrap_err();
    assert_eq!(faults.len(), 2);
    let map = [("大名", "name"), ("鞋码", "-")];
    let options = ImportOptions {
        map: map
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
            .to_vec(),
        ..ImportOptions::default()
    };
    assert_eq!(
        plan(&store, Kind::Child, table.as_bytes(), &options)
            .unwrap()
            .additions
            .len(),
        1
    );
}

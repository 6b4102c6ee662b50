//! Tables that people made become records, or nothing does.

use std::collections::BTreeMap;
use std::path::Path;

use cuncao::exchange::import::{self, Fault, Options, Plan, Present};
use cuncao::exchange::sheet::{self, Sheet};
use cuncao::model::{Kind, KindSet};
use cuncao::store::{Store, Want};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const SCHOOL: &str = "format = 1\n\n[school]\nname = \"柳树小学\"\nlevel = \"primary\"\n";

fn school() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("cuncao.toml"), SCHOOL).unwrap();
    let store = Store::at(dir.path());
    (dir, store)
}

/// Plans an import with ids counted up from `first`.
fn plan(store: &Store, kind: Kind, sheet: Sheet, options: &Options) -> Result<Plan, Vec<Fault>> {
    let school = store.school().unwrap();
    let loaded = store.load(Want::all(KindSet::ALL));
    assert!(loaded.broken.is_empty(), "{:?}", loaded.broken);
    let present = Present {
        store,
        school: &school,
        records: &loaded.records,
        today: "2025-10-12".parse().unwrap(),
    };
    let mut next = 0;
    let mut random = || {
        next += 1;
        next
    };
    import::plan(
        &present,
        &[(kind, sheet)],
        options,
        &mut random,
        &mut |_| {},
    )
}

fn import(store: &Store, kind: Kind, bytes: &[u8], options: &Options) -> Plan {
    let sheet = sheet::read(bytes).unwrap().remove(0);
    let plan = plan(store, kind, sheet, options).unwrap();
    store.commit(&plan.file_changes(), &mut |_| {}).unwrap();
    plan
}

fn files(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => {
                    let relative = path
                        .strip_prefix(root)
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .to_owned();
                    files.insert(relative, std::fs::read_to_string(path).unwrap());
                }
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

/// The `n`th child of the roster, as a person would type it.
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

/// A workbook as a spreadsheet program saves it: a title above the header, real dates, phones as numbers.
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
            .map(|part| part.parse().unwrap())
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

/// The same as CSV in GB18030, as a spreadsheet program on a Chinese system saves it.
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

fn constants() -> Options {
    let constants = [
        ("guardianship.since", "2025-09-01"),
        ("guardianship.away", "both"),
        ("enrolment.since", "2025-09-01"),
    ];
    Options {
        constants: constants
            .map(|(field, value)| (field.to_owned(), value.to_owned()))
            .to_vec(),
        ..Options::default()
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
    assert_eq!(files_of, files(from_csv.path()));
    assert_eq!(files_of.len(), 114);
    // Child 5: five years from 2014 wrap, twelve months, three classes.
    let expected = format!(
        "name = \"{}\"\ngender = \"female\"\nbirth_date = 2014-06-06\nstudent_no = \"G42000020150005\"\n\n[[enrolment]]\nsince = 2025-09-01\nclass = \"2022-2\"\n\n[[guardianship]]\nsince = 2025-09-01\naway = \"both\"\nkind = \"kin-or-friends\"\nguardian = {{ name = \"{}\", phone = \"13900000005\" }}\n",
        child(5)[1],
        child(5)[7]
    );
    assert_eq!(files_of["children/c000006.toml"], expected);
}

#[test]
fn one_bad_cell_stops_all_and_is_named_with_its_place() {
    let (dir, store) = school();
    let text =
        "姓名,性别,出生日期\n张小明,男,2015-03-02\n李小红,妇,2015-02-30\n王小刚,男,2016.1.5\n";
    let sheet = sheet::read(text.as_bytes()).unwrap().remove(0);
    let faults = plan(&store, Kind::Child, sheet, &Options::default()).unwrap_err();
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
            place(3, "C", "出生日期", "2015-02-30", "import-bad-date"),
        ]
    );
    assert_eq!(files(dir.path()).len(), 1);
}

#[test]
fn a_missing_field_is_named_with_its_row() {
    let (_dir, store) = school();
    let sheet = sheet::read("姓名,性别,出生日期\n张小明,,2015-03-02\n".as_bytes())
        .unwrap()
        .remove(0);
    let faults = plan(&store, Kind::Child, sheet, &Options::default()).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(
        (faults[0].row, faults[0].message.id),
        (Some(2), "missing-field")
    );
}

#[test]
fn a_key_changes_what_differs_and_keeps_the_rest_of_the_file() {
    let (dir, store) = school();
    let text = "# 档案\nname = \"张小明\"   # 小名明明\ngender = \"male\"\nbirth_date = 2015-03-02\nstudent_no = \"G1\"\n\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\n\n[[parents]]\nrelation = \"father\"\nphone = \"13900000001\"\n";
    store.create("c4t8w2z".parse().unwrap(), text).unwrap();
    let options = Options {
        key: vec!["学籍号".to_owned()],
        ..Options::default()
    };
    let table = "学籍号,姓名,性别,出生日期,监护类型,父亲电话,母亲电话\nG1,张小明,男,,亲朋监护,13900000001,13900000002\nG2,李小红,女,2016-01-05,,,\n";
    let plan = import(&store, Kind::Child, table.as_bytes(), &options);
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
            "guardianship[0].kind",
            "parents[1].relation",
            "parents[1].phone"
        ]
    );
    let expected = text.replace("grandparents", "kin-or-friends")
        + "\n[[parents]]\nrelation = \"mother\"\nphone = \"13900000002\"\n";
    assert_eq!(files(dir.path())["children/c4t8w2z.toml"], expected);
    let sheet = sheet::read(table.as_bytes()).unwrap().remove(0);
    let again = self::plan(&store, Kind::Child, sheet, &options).unwrap();
    assert!(again.updates.is_empty(), "{again:?}");
    assert_eq!(
        (again.additions.len(), again.updates.len(), again.unchanged),
        (0, 0, 2)
    );
}

#[test]
fn visits_name_children_and_helpers_as_people_do() {
    let (dir, store) = school();
    import(
        &store,
        Kind::Child,
        "姓名,性别,出生日期\n张小明,男,2015-03-02\n".as_bytes(),
        &Options::default(),
    );
    import(
        &store,
        Kind::Helper,
        "姓名,role\n李老师,教师\n".as_bytes(),
        &Options::default(),
    );
    let table = "日期,方式,儿童,走访人,内容,情况记录\n2025.10.9,家访,张小明,李老师,学习、安全,奶奶身体不好\n";
    import(&store, Kind::Visit, table.as_bytes(), &Options::default());
    assert_eq!(
        files(dir.path())["visits/2025-10/2025-10-09-v000001.toml"],
        "date = 2025-10-09\nmode = \"home\"\nchildren = [\"c000001\"]\nby = [\"h000001\"]\ntopics = [\"study\", \"safety\"]\nsummary = \"奶奶身体不好\"\n"
    );
}

#[test]
fn an_unknown_header_stops_all_unless_it_is_mapped() {
    let (_dir, store) = school();
    let table = "名字,性别,出生日期,血型\n张小明,男,2015-03-02,A\n";
    let sheet = sheet::read(table.as_bytes()).unwrap().remove(0);
    let faults = plan(&store, Kind::Child, sheet.clone(), &Options::default()).unwrap_err();
    assert_eq!(faults.len(), 2);
    let map = [("名字", "name"), ("血型", "-")];
    let options = Options {
        map: map
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
            .to_vec(),
        ..Options::default()
    };
    assert_eq!(
        plan(&store, Kind::Child, sheet, &options)
            .unwrap()
            .additions
            .len(),
        1
    );
}

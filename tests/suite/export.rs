//! Exports: a round trip preserves everything, and personal data is not exported without being asked for.

use std::collections::BTreeMap;

use cuncao::exchange::disclosure::{Disclosure, Naming};
use cuncao::exchange::export::{self, ExportOptions, Exported};
use cuncao::exchange::import;
use cuncao::exchange::plan::{ImportOptions, Present};
use cuncao::exchange::pseudonym::Pseudonymiser;
use cuncao::exchange::sheet;
use cuncao::model::{Kind, KindSet, Records, table_of};
use cuncao::store::{ReadOptions, Store};
use cuncao::text::Lang;

const SCHOOL: &str = "format = 1\n\n[school]\nname = \"柳树小学\"\nlevel = \"primary\"\n";

/// At least one record of each kind, with values that are hard to represent in a cell.
const RECORDS: &[(&str, &str)] = &[
    (
        "2025-2026-1",
        "name = \"2025年秋季学期\"\nstart = 2025-09-01\nend = 2026-01-20\ngoals = [\"一、让每个孩子有人管；\", \"二\"]\nproblems = [\"只有一条\"]\n\n[enrolment]\n1 = 96\n4 = 88\n\n[[leadership]]\nrole = \"head\"\nhelper = \"h7k3m9q\"\n\n[[leadership]]\nrole = \"member\"\nname = \"赵主任\"\nduty = \"safety\"\n\n[[target]]\nfigure = \"children.paired\"\nat_least = \"95%\"\n\n[[target]]\nfigure = \"visits\"\nat_least = 120\n",
    ),
    (
        "h7k3m9q",
        "name = \"李老师\"\nrole = \"teacher\"\nphone = \"13900000009\"\n",
    ),
    (
        "c4t8w2z",
        "name = \"张小明\"\ngender = \"male\"\nbirth_date = 2015-03-02\nid_number = \"420000201503020012\"\nstudent_no = \"0012\"\naddress = \"柳树村三组\"\nhardship = [\"low-income\", \"disabled\"]\nsiblings = [\"c000001\"]\nwishes = \"=想见妈妈\"\n\n[[enrolment]]\nsince = 2022-09-01\nclass = \"2022-1\"\nboarding = false\n\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\nguardian = { name = \"张大山\", phone = \"+8613900000001\", birth_year = 1950 }\n\n[[guardianship]]\nsince = 2025-03-01\naway = \"father\"\nkind = \"one-parent\"\nhome_parent_capable = false\n\n[[parents]]\nrelation = \"mother\"\nname = \"王芳\"\nphone = \"13900000002\"\n\n[profile]\ninterests = [\"画画\", \"看书、写字\"]\nnote = \"第一行\\n第二行\\n\"\n",
    ),
    (
        "c000001",
        "name = \"张小红\"\ngender = \"female\"\nbirth_date = 2017-01-31\n\n[left]\ndate = 2025-11-10\nreason = \"moved\"\n",
    ),
    (
        "2025-09-05-p000001",
        "child = \"c4t8w2z\"\nhelper = \"h7k3m9q\"\nrole = \"teacher\"\nsince = 2025-09-05\n",
    ),
    (
        "2025-10-12-v7k3m9q",
        "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\", \"c000001\"]\nby = [\"h7k3m9q\"]\ntopics = [\"study\", \"safety\"]\nminutes = 45\nteam = { organisation = \"镇团委\", people = 3 }\nsummary = \"张小明说“想妈妈”，电话13900000002。\"\nconfidential = \"不外传\"\n\n[[follow_up]]\nwhat = \"买台灯\"\ndue = 2025-10-20\n",
    ),
    (
        "2025-10-13-a000001",
        "date = 2025-10-13\ntitle = \"-我们的节日\"\ntheme = \"festival\"\nclasses = [\"2022-1\", \"2023-2\"]\nattendance = { children = 30, staff = 2 }\nsummary = \"@大家\"\npartners = [\"镇妇联\"]\ncost = \"120.50\"\n",
    ),
    (
        "2025-12-20-d000001",
        "date = 2025-12-20\nkind = \"goods\"\nchildren = [\"c4t8w2z\"]\namount = \"300.00\"\nitems = [{ name = \"书包\", quantity = 2, value = \"60.00\" }, { name = \"棉衣\" }]\nsource = \"镇妇联\"\nsigned = true\n",
    ),
    (
        "2025-09-15-s000001",
        "date = 2025-09-15\nchild = \"c4t8w2z\"\nby = \"h7k3m9q\"\nstudy = \"concern\"\nlacks = [\"care\", \"affection\"]\n",
    ),
    (
        "2025-11-02-i000001",
        "discovered = 2025-11-02T10:25:00\nreported = 2025-11-02T10:29:59\nkind = \"injury\"\nchildren = [\"c4t8w2z\"]\nby = \"h7k3m9q\"\nreported_to = [\"校长\"]\nsummary = \"摔伤\"\n",
    ),
    (
        "2026-01-10-w000001",
        "date = 2026-01-10\nchild = \"c4t8w2z\"\ntitle = \"张小明被评为三好学生\"\nlevel = \"school\"\n",
    ),
    (
        "2025-10-13-l000001",
        "date = 2025-10-13\nitem = \"跳绳\"\nchild = \"c4t8w2z\"\n",
    ),
    (
        "2025-11-30-f000001",
        "date = 2025-11-30\ndirection = \"out\"\namount = \"60.00\"\nsource = \"废品回收\"\naid = \"2025-12-20-d000001\"\n",
    ),
    (
        "2025-09-10-o000001",
        "date = 2025-09-10\nkind = \"plan\"\ntitle = \"'引号开头\"\n",
    ),
];

fn school(records: &[(&str, &str)]) -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("cuncao.toml"), SCHOOL).unwrap();
    let store = Store::at(dir.path());
    for (id, text) in records {
        store.create(id.parse().unwrap(), text).unwrap();
    }
    (dir, store)
}

fn load(store: &Store) -> Records {
    let loaded = store.load(ReadOptions::all(KindSet::ALL));
    assert!(loaded.broken.is_empty(), "{:?}", loaded.broken);
    loaded.records
}

fn all(records: &Records) -> BTreeMap<String, toml::Table> {
    let mut all = BTreeMap::new();
    macro_rules! gather {
        ($($table:ident)+) => { $(for entry in &records.$table { all.insert(entry.id.to_string(), table_of(&entry.record)); })+ };
    }
    gather!(terms helpers children pairings visits activities aid assessments incidents awards loans funds documents);
    all
}

fn options(naming: Naming) -> ExportOptions {
    let full = matches!(naming, Naming::Full);
    ExportOptions {
        kinds: KindSet::ALL,
        days: None,
        disclosure: Disclosure {
            naming,
            confidential: full,
            text: full,
            places: false,
            withheld: Default::default(),
        },
        labels: None,
        for_people: false,
    }
}

/// Imports tables into an empty school.
fn import_all(tables: Vec<(Kind, sheet::Sheet)>) -> Records {
    let (_dir, store) = school(&[]);
    let present = Present {
        store: &store,
        school: &store.school().unwrap(),
        records: &Records::default(),
        today: "2025-10-12".parse().unwrap(),
    };
    let plan = import::plan(&present, &tables, &ImportOptions::default(), &mut |_| {});
    assert_eq!(plan.faults, []);
    store
        .commit(&plan.plan.file_changes(), &mut |_| {})
        .unwrap();
    load(&store)
}

fn from_csv(exported: &[Exported], labels: Option<Lang>) -> Vec<(Kind, sheet::Sheet)> {
    let tables = exported.iter().map(|part| {
        let mut bytes = Vec::new();
        part.write_csv(labels, &mut bytes).unwrap();
        (part.kind, sheet::read(&bytes, None).unwrap().remove(0))
    });
    tables.collect()
}

fn from_workbook(exported: &[Exported], labels: Option<Lang>) -> Vec<(Kind, sheet::Sheet)> {
    let sheets = sheet::read(&export::workbook(exported, labels).unwrap(), None).unwrap();
    let tables = sheets
        .into_iter()
        .map(|sheet| (import::kind_of_table(&sheet.name).unwrap(), sheet));
    tables.collect()
}

#[test]
fn a_full_export_round_trips() {
    let (_dir, store) = school(RECORDS);
    let records = load(&store);
    let labels = [None, Some(Lang::Zh), Some(Lang::En)];
    for (labels, for_people) in labels
        .iter()
        .flat_map(|labels| [(*labels, false), (*labels, true)])
    {
        let exported = export::gather(
            &records,
            &ExportOptions {
                labels,
                for_people,
                ..options(Naming::Full)
            },
        );
        assert_eq!(
            all(&import_all(from_csv(&exported, labels))),
            all(&records),
            "{labels:?}"
        );
        assert_eq!(
            all(&import_all(from_workbook(&exported, labels))),
            all(&records),
            "{labels:?}"
        );
    }
}

#[test]
fn exported_cells_are_never_formulas() {
    let (_dir, store) = school(RECORDS);
    for part in export::gather(&load(&store), &options(Naming::Full)) {
        let mut bytes = Vec::new();
        part.write_csv(None, &mut bytes).unwrap();
        let mut reader = csv::Reader::from_reader(&bytes[..]);
        for record in reader.records() {
            for cell in &record.unwrap() {
                assert!(
                    !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{cell:?}"
                );
            }
        }
    }
}

fn everything(exported: &[Exported]) -> String {
    let mut bytes = Vec::new();
    for part in exported {
        part.write_csv(None, &mut bytes).unwrap();
        part.write_ndjson(&[], &mut bytes).unwrap();
    }
    String::from_utf8(bytes).unwrap()
}

const SECRETS: [&str; 12] = [
    "张小明",
    "张小红",
    "张大山",
    "王芳",
    "李老师",
    "赵主任",
    "1390000",
    "420000201503020012",
    "0012",
    "柳树村三组",
    "不外传",
    "想妈妈",
];

#[test]
fn an_export_contains_no_names_by_default() {
    let (_dir, store) = school(RECORDS);
    let text = everything(&export::gather(&load(&store), &options(Naming::Nobody)));
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(text.contains("○○被评为三好学生") && text.contains("c4t8w2z"));
}

#[test]
fn pseudonyms_are_consistent_and_reveal_nothing() {
    let (_dir, store) = school(RECORDS);
    let naming = Naming::Pseudonyms(Pseudonymiser::new(vec![7; 32]));
    let exported = export::gather(&load(&store), &options(naming));
    let text = everything(&exported);
    for secret in SECRETS.into_iter().chain(["c4t8w2z", "h7k3m9q", "v7k3m9q"]) {
        assert!(!text.contains(secret), "{secret}");
    }
    let rows = |kind: Kind| &exported.iter().find(|part| part.kind == kind).unwrap().rows;
    let named = rows(Kind::Award)[0].fields["child"].as_str();
    let ids: Vec<&str> = rows(Kind::Child).iter().map(|row| &*row.id).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    let child = ids.iter().find(|id| Some(**id) == named).unwrap();
    assert_eq!(
        rows(Kind::Visit)[0].fields["children"][0].as_str(),
        Some(*child)
    );
    assert!(!text.contains("2015-03-02"), "{text}");
}

#[test]
fn an_empty_kind_exports_only_a_header() {
    let (_dir, store) = school(&[]);
    let exported = export::gather(&load(&store), &options(Naming::Full));
    let mut bytes = Vec::new();
    exported
        .iter()
        .find(|part| part.kind == Kind::Loan)
        .unwrap()
        .write_csv(None, &mut bytes)
        .unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "id,date,item,quantity,child,due,returned\n"
    );
}

#[test]
fn the_example_school_round_trips() {
    let records = load(&Store::at(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/school"
    )));
    assert!(records.count() > 100, "the example school is there");
    let exported = export::gather(&records, &options(Naming::Full));
    assert_eq!(all(&import_all(from_csv(&exported, None))), all(&records));
    assert_eq!(
        all(&import_all(from_workbook(&exported, None))),
        all(&records)
    );
}

/// Returns a part of a workbook.
fn part_of(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

#[test]
fn a_table_for_people_has_names_and_no_empty_columns() {
    let (_dir, store) = school(RECORDS);
    let records = load(&store);
    let for_people = ExportOptions {
        kinds: KindSet::of(&[Kind::Child, Kind::Visit]),
        labels: Some(Lang::Zh),
        for_people: true,
        ..options(Naming::Full)
    };
    let exported = export::gather(&records, &for_people);
    let book = export::workbook(&exported, for_people.labels).unwrap();
    let sheets = sheet::read(&book, None).unwrap();
    let row = |sheet: &sheet::Sheet, row: usize| -> Vec<String> {
        sheet.rows[row].iter().map(sheet::Cell::shown).collect()
    };
    let (children, visits) = (&sheets[0], &sheets[1]);
    assert_eq!(row(children, 0)[..3], ["编号", "姓名", "性别"]);
    let of_siblings = row(children, 0);
    let at = of_siblings
        .iter()
        .position(|name| name.starts_with("兄弟姐妹"))
        .unwrap();
    assert_eq!(of_siblings[at + 1], format!("{}.姓名", of_siblings[at]));
    assert_eq!(children.cell(2, at + 1).shown(), "张小红");
    assert_eq!(
        row(visits, 0),
        [
            "编号",
            "儿童",
            "儿童.姓名",
            "日期",
            "方式",
            "走访人",
            "走访人.姓名",
            "内容",
            "分钟",
            "来访团队.来访单位",
            "来访团队.人数",
            "情况记录",
            "保密内容",
            "跟进1.事项",
            "跟进1.期限"
        ]
    );
    assert_eq!(row(visits, 1)[1..3], ["c4t8w2z、c000001", "张小明、张小红"]);
    assert_eq!(row(visits, 1)[6], "李老师");
    assert!(exported[1].empty_columns > 5);
    // The columns that identify a row are frozen, and repeated on each printed page.
    for (sheet, pane) in [
        (1, "xSplit=\"2\" ySplit=\"1\""),
        (2, "xSplit=\"3\" ySplit=\"1\""),
    ] {
        let xml = part_of(&book, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(xml.contains(pane), "{xml}");
        for mark in [
            "<autoFilter ref=\"A1:",
            "orientation=\"landscape\"",
            "fitToHeight=\"0\"",
            "<pageSetUpPr fitToPage=\"1\"/>",
        ] {
            assert!(xml.contains(mark), "{mark} in {xml}");
        }
    }
    let names = part_of(&book, "xl/workbook.xml");
    assert!(names.contains("_xlnm.Print_Titles"), "{names}");
}

#[test]
fn names_beside_ids_appear_only_on_request() {
    let (_dir, store) = school(RECORDS);
    let records = load(&store);
    let key = || Naming::Pseudonyms(Pseudonymiser::new(vec![7; 32]));
    for naming in [Naming::Nobody, key()] {
        let for_people = ExportOptions {
            labels: Some(Lang::Zh),
            for_people: true,
            ..options(naming)
        };
        let exported = export::gather(&records, &for_people);
        assert!(
            exported
                .iter()
                .all(|part| part.columns.iter().all(|column| !column.says_names))
        );
        let book = export::workbook(&exported, for_people.labels).unwrap();
        let sheets = sheet::read(&book, None).unwrap();
        let cells = sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten());
        assert!(
            cells
                .map(sheet::Cell::shown)
                .all(|text| !text.contains("张小红"))
        );
    }
}

//! Regressions of imports: changed history, dates, lost cells, misread numbers, duplicate children, and meanings taken
//! from the wrong column.

use cuncao::model::Kind;
use rust_xlsxwriter::Workbook;

use crate::import::{files, import, planned, school};
use crate::import_rosters::{at, faults, options, read};

const PRESENT: &str = "name = \"张小明\"\ngender = \"male\"\nbirth_date = 2015-03-02\nstudent_no = \"G1\"\nid_number = \"11010519491231002X\"\n\n[[enrolment]]\nsince = 2022-09-01\nclass = \"2022-1\"\n\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"\nkind = \"grandparents\"\nguardian = { name = \"张大\", relation = \"爷爷\", phone = \"13900000001\" }\nquality = \"good\"\nnote = \"爷爷腰疼\"\n";

#[test]
fn old_entries_are_kept_and_new_ones_are_dated() {
    let (dir, store) = school();
    store.create("c4t8w2z".parse().unwrap(), PRESENT).unwrap();
    let table = "学籍号,姓名,班级,监护人姓名,与监护人关系,监护人电话\nG1,张小明,四（2）班,李大,外婆,13900000009\n";
    let key = [("key", "学籍号")];
    let asked = faults(&store, Kind::Child, table.as_bytes(), &key);
    assert_eq!(asked, [("import-since-needed", Some(2))]);
    let early = [("key", "学籍号"), ("since", "2022-09-01")];
    assert!(
        faults(&store, Kind::Child, table.as_bytes(), &early)
            .contains(&("import-since-not-later", Some(2)))
    );
    let since = [("key", "学籍号"), ("since", "2025-10-08")];
    let plan = import(&store, Kind::Child, table.as_bytes(), &options(&since));
    assert_eq!((plan.updates.len(), plan.additions.len()), (1, 0));
    let text = files(dir.path())["children/c4t8w2z.toml"].clone();
    // Existing entries are kept; new ones are added.
    for line in PRESENT.lines() {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let record: toml::Table = text.parse().unwrap();
    for (path, value) in [
        ("enrolment.0.class", "2022-1"),
        ("enrolment.1.since", "2025-10-08"),
        ("enrolment.1.class", "2022-2"),
        ("guardianship.1.since", "2025-10-08"),
        ("guardianship.1.away", "both"),
        ("guardianship.1.kind", "grandparents"),
        ("guardianship.1.guardian.name", "李大"),
        ("guardianship.1.guardian.phone", "13900000009"),
        // The properties of a previous guardian are not copied.
        ("guardianship.1.quality", ""),
        ("guardianship.1.note", ""),
    ] {
        assert_eq!(at(&record, path), value, "{path}\n{text}");
    }
    let again = planned(&store, Kind::Child, table.as_bytes(), &options(&key));
    assert_eq!(
        (
            again.faults.len(),
            again.plan.updates.len(),
            again.plan.unchanged
        ),
        (0, 0, 1)
    );
}

#[test]
fn class_names_are_those_on_the_start_date() {
    let (_dir, store) = school();
    let table = "姓名,性别,出生日期,班级\n张三,男,2017-05-01,三（1）班\n";
    // In October 2025 the third grade entered in 2023; in August it was that of 2022.
    assert_eq!(
        at(
            &read(&store, Kind::Child, table.as_bytes(), &[])[0],
            "enrolment.0.class"
        ),
        "2023-1"
    );
    let august = read(
        &store,
        Kind::Child,
        table.as_bytes(),
        &[("since", "2025-08-20")],
    );
    assert_eq!(at(&august[0], "enrolment.0.class"), "2022-1");
    let own = "姓名,性别,出生日期,班级,入班日期\n张三,男,2017-05-01,三（1）班,2026-09-01\n";
    assert_eq!(
        at(
            &read(&store, Kind::Child, own.as_bytes(), &[])[0],
            "enrolment.0.class"
        ),
        "2024-1"
    );
}

#[test]
fn no_row_or_cell_is_lost() {
    let (_dir, store) = school();
    let beyond = "姓名,性别,出生日期\n张三,男,2016-05-01,低保\n";
    assert_eq!(
        faults(&store, Kind::Child, beyond.as_bytes(), &[]),
        [("import-no-header-over", Some(1))]
    );
    assert_eq!(
        read(&store, Kind::Child, beyond.as_bytes(), &[("map", "D=-")]).len(),
        1
    );
    let quoted =
        "姓名,性别,出生日期,住址\n张三,男,2016-05-01,\"柳树村\n李四,女,2016-05-02,大坪村\n";
    let message = cuncao::exchange::sheet::read(quoted.as_bytes(), None).unwrap_err();
    assert_eq!(
        (message.id, message.argument("line").unwrap()),
        ("import-unclosed-quote", "2")
    );
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0u16..).zip(["姓名", "性别", "出生日期", "住址"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    for (row, name) in [(1, "张三"), (2, "李四")] {
        sheet.write_string(row, 0, name).unwrap();
        sheet.write_string(row, 1, "男").unwrap();
        sheet.write_string(row, 2, "2016-05-01").unwrap();
    }
    sheet
        .write_formula(
            1,
            3,
            rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A"),
        )
        .unwrap();
    sheet
        .write_formula(2, 3, rust_xlsxwriter::Formula::new("=A1&B1").set_result(""))
        .unwrap();
    let book = book.save_to_buffer().unwrap();
    let found = faults(&store, Kind::Child, &book, &[]);
    assert!(
        found
            .iter()
            .any(|(id, row)| matches!(*id, "import-cell-error") && *row == Some(2)),
        "{found:?}"
    );
    let words = "姓名,性别,出生日期,住址,学籍号\n张三,男,2016-05-01,无,不详\n";
    let read = read(&store, Kind::Child, words.as_bytes(), &[]);
    assert_eq!(
        (at(&read[0], "address"), at(&read[0], "student_no")),
        (String::new(), String::new())
    );
    let told = planned(&store, Kind::Child, words.as_bytes(), &options(&[]));
    assert_eq!(
        told.understood[0]
            .notes
            .iter()
            .filter(|(note, _)| note.id == "import-placeholder")
            .count(),
        2
    );
}

#[test]
fn an_unused_option_is_refused() {
    let (_dir, store) = school();
    let table = "姓名,性别,出生日期\n张三,男,2016-05-01\n".as_bytes();
    assert_eq!(
        faults(&store, Kind::Child, table, &[("map", "血压=-")]),
        [("import-map-unused", None)]
    );
    assert_eq!(
        faults(&store, Kind::Child, table, &[("word", "性别:妇=female")]),
        [("import-map-value-unused", None)]
    );
    assert_eq!(
        faults(&store, Kind::Child, table, &[("key", "学籍号")]),
        [("import-no-key", None)]
    );
}

#[test]
fn the_1904_date_system_is_respected() {
    // The library only writes workbooks in the 1900 date system: the flag is patched in.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0u16..).zip(["姓名", "性别", "出生日期"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    sheet.write_string(1, 0, "张三").unwrap();
    sheet.write_string(1, 1, "男").unwrap();
    sheet.write_number(1, 2, 40_968.0).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut text).unwrap();
        if name == "xl/workbook.xml" {
            text = String::from_utf8(text)
                .unwrap()
                .replace("<workbookPr", "<workbookPr date1904=\"1\"")
                .into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut to, &text).unwrap();
    }
    let bytes = to.finish().unwrap().into_inner();
    let (_dir, store) = school();
    assert_eq!(
        at(&read(&store, Kind::Child, &bytes, &[])[0], "birth_date"),
        "2016-03-01"
    );
}

#[test]
fn a_child_is_not_duplicated() {
    let (dir, store) = school();
    store.create("c4t8w2z".parse().unwrap(), PRESENT).unwrap();
    let found =
        |table: &str, words: &[(&str, &str)]| faults(&store, Kind::Child, table.as_bytes(), words);
    // By name and birthday, with a blank inside the name; by id number with a lower-case letter.
    assert_eq!(
        found("姓名,性别,出生日期\n张　小明,男,2015-03-02\n", &[]),
        [("import-twin-person-known", Some(2))]
    );
    assert_eq!(
        found(
            "姓名,性别,出生日期,身份证号\n张晓明,男,2015-03-03,11010519491231002x\n",
            &[]
        ),
        [("import-twin-person-known", Some(2))]
    );
    assert_eq!(
        found(
            "姓名,性别,出生日期\n李四,女,2016-01-01\n王五,男,2016-01-02\n李 四,女,2016-01-01\n",
            &[]
        ),
        [("import-twin-person-row", Some(4))]
    );
    // Keys match the value in the record, however it is written.
    for (header, cell, key) in [
        ("姓名", "张　小明", "姓名"),
        ("身份证号", "11010519491231002x", "身份证号"),
        ("班级", "四（1）班", "班级"),
        ("性别", "男生", "性别"),
    ] {
        let table = format!("{header},学籍号\n{cell},G1\n");
        let planned = planned(
            &store,
            Kind::Child,
            table.as_bytes(),
            &options(&[("key", key)]),
        );
        assert_eq!(
            (planned.faults.len(), planned.plan.unchanged),
            (0, 1),
            "{header} {:?}",
            planned.faults
        );
    }
    let roster = "姓名,性别,出生日期\n李四,女,2016-01-01\n";
    import(&store, Kind::Child, roster.as_bytes(), &options(&[]));
    import(
        &store,
        Kind::Helper,
        "姓名,身份\n李老师,教师\n".as_bytes(),
        &options(&[]),
    );
    let visits = "日期,方式,儿童,走访人,情况记录\n2025.10.9,家访,李四,李老师,奶奶身体不好\n";
    let first = import(&store, Kind::Visit, visits.as_bytes(), &options(&[]));
    assert_eq!(
        faults(&store, Kind::Visit, visits.as_bytes(), &[]),
        [("import-twin-known", Some(2))]
    );
    let twice =
        format!("{visits}2025.10.10,家访,李四,李老师,好多了\n2025.10.10,家访,李四,李老师,好多了\n");
    assert!(
        faults(&store, Kind::Visit, twice.as_bytes(), &[]).contains(&("import-twin-row", Some(4)))
    );
    // The same file at the same time gives the same ids, so that only one import can succeed.
    let path = format!("visits/2025-10/{}.toml", first.additions[0].id);
    std::fs::remove_file(dir.path().join(&path)).unwrap();
    let again = planned(&store, Kind::Visit, visits.as_bytes(), &options(&[]));
    assert_eq!(again.plan.additions[0].id, first.additions[0].id);
}

#[test]
fn errors_about_existing_records_name_them() {
    let (_dir, store) = school();
    store.create("c4t8w2z".parse().unwrap(), PRESENT).unwrap();
    let other = PRESENT.replace("张小明", "王五").replace("G1", "G9");
    let other = other.replace("id_number = \"11010519491231002X\"\n", "");
    store.create("c000009".parse().unwrap(), &other).unwrap();
    let table = "学籍号,姓名\nG1,张小明\n";
    let planned = planned(
        &store,
        Kind::Child,
        table.as_bytes(),
        &options(&[("key", "学籍号")]),
    );
    let absent: Vec<_> = planned
        .plan
        .absent
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(absent, ["c000009"]);
}

#[test]
fn a_word_is_interpreted_by_its_neighbours() {
    let (_dir, store) = school();
    let table = "姓名,性别,健康状况,出生日期,监护人姓名,关系,联系电话,父亲姓名,电话,母亲姓名,电话\n张三,男,良好,2016-05-01,张大,爷爷,13900000001,张二,13900000002,李二,13900000003\n";
    let words = [("since", "2025-09-01"), ("set", "away=both")];
    let read = read(&store, Kind::Child, table.as_bytes(), &words);
    for (path, value) in [
        ("guardianship.0.guardian.relation", "爷爷"),
        ("guardianship.0.guardian.phone", "13900000001"),
        ("guardianship.0.guardian.health", ""),
        ("profile.health", "良好"),
        ("parents.0.relation", "father"),
        ("parents.0.phone", "13900000002"),
        ("parents.1.phone", "13900000003"),
    ] {
        assert_eq!(at(&read[0], path), value, "{path}");
    }
    // The father's number is never taken as the child's, and a health column next to a guardian is ambiguous.
    let table =
        "姓名,性别,出生日期,父亲姓名,父亲身份证号\n张三,男,2016-05-01,张二,11010519491231002X\n";
    let read = crate::import_rosters::read(&store, Kind::Child, table.as_bytes(), &[]);
    assert_eq!(
        (
            at(&read[0], "id_number"),
            at(&read[0], "parents.0.id_number")
        ),
        (String::new(), "11010519491231002X".to_owned())
    );
    let table = "姓名,性别,出生日期,监护人姓名,健康状况\n张三,男,2016-05-01,张大,良好\n";
    assert_eq!(
        faults(&store, Kind::Child, table.as_bytes(), &[]),
        [("import-column-of-several", Some(1))]
    );
    let bare = "姓名,性别,出生日期,联系电话\n张三,男,2016-05-01,13900000001\n";
    assert_eq!(
        faults(&store, Kind::Child, bare.as_bytes(), &[]),
        [("import-column-of-several", Some(1))]
    );
}

#[test]
fn a_value_in_a_row_overrides_the_constant() {
    let (_dir, store) = school();
    let table = "留守儿童姓名,性别,出生日期,监护人姓名,与监护人关系\n张三,男,2016-05-01,张大,爷爷\n李四,女,2016-05-02,李大,母亲\n";
    let words = [
        ("since", "2025-09-01"),
        ("set", "guardianship.kind=grandparents"),
    ];
    assert_eq!(
        faults(&store, Kind::Child, table.as_bytes(), &words),
        [("import-constant-contradicts", Some(3))]
    );
    let read = read(&store, Kind::Child, table.as_bytes(), &words[..1]);
    let of: Vec<_> = read
        .iter()
        .map(|record| {
            (
                at(record, "guardianship.0.kind"),
                at(record, "guardianship.0.away"),
            )
        })
        .collect();
    assert_eq!(
        of,
        [
            ("grandparents".to_owned(), "both".to_owned()),
            ("one-parent".to_owned(), "father".to_owned())
        ]
    );
}

//! Imports of rosters as clerks make them: title rows, merged cells, ticks, exports of other systems.

use cuncao::exchange::plan::ImportOptions;
use cuncao::model::Kind;
use cuncao::store::Store;
use rust_xlsxwriter::{Format, Workbook};
use toml::{Table, Value};

use crate::import::{files, import, planned, school};

/// Returns options from pairs of flag and value.
pub(crate) fn options(words: &[(&str, &str)]) -> ImportOptions {
    let mut options = ImportOptions::default();
    for (flag, value) in words {
        let pair = || {
            let (name, value) = value.split_once('=').unwrap();
            (name.to_owned(), value.to_owned())
        };
        match *flag {
            "since" => options.since = Some(value.parse().unwrap()),
            "day" => options.day_of_month = Some(value.parse().unwrap()),
            "term" => {
                let period = cuncao::model::entered::period::period(value).unwrap();
                options.term = Some(((*value).to_owned(), period));
            }
            "set" => options.constants.push(pair()),
            "map" => options.map.push(pair()),
            "key" => options.key.push((*value).to_owned()),
            "word" => {
                let (left, to) = pair();
                let (header, word) = left.split_once(':').unwrap();
                options
                    .map_values
                    .push((header.to_owned(), word.to_owned(), to));
            }
            _ => unreachable!("{flag}"),
        }
    }
    options
}

/// Returns the records that an import would add, in the order of its rows.
pub(crate) fn read(store: &Store, kind: Kind, bytes: &[u8], words: &[(&str, &str)]) -> Vec<Table> {
    let planned = planned(store, kind, bytes, &options(words));
    assert_eq!(planned.faults, []);
    let texts = planned
        .plan
        .additions
        .iter()
        .map(|added| added.text.parse().unwrap());
    texts.collect()
}

/// Returns the errors of an import, by message and row.
pub(crate) fn faults(
    store: &Store,
    kind: Kind,
    bytes: &[u8],
    words: &[(&str, &str)],
) -> Vec<(&'static str, Option<usize>)> {
    let planned = planned(store, kind, bytes, &options(words));
    planned
        .faults
        .iter()
        .map(|fault| (fault.message.id, fault.row))
        .collect()
}

/// Returns the value at a path such as `guardianship.0.kind`, as written.
pub(crate) fn at(record: &Table, path: &str) -> String {
    let mut value = &Value::Table(record.clone());
    for step in path.split('.') {
        let found = match step.parse::<usize>() {
            Ok(index) => value.get(index),
            Err(_) => value.get(step),
        };
        match found {
            Some(found) => value = found,
            None => return String::new(),
        }
    }
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn row(record: &Table, paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| at(record, path)).collect()
}

/// Returns a workbook with one sheet of texts, and merged cells given as (first row, first column, last row, last
/// column).
fn workbook(name: &str, rows: &[&[&str]], merges: &[(u32, u16, u32, u16)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(name).unwrap();
    for (top, left, bottom, right) in merges {
        let text = rows[*top as usize][*left as usize];
        sheet
            .merge_range(*top, *left, *bottom, *right, text, &Format::new())
            .unwrap();
    }
    for (at, cells) in (0u32..).zip(rows) {
        for (column, text) in (0u16..).zip(*cells) {
            let inside = merges.iter().any(|(top, left, bottom, right)| {
                (*top..=*bottom).contains(&at) && (*left..=*right).contains(&column)
            });
            if !text.is_empty() && !inside {
                sheet.write_string(at, column, *text).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_roster_with_a_title_and_months_of_birth() {
    let (_dir, store) = school();
    let book = workbook(
        "Sheet1",
        &[
            &[
                "柳树小学2025年秋季学期留守儿童花名册",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
            ],
            &[
                "序号",
                "姓名",
                "性别",
                "出生年月",
                "班级",
                "监护人",
                "与监护人关系",
                "联系电话",
                "家庭住址",
                "父母外出情况",
                "备注",
            ],
            &[
                "1",
                "张桐",
                "女",
                "2018.12",
                "一（1）班",
                "姜静",
                "父亲",
                "13900000178",
                "柳树村2组",
                "母亲外出",
                "",
            ],
            &[
                "2",
                "孙嫣",
                "女",
                "2018.4",
                "一（1）班",
                "施杰",
                "爷爷",
                "13900007526",
                "大坪村2组",
                "父母外出",
                "低保户",
            ],
            &[
                "3",
                "陶远",
                "男",
                "2018.10",
                "一（2）班",
                "李博",
                "姑姑",
                "13900002319",
                "柳树村8组",
                "父母外出",
                "",
            ],
        ],
        &[(0, 0, 0, 10)],
    );
    let asked = faults(&store, Kind::Child, &book, &[("since", "2025-09-01")]);
    assert_eq!(
        asked,
        [
            ("entered-month-only", Some(3)),
            ("entered-month-only", Some(4)),
            ("entered-month-only", Some(5))
        ]
    );
    let read = read(
        &store,
        Kind::Child,
        &book,
        &[("since", "2025-09-01"), ("day", "1")],
    );
    let paths = [
        "name",
        "birth_date",
        "enrolment.0.class",
        "guardianship.0.away",
        "guardianship.0.kind",
        "guardianship.0.guardian.phone",
        "address",
    ];
    assert_eq!(
        row(&read[0], &paths),
        [
            "张桐",
            "2018-12-01",
            "2025-1",
            "mother",
            "one-parent",
            "13900000178",
            "柳树村2组"
        ]
    );
    assert_eq!(
        row(&read[1], &paths),
        [
            "孙嫣",
            "2018-04-01",
            "2025-1",
            "both",
            "grandparents",
            "13900007526",
            "大坪村2组"
        ]
    );
    assert_eq!(
        row(&read[2], &paths),
        [
            "陶远",
            "2018-10-01",
            "2025-2",
            "both",
            "kin-or-friends",
            "13900002319",
            "柳树村8组"
        ]
    );
    assert_eq!(
        (read.len(), at(&read[0], "guardianship.0.since")),
        (3, "2025-09-01".to_owned())
    );
}

#[test]
fn the_export_of_a_school_system_names_parents_and_who_is_left_behind() {
    let (_dir, store) = school();
    let table = "学校标识码,年级,班级名称,姓名,性别,出生日期,身份证件号,全国学籍号,户口性质,就读方式,现住址,联系电话,是否留守儿童,是否孤儿,成员1姓名,成员1关系,成员1联系电话,成员1是否监护人,成员2姓名,成员2关系,成员2联系电话,成员2是否监护人\n\
        2142000001,一年级,2025级1班,韩梓,女,20181205,,G1,农业户口,走读,大坪村1组,13900007362,非留守儿童,否,韩国,父亲,13900007426,是,李涵,母亲,13900004093,是\n\
        2142000001,一年级,2025级1班,韩一,女,20181228,,G2,农业户口,住校,杨湾村6组,13900003944,双亲留守儿童,否,韩国强,父亲,13900009768,是,韩馨,母亲,13900001229,是\n\
        2142000001,二年级,2024级2班,陶家,女,20180804,,G3,非农业户口,走读,杨湾村6组,13900000055,单亲留守儿童,是,陶军,父亲,13900003655,是,冯若,母亲,13900000490,是\n";
    let words = [
        ("since", "2025-09-01"),
        ("map", "联系电话=-"),
        ("set", "guardianship.kind=grandparents"),
    ];
    assert_eq!(
        faults(&store, Kind::Child, table.as_bytes(), &words[..1]),
        [("import-column-of-several", Some(1))]
    );
    assert_eq!(
        faults(&store, Kind::Child, table.as_bytes(), &words),
        [("import-one-away", Some(4))]
    );
    let mut words = words.to_vec();
    words.push(("word", "是否留守儿童:单亲留守儿童=father"));
    let read = read(&store, Kind::Child, table.as_bytes(), &words);
    let paths = [
        "enrolment.0.class",
        "enrolment.0.boarding",
        "household",
        "parents.0.name",
        "parents.1.phone",
        "guardianship.0.away",
        "hardship.0",
    ];
    assert_eq!(
        row(&read[0], &paths),
        ["2025-1", "false", "rural", "韩国", "13900004093", "", ""]
    );
    assert_eq!(
        row(&read[1], &paths),
        [
            "2025-1",
            "true",
            "rural",
            "韩国强",
            "13900001229",
            "both",
            ""
        ]
    );
    assert_eq!(
        row(&read[2], &paths),
        [
            "2024-2",
            "false",
            "urban",
            "陶军",
            "13900000490",
            "father",
            "orphan"
        ]
    );
}

#[test]
fn a_registration_form_in_gb18030_with_a_total() {
    let (_dir, store) = school();
    let text = "柳树小学留守儿童信息登记表,,,,,,,,\r\n序号,学生姓名,性别,出生年月日,身份证号码,班级,监护类型,监护人姓名,与学生关系,监护人联系电话\r\n\
        1,卫豪,男,2018年9月25日,\t,102班,单亲监护,魏嫣,父亲,13900004247\r\n\
        2,冯红,男,2018年11月17日,\t,102班,隔代监护,曹然,祖孙,13900008635\r\n\
        3,郑琪,男,2018年11月15日,,201班,亲戚监护,金静,姑姑,13900008689\r\n合计,3人,,,,,,,,\r\n";
    let bytes = encoding_rs::GB18030.encode(text).0;
    let read = read(&store, Kind::Child, &bytes, &[("since", "2025-09-01")]);
    let paths = [
        "name",
        "birth_date",
        "enrolment.0.class",
        "guardianship.0.away",
        "guardianship.0.kind",
        "guardianship.0.guardian.relation",
    ];
    assert_eq!(
        row(&read[0], &paths),
        [
            "卫豪",
            "2018-09-25",
            "2025-2",
            "mother",
            "single-parent",
            "父亲"
        ]
    );
    assert_eq!(
        row(&read[1], &paths),
        [
            "冯红",
            "2018-11-17",
            "2025-2",
            "both",
            "grandparents",
            "祖孙"
        ]
    );
    assert_eq!(
        row(&read[2], &paths),
        [
            "郑琪",
            "2018-11-15",
            "2024-1",
            "both",
            "kin-or-friends",
            "姑姑"
        ]
    );
    assert_eq!(read.len(), 3);
}

#[test]
fn a_form_of_the_civil_affairs_office_with_ticks() {
    let (_dir, store) = school();
    let book = workbook(
        "附件1",
        &[
            &["附件1"],
            &["农村留守儿童摸底排查花名册"],
            &["填报单位：柳树镇中心小学"],
            &[
                "序号",
                "姓名",
                "性别",
                "出生日期",
                "户籍所在地",
                "现居住地",
                "身体状况",
                "就学情况",
                "父亲姓名",
                "父亲务工地点",
                "父亲联系电话",
                "母亲姓名",
                "母亲务工地点",
                "父母双方外出",
                "父母一方外出另一方无监护能力",
                "受委托监护人姓名",
                "与被监护人关系",
                "受委托监护人电话",
                "监护情况评估",
                "家庭经济来源",
                "救助帮扶情况",
            ],
            &[
                "1",
                "曹思",
                "男",
                "2018-09-28",
                "柳树镇大坪村",
                "大坪村8组",
                "健康",
                "小学",
                "曹国",
                "广东省东莞市",
                "13900007333",
                "陈红",
                "广东省东莞市",
                "",
                "√",
                "陈红",
                "母亲",
                "13900001321",
                "差",
                "打工收入、种养殖业",
                "",
            ],
            &[
                "2",
                "卫兰",
                "女",
                "2018-05-22",
                "柳树镇杨湾村",
                "杨湾村2组",
                "健康",
                "小学",
                "卫强",
                "广东省东莞市",
                "13900009870",
                "杨航",
                "广东省东莞市",
                "√",
                "",
                "朱曦",
                "奶奶",
                "13900005457",
                "一般",
                "打工收入",
                "享受低保",
            ],
        ],
        &[],
    );
    let read = read(&store, Kind::Child, &book, &[("since", "2025-09-01")]);
    let paths = [
        "guardianship.0.away",
        "guardianship.0.kind",
        "guardianship.0.home_parent_capable",
        "guardianship.0.quality",
        "guardianship.0.guardian.name",
        "parents.0.workplace",
        "domicile",
        "schooling",
        "income.1",
        "relief.0",
        "profile.health",
    ];
    assert_eq!(
        row(&read[0], &paths),
        [
            "father",
            "one-parent",
            "false",
            "poor",
            "陈红",
            "广东省东莞市",
            "柳树镇大坪村",
            "primary",
            "farming",
            "",
            "健康"
        ]
    );
    assert_eq!(
        row(&read[1], &paths),
        [
            "both",
            "grandparents",
            "",
            "fair",
            "朱曦",
            "广东省东莞市",
            "柳树镇杨湾村",
            "primary",
            "",
            "minimum-living",
            "健康"
        ]
    );
}

#[test]
fn numeric_cells_for_texts() {
    let (_dir, store) = school();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0u16..).zip([
        "姓名",
        "性别",
        "出生日期",
        "身份证号",
        "学籍号",
        "年级",
        "班级",
        "监护人姓名",
        "监护人关系",
        "监护人电话",
        "监护类型",
    ]) {
        sheet.write_string(0, column, header).unwrap();
    }
    for (column, text) in [
        (0, "周一"),
        (1, "男"),
        (4, "G9"),
        (7, "许明"),
        (8, "外婆"),
        (10, "祖辈监护"),
    ] {
        sheet.write_string(1, column, text).unwrap();
    }
    for (column, number) in [
        (2, 43_151.0),
        (3, 990_005_201_902_205_091.0),
        (5, 1.0),
        (6, 2.0),
        (9, 13_900_009_794.0),
    ] {
        sheet.write_number(1, column, number).unwrap();
    }
    let book = book.save_to_buffer().unwrap();
    let read = read(&store, Kind::Child, &book, &[("since", "2025-09-01")]);
    let paths = [
        "birth_date",
        "id_number",
        "student_no",
        "enrolment.0.class",
        "guardianship.0.guardian.phone",
        "guardianship.0.away",
    ];
    assert_eq!(
        row(&read[0], &paths),
        ["2018-02-20", "", "G9", "2025-2", "13900009794", "both"]
    );
    let told = planned(
        &store,
        Kind::Child,
        &book,
        &options(&[("since", "2025-09-01")]),
    );
    let notes: Vec<_> = told.understood[0]
        .notes
        .iter()
        .map(|(note, rows)| (note.id, rows.clone()))
        .collect();
    assert!(notes.contains(&("import-rounded", vec![2])), "{notes:?}");
}

#[test]
fn a_list_of_pairings_adds_children_helpers_and_pairings() {
    let (dir, store) = school();
    let book = workbook(
        "结对",
        &[
            &[
                "教师结对帮扶留守儿童一览表",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
            ],
            &[
                "年级",
                "班级",
                "留守儿童姓名",
                "性别",
                "出生日期",
                "监护人",
                "联系电话",
                "结对教师",
                "教师电话",
                "帮扶措施",
            ],
            &[
                "一年级",
                "1班",
                "朱杰",
                "男",
                "2018.09.02",
                "姜红",
                "13900004641",
                "周文",
                "13900003131",
                "谈心",
            ],
            &[
                "",
                "2班",
                "沈馨",
                "女",
                "2018.12.15",
                "王馨",
                "13900009235",
                "韩俊",
                "13900000560",
                "谈心",
            ],
            &["小计", "", "2人", "", "", "", "", "", "", ""],
            &[
                "二年级",
                "2班",
                "韩佳",
                "男",
                "2017.12.07",
                "施梅",
                "13900007170",
                "韩俊",
                "13900007824",
                "谈心",
            ],
        ],
        &[(0, 0, 0, 9), (2, 0, 3, 0)],
    );
    let answers = [
        ("since", "2025-09-01"),
        ("set", "away=both"),
        ("set", "guardianship.kind=grandparents"),
    ];
    let children = import(&store, Kind::Child, &book, &options(&answers));
    assert_eq!(children.additions.len(), 3);
    // The same teacher with two phone numbers: it is unknown which one is right.
    assert_eq!(
        faults(&store, Kind::Helper, &book, &[]),
        [("import-differs-within", Some(6))]
    );
    let helpers = import(
        &store,
        Kind::Helper,
        &book,
        &options(&[("map", "教师电话=-")]),
    );
    assert_eq!((helpers.additions.len(), helpers.unchanged), (2, 1));
    let pairings = import(
        &store,
        Kind::Pairing,
        &book,
        &options(&[("since", "2025-09-01")]),
    );
    assert_eq!(pairings.additions.len(), 3);
    let files = files(dir.path());
    let of = |name: &str| {
        let (path, text) = files
            .iter()
            .find(|(_, text)| text.contains(&format!("name = \"{name}\"\n")))
            .unwrap();
        (
            path.split_once('/')
                .unwrap()
                .1
                .trim_end_matches(".toml")
                .to_owned(),
            text.clone(),
        )
    };
    assert!(
        of("沈馨").1.contains("class = \"2025-2\"")
            && of("沈馨").1.contains("phone = \"13900009235\"")
    );
    assert!(of("韩佳").1.contains("class = \"2024-2\""));
    assert_eq!(of("韩俊").1, "name = \"韩俊\"\nrole = \"teacher\"\n");
    let pairing = files
        .values()
        .find(|text| text.contains(&format!("child = \"{}\"", of("韩佳").0)))
        .unwrap();
    assert_eq!(
        *pairing,
        format!(
            "child = \"{}\"\nhelper = \"{}\"\nrole = \"teacher\"\nsince = 2025-09-01\n",
            of("韩佳").0,
            of("韩俊").0
        )
    );
}

#[test]
fn a_table_of_another_program_with_breaks_in_its_header() {
    let (_dir, store) = school();
    let table = "\u{feff}\"序\n号\",姓名,性别,\"出生\n日期\",班级,\"监护人\n姓名\",\"监护人\n与儿童关系\",\"监护人\n联系电话\",外出情况,监护类型,建档日期,备注\n\
        1,孔文,女,2018/10/24,一(1)班,王豪,母亲,13900004983\t,父亲外出,父母单方监护,2025/9/5,\n";
    let read = read(
        &store,
        Kind::Child,
        table.as_bytes(),
        &[("since", "2025-09-01")],
    );
    let paths = [
        "name",
        "birth_date",
        "enrolment.0.class",
        "guardianship.0.guardian.name",
        "guardianship.0.guardian.relation",
        "guardianship.0.guardian.phone",
        "filed",
    ];
    assert_eq!(
        row(&read[0], &paths),
        [
            "孔文",
            "2018-10-24",
            "2025-1",
            "王豪",
            "母亲",
            "13900004983",
            "2025-09-05"
        ]
    );
}

#[test]
fn sheets_are_classes_and_hidden_ones_are_reported() {
    let (_dir, store) = school();
    let mut book = Workbook::new();
    for (name, child) in [
        ("旧表", "王旧"),
        ("三（1）班", "张三"),
        ("三（2）班", "李四"),
    ] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (column, (header, cell)) in
            (0u16..).zip([("姓名", child), ("性别", "男"), ("出生日期", "2016-05-01")])
        {
            sheet.write_string(0, column, header).unwrap();
            sheet.write_string(1, column, cell).unwrap();
        }
        if name == "旧表" {
            sheet.set_hidden(true);
        } else {
            sheet.set_active(true);
        }
    }
    let notes = book.add_worksheet().set_name("说明").unwrap();
    notes.write_string(0, 0, "填写说明").unwrap();
    let book = book.save_to_buffer().unwrap();
    let planned = planned(&store, Kind::Child, &book, &ImportOptions::default());
    assert_eq!(planned.faults, []);
    let read: Vec<Table> = planned
        .plan
        .additions
        .iter()
        .map(|added| added.text.parse().unwrap())
        .collect();
    let of: Vec<_> = read
        .iter()
        .map(|record| row(record, &["name", "enrolment.0.class"]))
        .collect();
    assert_eq!(of, [["张三", "2023-1"], ["李四", "2023-2"]]);
    let unread: Vec<_> = planned
        .unread
        .iter()
        .map(|(name, why)| (name.as_str(), why.id))
        .collect();
    assert_eq!(
        unread,
        [
            ("旧表", "import-sheet-hidden"),
            ("说明", "import-sheet-unknown")
        ]
    );
}

#[test]
fn two_header_rows_are_combined() {
    let (_dir, store) = school();
    let table = "序号,姓名,性别,出生日期,监护人情况,,,父亲,,母亲,,备注\n,,,,姓名,关系,联系电话,姓名,电话,姓名,电话,\n1,张三,男,2016-05-01,张大,爷爷,13900000001,张二,13900000002,李二,13900000003,\n";
    let read = read(
        &store,
        Kind::Child,
        table.as_bytes(),
        &[("since", "2025-09-01"), ("set", "away=both")],
    );
    let paths = [
        "name",
        "guardianship.0.guardian.name",
        "guardianship.0.guardian.relation",
        "guardianship.0.guardian.phone",
        "parents.0.name",
        "parents.0.phone",
        "parents.1.name",
        "parents.1.phone",
    ];
    assert_eq!(
        row(&read[0], &paths),
        [
            "张三",
            "张大",
            "爷爷",
            "13900000001",
            "张二",
            "13900000002",
            "李二",
            "13900000003"
        ]
    );
}

#[test]
fn oversized_tables_are_refused() {
    let far = |hidden: bool| {
        let mut book = Workbook::new();
        if hidden {
            let sheet = book.add_worksheet().set_name("藏").unwrap();
            sheet.write_string(1_048_575, 16_383, "x").unwrap();
            sheet.set_hidden(true);
        }
        let sheet = book.add_worksheet().set_name("表").unwrap();
        sheet.set_active(true);
        for (column, (header, cell)) in
            (0u16..).zip([("姓名", "张三"), ("性别", "男"), ("出生日期", "2016-05-01")])
        {
            sheet.write_string(0, column, header).unwrap();
            sheet.write_string(1, column, cell).unwrap();
        }
        if !hidden {
            sheet.write_string(1_048_575, 16_383, "x").unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    let (_dir, store) = school();
    assert_eq!(read(&store, Kind::Child, &far(true), &[]).len(), 1);
    let refused = |bytes: &[u8]| {
        let message = cuncao::exchange::sheet::read(bytes, None).unwrap_err();
        (message.id, message.argument("place").unwrap().to_owned())
    };
    assert_eq!(
        refused(&far(false)),
        ("import-too-wide", "XFD1048576".to_owned())
    );
    let wide = vec!["x"; 10_000].join(",");
    assert_eq!(
        refused(wide.as_bytes()),
        ("import-too-wide", "ALM1".to_owned())
    );
    let long = format!("姓名,备注\n张三,{}\n", "长".repeat(1 << 20));
    assert_eq!(
        refused(long.as_bytes()),
        ("import-cell-too-long", "B2".to_owned())
    );
}

//! Cells in unusual forms, each with the expected value or error.

use cuncao::model::Kind;
use rust_xlsxwriter::Workbook;

use crate::import::school;
use crate::import_rosters::{at, faults, read};

/// Returns a table of one child with an additional column.
fn table(header: &str, cell: &str) -> String {
    let base = [
        ("姓名", "张三"),
        ("性别", "男"),
        ("出生日期", "2016-05-01"),
        ("班级", "三（2）班"),
    ];
    let (headers, cells): (Vec<_>, Vec<_>) = base
        .into_iter()
        .filter(|(known, _)| *known != header && !(*known == "班级" && header == "enrolment.class"))
        .unzip();
    format!(
        "{},{header}\n{},\"{cell}\"\n",
        headers.join(","),
        cells.join(",")
    )
}

#[test]
fn cells_in_unusual_forms_are_understood() {
    let (_dir, store) = school();
    for (header, cell, path, value) in [
        ("姓名", "张　三", "name", "张三"),
        ("学生姓名", "阿依古丽•买买提", "name", "阿依古丽·买买提"),
        ("性别", "1-男", "gender", "male"),
        ("性别", "A. 女", "gender", "female"),
        ("性别", "女生", "gender", "female"),
        ("出生日期", "2017.3.11", "birth_date", "2017-03-11"),
        ("出生日期", "17.3.11", "birth_date", "2017-03-11"),
        (
            "出生年月日",
            "２０１７年３月１１日",
            "birth_date",
            "2017-03-11",
        ),
        ("出生日期", "42430", "birth_date", "2016-03-01"),
        ("出生日期", "20170311", "birth_date", "2017-03-11"),
        ("出生日期（公历）", "2017-3-11", "birth_date", "2017-03-11"),
        ("班级", "三（2）班", "enrolment.0.class", "2023-2"),
        ("班级", "三2班", "enrolment.0.class", "2023-2"),
        ("班级", "302班", "enrolment.0.class", "2023-2"),
        ("班级", "302", "enrolment.0.class", "2023-2"),
        ("班级", "三年级2班", "enrolment.0.class", "2023-2"),
        ("班级", "2022级2班", "enrolment.0.class", "2022-2"),
        ("班级", "三年级十二班", "enrolment.0.class", "2023-12"),
        ("班级", "3.10", "enrolment.0.class", "2023-10"),
        ("班级", "柳树小学三（二）班", "enrolment.0.class", "2023-2"),
        ("是否住校", "√", "enrolment.0.boarding", "true"),
        ("就读方式", "走读", "enrolment.0.boarding", "false"),
        (
            "身份证号",
            "11010519491231002x",
            "id_number",
            "11010519491231002X",
        ),
        (
            "身份证号码（18位）",
            "'11010519491231002X",
            "id_number",
            "11010519491231002X",
        ),
        ("学籍号", "=\"\"0012\"\"", "student_no", "0012"),
        ("民族", "汉族", "ethnicity", "汉族"),
        ("户口性质", "农业户口", "household", "rural"),
        ("户口类型", "非农", "household", "urban"),
        ("困境类型", "低保户、残疾", "hardship.0", "low-income"),
        ("困境类型", "残疾；单亲家庭", "hardship.1", "single-parent"),
        ("低保", "是", "hardship.0", "low-income"),
        ("是否孤儿", "√", "hardship.0", "orphan"),
        ("残疾", "×", "hardship.0", ""),
        (
            "父亲电话",
            "１３９００００１２３４",
            "parents.0.phone",
            "13900001234",
        ),
        (
            "父亲电话",
            "139-0000-1234（微信同号）",
            "parents.0.phone",
            "13900001234",
        ),
        (
            "母亲联系方式",
            "+86 139 0000 1234",
            "parents.0.phone",
            "13900001234",
        ),
        (
            "联系电话（母亲）",
            "13900001234",
            "parents.0.phone",
            "13900001234",
        ),
        (
            "父亲务工地点",
            "广东东莞",
            "parents.0.workplace",
            "广东东莞",
        ),
        ("父亲状况", "去世", "parents.0.status", "deceased"),
        ("家庭住址", "不详", "address", ""),
        ("民族", "N/A", "ethnicity", ""),
        ("户籍所在地", "柳树镇", "domicile", "柳树镇"),
        ("就学情况", "小学在读", "schooling", "primary"),
        ("家庭经济来源", "打工收入、种养殖业", "income.1", "farming"),
        ("享受救助情况", "享受低保", "relief.0", "minimum-living"),
        ("残疾等级", "2", "disability.grade", "2"),
        ("建档日期", "2025/9/5", "filed", "2025-09-05"),
        ("兴趣爱好", "画画，篮球", "profile.interests.1", "篮球"),
        ("gender", "female", "gender", "female"),
        ("birth date", "2017/3/11", "birth_date", "2017-03-11"),
        ("enrolment.class", "2022-1", "enrolment.0.class", "2022-1"),
    ] {
        let rows = table(header, cell);
        let rows = match header {
            "学生姓名" => rows.replace("姓名,性别", "性别").replace("张三,男", "男"),
            "出生年月日" | "出生日期（公历）" | "birth date" => {
                rows.replace("出生日期,", "").replace("2016-05-01,", "")
            }
            "gender" => rows.replace("性别,", "").replace("男,", ""),
            _ => rows,
        };
        let record = &read(&store, Kind::Child, rows.as_bytes(), &[])[0];
        assert_eq!(at(record, path), value, "{header} {cell}");
    }
}

#[test]
fn guardianship_and_absence_in_the_wording_of_forms() {
    let (_dir, store) = school();
    let words = [("since", "2025-09-01")];
    for (headers, cells, away, kind) in [
        (
            "外出情况,监护类型",
            "双亲留守,隔代监护",
            "both",
            "grandparents",
        ),
        (
            "父母外出情况,监护方式",
            "父亲在外务工,母亲监护",
            "father",
            "one-parent",
        ),
        (
            "外出情况,监护类型",
            "父母外出,爷爷奶奶",
            "both",
            "grandparents",
        ),
        (
            "父亲外出,母亲外出,监护类型",
            "√,√,亲戚",
            "both",
            "kin-or-friends",
        ),
        (
            "父亲是否外出,母亲是否外出,与监护人关系",
            "是,否,母亲",
            "father",
            "one-parent",
        ),
        (
            "父母双方外出,与监护人关系",
            "√,外婆",
            "both",
            "grandparents",
        ),
        (
            "留守类型,监护人,与学生关系",
            "单亲留守,李二,父亲",
            "mother",
            "one-parent",
        ),
        (
            "父亲务工地点,母亲务工地点,监护人,与监护人关系,是否留守儿童",
            "东莞,在家,李大,奶奶,是",
            "father",
            "grandparents",
        ),
        (
            "隔代监护,外出情况",
            "√,父母双方外出",
            "both",
            "grandparents",
        ),
    ] {
        let table = format!("姓名,性别,出生日期,{headers}\n张三,男,2016-05-01,{cells}\n");
        let record = &read(&store, Kind::Child, table.as_bytes(), &words)[0];
        let found = (
            at(record, "guardianship.0.away"),
            at(record, "guardianship.0.kind"),
        );
        assert_eq!(
            found,
            (away.to_owned(), kind.to_owned()),
            "{headers} {cells}"
        );
    }
}

#[test]
fn gender_and_birthday_follow_from_the_id_number() {
    let (_dir, store) = school();
    let table = "姓名,身份证号\n张三,11010519491231002X\n";
    let record = &read(&store, Kind::Child, table.as_bytes(), &[])[0];
    assert_eq!(
        (at(record, "gender"), at(record, "birth_date")),
        ("female".to_owned(), "1949-12-31".to_owned())
    );
    let months = "姓名,出生年月,身份证号\n张三,1949年12月,11010519491231002X\n";
    assert_eq!(
        at(
            &read(&store, Kind::Child, months.as_bytes(), &[])[0],
            "birth_date"
        ),
        "1949-12-31"
    );
    // A date so far in the future is questioned.
    let told = crate::import::planned(
        &store,
        Kind::Child,
        table.as_bytes(),
        &cuncao::exchange::plan::ImportOptions::default(),
    );
    assert!(
        told.understood[0]
            .notes
            .iter()
            .any(|(note, _)| note.id == "import-doubt-birth")
    );
}

#[test]
fn ambiguous_values_are_refused() {
    let (_dir, store) = school();
    for (header, cell, id) in [
        ("出生日期", "2017年8月", "entered-month-only"),
        ("出生日期", "201701", "entered-month-only"),
        ("出生日期", "2017", "entered-year-only"),
        ("出生日期", "2017年三月初二", "entered-lunar"),
        ("出生日期", "2017-02-30", "entered-no-such-day"),
        ("班级", "十二年级1班", "entered-grade-outside"),
        ("班级", "七（1）班", "entered-grade-outside"),
        ("班级", "三年级", "entered-grade-only"),
        ("班级", "2班", "entered-number-only"),
        ("性别", "妇", "import-unknown-code"),
        (
            "父亲电话",
            "13900001234/13900005678",
            "entered-several-phones",
        ),
        ("父亲电话", "同上", "entered-bad-phone"),
        ("户口性质", "居民", "import-unknown-code"),
    ] {
        let found = faults(&store, Kind::Child, table(header, cell).as_bytes(), &[]);
        assert_eq!(found, [(id, Some(2))], "{header} {cell}");
    }
    for (cell, id) in [
        ("12,34元", "entered-grouping"),
        ("1,5", "entered-grouping"),
        ("300元/人", "entered-each"),
        ("约300元", "entered-about"),
    ] {
        let table =
            format!("日期,金额,来源,资助类别,儿童\n2025-10-09,\"{cell}\",镇妇联,资金,张三\n");
        let found = faults(&store, Kind::Aid, table.as_bytes(), &[]);
        assert!(found.contains(&(id, Some(2))), "{cell} {found:?}");
    }
}

#[test]
fn a_word_of_a_column_can_be_mapped() {
    let (_dir, store) = school();
    let rows = table("户口性质", "居民");
    let record = &read(
        &store,
        Kind::Child,
        rows.as_bytes(),
        &[("word", "户口性质:居民=urban")],
    )[0];
    assert_eq!(at(record, "household"), "urban");
    let record = &read(
        &store,
        Kind::Child,
        rows.as_bytes(),
        &[("word", "户口性质:居民=-")],
    )[0];
    assert_eq!(at(record, "household"), "");
}

#[test]
fn values_damaged_by_spreadsheet_programs_are_reported() {
    let (_dir, store) = school();
    let book = |header: &str, write: &dyn Fn(&mut rust_xlsxwriter::Worksheet)| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, (name, cell)) in (0u16..).zip([("姓名", "张三"), ("性别", "男"), (header, "")])
        {
            sheet.write_string(0, column, name).unwrap();
            if !cell.is_empty() {
                sheet.write_string(1, column, cell).unwrap();
            }
        }
        write(sheet);
        book.save_to_buffer().unwrap()
    };
    let number = |header: &str, value: f64| {
        book(header, &|sheet| {
            sheet.write_number(1, 2, value).unwrap();
        })
    };
    let format = rust_xlsxwriter::Format::new().set_num_format("m月d日");
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2025, 3, 1).unwrap();
    let date = book("班级", &|sheet| {
        sheet
            .write_datetime_with_format(1, 2, &day, &format)
            .unwrap();
    });
    for (bytes, id) in [
        (number("出生日期", 2019.1), "import-month-rounded"),
        (number("出生日期", 2019.12), "entered-month-only"),
        (number("班级", 3.1), "import-class-rounded"),
        (date, "import-class-became-day"),
    ] {
        let found = faults(&store, Kind::Child, &bytes, &[]);
        assert!(found.contains(&(id, Some(2))), "{id} {found:?}");
    }
    let aid = |value: f64| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, header) in (0u16..).zip(["日期", "金额", "来源", "学生"]) {
            sheet.write_string(0, column, header).unwrap();
        }
        sheet.write_string(1, 0, "2025-10-09").unwrap();
        sheet.write_number(1, 1, value).unwrap();
        book.save_to_buffer().unwrap()
    };
    let found = faults(&store, Kind::Aid, &aid(0.1 + 0.2), &[]);
    assert!(
        !found.iter().any(|(id, _)| *id == "import-bad-amount"),
        "{found:?}"
    );
    let found = faults(&store, Kind::Aid, &aid(0.125), &[]);
    assert!(found.contains(&("import-bad-amount", Some(2))), "{found:?}");
}

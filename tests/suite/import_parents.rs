//! Imports of parents and guardians from various columns.

use cuncao::model::Kind;

use crate::import::school;
use crate::import_rosters::{at, faults, read};

const SINCE: (&str, &str) = ("since", "2025-09-01");

/// Returns for each child of a table: who is away, the kind of guardianship, the guardian's relation and name, and
/// status and workplace of father and mother.
fn told(table: &str) -> Vec<[String; 8]> {
    let (_dir, store) = school();
    let records = read(&store, Kind::Child, table.as_bytes(), &[SINCE]);
    let parent = |record: &toml::Table, relation: &str, field: &str| {
        (0..2)
            .find(|index| at(record, &format!("parents.{index}.relation")) == relation)
            .map(|index| at(record, &format!("parents.{index}.{field}")))
            .unwrap_or_default()
    };
    let of = |record: &toml::Table| {
        [
            at(record, "guardianship.0.away"),
            at(record, "guardianship.0.kind"),
            at(record, "guardianship.0.guardian.relation"),
            at(record, "guardianship.0.guardian.name"),
            parent(record, "father", "status"),
            parent(record, "father", "workplace"),
            parent(record, "mother", "status"),
            parent(record, "mother", "workplace"),
        ]
    };
    records.iter().map(of).collect()
}

#[test]
fn a_dead_or_imprisoned_parent_has_no_workplace_and_is_not_away() {
    let table = "留守儿童登记表,,,,,,
姓名,性别,出生日期,监护人,与学生关系,父亲务工地点,母亲务工地点
张甲,男,2016-03-04,李桂花,奶奶,已故,浙江宁波
王乙,女,2016-03-05,外婆,外祖母,广东,改嫁
赵丙,女,2016-03-06,钱老汉,爷爷,服刑,
钱丁,男,2016-03-07,钱大,爷爷,广东,在家
孙戊,男,2016-03-08,孙大,爷爷,广东,打工
";
    let rows = [
        [
            "mother",
            "grandparents",
            "奶奶",
            "李桂花",
            "deceased",
            "",
            "",
            "浙江宁波",
        ],
        // 外婆 is not a name.
        [
            "father",
            "grandparents",
            "外祖母",
            "",
            "",
            "广东",
            "divorced-away",
            "",
        ],
        [
            "mother",
            "grandparents",
            "爷爷",
            "钱老汉",
            "in-custody",
            "",
            "",
            "",
        ],
        [
            "father",
            "grandparents",
            "爷爷",
            "钱大",
            "",
            "广东",
            "home",
            "",
        ],
        [
            "both",
            "grandparents",
            "爷爷",
            "孙大",
            "",
            "广东",
            "away",
            "",
        ],
    ];
    assert_eq!(told(table), rows);
}

#[test]
fn the_status_of_a_parent_comes_from_answers_words_or_places() {
    let table = |cells: &str| {
        let rows: String = (1..)
            .zip(cells.lines())
            .map(|(day, cells)| format!("张{day},男,2016-03-0{day},奶奶,隔代监护,{cells}\n"))
            .collect();
        format!("姓名,性别,出生日期,与监护人关系,监护类型,父亲外出情况,母亲外出情况\n{rows}")
    };
    let of = |cells: &str| -> Vec<[String; 5]> {
        told(&table(cells))
            .into_iter()
            .map(|[away, _, _, _, father, father_at, mother, mother_at]| {
                [away, father, father_at, mother, mother_at]
            })
            .collect()
    };
    // Answers only: none is a place.
    assert_eq!(
        of("是,否\n外出,外出\n在家,是"),
        [
            ["father", "", "", "", ""],
            ["both", "", "", "", ""],
            ["mother", "", "", "", ""],
        ]
    );
    // Places and answers together.
    assert_eq!(
        of("广东东莞,在家\n去世,浙江\n外出,外出"),
        [
            ["father", "", "广东东莞", "home", ""],
            ["mother", "deceased", "", "", "浙江"],
            ["both", "away", "", "away", ""],
        ]
    );
}

#[test]
fn at_home_means_that_a_parent_is_not_away() {
    let table = "姓名,性别,出生日期,与监护人关系,监护类型,父亲是否在家,母亲是否在家
张甲,男,2016-03-04,爷爷,隔代监护,否,是
王乙,女,2016-03-05,爷爷,隔代监护,否,否
";
    let away: Vec<String> = told(table).into_iter().map(|[away, ..]| away).collect();
    assert_eq!(away, ["father", "both"]);
}

#[test]
fn name_and_relation_in_one_cell_are_split() {
    let table = "留守儿童,,,,
姓名,性别,出生日期,监护人及关系,监护人电话
张甲,男,2016-03-04,奶奶 李桂花,13900001111
王乙,女,2016-03-05,李桂花（奶奶）,
赵丙,女,2016-03-06,外公王老汉,
钱丁,男,2016-03-07,大伯,
";
    let found: Vec<[String; 2]> = told(table)
        .into_iter()
        .map(|[_, _, relation, name, ..]| [relation, name])
        .collect();
    assert_eq!(
        found,
        [
            ["奶奶", "李桂花"],
            ["奶奶", "李桂花"],
            ["外公", "王老汉"],
            ["大伯", ""],
        ]
    );
}

#[test]
fn an_invalid_id_number_is_reported_instead_of_derived_values() {
    let (_dir, store) = school();
    let table = "姓名,性别,身份证号\n张三,女,110105194912310021\n";
    assert_eq!(
        faults(&store, Kind::Child, table.as_bytes(), &[]),
        [("import-invalid-id-number", Some(2))]
    );
}

#[test]
fn a_line_of_signatures_is_skipped() {
    let table =
        "姓名,性别,出生日期,家庭住址\n张三,男,2016-03-04,柳河村\n校长签字：,,班主任签字：,\n";
    assert_eq!(told(table).len(), 1);
}

#[test]
fn errors_of_columns_and_cells_are_reported_together() {
    let (_dir, store) = school();
    let table = "姓名,性别,出生日期,班级,喜爱的颜色\n张三,男,2017.13.2,九年级1班,红\n李四,妇,2016-03-04,三1班,蓝\n";
    let mut found = faults(&store, Kind::Child, table.as_bytes(), &[]);
    found.sort();
    assert_eq!(
        found,
        [
            ("entered-grade-outside", Some(2)),
            ("entered-no-such-day", Some(2)),
            ("import-unknown-code", Some(3)),
            ("import-unknown-column", Some(1)),
        ]
    );
}

#[test]
fn the_answers_of_a_questionnaire() {
    let (_dir, store) = school();
    let table = "序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、孩子姓名：,2、孩子性别：,3、出生年月日：,4、所在班级：,\
                 5、孩子由谁照看？,6、照看人姓名,7、照看人联系电话,8、父亲在哪里务工？,9、母亲在哪里务工？,总分
1,2026/9/3 20:11:05,95秒,微信,N/A,1.2.3.4,陈思远,A.男,2016-03-07,三年级1班,A.爷爷奶奶,陈老汉,13900001003,广东东莞,浙江,0
2,2026/9/3 20:31:05,195秒,微信,N/A,1.2.3.5,林小雨,B.女,2016年8月12日,三年级1班,C.父亲或母亲,赵梅,13900001012,宁波,在家务农,0
";
    let records = read(
        &store,
        Kind::Child,
        table.as_bytes(),
        &[SINCE, ("map", "来源=-")],
    );
    let of = |record: &toml::Table| {
        [
            at(record, "name"),
            at(record, "gender"),
            at(record, "birth_date"),
            at(record, "guardianship.0.away"),
            at(record, "guardianship.0.kind"),
            at(record, "guardianship.0.guardian.name"),
            at(record, "guardianship.0.guardian.phone"),
        ]
    };
    assert_eq!(
        records.iter().map(of).collect::<Vec<_>>(),
        [
            [
                "陈思远",
                "male",
                "2016-03-07",
                "both",
                "grandparents",
                "陈老汉",
                "13900001003"
            ],
            [
                "林小雨",
                "female",
                "2016-08-12",
                "father",
                "one-parent",
                "赵梅",
                "13900001012"
            ],
        ]
    );
}

#[test]
fn a_unit_next_to_a_quantity_is_not_a_donor() {
    let (_dir, store) = school();
    let table = "日期,物品,数量,单位,资助方,学生\n2025-10-01,书包,2,个,县妇联,\n";
    assert_eq!(
        faults(&store, Kind::Aid, table.as_bytes(), &[])
            .iter()
            .filter(|(id, _)| *id == "import-same-field")
            .count(),
        0
    );
}

#[test]
fn unknown_people_in_a_cell_are_reported() {
    let (_dir, store) = school();
    let table = "帮扶教师,帮扶学生,开始日期\n王芳,张三、李四,2025-09-01\n";
    let found = faults(&store, Kind::Pairing, table.as_bytes(), &[]);
    assert!(
        found.contains(&("import-unknown-reference", Some(2))),
        "{found:?}"
    );
}

#[test]
fn a_status_word_is_not_a_name() {
    let (_dir, store) = school();
    let table = "姓名,性别,出生日期,父亲姓名,父亲务工地点,母亲姓名,监护人,与监护人关系\n张三,男,2016-05-01,张强,东莞,已故,李大,奶奶\n";
    let record = &read(
        &store,
        Kind::Child,
        table.as_bytes(),
        &[("since", "2025-09-01")],
    )[0];
    let found = [
        "parents.1.relation",
        "parents.1.status",
        "parents.1.name",
        "guardianship.0.away",
    ]
    .map(|path| at(record, path));
    assert_eq!(found, ["mother", "deceased", "", "father"]);
}

#[test]
fn ticks_under_a_header_of_codes_are_codes_of_it() {
    let (_dir, store) = school();
    let table = "姓名,性别,出生日期,留守类型,,监护方式,,\n,,,父亲外出,双亲外出,隔代,单亲,亲友\n张三,男,2016-05-01,√,,,√,\n李四,男,2016-05-02,,√,,,√\n";
    let records = read(
        &store,
        Kind::Child,
        table.as_bytes(),
        &[("since", "2025-09-01")],
    );
    let kinds: Vec<String> = records
        .iter()
        .map(|record| at(record, "guardianship.0.kind"))
        .collect();
    assert_eq!(kinds, ["single-parent", "kin-or-friends"]);
    assert_eq!(at(&records[0], "hardship.0"), "");
}

#[test]
fn incomplete_birth_dates_are_reported_with_other_errors() {
    let (_dir, store) = school();
    let table = "姓名,性别,出生年月,班级\n张三,妇,2016.5,三1班\n";
    let found = faults(&store, Kind::Child, table.as_bytes(), &[]);
    assert_eq!(
        found,
        [
            ("import-unknown-code", Some(2)),
            ("entered-month-only", Some(2))
        ]
    );
}

#[test]
fn a_duplicate_column_is_skipped_and_a_differing_one_is_an_error() {
    let (_dir, store) = school();
    let table = |second: &str| {
        format!("姓名,性别,出生日期,现住址,家庭地址\n张三,男,2016-05-01,桃花村3组,{second}\n")
    };
    let record = &read(&store, Kind::Child, table("桃花村3组").as_bytes(), &[])[0];
    assert_eq!(at(record, "address"), "桃花村3组");
    let found = faults(&store, Kind::Child, table("桃花村4组").as_bytes(), &[]);
    assert_eq!(found, [("import-same-field", Some(1))]);
}

#[test]
fn a_name_with_another_middle_dot_is_the_same() {
    let (_dir, store) = school();
    let table =
        "姓名,性别,出生日期\n阿依古丽·买买提,女,2016-05-01\n阿依古丽.买买提,女,2016-05-01\n";
    let found = faults(&store, Kind::Child, table.as_bytes(), &[]);
    assert_eq!(found, [("import-twin-person-row", Some(3))]);
}

//! Conversion of cells to values and back.

use super::*;

fn school() -> School {
    toml::from_str(
        r#"format = 1
[school]
name = "柳树小学"
level = "primary"
"#,
    )
    .unwrap()
}

fn read(kind: Kind, field: &str, cell: Cell) -> Result<Option<Value>, &'static str> {
    let mut names = Names::default();
    names.note("h7k3m9q".parse().unwrap(), Some("李老师"));
    names.note("h000001".parse().unwrap(), Some("王芳"));
    names.note("h000002".parse().unwrap(), Some("王芳"));
    let school = school();
    let context = CellContext {
        school: &school,
        today: "2025-10-12".parse().unwrap(),
        names: &names,
        day_of_month: None,
        period: None,
        from_1904: false,
        is_exact: false,
    };
    let holds = &kind.shape().at(&field.parse().unwrap()).unwrap().holds;
    match value(holds, &cell, &context) {
        Ok(CellMeaning::Value(value, _)) => Ok(Some(value)),
        Ok(CellMeaning::Nothing) => Ok(None),
        Ok(CellMeaning::Dropped(note)) => Err(note.id),
        Err(message) => Err(message.id),
    }
}

fn text(kind: Kind, field: &str, words: &str) -> Result<String, &'static str> {
    read(kind, field, Cell::of_text(words)).map(|value| value.unwrap().to_string())
}

#[test]
fn dates_are_read_as_people_write_them() {
    for words in [
        "2015-09-01",
        "2015/9/1",
        "2015.9.1",
        "2015年9月1日",
        "20150901",
        "42248",
        "２０１５／９／１",
        "2015/9/1 0:00:00",
    ] {
        assert_eq!(
            text(Kind::Child, "birth_date", words).unwrap(),
            "2015-09-01",
            "{words}"
        );
    }
    assert_eq!(
        read(Kind::Child, "birth_date", Cell::Number(42248.0))
            .unwrap()
            .unwrap()
            .to_string(),
        "2015-09-01"
    );
    for (words, id) in [
        ("2015-02-30", "entered-no-such-day"),
        ("2015.9", "entered-month-only"),
        ("9月1日", "entered-no-year"),
        ("昨天", "import-bad-date"),
        ("123", "import-bad-date"),
    ] {
        assert_eq!(text(Kind::Child, "birth_date", words), Err(id), "{words}");
    }
    for words in [
        "2025-11-02T10:25:00",
        "2025/11/2 10:25",
        "2025年11月2日10时25分",
    ] {
        assert_eq!(
            text(Kind::Incident, "discovered", words).unwrap(),
            "2025-11-02T10:25:00"
        );
    }
}

#[test]
fn numbers_that_are_names_of_things_stay_whole() {
    let phone = read(Kind::Helper, "phone", Cell::Number(13_900_001_234.0))
        .unwrap()
        .unwrap();
    assert_eq!(phone.as_str(), Some("13900001234"));
    assert_eq!(
        read(
            Kind::Child,
            "id_number",
            Cell::Number(420_000_201_503_020_000.0)
        ),
        Err("import-rounded")
    );
    assert_eq!(
        text(Kind::Child, "student_no", "1.39E+10"),
        Err("import-rounded")
    );
    assert_eq!(
        read(Kind::Aid, "amount", Cell::Number(300.5))
            .unwrap()
            .unwrap()
            .as_str(),
        Some("300.50")
    );
    assert_eq!(text(Kind::Aid, "amount", "1,200元").unwrap(), "\"1200.00\"");
}

#[test]
fn codes_are_read_by_their_labels() {
    for words in ["祖辈监护", "grandparents", "Grandparents"] {
        assert_eq!(
            text(Kind::Child, "guardianship.kind", words).unwrap(),
            "\"grandparents\""
        );
    }
    assert_eq!(
        text(Kind::Child, "hardship", "低保、残疾").unwrap(),
        "[\"low-income\", \"disabled\"]"
    );
    assert_eq!(text(Kind::Child, "gender", "男生").unwrap(), "\"male\"");
    assert_eq!(
        text(Kind::Child, "gender", "妇"),
        Err("import-unknown-code")
    );
}

#[test]
fn classes_are_read_by_the_names_they_have_today() {
    for words in [
        "2023-1",
        "三（1）班",
        "3年级1班",
        "三年级(1)班",
        "2023级（1）班",
        "3.1",
    ] {
        assert_eq!(
            text(Kind::Child, "enrolment.class", words).unwrap(),
            "\"2023-1\"",
            "{words}"
        );
    }
    for (words, id) in [
        ("七（1）班", "entered-grade-outside"),
        ("三年级", "entered-grade-only"),
        ("好班", "import-bad-class"),
    ] {
        assert_eq!(text(Kind::Child, "enrolment.class", words), Err(id));
    }
}

#[test]
fn people_are_found_by_id_or_exact_name() {
    assert_eq!(text(Kind::Visit, "by", "李老师").unwrap(), "[\"h7k3m9q\"]");
    assert_eq!(
        text(Kind::Visit, "by", "h000001，李老师").unwrap(),
        "[\"h000001\", \"h7k3m9q\"]"
    );
    assert_eq!(text(Kind::Visit, "by", "王芳"), Err("import-several-named"));
    assert_eq!(
        text(Kind::Visit, "by", "李"),
        Err("import-unknown-reference")
    );
}

#[test]
fn formulas_are_disarmed_and_come_back() {
    for words in [
        "=1+1",
        "+8613900001234",
        "-",
        "@x",
        "\tx",
        "'quoted",
        "''",
        "",
        " spaced ",
    ] {
        let cell = escaped(words);
        assert!(cell.starts_with('\''), "{words:?}");
        assert_eq!(unescaped(&cell), words);
    }
    assert_eq!(escaped("张小明"), "张小明");
    assert_eq!(unescaped("'twas"), "'twas");
}

#[test]
fn lists_come_back_from_one_cell() {
    for parts in [
        vec!["画画", "篮球"],
        vec!["一、二", "[三]"],
        vec!["只有一句，带逗号。"],
    ] {
        let parts: Vec<String> = parts.into_iter().map(str::to_owned).collect();
        for entry in [FieldType::Text, FieldType::Prose] {
            assert_eq!(split(&entry, &joined(&entry, &parts)), parts);
        }
    }
}

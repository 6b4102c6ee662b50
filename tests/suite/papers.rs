//! Papers about one child or family: whom they name, and what they contain.

use std::path::Path;

use cuncao::model::Kind;

use crate::support::{copy, cuncao, err, example, out, printed, refused, small, write};

/// A small school whose records contain what letters must not.
fn school() -> tempfile::TempDir {
    let school = small();
    write(
        school.path(),
        "visits/2025-11/2025-11-03-v8k3m9q.toml",
        r#"date = 2025-11-03
mode = "talk"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "爸爸喝酒后打他"
child_voice = "我怕爸爸"
for_parents = "小明这个月数学进步很大"
"#,
    );
    write(
        school.path(),
        "visits/2025-11/2025-11-20-v9k3m9q.toml",
        r#"date = 2025-11-20
mode = "talk"
children = ["c4t8w2z", "c7k2m4p"]
by = ["h7k3m9q"]
summary = "两个孩子吵架"
for_parents = "和赵 雪一起值日"
"#,
    );
    write(
        school.path(),
        "awards/2025-12/2025-12-20-w7k3m9q.toml",
        r#"date = 2025-12-20
child = "c4t8w2z"
title = "与赵雪同获二等奖"
"#,
    );
    school
}

#[test]
fn a_letter_tells_facts_and_what_was_written_for_parents() {
    let school = school();
    let output = cuncao(school.path(), &["report", "letter", "张小明"]);
    let (text, said) = (out(&output), err(&output));
    assert!(
        text.contains("尊敬的张小明家长") && text.contains("小明这个月数学进步很大。"),
        "{text}"
    );
    assert!(text.contains("联系3次，其中家访1次，谈心2次"), "{text}");
    for told in [
        "喝酒",
        "我怕爸爸",
        "吵架",
        "赵",
        "值日",
        "二等奖",
        "奶奶身体好转",
    ] {
        assert!(!text.contains(told), "{told}: {text}");
    }
    // What was left out is reported, with the record.
    for record in ["2025-11-20-v9k3m9q", "2025-12-20-w7k3m9q"] {
        assert!(said.contains(record), "{said}");
    }
    assert!(!said.contains("2025-11-03-v8k3m9q"), "{said}");
    let english = printed(
        school.path(),
        &["--lang", "en", "report", "letter", "张小明"],
    );
    assert!(
        english.contains("in touch with your child and family 3 times: home visit 1, talk 2;"),
        "{english}"
    );
}

#[test]
fn a_template_of_the_school_cannot_put_notes_into_a_letter() {
    let school = school();
    write(
        school.path(),
        "templates/letter.zh.md",
        "{% for c in children %}\n# 信\n{% for v in c.all_visits %}\n{{ v.summary }}{{ v.child_voice }}{{ v.children | join }}\n{% endfor %}\n{% endfor %}\n",
    );
    let text = printed(school.path(), &["report", "letter", "张小明"]);
    for told in ["喝酒", "我怕爸爸", "赵雪"] {
        assert!(!text.contains(told), "{text}");
    }
}

#[test]
fn papers_about_one_family_print_names_and_say_so() {
    let school = school();
    write(
        school.path(),
        "cuncao.toml",
        r#"format = 1
[school]
name = "柳树小学"
level = "primary"
[report]
names = "none"
"#,
    );
    for report in ["letter", "card", "child", "handover", "visit", "register"] {
        let output = cuncao(school.path(), &["report", report]);
        assert!(out(&output).contains("张小明"), "{report}");
        assert!(
            err(&output).contains("写明姓名"),
            "{report}: {}",
            err(&output)
        );
        let hidden = cuncao(school.path(), &["report", report, "--names", "none"]);
        assert!(!out(&hidden).contains("张小明"), "{report}");
        assert!(!err(&hidden).contains("写明姓名"), "{report}");
    }
    // Other reports name staff but no children.
    for report in ["roster", "helper", "overview"] {
        let output = cuncao(school.path(), &["report", report]);
        assert!(
            !out(&output).contains("张小明") && err(&output).is_empty(),
            "{report}"
        );
    }
    assert!(printed(school.path(), &["report", "helper"]).contains("王芳"));
}

#[test]
fn what_a_report_cannot_do_is_refused() {
    let school = school();
    for (arguments, said) in [
        (&["report", "letter", "--public"][..], "不能公开"),
        (&["report", "roster", "--public"], "不能公开"),
        (&["report", "term", "--class", "2022-1"], "不用 --class"),
        (
            &["report", "letter", "--compare", "previous"],
            "不用 --compare",
        ),
        (&["report", "letter", "--blank"], "没有空白的"),
        (&["report", "register", "张小明", "--blank"], "空白表"),
    ] {
        let message = refused(school.path(), arguments, 2);
        assert!(message.contains(said), "{arguments:?}: {message}");
    }
}

fn papers(text: &str) -> usize {
    text.lines().filter(|line| line.starts_with("# ")).count()
}

#[test]
fn a_record_named_is_one_paper_and_none_named_all_of_the_period() {
    let school = example();
    let count = |arguments: &[&str]| {
        let term = ["--term", "2025-2026-2"];
        let arguments = [&["--today", "2026-07-10", "report"], arguments, &term].concat();
        papers(&printed(school.path(), &arguments))
    };
    assert_eq!(count(&["letter"]), 113);
    assert_eq!(count(&["register", "--class", "2022-1"]), 9);
    assert_eq!(count(&["incident"]), 3);
    let list = [
        "--today",
        "2026-07-10",
        "list",
        "incident",
        "--term",
        "2025-2026-2",
        "--format",
        "csv",
    ];
    let listed = printed(school.path(), &list);
    let id = listed.lines().nth(1).unwrap().split(',').next().unwrap();
    assert_eq!(count(&["incident", id]), 1);
}

#[test]
fn where_there_is_nothing_to_tell_a_short_page_says_so() {
    let school = tempfile::tempdir().unwrap();
    write(
        school.path(),
        "cuncao.toml",
        r#"format = 1
[school]
name = "柳树小学"
level = "primary"
"#,
    );
    write(
        school.path(),
        "terms/2025-2026-1.toml",
        r#"name = "第一学期"
start = 2025-09-01
end = 2026-01-23
"#,
    );
    // The self-audit contains all legal requirements even for an empty school.
    let reports = cuncao::report::REPORTS.iter();
    for report in reports.filter(|report| !report.is_of_today()) {
        let class = ["--class", "2022-1"];
        let class = if report.name == "class" {
            &class[..]
        } else {
            &[]
        };
        for lang in ["zh", "en"] {
            let arguments = [&["--lang", lang, "report", report.name], class].concat();
            let text = printed(school.path(), &arguments);
            assert!(
                text.chars().count() < 2500 && papers(&text) == 1,
                "{arguments:?}: {text}"
            );
        }
    }
}

#[test]
fn every_report_is_made_in_both_languages_and_all_forms() {
    let school = school();
    for report in cuncao::report::REPORTS {
        let class = ["--class", "2022-1"];
        let class = if report.takes_class() {
            &class[..]
        } else {
            &[]
        };
        for (lang, format) in [("zh", "md"), ("en", "md"), ("zh", "html"), ("en", "docx")] {
            let arguments = ["--lang", lang, "report", report.name, "--format", format];
            let output = cuncao(school.path(), &[&arguments[..], class].concat());
            assert!(output.status.success(), "{arguments:?}: {}", err(&output));
            assert!(output.stdout.len() > 60, "{arguments:?}");
        }
    }
}

#[test]
fn a_handover_lists_what_is_open_or_says_none_and_skips_no_number() {
    let school = school();
    let text = printed(school.path(), &["report", "handover", "张小明"]);
    for row in [
        "| 未办结事件 | 无 |",
        "| 跟进事项 | 无 |",
        "| 未还借用 | 无 |",
    ] {
        assert!(text.contains(row), "{row}: {text}");
    }
    let numbers: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("## ")?.split('、').next())
        .collect();
    assert_eq!(numbers, ["一", "二", "三"]);
    assert_eq!(text.matches("签名").count(), 2);
    write(
        school.path(),
        "loans/2025-10/2025-10-13-l7k3m9q.toml",
        r#"date = 2025-10-13
item = "跳绳"
quantity = 1
child = "c4t8w2z"
due = 2025-10-20
"#,
    );
    write(
        school.path(),
        "incidents/2025-11/2025-11-02-i7k3m9q.toml",
        r#"discovered = 2025-11-02T10:20:00
reported = 2025-11-02T10:23:00
kind = "injury"
children = ["c4t8w2z"]
by = "h7k3m9q"
reported_to = ["校长"]
summary = "操场摔伤"
"#,
    );
    let text = printed(school.path(), &["report", "handover", "张小明"]);
    assert!(
        text.contains("2025-11-02 10:20发现：受伤。操场摔伤")
            && text.contains("| 未还借用 | 跳绳×1"),
        "{text}"
    );
}

#[test]
fn a_card_names_each_person_once_with_the_head_teacher() {
    let school = school();
    write(
        school.path(),
        "helpers/h7k3m9q.toml",
        r#"name = "王芳"
role = "head-teacher"
class = "2022-1"
phone = "13900000009"
"#,
    );
    write(
        school.path(),
        "pairings/2025-09/2025-09-05-p7k3m9q.toml",
        r#"since = 2025-09-05
child = "c4t8w2z"
helper = "h7k3m9q"
role = "teacher"
"#,
    );
    let text = printed(school.path(), &["report", "card", "张小明"]);
    assert_eq!(text.matches("王芳").count(), 1, "{text}");
    assert!(text.contains("班主任：王芳 13900000009"), "{text}");
}

#[test]
fn forms_can_be_left_blank() {
    let school = school();
    for report in ["visit", "incident", "referral", "register"] {
        let text = printed(school.path(), &["report", report, "--blank"]);
        assert!(
            papers(&text) == 1 && !text.contains("张小明") && !text.contains("王芳"),
            "{text}"
        );
    }
    let incident = printed(school.path(), &["report", "incident", "--blank"]);
    assert_eq!(incident.matches('☐').count(), 9, "{incident}");
}

/// The numbers in each row of the first report table below a header cell.
fn numbers(text: &str, first: &str) -> Vec<Vec<i64>> {
    let rows = text
        .lines()
        .skip_while(|line| !line.starts_with(&format!("| {first} |")));
    let rows = rows.skip(2).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| -> Vec<i64> {
        let cells = line.split('|').skip(2).filter(|cell| !cell.is_empty());
        cells.map(|cell| cell.trim().parse().unwrap()).collect()
    };
    rows.map(cells).collect()
}

#[test]
fn the_summary_table_adds_up_along_and_across() {
    let school = example();
    let text = printed(
        school.path(),
        &[
            "--today",
            "2026-07-10",
            "report",
            "summary",
            "--term",
            "2025-2026-2",
        ],
    );
    for first in ["班级", "年级"] {
        let rows = numbers(&text, first);
        let (total, parts) = rows.split_last().unwrap();
        assert_eq!(total[0], 113);
        assert!(parts.len() > 5, "{text}");
        for column in 0..total.len() {
            let sum: i64 = parts.iter().map(|row| row[column]).sum();
            assert_eq!(sum, total[column], "{first}, column {column}: {text}");
        }
        for row in &rows {
            // Two genders, four kinds of guardianship, three ways of being away.
            assert_eq!(row[1] + row[2], row[0], "{row:?}");
            assert_eq!(row[3..7].iter().sum::<i64>(), row[0], "{row:?}");
            assert_eq!(row[7..10].iter().sum::<i64>(), row[0], "{row:?}");
        }
    }
}

#[test]
fn helpers_who_are_behind_stand_first_and_a_total_last() {
    let school = example();
    let text = printed(
        school.path(),
        &[
            "--today",
            "2026-07-10",
            "report",
            "helper",
            "--term",
            "2025-2026-2",
        ],
    );
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
    assert!(rows[2].contains("| 23 | 19 | 82.6%"), "{}", rows[2]);
    assert!(rows.last().unwrap().contains("| 合计 |"), "{text}");
}

fn part(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

#[test]
fn each_letter_of_a_word_file_is_a_section_of_its_own() {
    let school = school();
    let file = school.path().join("letters.docx");
    printed(
        school.path(),
        &["report", "letter", "-o", file.to_str().unwrap()],
    );
    let document = part(&file, "word/document.xml");
    assert_eq!(document.matches("<w:sectPr>").count(), 2);
    assert_eq!(document.matches("<w:pgNumType w:start=\"1\"/>").count(), 2);
    let properties = part(&file, "docProps/core.xml");
    assert!(
        properties.contains("<dc:creator>柳树小学</dc:creator>")
            && properties.contains("<dc:title>致家长的一封信</dc:title>")
            && properties.contains(">2026-01-10T00:00:00Z<"),
        "{properties}"
    );
}

#[test]
fn a_batch_is_not_called_by_the_first_child_in_it() {
    let school = school();
    let file = school.path().join("files.docx");
    printed(
        school.path(),
        &["report", "child", "-o", file.to_str().unwrap()],
    );
    assert!(part(&file, "docProps/core.xml").contains("<dc:title>成长档案</dc:title>"));
}

#[test]
fn a_line_that_ends_with_a_block_ends() {
    let school = school();
    let filled = |template: &str| {
        write(school.path(), "own.md", template);
        let own = school.path().join("own.md");
        printed(
            school.path(),
            &["report", "term", "--template", own.to_str().unwrap()],
        )
    };
    let list = "- 甲{% if true %}乙{% endif %}\n- 丙{% if false %}丁{% endif %}\n- 戊\n";
    assert_eq!(filled(list), "- 甲乙\n- 丙\n- 戊\n");
    let conditions =
        "{% if true %}- 甲{% else %}- 乙{% endif %}\n{% if false %}- 丙{% endif %}\n- 丁\n";
    assert_eq!(filled(conditions), "- 甲\n- 丁\n");
}

#[test]
fn a_template_s_fault_is_told_with_the_nearest_name() {
    let school = school();
    for (template, said) in [
        ("{{ n(\"childern\") }}\n", "是不是“children”"),
        (
            "{{ n(\"children\", clas=\"2022-1\") }}\n",
            "不能按“clas”分组",
        ),
        ("{{ scool.name }}\n", "是不是“school”"),
        ("{{ school.nme }}\n", "是不是“name”"),
        ("{{ labels(\"visit\", \"summary\") }}\n", "没有固定的选项"),
        ("{{ below(\"visits\") | joind }}\n", "是不是“joined”"),
        ("{{ grups(\"class\") }}\n", "是不是“groups”"),
        (
            "{{ in_term(\"visits\", \"2025-2026-9\") }}\n",
            "没有学期“2025-2026-9”",
        ),
        ("{% if names %}\n", "模板的写法有错"),
    ] {
        write(school.path(), "templates/term.zh.md", template);
        let message = refused(school.path(), &["report", "term"], 2);
        assert!(message.contains(said), "{template}: {message}");
    }
}

#[test]
fn a_template_of_the_school_names_leaders_only_where_staff_are_named() {
    let school = school();
    write(
        school.path(),
        "terms/2025-2026-1.toml",
        r#"name = "第一学期"
start = 2025-09-01
end = 2026-01-23

[[leadership]]
role = "head"
name = "钱进"
title = "校长"
"#,
    );
    write(
        school.path(),
        "templates/term.zh.md",
        "{% for l in term.leadership %}{{ l.title }}{{ l.name }}{% endfor %}{% for l in leaders %}，{{ l.title }}{{ l.name }}{% endfor %}\n",
    );
    let text = |more: &[&str]| printed(school.path(), &[&["report", "term"], more].concat());
    assert_eq!(text(&[]), "校长钱进，校长钱进\n");
    assert_eq!(text(&["--names", "none"]), "校长，校长\n");
    assert_eq!(text(&["--public"]), "校长，校长\n");
}

#[test]
fn figures_can_be_split_by_two_dimensions() {
    let school = school();
    write(
        school.path(),
        "templates/term.zh.md",
        "男{{ n(\"children\", class=\"2022-1\", gender=\"male\") }}女{{ n(\"children\", gender=\"female\", class=\"2022-1\") }}缺{{ missing(\"children.visited\") }}\n",
    );
    assert_eq!(printed(school.path(), &["report", "term"]), "男1女1缺0\n");
}

/// All templates on a page, concatenated.
fn templates_of(page: &str) -> String {
    let blocks = page
        .split("```jinja\n")
        .skip(1)
        .map(|rest| rest.split("\n```\n").next().unwrap());
    let layout = page.split("~~~jinja\n").nth(1).unwrap();
    let layout = layout.split("\n~~~\n").next().unwrap();
    blocks.chain([layout]).collect::<Vec<_>>().join("\n\n")
}

/// The words within the tags of a template.
fn tags_of(template: &str) -> std::collections::BTreeSet<String> {
    let tags = template.split("{{").chain(template.split("{%")).skip(1);
    let tags = tags.filter_map(|rest| rest.split("}}").next()?.split("%}").next());
    let words = tags.flat_map(|tag| tag.split(|c: char| !c.is_alphanumeric() && c != '_'));
    words.map(str::to_owned).collect()
}

/// The functions, filters, variables and lists of templates, according to the source code.
fn known_to_templates() -> Vec<String> {
    let source = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report");
        std::fs::read_to_string(path.join(name)).unwrap()
    };
    let quoted = |rest: &str| {
        let rest = rest.trim_start().strip_prefix('"')?;
        Some(rest.split('"').next()?.to_owned())
    };
    let engine = source("engine.rs");
    let mut known: Vec<String> = ["add_function(", "add_filter(", "add_global("]
        .iter()
        .flat_map(|call| engine.split(call).skip(1))
        .filter_map(quoted)
        .collect();
    let between = |text: &str, from: &str, until: &str| {
        let rest = text.split(from).nth(1).unwrap();
        rest.split(until).next().unwrap().to_owned()
    };
    let context = source("context.rs");
    let organisation = source("organisation.rs");
    for block in [
        between(&context, "let context = json!({", "});"),
        between(&context, "const OTHER_LISTS: &[&str] = &[", "];").replace(", ", "\n"),
        between(&organisation, "json!({", "\"background\""),
    ] {
        known.extend(block.lines().filter_map(quoted));
    }
    let kinds = Kind::ALL.iter().filter(|kind| **kind != Kind::Term);
    known.extend(kinds.map(|kind| kind.folder().to_owned()));
    assert!(known.len() > 60, "{known:?}");
    known
}

#[test]
fn the_page_on_templates_can_be_run() {
    let school = example();
    for (lang, page) in [("zh", "TEMPLATES.zh.md"), ("en", "TEMPLATES.md")] {
        let page = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("examples")
            .join(page);
        let page = std::fs::read_to_string(page).unwrap();
        assert_eq!(
            printed(school.path(), &["--lang", lang, "help", "templates"]),
            page
        );
        write(school.path(), "own.md", &templates_of(&page));
        let own = school.path().join("own.md");
        let arguments = [
            "--lang",
            lang,
            "--today",
            "2026-07-10",
            "report",
            "term",
            "--template",
            own.to_str().unwrap(),
        ];
        let text = printed(school.path(), &arguments);
        assert!(text.contains("113") && text.contains("2 visits"), "{text}");
        let examples = tags_of(&templates_of(&page));
        for name in known_to_templates() {
            assert!(examples.contains(&name), "{lang}: {name} has no example");
        }
    }
}

#[test]
fn a_school_s_own_headings_can_be_written_by_following_the_page() {
    let school = example();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/templates/term.zh.md");
    let own = own.to_str().unwrap();
    let text = printed(
        school.path(),
        &["--today", "2026-07-10", "report", "term", "--template", own],
    );
    for heading in [
        "## 一、基本情况",
        "## 二、确定工作目标",
        "## 三、主要工作措施",
        "### （二）构建教育网络，形成关爱合力",
    ] {
        assert!(text.contains(heading), "{text}");
    }
    // The smallest school too.
    let school = small();
    printed(school.path(), &["report", "term", "--template", own]);
}

/// A form as a Word file with a single part.
fn form(text: &str) -> Vec<u8> {
    let mut form = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in [
        ("word/media/image1.png", "\u{1}pixels"),
        ("word/document.xml", text),
    ] {
        form.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut form, bytes.as_bytes()).unwrap();
    }
    form.finish().unwrap().into_inner()
}

#[test]
fn a_form_of_somebody_else_is_filled_and_nothing_else_changed() {
    let school = school();
    let text = "<w:document><w:p><w:r><w:t>共{{ n(</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>“children”) }}人</w:t></w:r></w:p>\
                <w:p><w:r><w:t>{{ child.name }}，{{child.village}}。</w:t></w:r></w:p></w:document>";
    std::fs::write(school.path().join("form.docx"), form(text)).unwrap();
    let output = cuncao(
        school.path(),
        &["fill", "form.docx", "-o", "out.docx", "--child", "张小明"],
    );
    assert!(output.status.success(), "{}", err(&output));
    assert!(
        err(&output).contains("child.village") && err(&output).contains("写明姓名"),
        "{}",
        err(&output)
    );
    let out = school.path().join("out.docx");
    assert_eq!(
        part(&out, "word/document.xml"),
        "<w:document><w:p><w:r><w:t>共2</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>人</w:t></w:r></w:p>\
         <w:p><w:r><w:t>张小明，。</w:t></w:r></w:p></w:document>"
    );
    assert_eq!(part(&out, "word/media/image1.png"), "\u{1}pixels");
    std::fs::write(
        school.path().join("form.docx"),
        form("<w:p><w:r><w:t>{{ n(\"childern\") }}</w:t></w:r></w:p>"),
    )
    .unwrap();
    let said = refused(school.path(), &["fill", "form.docx", "-o", "other.docx"], 2);
    assert!(
        said.contains("是不是“children”") && !school.path().join("other.docx").exists(),
        "{said}"
    );
    std::fs::write(school.path().join("form.docx"), "no form").unwrap();
    assert!(
        refused(school.path(), &["fill", "form.docx", "-o", "other.docx"], 2).contains(".docx")
    );
}

/// A workbook with one sheet, and shared strings if given.
fn workbook(sheet: &str, strings: Option<&str>) -> Vec<u8> {
    let mut book = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let parts = [
        ("xl/workbook.xml", Some("<workbook/>")),
        ("xl/worksheets/sheet1.xml", Some(sheet)),
        ("xl/sharedStrings.xml", strings),
        // Styles 2 and 3 are percentages: by a built-in format, and by one of the workbook.
        (
            "xl/styles.xml",
            Some(
                "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
                 <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"1\"/><xf numFmtId=\"10\"><alignment/></xf><xf numFmtId=\"164\"/></cellXfs></styleSheet>",
            ),
        ),
    ];
    for (name, text) in parts {
        let Some(text) = text else { continue };
        book.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut book, text.as_bytes()).unwrap();
    }
    book.finish().unwrap().into_inner()
}

#[test]
fn a_number_alone_in_a_cell_of_a_workbook_is_a_number() {
    let school = school();
    let filled = |sheet: &str, strings: Option<&str>| {
        std::fs::write(school.path().join("form.xlsx"), workbook(sheet, strings)).unwrap();
        let arguments = ["fill", "form.xlsx", "-o", "out.xlsx", "--child", "张小明"];
        let output = cuncao(school.path(), &arguments);
        assert!(output.status.success(), "{}", err(&output));
        part(&school.path().join("out.xlsx"), "xl/worksheets/sheet1.xml")
    };
    // The second string is empty; a string may be used twice.
    let strings = "<sst><si><t>人数</t></si><si/><si><t>{{ n(</t></si><si><r><t>{{ n(“chil</t></r><r><t>dren”) }}</t></r></si>\
                   <si><t>共{{ n(“children”) }}人</t></si><si><t>{{ share(“children.visited”) }}</t></si></sst>";
    let sheet = "<row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"4\" t=\"s\"><v>3</v></c><c r=\"C1\" t=\"s\"><v>4</v></c>\
                 <c r=\"D1\"><v>3</v></c><c r=\"E1\" t=\"s\"><v>5</v></c></row>";
    assert_eq!(
        filled(sheet, Some(strings)),
        "<row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"4\"><v>2</v></c><c r=\"C1\" t=\"s\"><v>4</v></c>\
         <c r=\"D1\"><v>3</v></c><c r=\"E1\" t=\"s\"><v>5</v></c></row>"
    );
    // A share is written as a number if the cell is formatted as a percentage.
    let sheet = "<row><c r=\"A1\" s=\"1\" t=\"s\"><v>5</v></c><c r=\"B1\" s=\"2\" t=\"s\"><v>5</v></c>\
                 <c r=\"C1\" s=\"3\" t=\"inlineStr\"><is><t>{{ share(\"children.visited\") }}</t></is></c></row>";
    let shares = filled(sheet, Some(strings));
    let text = "<row><c r=\"A1\" s=\"1\" t=\"s\"><v>5</v></c>";
    let number = "<c r=\"B1\" s=\"2\"><v>1</v></c><c r=\"C1\" s=\"3\"><v>1</v></c></row>";
    assert_eq!(shares, format!("{text}{number}"));
    // A phone number stays text, an age becomes a number.
    let sheet = "<row><c r=\"A1\" t=\"inlineStr\"><is><t>{{ child.age }}</t></is></c>\
                 <c r=\"B1\" t=\"inlineStr\"><is><t>{{ child.care.guardian.phone }}</t></is></c></row>";
    let whole = filled(sheet, None);
    assert!(whole.contains("<c r=\"A1\"><v>"), "{whole}");
    assert!(whole.contains("<t>139"), "{whole}");
}

#[test]
fn a_template_can_ask_for_the_figures_of_another_term() {
    let school = small();
    let own = school.path().join("own.md");
    let filled = |template: &str, more: &[&str]| {
        write(school.path(), "own.md", template);
        let arguments = [
            &["report", "term", "--template", own.to_str().unwrap()],
            more,
        ]
        .concat();
        printed(school.path(), &arguments)
    };
    write(
        school.path(),
        "terms/2024-2025-2.toml",
        r#"name = "第二学期"
start = 2025-02-17
end = 2025-07-04
"#,
    );
    write(
        school.path(),
        "visits/2025-03/2025-03-12-v0k3m9q.toml",
        r#"date = 2025-03-12
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
summary = "好"
"#,
    );
    let asked = "{{ in_term(\"visits\", \"previous\") }} {{ in_term_v(\"visits\", \"2024-2025-2\") | int + 4 }}\n";
    assert_eq!(filled(asked, &[]), "1 5\n");
    // The first term has no previous one, and public reports contain one term at a time.
    let none = "{{ in_term(\"visits\", \"previous\") is none }}\n";
    assert_eq!(filled(none, &["--term", "2024-2025-2"]), "True\n");
    assert_eq!(filled(none, &["--public"]), "True\n");
}

#[test]
fn what_is_about_nobody_and_a_form_over_itself_are_refused_in_words() {
    let school = school();
    let said = refused(school.path(), &["report", "summary", "张小明"], 2);
    assert!(said.contains("不用写姓名"), "{said}");
    std::fs::write(school.path().join("form.docx"), "x").unwrap();
    let form = school.path().join("form.docx");
    let form = form.to_str().unwrap();
    let said = refused(school.path(), &["fill", form, "-o", form], 2);
    assert!(said.contains("空白表本身"), "{said}");
}

#[test]
fn the_overview_has_the_order_of_what_is_due() {
    let school = example();
    let today = ["--today", "2026-07-03"];
    let overview = printed(
        school.path(),
        &[&today[..], &["report", "overview", "--term", "2025-2026-2"]].concat(),
    );
    let waiting: Vec<&str> = overview
        .lines()
        .skip_while(|line| !line.starts_with("## 二"))
        .filter_map(|line| {
            line.split(" | ")
                .nth(1)
                .filter(|cell| cell.starts_with('c'))
        })
        .take(15)
        .collect();
    assert_eq!(waiting.len(), 15, "{overview}");
    let due = printed(
        school.path(),
        &[&today[..], &["due", "--format", "json"]].concat(),
    );
    let rows: serde_json::Value = serde_json::from_str(&due).unwrap();
    let rows = rows.as_array().unwrap().iter();
    let contacts = rows.filter(|row| row["group"] == "contact");
    let first: Vec<&str> = contacts
        .take(15)
        .map(|row| row["record"].as_str().unwrap())
        .collect();
    assert_eq!(waiting, first);
}

/// The lines of the first title of a Word document.
fn title_lines(school: &Path, report: &[&str]) -> Vec<String> {
    let arguments = [&["report"], report, &["-o", "title.docx"]].concat();
    let output = cuncao(school, &arguments);
    assert!(output.status.success(), "{}", err(&output));
    let xml = part(&school.join("title.docx"), "word/document.xml");
    let start = xml.find("w:val=\"Title\"").unwrap();
    let title = xml[start..].split("</w:p>").next().unwrap();
    let title = title.replace("<w:br/>", "<>\n");
    let texts = title.split('<').filter_map(|piece| piece.split_once('>'));
    let text: String = texts.map(|(_, text)| text).collect();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_title_breaks_where_the_sense_does() {
    let school = tempfile::tempdir().unwrap();
    let authors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/authors");
    copy(&authors.join("community"), school.path());
    let today = ["--today", "2026-02-28"];
    assert_eq!(
        title_lines(school.path(), &[&["term"], &today[..]].concat()),
        ["桃源街道2025年下半年", "留守儿童关爱工作总结"]
    );
    let settings = std::fs::read_to_string(school.path().join("cuncao.toml")).unwrap();
    let long = "湘西土家族苗族自治州龙山县里耶镇八面山民族中心完全小学";
    let settings = settings.replace("name = \"桃源街道\"", &format!("name = \"{long}\""));
    std::fs::write(school.path().join("cuncao.toml"), settings).unwrap();
    let lines = title_lines(school.path(), &[&["overview"], &today[..]].concat());
    assert_eq!(
        lines[..2],
        ["湘西土家族苗族自治州龙山县", "里耶镇八面山民族中心完全小学"]
    );
}

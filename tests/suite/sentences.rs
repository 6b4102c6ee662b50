//! Sentences that summaries once contained without a figure to prove them, each with a small school and the correct
//! text.

use crate::support::{cuncao, err, out, write};

const DAY: &str = "2026-12-20";

/// A school with some files in addition to its settings and the term.
fn school(settings: &str, term: &str, files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let all = format!(
        r#"format = 1

[school]
name = "柳树小学"
level = "primary"
{settings}"#
    );
    write(dir.path(), "cuncao.toml", &all);
    let all = format!(
        r#"name = "2026—2027学年第一学期"
start = 2026-09-01
end = 2027-01-22
{term}"#
    );
    write(dir.path(), "terms/2026-2027-1.toml", &all);
    write(
        dir.path(),
        "helpers/h000001.toml",
        r#"name = "王芳"
role = "teacher"
phone = "13900000009"
"#,
    );
    for (path, text) in files {
        write(dir.path(), path, text);
    }
    dir
}

fn child(name: &str, more: &str) -> String {
    format!(
        r#"name = "{name}"
gender = "female"
birth_date = 2016-03-04
{more}
[[enrolment]]
since = 2022-09-01
class = "2022-1"

[[guardianship]]
since = 2022-09-01
away = "both"
kind = "grandparents"
guardian = {{ name = "蔡爷爷", phone = "13900000001" }}

[[parents]]
relation = "father"
status = "away"
phone = "13900000002"
"#
    )
}

/// Some children, named 甲一, 甲二 and so on.
fn children(count: usize) -> Vec<(String, String)> {
    let names = "一二三四五六七八九".chars().take(count).enumerate();
    let file = |(at, name): (usize, char)| {
        (
            format!("children/c00000{}.toml", at + 1),
            child(&format!("蔡{name}"), ""),
        )
    };
    names.map(file).collect()
}

fn visit(at: usize, mode: &str, more: &str) -> (String, String) {
    let path = format!("visits/2026-10/2026-10-12-v0000{at:02}.toml");
    let text = format!(
        r#"date = 2026-10-12
mode = "{mode}"
children = ["c000001"]
by = ["h000001"]
summary = "记录"
{more}"#
    );
    (path, text)
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    let files = files.iter();
    files.map(|(path, text)| (&**path, &**text)).collect()
}

/// The text of a report, without Markdown markup.
fn says(school: &tempfile::TempDir, lang: &str, report: &[&str]) -> String {
    let arguments = [&["--lang", lang, "--today", DAY, "report"], report].concat();
    let output = cuncao(school.path(), &arguments);
    assert!(output.status.success(), "{report:?}: {}", err(&output));
    out(&output).replace(['*', '\\'], "")
}

fn assert_says(text: &str, stands: &[&str], never: &[&str]) {
    for sentence in stands {
        assert!(text.contains(sentence), "{sentence} is not in\n{text}");
    }
    for sentence in never {
        assert!(!text.contains(sentence), "{sentence} is in\n{text}");
    }
}

#[test]
fn attendances_of_children_are_those_of_children() {
    let mut files = children(1);
    files.push((
        "activities/2026-10/2026-10-20-a000001.toml".to_owned(),
        r#"date = 2026-10-20
title = "游园"
theme = "festival"
summary = "游园"
attendance = { children = 203, guardians = 98, staff = 40, volunteers = 5 }
"#
        .to_owned(),
    ));
    let school = school("", "", &borrowed(&files));
    assert_says(
        &says(&school, "zh", &["term"]),
        &["儿童参加203人次（另有家长98人次、教职工40人次、志愿者5人次）。"],
        &["346"],
    );
}

#[test]
fn incidents_are_closed_and_told_where_records_say_so() {
    let mut files = children(1);
    for (at, more) in [
        "guardian_told = 2026-10-12T10:30:00\nclosed = 2026-10-15\n",
        "closed = 2026-10-15\n",
        "",
    ]
    .iter()
    .enumerate()
    {
        files.push((
            format!("incidents/2026-10/2026-10-12-i00000{at}.toml"),
            format!(
                r#"discovered = 2026-10-12T10:00:00
kind = "injury"
children = ["c000001"]
by = "h000001"
summary = "擦伤"
{more}"#
            ),
        ));
    }
    let school = school("", "", &borrowed(&files));
    assert_says(
        &says(&school, "zh", &["term"]),
        &[
            "已办结2起，正在处理1起；已告知监护人1起",
            "1起事件尚未办结。",
        ],
        &["均已妥善处置", "都已告知"],
    );
    assert_says(
        &says(&school, "en", &["term"]),
        &[
            "2 closed, 1 still open; the guardian was told of 1;",
            "1 incident is still open.",
        ],
        &["all closed"],
    );
}

#[test]
fn letters_and_diaries_are_no_visits() {
    let mut files = children(1);
    let modes = [
        ("home", 3),
        ("talk", 4),
        ("phone", 2),
        ("parent-call", 1),
        ("letter", 7),
        ("diary", 1),
    ];
    let modes = modes.iter().flat_map(|(mode, times)| vec![*mode; *times]);
    files.extend(modes.enumerate().map(|(at, mode)| visit(at, mode, "")));
    // Only the neighbour was met, which is not a contact with the family.
    files.push(visit(40, "home", "met = [\"neighbour\"]\n"));
    let school = school("", "", &borrowed(&files));
    assert_says(
        &says(&school, "zh", &["term"]),
        &[
            "走访谈心10次：谈心4次，家访3次，电话2次，亲子通话1次。",
            "给家长写信、反馈情况7次",
            "写成长日记、观察记录1篇",
        ],
        &["书信7次", "家访4次"],
    );
    let class = says(&school, "zh", &["class", "--class", "2022-1"]);
    assert_says(&class, &["家访3次", "| 10 | 10月12日 |"], &["家访4次"]);
}

#[test]
fn money_and_goods_are_told_apart() {
    let mut files = children(6);
    let all = "[\"c000001\", \"c000002\", \"c000003\", \"c000004\", \"c000005\", \"c000006\"]";
    files.push((
        "aid/2026-10/2026-10-15-d000001.toml".to_owned(),
        format!(
            r#"date = 2026-10-15
kind = "money"
occasion = "subsidy"
children = {all}
amount = "6000.00"
source = "县团委"
"#
        ),
    ));
    files.push((
        "aid/2026-12/2026-12-15-d000002.toml".to_owned(),
        format!(
            r#"date = 2026-12-15
kind = "goods"
occasion = "consolation"
children = {all}
items = [{{ name = "牛奶", quantity = 6, unit = "箱", value = "300.00" }}]
source = "学校"
"#
        ),
    ));
    let school = school("", "", &borrowed(&files));
    assert_says(
        &says(&school, "zh", &["term"]),
        &[
            "款项6000元，实物折价300元",
            "县团委资助6人，6000元",
            "学校慰问6人，送牛奶6箱（计300元）。",
        ],
        &["6300"],
    );
}

#[test]
fn who_fell_back_is_on_the_list_only_where_the_list_says_so() {
    let mut files = vec![
        (
            "children/c000001.toml".to_owned(),
            child("蔡一", "[[priority]]\nsince = 2026-09-05\n"),
        ),
        ("children/c000002.toml".to_owned(), child("蔡二", "")),
    ];
    for (at, (day, child, level)) in [
        ("2026-06-01", 1, "good"),
        ("2026-06-01", 2, "concern"),
        ("2026-10-01", 1, "concern"),
        ("2026-10-01", 2, "good"),
    ]
    .iter()
    .enumerate()
    {
        files.push((
            format!("assessments/{}/{day}-s00000{at}.toml", &day[..7]),
            format!(
                r#"date = {day}
child = "c00000{child}"
by = "h000001"
study = "{level}"
"#
            ),
        ));
    }
    let school = school("", "", &borrowed(&files));
    assert_says(
        &says(&school, "zh", &["term"]),
        &["进步1人，退步1人；退步的是重点帮扶对象。"],
        &["已列入重点关注", "持平0人"],
    );
    assert_says(
        &says(&school, "en", &["term"]),
        &["1 did better and 1 worse; of those who did worse, 1 is of special care."],
        &["1 children", "Still to do"],
    );
}

#[test]
fn what_was_not_done_is_told_with_how_many_of_how_many() {
    let duty = r#"
[[duty]]
id = "twice"
title = "每月走访两次"
owed_to = "child"
count = 2
period = "month"
record = "visit"
"#;
    let school = school(duty, "", &borrowed(&children(2)));
    let text = says(&school, "zh", &["term"]);
    assert_says(
        &text,
        &[
            "每月走访两次，应完成6期，没有完成。",
            "2名留守儿童尚未结对。",
        ],
        &["有6期没有完成"],
    );
    let problems = text.split("存在问题").nth(1).unwrap();
    assert!(!problems.contains("按期完成"), "{text}");
}

#[test]
fn files_without_a_day_are_told_beside_phones_that_are_there() {
    let school = school("", "", &borrowed(&children(8)));
    assert_says(
        &says(&school, "zh", &["term"]),
        &["8名留守儿童尚未登记建档日期。"],
        &["尚未建立成长档案", "可用的电话"],
    );
}

#[test]
fn a_school_without_such_children_or_with_one_boasts_no_number() {
    let none = school("", "[enrolment]\n1 = 60\n", &[]);
    assert_says(
        &says(&none, "zh", &["term"]),
        &["目前没有留守儿童"],
        &["儿童0人", "0.0%", "0次"],
    );
    let mut files = children(1);
    files.push((
        "pairings/2026-09/2026-09-05-p000001.toml".to_owned(),
        r#"since = 2026-09-05
child = "c000001"
helper = "h000001"
role = "teacher"
"#
        .to_owned(),
    ));
    let one = school("", "", &borrowed(&files));
    assert_says(
        &says(&one, "zh", &["term"]),
        &["监护情况为祖辈监护，父母双方外出。", "帮扶人为教师。"],
        &["100.0%", "教师结对1对", "均"],
    );
    files.extend(children(2).pop());
    files.push((
        "pairings/2026-09/2026-09-05-p000002.toml".to_owned(),
        r#"since = 2026-09-05
child = "c000002"
helper = "h000001"
role = "teacher"
"#
        .to_owned(),
    ));
    let two = school("", "", &borrowed(&files));
    assert_says(
        &says(&two, "zh", &["term"]),
        &["监护情况均为祖辈监护。", "均为教师结对。"],
        &["100.0%", "其中教师"],
    );
}

#[test]
fn a_class_meeting_is_told_as_it_is_spoken_of() {
    let mut files = children(1);
    files.push((
        "activities/2026-10/2026-10-20-a000001.toml".to_owned(),
        r#"date = 2026-10-20
title = "感恩"
theme = "class-meeting"
classes = ["2022-1"]
summary = "全班写信"
"#
        .to_owned(),
    ));
    let school = school("", "", &borrowed(&files));
    assert_says(
        &says(&school, "zh", &["class", "--class", "2022-1"]),
        &["召开“感恩”主题班会，全班写信。"],
        &["主题班会：感恩", "主题班会1次"],
    );
}

#[test]
fn a_handover_says_why_the_file_is_kept_and_which_levels_were_found() {
    let told = r#"[consent]
basis = "statutory"
date = 2026-09-01
"#;
    let files = [
        ("children/c000001.toml", child("蔡一", told)),
        (
            "assessments/2026-10/2026-10-01-s000001.toml",
            r#"date = 2026-10-01
child = "c000001"
by = "h000001"
study = "fair"
psychology = "good"
risk = "low"
"#
            .to_owned(),
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    let school = school("", "", &files);
    assert_says(
        &says(&school, "zh", &["handover", "蔡一"]),
        &[
            "依据法定职责建档，2026年9月1日告知监护人。",
            "学习一般，心理良好，风险低。",
        ],
        &["范围", "生活，", "安全，"],
    );
    assert_says(
        &says(&school, "en", &["handover", "蔡一"]),
        &["Kept by statutory duty; the guardian was told on 1 September 2026."],
        &[": .", "Scope"],
    );
}

#[test]
fn a_letter_names_the_teacher_and_no_pupil() {
    let mut files = children(1);
    files.push((
        "helpers/h000002.toml".to_owned(),
        r#"name = "周小朋"
role = "pupil"
"#
        .to_owned(),
    ));
    for (at, role) in [(1, "teacher"), (2, "peer")] {
        files.push((
            format!("pairings/2026-09/2026-09-05-p00000{at}.toml"),
            format!(
                r#"since = 2026-09-05
child = "c000001"
helper = "h00000{at}"
role = "{role}"
"#
            ),
        ));
    }
    let school = school("", "", &borrowed(&files));
    assert_says(
        &says(&school, "zh", &["letter", "蔡一"]),
        &["帮扶老师是王芳，电话13900000009。"],
        &["周小朋"],
    );
}

#[test]
fn leadership_is_told_as_a_school_would() {
    let term = r#"[[leadership]]
role = "head"
name = "王立"
title = "校长"
duty = "overall"

[[leadership]]
role = "deputy"
name = "李敏"
title = "副校长"

[[leadership]]
role = "member"
title = "各班班主任"
"#;
    let school = school("", term, &borrowed(&children(1)));
    assert_says(
        &says(&school, "zh", &["term"]),
        &["由校长王立任组长、负总责，副校长李敏任副组长，各班班主任为成员。"],
        &["组长（校长）", "分工上"],
    );
    assert_says(
        &says(&school, "en", &["term"]),
        &["headed by 校长 王立 (overall), with 副校长 李敏 as deputy; members: 各班班主任."],
        &[],
    );
}

fn activity(at: usize, theme: &str) -> (String, String) {
    let path = format!("activities/2026-10/2026-10-1{at}-a00000{at}.toml");
    let text = format!(
        r#"date = 2026-10-1{at}
title = "活动{at}"
theme = "{theme}"
summary = "记录"
"#
    );
    (path, text)
}

#[test]
fn what_is_true_of_all_is_said_of_them_once() {
    let file = |at: usize| {
        let child = child(&format!("蔡{at}"), "filed = 2026-09-01\n");
        (format!("children/c00000{at}.toml"), child)
    };
    let two = school("", "", &borrowed(&[file(1), file(2)]));
    let sentence = "2名留守儿童都已建立成长档案，都留有监护人和父亲或母亲的电话。";
    assert_says(
        &says(&two, "zh", &["term"]),
        &[sentence],
        &["留守儿童都留有"],
    );
    let class = ["class", "--class", "2022-1"];
    assert_says(&says(&two, "zh", &class), &[sentence], &["留守儿童都留有"]);
    let english = "Both have a file and phone numbers of the guardian and of a parent.";
    assert_says(&says(&two, "en", &["term"]), &[english], &[]);
    let one = school("", "", &borrowed(&[file(1)]));
    for report in [&["term"][..], &class] {
        let sentence = "这名留守儿童已建立成长档案，留有监护人和父亲或母亲的电话。";
        assert_says(&says(&one, "zh", report), &[sentence], &["都已", "都留"]);
    }
    assert_says(
        &says(&one, "en", &["term"]),
        &["The child has a file and"],
        &["All 1", "all 1"],
    );
}

#[test]
fn meetings_and_lessons_are_told_in_a_sentence_each() {
    let mut files = children(1);
    let themes = [
        "parent-meeting",
        "forum",
        "guardian-training",
        "labour",
        "reading",
    ];
    files.extend(
        themes
            .iter()
            .enumerate()
            .map(|(at, theme)| activity(at, theme)),
    );
    let school = school("", "", &borrowed(&files));
    assert_says(
        &says(&school, "zh", &["term"]),
        &[
            "召开家长会1次、座谈会1次、监护人培训会1次。",
            "开展劳动与自理活动1项、阅读活动1项。",
        ],
        &["次。召开", "项。开展"],
    );
    assert_says(
        &says(&school, "en", &["term"]),
        &["Held: 1 parents’ meeting; 1 forum; 1 training for guardians."],
        &["meeting. "],
    );
}

#[test]
fn who_was_given_aid_and_whose_birthday_was_kept_is_a_sentence() {
    let mut files = children(6);
    for (path, text) in &mut files {
        let day = if path.ends_with("1.toml") {
            "2016-10-12"
        } else {
            "2016-11-30"
        };
        *text = text.replace("2016-03-04", day);
    }
    files.push((
        "aid/2026-10/2026-10-15-d000001.toml".to_owned(),
        r#"date = 2026-10-15
kind = "money"
children = ["c000001", "c000002"]
amount = "60.00"
source = "县团委"
"#
        .to_owned(),
    ));
    let (path, party) = activity(2, "birthday");
    files.push((path, party + "children = [\"c000001\"]\n"));
    let class = ["class", "--class", "2022-1"];
    let few = school("", "", &borrowed(&files));
    assert_says(
        &says(&few, "zh", &class),
        &["有2名留守儿童受到资助慰问。"],
        &["受到资助慰问的2人", "过了生日", "（共"],
    );
    // One of two birthdays was celebrated.
    files.retain(|(path, _)| {
        !["3", "4", "5", "6"]
            .iter()
            .any(|at| path.ends_with(&format!("children/c00000{at}.toml")))
    });
    let half = school("", "", &borrowed(&files));
    assert_says(
        &says(&half, "zh", &class),
        &[
            "本学期过生日的留守儿童2人，给其中1人过了生日。",
            "留守儿童都受到资助慰问。",
        ],
        &["给1名"],
    );
}

#[test]
fn many_duties_left_undone_are_told_in_a_line() {
    let themes = ["law", "safety", "sports", "arts", "health", "labour"];
    let duties = themes.map(|theme| {
        format!(
            r#"
[[duty]]
id = "{theme}"
title = "每月一次{theme}"
owed_to = "school"
count = 1
period = "month"
record = "activity"
match = {{ theme = "{theme}" }}
"#
        )
    });
    let mut files = children(2);
    files.push(activity(1, "law"));
    let school = school(&duties.concat(), "", &borrowed(&files));
    assert_says(
        &says(&school, "zh", &["term"]),
        &[
            "应完成的6项制度都没有完全落实，其中5项没有完成过：每月一次safety、每月一次sports、每月一次arts、每月一次health、每月一次labour。各项欠的期数见“各项制度落实情况”。",
        ],
        &["每月一次arts（"],
    );
    assert_says(
        &says(&school, "en", &["term"]),
        &[
            "None of 6 duties was met in full, 5 of them not at all: 每月一次safety, 每月一次sports, 每月一次arts",
        ],
        &["每月一次arts ("],
    );
}

#[test]
fn what_is_not_recorded_is_not_none() {
    let school = school("", "", &borrowed(&children(1)));
    for report in ["child", "handover"] {
        let text = says(&school, "zh", &[report]);
        assert_says(&text, &["困境情形 |  |"], &["困境情形 | 无"]);
        assert_says(
            &says(&school, "en", &[report]),
            &["Hardship |  |"],
            &["Hardship | none"],
        );
    }
    let one_away = child("蔡二", "").replace("\"both\"", "\"father\"");
    write(school.path(), "children/c000002.toml", &one_away);
    let text = says(&school, "zh", &["register"]);
    assert_says(
        &text,
        &[
            "父母双方外出 | 一方外出、另一方无监护能力 | 否",
            "父亲外出 | 一方外出、另一方无监护能力 |  |",
        ],
        &[],
    );
}

#[test]
fn a_whole_number_is_printed_without_a_decimal_point() {
    let school = school("", "", &borrowed(&children(2)));
    write(
        school.path(),
        "own.md",
        "{{ v(\"children\") }}，{{ of_v(\"children.filed\") }}，{{ v(\"children\") / 4 }}\n",
    );
    let text = says(&school, "zh", &["term", "--template", "own.md"]);
    assert_says(&text, &["2，2，0.5"], &["2.0"]);
}

#[test]
fn a_roster_counts_boys_and_then_girls_where_there_are_some() {
    let boy = child("蔡二", "").replace("female", "male");
    let files = [
        ("children/c000001.toml", child("蔡一", "")),
        ("children/c000002.toml", boy),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    let both = school("", "", &files);
    assert_says(
        &says(&both, "zh", &["roster"]),
        &["共2人，其中男1人、女1人。"],
        &[],
    );
    assert_says(
        &says(&both, "en", &["roster"]),
        &["2 in all, 1 boy, 1 girl."],
        &[],
    );
    let girls = school("", "", &files[..1]);
    assert_says(
        &says(&girls, "zh", &["roster"]),
        &["共1人，其中女1人。"],
        &["男0人"],
    );
}

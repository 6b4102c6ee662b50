//! Imports of logs of visits, talks, activities and aid as schools keep them.

use cuncao::model::Kind;
use cuncao::store::Store;

use crate::import::{import, school};
use crate::import_rosters::{at, faults, options, read};

/// Returns a school with two children and two helpers.
pub(crate) fn with_people() -> (tempfile::TempDir, Store) {
    let (dir, store) = school();
    import(
        &store,
        Kind::Child,
        "姓名,性别,出生日期,班级\n张三,男,2016-05-01,三（1）班\n李四,女,2016-05-02,三（2）班\n"
            .as_bytes(),
        &options(&[]),
    );
    import(
        &store,
        Kind::Helper,
        "姓名,身份\n王芳,教师\n赵敏,心理老师\n".as_bytes(),
        &options(&[]),
    );
    (dir, store)
}

fn row(record: &toml::Table, paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| at(record, path)).collect()
}

#[test]
fn a_log_of_home_visits() {
    let (_dir, store) = with_people();
    let table = "三年级家访记录表,,,,,\n序号,家访时间,学生姓名,班级,家访教师,家访方式,家访内容,时长,家长意见,备注\n1,2025.10.9,张三,三（1）班,王芳老师,实地家访,奶奶身体不好,40分钟,多关心,\n2,2025年10月10日,张三、李四,三年级,王芳、赵敏,电话家访,了解学习,半小时,,\n合计,2次,,,,,,,,\n";
    let read = read(&store, Kind::Visit, table.as_bytes(), &[]);
    assert_eq!(
        row(
            &read[0],
            &["date", "mode", "summary", "minutes", "guardian_view"]
        ),
        ["2025-10-09", "home", "奶奶身体不好", "40", "多关心"]
    );
    assert_eq!(
        row(&read[1], &["date", "mode", "summary", "minutes"]),
        ["2025-10-10", "phone", "了解学习", "30"]
    );
    assert_eq!(
        (
            read[1]["children"].as_array().unwrap().len(),
            read[1]["by"].as_array().unwrap().len(),
            read.len()
        ),
        (2, 2, 2)
    );
}

#[test]
fn a_log_of_talks_gets_its_mode_from_its_title() {
    let (_dir, store) = with_people();
    let table =
        "留守儿童谈心记录,,,\n日期,谈话学生,谈话教师,谈话内容\n2025/10/9,李四,赵敏,想妈妈\n";
    let read = read(&store, Kind::Visit, table.as_bytes(), &[]);
    assert_eq!(row(&read[0], &["mode", "summary"]), ["talk", "想妈妈"]);
}

#[test]
fn a_log_of_home_visits_with_gifts() {
    let (_dir, store) = with_people();
    let table = "走访日期,走访对象,家庭住址,走访人员,走访内容,慰问品,存在困难\n20251009,张三,柳树村,王芳,\"一切都好,爱看书\",书包一个,缺台灯\n";
    let read = read(&store, Kind::Visit, table.as_bytes(), &[]);
    assert_eq!(
        row(&read[0], &["date", "mode", "gifts", "needs", "summary"]),
        [
            "2025-10-09",
            "home",
            "书包一个",
            "缺台灯",
            "一切都好,爱看书"
        ]
    );
}

#[test]
fn a_log_of_activities() {
    let (_dir, store) = with_people();
    let table = "活动时间,活动名称,活动类型,活动地点,参加人数,家长人数,负责人,活动内容,活动效果,经费（元）\n2025.9.30,中秋联欢,节日活动,操场,45人,12人,王芳,做月饼,很热闹,\"1,200元\"\n2025-10-9,防溺水讲座,安全教育,礼堂,一百二十人,,赵敏,看短片,,\n";
    let read = read(&store, Kind::Activity, table.as_bytes(), &[]);
    let paths = [
        "date",
        "title",
        "theme",
        "venue",
        "attendance.children",
        "attendance.guardians",
        "organisers.0",
        "summary",
        "outcome",
        "cost",
    ];
    assert_eq!(
        row(&read[0], &paths),
        [
            "2025-09-30",
            "中秋联欢",
            "festival",
            "操场",
            "45",
            "12",
            "王芳",
            "做月饼",
            "很热闹",
            "1200.00"
        ]
    );
    assert_eq!(
        row(&read[1], &paths[..5]),
        ["2025-10-09", "防溺水讲座", "safety", "礼堂", "120"]
    );
}

#[test]
fn a_list_of_money_given() {
    let (_dir, store) = with_people();
    let table = "2025年秋季学期困难学生资助发放表,,,\n序号,姓名,班级,资助金额（元）,发放时间,资金来源,领取人签字\n1,张三,三（1）班,300元,2025-10-09,镇妇联,\n2,李四,三（2）班,\"1,250.50\",2025-10-09,民政局,\n合计,,,1550.5,,,\n";
    let read = read(&store, Kind::Aid, table.as_bytes(), &[]);
    assert_eq!(
        row(&read[0], &["kind", "amount", "source", "date"]),
        ["money", "300.00", "镇妇联", "2025-10-09"]
    );
    assert_eq!(
        row(&read[1], &["kind", "amount", "source"]),
        ["money", "1250.50", "民政局"]
    );
}

#[test]
fn a_list_of_goods_given() {
    let (_dir, store) = with_people();
    let table = "慰问时间,慰问对象,慰问单位,慰问物品,数量,物品价值（元）,是否签收\n2025.10.9,张三,爱心公司,书包,1个,80元,是\n2025.10.9,李四,爱心公司,棉被,2床,￥160,√\n";
    let read = read(&store, Kind::Aid, table.as_bytes(), &[]);
    let paths = [
        "kind",
        "items.0.name",
        "items.0.quantity",
        "items.0.value",
        "source",
        "signed",
    ];
    assert_eq!(
        row(&read[0], &paths),
        ["goods", "书包", "1", "80.00", "爱心公司", "true"]
    );
    assert_eq!(
        row(&read[1], &paths),
        ["goods", "棉被", "2", "160.00", "爱心公司", "true"]
    );
}

#[test]
fn an_unknown_name_is_reported_with_its_row() {
    let (_dir, store) = with_people();
    let table =
        "日期,谈话学生,谈话教师,谈话内容\n2025/10/9,李五,赵敏,想妈妈\n昨天,李四,赵敏,想妈妈\n";
    assert_eq!(
        faults(&store, Kind::Visit, table.as_bytes(), &[]),
        [
            ("import-unknown-reference", Some(2)),
            ("import-bad-date", Some(3))
        ]
    );
}

#[test]
fn a_register_of_visits_with_persons_met_and_parents_views() {
    let (_dir, store) = with_people();
    let table = "柳树小学教师家访登记表,,,,,,,\n班级：三（1）班,,,,,,,\n\
                 序号,家访日期,学生姓名,家访教师,家访形式,家访对象,家访内容纪要,家长反馈意见\n\
                 1,2025年9月28日,张三,王芳,上门,奶奶,谈学习和安全,支持\n\
                 2,2025.10.9,李四,王芳、赵敏,微信视频,爸爸,报平安,无\n";
    let read = read(&store, Kind::Visit, table.as_bytes(), &[]);
    let paths = ["date", "mode", "met.0", "summary", "guardian_view"];
    assert_eq!(
        row(&read[0], &paths),
        ["2025-09-28", "home", "guardian", "谈学习和安全", "支持"]
    );
    assert_eq!(
        row(&read[1], &paths),
        ["2025-10-09", "video", "father", "报平安", ""]
    );
}

#[test]
fn a_register_of_counselling_keeps_the_time_of_day() {
    let (_dir, store) = with_people();
    let table = "留守儿童心理辅导记录表\n时间,地点,辅导对象,辅导教师,主要问题,辅导过程,辅导效果\n\
                 2025-10-09 14:30,心理室,李四,赵敏,想妈妈,听她说话,情绪好转\n";
    let read = read(
        &store,
        Kind::Visit,
        table.as_bytes(),
        &[("set", "mode=counselling")],
    );
    assert_eq!(
        row(&read[0], &["date", "time", "mode", "needs", "summary"]),
        [
            "2025-10-09",
            "14:30:00",
            "counselling",
            "想妈妈",
            "听她说话"
        ]
    );
}

#[test]
fn a_register_of_calls_with_parents() {
    let (_dir, store) = with_people();
    let table = "亲情电话登记,,,,\n日期,学生,班级,通话对象,通话时长,陪同教师\n\
                 2025.10.8,张三,三1班,妈妈,15分,王芳\n";
    let words = [("map", "陪同教师=by"), ("set", "summary=亲情通话")];
    let read = read(&store, Kind::Visit, table.as_bytes(), &words);
    assert_eq!(
        row(&read[0], &["date", "met.0", "minutes"]),
        ["2025-10-08", "mother", "15"]
    );
}

#[test]
fn a_list_of_activities_by_their_titles() {
    let (_dir, store) = with_people();
    let table = "开展关爱留守儿童活动统计表,,,,,,\n日期,主题,形式,地点,参与学生数,参与教师数,活动简介\n\
                 2025年9月25日,“我们的节日·中秋”,节日活动,多功能厅,45,6,做月饼、给父母打电话\n\
                 2025年9月30日,防溺水,主题班会,教室,43人,2人,看视频\n";
    let read = read(&store, Kind::Activity, table.as_bytes(), &[]);
    let paths = ["title", "theme", "attendance.children", "attendance.staff"];
    assert_eq!(
        row(&read[0], &paths),
        ["“我们的节日·中秋”", "festival", "45", "6"]
    );
    assert_eq!(
        row(&read[1], &paths),
        ["防溺水", "class-meeting", "43", "2"]
    );
}

#[test]
fn a_list_of_gifts_signed_for_by_name_and_one_of_money_by_its_programme() {
    let (_dir, store) = with_people();
    let table = "2025年秋季学期爱心捐赠发放登记,,,,,,,\n序号,受助学生,班级,物资名称,数量,单位,捐赠单位,签收,日期\n\
                 1,张三,三1班,书包,1,个,县妇联,张三,2025.10.9\n2,李四,三2班,文具,2,套,县妇联,未签,2025.10.9\n合计,,,,3,,,,\n";
    let records = read(&store, Kind::Aid, table.as_bytes(), &[]);
    let paths = ["items.0.name", "items.0.unit", "source", "signed"];
    assert_eq!(row(&records[0], &paths), ["书包", "个", "县妇联", "true"]);
    assert_eq!(row(&records[1], &paths), ["文具", "套", "县妇联", "false"]);
    let table = "年级,姓名,性别,资助项目,标准（元/生）,实发金额,发放日期,资金来源,银行卡号\n\
                 三年级,张三,男,寄宿生生活补助,625,625,2025.9.30,财政,6222000000000000000\n";
    let records = read(&store, Kind::Aid, table.as_bytes(), &[]);
    assert_eq!(
        row(&records[0], &["summary", "amount", "source"]),
        ["寄宿生生活补助", "625.00", "财政"]
    );
}

#[test]
fn dates_without_a_year_are_in_the_term_of_the_table() {
    let (_dir, store) = with_people();
    let head = "日期,学生,走访教师,走访内容\n";
    let titled = format!(
        "柳树小学2025-2026学年度第一学期走访记录,,,\n{head}9月5日,张三,王芳,看望\n1.8,李四,王芳,看望\n2025-10-01,张三,王芳,国庆\n"
    );
    let records = read(&store, Kind::Visit, titled.as_bytes(), &[]);
    let days: Vec<String> = records.iter().map(|record| at(record, "date")).collect();
    assert_eq!(days, ["2025-09-05", "2026-01-08", "2025-10-01"]);
    let told = crate::import::planned(&store, Kind::Visit, titled.as_bytes(), &options(&[]));
    let note = |(note, rows): &&(cuncao::diagnostic::Message, Vec<usize>)| {
        note.id == "import-year-of-period" && *rows == [3, 4]
    };
    assert!(told.understood[0].notes.iter().any(|told| note(&told)));
    let plain = format!("{head}9月5日,张三,王芳,看望\n");
    assert_eq!(
        faults(&store, Kind::Visit, plain.as_bytes(), &[]),
        [("entered-no-year", Some(2))]
    );
    let records = read(
        &store,
        Kind::Visit,
        plain.as_bytes(),
        &[("term", "2024-2025-1")],
    );
    assert_eq!(at(&records[0], "date"), "2024-09-05");
    assert_eq!(
        faults(
            &store,
            Kind::Visit,
            plain.as_bytes(),
            &[("term", "2024-2025-2")]
        ),
        [("entered-outside-period", Some(2))]
    );
    let full = format!("{head}2025-09-05,张三,王芳,看望\n");
    assert_eq!(
        faults(
            &store,
            Kind::Visit,
            full.as_bytes(),
            &[("term", "2024-2025-2")]
        ),
        [("import-term-unused", None)]
    );
}

#[test]
fn a_cell_with_several_people_makes_one_record_or_several() {
    let (_dir, store) = with_people();
    let visits = "日期,学生,走访教师,走访内容\n2025-09-05,张三、李四,王芳,看望\n";
    let records = read(&store, Kind::Visit, visits.as_bytes(), &[]);
    assert_eq!(
        (
            records.len(),
            records[0]["children"].as_array().unwrap().len()
        ),
        (1, 2)
    );
    for (kind, table) in [
        (
            Kind::Award,
            "日期,获奖学生,奖项,级别\n2025-09-05,张三 李四,演讲一等奖,校级\n",
        ),
        (
            Kind::Pairing,
            "结对教师,结对学生,结对时间\n王芳,张三，李四,2025-09-05\n",
        ),
        (
            Kind::Loan,
            "借阅日期,学生,书名,数量\n2025-09-05,张三；李四,象棋,1\n",
        ),
    ] {
        let records = read(&store, kind, table.as_bytes(), &[]);
        assert_eq!(records.len(), 2, "{table}");
        assert_ne!(records[0]["child"], records[1]["child"]);
        // Importing the same table again adds nothing.
        import(&store, kind, table.as_bytes(), &options(&[]));
        let again = faults(&store, kind, table.as_bytes(), &[]);
        assert_eq!(again, [("import-twin-known", Some(2))], "{table}");
    }
    let shared = "借阅日期,学生,书名,数量\n2025-09-06,张三、李四,象棋,3\n";
    assert_eq!(
        faults(&store, Kind::Loan, shared.as_bytes(), &[]),
        [("import-several-in-cell", Some(2))]
    );
    let unknown = "日期,获奖学生,奖项\n2025-09-05,张三、王五,演讲一等奖\n";
    assert_eq!(
        faults(&store, Kind::Award, unknown.as_bytes(), &[]),
        [("import-unknown-reference", Some(2))]
    );
}

#[test]
fn a_sheet_without_a_term_takes_that_of_the_others() {
    let (_dir, store) = with_people();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, title, day) in [
        ("9月", "2025-2026学年第一学期家访", "9月5日"),
        ("1月", "", "1月8日上午"),
    ] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_string(0, 0, title).unwrap();
        let rows = [
            ["日期", "学生", "家访教师", "接待人", "家访内容"],
            [day, "张三", "王芳", "姑姑", "看望"],
        ];
        for (row, cells) in (1u32..).zip(rows) {
            for (column, text) in (0u16..).zip(cells) {
                sheet.write_string(row, column, text).unwrap();
            }
        }
    }
    let records = read(&store, Kind::Visit, &book.save_to_buffer().unwrap(), &[]);
    let days: Vec<String> = records.iter().map(|record| at(record, "date")).collect();
    assert_eq!(days, ["2025-09-05", "2026-01-08"]);
    // A person whom `met` has no code for is kept in words.
    assert_eq!(row(&records[0], &["interviewee", "met"]), ["姑姑", ""]);
}

#[test]
fn an_activity_of_several_days_has_a_first_and_a_last() {
    let (_dir, store) = with_people();
    let table = "2025年活动记录,,,,\n时间,活动主题,参加对象,参加人数,活动内容\n10.1-10.7,国庆亲情视频,留守儿童,12,视频\n2025.10.29,重阳节慰问,师生,30,送花\n";
    let records = read(
        &store,
        Kind::Activity,
        table.as_bytes(),
        &[("set", "theme=festival")],
    );
    assert_eq!(
        row(&records[0], &["date", "until", "title"]),
        ["2025-10-01", "2025-10-07", "国庆亲情视频"]
    );
    assert_eq!(row(&records[1], &["date", "until"]), ["2025-10-29", ""]);
}

//! Files as spreadsheet programs write them, and headers as schools write them.

use cuncao::exchange::sheet;
use cuncao::model::Kind;

use crate::import::{planned, school};
use crate::import_rosters::{faults, options, read};

#[test]
fn a_file_that_is_not_a_table_gets_a_helpful_error() {
    // Written by LibreOffice and openpyxl, and encrypted like Excel does.
    for (bytes, id) in [
        (
            &include_bytes!("tables/encrypted.xlsx")[..],
            "import-encrypted",
        ),
        (include_bytes!("tables/page.xls"), "import-markup"),
    ] {
        assert_eq!(sheet::read(bytes, None).unwrap_err().id, id);
    }
    let message = sheet::read(include_bytes!("tables/open.ods"), None).unwrap_err();
    assert!(message.text(cuncao::text::Lang::En).contains("ODS"));
}

#[test]
fn a_formula_without_cached_value_is_reported() {
    let (_dir, store) = school();
    let words = [
        ("since", "2025-09-01"),
        ("set", "guardianship.away=both"),
        ("set", "guardianship.kind=grandparents"),
    ];
    // The birthday of the first child is =DATE(2016,3,2), without a cached value.
    assert_eq!(
        faults(
            &store,
            Kind::Child,
            include_bytes!("tables/formula.xlsx"),
            &words
        ),
        [("import-uncomputed", Some(2))]
    );
    // The same table in the older format, with a cached value.
    let records = read(
        &store,
        Kind::Child,
        include_bytes!("tables/older.xls"),
        &words,
    );
    let born: Vec<String> = records
        .iter()
        .map(|record| record["birth_date"].to_string())
        .collect();
    assert_eq!(born, ["2016-03-02", "2016-03-05"]);
}

/// Headers of forms and logs, by kind of record.
const HEADERS: &[(&str, Kind, &str)] = &[
    (
        "花名册",
        Kind::Child,
        "序号 姓名 性别 出生年月 班级 监护人 与监护人关系 联系电话 家庭住址 父母外出情况 备注",
    ),
    (
        "学籍系统",
        Kind::Child,
        "学校标识码 年级 班级名称 姓名 性别 出生日期 民族 国籍/地区 身份证件类型 身份证件号 全国学籍号 学籍辅号 \
         户口性质 入学年月 就读方式 现住址 联系电话 是否独生子女 是否受过学前教育 是否留守儿童 是否进城务工人员随迁子女 \
         是否孤儿 是否享受一补 成员1姓名 成员1关系 成员1联系电话 成员1是否监护人 成员2姓名 成员2关系 成员2联系电话 成员2是否监护人",
    ),
    (
        "信息登记表",
        Kind::Child,
        "序号 学生姓名 性别 民族 出生年月日 身份证号码 班级 监护类型 监护人姓名 与学生关系 监护人联系电话",
    ),
    (
        "民政摸底",
        Kind::Child,
        "序号 姓名 性别 民族 出生日期 公民身份号码 户籍所在地 现居住地 身体状况 就学情况 父亲姓名 父亲务工地点 父亲联系电话 \
         母亲姓名 母亲务工地点 母亲联系电话 父母双方外出 父母一方外出另一方无监护能力 受委托监护人姓名 与被监护人关系 \
         受委托监护人电话 监护情况评估 家庭经济来源 救助帮扶情况",
    ),
    (
        "号码成数值",
        Kind::Child,
        "姓名 性别 出生日期 身份证号 学籍号 年级 班级 监护人姓名 监护人关系 监护人电话 父亲电话 母亲电话 监护类型",
    ),
    (
        "结对一览表",
        Kind::Pairing,
        "年级 班级 留守儿童姓名 性别 出生日期 监护人 联系电话 结对教师 教师电话 帮扶措施",
    ),
    (
        "WPS",
        Kind::Child,
        "序号 姓名 性别 出生日期 身份证号 班级 监护人姓名 监护人与儿童关系 监护人联系电话 外出情况 监护类型 建档日期 备注",
    ),
    (
        "问卷",
        Kind::Child,
        "序号 提交答卷时间 所用时间 来源 学生姓名 学生性别 出生日期 身份证号 所在班级 孩子主要由谁照看 监护人姓名 监护人联系电话 父亲是否外出务工 母亲是否外出务工 家庭住址",
    ),
    (
        "困境儿童",
        Kind::Child,
        "序号 儿童姓名 性别 民族 出生年月 身份证号 困境类型 残疾等级 监护人 与儿童关系 联系电话 户籍地址 现住址 享受救助情况 备注",
    ),
    (
        "留守学生统计",
        Kind::Child,
        "编号 姓名 性别 年龄 班级 是否住校 留守类型 现监护人 与学生关系 监护人电话 父亲姓名 父亲电话 父亲务工地 母亲姓名 母亲电话 母亲务工地 家庭住址",
    ),
    (
        "家访记录",
        Kind::Visit,
        "序号 家访时间 学生姓名 班级 家访教师 家访方式 家访内容 时长 家长意见 备注",
    ),
    (
        "走访记录",
        Kind::Visit,
        "走访日期 走访对象 家庭住址 走访人员 走访内容 慰问品 存在困难",
    ),
    (
        "谈心记录",
        Kind::Visit,
        "日期 谈话学生 班级 谈话教师 谈话内容 学生心声",
    ),
    (
        "活动记录",
        Kind::Activity,
        "活动时间 活动名称 活动类型 活动地点 参加人数 家长人数 负责人 活动内容 活动效果 经费（元）",
    ),
    (
        "资助发放表",
        Kind::Aid,
        "序号 姓名 班级 资助金额（元） 发放时间 资金来源 领取人签字 备注",
    ),
    (
        "慰问登记",
        Kind::Aid,
        "慰问时间 慰问对象 慰问单位 慰问物品 数量 物品价值（元） 是否签收",
    ),
];

#[test]
fn nine_of_ten_headers_of_forms_and_logs_are_known() {
    let (_dir, store) = school();
    let (mut all, mut unknown) = (0, Vec::new());
    for (name, kind, headers) in HEADERS {
        let headers: Vec<&str> = headers.split_whitespace().collect();
        let cells = vec!["1"; headers.len()];
        let table = format!("{}\n{}\n", headers.join(","), cells.join(","));
        let planned = planned(&store, *kind, table.as_bytes(), &options(&[]));
        let of_table: Vec<String> = planned
            .faults
            .iter()
            .filter(|fault| {
                matches!(
                    fault.message.id,
                    "import-unknown-column"
                        | "import-unknown-column-nearest"
                        | "import-column-of-several"
                        | "import-same-field"
                )
            })
            .filter_map(|fault| Some(format!("{name}: {}", fault.column.as_ref()?.1)))
            .collect();
        assert!(
            of_table.len() * 10 <= headers.len(),
            "{name}: {of_table:?} of {} headers",
            headers.len()
        );
        all += headers.len();
        unknown.extend(of_table);
    }
    println!(
        "{} of {all} headers are not known: {unknown:?}",
        unknown.len()
    );
    assert!(unknown.len() * 20 <= all, "{unknown:?} of {all}");
}

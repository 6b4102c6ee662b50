//! The schema of a dataset: its tables and columns, derived from the model and the same for every school.

use serde_json::{Value, json};

use crate::analysis::duty::State;
use crate::analysis::figures::{FACETS, Statistic};
use crate::exchange::disclosure::is_birth;
use crate::model::duty::OwedTo;
use crate::model::shape::{CodeWord, Field, FieldType, Shape};
use crate::model::{Code, Kind, School};
use crate::text::{Lang, Text};

/// The partition columns, which are encoded in the directory names.
pub(super) const PARTITIONS: [&str; 3] = ["record", "school", "year"];

/// The type of a column.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// A text, or a code.
    Text,
    Integer,
    /// A boolean.
    Boolean,
    /// A date.
    Date,
    /// A local date and time.
    Timestamp,
    /// A local time of day.
    Time,
    /// An amount with two decimals.
    Decimal,
    List(Box<Type>),
    Struct(Vec<DatasetColumn>),
}

/// A column of a table, or a field of a struct.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DatasetColumn {
    /// Its name.
    pub name: String,
    /// The field of the record it comes from.
    pub field: String,
    /// Its type.
    pub holds: Type,
    label: [String; 2],
    codes: Vec<CodeWord>,
}

/// The content of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The records of a kind.
    Kind(Kind),
    /// The school's profile and home, and the settings of reports and checks.
    Settings,
    /// The school's policy.
    Policy,
    /// The school's duties.
    Duties,
    /// The equipment lent by the school.
    Equipment,
    /// The figures of each term, with labels and definitions.
    Figures,
    /// The subjects counted by each figure.
    Evidence,
    /// The duty periods.
    Periods,
}

#[derive(Debug)]
pub(super) struct TableSchema {
    /// Its name: `visits`.
    pub name: &'static str,
    /// Its content.
    pub source: Source,
    /// Its columns, without the partition columns.
    pub columns: Vec<DatasetColumn>,
    label: Text,
}

/// A column that does not come from a field.
fn own(name: &str, holds: Type, zh: &str, en: &str) -> DatasetColumn {
    DatasetColumn {
        name: name.to_owned(),
        field: name.to_owned(),
        holds,
        label: [zh.to_owned(), en.to_owned()],
        codes: Vec::new(),
    }
}

fn coded<C: Code>(column: DatasetColumn) -> DatasetColumn {
    let word = |code: &C| CodeWord {
        code: code.code().to_owned(),
        zh: code.label().zh.to_owned(),
        en: code.label().en.to_owned(),
    };
    DatasetColumn {
        codes: C::ALL.iter().map(word).collect(),
        ..column
    }
}

fn columns_of(shape: &Shape) -> Vec<DatasetColumn> {
    shape.fields.iter().flat_map(of_field).collect()
}

fn of_field(field: &Field) -> Vec<DatasetColumn> {
    let column = DatasetColumn {
        name: named(&field.name),
        field: field.name.clone(),
        holds: type_of(&field.holds),
        label: Lang::ALL.map(|lang| field.label(lang)),
        codes: field.codes().unwrap_or_default().to_vec(),
    };
    if column.holds != Type::Date || !is_birth(field) {
        return vec![column];
    }
    // Under pseudonyms a date of birth is reduced to a year; two columns, so that each has one type.
    let year = DatasetColumn {
        name: field.name.replace("date", "year"),
        holds: Type::Integer,
        label: [String::from("出生年份"), String::from("birth year")],
        ..own(&field.name, Type::Integer, "", "")
    };
    vec![column, year]
}

/// A column name that does not collide with a partition column.
fn named(field: &str) -> String {
    if PARTITIONS.contains(&field) {
        format!("{field}_kind")
    } else {
        field.to_owned()
    }
}

fn type_of(holds: &FieldType) -> Type {
    match holds {
        FieldType::Text
        | FieldType::Prose
        | FieldType::Confidential
        | FieldType::Phone
        | FieldType::Class
        | FieldType::Goal
        | FieldType::Code(_)
        | FieldType::Reference(_)
        | FieldType::Match => Type::Text,
        FieldType::Number => Type::Integer,
        FieldType::Boolean => Type::Boolean,
        FieldType::Date => Type::Date,
        FieldType::DateTime => Type::Timestamp,
        FieldType::Time => Type::Time,
        FieldType::Money => Type::Decimal,
        FieldType::Bounds => Type::Struct(vec![
            own("least", Type::Integer, "最少", "least"),
            own("most", Type::Integer, "最多", "most"),
        ]),
        FieldType::List(entry) => Type::List(Box::new(type_of(entry))),
        FieldType::Table(shape) => Type::Struct(columns_of(shape)),
        FieldType::Tables(shape) => Type::List(Box::new(Type::Struct(columns_of(shape)))),
        FieldType::Counts { keys, entry } => {
            let column = |key: &String| own(key, type_of(entry), key, key);
            Type::Struct(keys.iter().map(column).collect())
        }
    }
}

fn inner(shape: &'static Shape, field: &str) -> Vec<DatasetColumn> {
    let field = shape.field(field);
    field
        .and_then(|field| field.holds.inner())
        .map_or_else(Vec::new, columns_of)
}

/// All tables, in display order.
pub(super) fn tables() -> Vec<TableSchema> {
    let school = School::shape();
    let settings = columns_of(school).into_iter().filter(|column| {
        !["school", "policy", "duty", "equipment", "seal"].contains(&column.field.as_str())
    });
    let settings = inner(school, "school").into_iter().chain(settings);
    let made = [
        own("exported", Type::Date, "导出日期", "exported"),
        own("names", Type::Text, "姓名", "names"),
        own("key_check", Type::Text, "密钥校验", "key check"),
    ];
    let table = |name, source, columns, zh, en| TableSchema {
        name,
        source,
        columns,
        label: Text { zh, en },
    };
    let mut all = vec![
        table(
            "settings",
            Source::Settings,
            settings.chain(made).collect(),
            "学校",
            "school",
        ),
        table(
            "policy",
            Source::Policy,
            inner(school, "policy"),
            "制度",
            "policy",
        ),
        table(
            "duties",
            Source::Duties,
            inner(school, "duty"),
            "职责",
            "duties",
        ),
        table(
            "equipment",
            Source::Equipment,
            inner(school, "equipment"),
            "器材",
            "equipment",
        ),
    ];
    for kind in Kind::ALL {
        let mut columns = vec![own("id", Type::Text, "编号", "id")];
        if *kind == Kind::Child {
            columns.push(own("person", Type::Text, "个人代号", "person"));
        }
        columns.extend(columns_of(kind.shape()));
        all.push(table(
            kind.folder(),
            Source::Kind(*kind),
            columns,
            kind.label().zh,
            kind.label().en,
        ));
    }
    all.push(table(
        "figures",
        Source::Figures,
        figures(),
        "指标",
        "figures",
    ));
    all.push(table(
        "evidence",
        Source::Evidence,
        evidence(),
        "指标依据",
        "evidence",
    ));
    all.push(table(
        "duty_periods",
        Source::Periods,
        periods(),
        "职责各期",
        "duty periods",
    ));
    all
}

fn figures() -> Vec<DatasetColumn> {
    use Type::{Boolean, Date, Integer, List, Text};
    vec![
        own("term", Text, "学期", "term"),
        own("from", Date, "开始日期", "from"),
        own("until", Date, "结束日期", "until"),
        own("as_of", Date, "截至", "as of"),
        own("definition", Text, "口径", "definition"),
        own("place", Integer, "次序", "place"),
        own("figure", Text, "指标", "figure"),
        own("label_zh", Text, "中文名称", "Chinese label"),
        own("label_en", Text, "英文名称", "English label"),
        own("unit", Text, "单位", "unit"),
        own("how", Text, "算法", "how"),
        own("whole", Text, "分母", "whole"),
        own("splits", List(Box::new(Text)), "可分组", "splits"),
        own(
            "whole_splits",
            List(Box::new(Text)),
            "分母可分组",
            "whole splits",
        ),
        own("looks_back", Boolean, "按上学期分组", "looks back"),
    ]
}

fn facets() -> Vec<DatasetColumn> {
    let column = |dim: &crate::analysis::dimension::Dim| {
        let holds = match dim.code() {
            "grade" => Type::Integer,
            _ => Type::Text,
        };
        own(dim.code(), holds, dim.label().zh, dim.label().en)
    };
    FACETS.iter().map(column).collect()
}

fn evidence() -> Vec<DatasetColumn> {
    use Type::{Boolean, Date, Decimal, Integer, List, Struct, Text};
    let first = [
        own("term", Text, "学期", "term"),
        own("figure", Text, "指标", "figure"),
        own("how", Text, "算法", "how"),
        own("member", Integer, "序号", "member"),
        own("sort", Text, "对象类别", "sort"),
        own("subject", Text, "对象", "subject"),
        own("person", Text, "个人代号", "person"),
        own("day", Date, "日期", "day"),
        own("amount", Decimal, "数量", "amount"),
        own("of", Decimal, "分母数量", "of"),
        own("met", Boolean, "计入", "met"),
    ];
    let others = List(Box::new(Struct(facets())));
    let last = own("others", others, "其他儿童、班级", "others");
    first.into_iter().chain(facets()).chain([last]).collect()
}

fn periods() -> Vec<DatasetColumn> {
    use Type::{Date, Integer, Text};
    let first = [
        own("term", Text, "学期", "term"),
        own("duty", Text, "职责", "duty"),
        coded::<OwedTo>(own("owed_to", Text, "对象类别", "owed to")),
        own("subject", Text, "对象", "subject"),
        own("child", Text, "儿童", "child"),
        own("person", Text, "个人代号", "person"),
        own("helper", Text, "帮扶人", "helper"),
        own("from", Date, "开始日期", "from"),
        own("until", Date, "结束日期", "until"),
        coded::<State>(own("state", Text, "状态", "state")),
        own("done", Integer, "已做", "done"),
        own("wanted", Integer, "应做", "wanted"),
    ];
    let mut columns: Vec<DatasetColumn> = first.into_iter().collect();
    // Duty periods have no mode, theme, role or occasion.
    columns.extend(facets().into_iter().take(6));
    columns
}

/// The statistic of a figure.
pub(super) fn how(statistic: Statistic, is_distinct: bool) -> &'static str {
    match statistic {
        Statistic::Count if is_distinct => "distinct",
        Statistic::Count => "count",
        Statistic::Sum => "sum",
        Statistic::Median => "median",
        Statistic::Least => "min",
        Statistic::Greatest => "max",
        Statistic::Mean => "mean",
    }
}

/// The schema of all tables as JSON: names, types, labels and codes.
pub fn schema_json() -> Value {
    let table = |table: &TableSchema| {
        json!({
            "name": table.name,
            "label": { "zh": table.label.zh, "en": table.label.en },
            "columns": table.columns.iter().map(column_json).collect::<Vec<_>>(),
        })
    };
    json!({
        "format": School::NEWEST_FORMAT,
        "files": "record=TABLE/school=KEY/year=YEAR/*.ndjson",
        "partitions": [
            { "name": "record", "type": "string" },
            { "name": "school", "type": "string" },
            { "name": "year", "type": "integer" },
        ],
        "tables": tables().iter().map(table).collect::<Vec<_>>(),
    })
}

fn column_json(column: &DatasetColumn) -> Value {
    let mut object = json!({ "name": column.name });
    for (key, value) in type_json(&column.holds).as_object().into_iter().flatten() {
        object[key] = value.clone();
    }
    object["label"] = json!({ "zh": column.label[0], "en": column.label[1] });
    if !column.codes.is_empty() {
        let code = |word: &CodeWord| json!({ "code": word.code, "label": { "zh": word.zh, "en": word.en } });
        object["codes"] = column.codes.iter().map(code).collect();
    }
    object
}

fn type_json(holds: &Type) -> Value {
    match holds {
        Type::Text => json!({ "type": "string" }),
        Type::Integer => json!({ "type": "integer" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Date => json!({ "type": "date" }),
        Type::Timestamp => json!({ "type": "timestamp" }),
        Type::Time => json!({ "type": "time" }),
        Type::Decimal => json!({ "type": "decimal", "precision": 18, "scale": 2 }),
        Type::List(entry) => json!({ "type": "list", "of": type_json(entry) }),
        Type::Struct(columns) => json!({
            "type": "struct",
            "columns": columns.iter().map(column_json).collect::<Vec<_>>(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column<'t>(all: &'t [TableSchema], table: &str, name: &str) -> &'t DatasetColumn {
        let table = all.iter().find(|found| found.name == table).unwrap();
        let found = table.columns.iter().find(|column| column.name == name);
        found.unwrap_or_else(|| panic!("{}.{name}", table.name))
    }

    #[test]
    fn no_folder_hides_a_column_and_no_name_comes_twice() {
        let all = tables();
        assert_eq!(all.len(), Kind::ALL.len() + 7);
        for table in &all {
            let mut names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
            assert!(
                !names.iter().any(|name| PARTITIONS.contains(name)),
                "{}",
                table.name
            );
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{}", table.name);
        }
        assert_eq!(column(&all, "aid", "kind").holds, Type::Text);
        assert_eq!(column(&all, "duties", "record_kind").field, "record");
    }

    #[test]
    fn columns_have_the_types_of_the_model() {
        let all = tables();
        assert_eq!(column(&all, "visits", "date").holds, Type::Date);
        assert_eq!(column(&all, "visits", "time").holds, Type::Time);
        assert_eq!(
            column(&all, "incidents", "discovered").holds,
            Type::Timestamp
        );
        assert_eq!(column(&all, "aid", "amount").holds, Type::Decimal);
        assert_eq!(column(&all, "children", "birth_year").holds, Type::Integer);
        assert_eq!(column(&all, "children", "birth_date").holds, Type::Date);
        assert!(matches!(
            &column(&all, "children", "left").holds,
            Type::Struct(_)
        ));
        assert!(
            matches!(&column(&all, "policy", "caseload").holds, Type::Struct(roles) if roles.len() == 6)
        );
        let schema = schema_json();
        assert_eq!(schema["tables"].as_array().unwrap().len(), all.len());
    }
}

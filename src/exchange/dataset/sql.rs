//! The SQL script that reads a dataset: a typed view of each table, and the figures by school, by group and in total.

use std::fmt::Write as _;

use super::columns::{DatasetColumn, Source, Type, tables};
use crate::analysis::figures::FACETS;
use crate::model::Code;

/// A SQL dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB.
    DuckDb,
    /// Spark SQL.
    Spark,
}

impl Dialect {
    /// Quotes an identifier.
    fn name(self, name: &str) -> String {
        match self {
            Dialect::DuckDb => format!("\"{name}\""),
            Dialect::Spark => format!("`{name}`"),
        }
    }

    fn of_type(self, holds: &Type) -> String {
        let is_duckdb = self == Dialect::DuckDb;
        match holds {
            Type::Text if is_duckdb => "VARCHAR".to_owned(),
            // Spark has no time-of-day type.
            Type::Text | Type::Time if !is_duckdb => "STRING".to_owned(),
            Type::Text | Type::Time => "TIME".to_owned(),
            Type::Integer => "BIGINT".to_owned(),
            Type::Boolean => "BOOLEAN".to_owned(),
            Type::Date => "DATE".to_owned(),
            Type::Timestamp if is_duckdb => "TIMESTAMP".to_owned(),
            Type::Timestamp => "TIMESTAMP_NTZ".to_owned(),
            Type::Decimal => "DECIMAL(18, 2)".to_owned(),
            Type::List(entry) if is_duckdb => format!("{}[]", self.of_type(entry)),
            Type::List(entry) => format!("ARRAY<{}>", self.of_type(entry)),
            Type::Struct(columns) => {
                let field = |column: &DatasetColumn| {
                    let separator = if is_duckdb { " " } else { ": " };
                    format!(
                        "{}{separator}{}",
                        self.name(&column.name),
                        self.of_type(&column.holds)
                    )
                };
                let fields: Vec<String> = columns.iter().map(field).collect();
                if is_duckdb {
                    format!("STRUCT({})", fields.join(", "))
                } else {
                    format!("STRUCT<{}>", fields.join(", "))
                }
            }
        }
    }

    /// The statement that creates the view of a table.
    fn view(self, table: &str, columns: &[DatasetColumn], place: &str) -> String {
        let mut text = String::new();
        let place = place.replace('\'', "''");
        let typed = columns
            .iter()
            .map(|column| (&column.name, self.of_type(&column.holds)));
        match self {
            Dialect::DuckDb => {
                let columns: Vec<String> = typed
                    .map(|(name, holds)| format!("'{name}': '{holds}'"))
                    .collect();
                let _ = writeln!(
                    text,
                    "CREATE OR REPLACE VIEW {table} AS SELECT * EXCLUDE (record) FROM read_json('{place}/record={table}/*/*/*.ndjson',\n    \
                     format = 'newline_delimited', hive_partitioning = true, hive_types_autocast = false,\n    \
                     hive_types = {{'school': VARCHAR, 'year': INTEGER}},\n    columns = {{{}}});",
                    columns.join(", ")
                );
            }
            Dialect::Spark => {
                let columns: Vec<String> = typed
                    .map(|(name, holds)| format!("{} {holds}", self.name(name)))
                    .collect();
                let _ = writeln!(
                    text,
                    "CREATE OR REPLACE TEMPORARY VIEW {table} ({}, school STRING, year INT)\n    \
                     USING json OPTIONS (path '{place}/record={table}', mode 'FAILFAST');",
                    columns.join(", ")
                );
            }
        }
        text
    }

    /// The group columns of a struct, each with that of the first child as a fallback.
    fn facets(self, of: &str, first: &str) -> String {
        let entry = |dim: &crate::analysis::dimension::Dim| {
            let name = self.name(dim.code());
            let text = match self {
                Dialect::DuckDb => "VARCHAR",
                Dialect::Spark => "STRING",
            };
            let key = |of: &str| format!("CAST({of}.{name} AS {text})");
            let (code, key, first) = (dim.code(), key(of), key(first));
            match self {
                Dialect::DuckDb => format!("{{'dim': '{code}', 'key': {key}, 'first': {first}}}"),
                Dialect::Spark => {
                    format!("named_struct('dim', '{code}', 'key', {key}, 'first', {first})")
                }
            }
        };
        let entries: Vec<String> = FACETS.iter().map(entry).collect();
        let entries = entries.join(",\n            ");
        match self {
            Dialect::DuckDb => format!("[{entries}]"),
            Dialect::Spark => format!("array({entries})"),
        }
    }

    fn words(self) -> [(&'static str, &'static str); 10] {
        match self {
            Dialect::DuckDb => [
                ("{view}", "VIEW"),
                ("{q}", "\""),
                (
                    "{median}",
                    "quantile_disc(CASE WHEN how = 'median' THEN amount END, 0.5)",
                ),
                (
                    "{mean}",
                    "CASE WHEN c.members > 0 THEN (CAST(c.total AS BIGINT) * 20 + c.members) // (c.members * 2) / 10.0 END",
                ),
                (
                    "{each_first}",
                    "(SELECT *, unnest(facets) AS d FROM firsts)",
                ),
                (
                    "{each_other}",
                    "(SELECT *, unnest(facets) AS d FROM others)",
                ),
                (
                    "{unnest_others}",
                    "(SELECT *, unnest(others) AS o FROM evidence)",
                ),
                ("{contains}", "list_contains"),
                // Evaluated once, although referenced four times.
                ("{once}", "MATERIALIZED "),
                ("{engine}", "DuckDB"),
            ],
            Dialect::Spark => [
                ("{view}", "TEMPORARY VIEW"),
                ("{q}", "`"),
                (
                    "{median}",
                    "percentile_disc(0.5) WITHIN GROUP (ORDER BY amount)",
                ),
                (
                    "{mean}",
                    "CASE WHEN c.members > 0 THEN (CAST(c.total AS BIGINT) * 20 + c.members) DIV (c.members * 2) / 10.0 END",
                ),
                (
                    "{each_first}",
                    "(SELECT *, explode(facets) AS d FROM firsts)",
                ),
                (
                    "{each_other}",
                    "(SELECT *, explode(facets) AS d FROM others)",
                ),
                (
                    "{unnest_others}",
                    "(SELECT *, explode(others) AS o FROM evidence)",
                ),
                ("{contains}", "array_contains"),
                ("{once}", ""),
                ("{engine}", "Spark"),
            ],
        }
    }
}

/// The script with placeholders for what differs between the dialects.
const HEAD: &str = "-- {engine}: the tables of a dataset that `cuncao export --partition` wrote, and its figures.
-- figure_values: by school and term. group_values: by class, grade, gender and so on. county_values: all schools together.
";

const FIGURES: &str = "
-- The figures of each school, as its own `stats` has them.
CREATE OR REPLACE {view} figure_values AS
WITH sums AS (
    SELECT school, term, figure, sum(amount) AS total, count(amount) AS members, sum({q}of{q}) AS whole_total,
        min(amount) AS least, max(amount) AS most, {median} AS middle
    FROM evidence GROUP BY school, term, figure
)
SELECT f.school, s.name, f.term, f.place, f.figure, f.label_zh, f.label_en, f.unit, f.how,
    CAST(CASE f.how
        WHEN 'median' THEN c.middle
        WHEN 'min' THEN c.least
        WHEN 'max' THEN c.most
        WHEN 'mean' THEN {mean}
        ELSE coalesce(c.total, 0)
    END AS DECIMAL(18, 2)) AS value,
    CAST(CASE WHEN f.whole IS NOT NULL THEN coalesce(w.whole_total, 0) END AS DECIMAL(18, 2)) AS {q}of{q}
FROM figures f
LEFT JOIN sums c ON c.school = f.school AND c.term = f.term AND c.figure = f.figure
LEFT JOIN sums w ON w.school = f.school AND w.term = f.term AND w.figure = f.whole
LEFT JOIN settings s ON s.school = f.school;

-- All schools together. A share is in_share of of: a school without a whole stays out of it.
-- Medians, means, least and greatest are those of all subjects of all schools.
CREATE OR REPLACE {view} county_values AS
WITH schools AS (
    SELECT term, figure, min(label_zh) AS label_zh, min(label_en) AS label_en, min(unit) AS unit, min(how) AS how,
        count(*) AS schools, sum(value) AS total, min(value) AS least, max(value) AS most, sum({q}of{q}) AS {q}of{q},
        sum(CASE WHEN {q}of{q} IS NULL OR {q}of{q} <> 0 THEN value ELSE 0 END) AS in_share
    FROM figure_values GROUP BY term, figure
), subjects AS (
    SELECT term, figure, sum(amount) AS total, count(amount) AS members, {median} AS middle
    FROM evidence WHERE how IN ('median', 'mean') GROUP BY term, figure
)
SELECT v.term, v.figure, v.label_zh, v.label_en, v.unit, v.how, v.schools,
    CAST(CASE v.how
        WHEN 'median' THEN c.middle
        WHEN 'min' THEN v.least
        WHEN 'max' THEN v.most
        WHEN 'mean' THEN {mean}
        ELSE v.total
    END AS DECIMAL(18, 2)) AS value,
    v.{q}of{q}, v.in_share
FROM schools v
LEFT JOIN subjects c ON c.term = v.term AND c.figure = v.figure;
";

const GROUPS: &str = "
-- The figures of each group of each school, as `stats --by` has them; `-` is what is not known. A record of two children
-- of one class counts once in that class, and once in each class where they are in two. A figure has its own groups and
-- those that others of the school and term have: a class without visits has none.
CREATE OR REPLACE {view} group_values AS
WITH alike AS (
    SELECT school, term, figure, {names}, sum(amount) AS total, count(amount) AS members,
        sum({q}of{q}) AS whole_total, count({q}of{q}) AS whole_members
    FROM evidence GROUP BY school, term, figure, {names}
), firsts AS (
    SELECT e.*, {first_facets} AS facets
    FROM alike e
), others AS (
    SELECT e.school, e.term, e.figure, e.member, e.amount, e.{q}of{q},
        {other_facets} AS facets
    FROM {unnest_others} e
), parts AS (
    SELECT school, term, figure, d.dim AS dim, d.{q}key{q} AS {q}key{q}, total, members, whole_total, whole_members
    FROM {each_first} f
    UNION ALL
    SELECT school, term, figure, dim, {q}key{q}, sum(amount), count(amount), sum({q}of{q}), count({q}of{q}) FROM (
        SELECT DISTINCT school, term, figure, member, d.dim AS dim, d.{q}key{q} AS {q}key{q}, amount, {q}of{q}
        FROM {each_other} o
        WHERE coalesce(d.{q}key{q}, '-') <> coalesce(d.{q}first{q}, '-')
    ) distinct_others
    GROUP BY school, term, figure, dim, {q}key{q}
), group_sums AS {once}(
    SELECT school, term, figure, dim, coalesce({q}key{q}, '-') AS {q}key{q},
        sum(total) AS total, sum(members) AS members, sum(whole_total) AS whole_total, sum(whole_members) AS whole_members
    FROM parts GROUP BY school, term, figure, dim, coalesce({q}key{q}, '-')
), own AS {once}(
    SELECT f.school, f.term, f.figure, f.looks_back, g.dim, g.{q}key{q} FROM figures f
    JOIN group_sums g ON g.school = f.school AND g.term = f.term AND g.figure = f.figure
    WHERE {contains}(f.splits, g.dim) AND g.members > 0
    UNION
    SELECT f.school, f.term, f.figure, f.looks_back, g.dim, g.{q}key{q} FROM figures f
    JOIN group_sums g ON g.school = f.school AND g.term = f.term AND g.figure = f.whole
    WHERE {contains}(f.whole_splits, g.dim) AND g.whole_members > 0
), group_keys AS (
    SELECT school, term, figure, dim, {q}key{q} FROM own
    UNION
    SELECT f.school, f.term, f.figure, k.dim, k.{q}key{q} FROM figures f
    JOIN (SELECT DISTINCT school, term, dim, {q}key{q} FROM own WHERE NOT looks_back AND {q}key{q} <> '-') k
        ON k.school = f.school AND k.term = f.term
    WHERE {contains}(f.splits, k.dim)
)
SELECT f.school, s.name, f.term, f.place, f.figure, f.label_zh, f.label_en, f.unit, k.dim, k.{q}key{q},
    CAST(coalesce(c.total, 0) AS DECIMAL(18, 2)) AS value,
    CAST(CASE WHEN {contains}(f.whole_splits, k.dim) THEN coalesce(w.whole_total, 0) END AS DECIMAL(18, 2)) AS {q}of{q}
FROM group_keys k
JOIN figures f ON f.school = k.school AND f.term = k.term AND f.figure = k.figure
LEFT JOIN group_sums c ON c.school = k.school AND c.term = k.term AND c.figure = k.figure
    AND c.dim = k.dim AND c.{q}key{q} = k.{q}key{q}
LEFT JOIN group_sums w ON w.school = k.school AND w.term = k.term AND w.figure = f.whole
    AND w.dim = k.dim AND w.{q}key{q} = k.{q}key{q}
LEFT JOIN settings s ON s.school = k.school;

SELECT school, name, term, figure, label_zh, label_en, unit, value, {q}of{q} FROM figure_values ORDER BY school, term, place;
";

/// Returns the script for a dialect, for the dataset at a location.
pub fn page(dialect: Dialect, place: &str) -> String {
    let mut text = filled(HEAD, dialect);
    for table in tables() {
        if let Source::Kind(_) = table.source {
            text.push('\n');
        }
        text.push_str(&dialect.view(table.name, &table.columns, place));
    }
    text.push_str(&filled(FIGURES, dialect));
    text.push_str(&filled(GROUPS, dialect));
    text
}

fn filled(template: &str, dialect: Dialect) -> String {
    let first = template.replace("{first_facets}", &dialect.facets("e", "e"));
    let names: Vec<String> = FACETS.iter().map(|dim| dialect.name(dim.code())).collect();
    let facets = first
        .replace("{other_facets}", &dialect.facets("e.o", "e"))
        .replace("{names}", &names.join(", "));
    let words = dialect.words();
    words
        .iter()
        .fold(facets, |text, (mark, word)| text.replace(mark, word))
}

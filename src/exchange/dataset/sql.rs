//! The page of SQL that reads a dataset: a view of each table with the types of the schema, and the figures by school,
//! by group and for all schools together.

use std::fmt::Write as _;

use super::columns::{Column, Source, Type, tables};
use crate::analysis::figures::FACETS;
use crate::model::Code;

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB.
    DuckDb,
    /// Spark SQL.
    Spark,
}

impl Dialect {
    /// A name as it is quoted.
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
            // Spark has no type for a time of day.
            Type::Text | Type::Time if !is_duckdb => "STRING".to_owned(),
            Type::Text | Type::Time => "TIME".to_owned(),
            Type::Integer => "BIGINT".to_owned(),
            Type::Truth => "BOOLEAN".to_owned(),
            Type::Date => "DATE".to_owned(),
            Type::Timestamp if is_duckdb => "TIMESTAMP".to_owned(),
            Type::Timestamp => "TIMESTAMP_NTZ".to_owned(),
            Type::Decimal => "DECIMAL(18, 2)".to_owned(),
            Type::List(entry) if is_duckdb => format!("{}[]", self.of_type(entry)),
            Type::List(entry) => format!("ARRAY<{}>", self.of_type(entry)),
            Type::Struct(columns) => {
                let field = |column: &Column| {
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

    /// The statement that makes a table of the dataset a view.
    fn view(self, table: &str, columns: &[Column], place: &str) -> String {
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

    /// The groups of a row in a list, of a name that holds them, each beside that of the first child.
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

    fn words(self) -> [(&'static str, &'static str); 9] {
        match self {
            Dialect::DuckDb => [
                ("{view}", "VIEW"),
                ("{q}", "\""),
                ("{median}", "quantile_disc(amount, 0.5)"),
                ("{div}", "//"),
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
                ("{engine}", "DuckDB"),
            ],
            Dialect::Spark => [
                ("{view}", "TEMPORARY VIEW"),
                ("{q}", "`"),
                (
                    "{median}",
                    "percentile_disc(0.5) WITHIN GROUP (ORDER BY amount)",
                ),
                ("{div}", "DIV"),
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
                ("{engine}", "Spark"),
            ],
        }
    }
}

/// What is the same in both engines but for some words.
const HEAD: &str = "-- {engine}: the tables of a dataset that `cuncao export --partition` wrote, and its figures.
-- figure_values: by school and term. group_values: by class, grade, gender and so on. county_values: all schools together.
";

const FIGURES: &str = "
-- What the subjects of each figure add up to.
CREATE OR REPLACE {view} sums AS
SELECT school, term, figure, sum(amount) AS total, count(amount) AS members, sum({q}of{q}) AS whole_total,
    min(amount) AS least, max(amount) AS most
FROM evidence GROUP BY school, term, figure;

CREATE OR REPLACE {view} medians AS
SELECT school, term, figure, CAST({median} AS DECIMAL(18, 2)) AS middle
FROM evidence WHERE how = 'median' AND amount IS NOT NULL GROUP BY school, term, figure;

-- The figures of each school, as its own `stats` has them.
CREATE OR REPLACE {view} figure_values AS
SELECT f.school, s.name, f.term, f.place, f.figure, f.label_zh, f.label_en, f.unit, f.how,
    CAST(CASE f.how
        WHEN 'median' THEN m.middle
        WHEN 'min' THEN c.least
        WHEN 'max' THEN c.most
        WHEN 'mean' THEN CASE WHEN c.members > 0 THEN
            (CAST(c.total AS BIGINT) * 20 + c.members) {div} (c.members * 2) / 10.0 END
        ELSE coalesce(c.total, 0)
    END AS DECIMAL(18, 2)) AS value,
    CAST(CASE WHEN f.whole IS NOT NULL THEN coalesce(w.whole_total, 0) END AS DECIMAL(18, 2)) AS {q}of{q}
FROM figures f
LEFT JOIN sums c ON c.school = f.school AND c.term = f.term AND c.figure = f.figure
LEFT JOIN sums w ON w.school = f.school AND w.term = f.term AND w.figure = f.whole
LEFT JOIN medians m ON m.school = f.school AND m.term = f.term AND m.figure = f.figure
LEFT JOIN settings s ON s.school = f.school;

-- All schools together. A share is in_share of of: a school without a whole stays out of it.
-- Medians, means, least and greatest are those of all subjects of all schools.
CREATE OR REPLACE {view} county_sums AS
SELECT term, figure, sum(amount) AS total, count(amount) AS members, min(amount) AS least, max(amount) AS most
FROM evidence GROUP BY term, figure;

CREATE OR REPLACE {view} county_medians AS
SELECT term, figure, CAST({median} AS DECIMAL(18, 2)) AS middle
FROM evidence WHERE how = 'median' AND amount IS NOT NULL GROUP BY term, figure;

CREATE OR REPLACE {view} county_values AS
SELECT v.term, v.figure, v.label_zh, v.label_en, v.unit, v.how, v.schools,
    CAST(CASE v.how
        WHEN 'median' THEN m.middle
        WHEN 'min' THEN c.least
        WHEN 'max' THEN c.most
        WHEN 'mean' THEN CASE WHEN c.members > 0 THEN
            (CAST(c.total AS BIGINT) * 20 + c.members) {div} (c.members * 2) / 10.0 END
        ELSE v.total
    END AS DECIMAL(18, 2)) AS value,
    v.{q}of{q}, v.in_share
FROM (
    SELECT term, figure, min(label_zh) AS label_zh, min(label_en) AS label_en, min(unit) AS unit, min(how) AS how,
        count(*) AS schools, sum(value) AS total, sum({q}of{q}) AS {q}of{q},
        sum(CASE WHEN {q}of{q} IS NULL OR {q}of{q} <> 0 THEN value ELSE 0 END) AS in_share
    FROM figure_values GROUP BY term, figure
) v
LEFT JOIN county_sums c ON c.term = v.term AND c.figure = v.figure
LEFT JOIN county_medians m ON m.term = v.term AND m.figure = v.figure;
";

const GROUPS: &str = "
-- What each figure has in each group. A record of two children of one class counts once in that class, and once in each
-- class where they are in two.
CREATE OR REPLACE {view} group_sums AS
WITH firsts AS (
    SELECT e.school, e.term, e.figure, e.amount, e.{q}of{q},
        {first_facets} AS facets
    FROM evidence e
), others AS (
    SELECT e.school, e.term, e.figure, e.member, e.amount, e.{q}of{q},
        {other_facets} AS facets
    FROM {unnest_others} e
), members AS (
    SELECT school, term, figure, d.dim AS dim, d.{q}key{q} AS {q}key{q}, amount, {q}of{q} FROM {each_first} f
    UNION ALL
    SELECT school, term, figure, dim, {q}key{q}, amount, {q}of{q} FROM (
        SELECT DISTINCT school, term, figure, member, d.dim AS dim, d.{q}key{q} AS {q}key{q}, amount, {q}of{q}
        FROM {each_other} o
        WHERE coalesce(d.{q}key{q}, '-') <> coalesce(d.{q}first{q}, '-')
    ) distinct_others
)
SELECT school, term, figure, dim, coalesce({q}key{q}, '-') AS {q}key{q},
    sum(amount) AS total, count(amount) AS members, sum({q}of{q}) AS whole_total, count({q}of{q}) AS whole_members
FROM members GROUP BY school, term, figure, dim, coalesce({q}key{q}, '-');

-- The groups that a figure has, and those that others of the school and term have: a class without visits has none.
CREATE OR REPLACE {view} group_keys AS
WITH own AS (
    SELECT f.school, f.term, f.figure, f.looks_back, g.dim, g.{q}key{q} FROM figures f
    JOIN group_sums g ON g.school = f.school AND g.term = f.term AND g.figure = f.figure
    WHERE {contains}(f.splits, g.dim) AND g.members > 0
    UNION
    SELECT f.school, f.term, f.figure, f.looks_back, g.dim, g.{q}key{q} FROM figures f
    JOIN group_sums g ON g.school = f.school AND g.term = f.term AND g.figure = f.whole
    WHERE {contains}(f.whole_splits, g.dim) AND g.whole_members > 0
)
SELECT school, term, figure, dim, {q}key{q} FROM own
UNION
SELECT f.school, f.term, f.figure, k.dim, k.{q}key{q} FROM figures f
JOIN (SELECT DISTINCT school, term, dim, {q}key{q} FROM own WHERE NOT looks_back AND {q}key{q} <> '-') k
    ON k.school = f.school AND k.term = f.term
WHERE {contains}(f.splits, k.dim);

-- The figures of each group of each school, as `stats --by` has them; `-` is what is not known.
CREATE OR REPLACE {view} group_values AS
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

/// The page for an engine, of the dataset at a place.
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
    let facets = first.replace("{other_facets}", &dialect.facets("e.o", "e"));
    let words = dialect.words();
    words
        .iter()
        .fold(facets, |text, (mark, word)| text.replace(mark, word))
}

//! What query engines count over the partitioned export of three schools is what `rollup` counts.

use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use cuncao::exchange::disclosure::{Disclosure, Naming};
use cuncao::exchange::{export, partition, rollup};
use cuncao::model::{Id, Kind, KindSet};
use cuncao::store::{Store, Want};

/// A school with children, visits, aid and activities in and out of the term, in numbers that differ by school.
fn school(root: &Path, name: &str, seed: u32) {
    std::fs::create_dir_all(root).unwrap();
    let settings = format!("format = 1\n[school]\nname = \"{name}\"\nlevel = \"primary\"\n");
    std::fs::write(root.join("cuncao.toml"), settings).unwrap();
    let store = Store::at(root);
    let term = "name = \"秋季学期\"\nstart = 2025-09-01\nend = 2026-01-20\n";
    store.create("2025-2026-1".parse().unwrap(), term).unwrap();
    let id = |kind, day: &str, n| Id::new(kind, day.parse().unwrap(), n).unwrap();
    store
        .create(
            id(Kind::Helper, "2025-01-01", 0),
            "name = \"李老师\"\nrole = \"teacher\"\n",
        )
        .unwrap();
    for n in 0..10 + seed {
        let away = ["both", "father", "none"][(n + seed) as usize % 3];
        let left = if n % 5 == 4 {
            "[left]\ndate = 2025-11-01\nreason = \"moved\"\n"
        } else {
            ""
        };
        let text = format!(
            "name = \"张{n}\"\ngender = \"male\"\nbirth_date = 2015-03-02\n{left}[[guardianship]]\nsince = 2024-09-01\naway = \"none\"\nkind = \"one-parent\"\n[[guardianship]]\nsince = 2025-09-01\naway = \"{away}\"\nkind = \"grandparents\"\n"
        );
        store
            .create(id(Kind::Child, "2025-01-01", n), &text)
            .unwrap();
    }
    for n in 0..20 + 3 * seed {
        let day = [
            "2025-08-31",
            "2025-09-01",
            "2025-12-31",
            "2026-01-20",
            "2026-01-21",
        ][(n + seed) as usize % 5];
        let mode = ["home", "phone", "talk"][n as usize % 3];
        let child = id(Kind::Child, "2025-01-01", n % 10);
        let text = format!(
            "date = {day}\nmode = \"{mode}\"\nchildren = [\"{child}\"]\nby = [\"h000000\"]\nsummary = \"第{n}次\"\n"
        );
        store.create(id(Kind::Visit, day, n), &text).unwrap();
        let text = format!(
            "date = {day}\nkind = \"money\"\nchildren = [\"{child}\"]\namount = \"{n}.0{}\"\nsource = \"镇妇联\"\n",
            n % 10
        );
        store.create(id(Kind::Aid, day, n), &text).unwrap();
        let text = format!(
            "date = {day}\ntitle = \"活动\"\ntheme = \"safety\"\nsessions = {}\nsummary = \"好\"\n",
            1 + n % 2
        );
        store.create(id(Kind::Activity, day, n), &text).unwrap();
    }
}

/// The figures by SQL, as the handbook shows it: `figure,school,value` on each line.
const QUERIES: &str = r#"
import sys, duckdb
below = sys.argv[1]
def rows(kind, months=True):
    levels = "*/*" if months else "*"
    return f"read_ndjson_auto('{below}/kind={kind}/{levels}/data.ndjson', hive_partitioning = true, hive_types_autocast = false)"
term = "date BETWEEN DATE '2025-09-01' AND DATE '2026-01-20'"
last = "DATE '2026-01-20'"
queries = {
    "visits": f"SELECT school, count(*) FROM {rows('visits')} WHERE {term} GROUP BY school",
    "visits.home": f"SELECT school, count(*) FROM {rows('visits')} WHERE {term} AND mode = 'home' GROUP BY school",
    "activities": f"SELECT school, count(*) FROM {rows('activities')} WHERE {term} GROUP BY school",
    "aid.money": f"SELECT school, sum(CAST(amount AS DECIMAL(18, 2)) * 100) FROM {rows('aid')} WHERE {term} GROUP BY school",
    "children": f"""
        WITH entries AS (SELECT school, id, "left", unnest(guardianship) AS entry FROM {rows('children', False)})
        SELECT school, count(*) FROM (
            SELECT school, id, arg_max(entry.away, entry.since) AS away
            FROM entries
            WHERE entry.since <= {last} AND ("left" IS NULL OR "left".date > {last})
            GROUP BY school, id
        ) WHERE away <> 'none' GROUP BY school""",
}
for figure, query in queries.items():
    for school, value in sorted(duckdb.sql(query).fetchall()):
        print(f"{figure},{school},{int(value)}")
"#;

#[test]
fn duckdb_counts_what_rollup_counts() {
    let duckdb = Command::new("python3")
        .args(["-c", "import duckdb"])
        .output();
    if !duckdb.is_ok_and(|output| output.status.success()) {
        println!("passed over: python3 with the package duckdb is not here");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let below = dir.path().join("export");
    let mut roots = Vec::new();
    for (seed, name) in (0..).zip(["柳树小学", "大坪小学", "新田 小学=1"]) {
        let root = dir.path().join(format!("school-{seed}"));
        school(&root, name, seed);
        let loaded = Store::at(&root).load(Want::all(KindSet::ALL));
        assert!(loaded.broken.is_empty());
        let exported = export::gather(
            &loaded.records,
            &export::Options {
                kinds: KindSet::ALL,
                days: None,
                disclosure: Disclosure {
                    naming: Naming::Nobody,
                    confidential: false,
                    text: false,
                    places: false,
                },
                labels: None,
            },
        );
        partition::write(&exported, name, &below).unwrap();
        roots.push(root);
    }
    let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
    let options = rollup::Options {
        days: rollup::Days::Term("2025-2026-1".parse().unwrap()),
        today: day("2026-06-01"),
        definition: None,
        skip_broken: false,
    };
    let counted = rollup::rollup(&roots, &options, &mut |_| {});
    assert_eq!(counted.schools.len(), 3);
    let mut expected = Vec::new();
    for figure in [
        "visits",
        "visits.home",
        "activities",
        "aid.money",
        "children",
    ] {
        let mut of_figure: Vec<_> = counted
            .schools
            .iter()
            .map(|school| {
                format!(
                    "{figure},{},{}",
                    school.name,
                    school.value(figure).unwrap().value
                )
            })
            .collect();
        of_figure.sort();
        expected.extend(of_figure);
    }
    // By hand: of the first school's twenty visits those of three in five days lie in the term.
    assert!(
        expected.contains(&"visits,柳树小学,12".to_owned()),
        "{expected:?}"
    );
    let output = Command::new("python3")
        .args(["-c", QUERIES])
        .arg(&below)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

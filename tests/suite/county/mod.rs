//! Datasets of a county: query engines count the same as `stats` and `rollup`.

mod parts;
mod schools;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use cuncao::analysis::release::names_a_person;
use cuncao::exchange::dataset::schema_json;
use serde_json::Value;

use crate::support::{err, files, out, program, write};
use schools::{TERMS, TODAY};

/// A county of three schools, two of them with the same name, and one nearly empty.
struct County {
    dir: tempfile::TempDir,
    roots: Vec<(PathBuf, &'static str)>,
}

const KEYS: [&str; 3] = ["liushu-a", "liushu-b", "idle-school"];

impl County {
    fn new(seed: u64) -> County {
        let dir = tempfile::tempdir().unwrap();
        let mut roots = Vec::new();
        for (at, key) in KEYS.into_iter().enumerate() {
            let root = dir.path().join(format!("schools/{key}"));
            let name = ["柳树小学", "柳树小学", "大坪小学"][at];
            schools::school(&root, name, key, seed * 10 + at as u64, at == 2);
            roots.push((root, key));
        }
        County { dir, roots }
    }

    fn lake(&self) -> PathBuf {
        self.dir.path().join("lake")
    }

    fn run(&self, root: &Path, arguments: &[&str]) -> Output {
        let mut command = program(root, arguments);
        command.env("CUNCAO_TODAY", TODAY).stdin(Stdio::null());
        command.env("XDG_CONFIG_HOME", self.dir.path().join("settings"));
        command.output().unwrap()
    }

    fn export(&self, root: &Path, more: &[&str]) -> Output {
        let (lake, key) = (self.lake(), self.dir.path().join("county.key"));
        let mut words = vec!["export", "--partition", "-o", lake.to_str().unwrap()];
        words.extend(["--key-file", key.to_str().unwrap()]);
        words.extend(more);
        self.run(root, &words)
    }

    fn exported(&self) {
        for (root, _) in &self.roots {
            let output = self.export(root, &[]);
            assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        }
    }

    fn json(&self, root: &Path, arguments: &[&str]) -> Value {
        let output = self.run(root, arguments);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{arguments:?}: {}",
            err(&output)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Returns the lines of a table of a school.
    fn lines(&self, table: &str, key: &str) -> Vec<Value> {
        let folder = self.lake().join(format!("record={table}/school={key}"));
        let texts = files(&folder).into_values();
        let texts: Vec<String> = texts
            .map(|bytes| String::from_utf8(bytes).unwrap())
            .collect();
        let lines = texts.iter().flat_map(|text| text.lines());
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Returns the figures that an engine counts.
    fn counted(&self, engine: &str, python: &str) -> Vec<Vec<Option<String>>> {
        self.counted_in(engine, python, &self.lake())
    }

    /// Returns the figures that an engine counts in a dataset.
    fn counted_in(&self, engine: &str, python: &str, lake: &Path) -> Vec<Vec<Option<String>>> {
        let page = self.dir.path().join(format!("{engine}.sql"));
        // The SQL is printed without access to the records.
        let words = [
            "export",
            "--sql",
            engine,
            "--at",
            lake.to_str().unwrap(),
            "-o",
            page.to_str().unwrap(),
        ];
        let printed = self.run(self.dir.path(), &words);
        assert_eq!(printed.status.code(), Some(0), "{}", err(&printed));
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/county/count.py");
        let output = Command::new(python)
            .arg(script)
            .arg(engine)
            .arg(&page)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", err(&output));
        let text = out(&output);
        let rows = text.lines().filter(|line| line.starts_with('['));
        rows.map(|line| serde_json::from_str::<Vec<Value>>(line).unwrap())
            .map(|row| {
                let cell = |cell: &Value| match cell {
                    Value::Null => None,
                    Value::String(text) => Some(text.clone()),
                    other => Some(other.to_string()),
                };
                row.iter().map(cell).collect()
            })
            .collect()
    }
}

/// Returns a Python with a package: that in `CUNCAO_PYTHON`, or else `python3`.
fn python_with(package: &str) -> Option<String> {
    let python = std::env::var("CUNCAO_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&python)
        .args(["-c", &format!("import {package}")])
        .output();
    if found.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    println!("passed over: {python} has no package {package}");
    None
}

/// Formats a number of `stats` like the decimals of the engines.
fn number(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(format!("{:.2}", other.as_f64().unwrap())),
    }
}

type Values = BTreeMap<Vec<String>, (Option<String>, Option<String>)>;

/// Returns the rows of a name, keyed by all cells except for the last two.
fn values(rows: &[Vec<Option<String>>], name: &str, keys: usize, places: [usize; 2]) -> Values {
    let named = rows.iter().filter(|row| row[0].as_deref() == Some(name));
    named
        .map(|row| {
            let key = row[1..=keys]
                .iter()
                .map(|cell| cell.clone().unwrap())
                .collect();
            (key, (row[places[0]].clone(), row[places[1]].clone()))
        })
        .collect()
}

fn differences(ours: &Values, theirs: &Values) -> Vec<String> {
    let keys: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
    let differ = keys
        .into_iter()
        .filter(|key| ours.get(*key) != theirs.get(*key));
    differ
        .map(|key| {
            format!(
                "{key:?}: ours {:?}, the engine's {:?}",
                ours.get(key),
                theirs.get(key)
            )
        })
        .take(20)
        .collect()
}

/// Returns the dimensions by which the figures of a school are compared; each school covers some of them.
fn dims_of(key: &str) -> &'static [&'static str] {
    match KEYS.iter().position(|known| *known == key) {
        Some(0) => &["class", "grade", "mode", "occasion"],
        Some(1) => &["gender", "guardianship", "theme", "role"],
        _ => &["away", "risk"],
    }
}

/// Asserts that the figures of an engine equal those of `stats` and `rollup`.
fn hold(county: &County, rows: &[Vec<Option<String>>]) {
    let mut figures = Values::new();
    let mut groups = Values::new();
    for term in TERMS {
        for (root, key) in &county.roots {
            let all = ["stats", "--all", "--format", "json", "--term", term];
            for figure in county.json(root, &all)["figures"].as_array().unwrap() {
                let id = figure["id"].as_str().unwrap();
                if !names_a_person(id) {
                    let key = vec![(*key).to_owned(), term.to_owned(), id.to_owned()];
                    figures.insert(key, (number(&figure["value"]), number(&figure["of"])));
                }
            }
            for dim in dims_of(key) {
                let by = [&all[..], &["--by", dim]].concat();
                for figure in county.json(root, &by)["figures"].as_array().unwrap() {
                    let id = figure["id"].as_str().unwrap();
                    for group in figure["groups"].as_array().into_iter().flatten() {
                        let group_key = group["key"].as_str().unwrap();
                        let words = [*key, term, id, dim, group_key].map(str::to_owned);
                        let value = (number(&group["value"]), number(&group["of"]));
                        if !names_a_person(id) {
                            groups.insert(words.to_vec(), value);
                        }
                    }
                }
            }
        }
    }
    let mut theirs = values(rows, "figure", 3, [4, 5]);
    // The first term only has records from before it.
    theirs.retain(|key, _| key[1] != "2024-2025-2");
    assert!(theirs.len() > 300, "{}", theirs.len());
    assert_eq!(differences(&figures, &theirs), Vec::<String>::new());
    let mut theirs = values(rows, "group", 5, [6, 7]);
    theirs.retain(|key, _| key[1] != "2024-2025-2" && dims_of(&key[0]).contains(&key[3].as_str()));
    assert!(theirs.len() > 3000, "{}", theirs.len());
    assert_eq!(differences(&groups, &theirs), Vec::<String>::new());

    let mut county_values = Values::new();
    let below = county.dir.path().join("schools");
    for term in TERMS {
        let words = [
            "rollup",
            below.to_str().unwrap(),
            "--format",
            "json",
            "--term",
            term,
        ];
        for figure in county.json(county.dir.path(), &words)["figures"]
            .as_array()
            .unwrap()
        {
            let total = &figure["total"];
            if !total["value"].is_null() {
                let key = vec![term.to_owned(), figure["id"].as_str().unwrap().to_owned()];
                county_values.insert(key, (number(&total["value"]), number(&total["of"])));
            }
        }
    }
    let sums = rows.iter().filter(|row| {
        row[0].as_deref() == Some("county")
            && ["count", "distinct", "sum"].contains(&row[3].as_deref().unwrap())
    });
    let sums: Vec<_> = sums.cloned().collect();
    let mut theirs = values(&sums, "county", 2, [4, 5]);
    theirs.retain(|key, _| key[0] != "2024-2025-2");
    assert_eq!(differences(&county_values, &theirs), Vec::<String>::new());
}

#[test]
fn duckdb_counts_what_stats_and_rollup_count() {
    let Some(python) = python_with("duckdb") else {
        return;
    };
    for seed in [1, 2] {
        let county = County::new(seed);
        county.exported();
        let rows = county.counted("duckdb", &python);
        hold(&county, &rows);
        let types = rows.last().unwrap();
        let types: Vec<&str> = types.iter().flatten().map(String::as_str).collect();
        assert_eq!(types, ["types", "date", "str", "2026"]);
        // The median over all children of the county, computed from the rows of evidence.
        let mut gaps: Vec<i64> = KEYS
            .iter()
            .flat_map(|key| county.lines("evidence", key))
            .filter(|line| line["figure"] == "contact.gap.median" && line["term"] == TERMS[0])
            .map(|line| line["amount"].as_str().unwrap().parse().unwrap())
            .collect();
        gaps.sort_unstable();
        let middle = format!("{}.00", gaps[(gaps.len() - 1) / 2]);
        let median = rows.iter().find(|row| {
            row[0].as_deref() == Some("county")
                && row[1].as_deref() == Some(TERMS[0])
                && row[2].as_deref() == Some("contact.gap.median")
        });
        assert_eq!(median.unwrap()[4], Some(middle));
    }
}

#[test]
fn spark_counts_what_stats_and_rollup_count() {
    let Some(python) = python_with("pyspark") else {
        return;
    };
    let county = County::new(3);
    county.exported();
    let rows = county.counted("spark", &python);
    hold(&county, &rows);
    let types = rows.last().unwrap();
    assert_eq!(types[1].as_deref(), Some("date"));
}

/// Returns the names of the columns of a table, those in structs as paths.
fn columns(columns: &Value, before: &str, found: &mut Vec<String>) {
    for column in columns.as_array().unwrap() {
        let name = format!("{before}{}", column["name"].as_str().unwrap());
        let inner = if column["type"] == "list" {
            &column["of"]
        } else {
            column
        };
        found.push(name.clone());
        if inner["type"] == "struct" {
            self::columns(&inner["columns"], &format!("{name}."), found);
        }
    }
}

/// Returns the same for a line; the types of empty lists come from the schema.
fn keys(line: &Value, before: &str, found: &mut Vec<String>, empty: &mut Vec<String>) {
    for (key, value) in line.as_object().unwrap() {
        let name = format!("{before}{key}");
        found.push(name.clone());
        match value {
            Value::Object(_) => keys(value, &format!("{name}."), found, empty),
            Value::Array(entries) if entries.first().is_some_and(Value::is_object) => {
                keys(&entries[0], &format!("{name}."), found, empty);
            }
            Value::Array(_) => empty.push(format!("{name}.")),
            _ => {}
        }
    }
}

#[test]
fn every_line_of_every_school_has_every_column() {
    let county = County::new(4);
    county.exported();
    let schema: Value =
        serde_json::from_slice(&std::fs::read(county.lake().join("schema.json")).unwrap()).unwrap();
    assert_eq!(schema, schema_json());
    for table in schema["tables"].as_array().unwrap() {
        let name = table["name"].as_str().unwrap();
        let mut expected = Vec::new();
        columns(&table["columns"], "", &mut expected);
        for key in KEYS {
            let folder = county.lake().join(format!("record={name}/school={key}"));
            assert!(!files(&folder).is_empty(), "{name} of {key} has a file");
            for line in county.lines(name, key) {
                let (mut found, mut empty) = (Vec::new(), Vec::new());
                keys(&line, "", &mut found, &mut empty);
                let is_told = |column: &&String| !empty.iter().any(|list| column.starts_with(list));
                let expected: Vec<&String> = expected.iter().filter(is_told).collect();
                assert_eq!(
                    found.iter().collect::<Vec<_>>(),
                    expected,
                    "{name} of {key}"
                );
            }
        }
    }
    // The record's field `kind` has its name and values.
    let aid = county.lines("aid", KEYS[0]);
    assert!(
        aid.iter()
            .all(|line| line["kind"] == "money" || line["kind"] == "goods")
    );
    assert_eq!(county.lines("duties", KEYS[0]).len(), 5);
    assert_eq!(county.lines("duties", KEYS[0])[0]["record_kind"], "visit");
    assert_eq!(
        county.lines("policy", KEYS[0])[0]["caseload"]["counsellor"]["least"],
        1
    );
    assert_eq!(county.lines("terms", KEYS[2]).len(), 5);
    let periods = county.lines("duty_periods", KEYS[0]);
    for state in ["met", "missed", "open"] {
        assert!(periods.iter().any(|line| line["state"] == state), "{state}");
    }
    // Kinds without records have an empty file.
    assert!(county.lines("loans", KEYS[2]).is_empty());
}

#[test]
fn schools_are_distinguished_by_key_and_duplicate_keys_are_refused() {
    let county = County::new(5);
    county.exported();
    for key in KEYS {
        assert_eq!(county.lines("settings", key)[0]["key"], key);
    }
    let before = files(&county.lake());
    let settings = |root: &Path, text: &dyn Fn(&str) -> String| {
        let path = root.join("cuncao.toml");
        let old = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text(&old)).unwrap();
    };
    // Another school of the same name with copied settings.
    let copy = county.dir.path().join("copy");
    schools::school(&copy, "柳树小学", KEYS[0], 99, true);
    for n in 0..40 {
        let old = copy.join(format!("children/c{n:06}.toml"));
        if old.exists() {
            std::fs::rename(old, copy.join(format!("children/cz{n:05}.toml"))).unwrap();
        }
    }
    let refused = county.export(&copy, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        err(&refused).contains("已是另一所学校：柳树小学"),
        "{}",
        err(&refused)
    );
    // One with another name.
    settings(&copy, &|text| text.replace("柳树小学", "新田小学"));
    let refused = county.export(&copy, &[]);
    assert!(
        err(&refused).contains("已是另一所学校：柳树小学"),
        "{}",
        err(&refused)
    );
    // Without a key, the message proposes one.
    settings(&copy, &|text| text.replace("key = \"liushu-a\"\n", ""));
    let refused = county.export(&copy, &[]);
    assert_eq!(refused.status.code(), Some(2));
    let line = err(&refused);
    let line = line
        .lines()
        .find(|line| line.trim_start().starts_with("key = "))
        .unwrap()
        .trim();
    assert_eq!(files(&county.lake()), before, "nothing was written");
    settings(&copy, &|text| {
        text.replace("[school]\n", &format!("[school]\n{line}\n"))
    });
    let output = county.export(&copy, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    // A key that is not a valid path component is refused.
    settings(&copy, &|text| text.replace(line, "key = \"../x\""));
    let refused = county.export(&copy, &[]);
    assert!(
        err(&refused).contains("不能作学校代码"),
        "{}",
        err(&refused)
    );
}

#[test]
fn exporting_again_replaces_only_the_part_of_the_school() {
    let county = County::new(6);
    county.exported();
    let before = files(&county.lake());
    county.exported();
    assert_eq!(
        files(&county.lake()),
        before,
        "the same records give the same bytes"
    );
    let (root, key) = &county.roots[0];
    std::fs::remove_dir_all(root.join("visits")).unwrap();
    let output = county.export(root, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(county.lines("visits", key).is_empty());
    let others = |all: BTreeMap<PathBuf, Vec<u8>>| -> BTreeMap<PathBuf, Vec<u8>> {
        let is_other = |path: &PathBuf| !path.to_string_lossy().contains(*key);
        all.into_iter().filter(|(path, _)| is_other(path)).collect()
    };
    assert_eq!(others(files(&county.lake())), others(before));
    #[cfg(unix)]
    for path in files(&county.lake())
        .keys()
        .filter(|path| path.ends_with("part-00000.ndjson"))
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn datasets_contain_no_names_and_a_child_who_moves_keeps_its_pseudonym() {
    let county = County::new(7);
    let moved = "name = \"诸葛晓月\"\ngender = \"female\"\nbirth_date = 2015-03-02\naddress = \"柳树村三组\"\nvillage = \"柳树村\"\nwishes = \"想见妈妈\"\nillness = \"哮喘\"\n\n[[guardianship]]\nsince = 2025-09-01\naway = \"both\"\nkind = \"grandparents\"\nguardian = { name = \"诸葛大山\", phone = \"13900004321\" }\n";
    write(&county.roots[0].0, "children/cm00001.toml", moved);
    write(&county.roots[1].0, "children/cm00002.toml", moved);
    county.exported();
    let texts = files(&county.lake());
    let secrets = [
        "诸葛晓月",
        "诸葛大山",
        "13900004321",
        "柳树村",
        "想见妈妈",
        "哮喘",
        "想妈妈",
        "2015-03-02",
        "cm00001",
        "cm00002",
        "王校长",
        "王小明",
        "c000001",
        "h000001",
        "G00001",
    ];
    for (path, bytes) in &texts {
        if path.ends_with("schema.json") {
            continue;
        }
        let text = String::from_utf8(bytes.clone()).unwrap();
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} in {}", path.display());
        }
    }
    // Both schools have ids from c000000 on, for different children.
    let ids = |key: &str, column: &str| -> BTreeSet<String> {
        let lines = county.lines("children", key);
        lines
            .iter()
            .map(|line| line[column].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(ids(KEYS[0], "id").is_disjoint(&ids(KEYS[1], "id")));
    let shared: Vec<String> = ids(KEYS[0], "person")
        .intersection(&ids(KEYS[1], "person"))
        .cloned()
        .collect();
    assert_eq!(shared.len(), 1, "{shared:?}");
    let counted = county.lines("evidence", KEYS[1]);
    assert!(
        counted
            .iter()
            .any(|line| line["person"] == shared[0].as_str() && line["figure"] == "children")
    );
}

#[test]
fn a_school_may_export_evidence_without_records() {
    let county = County::new(8);
    let (root, key) = &county.roots[0];
    let output = county.export(root, &["evidence", "--term", "2025-2026-1"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(county.lines("children", key).is_empty() && county.lines("visits", key).is_empty());
    let terms: BTreeSet<String> = county
        .lines("evidence", key)
        .iter()
        .map(|line| line["term"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(terms.into_iter().collect::<Vec<_>>(), ["2025-2026-1"]);
    for (words, wanted) in [
        (vec!["nothing"], "没有 nothing 这张表"),
        (vec!["--names", "none"], "请去掉 --names none"),
        (vec!["--format", "csv"], "--format"),
        (vec!["--headers", "zh"], "--headers"),
    ] {
        let refused = county.export(root, &words);
        assert_eq!(refused.status.code(), Some(2), "{words:?}");
        assert!(
            err(&refused).contains(wanted),
            "{words:?}: {}",
            err(&refused)
        );
    }
    let refused = county.run(root, &["export", "--partition"]);
    assert_eq!(refused.status.code(), Some(2));
    let refused = county.run(root, &["export", "--sql", "duckdb", "--names", "full"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(
        county.run(root, &["export", "--at", "x"]).status.code(),
        Some(2)
    );
}

#[test]
fn a_file_of_figures_counts_like_the_records() {
    let county = County::new(9);
    let sent = county.dir.path().join("sent");
    std::fs::create_dir(&sent).unwrap();
    let term = ["--term", "2025-2026-1"];
    let stats = |root: &Path, more: &[&str]| {
        let words = [&["stats", "--format", "json"][..], more].concat();
        let output = county.run(root, &words);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        out(&output)
    };
    for (root, key) in &county.roots {
        write(&sent, &format!("{key}.json"), &stats(root, &term));
    }
    let rollup = |places: &[&Path], more: &[&str]| {
        let places = places.iter().map(|path| path.to_str().unwrap());
        let mut words: Vec<&str> = ["rollup"].into_iter().chain(places).collect();
        words.extend(more);
        county.run(county.dir.path(), &words)
    };
    let without_paths = |output: &Output| {
        assert_eq!(output.status.code(), Some(0), "{}", err(output));
        let mut whole: Value = serde_json::from_slice(&output.stdout).unwrap();
        for school in whole["schools"].as_array_mut().unwrap() {
            school["path"] = Value::Null;
        }
        whole["copies"] = Value::Null;
        whole
    };
    let schools = county.dir.path().join("schools");
    let all = [&term[..], &["--format", "json"]].concat();
    let of_directories = without_paths(&rollup(&[&schools], &all));
    assert_eq!(without_paths(&rollup(&[&sent], &all)), of_directories);
    // A mixture of both; the order is that of the paths given.
    let mixed = rollup(
        &[
            &sent.join("idle-school.json"),
            &county.roots[0].0,
            &county.roots[1].0,
        ],
        &all,
    );
    assert_eq!(without_paths(&mixed), of_directories);
    let year = rollup(&[&schools], &["--year", "2025-2026", "--format", "json"]);
    let days = [
        "--since",
        "2025-09-01",
        "--until",
        "2026-08-31",
        "--format",
        "json",
    ];
    assert_eq!(
        without_paths(&year),
        without_paths(&rollup(&[&schools], &days))
    );
    // A school that occurs twice is reported.
    let twice = rollup(&[&schools, &sent.join("idle-school.json")], &term);
    assert!(
        err(&twice).contains("学校代码都是 idle-school"),
        "{}",
        err(&twice)
    );
    // Whitespace and the order of fields do not matter; a changed number does.
    let file = sent.join("idle-school.json");
    let text = std::fs::read_to_string(&file).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    write(&sent, "idle-school.json", &value.to_string());
    assert_eq!(without_paths(&rollup(&[&sent], &all)), of_directories);
    let mut changed = value.clone();
    changed["figures"][0]["value"] = 9999.into();
    let refusals = [
        (changed.to_string(), "被改动过"),
        ("{\"figures\": []}".to_owned(), "不是 `stats --format json`"),
        ("nothing".to_owned(), "不是 `stats --format json`"),
        (
            stats(&county.roots[2].0, &["--term", "2025-2026-2"]),
            "没有学期 2025-2026-1",
        ),
        (
            stats(
                &county.roots[2].0,
                &["--since", "2025-09-01", "--until", "2025-12-31"],
            ),
            "2025-09-01 至 2025-12-31",
        ),
        (
            stats(&county.roots[2].0, &["visits", "--term", "2025-2026-1"]),
            "只有部分指标",
        ),
    ];
    for (text, reason) in refusals {
        write(&sent, "idle-school.json", &text);
        let output = rollup(&[&sent], &term);
        assert_eq!(output.status.code(), Some(1), "{reason}");
        assert!(err(&output).contains(reason), "{reason}: {}", err(&output));
    }
    write(&sent, "idle-school.json", &text);
    let other = rollup(
        &[&sent],
        &["--term", "2025-2026-1", "--definition", "both-away"],
    );
    assert!(
        err(&other).contains("口径是 one-or-both-away"),
        "{}",
        err(&other)
    );
}

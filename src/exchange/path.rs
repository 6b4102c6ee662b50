//! Column paths: the value of a record that a column refers to. Unlike a [`FieldPath`], which uses indices, such a
//! path may refer to the newest entry of a list, or to the one with a code.

use toml::{Table, Value};

use crate::model::{FieldPath, Kind};

/// The maximum number of list entries that headers may refer to.
const MAX_ENTRIES: usize = 1000;

/// An entry of a list of tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryChoice {
    /// The one at an index, from 0.
    At(usize),
    /// The newest one, or the first if entries are undated.
    Newest,
    /// The one with a code.
    Coded {
        /// The field that contains the code.
        field: String,
        code: String,
    },
}

/// A step of a column path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnStep {
    /// A field.
    Key(String),
    /// An entry of a list of tables.
    Entry(EntryChoice),
}

/// Formats a column path for messages and headers.
pub(super) fn shown(steps: &[ColumnStep]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            ColumnStep::Key(name) if path.is_empty() => path.push_str(name),
            ColumnStep::Key(name) => path.extend([".", name]),
            ColumnStep::Entry(EntryChoice::At(index)) => path.push_str(&format!("[{index}]")),
            ColumnStep::Entry(EntryChoice::Newest) => {}
            ColumnStep::Entry(EntryChoice::Coded { code, .. }) => {
                path.push_str(&format!("[{code}]"))
            }
        }
    }
    path
}

/// Whether [`shown`] would format these steps as `path`; avoids the allocation, since it is called for every value.
pub(super) fn leads_to(steps: &[ColumnStep], path: &str) -> bool {
    let mut rest = path;
    for (at, step) in steps.iter().enumerate() {
        let taken = match step {
            ColumnStep::Key(name) if at == 0 => rest.strip_prefix(name.as_str()),
            ColumnStep::Key(name) => rest
                .strip_prefix('.')
                .and_then(|rest| rest.strip_prefix(name.as_str())),
            ColumnStep::Entry(EntryChoice::Newest) => Some(rest),
            ColumnStep::Entry(EntryChoice::At(index)) => rest.strip_prefix(&*format!("[{index}]")),
            ColumnStep::Entry(EntryChoice::Coded { code, .. }) => {
                let inside = rest
                    .strip_prefix('[')
                    .and_then(|rest| rest.strip_prefix(code.as_str()));
                inside.and_then(|rest| rest.strip_prefix(']'))
            }
        };
        match taken {
            Some(taken) => rest = taken,
            None => return false,
        }
    }
    rest.is_empty()
}

/// Resolves a column path in an existing record; also returns the code to set in a new entry.
pub(super) fn resolve(
    table: &Table,
    steps: &[ColumnStep],
    kind: Kind,
) -> Option<(FieldPath, Option<(FieldPath, Value)>)> {
    let mut path = FieldPath::default();
    let mut code = None;
    for step in steps {
        match step {
            ColumnStep::Key(name) => path = path.then(name),
            ColumnStep::Entry(which) => {
                let entries = path.value_in(table).and_then(Value::as_array);
                let entries = entries.map(Vec::as_slice).unwrap_or_default();
                let index = match which {
                    EntryChoice::At(index) => *index,
                    EntryChoice::Newest => newest(entries),
                    EntryChoice::Coded {
                        field,
                        code: wanted,
                    } => {
                        let holds = |entry: &Value| {
                            entry.get(field).and_then(Value::as_str) == Some(wanted.as_str())
                        };
                        entries.iter().position(holds).unwrap_or_else(|| {
                            let value = Value::String(wanted.clone());
                            code = Some((path.at(entries.len()).then(field), value));
                            entries.len()
                        })
                    }
                };
                if index > entries.len() {
                    return None;
                }
                path = path.at(index);
            }
        }
    }
    kind.shape().at(&path).is_some().then_some((path, code))
}

/// The index of the newest entry of a list: the last of those with the latest `since`, or the first if they are
/// undated.
pub(super) fn newest(entries: &[Value]) -> usize {
    let since = |entry: &Value| entry.get("since").map(ToString::to_string);
    let dated = entries
        .iter()
        .enumerate()
        .filter_map(|(at, entry)| Some((since(entry)?, at)));
    dated.max().map_or(0, |(_, at)| at)
}

/// Sets a value in a new record.
pub(super) fn put(table: &mut Table, steps: &[ColumnStep], value: Value) -> Option<()> {
    let (ColumnStep::Key(name), rest) = steps.split_first()? else {
        return None;
    };
    match rest {
        [] => {
            table.insert(name.clone(), value);
            Some(())
        }
        [ColumnStep::Entry(which), rest @ ..] => {
            let list = table
                .entry(name.clone())
                .or_insert_with(|| Value::Array(Vec::new()))
                .as_array_mut()?;
            let index = match which {
                EntryChoice::At(index) if *index < MAX_ENTRIES => *index,
                EntryChoice::At(_) => return None,
                EntryChoice::Newest => 0,
                EntryChoice::Coded { field, code } => {
                    let holds =
                        |entry: &Value| entry.get(field).and_then(Value::as_str) == Some(code);
                    list.iter().position(holds).unwrap_or_else(|| {
                        list.push(Value::Table(Table::from_iter([(
                            field.clone(),
                            Value::String(code.clone()),
                        )])));
                        list.len() - 1
                    })
                }
            };
            while list.len() <= index {
                list.push(Value::Table(Table::new()));
            }
            put(list[index].as_table_mut()?, rest, value)
        }
        rest => {
            let inner = table
                .entry(name.clone())
                .or_insert_with(|| Value::Table(Table::new()));
            put(inner.as_table_mut()?, rest, value)
        }
    }
}

/// Removes the entries of lists that no column of the row filled.
pub(super) fn drop_empty_entries(table: &mut Table) {
    for (_, value) in table.iter_mut() {
        match value {
            Value::Array(entries) => {
                entries.retain(|entry| entry.as_table().is_none_or(|table| !table.is_empty()));
                entries
                    .iter_mut()
                    .filter_map(Value::as_table_mut)
                    .for_each(drop_empty_entries);
            }
            Value::Table(inner) => drop_empty_entries(inner),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_number_the_newest_entry_is_meant() {
        let table: Table = r#"[[guardianship]]
since = 2025-03-01
kind = "orphan"
[[guardianship]]
since = 2022-09-01
kind = "grandparents"
"#
        .parse()
        .unwrap();
        let steps = [
            ColumnStep::Key("guardianship".to_owned()),
            ColumnStep::Entry(EntryChoice::Newest),
            ColumnStep::Key("kind".to_owned()),
        ];
        let (path, code) = resolve(&table, &steps, Kind::Child).unwrap();
        assert_eq!(
            (path.to_string().as_str(), code),
            ("guardianship[0].kind", None)
        );
        assert_eq!(path.value_in(&table).unwrap().as_str(), Some("orphan"));
    }

    #[test]
    fn a_coded_entry_is_found_or_made() {
        let steps = [
            ColumnStep::Key("parents".to_owned()),
            ColumnStep::Entry(EntryChoice::Coded {
                field: "relation".to_owned(),
                code: "mother".to_owned(),
            }),
            ColumnStep::Key("name".to_owned()),
        ];
        let table: Table = "parents = [{ relation = \"father\" }]".parse().unwrap();
        let (path, code) = resolve(&table, &steps, Kind::Child).unwrap();
        assert_eq!(path.to_string(), "parents[1].name");
        assert_eq!(code.unwrap().0.to_string(), "parents[1].relation");
        let mut new = Table::new();
        put(&mut new, &steps, Value::String("王芳".to_owned())).unwrap();
        assert_eq!(
            new,
            "parents = [{ relation = \"mother\", name = \"王芳\" }]"
                .parse()
                .unwrap()
        );
    }
}

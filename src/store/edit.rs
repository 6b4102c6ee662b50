//! Edits the text of a record and preserves everything else in it: comments, order of keys, blank lines, byte order
//! mark, line ends. Also writes the text of new records.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use super::encoding::LineEnds;
use super::in_order;
use super::merge::{format_list, with_own_comments};
use crate::diagnostic::Message;
use crate::model::Step;
use crate::model::shape::{Field, FieldType, Shape};
use crate::model::{Date, DateTime, FieldPath, Time};

/// Parses user input as the value of a field.
///
/// The entries of a list are separated by commas (also `，` and `、`).
///
/// # Errors
///
/// Returns a message that says what was expected. Whether a code or an id exists is left to the check of the whole
/// record.
pub fn value_of_words(holds: &FieldType, words: &str) -> Result<Value, Message> {
    let expected = |what: &'static str| {
        Message::new("value-expected")
            .with("found", words)
            .with("expected", what)
    };
    match holds {
        FieldType::Number => words
            .parse::<u32>()
            .map(|n| i64::from(n).into())
            .map_err(|_| expected("number")),
        FieldType::Boolean => match words {
            "true" | "yes" | "是" | "有" => Ok(true.into()),
            "false" | "no" | "否" | "无" => Ok(false.into()),
            _ => Err(expected("truth")),
        },
        FieldType::Date => words
            .parse::<Date>()
            .map(|date| toml_edit::Datetime::from(date).into())
            .map_err(|_| expected("date")),
        FieldType::DateTime => words
            .parse::<DateTime>()
            .map(|at| toml_edit::Datetime::from(at).into())
            .map_err(|_| expected("date-time")),
        FieldType::Time => words
            .parse::<Time>()
            .map(|time| toml_edit::Datetime::from(time).into())
            .map_err(|_| expected("time")),
        FieldType::Goal => Ok(words
            .parse::<i64>()
            .map_or_else(|_| words.into(), Value::from)),
        FieldType::List(entry) => {
            let entries = words
                .split([',', '，', '、'])
                .map(str::trim)
                .filter(|word| !word.is_empty());
            Ok(Value::Array(
                entries
                    .map(|word| value_of_words(entry, word))
                    .collect::<Result<Array, _>>()?,
            ))
        }
        FieldType::Bounds => words.parse::<Value>().map_err(|_| expected("bounds")),
        FieldType::Table(_)
        | FieldType::Tables(_)
        | FieldType::Counts { .. }
        | FieldType::Match => words.parse::<Value>().map_err(|_| expected("table")),
        FieldType::Text
        | FieldType::Prose
        | FieldType::Confidential
        | FieldType::Phone
        | FieldType::Money
        | FieldType::Class
        | FieldType::Code(_)
        | FieldType::Reference(_) => Ok(words.into()),
    }
}

/// A change of a field: a new value, or none to remove the field.
#[derive(Clone, Debug)]
pub struct Change {
    /// The field.
    pub path: FieldPath,
    /// The new value.
    pub value: Option<Value>,
}

/// The reason why a text could not be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The text is not TOML.
    Syntax,
    /// The path does not fit the text: an index beyond the end of a list, or a step into a scalar.
    NoPlace(FieldPath),
}

/// Applies changes to a text.
pub fn change(text: &str, shape: &Shape, changes: &[Change]) -> Result<String, EditError> {
    let ends = LineEnds::of(text);
    let plain = ends.without(text);
    let before: DocumentMut = plain.parse().map_err(|_| EditError::Syntax)?;
    let mut document = before.clone();
    for change in changes {
        apply(
            document.as_table_mut(),
            shape,
            &change.path.0,
            change.value.as_ref(),
        )
        .ok_or_else(|| EditError::NoPlace(change.path.clone()))?;
    }
    in_order::keep(shape, &before, &mut document);
    Ok(ends.with(&document.to_string()))
}

fn apply(
    table: &mut dyn toml_edit::TableLike,
    shape: &Shape,
    path: &[Step],
    value: Option<&Value>,
) -> Option<()> {
    let (Step::Key(name), rest) = path.split_first()? else {
        return None;
    };
    let field = shape.field(name);
    match rest {
        [] => {
            match value {
                None => {
                    table.remove(name);
                }
                Some(value) => put(table, name, field, value.clone()),
            }
            Some(())
        }
        // The keys of a table of numbers by grade are numbers.
        [Step::Index(key)]
            if field.is_some_and(|field| matches!(field.holds, FieldType::Counts { .. })) =>
        {
            if table.get(name).is_none() {
                table.insert(name, Item::Table(Table::new()));
            }
            let counts = table.get_mut(name)?.as_table_like_mut()?;
            match value {
                None => drop(counts.remove(&key.to_string())),
                Some(value) => drop(counts.insert(&key.to_string(), value.clone().into())),
            }
            Some(())
        }
        [Step::Index(index), rest @ ..] => {
            if table.get(name).is_none() {
                let list = matches!(field?.holds, FieldType::Tables(ref shape) if !shape.inline);
                table.insert(
                    name,
                    if list {
                        Item::ArrayOfTables(ArrayOfTables::new())
                    } else {
                        Item::Value(Array::new().into())
                    },
                );
            }
            let inner = field.and_then(|field| field.holds.inner());
            match table.get_mut(name)? {
                Item::ArrayOfTables(tables) => {
                    if *index == tables.len() && value.is_some() {
                        tables.push(Table::new());
                    }
                    if rest.is_empty() {
                        match value {
                            None if *index < tables.len() => drop(tables.remove(*index)),
                            Some(Value::InlineTable(new)) => {
                                *tables.get_mut(*index)? = new.clone().into_table()
                            }
                            _ => return None,
                        }
                        return Some(());
                    }
                    apply(tables.get_mut(*index)?, inner?, rest, value)
                }
                Item::Value(Value::Array(array)) => {
                    if rest.is_empty() {
                        match value {
                            None if *index < array.len() => {
                                // A comment belongs to the entry before it.
                                let mut own = with_own_comments(array);
                                own.remove(*index);
                                format_list(&mut own);
                                *array = own;
                            }
                            Some(value) if *index == array.len() => {
                                let mut own = with_own_comments(array);
                                own.push(value.clone());
                                format_list(&mut own);
                                *array = own;
                            }
                            Some(value) => {
                                array.get(*index)?;
                                array.replace(*index, value.clone());
                            }
                            None => return None,
                        }
                        return Some(());
                    }
                    if *index == array.len() && value.is_some() {
                        array.push(InlineTable::new());
                    }
                    apply(
                        array.get_mut(*index)?.as_inline_table_mut()?,
                        inner?,
                        rest,
                        value,
                    )
                }
                _ => None,
            }
        }
        [Step::Key(_), ..] => {
            if table.get(name).is_none() {
                value?;
                let inline = matches!(field?.holds, FieldType::Table(ref shape) if shape.inline);
                table.insert(
                    name,
                    if inline {
                        Item::Value(InlineTable::new().into())
                    } else {
                        Item::Table(Table::new())
                    },
                );
            }
            let inner = field.and_then(|field| field.holds.inner());
            let empty = Shape::default();
            let target = table.get_mut(name)?;
            apply(
                target.as_table_like_mut()?,
                inner.unwrap_or(&empty),
                rest,
                value,
            )
        }
    }
}

/// Sets a field and keeps the comment after it. A new field is inserted in the order of the shape, before the first one
/// that follows.
fn put(table: &mut dyn toml_edit::TableLike, name: &str, field: Option<&Field>, mut value: Value) {
    if let Some(Item::Value(old)) = table.get_mut(name) {
        if let (Value::Array(old), Value::Array(new)) = (&*old, &mut value) {
            *new = with_comments(old, new);
        }
        *value.decor_mut() = old.decor().clone();
        *old = value;
        return;
    }
    let is_list_of_tables =
        matches!(field.map(|field| &field.holds), Some(FieldType::Tables(shape)) if !shape.inline);
    let item = match value {
        Value::Array(array) if is_list_of_tables => {
            let tables = array.into_iter().filter_map(|value| match value {
                Value::InlineTable(table) => Some(table.into_table()),
                _ => None,
            });
            Item::ArrayOfTables(tables.collect())
        }
        Value::InlineTable(inline) if matches!(field.map(|field| &field.holds), Some(FieldType::Table(shape)) if !shape.inline) => {
            Item::Table(inline.into_table())
        }
        value => Item::Value(value),
    };
    table.insert(name, item);
}

/// Moves the comments of an old list to a new one: those of remaining entries stay with them, the others go to the end.
fn with_comments(old: &Array, new: &Array) -> Array {
    let is_plain = |array: &Array| !array.to_string().contains('#');
    let lines = |array: &Array| array.to_string().contains('\n');
    if is_plain(old) && !lines(old) {
        return new.clone();
    }
    let old = &with_own_comments(old);
    let bare = |value: &Value| {
        let mut value = value.clone();
        value.decor_mut().clear();
        value.to_string()
    };
    let mut left: Vec<Option<&Value>> = old.iter().map(Some).collect();
    let mut array = Array::new();
    for value in new.iter() {
        let known = left
            .iter_mut()
            .find(|known| known.is_some_and(|known| bare(known) == bare(value)));
        let known = known.and_then(Option::take);
        array.push_formatted(known.unwrap_or(value).clone());
    }
    // Comments on removed entries are kept: they are the user's words.
    let mut trailing = old.trailing().as_str().unwrap_or_default().to_owned();
    for gone in left.into_iter().flatten() {
        for words in [gone.decor().prefix(), gone.decor().suffix()] {
            let words = words.and_then(|words| words.as_str()).unwrap_or_default();
            for comment in words.lines().filter(|line| line.contains('#')) {
                trailing = format!("{}\n  {}\n", trailing.trim_end(), comment.trim());
            }
        }
    }
    array.set_trailing(trailing);
    array.set_trailing_comma(old.trailing_comma());
    format_list(&mut array);
    array
}

/// Formats a new record: fields in the order of the shape, scalars before tables.
///
/// Unknown fields come last; the check of the record reports them.
pub fn compose(shape: &Shape, record: &toml::Table) -> String {
    let mut document = DocumentMut::new();
    fill(document.as_table_mut(), shape, record);
    let mut text = document.to_string();
    if text.starts_with('\n') {
        text.remove(0);
    }
    text
}

fn fill(table: &mut Table, shape: &Shape, record: &toml::Table) {
    let known = shape
        .fields
        .iter()
        .filter_map(|field| Some((field.name.as_str(), Some(field), record.get(&field.name)?)));
    let unknown = record
        .iter()
        .filter(|(name, _)| shape.field(name).is_none())
        .map(|(name, value)| (name.as_str(), None, value));
    for (name, field, value) in known.chain(unknown) {
        let item = match (field.map(|field| &field.holds), value) {
            (_, toml::Value::Array(entries)) if entries.is_empty() => continue,
            (Some(FieldType::Table(inner)), toml::Value::Table(record)) if !inner.inline => {
                let mut table = Table::new();
                fill(&mut table, inner, record);
                Item::Table(table)
            }
            (Some(FieldType::Counts { .. }), toml::Value::Table(record)) => {
                let mut table = Table::new();
                fill(&mut table, &Shape::default(), record);
                Item::Table(table)
            }
            (Some(FieldType::Tables(inner)), toml::Value::Array(entries))
                if !inner.inline && entries.iter().all(toml::Value::is_table) =>
            {
                let tables = entries
                    .iter()
                    .filter_map(toml::Value::as_table)
                    .map(|record| {
                        let mut table = Table::new();
                        fill(&mut table, inner, record);
                        table
                    });
                Item::ArrayOfTables(tables.collect())
            }
            (holds, value) => Item::Value(plain(holds.and_then(FieldType::inner), value)),
        };
        table.insert(name, item);
    }
}

/// Converts a value to one of `toml_edit`, with tables inline and their fields in the order of the shape.
pub fn plain(shape: Option<&Shape>, value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(truth) => (*truth).into(),
        toml::Value::Datetime(literal) => (*literal).into(),
        toml::Value::Array(entries) => {
            Value::Array(entries.iter().map(|entry| plain(shape, entry)).collect())
        }
        toml::Value::Table(record) => {
            let order = |name: &str| {
                shape
                    .and_then(|shape| shape.fields.iter().position(|field| field.name == name))
                    .unwrap_or(usize::MAX)
            };
            let mut entries: Vec<_> = record.iter().collect();
            entries.sort_by_key(|(name, _)| order(name));
            let inner = |name: &str| shape.and_then(|shape| shape.field(name)?.holds.inner());
            Value::InlineTable(
                entries
                    .into_iter()
                    .map(|(name, value)| (name.as_str(), plain(inner(name), value)))
                    .collect(),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    const CHILD: &str = "# 档案\nname = \"张小明\"   # 小名明明\ngender = \"male\"\n\nbirth_date = 2015-03-02\n\n# 监护\n[[guardianship]]\nsince = 2022-09-01\naway = \"both\"  # 都在广东\nkind = \"grandparents\"\nguardian = { name = \"张大山\", phone = \"13900000001\" }\n";

    fn changed(text: &str, changes: &[(&str, Option<&str>)]) -> String {
        let shape = Kind::Child.shape();
        let changes: Vec<_> = changes
            .iter()
            .map(|(path, words)| {
                let path: FieldPath = path.parse().unwrap();
                let value = words
                    .map(|words| value_of_words(&shape.at(&path).unwrap().holds, words).unwrap());
                Change { path, value }
            })
            .collect();
        change(text, shape, &changes).unwrap()
    }

    #[test]
    fn an_edit_leaves_all_other_bytes() {
        assert_eq!(
            changed(CHILD, &[("name", Some("张晓明"))]),
            CHILD.replace("张小明", "张晓明")
        );
        assert_eq!(
            changed(CHILD, &[("guardianship[0].away", Some("father"))]),
            CHILD.replace("both", "father")
        );
        assert_eq!(
            changed(
                CHILD,
                &[("guardianship[0].guardian.phone", Some("13900000002"))]
            ),
            CHILD.replace("13900000001", "13900000002")
        );
        assert_eq!(
            changed(CHILD, &[("gender", None)]),
            CHILD.replace("gender = \"male\"\n", "")
        );
    }

    #[test]
    fn comments_in_a_list_are_kept() {
        let text = CHILD.replace(
            "gender",
            "hardship = [\n  \"poverty\", # 低保\n  \"orphan\", # 父母双亡\n]\ngender",
        );
        let set = changed(&text, &[("hardship", Some("poverty,disabled"))]);
        for kept in ["\"poverty\", # 低保\n", "  \"disabled\",", "# 父母双亡\n"] {
            assert!(set.contains(kept), "{set}");
        }
        assert!(!set.contains("orphan"), "{set}");
        let again = changed(&set, &[("hardship", Some("poverty,disabled"))]);
        assert_eq!(again, set);
    }

    #[test]
    fn byte_order_mark_and_line_ends_are_kept() {
        let text = format!("\u{feff}{}", CHILD.replace('\n', "\r\n"));
        assert_eq!(
            changed(&text, &[("name", Some("张晓明"))]),
            text.replace("张小明", "张晓明")
        );
    }

    #[test]
    fn new_fields_and_entries_are_inserted_in_order() {
        let text = changed(
            CHILD,
            &[
                ("village", Some("柳树村")),
                ("guardianship[1].since", Some("2025-03-01")),
                ("left.date", Some("2025-11-10")),
            ],
        );
        assert!(
            text.contains("birth_date = 2015-03-02\nvillage = \"柳树村\"\n"),
            "{text}"
        );
        assert!(
            text.ends_with("\n[[guardianship]]\nsince = 2025-03-01\n\n[left]\ndate = 2025-11-10\n"),
            "{text}"
        );
    }

    #[test]
    fn a_number_by_grade_is_set_under_its_key() {
        let set = |text: &str, value: Option<i64>| {
            let path = "enrolment[3]".parse().unwrap();
            let value = value.map(Value::from);
            change(text, Kind::Term.shape(), &[Change { path, value }]).unwrap()
        };
        let text = set("name = \"第一学期\"\n", Some(96));
        assert_eq!(text, "name = \"第一学期\"\n\n[enrolment]\n3 = 96\n");
        assert_eq!(set(&text, Some(97)), text.replace("96", "97"));
        assert!(!set(&text, None).contains('3'));
    }

    #[test]
    fn an_index_beyond_the_end_is_an_error() {
        let path: FieldPath = "guardianship[7].away".parse().unwrap();
        let change_it = change(
            CHILD,
            Kind::Child.shape(),
            &[Change {
                path: path.clone(),
                value: Some("both".into()),
            }],
        );
        assert_eq!(change_it, Err(EditError::NoPlace(path)));
    }

    #[test]
    fn a_new_record_is_well_formatted() {
        let record: toml::Table = "by = [\"h7k3m9q\"]\nsummary = \"一\\n二\\n\"\nchildren = [\"c4t8w2z\"]\nmode = \"home\"\ndate = 2025-10-12\ntopics = []\nfollow_up = [{ due = 2025-10-20, what = \"买台灯\" }]\nteam = { people = 3, organisation = \"镇团委\" }\n"
            .parse()
            .unwrap();
        let expected = "date = 2025-10-12\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nteam = { organisation = \"镇团委\", people = 3 }\nsummary = \"\"\"\n一\n二\n\"\"\"\n\n[[follow_up]]\nwhat = \"买台灯\"\ndue = 2025-10-20\n";
        assert_eq!(compose(Kind::Visit.shape(), &record), expected);
    }
}

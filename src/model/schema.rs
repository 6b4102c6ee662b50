//! JSON Schemas of the record kinds for editors, with labels and descriptions in both languages.
//!
//! They are derived like [`super::shape`], in the form that TOML editors understand (draft 7, with the `x-taplo`
//! annotations of Even Better TOML).

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{Kind, School, with_kind};
use crate::text::Text;

/// The name of the schema of `cuncao.toml`.
pub const SCHOOL: &str = "school";

/// Returns the names of all schemas: the school's and one for each kind.
pub fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once(SCHOOL).chain(Kind::ALL.iter().map(|kind| kind.name()))
}

/// Returns the schema with a name, if there is one.
pub fn of_name(name: &str) -> Option<Value> {
    if name == SCHOOL {
        let label = Text::new("学校设置", "school");
        return Some(schema::<School>(label));
    }
    let kind = Kind::of_name(name)?;
    Some(with_kind!(kind, K => schema::<K>(kind.label())))
}

fn schema<K: JsonSchema>(label: Text) -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<K>()
        .to_value();
    convert_for_editors(&mut schema);
    schema["title"] = format!("{} {}", label.zh, label.en).into();
    schema
}

/// Converts a schema and its subschemas to the form for editors.
fn convert_for_editors(schema: &mut Value) {
    let Value::Object(map) = schema else {
        return;
    };
    // TOML has no null: an optional value is absent instead.
    if let Some(Value::Array(any)) = map.get_mut("anyOf") {
        any.retain(|one| one["type"] != "null");
        if let [only] = any.as_mut_slice()
            && let Value::Object(only) = only.take()
        {
            map.remove("anyOf");
            for (key, value) in only {
                map.entry(key).or_insert(value);
            }
        }
    }
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|one| one != "null");
        if let [only] = types.as_mut_slice() {
            let only = only.take();
            map.insert("type".to_owned(), only);
        } else {
            // Strict validators reject a list of types.
            let any = types.iter().map(|one| json!({ "type": one })).collect();
            map.remove("type");
            map.insert("anyOf".to_owned(), any);
        }
    }
    if let Some(Value::Array(codes)) = map.get_mut("enum") {
        codes.retain(|code| !code.is_null());
    }
    // JSON Schema has no types for dates and times. Taplo matches the text against the pattern; tombi uses the format.
    let moment = match map.get("x-type").and_then(Value::as_str) {
        Some("date") => Some((r"^\d{4}-\d{2}-\d{2}$", "date")),
        Some("date-time") => Some((
            r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$",
            "date-time-local",
        )),
        Some("time") => Some((r"^\d{2}:\d{2}(:\d{2}(\.\d+)?)?$", "time-local")),
        _ => None,
    };
    if let Some(Value::String(description)) = map.get_mut("description")
        && let Some((en, zh)) = description.split_once("\n\n")
    {
        *description = format!("{zh}\n\n{en}");
    }
    annotate_codes(map);
    // Removes our own annotations, and what describes the program rather than the file: integer widths, defaults.
    let is_for_editors = |key: &str| !matches!(key, "format" | "default" | "maximum");
    map.retain(|key, _| key == "x-taplo" || (!key.starts_with("x-") && is_for_editors(key)));
    if let Some((pattern, format)) = moment {
        map.insert("pattern".to_owned(), pattern.into());
        map.insert("format".to_owned(), format.into());
    }
    for key in ["properties", "patternProperties"] {
        if let Some(Value::Object(inner)) = map.get_mut(key) {
            inner.values_mut().for_each(convert_for_editors);
        }
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = map.get_mut(key) {
            convert_for_editors(inner);
        }
    }
    if let Some(Value::Array(any)) = map.get_mut("anyOf") {
        any.iter_mut().for_each(convert_for_editors);
    }
}

/// Annotates the codes with their labels.
fn annotate_codes(map: &mut Map<String, Value>) {
    let words = |key: &str| map.get(key).and_then(Value::as_array);
    let (Some(zh), Some(en)) = (words("x-zh"), words("x-en")) else {
        return;
    };
    let labels: Vec<String> = zh
        .iter()
        .zip(en)
        .filter_map(|(zh, en)| Some(format!("{} {}", zh.as_str()?, en.as_str()?)))
        .collect();
    let notes = json!({ "docs": { "enumValues": labels } });
    map.insert("x-taplo".to_owned(), notes);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls `see` with a schema and each of its subschemas.
    fn walk(schema: &Value, see: &mut dyn FnMut(&Map<String, Value>)) {
        let Value::Object(map) = schema else { return };
        see(map);
        for key in ["properties", "patternProperties"] {
            let inner = map.get(key).and_then(Value::as_object);
            inner
                .into_iter()
                .flatten()
                .for_each(|(_, inner)| walk(inner, see));
        }
        for key in ["items", "additionalProperties"] {
            map.get(key).into_iter().for_each(|inner| walk(inner, see));
        }
        let any = map.get("anyOf").and_then(Value::as_array);
        any.into_iter().flatten().for_each(|inner| walk(inner, see));
    }

    #[test]
    fn schemas_use_known_keywords_and_single_types() {
        const KNOWN: [&str; 18] = [
            "$schema",
            "title",
            "description",
            "type",
            "enum",
            "const",
            "anyOf",
            "properties",
            "patternProperties",
            "additionalProperties",
            "required",
            "items",
            "minItems",
            "maxItems",
            "minimum",
            "pattern",
            "format",
            "x-taplo",
        ];
        for name in names() {
            let mut faults = Vec::new();
            walk(&of_name(name).unwrap(), &mut |map| {
                faults.extend(
                    map.keys()
                        .filter(|key| !KNOWN.contains(&key.as_str()))
                        .cloned(),
                );
                faults.extend(
                    map.get("type")
                        .filter(|one| one.is_array())
                        .map(Value::to_string),
                );
            });
            assert_eq!(faults, Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn a_field_is_described_in_both_languages() {
        let visit = of_name("visit").unwrap();
        assert_eq!(visit["title"], "走访 visit");
        assert_eq!(visit["additionalProperties"], false);
        assert_eq!(
            visit["required"],
            json!(["date", "mode", "children", "by", "summary"])
        );
        let mode = &visit["properties"]["mode"];
        assert_eq!(mode["title"], "方式");
        assert_eq!(mode["enum"][0], "home");
        assert_eq!(mode["x-taplo"]["docs"]["enumValues"][0], "家访 home visit");
        let met = &visit["properties"]["met"]["items"];
        assert_eq!(
            met["x-taplo"]["docs"]["enumValues"]
                .as_array()
                .unwrap()
                .len(),
            met["enum"].as_array().unwrap().len()
        );
        assert_eq!(visit["properties"]["minutes"]["type"], "integer");
    }

    #[test]
    fn every_schema_is_free_of_private_annotations() {
        for name in names() {
            let schema = of_name(name).unwrap();
            let text = schema.to_string();
            assert!(!text.contains("null"), "{name}: {text}");
            for word in ["x-type", "x-zh", "x-en", "x-kind", "x-inline", "x-role"] {
                assert!(!text.contains(word), "{name}: {word}");
            }
            assert!(schema["properties"].is_object(), "{name}");
        }
        assert_eq!(of_name("visitor"), None);
        assert!(of_name("visits").is_some());
    }
}

//! Descriptions of what a field may contain, for messages: a type name and an example.

use super::layout;
use crate::model::shape::FieldType;

/// Returns the type of a field as a key of the catalogue.
pub(super) fn expected(holds: &FieldType) -> &'static str {
    match holds {
        FieldType::Number => "number",
        FieldType::Boolean => "truth",
        FieldType::Date => "date",
        FieldType::DateTime => "date-time",
        FieldType::Time => "time",
        FieldType::Bounds => "bounds",
        FieldType::List(_) => "list",
        FieldType::Table(_) | FieldType::Counts { .. } | FieldType::Match => "table",
        FieldType::Tables(_) => "tables",
        FieldType::Goal => "goal",
        _ => "text",
    }
}

/// Returns an example value of a field, as TOML.
pub fn example(holds: &FieldType) -> String {
    match holds {
        FieldType::Text | FieldType::Prose | FieldType::Confidential => "\"…\"".to_owned(),
        FieldType::Phone => "\"13900001234\"".to_owned(),
        FieldType::Number => "1".to_owned(),
        FieldType::Boolean => "true".to_owned(),
        FieldType::Date => "2025-10-12".to_owned(),
        FieldType::DateTime => "2025-10-12T10:25:00".to_owned(),
        FieldType::Money => "\"300.00\"".to_owned(),
        FieldType::Time => "15:30:00".to_owned(),
        FieldType::Class => "\"2022-1\"".to_owned(),
        FieldType::Bounds => "[1, 3]".to_owned(),
        FieldType::Goal => "\"95%\"".to_owned(),
        FieldType::Code(words) => format!("\"{}\"", words.first().map_or("", |word| &word.code)),
        FieldType::Reference(kind) => {
            let pattern = layout::name_pattern(*kind);
            format!("\"{}\"", pattern.trim_end_matches(layout::ENDING))
        }
        FieldType::List(entry) => format!("[{}]", example(entry)),
        FieldType::Table(shape) => {
            let required = shape.fields.iter().filter(|field| field.required);
            let fields: Vec<_> = required
                .map(|field| format!("{} = {}", field.name, example(&field.holds)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
        FieldType::Tables(_) => "[[…]]".to_owned(),
        FieldType::Counts { keys, .. } => {
            format!("{{ {} = 1 }}", keys.first().map_or("", String::as_str))
        }
        FieldType::Match => "{ mode = \"home\" }".to_owned(),
    }
}

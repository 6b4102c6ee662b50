//! Descriptions of what a field may contain, for messages: a type name and an example.

use super::layout;
use crate::model::shape::Holds;

/// Returns the type of a field as a key of the catalogue.
pub(super) fn expected(holds: &Holds) -> &'static str {
    match holds {
        Holds::Number => "number",
        Holds::Truth => "truth",
        Holds::Date => "date",
        Holds::DateTime => "date-time",
        Holds::Time => "time",
        Holds::Bounds => "bounds",
        Holds::List(_) => "list",
        Holds::Table(_) | Holds::Counts { .. } | Holds::Match => "table",
        Holds::Tables(_) => "tables",
        Holds::Goal => "goal",
        _ => "text",
    }
}

/// Returns an example value of a field, as TOML.
pub fn example(holds: &Holds) -> String {
    match holds {
        Holds::Text | Holds::Prose | Holds::Confidential => "\"…\"".to_owned(),
        Holds::Phone => "\"13900001234\"".to_owned(),
        Holds::Number => "1".to_owned(),
        Holds::Truth => "true".to_owned(),
        Holds::Date => "2025-10-12".to_owned(),
        Holds::DateTime => "2025-10-12T10:25:00".to_owned(),
        Holds::Money => "\"300.00\"".to_owned(),
        Holds::Time => "15:30:00".to_owned(),
        Holds::Class => "\"2022-1\"".to_owned(),
        Holds::Bounds => "[1, 3]".to_owned(),
        Holds::Goal => "\"95%\"".to_owned(),
        Holds::Code(words) => format!("\"{}\"", words.first().map_or("", |word| &word.code)),
        Holds::Reference(kind) => {
            let pattern = layout::name_pattern(*kind);
            format!("\"{}\"", pattern.trim_end_matches(layout::ENDING))
        }
        Holds::List(entry) => format!("[{}]", example(entry)),
        Holds::Table(shape) => {
            let required = shape.fields.iter().filter(|field| field.required);
            let fields: Vec<_> = required
                .map(|field| format!("{} = {}", field.name, example(&field.holds)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Holds::Tables(_) => "[[…]]".to_owned(),
        Holds::Counts { keys, .. } => {
            format!("{{ {} = 1 }}", keys.first().map_or("", String::as_str))
        }
        Holds::Match => "{ mode = \"home\" }".to_owned(),
    }
}

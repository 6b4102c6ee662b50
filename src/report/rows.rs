//! Lists of records for templates, converted lazily.
//!
//! A record as template data, with all fields of its schema, takes thirty times the memory of its text, and a template
//! visits one record at a time.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Value};

/// A list of values, stored as JSON.
#[derive(Debug, Default)]
pub(super) struct Rows(Vec<Box<str>>);

impl FromIterator<serde_json::Value> for Rows {
    fn from_iter<I: IntoIterator<Item = serde_json::Value>>(values: I) -> Rows {
        let texts = values.into_iter().map(|value| value.to_string().into());
        Rows(texts.collect())
    }
}

impl Object for Rows {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, place: &Value) -> Option<Value> {
        let text = self.0.get(place.as_usize()?)?;
        serde_json::from_str(text).ok()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use minijinja::Environment;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_template_sees_a_list_like_any_other() {
        let children = [
            json!({ "name": "张三", "age": 9, "class": null, "care": { "kind": "祖父母" } }),
            json!({ "name": "李四", "age": 8, "class": "二年级", "care": { "kind": null } }),
        ];
        let rows: Rows = children.into_iter().collect();
        let context = std::collections::BTreeMap::from([("children", Value::from_object(rows))]);
        let context = Value::from(context);
        let filled = |template| {
            let environment = Environment::new();
            environment.render_str(template, context.clone()).unwrap()
        };
        for (template, expected) in [
            ("{{ children | length }}", "2"),
            (
                "{% for c in children %}{{ loop.index }}{{ c.name }}{{ c.care.kind }} {% endfor %}",
                "1张三祖父母 2李四None ",
            ),
            (
                "{{ children | map(attribute='age') | sum }} {{ children[-1].class }}",
                "17 二年级",
            ),
            (
                "{% for c in children | sort(attribute='age') %}{{ c.name }}{% endfor %}",
                "李四张三",
            ),
            (
                "{% if children %}{{ children[0].class is none }}{% endif %}",
                "True",
            ),
        ] {
            assert_eq!(filled(template), expected, "{template}");
        }
    }
}

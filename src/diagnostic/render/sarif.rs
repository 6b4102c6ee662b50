//! SARIF 2.1.0 (OASIS), for code scanning tools.

use serde_json::{Value, json};

use super::diagnostic::{Diagnostic, SourceSpan};
use crate::diagnostic::Rule;
use crate::text::Lang;

/// The schema of the output.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Formats the parts of a log.
#[derive(Debug)]
pub struct Sarif {
    lang: Lang,
    rules: Vec<&'static Rule>,
}

impl Sarif {
    /// Creates a formatter for findings of some rules.
    pub fn new(rules: impl IntoIterator<Item = &'static Rule>, lang: Lang) -> Sarif {
        Sarif {
            lang,
            rules: rules.into_iter().collect(),
        }
    }

    /// Formats a finding as a result.
    pub fn result(&self, diagnostic: &Diagnostic<'_>) -> Value {
        let index = self.rules.iter().position(|rule| *rule == diagnostic.rule);
        let mut text = diagnostic.message.text(self.lang);
        if let Some(help) = &diagnostic.help {
            text = format!("{text}\n{}", help.text(self.lang));
        }
        let mut result = json!({
            "ruleId": diagnostic.rule.name,
            "level": diagnostic.severity.name(),
            "message": { "text": text },
            "locations": [location(&diagnostic.spot)],
        });
        if let Some(index) = index {
            result["ruleIndex"] = index.into();
        }
        if !diagnostic.related.is_empty() {
            let related = diagnostic.related.iter().map(|(spot, message)| {
                let mut location = location(spot);
                location["message"] = json!({ "text": message.text(self.lang) });
                location
            });
            result["relatedLocations"] = related.collect();
        }
        result
    }

    /// Formats a log of some results.
    pub fn log(&self, results: Vec<Value>) -> Value {
        let rules = self.rules.iter().map(|rule| {
            json!({
                "id": rule.name,
                "shortDescription": { "text": rule.reason.get(self.lang) },
                "defaultConfiguration": { "level": rule.severity.name() },
            })
        });
        let rules: Vec<Value> = rules.collect();
        json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        })
    }
}

fn location(spot: &SourceSpan<'_>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(spot.path) } });
    if spot.text.is_some() {
        let (start, end) = spot.positions();
        physical["region"] = json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        });
    }
    json!({ "physicalLocation": physical })
}

/// Converts a path to a relative URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte as char)
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

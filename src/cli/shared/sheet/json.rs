//! JSON: a single value, indented.

use std::io::{self, Write};

use serde::Serializer;
use serde_json::Value;

use super::form::{Objects, Printer};

pub(super) const PRINTER: Printer = Printer::Whole(&Json);

pub(super) struct Json;

impl Objects for Json {
    fn list(
        &self,
        out: &mut dyn Write,
        objects: &mut dyn Iterator<Item = Value>,
    ) -> io::Result<()> {
        serde_json::Serializer::pretty(&mut *out).collect_seq(objects)?;
        writeln!(out)
    }

    fn value(&self, out: &mut dyn Write, value: &Value) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, value)?;
        writeln!(out)
    }
}

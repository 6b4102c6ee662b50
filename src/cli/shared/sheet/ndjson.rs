//! NDJSON: one object per line.

use std::io::{self, Write};

use serde_json::Value;

use super::form::{Objects, Printer};

pub(super) const PRINTER: Printer = Printer::Series(&Ndjson);

struct Ndjson;

impl Objects for Ndjson {
    fn list(
        &self,
        out: &mut dyn Write,
        objects: &mut dyn Iterator<Item = Value>,
    ) -> io::Result<()> {
        for object in objects {
            self.value(out, &object)?;
        }
        Ok(())
    }

    fn value(&self, out: &mut dyn Write, value: &Value) -> io::Result<()> {
        writeln!(out, "{value}")
    }
}

//! Word output (Office Open XML, ECMA-376 transitional), formatted like Chinese official documents.
//!
//! Elements are in the order of the schema: Word reports a file with any other order as corrupt. The parts are written
//! with quick-xml and packed with zip; the output is reproducible.

mod body;
mod chart;
mod fit;
mod form;
mod look;
mod parts;
mod styles;
mod table;
mod widths;
mod xml;

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::format::Format;
use super::model::Document;

/// Static parts.
const FONT_TABLE: &[u8] = include_bytes!("parts/fontTable.xml");
const PACKAGE_RELATIONS: &[u8] = include_bytes!("parts/package.rels");
const APP_PROPERTIES: &[u8] = include_bytes!("parts/app.xml");

/// Word: headings, tables and charts are editable, figures are plain text.
pub(super) struct Word;

impl Format for Word {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn render(&self, document: &Document) -> io::Result<Vec<u8>> {
        let look = fit::look(document);
        let (body, written) = body::part(document, &look);
        let charts = written.charts.iter().map(|chart| chart::part(chart, &look));
        let relations = parts::document_relations(look.page_number.is_some(), written.charts.len());
        let mut files = vec![
            (
                "[Content_Types].xml".to_owned(),
                parts::content_types(&relations),
            ),
            ("_rels/.rels".to_owned(), PACKAGE_RELATIONS.to_vec()),
            ("word/document.xml".to_owned(), body),
            (
                "word/_rels/document.xml.rels".to_owned(),
                parts::relations(&relations),
            ),
            ("word/styles.xml".to_owned(), styles::part(&look)),
            ("word/settings.xml".to_owned(), parts::settings(&look)),
            ("word/fontTable.xml".to_owned(), FONT_TABLE.to_vec()),
            (
                "word/numbering.xml".to_owned(),
                parts::numbering(&look, &written.lists),
            ),
        ];
        if look.page_number.is_some() {
            files.push(("word/footer1.xml".to_owned(), parts::footer(&look, false)));
            files.push(("word/footer2.xml".to_owned(), parts::footer(&look, true)));
        }
        files.extend(
            charts
                .enumerate()
                .map(|(at, part)| (format!("word/charts/chart{}.xml", at + 1), part)),
        );
        files.push((
            "docProps/core.xml".to_owned(),
            parts::core_properties(document),
        ));
        files.push(("docProps/app.xml".to_owned(), APP_PROPERTIES.to_vec()));
        package(&files)
    }
}

fn package(files: &[(String, Vec<u8>)]) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

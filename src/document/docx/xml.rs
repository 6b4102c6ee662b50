//! Writes the XML of a part; quick-xml escapes texts and attributes.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::super::escape::visible;

/// The namespaces of WordprocessingML and DrawingML.
pub(super) const NAMESPACES: &[(&str, &str)] = &[
    (
        "xmlns:w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        "xmlns:wp",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        "xmlns:a",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
    (
        "xmlns:c",
        "http://schemas.openxmlformats.org/drawingml/2006/chart",
    ),
];

/// The XML of a part while it is written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    /// Writes a part with the root element `root`.
    pub(super) fn part(
        root: &str,
        attributes: &[(&str, &str)],
        inner: impl FnOnce(&mut Xml),
    ) -> Vec<u8> {
        let mut xml = Xml {
            writer: Writer::new(Vec::new()),
        };
        xml.event(Event::Decl(BytesDecl::new(
            "1.0",
            Some("UTF-8"),
            Some("yes"),
        )));
        xml.element(root, attributes, inner);
        xml.writer.into_inner()
    }

    /// Writes an element with content.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inner: impl FnOnce(&mut Xml),
    ) {
        let start =
            quick_xml::events::BytesStart::new(name).with_attributes(attributes.iter().copied());
        let end = start.to_end().into_owned();
        self.event(Event::Start(start));
        inner(self);
        self.event(Event::End(end));
    }

    /// Writes an empty element.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start =
            quick_xml::events::BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Empty(start));
    }

    /// Writes an element with text, without characters that XML does not allow.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.element(name, attributes, |xml| {
            xml.event(Event::Text(BytesText::new(&visible(text))))
        });
    }

    /// Writes a WordprocessingML element with one value: `<w:jc w:val="center"/>`.
    pub(super) fn w(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// Writes a DrawingML chart element with one value: `<c:idx val="0"/>`.
    pub(super) fn c(&mut self, name: &str, value: &str) {
        self.empty(name, &[("val", value)]);
    }

    fn event(&mut self, event: Event<'_>) {
        let written: io::Result<()> = self.writer.write_event(event);
        written.expect("memory takes every byte");
    }
}

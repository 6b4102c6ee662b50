//! The small parts of the package: settings, numbering, footers, properties, relations.

use super::look::{LATIN, Look};
use super::xml::{NAMESPACES, Xml};
use crate::document::Document;

const CONTENT: &str = "application/vnd.openxmlformats-officedocument.";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// A list of the document, with its own numbering.
pub(super) struct Numbering {
    /// The number of the first item; none for bullets.
    pub(super) start: Option<usize>,
    /// The nesting level, from 0.
    pub(super) level: usize,
}

/// `settings.xml`.
pub(super) fn settings(look: &Look) -> Vec<u8> {
    Xml::part("w:settings", NAMESPACES, |xml| {
        // The schema requires this order.
        xml.w("w:defaultTabStop", "420");
        if look
            .page_number
            .as_ref()
            .is_some_and(|number| number.is_outside)
        {
            xml.empty("w:evenAndOddHeaders", &[]);
        }
        xml.w("w:characterSpacingControl", "compressPunctuation");
        xml.element("w:compat", &[], |xml| {
            // Do not stretch a line that ends with a manual line break.
            xml.empty("w:doNotExpandShiftReturn", &[]);
            // Without it Word opens the file in compatibility mode.
            xml.empty(
                "w:compatSetting",
                &[
                    ("w:name", "compatibilityMode"),
                    ("w:uri", "http://schemas.microsoft.com/office/word"),
                    ("w:val", "15"),
                ],
            );
        });
    })
}

/// `numbering.xml`: the lists of the document.
pub(super) fn numbering(look: &Look, lists: &[Numbering]) -> Vec<u8> {
    let step = look.body.size * 15;
    let first = look.first_line * look.body.size / 10;
    Xml::part("w:numbering", NAMESPACES, |xml| {
        for (id, is_ordered) in [("0", false), ("1", true)] {
            xml.element("w:abstractNum", &[("w:abstractNumId", id)], |xml| {
                xml.w("w:multiLevelType", "hybridMultilevel");
                for level in 0..9 {
                    xml.element("w:lvl", &[("w:ilvl", &level.to_string())], |xml| {
                        xml.w("w:start", "1");
                        xml.w("w:numFmt", if is_ordered { "decimal" } else { "bullet" });
                        xml.w(
                            "w:lvlText",
                            &if is_ordered {
                                format!("%{}.", level + 1)
                            } else {
                                "•".to_owned()
                            },
                        );
                        xml.w("w:lvlJc", "left");
                        xml.element("w:pPr", &[], |xml| {
                            let left = (first + step * (level + 1)).to_string();
                            xml.empty(
                                "w:ind",
                                &[("w:left", &left), ("w:hanging", &step.to_string())],
                            );
                        });
                        xml.element("w:rPr", &[], |xml| {
                            xml.empty(
                                "w:rFonts",
                                &[
                                    ("w:ascii", LATIN),
                                    ("w:hAnsi", LATIN),
                                    ("w:hint", "default"),
                                ],
                            );
                        });
                    });
                }
            });
        }
        for (at, list) in lists.iter().enumerate() {
            xml.element("w:num", &[("w:numId", &(at + 1).to_string())], |xml| {
                xml.w(
                    "w:abstractNumId",
                    if list.start.is_some() { "1" } else { "0" },
                );
                if let Some(start) = list.start {
                    xml.element(
                        "w:lvlOverride",
                        &[("w:ilvl", &list.level.to_string())],
                        |xml| {
                            xml.w("w:startOverride", &start.to_string());
                        },
                    );
                }
            });
        }
    })
}

/// `footer1.xml` for odd pages, or `footer2.xml` for even ones: `— 1 —`.
pub(super) fn footer(look: &Look, is_even: bool) -> Vec<u8> {
    let outside = look
        .page_number
        .as_ref()
        .is_some_and(|number| number.is_outside);
    Xml::part("w:ftr", NAMESPACES, |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.w("w:pStyle", "Footer");
                // One character from the edge of the text area (GB/T 9704-2012, 7.5).
                if !outside {
                    xml.w("w:jc", "center");
                } else if is_even {
                    xml.empty("w:ind", &[("w:leftChars", "100"), ("w:left", "280")]);
                    xml.w("w:jc", "left");
                } else {
                    xml.empty("w:ind", &[("w:rightChars", "100"), ("w:right", "280")]);
                    xml.w("w:jc", "right");
                }
            });
            let dash = |xml: &mut Xml, text: &str| {
                xml.element("w:r", &[], |xml| {
                    xml.element("w:rPr", &[], |xml| {
                        xml.empty("w:rFonts", &[("w:hint", "eastAsia")])
                    });
                    xml.text("w:t", &[("xml:space", "preserve")], text);
                });
            };
            dash(xml, "— ");
            xml.element("w:fldSimple", &[("w:instr", " PAGE ")], |xml| {
                xml.element("w:r", &[], |xml| xml.text("w:t", &[], "1"));
            });
            dash(xml, " —");
        });
    })
}

/// `docProps/core.xml`. The date is that of the document, so that the output is reproducible.
pub(super) fn core_properties(document: &Document) -> Vec<u8> {
    let namespaces = [
        (
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        ),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    Xml::part("cp:coreProperties", &namespaces, |xml| {
        xml.text("dc:title", &[], &document.title);
        if !document.author.is_empty() {
            xml.text("dc:creator", &[], &document.author);
        }
        if let Some(day) = document.day {
            let at = format!("{day}T00:00:00Z");
            for name in ["dcterms:created", "dcterms:modified"] {
                xml.text(name, &[("xsi:type", "dcterms:W3CDTF")], &at);
            }
        }
        xml.text("dc:language", &[], document.language_tag());
    })
}

/// Returns the relations of the document to its parts: id, target, type.
pub(super) fn document_relations(
    has_footers: bool,
    charts: usize,
) -> Vec<(String, String, &'static str)> {
    let mut relations = vec![
        ("rId1".to_owned(), "styles.xml".to_owned(), "styles"),
        ("rId2".to_owned(), "settings.xml".to_owned(), "settings"),
        ("rId3".to_owned(), "fontTable.xml".to_owned(), "fontTable"),
        ("rId4".to_owned(), "numbering.xml".to_owned(), "numbering"),
    ];
    if has_footers {
        relations.push(("rId5".to_owned(), "footer1.xml".to_owned(), "footer"));
        relations.push(("rId6".to_owned(), "footer2.xml".to_owned(), "footer"));
    }
    for chart in 1..=charts {
        relations.push((
            format!("rIdChart{chart}"),
            format!("charts/chart{chart}.xml"),
            "chart",
        ));
    }
    relations
}

/// `document.xml.rels`.
pub(super) fn relations(relations: &[(String, String, &str)]) -> Vec<u8> {
    relationships(
        relations
            .iter()
            .map(|(id, target, kind)| (id.as_str(), target.as_str(), format!("{RELATION}{kind}"))),
    )
}

fn relationships<'a>(relations: impl Iterator<Item = (&'a str, &'a str, String)>) -> Vec<u8> {
    let namespace = [(
        "xmlns",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    )];
    Xml::part("Relationships", &namespace, |xml| {
        for (id, target, kind) in relations {
            xml.empty(
                "Relationship",
                &[("Id", id), ("Type", &kind), ("Target", target)],
            );
        }
    })
}

/// `[Content_Types].xml`.
pub(super) fn content_types(relations: &[(String, String, &str)]) -> Vec<u8> {
    let namespace = [(
        "xmlns",
        "http://schemas.openxmlformats.org/package/2006/content-types",
    )];
    Xml::part("Types", &namespace, |xml| {
        xml.empty(
            "Default",
            &[
                ("Extension", "rels"),
                (
                    "ContentType",
                    "application/vnd.openxmlformats-package.relationships+xml",
                ),
            ],
        );
        xml.empty(
            "Default",
            &[("Extension", "xml"), ("ContentType", "application/xml")],
        );
        let mut part = |name: &str, kind: &str| {
            xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
        };
        part(
            "/word/document.xml",
            &format!("{CONTENT}wordprocessingml.document.main+xml"),
        );
        for (_, target, kind) in relations {
            let family = if *kind == "chart" {
                "drawingml"
            } else {
                "wordprocessingml"
            };
            part(
                &format!("/word/{target}"),
                &format!("{CONTENT}{family}.{kind}+xml"),
            );
        }
        part(
            "/docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
        );
        part(
            "/docProps/app.xml",
            &format!("{CONTENT}extended-properties+xml"),
        );
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::model::PageStyle;

    /// ECMA-376 part 1, 17.15.1: Word reports settings in another order as corrupt.
    #[test]
    fn the_settings_are_in_schema_order() {
        const ORDER: [&str; 4] = [
            "w:defaultTabStop",
            "w:evenAndOddHeaders",
            "w:characterSpacingControl",
            "w:compat>",
        ];
        let xml = String::from_utf8(settings(&Look::of(
            PageStyle::Official,
            crate::text::Lang::Zh,
        )))
        .unwrap();
        let places: Vec<usize> = ORDER.iter().map(|name| xml.find(name).unwrap()).collect();
        assert!(places.is_sorted(), "{xml}");
    }
}

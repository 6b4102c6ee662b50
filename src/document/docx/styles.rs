//! `styles.xml`: the styles of paragraphs, runs and tables.

use super::look::{HEITI, KAITI, LATIN, Look, SONGTI, Type};
use super::xml::{NAMESPACES, Xml};

/// A paragraph style.
#[derive(Default)]
struct Style<'a> {
    id: &'a str,
    name: &'a str,
    next: Option<&'a str>,
    face: Option<Type>,
    keep_next: bool,
    /// Whether it is on the document grid: body text is, titles, tables and cards are not.
    is_on_grid: bool,
    /// The space before and after, the line height, and its rule.
    spacing: Option<(u32, u32, u32, &'a str)>,
    /// `w:ind`.
    indent: Vec<(&'a str, String)>,
    align: Option<&'a str>,
    outline: Option<u32>,
}

/// Returns the XML of the part.
pub(super) fn part(look: &Look) -> Vec<u8> {
    Xml::part("w:styles", NAMESPACES, |xml| {
        defaults(xml, look);
        normal(xml, look);
        let character = look.grid.map_or(0, |grid| grid.character);
        for style in paragraph_styles(look) {
            paragraph_style(xml, &style, character);
        }
        character_styles(xml);
        table_styles(xml);
    })
}

fn defaults(xml: &mut Xml, look: &Look) {
    xml.element("w:docDefaults", &[], |xml| {
        xml.element("w:rPrDefault", &[], |xml| {
            xml.element("w:rPr", &[], |xml| {
                fonts(xml, look.body.font);
                xml.w("w:kern", "2");
                sizes(xml, look.body.size);
                xml.empty(
                    "w:lang",
                    &[
                        ("w:val", "en-US"),
                        ("w:eastAsia", "zh-CN"),
                        ("w:bidi", "ar-SA"),
                    ],
                );
            });
        });
        xml.element("w:pPrDefault", &[], |xml| xml.empty("w:pPr", &[]));
    });
}

fn normal(xml: &mut Xml, look: &Look) {
    xml.element(
        "w:style",
        &[
            ("w:type", "paragraph"),
            ("w:default", "1"),
            ("w:styleId", "Normal"),
        ],
        |xml| {
            xml.w("w:name", "Normal");
            xml.empty("w:qFormat", &[]);
            xml.element("w:pPr", &[], |xml| {
                xml.w("w:widowControl", "0");
                xml.w("w:jc", "both");
            });
            xml.element("w:rPr", &[], |xml| sizes(xml, look.body.size));
        },
    );
}

fn paragraph_styles(look: &Look) -> Vec<Style<'static>> {
    let (line, rule) = look.line;
    let body = Some((0, 0, line, rule));
    let first_line = |face: Type| match look.first_line {
        0 => vec![],
        chars => vec![
            ("w:firstLineChars", chars.to_string()),
            ("w:firstLine", (chars * face.size / 10).to_string()),
        ],
    };
    // An exact line height, because that of fonts differs but rows must not.
    let tight = Some((20, 20, look.table.size * 12, "exact"));
    let mut styles = vec![
        Style {
            id: "BodyText",
            is_on_grid: true,
            name: "Body Text",
            spacing: body,
            indent: first_line(look.body),
            ..Style::default()
        },
        Style {
            id: "Title",
            name: "Title",
            next: Some("BodyText"),
            face: Some(look.title),
            keep_next: true,
            spacing: Some((0, 280, look.title.size * 15, "exact")),
            align: Some("center"),
            ..Style::default()
        },
        Style {
            id: "Subtitle",
            name: "Subtitle",
            next: Some("BodyText"),
            face: Some(Type {
                font: KAITI,
                ..look.body
            }),
            spacing: Some((0, 280, line, rule)),
            align: Some("center"),
            ..Style::default()
        },
        Style {
            id: "Quote",
            is_on_grid: true,
            name: "Quote",
            face: Some(Type {
                font: KAITI,
                ..look.body
            }),
            spacing: body,
            indent: [("w:left", (look.body.size * 20).to_string())]
                .into_iter()
                .chain(first_line(look.body))
                .collect(),
            ..Style::default()
        },
        Style {
            id: "ListParagraph",
            is_on_grid: true,
            name: "List Paragraph",
            spacing: body,
            ..Style::default()
        },
        Style {
            id: "Caption",
            name: "caption",
            face: Some(Type {
                font: HEITI,
                ..look.table
            }),
            keep_next: true,
            spacing: Some((160, 60, 240, "auto")),
            align: Some("center"),
            ..Style::default()
        },
        Style {
            id: "Chart",
            name: "Chart",
            // The line height follows the chart: an exact one would cut it off.
            spacing: Some((0, 160, 240, "auto")),
            align: Some("center"),
            ..Style::default()
        },
        Style {
            id: "TableText",
            name: "Table Text",
            face: Some(look.table),
            spacing: tight,
            align: Some("left"),
            ..Style::default()
        },
        Style {
            id: "TableHeading",
            name: "Table Heading",
            face: Some(Type {
                font: HEITI,
                ..look.table
            }),
            spacing: tight,
            align: Some("center"),
            ..Style::default()
        },
        Style {
            id: "CardTitle",
            name: "Card Title",
            face: Some(Type {
                font: HEITI,
                size: 22,
                is_bold: false,
            }),
            spacing: Some((0, 40, 240, "auto")),
            align: Some("center"),
            ..Style::default()
        },
        Style {
            id: "CardText",
            name: "Card Text",
            face: Some(Type {
                font: SONGTI,
                size: 19,
                is_bold: false,
            }),
            spacing: Some((0, 0, 250, "exact")),
            indent: vec![
                ("w:left", "1150".to_owned()),
                ("w:hanging", "1150".to_owned()),
            ],
            align: Some("left"),
            ..Style::default()
        },
        Style {
            id: "CardNote",
            name: "Card Note",
            face: Some(Type {
                font: SONGTI,
                size: 16,
                is_bold: false,
            }),
            spacing: Some((40, 0, 200, "exact")),
            align: Some("left"),
            ..Style::default()
        },
        Style {
            id: "Signature",
            is_on_grid: true,
            name: "Signature",
            spacing: body,
            align: Some("right"),
            ..Style::default()
        },
        Style {
            id: "Footer",
            name: "footer",
            face: look.page_number.as_ref().map(|number| Type {
                font: SONGTI,
                size: number.size,
                is_bold: false,
            }),
            spacing: Some((0, 0, 240, "auto")),
            ..Style::default()
        },
    ];
    const HEADINGS: [(&str, &str); 4] = [
        ("Heading1", "heading 1"),
        ("Heading2", "heading 2"),
        ("Heading3", "heading 3"),
        ("Heading4", "heading 4"),
    ];
    for (at, (id, name)) in HEADINGS.into_iter().enumerate() {
        let face = look.headings[at];
        styles.push(Style {
            id,
            name,
            next: Some("BodyText"),
            face: Some(face),
            keep_next: true,
            spacing: if look.first_line > 0 {
                body
            } else {
                Some((160, 60, line, rule))
            },
            indent: first_line(face),
            outline: Some(at as u32),
            is_on_grid: true,
            ..Style::default()
        });
    }
    styles
}

fn paragraph_style(xml: &mut Xml, style: &Style<'_>, character: i32) {
    xml.element(
        "w:style",
        &[("w:type", "paragraph"), ("w:styleId", style.id)],
        |xml| {
            xml.w("w:name", style.name);
            xml.w("w:basedOn", "Normal");
            if let Some(next) = style.next {
                xml.w("w:next", next);
            }
            xml.empty("w:qFormat", &[]);
            xml.element("w:pPr", &[], |xml| {
                if style.keep_next {
                    xml.empty("w:keepNext", &[]);
                }
                if !style.is_on_grid {
                    xml.w("w:snapToGrid", "0");
                }
                if let Some((before, after, line, rule)) = style.spacing {
                    let [before, after, line] =
                        [before, after, line].map(|length| length.to_string());
                    xml.empty(
                        "w:spacing",
                        &[
                            ("w:before", &before),
                            ("w:after", &after),
                            ("w:line", &line),
                            ("w:lineRule", rule),
                        ],
                    );
                }
                if !style.indent.is_empty() {
                    let indent: Vec<(&str, &str)> = style
                        .indent
                        .iter()
                        .map(|(name, value)| (*name, value.as_str()))
                        .collect();
                    xml.empty("w:ind", &indent);
                }
                if let Some(align) = style.align {
                    xml.w("w:jc", align);
                }
                if let Some(level) = style.outline {
                    xml.w("w:outlineLvl", &level.to_string());
                }
            });
            let face = style.face;
            if face.is_some() || !style.is_on_grid || character != 0 {
                xml.element("w:rPr", &[], |xml| {
                    if let Some(face) = face {
                        fonts(xml, face.font);
                        if face.is_bold {
                            xml.empty("w:b", &[]);
                        }
                    }
                    if !style.is_on_grid {
                        xml.w("w:snapToGrid", "0");
                    } else if character != 0 {
                        xml.w("w:spacing", &character.to_string());
                    }
                    if let Some(face) = face {
                        sizes(xml, face.size);
                    }
                });
            }
        },
    );
}

fn character_styles(xml: &mut Xml) {
    let style = |xml: &mut Xml, id: &str, name: &str, look: &dyn Fn(&mut Xml)| {
        xml.element(
            "w:style",
            &[("w:type", "character"), ("w:styleId", id)],
            |xml| {
                xml.w("w:name", name);
                xml.empty("w:qFormat", &[]);
                xml.element("w:rPr", &[], |xml| look(xml));
            },
        );
    };
    style(xml, "Strong", "Strong", &|xml| xml.empty("w:b", &[]));
    // Chinese type has no italics and uses 楷体 for emphasis.
    style(xml, "Emphasis", "Emphasis", &|xml| {
        xml.empty("w:rFonts", &[("w:eastAsia", KAITI)]);
    });
    style(xml, "Code", "Code", &|xml| {
        xml.empty(
            "w:rFonts",
            &[
                ("w:ascii", "Consolas"),
                ("w:hAnsi", "Consolas"),
                ("w:cs", "Consolas"),
            ],
        );
    });
}

fn table_styles(xml: &mut Xml) {
    xml.element(
        "w:style",
        &[
            ("w:type", "table"),
            ("w:default", "1"),
            ("w:styleId", "TableNormal"),
        ],
        |xml| {
            xml.w("w:name", "Normal Table");
            xml.element("w:tblPr", &[], |xml| {
                xml.empty("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
                xml.element("w:tblCellMar", &[], |xml| {
                    for (side, width) in [
                        ("w:top", "0"),
                        ("w:left", "108"),
                        ("w:bottom", "0"),
                        ("w:right", "108"),
                    ] {
                        xml.empty(side, &[("w:w", width), ("w:type", "dxa")]);
                    }
                });
            });
        },
    );
    xml.element(
        "w:style",
        &[("w:type", "table"), ("w:styleId", "TableGrid")],
        |xml| {
            xml.w("w:name", "Table Grid");
            xml.w("w:basedOn", "TableNormal");
            xml.element("w:tblPr", &[], |xml| {
                xml.element("w:tblBorders", &[], |xml| {
                    for side in [
                        "w:top",
                        "w:left",
                        "w:bottom",
                        "w:right",
                        "w:insideH",
                        "w:insideV",
                    ] {
                        xml.empty(
                            side,
                            &[
                                ("w:val", "single"),
                                ("w:sz", "4"),
                                ("w:space", "0"),
                                ("w:color", "auto"),
                            ],
                        );
                    }
                });
            });
        },
    );
}

fn fonts(xml: &mut Xml, chinese: &str) {
    xml.empty(
        "w:rFonts",
        &[
            ("w:ascii", LATIN),
            ("w:eastAsia", chinese),
            ("w:hAnsi", LATIN),
            ("w:cs", LATIN),
        ],
    );
}

fn sizes(xml: &mut Xml, size: u32) {
    let size = size.to_string();
    xml.w("w:sz", &size);
    xml.w("w:szCs", &size);
}

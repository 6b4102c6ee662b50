//! Charts in Word: the chart part with embedded numbers, and the drawing that refers to it.

use super::super::chart::{Chart, ChartKind, Series, number};
use super::look::{LATIN, Look};
use super::xml::{NAMESPACES, Xml};
use crate::text::Lang;

/// The width of a chart in English Metric Units (360,000 per centimetre).
const WIDTH: u32 = 5_040_000;
const CENTIMETRE: u32 = 360_000;

/// The colours, fill patterns, dashes and markers of the series.
const COLOURS: [&str; 6] = ["1F5FA8", "B3541E", "2A7A4B", "7B3FA0", "806400", "566069"];
const PATTERNS: [&str; 6] = ["", "wdUpDiag", "narVert", "narHorz", "wdDnDiag", "smGrid"];
const DASHES: [&str; 6] = ["solid", "dash", "sysDot", "dashDot", "sysDash", "lgDash"];
const MARKERS: [&str; 6] = ["circle", "square", "triangle", "diamond", "x", "plus"];

/// Writes the drawing of a chart into a run.
pub(super) fn inline(xml: &mut Xml, chart: &Chart, number: usize, lang: Lang) {
    let (width, height) = (WIDTH.to_string(), height(chart).to_string());
    let id = number.to_string();
    xml.element("w:drawing", &[], |xml| {
        xml.element(
            "wp:inline",
            &[
                ("distT", "0"),
                ("distB", "0"),
                ("distL", "0"),
                ("distR", "0"),
            ],
            |xml| {
                xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
                xml.empty(
                    "wp:docPr",
                    &[
                        ("id", &id),
                        ("name", &format!("Chart {id}")),
                        ("descr", &chart.description(lang)),
                        ("title", &chart.caption(lang)),
                    ],
                );
                xml.empty("wp:cNvGraphicFramePr", &[]);
                xml.element("a:graphic", &[], |xml| {
                    xml.element(
                        "a:graphicData",
                        &[(
                            "uri",
                            "http://schemas.openxmlformats.org/drawingml/2006/chart",
                        )],
                        |xml| {
                            xml.empty("c:chart", &[("r:id", &format!("rIdChart{id}"))]);
                        },
                    );
                });
            },
        );
    });
}

fn height(chart: &Chart) -> u32 {
    let legend = if chart.series.len() > 1 {
        CENTIMETRE
    } else {
        0
    };
    legend
        + match chart.kind {
            ChartKind::Bar => {
                let bars = chart.categories.len() * chart.series.len().max(1);
                (bars as u32 * CENTIMETRE * 6 / 10
                    + chart.categories.len() as u32 * CENTIMETRE * 3 / 10
                    + CENTIMETRE)
                    .clamp(3 * CENTIMETRE, 20 * CENTIMETRE)
            }
            ChartKind::Column | ChartKind::Stacked | ChartKind::Line => 6 * CENTIMETRE,
            ChartKind::Radar => 8 * CENTIMETRE,
        }
}

/// Returns the XML of the chart part.
pub(super) fn part(chart: &Chart, look: &Look) -> Vec<u8> {
    Xml::part("c:chartSpace", NAMESPACES, |xml| {
        xml.c("c:roundedCorners", "0");
        xml.element("c:chart", &[], |xml| {
            xml.c("c:autoTitleDeleted", "1");
            xml.element("c:plotArea", &[], |xml| {
                xml.empty("c:layout", &[]);
                plot(xml, chart);
            });
            if chart.series.len() > 1 {
                xml.element("c:legend", &[], |xml| {
                    xml.c("c:legendPos", "t");
                    xml.c("c:overlay", "0");
                });
            }
            xml.c("c:plotVisOnly", "1");
            xml.c("c:dispBlanksAs", "gap");
        });
        xml.element("c:spPr", &[], |xml| {
            xml.empty("a:noFill", &[]);
            xml.element("a:ln", &[], |xml| xml.empty("a:noFill", &[]));
        });
        type_of(xml, look);
    })
}

fn type_of(xml: &mut Xml, look: &Look) {
    xml.element("c:txPr", &[], |xml| {
        xml.empty("a:bodyPr", &[]);
        xml.element("a:p", &[], |xml| {
            xml.element("a:pPr", &[], |xml| {
                xml.element("a:defRPr", &[("sz", "1050")], |xml| {
                    xml.empty("a:latin", &[("typeface", LATIN)]);
                    xml.empty("a:ea", &[("typeface", look.table.font)]);
                });
            });
            xml.empty("a:endParaRPr", &[("lang", "zh-CN")]);
        });
    });
}

/// The ids of the category axis and the value axis.
const AXES: [&str; 2] = ["111111111", "222222222"];

fn plot(xml: &mut Xml, chart: &Chart) {
    let (element, is_lying) = match chart.kind {
        ChartKind::Bar => ("c:barChart", true),
        ChartKind::Column | ChartKind::Stacked => ("c:barChart", false),
        ChartKind::Line => ("c:lineChart", false),
        ChartKind::Radar => ("c:radarChart", false),
    };
    xml.element(element, &[], |xml| {
        match chart.kind {
            ChartKind::Bar | ChartKind::Column | ChartKind::Stacked => {
                xml.c("c:barDir", if is_lying { "bar" } else { "col" });
                xml.c(
                    "c:grouping",
                    if chart.kind == ChartKind::Stacked {
                        "stacked"
                    } else {
                        "clustered"
                    },
                );
            }
            ChartKind::Line => xml.c("c:grouping", "standard"),
            ChartKind::Radar => xml.c("c:radarStyle", "marker"),
        }
        xml.c("c:varyColors", "0");
        for (at, of_series) in chart.series.iter().enumerate() {
            series(xml, chart, at, of_series);
        }
        match chart.kind {
            ChartKind::Bar | ChartKind::Column => xml.c("c:gapWidth", "60"),
            ChartKind::Stacked => {
                xml.c("c:gapWidth", "60");
                xml.c("c:overlap", "100");
            }
            ChartKind::Line => xml.c("c:marker", "1"),
            ChartKind::Radar => {}
        }
        for axis in AXES {
            xml.c("c:axId", axis);
        }
    });
    category_axis(xml, chart.kind);
    value_axis(xml, chart.kind);
}

fn series(xml: &mut Xml, chart: &Chart, at: usize, series: &Series) {
    let index = at.to_string();
    let in_lines = matches!(chart.kind, ChartKind::Line | ChartKind::Radar);
    let look = at % COLOURS.len();
    xml.element("c:ser", &[], |xml| {
        xml.c("c:idx", &index);
        xml.c("c:order", &index);
        xml.element("c:tx", &[], |xml| xml.text("c:v", &[], &series.name));
        xml.element("c:spPr", &[], |xml| {
            if !in_lines {
                fill(xml, look);
            }
            xml.element(
                "a:ln",
                &[("w", if in_lines { "25400" } else { "9525" })],
                |xml| {
                    solid(xml, COLOURS[look]);
                    if in_lines {
                        xml.c("a:prstDash", DASHES[look]);
                    }
                },
            );
        });
        if in_lines {
            xml.element("c:marker", &[], |xml| {
                xml.c("c:symbol", MARKERS[look]);
                xml.c("c:size", "7");
                xml.element("c:spPr", &[], |xml| {
                    solid(xml, COLOURS[look]);
                    xml.element("a:ln", &[], |xml| solid(xml, COLOURS[look]));
                });
            });
        } else {
            xml.c("c:invertIfNegative", "0");
        }
        labels(xml, chart.kind, at);
        xml.element("c:cat", &[], |xml| {
            xml.element("c:strLit", &[], |xml| {
                points(
                    xml,
                    chart.categories.len(),
                    chart.categories.iter().cloned().map(Some),
                );
            });
        });
        xml.element("c:val", &[], |xml| {
            xml.element("c:numLit", &[], |xml| {
                xml.text("c:formatCode", &[], "General");
                points(
                    xml,
                    chart.categories.len(),
                    series.values.iter().map(|value| value.map(number)),
                );
            });
        });
        if chart.kind == ChartKind::Line {
            xml.c("c:smooth", "0");
        }
    });
}

fn points(xml: &mut Xml, count: usize, values: impl Iterator<Item = Option<String>>) {
    xml.c("c:ptCount", &count.to_string());
    for (at, value) in values.enumerate() {
        if let Some(value) = value {
            xml.element("c:pt", &[("idx", &at.to_string())], |xml| {
                xml.text("c:v", &[], &value)
            });
        }
    }
}

/// Writes the data labels.
fn labels(xml: &mut Xml, kind: ChartKind, at: usize) {
    xml.element("c:dLbls", &[], |xml| {
        if kind == ChartKind::Stacked {
            // On the pattern of a bar a label needs a background.
            xml.element("c:spPr", &[], |xml| solid(xml, "FFFFFF"));
        }
        let position = match kind {
            ChartKind::Bar | ChartKind::Column => Some("outEnd"),
            ChartKind::Stacked => Some("ctr"),
            ChartKind::Line => Some(if at == 0 { "t" } else { "b" }),
            ChartKind::Radar => None,
        };
        if let Some(position) = position {
            xml.c("c:dLblPos", position);
        }
        xml.c("c:showLegendKey", "0");
        xml.c("c:showVal", "1");
        for hidden in [
            "c:showCatName",
            "c:showSerName",
            "c:showPercent",
            "c:showBubbleSize",
        ] {
            xml.c(hidden, "0");
        }
    });
}

fn category_axis(xml: &mut Xml, kind: ChartKind) {
    let is_lying = kind == ChartKind::Bar;
    xml.element("c:catAx", &[], |xml| {
        xml.c("c:axId", AXES[0]);
        // The first horizontal bar is at the top, as in the table.
        xml.element("c:scaling", &[], |xml| {
            xml.c("c:orientation", if is_lying { "maxMin" } else { "minMax" })
        });
        xml.c("c:delete", "0");
        xml.c("c:axPos", if is_lying { "l" } else { "b" });
        if kind == ChartKind::Radar {
            grid(xml);
        }
        xml.c("c:majorTickMark", "none");
        xml.c("c:minorTickMark", "none");
        xml.c("c:tickLblPos", "low");
        xml.element("c:spPr", &[], |xml| {
            xml.element("a:ln", &[("w", "9525")], |xml| solid(xml, "808080"))
        });
        xml.c("c:crossAx", AXES[1]);
        xml.c("c:crosses", "autoZero");
    });
}

fn value_axis(xml: &mut Xml, kind: ChartKind) {
    let has_ticks = matches!(kind, ChartKind::Line | ChartKind::Radar);
    xml.element("c:valAx", &[], |xml| {
        xml.c("c:axId", AXES[1]);
        xml.element("c:scaling", &[], |xml| xml.c("c:orientation", "minMax"));
        // Bars have data labels instead of an axis.
        xml.c("c:delete", if has_ticks { "0" } else { "1" });
        xml.c("c:axPos", if kind == ChartKind::Bar { "t" } else { "l" });
        if has_ticks {
            grid(xml);
        }
        xml.empty(
            "c:numFmt",
            &[("formatCode", "General"), ("sourceLinked", "0")],
        );
        xml.c("c:majorTickMark", "none");
        xml.c("c:minorTickMark", "none");
        xml.c("c:tickLblPos", "nextTo");
        xml.element("c:spPr", &[], |xml| {
            xml.element("a:ln", &[], |xml| xml.empty("a:noFill", &[]))
        });
        xml.c("c:crossAx", AXES[0]);
        xml.c("c:crosses", "autoZero");
        xml.c("c:crossBetween", "between");
    });
}

fn grid(xml: &mut Xml) {
    xml.element("c:majorGridlines", &[], |xml| {
        xml.element("c:spPr", &[], |xml| {
            xml.element("a:ln", &[("w", "6350")], |xml| solid(xml, "BFBFBF"))
        });
    });
}

fn fill(xml: &mut Xml, look: usize) {
    if look == 0 {
        return solid(xml, COLOURS[0]);
    }
    xml.element("a:pattFill", &[("prst", PATTERNS[look])], |xml| {
        xml.element("a:fgClr", &[], |xml| xml.c("a:srgbClr", COLOURS[look]));
        xml.element("a:bgClr", &[], |xml| xml.c("a:srgbClr", "FFFFFF"));
    });
}

fn solid(xml: &mut Xml, colour: &str) {
    xml.element("a:solidFill", &[], |xml| xml.c("a:srgbClr", colour));
}

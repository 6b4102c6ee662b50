//! Charts as SVG: small enough that their text is readable on a phone, with data labels; series differ by patterns,
//! dashes and shapes as well as by colours, which the style sheet defines for light and dark mode.

mod bars;
mod drawing;
mod line;
mod radar;

use maud::{Markup, html};

use super::super::chart::{Chart, ChartKind};
use crate::text::Lang;
use drawing::{LINE_HEIGHT, LOOKS, WIDTH, bar, fit, look, marker, pattern_id, round, width};

/// Renders a chart as an SVG element; `id` is the prefix of the ids in it.
pub(super) fn draw(chart: &Chart, id: &str, lang: Lang) -> Markup {
    let drawing = match chart.kind {
        ChartKind::Bar => bars::horizontal(chart, id, false),
        ChartKind::Column => {
            bars::vertical(chart, id, false).unwrap_or_else(|| bars::horizontal(chart, id, false))
        }
        ChartKind::Stacked => {
            bars::vertical(chart, id, true).unwrap_or_else(|| bars::horizontal(chart, id, true))
        }
        ChartKind::Line => line::draw(chart),
        // Two axes do not span an area.
        ChartKind::Radar if chart.categories.len() < 3 => bars::horizontal(chart, id, false),
        ChartKind::Radar => radar::draw(chart),
    };
    let is_drawn_in_lines = matches!(chart.kind, ChartKind::Line | ChartKind::Radar);
    let (legend, top) = legend(chart, id, is_drawn_in_lines && chart.categories.len() > 2);
    let (title, description) = (format!("{id}-title"), format!("{id}-description"));
    html! {
        svg viewBox={ "0 0 " (round(WIDTH)) " " (round(top + drawing.height)) } role="img"
            aria-labelledby={ (title) " " (description) } {
            title id=(title) { (chart.caption(lang)) }
            desc id=(description) { (chart.description(lang)) }
            (patterns(chart, id))
            (legend)
            g transform={ "translate(0 " (round(top)) ")" } { (drawing.content) }
        }
    }
}

/// Draws the legend, in as many lines as needed; empty for a single series.
fn legend(chart: &Chart, id: &str, as_lines: bool) -> (Markup, f64) {
    if chart.series.len() < 2 {
        return (html! {}, 0.0);
    }
    let (mut x, mut y) = (0.0, 0.0);
    let mut entries = Vec::new();
    for (at, series) in chart.series.iter().enumerate() {
        let name = fit(&series.name, WIDTH - 40.0);
        let width = 28.0 + width(&name) + 16.0;
        if x > 0.0 && x + width > WIDTH {
            x = 0.0;
            y += LINE_HEIGHT;
        }
        entries.push((at, x, y, name));
        x += width;
    }
    let drawn = html! {
        @for (at, x, y, name) in entries {
            @if as_lines {
                path class={ "line " (look(at)) } d={ "M" (round(x)) " " (round(y + 9.0)) "h22" } {}
                (marker(at, x + 11.0, y + 9.0))
            } @else {
                (bar(id, at, x, y + 3.0, 22.0, 12.0))
            }
            text x=(round(x + 28.0)) y=(round(y + 14.0)) { (name) }
        }
    };
    (drawn, y + LINE_HEIGHT + 6.0)
}

/// Defines the fill patterns of the series except for the first, which is plain.
fn patterns(chart: &Chart, id: &str) -> Markup {
    html! {
        @if chart.series.len() > 1 {
            defs {
                @for at in 1..chart.series.len().min(LOOKS) {
                    pattern id=(pattern_id(id, at)) class=(look(at)) width="6" height="6" patternUnits="userSpaceOnUse" {
                        rect.ground width="6" height="6" {}
                        path.hatch d=(hatch(at)) {}
                    }
                }
            }
        }
    }
}

fn hatch(at: usize) -> &'static str {
    match at % LOOKS {
        1 => "M-1 1l2-2M0 6l6-6M5 7l2-2",
        2 => "M3 0v6",
        3 => "M0 3h6",
        4 => "M-1 5l2 2M0 0l6 6M5-1l2 2",
        _ => "M3 0v6M0 3h6",
    }
}

//! Charts as SVG: drawn small, so that their words can be read on a telephone; labelled with their numbers; told
//! apart by patterns, dashes and shapes as well as by colours, which the style sheet gives for light and dark.

mod bars;
mod line;
mod radar;

use maud::{Markup, html};
use unicode_width::UnicodeWidthStr;

use super::super::chart::{Chart, ChartKind};
use crate::text::Lang;

/// How wide every chart is, in the units of its drawing.
const WIDTH: f64 = 420.0;
/// The size of the type, in the same units.
const TYPE: f64 = 14.0;
/// From one line of words to the next.
const LINE: f64 = 20.0;
/// How many series look different.
const LOOKS: usize = 6;

/// A drawing before its frame is put around it: what lies below `height`, from 0.
struct Drawing {
    height: f64,
    content: Markup,
}

/// The chart as an SVG element; `id` begins the ids within it.
pub(super) fn draw(chart: &Chart, id: &str, lang: Lang) -> Markup {
    let drawing = match chart.kind {
        ChartKind::Bar => bars::lying(chart, id, false),
        ChartKind::Column => {
            bars::standing(chart, id, false).unwrap_or_else(|| bars::lying(chart, id, false))
        }
        ChartKind::Stacked => {
            bars::standing(chart, id, true).unwrap_or_else(|| bars::lying(chart, id, true))
        }
        ChartKind::Line => line::draw(chart),
        // Two axes make no area.
        ChartKind::Radar if chart.categories.len() < 3 => bars::lying(chart, id, false),
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

/// The names of the series, each with its look, in as many lines as they need; nothing for a single series.
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
            y += LINE;
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
    (drawn, y + LINE + 6.0)
}

/// The fills of the second series and on: the first is plain.
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

fn pattern_id(id: &str, at: usize) -> String {
    format!("{id}-pattern-{}", at % LOOKS + 1)
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

fn look(at: usize) -> String {
    format!("s{}", at % LOOKS + 1)
}

/// A rectangle in the look of a series.
fn bar(id: &str, at: usize, x: f64, y: f64, width: f64, height: f64) -> Markup {
    let fill = (!at.is_multiple_of(LOOKS)).then(|| format!("url(#{})", pattern_id(id, at)));
    html! {
        rect class={ "bar " (look(at)) } fill=[fill] x=(round(x)) y=(round(y)) width=(round(width)) height=(round(height)) {}
    }
}

/// The sign of a series on a line: a shape of its own.
fn marker(at: usize, x: f64, y: f64) -> Markup {
    let shape = match at % LOOKS {
        0 => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        1 => "m-4-4h8v8h-8z",
        2 => "m0-5l5 9h-10z",
        3 => "m0-5l5 5l-5 5l-5-5z",
        4 => "m0 5l5-9h-10z",
        _ => "m-5-2h10v4h-10z",
    };
    html! { path class={ "marker " (look(at)) } d={ "M" (round(x)) " " (round(y)) (shape) } {} }
}

/// A number of the drawing, to a tenth.
fn round(number: f64) -> String {
    super::super::chart::number((number * 10.0).round() / 10.0)
}

/// How wide words are; a little too much rather than too little.
fn width(text: &str) -> f64 {
    text.width_cjk() as f64 * TYPE / 2.0
}

/// The words, cut short where they would be too wide; the table below the chart has them whole.
fn fit(text: &str, room: f64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept) > room - TYPE {
            kept.pop();
            break;
        }
    }
    kept + "…"
}

/// Where the numbers of all series lie; with the sums of both signs where they are put upon one another.
fn values(chart: &Chart, stacked: bool) -> Vec<f64> {
    let all = chart
        .series
        .iter()
        .flat_map(|series| series.values.iter().flatten().copied());
    if !stacked {
        return all.collect();
    }
    (0..chart.categories.len())
        .flat_map(|at| {
            let of_category = chart
                .series
                .iter()
                .filter_map(|series| series.values.get(at).copied().flatten());
            let (up, down): (Vec<f64>, Vec<f64>) = of_category.partition(|value| *value >= 0.0);
            [up.iter().sum::<f64>(), down.iter().sum()]
        })
        .collect()
}

/// The widest of some words.
fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> f64 {
    texts.map(width).fold(0.0, f64::max)
}

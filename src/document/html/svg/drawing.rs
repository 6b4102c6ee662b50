//! Dimensions of charts and the look of series.

use maud::{Markup, html};
use unicode_width::UnicodeWidthStr;

use super::super::super::chart::Chart;

/// The width of a chart, in units of its view box.
pub(super) const WIDTH: f64 = 420.0;
/// The font size, in the same units.
pub(super) const FONT_SIZE: f64 = 14.0;
/// The line height.
pub(super) const LINE_HEIGHT: f64 = 20.0;
/// The number of distinct looks of series.
pub(super) const LOOKS: usize = 6;

/// A drawing without its frame, with its origin at the top.
pub(super) struct Drawing {
    pub(super) height: f64,
    pub(super) content: Markup,
}

pub(super) fn pattern_id(id: &str, at: usize) -> String {
    format!("{id}-pattern-{}", at % LOOKS + 1)
}

pub(super) fn look(at: usize) -> String {
    format!("s{}", at % LOOKS + 1)
}

/// Draws a rectangle in the look of a series.
pub(super) fn bar(id: &str, at: usize, x: f64, y: f64, width: f64, height: f64) -> Markup {
    let fill = (!at.is_multiple_of(LOOKS)).then(|| format!("url(#{})", pattern_id(id, at)));
    html! {
        rect class={ "bar " (look(at)) } fill=[fill] x=(round(x)) y=(round(y)) width=(round(width)) height=(round(height)) {}
    }
}

/// Draws the marker of a series on a line, a different shape for each.
pub(super) fn marker(at: usize, x: f64, y: f64) -> Markup {
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

/// Formats a number to one decimal.
pub(super) fn round(number: f64) -> String {
    super::super::super::chart::number((number * 10.0).round() / 10.0)
}

/// Estimates the width of a text, slightly too large.
pub(super) fn width(text: &str) -> f64 {
    text.width_cjk() as f64 * FONT_SIZE / 2.0
}

/// Truncates a text to a width; the table below the chart has it in full.
pub(super) fn fit(text: &str, room: f64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept) > room - FONT_SIZE {
            kept.pop();
            break;
        }
    }
    kept + "…"
}

/// Returns the values of all series; if stacked, also their positive and negative sums.
pub(super) fn values(chart: &Chart, stacked: bool) -> Vec<f64> {
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

/// Returns the width of the widest text.
pub(super) fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> f64 {
    texts.map(width).fold(0.0, f64::max)
}

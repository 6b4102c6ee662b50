//! What the charts are drawn from: their measures, and how a series looks.

use maud::{Markup, html};
use unicode_width::UnicodeWidthStr;

use super::super::super::chart::Chart;

/// How wide every chart is, in the units of its drawing.
pub(super) const WIDTH: f64 = 420.0;
/// The size of the type, in the same units.
pub(super) const TYPE: f64 = 14.0;
/// From one line of words to the next.
pub(super) const LINE: f64 = 20.0;
/// How many series look different.
pub(super) const LOOKS: usize = 6;

/// A drawing before its frame is put around it: what lies below `height`, from 0.
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

/// A rectangle in the look of a series.
pub(super) fn bar(id: &str, at: usize, x: f64, y: f64, width: f64, height: f64) -> Markup {
    let fill = (!at.is_multiple_of(LOOKS)).then(|| format!("url(#{})", pattern_id(id, at)));
    html! {
        rect class={ "bar " (look(at)) } fill=[fill] x=(round(x)) y=(round(y)) width=(round(width)) height=(round(height)) {}
    }
}

/// The sign of a series on a line: a shape of its own.
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

/// A number of the drawing, to a tenth.
pub(super) fn round(number: f64) -> String {
    super::super::super::chart::number((number * 10.0).round() / 10.0)
}

/// How wide words are; a little too much rather than too little.
pub(super) fn width(text: &str) -> f64 {
    text.width_cjk() as f64 * TYPE / 2.0
}

/// The words, cut short where they would be too wide; the table below the chart has them whole.
pub(super) fn fit(text: &str, room: f64) -> String {
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

/// The widest of some words.
pub(super) fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> f64 {
    texts.map(width).fold(0.0, f64::max)
}

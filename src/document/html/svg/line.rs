//! Line charts.

use maud::{Markup, html};

use super::super::super::chart::{Chart, Series, number};
use super::super::scale::Scale;
use super::drawing::{
    Drawing, FONT_SIZE, LINE_HEIGHT, WIDTH, fit, look, marker, round, values, widest,
};

/// The height of the plot area.
const PLOT_HEIGHT: f64 = 180.0;
/// The maximum length of category names, which are rotated if they do not fit side by side.
const MAX_ROTATED_LENGTH: f64 = 110.0;

/// Draws the chart with a value axis on the left and the categories below.
pub(super) fn draw(chart: &Chart) -> Drawing {
    let scale = Scale::covering(values(chart, false).into_iter(), 4);
    let ticks: Vec<(f64, String)> = scale
        .ticks()
        .into_iter()
        .map(|tick| (tick, number(tick)))
        .collect();
    let left = widest(ticks.iter().map(|(_, label)| label.as_str())) + 8.0;
    let band = (WIDTH - left) / chart.categories.len() as f64;
    let x = |at: usize| left + (at as f64 + 0.5) * band;
    let y = |value: f64| LINE_HEIGHT + (1.0 - scale.share(value)) * PLOT_HEIGHT;
    let names = widest(chart.categories.iter().map(String::as_str));
    let turned = names > band - 4.0;
    let bottom = LINE_HEIGHT + PLOT_HEIGHT;
    // With more than two lines, data labels would overlap.
    let numbered = chart.series.len() <= 2 && chart.categories.len() <= 12;
    let content = html! {
        @for (tick, label) in &ticks {
            path.grid d={ "M" (round(left)) " " (round(y(*tick))) "H" (round(WIDTH)) } {}
            text.end.tick x=(round(left - 6.0)) y=(round(y(*tick) + FONT_SIZE * 0.36)) { (label) }
        }
        @for (at, category) in chart.categories.iter().enumerate() {
            @if turned {
                @let (tx, ty) = (round(x(at) + 4.0), round(bottom + 16.0));
                text.end x=(tx) y=(ty) transform={ "rotate(-45 " (tx) " " (ty) ")" } { (fit(category, MAX_ROTATED_LENGTH)) }
            } @else {
                text.middle x=(round(x(at))) y=(round(bottom + 18.0)) { (category) }
            }
        }
        @for (at, series) in chart.series.iter().enumerate() {
            path class={ "line " (look(at)) } d=(path(series, &x, &y)) {}
            @for (point, value) in series.values.iter().enumerate() {
                @if let Some(value) = value {
                    (marker(at, x(point), y(*value)))
                    @if numbered {
                        (value_label(at, *value, x(point), y(*value)))
                    }
                }
            }
        }
    };
    let below = if turned {
        names.min(MAX_ROTATED_LENGTH) * 0.71 + 18.0
    } else {
        LINE_HEIGHT + 6.0
    };
    Drawing {
        height: bottom + below,
        content,
    }
}

/// Returns the path of a series, broken at missing values.
fn path(series: &Series, x: &impl Fn(usize) -> f64, y: &impl Fn(f64) -> f64) -> String {
    let mut path = String::new();
    let mut joined = false;
    for (at, value) in series.values.iter().enumerate() {
        if let Some(value) = value {
            path.push_str(if joined { "L" } else { "M" });
            path.push_str(&format!("{} {}", round(x(at)), round(y(*value))));
        }
        joined = value.is_some();
    }
    path
}

/// Draws a data label, for the first series above the point, for the second below.
fn value_label(at: usize, value: f64, x: f64, y: f64) -> Markup {
    let y = if at == 0 { y - 9.0 } else { y + 19.0 };
    html! { text.value.middle x=(round(x)) y=(round(y)) { (number(value)) } }
}

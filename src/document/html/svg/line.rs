//! Points joined by lines.

use maud::{Markup, html};

use super::super::super::chart::{Chart, Series, number};
use super::super::scale::Scale;
use super::drawing::{Drawing, LINE, TYPE, WIDTH, fit, look, marker, round, values, widest};

/// How high the field is.
const HIGH: f64 = 180.0;
/// Names that do not fit beside one another are turned; none is longer than this then.
const TURNED: f64 = 110.0;

/// The chart with an axis at the left and the categories below.
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
    let y = |value: f64| LINE + (1.0 - scale.share(value)) * HIGH;
    let names = widest(chart.categories.iter().map(String::as_str));
    let turned = names > band - 4.0;
    let bottom = LINE + HIGH;
    // Numbers at every point of more lines than two would cover one another.
    let numbered = chart.series.len() <= 2 && chart.categories.len() <= 12;
    let content = html! {
        @for (tick, label) in &ticks {
            path.grid d={ "M" (round(left)) " " (round(y(*tick))) "H" (round(WIDTH)) } {}
            text.end.tick x=(round(left - 6.0)) y=(round(y(*tick) + TYPE * 0.36)) { (label) }
        }
        @for (at, category) in chart.categories.iter().enumerate() {
            @if turned {
                @let (tx, ty) = (round(x(at) + 4.0), round(bottom + 16.0));
                text.end x=(tx) y=(ty) transform={ "rotate(-45 " (tx) " " (ty) ")" } { (fit(category, TURNED)) }
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
        names.min(TURNED) * 0.71 + 18.0
    } else {
        LINE + 6.0
    };
    Drawing {
        height: bottom + below,
        content,
    }
}

/// The line through the values; it is broken where one is missing.
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

/// The number at a point: of the first series above, of the second below.
fn value_label(at: usize, value: f64, x: f64, y: f64) -> Markup {
    let y = if at == 0 { y - 9.0 } else { y + 19.0 };
    html! { text.value.middle x=(round(x)) y=(round(y)) { (number(value)) } }
}

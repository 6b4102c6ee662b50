//! Radar charts.

use std::f64::consts::TAU;

use maud::html;

use super::super::super::chart::{Chart, number};
use super::super::scale::Scale;
use super::drawing::{Drawing, LINE_HEIGHT, WIDTH, fit, look, marker, round, values};

/// The length of the axes.
const RADIUS: f64 = 110.0;

/// Draws the chart: rings at round numbers, and an area for each series.
pub(super) fn draw(chart: &Chart) -> Drawing {
    let scale = Scale::covering(values(chart, false).into_iter(), 4);
    let count = chart.categories.len();
    let (middle, centre) = (WIDTH / 2.0, RADIUS + 2.0 * LINE_HEIGHT + 8.0);
    let point = |at: usize, share: f64| {
        let angle = TAU * at as f64 / count as f64;
        (
            middle + RADIUS * share * angle.sin(),
            centre - RADIUS * share * angle.cos(),
        )
    };
    let outline = |shares: &mut dyn Iterator<Item = (usize, f64)>| {
        let points: Vec<String> = shares
            .map(|(at, share)| {
                let (x, y) = point(at, share);
                format!("{},{}", round(x), round(y))
            })
            .collect();
        points.join(" ")
    };
    let content = html! {
        @for tick in scale.ticks() {
            polygon.grid points=(outline(&mut (0..count).map(|at| (at, scale.share(tick))))) {}
        }
        @for at in 0..count {
            @let (x, y) = point(at, 1.0);
            path.grid d={ "M" (round(middle)) " " (round(centre)) "L" (round(x)) " " (round(y)) } {}
        }
        @for (at, series) in chart.series.iter().enumerate() {
            @let known = || series.values.iter().enumerate().filter_map(|(at, value)| Some((at, scale.share((*value)?))));
            polygon class={ "area line " (look(at)) } points=(outline(&mut known())) {}
            @for (axis, share) in known() {
                @let (x, y) = point(axis, share);
                (marker(at, x, y))
            }
        }
        @for tick in scale.ticks().into_iter().filter(|tick| *tick != 0.0) {
            text.value.tick x=(round(middle + 4.0)) y=(round(point(0, scale.share(tick)).1 + 5.0)) { (number(tick)) }
        }
        @for (at, category) in chart.categories.iter().enumerate() {
            @let (x, y) = point(at, 1.0);
            @let across = (x - middle) / RADIUS;
            @let side = if across > 0.1 { "start" } else if across < -0.1 { "end" } else { "middle" };
            @let lift = if y < centre - RADIUS * 0.9 { -LINE_HEIGHT - 12.0 } else if y > centre + RADIUS * 0.7 { 20.0 } else { 0.0 };
            @let (x, y) = (round(x + across * 10.0), y + lift);
            text class=(side) x=(x) y=(round(y)) { (fit(category, WIDTH / 2.0 - RADIUS - 12.0)) }
            text class={ "strong " (side) } x=(x) y=(round(y + LINE_HEIGHT - 2.0)) { (numbers_at(chart, at)) }
        }
    };
    // With an odd number of axes none points straight down.
    let lowest = if count.is_multiple_of(2) {
        1.0
    } else {
        (TAU / 2.0 / count as f64).cos()
    };
    Drawing {
        height: centre + RADIUS * lowest + 2.0 * LINE_HEIGHT + 4.0,
        content,
    }
}

/// Returns the values of all series on an axis, in order.
fn numbers_at(chart: &Chart, at: usize) -> String {
    let numbers: Vec<String> = chart
        .series
        .iter()
        .map(|series| {
            series
                .values
                .get(at)
                .copied()
                .flatten()
                .map_or_else(|| "–".to_owned(), number)
        })
        .collect();
    numbers.join(" / ")
}

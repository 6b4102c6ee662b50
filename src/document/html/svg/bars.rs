//! Horizontal and vertical bar charts, grouped or stacked.

use maud::{Markup, html};

use super::super::super::chart::{Chart, number};
use super::super::scale::Scale;
use super::drawing::{
    Drawing, FONT_SIZE, LINE_HEIGHT, WIDTH, bar, fit, round, values, widest, width,
};

/// The thickness of a horizontal bar, and the height of the plot area of vertical ones.
const BAR_THICKNESS: f64 = 18.0;
const PLOT_HEIGHT: f64 = 180.0;

/// A segment of a bar: the series, and the values at its start and end.
struct Piece {
    series: usize,
    value: f64,
    from: f64,
    to: f64,
    /// The index of the bar within its group.
    lane: usize,
}

fn pieces(chart: &Chart, category: usize, stacked: bool) -> Vec<Piece> {
    let (mut up, mut down) = (0.0, 0.0);
    let mut pieces = Vec::new();
    for (series, of_series) in chart.series.iter().enumerate() {
        let Some(value) = of_series.values.get(category).copied().flatten() else {
            continue;
        };
        let base = if !stacked {
            0.0
        } else if value >= 0.0 {
            up
        } else {
            down
        };
        if value >= 0.0 {
            up += value;
        } else {
            down += value;
        }
        pieces.push(Piece {
            series,
            value,
            from: base,
            to: base + value,
            lane: if stacked { 0 } else { series },
        });
    }
    pieces
}

fn widest_value(chart: &Chart) -> f64 {
    let numbers: Vec<String> = values(chart, false).into_iter().map(number).collect();
    widest(numbers.iter().map(String::as_str))
}

/// Draws horizontal bars.
pub(super) fn horizontal(chart: &Chart, id: &str, stacked: bool) -> Drawing {
    let lanes = if stacked { 1 } else { chart.series.len() } as f64;
    let names = widest(chart.categories.iter().map(String::as_str));
    // Long category names go above their bars.
    let above = names > WIDTH * 0.4;
    let left = if above { 0.0 } else { names + 8.0 };
    let room = widest_value(chart) + 8.0;
    let scale = Scale::exact(values(chart, stacked).into_iter());
    let has_negative = scale.share(0.0) > 0.0;
    let left_room = if has_negative { room } else { 0.0 };
    let field = WIDTH - left - left_room - room;
    let x = |value: f64| left + left_room + scale.share(value) * field;
    let head = if above { LINE_HEIGHT } else { 0.0 };
    let band = head + lanes * BAR_THICKNESS + 10.0;
    let content = html! {
        @for (at, category) in chart.categories.iter().enumerate() {
            @let y = at as f64 * band;
            @if above {
                text x="0" y=(round(y + 14.0)) { (fit(category, WIDTH)) }
            } @else {
                text.end x=(round(left - 8.0)) y=(round(y + lanes * BAR_THICKNESS / 2.0 + FONT_SIZE * 0.36)) { (category) }
            }
            @for piece in pieces(chart, at, stacked) {
                @let top = y + head + piece.lane as f64 * BAR_THICKNESS;
                @let (start, end) = (x(piece.from.min(piece.to)), x(piece.from.max(piece.to)));
                (bar(id, piece.series, start, top + 1.0, end - start, BAR_THICKNESS - 2.0))
                (horizontal_value(&piece, stacked, start, end, top + BAR_THICKNESS / 2.0 + FONT_SIZE * 0.36))
            }
        }
        path.axis d={ "M" (round(x(0.0))) " 0V" (round(chart.categories.len() as f64 * band - 10.0)) } {}
    };
    Drawing {
        height: chart.categories.len() as f64 * band - 6.0,
        content,
    }
}

fn horizontal_value(piece: &Piece, stacked: bool, start: f64, end: f64, y: f64) -> Markup {
    let text = number(piece.value);
    html! {
        @if stacked {
            @if end - start >= width(&text) + 4.0 {
                text.value.middle x=(round((start + end) / 2.0)) y=(round(y)) { (text) }
            }
        } @else if piece.value < 0.0 {
            text.value.end x=(round(start - 4.0)) y=(round(y)) { (text) }
        } @else {
            text.value x=(round(end + 4.0)) y=(round(y)) { (text) }
        }
    }
}

/// Draws vertical bars; none if their names or numbers do not fit.
pub(super) fn vertical(chart: &Chart, id: &str, stacked: bool) -> Option<Drawing> {
    let lanes = if stacked { 1 } else { chart.series.len() } as f64;
    let band = WIDTH / chart.categories.len() as f64;
    let thick = (band * 0.76 / lanes).min(48.0);
    let names = widest(chart.categories.iter().map(String::as_str));
    if names > band - 4.0
        || widest_value(chart)
            > if stacked {
                band
            } else {
                thick.max(band / lanes - 2.0)
            }
    {
        return None;
    }
    let scale = Scale::exact(values(chart, stacked).into_iter());
    let y = |value: f64| LINE_HEIGHT + (1.0 - scale.share(value)) * PLOT_HEIGHT;
    let bottom = LINE_HEIGHT
        + PLOT_HEIGHT
        + if scale.share(0.0) > 0.0 {
            LINE_HEIGHT
        } else {
            0.0
        };
    let content = html! {
        @for (at, category) in chart.categories.iter().enumerate() {
            @let middle = (at as f64 + 0.5) * band;
            @let left = middle - lanes * thick / 2.0;
            @for piece in pieces(chart, at, stacked) {
                @let start = left + piece.lane as f64 * thick;
                @let (top, foot) = (y(piece.from.max(piece.to)), y(piece.from.min(piece.to)));
                (bar(id, piece.series, start + 1.0, top, thick - 2.0, foot - top))
                (vertical_value(&piece, stacked, start + thick / 2.0, top, foot))
            }
            text.middle x=(round(middle)) y=(round(bottom + 16.0)) { (category) }
        }
        path.axis d={ "M0 " (round(y(0.0))) "H" (round(WIDTH)) } {}
    };
    Some(Drawing {
        height: bottom + LINE_HEIGHT + 2.0,
        content,
    })
}

fn vertical_value(piece: &Piece, stacked: bool, x: f64, top: f64, foot: f64) -> Markup {
    let text = number(piece.value);
    html! {
        @if stacked {
            @if foot - top >= FONT_SIZE + 2.0 {
                text.value.middle x=(round(x)) y=(round((top + foot) / 2.0 + FONT_SIZE * 0.36)) { (text) }
            }
        } @else if piece.value < 0.0 {
            text.value.middle x=(round(x)) y=(round(foot + 15.0)) { (text) }
        } @else {
            text.value.middle x=(round(x)) y=(round(top - 5.0)) { (text) }
        }
    }
}

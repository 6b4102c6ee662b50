//! Scales of chart axes, with round ticks.

/// The range of an axis; always includes zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// Creates a scale that covers the values in about `steps` round steps.
    pub(super) fn covering(values: impl Iterator<Item = f64>, steps: usize) -> Scale {
        let (low, high) = range(values);
        let step = round_step((high - low) / steps as f64);
        Scale {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
        }
    }

    /// Creates a scale that ends at the extreme values, for charts with data labels.
    pub(super) fn exact(values: impl Iterator<Item = f64>) -> Scale {
        let (low, high) = range(values);
        Scale {
            low,
            high,
            step: high - low,
        }
    }

    /// Returns the position of a value on the scale, from 0 to 1.
    pub(super) fn share(self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// Returns the ticks in ascending order.
    pub(super) fn ticks(self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        // Rounds to the digits of the step, so that 3 × 0.1 is 0.3.
        let digits = (-self.step.log10().floor()).max(0.0) as i32;
        let unit = 10f64.powi(digits);
        (0..=count)
            .map(|at| ((self.low + self.step * at as f64) * unit).round() / unit)
            .collect()
    }
}

/// Returns the minimum and maximum of the values and zero, never equal.
fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((0.0_f64, 0.0_f64), |(low, high), value| {
            (low.min(value), high.max(value))
        });
    if low == high { (0.0, 1.0) } else { (low, high) }
}

/// Returns the smallest of 1, 2 and 5 times a power of ten that is at least `rough`.
fn round_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let times = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|times| times * power >= rough);
    times.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        let ticks = |values: &[f64]| Scale::covering(values.iter().copied(), 4).ticks();
        assert_eq!(ticks(&[3.0, 17.0]), [0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(ticks(&[0.3]), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(ticks(&[-4.0, 6.0]), [-5.0, 0.0, 5.0, 10.0]);
        assert_eq!(ticks(&[]), [0.0, 0.5, 1.0]);
        assert_eq!(ticks(&[f64::NAN, 2e9]), [0.0, 5e8, 1e9, 1.5e9, 2e9]);
    }

    #[test]
    fn shares_increase_with_values() {
        let scale = Scale::covering([20.0].into_iter(), 4);
        assert_eq!(scale.share(0.0), 0.0);
        assert_eq!(scale.share(5.0), 0.25);
    }
}

//! From values to lengths: the range of an axis and its round steps.

/// The range that an axis covers, from a round number to a round number, always with zero in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// A scale that covers the values, in about `steps` round steps.
    pub(super) fn covering(values: impl Iterator<Item = f64>, steps: usize) -> Scale {
        let (low, high) = range(values);
        let step = round_step((high - low) / steps as f64);
        Scale {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
        }
    }

    /// A scale that ends where the values end, for numbers that are written beside what stands for them.
    pub(super) fn exact(values: impl Iterator<Item = f64>) -> Scale {
        let (low, high) = range(values);
        Scale {
            low,
            high,
            step: high - low,
        }
    }

    /// Where a value lies on the scale: 0 at its low end, 1 at its high end.
    pub(super) fn share(self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// The round numbers on the scale, from low to high.
    pub(super) fn ticks(self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        // Rounded to what a step can show, so that 3 × 0.1 is 0.3.
        let digits = (-self.step.log10().floor()).max(0.0) as i32;
        let unit = 10f64.powi(digits);
        (0..=count)
            .map(|at| ((self.low + self.step * at as f64) * unit).round() / unit)
            .collect()
    }
}

/// The least and the greatest of the values and zero; never the same.
fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((0.0_f64, 0.0_f64), |(low, high), value| {
            (low.min(value), high.max(value))
        });
    if low == high { (0.0, 1.0) } else { (low, high) }
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `rough`.
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
    fn shares_run_from_low_to_high() {
        let scale = Scale::covering([20.0].into_iter(), 4);
        assert_eq!(scale.share(0.0), 0.0);
        assert_eq!(scale.share(5.0), 0.25);
    }
}

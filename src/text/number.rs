//! Shares.

use std::fmt;

/// A share in tenths of a percent: 197 is 19.7%.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(pub u64);

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{}%", self.0 / 10, self.0 % 10))
    }
}

/// The share of a number in a whole, to one decimal of a percent, rounded half up; none of 0.
pub fn share(value: u64, of: u64) -> Option<Share> {
    if of == 0 {
        return None;
    }
    let twice = (u128::from(value) * 2000 + u128::from(of)) / (u128::from(of) * 2);
    u64::try_from(twice).ok().map(Share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: u64, of: u64) -> String {
        share(value, of).unwrap().to_string()
    }

    #[test]
    fn shares_have_one_decimal_rounded_half_up() {
        assert_eq!(shown(113, 574), "19.7%");
        assert_eq!(shown(36, 113), "31.9%");
        assert_eq!(shown(68, 113), "60.2%");
        assert_eq!(shown(1, 2000), "0.1%");
        assert_eq!(shown(1, 2001), "0.0%");
        assert_eq!(shown(5, 5), "100.0%");
        assert_eq!(shown(u64::MAX, u64::MAX), "100.0%");
        assert_eq!(share(3, 0), None);
    }
}

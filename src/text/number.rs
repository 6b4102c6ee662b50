//! Percentages, and numbers in Chinese.

use std::fmt;

/// A percentage in units of 0.1 %: 197 is 19.7%.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(pub u64);

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{}%", self.0 / 10, self.0 % 10))
    }
}

/// Returns a number as a percentage of a whole, to one decimal, rounded half up; none if the whole is 0.
pub fn share(value: u64, of: u64) -> Option<Share> {
    if of == 0 {
        return None;
    }
    let twice = (u128::from(value) * 2000 + u128::from(of)) / (u128::from(of) * 2);
    u64::try_from(twice).ok().map(Share)
}

/// Returns a number from 1 to 99 in Chinese numerals, for headings: 一, 十二, 二十.
pub fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: u32| DIGITS[at as usize % 10];
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (tens, ones) if number < 100 => {
            let tens = if tens == 1 { "" } else { digit(tens) };
            let ones = if ones == 0 { "" } else { digit(ones) };
            format!("{tens}十{ones}")
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: u64, of: u64) -> String {
        share(value, of).unwrap().to_string()
    }

    #[test]
    fn percentages_have_one_decimal_rounded_half_up() {
        assert_eq!(shown(113, 574), "19.7%");
        assert_eq!(shown(36, 113), "31.9%");
        assert_eq!(shown(68, 113), "60.2%");
        assert_eq!(shown(1, 2000), "0.1%");
        assert_eq!(shown(1, 2001), "0.0%");
        assert_eq!(shown(5, 5), "100.0%");
        assert_eq!(shown(u64::MAX, u64::MAX), "100.0%");
        assert_eq!(share(3, 0), None);
    }

    #[test]
    fn numbers_have_chinese_numerals() {
        let counted: Vec<_> = [1, 9, 10, 12, 20, 35].into_iter().map(chinese).collect();
        assert_eq!(counted, ["一", "九", "十", "十二", "二十", "三十五"]);
    }
}

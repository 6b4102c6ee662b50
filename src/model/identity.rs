//! Numbers of identity cards (GB 11643—1999): a region, a day of birth, a serial number and a check character.

use chrono::NaiveDate;

use super::child::Gender;

/// What a number says about its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The day of birth.
    pub birth: NaiveDate,
    /// The gender.
    pub gender: Gender,
}

/// Why a text is no number of an identity card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
    /// Not seventeen digits and a digit or X.
    Form,
    /// The digits of the day of birth are no day.
    Birth,
    /// The check character is not the one that follows from the digits.
    Check,
}

/// Weights of the seventeen digits (GB 11643, from ISO 7064 MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// The check character for each remainder.
const CHECKS: [u8; 11] = *b"10X98765432";

/// What the number of an identity card says.
///
/// # Errors
///
/// Why it is none.
pub fn identity(text: &str) -> Result<Identity, NotANumber> {
    let bytes = text.as_bytes();
    let (digits, check) = match bytes {
        [digits @ .., check] if digits.len() == 17 => (digits, check.to_ascii_uppercase()),
        _ => return Err(NotANumber::Form),
    };
    if !digits.iter().all(u8::is_ascii_digit) || !(check.is_ascii_digit() || check == b'X') {
        return Err(NotANumber::Form);
    }
    let birth = NaiveDate::parse_from_str(&text[6..14], "%Y%m%d").map_err(|_| NotANumber::Birth)?;
    let sum: u32 = digits
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    if CHECKS[(sum % 11) as usize] != check {
        return Err(NotANumber::Check);
    }
    let gender = match (digits[16] - b'0') % 2 {
        1 => Gender::Male,
        _ => Gender::Female,
    };
    Ok(Identity { birth, gender })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_own_example_holds() {
        // The example of GB 11643 itself: a woman born on the last day of 1949.
        assert_eq!(
            identity("11010519491231002X"),
            Ok(Identity {
                birth: NaiveDate::from_ymd_opt(1949, 12, 31).unwrap(),
                gender: Gender::Female
            })
        );
        assert_eq!(
            identity("11010519491231002x").map(|i| i.gender),
            Ok(Gender::Female)
        );
        assert_eq!(identity("110105194912310021"), Err(NotANumber::Check));
        assert_eq!(identity("11010519491331002X"), Err(NotANumber::Birth));
        assert_eq!(identity("11010519491231002"), Err(NotANumber::Form));
        assert_eq!(identity("1101051949123100２X"), Err(NotANumber::Form));
    }
}

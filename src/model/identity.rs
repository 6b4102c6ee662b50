//! Identity card numbers (GB 11643—1999): a region, a date of birth, a serial number and a check character.

use chrono::NaiveDate;

use super::child::Gender;

/// The information about the holder in an identity card number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The date of birth.
    pub birth: NaiveDate,
    /// The gender.
    pub gender: Gender,
}

/// The reason why a text is not an identity card number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
    /// It does not consist of seventeen digits and a digit or X.
    Form,
    /// The digits of the date of birth are not a date.
    Birth,
    /// The check character does not match the digits.
    Check,
}

/// The weights of the seventeen digits (GB 11643, after ISO 7064 MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// The check character for each remainder.
const CHECKS: [u8; 11] = *b"10X98765432";

/// Parses an identity card number.
///
/// # Errors
///
/// The text is not a valid number.
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
    fn the_example_of_the_standard_is_valid() {
        // The example in GB 11643: a woman born on the last day of 1949.
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

//! The key of a school: a short random word that tells it from others of its name.

/// The letters of a key: those of ids, which nobody mistakes for one another.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A new key: a letter, so that no reader takes it for a number, and seven letters or digits.
///
/// # Errors
///
/// The system has no random bytes.
pub fn new_key() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)?;
    let letter = |(at, byte): (usize, &u8)| {
        let place = usize::from(*byte);
        let letters = if at == 0 {
            &LETTERS[10..]
        } else {
            &LETTERS[..]
        };
        char::from(letters[place % letters.len()])
    };
    Ok(bytes.iter().enumerate().map(letter).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::school::is_key;

    #[test]
    fn a_new_key_is_one_and_no_other() {
        let keys: std::collections::HashSet<String> =
            (0..100).map(|_| new_key().unwrap()).collect();
        assert_eq!(keys.len(), 100);
        assert!(keys.iter().all(|key| is_key(key) && key.len() == 8));
    }
}

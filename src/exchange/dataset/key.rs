//! The key of a school: a short random word that distinguishes schools of the same name.

/// The alphabet of keys and ids, without letters that are easily confused.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Generates a key: a letter, so that it is never parsed as a number, and seven letters or digits.
///
/// # Errors
///
/// The system provides no random bytes.
pub fn new_key() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)?;
    let letter = |(at, byte): (usize, &u8)| {
        let place = usize::from(*byte);
        let letters = if at == 0 {
            &ALPHABET[10..]
        } else {
            &ALPHABET[..]
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

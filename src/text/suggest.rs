//! The nearest of some known words to one that was mistyped.

/// The nearest word; none where all are too different to be meant.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let nearest = scored(wanted, candidates).min_by_key(|(distance, _)| *distance)?;
    let length = wanted.chars().count();
    // Of a word with nothing in common nobody thought.
    (nearest.0 <= length.max(3) / 3 && nearest.0 < length).then_some(nearest.1)
}

/// The nearest word where no other can be meant as well, so that it may be put in the place of the mistyped one.
pub fn certain<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut scored: Vec<_> = scored(wanted, candidates).collect();
    scored.sort_by_key(|(distance, _)| *distance);
    let (distance, word) = *scored.first()?;
    let alone = scored.get(1).is_none_or(|(next, _)| *next > distance);
    let length = wanted.chars().count();
    (alone && distance <= length.max(3) / 3 && distance * 2 < length).then_some(word)
}

fn scored<'a>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = (usize, &'a str)> {
    // Nothing longer is any word that could be meant.
    let wanted = (wanted.len() <= 200).then(|| wanted.to_lowercase());
    candidates.into_iter().filter_map(move |word| {
        let wanted = wanted.as_ref()?;
        let distance = strsim::damerau_levenshtein(wanted, &word.to_lowercase());
        Some((distance, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_put_right_only_where_one_alone_can_be_meant() {
        let who = ["child", "father", "mother", "sibling"];
        assert_eq!(certain("fahter", who), Some("father"));
        assert_eq!(certain("Father", who), Some("father"));
        // As near to the one as to the other.
        assert_eq!(nearest("fother", who), Some("father"));
        assert_eq!(certain("fother", who), None);
        assert_eq!(nearest("teacher", who), None);
        assert_eq!(nearest("张", ["甲"]), None);
        // Half of the word is wrong.
        assert_eq!(certain("on", ["in", "out"]), None);
    }
}

//! Suggestions for mistyped words.

/// Returns the nearest word; none if all are too different.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let nearest = scored(wanted, candidates).min_by_key(|(distance, _)| *distance)?;
    let length = wanted.chars().count();
    // A word that shares nothing with the input is not a suggestion.
    (nearest.0 <= length.max(3) / 3 && nearest.0 < length).then_some(nearest.1)
}

/// Returns the nearest word if it is unambiguous, so that it may replace the mistyped one.
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
    // Limits the cost: no known word is longer.
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
    fn only_unambiguous_corrections_are_certain() {
        let who = ["child", "father", "mother", "sibling"];
        assert_eq!(certain("fahter", who), Some("father"));
        assert_eq!(certain("Father", who), Some("father"));
        // Both are equally near.
        assert_eq!(nearest("fother", who), Some("father"));
        assert_eq!(certain("fother", who), None);
        assert_eq!(nearest("teacher", who), None);
        assert_eq!(nearest("张", ["甲"]), None);
        // Half of the word would change.
        assert_eq!(certain("on", ["in", "out"]), None);
    }
}

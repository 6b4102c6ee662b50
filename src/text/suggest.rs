//! The nearest of some known words to one that was mistyped.

/// The nearest word; none where all are too different to be meant.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer than any word that could be meant.
    if wanted.len() > 200 {
        return None;
    }
    let wanted = wanted.to_lowercase();
    let scored = candidates.into_iter().map(|word| {
        (
            strsim::damerau_levenshtein(&wanted, &word.to_lowercase()),
            word,
        )
    });
    let (distance, word) = scored.min_by_key(|(distance, _)| *distance)?;
    (distance <= wanted.chars().count().max(3) / 3).then_some(word)
}

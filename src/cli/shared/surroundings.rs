//! Collects the surroundings of the records: repository, remotes, permissions, copies.

use std::collections::HashSet;

use crate::analysis::mention::{CardField, card_fields};
use crate::cli::shared::git_error::git_words;
use crate::cli::shared::session::Session;
use crate::model::Records;
use crate::model::surroundings::Surroundings;
use crate::store::Store;
use crate::store::layout::ENDING;

/// Collects the surroundings of the records.
///
/// # Errors
///
/// Git fails.
pub(crate) fn surroundings(
    session: &Session,
    store: &Store,
    records: &Records,
) -> anyhow::Result<Surroundings> {
    let papers = records.documents.iter();
    let papers = papers.filter_map(|paper| paper.file.clone());
    let photos = records.activities.iter();
    let photos = photos.flat_map(|activity| activity.photos.iter().map(ToString::to_string));
    let mentioned: HashSet<String> = papers.chain(photos).collect();
    let mut surroundings = store
        .surroundings(&mentioned)
        .map_err(|fault| anyhow::anyhow!(git_words(&fault, session.lang)))?;
    let holds_number = |path: &&String| {
        let is_text = [ENDING, ".md", ".txt"]
            .iter()
            .any(|ending| path.ends_with(ending));
        let text = is_text.then(|| store.text(path).unwrap_or_default());
        let text = text.unwrap_or_default();
        card_fields(&text).any(|(_, field)| field == CardField::Other)
    };
    surroundings.numbers = (surroundings.paths.iter().filter(holds_number).cloned()).collect();
    Ok(surroundings)
}

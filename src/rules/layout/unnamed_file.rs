//! Proposes a name for a record that was created by hand under another name.

use sha2::{Digest, Sha256};

use crate::diagnostic::{Finding, Fix};
use crate::model::{Date, DateTime, Id, Naming, with_kind};
use crate::store::layout;
use crate::store::rules::layout::BAD_FILE_NAME;
use crate::store::{Store, decode, path_of};
use crate::text::Text;

/// The help with the proposed name.
static RENAME: Text = Text::new(
    "改名为 { $to }：用 cuncao validate --fix",
    "rename it to { $to }: run cuncao validate --fix",
);

/// Adds the proposed path as a fix to a finding. The id is derived from path and text, so that it is reproducible.
/// There is no fix for a name that begins with an id, because the file may be a copy of that record.
pub(in crate::rules) fn named(store: &Store, finding: Finding) -> Finding {
    if finding.rule != &BAD_FILE_NAME {
        return finding;
    }
    match place(store, &finding.path) {
        Some(to) => finding
            .help(&RENAME)
            .fix(Some(Fix::Move(to.clone())))
            .with("to", to),
        None => finding,
    }
}

fn place(store: &Store, path: &str) -> Option<String> {
    let (folder, rest) = path.split_once('/')?;
    let kind = layout::kind_of_folder(folder)?;
    let stem = rest.rsplit('/').next()?.strip_suffix(layout::ENDING)?;
    let is_like_an_id = stem.char_indices().any(|(at, _)| {
        let (before, _) = stem.split_at(at);
        Id::parse(kind, before).is_some()
    });
    if is_like_an_id || Id::parse(kind, stem).is_some() {
        return None;
    }
    let text = store.text(path).ok()?;
    // A file that cannot be parsed is not renamed.
    with_kind!(kind, K => decode::reference::<K>(&text).is_ok()).then_some(())?;
    let table: toml::Table = toml::from_str(&text).ok()?;
    let day = match kind.naming() {
        Naming::Dated(_) => {
            let literal = table
                .get(kind.info().day_field?)?
                .as_datetime()?
                .to_string();
            let day = literal.parse::<Date>().map(|date| date.0);
            day.or_else(|_| literal.parse::<DateTime>().map(|at| at.0.date()))
                .ok()?
        }
        _ => chrono::NaiveDate::default(),
    };
    let digest = Sha256::digest(format!("{path}\0{text}"));
    let mut bytes = digest.iter().copied();
    let random = std::iter::from_fn(|| {
        Some(u32::from_le_bytes([
            bytes.next()?,
            bytes.next()?,
            bytes.next()?,
            bytes.next()?,
        ]))
    });
    let mut ids = random.filter_map(|random| Id::new(kind, day, random));
    ids.find(|id| !store.has(*id)).map(path_of)
}

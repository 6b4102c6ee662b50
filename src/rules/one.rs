//! One proposed record, checked before it is written: nothing is read but what it names.

use chrono::NaiveDate;

use super::judge::{Judged, judged_in};
use super::levels::Levels;
use super::record::{self, Context};
use super::reference::{Lifetime, Looked, Lookup, references};
use crate::diagnostic::Finding;
use crate::model::child::Child;
use crate::model::{Entry, HasTable, Id, Kind, Record, Records, School, with_kind};
use crate::store::decode::{self, Prose};
use crate::store::read::Source;
use crate::store::surface::surface;
use crate::store::{SCHOOL_FILE, Store, check, layout};

/// What `validate` would find in a file if it held a text: what the text itself says, and whether those whom it names
/// exist on its day. That costs the same in a directory of any size; what it takes all records to know, such as
/// pairings that overlap, is left to `validate`. The file need not exist.
pub fn check_one(
    store: &Store,
    school: &School,
    today: NaiveDate,
    path: &str,
    text: &str,
) -> Vec<Judged> {
    let context = Context {
        store,
        school,
        today,
    };
    let findings = match layout::id_of(path) {
        Some(id) => with_kind!(id.kind(), K => of_record::<K>(&context, id, path, text)),
        None if path == SCHOOL_FILE => check::inspect(School::shape(), path, text.as_bytes()),
        None => Vec::new(),
    };
    let levels = Levels::of(&school.validate).unwrap_or_default();
    judged_in(findings, &levels, text, None)
}

/// Looks at the files of those who are named.
struct Files<'a> {
    store: &'a Store,
    /// The record that is proposed: it need not exist to be named by itself.
    proposed: Id,
}

impl Lookup for Files<'_> {
    fn look(&self, id: Id) -> Looked {
        if id == self.proposed {
            return Looked::There;
        }
        // A record that lies in a wrong folder is looked for only where it is not in its own.
        let Some(path) = self.store.path_of_record(id) else {
            return Looked::Unknown;
        };
        if id.kind() != Kind::Child {
            return Looked::There;
        }
        let text = self.store.text(&path).unwrap_or_default();
        match decode::decode::<Child>(&text, Prose::Skip) {
            Some(child) => Looked::Child(Lifetime::of(&child)),
            None => Looked::There,
        }
    }

    fn path(&self, id: Id) -> String {
        let path = self.store.path_of_record(id);
        path.unwrap_or_else(|| layout::path_of(id))
    }

    fn nearest(&self, _: Id) -> Option<Id> {
        None
    }
}

fn of_record<K: Record>(context: &Context<'_>, id: Id, path: &str, text: &str) -> Vec<Finding>
where
    Records: HasTable<K>,
{
    let record = match check::read::<K>(path, text.as_bytes()) {
        Ok((record, _)) => record,
        Err(mut findings) => {
            findings.extend(surface(path, text));
            return findings;
        }
    };
    let entry = Entry { id, record };
    let source = Source {
        path: &|| path.to_owned(),
        text,
        parsed: None,
        in_place: layout::path_of(id) == path,
    };
    let mut findings = Vec::new();
    record::record(context, &entry, &source, &mut findings);
    let known = Files {
        store: context.store,
        proposed: id,
    };
    references(&known, &entry, source.path, &mut findings);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::{Content, SOUND, TODAY};
    use crate::rules::tests::lay;
    use crate::rules::{Options, RULES};

    /// Rules that take all records, or that are about something else than a record's file.
    const OF_THE_WHOLE: [&str; 15] = [
        "bad-recipient",
        "not-utf8",
        "too-large",
        "bad-file-name",
        "symlink",
        "name-in-path",
        "stray-file",
        "duplicate-child",
        "overlapping-pairing",
        "overlapping-terms",
        "fund-overdrawn",
        "lent-more-than-held",
        "caseload-exceeded",
        "duty-missed",
        "unreadable",
    ];

    #[test]
    fn a_proposal_is_judged_as_the_whole_directory_would_be_with_it() {
        for rule in RULES {
            for example in [&rule.breaks, &rule.keeps] {
                let folder = tempfile::tempdir().unwrap();
                lay(folder.path(), &SOUND);
                lay(folder.path(), example);
                let store = Store::at(folder.path());
                let today = TODAY.parse().unwrap();
                let mut proposed = Vec::new();
                for (path, content) in example.0 {
                    if let Content::Text(text) = content {
                        let Ok(school) = store.school() else { continue };
                        proposed.extend(check_one(&store, &school, today, path, text));
                    }
                }
                let options = Options {
                    today,
                    levels: None,
                    advanced: &|_| {},
                };
                let whole = crate::rules::check(&store, &options);
                let shown = |findings: &[Judged]| {
                    let of_record = findings
                        .iter()
                        .filter(|judged| !OF_THE_WHOLE.contains(&judged.finding.rule));
                    let mut lines: Vec<String> = of_record
                        .map(|Judged { level, finding, .. }| {
                            let Finding {
                                rule,
                                path,
                                place,
                                message,
                                related,
                                ..
                            } = finding;
                            format!("{level:?} {rule} {path} {place:?} {message:?} {related:?}")
                        })
                        .collect();
                    lines.sort();
                    lines
                };
                assert_eq!(shown(&proposed), shown(&whole), "{}", rule.name);
            }
        }
    }
}

//! Findings with their places in the texts, for those who show them.

use std::rc::Rc;

use super::run::Judged;
use crate::diagnostic::render::{Diagnostic, Spot};
use crate::diagnostic::{Finding, Place};
use crate::model::field::PathStep;
use crate::store::Store;
use crate::store::locate::locate;

/// Fields whose lines are shown to nobody.
const CONFIDENTIAL: [&str; 2] = ["id_number", "confidential"];

/// Finds the places of findings, which come in the order of the paths: each file is read once more.
pub struct Places<'a> {
    store: &'a Store,
    last: (String, Option<Rc<str>>),
}

impl<'a> Places<'a> {
    /// For the files of a records directory.
    pub fn new(store: &'a Store) -> Places<'a> {
        Places {
            store,
            last: (String::new(), None),
        }
    }

    /// The findings about one file with their places, in the order of these.
    pub fn of_file(&mut self, findings: &[Judged]) -> Vec<Diagnostic> {
        let diagnostics = findings.iter().map(|judged| self.diagnose(judged));
        let mut diagnostics: Vec<Diagnostic> = diagnostics.collect();
        diagnostics
            .sort_by_key(|diagnostic| (diagnostic.spot.span.start, diagnostic.spot.span.end));
        diagnostics
    }

    /// A finding with its place.
    pub fn diagnose(&mut self, judged: &Judged) -> Diagnostic {
        let Finding {
            rule,
            path,
            place,
            message,
            help,
            related,
            fix,
        } = &judged.finding;
        let spot = self.spot(path, place);
        let related = related.iter().map(|related| {
            let place = match &related.place {
                Place::File => None,
                place => read(self.store, &related.path).map(|text| (locate(&text, place), text)),
            };
            let (span, text) = match place {
                Some((span, text)) => (span, Some(text)),
                None => (0..0, None),
            };
            let path = related.path.clone();
            let shown = is_shown(&related.place);
            (
                Spot {
                    path,
                    text,
                    span,
                    shown,
                },
                related.message.clone(),
            )
        });
        Diagnostic {
            rule,
            level: judged.level,
            spot,
            message: message.clone(),
            help: help.clone(),
            related: related.collect(),
            fixable: fix.is_some(),
        }
    }

    fn spot(&mut self, path: &str, place: &Place) -> Spot {
        let text = match place {
            Place::File => None,
            _ => {
                if self.last.0 != path {
                    self.last = (path.to_owned(), read(self.store, path));
                }
                self.last.1.clone()
            }
        };
        let span = text.as_deref().map_or(0..0, |text| locate(text, place));
        Spot {
            path: path.to_owned(),
            text,
            span,
            shown: is_shown(place),
        }
    }
}

fn read(store: &Store, path: &str) -> Option<Rc<str>> {
    store.shown_text(path).ok().map(Rc::from)
}

fn is_shown(place: &Place) -> bool {
    let (Place::Field(field) | Place::Key(field)) = place else {
        return true;
    };
    !field
        .0
        .iter()
        .any(|step| matches!(step, PathStep::Key(key) if CONFIDENTIAL.contains(&key.as_str())))
}

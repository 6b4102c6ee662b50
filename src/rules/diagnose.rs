//! Locates findings in the texts of files, for display.

use std::borrow::Cow;

use super::report::Reported;
use crate::diagnostic::render::{Diagnostic, SourceSpan};
use crate::diagnostic::{Finding, Place};
use crate::model::Step;
use crate::store::Store;
use crate::store::locate::locate;

/// Fields whose lines are never shown.
const CONFIDENTIAL: [&str; 2] = ["id_number", "confidential"];

/// Locates a finding for display. `text` is that of its own file, unless the finding is about the whole file; other
/// related files are read.
pub fn diagnose<'a>(
    store: &Store,
    reported: &'a Reported,
    text: Option<&'a str>,
) -> Diagnostic<'a> {
    let Finding {
        rule,
        path,
        place,
        message,
        help,
        related,
        fix,
    } = &reported.finding;
    let related = related.iter().map(|related| {
        let text = match &related.place {
            Place::File => None,
            _ => store.shown_text(&related.path).ok(),
        };
        let spot = SourceSpan {
            path: &related.path,
            span: text
                .as_deref()
                .map_or(0..0, |text| locate(text, &related.place)),
            text: text.map(Cow::Owned),
            shown: is_shown(&related.place),
        };
        (spot, &related.message)
    });
    Diagnostic {
        rule,
        severity: reported.severity,
        spot: SourceSpan {
            path,
            text: text.map(Cow::Borrowed),
            span: reported.span.clone(),
            shown: is_shown(place),
        },
        message,
        help: help.as_ref(),
        related: related.collect(),
        fixable: fix.is_some(),
    }
}

fn is_shown(place: &Place) -> bool {
    let (Place::Field(field) | Place::Key(field)) = place else {
        return true;
    };
    !field
        .0
        .iter()
        .any(|step| matches!(step, Step::Key(key) if CONFIDENTIAL.contains(&key.as_ref())))
}

//! For people: the line in question with a mark below the characters that are meant.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Shown, Origin, Renderer, Snippet};

use super::{Diagnostic, Level, Spot};
use crate::text::{Lang, sanitize};
use crate::tr;

/// A finding in several lines, with colours where they are wanted.
pub fn text(diagnostic: &Diagnostic, lang: Lang, coloured: bool) -> String {
    let (level, name) = match diagnostic.level {
        Level::Error => (Shown::ERROR, tr!(lang, "rule-level-error")),
        Level::Warning => (Shown::WARNING, tr!(lang, "rule-level-warning")),
    };
    let (note, help) = (tr!(lang, "rule-level-note"), tr!(lang, "rule-level-help"));
    let message = diagnostic.message.text(lang);
    let title = level
        .with_name(name)
        .primary_title(sanitize::terminal(&message).into_owned())
        .id(diagnostic.rule);
    let mut groups = vec![place(
        Group::with_title(title),
        &diagnostic.spot,
        AnnotationKind::Primary,
    )];
    for (spot, message) in &diagnostic.related {
        let message = sanitize::terminal(&message.text(lang)).into_owned();
        let title = Shown::NOTE.with_name(note.clone()).secondary_title(message);
        groups.push(place(
            Group::with_title(title),
            spot,
            AnnotationKind::Context,
        ));
    }
    if let Some(message) = &diagnostic.help {
        let message = sanitize::terminal(&message.text(lang)).into_owned();
        groups.push(Group::with_title(
            Shown::HELP.with_name(help).secondary_title(message),
        ));
    }
    let renderer = if coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&groups)
}

/// Lines with more bytes are not shown: nobody sees what is meant in them.
const LONGEST: usize = 8 << 10;

/// The whole lines in which a span lies.
fn lines(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..]
        .find('\n')
        .map_or(text.len(), |at| span.end + at);
    start..end
}

fn place<'a>(group: Group<'a>, spot: &'a Spot, kind: AnnotationKind) -> Group<'a> {
    let path = sanitize::terminal(&spot.path).into_owned();
    match &spot.text {
        Some(text)
            if spot.shown && !text.is_empty() && lines(text, &spot.span).len() <= LONGEST =>
        {
            // Only the lines that are meant: whoever draws them looks at all that it is given.
            let around = lines(text, &spot.span);
            let first = text[..around.start].matches('\n').count() + 1;
            let span = spot.span.start - around.start..spot.span.end - around.start;
            let snippet = Snippet::source(&text[around]).line_start(first);
            group.element(snippet.path(path).annotation(kind.span(span)))
        }
        Some(_) => {
            let (start, _) = spot.positions();
            group.element(
                Origin::path(path)
                    .line(start.line)
                    .char_column(start.column),
            )
        }
        None => group.element(Origin::path(path)),
    }
}

//! For people: the line in question with a mark below the characters that are meant.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};

use super::{Diagnostic, Level, Spot};
use crate::diagnostic::Message;
use crate::text::{Lang, sanitize};
use crate::tr;

/// How findings are shown to people: in a language, with colours where they are wanted.
#[derive(Debug)]
pub struct Shown {
    lang: Lang,
    renderer: Renderer,
    error: String,
    warning: String,
    note: String,
    help: String,
}

impl Shown {
    /// In a language, with or without colours.
    pub fn new(lang: Lang, coloured: bool) -> Shown {
        Shown {
            lang,
            renderer: match coloured {
                true => Renderer::styled(),
                false => Renderer::plain(),
            },
            error: tr!(lang, "rule-level-error"),
            warning: tr!(lang, "rule-level-warning"),
            note: tr!(lang, "rule-level-note"),
            help: tr!(lang, "rule-level-help"),
        }
    }

    /// A finding in several lines.
    pub fn text(&self, diagnostic: &Diagnostic<'_>) -> String {
        let words = |message: &Message| sanitize::terminal(&message.text(self.lang)).into_owned();
        let (level, name) = match diagnostic.level {
            Level::Error => (Title::ERROR, &self.error),
            Level::Warning => (Title::WARNING, &self.warning),
        };
        let title = level
            .with_name(name)
            .primary_title(words(diagnostic.message))
            .id(diagnostic.rule);
        let mut groups = vec![place(
            Group::with_title(title),
            &diagnostic.spot,
            AnnotationKind::Primary,
        )];
        for (spot, message) in &diagnostic.related {
            let title = Title::NOTE
                .with_name(&self.note)
                .secondary_title(words(message));
            groups.push(place(
                Group::with_title(title),
                spot,
                AnnotationKind::Context,
            ));
        }
        if let Some(message) = diagnostic.help {
            groups.push(Group::with_title(
                Title::HELP
                    .with_name(&self.help)
                    .secondary_title(words(message)),
            ));
        }
        self.renderer.render(&groups)
    }
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

fn place<'a>(group: Group<'a>, spot: &'a Spot<'_>, kind: AnnotationKind) -> Group<'a> {
    let path = sanitize::terminal(spot.path).into_owned();
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

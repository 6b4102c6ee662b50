//! Text format for people: the source lines with the location underlined.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};

use super::diagnostic::{Diagnostic, Position, SourceSpan};
use crate::diagnostic::{Message, Severity};
use crate::text::{Lang, sanitize};
use crate::tr;

/// The text renderer, for a language, with or without colours.
#[derive(Debug)]
pub struct TextRenderer {
    lang: Lang,
    renderer: Renderer,
    error: String,
    warning: String,
    note: String,
    help: String,
}

impl TextRenderer {
    /// Creates a renderer.
    pub fn new(lang: Lang, coloured: bool) -> TextRenderer {
        TextRenderer {
            lang,
            renderer: if coloured {
                Renderer::styled()
            } else {
                Renderer::plain()
            },
            error: tr!(lang, "severity-error"),
            warning: tr!(lang, "severity-warning"),
            note: tr!(lang, "severity-note"),
            help: tr!(lang, "severity-help"),
        }
    }

    /// Formats a finding in several lines.
    pub fn text(&self, diagnostic: &Diagnostic<'_>) -> String {
        let path = sanitize::terminal(diagnostic.spot.path);
        let view = view(&diagnostic.spot);
        let words = |message: &Message| sanitize::terminal(&message.text(self.lang)).into_owned();
        let (level, name) = match diagnostic.severity {
            Severity::Error => (Title::ERROR, &self.error),
            Severity::Warning => (Title::WARNING, &self.warning),
        };
        let title = level
            .with_name(name)
            .primary_title(words(diagnostic.message))
            .id(diagnostic.rule.name);
        let group = Group::with_title(title);
        let mut groups = vec![place(group, path, &view, AnnotationKind::Primary)];
        for (spot, message) in &diagnostic.related {
            let title = Title::NOTE
                .with_name(&self.note)
                .secondary_title(words(message));
            let path = sanitize::terminal(spot.path).into_owned();
            let group = Group::with_title(title);
            groups.push(place(
                group,
                path,
                &self::view(spot),
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

/// What is shown of a location.
enum SourceView<'a> {
    /// Whole lines, the number of the first, and the byte range to underline.
    Lines {
        first: usize,
        text: &'a str,
        span: Range<usize>,
    },
    /// Only the position.
    Position(Position),
    /// The whole file.
    File,
}

/// The maximum length of the lines to show, in bytes; in longer ones an underline is not visible.
const MAX_LINE_BYTES: usize = 8 << 10;

/// Returns the byte range of the whole lines that contain a span.
fn lines(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..]
        .find('\n')
        .map_or(text.len(), |at| span.end + at);
    start..end
}

fn view<'a>(spot: &'a SourceSpan<'_>) -> SourceView<'a> {
    match &spot.text {
        Some(text)
            if spot.shown
                && !text.is_empty()
                && lines(text, &spot.span).len() <= MAX_LINE_BYTES =>
        {
            // Passes these lines only, because the renderer scans all the text that it is given.
            let around = lines(text, &spot.span);
            SourceView::Lines {
                first: memchr::memchr_iter(b'\n', &text.as_bytes()[..around.start]).count() + 1,
                span: spot.span.start - around.start..spot.span.end - around.start,
                text: &text[around],
            }
        }
        Some(_) => SourceView::Position(spot.positions().0),
        None => SourceView::File,
    }
}

fn place<'a>(
    group: Group<'a>,
    path: impl Into<Cow<'a, str>>,
    view: &SourceView<'a>,
    kind: AnnotationKind,
) -> Group<'a> {
    let path = path.into();
    match view {
        SourceView::Lines { first, text, span } => {
            let snippet = Snippet::source(*text).line_start(*first);
            group.element(snippet.path(path).annotation(kind.span(span.clone())))
        }
        SourceView::Position(Position { line, column }) => {
            group.element(Origin::path(path).line(*line).char_column(*column))
        }
        SourceView::File => group.element(Origin::path(path)),
    }
}

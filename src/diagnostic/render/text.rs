//! For people: the line in question with a mark below the characters that are meant.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};
use foldhash::HashMap;

use super::{Diagnostic, Level, Position, Spot};
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
    drawn: Mutex<HashMap<Box<[u8]>, Drawn>>,
}

/// A finding as it was drawn, before its path and after it.
#[derive(Debug)]
struct Drawn {
    before: Box<str>,
    after: Box<str>,
}

/// Stands for the path in what is drawn: no text that is shown has it, as the characters that do something are written
/// out.
const PATH: char = '\0';

/// So many drawn findings are kept.
const KEPT: usize = 4096;

/// Those that say more are not: few say the same.
const MUCH: usize = 1 << 10;

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
            drawn: Mutex::default(),
        }
    }

    /// A finding in several lines. Of a large school many say the same of the same line: each of these is drawn once.
    pub fn text(&self, diagnostic: &Diagnostic<'_>) -> String {
        let path = sanitize::terminal(diagnostic.spot.path);
        let seen = seen(&diagnostic.spot);
        let key = key(diagnostic, &seen);
        if !diagnostic.related.is_empty() || key.len() > MUCH {
            return self.draw(diagnostic, &seen, &path);
        }
        let lock = || self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Drawn { before, after }) = lock().get(key.as_slice()) {
            return [&**before, &*path, &**after].concat();
        }
        let drawn = self.draw(diagnostic, &seen, PATH.encode_utf8(&mut [0; 4]));
        let Some((before, after)) = drawn.split_once(PATH) else {
            return drawn;
        };
        let text = [before, &*path, after].concat();
        let (before, after) = (before.into(), after.into());
        let mut known = lock();
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(key.into(), Drawn { before, after });
        text
    }

    fn draw(&self, diagnostic: &Diagnostic<'_>, seen: &Seen<'_>, path: &str) -> String {
        let words = |message: &Message| sanitize::terminal(&message.text(self.lang)).into_owned();
        let (level, name) = match diagnostic.level {
            Level::Error => (Title::ERROR, &self.error),
            Level::Warning => (Title::WARNING, &self.warning),
        };
        let title = level
            .with_name(name)
            .primary_title(words(diagnostic.message))
            .id(diagnostic.rule);
        let group = Group::with_title(title);
        let mut groups = vec![place(group, path, seen, AnnotationKind::Primary)];
        for (spot, message) in &diagnostic.related {
            let title = Title::NOTE
                .with_name(&self.note)
                .secondary_title(words(message));
            let path = sanitize::terminal(spot.path).into_owned();
            let group = Group::with_title(title);
            groups.push(place(
                group,
                path,
                &self::seen(spot),
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

/// Everything that a drawn finding depends on besides its path. With its length each part stands for itself, whatever
/// is in it.
fn key(diagnostic: &Diagnostic<'_>, seen: &Seen<'_>) -> Vec<u8> {
    let mut key = Vec::with_capacity(256);
    let number = |key: &mut Vec<u8>, number: usize| key.extend_from_slice(&number.to_le_bytes());
    let text = |key: &mut Vec<u8>, text: &str| {
        number(key, text.len());
        key.extend_from_slice(text.as_bytes());
    };
    text(&mut key, diagnostic.rule);
    text(&mut key, diagnostic.level.name());
    for message in [Some(diagnostic.message), diagnostic.help] {
        let (id, arguments) = message.map_or(("", &[][..]), |message| {
            (message.id, message.arguments.as_slice())
        });
        text(&mut key, id);
        number(&mut key, arguments.len());
        for (name, value) in arguments {
            text(&mut key, name);
            text(&mut key, value);
        }
    }
    match seen {
        Seen::Lines {
            first,
            text: lines,
            span,
        } => {
            text(&mut key, lines);
            for at in [*first, span.start, span.end] {
                number(&mut key, at);
            }
        }
        Seen::Position(Position { line, column }) => {
            number(&mut key, *line);
            number(&mut key, *column);
        }
        Seen::File => {}
    }
    key
}

/// What is seen of a place.
enum Seen<'a> {
    /// Whole lines, the first by its number, and the bytes of them that are meant.
    Lines {
        first: usize,
        text: &'a str,
        span: Range<usize>,
    },
    /// Only where it is.
    Position(Position),
    /// The file as a whole.
    File,
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

fn seen<'a>(spot: &'a Spot<'_>) -> Seen<'a> {
    match &spot.text {
        Some(text)
            if spot.shown && !text.is_empty() && lines(text, &spot.span).len() <= LONGEST =>
        {
            // Only the lines that are meant: whoever draws them looks at all that it is given.
            let around = lines(text, &spot.span);
            Seen::Lines {
                first: memchr::memchr_iter(b'\n', &text.as_bytes()[..around.start]).count() + 1,
                span: spot.span.start - around.start..spot.span.end - around.start,
                text: &text[around],
            }
        }
        Some(_) => Seen::Position(spot.positions().0),
        None => Seen::File,
    }
}

fn place<'a>(
    group: Group<'a>,
    path: impl Into<Cow<'a, str>>,
    seen: &Seen<'a>,
    kind: AnnotationKind,
) -> Group<'a> {
    let path = path.into();
    match seen {
        Seen::Lines { first, text, span } => {
            let snippet = Snippet::source(*text).line_start(*first);
            group.element(snippet.path(path).annotation(kind.span(span.clone())))
        }
        Seen::Position(Position { line, column }) => {
            group.element(Origin::path(path).line(*line).char_column(*column))
        }
        Seen::File => group.element(Origin::path(path)),
    }
}

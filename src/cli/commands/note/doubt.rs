//! Errors of quick lines, including words that are probably misspelt names.

use super::context::NoteContext;
use crate::cli::shared::reference;
use crate::diagnostic::Message;
use crate::model::entered::day::{Towards, day};
use crate::model::{Id, Kind, KindSet};
use crate::text::{Lang, pinyin};

/// Why a line is not understood.
#[derive(Debug)]
pub(super) struct NoteError {
    pub(super) message: Message,
    pub(super) help: Option<Box<Message>>,
    /// An ambiguous word, with the persons it may refer to.
    pub(super) choice: Option<Box<(String, Vec<Id>)>>,
}

impl NoteError {
    pub(super) fn new(id: &'static str, found: &str) -> NoteError {
        NoteError {
            message: Message::new(id).with("found", found),
            help: None,
            choice: None,
        }
    }

    pub(super) fn help(mut self, help: Message) -> NoteError {
        self.help = Some(Box::new(help));
        self
    }
}

pub(super) fn several(name: &str, found: Vec<Id>) -> NoteError {
    let mut doubt = NoteError::new("command-note-several", name);
    doubt.choice = Some(Box::new((name.to_owned(), found)));
    doubt
}

/// An unknown name, with the nearest ones.
pub(super) fn unknown(
    id: &'static str,
    name: &str,
    context: NoteContext<'_>,
    kinds: KindSet,
) -> NoteError {
    let mut near = reference::nearest(context.people, name, kinds);
    if near.is_empty() && name.chars().count() >= 2 {
        let children = context.people.children.iter();
        let given = children.filter(|child| child.name.ends_with(name));
        near = given.map(|child| child.name.clone()).take(3).collect();
    }
    let mut doubt = NoteError::new(id, name);
    if !near.is_empty() {
        let ids = near
            .iter()
            .flat_map(|name| reference::of_name(context.people, name, kinds));
        doubt.choice = Some(Box::new((name.to_owned(), ids.collect())));
        let between = if context.lang == Lang::Zh {
            "、"
        } else {
            ", "
        };
        doubt = doubt.help(Message::new("argument-nearest").with("nearest", near.join(between)));
    }
    doubt
}

/// Refuses a word after the children that may be a misspelt child, a helper, or the day.
pub(super) fn not_meant_otherwise(word: &str, context: NoteContext<'_>) -> Result<(), NoteError> {
    let children = KindSet::of(&[Kind::Child]);
    if day(word, context.today, Towards::Past).is_ok()
        && !word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return Err(NoteError::new("command-note-day-or-words", word));
    }
    let length = word.chars().count();
    let is_name =
        (2..=4).contains(&length) && word.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    if !is_name {
        return Ok(());
    }
    if !reference::of_name(context.people, word, KindSet::of(&[Kind::Helper])).is_empty() {
        return Err(NoteError::new("command-note-helper-or-words", word));
    }
    let sound = pinyin::sort_key(word);
    let surname = word.chars().next();
    let is_near = context.people.children.iter().any(|child| {
        let is_alike = child.name.chars().count() == length
            && length >= 3
            && child.name.chars().next() == surname
            && strsim::damerau_levenshtein(&child.name, word) == 1;
        is_alike || pinyin::sort_key(&child.name) == sound
    });
    if is_near {
        return Err(unknown(
            "command-note-child-or-words",
            word,
            context,
            children,
        ));
    }
    Ok(())
}

/// Whether Latin letters after the children, in a line that is not English, may be a further child.
pub(super) fn may_be_spelled(word: &str, rest: &str, context: NoteContext<'_>) -> bool {
    let is_spelled = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_spelled {
        return false;
    }
    let after = rest.strip_prefix(word).unwrap_or_default();
    let next = after.trim_start().chars().next();
    let is_known =
        || !reference::of_pinyin(context.people, word, KindSet::of(&[Kind::Child])).is_empty();
    after.starts_with('、') || next.is_some_and(|c| !c.is_ascii()) && is_known()
}

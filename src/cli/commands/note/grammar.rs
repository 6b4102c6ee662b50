//! The grammar of a quick line: the mode of contact, the children, then text; `@` for the day, `!…@day` for a
//! follow-up, `+` for further helpers, `40分钟` for the duration.
//!
//! A word is taken as a child only if all of it is the child's name, pinyin or initials; anything ambiguous is an
//! error.

use chrono::{NaiveDate, NaiveTime};

use super::context::NoteContext;
use super::details::{self, Details};
use super::doubt::{NoteError, may_be_spelled, not_meant_otherwise, several, unknown};
use super::marks::Marks;
use crate::cli::shared::{fields, reference, values};
use crate::diagnostic::Message;
use crate::model::entered::day::{Towards, day};
use crate::model::entered::{self, squeezed};
use crate::model::shape::CodeWord;
use crate::model::{Class, Id, Kind, KindSet};
use crate::text::{Lang, suggest};

/// A parsed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// The code of the mode of contact.
    pub(super) mode: String,
    pub(super) children: Vec<Id>,
    pub(super) date: NaiveDate,
    pub(super) time: Option<NaiveTime>,
    pub(super) minutes: Option<u32>,
    /// The codes of the persons met, if stated.
    pub(super) met: Vec<String>,
    /// The helpers besides the current user.
    pub(super) helpers: Vec<Id>,
    /// The follow-ups, with due dates.
    pub(super) follow_ups: Vec<(String, NaiveDate)>,
    /// The codes of the topics, if stated.
    pub(super) topics: Vec<String>,
    pub(super) summary: String,
}

/// Modes of contact by words other than their labels.
const MODES: [(&str, &str); 21] = [
    ("谈话", "talk"),
    ("聊天", "talk"),
    ("打电话", "phone"),
    ("通话", "phone"),
    ("通电话", "phone"),
    ("入户", "home"),
    ("上门", "home"),
    ("上门家访", "home"),
    ("入户家访", "home"),
    ("心理疏导", "counselling"),
    ("疏导", "counselling"),
    ("写信", "letter"),
    ("信", "letter"),
    ("辅导", "tutoring"),
    ("作业辅导", "tutoring"),
    ("视频通话", "video"),
    ("微信视频", "video"),
    ("电话联系", "phone"),
    ("电话沟通", "phone"),
    ("入户走访", "home"),
    ("面谈", "talk"),
];

/// Words for relatives that may directly follow a child's name.
const KIN: [&str; 14] = [
    "奶奶", "爷爷", "外婆", "外公", "姥姥", "姥爷", "妈妈", "爸爸", "母亲", "父亲", "姑姑", "叔叔",
    "姐姐", "哥哥",
];

/// Titles that may follow a name.
const TITLES: [&str; 2] = ["同学", "小朋友"];

/// Punctuation that ends a word at the start of a line.
const WORD_ENDS: [char; 13] = [
    '，', ',', '、', '：', ':', '。', '；', ';', '/', '&', '【', '】', '\u{0}',
];

/// Parses a line.
///
/// # Errors
///
/// Returns what is unknown or ambiguous.
pub(super) fn read(line: &str, context: NoteContext<'_>) -> Result<Note, NoteError> {
    let line = without_bullet(line.trim());
    let mut marks = Marks::default();
    let words = marks.take_from(line, context)?;
    let context = NoteContext {
        day: marks.date.unwrap_or(context.today),
        ..context
    };
    let head = Head::read(&words.join(" "), context, &mut marks)?;
    let Details {
        summary,
        minutes,
        time,
    } = details::of(&head.rest, marks.time)?;
    if summary.is_empty() {
        return Err(NoteError::new("command-note-no-words", line));
    }
    for id in details::companions(&summary, context)? {
        if !marks.helpers.contains(&id) {
            marks.helpers.push(id);
        }
    }
    let date = marks.date.unwrap_or(context.today);
    if date > context.today {
        return Err(NoteError::new("command-note-future", &date.to_string()));
    }
    if let Some((what, due)) = marks.follow_ups.iter().find(|(_, due)| *due < date) {
        let message = Message::new("command-note-due-past")
            .with("found", what)
            .with("day", due);
        return Err(NoteError {
            message,
            help: None,
            choice: None,
        });
    }
    let met = details::met(&summary, &head.children, date, context);
    Ok(Note {
        mode: head.mode,
        children: head.children,
        date,
        time,
        minutes,
        met,
        helpers: marks.helpers,
        follow_ups: marks.follow_ups,
        topics: details::topics(&summary),
        summary,
    })
}

/// Removes the bullet or number of a list item.
fn without_bullet(line: &str) -> &str {
    if let Some(rest) = line
        .strip_prefix(['•', '·', '●', '▪', '○', '✓', '√'])
        .or_else(|| line.strip_prefix(|c| matches!(c, '①'..='⑳')))
        .or_else(|| line.strip_prefix("- "))
        .or_else(|| line.strip_prefix("* "))
    {
        return rest.trim_start();
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = rest.len() < line.len() && line.len() - rest.len() <= 3;
    match rest.strip_prefix(['.', '、', ')', '）', '．']) {
        Some(rest) if is_numbered && !rest.starts_with(|c: char| c.is_ascii_digit()) => {
            rest.trim_start()
        }
        _ => line,
    }
}

/// The start of a line.
struct Head {
    mode: String,
    children: Vec<Id>,
    rest: String,
}

impl Head {
    fn read(words: &str, context: NoteContext<'_>, marks: &mut Marks) -> Result<Head, NoteError> {
        let mut mode: Option<String> = None;
        let mut children: Vec<Id> = Vec::new();
        let mut class: Option<(Class, String)> = None;
        let mut rest = words;
        let mut is_joined = false;
        let mut is_over = false;
        let mut first = String::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || WORD_ENDS.contains(&c));
            let at = rest
                .find(|c: char| c.is_whitespace() || WORD_ENDS.contains(&c))
                .unwrap_or(rest.len());
            let (word, after) = rest.split_at(at);
            if word.is_empty() {
                break;
            }
            if first.is_empty() {
                word.clone_into(&mut first);
            }
            let end = after.chars().next();
            let ends_head = matches!(end, Some('：' | ':' | '。'));
            if let Some(code) = way(word) {
                match &mode {
                    None => mode = Some(code),
                    Some(_) if children.is_empty() => {
                        return Err(NoteError::new("command-note-two-ways", word));
                    }
                    Some(_) => break,
                }
            } else if children.is_empty()
                && let Ok(day) = day(word, context.today, Towards::Past)
            {
                marks.set_date(day, word)?;
            } else if let Some(id) = child(
                word,
                class.as_ref(),
                children.is_empty() || is_joined,
                context,
            )? {
                add(&mut children, id);
                class = None;
                if ends_head && mode.is_some() {
                    rest = after;
                    is_over = true;
                    break;
                }
            } else if let Some(found) = in_class(word, context) {
                class = Some((found, word.to_owned()));
            } else if let Some((code, day, names)) = without_spaces(word, &mode, context) {
                mode = mode.or(Some(code));
                if let Some(day) = day {
                    marks.set_date(day, word)?;
                }
                for id in names {
                    add(&mut children, id);
                }
            } else if let Some(names) = joined(word, context) {
                for id in names {
                    add(&mut children, id);
                }
            } else if mode.is_none()
                && let Some((code, names)) = addressed(word, context)
            {
                mode = Some(code);
                for id in names {
                    add(&mut children, id);
                }
            } else if ["和", "与", "及", "跟"].contains(&word) && !children.is_empty() {
                let next = after.trim_start();
                let at = next
                    .find(|c: char| c.is_whitespace() || WORD_ENDS.contains(&c))
                    .unwrap_or(next.len());
                if child(&next[..at], None, false, context)?.is_none() {
                    break;
                }
            } else if children.is_empty()
                && let Some((id, kin)) = with_kin(word, context)
            {
                add(&mut children, id);
                rest = &rest[rest.len() - kin.len() - after.len()..];
                is_over = true;
                break;
            } else {
                break;
            }
            is_joined = matches!(end, Some('、' | ',' | '，'));
            rest = after;
        }
        let rest =
            rest.trim_start_matches(|c: char| c.is_whitespace() || WORD_ENDS[..12].contains(&c));
        let next = rest
            .split(|c: char| c.is_whitespace() || WORD_ENDS.contains(&c))
            .next()
            .unwrap_or_default();
        let Some(mode) = mode else {
            return Err(no_way(&first, context.lang));
        };
        if let Some((_, words)) = class {
            return Err(NoteError::new("command-note-class-alone", &words));
        }
        if children.is_empty() {
            let found = if next.is_empty() { &first } else { next };
            let children = KindSet::of(&[Kind::Child]);
            return Err(if next.is_empty() {
                NoteError::new("command-note-no-child", found)
            } else {
                unknown("command-note-not-a-child", found, context, children)
            });
        }
        if !is_over {
            not_meant_otherwise(next, context)?;
            if may_be_spelled(next, rest, context) {
                let children = KindSet::of(&[Kind::Child]);
                let id = "command-note-child-or-words";
                return Err(unknown(id, next, context, children));
            }
        }
        Ok(Head {
            mode,
            children,
            rest: rest.to_owned(),
        })
    }
}

fn add(children: &mut Vec<Id>, id: Id) {
    if !children.contains(&id) {
        children.push(id);
    }
}

/// The codes of the modes of contact.
fn ways() -> &'static [CodeWord] {
    let field = fields::field(Kind::Visit.shape(), "mode");
    field.and_then(|field| field.codes()).unwrap_or_default()
}

fn way(word: &str) -> Option<String> {
    let known = entered::code::code(ways(), word)
        .ok()
        .map(|code| code.code.clone());
    known.or_else(|| {
        let word = squeezed(word);
        let other = MODES.iter().find(|(known, _)| *known == word);
        other.map(|(_, code)| (*code).to_owned())
    })
}

fn no_way(word: &str, lang: Lang) -> NoteError {
    let labels = ways()
        .iter()
        .flat_map(|code| [code.label(lang), &code.code]);
    let near = suggest::nearest(word, labels);
    let doubt = NoteError::new("command-note-no-way", word);
    match near {
        Some(near) => doubt.help(Message::new("argument-nearest").with("nearest", near)),
        None => {
            let known: Vec<&str> = ways().iter().map(|code| code.label(lang)).collect();
            doubt.help(Message::new("argument-known").with("known", known.join(" ")))
        }
    }
}

/// The child that a whole word refers to. Initials are accepted only where a child is required: further on they may be
/// words.
fn child(
    word: &str,
    class: Option<&(Class, String)>,
    is_expected: bool,
    context: NoteContext<'_>,
) -> Result<Option<Id>, NoteError> {
    let children = KindSet::of(&[Kind::Child]);
    let people = context.people;
    if let Some(id) = Id::parse(Kind::Child, word).filter(|id| people.children.get(*id).is_some()) {
        return Ok(Some(id));
    }
    let bare = TITLES.iter().find_map(|title| word.strip_suffix(title));
    let mut found = reference::of_name(people, word, children);
    if let (true, Some(bare)) = (found.is_empty(), bare) {
        found = reference::of_name(people, bare, children);
    }
    let class_on = |id: Id| {
        let child = people.children.get(id);
        child
            .and_then(|child| child.class_on(context.today))
            .map(|entry| entry.class)
    };
    if found.is_empty()
        && let Some((name, words)) = reference::with_class(word)
    {
        found = reference::of_name(people, name, children);
        if !found.is_empty() {
            let class = values::class(words, context.school, context.today, context.lang);
            let Ok(class) = class else {
                return Err(NoteError::new("command-note-no-class", words));
            };
            found.retain(|id| class_on(*id) == Some(class));
            if found.is_empty() {
                return Err(NoteError::new("command-note-not-in-class", word));
            }
        }
    }
    if found.is_empty()
        && word.is_ascii()
        && word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'')
    {
        let spelled = reference::of_pinyin(people, word, children);
        let is_initials = |id: &Id| {
            let name = people.children.get(*id).map_or("", |child| &child.name);
            name.chars().count() == word.chars().count()
        };
        found = spelled;
        found.retain(|id| is_expected || (word.len() >= 5 && !is_initials(id)));
    }
    if let Some((class, words)) = class
        && !found.is_empty()
    {
        found.retain(|id| class_on(*id) == Some(*class));
        if found.is_empty() {
            return Err(NoteError::new(
                "command-note-not-in-class",
                &format!("{words} {word}"),
            ));
        }
    }
    // A child can only be contacted while enrolled.
    let day = context.day;
    let is_here = |id: &Id| {
        let child = people.children.get(*id);
        child.is_some_and(|child| child.is_enrolled(day))
    };
    if found.iter().any(is_here) {
        found.retain(is_here);
    }
    match found[..] {
        [] => Ok(None),
        [id] => Ok(Some(id)),
        _ => Err(several(word, found)),
    }
}

/// A class before a name: 四1班.
fn in_class(word: &str, context: NoteContext<'_>) -> Option<Class> {
    let is_class = word.ends_with('班');
    let class = values::class(word, context.school, context.today, context.lang);
    class.ok().filter(|_| is_class)
}

/// A day, mode and name without spaces: 昨天家访刘子轩.
fn without_spaces(
    word: &str,
    mode: &Option<String>,
    context: NoteContext<'_>,
) -> Option<(String, Option<NaiveDate>, Vec<Id>)> {
    if mode.is_some() {
        // A class and a name: 四1班刘子轩.
        let (class, name) = word.split_once('班')?;
        let class = in_class(&format!("{class}班"), context)?;
        let id = child(name, Some(&(class, word.to_owned())), false, context).ok()??;
        return Some((String::new(), None, vec![id]));
    }
    let (day, rest) = ["今天", "昨天", "前天"]
        .iter()
        .find_map(|known| Some((Some(*known), word.strip_prefix(known)?)))
        .unwrap_or((None, word));
    let day = day.and_then(|known| day_of(known, context.today));
    let labels = ways()
        .iter()
        .map(|code| (code.zh.as_str(), code.code.as_str()));
    let (label, code) = labels
        .chain(MODES)
        .filter(|(label, _)| rest.starts_with(label))
        .max_by_key(|(label, _)| label.len())?;
    let names = &rest[label.len()..];
    let names = names.strip_prefix(['了', '过']).unwrap_or(names);
    let names = if names.is_empty() {
        day?;
        Vec::new()
    } else {
        match child(names, None, false, context) {
            Ok(Some(id)) => vec![id],
            _ => joined(names, context)?,
        }
    };
    Some((code.to_owned(), day, names))
}

/// A mode after the persons: 和王浩宇谈心.
fn addressed(word: &str, context: NoteContext<'_>) -> Option<(String, Vec<Id>)> {
    let rest = word.strip_prefix(['和', '跟', '与', '找', '给'])?;
    let labels = ways()
        .iter()
        .map(|code| (code.zh.as_str(), code.code.as_str()));
    let (label, code) = labels
        .chain(MODES)
        .filter(|(label, _)| rest.ends_with(label))
        .max_by_key(|(label, _)| label.len())?;
    let names = &rest[..rest.len() - label.len()];
    let names = match child(names, None, false, context) {
        Ok(Some(id)) => vec![id],
        _ => joined(names, context)?,
    };
    Some((code.to_owned(), names))
}

fn day_of(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    day(word, today, Towards::Past).ok()
}

/// Several names joined by 和.
fn joined(word: &str, context: NoteContext<'_>) -> Option<Vec<Id>> {
    ['和', '与', '及', '跟'].iter().find_map(|between| {
        word.match_indices(*between).find_map(|(at, mark)| {
            let (one, other) = (&word[..at], &word[at + mark.len()..]);
            let of = |name: &str| child(name, None, false, context).ok().flatten();
            Some(vec![of(one)?, of(other)?])
        })
    })
}

/// A child's name directly followed by a word for a relative: 刘子轩奶奶. No other child's name may start so.
fn with_kin<'w>(word: &'w str, context: NoteContext<'_>) -> Option<(Id, &'w str)> {
    let children = context.people.children.iter();
    let mut found = children.filter_map(|child| {
        let rest = word.strip_prefix(child.name.as_str())?;
        KIN.iter()
            .any(|kin| rest.starts_with(kin))
            .then_some((child.id, rest))
    });
    let one = found.next()?;
    found.next().is_none().then_some(one)
}

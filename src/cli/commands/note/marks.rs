//! The marks of a quick line: `@` for the day, `!…@day` for a follow-up, `+` for further helpers.

use chrono::{NaiveDate, NaiveTime};

use super::context::{MARK, NoteContext};
use super::doubt::{NoteError, several, unknown};
use crate::cli::shared::{reference, values};
use crate::model::entered::day::{Towards, clock, day};
use crate::model::{Id, Kind, KindSet};

/// Parts of a day, which are not a time of day and stay in the text.
const PARTS: [&str; 8] = [
    "上午",
    "下午",
    "中午",
    "早上",
    "早晨",
    "晚上",
    "傍晚",
    "放学后",
];

/// Titles that may follow the name of a helper.
const TITLES: [&str; 3] = ["老师", "主任", "校长"];

/// The marks of a line.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) date: Option<NaiveDate>,
    pub(super) time: Option<NaiveTime>,
    pub(super) follow_ups: Vec<(String, NaiveDate)>,
    pub(super) helpers: Vec<Id>,
}

impl Marks {
    /// Extracts the marks of a line; returns the remaining text, with [`MARK`] in place of each.
    pub(super) fn take_from(
        &mut self,
        line: &str,
        context: NoteContext<'_>,
    ) -> Result<Vec<String>, NoteError> {
        let mut left: Vec<String> = Vec::new();
        let mut open: Option<String> = None;
        let mut tokens = line.split_whitespace().peekable();
        while let Some(token) = tokens.next() {
            let (before, day) = match token.split_once(['@', '＠']) {
                Some((before, ""))
                    if before.is_empty() || open.is_some() || before.starts_with(['!', '！']) =>
                {
                    (before, tokens.next().map(ToOwned::to_owned))
                }
                Some((before, day)) => (before, Some(day.to_owned())),
                None => (token, None),
            };
            if let Some(day) = day {
                let is_due = open.is_some() || before.starts_with(['!', '！']);
                let is_day = is_due
                    || before.is_empty()
                    || self::day(&day, context.today, Towards::Past).is_ok();
                if !is_day {
                    left.push(token.to_owned());
                    continue;
                }
                // In chats `@` also precedes the person addressed.
                if !is_due && before.is_empty() && is_child(&day, context) {
                    left.push(day);
                    continue;
                }
                if is_due {
                    let mut what = open.take().unwrap_or_default();
                    push(&mut what, before.trim_start_matches(['!', '！']));
                    self.follow(what, &day, context)?;
                } else {
                    if !before.is_empty() {
                        left.push(before.to_owned());
                    }
                    let (date, time, part) = day_and_time(&day, context)?;
                    self.set_date(date, &day)?;
                    left.extend(part.map(ToOwned::to_owned));
                    self.time = self.time.or(time);
                    let next = |tokens: &mut std::iter::Peekable<std::str::SplitWhitespace<'_>>| {
                        tokens.peek().and_then(|token| clock(bare(token)))
                    };
                    if let Some(time) = next(&mut tokens) {
                        let words = tokens.next().unwrap_or_default();
                        if self.time.replace(time).is_some() || next(&mut tokens).is_some() {
                            return Err(NoteError::new("command-note-two-times", words));
                        }
                    }
                }
                left.push(MARK.to_owned());
            } else if let Some(what) = &mut open {
                push(what, token);
            } else if let Some(what) = token.strip_prefix(['!', '！']) {
                open = Some(what.to_owned());
            } else if let Some(names) = token.strip_prefix(['+', '＋'])
                && names.starts_with(char::is_alphabetic)
            {
                for name in names.split(['、', '，', ',']) {
                    self.helpers.push(helper(name, context)?);
                }
                left.push(MARK.to_owned());
            } else {
                left.push(token.to_owned());
            }
        }
        match open {
            Some(what) => Err(NoteError::new("command-note-no-due", &what)),
            None => Ok(left),
        }
    }

    fn follow(
        &mut self,
        what: String,
        due: &str,
        context: NoteContext<'_>,
    ) -> Result<(), NoteError> {
        if what.is_empty() {
            return Err(NoteError::new("command-note-no-what", due));
        }
        let due = read_day(due, context, Towards::Future)?;
        self.follow_ups.push((what, due));
        Ok(())
    }

    pub(super) fn set_date(&mut self, day: NaiveDate, words: &str) -> Result<(), NoteError> {
        match self.date.replace(day) {
            Some(earlier) if earlier != day => Err(NoteError::new("command-note-two-days", words)),
            _ => Ok(()),
        }
    }
}

fn push(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}

fn bare(words: &str) -> &str {
    words.trim_end_matches(['，', ',', '。', '；', ';', '、'])
}

fn is_child(word: &str, context: NoteContext<'_>) -> bool {
    !reference::of_name(context.people, bare(word), KindSet::of(&[Kind::Child])).is_empty()
}

/// A day followed directly by a time or a part of the day: 周三15:30, 昨天下午.
fn day_and_time<'w>(
    words: &'w str,
    context: NoteContext<'_>,
) -> Result<(NaiveDate, Option<NaiveTime>, Option<&'w str>), NoteError> {
    let words = bare(words);
    let is_day = |words: &str| day(words, context.today, Towards::Past).ok();
    let splits = words.char_indices().rev().map(|(at, _)| words.split_at(at));
    let found = splits
        .filter(|(before, _)| !before.is_empty())
        .find_map(|(before, after)| {
            let day = is_day(before)?;
            if PARTS.contains(&after) {
                Some((day, None, Some(after)))
            } else {
                Some((day, Some(clock(after)?), None))
            }
        });
    match found {
        Some(found) if is_day(words).is_none() => Ok(found),
        _ => Ok((read_day(words, context, Towards::Past)?, None, None)),
    }
}

fn read_day(
    words: &str,
    context: NoteContext<'_>,
    towards: Towards,
) -> Result<NaiveDate, NoteError> {
    let bare = bare(words);
    day(bare, context.today, towards).map_err(|unread| NoteError {
        message: values::not_read(&unread, bare, "date", context.today, context.lang),
        help: None,
        choice: None,
    })
}

/// The helper with a name, given by name, pinyin or initials.
fn helper(name: &str, context: NoteContext<'_>) -> Result<Id, NoteError> {
    let helpers = KindSet::of(&[Kind::Helper]);
    let mut found = of_helper(name, context);
    if found.is_empty() {
        found = reference::of_pinyin(context.people, name, helpers);
    }
    if let Some(id) =
        Id::parse(Kind::Helper, name).filter(|id| context.people.helpers.get(*id).is_some())
    {
        found = vec![id];
    }
    match found[..] {
        [id] => Ok(id),
        [] => Err(unknown("command-note-no-helper", name, context, helpers)),
        _ => Err(several(name, found)),
    }
}

/// The helpers with a name, which may be followed by a title.
pub(super) fn of_helper(name: &str, context: NoteContext<'_>) -> Vec<Id> {
    let helpers = KindSet::of(&[Kind::Helper]);
    let found = reference::of_name(context.people, name, helpers);
    let untitled = TITLES.iter().find_map(|title| name.strip_suffix(title));
    match untitled {
        Some(name) if found.is_empty() => reference::of_name(context.people, name, helpers),
        _ => found,
    }
}

//! The marks in a quick line: `@` the day, `!…@day` what follows, `+` further helpers.

use chrono::NaiveDate;

use super::grammar::{Context, Doubt, MARK, several, unknown};
use crate::cli::shared::{reference, values};
use crate::model::entered::day::{Towards, day};
use crate::model::{Id, Kind, KindSet};

/// The marks of a line.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) date: Option<NaiveDate>,
    pub(super) follow_ups: Vec<(String, NaiveDate)>,
    pub(super) helpers: Vec<Id>,
}

impl Marks {
    /// Takes the marks out of a line; the words that are left, with [`MARK`] where one stood.
    pub(super) fn take_from(
        &mut self,
        line: &str,
        context: Context<'_>,
    ) -> Result<Vec<String>, Doubt> {
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
                if is_due {
                    let mut what = open.take().unwrap_or_default();
                    push(&mut what, before.trim_start_matches(['!', '！']));
                    self.follow(what, &day, context)?;
                } else {
                    if !before.is_empty() {
                        left.push(before.to_owned());
                    }
                    self.set_date(read_day(&day, context, Towards::Past)?, &day)?;
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
            Some(what) => Err(Doubt::new("command-note-no-due", &what)),
            None => Ok(left),
        }
    }

    fn follow(&mut self, what: String, due: &str, context: Context<'_>) -> Result<(), Doubt> {
        if what.is_empty() {
            return Err(Doubt::new("command-note-no-what", due));
        }
        let due = read_day(due, context, Towards::Future)?;
        self.follow_ups.push((what, due));
        Ok(())
    }

    pub(super) fn set_date(&mut self, day: NaiveDate, words: &str) -> Result<(), Doubt> {
        match self.date.replace(day) {
            Some(earlier) if earlier != day => Err(Doubt::new("command-note-two-days", words)),
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

fn read_day(words: &str, context: Context<'_>, towards: Towards) -> Result<NaiveDate, Doubt> {
    let bare = words.trim_end_matches(['，', ',', '。', '；', ';', '、']);
    day(bare, context.today, towards).map_err(|unread| Doubt {
        message: values::not_read(&unread, bare, "date", context.today, context.lang),
        help: None,
        choice: None,
    })
}

/// The helper with a name, its pinyin or initials.
fn helper(name: &str, context: Context<'_>) -> Result<Id, Doubt> {
    let helpers = KindSet::of(&[Kind::Helper]);
    let mut found = reference::of_name(context.people, name, helpers);
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

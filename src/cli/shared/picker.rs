//! Interactive selection of a child or helper, by name, pinyin or initials.

use std::fmt;

use inquire::Select;

use crate::cli::shared::person;
use crate::cli::shared::session::Session;
use crate::model::{Code, Id, Kind, Records, School};
use crate::text::{pinyin, sanitize};

/// A person to choose from; or nobody.
struct Choice {
    id: Option<Id>,
    name: String,
    shown: String,
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// The rank of a person for what was typed; equal ranks keep their order.
fn score(typed: &str, choice: &Choice, at: usize) -> Option<i64> {
    let typed = typed.trim();
    let rank = match (typed.is_empty(), choice.id) {
        (true, _) => 0,
        (false, None) => return None,
        (false, Some(_)) if choice.name.starts_with(typed) => 3,
        (false, Some(id)) => match pinyin::fits(typed, &choice.name) {
            Some(pinyin::Match::Whole) => 2,
            Some(_) => 1,
            None if choice.shown.contains(typed) || id.to_string().starts_with(typed) => 0,
            None => return None,
        },
    };
    Some(rank * (1 << 32) - i64::try_from(at).unwrap_or(i64::MAX >> 1))
}

/// Asks for a person of a kind; `first` is listed first, then `none` for nobody, if that is allowed.
///
/// # Errors
///
/// The user cancelled, or the terminal cannot be used.
pub(crate) fn pick(
    session: &mut Session,
    school: &School,
    people: &Records,
    kind: Kind,
    question: &str,
    none: Option<String>,
    first: Option<Id>,
) -> anyhow::Result<Option<Id>> {
    session.flush()?;
    let mut choices = choices(session, school, people, kind);
    if let Some(none) = none {
        let nobody = Choice {
            id: None,
            name: String::new(),
            shown: none,
        };
        choices.insert(0, nobody);
    }
    let place = first.and_then(|id| choices.iter().position(|choice| choice.id == Some(id)));
    if let Some(place) = place {
        choices[..=place].rotate_right(1);
    }
    if choices.is_empty() {
        return Ok(None);
    }
    let help = session.text("command-pick-help", &[]);
    let by_fit = |typed: &str, choice: &Choice, _: &str, at: usize| score(typed, choice, at);
    let chosen = Select::new(question, choices)
        .with_help_message(&help)
        .with_scorer(&by_fit)
        .prompt()?;
    Ok(chosen.id)
}

/// The current people: children by class and name, helpers by name.
fn choices(session: &Session, school: &School, people: &Records, kind: Kind) -> Vec<Choice> {
    let today = session.today;
    let lang = session.lang;
    let mut choices = match kind {
        Kind::Child => {
            let here = people
                .children
                .iter()
                .filter(|child| child.is_enrolled(today));
            let shown = here.map(|child| {
                let class = child.class_on(today).map(|entry| entry.class);
                let class = class.map(|class| (std::cmp::Reverse(class.entered), class.number));
                let shown = person::with_class(session, school, people, child.id);
                (class.is_none(), class, child.id, child.name.clone(), shown)
            });
            shown.collect()
        }
        _ => {
            let here = people
                .helpers
                .iter()
                .filter(|helper| helper.until.is_none_or(|until| until.0 >= today));
            let shown = here.map(|helper| {
                let shown = format!("{}  {}", helper.name, helper.role.label().get(lang));
                (false, None, helper.id, helper.name.clone(), shown)
            });
            shown.collect::<Vec<_>>()
        }
    };
    choices.sort_by_cached_key(|(last, class, id, name, _)| {
        (*last, *class, pinyin::sort_key(name), *id)
    });
    let choice = |(_, _, id, name, shown): (_, _, Id, String, String)| Choice {
        id: Some(id),
        name,
        shown: sanitize::terminal(&shown).into_owned(),
    };
    choices.into_iter().map(choice).collect()
}

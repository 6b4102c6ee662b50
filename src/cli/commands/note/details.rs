//! Details extracted from the text of a quick line: duration, start time, companions, persons met, topics. Only
//! explicit statements are used, and the text itself is kept.

use chrono::{NaiveDate, NaiveTime};

use super::context::{MARK, NoteContext};
use super::doubt::{NoteError, several};
use super::marks::of_helper;
use crate::model::Id;
use crate::model::child::{Child, GuardianshipKind};
use crate::model::entered::day::clock;
use crate::model::entered::relation::{Relation, relation};
use crate::model::entered::{self, squeezed};

/// Keywords of topics.
const TOPICS: [(&str, &[&str]); 7] = [
    ("study", &["学习", "作业", "成绩", "功课"]),
    ("life", &["生活", "吃饭", "穿衣"]),
    ("psychology", &["心理", "情绪"]),
    ("safety", &["安全", "溺水"]),
    ("health", &["健康", "身体", "生病"]),
    ("conduct", &["品行", "纪律", "打架"]),
    ("family", &["家庭"]),
];

/// Words of a habit: a duration after them is not that of the contact.
const HABITS: [&str; 7] = ["每天", "天天", "每晚", "每次", "每周", "一天", "经常"];

/// Punctuation between clauses.
const CLAUSE_BREAKS: [char; 5] = ['，', ',', '。', '；', ';'];

/// The text of a line, without its duration and start time.
pub(super) struct Details {
    pub(super) summary: String,
    pub(super) minutes: Option<u32>,
    pub(super) time: Option<NaiveTime>,
}

/// Extracts the duration at either end or next to a mark, and a time of day directly after the children.
pub(super) fn of(words: &str, time: Option<NaiveTime>) -> Result<Details, NoteError> {
    let mut tokens: Vec<String> = words.split_whitespace().map(ToOwned::to_owned).collect();
    let mut found = Found {
        minutes: None,
        time,
    };
    while let Some(first) = tokens.first() {
        let (piece, rest) = match first.find(CLAUSE_BREAKS) {
            Some(at) => (&first[..at], first[at..].trim_start_matches(CLAUSE_BREAKS)),
            None => (first.as_str(), ""),
        };
        if !found.takes(piece, true)? {
            break;
        }
        if rest.is_empty() {
            tokens.remove(0);
        } else {
            tokens[0] = rest.to_owned();
        }
    }
    let is_edge = |token: Option<&String>| token.is_none_or(|token| token.contains(MARK));
    let mut at = tokens.len();
    while at > 0 {
        at -= 1;
        let token = tokens[at].replace(MARK, "");
        let token = token.trim_end_matches(CLAUSE_BREAKS);
        let before_is_edge = is_edge(at.checked_sub(1).and_then(|at| tokens.get(at)));
        let after_is_edge = is_edge(tokens.get(at + 1));
        let (before, piece) = match token.rfind(CLAUSE_BREAKS) {
            Some(cut) => (
                &token[..cut],
                token[cut..].trim_start_matches(CLAUSE_BREAKS),
            ),
            None => ("", token),
        };
        let earlier = tokens[..at].iter().rev().map(String::as_str);
        let clause =
            earlier.take_while(|token| !token.ends_with(CLAUSE_BREAKS) && !token.contains(MARK));
        let is_habit = before.is_empty()
            && clause
                .flat_map(|token| token.rsplit(CLAUSE_BREAKS).next())
                .any(|token| HABITS.iter().any(|habit| token.contains(habit)));
        let is_edge = after_is_edge && !is_habit || before.is_empty() && before_is_edge;
        if is_edge && found.takes(piece, false)? {
            let before = before.to_owned();
            if before.is_empty() {
                // Its neighbours are now next to a mark.
                MARK.clone_into(&mut tokens[at]);
            } else {
                tokens[at] = before;
            }
        }
    }
    let kept: Vec<String> = tokens.iter().map(|token| token.replace(MARK, "")).collect();
    let kept: Vec<&str> = kept
        .iter()
        .map(String::as_str)
        .filter(|token| !token.is_empty())
        .collect();
    let summary = kept.join(" ");
    Ok(Details {
        summary: summary.trim_matches(['，', ',', '；', ';', ' ']).to_owned(),
        minutes: found.minutes,
        time: found.time,
    })
}

struct Found {
    minutes: Option<u32>,
    time: Option<NaiveTime>,
}

impl Found {
    /// Whether a word is a duration or a time, which is then extracted.
    fn takes(&mut self, word: &str, is_first: bool) -> Result<bool, NoteError> {
        if let Some(minutes) = is_duration(word) {
            if self.minutes.replace(minutes).is_some() {
                return Err(NoteError::new("command-note-two-lengths", word));
            }
            return Ok(true);
        }
        match clock(word).filter(|_| is_first) {
            None => Ok(false),
            Some(time) if self.time.replace(time).is_some() => {
                Err(NoteError::new("command-note-two-times", word))
            }
            Some(_) => Ok(true),
        }
    }
}

/// Parses a duration in minutes.
fn is_duration(word: &str) -> Option<u32> {
    let word = squeezed(word);
    let has_unit = ["分钟", "小时", "钟头"]
        .iter()
        .any(|unit| word.contains(unit))
        || ["min", "mins", "minutes", "h", "hour", "hours"]
            .iter()
            .any(|unit| {
                word.strip_suffix(unit)
                    .is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
            });
    entered::number::minutes(&word).ok().filter(|_| has_unit)
}

/// The topics whose keywords occur.
pub(super) fn topics(summary: &str) -> Vec<String> {
    let found = TOPICS
        .iter()
        .filter(|(_, words)| words.iter().any(|word| summary.contains(word)));
    found.map(|(code, _)| (*code).to_owned()).collect()
}

/// The helpers who came along, if stated: 和罗敏一起去的.
pub(super) fn companions(summary: &str, context: NoteContext<'_>) -> Result<Vec<Id>, NoteError> {
    let mut ids = Vec::new();
    for (end, _) in summary.match_indices("一起") {
        let clause = summary[..end]
            .rsplit(CLAUSE_BREAKS)
            .next()
            .unwrap_or_default();
        let Some((at, mark)) = clause
            .char_indices()
            .find(|(_, c)| matches!(c, '和' | '跟' | '与' | '同'))
        else {
            continue;
        };
        let is_denied = clause[..at].ends_with(['没', '未', '不', '别']);
        let names = clause[at + mark.len_utf8()..].split(['、', '和', '与', ' ']);
        for name in names.filter(|name| !name.is_empty() && !is_denied) {
            match of_helper(name, context)[..] {
                [] => {}
                [id] => ids.push(id),
                ref found => return Err(several(name, found.to_vec())),
            }
        }
    }
    Ok(ids)
}

/// Words that introduce the persons met.
const MET_WORDS: [&str; 6] = ["见到了", "见到", "见了", "见着", "met ", "saw "];

/// The persons met, by word.
const PERSONS: [(&str, &str); 27] = [
    ("孩子本人", "child"),
    ("孩子", "child"),
    ("本人", "child"),
    ("监护人", "guardian"),
    ("爸爸", "father"),
    ("父亲", "father"),
    ("妈妈", "mother"),
    ("母亲", "mother"),
    ("哥哥", "sibling"),
    ("姐姐", "sibling"),
    ("弟弟", "sibling"),
    ("妹妹", "sibling"),
    ("邻居", "neighbour"),
    ("the child", "child"),
    ("the guardian", "guardian"),
    ("father", "father"),
    ("mother", "mother"),
    ("brother", "sibling"),
    ("sister", "sibling"),
    ("a neighbour", "neighbour"),
    ("neighbours", "neighbour"),
    ("grandmother", "grandparent"),
    ("grandfather", "grandparent"),
    ("奶奶", "grandparent"),
    ("爷爷", "grandparent"),
    ("外婆", "grandparent"),
    ("外公", "grandparent"),
];

/// The persons met, if all of them are stated clearly: 见到奶奶和孩子. A grandparent counts only if the children are in the
/// care of their grandparents.
pub(super) fn met(
    summary: &str,
    children: &[Id],
    day: NaiveDate,
    context: NoteContext<'_>,
) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    let people = children
        .iter()
        .filter_map(|id| context.people.children.get(*id));
    let children: Vec<&Child> = people.map(|child| &**child).collect();
    let is_guardian = |word: &str| children.iter().all(|child| is_guardian(child, word, day));
    for verb in MET_WORDS {
        for (at, _) in summary.match_indices(verb) {
            if summary[..at].ends_with(['没', '未', '不', '再', '想', '要']) {
                continue;
            }
            let Some(persons_met) = persons(&summary[at + verb.len()..]) else {
                continue;
            };
            for (word, code) in persons_met {
                let code = match code {
                    "grandparent" if is_guardian(word) => "guardian",
                    // The record does not say how the person is related to the child.
                    "grandparent" => return Vec::new(),
                    code => code,
                };
                if !codes.iter().any(|known| known == code) {
                    codes.push(code.to_owned());
                }
            }
        }
    }
    codes
}

/// Whether a word for a grandparent refers to the child's guardian on a day.
fn is_guardian(child: &Child, word: &str, day: NaiveDate) -> bool {
    let Some(entry) = child.guardianship_on(day) else {
        return false;
    };
    let recorded = entry.guardian.as_ref();
    let recorded = recorded.and_then(|guardian| guardian.relation.as_deref());
    match recorded {
        Some(recorded) if recorded == word => true,
        Some(recorded) => {
            entry.kind == GuardianshipKind::Grandparents
                && relation(recorded) == Some(Relation::Grandparent)
        }
        None => entry.kind == GuardianshipKind::Grandparents,
    }
}

/// The persons at the start of a text; `None` if one of them is unknown.
fn persons(text: &str) -> Option<Vec<(&'static str, &'static str)>> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let (word, code) = PERSONS.iter().find(|(word, _)| rest.starts_with(word))?;
        found.push((*word, *code));
        rest = &rest[word.len()..];
        let next = ["和", "与", "及", "、", " and ", ", "]
            .iter()
            .find_map(|joint| rest.strip_prefix(joint));
        match next {
            Some(next) => rest = next,
            // 邻居家的狗 is not a neighbour.
            None if rest.starts_with(['家', '的']) => return None,
            None => return Some(found),
        }
    }
}

//! The merge of trivia: comments, blank lines and notation.

use toml_edit::{Array, Decor, InlineTable, RawString, Value};

use super::order;
use super::three::{Three, numbered};

/// Returns one of two notations, regardless of side: the changed one, or the lesser if both changed.
pub(super) fn spelling<'a>(sides: &Three<&'a str>) -> &'a str {
    let Three { base, ours, theirs } = *sides;
    if ours == base {
        theirs
    } else if theirs == base {
        ours
    } else {
        ours.min(theirs)
    }
}

/// Merges the text before a key, a header or an entry: lines of comments and blank lines, then the indentation.
pub(super) fn before(sides: &Three<&str>) -> String {
    let Three { base, ours, theirs } = *sides;
    if ours == base || theirs == base || ours == theirs {
        return spelling(sides).to_owned();
    }
    let split = |text: &str| {
        let at = text.rfind('\n').map_or(0, |at| at + 1);
        let (lines, rest) = text.split_at(at);
        let lines: Vec<String> = lines.split_inclusive('\n').map(str::to_owned).collect();
        (lines, rest.to_owned())
    };
    let parts = sides.as_ref().map(|text| split(text));
    let kept = pieces(parts.as_ref().map(|(lines, _)| lines.as_slice()));
    let rest = parts.as_ref().map(|(_, rest)| rest.as_str());
    kept.concat() + spelling(&rest)
}

/// Returns, in order, the pieces that both sides have or that one side added.
fn pieces(sides: Three<&[String]>) -> Vec<String> {
    let lists = sides.map(|pieces| numbered(pieces.iter().cloned()));
    let order = order::merged(&lists, order::NewKeys::AtEnd, Clone::clone, |_| false);
    let kept = order.into_iter().filter(|piece| {
        let [in_base, in_ours, in_theirs] =
            [&lists.base, &lists.ours, &lists.theirs].map(|pieces| pieces.contains(piece));
        (in_ours && in_theirs) || (!in_base && (in_ours || in_theirs))
    });
    kept.map(|(piece, _)| piece).collect()
}

/// Merges the text after a value or a header on its line; keeps the comments of both sides.
pub(super) fn behind(sides: &Three<&str>) -> String {
    let Three { base, ours, theirs } = *sides;
    if ours == base || theirs == base || ours == theirs {
        return spelling(sides).to_owned();
    }
    // A previous merge may have joined several comments on one line.
    let comments = sides.as_ref().map(|text| {
        let words = text.trim();
        let starts = words.match_indices(" #").map(|(at, _)| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
        let ends = starts.iter().skip(1).copied().chain([words.len()]);
        let parts = starts.iter().zip(ends);
        let parts = parts.map(|(start, end)| words[*start..end].trim_end().to_owned());
        parts
            .filter(|part| !part.is_empty())
            .collect::<Vec<String>>()
    });
    let kept = pieces(comments.as_ref().map(Vec::as_slice));
    if kept.is_empty() {
        return spelling(sides).to_owned();
    }
    let blanks = |text: &'_ str| text.len() - text.trim_start().len();
    let commented = [ours, theirs]
        .into_iter()
        .filter(|text| !text.trim().is_empty());
    let blanks = commented.map(|text| &text[..blanks(text)]).min();
    format!("{}{}", blanks.unwrap_or(" "), kept.join(" "))
}

fn text(raw: Option<&RawString>) -> &str {
    raw.and_then(RawString::as_str).unwrap_or_default()
}

/// Merges the text around something. A missing side counts as unchanged.
pub(super) fn decor(sides: &Three<Option<&Decor>>) -> Decor {
    let present = [sides.ours, sides.theirs, sides.base];
    let Some(any) = present.into_iter().flatten().next() else {
        return Decor::default();
    };
    let all_default = present
        .iter()
        .flatten()
        .all(|decor| decor.prefix().is_none() && decor.suffix().is_none());
    if all_default {
        return any.clone();
    }
    let other = |side: Option<&'_ Decor>| match (side, sides.base) {
        (Some(side), _) | (None, Some(side)) => (
            text(side.prefix()).to_owned(),
            text(side.suffix()).to_owned(),
        ),
        (None, None) => (text(any.prefix()).to_owned(), text(any.suffix()).to_owned()),
    };
    // Without a base, both sides are additions.
    let whole = Three {
        base: sides.base.map_or_else(
            || match (sides.ours, sides.theirs) {
                (Some(_), Some(_)) => (String::new(), String::new()),
                _ => other(None),
            },
            |base| other(Some(base)),
        ),
        ours: other(sides.ours),
        theirs: other(sides.theirs),
    };
    let prefix = before(&whole.as_ref().map(|(prefix, _)| prefix.as_str()));
    let suffix = behind(&whole.as_ref().map(|(_, suffix)| suffix.as_str()));
    Decor::new(prefix, suffix)
}

/// Removes whitespace around a key unless there are comments, as for a list that was inline.
pub(super) fn without_blanks(decor: &mut Decor) {
    let is_blank = |raw| text(raw).trim().is_empty();
    if is_blank(decor.prefix()) && is_blank(decor.suffix()) {
        decor.clear();
    }
}

fn is_plain(raw: Option<&RawString>) -> bool {
    !text(raw).contains(['\n', '#'])
}

/// Moves a comment after the comma of an entry to the entry itself; the parser attaches it to the next entry.
/// [`format_list`] moves it back.
pub(in crate::store) fn with_own_comments(array: &Array) -> Array {
    let mut array = array.clone();
    let split = |words: &str| {
        let (head, rest) = words.split_at(words.find('\n').unwrap_or(words.len()));
        (head.trim().to_owned(), rest.to_owned())
    };
    let mut heads: Vec<String> = Vec::new();
    for (at, value) in array.iter_mut().enumerate() {
        let (head, rest) = split(text(value.decor().prefix()));
        if at > 0 && head.starts_with('#') {
            value.decor_mut().set_prefix(rest);
            heads.push(head);
        } else if at > 0 {
            heads.push(String::new());
        }
    }
    let (head, rest) = split(text(Some(array.trailing())));
    if head.starts_with('#') {
        array.set_trailing(rest);
        heads.push(head);
    }
    for (value, head) in array.iter_mut().zip(heads) {
        if !head.is_empty() {
            value.decor_mut().set_suffix(format!(" {head}"));
        }
    }
    array
}

/// Returns the comment after the opening bracket of a list.
pub(super) fn head(array: &Array) -> String {
    let first = array.get(0).map(|value| text(value.decor().prefix()));
    let (head, _) = first
        .unwrap_or_default()
        .split_once('\n')
        .unwrap_or_default();
    head.trim_end().to_owned()
}

/// Removes that comment.
pub(super) fn without_head(mut array: Array) -> Array {
    let length = head(&array).len();
    if let Some(first) = array.get_mut(0).filter(|_| length > 0) {
        let rest = text(first.decor().prefix())[length..].to_owned();
        first.decor_mut().set_prefix(rest);
    }
    array
}

/// Sets that comment.
pub(super) fn put_head(array: &mut Array, head: &str) {
    if head.is_empty() {
        return;
    }
    match array.get_mut(0) {
        Some(first) => {
            let prefix = text(first.decor().prefix())
                .trim_start_matches(' ')
                .to_owned();
            let line_end = if prefix.starts_with('\n') { "" } else { "\n" };
            first
                .decor_mut()
                .set_prefix(format!("{head}{line_end}{prefix}"));
        }
        None => {
            let trailing = text(Some(array.trailing()))
                .trim_start_matches(' ')
                .to_owned();
            let line_end = if trailing.starts_with('\n') { "" } else { "\n" };
            array.set_trailing(format!("{head}{line_end}{trailing}"));
        }
    }
    format_list(array);
}

/// Moves the comments on entries after their commas.
fn put_comments_behind_commas(array: &mut Array) {
    let mut carried = String::new();
    for value in array.iter_mut() {
        if !carried.is_empty() {
            let prefix = text(value.decor().prefix()).to_owned();
            value.decor_mut().set_prefix(format!("{carried}{prefix}"));
            carried.clear();
        }
        let suffix = text(value.decor().suffix());
        if suffix.trim_start().starts_with('#') {
            carried = format!(" {}", suffix.trim());
            value.decor_mut().set_suffix("");
        }
    }
    if !carried.is_empty() {
        let trailing = text(Some(array.trailing())).to_owned();
        array.set_trailing(format!("{carried}{trailing}"));
        array.set_trailing_comma(true);
    }
}

/// Formats a list whose entries come from several lists.
pub(in crate::store) fn format_list(array: &mut Array) {
    put_comments_behind_commas(array);
    let is_on_one_line = array
        .iter()
        .all(|value| is_plain(value.decor().prefix()) && is_plain(value.decor().suffix()))
        && is_plain(Some(array.trailing()));
    if is_on_one_line {
        array.fmt();
        return;
    }
    // One entry per line, with the deepest indentation found, which does not depend on the order of merging.
    let last_lines = array.iter().filter_map(|value| {
        let prefix = text(value.decor().prefix());
        prefix.contains('\n').then(|| prefix.rsplit('\n').next())?
    });
    let indent = last_lines.max_by_key(|line| line.len()).unwrap_or_default();
    let indent = if indent.len() < 2 && indent != "\t" {
        "    "
    } else {
        indent
    }
    .to_owned();
    for value in array.iter_mut() {
        let prefix = text(value.decor().prefix());
        let (first, comments) = prefix.split_once('\n').unwrap_or((prefix, ""));
        let mut lines = vec![first.trim_end().to_owned()];
        let comments = comments.lines().map(str::trim);
        lines.extend(
            comments
                .filter(|line| !line.is_empty())
                .map(|line| format!("{indent}{line}")),
        );
        lines.push(indent.clone());
        value.decor_mut().set_prefix(lines.join("\n"));
        if text(value.decor().suffix()).trim().is_empty() {
            value.decor_mut().set_suffix("");
        }
    }
    array.set_trailing_comma(true);
    let trailing = text(Some(array.trailing())).to_owned();
    if !trailing.contains('\n') {
        array.set_trailing(format!("{}\n", trailing.trim_end()));
    }
}

/// Formats an inline table whose fields come from several tables.
pub(super) fn format_inline(table: &mut InlineTable) {
    let is_on_one_line = table.iter().all(|(name, value)| {
        let key = table.key(name);
        let decor = key.map(|key| {
            (
                is_plain(key.leaf_decor().prefix()),
                is_plain(key.leaf_decor().suffix()),
            )
        });
        decor.is_none_or(|(prefix, suffix)| prefix && suffix)
            && is_plain(value.decor().prefix())
            && is_plain(value.decor().suffix())
    });
    if is_on_one_line && is_plain(Some(table.trailing())) {
        table.fmt();
    }
}

/// Merges the text around a value.
pub(super) fn with_decor(mut value: Value, sides: &Three<Option<&Value>>) -> Value {
    *value.decor_mut() = decor(&sides.as_ref().map(|side| side.map(Value::decor)));
    value
}

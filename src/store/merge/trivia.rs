//! Comments, blank lines and the writing of values, merged beside what they belong to.

use toml_edit::{Array, Decor, InlineTable, RawString, Value};

use super::{Three, order};

/// One of two ways of writing the same, whichever side it comes from: the one that changed, else the lesser.
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

/// What stands before a key, a header or an entry: whole lines of comments and blank ones, then blanks.
pub(super) fn before(sides: &Three<&str>) -> String {
    let Three { base, ours, theirs } = *sides;
    if ours == base || theirs == base || ours == theirs {
        return spelling(sides).to_owned();
    }
    let split = |text: &str| {
        let at = text.rfind('\n').map_or(0, |at| at + 1);
        let (lines, rest) = text.split_at(at);
        let lines = super::numbered(lines.split_inclusive('\n').map(str::to_owned));
        (lines, rest.to_owned())
    };
    let parts = sides.as_ref().map(|text| split(text));
    let lines = parts.as_ref().map(|(lines, _)| lines.clone());
    let rest = parts.as_ref().map(|(_, rest)| rest.as_str());
    let order = order::merged(&lines, Clone::clone);
    let kept = order.into_iter().filter(|line| {
        let [in_base, in_ours, in_theirs] =
            [&lines.base, &lines.ours, &lines.theirs].map(|lines| lines.contains(line));
        (in_ours && in_theirs) || (!in_base && (in_ours || in_theirs))
    });
    let kept: String = kept.map(|(line, _)| line).collect();
    kept + spelling(&rest)
}

/// What stands behind a value or a header on its line: where both sides wrote a comment, both stay.
pub(super) fn behind(sides: &Three<&str>) -> String {
    let Three { base, ours, theirs } = *sides;
    let is_blank = |text: &str| text.trim().is_empty();
    if ours == base || theirs == base || ours == theirs || is_blank(ours) || is_blank(theirs) {
        let chosen = spelling(sides);
        let other = if chosen == ours { theirs } else { ours };
        // A comment is not given up for blanks that are written in another way.
        let is_new = !is_blank(other) && other != base && is_blank(chosen);
        return if is_new { other } else { chosen }.to_owned();
    }
    let (first, second) = (ours.min(theirs), ours.max(theirs));
    format!("{} {}", first.trim_end(), second.trim_start())
}

fn text(raw: Option<&RawString>) -> &str {
    raw.and_then(RawString::as_str).unwrap_or_default()
}

/// The comments around something. What one side does not have is taken for unchanged.
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
    // Without a base each side's own words are new.
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

fn is_plain(raw: Option<&RawString>) -> bool {
    !text(raw).contains(['\n', '#'])
}

/// The same list with the comment that stands behind an entry's comma kept behind the entry itself: the parser takes
/// it for the beginning of the next. [`settle_list`] puts it back.
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

/// Puts comments behind entries behind the commas of these.
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

/// Puts the blanks of a list right whose entries come from several lists.
pub(in crate::store) fn settle_list(array: &mut Array) {
    put_comments_behind_commas(array);
    let is_on_one_line = array
        .iter()
        .all(|value| is_plain(value.decor().prefix()) && is_plain(value.decor().suffix()))
        && is_plain(Some(array.trailing()));
    if is_on_one_line {
        array.fmt();
        return;
    }
    // One entry a line, as most of the entries stand.
    let lines = array
        .iter()
        .map(|value| text(value.decor().prefix()).to_owned());
    let indent = lines
        .filter(|prefix| prefix.contains('\n'))
        .filter_map(|prefix| prefix.rsplit('\n').next().map(str::to_owned))
        .min_by_key(String::len)
        .unwrap_or_else(|| "  ".to_owned());
    for value in array.iter_mut() {
        let prefix = text(value.decor().prefix()).to_owned();
        if !prefix.contains('\n') {
            value
                .decor_mut()
                .set_prefix(format!("{}\n{indent}", prefix.trim_end()));
        }
        if is_plain(value.decor().suffix()) || text(value.decor().suffix()).trim().is_empty() {
            value.decor_mut().set_suffix("");
        }
    }
    array.set_trailing_comma(true);
    let trailing = text(Some(array.trailing())).to_owned();
    if !trailing.contains('\n') {
        array.set_trailing(format!("{}\n", trailing.trim_end()));
    }
}

/// Puts the blanks of a table on one line right whose fields come from several tables.
pub(super) fn settle_inline(table: &mut InlineTable) {
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

/// The value with the comments around it taken from all sides.
pub(super) fn with_decor(mut value: Value, sides: &Three<Option<&Value>>) -> Value {
    *value.decor_mut() = decor(&sides.as_ref().map(|side| side.map(Value::decor)));
    value
}

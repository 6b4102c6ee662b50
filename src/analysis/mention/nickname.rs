//! Nicknames, initials and forms of address of a child: 小雪, 雪儿, 雪雪, 阿雪, ZXM, 张同学.

use super::number::Char;
use super::writing::sounds;
use crate::text::name::{fold, surname};
use crate::text::pinyin;

/// The minimum number of initials that identify a name by themselves.
const MIN_INITIALS: usize = 3;

/// The maximum length of a name with a nickname; longer ones, such as 阿依古丽·买买提, have several words.
const MAX_NAME_LEN: usize = 4;

/// The maximum length of the words in [`SMALL`] and [`LITTLE`], in characters.
const MAX_WORD_LEN: usize = 4;

/// Characters that form a word with a following 小: 从小立志, 大小, 中小学.
const BEFORE_SMALL: &str = "从大中幼弱缩最较不微渺胆狭细矮";

/// Common words that begin with 小 and a character used in given names.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "小儿", "小学", "小组", "小心", "小子", "小时", "小说", "小事", "小队", "小手", "小河", "小生", "小民", "小国",
    "小农", "小家", "小康", "小花", "小白", "小金", "小火", "小水", "小气", "小品", "小书", "小画", "小诗", "小人",
    "小型", "小区", "小朋友", "小英雄", "小志愿", "小红花", "小红帽", "小红旗", "小红军", "小文明", "小文艺",
    "小天使", "小天鹅", "小天地", "小天才", "小明星", "小海军", "小海豚", "小军人", "小兵张嘎", "小山村", "小山坡",
    "小山羊", "小石头", "小建议", "小建设", "小能手", "小安全", "小平安", "小平房", "小健将", "小亮点", "小勇士",
    "小智慧", "小达人", "小美食", "小新闻", "小广播", "小主人", "小主持", "小龙虾", "小燕子", "小雨点", "小雨伞",
    "小雪人", "小乐手", "小乐队", "小乐园", "小成果", "小成就", "小兴趣", "小博士", "小科学", "小超市", "小冠军",
    "小雷锋", "小青蛙", "小青年", "小梦想", "小宇航", "小航模", "小春蕾", "小秋收", "小荣誉", "小光荣", "小创新",
    "小兴安", "小黑板", "小山包", "小山头", "小男孩", "小男生", "小木屋", "小土豆", "小苗", "小利",
];

/// Common words of a character used in given names and 儿.
const LITTLE: &[&str] = &[
    "健儿",
    "育儿",
    "男儿",
    "花儿",
    "明儿",
    "心儿",
    "少儿",
    "鸟儿",
    "鱼儿",
    "生儿",
    "子儿",
    "天儿",
    "珠儿",
    "正儿八",
];

/// Characters that form a word with a preceding 儿: 留守儿童.
const AFTER_LITTLE: &str = "童女子科歌媳时戏";

/// Returns the nicknames formed from the last character of a name.
pub fn nicknames(name: &str) -> Vec<String> {
    let full = fold(name);
    let Some(last) = last_character(&full) else {
        return Vec::new();
    };
    vec![
        format!("{last}{last}"),
        format!("阿{last}"),
        format!("小{last}"),
        format!("{last}儿"),
    ]
}

/// Returns the initials of a name, such as `zxm`, if there are enough to identify it.
pub(super) fn initials(name: &str) -> Option<String> {
    let initials = all_initials(&fold(name))?;
    (initials.len() >= MIN_INITIALS).then_some(initials)
}

/// Returns what may precede 同学 for a child: the surname, its initial, and all initials.
pub fn forms_of_address(name: &str) -> Vec<String> {
    let full = fold(name);
    let Some(_) = last_character(&full) else {
        return Vec::new();
    };
    let mut forms = vec![surname(&full).to_owned()];
    if let Some(initials) = all_initials(&full) {
        forms.extend([initials[..1].to_owned(), initials]);
    }
    forms
}

/// Returns the last character of a Chinese given name.
fn last_character(full: &str) -> Option<char> {
    let last = full[surname(full).len()..].chars().next_back();
    let last = last.filter(|_| full.chars().count() <= MAX_NAME_LEN);
    last.filter(|c| !c.is_ascii() && sounds(*c).next().is_some())
}

/// Returns the initials of the pinyin of a folded name, in lower case.
fn all_initials(full: &str) -> Option<String> {
    last_character(full)?;
    let mut buffer = [0; 4];
    let of = |c: char| pinyin::sort_key(c.encode_utf8(&mut buffer)).chars().next();
    let initials: String = full.chars().filter_map(of).collect();
    (initials.len() == full.chars().count() && initials.is_ascii()).then_some(initials)
}

/// Returns whether a match of a nickname in folded text is part of another word.
pub(super) fn is_in_word(text: &[Char], place: std::ops::Range<usize>) -> bool {
    let before = place.start.checked_sub(1).map(|before| text[before].c);
    let rest: String = text[place.start..]
        .iter()
        .take(MAX_WORD_LEN)
        .map(|char| char.c)
        .collect();
    let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    match (text[place.start].c, text[place.end - 1].c) {
        ('小', _) => before.is_some_and(|c| BEFORE_SMALL.contains(c)) || begins(SMALL),
        (_, '儿' | '兒') => {
            let after = text.get(place.end).map(|char| char.c);
            after.is_some_and(|c| AFTER_LITTLE.contains(c)) || begins(LITTLE)
        }
        _ => false,
    }
}

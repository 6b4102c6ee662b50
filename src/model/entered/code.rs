//! Parses codes, and answers of yes or no.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{InputError, narrow, squeezed};
use crate::model::Code;
use crate::model::shape::CodeWord;
use crate::text::suggest;

/// Answers that mean yes: words and ticks.
const YES: &[&str] = &[
    "true",
    "yes",
    "y",
    "1",
    "是",
    "有",
    "对",
    "√",
    "✓",
    "✔",
    "☑",
    "■",
    "▲",
    "●",
    "★",
    "v",
    "ok",
    "已",
    "符合",
    "是的",
    "住校",
    "寄宿",
    "住宿",
    "住读",
    "寄宿生",
    "住校生",
    "住宿生",
    "已签",
    "已签收",
    "签收",
    "已领",
    "具备",
    "有能力",
];

/// Answers that mean no.
const NO: &[&str] = &[
    "false",
    "no",
    "n",
    "0",
    "否",
    "无",
    "没有",
    "×",
    "✗",
    "✘",
    "x",
    "☐",
    "□",
    "不",
    "不是",
    "未",
    "走读",
    "通学",
    "走读生",
    "非寄宿",
    "不住校",
    "通勤",
    "未签",
    "未签收",
    "未领",
    "不具备",
    "无能力",
    "不符合",
];

/// Parses yes or no; none for any other text.
pub fn boolean(text: &str) -> Option<bool> {
    let text = squeezed(unmarked(&narrow(text)));
    if YES.contains(&text.as_str()) {
        Some(true)
    } else if NO.contains(&text.as_str()) {
        Some(false)
    } else {
        None
    }
}

/// Parses a code: the code itself, its label in either language, or a synonym used on forms.
///
/// # Errors
///
/// The text is unknown, or a near miss of a known word.
pub fn code<'a>(words: &'a [CodeWord], text: &str) -> Result<&'a CodeWord, InputError> {
    known(words, text).ok_or_else(|| {
        let wanted = plain(unmarked(&narrow(text)));
        let labels = words
            .iter()
            .flat_map(|word| [word.zh.as_str(), word.code.as_str()]);
        // A near miss shares at least one character with the word that is meant.
        let alike = |word: &&str| word.contains(|c| wanted.contains(c));
        suggest::nearest(&wanted, labels)
            .filter(alike)
            .map_or(InputError::Unknown, |word| {
                InputError::Nearly(word.to_owned())
            })
    })
}

/// Like [`code`], without the slow search for the nearest word.
pub fn known<'a>(words: &'a [CodeWord], text: &str) -> Option<&'a CodeWord> {
    let whole = narrow(text);
    let bare = whole.trim_matches(['(', ')', '[', ']', '【', '】']);
    let mut forms = vec![whole.as_str()];
    for form in [unmarked(&whole), bare] {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms.iter().find_map(|text| find(words, &plain(text)))
}

/// Parses a code of a list as [`code`] does.
pub fn named<C: Code>(text: &str) -> Option<C> {
    let words = C::ALL.iter().map(|known| CodeWord {
        code: known.code().to_owned(),
        zh: known.label().zh.to_owned(),
        en: known.label().en.to_owned(),
    });
    C::of_code(&known(&words.collect::<Vec<_>>(), text)?.code)
}

fn plain(text: &str) -> String {
    let mut plain = squeezed(text);
    plain.retain(|c| !matches!(c, '_' | '-' | '、' | '"' | '“' | '”'));
    if plain.contains(['爸', '妈']) {
        plain = plain.replace("爸爸", "父亲").replace("妈妈", "母亲");
    }
    plain
}

fn find<'a>(words: &'a [CodeWord], wanted: &str) -> Option<&'a CodeWord> {
    let labels = |word: &&CodeWord| {
        [&word.code, &word.zh, &word.en]
            .into_iter()
            .any(|known| plain(known) == wanted)
    };
    words.iter().find(labels).or_else(|| {
        let code = set_of(words)?.meanings.get(wanted)?;
        words.iter().find(|word| word.code == *code)
    })
}

/// The synonyms for the codes of a list.
struct Set {
    /// Codes by which the list is recognised.
    of: Vec<&'static str>,
    /// The code for each synonym.
    meanings: HashMap<String, &'static str>,
    /// The synonyms of each code.
    words: Vec<(&'static str, Vec<&'static str>)>,
}

static SETS: LazyLock<Vec<Set>> = LazyLock::new(|| {
    let mut sets: Vec<Set> = Vec::new();
    for line in include_str!("code_words.txt").lines() {
        if let Some(of) = line.strip_prefix('[') {
            sets.push(Set {
                of: of.trim_end_matches(']').split(' ').collect(),
                meanings: HashMap::new(),
                words: Vec::new(),
            });
        } else if let (Some(set), Some((code, words))) = (sets.last_mut(), line.split_once(": ")) {
            let words: Vec<&str> = words.split(' ').collect();
            set.meanings
                .extend(words.iter().map(|word| (plain(word), code)));
            set.words.push((code, words));
        }
    }
    sets
});

fn set_of(words: &[CodeWord]) -> Option<&'static Set> {
    let has = |code: &&str| words.iter().any(|word| word.code == *code);
    SETS.iter().find(|set| set.of.iter().all(has))
}

/// Returns the synonyms of a code.
pub fn words_of(words: &[CodeWord], code: &str) -> &'static [&'static str] {
    let words = set_of(words).and_then(|set| set.words.iter().find(|(known, _)| *known == code));
    words.map_or(&[], |(_, words)| words)
}

/// Removes the number or letter of a choice at the beginning: 1-男, A. 男, (1)男, ①男.
fn unmarked(text: &str) -> &str {
    let text = text.strip_prefix('(').unwrap_or(text);
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if (1..=2).contains(&(text.len() - digits.len())) {
        digits
    } else {
        text.strip_prefix(|c: char| c.is_ascii_alphabetic())
            .unwrap_or(text)
    };
    let marked = rest
        .strip_prefix(['-', '.', '、', ':', ')', '·', '_'])
        .filter(|_| rest.len() < text.len());
    marked
        .map(str::trim_start)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn read(field: &str, text: &str) -> Result<String, InputError> {
        let field = Kind::Child.shape().at(&field.parse().unwrap()).unwrap();
        code(field.codes().unwrap(), text).map(|word| word.code.clone())
    }

    #[test]
    fn codes_are_parsed_from_labels_and_synonyms() {
        for (field, text, code) in [
            ("gender", "男", "male"),
            ("gender", "女生", "female"),
            ("gender", "1-男", "male"),
            ("gender", "A. 男", "male"),
            ("gender", "A、女", "female"),
            ("gender", "２：女", "female"),
            ("gender", "Male", "male"),
            ("gender", "(1)男", "male"),
            ("guardianship.kind", "隔代监护", "grandparents"),
            ("guardianship.kind", "爷爷奶奶", "grandparents"),
            ("guardianship.kind", "亲戚监护", "kin-or-friends"),
            ("guardianship.kind", "one parent", "one-parent"),
            ("guardianship.kind", "one_parent", "one-parent"),
            ("guardianship.away", "双亲留守", "both"),
            ("guardianship.away", "父母 外出", "both"),
            ("guardianship.away", "母亲外出务工", "mother"),
            ("guardianship.away", "非留守儿童", "none"),
            ("household", "农业户口", "rural"),
            ("hardship", "低保户", "low-income"),
            ("guardianship.quality", "较差", "poor"),
        ] {
            assert_eq!(read(field, text), Ok(code.to_owned()), "{field} {text}");
        }
        assert_eq!(read("gender", "妇"), Err(InputError::Unknown));
        assert_eq!(
            read("guardianship.kind", "祖辈监户"),
            Err(InputError::Nearly("祖辈监护".to_owned()))
        );
        // One parent is away, but the text does not say which.
        assert!(read("guardianship.away", "单亲留守").is_err());
        assert!(read("gender", "1").is_err());
    }

    #[test]
    fn synonyms_belong_to_existing_codes() {
        let mut lists: Vec<&[CodeWord]> = Vec::new();
        for kind in Kind::ALL {
            lists.extend(
                kind.shape()
                    .leaves()
                    .iter()
                    .filter_map(|(_, field)| field.codes()),
            );
        }
        for set in SETS.iter() {
            let of = |list: &&&[CodeWord]| {
                set.of
                    .iter()
                    .all(|code| list.iter().any(|word| word.code == *code))
            };
            // The synonyms may include lists that are not yet fields.
            let Some(list) = lists.iter().find(of) else {
                continue;
            };
            for (code, words) in &set.words {
                assert!(list.iter().any(|word| word.code == *code), "{code}");
                for word in words {
                    assert_eq!(
                        super::code(list, word).map(|word| word.code.as_str()),
                        Ok(*code),
                        "{word}"
                    );
                }
            }
        }
    }

    #[test]
    fn ticks_are_answers() {
        for text in ["是", "√", "有", "Y", "✓", "住校", "A.是", "1"] {
            assert_eq!(boolean(text), Some(true), "{text}");
        }
        for text in ["否", "×", "无", "走读", "2-否"] {
            assert_eq!(boolean(text), Some(false), "{text}");
        }
        assert_eq!(boolean("也许"), None);
    }
}

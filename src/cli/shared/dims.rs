//! Parses dimensions, by code or by label in either language.

use crate::analysis::breakdown::Dim;
use crate::cli::shared::lookup;
use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::model::Code;
use crate::text::Lang;

/// Words for dimensions besides their labels.
const WORDS: [(&str, Dim); 15] = [
    ("班", Dim::Class),
    ("监护", Dim::Guardianship),
    ("监护情况", Dim::Guardianship),
    ("监护方式", Dim::Guardianship),
    ("外出", Dim::Away),
    ("困境", Dim::Hardship),
    ("风险", Dim::Risk),
    ("教师", Dim::Helper),
    ("老师", Dim::Helper),
    ("村", Dim::Village),
    ("社区", Dim::Village),
    ("月", Dim::Month),
    ("星期", Dim::Week),
    ("节日", Dim::Occasion),
    ("时机", Dim::Occasion),
];

/// The dimension named by a word.
pub(crate) fn of_word(word: &str) -> Option<Dim> {
    let word = word.trim();
    let labelled = |dim: &&Dim| Lang::ALL.iter().any(|lang| dim.label().get(*lang) == word);
    let other = || WORDS.iter().find(|(known, _)| *known == word);
    Dim::of_code(&word.to_lowercase())
        .or_else(|| Dim::ALL.iter().find(labelled).copied())
        .or_else(|| other().map(|(_, dim)| *dim))
}

/// Parses a dimension.
///
/// # Errors
///
/// There is none; with the nearest, or else all.
pub(crate) fn read(word: &str, lang: Lang) -> Result<Dim, UserError> {
    if let Some(dim) = of_word(word) {
        return Ok(dim);
    }
    let known: Vec<String> = Dim::ALL.iter().map(|dim| in_words(*dim, lang)).collect();
    let message = Message::new("explain-no-dim").with("found", word);
    let all = Message::new("argument-known").with(
        "known",
        known.join(match lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        }),
    );
    let words = Dim::ALL
        .iter()
        .flat_map(|dim| [dim.code(), dim.label().get(lang)]);
    Err(lookup::unknown_or(message, word, words, all))
}

fn in_words(dim: Dim, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}（{}）", dim.label().zh, dim.code()),
        Lang::En => dim.code().to_owned(),
    }
}

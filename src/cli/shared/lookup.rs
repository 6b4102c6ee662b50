//! A word looked up among those that are known; where it is none of them, the error names the nearest.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::model::shape::CodeWord;
use crate::model::{Code, entered};
use crate::text::{Lang, suggest};

/// The error with a hint: the known word nearest to what was found, else all that are known.
pub(crate) fn unknown<'a>(
    message: Message,
    found: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> UserError {
    let known: Vec<&str> = known.into_iter().collect();
    let all = Message::new("argument-known").with("known", known.join(" "));
    unknown_or(message, found, known, all)
}

/// The error with a hint: the known word nearest to what was found, else another hint.
pub(crate) fn unknown_or<'a>(
    message: Message,
    found: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: Message,
) -> UserError {
    let help = match suggest::nearest(found, known) {
        Some(nearest) => Message::new("argument-nearest").with("nearest", nearest),
        None => otherwise,
    };
    UserError::new(message).help(help)
}

/// The code that a word means: the code itself, its label in either language, or a word that stands for it alone.
pub(crate) fn code<'a>(codes: &'a [CodeWord], word: &str) -> Option<&'a CodeWord> {
    entered::code::code(codes, word).ok()
}

/// Parses the values of an option that are codes.
pub(crate) fn code_parser<C: Code + Send + Sync>() -> impl TypedValueParser<Value = C> {
    PossibleValuesParser::new(C::ALL.iter().map(|code| code.code())).try_map(|word| {
        C::of_code(&word).ok_or_else(|| UserError::new(Message::new("unknown-word")))
    })
}

/// Codes as people read them: `家访（home）、电话（phone）`.
pub(crate) fn codes_in_words(codes: &[CodeWord], lang: Lang) -> String {
    let both = codes.iter().map(|code| match lang {
        Lang::Zh => format!("{}（{}）", code.label(lang), code.code),
        Lang::En => code.code.clone(),
    });
    let both: Vec<String> = both.collect();
    match lang {
        Lang::Zh => both.join("、"),
        Lang::En => both.join(", "),
    }
}

/// That a word is no code, with the nearest, else all.
pub(crate) fn unknown_code(
    message: Message,
    found: &str,
    codes: &[CodeWord],
    lang: Lang,
) -> UserError {
    let words = codes
        .iter()
        .flat_map(|code| [code.code.as_str(), code.label(lang)]);
    let all = Message::new("argument-known").with("known", codes_in_words(codes, lang));
    unknown_or(message, found, words, all)
}

//! Looks up words in closed sets; for an unknown word, the error suggests the nearest.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::shared::user_error::UserError;
use crate::diagnostic::Message;
use crate::model::shape::CodeWord;
use crate::model::{Code, entered};
use crate::text::{Lang, suggest};

/// An error with a hint: the nearest known word, or else all known words.
pub(crate) fn unknown<'a>(
    message: Message,
    found: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> UserError {
    let known: Vec<&str> = known.into_iter().collect();
    let all = Message::new("argument-known").with("known", known.join(" "));
    unknown_or(message, found, known, all)
}

/// An error with a hint: the nearest known word, or else another hint.
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

/// The code named by a word: the code, its label in either language, or an unambiguous synonym.
pub(crate) fn code<'a>(codes: &'a [CodeWord], word: &str) -> Option<&'a CodeWord> {
    entered::code::code(codes, word).ok()
}

/// Parses the values of an option that are codes.
pub(crate) fn code_parser<C: Code + Send + Sync>() -> impl TypedValueParser<Value = C> {
    PossibleValuesParser::new(C::ALL.iter().map(|code| code.code())).try_map(|word| {
        C::of_code(&word).ok_or_else(|| UserError::new(Message::new("unknown-word")))
    })
}

/// Formats codes for people: `家访（home）、电话（phone）`.
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

/// The error for an unknown code, with the nearest, or else all.
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

//! The supported languages and their message catalogues.
//!
//! A word that belongs to a field or a code is a [`Text`] next to its definition in the model; sentences are messages
//! of a catalogue (`src/text/messages/*.ftl`, Project Fluent).

use std::cell::OnceCell;
use std::fmt;
use std::str::FromStr;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use unic_langid::LanguageIdentifier;

/// A supported language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both languages, the default first.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// Returns the code that `--lang` accepts: `zh` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// Returns the language of a locale name (`zh_CN.UTF-8`, `en-GB`), if it is supported.
    pub fn of_locale(locale: &str) -> Option<Lang> {
        let lower = locale.to_ascii_lowercase();
        match lower.split(['-', '_', '.']).next() {
            Some("zh") => Some(Lang::Zh),
            Some("en") => Some(Lang::En),
            _ => None,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Lang::ALL
            .into_iter()
            .find(|lang| lang.code() == text)
            .ok_or_else(|| format!("`{text}` is not zh or en"))
    }
}

/// A word or short phrase in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Text {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// Creates a text.
    pub const fn new(zh: &'static str, en: &'static str) -> Text {
        Text { zh, en }
    }

    /// Returns the text in a language.
    pub fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// The files of the catalogue, one for each part of the tool; each is parsed when one of its messages is first needed.
const PARTS: &[(&str, &str, &str)] = &[
    (
        "",
        include_str!("messages/main.zh.ftl"),
        include_str!("messages/main.en.ftl"),
    ),
    (
        "audit-",
        include_str!("messages/audit.zh.ftl"),
        include_str!("messages/audit.en.ftl"),
    ),
    (
        "command-",
        include_str!("messages/command.zh.ftl"),
        include_str!("messages/command.en.ftl"),
    ),
    (
        "due-",
        include_str!("messages/due.zh.ftl"),
        include_str!("messages/due.en.ftl"),
    ),
    (
        "help-",
        include_str!("messages/help.zh.ftl"),
        include_str!("messages/help.en.ftl"),
    ),
    (
        "import-",
        include_str!("messages/import.zh.ftl"),
        include_str!("messages/import.en.ftl"),
    ),
    (
        "report-",
        include_str!("messages/report.zh.ftl"),
        include_str!("messages/report.en.ftl"),
    ),
];

thread_local! {
    static BUNDLES: [[OnceCell<FluentBundle<FluentResource>>; PARTS.len()]; 2] = const { [const { [const { OnceCell::new() }; PARTS.len()] }; 2] };
}

fn part_of(id: &str) -> usize {
    PARTS
        .iter()
        .position(|(prefix, ..)| !prefix.is_empty() && id.starts_with(prefix))
        .unwrap_or(0)
}

fn source(part: usize, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => PARTS[part].1,
        Lang::En => PARTS[part].2,
    }
}

fn bundle(part: usize, lang: Lang) -> FluentBundle<FluentResource> {
    let resource = match FluentResource::try_new(source(part, lang).to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let locale: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![locale]);
    // Fluent's isolation marks are invisible characters that would end up in files and in the output read by scripts.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

/// Formats a message of the catalogue; returns the id itself if there is no such message, which a test excludes.
pub fn message(lang: Lang, id: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
    find_message(lang, id, arguments).unwrap_or_else(|| id.to_owned())
}

/// Like [`message`], but returns none if there is no such message.
pub fn find_message(lang: Lang, id: &str, arguments: &[(&str, FluentValue<'_>)]) -> Option<String> {
    let part = part_of(id);
    BUNDLES.with(|bundles| {
        let bundle = bundles[lang as usize][part].get_or_init(|| bundle(part, lang));
        let pattern = bundle.get_message(id)?.value()?;
        let args: FluentArgs<'_> = arguments
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        let mut faults = Vec::new();
        Some(
            bundle
                .format_pattern(pattern, Some(&args), &mut faults)
                .into_owned(),
        )
    })
}

/// Formats a sentence in Fluent syntax that is defined outside of the catalogue; returns it unformatted if its syntax
/// is invalid, which a test excludes.
pub fn format(
    lang: Lang,
    sentence: &'static Text,
    arguments: &[(&str, FluentValue<'_>)],
) -> String {
    let sentence = sentence.get(lang);
    let Ok(resource) = FluentResource::try_new(format!("sentence = {sentence}\n")) else {
        return sentence.to_owned();
    };
    let Some(Entry::Message(message)) = resource.get_entry(0) else {
        return sentence.to_owned();
    };
    let args: FluentArgs<'_> = arguments
        .iter()
        .map(|(name, value)| (*name, value.clone()))
        .collect();
    BUNDLES.with(|bundles| {
        // Any bundle of the language will do, because the sentence refers to no other messages.
        let bundle = bundles[lang as usize][0].get_or_init(|| bundle(0, lang));
        let mut faults = Vec::new();
        message.value.as_ref().map_or_else(
            || sentence.to_owned(),
            |pattern| {
                bundle
                    .format_pattern(pattern, Some(&args), &mut faults)
                    .into_owned()
            },
        )
    })
}

/// Formats a message of the catalogue: `tr!(lang, "id")` or `tr!(lang, "id", name = value, …)`.
#[macro_export]
macro_rules! tr {
    ($lang:expr, $id:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::lang::message($lang, $id, &[$((stringify!($name), fluent_bundle::FluentValue::from($value))),*])
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn ids(text: &str) -> BTreeSet<String> {
        let is_id =
            |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase()) && line.contains('=');
        text.lines()
            .filter(is_id)
            .map(|line| line.split('=').next().unwrap_or("").trim().to_owned())
            .collect()
    }

    #[test]
    fn both_catalogues_parse_and_have_the_same_messages() {
        for (prefix, zh, en) in PARTS {
            for text in [zh, en] {
                if let Err((_, faults)) = FluentResource::try_new((*text).to_owned()) {
                    panic!("catalogue `{prefix}`: {faults:?}");
                }
            }
            let (zh, en) = (ids(zh), ids(en));
            assert_eq!(
                zh.symmetric_difference(&en).collect::<Vec<_>>(),
                Vec::<&String>::new(),
                "catalogue `{prefix}`"
            );
            assert!(
                zh.iter()
                    .all(|id| prefix.is_empty() || id.starts_with(prefix)),
                "ids of the catalogue `{prefix}` begin with it"
            );
        }
    }

    #[test]
    fn a_locale_names_a_language() {
        assert_eq!(Lang::of_locale("zh_CN.UTF-8"), Some(Lang::Zh));
        assert_eq!(Lang::of_locale("en-GB"), Some(Lang::En));
        assert_eq!(Lang::of_locale("C"), None);
    }
}

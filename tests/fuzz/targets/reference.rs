//! Anything that a person types for a record, a field or its value: understood or refused, never a panic; a record
//! that was changed by it is still TOML and holds the value.

#![no_main]

use cuncao::model::{FieldPath, Id, Kind};
use cuncao::store::edit::{Change, change, value_of_words};
use cuncao::text::{pinyin, suggest};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str, &str, &str)| {
    let (kind, typed, field, text) = input;
    let kind = Kind::ALL[usize::from(kind) % Kind::ALL.len()];
    if let Some(id) = Id::parse(kind, typed) {
        assert_eq!(id.to_string(), typed);
        assert_eq!(typed.parse::<Id>().ok(), Some(id));
    }
    let _ = pinyin::fits(typed, text);
    let _ = suggest::nearest(typed, [field, "name", "birth_date"].into_iter());
    let Ok(path) = field.parse::<FieldPath>() else {
        return;
    };
    let Some(found) = kind.shape().at(&path) else {
        return;
    };
    let Ok(value) = value_of_words(&found.holds, typed) else {
        return;
    };
    let change_it = Change { path, value: Some(value) };
    if let Ok(changed) = change(text, kind.shape(), &[change_it]) {
        let body = changed.trim_start_matches('\u{feff}');
        assert!(body.parse::<toml::Table>().is_ok(), "{changed}");
    }
});

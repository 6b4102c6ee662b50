//! Any bytes as a record of any kind: read or refused, never a panic; the fast parser answers as the `toml` crate
//! does; every finding has a place in the text.

#![no_main]

#[macro_use]
mod kinds;

use cuncao::model::{Id, Kind, Record, School, table_of};
use cuncao::store::decode::{Prose, fast, reference};
use cuncao::store::locate::locate;
use cuncao::store::{Store, check, path_of};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let kind = Kind::ALL[usize::from(kind) % Kind::ALL.len()];
    with_kind!(kind, K => look_at::<K>(bytes));
});

fn look_at<K: Record + serde::Serialize + serde::de::DeserializeOwned>(bytes: &[u8]) {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
    let id = Id::new(K::KIND, day, 7).or(Id::term(2025, 1)).unwrap();
    let path = path_of(id);
    let read = check::read::<K>(&path, bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        assert!(read.is_err());
        return;
    };
    let wanted = reference::<K>(text);
    if let Some(found) = fast::<K>(text, Prose::Keep) {
        let wanted = wanted.as_ref().expect("the reference reads what the fast parser reads");
        assert_eq!(table_of(&found), table_of(wanted));
    }
    if let Ok((found, _)) = &read {
        let wanted = wanted.as_ref().expect("the reference reads what passes the check");
        assert_eq!(table_of(found), table_of(wanted));
    }
    let school: School =
        toml::from_str("format = 1\n[school]\nname = \"a\"\nlevel = \"primary\"\n").unwrap();
    let nowhere = Store::at("/nonexistent");
    for reported in cuncao::rules::check_one(&nowhere, &school, day, &path, text) {
        let span = locate(text, &reported.finding.place);
        assert!(text.get(span).is_some(), "{:?}", reported.finding);
    }
}

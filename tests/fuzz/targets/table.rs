//! Any bytes as a table of any kind: planned or refused with places, never a panic; what is planned reads back.

#![no_main]

#[macro_use]
mod kinds;

use cuncao::exchange::import::plan;
use cuncao::exchange::plan::{ImportOptions, Present};
use cuncao::exchange::sheet;
use cuncao::model::{Kind, Records, School};
use cuncao::store::{Store, check, path_of};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let kind = Kind::ALL[usize::from(kind) % Kind::ALL.len()];
    let Ok(sheets) = sheet::read(bytes, None) else {
        return;
    };
    let school: School =
        toml::from_str("format = 1\n[school]\nname = \"a\"\nlevel = \"primary\"\n").unwrap();
    let (store, records) = (Store::at("/nonexistent"), Records::default());
    let present = Present {
        store: &store,
        school: &school,
        records: &records,
        today: chrono::NaiveDate::from_ymd_opt(2026, 3, 5).unwrap(),
    };
    let options = ImportOptions::default();
    let tables: Vec<_> = sheets.into_iter().map(|sheet| (kind, sheet)).collect();
    let planned = plan(&present, &tables, &options, &mut |_| {});
    if planned.faults.is_empty() {
        for added in &planned.plan.additions {
            with_kind!(kind, K => {
                let read = check::read::<K>(&path_of(added.id), added.text.as_bytes());
                assert!(read.is_ok(), "{}", added.text);
            });
        }
    }
});

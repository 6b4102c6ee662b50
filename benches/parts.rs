//! Measures the parts of reading: parsing a record, loading a directory, counting. `cargo bench --bench parts`.

use cuncao::analysis::figures::Figures;
use cuncao::analysis::{Basis, Scope};
use cuncao::model::visit::Visit;
use cuncao::model::{KindSet, Records};
use cuncao::store::{Store, Want, check};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const VISIT: &str = "date = 2025-10-12\nrecorded = 2025-10-13\nmode = \"home\"\nchildren = [\"c4t8w2z\"]\nby = [\"h7k3m9q\"]\nmet = [\"child\", \"guardian\"]\ntopics = [\"study\"]\nminutes = 40\nsummary = \"奶奶腰疼，孩子放学后帮着做饭。\"\n";

fn school() -> Store {
    Store::at(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/school"))
}

fn records() -> Records {
    school().load(Want::all(KindSet::ALL)).records
}

#[divan::bench]
fn parse_a_visit(bencher: Bencher<'_, '_>) {
    bencher.bench(|| check::read::<Visit>("visit.toml", black_box(VISIT.as_bytes())).is_ok());
}

#[divan::bench]
fn load_the_example_school(bencher: Bencher<'_, '_>) {
    bencher.bench(|| records().count());
}

#[divan::bench]
fn count_all_figures(bencher: Bencher<'_, '_>) {
    let (records, settings) = (
        records(),
        school().school().expect("the example has settings"),
    );
    let day = |text: &str| text.parse().expect("a day");
    let scope = Scope::between(
        day("2025-09-01"),
        day("2026-07-03"),
        day("2026-07-10"),
        settings.definition(),
    );
    let basis = Basis {
        school: &settings,
        records: &records,
        scope,
    };
    bencher.bench(|| Figures::of(black_box(&basis)).rows().count());
}

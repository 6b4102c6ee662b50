//! Benchmarks parts of the commands: parsing a record; loading, checking and counting the example school; rendering
//! findings. `cargo bench --bench parts`.

use std::hint::black_box;

use chrono::NaiveDate;
use cuncao::analysis::{Basis, Scope};
use cuncao::model::{KindSet, Records, School};
use cuncao::rules::{CheckOptions, Reported};
use cuncao::store::{ReadOptions, Store};
use divan::Bencher;

fn main() {
    divan::main();
}

/// The records of the example school, loaded once for benchmarks of counting.
struct Example {
    school: School,
    records: Records,
}

impl Example {
    fn read() -> Example {
        Example {
            school: store().school().expect("the example has settings"),
            records: store().load(ReadOptions::all(KindSet::ALL)).records,
        }
    }

    /// The basis of its school year.
    fn basis(&self) -> Basis<'_> {
        let definition = self.school.definition();
        Basis {
            school: &self.school,
            records: &self.records,
            scope: Scope::between(
                day("2025-09-01"),
                day("2026-07-03"),
                day("2026-07-10"),
                definition,
            ),
        }
    }
}

fn store() -> Store {
    Store::at(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/school"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A year after the end of the example, when there are findings.
const LATER: &str = "2027-07-10";

fn check(today: &str) -> Vec<Reported> {
    let options = CheckOptions {
        today: day(today),
        severities: None,
        advanced: &|_| {},
    };
    cuncao::rules::check(&store(), &options)
}

/// From the text of one record.
mod parse {
    use super::{Bencher, black_box};
    use cuncao::model::Record;
    use cuncao::model::activity::Activity;
    use cuncao::model::child::Child;
    use cuncao::model::visit::Visit;
    use cuncao::store::decode::{self, Parser, Prose};
    use divan::counter::BytesCount;

    /// A kind of record with a text of average length.
    trait Sample: Record {
        const TEXT: &'static str;
    }

    impl Sample for Visit {
        const TEXT: &'static str = r#"date = 2025-10-12
recorded = 2025-10-13
mode = "home"
children = ["c4t8w2z"]
by = ["h7k3m9q"]
met = ["child", "guardian"]
topics = ["study", "safety"]
summary = """
孩子正在写作业，情绪稳定，主动和老师打招呼。
奶奶反映最近晚上看手机时间偏长，已约定每天不超过半小时。
"""

[[follow_up]]
what = "跟进家庭情况"
due = 2025-11-10
done = 2025-11-08
"#;
    }

    impl Sample for Child {
        const TEXT: &'static str = r#"name = "魏馨英"
gender = "female"
birth_date = 2012-03-05
village = "长岭村"
filed = 2018-09-11

[[enrolment]]
since = 2018-09-01
class = "2018-2"
boarding = true

[[guardianship]]
since = 2018-09-01
away = "father"
kind = "one-parent"
guardian = { name = "魏嘉", relation = "亲属", phone = "13900001799" }

[[parents]]
relation = "father"
name = "魏明明"
phone = "13900006363"
workplace = "广东东莞"
contact = "weekly"

[[parents]]
relation = "mother"
name = "胡佳"
phone = "13900002757"
workplace = "广东深圳"
contact = "monthly"

[profile]
interests = ["跳绳", "篮球"]
note = """
与奶奶同住，奶奶膝盖不好，上下学由邻居顺路接送。
喜欢画画，曾获镇里绘画比赛三等奖。
"""

[consent]
basis = "consent"
by = "魏嘉"
date = 2018-09-01
scope = ["records"]
"#;
    }

    impl Sample for Activity {
        const TEXT: &'static str = r#"date = 2026-07-05
title = "“我有一双巧巧手”劳动技能大赛"
theme = "labour"
venue = "留守儿童之家"
organisers = ["h5nph7t"]
partners = ["团县委", "镇妇联"]
children = ["c0hrjhk", "c59mj97", "c5gq1d7", "c69dkyw", "c75betj", "c8dz9t7", "ccgphwa", "cfd936j", "cgpm7my"]
attendance = { children = 17, staff = 3 }
summary = """
家附近有池塘，再次强调防溺水。
孩子说想妈妈，聊了一会儿，鼓励他给妈妈写信。
"""
"#;
    }

    fn each<K: Sample>(bencher: Bencher<'_, '_>, mut parse: impl FnMut(&str) -> Option<K>) {
        assert!(parse(K::TEXT).is_some(), "the text is no such record");
        bencher
            .counter(BytesCount::of_str(K::TEXT))
            .bench_local(|| parse(black_box(K::TEXT)));
    }

    #[divan::bench(types = [Visit, Child, Activity])]
    fn fast<K: Sample>(bencher: Bencher<'_, '_>) {
        let mut parser = Parser::default();
        each::<K>(bencher, |text| parser.read(text, Prose::Keep));
    }

    #[divan::bench(types = [Visit, Child, Activity])]
    fn fast_without_prose<K: Sample>(bencher: Bencher<'_, '_>) {
        let mut parser = Parser::default();
        each::<K>(bencher, |text| parser.read(text, Prose::Skip));
    }

    #[divan::bench(types = [Visit, Child, Activity])]
    fn reference<K: Sample>(bencher: Bencher<'_, '_>) {
        each::<K>(bencher, |text| decode::reference(text).ok());
    }
}

/// From the files of the example.
mod load {
    use super::{Bencher, KindSet, ReadOptions, day, store};
    use cuncao::model::Kind;

    #[divan::bench]
    fn everything(bencher: Bencher<'_, '_>) {
        bencher.bench(|| store().load(ReadOptions::all(KindSet::ALL)));
    }

    #[divan::bench]
    fn figures_of_a_month(bencher: Bencher<'_, '_>) {
        let want = ReadOptions::figures(day("2026-04-01"), day("2026-04-30"));
        bencher.bench(|| store().load(want));
    }

    #[divan::bench]
    fn children(bencher: Bencher<'_, '_>) {
        let want = ReadOptions::all(KindSet::of(&[Kind::Child]));
        bencher.bench(|| store().load(want));
    }
}

mod rules {
    use super::{Bencher, LATER, check, day, store};
    use cuncao::rules::check_one;

    #[divan::bench]
    fn the_example(bencher: Bencher<'_, '_>) {
        bencher.bench(|| check("2026-07-10"));
    }

    #[divan::bench]
    fn the_example_a_year_later(bencher: Bencher<'_, '_>) {
        bencher.bench(|| check(LATER));
    }

    #[divan::bench]
    fn one_visit(bencher: Bencher<'_, '_>) {
        let (store, school) = (store(), store().school().expect("settings"));
        let visits = store.root().join("visits/2026-04");
        let visit = std::fs::read_dir(visits)
            .expect("the example has visits")
            .filter_map(Result::ok)
            .map(|entry| format!("visits/2026-04/{}", entry.file_name().display()))
            .min()
            .expect("the example has visits in April");
        let text = store.text(&visit).expect("a text");
        bencher.bench(|| check_one(&store, &school, day("2026-07-10"), &visit, &text));
    }
}

/// From records in memory.
mod aggregate {
    use super::{Bencher, Example, black_box, day};
    use cuncao::analysis::due::{self, Filter, View};
    use cuncao::analysis::duty;
    use cuncao::analysis::figures::Figures;

    #[divan::bench]
    fn figures(bencher: Bencher<'_, '_>) {
        let example = Example::read();
        let basis = example.basis();
        bencher.bench(|| Figures::of(black_box(&basis)).rows().count());
    }

    #[divan::bench]
    fn duties(bencher: Bencher<'_, '_>) {
        let example = Example::read();
        let basis = example.basis();
        bencher.bench(|| duty::all(black_box(&basis)));
    }

    #[divan::bench]
    fn due(bencher: Bencher<'_, '_>) {
        let example = Example::read();
        let view = View {
            school: &example.school,
            records: &example.records,
            today: day("2026-06-01"),
            within: 7,
        };
        bencher.bench(|| due::list(black_box(&view), Filter::default()).len());
    }
}

/// All findings of the example, a year later.
mod render {
    use super::{Bencher, LATER, black_box, check, store};
    use cuncao::diagnostic::render::{self, Diagnostic, Sarif, TextRenderer};
    use cuncao::rules::{self, Reported};
    use cuncao::store::Store;
    use cuncao::text::Lang;

    /// The findings with the texts of their files.
    fn findings(store: &Store) -> Vec<(Reported, String)> {
        let all = check(LATER).into_iter().map(|reported| {
            let text = store.shown_text(&reported.finding.path);
            (reported, text.expect("a file that has findings"))
        });
        let all: Vec<_> = all.collect();
        assert!(!all.is_empty(), "there is nothing to say");
        all
    }

    /// Measures the rendering of all findings, including the lookup of their positions.
    fn each(bencher: Bencher<'_, '_>, form: impl Fn(&Diagnostic<'_>) -> usize) {
        let store = store();
        let all = findings(&store);
        bencher.bench_local(|| {
            let forms = black_box(&all)
                .iter()
                .map(|(reported, text)| form(&rules::diagnose(&store, reported, Some(text))));
            forms.sum::<usize>()
        });
    }

    #[divan::bench(args = [Lang::Zh, Lang::En])]
    fn text(bencher: Bencher<'_, '_>, lang: Lang) {
        let shown = TextRenderer::new(lang, false);
        each(bencher, |found| shown.text(found).len());
    }

    #[divan::bench]
    fn short(bencher: Bencher<'_, '_>) {
        each(bencher, |found| render::short(found, Lang::Zh).len());
    }

    #[divan::bench]
    fn github(bencher: Bencher<'_, '_>) {
        each(bencher, |found| render::github(found, Lang::Zh).len());
    }

    #[divan::bench]
    fn json(bencher: Bencher<'_, '_>) {
        each(bencher, |found| {
            let row = render::row(found, Lang::Zh);
            row.expect("numbers and texts").len()
        });
    }

    #[divan::bench]
    fn sarif(bencher: Bencher<'_, '_>) {
        let sarif = Sarif::new([], Lang::Zh);
        each(bencher, |found| sarif.result(found).to_string().len());
    }
}

//! One pass over the files, and what it finds.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::levels::Levels;
use super::record::{self, Context};
use super::{across, care};
use crate::analysis::duty::DutyFacts;
use crate::diagnostic::{Finding, Level, Place};
use crate::model::child::Child;
use crate::model::fund::Fund;
use crate::model::helper::Helper;
use crate::model::loan::Loan;
use crate::model::pairing::Pairing;
use crate::model::term::Term;
use crate::model::{Entry, FieldPath, HasTable, Id, KindSet, Record, Records, School, Table};
use crate::store::decode::Prose;
use crate::store::read::{self, Sink, Source, Want};
use crate::store::surface::surface;
use crate::store::{SCHOOL_FILE, Store, check, layout};

/// How to check.
pub struct Options<'a> {
    /// The day of today.
    pub today: NaiveDate,
    /// How bad the findings are; the school's settings unless given.
    pub levels: Option<Levels>,
    /// Told how many files were read since the last time, from several threads.
    pub advanced: &'a (dyn Fn(usize) + Sync),
}

/// A finding with how bad it is.
#[derive(Clone, Debug)]
pub struct Judged {
    /// How bad it is.
    pub level: Level,
    /// What was found.
    pub finding: Finding,
}

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The findings, by path and place.
    pub findings: Vec<Judged>,
    /// The files that were looked at.
    pub files: usize,
}

impl Checked {
    /// How many findings there are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.findings
            .iter()
            .filter(|judged| judged.level == level)
            .count()
    }
}

/// What is kept of the records of some files.
#[derive(Default)]
pub(super) struct Seen<'a> {
    pub(super) findings: Vec<Finding>,
    pub(super) terms: Vec<Entry<Term>>,
    pub(super) helpers: Vec<Entry<Helper>>,
    pub(super) children: Vec<Entry<Child>>,
    pub(super) pairings: Vec<Entry<Pairing>>,
    pub(super) loans: Vec<Entry<Loan>>,
    pub(super) funds: Vec<Entry<Fund>>,
    /// Who or what is named, and by which record.
    pub(super) mentions: Vec<(Id, Id)>,
    /// Names of files that records hold.
    pub(super) paths: Vec<(Id, FieldPath, String)>,
    /// Paths of records that do not lie where they belong.
    pub(super) misplaced: Vec<(Id, String)>,
    /// Paths of files that are or should be records and could not be read.
    pub(super) broken: Vec<String>,
    files: usize,
    facts: Option<DutyFacts<'a>>,
}

/// So many findings about one record are told one by one.
const MOST: usize = 200;

struct Keep<'a> {
    context: Context<'a>,
    levels: &'a Levels,
    advanced: &'a (dyn Fn(usize) + Sync),
}

impl<'a> Sink for Keep<'a> {
    type Part = Seen<'a>;

    fn record<K: Record>(&self, seen: &mut Seen<'a>, entry: Entry<K>, source: &Source<'_>)
    where
        Records: HasTable<K>,
    {
        seen.files += 1;
        let mut findings = Vec::new();
        record::record(&self.context, &entry, source, &mut findings);
        // What nobody asked for is not kept: a school with a million records has many late ones.
        findings.retain(|finding| self.levels.level(finding.rule).is_some());
        Finding::at_most(&mut findings, MOST);
        seen.findings.append(&mut findings);
        let id = entry.id;
        if !source.in_place {
            seen.misplaced.push((id, (source.path)()));
        }
        entry
            .record
            .references(&mut |_, target| seen.mentions.push((target, id)));
        let facts = seen
            .facts
            .get_or_insert_with(|| DutyFacts::new(&self.context.school.duty));
        facts.add(id, &entry.record);
        seen.keep(entry);
    }

    fn unreadable(&self, seen: &mut Seen<'a>, path: String, findings: Vec<Finding>) {
        seen.files += 1;
        seen.findings.extend(findings);
        // What else is wrong with it is said as well, so that one round of mending is enough.
        if let Ok(text) = self.context.store.text(&path) {
            seen.findings.extend(surface(&path, &text));
        }
        seen.broken.push(path);
    }

    fn stray(&self, seen: &mut Seen<'a>, finding: Finding) {
        seen.findings.push(finding);
    }

    fn advanced(&self, files: usize) {
        (self.advanced)(files);
    }
}

impl Seen<'_> {
    /// Keeps the few kinds of record that are set against each other.
    fn keep<K: Record>(&mut self, entry: Entry<K>) {
        use std::any::Any;
        let Entry { id, record } = entry;
        let mut record = Some(record);
        let any: &mut dyn Any = &mut record;
        macro_rules! keep {
            ($($type:ty => $list:ident),+) => {
                $(if let Some(record) = any.downcast_mut::<Option<$type>>().and_then(Option::take) {
                    self.$list.push(Entry { id, record });
                    return;
                })+
            };
        }
        keep!(Term => terms, Helper => helpers, Child => children, Pairing => pairings, Loan => loans, Fund => funds);
        if let Some(activity) = any
            .downcast_ref::<Option<crate::model::activity::Activity>>()
            .and_then(Option::as_ref)
        {
            for (at, photo) in activity.photos.iter().enumerate() {
                let field = FieldPath::key("photos").at(at);
                self.paths.push((id, field, photo.clone()));
            }
        }
        if let Some(file) = any
            .downcast_ref::<Option<crate::model::document::Document>>()
            .and_then(|document| document.as_ref()?.file.clone())
        {
            self.paths.push((id, FieldPath::key("file"), file));
        }
    }
}

/// Everything that was seen, joined; the mentions stay in their parts.
pub(super) struct Whole<'a> {
    pub(super) store: &'a Store,
    pub(super) school: &'a School,
    pub(super) today: NaiveDate,
    pub(super) terms: Table<Term>,
    pub(super) helpers: Table<Helper>,
    pub(super) children: Table<Child>,
    pub(super) pairings: Table<Pairing>,
    pub(super) loans: Vec<Entry<Loan>>,
    pub(super) funds: Vec<Entry<Fund>>,
    pub(super) paths: Vec<(Id, FieldPath, String)>,
    pub(super) misplaced: HashMap<Id, String>,
    pub(super) broken: HashSet<Id>,
}

impl Whole<'_> {
    /// The path of a record that was read.
    pub(super) fn path(&self, id: Id) -> String {
        let misplaced = self.misplaced.get(&id).cloned();
        misplaced.unwrap_or_else(|| layout::path_of(id))
    }
}

/// Checks a records directory.
pub fn check(store: &Store, options: &Options<'_>) -> Checked {
    let mut findings = Vec::new();
    let text = store.text(SCHOOL_FILE).unwrap_or_default();
    let school = match store.school() {
        Ok(school) => {
            let shape = School::shape();
            findings.extend(check::inspect(shape, SCHOOL_FILE, text.as_bytes()));
            Some(school)
        }
        Err(faults) => {
            findings.extend(faults);
            findings.extend(surface(SCHOOL_FILE, &text));
            None
        }
    };
    let is_known = school.is_some();
    let school = school.unwrap_or_else(nameless_school);
    let levels = match &options.levels {
        Some(levels) => levels.clone(),
        None => Levels::of(&school.validate).unwrap_or_else(|unknown| {
            findings.push(unknown_rule(&school, &unknown));
            Levels::default()
        }),
    };
    let keep = Keep {
        levels: &levels,
        context: Context {
            store,
            school: &school,
            today: options.today,
        },
        advanced: options.advanced,
    };
    let want = Want {
        prose: Prose::Skip,
        ..Want::all(KindSet::ALL)
    };
    let parts = read::scan(store.root(), want, &keep);
    let mut files = 1;
    let mut facts = DutyFacts::new(&school.duty);
    let mut joined = Seen::default();
    let mut mentions = Vec::with_capacity(parts.len());
    for part in parts {
        files += part.files;
        findings.extend(part.findings);
        joined.terms.extend(part.terms);
        joined.helpers.extend(part.helpers);
        joined.children.extend(part.children);
        joined.pairings.extend(part.pairings);
        joined.loans.extend(part.loans);
        joined.funds.extend(part.funds);
        joined.paths.extend(part.paths);
        joined.misplaced.extend(part.misplaced);
        joined.broken.extend(part.broken);
        mentions.push(part.mentions);
        if let Some(more) = part.facts {
            facts.append(more);
        }
    }
    let broken = joined.broken.iter();
    let whole = Whole {
        store,
        school: &school,
        today: options.today,
        terms: Table::new(joined.terms),
        helpers: Table::new(joined.helpers),
        children: Table::new(joined.children),
        pairings: Table::new(joined.pairings),
        loans: joined.loans,
        funds: joined.funds,
        paths: joined.paths,
        misplaced: joined.misplaced.into_iter().collect(),
        broken: broken.filter_map(|path| layout::id_of(path)).collect(),
    };
    findings.extend(few_of_each(across::references(&whole, &mentions)));
    drop(mentions);
    findings.extend(across::findings(&whole));
    if is_known {
        findings.extend(across::lent_more_than_held(&whole));
    }
    let names: Vec<String> = findings
        .iter()
        .filter(|finding| matches!(finding.rule, "stray-file" | "bad-file-name" | "symlink"))
        .map(|finding| finding.path.clone())
        .collect();
    findings.extend(across::names_in_paths(&whole, &names));
    findings.extend(care::caseloads(&whole));
    if levels.level("duty-missed").is_some() {
        findings.extend(care::duties_missed(&whole, facts));
    }
    Checked {
        findings: judged(findings, &levels),
        files,
    }
}

/// Findings by their paths, of each path not too many.
fn few_of_each(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() <= MOST {
        return findings;
    }
    findings.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut few = Vec::new();
    for of_file in findings.chunk_by(|a, b| a.path == b.path) {
        let mut of_file = of_file.to_vec();
        Finding::at_most(&mut of_file, MOST);
        few.extend(of_file);
    }
    few
}

/// Stands for a school whose settings cannot be read, so that the other files are checked all the same.
fn nameless_school() -> School {
    toml::from_str("format = 1\n[school]\nname = \"\"\nlevel = \"primary\"\n")
        .expect("the least settings are settings")
}

/// Findings by path and place, each once, with their levels; without those that nobody asked for.
pub(super) fn judged(findings: Vec<Finding>, levels: &Levels) -> Vec<Judged> {
    let mut findings: Vec<Judged> = findings
        .into_iter()
        .filter_map(|finding| {
            let level = levels.level(finding.rule)?;
            Some(Judged { level, finding })
        })
        .collect();
    findings.sort_by(|a, b| key(&a.finding).cmp(&key(&b.finding)));
    findings.dedup_by(|a, b| a.finding == b.finding);
    findings
}

fn key(finding: &Finding) -> impl Ord + '_ {
    let (start, field) = match &finding.place {
        Place::File => (0, None),
        Place::Span(span) => (span.start, None),
        Place::Field(field) | Place::Key(field) => (0, Some(field)),
    };
    (&finding.path, start, field, finding.rule)
}

/// The finding about a word of the school's settings that names no rule.
fn unknown_rule(school: &School, unknown: &super::UnknownRule) -> Finding {
    use crate::diagnostic::Message;
    let settings = &school.validate;
    let lists = [
        ("allow", &settings.allow),
        ("warn", &settings.warn),
        ("deny", &settings.deny),
    ];
    let place = lists.into_iter().find_map(|(list, words)| {
        let at = words.iter().position(|word| *word == unknown.word)?;
        Some(Place::Field(FieldPath::key("validate").then(list).at(at)))
    });
    let message = Message::new("rule-unknown-value")
        .with("field", "validate")
        .with("label", "检查")
        .with("found", &unknown.word);
    let mut finding = Finding::new(
        "unknown-value",
        SCHOOL_FILE,
        place.unwrap_or(Place::File),
        message,
    );
    if let Some(nearest) = unknown.nearest {
        finding.help = Some(Message::new("rule-unknown-value-nearest").with("nearest", nearest));
    }
    finding
}

//! One pass over the files, and what it finds.

use chrono::NaiveDate;
use foldhash::{HashMap, HashSet};

use super::judge::{File, Findings, Judge, Judged, Noted, Tell};
use super::levels::Levels;
use super::record::{self, Context};
use super::reference::{Lifetime, Looked, Lookup, references};
use super::{across, care};
use crate::analysis::duty::DutyFacts;
use crate::diagnostic::{Finding, Place};
use crate::model::child::Child;
use crate::model::fund::Fund;
use crate::model::helper::Helper;
use crate::model::loan::Loan;
use crate::model::pairing::Pairing;
use crate::model::term::Term;
use crate::model::{Entry, FieldPath, HasTable, Id, Kind, KindSet, Record, Records, School, Table};
use crate::store::decode::Prose;
use crate::store::read::{self, Sink, Source, Want};
use crate::store::surface::surface;
use crate::store::{SCHOOL_FILE, Store, check, layout};
use crate::threads;

/// How to check.
pub struct Options<'a> {
    /// The day of today.
    pub today: NaiveDate,
    /// How bad the findings are; the school's settings unless given.
    pub levels: Option<Levels>,
    /// Told how many files were read since the last time, from several threads.
    pub advanced: &'a (dyn Fn(usize) + Sync),
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// What was made of the findings, by path and place.
    pub findings: Vec<Noted<T>>,
    /// The files that were looked at.
    pub files: usize,
}

/// What is kept of the records of some files.
pub(super) struct Seen<'a, T> {
    findings: Findings<T>,
    terms: Vec<Entry<Term>>,
    helpers: Vec<Entry<Helper>>,
    children: Vec<Entry<Child>>,
    pairings: Vec<Entry<Pairing>>,
    loans: Vec<Entry<Loan>>,
    funds: Vec<Entry<Fund>>,
    /// Names of files that records hold.
    paths: Vec<(Id, FieldPath, String)>,
    /// Paths of records that do not lie where they belong.
    misplaced: Vec<(Id, String)>,
    /// Paths of files that are or should be records and could not be read.
    broken: Vec<String>,
    /// Paths of what is no record, or not the one that its name says.
    odd: Vec<String>,
    files: usize,
    facts: Option<DutyFacts<'a>>,
}

impl<T> Default for Seen<'_, T> {
    fn default() -> Self {
        Seen {
            findings: Findings::default(),
            terms: Vec::new(),
            helpers: Vec::new(),
            children: Vec::new(),
            pairings: Vec::new(),
            loans: Vec::new(),
            funds: Vec::new(),
            paths: Vec::new(),
            misplaced: Vec::new(),
            broken: Vec::new(),
            odd: Vec::new(),
            files: 0,
            facts: None,
        }
    }
}

/// So many findings about one record are told one by one.
const MOST: usize = 200;

/// Kinds that others name: they are read first, so that of the others nothing need be kept.
const NAMED: KindSet = KindSet::of(&[Kind::Term, Kind::Helper, Kind::Child]);

struct Keep<'a, T> {
    context: Context<'a>,
    judge: Judge<'a, T>,
    advanced: &'a (dyn Fn(usize) + Sync),
    /// Who can be named, once that is known.
    known: Option<Known<'a>>,
}

impl<'a, T: Send> Sink for Keep<'a, T> {
    type Part = Seen<'a, T>;

    fn join(&self, whole: &mut Seen<'a, T>, part: Seen<'a, T>) {
        whole.files += part.files;
        whole.findings.append(part.findings);
        whole.terms.extend(part.terms);
        whole.helpers.extend(part.helpers);
        whole.children.extend(part.children);
        whole.pairings.extend(part.pairings);
        whole.loans.extend(part.loans);
        whole.funds.extend(part.funds);
        whole.paths.extend(part.paths);
        whole.misplaced.extend(part.misplaced);
        whole.broken.extend(part.broken);
        whole.odd.extend(part.odd);
        match (&mut whole.facts, part.facts) {
            (Some(facts), Some(more)) => facts.append(more),
            (facts, more) => *facts = facts.take().or(more),
        }
    }

    fn record<K: Record>(&self, seen: &mut Seen<'a, T>, entry: Entry<K>, source: &Source<'_>)
    where
        Records: HasTable<K>,
    {
        seen.files += 1;
        let mut findings = Vec::new();
        record::record(&self.context, &entry, source, &mut findings);
        if let Some(known) = &self.known {
            references(known, &entry, source.path, &mut findings);
        }
        let id = entry.id;
        if !findings.is_empty() {
            // What nobody asked for is not counted: a school with a million records has many late ones.
            findings.retain(|finding| self.judge.levels.level(finding.rule).is_some());
            Finding::at_most(&mut findings, MOST);
            seen.note_odd(&findings);
            let file = match source.in_place {
                true => File::Record(id),
                false => File::at(&(source.path)()),
            };
            let (text, parsed) = (source.text, source.parsed);
            self.judge
                .of_file(&file, findings, text, parsed, &mut seen.findings);
        }
        if !source.in_place {
            seen.misplaced.push((id, (source.path)()));
        }
        let facts = seen
            .facts
            .get_or_insert_with(|| DutyFacts::new(&self.context.school.duty));
        facts.add(id, &entry.record);
        seen.keep(entry);
    }

    fn unreadable(&self, seen: &mut Seen<'a, T>, path: String, mut findings: Vec<Finding>) {
        seen.files += 1;
        seen.note_odd(&findings);
        // What else is wrong with it is said as well, so that one round of mending is enough.
        if let Ok(text) = self.context.store.text(&path) {
            findings.extend(surface(&path, &text));
        }
        self.judge.of_files(findings, &mut seen.findings);
        seen.broken.push(path);
    }

    fn stray(&self, seen: &mut Seen<'a, T>, finding: Finding) {
        let findings = vec![finding];
        seen.note_odd(&findings);
        self.judge.of_files(findings, &mut seen.findings);
    }

    fn advanced(&self, files: usize) {
        (self.advanced)(files);
    }
}

impl<'a, T> Seen<'a, T> {
    fn note_odd(&mut self, findings: &[Finding]) {
        let odd = findings
            .iter()
            .filter(|finding| matches!(finding.rule, "stray-file" | "bad-file-name" | "symlink"));
        self.odd.extend(odd.map(|finding| finding.path.clone()));
    }

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

/// Who can be named, in quick tables: the records themselves lie far apart.
struct Known<'a> {
    store: &'a Store,
    children: HashMap<Id, Lifetime>,
    helpers: HashSet<Id>,
    /// Records that are there and could not be read.
    broken: HashSet<Id>,
    misplaced: HashMap<Id, String>,
}

impl Lookup for Known<'_> {
    fn look(&self, id: Id) -> Looked {
        let is_there = match id.kind() {
            Kind::Child => match self.children.get(&id) {
                Some(lifetime) => return Looked::Child(lifetime.clone()),
                None => false,
            },
            Kind::Helper => self.helpers.contains(&id),
            _ => self.store.has(id),
        };
        match is_there || self.broken.contains(&id) {
            true => Looked::There,
            false => Looked::Unknown,
        }
    }

    fn path(&self, id: Id) -> String {
        path(&self.misplaced, id)
    }

    fn nearest(&self, id: Id) -> Option<Id> {
        let is_there = |id: &Id| self.children.contains_key(id) || self.helpers.contains(id);
        id.one_letter_apart().filter(is_there).min()
    }
}

/// The path of a record that was read.
fn path(misplaced: &HashMap<Id, String>, id: Id) -> String {
    let misplaced = misplaced.get(&id).cloned();
    misplaced.unwrap_or_else(|| layout::path_of(id))
}

/// What was kept of all files.
pub(super) struct Whole<'a> {
    pub(super) school: &'a School,
    pub(super) today: NaiveDate,
    pub(super) terms: Table<Term>,
    pub(super) helpers: Table<Helper>,
    pub(super) children: Table<Child>,
    pub(super) pairings: Table<Pairing>,
    pub(super) loans: Vec<Entry<Loan>>,
    pub(super) funds: Vec<Entry<Fund>>,
    pub(super) paths: Vec<(Id, FieldPath, String)>,
    misplaced: HashMap<Id, String>,
}

impl Whole<'_> {
    /// The path of a record that was read.
    pub(super) fn path(&self, id: Id) -> String {
        path(&self.misplaced, id)
    }
}

/// Checks a records directory; the findings by path and place.
pub fn check(store: &Store, options: &Options<'_>) -> Vec<Judged> {
    let checked = check_telling(store, options, &|judged, _| judged);
    let findings = checked.findings.into_iter();
    findings.map(|noted| noted.told).collect()
}

/// Checks a records directory, and makes something of each finding while the text of its file is at hand.
pub fn check_telling<T: Send + PartialEq>(
    store: &Store,
    options: &Options<'_>,
    tell: &Tell<'_, T>,
) -> Checked<T> {
    let mut of_school = Vec::new();
    let text = store.text(SCHOOL_FILE).unwrap_or_default();
    let school = match store.school() {
        Ok(school) => {
            let shape = School::shape();
            of_school.extend(check::inspect(shape, SCHOOL_FILE, text.as_bytes()));
            Some(school)
        }
        Err(faults) => {
            of_school.extend(faults);
            of_school.extend(surface(SCHOOL_FILE, &text));
            None
        }
    };
    let is_known = school.is_some();
    let school = school.unwrap_or_else(nameless_school);
    let levels = match &options.levels {
        Some(levels) => levels.clone(),
        None => Levels::of(&school.validate).unwrap_or_else(|unknown| {
            of_school.push(unknown_rule(&school, &unknown));
            Levels::default()
        }),
    };
    let mut keep = Keep {
        judge: Judge {
            store,
            levels: &levels,
            tell,
        },
        context: Context {
            store,
            school: &school,
            today: options.today,
        },
        advanced: options.advanced,
        known: None,
    };
    let want = |kinds| Want {
        prose: Prose::Skip,
        ..Want::all(kinds)
    };
    let named = read::scan(store.root(), want(NAMED), &keep);
    let broken = named.broken.iter();
    let known = Known {
        store,
        children: (named.children.iter())
            .map(|child| (child.id, Lifetime::of(child)))
            .collect(),
        helpers: named.helpers.iter().map(|helper| helper.id).collect(),
        broken: broken.filter_map(|path| layout::id_of(path)).collect(),
        misplaced: named.misplaced.iter().cloned().collect(),
    };
    let mut findings = named.findings;
    let mut among = Vec::new();
    fn named_by<K: Record>(known: &Known<'_>, entries: &[Entry<K>], findings: &mut Vec<Finding>) {
        for entry in entries {
            references(known, entry, &|| known.path(entry.id), findings);
        }
    }
    named_by(&known, &named.terms, &mut among);
    named_by(&known, &named.children, &mut among);
    keep.known = Some(known);
    let others = KindSet::ALL.without(NAMED);
    let rest = read::scan(store.root(), want(others), &keep);
    findings.append(rest.findings);
    let whole = Whole {
        school: &school,
        today: options.today,
        terms: Table::new(named.terms),
        helpers: Table::new(named.helpers),
        children: Table::new(named.children),
        pairings: Table::new(rest.pairings),
        loans: rest.loans,
        funds: rest.funds,
        paths: rest.paths,
        misplaced: named.misplaced.into_iter().chain(rest.misplaced).collect(),
    };
    among.extend(of_school);
    let odd: Vec<String> = named.odd.into_iter().chain(rest.odd).collect();
    let together = || {
        let mut together = across::findings(&whole);
        if is_known {
            together.extend(across::lent_more_than_held(&whole));
        }
        together.extend(across::names_in_paths(&whole, &odd));
        together.extend(care::caseloads(&whole));
        together
    };
    let facts = levels.level("duty-missed").and_then(|_| {
        // The many first: the few are added to them.
        let facts = rest.facts.into_iter().chain(named.facts);
        facts.reduce(|mut facts, more| {
            facts.append(more);
            facts
        })
    });
    let missed = || facts.map_or_else(Vec::new, |facts| care::duties_missed(&whole, facts));
    let (together, missed) = threads::both(together, missed);
    among.extend(together);
    among.extend(missed);
    keep.judge.of_files(among, &mut findings);
    // To give back the children of a county takes as long as to put what was found in order.
    let (findings, ()) = threads::both(|| findings.in_order(), || drop(whole));
    Checked {
        findings,
        files: 1 + named.files + rest.files,
    }
}

/// Stands for a school whose settings cannot be read, so that the other files are checked all the same.
fn nameless_school() -> School {
    toml::from_str("format = 1\n[school]\nname = \"\"\nlevel = \"primary\"\n")
        .expect("the least settings are settings")
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

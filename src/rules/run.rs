//! Checks the whole directory in one pass over its files.

use std::sync::LazyLock;

use chrono::NaiveDate;
use foldhash::{HashMap, HashSet};

use super::check::{self, Case, Check, CheckContext, Directory};
use super::consistency::alike_key;
use super::layout::unnamed_file;
use super::lookup::{Lifetime, Lookup, ReferencedRecord};
use super::references::references;
use super::report::{File, Findings, Render, Rendered, Reported, Reporter};
use super::severities::{Severities, UnknownRule};
use super::wanted;
use crate::analysis::contact::Contacts;
use crate::analysis::duty::{DutyFacts, DutyStatus};
use crate::diagnostic::{Finding, Place};
use crate::model::{
    Entry, EntryRef, FieldPath, HasTable, Id, Kind, KindSet, Record, Records, School,
};
use crate::store::decode::Prose;
use crate::store::encoding::{self, check_encoding};
use crate::store::read::{self, ReadOptions, Sink, Source};
use crate::store::rules::{layout as rule, schema};
use crate::store::{SCHOOL_FILE, Store, layout};
use crate::threads;

/// The options of a check.
pub struct CheckOptions<'a> {
    /// The current day.
    pub today: NaiveDate,
    /// The severities; by default those of the school's settings.
    pub severities: Option<Severities>,
    /// Progress callback with the number of files read since the last call, called by several threads.
    pub advanced: &'a (dyn Fn(usize) + Sync),
}

/// The result of a check.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The rendered findings, sorted by path and location.
    pub findings: Vec<Rendered<T>>,
    /// The number of files checked.
    pub files: usize,
}

/// The data kept of some files.
struct CheckedPart<'a, T> {
    findings: Findings<T>,
    /// The records of the kinds that are kept.
    records: Records,
    /// File names in records.
    paths: Vec<(Id, FieldPath, String)>,
    /// Possible duplicates, with a hash of what they have in common.
    alike: Vec<(u64, Id)>,
    /// Paths of records that are not in their proper folder.
    misplaced: Vec<(Id, String)>,
    /// Paths of records that could not be read.
    broken: Vec<String>,
    /// Paths of files that are not records, or whose names do not match their content.
    odd: Vec<String>,
    files: usize,
    facts: Option<DutyFacts<'a>>,
    contacts: Option<Contacts>,
}

impl<T> Default for CheckedPart<'_, T> {
    fn default() -> Self {
        CheckedPart {
            findings: Findings::default(),
            records: Records::default(),
            paths: Vec::new(),
            alike: Vec::new(),
            misplaced: Vec::new(),
            broken: Vec::new(),
            odd: Vec::new(),
            files: 0,
            facts: None,
            contacts: None,
        }
    }
}

impl<'a, T> CheckedPart<'a, T> {
    fn append(&mut self, other: CheckedPart<'a, T>) {
        self.files += other.files;
        self.findings.append(other.findings);
        self.records.append(other.records);
        self.paths.extend(other.paths);
        self.alike.extend(other.alike);
        self.misplaced.extend(other.misplaced);
        self.broken.extend(other.broken);
        self.odd.extend(other.odd);
        match (&mut self.facts, other.facts) {
            (Some(facts), Some(more)) => facts.append(more),
            (facts, more) => *facts = facts.take().or(more),
        }
        match (&mut self.contacts, other.contacts) {
            (Some(contacts), Some(more)) => contacts.append(more),
            (contacts, more) => *contacts = contacts.take().or(more),
        }
    }

    fn note_odd(&mut self, findings: &[Finding]) {
        let is_odd = |finding: &&Finding| {
            [&rule::STRAY_FILE, &rule::BAD_FILE_NAME, &rule::SYMLINK].contains(&finding.rule)
        };
        let odd = findings.iter().filter(is_odd);
        self.odd.extend(odd.map(|finding| finding.path.clone()));
    }
}

/// The maximum number of findings for a record.
const MAX_FINDINGS_PER_RECORD: usize = 200;

/// Kinds that others refer to: reading them first means that the others need not be kept.
const NAMED: KindSet = KindSet::of(&[Kind::Term, Kind::Helper, Kind::Child]);

struct CheckSink<'a, T> {
    context: CheckContext<'a>,
    reporter: Reporter<'a, T>,
    advanced: &'a (dyn Fn(usize) + Sync),
    /// The kinds of which all records are kept: those that others refer to, and those that are checked together.
    kept: KindSet,
    /// The records that can be referred to, once they have been read.
    known: Option<KnownRecords<'a>>,
}

impl<'a, T: Send> Sink for CheckSink<'a, T> {
    type Part = CheckedPart<'a, T>;

    fn join(&self, whole: &mut CheckedPart<'a, T>, part: CheckedPart<'a, T>) {
        whole.append(part);
    }

    fn record<K: Record>(&self, kept: &mut CheckedPart<'a, T>, entry: Entry<K>, source: &Source<'_>)
    where
        Records: HasTable<K>,
    {
        kept.files += 1;
        let id = entry.id;
        let record = Records::view(&entry);
        let mut findings = Vec::new();
        if encoding::needs_inspection(source.text) {
            let (path, bytes) = ((source.path)(), source.text.as_bytes());
            findings = crate::store::check::inspect(K::KIND.shape(), &path, bytes);
        }
        let mut case = Case {
            context: &self.context,
            id,
            record,
            path: source.path,
            text: source.text,
            in_place: source.in_place,
            findings: &mut findings,
        };
        case.check();
        if let Some(known) = &self.known {
            references(known, &mut case);
        }
        if !findings.is_empty() {
            // Unwanted findings must not count towards the maximum, and a large school has many late records.
            findings.retain(|finding| self.reporter.severities.of(finding.rule).is_some());
            Finding::at_most(&mut findings, MAX_FINDINGS_PER_RECORD);
            kept.note_odd(&findings);
            let file = if source.in_place {
                File::Record(id)
            } else {
                File::at(&(source.path)())
            };
            let (text, parsed) = (source.text, source.parsed);
            self.reporter
                .of_file(&file, findings, text, parsed, &mut kept.findings);
        }
        if !source.in_place {
            kept.misplaced.push((id, (source.path)()));
        }
        let files = record.files().into_iter();
        kept.paths
            .extend(files.map(|(field, path)| (id, field, path.to_owned())));
        kept.alike
            .extend(alike_key(id, record).map(|key| (key, id)));
        let facts = kept
            .facts
            .get_or_insert_with(|| DutyFacts::new(&self.context.school.duty));
        facts.add(id, &entry.record);
        if Contacts::KINDS.contains(K::KIND) {
            let contacts = kept
                .contacts
                .get_or_insert_with(|| Contacts::new(self.context.today));
            contacts.add(id, &entry.record);
        }
        if self.kept.contains(K::KIND) {
            kept.records.table_mut().push(entry);
        }
    }

    fn unreadable(&self, kept: &mut CheckedPart<'a, T>, path: String, mut findings: Vec<Finding>) {
        kept.files += 1;
        kept.note_odd(&findings);
        // Also report encoding problems, so that all can be corrected in one go.
        if let Ok(text) = self.context.store.text(&path) {
            findings.extend(check_encoding(&path, &text));
        }
        let findings = findings.into_iter();
        let findings = findings.map(|finding| unnamed_file::named(self.context.store, finding));
        self.reporter
            .of_files(findings.collect(), &mut kept.findings);
        kept.broken.push(path);
    }

    fn stray_file(&self, kept: &mut CheckedPart<'a, T>, finding: Finding) {
        let findings = vec![unnamed_file::named(self.context.store, finding)];
        kept.note_odd(&findings);
        self.reporter.of_files(findings, &mut kept.findings);
    }

    fn advanced(&self, files: usize) {
        (self.advanced)(files);
    }
}

/// The records that can be referred to, as hash tables: faster than the records, which are scattered in memory.
struct KnownRecords<'a> {
    store: &'a Store,
    children: HashMap<Id, Lifetime>,
    helpers: HashSet<Id>,
    /// Records that exist but could not be read.
    broken: HashSet<Id>,
    misplaced: HashMap<Id, String>,
}

impl Lookup for KnownRecords<'_> {
    fn look(&self, id: Id) -> ReferencedRecord {
        let is_there = match id.kind() {
            Kind::Child => match self.children.get(&id) {
                Some(lifetime) => return ReferencedRecord::Child(lifetime.clone()),
                None => false,
            },
            Kind::Helper => self.helpers.contains(&id),
            _ => self.store.has(id),
        };
        if is_there || self.broken.contains(&id) {
            ReferencedRecord::There
        } else {
            ReferencedRecord::Unknown
        }
    }

    fn path(&self, id: Id) -> String {
        check::path(&self.misplaced, id)
    }

    fn nearest(&self, id: Id) -> Option<Id> {
        let is_there = |id: &Id| self.children.contains_key(id) || self.helpers.contains(id);
        id.one_letter_apart().filter(is_there).min()
    }
}

/// Checks a records directory; the findings are sorted by path and location.
pub fn check(store: &Store, options: &CheckOptions<'_>) -> Vec<Reported> {
    let checked = check_with(store, options, &|reported, _| reported);
    let findings = checked.findings.into_iter();
    findings.map(|rendered| rendered.output).collect()
}

/// Checks a records directory and renders each finding while the text of its file is in memory.
pub fn check_with<T: Send + PartialEq>(
    store: &Store,
    options: &CheckOptions<'_>,
    render: &Render<'_, T>,
) -> Checked<T> {
    let mut among = Vec::new();
    let text = store.text(SCHOOL_FILE).unwrap_or_default();
    let school = match store.school() {
        Ok(school) => {
            let shape = School::shape();
            let bytes = text.as_bytes();
            among.extend(crate::store::check::inspect(shape, SCHOOL_FILE, bytes));
            Some(school)
        }
        Err(faults) => {
            among.extend(faults);
            among.extend(check_encoding(SCHOOL_FILE, &text));
            None
        }
    };
    let is_school_known = school.is_some();
    let school = school.unwrap_or_else(nameless_school);
    let severities = match &options.severities {
        Some(severities) => severities.clone(),
        None => Severities::of_school(&school.validate).unwrap_or_else(|unknown| {
            among.push(unknown_rule(&school, &unknown));
            Severities::default()
        }),
    };
    among.extend(wanted::of_school(&school, &severities));
    among.extend(store.stray_files().into_iter().map(|(finding, _)| finding));
    let together: Vec<_> = wanted::checks(&severities)
        .filter_map(|check| match check {
            Check::Directory(kinds, check) => Some((KindSet::of(kinds), check)),
            _ => None,
        })
        .collect();
    // Duties are owed to pairings.
    let named = NAMED.with(KindSet::of(&[Kind::Pairing]));
    let mut keep = CheckSink {
        kept: together
            .iter()
            .fold(named, |kept, (kinds, _)| kept.with(*kinds)),
        reporter: Reporter {
            store,
            severities: &severities,
            render,
        },
        context: CheckContext::new(store, &school, options.today, wanted::checks(&severities)),
        advanced: options.advanced,
        known: None,
    };
    let want = |kinds| ReadOptions {
        prose: Prose::Skip,
        ..ReadOptions::all(kinds)
    };
    let mut kept = read::scan(store, want(NAMED), &keep);
    kept.records.sort();
    let children = kept.records.children.iter();
    let broken = kept.broken.iter();
    let known = KnownRecords {
        store,
        children: children
            .map(|child| (child.id, Lifetime::of(child)))
            .collect(),
        helpers: kept
            .records
            .helpers
            .iter()
            .map(|helper| helper.id)
            .collect(),
        broken: broken.filter_map(|path| layout::id_of(path)).collect(),
        misplaced: kept.misplaced.iter().cloned().collect(),
    };
    let terms = kept.records.terms.iter();
    let terms = terms.map(|term| (term.id, EntryRef::Term(term)));
    let children = kept.records.children.iter();
    let children = children.map(|child| (child.id, EntryRef::Child(child)));
    for (id, record) in terms.chain(children) {
        let mut case = Case {
            context: &keep.context,
            id,
            record,
            path: &|| known.path(id),
            text: "",
            in_place: true,
            findings: &mut among,
        };
        references(&known, &mut case);
    }
    keep.known = Some(known);
    let others = KindSet::ALL.without(NAMED);
    let mut rest = read::scan(store, want(others), &keep);
    // Append the few to the many.
    rest.append(kept);
    let CheckedPart {
        mut findings,
        mut records,
        paths,
        mut alike,
        misplaced,
        odd,
        files,
        facts,
        contacts,
        ..
    } = rest;
    records.sort();
    alike.sort_unstable();
    let misplaced = misplaced.into_iter().collect();
    let (terms, children, pairings) = (&records.terms, &records.children, &records.pairings);
    let (settings, definition) = (&school, school.definition());
    let facts = facts.unwrap_or_else(|| DutyFacts::new(&school.duty));
    let contacts = contacts.unwrap_or_else(|| Contacts::new(options.today));
    let directory = Directory {
        store,
        school: &school,
        is_school_known,
        today: options.today,
        records: &records,
        paths: &paths,
        odd: &odd,
        alike: &alike,
        misplaced: &misplaced,
        contacts: &contacts,
        duties: LazyLock::new(Box::new(move || {
            DutyStatus::new(settings, terms, children, pairings, definition, facts)
        })),
    };
    let found = threads::over(&together, |_, (_, check)| check(&directory));
    among.extend(found.into_iter().flatten());
    keep.reporter.of_files(among, &mut findings);
    drop(directory);
    // Freeing the children of a county takes as long as sorting the findings.
    let (findings, ()) = threads::both(|| findings.in_order(), || drop(records));
    Checked {
        findings,
        files: 1 + files,
    }
}

/// Returns a stand-in for settings that cannot be read, so that the other files are still checked.
fn nameless_school() -> School {
    toml::from_str("format = 1\n[school]\nname = \"\"\nlevel = \"primary\"\n")
        .expect("the least settings are settings")
}

/// Returns the finding about an unknown rule in the school's settings.
fn unknown_rule(school: &School, unknown: &UnknownRule) -> Finding {
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
    let place = place.unwrap_or(Place::File);
    let finding = Finding::new(&schema::UNKNOWN_VALUE, SCHOOL_FILE, place)
        .with("field", "validate")
        .with("label", "检查")
        .with("found", &unknown.word);
    match unknown.nearest {
        Some(nearest) => finding.help(&schema::NEAREST).with("nearest", nearest),
        None => finding.help(&schema::RULES),
    }
}

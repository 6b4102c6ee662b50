//! Several schools side by side and in total, for a township or county.
//!
//! Each school is counted by the same functions as its own `stats`, one at a time, so that memory holds only one
//! school. An error in one school does not hide the others.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::figures_file::{self, FiguresFile, FiguresFileError};
use super::last_contacts;
use crate::analysis::contact::MissingContacts;
use crate::analysis::figures::{self, Figure, Figures, Value};
use crate::analysis::release::{Release, names_a_person};
use crate::analysis::{Basis, Scope};
use crate::diagnostic::Finding;
use crate::model::child::Definition;
use crate::model::{Id, Kind, KindSet, School};
use crate::store::load::Broken;
use crate::store::{ReadOptions, SCHOOL_FILE, Store, outside};
use crate::text::number::Share;

/// The maximum depth at which schools are searched: county, township, school.
const MAX_DEPTH: usize = 3;

/// The maximum size of a file of figures in bytes.
const MAX_FIGURES_FILE_BYTES: u64 = 64 << 20;

/// The date range to count.
#[derive(Clone, Copy, Debug)]
pub enum Days {
    /// The term with this id, with the dates of each school.
    Term(Id),
    /// A date range, both ends inclusive.
    Between(NaiveDate, NaiveDate),
}

/// The options of a rollup.
#[derive(Clone, Copy, Debug)]
pub struct RollupOptions {
    /// The date range.
    pub days: Days,
    /// Today.
    pub today: NaiveDate,
    /// The definition of left-behind for every school; `None` for each school's own.
    pub definition: Option<Definition>,
    /// Whether schools with unreadable records are counted without these.
    pub skip_broken: bool,
    /// Whether the output is for the public: small schools are left out, and for the others the figures that must be
    /// suppressed.
    pub public: bool,
}

/// A school that was counted.
#[derive(Clone, Debug)]
pub struct SchoolCount {
    /// Its directory, or the file with its figures.
    pub root: PathBuf,
    /// Its key.
    pub key: Option<String>,
    /// Its name.
    pub name: String,
    /// The date range and definition.
    pub scope: Scope,
    /// The number of files that could not be read and were left out.
    pub broken: usize,
    /// The suppressed figures; `values` contains none of them.
    hidden: HashSet<String>,
    /// Whether it comes from a file with only figures cleared for publication.
    is_public_file: bool,
    /// Its figures.
    values: HashMap<String, Value>,
    /// The ids of its children and helpers.
    persons: HashSet<Id>,
}

impl SchoolCount {
    /// Whether a figure of the school is suppressed.
    fn hides(&self, figure: &str) -> bool {
        self.hidden.contains(figure) || (self.is_public_file && !self.values.contains_key(figure))
    }

    /// The value of a figure; `None` if the school does not have it.
    pub fn value(&self, figure: &str) -> Option<Value> {
        self.values.get(figure).copied()
    }
}

/// Why a school was not counted.
#[derive(Clone, Debug)]
pub enum SchoolError {
    /// The directory is not a records directory.
    NoSchool,
    /// `cuncao.toml` cannot be read.
    Settings(Vec<Finding>),
    /// The format is newer than this version supports.
    Newer(u32),
    /// Records cannot be read; with their paths.
    Broken(Vec<String>),
    /// A multi-file change was interrupted.
    HalfChanged,
    /// The school has no such term.
    NoTerm(Id),
    /// The file cannot be read; with the system's message.
    Unreadable(String),
    /// The file is not a valid file of figures.
    File(FiguresFileError),
    /// The file was not written for the public: it lacks the evidence needed to decide which figures may be published.
    FileNotPublic,
    /// The file covers another date range.
    OtherDays(NaiveDate, NaiveDate),
    /// The file uses another definition of left-behind.
    OtherDefinition(Definition),
    /// The file was made without this number of unreadable records.
    LeftOut(usize),
}

/// A school that was not counted.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Its directory.
    pub root: PathBuf,
    /// The reason.
    pub reason: SchoolError,
}

/// The total of a figure over several schools.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum of the values, and of the denominators if there are any.
    pub value: Value,
    /// The sum of the values with a denominator: a community has children but no pupils, and is not part of the share.
    pub in_share: i64,
}

impl Total {
    /// The total as a share of the denominator.
    pub fn share(self) -> Option<Share> {
        let value = Value {
            value: self.in_share,
            ..self.value
        };
        value.share()
    }
}

/// Two schools with the same key: mostly the same school, counted twice.
#[derive(Clone, Copy, Debug)]
pub struct DuplicateSchool<'r> {
    /// The first school.
    pub one: &'r SchoolCount,
    /// The second school.
    pub other: &'r SchoolCount,
    /// Their key.
    pub key: &'r str,
}

/// Two directories with the same persons: mostly a school and its copy, counted twice.
#[derive(Clone, Debug)]
pub struct SharedPersons<'r> {
    /// The first school.
    pub one: &'r SchoolCount,
    /// The second school.
    pub other: &'r SchoolCount,
    /// The number of common ids of children and helpers.
    pub shared: usize,
}

/// Several schools together.
#[derive(Clone, Debug, Default)]
pub struct Rollup {
    /// The figures, in display order.
    pub figures: Vec<Figure>,
    /// The schools counted, in the order of their paths.
    pub schools: Vec<SchoolCount>,
    /// The schools not counted.
    pub failures: Vec<Failure>,
    /// Whether the output is for the public.
    pub is_public: bool,
    /// The number of schools suppressed because they are too small.
    pub too_small: usize,
}

impl Rollup {
    /// Applies suppression: removes schools whose number of children must not be published, and figures suppressed in
    /// every other school. The totals are those of the published values, so that no suppressed value can be computed
    /// from a total.
    fn leave_out(&mut self) {
        let before = self.schools.len();
        self.schools
            .retain(|school| !["children", "students"].iter().any(|id| school.hides(id)));
        self.too_small = before - self.schools.len();
        let schools = &self.schools;
        self.figures
            .retain(|figure| !schools.iter().all(|school| school.hides(&figure.id)));
    }

    /// The number of schools that report a figure. A missing one may be suppressed or simply 0, which is not revealed.
    pub fn schools_with(&self, figure: &Figure) -> usize {
        let schools = self.schools.iter();
        schools
            .filter(|school| school.value(&figure.id).is_some())
            .count()
    }

    /// Whether a total covers only some of the schools, because the figure is suppressed in others.
    pub fn is_partial(&self, figure: &Figure) -> bool {
        let reporting = self.schools_with(figure);
        self.is_public && 0 < reporting && reporting < self.schools.len()
    }

    /// The total of a figure; `None` for a median, mean and the like. A school without the figure, such as another
    /// school's duty, adds nothing.
    pub fn total(&self, figure: &Figure) -> Option<Total> {
        let schools = self.schools.iter();
        let values = schools.filter_map(|school| school.value(&figure.id));
        let total = values.fold(Total::default(), |total, value| Total {
            value: Value {
                value: total.value.value + value.value,
                of: match (total.value.of, value.of) {
                    (None, None) => None,
                    (a, b) => Some(a.unwrap_or(0) + b.unwrap_or(0)),
                },
            },
            in_share: total.in_share + if value.of == Some(0) { 0 } else { value.value },
        });
        figure.statistic.adds_up().then_some(total)
    }

    /// Finds directories that share at least half of their persons. A few common ids are normal: a child who changed
    /// school may keep its id, and random ids may collide.
    pub fn copies(&self) -> Vec<SharedPersons<'_>> {
        let mut found = Vec::new();
        for (at, one) in self.schools.iter().enumerate() {
            for other in &self.schools[at + 1..] {
                let shared = one.persons.intersection(&other.persons).count();
                let fewer = one.persons.len().min(other.persons.len());
                if shared > 0 && shared * 2 >= fewer {
                    found.push(SharedPersons { one, other, shared });
                }
            }
        }
        found
    }

    /// Finds schools with the same key.
    pub fn twice(&self) -> Vec<DuplicateSchool<'_>> {
        let mut first: HashMap<&str, &SchoolCount> = HashMap::new();
        let mut found = Vec::new();
        for other in &self.schools {
            let Some(key) = other.key.as_deref() else {
                continue;
            };
            match first.get(key) {
                Some(one) => found.push(DuplicateSchool { one, other, key }),
                None => {
                    first.insert(key, other);
                }
            }
        }
        found
    }

    /// Whether the schools use different definitions of left-behind, so that the totals are of little value.
    pub fn has_mixed_definitions(&self) -> bool {
        let mut definitions = self.schools.iter().map(|school| school.scope.definition);
        definitions
            .next()
            .is_some_and(|first| definitions.any(|definition| definition != first))
    }
}

/// Finds the distinct records directories and files of figures (`*.json`) at or below some folders, sorted by path. A
/// folder without any is returned itself, so that it is reported as a failure.
pub fn find_schools(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders {
        let before = found.len();
        let mut walk = walkdir::WalkDir::new(folder)
            .max_depth(MAX_DEPTH)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = walk.next() {
            let Ok(entry) = entry else { continue };
            if !entry.file_type().is_dir() {
                let is_figures = entry.path().extension().is_some_and(|end| end == "json");
                if entry.depth() == 0 || is_figures {
                    found.push(entry.path().to_owned());
                }
                continue;
            }
            let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
            let is_school = !hidden && entry.path().join(SCHOOL_FILE).is_file();
            if is_school {
                found.push(entry.path().to_owned());
            }
            if hidden || is_school {
                walk.skip_current_dir();
            }
        }
        if found.len() == before {
            found.push(folder.clone());
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|root| seen.insert(root.canonicalize().unwrap_or_else(|_| root.clone())));
    found
}

/// Counts the schools; calls `next` with each path before it is counted.
pub fn rollup(roots: &[PathBuf], options: &RollupOptions, next: &mut dyn FnMut(&Path)) -> Rollup {
    let mut rollup = Rollup {
        is_public: options.public,
        ..Rollup::default()
    };
    for root in roots {
        next(root);
        let counted = if root.is_file() {
            count_file(root, options)
        } else {
            count(root, options)
        };
        match counted {
            Ok((school, figures)) => {
                merge(&mut rollup.figures, figures);
                rollup.schools.push(school);
            }
            Err(reason) => rollup.failures.push(Failure {
                root: root.clone(),
                reason,
            }),
        }
    }
    if options.public {
        rollup.leave_out();
    }
    rollup
}

fn count(root: &Path, options: &RollupOptions) -> Result<(SchoolCount, Vec<Figure>), SchoolError> {
    if !root.join(SCHOOL_FILE).is_file() {
        return Err(SchoolError::NoSchool);
    }
    let store = Store::at(root);
    let school = store.school().map_err(SchoolError::Settings)?;
    if school.format.get() > School::NEWEST_FORMAT {
        return Err(SchoolError::Newer(school.format.get()));
    }
    let broken = |broken: Vec<Broken>| {
        if broken.is_empty() || options.skip_broken {
            Ok(broken.len())
        } else {
            Err(SchoolError::Broken(
                broken.into_iter().map(|broken| broken.path).collect(),
            ))
        }
    };
    let definition = options.definition.unwrap_or_else(|| school.definition());
    let lock = store.lock_shared();
    if store.is_half_changed() {
        return Err(SchoolError::HalfChanged);
    }
    let terms = store.load(ReadOptions::all(KindSet::of(&[Kind::Term])));
    let scope = match options.days {
        Days::Between(from, until) => Scope::between(from, until, options.today, definition),
        Days::Term(id) => match terms.records.terms.get(id) {
            Some(term) => Scope::of_term(term, options.today, definition),
            None => {
                broken(terms.broken)?;
                return Err(SchoolError::NoTerm(id));
            }
        },
    };
    let first = figures::first_day(&school, &terms.records.terms, &scope);
    let mut loaded = store.load(ReadOptions::figures(first, scope.until));
    last_contacts::complete(&store, &mut loaded, |records| {
        MissingContacts::of_children(records, first, &[scope.as_of], definition)
    });
    drop(lock);
    let left_out = broken(loaded.broken)?;
    let figures = Figures::of(&Basis {
        school: &school,
        records: &loaded.records,
        scope,
    });
    let hidden = if options.public {
        hidden(&figures, school.min_cell())
    } else {
        HashSet::new()
    };
    let counted = SchoolCount {
        root: root.to_owned(),
        key: school.school.key.clone(),
        name: school.school.name.clone(),
        scope,
        broken: left_out,
        persons: (loaded.records.children.iter().map(|child| child.id))
            .chain(loaded.records.helpers.iter().map(|helper| helper.id))
            .collect(),
        values: figures
            .rows()
            .filter(|(figure, _)| !hidden.contains(&figure.id))
            .map(|(figure, value)| (figure.id.clone(), value))
            .collect(),
        hidden,
        is_public_file: false,
    };
    let figures = figures.all().map(|(figure, _)| figure.clone()).collect();
    Ok((counted, figures))
}

fn count_file(
    path: &Path,
    options: &RollupOptions,
) -> Result<(SchoolCount, Vec<Figure>), SchoolError> {
    let bytes = outside::read(path, MAX_FIGURES_FILE_BYTES)
        .map_err(|fault| SchoolError::Unreadable(fault.to_string()))?;
    let FiguresFile {
        name,
        key,
        scope,
        left_out,
        is_public,
        mut figures,
    } = figures_file::read(&bytes).map_err(SchoolError::File)?;
    match (options.public, is_public) {
        (true, false) => return Err(SchoolError::FileNotPublic),
        (false, true) => return Err(SchoolError::File(FiguresFileError::Partial)),
        _ => {}
    }
    let is_asked = match options.days {
        Days::Term(id) => scope.term == Some(id),
        Days::Between(from, until) => (scope.from, scope.until) == (from, until),
    };
    match options.days {
        _ if is_asked => {}
        Days::Term(id) if scope.term.is_some() => return Err(SchoolError::NoTerm(id)),
        _ => return Err(SchoolError::OtherDays(scope.from, scope.until)),
    }
    if options
        .definition
        .is_some_and(|wanted| wanted != scope.definition)
    {
        return Err(SchoolError::OtherDefinition(scope.definition));
    }
    if left_out > 0 && !options.skip_broken {
        return Err(SchoolError::LeftOut(left_out));
    }
    // A file from an earlier version may name donors who are persons.
    figures.retain(|(figure, _)| !names_a_person(&figure.id));
    let values = figures.iter();
    let values = values.filter_map(|(figure, value)| Some((figure.id.clone(), (*value)?)));
    let counted = SchoolCount {
        root: path.to_owned(),
        key,
        name,
        scope,
        broken: left_out,
        hidden: HashSet::new(),
        is_public_file: is_public,
        values: values.collect(),
        persons: HashSet::new(),
    };
    Ok((
        counted,
        figures.into_iter().map(|(figure, _)| figure).collect(),
    ))
}

/// The figures of a school that must be suppressed.
fn hidden(figures: &Figures<'_>, least: u32) -> HashSet<String> {
    let release = Release::of(figures, None, least);
    let hidden = figures.all().filter(|(figure, _)| !release.tells(figure));
    hidden.map(|(figure, _)| figure.id.clone()).collect()
}

/// Adds the figures not yet in the list, each after the one that precedes it in its own school.
fn merge(known: &mut Vec<Figure>, figures: Vec<Figure>) {
    let mut at = 0;
    for figure in figures {
        match known.iter().position(|other| other.id == figure.id) {
            Some(place) => at = place + 1,
            None => {
                known.insert(at, figure);
                at += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school(root: &Path, name: &str, children: u32) {
        std::fs::create_dir_all(root).unwrap();
        let text = format!(
            r#"format = 1
[school]
name = "{name}"
level = "primary"
"#
        );
        std::fs::write(root.join(SCHOOL_FILE), text).unwrap();
        for n in 0..children {
            let id = Id::new(crate::model::Kind::Child, NaiveDate::default(), n).unwrap();
            let away = if n == 0 { "none" } else { "both" };
            let text = format!(
                r#"name = "张{n}"
gender = "male"
birth_date = 2015-03-02
[[guardianship]]
since = 2024-09-01
away = "{away}"
kind = "grandparents"
"#
            );
            Store::at(root).create(id, &text).unwrap();
        }
    }

    #[test]
    fn schools_are_counted_side_by_side_and_a_broken_one_hides_no_other() {
        let dir = tempfile::tempdir().unwrap();
        school(&dir.path().join("镇/柳树小学"), "柳树小学", 4);
        school(&dir.path().join("镇/大坪小学"), "大坪小学", 3);
        school(&dir.path().join("镇/新田小学"), "新田小学", 2);
        let broken = dir.path().join("镇/新田小学/children/c000000.toml");
        std::fs::write(broken, "name = ").unwrap();
        let roots = find_schools(&[dir.path().join("镇"), dir.path().join("没有")]);
        assert_eq!(roots.len(), 4);
        let day = |text: &str| text.parse().unwrap();
        let mut options = RollupOptions {
            days: Days::Between(day("2025-09-01"), day("2026-01-20")),
            today: day("2026-02-01"),
            definition: None,
            skip_broken: false,
            public: false,
        };
        let rollup = super::rollup(&roots, &options, &mut |_| {});
        let names: Vec<_> = rollup
            .schools
            .iter()
            .map(|school| school.name.as_str())
            .collect();
        assert_eq!(names, ["大坪小学", "柳树小学"]);
        assert_eq!(rollup.failures.len(), 2);
        assert!(matches!(rollup.failures[0].reason, SchoolError::Broken(_)));
        assert!(matches!(rollup.failures[1].reason, SchoolError::NoSchool));
        assert_eq!(rollup.schools[0].value("children").unwrap().value, 2);
        let children = rollup.figures.iter().find(|figure| figure.id == "children");
        assert_eq!(rollup.total(children.unwrap()).unwrap().value.value, 5);
        options.skip_broken = true;
        let rollup = super::rollup(&roots, &options, &mut |_| {});
        assert_eq!((rollup.schools.len(), rollup.schools[1].broken), (3, 1));
    }
}

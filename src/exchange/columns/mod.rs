//! Which column of a table belongs to which field: by path, by label in either language, by the words that
//! schools' own rosters use.
//!
//! A header is a path such as `guardianship[0].guardian.name` or the labels along it (`监护情况1.监护人.姓名`,
//! counted from 1 as people count), or the last of its labels run together where that says enough
//! (`监护人姓名`). A list of entries that are told apart by a code is also named by that code: `parents[father].name`,
//! `父亲姓名`. Without a number the newest entry is meant.

mod labels;
mod resolve;
mod words;

use super::export::is_names_header;
use crate::model::entered::{code, squeezed};
use crate::model::shape::{CodeWord, Holds};
use crate::model::{FieldPath, Kind};
use crate::text::{Lang, suggest};
use labels::Labels;
pub use words::MemberPart;
use words::{Meaning, Person, PersonMeaning, attribute};

/// Which entry of a list of tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// The one at a place, from 0.
    At(usize),
    /// The newest, or the first where entries have no dates.
    Newest,
    /// The one that holds a code.
    Coded {
        /// The field that holds it.
        field: String,
        /// The code.
        code: String,
    },
}

/// One step from a record to the value of a column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into a field.
    Key(String),
    /// Into an entry of a list of tables.
    Entry(Which),
}

/// What follows from a column that is not kept itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// Whether, and how, a child is left behind: 双亲留守儿童.
    LeftBehind,
    /// Whether the father is away.
    FatherAway,
    /// Whether the mother is away.
    MotherAway,
    /// Whether the father lives at home.
    FatherHome,
    /// Whether the mother lives at home.
    MotherHome,
    /// One parent is away and the other cannot look after the child.
    OneAwayIncapable,
    /// About a member of the family, by its number.
    Member(u8, MemberPart),
}

/// Why a column is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It numbers the rows.
    Number,
    /// It holds remarks.
    Remark,
    /// No record has such a field.
    NoField,
    /// A record of another kind has it.
    OfKind(Kind),
    /// It was asked to be left out.
    Asked,
    /// There is nothing in it.
    Empty,
    /// Every cell is the same as in the column at a place.
    Same(usize),
    /// It has the names of those whose ids stand in the column beside it.
    Names,
}

/// What a column holds.
#[derive(Clone, Debug)]
pub enum Target {
    /// Nothing that is read.
    Ignored(Why),
    /// The id of the record.
    Id,
    /// The value of a field.
    Field {
        /// Where it stands in the record.
        steps: Vec<Step>,
        /// What it holds.
        holds: &'static Holds,
    },
    /// Ticks, each of which means a code of a field.
    Tick {
        /// Where the field stands.
        steps: Vec<Step>,
        /// What it holds.
        holds: &'static Holds,
        /// The code.
        code: String,
    },
    /// Something from which other facts follow.
    Hint(Hint),
}

/// Why a header names no column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unnamed {
    /// No field is called so; the nearest label, if any is near.
    Unknown(Option<String>),
    /// Several fields may be meant, by their paths.
    Several(Vec<String>),
    /// The header is a word for a code, and the cells do not answer it with yes or no.
    NoTicks,
}

/// What stands over a column: one text, or two of which the upper one is over several columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The upper text; empty where there is only one.
    pub top: String,
    /// The text nearest to the cells.
    pub text: String,
}

impl Header {
    /// The header as it is shown and as `--map` names it.
    pub fn shown(&self) -> String {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        match (squeezed(&self.top), squeezed(&self.text)) {
            (top, text) if top.is_empty() || top == text => text,
            (top, text) => top + &text,
        }
    }
}

/// Finds the fields of a kind by the headers of tables.
pub struct Columns {
    kind: Kind,
    labels: Labels,
}

/// What may stand in brackets behind a header and changes nothing.
const REMARKS: &[&str] = &[
    "",
    "元",
    "元/生",
    "元/人",
    "人",
    "人次",
    "次",
    "分钟",
    "公历",
    "阳历",
    "必填",
    "选填",
    "年月日",
    "签字",
    "手机",
    "√",
    "打√",
    "是否",
    "全称",
    "18位",
    "yyyy-mm-dd",
    "单位元",
    "单位人",
    "小时",
    "男女",
    "填是或否",
    "是/否",
    "年/月/日",
    "可多选",
    "多选",
    "单选",
    "下拉选择",
    "在校",
    "或联系电话",
    "镇村组",
    "村组",
];

/// What stands before a header and says whose it is, where it is the child's own.
const OWN: &[&str] = &[
    "留守儿童",
    "留守学生",
    "困境儿童",
    "被监护人",
    "学生",
    "儿童",
    "孩子",
    "本人",
    "幼儿",
];

/// What stands behind the upper of two headers and says nothing.
const NOISE: &[&str] = &[
    "基本情况",
    "基本信息",
    "相关信息",
    "相关情况",
    "个人信息",
    "情况",
    "信息",
    "资料",
];

impl Columns {
    /// For the tables of a kind.
    pub fn of(kind: Kind) -> Columns {
        Columns {
            kind,
            labels: Labels::of(kind),
        }
    }

    /// What a word names by itself, without a table: a path, a label, a word of forms.
    ///
    /// # Errors
    ///
    /// [`Unnamed`].
    pub fn find(&self, word: &str) -> Result<Target, Unnamed> {
        match self.candidates(word, None) {
            Ok(mut found) => Ok(found.swap_remove(0)),
            Err(unnamed) => Err(self.with_nearest(unnamed, word)),
        }
    }

    /// The codes of the field at a path; none where it holds none.
    pub(super) fn codes(&self, path: &str) -> Option<&'static [CodeWord]> {
        match self.labels.along(path)?.1 {
            Holds::Code(words) => Some(words),
            _ => None,
        }
    }

    /// Whether a word is over columns of such tables.
    pub(super) fn knows(&self, header: &Header) -> bool {
        let words = self.tried(header);
        words.iter().any(|word| {
            self.candidates(word, None).is_ok()
                || self.candidates(word, Some(Person::Guardian)).is_ok()
        })
    }

    /// What a word may mean, the likeliest first; beside a column about a person also what is said of that person.
    fn candidates(&self, header: &str, person: Option<Person>) -> Result<Vec<Target>, Unnamed> {
        let header = header.trim();
        let word = plain(header);
        if header == "-" {
            return Ok(vec![Target::Ignored(Why::Asked)]);
        }
        if word == "id" || word == "编号" || word == "记录编号" {
            return Ok(vec![Target::Id]);
        }
        if let Some((steps, holds)) = self.labels.along(header) {
            let is_own = |target: &Target| matches!(target, Target::Field { steps: other, .. } if *other == steps);
            // A label that people also use for another field: its cells tell which is meant.
            let meant = words::meanings(self.kind, &word).iter();
            let others: Vec<Target> = meant
                .filter(|meaning| matches!(meaning, Meaning::Field(_)))
                .filter_map(|meaning| self.target(*meaning))
                .filter(|target| self.kind != Kind::Child && !is_own(target))
                .collect();
            let mut found = vec![Target::Field { steps, holds }];
            found.extend(others);
            return Ok(found);
        }
        if let Some((ids, last)) = header.rsplit_once('.')
            && is_names_header(last)
            && self.labels.along(ids).is_some()
        {
            return Ok(vec![Target::Ignored(Why::Names)]);
        }
        let word = match unnumbered(header) {
            Some(rest) => plain(rest),
            None => word,
        };
        let (variants, _) = variants(&word);
        let is_child = self.kind == Kind::Child;
        if is_child && let Some(target) = self.beside(&word, person) {
            return target;
        }
        for variant in &variants {
            let meant = words::meanings(self.kind, variant);
            let found: Vec<Target> = meant
                .iter()
                .filter_map(|meaning| self.target(*meaning))
                .collect();
            if !found.is_empty() {
                return Ok(found);
            }
            if !is_child {
                continue;
            }
            if let Some((person, said)) = Person::of(variant)
                && let Some(meaning) = person.meaning(said)
            {
                return Ok(vec![self.person_target(meaning)]);
            }
        }
        for variant in &variants {
            let meant = self.labels.meant(variant);
            match &meant[..] {
                [] => {}
                [(steps, holds)] => {
                    return Ok(vec![Target::Field {
                        steps: steps.clone(),
                        holds,
                    }]);
                }
                _ => {
                    return Err(Unnamed::Several(
                        meant.iter().map(|(steps, _)| shown(steps)).collect(),
                    ));
                }
            }
        }
        for variant in &variants {
            let bare = variant
                .strip_prefix("是否")
                .map_or(variant.as_str(), |rest| {
                    rest.strip_prefix('为').unwrap_or(rest)
                });
            if let Some(target) = self.tick(bare) {
                return Ok(vec![target]);
            }
        }
        Err(Unnamed::Unknown(None))
    }

    /// Why a header names nothing, with the nearest word that would, which takes long to find.
    fn with_nearest(&self, unnamed: Unnamed, header: &str) -> Unnamed {
        let word = plain(unnumbered(header).unwrap_or(header));
        let (_, is_whole) = variants(&word);
        match unnamed {
            Unnamed::Unknown(None) if is_whole => Unnamed::Unknown(self.nearest(&word)),
            other => other,
        }
    }

    /// What a word such as 关系 or 联系电话 means, which says not whose it is.
    fn beside(&self, word: &str, person: Option<Person>) -> Option<Result<Vec<Target>, Unnamed>> {
        const TWOFOLD: &[&str] = &[
            "name",
            "relation",
            "phone",
            "workplace",
            "occupation",
            "education",
            "status",
            "contact",
        ];
        let attribute = attribute(word)?;
        let is_own = !words::meanings(self.kind, word).is_empty();
        match person {
            Some(Person::Guardian) if attribute == "health" => {
                // The guardian's or the child's: both are told in such lists.
                Some(Err(Unnamed::Several(vec![
                    "profile.health".to_owned(),
                    "guardianship.guardian.health".to_owned(),
                ])))
            }
            Some(person)
                if !is_own
                    || matches!(attribute, "name" | "id_number" | "-")
                        && matches!(person, Person::Member(_)) =>
            {
                person
                    .meaning(word)
                    .map(|meaning| Ok(vec![self.person_target(meaning)]))
            }
            Some(Person::Father | Person::Mother) if attribute == "id_number" => {
                Some(Err(Unnamed::Several(vec![
                    "id_number".to_owned(),
                    "parents.id_number".to_owned(),
                ])))
            }
            Some(_) => None,
            None if TWOFOLD.contains(&attribute) && !is_own => {
                let of = |base: &str| format!("{base}.{attribute}");
                let bases = [
                    "guardianship.guardian",
                    "parents[father]",
                    "parents[mother]",
                ];
                let known = bases
                    .map(of)
                    .into_iter()
                    .filter(|path| self.labels.along(path).is_some());
                Some(Err(Unnamed::Several(known.collect())))
            }
            None => None,
        }
    }

    fn person_target(&self, meaning: PersonMeaning) -> Target {
        match meaning {
            PersonMeaning::Hint(hint) => Target::Hint(hint),
            PersonMeaning::NoField => Target::Ignored(Why::NoField),
            PersonMeaning::Field(path) => match self.labels.along(&path) {
                Some((steps, holds)) => Target::Field { steps, holds },
                None => Target::Ignored(Why::NoField),
            },
        }
    }

    fn target(&self, meaning: Meaning) -> Option<Target> {
        match meaning {
            Meaning::Field(path) => self
                .labels
                .along(path)
                .map(|(steps, holds)| Target::Field { steps, holds }),
            Meaning::Tick(path, code) => {
                self.labels.along(path).map(|(steps, holds)| Target::Tick {
                    steps,
                    holds,
                    code: code.to_owned(),
                })
            }
            Meaning::Hint(hint) => Some(Target::Hint(hint)),
            Meaning::Left(why) => Some(Target::Ignored(why)),
        }
    }

    /// A column of ticks whose header is the word for a code: 低保, 孤儿, 隔代监护.
    fn tick(&self, word: &str) -> Option<Target> {
        if word.chars().count() < 2 {
            return None;
        }
        self.kind
            .shape()
            .leaves()
            .into_iter()
            .find_map(|(path, field)| {
                // What a parent is or does is told under the parent's name.
                let known = field
                    .codes()
                    .filter(|_| !path.to_string().starts_with("parents"))?;
                let code = code::known(known, word)?;
                let (steps, holds) = self.labels.along(&path.to_string())?;
                (code.code != "other" && code.code != "none").then(|| Target::Tick {
                    steps,
                    holds,
                    code: code.code.clone(),
                })
            })
    }

    /// The nearest word that is known, where it means the same person.
    fn nearest(&self, word: &str) -> Option<String> {
        let person = Person::of(word).map(|(person, _)| person);
        let same = |known: &&str| Person::of(known).map(|(person, _)| person) == person;
        let labels = suggest::nearest(word, self.labels.all().filter(same)).map(str::to_owned);
        let words = suggest::nearest(word, words::all(self.kind).filter(same)).map(str::to_owned);
        words.or(labels)
    }
}

/// A question of a questionnaire without its number: 3、出生日期, Q3. 出生日期.
fn unnumbered(header: &str) -> Option<&str> {
    let digits = header.strip_prefix(['Q', 'q', '第']).unwrap_or(header);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (1..=2).contains(&(digits.len() - rest.len()));
    let rest = rest.strip_prefix('题').unwrap_or(rest);
    rest.strip_prefix(['、', '.', '．', ')', '）', ':', '：', ',', ' '])
        .map(str::trim)
        .filter(|rest| numbered && !rest.is_empty())
}

/// A header with and without what says nothing; whether no bracket in it says something of its own.
fn variants(word: &str) -> (Vec<String>, bool) {
    let mut variants = vec![word.to_owned()];
    let mut is_whole = true;
    if let Some((outer, rest)) = word.split_once('(')
        && let Some((inner, behind)) = rest.split_once(')')
    {
        let outer = format!("{outer}{behind}");
        if REMARKS.iter().any(|remark| plain(remark) == inner) {
            variants.push(outer);
        } else {
            // 联系电话（母亲） is 母亲联系电话; 出生日期（农历） is no solar day.
            variants.push(format!("{inner}{outer}"));
            is_whole = false;
        }
    }
    let own: Vec<String> = variants
        .iter()
        .flat_map(|variant| OWN.iter().filter_map(|own| variant.strip_prefix(own)))
        .filter(|rest| !rest.is_empty())
        .map(str::to_owned)
        .collect();
    variants.extend(own);
    (variants, is_whole)
}

/// A header without what people write differently each time: spaces, stars, full-width brackets, case.
pub(in crate::exchange) fn plain(header: &str) -> String {
    let marks = [
        '*', '_', '·', ':', '/', '的', '、', '"', '“', '”', '。', '?', '!', '-', '\'', '.', '〔',
        '〕',
    ];
    let narrow = squeezed(header);
    let kept: String = narrow.chars().filter(|c| !marks.contains(c)).collect();
    if kept.is_empty() { narrow } else { kept }
}

/// A place as a path, for messages and headers.
pub fn shown(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(name) if path.is_empty() => path.push_str(name),
            Step::Key(name) => path.extend([".", name]),
            Step::Entry(Which::At(index)) => path.push_str(&format!("[{index}]")),
            Step::Entry(Which::Newest) => {}
            Step::Entry(Which::Coded { code, .. }) => path.push_str(&format!("[{code}]")),
        }
    }
    path
}

/// What a field is called beside a column: 监护人姓名, 父亲电话, 班级.
pub fn labels_of(kind: Kind, steps: &[Step], lang: Lang) -> String {
    let mut shape = Some(kind.shape());
    let mut labels: Vec<String> = Vec::new();
    for step in steps {
        match step {
            Step::Key(name) => {
                let field = shape.and_then(|shape| shape.field(name));
                labels.push(field.map_or_else(|| name.clone(), |field| field.label(lang)));
                shape = field.and_then(|field| field.holds.inner());
            }
            Step::Entry(Which::Coded { code, .. }) => {
                let word = shape
                    .and_then(labels::selector)
                    .and_then(|(_, words)| words.iter().find(|word| word.code == *code));
                labels.pop();
                labels.push(word.map_or_else(|| code.clone(), |word| word.label(lang).to_owned()));
            }
            Step::Entry(_) => {}
        }
    }
    // A list's name says nothing beside a field of its own: 班级, but 监护情况开始日期.
    let own = labels.len() > 1
        && matches!(steps.get(1), Some(Step::Entry(Which::Newest)))
        && !matches!(steps.last(), Some(Step::Key(name)) if name == "since");
    if own {
        labels.remove(0);
    }
    labels.dedup();
    match lang {
        Lang::Zh => labels.concat(),
        Lang::En => labels.join(" "),
    }
}

/// The header of a field in labels: `监护情况1.监护人.姓名`.
pub fn labelled(kind: Kind, path: &FieldPath, lang: Lang) -> String {
    use crate::model::field::PathStep;
    let mut shape = Some(kind.shape());
    let mut header = String::new();
    for step in &path.0 {
        match step {
            PathStep::Key(name) => {
                if !header.is_empty() {
                    header.push('.');
                }
                let field = shape.and_then(|shape| shape.field(name));
                header.push_str(&field.map_or_else(|| name.clone(), |field| field.label(lang)));
                shape = field.and_then(|field| field.holds.inner());
            }
            PathStep::Index(index) => header.push_str(&(index + 1).to_string()),
        }
    }
    header
}

#[cfg(test)]
mod tests;

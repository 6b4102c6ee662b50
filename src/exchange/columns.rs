//! Which column of a table belongs to which field: by path, by label in either language, by the words that
//! schools' own rosters use.
//!
//! A header is a path such as `guardianship[0].guardian.name` or the labels along it (`监护情况1.监护人.姓名`,
//! counted from 1 as people count), or the last of its labels run together where that says enough
//! (`监护人姓名`). A list of entries that are told apart by a code is also named by that code: `parents[father].name`,
//! `父亲姓名`. Without a number the newest entry is meant.

use std::collections::BTreeMap;

use crate::model::shape::{Field, Holds, Shape};
use crate::model::{FieldPath, Kind};
use crate::text::{Lang, suggest};

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

/// What a column holds.
#[derive(Clone, Debug)]
pub enum Target {
    /// Nothing that is read.
    Ignored,
    /// The id of the record.
    Id,
    /// The value of a field.
    Field {
        /// Where it stands in the record.
        steps: Vec<Step>,
        /// What it holds.
        holds: &'static Holds,
    },
}

/// Why a header names no column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unnamed {
    /// No field is called so; the nearest label, if any is near.
    Unknown(Option<String>),
    /// Several fields may be meant, by their paths.
    Several(Vec<String>),
}

/// The words of rosters that mean the label behind them.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("学生姓名", "姓名"),
    ("儿童姓名", "姓名"),
    ("留守儿童姓名", "姓名"),
    ("联系电话", "电话"),
    ("电话号码", "电话"),
    ("手机号码", "电话"),
    ("联系方式", "电话"),
    ("手机号", "电话"),
    ("身份证号码", "身份证号"),
    ("公民身份号码", "身份证号"),
    ("出生年月日", "出生日期"),
    ("出生年月", "出生日期"),
    ("家庭住址", "住址"),
    ("家庭地址", "住址"),
    ("现住址", "住址"),
    ("学籍号码", "学籍号"),
    ("全国学籍号", "学籍号"),
    ("与监护人关系", "监护人关系"),
    ("监护人与儿童关系", "监护人关系"),
    ("户籍性质", "户籍"),
    ("户口性质", "户籍"),
];

/// Headers of columns that number the rows.
const NUMBERINGS: &[&str] = &["序号", "no", "no.", "#"];

/// A field that a label may mean: how many labels of its path the label leaves out, and where it stands.
type Meaning = (usize, Vec<Step>, &'static Holds);

/// A field on the way to another, with its labels; in a list of tables also the entry, with those of its code.
type Turn = (Step, [String; 2], Option<(Step, [String; 2])>);

/// Finds the fields of a kind by the headers of tables.
pub struct Columns {
    shape: &'static Shape,
    /// What each run-together label means.
    labels: BTreeMap<String, Vec<Meaning>>,
}

impl Columns {
    /// For the tables of a kind.
    pub fn of(kind: Kind) -> Columns {
        let mut columns = Columns {
            shape: kind.shape(),
            labels: BTreeMap::new(),
        };
        columns.gather(kind.shape(), &mut Vec::new());
        columns
    }

    fn gather(&mut self, shape: &'static Shape, way: &mut Vec<Turn>) {
        for field in &shape.fields {
            let words = Lang::ALL.map(|lang| field.label(lang));
            way.push((Step::Key(field.name.clone()), words, None));
            match &field.holds {
                Holds::Table(inner) => self.gather(inner, way),
                Holds::Tables(inner) => {
                    let depth = way.len() - 1;
                    way[depth].2 = Some((Step::Entry(Which::Newest), Default::default()));
                    self.gather(inner, way);
                    if let Some((name, codes)) = selector(inner) {
                        for word in codes {
                            let which = Which::Coded {
                                field: name.to_owned(),
                                code: word.code.clone(),
                            };
                            let words = Lang::ALL.map(|lang| word.label(lang).to_owned());
                            way[depth].2 = Some((Step::Entry(which), words));
                            self.gather(inner, way);
                        }
                    }
                }
                Holds::Counts { .. } | Holds::Match => {}
                holds => self.note(way, holds),
            }
            way.pop();
        }
    }

    fn note(&mut self, way: &[Turn], holds: &'static Holds) {
        let steps: Vec<Step> = way
            .iter()
            .flat_map(|(key, _, entry)| {
                std::iter::once(key.clone()).chain(entry.as_ref().map(|(step, _)| step.clone()))
            })
            .collect();
        for lang in Lang::ALL {
            let words: Vec<(String, bool)> = way
                .iter()
                .map(|(_, words, entry)| match entry {
                    // The code says more than the name of the list: 父亲, not 父母.
                    Some((_, coded)) if !coded[0].is_empty() => {
                        (coded[lang as usize].clone(), true)
                    }
                    _ => (words[lang as usize].clone(), false),
                })
                .collect();
            let coded = words.iter().position(|(_, coded)| *coded);
            for from in 0..words.len() {
                if coded.is_some_and(|coded| from > coded) {
                    break;
                }
                let label: String = words[from..]
                    .iter()
                    .map(|(word, _)| word.as_str())
                    .collect();
                let entry = (from, steps.clone(), holds);
                let meant = self.labels.entry(plain(&label)).or_default();
                if !meant.iter().any(|(_, known, _)| *known == steps) {
                    meant.push(entry);
                }
            }
        }
    }

    /// What a header names.
    ///
    /// # Errors
    ///
    /// [`Unnamed`].
    pub fn find(&self, header: &str) -> Result<Target, Unnamed> {
        let header = header.trim();
        let lower = plain(header);
        if header == "-" || NUMBERINGS.contains(&lower.as_str()) {
            return Ok(Target::Ignored);
        }
        if lower == "id" || lower == "编号" {
            return Ok(Target::Id);
        }
        if let Some((steps, holds)) = self.along(header) {
            return Ok(Target::Field { steps, holds });
        }
        let mut tried = vec![lower.clone()];
        if let Some((short, _)) = lower.split_once('(') {
            tried.push(short.to_owned());
        }
        for at in 0..tried.len() {
            for (word, label) in OTHER_WORDS {
                if tried[at].ends_with(word) {
                    tried.push(tried[at].replace(word, label));
                }
            }
        }
        for label in &tried {
            let Some(meant) = self.labels.get(label) else {
                continue;
            };
            // A whole path counts before the end of a longer one: 姓名 is the child's own.
            let nearest = meant.iter().map(|(from, ..)| from).min();
            let mut best: Vec<_> = meant
                .iter()
                .filter(|(from, ..)| Some(from) == nearest)
                .collect();
            best.sort_by_key(|(_, steps, _)| steps.len());
            if best.len() > 1 && best[0].1.len() == best[1].1.len() {
                let paths = best.iter().map(|(_, steps, _)| shown(steps)).collect();
                return Err(Unnamed::Several(paths));
            }
            return Ok(Target::Field {
                steps: best[0].1.clone(),
                holds: best[0].2,
            });
        }
        let known = self.labels.keys().map(String::as_str);
        Err(Unnamed::Unknown(
            suggest::nearest(&lower, known).map(str::to_owned),
        ))
    }

    /// The field at the end of a path of names or labels: `guardianship[0].since`, `监护情况1.开始日期`.
    fn along(&self, header: &str) -> Option<(Vec<Step>, &'static Holds)> {
        let mut shape = Some(self.shape);
        let mut holds: Option<&'static Holds> = None;
        let mut steps = Vec::new();
        for part in header.split('.') {
            if let Some(Holds::Counts { keys, entry }) = holds {
                let key = keys.iter().find(|key| *key == part.trim())?;
                steps.push(Step::Key(key.clone()));
                return Some((steps, entry));
            }
            let (name, which) = match part.trim().split_once('[') {
                Some((name, which)) => (name, Some(which.strip_suffix(']')?)),
                None => (part.trim(), None),
            };
            let (name, number) = match field_called(shape?, name) {
                Some(_) => (name, None),
                None => {
                    let short = name.trim_end_matches(|c: char| c.is_ascii_digit());
                    (
                        short,
                        name[short.len()..].parse::<usize>().ok()?.checked_sub(1),
                    )
                }
            };
            let field = field_called(shape?, name)?;
            steps.push(Step::Key(field.name.clone()));
            if let Holds::Tables(inner) = &field.holds {
                let which = match (which, number) {
                    (None, None) => Which::Newest,
                    (None, Some(number)) => Which::At(number),
                    (Some(which), _) => match which.parse() {
                        Ok(number) => Which::At(number),
                        Err(_) => {
                            let (name, codes) = selector(inner)?;
                            codes.iter().find(|word| word.code == which)?;
                            Which::Coded {
                                field: name.to_owned(),
                                code: which.to_owned(),
                            }
                        }
                    },
                };
                steps.push(Step::Entry(which));
            } else if which.is_some() || number.is_some() {
                return None;
            }
            shape = field.holds.inner();
            holds = Some(&field.holds);
        }
        let holds = holds?;
        (!holds.is_table()).then_some((steps, holds))
    }
}

fn field_called(shape: &'static Shape, name: &str) -> Option<&'static Field> {
    shape.fields.iter().find(|field| {
        field.name == name
            || Lang::ALL
                .iter()
                .any(|lang| plain(&field.label(*lang)) == plain(name))
    })
}

/// The field that tells the entries of a list apart: its first, where that is a code each must have.
fn selector(
    shape: &'static Shape,
) -> Option<(&'static str, &'static [crate::model::shape::CodeWord])> {
    match shape.fields.first()? {
        Field {
            name,
            required: true,
            holds: Holds::Code(words),
            ..
        } => Some((name, words)),
        _ => None,
    }
}

/// A header without what people write differently each time: spaces, stars, full-width brackets, case.
fn plain(header: &str) -> String {
    header
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '_' | '·' | '：' | ':' | '/' | '的'))
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
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
mod tests {
    use super::*;

    fn meant(kind: Kind, header: &str) -> String {
        match Columns::of(kind).find(header) {
            Ok(Target::Field { steps, .. }) => shown(&steps),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn headers_of_rosters_name_fields() {
        for (header, path) in [
            ("name", "name"),
            ("姓名", "name"),
            ("学生姓名", "name"),
            (" 姓 名* ", "name"),
            ("出生日期（公历）", "birth_date"),
            ("身份证号码", "id_number"),
            ("监护类型", "guardianship.kind"),
            ("监护人姓名", "guardianship.guardian.name"),
            ("监护人联系电话", "guardianship.guardian.phone"),
            ("父亲姓名", "parents[father].name"),
            ("母亲电话", "parents[mother].phone"),
            ("班级", "enrolment.class"),
            ("guardianship[1].since", "guardianship[1].since"),
            ("监护情况2.监护人.姓名", "guardianship[1].guardian.name"),
            ("parents[mother].status", "parents[mother].status"),
            ("left.date", "left.date"),
            ("离校日期", "left.date"),
            ("birth date", "birth_date"),
        ] {
            assert_eq!(meant(Kind::Child, header), path, "{header}");
        }
        assert_eq!(meant(Kind::Term, "enrolment.3"), "enrolment.3");
        assert_eq!(meant(Kind::Aid, "items[0].quantity"), "items[0].quantity");
    }

    #[test]
    fn a_header_that_names_nothing_gets_the_nearest_label() {
        let columns = Columns::of(Kind::Child);
        assert_eq!(
            columns.find("性 别 们").unwrap_err(),
            Unnamed::Unknown(Some("性别".to_owned()))
        );
        assert!(matches!(
            columns.find("guardianship[0].colour"),
            Err(Unnamed::Unknown(_))
        ));
        assert!(matches!(
            columns.find("guardianship"),
            Err(Unnamed::Unknown(_))
        ));
        assert!(matches!(columns.find("序号"), Ok(Target::Ignored)));
    }

    #[test]
    fn every_field_is_found_by_the_headers_that_export_writes() {
        for kind in Kind::ALL {
            let columns = Columns::of(*kind);
            for (path, field) in kind.shape().leaves() {
                if field.holds.is_table() {
                    continue;
                }
                let found = |header: &str| match columns.find(header) {
                    Ok(Target::Field { steps, .. }) => shown(&steps),
                    other => format!("{header}: {other:?}"),
                };
                assert_eq!(found(&path.to_string()), path.to_string(), "{kind}");
                for lang in Lang::ALL {
                    let header = labelled(*kind, &path, lang);
                    assert_eq!(found(&header), path.to_string(), "{kind} {header}");
                }
            }
        }
    }
}

//! What is held: how many children by age, which kinds of data, numbers where they do not belong.

use toml::{Table, Value};

use super::item::Article::Pipl;
use super::item::{Look, Matter, Outcome, State, look};
use crate::model::prose::is_sealed;
use crate::model::shape::{Field, Holds, Personal, Shape};
use crate::model::{Entry, HasTable, Id, Kind, Record, Records, is_filled, table_of, with_kind};
use crate::text::Text;

pub(super) const ITEMS: &[Look] = &[
    look("necessary", &[Pipl(28), Pipl(30)], necessary),
    look("numbers-in-text", &[Pipl(28), Pipl(51)], numbers_in_text),
    look("unread", &[Pipl(51)], unread),
];

/// The children whose files are held, by age on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ages {
    /// Younger than fourteen: their data is sensitive whatever it is (PIPL art. 28).
    pub under_14: usize,
    /// Fourteen to seventeen.
    pub minors: usize,
    /// Eighteen or older.
    pub adults: usize,
    /// Of all of them those who have left.
    pub departed: usize,
}

/// Counts the children whose files are held.
pub fn ages(matter: &Matter<'_>) -> Ages {
    let mut ages = Ages::default();
    for child in &matter.records.children {
        match child.age_on(matter.today) {
            0..14 => ages.under_14 += 1,
            14..18 => ages.minors += 1,
            _ => ages.adults += 1,
        }
        if child.left_by(matter.today).is_some() {
            ages.departed += 1;
        }
    }
    ages
}

/// A kind of data about people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Names.
    Names,
    /// Days of birth.
    Births,
    /// Numbers of identity cards and in registers.
    Numbers,
    /// Phones.
    Phones,
    /// Addresses and villages.
    Addresses,
    /// Illness and disability.
    Health,
    /// Hardship: what the law calls a specific identity.
    Hardship,
    /// Pictures.
    Pictures,
    /// Levels and risks of assessments.
    Assessments,
    /// Incidents.
    Incidents,
    /// Text shown only when asked for.
    Confidential,
    /// Free text.
    Texts,
}

impl Category {
    /// What it is called.
    pub fn label(self) -> Text {
        let (zh, en) = match self {
            Category::Names => ("姓名", "names"),
            Category::Births => ("出生日期", "days of birth"),
            Category::Numbers => ("身份证号、学籍号", "identity and pupil numbers"),
            Category::Phones => ("电话", "phones"),
            Category::Addresses => ("住址、村（社区）", "addresses and villages"),
            Category::Health => ("疾病、残疾、健康状况", "illness, disability, health"),
            Category::Hardship => ("困境类型", "kinds of hardship"),
            Category::Pictures => ("照片影像", "pictures"),
            Category::Assessments => ("测评与风险等级", "assessments and risk levels"),
            Category::Incidents => ("事件（含侵害）", "incidents, harm among them"),
            Category::Confidential => ("保密内容", "confidential text"),
            Category::Texts => ("谈话、家访等文字记录", "free text of talks and visits"),
        };
        Text { zh, en }
    }

    /// Whether the law counts it as sensitive also of those who are fourteen or older (PIPL art. 28).
    pub fn is_sensitive(self) -> bool {
        matches!(
            self,
            Category::Numbers
                | Category::Health
                | Category::Hardship
                | Category::Incidents
                | Category::Assessments
                | Category::Confidential
        )
    }

    fn of(kind: Kind, field: &Field) -> Option<Category> {
        let is_prose = match &field.holds {
            Holds::List(entry) => matches!(**entry, Holds::Prose),
            holds => matches!(holds, Holds::Prose),
        };
        match (field.personal, &field.holds) {
            (Some(Personal::Number), _) => Some(Category::Numbers),
            (_, Holds::Confidential) => Some(Category::Confidential),
            (Some(Personal::Name), _) => Some(Category::Names),
            (_, Holds::Phone) => Some(Category::Phones),
            (Some(Personal::Address | Personal::Place), _) => Some(Category::Addresses),
            (Some(Personal::Birth), _) => Some(Category::Births),
            (Some(Personal::Health), _) => Some(Category::Health),
            (Some(Personal::Picture), _) => Some(Category::Pictures),
            _ if kind == Kind::Child && field.name == "birth_date" => Some(Category::Births),
            _ if kind == Kind::Child && field.name == "hardship" => Some(Category::Hardship),
            _ if is_prose => Some(Category::Texts),
            _ => None,
        }
    }
}

/// How many records hold a kind of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryCount {
    /// Which kind.
    pub category: Category,
    /// How many records hold some of it.
    pub records: usize,
    /// How many of them hold it in clear; of what is never sealed all.
    pub clear: usize,
}

/// The kinds of data that records hold, in order; those that none holds are left out.
pub fn held(records: &Records) -> Vec<CategoryCount> {
    let mut found = std::collections::BTreeMap::<Category, (usize, usize)>::new();
    each(records, &mut |kind, _, table| {
        let mut here = std::collections::BTreeMap::<Category, bool>::new();
        each_value(kind.shape(), table, &mut |field, text| {
            if let Some(category) = Category::of(kind, field) {
                *here.entry(category).or_default() |= !is_sealed(text);
            }
        });
        let whole = match kind {
            Kind::Assessment => Some(Category::Assessments),
            Kind::Incident => Some(Category::Incidents),
            _ => None,
        };
        here.extend(whole.map(|category| (category, true)));
        for (category, is_clear) in here {
            let (records, clear) = found.entry(category).or_default();
            *records += 1;
            *clear += usize::from(is_clear);
        }
    });
    let held = found
        .into_iter()
        .map(|(category, (records, clear))| CategoryCount {
            category,
            records,
            clear,
        });
    held.collect()
}

/// Calls `visit` with each record of the kinds that tell of people, as a table.
fn each(records: &Records, visit: &mut dyn FnMut(Kind, Id, &Table)) {
    fn of<K: Record>(records: &Records, visit: &mut dyn FnMut(Kind, Id, &Table))
    where
        Records: HasTable<K>,
    {
        let table: &crate::model::Table<K> = records.table();
        for Entry { id, record, .. } in table {
            visit(K::KIND, *id, &table_of(record));
        }
    }
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Term) {
        with_kind!(*kind, K => of::<K>(records, visit));
    }
}

/// Calls `visit` with each field that is filled, also those of tables in the record, and with its text where it is one.
fn each_value(shape: &Shape, table: &Table, visit: &mut dyn FnMut(&Field, &str)) {
    for (name, value) in table {
        let Some(field) = shape.field(name) else {
            continue;
        };
        match (field.holds.inner(), value) {
            (Some(inner), Value::Table(table)) => each_value(inner, table, visit),
            (Some(inner), Value::Array(entries)) => {
                let tables = entries.iter().filter_map(Value::as_table);
                tables.for_each(|table| each_value(inner, table, visit));
            }
            (_, Value::String(text)) => {
                if is_filled(text) {
                    visit(field, text);
                }
            }
            (_, Value::Array(entries)) => {
                for entry in entries {
                    visit(field, entry.as_str().unwrap_or_default());
                }
            }
            _ => visit(field, ""),
        }
    }
}

/// Somebody has to say whether all of it is needed.
fn necessary(matter: &Matter<'_>) -> Outcome {
    Outcome::judge(held(matter.records).len(), matter.records.children.len())
}

/// Numbers of identity cards in texts, where they are never sealed; of files that are no records the names.
fn numbers_in_text(matter: &Matter<'_>) -> Outcome {
    let files = matter.surroundings.numbers.iter();
    let (records, others): (Vec<_>, Vec<_>) = files
        .map(|path| {
            let name = path.rsplit('/').next().unwrap_or(path);
            let id = name.split('.').next().and_then(|name| name.parse().ok());
            id.ok_or(name)
        })
        .partition(Result::is_ok);
    let others = Outcome::no_places(
        others
            .into_iter()
            .filter_map(Result::err)
            .map(str::to_owned),
    );
    let records: Vec<Id> = records.into_iter().flatten().collect();
    let mut outcome = Outcome::none_of(records, matter.records.count());
    outcome.count += others.count;
    outcome.state = outcome.state.max(others.state);
    outcome.places = others.places;
    outcome
}

/// What cannot be read cannot be looked at.
fn unread(matter: &Matter<'_>) -> Outcome {
    let of = matter.records.count() + matter.left_out;
    let state = if matter.left_out == 0 {
        State::Met
    } else {
        State::NotMet
    };
    Outcome::new(state, matter.left_out, of)
}

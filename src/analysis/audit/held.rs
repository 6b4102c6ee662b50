//! Audit items on the data held: children by age, categories of data, identity numbers in the wrong fields.

use toml::{Table, Value};

use super::item::Article::Pipl;
use super::item::{AuditCheck, AuditInput, Outcome, State, check};
use crate::model::prose::is_sealed;
use crate::model::shape::{Field, FieldType, Personal, Shape};
use crate::model::{Entry, HasTable, Id, Kind, Record, Records, is_filled, table_of, with_kind};
use crate::text::Text;

pub(super) const ITEMS: &[AuditCheck] = &[
    check("necessary", &[Pipl(28), Pipl(30)], necessary),
    check("numbers-in-text", &[Pipl(28), Pipl(51)], numbers_in_text),
    check("unread", &[Pipl(51)], unread),
];

/// Numbers of children whose files are held, by age as of today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ages {
    /// Under fourteen: all their personal data counts as sensitive (PIPL art. 28).
    pub under_14: usize,
    /// Fourteen to seventeen.
    pub minors: usize,
    /// Eighteen or older.
    pub adults: usize,
    /// Of all of these, the children who have left.
    pub departed: usize,
}

/// Counts the children whose files are held.
pub fn ages(input: &AuditInput<'_>) -> Ages {
    let mut ages = Ages::default();
    for child in &input.records.children {
        match child.age_on(input.today) {
            0..14 => ages.under_14 += 1,
            14..18 => ages.minors += 1,
            _ => ages.adults += 1,
        }
        if child.left_by(input.today).is_some() {
            ages.departed += 1;
        }
    }
    ages
}

/// A category of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Names.
    Names,
    /// Dates of birth.
    Births,
    /// Identity card, student and other registration numbers.
    Numbers,
    /// Phone numbers.
    Phones,
    /// Addresses and villages.
    Addresses,
    /// Illness and disability.
    Health,
    /// Hardship: what the law calls a specific identity.
    Hardship,
    /// Photos.
    Pictures,
    /// Levels and risk levels from assessments.
    Assessments,
    /// Incidents.
    Incidents,
    /// Confidential text, shown only on request.
    Confidential,
    /// Free text.
    Texts,
}

impl Category {
    /// The display name.
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

    /// Whether the category is sensitive even for those aged fourteen or older (PIPL art. 28).
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
        let is_prose = field.holds.is_prose();
        match (field.personal, &field.holds) {
            (Some(Personal::Number), _) => Some(Category::Numbers),
            (_, FieldType::Confidential) => Some(Category::Confidential),
            (Some(Personal::Name), _) => Some(Category::Names),
            (_, FieldType::Phone) => Some(Category::Phones),
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

/// How many records hold a category of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryCount {
    /// The category.
    pub category: Category,
    /// The number of records that hold data of the category.
    pub records: usize,
    /// Of these, the number of records that hold it unsealed; all of them for a category that is never sealed.
    pub clear: usize,
}

/// Returns the categories of data that the records hold, in order, without those that no record holds.
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

/// Calls `visit` with each record of the kinds that hold personal data, as a TOML table.
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

/// Calls `visit` with each non-empty field, nested ones included, and with its text if it is a string.
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

/// Whether all data held is necessary is for a person to judge.
fn necessary(input: &AuditInput<'_>) -> Outcome {
    Outcome::judge(held(input.records).len(), input.records.children.len())
}

/// Identity card numbers in fields that are never sealed. A file that is not a record is listed by name.
fn numbers_in_text(input: &AuditInput<'_>) -> Outcome {
    let files = input.surroundings.numbers.iter();
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
    let mut outcome = Outcome::none_of(records, input.records.count());
    outcome.count += others.count;
    outcome.state = outcome.state.max(others.state);
    outcome.places = others.places;
    outcome
}

/// Files that could not be read and so were not audited.
fn unread(input: &AuditInput<'_>) -> Outcome {
    let of = input.records.count() + input.left_out;
    let state = if input.left_out == 0 {
        State::Met
    } else {
        State::NotMet
    };
    Outcome::new(state, input.left_out, of)
}

//! The columns of `list` and their values.

use super::listed::{Listed, Listing};
use crate::cli::shared::fields;
use crate::model::shape::FieldType;
use crate::model::{FieldPath, Kind};
use crate::report::words::{self, Words};
use crate::store::path_of;
use crate::text::Lang;

/// A column: a field, or a value derived from the record as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ListColumn {
    Id,
    /// The path of the file.
    Path,
    /// A child's class as of the day.
    Class,
    /// A child's age as of the day, in completed years.
    Age,
    /// Whether a child is left-behind as of the day.
    LeftBehind,
    Field(FieldPath),
}

/// The default columns of a kind.
pub(super) fn default_names(kind: Kind) -> impl Iterator<Item = &'static str> {
    std::iter::once("id").chain(kind.info().columns.iter().copied())
}

impl ListColumn {
    pub(super) fn of_name(kind: Kind, name: &str) -> Option<ListColumn> {
        let derived = ListColumn::derived(kind);
        let labelled = |column: &&ListColumn| {
            let is_label = Lang::ALL
                .iter()
                .any(|lang| column.label(kind, *lang) == name);
            column.key() == name || is_label
        };
        if let Some(column) = derived.iter().find(labelled) {
            return Some(column.clone());
        }
        let steps = fields::steps(kind.shape(), name)?;
        let field = steps.last()?.field;
        let is_new = steps
            .iter()
            .any(|step| step.entry == fields::ListIndex::New);
        let is_shown = !words::is_confidential(&field.holds) && !is_new;
        is_shown.then(|| ListColumn::Field(fields::path(&steps)))
    }

    fn derived(kind: Kind) -> &'static [ListColumn] {
        match kind {
            Kind::Child => &[
                ListColumn::Id,
                ListColumn::Path,
                ListColumn::Class,
                ListColumn::Age,
                ListColumn::LeftBehind,
            ],
            _ => &[ListColumn::Id, ListColumn::Path],
        }
    }

    /// The column's name in machine-readable formats.
    pub(super) fn key(&self) -> String {
        match self {
            ListColumn::Id => "id".to_owned(),
            ListColumn::Path => "path".to_owned(),
            ListColumn::Class => "class".to_owned(),
            ListColumn::Age => "age".to_owned(),
            ListColumn::LeftBehind => "left-behind".to_owned(),
            ListColumn::Field(path) => path.to_string(),
        }
    }

    /// The names of all columns of a kind.
    pub(super) fn names(kind: Kind) -> Vec<String> {
        let leaves = kind.shape().leaves();
        let fields = leaves
            .iter()
            .filter(|(_, field)| !words::is_confidential(&field.holds))
            .map(|(path, _)| path.to_string());
        ListColumn::derived(kind)
            .iter()
            .map(ListColumn::key)
            .chain(fields)
            .collect()
    }

    /// The column's label.
    pub(super) fn label(&self, kind: Kind, lang: Lang) -> String {
        let own = |zh: &str, en: &str| match lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        };
        match self {
            ListColumn::Id => own("编号", "id"),
            ListColumn::Path => own("文件", "path"),
            ListColumn::Class => own("班级", "class"),
            ListColumn::Age => own("年龄", "age"),
            ListColumn::LeftBehind => own("留守", "left-behind"),
            ListColumn::Field(path) => match kind.shape().at(path) {
                Some(field) => {
                    let label = field.label(lang);
                    let (first, more) = path.0.split_at(1);
                    let outer = kind.shape().at(&FieldPath(first.to_vec()));
                    let is_twice = kind
                        .shape()
                        .fields
                        .iter()
                        .any(|other| other.label(lang) == label);
                    match outer.filter(|_| is_twice && !more.is_empty()) {
                        // Disambiguates equal labels by the outer field.
                        Some(outer) => format!("{} {label}", outer.label(lang)),
                        None => label,
                    }
                }
                None => path.to_string(),
            },
        }
    }

    /// The value for machine-readable formats.
    pub(super) fn value(&self, record: &Listed<'_>) -> toml::Value {
        let none = || toml::Value::String(String::new());
        let Words { school, day, .. } = *record.words();
        let child = record.child();
        match self {
            ListColumn::Id => record.id().to_string().into(),
            ListColumn::Path => path_of(record.id()).into(),
            ListColumn::Class => child
                .and_then(|child| child.class_on(day))
                .map_or_else(none, |entry| entry.class.to_string().into()),
            ListColumn::Age => child.map_or_else(none, |child| i64::from(child.age_on(day)).into()),
            ListColumn::LeftBehind => child.map_or_else(none, |child| {
                child.is_left_behind(day, school.definition()).into()
            }),
            ListColumn::Field(path) => {
                let shape = record.id().kind().shape();
                words::value(record.fields(), shape, path, day).unwrap_or_else(none)
            }
        }
    }

    /// The value for people.
    pub(super) fn words(&self, value: &toml::Value, listing: &Listing<'_>) -> String {
        let words = &listing.words;
        match self {
            ListColumn::Class => words.of(&FieldType::Class, value),
            ListColumn::LeftBehind => words.of(&FieldType::Boolean, value),
            ListColumn::Field(path) => match listing.kind.shape().at(path) {
                Some(field) => words.of(&field.holds, value),
                None => String::new(),
            },
            ListColumn::Id | ListColumn::Path | ListColumn::Age => {
                words.of(&FieldType::Number, value)
            }
        }
    }

    /// Whether it contains classes.
    pub(super) fn is_class(&self, kind: Kind) -> bool {
        *self == ListColumn::Class || self.holds(kind, &|holds| matches!(holds, FieldType::Class))
    }

    /// Whether it requires free text to be loaded.
    pub(super) fn has_prose(&self, kind: Kind) -> bool {
        self.holds(kind, &|holds| matches!(holds, FieldType::Prose))
    }

    /// Whether its values may contain names of children and helpers; a text may contain a helper's id.
    pub(super) fn has_names(&self, kind: Kind) -> bool {
        self.holds(kind, &|holds| {
            matches!(holds, FieldType::Text | FieldType::Reference(_))
        })
    }

    /// Whether the field, or a field in it, has a type.
    fn holds(&self, kind: Kind, is_meant: &dyn Fn(&FieldType) -> bool) -> bool {
        fn within(holds: &FieldType, is_meant: &dyn Fn(&FieldType) -> bool) -> bool {
            match holds {
                FieldType::List(entry) => within(entry, is_meant),
                holds => match holds.inner() {
                    Some(shape) => shape
                        .fields
                        .iter()
                        .any(|field| within(&field.holds, is_meant)),
                    None => is_meant(holds),
                },
            }
        }
        match self {
            ListColumn::Field(path) => kind
                .shape()
                .at(path)
                .is_some_and(|field| within(&field.holds, is_meant)),
            _ => false,
        }
    }
}

//! Files with the figures of a school: the output of `stats --format json`, with a digest that detects changes.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::analysis::figures::{Counted, Figure, Figures, Label, Statistic, Unit, Value};
use crate::analysis::statement::Statement;
use crate::analysis::{Basis, Scope};
use crate::model::child::Definition;
use crate::model::{Code, Id, Kind, Money, Records, School};
use crate::text::Text;

/// The field with the digest.
const DIGEST: &str = "digest";

/// Why a file is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FiguresFileError {
    /// It is not the output of `stats --format json`.
    Other,
    /// It was modified.
    Changed,
    /// It does not contain all figures.
    Partial,
}

/// The figures of a school, read from a file.
#[derive(Clone, Debug)]
pub struct FiguresFile {
    /// The school's name.
    pub name: String,
    /// Its key.
    pub key: Option<String>,
    /// The date range and the definition of left-behind.
    pub scope: Scope,
    /// The number of files that could not be read and were left out.
    pub left_out: usize,
    /// Whether it contains only figures cleared for publication.
    pub is_public: bool,
    /// The figures in order, with their values; `None` for a median or mean of nothing.
    pub figures: Vec<(Figure, Option<Value>)>,
}

/// Serialises the figures, with a digest.
///
/// # Errors
///
/// The figures cannot be represented as JSON.
pub fn sealed(statement: &Statement) -> serde_json::Result<Json> {
    let mut whole = serde_json::to_value(statement)?;
    let digest = digest_of(&whole);
    if let Some(fields) = whole.as_object_mut() {
        fields.insert(DIGEST.to_owned(), digest.into());
    }
    Ok(whole)
}

/// The digest of an object, independent of the order of its fields and of whitespace.
fn digest_of(whole: &Json) -> String {
    let mut sorted = whole.clone();
    if let Some(fields) = sorted.as_object_mut() {
        fields.remove(DIGEST);
    }
    sorted.sort_all_objects();
    let digest = Sha256::digest(sorted.to_string().as_bytes());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{digits}")
}

#[derive(Deserialize)]
struct Printed {
    school: Profile,
    definition: String,
    term: Option<String>,
    from: NaiveDate,
    until: NaiveDate,
    as_of: NaiveDate,
    #[serde(default)]
    left_out: usize,
    #[serde(default)]
    public: bool,
    figures: Vec<FigureObject>,
    definitions: Vec<Counting>,
    left_out_figures: Vec<FigureObject>,
}

#[derive(Deserialize)]
struct Counting {
    id: String,
    statistic: String,
}

#[derive(Deserialize)]
struct Profile {
    name: String,
    key: Option<String>,
}

#[derive(Deserialize)]
struct FigureObject {
    id: String,
    label: String,
    value: Json,
    of: Json,
    unit: String,
    /// For a figure left out of the list, its index among all figures.
    place: Option<usize>,
}

/// Reads a file of figures.
///
/// # Errors
///
/// [`FiguresFileError`].
pub fn read(bytes: &[u8]) -> Result<FiguresFile, FiguresFileError> {
    let whole: Json = serde_json::from_slice(bytes).map_err(|_| FiguresFileError::Other)?;
    let digest = whole
        .get(DIGEST)
        .and_then(Json::as_str)
        .ok_or(FiguresFileError::Other)?;
    if digest != digest_of(&whole) {
        return Err(FiguresFileError::Changed);
    }
    if whole.get("figures").is_some() && whole.get("left_out_figures").is_none() {
        return Err(FiguresFileError::Partial);
    }
    let printed: Printed = serde_json::from_value(whole).map_err(|_| FiguresFileError::Other)?;
    let mut rows = printed.figures;
    for row in printed.left_out_figures {
        let place = row.place.ok_or(FiguresFileError::Other)?;
        if place > rows.len() {
            return Err(FiguresFileError::Other);
        }
        rows.insert(place, row);
    }
    let scope = Scope {
        from: printed.from,
        until: printed.until,
        as_of: printed.as_of,
        definition: Definition::of_code(&printed.definition).ok_or(FiguresFileError::Other)?,
        term: match printed.term {
            None => None,
            Some(term) => Some(Id::parse(Kind::Term, &term).ok_or(FiguresFileError::Other)?),
        },
    };
    let known = known_figures(scope);
    let definitions = printed.definitions.into_iter();
    let statistics: HashMap<String, String> = definitions
        .map(|counting| (counting.id, counting.statistic))
        .collect();
    let figure = |row: FigureObject| {
        let figure = match known.get(&row.id) {
            Some(figure) => figure.clone(),
            None => figure_of(&row, statistics.get(&row.id)?)?,
        };
        let amount = |number: &Json| amount(number, &figure);
        let value = match &row.value {
            Json::Null => None,
            number => Some(Value {
                value: amount(number)?,
                of: match &row.of {
                    Json::Null => None,
                    number => Some(amount(number)?),
                },
            }),
        };
        Some((figure, value))
    };
    let figures = rows.into_iter().map(figure).collect::<Option<_>>();
    Ok(FiguresFile {
        name: printed.school.name,
        key: printed.school.key,
        scope,
        left_out: printed.left_out,
        is_public: printed.public,
        figures: figures.ok_or(FiguresFileError::Other)?,
    })
}

/// The figures that every school has, by id.
fn known_figures(scope: Scope) -> HashMap<String, Figure> {
    let settings = r#"format = 1
[school]
name = "-"
level = "primary"
"#;
    let Ok(school) = toml::from_str::<School>(settings) else {
        return HashMap::new();
    };
    let records = Records::default();
    let basis = Basis {
        school: &school,
        records: &records,
        scope,
    };
    let figures = Figures::of(&basis);
    let all = figures.all();
    all.map(|(figure, _)| (figure.id.clone(), figure.clone()))
        .collect()
}

/// A figure specific to a school, such as a duty, reconstructed from the file.
fn figure_of(row: &FigureObject, statistic: &str) -> Option<Figure> {
    const NONE: Text = Text::new("", "");
    let counts = Counted::Names;
    Some(Figure {
        id: row.id.clone(),
        label: Label::name(&row.label),
        how: NONE,
        section: NONE,
        unit: Unit::of_code(&row.unit)?,
        counts,
        of: (!row.of.is_null()).then_some(counts),
        statistic: Statistic::of_code(statistic)?,
        distinct: false,
        list: None,
        of_list: false,
        own_denominator: false,
        of_then: false,
        applies: true,
        of_term: false,
    })
}

/// Converts a number to the internal unit: money to fen, a mean to tenths.
fn amount(number: &Json, figure: &Figure) -> Option<i64> {
    match number {
        Json::String(yuan) => yuan.parse::<Money>().ok().map(Money::fen),
        // One decimal, which the nearest double prints exactly.
        Json::Number(mean) if figure.statistic == Statistic::Mean => {
            let (whole, tenth) = match mean.to_string().split_once('.') {
                Some((whole, tenth)) => (whole.parse::<i64>().ok()?, tenth.parse::<i64>().ok()?),
                None => (mean.as_i64()?, 0),
            };
            (0..10).contains(&tenth).then_some(whole * 10 + tenth)
        }
        Json::Number(whole) => whole.as_i64(),
        _ => None,
    }
}

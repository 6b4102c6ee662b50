//! The meaning of a column.

use crate::exchange::path::ColumnStep;
use crate::model::Kind;
use crate::model::shape::FieldType;

/// Information that is not stored itself but implies other fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// Whether, and in what way, a child is left-behind: 双亲留守儿童.
    LeftBehind,
    /// Whether the father is away.
    FatherAway,
    /// Whether the mother is away.
    MotherAway,
    /// Whether the father lives at home.
    FatherHome,
    /// Whether the mother lives at home.
    MotherHome,
    /// Whether one parent is away and the other unable to look after the child.
    OneAwayIncapable,
    /// A detail of a family member, by its number.
    Member(u8, MemberPart),
}

/// A detail of a family member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemberPart {
    /// The name.
    Name,
    /// The relation to the child.
    Relation,
    /// The phone number.
    Phone,
    /// The workplace.
    Workplace,
    /// Whether it is a guardian.
    IsGuardian,
}

/// Why a column is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OmissionReason {
    /// It contains row numbers.
    Number,
    /// It contains remarks.
    Remark,
    /// No kind of record has such a field.
    NoField,
    /// Only another kind of record has such a field.
    OfKind(Kind),
    /// The user excluded it.
    Asked,
    /// It is empty.
    Empty,
    /// It is identical to the column at an index.
    Same(usize),
    /// It contains the names for the ids in the column beside it.
    Names,
}

/// The meaning of a column.
#[derive(Clone, Debug)]
pub enum Target {
    /// Ignored.
    Ignored(OmissionReason),
    /// The id of the record.
    Id,
    /// A field.
    Field {
        /// Its path in the record.
        steps: Vec<ColumnStep>,
        /// The type of its value.
        holds: &'static FieldType,
    },
    /// A check mark that stands for a code of a field.
    Tick {
        /// The path of the field.
        steps: Vec<ColumnStep>,
        /// The type of its value.
        holds: &'static FieldType,
        /// The code.
        code: String,
    },
    /// Information that implies other fields.
    Hint(Hint),
}

/// Why a header could not be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownHeader {
    /// There is no such field; with the nearest label, if there is one.
    Unknown(Option<String>),
    /// Several fields are possible; with their paths.
    Several(Vec<String>),
    /// The header is the word for a code, but the cells do not say yes or no.
    NoTicks,
}

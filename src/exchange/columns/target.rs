//! What a column of a table means.

use crate::exchange::path::ColumnStep;
use crate::model::Kind;
use crate::model::shape::Holds;

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

/// What is told of a member of the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemberPart {
    /// The name.
    Name,
    /// What it is to the child.
    Relation,
    /// The phone number.
    Phone,
    /// Where it works.
    Workplace,
    /// Whether it is a guardian.
    IsGuardian,
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
        steps: Vec<ColumnStep>,
        /// What it holds.
        holds: &'static Holds,
    },
    /// Ticks, each of which means a code of a field.
    Tick {
        /// Where the field stands.
        steps: Vec<ColumnStep>,
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

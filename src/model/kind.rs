//! The list of kinds of records.

use std::fmt;

/// How the ids of a kind are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// A letter and six random characters: `c4t8w2z`.
    Person(char),
    /// The day, a letter and six random characters: `2025-10-12-v7k3m9q`.
    Dated(char),
    /// A school year and the part of it: `2025-2026-1`, `2025-2026-w` of the winter holiday.
    Term,
}

/// Hands the list of kinds to a macro: of each its variant, the type of its records, their folder and table, and how
/// their ids are built; in the order in which tables and pages show them. The name of a kind is that of its file.
macro_rules! kinds {
    ($then:ident) => {
        $then! {
            Term => term::Term, terms, Naming::Term;
            Helper => helper::Helper, helpers, Naming::Person('h');
            Child => child::Child, children, Naming::Person('c');
            Pairing => pairing::Pairing, pairings, Naming::Dated('p');
            Visit => visit::Visit, visits, Naming::Dated('v');
            Activity => activity::Activity, activities, Naming::Dated('a');
            Aid => aid::Aid, aid, Naming::Dated('d');
            Assessment => assessment::Assessment, assessments, Naming::Dated('s');
            Incident => incident::Incident, incidents, Naming::Dated('i');
            Award => award::Award, awards, Naming::Dated('w');
            Loan => loan::Loan, loans, Naming::Dated('l');
            Fund => fund::Fund, funds, Naming::Dated('f');
            Document => document::Document, documents, Naming::Dated('o');
        }
    };
}
pub(super) use kinds;

macro_rules! kind {
    ($($variant:ident => $module:ident::$type:ident, $table:ident, $naming:expr;)+) => {
        /// A kind of record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Kind { $(#[doc = concat!("`", stringify!($table), "`")] $variant),+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),+];

            /// The word on the command line, singular: `visit`.
            pub const fn name(self) -> &'static str {
                match self { $(Kind::$variant => stringify!($module)),+ }
            }

            /// The folder of the kind's files: `visits`.
            pub const fn folder(self) -> &'static str {
                match self { $(Kind::$variant => stringify!($table)),+ }
            }

            /// How ids are built.
            pub const fn naming(self) -> Naming {
                match self { $(Kind::$variant => $naming),+ }
            }
        }
    };
}

kinds!(kind);

impl Kind {
    /// The kind that a word names: its name or that of its folder.
    pub fn of_name(word: &str) -> Option<Kind> {
        Kind::ALL
            .iter()
            .copied()
            .find(|kind| kind.name() == word || kind.folder() == word)
    }

    /// Whether records of the kind lie in a folder for each month.
    pub fn is_dated(self) -> bool {
        matches!(self.naming(), Naming::Dated(_))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

const _: () = assert!(
    Kind::ALL.len() <= KindSet::CAPACITY,
    "sets of kinds have no room for so many kinds"
);

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KindSet(u16);

impl KindSet {
    /// Every kind.
    pub const ALL: KindSet = KindSet(u16::MAX);

    /// So many kinds have room in a set.
    const CAPACITY: usize = u16::BITS as usize;

    /// A set of some kinds.
    pub const fn of(kinds: &[Kind]) -> KindSet {
        let mut bits = 0;
        let mut at = 0;
        while at < kinds.len() {
            bits |= 1 << kinds[at] as u16;
            at += 1;
        }
        KindSet(bits)
    }

    /// Whether a kind is in the set.
    pub fn contains(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u16) != 0
    }

    /// The kinds of either set.
    pub fn with(self, other: KindSet) -> KindSet {
        KindSet(self.0 | other.0)
    }

    /// The kinds of this set that are not in another.
    pub fn without(self, other: KindSet) -> KindSet {
        KindSet(self.0 & !other.0)
    }
}

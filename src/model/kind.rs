//! The list of record kinds.

use std::fmt;

/// The format of the ids of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// A letter and six random characters: `c4t8w2z`.
    Person(char),
    /// The day, a letter and six random characters: `2025-10-12-v7k3m9q`.
    Dated(char),
    /// A school year and a part of it: `2025-2026-1`, `2025-2026-w` for the winter holiday.
    Term,
}

/// Passes the list of kinds to a macro: the variant, the type of its records, the folder and table, and the format of
/// its ids. Tables and pages show kinds in this order. The name of a kind is the name of its module.
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
            /// All kinds.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),+];

            /// Returns the name on the command line, singular: `visit`.
            pub const fn name(self) -> &'static str {
                match self { $(Kind::$variant => stringify!($module)),+ }
            }

            /// Returns the folder of the kind's files: `visits`.
            pub const fn folder(self) -> &'static str {
                match self { $(Kind::$variant => stringify!($table)),+ }
            }

            /// Returns the format of the ids.
            pub const fn naming(self) -> Naming {
                match self { $(Kind::$variant => $naming),+ }
            }
        }
    };
}

kinds!(kind);

impl Kind {
    /// Returns the kind with a name, singular or that of the folder.
    pub fn of_name(word: &str) -> Option<Kind> {
        Kind::ALL
            .iter()
            .copied()
            .find(|kind| kind.name() == word || kind.folder() == word)
    }

    /// Whether the records of the kind are stored in one folder per month.
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
    /// All kinds.
    pub const ALL: KindSet = KindSet(u16::MAX);

    /// The number of kinds for which a set has room.
    const CAPACITY: usize = u16::BITS as usize;

    /// Returns a set of some kinds.
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

    /// Returns the union of two sets.
    pub fn with(self, other: KindSet) -> KindSet {
        KindSet(self.0 | other.0)
    }

    /// Returns the difference of two sets.
    pub fn without(self, other: KindSet) -> KindSet {
        KindSet(self.0 & !other.0)
    }
}

//! Scope: the date range in which events count, and the as-of date of states.

use chrono::NaiveDate;

use crate::model::child::{Child, Definition};
use crate::model::term::Term;
use crate::model::{Entry, Id, Records, School};

/// The date range and the definition that figures are computed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The first day on which events count.
    pub from: NaiveDate,
    /// The last day on which events count.
    pub until: NaiveDate,
    /// The as-of date of states: the last day, or today if that is earlier.
    pub as_of: NaiveDate,
    /// The definition of left-behind in use.
    pub definition: Definition,
    /// The term, if the range is that of a term.
    pub term: Option<Id>,
}

impl Scope {
    /// The scope of a date range, both ends inclusive, as of today.
    pub fn between(
        from: NaiveDate,
        until: NaiveDate,
        today: NaiveDate,
        definition: Definition,
    ) -> Scope {
        Scope {
            from,
            until,
            as_of: until.min(today),
            definition,
            term: None,
        }
    }

    /// The scope of a term, as of today.
    pub fn of_term(term: &Entry<Term>, today: NaiveDate, definition: Definition) -> Scope {
        let between = Scope::between(term.start.0, term.end.0, today, definition);
        Scope {
            term: Some(term.id),
            ..between
        }
    }

    /// Whether an event on a day counts: both ends are inclusive.
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

/// The input of every figure: records, settings and scope.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The school's settings.
    pub school: &'a School,
    /// The records.
    pub records: &'a Records,
    /// The scope.
    pub scope: Scope,
}

impl<'a> Basis<'a> {
    /// Whether a child is left-behind on a day by the scope's definition.
    pub fn is_left_behind(&self, child: &Child, day: NaiveDate) -> bool {
        child.is_left_behind(day, self.scope.definition)
    }

    /// Returns the children who are left-behind as of the scope.
    pub fn left_behind(&self) -> impl Iterator<Item = &'a Entry<Child>> + use<'a> {
        let Basis { records, scope, .. } = *self;
        records
            .children
            .iter()
            .filter(move |child| child.is_left_behind(scope.as_of, scope.definition))
    }

    /// The term of the scope.
    pub fn term(&self) -> Option<&'a Entry<Term>> {
        self.records.terms.get(self.scope.term?)
    }

    /// The term before that of the scope: the latest that began earlier and is not a holiday.
    pub fn term_before(&self) -> Option<&'a Entry<Term>> {
        self.before(self.term()?)
    }

    fn before(&self, term: &Term) -> Option<&'a Entry<Term>> {
        let terms = self.records.terms.iter();
        terms
            .filter(|before| !before.id.is_holiday() && before.start < term.start)
            .max_by_key(|before| before.start)
    }

    /// The term of the scope, or else the latest that began by the last day.
    pub fn term_of_day(&self) -> Option<&'a Entry<Term>> {
        let begun = self.records.terms.iter();
        self.term().or_else(|| {
            begun
                .filter(|term| term.start.0 <= self.scope.as_of)
                .max_by_key(|term| term.start)
        })
    }

    /// The term whose enrolment gives the number of pupils: for a holiday without one, the term before.
    pub fn term_of_enrolment(&self) -> Option<&'a Entry<Term>> {
        let term = self.term_of_day()?;
        if term.id.is_holiday() && term.enrolment.0.is_empty() {
            self.before(term)
        } else {
            Some(term)
        }
    }
}

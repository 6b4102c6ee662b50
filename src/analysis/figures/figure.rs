//! What a figure is: its id, its words, what it counts and of what.

use crate::analysis::breakdown::Dim;
use crate::model::codes::{Code, codes};
use crate::text::{Lang, Text};

codes! {
    /// What the value of a figure is a number of.
    Unit {
        People = "people", "人", "people";
        Pairs = "pairs", "对", "pairs";
        Times = "times", "次", "times";
        Attendances = "attendances", "人次", "attendances";
        Organisations = "organisations", "家", "organisations";
        Items = "items", "项", "items";
        Documents = "documents", "份", "documents";
        Pieces = "pieces", "件", "pieces";
        Periods = "periods", "期", "periods";
        Yuan = "yuan", "元", "yuan";
    }
}

/// What one member of a figure's set is; by this a figure can be split along some dimensions and not others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// The pupils of a grade.
    Pupils,
    /// A child.
    Children,
    /// A helper.
    Helpers,
    /// A pairing.
    Pairings,
    /// A visit.
    Visits,
    /// An activity.
    Activities,
    /// The attendance of an activity: splitting it by the children who took part would count it many times over.
    Attendance,
    /// An organisation that took part in activities.
    Partners,
    /// Aid given.
    Aid,
    /// The money of aid: splitting it by children would count it many times over.
    Money,
    /// An assessment.
    Assessments,
    /// An incident.
    Incidents,
    /// An award.
    Awards,
    /// A loan.
    Loans,
    /// Money that came in or went out.
    Funds,
    /// A document.
    Documents,
    /// Something to be done after a visit, activity, assessment or incident.
    FollowUps,
    /// A period of a duty that is owed to children or pairings.
    PeriodsOfChildren,
    /// A period of a duty that is owed to classes.
    PeriodsOfClasses,
    /// A period of a duty that is owed to the school.
    PeriodsOfSchool,
    /// An entry of a term's own lists: a target or a next step.
    TermEntries,
}

impl Counted {
    /// The dimensions along which a set of such members can be split. [`Dim::Month`] is not among them:
    /// a month is a scope of its own, see [`crate::analysis::breakdown`].
    pub fn dims(self) -> &'static [Dim] {
        const CHILD: &[Dim] = VISIT.split_at(VISIT.len() - 1).0;
        const CHILD_ALONE: &[Dim] = CHILD.split_at(CHILD.len() - 1).0;
        const VISIT: &[Dim] = &[
            Dim::Class,
            Dim::Grade,
            Dim::Gender,
            Dim::Guardianship,
            Dim::Away,
            Dim::Hardship,
            Dim::Village,
            Dim::Helper,
            Dim::Mode,
        ];
        match self {
            Counted::Pupils => &[Dim::Grade],
            Counted::Visits => VISIT,
            Counted::Children
            | Counted::Pairings
            | Counted::Aid
            | Counted::Assessments
            | Counted::Incidents
            | Counted::Awards
            | Counted::FollowUps
            | Counted::PeriodsOfChildren => CHILD,
            Counted::Loans => CHILD_ALONE,
            Counted::Helpers => &[Dim::Gender],
            Counted::Activities => &[Dim::Class, Dim::Grade, Dim::Helper, Dim::Theme],
            Counted::Attendance | Counted::Partners => &[Dim::Theme],
            Counted::Money => &[Dim::Helper],
            Counted::PeriodsOfClasses | Counted::Documents => &[Dim::Class, Dim::Grade],
            Counted::Funds | Counted::PeriodsOfSchool | Counted::TermEntries => &[],
        }
    }
}

/// A word or phrase in both languages, put together when the school's records are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Label {
    /// The label in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// A name from the records, the same in both languages.
    pub fn name(name: &str) -> Label {
        Label {
            zh: name.to_owned(),
            en: name.to_owned(),
        }
    }

    /// What a label is about, before it.
    pub fn under(head: Text, label: impl Into<Label>) -> Label {
        let label = label.into();
        Label {
            zh: format!("{}：{}", head.zh, label.zh),
            en: format!("{}: {}", head.en, label.en),
        }
    }
}

impl From<Text> for Label {
    fn from(text: Text) -> Label {
        Label {
            zh: text.zh.to_owned(),
            en: text.en.to_owned(),
        }
    }
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its id: `children.guardianship.grandparents`.
    pub id: String,
    /// What it is called.
    pub label: Label,
    /// How it is counted: one sentence.
    pub how: Text,
    /// What its value is a number of.
    pub unit: Unit,
    /// What is counted.
    pub counts: Counted,
    /// Of what, where there is such a whole.
    pub of: Option<Counted>,
    /// Whether something that is named several times counts once.
    pub distinct: bool,
    /// Whether it is one of a list of codes, of which a school mostly uses some only.
    pub of_code: bool,
    /// Whether it belongs to a whole term and has no value for a single month.
    pub of_term: bool,
}

impl Figure {
    /// Whether the figure can be split along all of some dimensions.
    pub fn splits_by(&self, dims: &[Dim]) -> bool {
        dims.iter().all(|dim| match dim {
            Dim::Month => !self.of_term,
            dim => self.counts.dims().contains(dim),
        })
    }

    /// Whether the whole can be split along all of some dimensions too.
    pub fn whole_splits_by(&self, dims: &[Dim]) -> bool {
        self.splits_by(dims)
            && self.of.is_some_and(|of| {
                dims.iter()
                    .all(|dim| *dim == Dim::Month || of.dims().contains(dim))
            })
    }
}

/// The figures of a family, while it names them.
#[derive(Debug, Default)]
pub struct Definitions {
    figures: Vec<Figure>,
}

impl Definitions {
    /// Adds a figure at a place: the family counts into the same place.
    pub fn add(
        &mut self,
        place: usize,
        id: impl Into<String>,
        label: impl Into<Label>,
        unit: Unit,
        counts: Counted,
        how: Text,
    ) -> &mut Figure {
        debug_assert_eq!(place, self.figures.len(), "figures are named in order");
        self.figures.push(Figure {
            id: id.into(),
            label: label.into(),
            how,
            unit,
            counts,
            of: None,
            distinct: false,
            of_code: false,
            of_term: false,
        });
        self.figures.last_mut().expect("one was just added")
    }

    /// Adds one figure for each code of a list, from a place on: `visits.home`, `visits.phone`.
    pub fn codes<C: Code>(
        &mut self,
        place: usize,
        prefix: &str,
        head: Text,
        like: (Unit, Counted, Option<Counted>),
        how: Text,
    ) {
        let (unit, counts, of) = like;
        for (at, code) in C::ALL.iter().enumerate() {
            let id = format!("{prefix}.{}", code.code());
            let label = Label::under(head, code.label());
            let figure = self.add(place + at, id, label, unit, counts, how);
            figure.of = of;
            figure.of_code = true;
        }
    }

    /// The figures, in the order of their places.
    pub fn finish(self) -> Vec<Figure> {
        self.figures
    }
}

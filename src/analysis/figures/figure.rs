//! What a figure is: its id, its words, what it counts and of what.

use rust_decimal::Decimal;

use super::evidence::Statistic;
use crate::analysis::dimension::Dim;
use crate::model::Money;
use crate::model::codes::codes;
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
        Days = "days", "天", "days";
        Minutes = "minutes", "分钟", "minutes";
        Households = "households", "户", "households";
        Classes = "classes", "个班", "classes";
    }
}

impl Unit {
    /// An amount in the unit as people read it: money, which is counted in fen, in yuan.
    pub fn amount(self, amount: i64) -> String {
        if self == Unit::Yuan {
            Money::of_fen(amount).to_string()
        } else {
            amount.to_string()
        }
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
    /// A child's father or mother.
    Parents,
    /// A birthday.
    Birthdays,
    /// A day of visits by one organisation.
    Trips,
    /// A class.
    Classes,
    /// What records name: a department, a rule.
    Names,
    /// Equipment of the school.
    Equipment,
}

impl Counted {
    /// The dimensions along which a set of such members can be split; those of time are not among them, see
    /// [`Dim::is_time`].
    pub fn dims(self) -> &'static [Dim] {
        const VISIT: &[Dim] = &[
            Dim::Mode,
            Dim::Occasion,
            Dim::Class,
            Dim::Grade,
            Dim::Gender,
            Dim::Guardianship,
            Dim::Away,
            Dim::Hardship,
            Dim::Risk,
            Dim::Village,
            Dim::Helper,
            Dim::Role,
        ];
        const CHILD: &[Dim] = VISIT.split_at(2).1.split_at(9).0;
        const CHILD_ALONE: &[Dim] = CHILD.split_at(8).0;
        const PAIRING: &[Dim] = VISIT.split_at(2).1;
        const AID: &[Dim] = VISIT.split_at(1).1.split_at(10).0;
        match self {
            Counted::Pupils => &[Dim::Grade],
            Counted::Visits => VISIT.split_at(11).0,
            Counted::Pairings => PAIRING,
            Counted::Aid => AID,
            Counted::Children
            | Counted::Parents
            | Counted::Birthdays
            | Counted::Trips
            | Counted::Assessments
            | Counted::Incidents
            | Counted::Awards
            | Counted::FollowUps
            | Counted::PeriodsOfChildren => CHILD,
            Counted::Loans => CHILD_ALONE,
            Counted::Helpers => &[Dim::Gender, Dim::Helper],
            Counted::Activities => &[
                Dim::Class,
                Dim::Grade,
                Dim::Helper,
                Dim::Theme,
                Dim::Occasion,
            ],
            Counted::Attendance => &[Dim::Theme, Dim::Occasion],
            Counted::Partners => &[Dim::Theme],
            Counted::Money => &[Dim::Helper, Dim::Occasion],
            Counted::PeriodsOfClasses | Counted::Documents | Counted::Classes => {
                &[Dim::Class, Dim::Grade]
            }
            Counted::Funds
            | Counted::PeriodsOfSchool
            | Counted::TermEntries
            | Counted::Names
            | Counted::Equipment => &[],
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
    pub fn under(head: Text, label: &Label) -> Label {
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
    /// The heading under which it is shown.
    pub section: Text,
    /// What its value is a number of.
    pub unit: Unit,
    /// What is counted.
    pub counts: Counted,
    /// Of what, where there is such a whole.
    pub of: Option<Counted>,
    /// What its value is made of the amounts of what is counted.
    pub statistic: Statistic,
    /// Whether something that is named several times counts once.
    pub distinct: bool,
    /// The list of which it is one: `visits` of `visits.home`, not of `visits.on-time`.
    pub list: Option<&'static str>,
    /// Whether it is one of a list of codes or names, of which a school mostly uses some only, and left out at 0.
    pub of_list: bool,
    /// Whether it is such that its whole is its own, so that 0 of some is worth saying.
    pub own_whole: bool,
    /// Whether its groups are those of an earlier day: classes that have left and so on, which no other figure has.
    pub of_then: bool,
    /// Whether it has a value on these days: one that looks back on the term before needs such.
    pub applies: bool,
    /// Whether it belongs to a whole term and has no value for a single week, month or year.
    pub of_term: bool,
}

impl Figure {
    /// A value of the figure as people read it: money in yuan, a mean with one decimal.
    pub fn number(&self, value: i64) -> String {
        self.decimal(value).to_string()
    }

    /// A value of the figure in its unit.
    pub fn decimal(&self, value: i64) -> Decimal {
        let scale = match (self.statistic, self.unit) {
            (Statistic::Mean, _) => 1,
            (_, Unit::Yuan) => 2,
            _ => 0,
        };
        Decimal::new(value, scale)
    }

    /// Whether the figure can be split along all of some dimensions.
    pub fn splits_by(&self, dims: &[Dim]) -> bool {
        let splits = |dim: &Dim| match dim {
            Dim::Term => true,
            Dim::Week | Dim::Month | Dim::Year => !self.of_term,
            dim => self.counts.dims().contains(dim),
        };
        dims.is_empty() || self.statistic.adds_up() && dims.iter().all(splits)
    }

    /// Whether the whole can be split along all of some dimensions too.
    pub fn whole_splits_by(&self, dims: &[Dim]) -> bool {
        let splits = |of: Counted| {
            let mut dims = dims.iter();
            dims.all(|dim| dim.is_time() || of.dims().contains(dim))
        };
        self.splits_by(dims) && self.of.is_some_and(splits)
    }
}

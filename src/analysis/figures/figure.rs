//! The definition of a figure: id, texts, what it counts and its denominator.

use rust_decimal::Decimal;

use super::evidence::Statistic;
use crate::analysis::dimension::Dim;
use crate::model::Money;
use crate::model::codes::codes;
use crate::text::{Lang, Text};

codes! {
    /// The unit of a figure's value.
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
    /// Formats an amount for people: money, which is stored in fen, in yuan.
    pub fn amount(self, amount: i64) -> String {
        if self == Unit::Yuan {
            Money::of_fen(amount).to_string()
        } else {
            amount.to_string()
        }
    }
}

/// What a figure counts; this decides along which dimensions it can be split.
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
    /// The attendance of activities; not splittable by child, since each child would have the attendance of all.
    Attendance,
    /// An organisation that took part in activities.
    Partners,
    /// Aid given.
    Aid,
    /// The money of aid; not splittable by child, since each child would have the whole amount.
    Money,
    /// An assessment.
    Assessments,
    /// An incident.
    Incidents,
    /// An award.
    Awards,
    /// A loan.
    Loans,
    /// Money received or spent.
    Funds,
    /// A document.
    Documents,
    /// A follow-up of a visit, activity, assessment or incident.
    FollowUps,
    /// A duty period owed to children or pairings.
    PeriodsOfChildren,
    /// A duty period owed to classes.
    PeriodsOfClasses,
    /// A duty period owed to the school.
    PeriodsOfSchool,
    /// A target or next step of a term.
    TermEntries,
    /// A child's father or mother.
    Parents,
    /// A birthday.
    Birthdays,
    /// All visits by one organisation on one day.
    Trips,
    /// A class.
    Classes,
    /// A name that occurs in records: a department, a rule.
    Names,
    /// Equipment of the school.
    Equipment,
}

impl Counted {
    /// The dimensions along which a set of such members can be split. Time dimensions are not included, see
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

/// A text in both languages that may contain names from the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Label {
    /// Returns the text in one language.
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

    /// A label with a heading in front.
    pub fn prefixed(head: Text, label: &Label) -> Label {
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

/// A figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The id: `children.guardianship.grandparents`.
    pub id: String,
    /// The display name.
    pub label: Label,
    /// How it is counted: one sentence.
    pub how: Text,
    /// The section in which it is shown.
    pub section: Text,
    /// The unit of its value.
    pub unit: Unit,
    /// What it counts.
    pub counts: Counted,
    /// What its denominator counts, if it has one.
    pub of: Option<Counted>,
    /// How the value is computed from the amounts counted.
    pub statistic: Statistic,
    /// Whether each subject counts once, however often it is named.
    pub distinct: bool,
    /// The list it belongs to: `visits` for `visits.home`, but not for `visits.on-time`.
    pub list: Option<&'static str>,
    /// Whether it is one of a list of codes or names, of which a school uses only some; left out if it is 0.
    pub of_list: bool,
    /// Whether it has a denominator of its own within its list, so that a value of 0 is informative.
    pub own_denominator: bool,
    /// Whether its groups are those of an earlier day, such as classes that have left, and not shown for other
    /// figures.
    pub of_then: bool,
    /// Whether it applies to the scope: one that looks back at the last term needs such a term.
    pub applies: bool,
    /// Whether it belongs to a whole term and has no value for a week, month or year.
    pub of_term: bool,
}

impl Figure {
    /// Formats a value of the figure for people: money in yuan, a mean with one decimal.
    pub fn number(&self, value: i64) -> String {
        self.decimal(value).to_string()
    }

    /// Converts a value of the figure to its unit.
    pub fn decimal(&self, value: i64) -> Decimal {
        let scale = match (self.statistic, self.unit) {
            (Statistic::Mean, _) => 1,
            (_, Unit::Yuan) => 2,
            _ => 0,
        };
        Decimal::new(value, scale)
    }

    /// Whether the figure can be split along all of these dimensions.
    pub fn splits_by(&self, dims: &[Dim]) -> bool {
        let splits = |dim: &Dim| match dim {
            Dim::Term => true,
            Dim::Week | Dim::Month | Dim::Year => !self.of_term,
            dim => self.counts.dims().contains(dim),
        };
        dims.is_empty() || self.statistic.adds_up() && dims.iter().all(splits)
    }

    /// Whether its denominator can be split along all of these dimensions too.
    pub fn denominator_splits_by(&self, dims: &[Dim]) -> bool {
        let splits = |of: Counted| {
            let mut dims = dims.iter();
            dims.all(|dim| dim.is_time() || of.dims().contains(dim))
        };
        self.splits_by(dims) && self.of.is_some_and(splits)
    }
}

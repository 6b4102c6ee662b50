//! Describes the subjects of a figure: who or what, when, and where it is recorded.

use crate::analysis::duty;
use crate::analysis::figures::{Figures, Part, Subject};
use crate::model::{Caption, Code, EntryRef, Id, Records};
use crate::store::{SCHOOL_FILE, path_of};
use crate::text::Lang;
use crate::tr;

/// Describes subjects.
pub(super) struct SubjectWords<'e, 'a> {
    figures: &'e Figures<'a>,
    pub(super) lang: Lang,
}

impl<'e, 'a> SubjectWords<'e, 'a> {
    pub(super) fn new(figures: &'e Figures<'a>, lang: Lang) -> SubjectWords<'e, 'a> {
        SubjectWords { figures, lang }
    }

    fn records(&self) -> &'a Records {
        self.figures.basis().records
    }

    pub(super) fn child_name(&self, id: Id) -> String {
        let child = self.records().children.get(id);
        child.map_or_else(|| id.to_string(), |child| child.name.clone())
    }

    fn helper_name(&self, id: Id) -> String {
        let helper = self.records().helpers.get(id);
        helper.map_or_else(|| id.to_string(), |helper| helper.name.clone())
    }

    fn pair(&self, child: Id, helper: Id) -> String {
        let (child, helper) = (self.child_name(child), self.helper_name(helper));
        tr!(self.lang, "explain-pair", child = child, helper = helper)
    }

    /// The distinct children that the subject is about.
    pub(super) fn children(&self, subject: &Subject<'_>) -> Vec<Id> {
        let mut ids = Vec::new();
        subject.each_child(&mut |id| {
            if !ids.contains(&id) {
                ids.push(id);
            }
        });
        ids
    }

    /// The name or description of the subject.
    pub(super) fn subject_name(&self, subject: &Subject<'_>) -> String {
        let lang = self.lang;
        let basis = self.figures.basis();
        match *subject {
            Subject::Record(entry) => self.headline(entry),
            Subject::Part(_, Part::Grade(grade)) => basis.school.grade_label(grade.0, lang),
            Subject::Part(entry, Part::FollowUp(at)) => {
                let follow_up = entry.follow_ups().get(at);
                follow_up.map_or_else(String::new, |follow_up| follow_up.what.to_string())
            }
            Subject::Part(EntryRef::Term(term), Part::Target(at)) => {
                let target = &term.target[at];
                format!("{} ≥ {}", target.figure, target.at_least)
            }
            Subject::Part(EntryRef::Term(term), Part::NextStep(at)) => {
                term.next_step[at].text.to_string()
            }
            Subject::Part(EntryRef::Term(term), Part::Leader(at)) => {
                let leader = &term.leadership[at];
                let name = leader.name.clone().or_else(|| leader.title.clone());
                let helper = leader.helper.map(|helper| self.helper_name(helper.id()));
                helper.or(name).unwrap_or_default()
            }
            Subject::Part(entry, _) => self.headline(entry),
            Subject::Named(name, _) | Subject::Trip(_, name, _) => name.to_owned(),
            Subject::Class(class) => basis.school.class_label(class, basis.scope.as_of, lang),
            Subject::Parent(child, parent) => tr!(
                lang,
                "explain-parent",
                child = child.name.as_str(),
                parent = parent.label().get(lang)
            ),
            Subject::Birthday(child, _) => child.name.clone(),
            Subject::Equipment(_, item) => item.name.clone(),
            Subject::Owed(_, owed) => match owed.subject {
                duty::Subject::School => basis.school.school.name.clone(),
                duty::Subject::Class(class) => basis.school.class_label(class, owed.until, lang),
                duty::Subject::Child(child) => self.child_name(child),
                duty::Subject::Pairing(id) => match owed.child.zip(owed.helper) {
                    Some((child, helper)) => self.pair(child, helper),
                    None => id.to_string(),
                },
            },
        }
    }

    /// A short description of a record.
    fn headline(&self, entry: EntryRef<'_>) -> String {
        let basis = self.figures.basis();
        if let EntryRef::Child(child) = entry
            && let Some(entry) = child.class_on(basis.scope.as_of)
        {
            let day = basis.scope.as_of;
            let class = basis.school.class_label(entry.class, day, self.lang);
            let name = child.name.as_str();
            return tr!(self.lang, "explain-child", name = name, class = class);
        }
        match entry.caption() {
            Caption::Text(text) => text.to_owned(),
            Caption::Label(label) => label.get(self.lang).to_owned(),
            Caption::Of(person, text) => format!("{} {text}", self.helper_name(person)),
            Caption::Person(person) => self.helper_name(person),
            Caption::Pair(child, helper) => self.pair(child, helper),
        }
    }

    /// The date, or the date range of a period.
    pub(super) fn days(&self, subject: &Subject<'_>) -> String {
        let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |d| d.to_string());
        match *subject {
            Subject::Record(entry) => day(entry.day()),
            Subject::Part(entry, Part::FollowUp(at)) => {
                day(entry.follow_ups().get(at).map(|follow_up| follow_up.due.0))
            }
            Subject::Part(EntryRef::Term(term), Part::NextStep(at)) => {
                day(term.next_step[at].due.map(|due| due.0))
            }
            Subject::Owed(_, owed) if owed.from == owed.until => owed.from.to_string(),
            Subject::Owed(_, owed) => tr!(
                self.lang,
                "explain-period",
                from = owed.from.to_string(),
                until = owed.until.to_string()
            ),
            Subject::Birthday(_, day) | Subject::Trip(day, ..) => day.to_string(),
            Subject::Equipment(_, item) => day(item.bought.map(|bought| bought.0)),
            Subject::Part(..) | Subject::Named(..) | Subject::Class(_) | Subject::Parent(..) => {
                String::new()
            }
        }
    }
}

/// The path of the file that contains it, from the records directory; empty if it has no file of its own.
pub(super) fn path(subject: &Subject<'_>) -> String {
    if matches!(subject, Subject::Equipment(..)) {
        return SCHOOL_FILE.to_owned();
    }
    subject.record().map(path_of).unwrap_or_default()
}

/// The path of the field, if it is a part of the record.
pub(super) fn field(subject: &Subject<'_>) -> String {
    match subject {
        Subject::Part(_, Part::Grade(grade)) => format!("enrolment.{}", grade.0),
        Subject::Part(_, Part::FollowUp(at)) => format!("follow_up[{at}]"),
        Subject::Part(_, Part::Target(at)) => format!("target[{at}]"),
        Subject::Part(_, Part::NextStep(at)) => format!("next_step[{at}]"),
        Subject::Part(_, Part::Leader(at)) => format!("leadership[{at}]"),
        Subject::Equipment(at, _) => format!("equipment[{at}]"),
        _ => String::new(),
    }
}

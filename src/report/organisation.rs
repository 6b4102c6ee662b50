//! The school's organisation and its own words on the period: leadership, rules in force, texts of the terms.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::Request;
use super::context::Facts;
use crate::analysis::People;
use crate::model::activity::Activity;
use crate::model::class::Level;
use crate::model::document::DocumentKind;
use crate::model::id::TermPart;
use crate::model::term::{Leadership, Term};
use crate::model::visit::Mode;
use crate::model::{Class, Code, Entry, Id, Prose};
use crate::text::Lang;

impl Facts<'_> {
    /// The terms of the period: the period's own, or those that overlap it, by start.
    fn terms(&self) -> Vec<&Entry<Term>> {
        if let Some(term) = self.basis.term() {
            return vec![term];
        }
        let scope = self.basis.scope;
        let terms = self.basis.records.terms.iter();
        let mut terms: Vec<_> = terms
            .filter(|term| term.start.0 <= scope.until && scope.from <= term.end.0)
            .collect();
        terms.sort_by_key(|term| term.start);
        terms
    }

    /// The organisation as template data, besides the term's own fields.
    pub(super) fn organisation(&self, request: &Request<'_>) -> Value {
        let terms = self.terms();
        let texts = |of: fn(&Term) -> Vec<&str>| -> Vec<String> {
            let texts = terms.iter().flat_map(|term| of(term));
            texts.map(|text| self.words.naming.text(text)).collect()
        };
        let steps = terms.last().map(|term| self.record(*term));
        let is_public = request.min_cell.is_some();
        json!({
            "span": self.span(),
            "title_period": self.title_period(),
            "leaders": self.leaders(&terms, request),
            "class_steps": self.class_steps(request, steps.as_ref()),
            "departments": distinct(terms.iter().flat_map(|term| &term.departments)),
            "rules": self.rules_in_force(),
            "partners": if is_public { Vec::new() } else { self.partners() },
            "written_to": if is_public { 0 } else { self.written_to() },
            "class_texts": request.class.map(|class| self.class_texts(class, &terms)),
            "class_teacher": request.class.and_then(|class| self.class_teacher(class, request)),
            "texts": {
                "background": texts(|term| term.background.iter().map(|text| &**text).collect()),
                "basis": texts(|term| term.basis.iter().map(|text| &**text).collect()),
                "goals": texts(|term| term.goals.iter().map(|text| &**text).collect()),
                "measures": texts(|term| term.measures.iter().map(|text| &**text).collect()),
                "achievements": texts(|term| term.achievements.iter().map(|text| &**text).collect()),
                "problems": texts(|term| term.problems.iter().map(|text| &**text).collect()),
                "next_step": steps.map_or(Value::Null, |term| term["next_step"].clone()),
            },
        })
    }

    /// The period as a phrase within a sentence.
    fn span(&self) -> &'static str {
        let words = match (self.basis.term(), self.year()) {
            (Some(term), _) => match term.id.term_part() {
                Some(TermPart::Winter) => ("寒假", "in the winter holiday"),
                Some(TermPart::Summer) => ("暑期", "in the summer holiday"),
                _ if self.is_community() => ("本期", "in this period"),
                _ => ("本学期", "this term"),
            },
            (None, Some(Year::School)) => ("本学年", "this school year"),
            (None, Some(Year::Calendar)) if self.basis.scope.as_of < self.basis.scope.until => {
                ("今年以来", "so far this year")
            }
            (None, Some(Year::Calendar)) => ("全年", "this year"),
            (None, None) => ("期间", "in this period"),
        };
        in_lang(words, self.lang())
    }

    /// Whether this is a community, which has neither classes nor school terms.
    fn is_community(&self) -> bool {
        self.basis.school.school.level == Level::Community
    }

    /// The compared term as a phrase after "than".
    pub(super) fn compared_with(&self, term: &Entry<Term>) -> String {
        let is_before = self.basis.term_before().map(|before| before.id) == Some(term.id);
        match (is_before, self.lang()) {
            (true, Lang::Zh) if self.is_community() => "上期".to_owned(),
            (true, Lang::En) if self.is_community() => "in the period before".to_owned(),
            (true, Lang::Zh) => "上学期".to_owned(),
            (true, Lang::En) => "last term".to_owned(),
            (false, Lang::Zh) => term.name.to_string(),
            (false, Lang::En) => format!("in {}", term.name),
        }
    }

    /// The period as a part of a title.
    fn title_period(&self) -> String {
        let scope = self.basis.scope;
        let (from, until) = (scope.from.year(), scope.until.year());
        match (self.basis.term(), self.year(), self.lang()) {
            (Some(term), ..) => term.name.to_string(),
            (None, Some(Year::School), Lang::Zh) => format!("{from}—{until}学年"),
            (None, Some(Year::School), Lang::En) => format!("school year {from}–{until}"),
            (None, Some(Year::Calendar), Lang::Zh) => format!("{from}年"),
            (None, Some(Year::Calendar), Lang::En) => from.to_string(),
            (None, None, Lang::Zh) => format!("{}至{}", zh_day(scope.from), zh_day(scope.until)),
            (None, None, Lang::En) => format!("{} to {}", scope.from, scope.until),
        }
    }

    fn year(&self) -> Option<Year> {
        let scope = self.basis.scope;
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        let year = scope.from.year();
        let is = |from, until| Some(scope.from) == from && Some(scope.until) == until;
        if is(day(year, 9, 1), day(year + 1, 8, 31)) {
            Some(Year::School)
        } else if is(day(year, 1, 1), day(year, 12, 31)) {
            Some(Year::Calendar)
        } else {
            None
        }
    }

    /// The leadership stated by the latest term that has one. Members of one role who are not named are merged, with
    /// their number.
    fn leaders(&self, terms: &[&Entry<Term>], request: &Request<'_>) -> Value {
        let with_leaders = terms.iter().rev().find(|term| !term.leadership.is_empty());
        let members = with_leaders.map_or(&[][..], |term| &term.leadership[..]);
        let mut leaders: Vec<Value> = Vec::new();
        for member in members {
            let name = self.leader_name(member).filter(|_| request.prints_staff());
            if name.is_none() && member.title.is_none() {
                continue;
            }
            let lang = self.lang();
            let leader = json!({
                "role": member.role.label().get(lang),
                "role_code": member.role.code(),
                "name": name,
                "title": member.title,
                "duty": member.duty.map(|duty| duty.label().get(lang)),
                "duty_code": member.duty.map(|duty| duty.code()),
                "count": 1,
            });
            let is_alike = |other: &&mut Value| {
                other["name"].is_null()
                    && ["role", "name", "title", "duty"]
                        .iter()
                        .all(|field| other[field] == leader[field])
            };
            if let Some(alike) = leaders.iter_mut().find(is_alike) {
                alike["count"] = (alike["count"].as_u64().unwrap_or(1) + 1).into();
            } else {
                leaders.push(leader);
            }
        }
        leaders.into()
    }

    fn leader_name(&self, member: &Leadership) -> Option<String> {
        let Some(helper) = &member.helper else {
            return member.name.clone();
        };
        let helper = self.basis.records.helpers.get(helper.id())?;
        Some(helper.name.to_string())
    }

    /// The titles of the rules in force on the last day.
    fn rules_in_force(&self) -> Vec<String> {
        let day = self.basis.scope.as_of;
        let documents = self.basis.records.documents.iter();
        let rules = documents.filter(|document| {
            document.kind == DocumentKind::Rule
                && document.date.0 <= day
                && document.until.is_none_or(|until| day <= until.0)
        });
        distinct(rules.map(|document| &*document.title))
    }

    /// The number of children to whose families letters or feedback were sent in the period.
    fn written_to(&self) -> usize {
        let scope = self.basis.scope;
        let visits = self.basis.records.visits.iter();
        let papers = visits.filter(|visit| {
            matches!(visit.mode, Mode::Letter | Mode::Feedback)
                && (scope.from..=scope.as_of).contains(&visit.date.0)
        });
        let children: BTreeSet<Id> = papers
            .flat_map(|visit| People::of(&visit.record).children)
            .collect();
        children.len()
    }

    /// The name of a class's head teacher on the last day, if staff are named.
    fn class_teacher(&self, class: Class, request: &Request<'_>) -> Option<String> {
        let teacher = self.head_teacher(class);
        let teacher = teacher.filter(|_| request.prints_staff())?;
        Some(teacher.name.to_string())
    }

    /// What the terms of the period say about a class: texts that begin with its name and a colon, without this
    /// prefix; all texts if the records are of this class alone.
    fn class_texts(&self, class: Class, terms: &[&Entry<Term>]) -> Value {
        let day = self.basis.scope.as_of;
        let label = |lang| self.basis.school.class_label(class, day, lang);
        let names = [label(Lang::Zh), label(Lang::En), class.to_string()];
        let is_alone = self.is_only_class(class);
        let own = |text: &Prose| {
            let named = names.iter().find_map(|name| {
                let rest = text.strip_prefix(name.as_str())?;
                Some(rest.strip_prefix(['：', ':'])?.trim_start())
            });
            let own = named.or_else(|| is_alone.then_some(&**text))?;
            Some(self.words.naming.text(own))
        };
        let texts = |of: fn(&Term) -> &[Prose]| -> Vec<String> {
            let texts = terms.iter().flat_map(|term| of(term));
            texts.filter_map(own).collect()
        };
        json!({
            "goals": texts(|term| &term.goals),
            "measures": texts(|term| &term.measures),
            "achievements": texts(|term| &term.achievements),
            "problems": texts(|term| &term.problems),
        })
    }

    /// Whether every child on record has been in this class only.
    fn is_only_class(&self, class: Class) -> bool {
        let children = self.basis.records.children.iter();
        let mut entries = children.flat_map(|child| &child.enrolment);
        entries.all(|entry| entry.class == class)
    }

    /// The next steps owned by the class or its head teacher; all if the records are of this class alone.
    fn class_steps(&self, request: &Request<'_>, steps: Option<&Value>) -> Value {
        let (Some(class), Some(term)) = (request.class, steps) else {
            return Value::Array(Vec::new());
        };
        let day = self.basis.scope.as_of;
        let label = |lang| self.basis.school.class_label(class, day, lang);
        let mut owners = vec![label(Lang::Zh), label(Lang::En), class.to_string()];
        owners.extend(
            self.head_teacher(class)
                .map(|teacher| teacher.name.to_string()),
        );
        let is_alone = self.is_only_class(class);
        let of_class = |step: &&Value| {
            let owner = step["owner"].as_str().unwrap_or_default();
            is_alone || owners.iter().any(|known| owner.contains(known.as_str()))
        };
        let steps = term["next_step"].as_array().into_iter().flatten();
        steps.filter(of_class).cloned().collect()
    }

    /// The organisations that took part in activities of the period.
    fn partners(&self) -> Vec<String> {
        let scope = self.basis.scope;
        let activities = self.basis.records.activities.iter();
        let within = activities
            .filter(|activity| scope.from <= activity.date.0 && activity.date.0 <= scope.as_of);
        let partners = |activity: &'_ Entry<Activity>| activity.record.partners.clone();
        distinct(within.flat_map(partners))
    }
}

/// A period of twelve months.
#[derive(Clone, Copy)]
enum Year {
    /// From 1 September to 31 August.
    School,
    /// From 1 January to 31 December.
    Calendar,
}

fn in_lang((zh, en): (&'static str, &'static str), lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn zh_day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// The distinct texts, in their order.
fn distinct(texts: impl Iterator<Item = impl AsRef<str>>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let texts = texts.map(|text| text.as_ref().to_owned());
    texts.filter(|text| seen.insert(text.clone())).collect()
}

//! A child as template data: its state on the last day and, in a report about the child, all its records.

use std::cmp::Reverse;

use chrono::Datelike;
use serde_json::{Value, json};

use super::context::Facts;
use super::rows::Rows;
use super::{About, Request};
use crate::model::assessment::{Rating, Risk};
use crate::model::child::{Child, Schooling};
use crate::model::class::Level;
use crate::model::helper::{Helper, HelperRole};
use crate::model::pairing::Pairing;
use crate::model::{Class, Code, Entry, HasTable, Id, Kind, Record, Records, table_of, with_kind};
use crate::text::{Lang, pinyin};

impl<'a> Facts<'a> {
    /// The children that the report covers, by class (lowest grade first) and name.
    pub(super) fn children(&self, request: &Request<'_>) -> Rows {
        if request.is_blank {
            return Rows::from_iter([self.blank_child()]);
        }
        let mut children: Vec<&Entry<Child>> = match (request.subject, request.report.about) {
            (Some(id), About::Child) => self.basis.records.children.get(id).into_iter().collect(),
            (Some(id), _) if id.kind() == Kind::Helper => self.children_of(id),
            _ => {
                let class_of = |child: &&Entry<Child>| self.class_of(child);
                let wanted = |child: &&Entry<Child>| {
                    request.class.is_none() || class_of(child) == request.class
                };
                self.basis.left_behind().filter(wanted).collect()
            }
        };
        children.sort_by_cached_key(|child| {
            let class = self.class_of(child);
            let place = class.map(|class| (Reverse(class.entered), class.number));
            (place.is_none(), place, pinyin::sort_key(&child.name))
        });
        let deep = matches!(request.report.about, About::Child | About::Class);
        let families = Facts::is_for_families(request);
        let child = |child| {
            if families {
                self.for_family_of(child).child(child, deep)
            } else {
                self.child(child, deep)
            }
        };
        children.into_iter().map(child).collect()
    }

    fn class_of(&self, child: &Entry<Child>) -> Option<Class> {
        let entry = child.class_on(self.basis.scope.as_of)?;
        Some(entry.class)
    }

    /// The children of a record as template data.
    pub(super) fn about(&self, children: &[Id]) -> Value {
        let found = children
            .iter()
            .filter_map(|id| self.basis.records.children.get(*id));
        found.map(|child| self.child(child, false)).collect()
    }

    /// The children paired with a helper on the last day.
    fn children_of(&self, helper: Id) -> Vec<&'a Entry<Child>> {
        let records = self.basis.records;
        let day = self.basis.scope.as_of;
        let pairings = records
            .pairings
            .iter()
            .filter(|pairing| pairing.helper.id() == helper && pairing.runs(day));
        let mut children: Vec<_> = pairings
            .filter_map(|pairing| records.children.get(pairing.child.id()))
            .collect();
        children.sort_by_key(|child| child.id);
        children.dedup_by_key(|child| child.id);
        children
    }

    /// A child as template data, with the records about it if `deep`.
    pub(super) fn child(&self, child: &Entry<Child>, deep: bool) -> Value {
        let day = self.basis.scope.as_of;
        let mut value = self.record(child);
        value["name"] = self.words.naming.person(child.id, &child.name).into();
        value["key"] = child.id.tail().into();
        value["age"] = child.age_on(day).into();
        let class = child.class_on(day).map(|entry| entry.class);
        let label = |class| self.basis.school.class_label(class, day, self.lang());
        value["class"] = class.map(label).into();
        let guardianship = Kind::Child.shape().field("guardianship");
        let inner = guardianship.and_then(|field| field.holds.inner());
        let care = child.guardianship_on(day).map(table_of).unwrap_or_default();
        value["care"] = inner.map_or(Value::Null, |shape| self.worded(shape, &care, None));
        let born = care
            .get("guardian")
            .and_then(|guardian| guardian.get("birth_year")?.as_integer());
        value["guardian_age"] = born.map(|born| i64::from(day.year()) - born).into();
        let enrolment = child.class_on(day).map(table_of).unwrap_or_default();
        value["boarding"] = enrolment
            .get("boarding")
            .and_then(toml::Value::as_bool)
            .into();
        if value["schooling"].is_null() {
            value["schooling"] = self
                .schooling(class)
                .map(|code| code.label().get(self.lang()))
                .into();
        }
        let pairings = self.by_child.of::<Pairing>(child.id);
        let pairings = pairings.filter(|pairing| pairing.runs(day));
        value["pairings"] = pairings
            .map(|pairing| {
                let mut worded = self.record(pairing);
                let helper = self.basis.records.helpers.get(pairing.helper.id());
                worded["phone"] = helper.and_then(|helper| self.phone(helper)).into();
                worded["is_pupil"] = helper
                    .is_some_and(|helper| helper.role == HelperRole::Pupil)
                    .into();
                worded
            })
            .collect();
        let head = class.and_then(|class| self.head_teacher(class));
        value["head_teacher"] = head.map_or(Value::Null, |helper| {
            json!({
                "name": self.words.naming.person(helper.id, &helper.name),
                "phone": self.phone(helper),
            })
        });
        value["contacts"] = self.contacts(&value);
        if deep {
            for kind in Kind::ALL.iter().filter(|kind| kind.is_dated()) {
                let list = with_kind!(*kind, K => self.records_about::<K>(child.id));
                value[format!("all_{}", kind.folder())] = list;
            }
            value["open"] = self.open(&value);
            value["scores"] = scores(&value["all_assessments"], self.lang());
        }
        value
    }

    /// An empty child, for a form to be filled in by hand.
    pub(super) fn blank_child(&self) -> Value {
        let mut value = self.blank(Kind::Child);
        for name in [
            "name",
            "key",
            "age",
            "class",
            "boarding",
            "guardian_age",
            "head_teacher",
            "open",
            "scores",
        ] {
            value[name] = Value::Null;
        }
        let guardianship = Kind::Child.shape().field("guardianship");
        let inner = guardianship.and_then(|field| field.holds.inner());
        value["care"] = inner.map_or(Value::Null, |shape| {
            self.worded(shape, &toml::Table::new(), None)
        });
        for name in ["pairings", "contacts"] {
            value[name] = Value::Array(Vec::new());
        }
        for kind in Kind::ALL.iter().filter(|kind| kind.is_dated()) {
            value[format!("all_{}", kind.folder())] = Value::Array(Vec::new());
        }
        value
    }

    /// The type of schooling, in the categories of the official form.
    fn schooling(&self, class: Option<Class>) -> Option<Schooling> {
        let school = self.basis.school;
        let grade = school.grade(class?, self.basis.scope.as_of)?;
        match school.school.level {
            Level::Kindergarten => Some(Schooling::Kindergarten),
            Level::Primary => Some(Schooling::Primary),
            Level::Junior => Some(Schooling::Junior),
            Level::NineYear if grade <= 6 => Some(Schooling::Primary),
            Level::NineYear => Some(Schooling::Junior),
            Level::Senior => Some(Schooling::Senior),
            Level::Community => None,
        }
    }

    fn phone(&self, helper: &Helper) -> Option<String> {
        let phone = helper
            .phone
            .as_ref()
            .filter(|_| self.words.naming.is_full());
        phone.map(|phone| phone.0.to_string())
    }

    /// The head teacher of a class on the last day.
    pub(super) fn head_teacher(&self, class: Class) -> Option<&'a Entry<Helper>> {
        let day = self.basis.scope.as_of;
        let of_class =
            |helper: &&Entry<Helper>| helper.class == Some(class) && helper.is_active(day);
        let mut helpers = self.basis.records.helpers.iter().filter(of_class);
        helpers.find(|helper| helper.role == HelperRole::HeadTeacher)
    }

    /// The contacts of a child: guardian, parents, head teacher and paired helpers, each person once and without
    /// pupils.
    fn contacts(&self, child: &Value) -> Value {
        let mut found: Vec<Value> = Vec::new();
        let (head, paired) = match self.lang() {
            Lang::Zh => ("班主任", "帮扶人"),
            Lang::En => ("head teacher", "helper"),
        };
        let mut add = |who: &Value, name: &Value, phone: &Value| {
            let is_known = |other: &Value| {
                let same = |field: &str, value: &Value| !value.is_null() && other[field] == *value;
                same("phone", phone) && (name.is_null() || same("name", name))
                    || same("name", name) && (phone.is_null() || other["phone"].is_null())
            };
            if (!name.is_null() || !phone.is_null()) && !found.iter().any(is_known) {
                found.push(json!({ "who": who, "name": name, "phone": phone }));
            }
        };
        let guardian = &child["care"]["guardian"];
        add(&guardian["relation"], &guardian["name"], &guardian["phone"]);
        for parent in child["parents"].as_array().into_iter().flatten() {
            add(&parent["relation"], &parent["name"], &parent["phone"]);
        }
        let teacher = &child["head_teacher"];
        add(&head.into(), &teacher["name"], &teacher["phone"]);
        for pairing in child["pairings"].as_array().into_iter().flatten() {
            if pairing["is_pupil"] != true {
                add(&paired.into(), &pairing["helper"], &pairing["phone"]);
            }
        }
        found.into()
    }

    /// The open matters of a child on the last day: follow-ups, incidents, loans.
    fn open(&self, child: &Value) -> Value {
        let day = self.basis.scope.as_of.to_string();
        let is_open = |value: &Value| value.as_str().is_none_or(|closed| closed > day.as_str());
        let list = |folder: &str| {
            child[format!("all_{folder}")]
                .as_array()
                .cloned()
                .unwrap_or_default()
        };
        let mut follow_ups: Vec<Value> = Vec::new();
        for kind in Kind::ALL.iter().filter(|kind| kind.is_dated()) {
            for record in list(kind.folder()) {
                for follow_up in record["follow_up"].as_array().into_iter().flatten() {
                    if is_open(&follow_up["done"]) {
                        let mut follow_up = follow_up.clone();
                        follow_up["from"] = kind.info().label.get(self.lang()).into();
                        follow_up["day"] = record["day"].clone();
                        follow_ups.push(follow_up);
                    }
                }
            }
        }
        follow_ups.sort_by_key(|follow_up| follow_up["due"].to_string());
        let incidents: Vec<Value> = list("incidents")
            .into_iter()
            .filter(|i| is_open(&i["closed"]))
            .collect();
        let loans: Vec<Value> = list("loans")
            .into_iter()
            .filter(|l| is_open(&l["returned"]))
            .collect();
        json!({ "follow_ups": follow_ups, "incidents": incidents, "loans": loans })
    }

    fn records_about<K: Record>(&self, child: Id) -> Value
    where
        Records: HasTable<K>,
    {
        let until = self.basis.scope.as_of;
        self.by_child
            .of::<K>(child)
            .filter(|entry| entry.id.day().is_some_and(|day| day <= until))
            .map(|entry| self.record(entry))
            .collect()
    }
}

/// The levels of each assessment as numbers (higher is better), so that templates can compare them.
fn scores(all: &Value, lang: Lang) -> Value {
    let place = |label: &Value, labels: &mut dyn Iterator<Item = &'static str>| {
        let labels: Vec<&str> = labels.collect();
        let place = labels.iter().position(|known| label == known)?;
        Some(labels.len() - 1 - place)
    };
    let assessments = all.as_array().into_iter().flatten();
    let scored = assessments.map(|assessment| {
        let mut scores = serde_json::Map::new();
        for dimension in ["study", "life", "psychology", "safety", "health", "conduct"] {
            let mut labels = Rating::ALL.iter().map(|rating| rating.label().get(lang));
            scores.insert(
                dimension.to_owned(),
                place(&assessment[dimension], &mut labels).into(),
            );
        }
        let mut labels = Risk::ALL.iter().map(|risk| risk.label().get(lang));
        scores.insert(
            "risk".to_owned(),
            place(&assessment["risk"], &mut labels).into(),
        );
        Value::Object(scores)
    });
    scored.collect()
}

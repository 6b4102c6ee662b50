//! What templates see of the school, the term and the records: values in words, names as they are to be shown.

use std::collections::{BTreeMap, HashSet};

use minijinja::value::Serde;
use serde_json::{Map, Value, json};

use super::naming::Naming;
use super::rows::Rows;
use super::told::Told;
use super::words::{self, Words};
use super::{About, Request};
use crate::analysis::caseload;
use crate::analysis::figures::Figures;
use crate::analysis::{Basis, People};
use crate::model::assessment::{Assessment, Rating};
use crate::model::child::Child;
use crate::model::pairing::Pairing;
use crate::model::shape::{Holds, Shape};
use crate::model::{Code, Entry, HasTable, Id, Kind, Record, Records, table_of, with_kind};
use crate::text::{Lang, pinyin};

/// Fields that tell who somebody is or where, shown only with full names.
const IDENTIFYING: &[&str] = &["address", "workplace", "student_no", "phone"];

/// Everything that a template sees besides the figures.
///
/// Lists of records are only made where the template asks for them: those of a township are long.
pub(super) fn of(
    figures: &Figures<'_>,
    request: &Request<'_>,
    naming: &Naming,
    told: &Told<'_>,
    asked: &HashSet<String>,
) -> minijinja::Value {
    let basis = figures.basis();
    let words = Words {
        lang: request.lang,
        day: basis.scope.as_of,
        school: basis.school,
        records: basis.records,
        naming,
    };
    let facts = Facts { basis, words, told };
    let scope = basis.scope;
    let term = basis.term();
    let context = json!({
        "school": facts.worded(crate::model::School::shape(), &table_of(basis.school))["school"],
        "duties": duties(basis, request.lang),
        "behind": behind(figures),
        "term": term.map_or(Value::Null, |term| facts.record(term)),
        "from": scope.from.to_string(),
        "until": scope.until.to_string(),
        "as_of": scope.as_of.to_string(),
        "today": request.today.to_string(),
        "definition": scope.definition.label().get(request.lang),
        "public": request.least.is_some(),
        "names": naming.is_full(),
        "compared": request.compare.map(|term| term.name.clone()),
        "left_out": request.left_out,
        "class": request.class.map(|class| basis.school.class_label(class, scope.as_of, request.lang)),
        "class_key": request.class.map(|class| class.to_string()),
    });
    minijinja::context! { ..facts.lists(request, figures, asked), ..Serde(context) }
}

/// The duties by id, with their titles.
fn duties(basis: &Basis<'_>, lang: Lang) -> Value {
    let duties = basis.school.duty.iter();
    duties
        .map(|duty| {
            json!({
                "id": duty.id,
                "title": duty.title,
                "period": duty.how_often(lang),
                "figure": format!("duty.{}", duty.id),
            })
        })
        .collect()
}

/// The duties of which periods were missed, with how many.
fn behind(figures: &Figures<'_>) -> Value {
    let duties = figures.basis().school.duty.iter();
    duties
        .filter_map(|duty| {
            let value = figures.value(&format!("duty.{}", duty.id))?;
            let missed = value.of? - value.value;
            (missed > 0).then(|| json!({ "title": duty.title, "missed": missed }))
        })
        .collect()
}

struct Facts<'a> {
    basis: &'a Basis<'a>,
    words: Words<'a>,
    told: &'a Told<'a>,
}

impl Facts<'_> {
    fn lists(
        &self,
        request: &Request<'_>,
        figures: &Figures<'_>,
        asked: &HashSet<String>,
    ) -> BTreeMap<&'static str, minijinja::Value> {
        let list = minijinja::Value::from_object::<Rows>;
        if request.least.is_some() {
            let names = [
                "children",
                "helpers",
                "visits",
                "activities",
                "documents",
                "aid",
                "awards",
            ];
            return names.map(|name| (name, list(Rows::default()))).into();
        }
        let mut lists = BTreeMap::new();
        let scope = self.basis.scope;
        let events = Kind::ALL.iter().filter(|kind| kind.is_dated());
        for kind in events.filter(|kind| asked.contains(kind.info().folder)) {
            let rows = with_kind!(*kind, K => self.events::<K>(scope.from, scope.as_of));
            lists.insert(kind.info().folder, list(rows));
        }
        if asked.contains("helpers") {
            lists.insert("helpers", list(self.helpers(figures, request.person)));
        }
        if asked.contains("children") {
            lists.insert("children", list(self.children(request)));
        }
        lists
    }

    /// The children whom the report is about, by class and name.
    fn children(&self, request: &Request<'_>) -> Rows {
        let scope = self.basis.scope;
        let class_of = |child: &Entry<Child>| child.class_on(scope.as_of).map(|entry| entry.class);
        let mut children: Vec<&Entry<Child>> = match (request.person, request.report.about) {
            (Some(id), About::Child) => self.basis.records.children.get(id).into_iter().collect(),
            (Some(id), _) => self.children_of(id),
            _ => {
                let wanted = |child: &&Entry<Child>| {
                    request.class.is_none() || class_of(child) == request.class
                };
                self.basis.left_behind().filter(wanted).collect()
            }
        };
        children.sort_by_cached_key(|child| (class_of(child), pinyin::sort_key(&child.name)));
        let deep = request.report.about == About::Child;
        let children = children.into_iter();
        children.map(|child| self.child(child, deep)).collect()
    }

    /// The children whom a helper is paired with on the last day.
    fn children_of(&self, helper: Id) -> Vec<&Entry<Child>> {
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

    /// The helpers with their work.
    fn helpers(&self, figures: &Figures<'_>, only: Option<Id>) -> Rows {
        let list = caseload::caseloads(figures)
            .into_iter()
            .filter(|work| only.is_none_or(|id| id.kind() != Kind::Helper || id == work.helper.id))
            .map(|work| {
                let share = |value: crate::analysis::figures::Value| {
                    json!({
                        "value": value.value,
                        "of": value.of,
                        "share": value.share().map(|share| share.to_string()),
                    })
                };
                let exceeded: Vec<_> = work
                    .exceeded
                    .iter()
                    .map(|role| role.label().get(self.words.lang))
                    .collect();
                let mut helper = self.record(work.helper);
                helper["name"] = self
                    .words
                    .naming
                    .person(work.helper.id, &work.helper.name)
                    .into();
                json!({
                    "id": work.helper.id.to_string(),
                    "name": helper["name"],
                    "record": helper,
                    "pairings": work.pairings,
                    "exceeded": exceeded,
                    "visits": work.visits,
                    "duties": share(work.duties),
                    "on_time": share(work.on_time),
                    "follow_ups": share(work.follow_ups),
                })
            });
        list.collect()
    }

    /// The records of a kind between two days, as objects in words.
    fn events<K: Record>(&self, from: chrono::NaiveDate, until: chrono::NaiveDate) -> Rows
    where
        Records: HasTable<K>,
    {
        let table: &crate::model::Table<K> = self.basis.records.table();
        let within = |entry: &&Entry<K>| {
            entry
                .id
                .day()
                .is_some_and(|day| from <= day && day <= until)
        };
        table
            .iter()
            .filter(within)
            .map(|entry| self.record(entry))
            .collect()
    }

    /// A record in words.
    fn record<K: Record>(&self, entry: &Entry<K>) -> Value {
        let mut value = self.worded(K::KIND.shape(), &table_of(&entry.record));
        value["id"] = entry.id.to_string().into();
        value["day"] = entry.record.day().map(|day| day.to_string()).into();
        value["people"] = {
            let people = People::of(&entry.record);
            let ids = people.children.iter().chain(&people.helpers);
            ids.map(Id::to_string).collect::<Vec<_>>().into()
        };
        value
    }

    /// A table in words: every field of the format is there, so that templates may ask for it.
    fn worded(&self, shape: &Shape, table: &toml::Table) -> Value {
        let full = self.words.naming.is_full();
        let mut object = Map::new();
        for field in &shape.fields {
            let kept = !words::is_confidential(&field.holds)
                && (full || !IDENTIFYING.contains(&field.name.as_str()));
            let value = table.get(&field.name).filter(|_| kept);
            let worded = match (&field.holds, value) {
                (Holds::Table(inner), value) => {
                    let empty = toml::Table::new();
                    let table = value.and_then(toml::Value::as_table).unwrap_or(&empty);
                    self.worded(inner, table)
                }
                (Holds::Tables(inner), value) => value
                    .and_then(toml::Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(toml::Value::as_table)
                    .map(|table| self.worded(inner, table))
                    .collect(),
                (Holds::List(entry), value) => value
                    .and_then(toml::Value::as_array)
                    .into_iter()
                    .flatten()
                    .map(|value| Value::from(self.words.of(entry, value)))
                    .collect(),
                (Holds::Number, Some(toml::Value::Integer(number))) => (*number).into(),
                (_, None) => Value::Null,
                (holds, Some(value)) => self.words.of(holds, value).into(),
            };
            object.insert(field.name.clone(), worded);
        }
        Value::Object(object)
    }

    /// A child in words: with what is so on the last day and, where the report is about it, all that was recorded.
    fn child(&self, child: &Entry<Child>, deep: bool) -> Value {
        let day = self.basis.scope.as_of;
        let records = self.basis.records;
        let mut value = self.record(child);
        value["name"] = self.words.naming.person(child.id, &child.name).into();
        value["key"] = child.id.tail().into();
        value["age"] = child.age_on(day).into();
        let class = child.class_on(day);
        value["class"] = class
            .map(|entry| {
                self.basis
                    .school
                    .class_label(entry.class, day, self.words.lang)
            })
            .into();
        let guardianship = Kind::Child.shape().field("guardianship");
        let inner = guardianship.and_then(|field| field.holds.inner());
        let care = child.guardianship_on(day).map(table_of).unwrap_or_default();
        value["care"] = inner.map_or(Value::Null, |shape| self.worded(shape, &care));
        let pairings = self.told.of::<Pairing>(child.id);
        let pairings = pairings.filter(|pairing| pairing.runs(day));
        value["pairings"] = pairings
            .map(|pairing| {
                let mut worded = self.record(pairing);
                let helper = records.helpers.get(pairing.helper.id());
                let phone = helper.and_then(|helper| helper.phone.as_ref());
                let shown = phone.filter(|_| self.words.naming.is_full());
                worded["phone"] = shown.map(|phone| phone.0.to_string()).into();
                worded
            })
            .collect();
        if deep {
            for kind in Kind::ALL.iter().filter(|kind| kind.is_dated()) {
                let list = with_kind!(*kind, K => self.told_of::<K>(child.id));
                value[format!("all_{}", kind.info().folder)] = list;
            }
            value["radar"] = radar(self, child.id);
        }
        value
    }

    fn told_of<K: Record>(&self, child: Id) -> Value
    where
        Records: HasTable<K>,
    {
        let until = self.basis.scope.as_of;
        self.told
            .of::<K>(child)
            .filter(|entry| entry.id.day().is_some_and(|day| day <= until))
            .map(|entry| self.record(entry))
            .collect()
    }
}

/// The chart of a child's first and last assessment: the better, the farther out.
fn radar(facts: &Facts<'_>, child: Id) -> Value {
    let lang = facts.words.lang;
    let until = facts.basis.scope.as_of;
    let all = facts.told.of::<Assessment>(child);
    let all: Vec<_> = all.filter(|entry| entry.date.0 <= until).collect();
    let shown = match all[..] {
        [] => return Value::Null,
        [only] => vec![only],
        [first, .., last] => vec![first, last],
    };
    let shape = Kind::Assessment.shape();
    let dimensions = ["study", "life", "psychology", "safety", "health", "conduct"];
    let outward = |code: &str| {
        let place = Rating::ALL
            .iter()
            .position(|rating| rating.code() == code)?;
        Rating::ALL.len().checked_sub(place + 1)
    };
    let series: Vec<Value> = shown
        .iter()
        .map(|entry| {
            let table = table_of(&entry.record);
            let values: Vec<_> = dimensions
                .iter()
                .map(|name| outward(table.get(*name)?.as_str()?))
                .collect();
            json!({ "name": entry.date.0.to_string(), "values": values })
        })
        .collect();
    let categories: Vec<String> = dimensions
        .iter()
        .filter_map(|name| Some(shape.field(name)?.label(lang)))
        .collect();
    let title = match lang {
        Lang::Zh => "各方面情况（越靠外越好：0 急需帮助，1 需关注，2 一般，3 良好）",
        Lang::En => "How the child is doing (0 urgent, 1 concern, 2 fair, 3 good)",
    };
    json!({ "kind": "radar", "title": title, "categories": categories, "series": series })
}

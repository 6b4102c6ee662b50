//! The template context: school, term and records as words, with people named as configured.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use minijinja::value::Serde;
use serde_json::{Map, Value, json};

use super::by_child::ByChild;
use super::family::ChildNames;
use super::rows::Rows;
use super::words::{self, Words};
use super::{About, Readers, Request, Withheld};
use crate::analysis::figures::Figures;
use crate::analysis::release::Release;
use crate::analysis::{Basis, People, duty};
use crate::document::SOFT_BREAK;
use crate::model::child::Child;
use crate::model::duty::Duty;
use crate::model::shape::{Field, FieldType, Personal, Shape};
use crate::model::term::Term;
use crate::model::{
    Class, Code, Entry, HasTable, Id, Kind, Naming, Record, Records, table_of, with_kind,
};
use crate::text::Lang;

/// The only free text of a contact that is written for parents.
const FOR_PARENTS: &str = "for_parents";

/// Whether a field identifies or locates a person, and is shown only together with full names.
fn identifies_or_locates(field: &Field) -> bool {
    matches!(field.holds, FieldType::Phone)
        || matches!(
            field.personal,
            Some(Personal::Address | Personal::Number | Personal::Birth | Personal::Health)
        )
}

/// Converts records to template data.
pub(super) struct Facts<'a> {
    pub(super) basis: Basis<'a>,
    pub(super) words: Words<'a>,
    pub(super) by_child: &'a ByChild<'a>,
    pub(super) names: &'a ChildNames,
    /// The child whose family the paper is for. If set, free text is limited to what was written for parents, and
    /// nothing that names another child is shown.
    pub(super) family_of: Option<&'a Entry<Child>>,
    pub(super) withheld: &'a RefCell<BTreeSet<Withheld>>,
    /// What may be published, in a report for the public.
    pub(super) release: Option<&'a Release>,
    /// The record that the report is about.
    pub(super) subject: Option<Id>,
    /// Whether identity card numbers are printed: the official form requires them.
    pub(super) shows_identity: bool,
}

/// The lists available to templates besides those of the kinds of records.
const OTHER_LISTS: &[&str] = &["referrals", "trips", "waiting", "overdue", "open_matters"];

/// The names of all lists available to templates.
pub(super) fn list_names() -> impl Iterator<Item = &'static str> {
    let kinds = Kind::ALL
        .iter()
        .filter(|kind| kind.naming() != Naming::Term);
    kinds
        .map(|kind| kind.folder())
        .chain(OTHER_LISTS.iter().copied())
}

/// Lists of records, by name.
pub(super) type Lists = BTreeMap<&'static str, minijinja::Value>;

impl<'a> Facts<'a> {
    /// The same, for a paper for a child's family.
    pub(super) fn for_family_of(&self, child: &'a Entry<Child>) -> Facts<'a> {
        Facts {
            words: Words { ..self.words },
            family_of: Some(child),
            ..*self
        }
    }

    pub(super) fn lang(&self) -> Lang {
        self.words.lang
    }

    /// Builds the whole template context except for the figures.
    ///
    /// Lists of records are built only if the template uses them: those of a township are long.
    pub(super) fn context(
        &self,
        figures: &Figures<'_>,
        request: &Request<'_>,
        asked: &HashSet<String>,
    ) -> minijinja::Value {
        let Facts { basis, .. } = *self;
        let scope = basis.scope;
        let naming = self.words.naming;
        let term = basis.term();
        let mut settings =
            self.worded(crate::model::School::shape(), &table_of(basis.school), None);
        // The phone numbers of the school and its home are not personal.
        let home = basis.school.home.as_ref();
        let phones = [
            ("school", basis.school.school.phone.clone()),
            (
                "home",
                home.and_then(|home| Some(home.phone.as_ref()?.to_string())),
            ),
        ];
        for (of, phone) in phones {
            settings[of]["phone"] = phone.filter(|_| request.min_cell.is_none()).into();
        }
        let context = json!({
            "school": with(&settings["school"], "level_code", basis.school.school.level.code().into()),
            "policy": settings["policy"],
            "home": settings["home"],
            "equipment": settings["equipment"],
            "duties": self.duties(figures),
            "behind": if request.min_cell.is_some() { Value::Array(Vec::new()) } else { missed_duties(figures) },
            "term": term.map_or(Value::Null, |term| self.term(term, request)),
            "from": scope.from.to_string(),
            "until": scope.until.to_string(),
            "as_of": scope.as_of.to_string(),
            "today": request.today.to_string(),
            "definition": scope.definition.label().get(request.lang),
            "public": request.min_cell.is_some(),
            "names": naming.is_full(),
            "staff": request.prints_staff(),
            "compared": request.compare.map(|term| self.compared_with(term)),
            "left_out": request.left_out,
            "class": request.class.map(|class| basis.school.class_label(class, scope.as_of, request.lang)),
            "class_key": request.class.map(|class| class.to_string()),
            "campaign": request.campaign,
            "named": request.subject.is_some(),
            "blank": request.is_blank,
        });
        let br = minijinja::Value::from_safe_string(SOFT_BREAK.to_string());
        let lists = minijinja::Value::from(self.lists(request, figures, asked));
        let organisation = Serde(self.organisation(request));
        minijinja::context! { ..lists, ..organisation, ..Serde(context), ..minijinja::context! { br => br } }
    }

    /// The term; its leaders are named if staff are.
    fn term(&self, term: &Entry<Term>, request: &Request<'_>) -> Value {
        let mut value = self.record(term);
        if !request.prints_staff()
            && let Some(leaders) = value["leadership"].as_array_mut()
        {
            for leader in leaders {
                leader["name"] = Value::Null;
                leader["helper"] = Value::Null;
            }
        }
        value
    }

    /// The duties by id, with their titles.
    fn duties(&self, figures: &Figures<'_>) -> Value {
        let duties = self.basis.school.duty.iter();
        // A calendar year may end within a term, whose longer duty periods are then still running.
        let mut running = if self.basis.scope.term.is_none() {
            duty::running(&self.basis)
        } else {
            Vec::new()
        };
        running.retain(|(_, period)| (period.owed.until - period.owed.from).num_days() > 31);
        let is_told = |duty: &&Duty| {
            self.release
                .is_none_or(|release| release.shows(&format!("duty.{}", duty.id)))
        };
        duties
            .filter(is_told)
            .map(|duty| {
                let figure = format!("duty.{}", duty.id);
                let value = figures.value(&figure);
                let running = running.iter().filter(|(of, _)| of.id == duty.id);
                json!({
                    "id": duty.id,
                    "title": duty.title,
                    "period": duty.how_often(self.lang()),
                    "owed": value.and_then(|value| value.of),
                    "met": value.map(|value| value.value),
                    "running": running.clone().count(),
                    "running_met": running.filter(|(_, period)| period.missing() == 0).count(),
                    "figure": figure,
                    "theme": table_of(duty).get("match").and_then(|fields| fields.get("theme")?.as_str().map(str::to_owned)),
                })
            })
            .collect()
    }

    fn lists(
        &self,
        request: &Request<'_>,
        figures: &Figures<'_>,
        asked: &HashSet<String>,
    ) -> Lists {
        let list = minijinja::Value::from_object::<Rows>;
        let mut lists = Lists::new();
        let is_public = request.min_cell.is_some();
        // In a report for the public every list is empty, so that templates with loops still work.
        let mut add = |name: &'static str, rows: &dyn Fn() -> Rows| {
            if asked.contains(name) {
                let rows = if is_public { Rows::default() } else { rows() };
                lists.insert(name, list(rows));
            }
        };
        for kind in Kind::ALL.iter().filter(|kind| kind.is_dated()) {
            add(
                kind.folder(),
                &|| with_kind!(*kind, K => self.events::<K>(request)),
            );
        }
        add("helpers", &|| self.helpers(figures, request.subject));
        add("children", &|| self.children(request));
        add("referrals", &|| self.referrals(request));
        add("trips", &|| self.trips(request));
        add("waiting", &|| self.waiting());
        add("overdue", &|| self.overdue());
        add("open_matters", &|| self.open_matters());
        if let (Some(surroundings), true) = (request.surroundings, asked.contains("audit")) {
            let audit = Serde(self.audit(request, surroundings));
            lists.insert("audit", minijinja::Value::from(audit));
        }
        let subject = request
            .subject
            .and_then(|id| self.basis.records.children.get(id));
        if let (Some(child), true) = (subject, asked.contains("child")) {
            lists.insert(
                "child",
                minijinja::Value::from(Serde(self.child(child, true))),
            );
        }
        lists
    }

    /// Whether a record of the period belongs in the report: the report's subject, a record of its class or campaign,
    /// or any.
    pub(super) fn is_wanted<K: Record>(&self, entry: &Entry<K>, request: &Request<'_>) -> bool {
        let scope = self.basis.scope;
        if let (Some(subject), About::Records(kinds)) = (request.subject, request.report.about)
            && kinds.contains(&K::KIND)
        {
            return subject == entry.id;
        }
        let is_of_campaign = || {
            let table = table_of(&entry.record);
            let campaign = table.get("campaign").and_then(toml::Value::as_str);
            request.campaign.is_none() || campaign == request.campaign
        };
        let is_of_class = || {
            let Some(class) = request.class else {
                return true;
            };
            match request.report.about {
                About::Records(_) => K::is_paper() || self.tells_of_class(entry, class),
                About::Class => {
                    self.tells_of_class(entry, class) || names_class(&entry.record, class)
                }
                _ => true,
            }
        };
        let day = entry.id.day();
        day.is_some_and(|day| scope.from <= day && day <= scope.as_of)
            && (K::KIND != Kind::Activity || is_of_campaign())
            && is_of_class()
    }

    /// Whether a record is about a child who is in a class on the record's day.
    fn tells_of_class<K: Record>(&self, entry: &Entry<K>, class: Class) -> bool {
        let children = People::of(&entry.record).children;
        let children = children
            .iter()
            .filter_map(|id| self.basis.records.children.get(*id));
        let mut enrolments = children.filter_map(|child| child.class_on(entry.record.day()?));
        enrolments.any(|enrolment| enrolment.class == class)
    }

    /// The records of a kind within the period, as template data.
    fn events<K: Record>(&self, request: &Request<'_>) -> Rows
    where
        Records: HasTable<K>,
    {
        let is_about_records = matches!(request.report.about, About::Records(_));
        if request.is_blank && is_about_records {
            return Rows::from_iter([self.blank(K::KIND)]);
        }
        let table: &crate::model::Table<K> = self.basis.records.table();
        let wanted = table.iter().filter(|entry| self.is_wanted(entry, request));
        wanted
            .map(|entry| {
                let mut value = self.record(entry);
                if is_about_records {
                    value["about"] = self.about(&People::of(&entry.record).children);
                }
                value
            })
            .collect()
    }

    /// An empty record of a kind.
    pub(super) fn blank(&self, kind: Kind) -> Value {
        let mut value = self.worded(kind.shape(), &toml::Table::new(), None);
        derive(kind, &toml::Table::new(), &mut value);
        for name in ["id", "day"] {
            value[name] = Value::Null;
        }
        value["about"] = if kind == Kind::Child {
            Value::Null
        } else {
            Value::Array(vec![self.blank_child()])
        };
        value
    }

    /// A record as template data.
    pub(super) fn record<K: Record>(&self, entry: &Entry<K>) -> Value {
        let table = table_of(&entry.record);
        let mut value = self.worded(K::KIND.shape(), &table, Some(entry.id));
        derive(K::KIND, &table, &mut value);
        if K::KIND == Kind::Visit {
            value["is_contact"] = entry.record.is_contact().into();
        }
        if self.subject == Some(entry.id) {
            value["is_form"] = true.into();
        }
        value["id"] = entry.id.to_string().into();
        value["day"] = entry.record.day().map(|day| day.to_string()).into();
        value["people"] = {
            let people = People::of(&entry.record);
            let ids = people.children.iter().chain(&people.helpers);
            ids.map(Id::to_string).collect::<Vec<_>>().into()
        };
        value
    }

    /// A table as template data. Every field of the schema is present, so that templates may refer to it.
    pub(super) fn worded(&self, shape: &Shape, table: &toml::Table, record: Option<Id>) -> Value {
        let full = self.words.naming.is_full();
        let mut object = Map::new();
        for field in &shape.fields {
            let is_identity = self.shows_identity && field.name == "id_number";
            let kept = (is_identity || !words::is_confidential(&field.holds))
                && (full || !identifies_or_locates(field));
            let value = table.get(&field.name).filter(|_| kept);
            let worded = match (&field.holds, value) {
                (FieldType::Table(inner), value) => {
                    let empty = toml::Table::new();
                    let table = value.and_then(toml::Value::as_table).unwrap_or(&empty);
                    self.worded(inner, table, record)
                }
                (FieldType::Tables(inner), value) => value
                    .and_then(toml::Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(toml::Value::as_table)
                    .map(|table| self.worded(inner, table, record))
                    .collect(),
                (FieldType::List(entry), value) => value
                    .and_then(toml::Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter(|value| self.may_tell(&field.name, entry, value, record))
                    .map(|value| Value::from(self.words.of(entry, value)))
                    .collect(),
                (FieldType::Number, Some(toml::Value::Integer(number))) => (*number).into(),
                (_, None) => Value::Null,
                (holds, Some(value)) => {
                    let value = Some(value)
                        .filter(|value| self.may_tell(&field.name, holds, value, record));
                    value.map(|value| self.words.of(holds, value)).into()
                }
            };
            object.insert(field.name.clone(), worded);
        }
        Value::Object(object)
    }

    /// Whether a value may be shown in this paper. A paper for a family shows no free text except what was written for
    /// it, and nothing that names another child; what is left out for the latter reason is recorded.
    fn may_tell(
        &self,
        field: &str,
        holds: &FieldType,
        value: &toml::Value,
        record: Option<Id>,
    ) -> bool {
        let Some(own) = self.family_of else {
            return true;
        };
        let text = value.as_str().unwrap_or_default();
        match holds {
            FieldType::Prose | FieldType::Confidential if field != FOR_PARENTS => false,
            FieldType::Reference(_) => match text.parse::<Id>() {
                Ok(id) => id.kind() != Kind::Child || id == own.id,
                Err(_) => true,
            },
            FieldType::Text | FieldType::Prose => {
                let names_another = self.names.names_another(text, own);
                if let (true, Some(record)) = (names_another, record) {
                    self.withheld.borrow_mut().insert(Withheld {
                        record,
                        child: own.id,
                    });
                }
                !names_another
            }
            _ => true,
        }
    }

    /// Whether the report is a paper for families.
    pub(super) fn is_for_families(request: &Request<'_>) -> bool {
        request.report.readers == Readers::Family
    }
}

/// Adds the fields derived from others, for some kinds.
fn derive(kind: Kind, table: &toml::Table, value: &mut Value) {
    let code = |field: &str| table.get(field).and_then(toml::Value::as_str);
    match kind {
        Kind::Visit => {
            value["is_form"] = (code("mode") == Some("home")).into();
            value["mode_code"] = code("mode").into();
        }
        Kind::Activity => value["theme_code"] = code("theme").into(),
        Kind::Aid => value["occasion_code"] = code("occasion").into(),
        Kind::Document => value["kind_code"] = code("kind").into(),
        Kind::Incident => {
            value["kind_code"] = code("kind").into();
            let at = |field: &str| {
                let stated = table.get(field)?.as_datetime()?.to_string();
                stated.parse::<chrono::NaiveDateTime>().ok()
            };
            let minutes = at("reported").zip(at("discovered"));
            let minutes =
                minutes.map(|(reported, discovered)| (reported - discovered).num_minutes());
            value["minutes"] = minutes.into();
            value["is_harm"] =
                matches!(code("kind"), Some("abuse" | "neglect" | "self-harm")).into();
        }
        _ => {}
    }
}

/// Whether a record names a class, possibly among others.
fn names_class<K: Record>(record: &K, class: Class) -> bool {
    let table = table_of(record);
    let class = class.to_string();
    let alone = table.get("class").and_then(toml::Value::as_str);
    let among = table.get("classes").and_then(toml::Value::as_array);
    alone == Some(&class)
        || among.is_some_and(|among| among.iter().any(|named| named.as_str() == Some(&class)))
}

/// The object with one more field.
fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[name] = value;
    object
}

/// The duties with missed periods, and their number.
fn missed_duties(figures: &Figures<'_>) -> Value {
    let duties = figures.basis().school.duty.iter();
    duties
        .filter_map(|duty| {
            let value = figures.value(&format!("duty.{}", duty.id))?;
            let missed = value.of? - value.value;
            (missed > 0).then(|| {
                let figure = format!("duty.{}", duty.id);
                json!({ "title": duty.title, "missed": missed, "of": value.of, "figure": figure })
            })
        })
        .collect()
}

//! Lists for particular papers: helpers with their work, referrals, trips, contact clocks, open matters.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::Request;
use super::context::Facts;
use super::rows::Rows;
use crate::analysis::contact;
use crate::analysis::figures::Figures;
use crate::analysis::{People, caseload};
use crate::model::activity::Activity;
use crate::model::assessment::Assessment;
use crate::model::helper::HelperRole;
use crate::model::incident::Incident;
use crate::model::visit::Visit;
use crate::model::{Code, Entry, HasTable, Id, Kind, Record, Records, table_of};

impl Facts<'_> {
    /// The helpers with their work: those with something overdue or missed first, then by name.
    pub(super) fn helpers(&self, figures: &Figures<'_>, only: Option<Id>) -> Rows {
        let share = |value: crate::analysis::figures::Value| {
            json!({
                "value": value.value,
                "of": value.of,
                "missed": value.of.map(|of| of - value.value),
                "share": value.share().map(|share| share.to_string()),
            })
        };
        let mut list: Vec<Value> = caseload::caseloads(figures)
            .into_iter()
            .filter(|work| only.is_none_or(|id| id.kind() != Kind::Helper || id == work.helper.id))
            .map(|work| {
                let exceeded: Vec<_> = work
                    .exceeded
                    .iter()
                    .map(|role| role.label().get(self.lang()))
                    .collect();
                let name = self.words.naming.person(work.helper.id, &work.helper.name);
                let mut helper = self.record(work.helper);
                helper["name"] = name.as_str().into();
                json!({
                    "id": work.helper.id.to_string(),
                    "name": name,
                    "role": helper["role"],
                    "grade": self.grade(work.helper.id),
                    "record": helper,
                    "pairings": work.pairings,
                    "exceeded": exceeded,
                    "visits": work.visits,
                    "duties": share(work.duties),
                    "on_time": share(work.on_time),
                    "follow_ups": share(work.follow_ups),
                })
            })
            .collect();
        let behind = |helper: &Value| {
            let missed = |field: &str| helper[field]["missed"].as_i64().unwrap_or(0);
            let over = helper["exceeded"].as_array().map_or(0, Vec::len);
            missed("duties") + missed("follow_ups") + i64::try_from(over).unwrap_or(0)
        };
        list.sort_by_cached_key(|helper| {
            let is_idle = helper["pairings"] == 0 && helper["visits"] == 0;
            let name = helper["name"].as_str().unwrap_or_default();
            (
                is_idle,
                -behind(helper),
                crate::text::pinyin::sort_key(name),
            )
        });
        list.into_iter().collect()
    }

    /// The grade of a helper's last appraisal in the period.
    fn grade(&self, helper: Id) -> Value {
        let scope = self.basis.scope;
        let id = helper.to_string();
        let documents = self.basis.records.documents.iter().rev();
        let mut appraisals = documents.filter(|entry| {
            let table = table_of(&entry.record);
            table.get("helper").and_then(toml::Value::as_str) == Some(&id)
                && (scope.from..=scope.as_of).contains(&entry.date.0)
        });
        let found = appraisals.next().map(|entry| self.record(entry));
        found
            .and_then(|record| record.get("grade").cloned())
            .unwrap_or(Value::Null)
    }

    /// The referrals of the period: follow-ups that name where the child is referred to.
    pub(super) fn referrals(&self, request: &Request<'_>) -> Rows {
        if request.is_blank {
            let mut blank = self.blank(Kind::Visit);
            for field in [
                "to", "what", "due", "done", "outcome", "who", "sent", "accepted", "refused",
            ] {
                blank[field] = Value::Null;
            }
            return Rows::from_iter([blank]);
        }
        let mut found = Vec::new();
        self.referrals_of::<Visit>(request, &mut found);
        self.referrals_of::<Activity>(request, &mut found);
        self.referrals_of::<Assessment>(request, &mut found);
        self.referrals_of::<Incident>(request, &mut found);
        found.sort_by_key(|referral| referral["day"].to_string());
        found.into_iter().collect()
    }

    fn referrals_of<K: Record>(&self, request: &Request<'_>, found: &mut Vec<Value>)
    where
        Records: HasTable<K>,
    {
        let table: &crate::model::Table<K> = self.basis.records.table();
        let referring = table.iter().filter(|entry| {
            let mut follow_ups = entry.record.follow_ups().iter();
            follow_ups.any(|follow_up| follow_up.to.is_some())
        });
        let is_subject = |entry: &&Entry<K>| match request.subject {
            Some(subject) => subject == entry.id,
            None => self.is_wanted(entry, request),
        };
        for entry in referring.filter(is_subject) {
            let record = self.record(entry);
            let children = self.about(&People::of(&entry.record).children);
            for follow_up in record["follow_up"].as_array().into_iter().flatten() {
                if follow_up["to"].is_null() {
                    continue;
                }
                let mut referral = follow_up.clone();
                referral["id"] = record["id"].clone();
                referral["day"] = record["day"].clone();
                referral["kind"] = K::KIND.info().label.get(self.lang()).into();
                referral["by"] = record["by"].clone();
                referral["about"] = children.clone();
                found.push(referral);
            }
        }
    }

    /// The trips of the period: the visits by one organisation on one day.
    pub(super) fn trips(&self, request: &Request<'_>) -> Rows {
        let key = |visit: &Entry<Visit>| {
            let team = visit.team.as_ref()?;
            Some((visit.date.0, team.organisation.clone().unwrap_or_default()))
        };
        let subject = request
            .subject
            .and_then(|id| self.basis.records.visits.get(id));
        let mut trips: BTreeMap<(NaiveDate, String), Vec<&Entry<Visit>>> = BTreeMap::new();
        for visit in &self.basis.records.visits {
            let Some(trip) = key(visit) else { continue };
            let wanted = match subject {
                Some(subject) => key(subject).as_ref() == Some(&trip),
                None => self.is_wanted(visit, request),
            };
            if wanted {
                trips.entry(trip).or_default().push(visit);
            }
        }
        let trips = trips.into_iter().map(|((day, organisation), visits)| {
            let tables: Vec<toml::Table> = visits.iter().map(|visit| table_of(&visit.record)).collect();
            let most = |field: &str| {
                let stated = tables.iter().filter_map(|table| {
                    table.get("team")?.as_table()?.get(field)?.as_integer()
                });
                stated.max()
            };
            let children: BTreeSet<Id> = visits
                .iter()
                .flat_map(|visit| People::of(&visit.record).children)
                .collect();
            let helpers: BTreeSet<Id> = visits
                .iter()
                .flat_map(|visit| People::of(&visit.record).helpers)
                .collect();
            // Volunteers are the visitors; the helpers who accompanied them are from the school or village.
            let is_host = |id: &&Id| {
                let helper = self.basis.records.helpers.get(**id);
                helper.is_none_or(|helper| helper.role != HelperRole::Volunteer)
            };
            let hosts = helpers.iter().filter(is_host);
            let names = hosts.map(|id| self.words.name(&id.to_string()));
            let stated = |field: &str| -> Vec<String> {
                let stated = tables.iter().filter_map(|table| {
                    table.get("team")?.as_table()?.get(field)?.as_str()
                });
                let stated: BTreeSet<&str> = stated.collect();
                stated.into_iter().map(|text| self.words.naming.text(text)).collect()
            };
            let records: Vec<Value> = visits
                .iter()
                .map(|visit| {
                    let mut record = self.record(*visit);
                    record["about"] = self.about(&People::of(&visit.record).children);
                    record
                })
                .collect();
            json!({
                "day": day.to_string(),
                "organisation": self.words.naming.text(&organisation),
                "people": most("people"),
                "groups": most("groups"),
                "escort": stated("escort"),
                "households": most("households").unwrap_or(i64::try_from(visits.len()).unwrap_or(0)),
                "children": children.len(),
                "by": names.collect::<Vec<_>>(),
                "visits": records,
            })
        });
        trips.collect()
    }

    /// The left-behind children by contact clock, most urgent first: by days relative to the limit, then by risk.
    pub(super) fn waiting(&self) -> Rows {
        let records = self.basis.records;
        let clocks = contact::clocks_at_end(&self.basis);
        let shown = clocks.into_iter().filter_map(|clock| {
            let child = records.children.get(clock.child)?;
            let mut value = self.child(child, false);
            value["last"] = clock.last_contact.map(|last| last.to_string()).into();
            value["days"] = clock.days.into();
            value["bound"] = clock.bound.into();
            value["is_over"] = clock.is_over().into();
            value["risk"] = clock.risk.map(|risk| risk.label().get(self.lang())).into();
            Some(value)
        });
        shown.collect()
    }

    /// The exceeded contact clocks, without details of the children: the list of a township is long.
    pub(super) fn overdue(&self) -> Rows {
        let clocks = contact::clocks_at_end(&self.basis).into_iter();
        let over = clocks.filter(|clock| clock.is_over());
        over.map(|clock| json!({ "days": clock.days, "bound": clock.bound }))
            .collect()
    }

    /// What is open on the last day, however old: incidents, overdue loans, overdue follow-ups.
    pub(super) fn open_matters(&self) -> Rows {
        let day = self.basis.scope.as_of;
        let today = day.to_string();
        let is_open = |value: &Value| value.as_str().is_none_or(|closed| closed > today.as_str());
        let is_past = |value: &Value| value.as_str().is_some_and(|due| due < today.as_str());
        let mut found: Vec<Value> = Vec::new();
        let mut push = |kind: Kind, what: &Value, due: &Value, record: &Value, about: Value| {
            found.push(json!({
                "kind": kind.info().label.get(self.lang()),
                "code": kind.name(),
                "what": what,
                "due": due,
                "day": record["day"],
                "id": record["id"],
                "about": about,
            }));
        };
        let records = self.basis.records;
        let began = |entry: Option<NaiveDate>| entry.is_some_and(|began| began <= day);
        for entry in records
            .incidents
            .iter()
            .filter(|entry| began(entry.id.day()))
        {
            let record = self.record(entry);
            if is_open(&record["closed"]) {
                let about = self.about(&People::of(&entry.record).children);
                push(
                    Kind::Incident,
                    &record["kind"],
                    &Value::Null,
                    &record,
                    about,
                );
            }
        }
        for entry in records.loans.iter().filter(|entry| began(entry.id.day())) {
            let record = self.record(entry);
            if is_open(&record["returned"]) && is_past(&record["due"]) {
                let about = self.about(&People::of(&entry.record).children);
                push(Kind::Loan, &record["item"], &record["due"], &record, about);
            }
        }
        self.late_follow_ups::<Visit>(&mut push);
        self.late_follow_ups::<Activity>(&mut push);
        self.late_follow_ups::<Assessment>(&mut push);
        self.late_follow_ups::<Incident>(&mut push);
        found.into_iter().collect()
    }

    fn late_follow_ups<K: Record>(&self, push: &mut dyn FnMut(Kind, &Value, &Value, &Value, Value))
    where
        Records: HasTable<K>,
    {
        let day = self.basis.scope.as_of;
        let table: &crate::model::Table<K> = self.basis.records.table();
        for entry in table {
            let late = |at: &usize| {
                let follow_up = &entry.record.follow_ups()[*at];
                follow_up.due.0 < day && !follow_up.is_done_by(day)
            };
            let late: Vec<usize> = (0..entry.record.follow_ups().len()).filter(late).collect();
            if late.is_empty() || entry.id.day().is_none_or(|began| began > day) {
                continue;
            }
            let record = self.record(entry);
            for at in late {
                let follow_up = &record["follow_up"][at];
                let about = self.about(&People::of(&entry.record).children);
                push(
                    K::KIND,
                    &follow_up["what"],
                    &follow_up["due"],
                    &record,
                    about,
                );
            }
        }
    }
}

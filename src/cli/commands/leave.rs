//! `leave`: records that children leave the school, one child or the whole last grade.

use chrono::{Datelike, NaiveDate};
use clap::Args;

use crate::cli::shared::edits::{Edits, print_line};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{day, lookup, person, reference};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::shape::FieldType;
use crate::model::{Date, FieldPath, Id, Kind, KindSet, Records, School};
use crate::store::edit::Change;
use crate::store::{ReadOptions, Store};

#[derive(Args, Debug)]
pub(crate) struct LeaveArgs {
    #[arg(value_name = "CHILD", required_unless_present = "last_grade")]
    children: Vec<String>,
    #[arg(long, conflicts_with = "children")]
    last_grade: bool,
    #[arg(long, value_name = "CODE", required_unless_present = "last_grade")]
    reason: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = day::day)]
    date: Option<Date>,
    #[arg(long)]
    dry_run: bool,
}

impl Verb for LeaveArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store_to_change()?;
        let school = session.school(&store)?;
        let records = session
            .read(
                &store,
                ReadOptions::all(KindSet::of(&[Kind::Child, Kind::Pairing])),
                false,
            )?
            .records;
        let (date, ids) = if self.last_grade {
            let date = self
                .date
                .map_or_else(|| graduation(session.today), |date| date.0);
            (date, of_last_grade(&school, &records, date))
        } else {
            let of_children = KindSet::of(&[Kind::Child]);
            let mut ids: Vec<Id> = Vec::new();
            for typed in &self.children {
                let id = reference::resolve(session, &store, typed, of_children)?;
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            (self.date.map_or(session.today, |date| date.0), ids)
        };
        if ids.is_empty() {
            return Err(
                UserError::new(Message::new("command-leave-nobody").with("day", date)).into(),
            );
        }
        let reason = reason(session, self.reason.as_deref())?;
        let mut edits = Edits::new(&store, &school);
        let mut lines = Vec::new();
        for id in &ids {
            lines.push(leave(
                session, &store, &school, &mut edits, &records, *id, date, &reason,
            )?);
        }
        edits.write(session, self.dry_run)?;
        for line in &lines {
            print_line(session, line, self.dry_run)?;
        }
        if lines.len() > 1 {
            let count = session.text("command-leave-count", &[("count", lines.len().into())]);
            session.say(&count)?;
        }
        Ok(Outcome::Done)
    }
}

/// The graduation date of the last grade: 1 September of this year.
fn graduation(today: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(today.year(), 9, 1).unwrap_or(today)
}

/// The children who are in the last grade on the day before.
fn of_last_grade(school: &School, records: &Records, date: NaiveDate) -> Vec<Id> {
    let Some(before) = date.pred_opt() else {
        return Vec::new();
    };
    let (_, last) = school.grades();
    let children = records.children.iter().filter(|child| {
        let class = child.class_on(before).map(|entry| entry.class);
        // A child who changes class on the day itself stays.
        let stays = child.class_on(date).map(|entry| entry.class) != class;
        let grade = class.and_then(|class| school.grade(class, before));
        child.left.is_none() && child.is_enrolled(before) && !stays && grade == Some(last)
    });
    children.map(|child| child.id).collect()
}

/// The code of the reason: as given, or graduation.
fn reason(session: &Session, given: Option<&str>) -> Result<(String, String), UserError> {
    let field = Kind::Child
        .shape()
        .at(&FieldPath::key("left").then("reason"));
    let Some((field, FieldType::Code(codes))) = field.map(|field| (field, &field.holds)) else {
        return Err(UserError::new(Message::new("command-leave-nobody")));
    };
    let given = given.unwrap_or("graduated");
    match lookup::code(codes, given) {
        Some(code) => Ok((code.code.clone(), code.label(session.lang).to_owned())),
        None => {
            let message = Message::new("command-unknown-code")
                .with("label", field.label(session.lang))
                .with("field", &field.name)
                .with("found", given);
            Err(lookup::unknown_code(message, given, codes, session.lang))
        }
    }
}

/// Records that a child leaves, ends its pairings, and prints a line.
#[allow(
    clippy::too_many_arguments,
    reason = "one call, and each is something else"
)]
fn leave(
    session: &mut Session,
    store: &Store,
    school: &School,
    edits: &mut Edits<'_>,
    records: &Records,
    id: Id,
    date: NaiveDate,
    (code, label): &(String, String),
) -> anyhow::Result<String> {
    let name = person::with_class(session, school, records, id);
    let child = records.children.get(id);
    if let Some(left) = child.and_then(|child| child.left.as_ref()) {
        let message = Message::new("command-leave-left")
            .with("name", name)
            .with("day", left.date);
        return Err(UserError::new(message).into());
    }
    let left = FieldPath::key("left");
    let day = toml_edit::Datetime::from(Date(date));
    edits.change(
        session,
        id,
        &[
            Change {
                path: left.then("date"),
                value: Some(day.into()),
            },
            Change {
                path: left.then("reason"),
                value: Some(code.as_str().into()),
            },
        ],
    )?;
    let last = date.pred_opt().unwrap_or(date);
    let mut ended = 0;
    let running = records.pairings.iter().filter(|pairing| {
        pairing.child.id() == id && pairing.until.is_none_or(|until| until.0 > last)
    });
    for pairing in running {
        if pairing.since.0 > last {
            let message = Message::new("command-leave-pairing")
                .with("name", &name)
                .with("day", pairing.since)
                .with("id", pairing.id);
            return Err(UserError::new(message)
                .help(Message::new("command-leave-pairing-help").with("id", pairing.id))
                .into());
        }
        edits.end_pairing(session, pairing.id, last)?;
        ended += 1;
    }
    let open = person::open_follow_ups(store, id, &person::name(records, id));
    Ok(session.text(
        "command-leave-done",
        &[
            ("name", name.into()),
            ("day", date.to_string().into()),
            ("reason", label.as_str().into()),
            ("pairings", ended.into()),
            ("last", last.to_string().into()),
            ("open", open.into()),
        ],
    ))
}

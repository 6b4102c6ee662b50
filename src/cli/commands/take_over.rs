//! `take-over`: transfers the pairings of a helper to another.

use clap::Args;

use crate::cli::shared::edits::{Edits, print_line};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{day, new_record, person, reference};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::{Date, Id, Kind, KindSet, table_of};
use crate::store::ReadOptions;
use crate::store::edit;

#[derive(Args, Debug)]
pub(crate) struct TakeOverArgs {
    #[arg(value_name = "HELPER")]
    from: String,
    #[arg(value_name = "HELPER")]
    to: String,
    #[arg(value_name = "CHILD")]
    children: Vec<String>,
    #[arg(long, value_name = "DATE", value_parser = day::day)]
    since: Option<Date>,
    #[arg(long)]
    dry_run: bool,
}

impl Verb for TakeOverArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store_to_change()?;
        let school = session.school(&store)?;
        let helpers = KindSet::of(&[Kind::Helper]);
        let from = reference::resolve(session, &store, &self.from, helpers)?;
        let to = reference::resolve(session, &store, &self.to, helpers)?;
        let mut children: Vec<Id> = Vec::new();
        for typed in &self.children {
            let child = reference::resolve(session, &store, typed, KindSet::of(&[Kind::Child]))?;
            children.push(child);
        }
        let people = session.people(&store);
        let [from_name, to_name] = [from, to].map(|id| person::name(&people, id));
        if from == to {
            return Err(UserError::new(
                Message::new("command-take-over-same").with("name", from_name),
            )
            .into());
        }
        let since = self.since.map_or(session.today, |since| since.0);
        let last = since.pred_opt().unwrap_or(since);
        let pairings = session
            .read(
                &store,
                ReadOptions::all(KindSet::of(&[Kind::Pairing])),
                false,
            )?
            .records
            .pairings;
        let is_meant = |child: Id| children.is_empty() || children.contains(&child);
        let running: Vec<_> = pairings
            .iter()
            .filter(|pairing| {
                pairing.helper.id() == from
                    && is_meant(pairing.child.id())
                    && pairing.until.is_none_or(|until| until.0 > last)
            })
            .collect();
        let unpaired = children
            .iter()
            .find(|child| running.iter().all(|pairing| pairing.child.id() != **child));
        if let Some(child) = unpaired {
            let message = Message::new("command-take-over-no-pair")
                .with("child", person::name(&people, *child))
                .with("name", from_name);
            return Err(UserError::new(message).into());
        }
        if running.is_empty() {
            let message = Message::new("command-take-over-none")
                .with("name", from_name)
                .with("day", since);
            return Err(UserError::new(message).into());
        }
        let mut edits = Edits::new(&store, &school);
        let (mut begun, mut had) = (0, 0);
        for pairing in &running {
            let child = person::with_class(session, &school, &people, pairing.child.id());
            if pairing.since.0 >= since {
                let message = Message::new("command-take-over-begun")
                    .with("child", child)
                    .with("day", pairing.since)
                    .with("since", since);
                return Err(UserError::new(message)
                    .help(Message::new("command-take-over-begun-help").with("id", pairing.id))
                    .into());
            }
            edits.end_pairing(session, pairing.id, last)?;
            let is_paired = pairings.iter().any(|other| {
                other.helper.id() == to
                    && other.child.id() == pairing.child.id()
                    && other.role == pairing.role
                    && other.until.is_none_or(|until| until.0 >= since)
            });
            if is_paired {
                had += 1;
                continue;
            }
            let mut table = table_of(&pairing.record);
            table.remove("reason");
            table.insert("helper".to_owned(), to.to_string().into());
            table.insert(
                "since".to_owned(),
                toml::value::Datetime::from(Date(since)).into(),
            );
            let text = edit::compose(Kind::Pairing.shape(), &table);
            let id = new_record::random_id(Kind::Pairing, since)?;
            edits.create(session, id, text)?;
            begun += 1;
        }
        let open = person::open_follow_ups(&store, from, &from_name);
        let line = session.text(
            "command-take-over-done",
            &[
                ("from", from_name.into()),
                ("to", to_name.into()),
                ("since", since.to_string().into()),
                ("last", last.to_string().into()),
                ("ended", running.len().into()),
                ("begun", begun.into()),
                ("had", had.into()),
                ("open", open.into()),
            ],
        );
        edits.write(session, self.dry_run)?;
        print_line(session, &line, self.dry_run)?;
        Ok(Outcome::Done)
    }
}

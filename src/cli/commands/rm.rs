//! `rm`: removes a record that no other record refers to.

use std::collections::BTreeMap;

use clap::Args;

use crate::cli::shared::edits::{Edits, print_line};
use crate::cli::shared::session::Session;
use crate::cli::shared::user_error::UserError;
use crate::cli::shared::{person, reference};
use crate::cli::verb::{Outcome, Verb};
use crate::diagnostic::Message;
use crate::model::{HasTable, Id, Kind, KindSet, Record, Records, Table, with_kind};
use crate::report::naming::Naming;
use crate::report::words::{Words, headline};
use crate::store::{ReadOptions, path_of};

/// The maximum number of referring records listed.
const MAX_LISTED: usize = 8;

#[derive(Args, Debug)]
pub(crate) struct RmArgs {
    #[arg(value_name = "REF")]
    record: String,
    #[arg(long)]
    dry_run: bool,
}

impl Verb for RmArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let store = session.store_to_change()?;
        let school = session.school(&store)?;
        let id = reference::resolve(session, &store, &self.record, KindSet::ALL)?;
        let records = session
            .read(&store, ReadOptions::all(KindSet::ALL), false)?
            .records;
        let mut referring: BTreeMap<Kind, Vec<Id>> = BTreeMap::new();
        for kind in Kind::ALL {
            with_kind!(*kind, K => gather::<K>(&records, id, &mut referring));
        }
        let words = Words {
            confidential: false,
            lang: session.lang,
            day: session.today,
            school: &school,
            records: &records,
            naming: &Naming::full(),
        };
        let (entry, _) = store.load_one(id).map_err(|_| {
            UserError::new(Message::new("no-such-record").with("found", &self.record))
        })?;
        let what = headline(&entry.table(), id.kind(), &words).replace('\n', " ");
        let what = crate::text::width::cut(&what, 40).into_owned();
        if !referring.is_empty() {
            let count: usize = referring.values().map(Vec::len).sum();
            let lines = referring.iter().map(|(kind, ids)| {
                let shown: Vec<String> = ids.iter().take(MAX_LISTED).map(Id::to_string).collect();
                let more = if ids.len() > MAX_LISTED { " …" } else { "" };
                let label = kind.label().get(session.lang);
                format!("  {label} × {}  {}{more}", ids.len(), shown.join(" "))
            });
            let message = Message::new("command-rm-referred")
                .with("what", person_or(&records, id, what))
                .with("count", count)
                .with("list", lines.collect::<Vec<_>>().join("\n"));
            let help = match id.kind() {
                Kind::Child => "command-rm-child-help",
                _ => "command-rm-referred-help",
            };
            return Err(UserError::new(message)
                .help(Message::new(help).with("id", id))
                .into());
        }
        let mut edits = Edits::new(&store, &school);
        edits.remove(session, id)?;
        edits.write(session, self.dry_run)?;
        let line = session.text(
            "command-rm-done",
            &[
                ("kind", id.kind().label().get(session.lang).into()),
                ("what", what.into()),
                ("path", path_of(id).into()),
            ],
        );
        print_line(session, &line, self.dry_run)?;
        Ok(Outcome::Done)
    }
}

fn person_or(records: &Records, id: Id, what: String) -> String {
    match id.kind() {
        Kind::Child | Kind::Helper => person::name(records, id),
        _ => what,
    }
}

fn gather<K: Record>(records: &Records, wanted: Id, into: &mut BTreeMap<Kind, Vec<Id>>)
where
    Records: HasTable<K>,
{
    let table: &Table<K> = records.table();
    for entry in table.iter().filter(|entry| entry.id != wanted) {
        let mut refers = false;
        entry.record.references(&mut |_, id| refers |= id == wanted);
        if refers {
            into.entry(K::KIND).or_default().push(entry.id);
        }
    }
}

//! `set`: changes fields of a record.

use clap::Args;

use crate::cli::shared::assignments::Assignments;
use crate::cli::shared::checked_edit;
use crate::cli::shared::replace::{self, ReplacedRecord};
use crate::cli::shared::session::Session;
use crate::cli::verb::{Outcome, Verb};

#[derive(Args, Debug)]
pub(crate) struct SetArgs {
    #[arg(value_name = "REF")]
    record: String,
    #[arg(value_name = "FIELD=VALUE", required = true)]
    fields: Vec<String>,
    #[arg(long)]
    dry_run: bool,
}

impl Verb for SetArgs {
    fn run(self, session: &mut Session) -> anyhow::Result<Outcome> {
        let ReplacedRecord {
            store,
            id,
            path,
            text: old,
        } = replace::found(session, &self.record)?;
        let school = session.school(&store)?;
        let mut assignments = Assignments::new(id.kind(), &store, &school, &old);
        for words in &self.fields {
            assignments.assign(session, words)?;
        }
        let changes = assignments.changes(session)?;
        let new = checked_edit::changed(id.kind(), &old, &changes)?;
        replace::replace(session, &store, id, &path, &old, &new, self.dry_run)
    }
}

//! The commands: each is one file with its arguments and implementation, and one line of `commands!`.

mod add;
mod change;
mod completions;
mod doctor;
mod done;
mod due;
mod edit;
mod explain;
mod export;
mod fill;
mod find;
mod forget;
mod import;
mod init;
mod leave;
mod list;
mod log;
mod merge;
mod migrate;
mod note;
mod report;
mod rm;
mod rollup;
mod schema;
mod seal;
mod set;
mod show;
mod stats;
mod take_over;
mod topic;
mod undo;
mod validate;

use clap::{ArgMatches, Args, Command, FromArgMatches};

use super::shared::session::Session;
use super::verb::{Outcome, Verb};

/// The list of commands: `module::Args = name`, in the order of the help.
macro_rules! commands {
    ($($module:ident::$args:ident = $name:literal;)+) => {
        /// The names of all commands.
        pub(super) const NAMES: &[&str] = &[$($name),+];

        /// Builds the selected commands, without help texts.
        pub(super) fn build(is_wanted: impl Fn(&str) -> bool) -> Vec<Command> {
            let mut commands = Vec::new();
            $(if is_wanted($name) {
                let command = $module::$args::augment_args(Command::new($name));
                commands.push(with_dashed_values(command));
            })+
            commands
        }

        /// Runs a command by name.
        pub(super) fn dispatch(name: &str, matches: &ArgMatches, session: &mut Session) -> anyhow::Result<Outcome> {
            match name {
                $($name => <$module::$args as FromArgMatches>::from_arg_matches(matches)?.run(session),)+
                _ => Ok(Outcome::Done),
            }
        }
    };
}

commands! {
    init::InitArgs = "init";
    add::AddArgs = "add";
    list::ListArgs = "list";
    show::ShowArgs = "show";
    edit::EditArgs = "edit";
    set::SetArgs = "set";
    change::ChangeArgs = "change";
    leave::LeaveArgs = "leave";
    take_over::TakeOverArgs = "take-over";
    done::DoneArgs = "done";
    note::NoteArgs = "note";
    find::FindArgs = "find";
    rm::RmArgs = "rm";
    undo::UndoArgs = "undo";
    validate::ValidateArgs = "validate";
    stats::StatsArgs = "stats";
    explain::ExplainArgs = "explain";
    due::DueArgs = "due";
    report::ReportArgs = "report";
    fill::FillArgs = "fill";
    import::ImportArgs = "import";
    export::ExportArgs = "export";
    forget::ForgetArgs = "forget";
    seal::SealArgs = "seal";
    seal::UnsealArgs = "unseal";
    rollup::RollupArgs = "rollup";
    log::LogArgs = "log";
    doctor::DoctorArgs = "doctor";
    merge::MergeArgs = "merge";
    migrate::MigrateArgs = "migrate";
    schema::SchemaArgs = "schema";
    completions::CompletionsArgs = "completions";
    completions::ManArgs = "man";
    topic::HelpArgs = "help";
}

/// Lets the options of a command take values that begin with a dash: `--date -3d`.
fn with_dashed_values(command: Command) -> Command {
    command.mut_args(|argument| {
        let takes_one = argument
            .get_num_args()
            .is_none_or(|number| number.min_values() > 0);
        if argument.is_positional() || !argument.get_action().takes_values() || !takes_one {
            argument
        } else {
            argument.allow_hyphen_values(true)
        }
    })
}

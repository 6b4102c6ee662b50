//! Messages for errors of git.

use crate::store::git::GitFault;
use crate::text::Lang;
use crate::text::sanitize::terminal_lines;
use crate::tr;

/// Describes an error of git.
pub(crate) fn git_words(fault: &GitFault, lang: Lang) -> String {
    match fault {
        GitFault::NoProgram => tr!(lang, "git-no-program"),
        GitFault::NoRepository(_) => tr!(lang, "git-no-repository"),
        GitFault::UnknownRevision(revision) => {
            tr!(lang, "git-unknown-revision", revision = revision.as_str())
        }
        GitFault::Failed(said) => tr!(lang, "git-failed", said = terminal_lines(said).into_owned()),
    }
}

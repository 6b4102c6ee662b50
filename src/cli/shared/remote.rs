//! Asks whether a remote of the repository belongs to the school, until the answer is stored in git.

use crate::model::surroundings::{Remote, RemoteHost};
use crate::text::Lang;
use crate::tr;

/// The question about a remote; `None` if it is local, in a private network, or confirmed.
pub(crate) fn remote_question(remote: &Remote, lang: Lang) -> Option<String> {
    if !remote.needs_confirmation() {
        return None;
    }
    let (id, host) = match remote.host() {
        RemoteHost::Service(host) => ("remote-public", host),
        RemoteHost::Other(host) => ("remote-unknown", host),
        RemoteHost::Here | RemoteHost::Network => return None,
    };
    let url = remote.url_without_credentials();
    Some(tr!(
        lang,
        id,
        name = remote.name.as_str(),
        host = host,
        url = url
    ))
}

//! The place where the records lie: its repository, what lies beside the records, who else can read them.

use super::Id;

/// What is known of the place where the records lie.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The repository that holds them; none where they are in none, or git cannot be asked.
    pub repository: Option<Repository>,
    /// How many files others on the same machine can read; none where the system does not say.
    pub readable: Option<usize>,
    /// Files that are no records and may hold what records hold.
    pub beside: Vec<StrayFile>,
    /// The program that copies the folder to somebody else's machines: the part of the path that tells so.
    pub cloud: Option<String>,
    /// How many commands could be taken back with what they kept.
    pub undo: usize,
    /// The paths of all files from the records directory, with `/`.
    pub paths: Vec<String>,
    /// Of these the files of records and settings in which an identity number stands where it is never sealed.
    pub numbers: Vec<String>,
}

/// The repository that holds the records.
#[derive(Clone, Debug, Default)]
pub struct Repository {
    /// Everyone who wrote or committed something of the records, each once, by name.
    pub authors: Vec<String>,
    /// What was written of each commit, and the names of branches and tags: each with what leads to it.
    pub notes: Vec<(String, String)>,
    /// The other repositories to which this one is copied.
    pub remotes: Vec<Remote>,
    /// Whether the oldest commits are not there: a shallow clone.
    pub is_cut: bool,
    /// Whether each commit is checked first.
    pub has_hook: bool,
    /// Names of prints, exports and keys that git would take in.
    pub unignored: Vec<&'static str>,
    /// Files in the repository that are no records and may hold what records hold.
    pub tracked: Vec<StrayFile>,
    /// Records of which some commit holds in clear what is to be sealed.
    pub clear: Vec<Id>,
    /// Children whose files some commit holds and the directory does not.
    pub gone: Vec<Id>,
}

/// A file that is no record and may hold what records hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StrayFile {
    /// What it is.
    pub kind: StrayKind,
    /// The path from the records directory, with `/`.
    pub path: String,
}

/// What a file beside the records is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StrayKind {
    /// A key that opens what is sealed, or ties pseudonyms to children.
    Key,
    /// What an editor or a person kept of an older state.
    Backup,
    /// An export, a report, a table, a picture.
    Copy,
}

impl StrayFile {
    /// The folder and the ending, which name nobody: `exports/*.csv`.
    pub fn pattern(&self) -> String {
        let (folder, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let ending = match name.rsplit_once('.') {
            Some((_, ending)) if !ending.is_empty() && ending.len() < 16 => format!("*.{ending}"),
            _ if name.ends_with('~') => "*~".to_owned(),
            _ => "*".to_owned(),
        };
        // A folder that a person named may name a child.
        let is_plain = folder.bytes().all(|byte| byte.is_ascii_graphic());
        match folder {
            "" => ending,
            folder if is_plain => format!("{folder}/{ending}"),
            _ => format!("*/{ending}"),
        }
    }

    /// What a file is by its name; none where the name tells of nothing that should not lie about.
    pub fn kind_of(path: &str) -> Option<StrayKind> {
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        let is_record = ends(&[".toml"]);
        if ends(KEYS) {
            Some(StrayKind::Key)
        } else if ends(BACKUPS)
            || [".#", "#", "~$"]
                .iter()
                .any(|start| name.starts_with(start))
            || [" copy", "副本", "备份", " (1)", "backup"]
                .iter()
                .any(|word| name.contains(word))
        {
            Some(StrayKind::Backup)
        } else if !is_record && ends(COPIES) {
            Some(StrayKind::Copy)
        } else {
            None
        }
    }
}

/// How the names of key files end.
const KEYS: &[&str] = &[
    ".key",
    ".age-identity",
    ".pem",
    ".ppk",
    "id_ed25519",
    "id_rsa",
];

/// How the names of older states end.
const BACKUPS: &[&str] = &["~", "#", ".swp", ".swo", ".bak", ".orig", ".rej", ".old"];

/// How the names of prints, tables, archives and pictures end.
const COPIES: &[&str] = &[
    ".csv", ".tsv", ".xls", ".xlsx", ".et", ".ods", ".doc", ".docx", ".wps", ".odt", ".pdf",
    ".html", ".htm", ".md", ".txt", ".json", ".ndjson", ".jsonl", ".parquet", ".db", ".sqlite",
    ".duckdb", ".ics", ".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".jpg", ".jpeg", ".png",
    ".heic", ".mp3", ".m4a", ".wav", ".mp4", ".mov",
];

/// Another repository to which this one is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// Its name in this repository.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// Whether the school said that it is its own.
    pub is_known: bool,
}

/// Where a remote is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemoteHost {
    /// On this machine, or on a disk of it.
    Here,
    /// On a machine of a private network.
    Network,
    /// With a service that anybody uses.
    Service(String),
    /// On a machine of the internet.
    Other(String),
}

/// Services that keep repositories for anybody, open to everybody unless told otherwise.
const SERVICES: &[&str] = &[
    "github.com",
    "gitlab.com",
    "gitee.com",
    "gitcode.com",
    "gitcode.net",
    "atomgit.com",
    "jihulab.com",
    "coding.net",
    "codeup.aliyun.com",
    "code.aliyun.com",
    "cnb.cool",
    "bitbucket.org",
    "codeberg.org",
    "sr.ht",
    "sourceforge.net",
    "dev.azure.com",
    "huggingface.co",
    "notabug.org",
    "framagit.org",
    "launchpad.net",
];

impl Remote {
    /// Where it is, by its address.
    pub fn host(&self) -> RemoteHost {
        let Some(host) = host_of(&self.url) else {
            return RemoteHost::Here;
        };
        let is_service = |service: &str| host == *service || host.ends_with(&format!(".{service}"));
        if host == "localhost" || host.starts_with("127.") || host == "::1" {
            RemoteHost::Here
        } else if SERVICES.iter().any(|service| is_service(service)) {
            RemoteHost::Service(host)
        } else if is_private(&host) {
            RemoteHost::Network
        } else {
            RemoteHost::Other(host)
        }
    }

    /// Whether somebody has to say whether it is the school's own.
    pub fn is_in_question(&self) -> bool {
        !self.is_known && matches!(self.host(), RemoteHost::Service(_) | RemoteHost::Other(_))
    }

    /// Its address without what signs in to it.
    pub fn shown_url(&self) -> String {
        match self.url.split_once("://") {
            Some((scheme, rest)) => match rest.split_once('@') {
                Some((user, place)) if !user.contains('/') => format!("{scheme}://{place}"),
                _ => self.url.clone(),
            },
            None => self.url.clone(),
        }
    }
}

/// The host of an address as git takes it, in small letters; none for a path.
fn host_of(url: &str) -> Option<String> {
    let authority = match url.split_once("://") {
        Some(("file", _)) => return None,
        Some((_, rest)) => rest.split(['/', '?', '#']).next().unwrap_or(rest),
        None => {
            let (host, _) = url.split_once(':')?;
            // `C:\records` and `./a:b` are paths.
            if host.len() < 2 || host.contains(['/', '\\']) {
                return None;
            }
            host
        }
    };
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.split(':').next().unwrap_or(host),
    };
    Some(host.trim_end_matches('.').to_lowercase())
}

/// Whether a host is one of a private network: by RFC 1918, RFC 4193, or a name that the internet does not know.
fn is_private(host: &str) -> bool {
    if let Ok(address) = host.parse::<std::net::Ipv4Addr>() {
        return address.is_private() || address.is_link_local();
    }
    if let Ok(address) = host.parse::<std::net::Ipv6Addr>() {
        return (address.segments()[0] & 0xfe00) == 0xfc00
            || (address.segments()[0] & 0xffc0) == 0xfe80;
    }
    !host.contains('.')
        || [
            ".local",
            ".lan",
            ".internal",
            ".home",
            ".intranet",
            ".home.arpa",
        ]
        .iter()
        .any(|ending| host.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(url: &str) -> RemoteHost {
        let remote = Remote {
            name: "origin".into(),
            url: url.into(),
            is_known: false,
        };
        remote.host()
    }

    #[test]
    fn remotes_are_told_apart_by_where_they_are() {
        for url in [
            "/mnt/nas/records.git",
            "../records.git",
            "file:///mnt/nas/records.git",
            r"C:\records.git",
            "http://localhost:3000/records.git",
        ] {
            assert_eq!(host(url), RemoteHost::Here, "{url}");
        }
        for url in [
            "git@192.168.1.7:records.git",
            "ssh://git@10.0.0.2:2222/records.git",
            "nas:records.git",
            "http://[fd00::1]:3000/r.git",
            "https://git.school.lan/records.git",
        ] {
            assert_eq!(host(url), RemoteHost::Network, "{url}");
        }
        for url in [
            "git@github.com:teacher/records.git",
            "https://teacher:secret@GitHub.com/teacher/records",
            "ssh://git@ssh.github.com:443/teacher/records.git",
            "https://e.coding.net/t/r.git",
        ] {
            assert!(matches!(host(url), RemoteHost::Service(_)), "{url}");
        }
        for url in [
            "git@git.qingshi-school.example:records.git",
            "https://notgithub.com/x.git",
            "https://8.8.8.8/x.git",
        ] {
            assert!(matches!(host(url), RemoteHost::Other(_)), "{url}");
        }
    }

    #[test]
    fn files_beside_the_records_are_known_by_their_names() {
        for (path, kind) in [
            ("exports/children.csv", Some(StrayKind::Copy)),
            ("学期总结.DOCX", Some(StrayKind::Copy)),
            ("teacher.key", Some(StrayKind::Key)),
            ("children/c4t8w2z.toml~", Some(StrayKind::Backup)),
            ("children/.c4t8w2z.toml.swp", Some(StrayKind::Backup)),
            ("children/c4t8w2z 副本.toml", Some(StrayKind::Backup)),
            ("children/c4t8w2z.toml", None),
            (".gitignore", None),
        ] {
            assert_eq!(StrayFile::kind_of(path), kind, "{path}");
        }
        let pattern = |path: &str| {
            let (kind, path) = (StrayKind::Copy, path.to_owned());
            StrayFile { kind, path }.pattern()
        };
        assert_eq!(pattern("张小明.docx"), "*.docx");
        assert_eq!(pattern("exports/a.csv"), "exports/*.csv");
        assert_eq!(pattern("张小明/a.csv"), "*/*.csv");
    }
}

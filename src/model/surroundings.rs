//! The environment of the records: their repository, other files in the directory, and who else can read them.

use super::Id;

/// The environment of the records.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The git repository of the records; none if there is none or git cannot be run.
    pub repository: Option<Repository>,
    /// The number of files that other users of the machine can read; none where the system does not tell.
    pub readable: Option<usize>,
    /// Files that are not records but may contain personal data.
    pub beside: Vec<StrayFile>,
    /// The part of the path that shows that a program synchronizes the folder to a cloud service.
    pub cloud: Option<String>,
    /// The number of commands that can be undone, with the data kept for that.
    pub undo: usize,
    /// The paths of all files relative to the records directory, with `/`.
    pub paths: Vec<String>,
    /// Of these, records and settings with an identity number in a field that is never encrypted.
    pub numbers: Vec<String>,
}

/// The git repository of the records.
#[derive(Clone, Debug, Default)]
pub struct Repository {
    /// The distinct names of the authors and committers of the records, sorted.
    pub authors: Vec<String>,
    /// Commit messages and the names of branches and tags, each with its revision.
    pub notes: Vec<(String, String)>,
    /// The remotes.
    pub remotes: Vec<Remote>,
    /// Whether it is a shallow clone.
    pub is_cut: bool,
    /// Whether a pre-commit hook is installed.
    pub has_hook: bool,
    /// Patterns of printouts, exports and keys that git does not ignore.
    pub unignored: Vec<&'static str>,
    /// Files in the repository or its history that are not records but may contain personal data.
    pub tracked: Vec<StrayFile>,
    /// Records with confidential text that is in clear in some commit.
    pub clear: Vec<Id>,
    /// Paths of files with an identity number in clear in some commit.
    pub numbers: Vec<String>,
    /// Children whose files are in some commit but no longer in the directory.
    pub gone: Vec<Id>,
}

/// A file that is not a record but may contain personal data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StrayFile {
    /// The kind of file.
    pub kind: StrayKind,
    /// The path relative to the records directory, with `/`.
    pub path: String,
}

/// The kind of a file beside the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StrayKind {
    /// A key that decrypts fields or reverses pseudonyms.
    Key,
    /// An older version kept by an editor or a person.
    Backup,
    /// An export, report, spreadsheet or picture.
    Copy,
}

impl StrayFile {
    /// Returns a pattern of folder and extension that contains no names: `exports/*.csv`.
    pub fn pattern(&self) -> String {
        let (folder, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let ending = match name.rsplit_once('.') {
            Some((_, ending)) if !ending.is_empty() && ending.len() < 16 => format!("*.{ending}"),
            _ if name.ends_with('~') => "*~".to_owned(),
            _ => "*".to_owned(),
        };
        // Only a folder name without Chinese is known not to contain the name of a child.
        let is_plain = folder.bytes().all(|byte| byte.is_ascii_graphic());
        match folder {
            "" => ending,
            folder if is_plain => format!("{folder}/{ending}"),
            _ => format!("*/{ending}"),
        }
    }

    /// Returns the kind of a file by its name; none for names that give no reason for concern.
    pub fn kind_of(path: &str) -> Option<StrayKind> {
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        let is_record = ends(&[".toml"]);
        if ends(KEY_SUFFIXES) {
            Some(StrayKind::Key)
        } else if ends(BACKUP_SUFFIXES)
            || [".#", "#", "~$"]
                .iter()
                .any(|start| name.starts_with(start))
            || [
                " copy",
                "副本",
                "备份",
                "冲突",
                " (1)",
                "backup",
                "conflicted",
                ".toml.",
            ]
            .iter()
            .any(|word| name.contains(word))
        {
            Some(StrayKind::Backup)
        } else if !is_record && ends(DOCUMENT_SUFFIXES) {
            Some(StrayKind::Copy)
        } else {
            None
        }
    }
}

/// The extensions of key files.
const KEY_SUFFIXES: &[&str] = &[
    ".key",
    ".age-identity",
    ".pem",
    ".ppk",
    "id_ed25519",
    "id_rsa",
];

/// The extensions of backups.
const BACKUP_SUFFIXES: &[&str] = &[
    "~", "#", ".swp", ".swo", ".bak", ".orig", ".rej", ".old", ".tmp", ".save",
];

/// The extensions of documents, spreadsheets, archives and pictures.
const DOCUMENT_SUFFIXES: &[&str] = &[
    ".csv", ".tsv", ".xls", ".xlsx", ".et", ".ods", ".doc", ".docx", ".wps", ".odt", ".pdf",
    ".html", ".htm", ".md", ".txt", ".json", ".ndjson", ".jsonl", ".parquet", ".db", ".sqlite",
    ".duckdb", ".ics", ".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".jpg", ".jpeg", ".png",
    ".heic", ".mp3", ".m4a", ".wav", ".mp4", ".mov", ".rtf", ".dps", ".ppt", ".pptx", ".eml",
    ".msg", ".vcf", ".pages", ".numbers", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".amr", ".avi",
    ".bz2", ".xz",
];

/// A remote of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// The name of the remote.
    pub name: String,
    /// The URL.
    pub url: String,
    /// Whether the school confirmed that it is its own.
    pub is_known: bool,
}

/// The location of a remote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemoteHost {
    /// A path on this machine.
    Here,
    /// A host of a private network.
    Network,
    /// A public hosting service.
    Service(String),
    /// Another host on the internet.
    Other(String),
}

/// Public hosting services for git.
const HOSTING_SERVICES: &[&str] = &[
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
    /// Returns the location, derived from the URL.
    pub fn host(&self) -> RemoteHost {
        let Some(host) = host_of(&self.url) else {
            return RemoteHost::Here;
        };
        let is_service = |service: &str| host == *service || host.ends_with(&format!(".{service}"));
        if host == "localhost" || host.starts_with("127.") || host == "::1" {
            RemoteHost::Here
        } else if HOSTING_SERVICES.iter().any(|service| is_service(service)) {
            RemoteHost::Service(host)
        } else if is_private(&host) {
            RemoteHost::Network
        } else {
            RemoteHost::Other(host)
        }
    }

    /// Whether the user should be asked if it is the school's own.
    pub fn needs_confirmation(&self) -> bool {
        !self.is_known && matches!(self.host(), RemoteHost::Service(_) | RemoteHost::Other(_))
    }

    /// Returns the URL without credentials.
    pub fn url_without_credentials(&self) -> String {
        match self.url.split_once("://") {
            Some((scheme, rest)) => match rest.split_once('@') {
                Some((user, place)) if !user.contains('/') => format!("{scheme}://{place}"),
                _ => self.url.clone(),
            },
            None => self.url.clone(),
        }
    }
}

/// Returns the host of a URL in a form that git accepts, in lower case; none for a path.
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

/// Whether a host is in a private network: by RFC 1918, RFC 4193, or a name outside of the public DNS.
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
    fn remotes_are_classified_by_location() {
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
    fn files_beside_the_records_are_classified_by_name() {
        for (path, kind) in [
            ("exports/children.csv", Some(StrayKind::Copy)),
            ("学期总结.DOCX", Some(StrayKind::Copy)),
            ("teacher.key", Some(StrayKind::Key)),
            ("children/c4t8w2z.toml~", Some(StrayKind::Backup)),
            ("children/.c4t8w2z.toml.swp", Some(StrayKind::Backup)),
            ("children/c4t8w2z 副本.toml", Some(StrayKind::Backup)),
            ("children/c4t8w2z.toml.kate-swp", Some(StrayKind::Backup)),
            ("children/c4t8w2z.toml.2025-01-01", Some(StrayKind::Backup)),
            ("通讯录.vcf", Some(StrayKind::Copy)),
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

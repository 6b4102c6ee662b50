//! How a report names people: nobody, by surname, or by full name; in its lists and in its free text.

use crate::analysis::mention::Mentions;
use crate::model::school::Names;
use crate::model::{Id, Kind, Records};
use crate::text::Lang;

/// Surnames of two characters that are in use (《百家姓》).
const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯",
    "端木",
];

/// How people are named.
#[derive(Debug)]
pub struct Naming {
    names: Names,
    lang: Lang,
    mentions: Mentions,
}

impl Naming {
    /// Everybody by full name: for the teacher's own eyes.
    pub fn full() -> Naming {
        Naming {
            names: Names::Full,
            lang: Lang::Zh,
            mentions: Mentions::default(),
        }
    }

    /// The naming of a report about some records.
    pub fn of(records: &Records, names: Names, lang: Lang) -> Naming {
        Naming {
            names,
            lang,
            mentions: match names {
                Names::Full => Mentions::default(),
                Names::None | Names::Surname => Mentions::of(records),
            },
        }
    }

    /// Whether full names may be shown, and with them what tells who somebody is: phones, addresses.
    pub fn is_full(&self) -> bool {
        self.names == Names::Full
    }

    /// What stands for a child or helper. Without names it is the random part of the id, by which those who have the
    /// records can find them.
    pub fn person(&self, id: Id, name: &str) -> String {
        match self.names {
            Names::Full => name.to_owned(),
            Names::Surname => self.by_surname(id.kind(), name),
            Names::None => id.tail(),
        }
    }

    fn by_surname(&self, kind: Kind, name: &str) -> String {
        let surname = DOUBLE_SURNAMES
            .iter()
            .find(|surname| name.starts_with(**surname))
            .map_or_else(
                || name.chars().take(1).collect(),
                |surname| (*surname).to_owned(),
            );
        match (self.lang, kind) {
            (Lang::Zh, Kind::Child) => format!("{surname}同学"),
            (Lang::Zh, _) => format!("{surname}老师"),
            (Lang::En, _) => format!("{surname}."),
        }
    }

    /// Free text with the names in it hidden as the naming has it, and what may be a phone or card number.
    pub fn text(&self, text: &str) -> String {
        match self.names {
            Names::Full => text.to_owned(),
            names => self
                .mentions
                .hidden_in(text, &|sort, found| match (sort, names) {
                    ("name", Names::Surname) => {
                        let surname: String = found.chars().take(1).collect();
                        format!("{surname}某")
                    }
                    _ => "○○".to_owned(),
                }),
        }
    }
}

//! How a report names people, in lists and in free text: not at all, by surname, or by full name.

use std::collections::HashSet;

use crate::analysis::mention::Mentions;
use crate::model::helper::HelperRole;
use crate::model::school::Names;
use crate::model::{Id, Kind, Records};
use crate::text::{Lang, name};

/// How people are named.
#[derive(Debug)]
pub struct Naming {
    names: Names,
    lang: Lang,
    mentions: Mentions,
    /// The adult helpers, who are named in internal papers. Pupils who help count as children.
    staff: HashSet<Id>,
    staff_names: HashSet<String>,
}

impl Naming {
    /// Full names for everyone: for the teacher's own use.
    pub fn full() -> Naming {
        Naming {
            names: Names::Full,
            lang: Lang::Zh,
            mentions: Mentions::default(),
            staff: HashSet::new(),
            staff_names: HashSet::new(),
        }
    }

    /// No names. Free text is kept as it is; names in it are detected when the report is written.
    pub fn public(lang: Lang) -> Naming {
        Naming {
            names: Names::None,
            lang,
            ..Naming::full()
        }
    }

    /// The naming of a report. With `names_staff`, adult helpers are named whatever `names` says.
    pub fn of(records: &Records, names: Names, names_staff: bool, lang: Lang) -> Naming {
        let mut naming = Naming {
            names,
            lang,
            ..Naming::full()
        };
        if names == Names::Full {
            return naming;
        }
        naming.mentions = Mentions::of(records);
        if names_staff {
            let adults = records.helpers.iter();
            for helper in adults.filter(|helper| helper.role != HelperRole::Pupil) {
                naming.staff.insert(helper.id);
                naming.staff_names.insert(helper.name.to_string());
            }
            // A child with the same name as a helper stays hidden.
            for child in &records.children {
                naming.staff_names.remove(&*child.name);
            }
        }
        naming
    }

    /// Whether full names may be shown, and with them phone numbers and addresses.
    pub fn is_full(&self) -> bool {
        self.names == Names::Full
    }

    /// What is shown for a child or helper. Without names it is the random part of the id, by which those who have the
    /// records can find the person.
    pub fn person(&self, id: Id, name: &str) -> String {
        if self.staff.contains(&id) {
            return name.to_owned();
        }
        match self.names {
            Names::Full => name.to_owned(),
            Names::Surname => self.by_surname(id.kind(), name),
            Names::None => id.tail(),
        }
    }

    fn by_surname(&self, kind: Kind, name: &str) -> String {
        let surname = name::surname(name);
        match (self.lang, kind) {
            (Lang::Zh, Kind::Child) => format!("{surname}同学"),
            (Lang::Zh, _) => format!("{surname}老师"),
            (Lang::En, _) => format!("{surname}."),
        }
    }

    /// Free text with names hidden according to the naming, as well as anything that looks like a phone or card
    /// number.
    pub fn text(&self, text: &str) -> String {
        if self.is_full() {
            return text.to_owned();
        }
        self.mentions.hidden_in(text, &|sort, found| {
            let is_name = sort == "name";
            if is_name && self.staff_names.contains(found) {
                found.to_owned()
            } else if is_name && self.names == Names::Surname {
                format!("{}某", name::surname(found))
            } else {
                name::PLACEHOLDER.to_owned()
            }
        })
    }
}

//! The list of rules: one entry says all there is to say of a rule, one file holds those of a group.

mod care;
mod consistency;
mod layout;
mod privacy;
mod reference;
mod schema;
mod syntax;

use super::examples::{Example, Reported};
use crate::diagnostic::{Level, Message};
use crate::model::codes::codes;

codes! {
    /// What sort of fault a rule is about.
    Group {
        Syntax = "syntax", "语法", "syntax";
        Layout = "layout", "布局", "layout";
        Schema = "schema", "字段", "schema";
        Reference = "reference", "引用", "reference";
        Consistency = "consistency", "一致", "consistency";
        Privacy = "privacy", "隐私", "privacy";
        Care = "care", "关爱", "care";
    }
}

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, in kebab-case.
    pub name: &'static str,
    /// What sort of fault it is about.
    pub group: Group,
    /// How bad it is unless the school says otherwise.
    pub level: Level,
    /// Whether some of its findings can be mended without a person's judgement.
    pub has_fix: bool,
    /// The message with the reason for the rule.
    pub reason: &'static str,
    /// Files that break it once, added to a sound directory.
    pub breaks: Example,
    /// Where these are reported.
    pub reported: Reported,
    /// Files that keep it.
    pub keeps: Example,
}

impl Rule {
    /// Why there is the rule.
    pub fn reason(&self) -> Message {
        Message::new(self.reason)
    }
}

const GROUPS: [&[Rule]; 7] = [
    syntax::RULES,
    layout::RULES,
    schema::RULES,
    reference::RULES,
    consistency::RULES,
    privacy::RULES,
    care::RULES,
];

const COUNT: usize = {
    let (mut count, mut group) = (0, 0);
    while group < GROUPS.len() {
        count += GROUPS[group].len();
        group += 1;
    }
    count
};

/// Every rule, by group.
pub const RULES: &[Rule] = &{
    let mut rules = [GROUPS[0][0]; COUNT];
    let (mut filled, mut group) = (0, 0);
    while group < GROUPS.len() {
        let mut at = 0;
        while at < GROUPS[group].len() {
            rules[filled] = GROUPS[group][at];
            filled += 1;
            at += 1;
        }
        group += 1;
    }
    rules
};

/// The rule with a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

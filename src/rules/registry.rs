//! The list of rules.

use super::examples::{self, Example};
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
    /// Files that keep it.
    pub keeps: Example,
}

impl Rule {
    /// Why there is the rule.
    pub fn reason(&self) -> Message {
        Message::new(self.reason)
    }
}

/// The rule with a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

macro_rules! rules {
    ($($name:literal $example:ident $group:ident $level:ident $(fix $fix:tt)?;)+) => {
        /// Every rule, by group.
        pub const RULES: &[Rule] = &[$(Rule {
            name: $name,
            group: Group::$group,
            level: Level::$level,
            has_fix: false $(|| { let _ = stringify!($fix); true })?,
            reason: concat!("rule-", $name, "-reason"),
            breaks: examples::$example::BREAKS,
            keeps: examples::$example::KEEPS,
        }),+];
    };
}

rules! {
    "not-utf8" not_utf8 Syntax Error;
    "toml-syntax" toml_syntax Syntax Error;
    "conflict-marker" conflict_marker Syntax Error;
    "too-large" too_large Syntax Error;
    "unreadable" unreadable Syntax Error;
    "bom-or-crlf" bom_or_crlf Syntax Warning fix yes;
    "not-nfc" not_nfc Syntax Warning fix yes;
    "bad-file-name" bad_file_name Layout Error;
    "symlink" symlink Layout Error;
    "name-in-path" name_in_path Layout Error;
    "wrong-folder" wrong_folder Layout Warning fix yes;
    "stray-file" stray_file Layout Warning;
    "missing-field" missing_field Schema Error;
    "unknown-field" unknown_field Schema Error;
    "wrong-type" wrong_type Schema Error fix yes;
    "unknown-value" unknown_value Schema Error fix yes;
    "bad-id-number" bad_id_number Schema Error;
    "bad-amount" bad_amount Schema Error;
    "control-character" control_character Schema Error;
    "bad-phone" bad_phone Schema Warning;
    "unknown-child" unknown_child Reference Error;
    "unknown-helper" unknown_helper Reference Error;
    "unknown-aid" unknown_aid Reference Error;
    "unknown-file" unknown_file Reference Error;
    "before-birth" before_birth Consistency Error;
    "after-leaving" after_leaving Consistency Error;
    "end-before-start" end_before_start Consistency Error;
    "duplicate-child" duplicate_child Consistency Error;
    "overlapping-pairing" overlapping_pairing Consistency Error;
    "overlapping-terms" overlapping_terms Consistency Error;
    "attendance-too-small" attendance_too_small Consistency Error;
    "fund-overdrawn" fund_overdrawn Consistency Error;
    "unreported-harm" unreported_harm Consistency Error;
    "future-date" future_date Consistency Warning;
    "unsorted-entries" unsorted_entries Consistency Warning fix yes;
    "id-number-mismatch" id_number_mismatch Consistency Warning;
    "lent-more-than-held" lent_more_than_held Consistency Warning;
    "id-number-in-clear" id_number_in_clear Privacy Warning;
    "no-consent" no_consent Privacy Warning;
    "helper-unchecked" helper_unchecked Privacy Warning;
    "guardianship-missing" guardianship_missing Care Warning;
    "unattended-child" unattended_child Care Warning;
    "file-incomplete" file_incomplete Care Warning;
    "caseload-exceeded" caseload_exceeded Care Warning;
    "recorded-late" recorded_late Care Warning;
    "reported-late" reported_late Care Warning;
    "duty-missed" duty_missed Care Warning;
    "follow-up-overdue" follow_up_overdue Care Warning;
}

//! `bad-duty`: a duty in the settings is invalid.

use crate::diagnostic::example::{Content::File, Example, SCHOOL, at, school};
use crate::diagnostic::{Finding, Group, Place, Rule, Scope, Severity};
use crate::model::duty::{BadDuty, ConditionFault, DutyFault, Expected};
use crate::model::{FieldPath, School};
use crate::rules::check::Check;
use crate::store::SCHOOL_FILE;
use crate::text::{Lang, Text};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "bad-duty",
    group: Group::Consistency,
    severity: Severity::Error,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "职责写错了，就永远做不完，或者没有人去做。",
        "A misspelt duty could never be fulfilled, or would never apply.",
    ),
    message: Text::new(
        "职责“{ $title }”：{ $problem }",
        "duty “{ $title }”: { $problem }",
    ),
    help: Some(Text::new("{ $remedy }", "{ $remedy }")),
    breaks: Example(&[(
        SCHOOL,
        File(school!(
            r#"
[[duty]]
id = "home-visit"
title = "每学期家访一次"
owed_to = "child"
count = 1
period = "term"
record = "visit"
match = { mode = "hom" }
"#
        )),
    )]),
    expected: at(SCHOOL, 21, 18),
    keeps: Example(&[(
        SCHOOL,
        File(school!(
            r#"
[[duty]]
id = "home-visit"
title = "每学期家访一次"
owed_to = "child"
count = 1
period = "term"
record = "visit"
match = { mode = "home" }
"#
        )),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::School(check)];

/// Returns the findings about the duties of a school.
pub fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, duty) in school.duty.iter().enumerate() {
        let path = FieldPath::key("duty").at(at);
        let finding = |field: FieldPath| {
            Finding::new(&RULE, SCHOOL_FILE, Place::Field(field)).with("title", &duty.title)
        };
        let first = school.duty.iter().position(|other| other.id == duty.id);
        if first.is_some_and(|first| first < at) {
            let problem = |lang| {
                let text = Text::new(
                    "编号与前面的职责相同：",
                    "the id is already used by an earlier duty: ",
                );
                format!("{}{}", text.get(lang), duty.id)
            };
            let remedy = |lang| {
                let text = Text::new(
                    "换一个编号，指标 duty.编号 才分得开",
                    "choose another id, so that the figure duty.ID is unique",
                );
                text.get(lang).to_owned()
            };
            let finding = finding(path.then("id"));
            findings.push(
                finding
                    .with_text("problem", problem)
                    .with_text("remedy", remedy),
            );
        }
        for bad in duty.rule().err().into_iter().flatten() {
            findings.push(
                finding(place(&path, &bad))
                    .with_text("problem", |lang| problem(&bad, lang))
                    .with_text("remedy", |lang| remedy(&bad, lang)),
            );
        }
    }
    findings
}

fn place(duty: &FieldPath, bad: &BadDuty) -> FieldPath {
    let mut path = duty.then(bad.field);
    if let DutyFault::Condition(fault) = &bad.fault {
        for key in &fault.keys {
            path = path.then(key);
        }
        if let Some(index) = fault.index {
            path = path.at(index);
        }
    }
    path
}

fn problem(bad: &BadDuty, lang: Lang) -> String {
    let text = match &bad.fault {
        DutyFault::Condition(fault) => return problem_of_condition(bad.field, fault, lang),
        DutyFault::NeverMet(kind) => {
            let kind = kind.label().get(lang);
            return match lang {
                Lang::Zh => format!("“{kind}”这类记录不写对象或没有日期，永远完不成"),
                Lang::En => {
                    format!(
                        "{kind} records have no date or cannot name whom the duty is owed to, so it could never be fulfilled"
                    )
                }
            };
        }
        DutyFault::Interval(found) => {
            return match lang {
                Lang::Zh => format!("every = \"{found}\" 不是天数"),
                Lang::En => format!("every = \"{found}\" is not a number of days"),
            };
        }
        DutyFault::WhoOfSchool => Text::new(
            "对全校的职责不能有 who",
            "a duty owed to the school cannot have who",
        ),
        DutyFault::RoleWithoutPairing => Text::new(
            "who 里的 role 只用于对结对（owed_to = \"pairing\"）的职责",
            "role in who is only for duties owed to pairings",
        ),
        DutyFault::NoSchedule => Text::new("没有写多久做一次", "how often it is due is missing"),
        DutyFault::TwoSchedules => Text::new(
            "every 与 count、period 不能同时写",
            "every cannot be combined with count and period",
        ),
        DutyFault::NoTimes => Text::new(
            "次数是 0，等于什么都不用做",
            "a count of 0 requires nothing",
        ),
        DutyFault::SinceAfterUntil => Text::new("开始日期在结束日期之后", "since is after until"),
    };
    text.get(lang).to_owned()
}

fn problem_of_condition(field: &str, fault: &ConditionFault, lang: Lang) -> String {
    let found = &fault.found;
    let name = fault.keys.join(".");
    match (&fault.expected, lang) {
        (Expected::Field { .. }, Lang::Zh) => format!("{field} 里的“{found}”不是字段"),
        (Expected::Field { .. }, Lang::En) => format!("“{found}” in {field} is not a field"),
        (Expected::FieldWithin { .. }, Lang::Zh) => {
            format!("{field} 里的 {found} 是一组字段，要写明是哪一个")
        }
        (Expected::FieldWithin { .. }, Lang::En) => {
            format!("{found} in {field} is a table; say which of its fields")
        }
        (_, Lang::Zh) => format!("{field} 里 {name} 的值“{found}”不对"),
        (_, Lang::En) => format!("{name} in {field} cannot be “{found}”"),
    }
}

fn remedy(bad: &BadDuty, lang: Lang) -> String {
    let text = match &bad.fault {
        DutyFault::Condition(fault) => return remedy_of_condition(fault, lang),
        DutyFault::Interval(_) => Text::new(
            "写 \"1d\" 到 \"366d\"，如 \"14d\" 是最多隔十四天",
            "write \"1d\" to \"366d\"; \"14d\" means at least every fourteen days",
        ),
        DutyFault::NoSchedule | DutyFault::TwoSchedules => Text::new(
            "写 count 和 period（如 2、\"month\"），或者只写 every（如 \"14d\"）",
            "write count and period, such as 2 and \"month\", or every alone, such as \"14d\"",
        ),
        DutyFault::NoTimes => Text::new("count 至少是 1", "count is at least 1"),
        DutyFault::SinceAfterUntil => Text::new(
            "把 since 和 until 对调，或者去掉一个",
            "swap since and until, or remove one",
        ),
        DutyFault::WhoOfSchool => Text::new(
            "去掉 who，或者把 owed_to 改成 child、pairing、class",
            "remove who, or set owed_to to child, pairing or class",
        ),
        DutyFault::RoleWithoutPairing => Text::new(
            "去掉 role，或者把 owed_to 改成 pairing",
            "remove role, or set owed_to to pairing",
        ),
        DutyFault::NeverMet(_) => Text::new(
            "换一类记录，或者改 owed_to",
            "use another kind of record, or change owed_to",
        ),
    };
    text.get(lang).to_owned()
}

fn remedy_of_condition(fault: &ConditionFault, lang: Lang) -> String {
    let (nearest, known) = match &fault.expected {
        Expected::Field { nearest, known } | Expected::Code { nearest, known } => (nearest, known),
        Expected::FieldWithin { known } => (&None, known),
        Expected::Number => {
            let text = Text::new(
                "写一个数，或者 \">= 2\" 这样的比较（>=、>、<=、<）",
                "write a number, or a comparison such as \">= 2\" (>=, >, <=, <)",
            );
            return text.get(lang).to_owned();
        }
        Expected::PlainNumber => {
            let text = Text::new(
                "写一个数，不加引号，如 14",
                "write a number without quotes, such as 14",
            );
            return text.get(lang).to_owned();
        }
        Expected::Boolean => {
            let text = Text::new("写 true 或 false", "write true or false");
            return text.get(lang).to_owned();
        }
        Expected::Example(example) => {
            return match lang {
                Lang::Zh => format!("这个字段写成 {example}"),
                Lang::En => format!("this field is written {example}"),
            };
        }
    };
    match (nearest, lang) {
        (Some(nearest), Lang::Zh) => format!("是不是 {nearest}？"),
        (Some(nearest), Lang::En) => format!("did you mean {nearest}?"),
        (None, Lang::Zh) => format!("可以写：{}", known.join("、")),
        (None, Lang::En) => format!("it may be: {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the places and problems of a duty with these lines, in English.
    fn found(lines: &str) -> Vec<String> {
        let text = format!(
            "format = 1\n[school]\nname = \"青石小学\"\nlevel = \"primary\"\n[[duty]]\nid = \"x\"\ntitle = \"t\"\n{lines}\n"
        );
        let school: School = toml::from_str(&text).unwrap();
        let line = |finding: &Finding| {
            let help = finding.help.as_ref().map(|help| help.text(Lang::En));
            let message = finding.message.text(Lang::En);
            let Place::Field(field) = &finding.place else {
                panic!("a field")
            };
            format!("{field}: {} → {}", message, help.unwrap_or_default())
        };
        check(&school).iter().map(line).collect()
    }

    const CHILD: &str = "owed_to = \"child\"\nrecord = \"visit\"\n";

    fn one(lines: &str) -> String {
        let found = found(&format!("{CHILD}{lines}"));
        assert_eq!(found.len(), 1, "{lines}: {found:?}");
        found[0].replace("duty “t”: ", "")
    }

    #[test]
    fn valid_duties_are_accepted() {
        for lines in [
            "every = \"7d\"\nwho = { risk = [\"high\", \"medium\"], under_age = 14, priority = true }",
            "every = \"366d\"\nwho = { grade = [1, \">= 5\"], boarding = false, hardship = \"poverty\" }",
            "count = 1\nperiod = \"lei-feng\"\nmatch = { minutes = \">= 20\", met = [\"child\", \"father\"] }",
            "count = 1\nperiod = \"month\"\nmatch = { team.people = \"> 2\", \"follow_up.to\" = \"医院\" }",
            "count = 2\nperiod = \"month\"\nsince = 2026-09-01\nuntil = 2026-09-01\nduring = \"always\"",
        ] {
            assert_eq!(
                found(&format!("{CHILD}{lines}")),
                Vec::<String>::new(),
                "{lines}"
            );
        }
    }

    #[test]
    fn each_fault_is_located_with_the_nearest_name() {
        for (lines, expected) in [
            (
                "every = \"7d\"\nmatch = { mod = \"home\" }",
                "duty[0].match.mod: “mod” in match is not a field → did you mean mode?",
            ),
            (
                "every = \"7d\"\nmatch = { mode = [\"home\", \"phne\"] }",
                "duty[0].match.mode[1]: mode in match cannot be “phne” → did you mean phone?",
            ),
            (
                "every = \"7d\"\nmatch = { minutes = \"=> 2\" }",
                "duty[0].match.minutes: minutes in match cannot be “=> 2” → write a number, or a comparison such as \">= 2\" (>=, >, <=, <)",
            ),
            (
                "every = \"7d\"\nmatch = { mode = \">= 2\" }",
                "duty[0].match.mode: mode in match cannot be “>= 2” → it may be: home, phone, video, talk, letter, parent-call, counselling, tutoring, accompany, feedback, observation, diary",
            ),
            (
                "every = \"7d\"\nmatch = { team.peple = 2 }",
                "duty[0].match.team.peple: “team.peple” in match is not a field → did you mean people?",
            ),
            (
                "every = \"7d\"\nwho = { risk = \"hihg\" }",
                "duty[0].who.risk: risk in who cannot be “hihg” → did you mean high?",
            ),
            (
                "every = \"7d\"\nwho = { under_age = \"14\" }",
                "duty[0].who.under_age: under_age in who cannot be “14” → write a number without quotes, such as 14",
            ),
            (
                "every = \"7d\"\nwho = { role = \"teacher\" }",
                "duty[0].who: role in who is only for duties owed to pairings → remove role, or set owed_to to pairing",
            ),
            (
                "count = 1",
                "duty[0].count: how often it is due is missing → write count and period, such as 2 and \"month\", or every alone, such as \"14d\"",
            ),
            (
                "every = \"7d\"\nperiod = \"month\"",
                "duty[0].every: every cannot be combined with count and period → write count and period, such as 2 and \"month\", or every alone, such as \"14d\"",
            ),
            (
                "every = \"367d\"",
                "duty[0].every: every = \"367d\" is not a number of days → write \"1d\" to \"366d\"; \"14d\" means at least every fourteen days",
            ),
            (
                "every = \"7d\"\nsince = 2026-09-02\nuntil = 2026-09-01",
                "duty[0].since: since is after until → swap since and until, or remove one",
            ),
        ] {
            assert_eq!(one(lines), expected, "{lines}");
        }
        assert_eq!(
            found("owed_to = \"school\"\nrecord = \"visit\"\nevery = \"7d\"\nwho = { risk = \"high\" }").len(),
            1
        );
        assert_eq!(
            found("owed_to = \"pairing\"\nrecord = \"loan\"\nevery = \"7d\"").len(),
            1
        );
        let twice = format!(
            "{CHILD}every = \"7d\"\n[[duty]]\nid = \"x\"\ntitle = \"u\"\n{CHILD}every = \"7d\"\n"
        );
        assert_eq!(
            found(&twice),
            [
                "duty[1].id: duty “u”: the id is already used by an earlier duty: x → choose another id, so that the figure duty.ID is unique"
            ]
        );
    }
}

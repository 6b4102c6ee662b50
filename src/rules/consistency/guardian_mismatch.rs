//! `guardian-mismatch`: the kind of guardianship contradicts the guardian's relation.

use crate::diagnostic::example::{CHILD, Content::File, Example, at, child};
use crate::diagnostic::{Group, Rule, Scope, Severity};
use crate::model::child::GuardianshipKind as Kind;
use crate::model::{Code, EntryRef, FieldPath, folded};
use crate::rules::check::{Case, Check};
use crate::text::Text;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "guardian-mismatch",
    group: Group::Consistency,
    severity: Severity::Warning,
    scope: Scope::File,
    fixable: false,
    reason: Text::new(
        "监护类型决定怎样统计；监护人是母亲，就不是祖辈监护，两处必有一处写错了。",
        "The kind of guardianship decides how a child is counted: if the mother is the guardian, it cannot be that of grandparents.",
    ),
    message: Text::new(
        "监护人是“{ $relation }”，监护类型却是{ $kind }",
        "the guardian is “{ $relation }”, but the kind of guardianship is { $kind }",
    ),
    help: None,
    breaks: Example(&[(
        CHILD,
        File(child!(; r#"
[[guardianship]]
since = 2025-10-01
away = "father"
kind = "grandparents"
guardian = { name = "李秀英", relation = "母亲", phone = "13900000001" }
"#)),
    )]),
    expected: at(CHILD, 28, 39),
    keeps: Example(&[(
        CHILD,
        File(child!(; r#"
[[guardianship]]
since = 2025-10-01
away = "father"
kind = "one-parent"
guardian = { name = "李秀英", relation = "母亲", phone = "13900000001" }
"#)),
    )]),
};

pub(in crate::rules) const CHECKS: &[Check] = &[Check::Record(check)];

/// The relation of a guardian, in the classes that the rule distinguishes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Parent,
    Grandparent,
    Kin,
}

const PARENTS: &[&str] = &[
    "父",
    "母",
    "爸",
    "妈",
    "父亲",
    "母亲",
    "爸爸",
    "妈妈",
    "父母",
    "继父",
    "继母",
    "养父",
    "养母",
    "father",
    "mother",
    "parent",
    "parents",
    "stepfather",
    "stepmother",
];

const GRANDPARENTS: &[&str] = &[
    "爷",
    "奶",
    "爷爷",
    "奶奶",
    "祖父",
    "祖母",
    "祖父母",
    "外公",
    "外婆",
    "外祖父",
    "外祖母",
    "外祖父母",
    "姥爷",
    "姥姥",
    "爷爷奶奶",
    "外公外婆",
    "姥姥姥爷",
    "曾祖父",
    "曾祖母",
    "太爷爷",
    "太奶奶",
    "grandfather",
    "grandmother",
    "grandparent",
    "grandparents",
];

const KIN: &[&str] = &[
    "叔",
    "伯",
    "姑",
    "姨",
    "舅",
    "叔叔",
    "伯伯",
    "伯父",
    "伯母",
    "大伯",
    "婶婶",
    "婶",
    "姑姑",
    "姑妈",
    "姑父",
    "姨妈",
    "姨父",
    "姨",
    "舅舅",
    "舅妈",
    "哥哥",
    "姐姐",
    "哥",
    "姐",
    "堂哥",
    "堂姐",
    "表哥",
    "表姐",
    "亲戚",
    "邻居",
    "朋友",
    "uncle",
    "aunt",
    "brother",
    "sister",
    "neighbour",
    "friend",
];

/// Returns the relation that a word means; none if it is ambiguous.
fn relation(words: &str) -> Option<Relation> {
    let of_word = |word: &str| {
        let word = folded(word).to_lowercase();
        let lists = [
            (PARENTS, Relation::Parent),
            (GRANDPARENTS, Relation::Grandparent),
            (KIN, Relation::Kin),
        ];
        let list = lists.iter().find(|(words, _)| words.contains(&&*word));
        list.map(|(_, relation)| *relation)
    };
    let mut words = words
        .split(['、', '，', ',', '/', '和'])
        .filter(|word| !word.trim().is_empty())
        .map(of_word);
    let first = words.next()??;
    words
        .all(|relation| relation == Some(first))
        .then_some(first)
}

/// Whether a guardian with a relation can have a kind of guardianship.
fn agrees(kind: Kind, relation: Relation) -> bool {
    match kind {
        Kind::Grandparents => relation == Relation::Grandparent,
        Kind::OneParent | Kind::SingleParent => relation == Relation::Parent,
        Kind::KinOrFriends => relation == Relation::Kin,
        Kind::Orphan | Kind::Institution => relation != Relation::Parent,
        Kind::Unattended => true,
    }
}

fn check(case: &mut Case<'_>) {
    let EntryRef::Child(child) = case.record else {
        return;
    };
    for (at, care) in child.guardianship.iter().enumerate() {
        let guardian = care.guardian.as_ref();
        let Some(words) = guardian.and_then(|guardian| guardian.relation.as_deref()) else {
            continue;
        };
        if relation(words).is_none_or(|relation| agrees(care.kind, relation)) {
            continue;
        }
        let (entry, kind) = (FieldPath::key("guardianship").at(at), care.kind);
        let finding = case.at(&RULE, entry.then("guardian").then("relation"));
        case.push(
            finding
                .with("relation", words)
                .with_text("kind", |lang| kind.label().get(lang).to_owned())
                .contradicts((case.path)(), entry.then("kind")),
        );
    }
}

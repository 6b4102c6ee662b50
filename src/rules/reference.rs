//! Whether those whom a record names exist, and on its day.

use chrono::NaiveDate;

use crate::diagnostic::{Finding, Message, Place};
use crate::model::child::Child;
use crate::model::{Entry, FieldPath, Id, Kind, Record};
use crate::store::check;

/// Tells who and what there is: of a whole directory that was read, or by looking at single files.
pub(super) trait Lookup {
    /// What is known of a record.
    fn look(&self, id: Id) -> Looked;

    /// The path of a record that there is.
    fn path(&self, id: Id) -> String;

    /// A record whose id differs in one letter, where that can be told.
    fn nearest(&self, id: Id) -> Option<Id>;
}

/// What is known of a record that another one names.
#[derive(Clone, Debug)]
pub(super) enum Looked {
    /// There is none.
    Unknown,
    /// There is one; nothing depends on when.
    There,
    /// It is a child's.
    Child(Lifetime),
}

/// When a child can be spoken of.
#[derive(Clone, Debug)]
pub(super) struct Lifetime {
    birth: NaiveDate,
    absences: Box<[Absence]>,
}

/// A time after a child left the school.
#[derive(Clone, Copy, Debug)]
struct Absence {
    left: NaiveDate,
    /// The day on which it came back, if it did.
    back: Option<NaiveDate>,
    /// The place among `enrolment` of the entry that says so; none where `left` does.
    entry: Option<usize>,
}

impl Lifetime {
    pub(super) fn of(child: &Child) -> Lifetime {
        let of_entries = child.enrolment.iter().enumerate();
        let of_entries = of_entries.filter_map(|(at, entry)| Some((entry.left?.0, Some(at))));
        let of_child = child.left.as_ref().map(|left| (left.date.0, None));
        let since = |left| {
            let since = child.enrolment.iter().map(|entry| entry.since.0);
            since.filter(|since| *since > left).min()
        };
        let absences = of_entries.chain(of_child).map(|(left, entry)| Absence {
            left,
            back: since(left),
            entry,
        });
        Lifetime {
            birth: child.birth_date.0,
            absences: absences.collect(),
        }
    }
}

/// Checks what a record names; the path is that of its file.
pub(super) fn references<K: Record>(
    known: &impl Lookup,
    entry: &Entry<K>,
    path: &dyn Fn() -> String,
    findings: &mut Vec<Finding>,
) {
    let day = K::INFO.day_field.and_then(|_| entry.record.day());
    entry.record.references(&mut |steps, target| {
        let place = || Place::Field(FieldPath::from(steps));
        match (known.look(target), day) {
            (Looked::Unknown, _) => {
                let mut finding = unknown(&path(), place(), target);
                finding.help = known.nearest(target).map(|nearest| {
                    Message::new("rule-unknown-value-nearest").with("nearest", nearest)
                });
                findings.push(finding);
            }
            (Looked::Child(lifetime), Some(day)) => {
                if let Some(untimely) = untimely(target, &lifetime, K::KIND, day) {
                    findings.push(untimely.finding(&path(), place(), known.path(target)));
                }
            }
            _ => {}
        }
    });
}

/// The finding about a reference to a record that does not exist.
fn unknown(path: &str, place: Place, target: Id) -> Finding {
    let id = match target.kind() {
        Kind::Child => "rule-unknown-child",
        Kind::Helper => "rule-unknown-helper",
        _ => "rule-unknown-aid",
    };
    let message = Message::new(id).with("id", target);
    Finding::new(
        check::unknown_reference(target.kind()),
        path,
        place,
        message,
    )
}

/// Why a record cannot be about a child on its day.
struct Untimely {
    rule: &'static str,
    message: Message,
    /// The field of the child's file that says so.
    field: FieldPath,
}

impl Untimely {
    /// The finding about the place that names the child, whose file is the other path.
    fn finding(self, path: &str, place: Place, of_child: String) -> Finding {
        let related = Message::new("rule-related");
        Finding::new(self.rule, path, place, self.message).related(
            of_child,
            Place::Field(self.field),
            related,
        )
    }
}

/// Whether a record of a kind is on a day before the child was born, or after it left. The day on which it leaves is
/// still one for a visit.
fn untimely(child: Id, lifetime: &Lifetime, kind: Kind, day: NaiveDate) -> Option<Untimely> {
    let Lifetime { birth, absences } = lifetime;
    if day < *birth {
        let message = Message::new("rule-before-birth")
            .with("day", day)
            .with("birth", *birth);
        return Some(Untimely {
            rule: "before-birth",
            message,
            field: FieldPath::key("birth_date"),
        });
    }
    let mut absences = absences.iter().filter(|_| kind != Kind::Document);
    let Absence { left, entry, .. } = absences
        .find(|absence| absence.left < day && absence.back.is_none_or(|back| day < back))?;
    let message = Message::new("rule-after-leaving")
        .with("day", day)
        .with("left", *left)
        .with("child", child);
    Some(Untimely {
        rule: "after-leaving",
        message,
        field: match entry {
            Some(at) => FieldPath::key("enrolment").at(*at).then("left"),
            None => FieldPath::key("left").then("date"),
        },
    })
}

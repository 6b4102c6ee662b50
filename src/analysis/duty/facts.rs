//! What was done: the records that meet duties, gathered one by one and kept small.
//!
//! A check of a million visits reads them in a stream and keeps none; what is kept of a record is 24 bytes for each
//! child and helper that it names, and nothing when it meets no duty.

use chrono::NaiveDate;

use crate::analysis::People;
use crate::model::school::{Duty, OwedTo};
use crate::model::{Class, HasTable, Id, Kind, KindSet, Record, Records, Table, with_kind};

/// Duties whose deeds are kept together: one bit each.
const BLOCK: usize = u32::BITS as usize;

/// Stands for the helper of a record that names none; no id has this random part.
const NOBODY: u32 = u32::MAX;

/// That a record names a child and a helper; sorts by child and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Deed {
    child: u32,
    day: NaiveDate,
    record: Id,
    helper: u32,
    /// The duties of the block that the record meets.
    duties: u32,
}

/// That a record names a class, or that there is one; sorts by day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Note {
    day: NaiveDate,
    record: Id,
    class: Option<Class>,
    duties: u32,
}

/// What is kept for up to 32 duties.
#[derive(Clone, Debug, Default)]
struct Block {
    deeds: Vec<Deed>,
    notes: Vec<Note>,
    /// Where the deeds of each child begin, once they are in order.
    firsts: Vec<(u32, usize)>,
    /// Whom the last record names.
    people: People,
}

/// The records that meet some duties.
#[derive(Clone, Debug)]
pub struct DutyFacts<'a> {
    duties: &'a [Duty],
    blocks: Vec<Block>,
}

impl<'a> DutyFacts<'a> {
    /// No records yet.
    pub fn new(duties: &'a [Duty]) -> DutyFacts<'a> {
        DutyFacts {
            duties,
            blocks: vec![Block::default(); duties.len().div_ceil(BLOCK)],
        }
    }

    /// What the records of a school say.
    pub fn of(duties: &'a [Duty], records: &Records) -> DutyFacts<'a> {
        let mut facts = DutyFacts::new(duties);
        let kinds = facts.kinds();
        for kind in Kind::ALL.iter().filter(|kind| kinds.contains(**kind)) {
            with_kind!(*kind, K => facts.add_all::<K>(records));
        }
        facts
    }

    fn add_all<K: Record>(&mut self, records: &Records)
    where
        Records: HasTable<K>,
    {
        let table: &Table<K> = records.table();
        for entry in table {
            self.add(entry.id, &entry.record);
        }
    }

    /// The duties.
    pub fn duties(&self) -> &'a [Duty] {
        self.duties
    }

    /// The kinds of record that may meet a duty: no others need be added.
    pub fn kinds(&self) -> KindSet {
        self.duties.iter().fold(KindSet::default(), |kinds, duty| {
            kinds.with(KindSet::of(&[duty.record.0]))
        })
    }

    /// Adds a record. One that meets no duty, or has no day, leaves nothing behind.
    pub fn add<K: Record>(&mut self, id: Id, record: &K) {
        let Some(day) = record.day() else { return };
        for (block, duties) in self.blocks.iter_mut().zip(self.duties.chunks(BLOCK)) {
            let mut met = Met::default();
            for (bit, duty) in duties.iter().enumerate() {
                if duty.record.0 == K::KIND && duty.r#match.holds(record) {
                    *met.of(duty.owed_to) |= 1 << bit;
                }
            }
            block.add(id, day, record, &met);
        }
    }

    /// Adds what another reader gathered for the same duties.
    pub fn append(&mut self, other: DutyFacts<'a>) {
        for (block, more) in self.blocks.iter_mut().zip(other.blocks) {
            block.deeds.extend(more.deeds);
            block.notes.extend(more.notes);
        }
    }

    /// Puts the records in order, so that they can be looked up.
    pub(super) fn settle(mut self) -> Settled<'a> {
        self.blocks.iter_mut().for_each(Block::settle);
        Settled(self)
    }
}

/// The duties of a block that a record meets, by whom they are owed to.
#[derive(Default)]
struct Met {
    child: u32,
    pairing: u32,
    class: u32,
    school: u32,
}

impl Met {
    fn of(&mut self, owed_to: OwedTo) -> &mut u32 {
        match owed_to {
            OwedTo::Child => &mut self.child,
            OwedTo::Pairing => &mut self.pairing,
            OwedTo::Class => &mut self.class,
            OwedTo::School => &mut self.school,
        }
    }
}

impl Block {
    fn add<K: Record>(&mut self, record: Id, day: NaiveDate, content: &K, met: &Met) {
        let note = |class, duties| Note {
            day,
            record,
            class,
            duties,
        };
        if met.school != 0 {
            self.notes.push(note(None, met.school));
        }
        if met.class != 0 {
            let named = content.classes().iter();
            self.notes
                .extend(named.map(|class| note(Some(*class), met.class)));
        }
        let duties = met.child | met.pairing | met.class;
        if duties == 0 {
            return;
        }
        self.people.become_those_of(content);
        let People { children, helpers } = &self.people;
        for child in children {
            let deed = |helper| Deed {
                child: child.tail_bits(),
                day,
                record,
                helper,
                duties,
            };
            match met.pairing == 0 || helpers.is_empty() {
                true => self.deeds.push(deed(NOBODY)),
                false => self
                    .deeds
                    .extend(helpers.iter().map(|helper| deed(helper.tail_bits()))),
            }
        }
    }

    fn settle(&mut self) {
        self.deeds.sort_unstable();
        self.notes.sort_unstable();
        for (at, deed) in self.deeds.iter().enumerate() {
            if self
                .firsts
                .last()
                .is_none_or(|(child, _)| *child != deed.child)
            {
                self.firsts.push((deed.child, at));
            }
        }
    }

    fn of_child(&self, child: u32) -> &[Deed] {
        match self.firsts.binary_search_by_key(&child, |first| first.0) {
            Ok(at) => {
                let end = self.firsts.get(at + 1).map(|(_, first)| *first);
                &self.deeds[self.firsts[at].1..end.unwrap_or(self.deeds.len())]
            }
            Err(_) => &[],
        }
    }
}

/// Records in order.
#[derive(Debug)]
pub(super) struct Settled<'a>(DutyFacts<'a>);

impl<'a> Settled<'a> {
    pub(super) fn duties(&self) -> &'a [Duty] {
        self.0.duties
    }

    /// The records that meet a duty and name a child, and a helper if one is asked for.
    pub(super) fn of_child(&self, duty: usize, child: Id, helper: Option<Id>) -> Done<'_> {
        let (block, bit) = self.block(duty);
        Done::Child {
            deeds: block.of_child(child.tail_bits()),
            bit,
            helper: helper.map(Id::tail_bits),
        }
    }

    /// The records that meet a duty owed to the school.
    pub(super) fn of_school(&self, duty: usize) -> Done<'_> {
        let (block, bit) = self.block(duty);
        Done::School {
            notes: &block.notes,
            bit,
        }
    }

    /// The records that meet a duty owed to each class, by class and day: those that name the class, and those
    /// that name a child of it. `class_of` says in which class a child, by the number of its id, is on a day.
    pub(super) fn by_class(
        &self,
        duty: usize,
        class_of: impl Fn(u32, NaiveDate) -> Option<Class>,
    ) -> Vec<(Class, NaiveDate, Id)> {
        let (block, bit) = self.block(duty);
        let named = block
            .notes
            .iter()
            .filter(|note| note.duties & bit != 0)
            .filter_map(|note| Some((note.class?, note.day, note.record)));
        let of_children = block
            .deeds
            .iter()
            .filter(|deed| deed.duties & bit != 0)
            .filter_map(|deed| Some((class_of(deed.child, deed.day)?, deed.day, deed.record)));
        let mut all: Vec<_> = named.chain(of_children).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn block(&self, duty: usize) -> (&Block, u32) {
        (&self.0.blocks[duty / BLOCK], 1 << (duty % BLOCK))
    }
}

/// The records that meet a duty owed to one subject, by day.
pub(super) enum Done<'s> {
    /// Those that name a child, and a helper if one is asked for.
    Child {
        deeds: &'s [Deed],
        bit: u32,
        helper: Option<u32>,
    },
    /// Those of the school.
    School { notes: &'s [Note], bit: u32 },
    /// Those of a class, with their days.
    Class(&'s [(Class, NaiveDate, Id)]),
}

impl Done<'_> {
    /// Puts those between two days, both included, into a list, each once.
    pub(super) fn between(&self, from: NaiveDate, until: NaiveDate, found: &mut Vec<Id>) {
        found.clear();
        match *self {
            Done::Child { deeds, bit, helper } => {
                let start = deeds.partition_point(|deed| deed.day < from);
                let within = deeds[start..].iter().take_while(|deed| deed.day <= until);
                found.extend(
                    within
                        .filter(|deed| deed.duties & bit != 0)
                        .filter(|deed| helper.is_none_or(|helper| deed.helper == helper))
                        .map(|deed| deed.record),
                );
            }
            Done::School { notes, bit } => {
                let start = notes.partition_point(|note| note.day < from);
                let within = notes[start..].iter().take_while(|note| note.day <= until);
                let of_school =
                    within.filter(|note| note.class.is_none() && note.duties & bit != 0);
                found.extend(of_school.map(|note| note.record));
            }
            Done::Class(records) => {
                let start = records.partition_point(|record| record.1 < from);
                let within = records[start..]
                    .iter()
                    .take_while(|record| record.1 <= until);
                found.extend(within.map(|record| record.2));
            }
        }
        found.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deed_takes_24_bytes() {
        assert_eq!((size_of::<Deed>(), size_of::<Note>()), (24, 24));
    }
}

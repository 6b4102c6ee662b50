//! The merge of tables, lists and values.

use toml_edit::{
    Array, ArrayOfTables, DocumentMut, InlineTable, Item, Key, Table, TableLike, Value,
};

use super::entries::{EntryKey, ListEntry, identity, matched};
use super::meaning::{Open, meaning, meaning_of, meaning_of_value};
use super::order::NewKeys;
use super::three::{Conflict, Three, numbered, pick};
use super::{order, trivia};
use crate::model::FieldPath;
use crate::model::prose::is_sealed;
use crate::model::shape::{Field, FieldType, Role, Shape};

/// A side of the merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Ours,
    Theirs,
}

/// The fields of a merged table, in order.
type Fields = Vec<(Key, Item)>;

/// The merge of one document.
pub(super) struct Merger<'a> {
    open: Open<'a>,
    /// The side whose value is used in a conflict.
    prefer: Side,
    conflicts: Vec<Conflict>,
}

impl<'a> Merger<'a> {
    pub(super) fn new(open: Open<'a>, prefer: Side) -> Merger<'a> {
        Merger {
            open,
            prefer,
            conflicts: Vec::new(),
        }
    }

    pub(super) fn document(
        mut self,
        shape: &Shape,
        documents: &Three<DocumentMut>,
    ) -> (DocumentMut, Vec<Conflict>) {
        let roots = documents.as_ref().map(DocumentMut::as_table);
        let tables = roots.map(|table| Some(table as &dyn TableLike));
        let fields = self.fields(Some(shape), &FieldPath::default(), &tables);
        let mut document = DocumentMut::new();
        let root = document.as_table_mut();
        for (key, item) in fields {
            root.insert_formatted(&key, item);
        }
        *root.decor_mut() = trivia::decor(&roots.map(|table| Some(table.decor())));
        set_positions(root, &mut 0);
        let trailing = documents
            .as_ref()
            .map(|document| document.trailing().as_str().unwrap_or_default());
        document.set_trailing(trivia::before(&trailing));
        (document, self.conflicts)
    }

    fn fields(
        &mut self,
        shape: Option<&Shape>,
        path: &FieldPath,
        sides: &Three<Option<&dyn TableLike>>,
    ) -> Fields {
        let names = sides.map(|side| {
            let names = side.into_iter().flat_map(TableLike::iter);
            names.map(|(name, _)| name.to_owned()).collect()
        });
        let place = |name: &String| {
            let of_shape = shape.and_then(|shape| {
                let mut fields = shape.fields.iter();
                fields.position(|field| field.name == *name)
            });
            // The keys of a table of numbers by grade are grades.
            let grade = name.parse::<u32>().unwrap_or(u32::MAX);
            (of_shape.unwrap_or(usize::MAX), grade, name.clone())
        };
        // A list or table that one side removed is kept if the other side changed it.
        let comes_back = |name: &String| {
            let item = sides.base.and_then(|base| base.get(name));
            let field = shape.and_then(|shape| shape.field(name));
            item.is_some_and(|item| item.is_table_like() || !item.is_value() || item.is_array())
                || field.is_some_and(|field| field.role == Role::Closing)
        };
        let mut fields = Vec::new();
        for name in order::merged(&names, NewKeys::ByRank, place, comes_back) {
            let found = sides.map(|side| side.and_then(|side| side.get_key_value(&name)));
            let items = found.map(|found| found.map(|(_, item)| item));
            let field = shape.and_then(|shape| shape.field(&name));
            let Some(item) = self.item(field, &path.then(&name), &items) else {
                continue;
            };
            let keys = found.map(|found| found.map(|(key, _)| key));
            let Some(mut key) = merged_key(&keys) else {
                continue;
            };
            if !item.is_value() {
                trivia::without_blanks(key.leaf_decor_mut());
            }
            fields.push((key, item));
        }
        fields
    }

    /// Merges a field of a table; none if the result has no such field.
    fn item(
        &mut self,
        field: Option<&Field>,
        path: &FieldPath,
        items: &Three<Option<&Item>>,
    ) -> Option<Item> {
        let texts = items.map(|item| item.map(text_of));
        if texts.ours == texts.theirs || texts.theirs == texts.base {
            return items.ours.cloned();
        }
        if texts.ours == texts.base {
            return items.theirs.cloned();
        }
        if let Some(lists) = entries_of(items) {
            return self.entries(field, path, items, &lists);
        }
        if let Some(lists) = lists_of(items) {
            // A comment belongs to the entry before it and stays with it.
            let owned = lists.map(|list| list.map(trivia::with_own_comments));
            // The comment after the opening bracket belongs to the list, not to its first entry.
            let heads = owned.as_ref().map(|list| list.as_ref().map(trivia::head));
            let heads = heads.map(Option::unwrap_or_default);
            let owned = owned.map(|list| list.map(trivia::without_head));
            let mut item = self.list(&owned.as_ref().map(Option::as_ref))?;
            if let Some(array) = item.as_array_mut() {
                let head = trivia::behind(&heads.as_ref().map(String::as_str));
                trivia::put_head(array, &head);
            }
            return Some(item);
        }
        let all = [items.base, items.ours, items.theirs];
        if all.iter().flatten().all(|item| item.is_table_like()) {
            // Removing a table counts as removing all its fields.
            let is_taken_away = items.ours.is_none() || items.theirs.is_none();
            let table = self.table(field, path, items);
            let is_empty = table.as_table_like().is_none_or(TableLike::is_empty);
            return (!is_taken_away || !is_empty).then_some(table);
        }
        self.value(field, path, items)
    }

    fn table(
        &mut self,
        field: Option<&Field>,
        path: &FieldPath,
        items: &Three<Option<&Item>>,
    ) -> Item {
        let shape = field.and_then(|field| field.holds.inner());
        let tables = items.map(|item| item.and_then(Item::as_table_like));
        let fields = self.fields(shape, path, &tables);
        let sides = [items.ours, items.theirs].into_iter().flatten();
        let all_dotted = sides
            .clone()
            .filter_map(Item::as_table_like)
            .all(TableLike::is_dotted);
        if sides.clone().all(Item::is_inline_table) {
            let decors = items.map(|item| item.and_then(Item::as_value).map(Value::decor));
            let mut table = inline(fields);
            *table.decor_mut() = trivia::decor(&decors);
            table.set_dotted(all_dotted);
            return Item::Value(table.into());
        }
        let tables = items.map(|item| item.and_then(Item::as_table));
        let mut table = Table::new();
        let is_mixed = [items.ours, items.theirs]
            .iter()
            .any(|item| item.is_some_and(Item::is_inline_table));
        fill(&mut table, fields, is_mixed);
        *table.decor_mut() = trivia::decor(&tables.map(|table| table.map(Table::decor)));
        let present = [tables.ours, tables.theirs];
        table.set_implicit(present.iter().flatten().all(|table| table.is_implicit()));
        table.set_dotted(all_dotted);
        Item::Table(table)
    }

    fn entries(
        &mut self,
        field: Option<&Field>,
        path: &FieldPath,
        items: &Three<Option<&Item>>,
        lists: &Three<Vec<ListEntry<'_>>>,
    ) -> Option<Item> {
        let shape = field.and_then(|field| field.holds.inner());
        let identities: Vec<Vec<String>> = lists
            .base
            .iter()
            .map(|entry| identity(shape, entry.table(), self.open))
            .collect();
        let keys = Three {
            base: (0..lists.base.len()).map(EntryKey::Base).collect(),
            ours: matched(shape, &lists.base, &lists.ours, self.open),
            theirs: matched(shape, &lists.base, &lists.theirs, self.open),
        };
        let rank = |key: &EntryKey| match key {
            EntryKey::Base(at) => (identities[*at].clone(), 0),
            EntryKey::New(identity, count) => (identity.clone(), *count),
        };
        let is_inline =
            |list: &[ListEntry<'_>]| list.iter().all(|e| matches!(e, ListEntry::Inline(_)));
        let all_inline = is_inline(&lists.ours) && is_inline(&lists.theirs);
        let (mut tables, mut array) = (ArrayOfTables::new(), Array::new());
        // Lists of dated entries are sorted by date, others keep the order of insertion.
        let place = match shape.and_then(|shape| shape.field("since")) {
            Some(_) => NewKeys::ByRank,
            None => NewKeys::AtEnd,
        };
        // A closed entry is kept if the other side removed it.
        let comes_back = shape.is_some_and(|shape| {
            let mut fields = shape.fields.iter();
            fields.any(|field| field.role == Role::Closing)
        });
        for key in order::merged(&keys, place, rank, |_| comes_back) {
            let at = |keys: &Vec<EntryKey>| keys.iter().position(|known| *known == key);
            let at = keys.as_ref().map(at);
            let found = Three {
                base: at.base.map(|at| lists.base[at]),
                ours: at.ours.map(|at| lists.ours[at]),
                theirs: at.theirs.map(|at| lists.theirs[at]),
            };
            let path = path.at(at.ours.or(at.theirs).or(at.base).unwrap_or_default());
            let Some(fields) = self.entry(shape, &path, &found) else {
                continue;
            };
            let decor = trivia::decor(&found.map(|entry| entry.map(ListEntry::decor)));
            if all_inline {
                let mut table = inline(fields);
                *table.decor_mut() = decor;
                array.push_formatted(table.into());
            } else {
                let mut table = Table::new();
                let present = [found.ours, found.theirs, found.base];
                let of_table = |entry: &ListEntry<'_>| matches!(entry, ListEntry::Table(_));
                let is_mixed = !present.iter().flatten().all(of_table);
                fill(&mut table, fields, is_mixed);
                if !is_mixed {
                    *table.decor_mut() = decor;
                }
                tables.push(table);
            }
        }
        if !all_inline {
            return (!tables.is_empty()).then_some(Item::ArrayOfTables(tables));
        }
        let arrays = items.map(|item| item.and_then(Item::as_array));
        finished(array, &arrays)
    }

    fn entry(
        &mut self,
        shape: Option<&Shape>,
        path: &FieldPath,
        found: &Three<Option<ListEntry<'_>>>,
    ) -> Option<Fields> {
        let tables = found.map(|entry| entry.map(ListEntry::table));
        let (side, kept) = match (tables.ours, tables.theirs) {
            (None, None) => return None,
            (Some(_), Some(_)) => return Some(self.fields(shape, path, &tables)),
            (Some(kept), None) => (Side::Ours, kept),
            (None, Some(kept)) => (Side::Theirs, kept),
        };
        if let Some(base) = tables.base {
            let is_unchanged = meaning_of(kept, self.open) == meaning_of(base, self.open);
            if is_unchanged {
                return None;
            }
            // Closing an entry wins over removing it.
            let closes = shape.is_some_and(|shape| {
                let closing = shape.fields.iter().filter(|f| f.role == Role::Closing);
                let mut names = closing.map(|field| field.name.as_str());
                names.any(|name| kept.contains_key(name) && !base.contains_key(name))
            });
            if !closes {
                let text = shown(kept);
                let (ours, theirs) = match side {
                    Side::Ours => (Some(text), None),
                    Side::Theirs => (None, Some(text)),
                };
                self.conflicts.push(Conflict {
                    path: path.clone(),
                    ours,
                    theirs,
                    is_confidential: false,
                    is_unopened: false,
                });
                if side != self.prefer {
                    return None;
                }
            }
        }
        let fields = kept.iter().filter_map(|(name, item)| {
            let key = kept.key(name)?;
            Some((key.clone(), item.clone()))
        });
        Some(fields.collect())
    }

    /// Merges a list of values: keeps those that both sides have or that one side added.
    fn list(&self, lists: &Three<Option<&Array>>) -> Option<Item> {
        let keys = lists.map(|list| {
            let values = list.into_iter().flat_map(Array::iter);
            numbered(values.map(|value| meaning_of_value(value, self.open)))
        });
        let value = |list: Option<&'_ Array>, keys: &[(String, usize)], key: &(String, usize)| {
            let at = keys.iter().position(|known| known == key)?;
            list?.get(at).cloned()
        };
        let mut merged = Array::new();
        for key in order::merged(&keys, NewKeys::AtEnd, Clone::clone, |_| false) {
            let found = Three {
                base: value(lists.base, &keys.base, &key),
                ours: value(lists.ours, &keys.ours, &key),
                theirs: value(lists.theirs, &keys.theirs, &key),
            };
            let is_kept = match (&found.base, &found.ours, &found.theirs) {
                (_, Some(_), Some(_)) => true,
                (base, ours, theirs) => base.is_none() && (ours.is_some() || theirs.is_some()),
            };
            let values = found.as_ref().map(Option::as_ref);
            if is_kept && let Some(value) = spelled(&values) {
                merged.push_formatted(trivia::with_decor(value, &values));
            }
        }
        finished(merged, lists)
    }

    /// Merges a scalar, or another item as a whole.
    fn value(
        &mut self,
        field: Option<&Field>,
        path: &FieldPath,
        items: &Three<Option<&Item>>,
    ) -> Option<Item> {
        let meanings = items.map(|item| item.map(|item| meaning(item, self.open)));
        let values = items.map(|item| item.and_then(Item::as_value));
        let is_closing = field.is_some_and(|field| field.role == Role::Closing);
        let chosen = if meanings.ours == meanings.theirs {
            match spelled(&values) {
                Some(value) => Some(Item::Value(value)),
                None => items.ours.cloned(),
            }
        } else if meanings.ours == meanings.base {
            items.theirs.cloned()
        } else if meanings.theirs == meanings.base {
            items.ours.cloned()
        } else if is_closing && (items.ours.is_none() || items.theirs.is_none()) {
            items.ours.or(items.theirs).cloned()
        } else {
            let is_unopened = |item: Option<&Item>| {
                let text = item.and_then(Item::as_str);
                text.is_some_and(|text| is_sealed(text) && (self.open)(text).is_none())
            };
            self.conflicts.push(Conflict {
                path: path.clone(),
                is_unopened: is_unopened(items.ours) || is_unopened(items.theirs),
                ours: items.ours.map(bare),
                theirs: items.theirs.map(bare),
                is_confidential: field
                    .is_some_and(|field| matches!(field.holds, FieldType::Confidential)),
            });
            let preferred = match self.prefer {
                Side::Ours => items.ours,
                Side::Theirs => items.theirs,
            };
            preferred.cloned()
        };
        match chosen? {
            Item::Value(value) => Some(Item::Value(trivia::with_decor(value, &values))),
            other => Some(other),
        }
    }
}

/// Returns one of two notations of the same value; an encrypted value wins over one in clear.
fn spelled(values: &Three<Option<&Value>>) -> Option<Value> {
    let (Some(ours), Some(theirs)) = (values.ours, values.theirs) else {
        return values.ours.or(values.theirs).cloned();
    };
    let sealed = |value: &Value| value.as_str().is_some_and(is_sealed);
    if sealed(ours) != sealed(theirs) {
        return Some(if sealed(ours) { ours } else { theirs }.clone());
    }
    let base = values.base.map(bare_value).unwrap_or_default();
    let texts = Three {
        base,
        ours: bare_value(ours),
        theirs: bare_value(theirs),
    };
    let chosen = trivia::spelling(&texts.as_ref().map(String::as_str));
    Some(if chosen == texts.ours { ours } else { theirs }.clone())
}

fn merged_key(keys: &Three<Option<&Key>>) -> Option<Key> {
    let any = keys.ours.or(keys.theirs).or(keys.base)?;
    let texts = keys.map(|key| key.unwrap_or(any).display_repr().into_owned());
    let chosen = trivia::spelling(&texts.as_ref().map(String::as_str));
    let mut candidates = [keys.ours, keys.theirs].into_iter().flatten();
    let mut key = candidates
        .find(|key| key.display_repr() == chosen)
        .unwrap_or(any)
        .clone();
    *key.leaf_decor_mut() = trivia::decor(&keys.map(|key| key.map(Key::leaf_decor)));
    Some(key)
}

/// Returns the lists of tables in a field; none if a version contains something else.
fn entries_of<'a>(items: &Three<Option<&'a Item>>) -> Option<Three<Vec<ListEntry<'a>>>> {
    let lists = items.try_map(|item| match item {
        None => Some(Vec::new()),
        Some(Item::ArrayOfTables(tables)) => Some(tables.iter().map(ListEntry::Table).collect()),
        Some(Item::Value(Value::Array(array))) => array
            .iter()
            .map(|value| value.as_inline_table().map(ListEntry::Inline))
            .collect(),
        Some(_) => None,
    })?;
    let is_any = [&lists.base, &lists.ours, &lists.theirs]
        .iter()
        .any(|list| !list.is_empty());
    is_any.then_some(lists)
}

fn lists_of<'a>(items: &Three<Option<&'a Item>>) -> Option<Three<Option<&'a Array>>> {
    items.try_map(|item| match item {
        None => Some(None),
        Some(item) => item.as_array().map(Some),
    })
}

/// Adds the surrounding comments to an array; none if it is empty and missing on one side.
fn finished(mut array: Array, lists: &Three<Option<&Array>>) -> Option<Item> {
    if array.is_empty() && (lists.ours.is_none() || lists.theirs.is_none()) {
        return None;
    }
    let trailing = lists.map(|list| list.and_then(|list| list.trailing().as_str()));
    let trailing = trailing.map(Option::unwrap_or_default);
    array.set_trailing(trivia::before(&trailing));
    let commas = lists.map(|list| list.is_some_and(Array::trailing_comma));
    array.set_trailing_comma(pick(&commas));
    trivia::format_list(&mut array);
    *array.decor_mut() = trivia::decor(&lists.map(|list| list.map(Array::decor)));
    Some(Item::Value(array.into()))
}

fn inline(fields: Fields) -> InlineTable {
    let mut table = InlineTable::new();
    for (key, item) in fields {
        if let Ok(value) = item.into_value() {
            table.insert_formatted(&key, value);
        }
    }
    trivia::format_inline(&mut table);
    table
}

/// Inserts fields into a table. With `is_mixed`, some come from an inline table, so that their whitespace is dropped.
fn fill(table: &mut Table, fields: Fields, is_mixed: bool) {
    for (mut key, mut item) in fields {
        if is_mixed {
            key.leaf_decor_mut().clear();
            if let Some(value) = item.as_value_mut() {
                value.decor_mut().clear();
            }
        }
        table.insert_formatted(&key, item);
    }
}

/// Numbers the tables in the order of their keys, because they come from different documents.
fn set_positions(table: &mut Table, next: &mut isize) {
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(table) => {
                *next += 1;
                table.set_position(Some(*next));
                set_positions(table, next);
            }
            Item::ArrayOfTables(tables) => {
                for table in tables.iter_mut() {
                    *next += 1;
                    table.set_position(Some(*next));
                    set_positions(table, next);
                }
            }
            _ => {}
        }
    }
}

/// Formats an item as written, with comments.
fn text_of(item: &Item) -> String {
    let mut document = DocumentMut::new();
    document.insert("x", item.clone());
    document.to_string()
}

fn bare_value(value: &Value) -> String {
    let mut value = value.clone();
    value.decor_mut().clear();
    value.to_string().trim().to_owned()
}

/// Formats an item for a message.
fn bare(item: &Item) -> String {
    match item {
        Item::Value(value) => bare_value(value),
        Item::Table(table) => shown(table),
        other => text_of(other).trim().to_owned(),
    }
}

/// Formats a table for a message: inline, without comments.
fn shown(table: &dyn TableLike) -> String {
    let mut line = InlineTable::new();
    for (name, item) in table.iter() {
        if let Ok(mut value) = item.clone().into_value() {
            value.decor_mut().clear();
            line.insert(name, value);
        }
    }
    line.fmt();
    line.to_string().trim().to_owned()
}

//! The columns of a table, the values for all its rows, and the messages about both.

use std::collections::BTreeMap;

use super::messages::{hint_message, unnamed_message, why_message};
use super::{Constant, Reading, SAMPLE_CELLS, TableColumn, UsedOptions, path_of_target};
use crate::diagnostic::Message;
use crate::exchange::cell::{self, CellContext, Names};
use crate::exchange::columns::{
    Header, Hint, OmissionReason, Target, UnknownHeader, labels_of, plain,
};
use crate::exchange::derive;
use crate::exchange::layout::SkippedRow;
use crate::exchange::path::{ColumnStep, shown};
use crate::exchange::plan::{ImportFault, ImportOptions, Present, ReadColumn};
use crate::exchange::sheet::{Cell, column_letters};
use crate::model::entered::period::period;
use crate::model::entered::{code, squeezed};
use crate::model::shape::FieldType;
use crate::model::{Kind, School};
use crate::text::Lang;

impl Reading<'_> {
    pub(super) fn name_columns(
        &mut self,
        options: &ImportOptions,
        school: &School,
        present: &Present<'_>,
        used: &mut UsedOptions,
        faults: &mut Vec<ImportFault>,
    ) {
        let names = Names::default();
        let any_year =
            period("2024年").map(|period| (period, Message::new("import-year-of-period")));
        let context = CellContext {
            school,
            today: present.today,
            names: &names,
            day_of_month: Some(1),
            period: any_year.as_ref(),
            from_1904: self.sheet.from_1904,
            is_exact: false,
        };
        let fits = |column: usize, target: &Target| {
            let cells: Vec<&Cell> = self.cells(column).take(SAMPLE_CELLS).collect();
            let fit = |cell: &&&Cell| match target {
                // 是 is not a workplace.
                Target::Field { steps, .. } if shown(steps).ends_with(".workplace") => {
                    code::boolean(&cell.shown()).is_none()
                }
                Target::Field { holds, .. } => {
                    matches!(holds, FieldType::Reference(_) | FieldType::Class)
                        || matches!(holds, FieldType::List(entry) if matches!(**entry, FieldType::Reference(_)))
                        || cell::value(holds, cell, &context).is_ok()
                }
                Target::Hint(Hint::FatherAway | Hint::MotherAway) => {
                    derive::is_away(&cell.shown()).is_some()
                        || crate::model::entered::says_nothing(&cell.shown())
                }
                Target::Tick { .. } => {
                    matches!(cell, Cell::Boolean(_))
                        || code::boolean(&cell.shown()).is_some()
                        || crate::model::entered::says_nothing(&cell.shown())
                }
                _ => true,
            };
            (cells.iter().filter(fit).count(), cells.len())
        };
        let resolved = self.known.resolve(&self.layout.headers, &fits);
        let mut columns: Vec<TableColumn> = Vec::new();
        let mut understood_columns = Vec::new();
        for (at, found) in resolved.into_iter().enumerate() {
            let header = cell::unescaped(&self.layout.headers[at].shown()).to_owned();
            let letters = column_letters(at);
            let samples: Vec<String> = self.samples(at);
            let is_empty = samples.is_empty();
            if header.is_empty() && is_empty {
                continue;
            }
            let mapped = options.map.iter().position(|(from, _)| {
                plain(from) == plain(&header) && !header.is_empty()
                    || from.to_uppercase() == letters
            });
            let rest = || options.map.iter().position(|(from, _)| from == "*");
            let mut target = match mapped {
                Some(option) => {
                    used.map[option] = true;
                    self.known.find(&options.map[option].1)
                }
                None => found,
            };
            // A column with other values than check marks is not a check mark column.
            if let Ok(tick @ Target::Tick { .. }) = &target
                && mapped.is_none()
            {
                let (fit, all) = fits(at, tick);
                if fit < all {
                    target = Err(UnknownHeader::NoTicks);
                }
            }
            if target.is_err() && is_empty {
                target = Ok(Target::Ignored(OmissionReason::Empty));
            }
            if target.is_err()
                && mapped.is_none()
                && let Some(option) = rest()
            {
                used.map[option] = true;
                target = self.known.find(&options.map[option].1);
            }
            let fault = |message: Message, help: Message| ImportFault {
                row: Some(self.layout.last + 1),
                column: Some((letters.clone(), header.clone())),
                ..ImportFault::of_sheet(&self.sheet.name, message).help(help)
            };
            let handle = if header.is_empty() { &letters } else { &header };
            let mut target = match target {
                Ok(target) => target,
                Err(unnamed) => {
                    let (message, help) = unnamed_message(&unnamed, &header, handle, &samples);
                    faults.push(fault(message, help));
                    continue;
                }
            };
            let path = path_of_target(&target);
            let is_class = matches!(
                &target,
                Target::Field {
                    holds: FieldType::Class,
                    ..
                }
            );
            let is_field = matches!(target, Target::Field { .. } | Target::Id);
            if is_field
                && !is_class
                && let Some(other) = columns.iter().find(|column| {
                    column.path == path && !matches!(column.target, Target::Tick { .. })
                })
            {
                if self.is_copy(at, other.at) {
                    target = Target::Ignored(OmissionReason::Same(other.at));
                } else {
                    let message = Message::new("import-same-field")
                        .with("other", &other.header)
                        .with("letters", column_letters(other.at));
                    faults.push(fault(
                        message,
                        Message::new("import-mend-map").with("header", &letters),
                    ));
                }
            }
            understood_columns.push(self.read_column(at, &header, &target, samples));
            if !matches!(target, Target::Ignored(_)) {
                let words = options
                    .map_values
                    .iter()
                    .enumerate()
                    .filter(|(_, (column, ..))| {
                        plain(column) == plain(&header) || column.to_uppercase() == letters
                    });
                let words = words
                    .map(|(option, (_, word, to))| (option, squeezed(word), to.clone()))
                    .collect();
                columns.push(TableColumn {
                    at,
                    header,
                    target,
                    path,
                    words,
                });
            }
        }
        self.columns = columns;
        self.understood.columns = understood_columns;
    }

    /// Whether two columns are equal in every row.
    fn is_copy(&self, one: usize, other: usize) -> bool {
        let shown = |row: &usize, column| self.layout.cell(self.sheet, *row, column).shown();
        self.layout
            .rows
            .iter()
            .all(|row| shown(row, one) == shown(row, other))
    }

    fn samples(&self, column: usize) -> Vec<String> {
        let mut samples: Vec<String> = Vec::new();
        for cell in self.cells(column) {
            let shown = cell.shown();
            if !samples.contains(&shown) {
                samples.push(shown);
            }
            if samples.len() == 3 {
                break;
            }
        }
        samples
    }

    fn read_column(
        &self,
        at: usize,
        header: &str,
        target: &Target,
        samples: Vec<String>,
    ) -> ReadColumn {
        let labels = |steps: &[ColumnStep]| Lang::ALL.map(|lang| labels_of(self.kind, steps, lang));
        let (field, code, why) = match target {
            Target::Ignored(why) => (None, None, Some(why_message(*why))),
            Target::Id => (
                Some(("id".to_owned(), ["编号".to_owned(), "id".to_owned()])),
                None,
                None,
            ),
            Target::Field { steps, .. } => (Some((shown(steps), labels(steps))), None, None),
            Target::Tick { steps, code, .. } => (
                Some((shown(steps), labels(steps))),
                Some(code.clone()),
                None,
            ),
            Target::Hint(hint) => (None, None, Some(hint_message(*hint))),
        };
        ReadColumn {
            letters: column_letters(at),
            header: header.to_owned(),
            field,
            code,
            why,
            samples,
        }
    }

    pub(super) fn set_constants(&mut self, options: &ImportOptions, faults: &mut Vec<ImportFault>) {
        for (field, words) in &options.constants {
            match self.known.find(field) {
                Ok(Target::Field { steps, holds }) => {
                    let path = shown(&steps);
                    self.understood.constants.push((
                        path.clone(),
                        words.clone(),
                        Message::new("import-from-set"),
                    ));
                    self.constants.push(Constant {
                        path,
                        steps,
                        holds,
                        cell: Cell::of_text(words),
                    });
                }
                Ok(_) => {
                    let message = Message::new("import-unknown-column").with("header", field);
                    faults.push(ImportFault::of_sheet("", message));
                }
                Err(unnamed) => {
                    let (message, _) = unnamed_message(&unnamed, field, field, &[]);
                    faults.push(ImportFault::of_sheet("", message));
                }
            }
        }
        if let Some(since) = options.since {
            self.understood.constants.push((
                "since".to_owned(),
                since.to_string(),
                Message::new("import-from-since"),
            ));
        }
    }

    /// Values implied for every row by a header or title: in a column 结对教师 the helper is a teacher.
    pub(super) fn imply(&mut self, about: &[String]) {
        const ROLES: &[(&str, &str)] = &[
            ("代理家长", "proxy-parent"),
            ("爱心妈妈", "proxy-parent"),
            ("志愿者", "volunteer"),
            ("干部", "official"),
            ("辅导员", "counsellor"),
            ("教师", "teacher"),
            ("老师", "teacher"),
        ];
        const MODES: &[(&str, &str)] = &[
            ("亲情电话", "parent-call"),
            ("亲情通话", "parent-call"),
            ("电话家访", "phone"),
            ("电访", "phone"),
            ("心理咨询", "counselling"),
            ("心理辅导", "counselling"),
            ("家访", "home"),
            ("走访", "home"),
            ("入户", "home"),
            ("谈心", "talk"),
            ("谈话", "talk"),
            ("通话", "phone"),
            ("辅导", "tutoring"),
        ];
        let header_of = |path: &str| {
            self.columns
                .iter()
                .find(|column| column.path == path)
                .map(|column| column.header.clone())
        };
        let word = |words: &[(&str, &'static str)], text: &str| {
            words
                .iter()
                .find(|(word, _)| text.contains(word))
                .map(|(word, code)| ((*word).to_owned(), *code))
        };
        let found = match self.kind {
            Kind::Helper => header_of("name")
                .and_then(|header| word(ROLES, &header))
                .map(|found| ("role", found)),
            Kind::Pairing => header_of("helper")
                .and_then(|header| word(ROLES, &header))
                .map(|found| ("role", found)),
            Kind::Visit => about
                .iter()
                .rev()
                .find_map(|text| word(MODES, text))
                .map(|found| ("mode", found)),
            _ => None,
        };
        if let Some((path, (word, code))) = found {
            self.set_implied(
                path,
                code,
                Message::new("import-from-word").with("word", word),
            );
        }
    }

    /// Determines the period that dates without a year belong to: from the option, or from a title, header, sheet or
    /// file name. Not for undated kinds, where a date without a year is invalid.
    pub(super) fn set_period(&mut self, options: &ImportOptions) {
        if !self.kind.is_dated() {
            return;
        }
        let given = options
            .term
            .as_ref()
            .map(|(_, period)| (*period, "--term".to_owned()));
        let headers = self.layout.headers.iter().map(Header::shown);
        let titles = self.layout.titles.iter().cloned().chain(headers);
        let mut texts = titles.chain([self.sheet.name.clone(), options.file.clone()]);
        let found = given.or_else(|| texts.find_map(|text| Some((period(&text)?, text))));
        self.period = found.map(|(period, from)| {
            let note = Message::new("import-year-of-period")
                .with("first", period.first)
                .with("last", period.last);
            (period, note.with("from", from))
        });
    }

    fn set_implied(&mut self, path: &str, code: &str, from: Message) {
        let is_given = self.columns.iter().any(|column| column.path == path)
            || self.constants.iter().any(|constant| constant.path == path);
        if let (false, Ok(Target::Field { steps, holds })) = (is_given, self.known.find(path)) {
            self.understood
                .constants
                .push((path.to_owned(), code.to_owned(), from));
            self.constants.push(Constant {
                path: path.to_owned(),
                steps,
                holds,
                cell: Cell::Text(code.to_owned()),
            });
        }
    }

    pub(super) fn set_keys(&mut self, options: &ImportOptions, faults: &mut Vec<ImportFault>) {
        for key in &options.key {
            let by_header = self
                .columns
                .iter()
                .position(|column| plain(&column.header) == plain(key));
            let wanted = self
                .known
                .find(key)
                .ok()
                .map(|target| path_of_target(&target));
            let column = by_header.or_else(|| {
                self.columns
                    .iter()
                    .position(|column| Some(&column.path) == wanted.as_ref())
            });
            match column {
                Some(column) => self.keys.push(column),
                None => {
                    let headers: Vec<_> = self
                        .columns
                        .iter()
                        .map(|column| column.header.as_str())
                        .collect();
                    let message = Message::new("import-no-key")
                        .with("key", key)
                        .with("headers", headers.join("、"));
                    faults.push(ImportFault::of_sheet(&self.sheet.name, message));
                }
            }
        }
    }

    pub(super) fn report_omitted(&mut self) {
        let mut left: BTreeMap<SkippedRow, Vec<usize>> = BTreeMap::new();
        for (row, why) in &self.layout.left {
            left.entry(*why).or_default().push(row + 1);
        }
        let id = |left| match left {
            SkippedRow::Total => "import-left-total",
            SkippedRow::Header => "import-left-header",
            SkippedRow::Numbered => "import-left-numbered",
            SkippedRow::Foot => "import-left-foot",
            SkippedRow::Section => "import-left-section",
        };
        self.understood.left = left
            .into_iter()
            .map(|(left, rows)| (Message::new(id(left)), rows))
            .collect();
    }
}

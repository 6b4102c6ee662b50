//! Finds the table in a sheet: titles above it, one or two header rows, the data rows, and the rows between and below
//! that are not data.

use std::collections::HashMap;

use super::columns::{Columns, Header};
use super::sheet::{Cell, Sheet};
use crate::model::School;
use crate::model::entered::class::{Part, part};
use crate::model::entered::squeezed;

/// The number of rows searched for the header, since titles and remarks may precede it.
const MAX_HEADER_ROWS: usize = 20;

/// The maximum number of cells filled from merged ranges.
const MAX_FILLED_CELLS: usize = 1_000_000;

/// Why a row is not a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SkippedRow {
    /// A row of totals.
    Total,
    /// The headers repeated.
    Header,
    /// Only a row number.
    Numbered,
    /// A footer: who made the table, or a remark.
    Foot,
    /// The name of a class above its children.
    Section,
}

/// The layout of a table in a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// The first header row, from 0.
    pub first: usize,
    /// The last header row.
    pub last: usize,
    /// The header of each column.
    pub headers: Vec<Header>,
    /// The titles above the header.
    pub titles: Vec<String>,
    /// The data rows.
    pub rows: Vec<usize>,
    /// The rows that are not data.
    pub left: Vec<(usize, SkippedRow)>,
    /// The class given by a section row, for the data rows below it.
    pub sections: HashMap<usize, String>,
    /// The cells of merged ranges, each with the row that holds the text.
    filled: HashMap<(usize, usize), usize>,
    /// The number of known headers.
    pub known: usize,
}

impl Layout {
    /// The cell at a row and column, or the one of the merged range that contains it.
    pub(super) fn cell<'a>(&self, sheet: &'a Sheet, row: usize, column: usize) -> &'a Cell {
        let row = self.filled.get(&(row, column)).copied().unwrap_or(row);
        sheet.cell(row, column)
    }

    /// Finds the table of a sheet; `None` if no header is known.
    pub(super) fn find(
        sheet: &Sheet,
        columns: &Columns,
        wanted: Option<usize>,
        school: &School,
    ) -> Option<Layout> {
        let over = HeaderRows::of(sheet);
        let rows: Vec<usize> = match wanted {
            Some(row) => vec![row.checked_sub(1).filter(|row| *row < sheet.rows.len())?],
            None => (0..sheet.rows.len())
                .filter(|row| !sheet.rows[*row].is_empty())
                .take(MAX_HEADER_ROWS)
                .collect(),
        };
        let mut best: Option<Layout> = None;
        for first in rows {
            for headers in [Some(over.single(first)), over.two_row_headers(first)]
                .into_iter()
                .flatten()
            {
                let (headers, last) = headers;
                let known = headers
                    .iter()
                    .filter(|header| !header.shown().is_empty() && columns.knows(header))
                    .count();
                if best.as_ref().is_none_or(|best| known > best.known) {
                    best = Some(Layout {
                        first,
                        last,
                        headers,
                        known,
                        ..Layout::default()
                    });
                }
            }
        }
        let mut layout = best.filter(|best| {
            let named = best
                .headers
                .iter()
                .filter(|header| !header.shown().is_empty())
                .count();
            best.known >= named.min(2) && named > 0 && best.known > 0 || wanted.is_some()
        })?;
        layout.titles = (0..layout.first)
            .flat_map(|row| sheet.rows[row].iter().map(Cell::shown))
            .filter(|text| !text.is_empty())
            .collect();
        layout.fill(sheet);
        layout.sort_rows(sheet, school);
        Some(layout)
    }

    /// Fills merged ranges downwards.
    fn fill(&mut self, sheet: &Sheet) {
        let body = self.last + 1..sheet.rows.len();
        for merge in &sheet.merges {
            for row in (merge.top + 1).max(body.start)..(merge.bottom + 1).min(body.end) {
                if self.filled.len() < MAX_FILLED_CELLS && merge.top > self.last {
                    self.filled.insert((row, merge.left), merge.top);
                }
            }
        }
    }

    /// Separates data rows from others.
    fn sort_rows(&mut self, sheet: &Sheet, school: &School) {
        let number = |column: &usize| {
            let header = self
                .headers
                .get(*column)
                .map(Header::shown)
                .unwrap_or_default();
            [
                "序号",
                "序",
                "编号序",
                "no",
                "no.",
                "#",
                "行号",
                "顺序号",
                "顺序",
            ]
            .contains(&squeezed(&header).as_str())
        };
        let numbers: Vec<usize> = (0..self.headers.len()).filter(number).collect();
        let mut section: Option<String> = None;
        for row in self.last + 1..sheet.rows.len() {
            let cells: Vec<(usize, &Cell)> = sheet.rows[row]
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.is_empty())
                .collect();
            let texts: Vec<String> = cells
                .iter()
                .take(5)
                .map(|(_, cell)| squeezed(&cell.shown()))
                .collect();
            let Some(first) = texts.first() else { continue };
            let same = |(column, cell): &&(usize, &Cell)| {
                self.headers
                    .get(*column)
                    .is_some_and(|header| squeezed(&header.text) == squeezed(&cell.shown()))
            };
            let left = if is_total(&texts) {
                Some(SkippedRow::Total)
            } else if cells.len() > 1 && cells.iter().filter(same).count() * 2 > cells.len() {
                Some(SkippedRow::Header)
            } else if cells.iter().all(|(column, _)| numbers.contains(column))
                && texts
                    .iter()
                    .all(|text| text.bytes().all(|b| b.is_ascii_digit()))
            {
                Some(SkippedRow::Numbered)
            } else if cells.len() <= 6
                && (is_footer(first) || texts.iter().all(|text| is_footer(text)))
            {
                Some(SkippedRow::Foot)
            } else if cells.len() == 1
                && self.headers.len() > 2
                && class_within(first, school).is_some()
                && first.chars().count() < 30
            {
                section = Some(first.clone());
                Some(SkippedRow::Section)
            } else {
                None
            };
            match left {
                Some(left) => self.left.push((row, left)),
                None => {
                    if let Some(section) = &section {
                        self.sections.insert(row, section.clone());
                    }
                    self.rows.push(row);
                }
            }
        }
        // Single cells below the last record are a footer: who made the table, and when.
        while let Some(last) = self.rows.last().copied()
            && self.headers.len() > 3
            && self.rows.len() > 1
            && sheet.rows[last]
                .iter()
                .filter(|cell| !cell.is_empty())
                .count()
                == 1
            && !self.filled.keys().any(|(row, _)| *row == last)
        {
            self.rows.pop();
            self.left.push((last, SkippedRow::Foot));
        }
    }
}

fn is_total(texts: &[String]) -> bool {
    const TOTALS: &[&str] = &[
        "合计",
        "小计",
        "总计",
        "共计",
        "总数",
        "累计",
        "平均",
        "汇总",
        "总人数",
        "total",
        "subtotal",
    ];
    let first = texts
        .first()
        .is_some_and(|text| TOTALS.iter().any(|word| text.starts_with(word)));
    first
        || texts
            .iter()
            .take(3)
            .any(|text| TOTALS.contains(&text.as_str()))
}

fn is_footer(text: &str) -> bool {
    const FOOTERS: &[&str] = &[
        "制表人",
        "制表",
        "填表人",
        "填报人",
        "审核人",
        "审核",
        "负责人",
        "校长",
        "分管领导",
        "联系人",
        "填表日期",
        "填报日期",
        "填报时间",
        "填表时间",
        "制表日期",
        "制表时间",
        "单位(盖章)",
        "单位盖章",
        "学校(盖章)",
        "注",
        "备注",
        "说明",
        "填表说明",
        "附注",
        "附",
        "班主任",
        "班主任签字",
        "经办人",
        "统计人",
        "日期",
        "联系电话",
        "盖章",
        "学校盖章",
        "填报单位",
        "备",
        "填写说明",
        "统计时间",
    ];
    const SIGNATURES: &[&str] = &[
        "签字", "签名", "签章", "(签字)", "(签名)", "(签章)", "(盖章)",
    ];
    FOOTERS.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            let signed = SIGNATURES
                .iter()
                .find_map(|signed| rest.strip_prefix(signed));
            let rest = signed.unwrap_or(rest);
            let is_whole = signed.is_some() || word.chars().count() > 2;
            rest.starts_with([':', '1', '一']) || rest.is_empty() && is_whole
        })
    })
}

/// The class named in a title or sheet name.
pub(super) fn class_within(text: &str, school: &School) -> Option<Part> {
    let text = squeezed(text);
    let whole = part(&text, school)
        .ok()
        .filter(|part| part.cohort.is_some());
    whole.or_else(|| {
        let chars: Vec<char> = text.chars().collect();
        let ends = chars
            .iter()
            .enumerate()
            .filter(|(_, c)| matches!(c, '班' | '级'))
            .map(|(at, _)| at + 1);
        let within =
            ends.flat_map(|end| (end.saturating_sub(10)..end).map(move |from| (from, end)));
        let parts = within.filter_map(|(from, end)| {
            let begins =
                from == 0 || !(chars[from - 1].is_ascii_digit() && chars[from].is_ascii_digit());
            let word: String = chars[from..end].iter().collect();
            part(&word, school)
                .ok()
                .filter(|part| begins && part.cohort.is_some())
        });
        // The most specific one; of equal ones the first.
        parts.fold(None, |best: Option<Part>, part| match best {
            Some(best) if best.number.is_some() || part.number.is_none() => Some(best),
            _ => Some(part),
        })
    })
}

/// The header texts, with merged ranges resolved.
struct HeaderRows<'a> {
    sheet: &'a Sheet,
    width: usize,
}

impl HeaderRows<'_> {
    fn of(sheet: &Sheet) -> HeaderRows<'_> {
        HeaderRows {
            sheet,
            width: sheet.width(),
        }
    }

    fn merged(&self, row: usize, column: usize) -> Option<&super::sheet::Merge> {
        let holds = |merge: &&super::sheet::Merge| {
            (merge.top..=merge.bottom).contains(&row)
                && (merge.left..=merge.right).contains(&column)
        };
        self.sheet.merges.iter().find(holds)
    }

    fn text(&self, row: usize, column: usize) -> String {
        let (row, column) = self
            .merged(row, column)
            .map_or((row, column), |merge| (merge.top, merge.left));
        self.sheet.cell(row, column).shown()
    }

    fn single(&self, row: usize) -> (Vec<Header>, usize) {
        // A title across all columns is not a header.
        let own = |column: usize| {
            let wide = self
                .merged(row, column)
                .is_some_and(|merge| merge.left < merge.right && merge.left != column);
            if wide {
                String::new()
            } else {
                self.text(row, column)
            }
        };
        let headers = (0..self.width).map(|column| Header {
            top: String::new(),
            text: own(column),
        });
        (headers.collect(), row)
    }

    /// Interprets two rows as headers, of which the upper spans columns; `None` if the lower is not a header row.
    fn two_row_headers(&self, row: usize) -> Option<(Vec<Header>, usize)> {
        let below = row + 1;
        if below >= self.sheet.rows.len() {
            return None;
        }
        let is_down = |column: usize| {
            self.merged(row, column)
                .is_some_and(|merge| merge.bottom >= below && merge.top <= row)
        };
        let lower = |column: usize| {
            if is_down(column) {
                String::new()
            } else {
                self.sheet.cell(below, column).shown()
            }
        };
        let is_text =
            |column: usize| matches!(self.sheet.cell(below, column), Cell::Empty | Cell::Text(_));
        if !(0..self.width).all(is_text) {
            return None;
        }
        // A single text across everything is a title.
        let mut tops: Vec<String> = (0..self.width)
            .map(|column| self.text(row, column))
            .filter(|top| !top.is_empty())
            .collect();
        tops.dedup();
        if tops.len() < 2 {
            return None;
        }
        let mut headers = Vec::with_capacity(self.width);
        let mut spanning: Option<String> = None;
        for column in 0..self.width {
            let (top, text) = (self.text(row, column), lower(column));
            let is_wide = self.merged(row, column).is_some_and(|merge| {
                merge.left < merge.right && merge.top == row && merge.bottom == row
            });
            let next_is_open = column + 1 < self.width
                && self.text(row, column + 1).is_empty()
                && !lower(column + 1).is_empty();
            if top.is_empty() {
                let top = spanning
                    .clone()
                    .filter(|_| !text.is_empty())
                    .unwrap_or_default();
                if text.is_empty() {
                    spanning = None;
                }
                headers.push(Header { top, text });
                continue;
            }
            spanning = (next_is_open && !text.is_empty()).then(|| top.clone());
            match (text.is_empty(), is_wide || spanning.is_some()) {
                (true, _) => headers.push(Header {
                    top: String::new(),
                    text: top,
                }),
                (false, true) => headers.push(Header { top, text }),
                // A data cell below a complete header.
                (false, false) => return None,
            }
        }
        headers
            .iter()
            .any(|header| !header.top.is_empty())
            .then_some((headers, below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::sheet::Merge;
    use crate::model::Kind;

    fn school() -> School {
        toml::from_str(
            r#"format = 1
[school]
name = "柳树小学"
level = "primary"
"#,
        )
        .unwrap()
    }

    fn sheet(text: &str, merges: &[(usize, usize, usize, usize)]) -> Sheet {
        let rows = text
            .lines()
            .map(|line| line.split(',').map(Cell::of_text).collect())
            .collect();
        let merges = merges.iter().map(|(top, left, bottom, right)| Merge {
            top: *top,
            left: *left,
            bottom: *bottom,
            right: *right,
        });
        Sheet {
            rows,
            merges: merges.collect(),
            ..Sheet::default()
        }
    }

    fn find(sheet: &Sheet) -> Layout {
        Layout::find(sheet, &Columns::of(Kind::Child), None, &school()).unwrap()
    }

    fn shown(layout: &Layout) -> Vec<String> {
        layout.headers.iter().map(Header::shown).collect()
    }

    #[test]
    fn titles_totals_and_feet_are_no_records() {
        let sheet = sheet(
            "柳树小学花名册,,,\n填报单位：柳树小学,,,\n序号,姓名,性别,出生日期\n1,张三,男,2016-1-1\n2,,,\n小计,1人,,\n序号,姓名,性别,出生日期\n3,李四,女,2016-1-2\n合计,2人,,\n制表人：王五,,,\n2026年9月,,,\n",
            &[],
        );
        let layout = find(&sheet);
        assert_eq!((layout.first, layout.last, layout.titles.len()), (2, 2, 2));
        assert_eq!(layout.rows, [3, 7]);
        let left: Vec<_> = layout
            .left
            .iter()
            .map(|(row, left)| (*row, *left))
            .collect();
        assert_eq!(
            left,
            [
                (4, SkippedRow::Numbered),
                (5, SkippedRow::Total),
                (6, SkippedRow::Header),
                (8, SkippedRow::Total),
                (9, SkippedRow::Foot),
                (10, SkippedRow::Foot)
            ]
        );
    }

    #[test]
    fn two_rows_of_headers_are_joined_with_and_without_merged_cells() {
        let text = "序号,姓名,父亲,,母亲,,备注\n,,姓名,电话,姓名,电话,\n1,张三,张大,1,李大,2,\n";
        let expected = [
            "序号",
            "姓名",
            "父亲姓名",
            "父亲电话",
            "母亲姓名",
            "母亲电话",
            "备注",
        ];
        let plain = sheet(text, &[]);
        assert_eq!(shown(&find(&plain)), expected);
        let merged = sheet(
            text,
            &[
                (0, 0, 1, 0),
                (0, 1, 1, 1),
                (0, 2, 0, 3),
                (0, 4, 0, 5),
                (0, 6, 1, 6),
            ],
        );
        assert_eq!(shown(&find(&merged)), expected);
        assert_eq!(find(&merged).rows, [2]);
    }

    #[test]
    fn merged_cells_are_filled_down_and_sections_name_a_class() {
        let merged = sheet(
            "年级,班级,姓名,性别\n一年级,1班,张三,男\n,2班,李四,女\n",
            &[(1, 0, 2, 0)],
        );
        let layout = find(&merged);
        assert_eq!(layout.cell(&merged, 2, 0).shown(), "一年级");
        let sections = sheet(
            "姓名,性别,出生日期\n三（1）班,,\n张三,男,2016-1-1\n三（2）班,,\n李四,女,2016-1-2\n",
            &[],
        );
        let layout = find(&sections);
        assert_eq!(layout.rows, [2, 4]);
        assert_eq!(layout.sections[&4], "三(2)班");
    }

    #[test]
    fn a_class_is_found_in_a_title() {
        let of = |text: &str| class_within(text, &school()).map(|part| (part.cohort, part.number));
        use crate::model::entered::class::Cohort;
        assert_eq!(
            of("柳树小学三（1）班留守儿童花名册"),
            Some((Some(Cohort::Grade(3)), Some(1)))
        );
        assert_eq!(of("三年级十二班"), Some((Some(Cohort::Grade(3)), Some(12))));
        assert_eq!(of("2026年秋季学期留守儿童花名册"), None);
        assert_eq!(
            of("柳树小学2022级2班名册"),
            Some((Some(Cohort::Entered(2022)), Some(2)))
        );
        assert_eq!(of("四年级"), Some((Some(Cohort::Grade(4)), None)));
    }
}

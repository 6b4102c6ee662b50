//! Numbers of headings, as Chinese official documents count them: 一、 （一） 1. （1）.

use super::model::{Block, Document, Inline};
use crate::text::Lang;

impl Document {
    /// Puts a number before the text of each heading: `一、`, `（一）`, `1.`, `（1）` in Chinese, `1.`, `1.1.` … in
    /// English. Counting starts anew below each title, so that a batch of papers numbers each from one.
    pub fn number_headings(&mut self) {
        let mut counts = [0usize; 4];
        for block in &mut self.blocks {
            match block {
                Block::Title(_) => counts = [0; 4],
                Block::Heading { level, text } => {
                    let at = usize::from((*level).clamp(1, 4)) - 1;
                    counts[at] += 1;
                    counts[at + 1..].fill(0);
                    let number = match self.lang {
                        Lang::Zh => chinese_number(at, counts[at]),
                        Lang::En => outline_number(&counts[..=at]),
                    };
                    match text.first_mut() {
                        Some(Inline::Text(first)) => first.insert_str(0, &number),
                        _ => text.insert(0, Inline::Text(number)),
                    }
                }
                _ => {}
            }
        }
    }
}

fn chinese_number(depth: usize, count: usize) -> String {
    match depth {
        0 => format!("{}、", chinese_numeral(count)),
        1 => format!("（{}）", chinese_numeral(count)),
        2 => format!("{count}."),
        _ => format!("（{count}）"),
    }
}

fn outline_number(counts: &[usize]) -> String {
    let numbers: Vec<String> = counts.iter().map(usize::to_string).collect();
    format!("{}. ", numbers.join("."))
}

/// A number from 1 to 99 in Chinese; above that its digits.
fn chinese_numeral(count: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (count / 10, count % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{PageStyle, Sources, parse};

    #[test]
    fn numerals_are_those_of_official_documents() {
        let numerals: Vec<String> = [1, 10, 11, 20, 35, 99, 100].map(chinese_numeral).into();
        assert_eq!(
            numerals,
            ["一", "十", "十一", "二十", "三十五", "九十九", "100"]
        );
    }

    #[test]
    fn each_paper_of_a_batch_counts_from_one() {
        let markdown = "# 甲\n\n## 情况\n\n### 人数\n\n### 分布\n\n#### 年级\n\n##### 男女\n\n## 工作\n\n### 结对\n\n# 乙\n\n## **情况**\n";
        let mut document =
            parse(markdown, Lang::Zh, PageStyle::Official, Sources::default()).unwrap();
        document.number_headings();
        assert_eq!(
            document.plain_text(),
            "甲\n一、情况\n（一）人数\n（二）分布\n1.年级\n（1）男女\n二、工作\n（一）结对\n乙\n一、情况\n"
        );
        document = parse(markdown, Lang::En, PageStyle::Official, Sources::default()).unwrap();
        document.number_headings();
        assert!(document.plain_text().contains("\n1.2.1. 年级\n"));
    }
}

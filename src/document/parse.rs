//! Parses the Markdown that report templates produce into a [`Document`].
//!
//! `#` is the title, `##` to `#####` are headings of level 1 to 4. A link to `figure:KEY` is a [`Figure`]; any other
//! link becomes its text, an image its alternative text, and raw HTML is shown literally: data from records can never
//! be more than text. Fenced blocks are parsed in [`super::fenced`].

use std::fmt;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, Node, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};
use unicode_width::UnicodeWidthChar;

use super::escape::{clean, visible};
use super::fault::{MAX_DEPTH, MarkdownFault, ParseError};
use super::fenced::{self, Fenced};
use super::model::{Alignment, Block, Document, Figure, Inline, List, PageStyle, Table};
use super::plain::inline_text;
use super::sources::Sources;
use crate::text::Lang;
use crate::tr;

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ParseError {}

/// Marks a soft break in a long title. Texts from records cannot contain it, because it is invisible.
pub const SOFT_BREAK: char = '\u{2063}';

/// Parses the Markdown that a template produced.
///
/// # Errors
///
/// A fenced block has an unknown name or is invalid, or the nesting is too deep.
pub fn parse(
    markdown: &str,
    lang: Lang,
    page: PageStyle,
    sources: Sources,
) -> Result<Document, ParseError> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    if let Some(line) = too_deep(root) {
        let fault = MarkdownFault::TooDeep;
        return Err(ParseError { line, fault });
    }
    let blocks = blocks_of(root)?;
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(text) => Some(inline_text(text).replace('\n', " ")),
        _ => None,
    });
    Ok(Document {
        title: title.unwrap_or_else(|| tr!(lang, "report-untitled")),
        lang,
        page,
        author: String::new(),
        day: None,
        blocks,
        sources,
    })
}

/// Returns the options for comrak: CommonMark with tables, and emphasis next to Chinese punctuation.
pub(super) fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.cjk_friendly_emphasis = true;
    options
}

/// Parses a line or paragraph of Markdown into inlines.
pub(super) fn inlines_of(markdown: &str) -> Vec<Inline> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    if too_deep(root).is_some() {
        return vec![Inline::Text(clean(markdown))];
    }
    let mut inlines = Vec::new();
    for block in root.descendants() {
        let holds_inlines = block.data().value.contains_inlines();
        if holds_inlines {
            push_children(block, &mut inlines);
        } else if let NodeValue::HtmlBlock(html) = &block.data().value {
            push(&mut inlines, Inline::Text(clean(&html.literal)));
        }
    }
    inlines
}

/// Returns the line of the first node deeper than [`MAX_DEPTH`].
fn too_deep(root: Node<'_>) -> Option<usize> {
    let mut depth = 0;
    root.traverse().find_map(|edge| match edge {
        NodeEdge::Start(node) => {
            depth += 1;
            (depth > MAX_DEPTH).then(|| node.data().sourcepos.start.line)
        }
        NodeEdge::End(_) => {
            depth -= 1;
            None
        }
    })
}

fn blocks_of(parent: Node<'_>) -> Result<Vec<Block>, ParseError> {
    let mut blocks = Vec::new();
    let mut caption = None;
    for node in parent.children() {
        let ast = node.data();
        let block = match &ast.value {
            NodeValue::CodeBlock(code) => {
                let name = code.info.split_whitespace().next().unwrap_or_default();
                let line = ast.sourcepos.start.line;
                match fenced::read(name, &code.literal, inlines_of)
                    .map_err(|fault| ParseError { line, fault })?
                {
                    Fenced::Block(block) => block,
                    Fenced::Nothing => continue,
                    Fenced::Caption(text) => {
                        blocks.extend(caption.replace(text).map(Block::Paragraph));
                        continue;
                    }
                }
            }
            NodeValue::Table(table) => Block::Table(Table {
                caption: caption.take(),
                alignments: table.alignments.iter().copied().map(alignment).collect(),
                ..rows(node)
            }),
            _ => plain_block(node)?,
        };
        blocks.extend(caption.take().map(Block::Paragraph));
        blocks.push(block);
    }
    blocks.extend(caption.map(Block::Paragraph));
    Ok(blocks)
}

fn plain_block(node: Node<'_>) -> Result<Block, ParseError> {
    Ok(match &node.data().value {
        NodeValue::Heading(heading) if heading.level == 1 => Block::Title(inlines(node)),
        NodeValue::Heading(heading) => Block::Heading {
            level: (heading.level - 1).min(4),
            text: inlines(node),
        },
        NodeValue::HtmlBlock(html) => Block::Paragraph(vec![Inline::Text(clean(&html.literal))]),
        NodeValue::ThematicBreak => Block::Rule,
        NodeValue::BlockQuote => Block::Quote(blocks_of(node)?),
        NodeValue::List(list) => Block::List(List {
            start: (list.list_type == ListType::Ordered).then_some(list.start),
            items: node.children().map(blocks_of).collect::<Result<_, _>>()?,
        }),
        _ => Block::Paragraph(inlines(node)),
    })
}

fn alignment(side: TableAlignment) -> Alignment {
    match side {
        TableAlignment::None | TableAlignment::Left => Alignment::Left,
        TableAlignment::Center => Alignment::Centre,
        TableAlignment::Right => Alignment::Right,
    }
}

fn rows(table: Node<'_>) -> Table {
    let mut rows = table
        .children()
        .map(|row| row.children().map(inlines).collect());
    Table {
        caption: None,
        alignments: Vec::new(),
        header: rows.next().unwrap_or_default(),
        rows: rows.collect(),
    }
}

fn inlines(node: Node<'_>) -> Vec<Inline> {
    let mut found = Vec::new();
    push_children(node, &mut found);
    found
}

fn push_children(node: Node<'_>, found: &mut Vec<Inline>) {
    for child in node.children() {
        match &child.data().value {
            NodeValue::Text(text) => {
                for (at, part) in text.split(SOFT_BREAK).enumerate() {
                    if at > 0 {
                        found.push(Inline::SoftBreak);
                    }
                    push(found, Inline::Text(visible(part).into_owned()));
                }
            }
            NodeValue::HtmlInline(html) => push(found, Inline::Text(visible(html).into_owned())),
            NodeValue::Code(code) => found.push(Inline::Code(visible(&code.literal).into_owned())),
            NodeValue::LineBreak => found.push(Inline::LineBreak),
            NodeValue::SoftBreak => soft_break(child, found),
            NodeValue::Strong => found.push(Inline::Strong(inlines(child))),
            NodeValue::Emph => found.push(Inline::Emphasis(inlines(child))),
            NodeValue::Link(link) => match link.url.strip_prefix("figure:") {
                Some(key) => found.push(Inline::Figure(Figure {
                    key: clean(key),
                    text: clean(&inline_text(&inlines(child))),
                })),
                None => push_children(child, found),
            },
            _ => push_children(child, found),
        }
    }
}

/// Appends an inline; joins adjacent texts.
fn push(found: &mut Vec<Inline>, inline: Inline) {
    match (found.last_mut(), inline) {
        (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
        (_, Inline::Text(text)) if text.is_empty() => {}
        (_, inline) => found.push(inline),
    }
}

/// Handles a soft line break in a paragraph: a space, except next to a Chinese character.
fn soft_break(node: Node<'_>, found: &mut Vec<Inline>) {
    let before = inline_text(found).chars().next_back();
    let after = node.next_sibling().and_then(first_char);
    let is_wide = |c: Option<char>| c.is_some_and(|c| c.width_cjk() == Some(2));
    // An English sentence followed by a Chinese one.
    let ends_sentence = matches!(before, Some('.' | ',' | ';' | ':' | '!' | '?'));
    if !is_wide(before) && (!is_wide(after) || ends_sentence) {
        push(found, Inline::Text(" ".to_owned()));
    }
}

fn first_char(node: Node<'_>) -> Option<char> {
    node.descendants()
        .find_map(|part| match &part.data().value {
            NodeValue::Text(text) => text.chars().next(),
            NodeValue::Code(code) => code.literal.chars().next(),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ChartKind, FORMATS};

    fn document(markdown: &str) -> Document {
        parse(markdown, Lang::Zh, PageStyle::Official, Sources::default()).unwrap()
    }

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    #[test]
    fn hashes_are_the_title_and_headings_below_it() {
        let read = document(
            "# 总结\n\n```subtitle\n（2025年秋季学期）\n```\n\n## 基本情况\n\n###### 末级\n",
        );
        assert_eq!(read.title, "总结");
        assert_eq!(
            read.blocks,
            [
                Block::Title(vec![text("总结")]),
                Block::Subtitle(vec![text("（2025年秋季学期）")]),
                Block::Heading {
                    level: 1,
                    text: vec![text("基本情况")]
                },
                Block::Heading {
                    level: 4,
                    text: vec![text("末级")]
                },
            ]
        );
        assert_eq!(document("正文").title, "未命名");
    }

    #[test]
    fn links_become_figures_or_plain_text() {
        let read = document(
            "共[**12**](figure:children@class=2022-1)人，[网站](https://example.org)和![图](x.png)。",
        );
        let figure = Figure {
            key: "children@class=2022-1".to_owned(),
            text: "12".to_owned(),
        };
        assert_eq!(
            read.blocks,
            [Block::Paragraph(vec![
                text("共"),
                Inline::Figure(figure),
                text("人，网站和图。")
            ])]
        );
    }

    #[test]
    fn raw_html_is_text() {
        let read = document("<script>alert(1)</script>\n\n甲<b>乙</b>\n\n| <i>a</i> |\n| --- |\n");
        assert_eq!(
            read.plain_text(),
            "<script>alert(1)</script>\n甲<b>乙</b>\n<i>a</i>\n"
        );
    }

    #[test]
    fn emphasis_works_next_to_chinese_punctuation() {
        assert_eq!(
            document("**重点关注：**王小芳").blocks,
            [Block::Paragraph(vec![
                Inline::Strong(vec![text("重点关注：")]),
                text("王小芳")
            ])]
        );
    }

    #[test]
    fn wrapped_lines_join_without_a_space_in_chinese_only() {
        assert_eq!(
            document("本学期走访\n十二次").plain_text(),
            "本学期走访十二次\n"
        );
        assert_eq!(document("twelve\nvisits").plain_text(), "twelve visits\n");
        assert_eq!(document("Open.\n周三").plain_text(), "Open. 周三\n");
    }

    #[test]
    fn a_caption_belongs_to_the_table_after_it() {
        let read = document(
            "```caption\n表1 各班人数\n```\n\n| 班级 | 人数 |\n| --- | --: |\n| 一年级 | 3 |\n",
        );
        let [Block::Table(table)] = read.blocks.as_slice() else {
            panic!("{:?}", read.blocks);
        };
        assert_eq!(table.caption, Some(vec![text("表1 各班人数")]));
        assert_eq!(table.alignments, [Alignment::Left, Alignment::Right]);
        assert_eq!(table.rows, [[vec![text("一年级")], vec![text("3")]]]);
        let alone = document("```caption\n表2\n```\n\n正文\n");
        assert_eq!(alone.plain_text(), "表2\n正文\n");
    }

    #[test]
    fn a_chart_needs_a_value_for_each_category() {
        let chart = |values: &str| {
            let json = format!(
                r#"{{"kind":"line","title":"走访","categories":["9月","10月"],"series":[{{"name":"次","values":{values}}}]}}"#
            );
            parse(
                &format!("正文\n\n```chart\n{json}\n```\n"),
                Lang::Zh,
                PageStyle::Plain,
                Sources::default(),
            )
        };
        let read = chart("[3, null]").unwrap();
        assert!(
            matches!(&read.blocks[1], Block::Chart(chart) if chart.kind == ChartKind::Line && chart.series[0].values == [Some(3.0), None])
        );
        let fault = chart("[3]").unwrap_err();
        assert_eq!(
            fault.message(Lang::Zh),
            "第 3 行：图表的系列“次”有 1 个数，类别却有 2 个"
        );
        assert!(matches!(
            chart("\"x\"").unwrap_err().fault,
            MarkdownFault::Json("chart", _)
        ));
        let unknown = parse(
            "```mermaid\nx\n```",
            Lang::Zh,
            PageStyle::Plain,
            Sources::default(),
        )
        .unwrap_err();
        assert_eq!(
            unknown,
            ParseError {
                line: 1,
                fault: MarkdownFault::UnknownBlock("mermaid".to_owned())
            }
        );
    }

    #[test]
    fn a_signature_has_lines_of_inline_markdown() {
        let read = document("```signature\n某某小学\n\n2026年1月20日\n```\n\n```page-break\n```\n");
        assert_eq!(
            read.blocks,
            [
                Block::Signature(vec![vec![text("某某小学")], vec![text("2026年1月20日")]]),
                Block::PageBreak
            ]
        );
    }

    #[test]
    fn format_names_are_unique() {
        let names: std::collections::BTreeSet<&str> =
            FORMATS.iter().map(|format| format.name()).collect();
        assert_eq!(names.len(), FORMATS.len());
    }
}

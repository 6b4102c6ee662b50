//! Documents and their output formats, through the public interface.

use cuncao::document::{
    Block, Document, Inline, PageStyle, Sources, clean, escape, figure, format, parse,
};
use cuncao::text::Lang;
use proptest::prelude::*;

fn read(markdown: &str) -> Document {
    parse(markdown, Lang::Zh, PageStyle::Official, Sources::default())
        .expect("plain Markdown is a document")
}

fn markdown(document: &Document) -> String {
    let format = format("md").expect("there is a Markdown format");
    String::from_utf8(format.render(document).expect("Markdown is made"))
        .expect("Markdown is UTF-8")
}

fn one_text(text: &str) -> Vec<Inline> {
    match clean(text) {
        cleaned if cleaned.is_empty() => vec![],
        cleaned => vec![Inline::Text(cleaned)],
    }
}

/// Asserts that text from a record is rendered literally wherever a template inserts it.
fn assert_is_only_text(text: &str) {
    let escaped = escape(text);
    let expected = one_text(text);
    let paragraphs = if expected.is_empty() {
        vec![]
    } else {
        vec![Block::Paragraph(expected.clone())]
    };
    assert_eq!(read(&escaped).blocks, paragraphs, "a paragraph of {text:?}");

    let table = read(&format!(
        "|{escaped}|乙|\n|---|---|\n|{escaped}|{escaped}|\n"
    ));
    let [Block::Table(table)] = table.blocks.as_slice() else {
        panic!("a table with {text:?}: {:?}", table.blocks);
    };
    assert_eq!(table.header[0], expected, "a header cell of {text:?}");
    assert_eq!(
        table.rows,
        [[expected.clone(), expected.clone()]],
        "cells of {text:?}"
    );

    let heading = read(&format!("## {escaped}\n"));
    assert_eq!(
        heading.blocks,
        [Block::Heading {
            level: 1,
            text: expected.clone()
        }],
        "a heading of {text:?}"
    );

    let list = read(&format!("- {escaped}\n- 乙\n"));
    let [Block::List(list)] = list.blocks.as_slice() else {
        panic!("a list with {text:?}: {:?}", list.blocks);
    };
    assert_eq!(list.items.len(), 2, "a list with {text:?}");
    assert_eq!(list.items[0], paragraphs, "an item of {text:?}");

    let link = read(&figure("key", text));
    let [Block::Paragraph(inlines)] = link.blocks.as_slice() else {
        panic!("a figure of {text:?}: {:?}", link.blocks);
    };
    let [Inline::Figure(found)] = inlines.as_slice() else {
        panic!("a figure of {text:?}: {inlines:?}");
    };
    assert_eq!((found.key.as_str(), &found.text), ("key", &clean(text)));

    let signature = read(&format!("```signature\n{escaped}\n2026年1月20日\n```\n"));
    let Block::Signature(lines) = &signature.blocks[0] else {
        panic!("a signature of {text:?}: {:?}", signature.blocks);
    };
    assert_eq!(
        lines.last(),
        Some(&vec![Inline::Text("2026年1月20日".to_owned())])
    );
    if !expected.is_empty() {
        assert_eq!(lines[0], expected, "a signature of {text:?}");
    }
}

/// Generates text from the syntax of Markdown, HTML and tables.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "|",
        "\\",
        "\n",
        "\r\n",
        "\t",
        " ",
        "  ",
        "    ",
        "#",
        "##",
        "1.",
        "1)",
        "12",
        "-",
        "--",
        "---",
        "+",
        "*",
        "**",
        "_",
        "__",
        "`",
        "```",
        "~",
        "~~~",
        ">",
        "<",
        "<b>",
        "<!--",
        "-->",
        "]]>",
        "&",
        "&amp;",
        "&#124;",
        "&lt",
        ";",
        "[",
        "]",
        "(",
        ")",
        "!",
        "[a]: b",
        "](figure:x)",
        "=",
        "===",
        ":",
        "http://a.b",
        "www.a.b",
        "a@b.c",
        "{{ 7*7 }}",
        "{%",
        "$",
        "^",
        "\"",
        "'",
        "%%",
        "%",
        "王小芳",
        "：",
        "，",
        "a",
        "b",
        "\u{202e}",
        "\u{0}",
        "\u{1b}[31m",
        "\u{feff}",
        "\u{3000}",
        "\u{a0}",
        "\u{2028}",
        "👧",
        ":---:",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_rendered_literally(text in "\\PC{0,40}|(?s).{0,40}") {
        assert_is_only_text(&text);
    }

    #[test]
    fn markup_is_rendered_literally(text in markup()) {
        assert_is_only_text(&text);
    }

    #[test]
    fn markdown_output_parses_to_the_same_document(first in markup(), second in markup()) {
        let (first, second) = (escape(&first.replace(['\n', '\r', '\u{2028}'], " ")), escape(&second.replace(['\n', '\r', '\u{2028}'], " ")));
        let source = format!("# 总结\n\n甲{first}\n\n{first}\n\n- {second}\n- 甲\n\n|{first}|乙|\n|:--|--:|\n|{second}|12{second}|\n");
        let document = read(&source);
        let again = read(&markdown(&document));
        prop_assert_eq!(&again.blocks, &document.blocks, "{}", markdown(&document));
    }
}

#[test]
fn known_problematic_texts_are_rendered_literally() {
    for text in [
        "<script>alert(1)</script>",
        "]]>",
        "{{ 7*7 }}",
        "=cmd|' /C calc'!A0",
        "\u{1b}[31mred\u{1b}[0m",
        "\u{202e}反\u{202c}",
        "|",
        "a\\",
        "# 一",
        "1. 一",
        "> 引",
        "```chart",
        "    缩进",
        "[x](figure:children)",
        "甲\n\n---\n\n乙",
        "<https://example.org>",
    ] {
        assert_is_only_text(text);
    }
}

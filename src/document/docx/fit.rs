//! Selection of the font size so that each letter fits on a page.

use unicode_width::UnicodeWidthStr;

use super::super::model::{Block, Document, Inline, PageStyle};
use super::super::plain::inline_text;
use super::look::Look;

/// The sizes of body text in letters, in half points: the largest that fits is used, or else the smallest.
const SIZES: [u32; 5] = [32, 30, 28, 24, 21];

/// Returns the look of a document, with the size of letters adjusted.
pub(super) fn look(document: &Document) -> Look {
    let look = || Look::of(document.page, document.lang);
    if document.page != PageStyle::Letter {
        return look();
    }
    let papers = document
        .blocks
        .split(|block| matches!(block, Block::Title(_)))
        .collect::<Vec<_>>();
    let fits = |size: &&u32| {
        let look = look().in_size(**size);
        let room = look.page.1 - look.margins[0] - look.margins[2];
        papers.iter().all(|paper| height(paper, &look) <= room)
    };
    let size = SIZES.iter().find(fits).unwrap_or(&SIZES[SIZES.len() - 1]);
    look().in_size(*size)
}

/// Estimates the height of a paper with its title, in twentieths of a point.
fn height(blocks: &[Block], look: &Look) -> u32 {
    let title = look.title.size * 15 + 280;
    title + lines(blocks, look) * look.line.0 + look.body.size * 15
}

fn lines(blocks: &[Block], look: &Look) -> u32 {
    // A unit of width is half a character.
    let columns = look.text_width() / (look.body.size * 5);
    let of_text = |text: &[Inline], indent: u32| {
        let text = inline_text(text);
        let lines = text.split('\n').map(|line| {
            let width = u32::try_from(line.width_cjk()).unwrap_or(u32::MAX / 2);
            (width + indent).div_ceil(columns).max(1)
        });
        lines.sum::<u32>()
    };
    let blocks = blocks.iter().map(|block| match block {
        Block::Title(text)
        | Block::Subtitle(text)
        | Block::Heading { text, .. }
        | Block::Paragraph(text) => of_text(text, 4),
        Block::Quote(inner) => lines(inner, look) + 1,
        // Items are indented: about a tenth more than the same text in paragraphs.
        Block::List(list) => {
            list.items.iter().map(|item| lines(item, look)).sum::<u32>() * 11 / 10 + 1
        }
        Block::Table(table) => table.rows.len() as u32 + 2,
        Block::Form(form) => form.rows.iter().map(|row| row.lines as u32).sum(),
        Block::Signature(signed) => signed.len() as u32,
        Block::Chart(_) | Block::Cards(_) => 12,
        Block::PageBreak | Block::Rule => 0,
    });
    blocks.sum()
}

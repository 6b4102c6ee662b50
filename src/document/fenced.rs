//! Fenced blocks with a special meaning: `chart`, `cards`, `page-break`, `signature`, `subtitle`, `caption`, `form`.

use serde::de::DeserializeOwned;

use super::cards::CardSheet;
use super::chart::Chart;
use super::escape::clean;
use super::fault::MarkdownFault;
use super::model::{Block, Form, Inline};

/// The result of parsing a fenced block.
pub(super) enum Fenced {
    /// A block of the document.
    Block(Block),
    /// The caption of the table that follows.
    Caption(Vec<Inline>),
    /// Nothing to show, as for an empty chart.
    Nothing,
}

/// Parses the fenced block `name`; `inlines_of` parses a line of text.
pub(super) fn read(
    name: &str,
    text: &str,
    inlines_of: fn(&str) -> Vec<Inline>,
) -> Result<Fenced, MarkdownFault> {
    match name {
        "" => Ok(Fenced::Block(verbatim(text))),
        "page-break" => Ok(Fenced::Block(Block::PageBreak)),
        "signature" => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Ok(Fenced::Block(Block::Signature(
                lines.map(inlines_of).collect(),
            )))
        }
        "subtitle" => Ok(Fenced::Block(Block::Subtitle(inlines_of(text)))),
        "caption" => Ok(Fenced::Caption(inlines_of(text))),
        "chart" => chart(text),
        "cards" => cards(text),
        "form" => Ok(Fenced::Block(Block::Form(Form::read(text, inlines_of)))),
        _ => Err(MarkdownFault::UnknownBlock(clean(name))),
    }
}

fn verbatim(text: &str) -> Block {
    let mut inlines = Vec::new();
    for line in text.lines() {
        if !inlines.is_empty() {
            inlines.push(Inline::LineBreak);
        }
        inlines.push(Inline::Code(line.to_owned()));
    }
    Block::Paragraph(inlines)
}

fn json<T: DeserializeOwned>(name: &'static str, text: &str) -> Result<T, MarkdownFault> {
    serde_json::from_str(text).map_err(|fault| MarkdownFault::Json(name, fault.to_string()))
}

fn chart(text: &str) -> Result<Fenced, MarkdownFault> {
    let mut chart: Chart = json("chart", text)?;
    for words in [&mut chart.title, &mut chart.unit, &mut chart.alt] {
        *words = one_line(words);
    }
    for category in &mut chart.categories {
        *category = one_line(category);
    }
    for series in &mut chart.series {
        series.name = one_line(&series.name);
        if series.values.len() != chart.categories.len() {
            return Err(MarkdownFault::ChartLength {
                series: series.name.clone(),
                values: series.values.len(),
                categories: chart.categories.len(),
            });
        }
    }
    Ok(if chart.is_empty() {
        Fenced::Nothing
    } else {
        Fenced::Block(Block::Chart(chart))
    })
}

fn cards(text: &str) -> Result<Fenced, MarkdownFault> {
    let mut sheet: CardSheet = json("cards", text)?;
    sheet.columns = sheet.columns.clamp(1, 4);
    for card in &mut sheet.cards {
        card.title = one_line(&card.title);
        for (label, value) in &mut card.rows {
            *label = one_line(label);
            *value = clean(value);
        }
        card.note = card
            .note
            .as_deref()
            .map(clean)
            .filter(|note| !note.is_empty());
    }
    Ok(if sheet.cards.is_empty() {
        Fenced::Nothing
    } else {
        Fenced::Block(Block::Cards(sheet))
    })
}

fn one_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

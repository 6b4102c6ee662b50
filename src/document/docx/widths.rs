//! The widths of table columns, from their contents.

use super::super::model::Table;
use super::super::plain::inline_text;
use super::look::Look;

/// Cells longer than this many half characters are prose, which may be broken anywhere.
const PROSE_HALF_CHARS: u32 = 24;

/// The minimum font size, in half points.
const MIN_FONT_SIZE: u32 = 15;

/// The left and right margins of a cell with its borders.
const CELL_MARGINS: u32 = 236;

/// Returns the width that a column needs, in hundredths of a character.
type Needed = fn(&Measured) -> u32;

/// Returns the widths of the columns, which add up to the width of the text area, and the font size if it must be
/// smaller than usual: the largest at which no word, number, date or short phrase is broken.
pub(super) fn columns(table: &Table, look: &Look) -> (Vec<u32>, Option<u32>) {
    let total = look.text_width();
    let measured: Vec<Measured> = (0..table.header.len())
        .map(|at| Measured::of(table, at))
        .collect();
    // The font shrinks slightly before a header is broken, and more before a short phrase is; phrases are broken before
    // words are.
    let tiers: [(Needed, u32); 3] = [
        (
            |column| column.phrase.max(column.header),
            look.table.size.saturating_sub(3),
        ),
        (|column| column.phrase, MIN_FONT_SIZE),
        (|column| column.word, MIN_FONT_SIZE),
    ];
    for (tier, smallest) in tiers {
        for size in (smallest.max(MIN_FONT_SIZE)..=look.table.size).rev() {
            let least: Vec<u32> = measured
                .iter()
                .map(|column| length(tier(column), size))
                .collect();
            if least.iter().sum::<u32>() <= total {
                let wanted = measured.iter().map(|column| length(column.whole, size));
                let smaller = (size < look.table.size).then_some(size);
                return (share(total, &least, wanted), smaller);
            }
        }
    }
    // Even the longest words do not fit: shrink all columns in proportion.
    let least: Vec<u32> = measured
        .iter()
        .map(|column| length(column.word, MIN_FONT_SIZE))
        .collect();
    let sum = least.iter().sum::<u32>().max(1);
    let widths = least.iter().map(|width| width * total / sum);
    (widths.collect(), Some(MIN_FONT_SIZE))
}

/// Converts hundredths of a character to a length, at a font size.
fn length(hundredths: u32, size: u32) -> u32 {
    hundredths * size / 10 + CELL_MARGINS
}

/// Distributes the spare width to columns that want more, and if all have enough, evenly.
fn share(total: u32, least: &[u32], wanted: impl Iterator<Item = u32>) -> Vec<u32> {
    let spare = total - least.iter().sum::<u32>();
    let wishes: Vec<u32> = wanted
        .zip(least)
        .map(|(wanted, least)| wanted.saturating_sub(*least))
        .collect();
    let sum = wishes.iter().sum::<u32>();
    let columns = least.len().max(1) as u32;
    let widened = least.iter().zip(&wishes).map(|(least, wish)| {
        if sum > spare {
            least + spare * wish / sum
        } else {
            least + wish + (spare - sum) / columns
        }
    });
    widened.collect()
}

/// The widths of the contents of a column, in hundredths of a character.
struct Measured {
    /// The longest word, number or date.
    word: u32,
    /// The longest phrase short enough to stay on one line; for a header, its longest line.
    phrase: u32,
    /// The header on one line.
    header: u32,
    /// The longest cell on one line, up to a limit.
    whole: u32,
}

impl Measured {
    fn of(table: &Table, at: usize) -> Measured {
        let header = table
            .header
            .get(at)
            .map(|cell| inline_text(cell))
            .unwrap_or_default();
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        let cells: Vec<String> = cells.map(|cell| inline_text(cell)).collect();
        let texts = || cells.iter().flat_map(|cell| cell.split('\n'));
        let most = |widths: &mut dyn Iterator<Item = u32>| widths.max().unwrap_or_default();
        let word = most(&mut texts().chain([header.as_str()]).map(longest_word)).max(200);
        let short = |text: &&str| width(text) <= PROSE_HALF_CHARS * 50;
        let phrase = most(&mut texts().filter(short).map(width))
            .max(word)
            // Long cells need some width as well, and a header must fit on two lines.
            .max(most(&mut texts().map(width)).min(PROSE_HALF_CHARS * 50) * 2 / 3)
            .max(
                header_lines(&header)
                    .into_iter()
                    .map(width)
                    .max()
                    .unwrap_or_default(),
            );
        let whole = most(&mut texts().chain([header.as_str()]).map(width)).min(4800);
        Measured {
            word,
            phrase,
            header: width(&header),
            whole,
        }
    }
}

/// Whether a header needs more than one line in a column.
pub(super) fn is_broken(header: &str, column: u32, size: u32) -> bool {
    length(width(header), size) > column
}

/// Splits a long header into lines; a Chinese one between words.
pub(super) fn header_lines(header: &str) -> Vec<&str> {
    /// The last words of headers.
    const LAST: &[&str] = &[
        "监护",
        "外出",
        "走访",
        "测评",
        "情况",
        "类型",
        "办结",
        "填写",
        "辅导员",
        "家长",
    ];
    let is_chinese = header.chars().all(|c| c > '\u{2e80}');
    if !is_chinese || header.chars().count() < 4 {
        return header.split(' ').collect();
    }
    let by_sense = LAST.iter().find_map(|last| header.strip_suffix(last));
    let first = by_sense.map_or_else(|| header.find('（').unwrap_or_default(), str::len);
    let middle = || {
        let half = header.chars().count().div_ceil(2);
        header
            .char_indices()
            .nth(half)
            .map_or(header.len(), |(at, _)| at)
    };
    let at = if first == 0 { middle() } else { first };
    vec![&header[..at], &header[at..]]
}

/// Returns the width of a text in hundredths of a character, with the space between Chinese and Latin characters.
pub(super) fn width(text: &str) -> u32 {
    let between = |(c, next): &(char, char)| {
        c.is_alphanumeric() && next.is_alphanumeric() && c.is_ascii() != next.is_ascii()
    };
    let gaps = text.chars().zip(text.chars().skip(1)).filter(between);
    text.chars().map(width_of).sum::<u32>() + gaps.count() as u32 * 25
}

/// Returns where to break a title that is too long for a line: after the name of a place if possible, otherwise in the
/// middle.
pub(super) fn middle_of_title(title: &str, most: u32) -> usize {
    const PLACES: &str = "省市州县区旗镇乡村";
    let breaks = title.char_indices().skip(1).map(|(at, _)| at);
    let longer = |at: &usize| width(&title[..*at]).max(width(&title[*at..]));
    let fits = |at: &usize| longer(at) <= most;
    let places = breaks
        .clone()
        .filter(|at| title[..*at].ends_with(|c| PLACES.contains(c)));
    let by_sense = places.filter(fits).min_by_key(longer);
    by_sense.or_else(|| breaks.min_by_key(longer)).unwrap_or(0)
}

/// The width of a character in Times New Roman relative to Chinese type.
fn width_of(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 32,
        ' ' => 25,
        '0'..='9' => 51,
        'm' | 'w' | '%' | '@' => 84,
        'W' | 'M' => 95,
        'A'..='Z' => 73,
        '\0'..='\u{7f}' => 51,
        _ => 100,
    }
}

/// Returns the width of the longest part without a break: a word, a number with its sign, a date.
fn longest_word(text: &str) -> u32 {
    let words = text.split(|c: char| c.is_whitespace() || !c.is_ascii());
    words.map(width).max().unwrap_or_default()
}

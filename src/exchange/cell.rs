//! What a cell says, as the value that a field holds; and the other way round.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use toml::Value;
use unicode_normalization::UnicodeNormalization;

use super::sheet::Cell;
use super::written;
use crate::diagnostic::Message;
use crate::model::money::Goal;
use crate::model::shape::{CodeWord, Holds};
use crate::model::{Date, DateTime, Id, Kind, Money, School, Time};
use crate::text::suggest;

/// Numbers from here on are not exact in a spreadsheet program, which keeps 15 digits.
const INEXACT: f64 = 1e15;

/// Who is called what: the records that are there, and those that come with the same import.
#[derive(Debug, Default)]
pub struct Names {
    ids: HashSet<Id>,
    named: HashMap<(Kind, String), Vec<Id>>,
}

impl Names {
    /// Notes a record.
    pub fn note(&mut self, id: Id, name: Option<&str>) {
        if self.ids.insert(id)
            && let Some(name) = name
        {
            let key = (id.kind(), name.to_owned());
            self.named.entry(key).or_default().push(id);
        }
    }

    /// Whether there is a record with an id.
    pub fn has(&self, id: Id) -> bool {
        self.ids.contains(&id)
    }
}

/// What the meaning of a cell depends on beside the cell.
pub struct Context<'a> {
    /// The school's settings, for the names of classes.
    pub school: &'a School,
    /// The day, for the names of classes.
    pub today: NaiveDate,
    /// Who is called what.
    pub names: &'a Names,
}

/// The value of a cell for a field; none of an empty one.
///
/// # Errors
///
/// What is wrong with the cell.
pub fn value(holds: &Holds, cell: &Cell, context: &Context<'_>) -> Result<Option<Value>, Message> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Text(text) => {
            let text = unescaped(text).replace("\r\n", "\n");
            of_text(holds, &text, context).map(Some)
        }
        Cell::Number(number) => of_number(holds, *number, context).map(Some),
        Cell::Truth(truth) => match holds {
            Holds::Truth => Ok(Some(Value::Boolean(*truth))),
            _ => of_text(holds, if *truth { "TRUE" } else { "FALSE" }, context).map(Some),
        },
        Cell::Time(time) => match holds {
            Holds::Date => Ok(Some(Value::Datetime(Date(time.date()).into()))),
            Holds::DateTime => Ok(Some(Value::Datetime(DateTime(*time).into()))),
            _ => of_text(holds, &cell.shown(), context).map(Some),
        },
    }
}

fn expected(found: &str, id: &'static str) -> Message {
    Message::new(id).with("found", found)
}

fn of_number(holds: &Holds, number: f64, context: &Context<'_>) -> Result<Value, Message> {
    let whole = number.fract() == 0.0;
    match holds {
        Holds::Money => {
            let fen = (number * 100.0).round();
            if (0.0..INEXACT).contains(&fen) && (fen - number * 100.0).abs() < 1e-3 {
                return Ok(Value::String(Money::of_fen(fen as i64).to_string()));
            }
            Err(expected(&number.to_string(), "import-bad-amount"))
        }
        Holds::Goal if number > 0.0 && number <= 1.0 && !whole => {
            // A cell formatted as a share.
            of_text(
                holds,
                &format!("{}%", (number * 1000.0).round() / 10.0),
                context,
            )
        }
        Holds::Truth if number == 0.0 || number == 1.0 => Ok(Value::Boolean(number == 1.0)),
        Holds::Text | Holds::Phone | Holds::Confidential | Holds::Prose
            if number.abs() >= INEXACT =>
        {
            Err(expected(&number.to_string(), "import-rounded"))
        }
        _ if whole && number.abs() < INEXACT => of_text(holds, &format!("{number:.0}"), context),
        _ => of_text(holds, &number.to_string(), context),
    }
}

fn of_text(holds: &Holds, text: &str, context: &Context<'_>) -> Result<Value, Message> {
    // What stands for a number, a day or a code may have been typed in full width.
    let narrow = || text.nfkc().collect::<String>().trim().to_owned();
    match holds {
        Holds::Text | Holds::Phone | Holds::Confidential | Holds::Prose => {
            if is_rounded(text) {
                return Err(expected(text, "import-rounded"));
            }
            Ok(Value::String(text.to_owned()))
        }
        Holds::Number => narrow()
            .trim_end_matches(".0")
            .parse::<u32>()
            .map(|number| Value::Integer(i64::from(number)))
            .map_err(|_| expected(text, "import-bad-number")),
        Holds::Truth => match narrow().to_lowercase().as_str() {
            "true" | "yes" | "y" | "1" | "是" | "有" | "√" | "对" => Ok(Value::Boolean(true)),
            "false" | "no" | "n" | "0" | "否" | "无" | "×" | "x" => Ok(Value::Boolean(false)),
            _ => Err(expected(text, "import-bad-truth")),
        },
        Holds::Date => written::day(&narrow())
            .map(|day| Value::Datetime(Date(day).into()))
            .ok_or_else(|| expected(text, "import-bad-date")),
        Holds::DateTime => written::time(&narrow())
            .map(|time| Value::Datetime(DateTime(time).into()))
            .ok_or_else(|| expected(text, "import-bad-time")),
        Holds::Money => {
            let bare: String = narrow()
                .chars()
                .filter(|c| !matches!(c, '元' | '¥' | ',' | ' '))
                .collect();
            bare.parse::<Money>()
                .map(|amount| Value::String(amount.to_string()))
                .map_err(|_| expected(text, "import-bad-amount"))
        }
        Holds::Class => written::class(&narrow(), context.school, context.today)
            .map(|class| Value::String(class.to_string()))
            .ok_or_else(|| expected(text, "import-bad-class")),
        Holds::Goal => {
            let bare = narrow();
            match bare.parse::<i64>() {
                Ok(number) => Ok(Value::Integer(number)),
                Err(_) if bare.parse::<Goal>().is_ok() => Ok(Value::String(bare)),
                Err(_) => Err(expected(text, "import-bad-number")),
            }
        }
        Holds::Code(words) => code(words, text.trim()).map(|code| Value::String(code.to_owned())),
        Holds::Reference(kind) => {
            reference(*kind, text.trim(), context).map(|id| Value::String(id.to_string()))
        }
        Holds::List(entry) => {
            let parts = split(entry, text);
            let values = parts.iter().map(|part| of_text(entry, part, context));
            Ok(Value::Array(values.collect::<Result<_, _>>()?))
        }
        Holds::Time => narrow()
            .parse::<Time>()
            .map(|time| Value::Datetime(time.into()))
            .map_err(|_| expected(text, "import-bad-time")),
        Holds::Table(_)
        | Holds::Tables(_)
        | Holds::Counts { .. }
        | Holds::Match
        | Holds::Bounds => Err(expected(text, "import-no-cell")),
    }
}

/// Whether a spreadsheet program has written a long number as `1.39E+10`: its last digits are lost.
fn is_rounded(text: &str) -> bool {
    text.split_once("E+").is_some_and(|(number, power)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits(power) && digits(&number.replacen('.', "", 1))
    })
}

fn code<'a>(words: &'a [CodeWord], text: &str) -> Result<&'a str, Message> {
    let plain = |text: &str| text.replace([' ', '_', '-'], "").to_lowercase();
    let wanted = plain(text);
    let found = words.iter().find(|word| {
        [&word.code, &word.zh, &word.en]
            .into_iter()
            .any(|known| plain(known) == wanted)
    });
    found.map(|word| word.code.as_str()).ok_or_else(|| {
        let labels = words
            .iter()
            .flat_map(|word| [word.zh.as_str(), word.code.as_str()]);
        let alike = |word: &&str| word.contains(|c| text.contains(c));
        match suggest::nearest(text, labels).filter(alike) {
            Some(nearest) => expected(text, "import-unknown-code-nearest").with("nearest", nearest),
            None => {
                let known: Vec<_> = words.iter().map(|word| word.zh.as_str()).collect();
                expected(text, "import-unknown-code").with("known", known.join("、"))
            }
        }
    })
}

fn reference(kind: Kind, text: &str, context: &Context<'_>) -> Result<Id, Message> {
    if let Some(id) = Id::parse(kind, text) {
        return match context.names.has(id) {
            true => Ok(id),
            false => Err(expected(text, "import-unknown-reference").with("kind", kind.name())),
        };
    }
    let named = context.names.named.get(&(kind, text.to_owned()));
    match named.map(Vec::as_slice) {
        Some([id]) => Ok(*id),
        Some([_, _, ..]) => {
            let mut ids: Vec<_> = named.into_iter().flatten().map(Id::to_string).collect();
            ids.sort();
            Err(expected(text, "import-several-named").with("ids", ids.join(", ")))
        }
        _ => Err(expected(text, "import-unknown-reference").with("kind", kind.name())),
    }
}

/// Where a list in a cell is cut: sentences only where no sentence has commas.
fn separators(entry: &Holds) -> &'static [char] {
    match entry {
        Holds::Prose => &['；', ';', '\n'],
        Holds::Text => &['、', '，', ',', '；', ';', '\n'],
        _ => &['、', '，', ',', '；', ';', '\n', ' ', '\u{3000}'],
    }
}

fn split(entry: &Holds, text: &str) -> Vec<String> {
    if text.starts_with('[')
        && let Ok(parts) = serde_json::from_str::<Vec<String>>(text)
    {
        return parts;
    }
    text.split(separators(entry))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A list as one cell: its entries with `、` between them, or as JSON where that could not be cut again.
pub fn joined(entry: &Holds, parts: &[String]) -> String {
    let plain = parts
        .iter()
        .all(|part| !part.is_empty() && part.trim() == part && !part.contains(separators(entry)));
    let separator = if matches!(entry, Holds::Prose) {
        "；"
    } else {
        "、"
    };
    let text = parts.join(separator);
    match plain && !text.starts_with('[') {
        true => text,
        false => serde_json::to_string(parts).expect("texts are JSON"),
    }
}

/// What spreadsheet programs take for the beginning of a formula, and what a mark before it looks like.
const ACTIVE: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// A text that no spreadsheet program takes for a formula: with `'` before it where it might.
pub fn escaped(text: &str) -> String {
    let marked = text.is_empty() || text.starts_with(ACTIVE) || text.trim() != text;
    match marked {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// The text that [`escaped`] was made from; others as they are.
pub fn unescaped(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.is_empty() || rest.starts_with(ACTIVE) || rest.trim() != rest => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school() -> School {
        toml::from_str("format = 1\n[school]\nname = \"柳树小学\"\nlevel = \"primary\"\n").unwrap()
    }

    fn read(kind: Kind, field: &str, cell: Cell) -> Result<Option<Value>, &'static str> {
        let mut names = Names::default();
        names.note("h7k3m9q".parse().unwrap(), Some("李老师"));
        names.note("h000001".parse().unwrap(), Some("王芳"));
        names.note("h000002".parse().unwrap(), Some("王芳"));
        let school = school();
        let context = Context {
            school: &school,
            today: "2025-10-12".parse().unwrap(),
            names: &names,
        };
        let holds = &kind.shape().at(&field.parse().unwrap()).unwrap().holds;
        value(holds, &cell, &context).map_err(|message| message.id)
    }

    fn text(kind: Kind, field: &str, words: &str) -> Result<String, &'static str> {
        read(kind, field, Cell::of_text(words)).map(|value| value.unwrap().to_string())
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for words in [
            "2015-09-01",
            "2015/9/1",
            "2015.9.1",
            "2015年9月1日",
            "20150901",
            "42248",
            "２０１５／９／１",
            "2015/9/1 0:00:00",
        ] {
            assert_eq!(
                text(Kind::Child, "birth_date", words).unwrap(),
                "2015-09-01",
                "{words}"
            );
        }
        assert_eq!(
            read(Kind::Child, "birth_date", Cell::Number(42248.0))
                .unwrap()
                .unwrap()
                .to_string(),
            "2015-09-01"
        );
        for words in ["2015-02-30", "15/9/1", "2015.9", "9月1日", "昨天", "123"] {
            assert_eq!(
                text(Kind::Child, "birth_date", words),
                Err("import-bad-date"),
                "{words}"
            );
        }
        for words in [
            "2025-11-02T10:25:00",
            "2025/11/2 10:25",
            "2025年11月2日10时25分",
        ] {
            assert_eq!(
                text(Kind::Incident, "discovered", words).unwrap(),
                "2025-11-02T10:25:00"
            );
        }
    }

    #[test]
    fn numbers_that_are_names_of_things_stay_whole() {
        let phone = read(Kind::Helper, "phone", Cell::Number(13_900_001_234.0))
            .unwrap()
            .unwrap();
        assert_eq!(phone.as_str(), Some("13900001234"));
        assert_eq!(
            read(
                Kind::Child,
                "id_number",
                Cell::Number(420_000_201_503_020_000.0)
            ),
            Err("import-rounded")
        );
        assert_eq!(
            text(Kind::Child, "student_no", "1.39E+10"),
            Err("import-rounded")
        );
        assert_eq!(
            read(Kind::Aid, "amount", Cell::Number(300.5))
                .unwrap()
                .unwrap()
                .as_str(),
            Some("300.50")
        );
        assert_eq!(text(Kind::Aid, "amount", "1,200元").unwrap(), "\"1200.00\"");
    }

    #[test]
    fn codes_are_read_by_their_labels() {
        for words in ["祖辈监护", "grandparents", "Grandparents"] {
            assert_eq!(
                text(Kind::Child, "guardianship.kind", words).unwrap(),
                "\"grandparents\""
            );
        }
        assert_eq!(
            text(Kind::Child, "hardship", "低保、残疾").unwrap(),
            "[\"low-income\", \"disabled\"]"
        );
        assert_eq!(
            text(Kind::Child, "gender", "男生"),
            Err("import-unknown-code-nearest")
        );
    }

    #[test]
    fn classes_are_read_by_the_names_they_have_today() {
        for words in [
            "2023-1",
            "三（1）班",
            "3年级1班",
            "三年级(1)班",
            "2023级（1）班",
            "3.1",
        ] {
            assert_eq!(
                text(Kind::Child, "enrolment.class", words).unwrap(),
                "\"2023-1\"",
                "{words}"
            );
        }
        for words in ["七（1）班", "三年级", "好班"] {
            assert_eq!(
                text(Kind::Child, "enrolment.class", words),
                Err("import-bad-class")
            );
        }
    }

    #[test]
    fn people_are_found_by_id_or_exact_name() {
        assert_eq!(text(Kind::Visit, "by", "李老师").unwrap(), "[\"h7k3m9q\"]");
        assert_eq!(
            text(Kind::Visit, "by", "h000001，李老师").unwrap(),
            "[\"h000001\", \"h7k3m9q\"]"
        );
        assert_eq!(text(Kind::Visit, "by", "王芳"), Err("import-several-named"));
        assert_eq!(
            text(Kind::Visit, "by", "李"),
            Err("import-unknown-reference")
        );
    }

    #[test]
    fn formulas_are_disarmed_and_come_back() {
        for words in [
            "=1+1",
            "+8613900001234",
            "-",
            "@x",
            "\tx",
            "'quoted",
            "''",
            "",
            " spaced ",
        ] {
            let cell = escaped(words);
            assert!(cell.starts_with('\''), "{words:?}");
            assert_eq!(unescaped(&cell), words);
        }
        assert_eq!(escaped("张小明"), "张小明");
        assert_eq!(unescaped("'twas"), "'twas");
    }

    #[test]
    fn lists_come_back_from_one_cell() {
        for parts in [
            vec!["画画", "篮球"],
            vec!["一、二", "[三]"],
            vec!["只有一句，带逗号。"],
        ] {
            let parts: Vec<String> = parts.into_iter().map(str::to_owned).collect();
            for entry in [Holds::Text, Holds::Prose] {
                assert_eq!(split(&entry, &joined(&entry, &parts)), parts);
            }
        }
    }
}

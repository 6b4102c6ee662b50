//! `FORMAT.md` and `FORMAT.zh.md` are generated from the model; `CUNCAO_OVERWRITE=1 cargo test --test suite
//! format_page` writes them.

use std::fmt::Write;

use cuncao::model::shape::{Field, FieldType, Shape};
use cuncao::model::{Kind, School};
use cuncao::store::layout;
use cuncao::text::{Lang, Text};

const PAGES: [(Lang, &str); 2] = [
    (
        Lang::En,
        concat!(env!("CARGO_MANIFEST_DIR"), "/examples/FORMAT.md"),
    ),
    (
        Lang::Zh,
        concat!(env!("CARGO_MANIFEST_DIR"), "/examples/FORMAT.zh.md"),
    ),
];

/// The introduction, written by hand.
const HEADS: Text = Text {
    zh: include_str!("../format_page/head.zh.md"),
    en: include_str!("../format_page/head.en.md"),
};

struct Page {
    lang: Lang,
    text: String,
}

impl Page {
    fn word(&self, zh: &'static str, en: &'static str) -> &'static str {
        Text { zh, en }.get(self.lang)
    }

    /// Describes the type of a field.
    fn holds(&self, holds: &FieldType) -> String {
        let word = match holds {
            FieldType::Text => self.word("短文本", "short text"),
            FieldType::Prose => self.word("文字", "text"),
            FieldType::Confidential => self.word("**保密**文字", "**confidential** text"),
            FieldType::Phone => self.word("电话", "phone"),
            FieldType::Number => self.word("整数", "whole number"),
            FieldType::Boolean => self.word("true / false", "true / false"),
            FieldType::Date => self.word("日期", "day"),
            FieldType::DateTime => self.word("日期时间", "day and time"),
            FieldType::Time => self.word("时间", "time of day"),
            FieldType::Bounds => {
                self.word("整数或 [最少, 最多]", "whole number or [minimum, maximum]")
            }
            FieldType::Money => self.word("金额", "amount"),
            FieldType::Class => self.word("班级", "class"),
            FieldType::Goal => self.word("整数或百分比", "number or share"),
            FieldType::Code(_) => self.word("用词", "code"),
            FieldType::Match => self.word("条件", "conditions"),
            FieldType::Table(_) => self.word("表", "table"),
            FieldType::Tables(_) => self.word("多个表", "tables"),
            FieldType::Counts { keys, entry } => {
                let keys = match keys.as_slice() {
                    [first, .., last] if first == "1" => format!("`{first}` … `{last}`"),
                    keys => quoted(keys.iter().map(String::as_str)),
                };
                let each = match **entry {
                    FieldType::Bounds => self.word(
                        "各项整数或 [最少, 最多]：",
                        "whole numbers or [minimum, maximum] each: ",
                    ),
                    _ => self.word("各项整数：", "whole numbers: "),
                };
                return format!("{each}{keys}");
            }
            FieldType::Reference(kind) => {
                let label = kind.label().get(self.lang);
                return match self.lang {
                    Lang::Zh => format!("{label}编号"),
                    Lang::En if label.starts_with('a') => format!("id of an {label}"),
                    Lang::En => format!("id of a {label}"),
                };
            }
            FieldType::List(entry) => {
                let entry = self.holds(entry);
                return match self.lang {
                    Lang::Zh => format!("列表：{entry}"),
                    Lang::En => format!("list: {entry}"),
                };
            }
        };
        word.to_owned()
    }

    /// Writes the fields of a table, then the codes of those that have some, then nested tables.
    fn fields(&mut self, shape: &Shape, base: &str) {
        self.text += self.word(
            "| 字段 | 名称 | 内容 | 说明 |\n| --- | --- | --- | --- |\n",
            "| field | in Chinese | holds | what it says |\n| --- | --- | --- | --- |\n",
        );
        for field in &shape.fields {
            let mark = if field.required { " *" } else { "" };
            writeln!(
                self.text,
                "| `{}`{mark} | {} | {} | {} |",
                field.name,
                // The English label is derived from the name.
                field.label(Lang::Zh),
                self.holds(&field.holds),
                field.description(self.lang).replace('|', "\\|"),
            )
            .unwrap();
        }
        self.text.push('\n');
        let coded = shape.fields.iter().filter(|field| field.codes().is_some());
        let coded: Vec<&Field> = coded.collect();
        // Consecutive fields with the same codes share a line.
        for same in coded.chunk_by(|one, next| one.codes() == next.codes()) {
            self.codes(same);
        }
        if !coded.is_empty() {
            self.text.push('\n');
        }
        for field in &shape.fields {
            let Some(inner) = field.holds.inner() else {
                continue;
            };
            let path = match base {
                "" => field.name.clone(),
                base => format!("{base}.{}", field.name),
            };
            let head = match (&field.holds, inner.inline) {
                (FieldType::Tables(_), true) => format!("`{path} = [{{ … }}, …]`"),
                (FieldType::Tables(_), false) => format!("`[[{path}]]`"),
                (_, true) => format!("`{path} = {{ … }}`"),
                (_, false) => format!("`[{path}]`"),
            };
            writeln!(self.text, "### {head} {}\n", field.label(self.lang)).unwrap();
            self.fields(inner, &path);
        }
    }

    /// Writes the codes of some fields.
    fn codes(&mut self, fields: &[&Field]) {
        let words = fields[0].codes().unwrap().iter();
        let words = words.map(|word| format!("`{}` {}", word.code, word.label(self.lang)));
        let words: Vec<_> = words.collect();
        let joined = words.join(self.word("、", ", "));
        let names = quoted(fields.iter().map(|field| field.name.as_str()));
        let colon = self.word("：", ": ");
        writeln!(self.text, "- {names}{colon}{joined}").unwrap();
    }

    fn kind(&mut self, kind: Kind) {
        let label = kind.label().get(self.lang);
        let month = if kind.is_dated() { "/2025-10" } else { "" };
        let (folder, name) = (kind.folder(), layout::name_pattern(kind));
        let place = format!("{folder}{month}/{name}");
        write!(self.text, "## `{}` {label}\n\n", kind.folder()).unwrap();
        match (self.lang, kind.info().day_field) {
            (Lang::Zh, Some(day)) => writeln!(
                self.text,
                "文件如 `{place}`，月份和文件名里的日期就是 `{day}` 的日期。\n"
            ),
            (Lang::En, Some(day)) => writeln!(
                self.text,
                "Files such as `{place}`; the month and the day in the name are those of `{day}`.\n"
            ),
            (Lang::Zh, None) => writeln!(self.text, "文件如 `{place}`。\n"),
            (Lang::En, None) => writeln!(self.text, "Files such as `{place}`.\n"),
        }
        .unwrap();
        self.fields(kind.shape(), "");
        self.example(kind.info().sample);
    }

    fn example(&mut self, text: &str) {
        let word = self.word("例子：", "Example:");
        write!(self.text, "{word}\n\n```toml\n{}\n```\n\n", text.trim_end()).unwrap();
    }
}

fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<_> = words.map(|word| format!("`{word}`")).collect();
    words.join(" ")
}

fn page(lang: Lang) -> String {
    let mut page = Page {
        lang,
        text: HEADS.get(lang).to_owned(),
    };
    page.text.push('\n');
    let head = page.word("`cuncao.toml` 学校设置", "`cuncao.toml` the school");
    write!(page.text, "## {head}\n\n").unwrap();
    page.fields(School::shape(), "");
    for kind in Kind::ALL {
        page.kind(*kind);
    }
    page.text.truncate(page.text.trim_end().len());
    page.text.push('\n');
    page.text
}

#[test]
fn the_format_pages_match_the_model() {
    for (lang, path) in PAGES {
        let page = page(lang);
        if std::env::var_os("CUNCAO_OVERWRITE").is_some() {
            std::fs::write(path, &page).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), page, "{path}");
    }
}

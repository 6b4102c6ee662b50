//! The header words used in rosters and logs.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::header::plain;
use super::target::{Hint, MemberPart, OmissionReason};
use crate::model::Kind;

/// The meaning of a header word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The field at a path.
    Field(&'static str),
    /// A check mark column for a code of the field at a path.
    Tick(&'static str, &'static str),
    /// Information that implies other fields.
    Hint(Hint),
    /// Ignored.
    Left(OmissionReason),
}

type WordMeanings = HashMap<String, Vec<Meaning>>;

static WORDS: LazyLock<HashMap<&'static str, WordMeanings>> = LazyLock::new(|| {
    let mut sections: HashMap<&str, WordMeanings> = HashMap::new();
    let mut section = "any";
    for line in include_str!("header_words.txt").lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
            continue;
        }
        let Some((head, words)) = line
            .split_once(": ")
            .filter(|_| !line.starts_with("  ") && !line.starts_with("# "))
        else {
            continue;
        };
        let meaning = match (head, head.split_once('=')) {
            ("-number", _) => Meaning::Left(OmissionReason::Number),
            ("-remark", _) => Meaning::Left(OmissionReason::Remark),
            ("-", _) => Meaning::Left(OmissionReason::NoField),
            ("?left-behind", _) => Meaning::Hint(Hint::LeftBehind),
            ("?father-away", _) => Meaning::Hint(Hint::FatherAway),
            ("?mother-away", _) => Meaning::Hint(Hint::MotherAway),
            ("?father-home", _) => Meaning::Hint(Hint::FatherHome),
            ("?mother-home", _) => Meaning::Hint(Hint::MotherHome),
            ("?one-away-incapable", _) => Meaning::Hint(Hint::OneAwayIncapable),
            (_, Some((path, code))) => Meaning::Tick(path, code),
            (path, None) => match path.strip_prefix('-').and_then(Kind::of_name) {
                Some(kind) => Meaning::Left(OmissionReason::OfKind(kind)),
                None => Meaning::Field(path),
            },
        };
        for word in words.split(' ') {
            sections
                .entry(section)
                .or_default()
                .entry(plain(word))
                .or_default()
                .push(meaning);
        }
    }
    sections
});

/// Returns the meanings of a header, normalised by [`plain`].
pub(super) fn meanings(kind: Kind, header: &str) -> &'static [Meaning] {
    let in_section = |section: &str| WORDS.get(section).and_then(|words| words.get(header));
    in_section(kind.name())
        .or_else(|| in_section("any"))
        .map_or(&[], Vec::as_slice)
}

/// All words for a kind, for suggestions.
pub(super) fn all(kind: Kind) -> impl Iterator<Item = &'static str> {
    WORDS
        .get(kind.name())
        .into_iter()
        .flat_map(|words| words.keys().map(String::as_str))
}

/// The person a column is about, in a table about several persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    Guardian,
    Father,
    Mother,
    /// A family member, by its number in the table.
    Member(u8),
}

impl Person {
    /// The path of the person in a child's record.
    fn base(self) -> &'static str {
        match self {
            Person::Guardian => "guardianship.guardian",
            Person::Father => "parents[father]",
            Person::Mother => "parents[mother]",
            Person::Member(_) => "",
        }
    }

    /// Splits a header into the person it starts with and the detail.
    pub(super) fn of(header: &str) -> Option<(Person, &str)> {
        const GUARDIAN: &[&str] = &[
            "受委托监护人",
            "受托监护人",
            "委托监护人",
            "实际监护人",
            "现监护人",
            "临时监护人",
            "主要监护人",
            "监护人",
            "看护人",
            "照料人",
            "照看人",
            "照顾人",
            "抚养人",
            "家长",
        ];
        const FATHER: &[&str] = &["父亲", "爸爸", "其父"];
        const MOTHER: &[&str] = &["母亲", "妈妈", "其母"];
        if let Some(rest) = ["家庭成员", "成员", "监护人", "家长", "第"]
            .iter()
            .find_map(|word| header.strip_prefix(word))
        {
            let number = [
                ("1", 1),
                ("2", 2),
                ("3", 3),
                ("4", 4),
                ("一", 1),
                ("二", 2),
                ("三", 3),
                ("四", 4),
            ];
            if let Some((number, rest)) = number
                .iter()
                .find_map(|(word, number)| Some((*number, rest.strip_prefix(word)?)))
            {
                let rest = rest
                    .strip_prefix("监护人")
                    .or_else(|| rest.strip_prefix("家庭成员"))
                    .unwrap_or(rest);
                return Some((Person::Member(number), rest));
            }
        }
        let of = |words: &[&str], person| {
            words
                .iter()
                .find_map(|word| Some((person, header.strip_prefix(word)?)))
        };
        let single = || {
            // 父电话, but not 父母.
            let mut chars = header.chars();
            let (first, rest) = (chars.next()?, chars.as_str());
            let person = match first {
                '父' => Person::Father,
                '母' => Person::Mother,
                _ => return None,
            };
            attribute(rest)
                .filter(|_| !rest.is_empty())
                .map(|_| (person, rest))
        };
        of(GUARDIAN, Person::Guardian)
            .or_else(|| of(FATHER, Person::Father))
            .or_else(|| of(MOTHER, Person::Mother))
            .or_else(single)
    }

    /// The meaning of a detail of the person; `None` for an unknown word.
    pub(super) fn meaning(self, detail: &str) -> Option<PersonMeaning> {
        if let Person::Member(number) = self {
            let part = match detail {
                "是否监护人" | "是否为监护人" | "监护人" => MemberPart::IsGuardian,
                _ => match attribute(detail)? {
                    "name" => MemberPart::Name,
                    "relation" => MemberPart::Relation,
                    "phone" => MemberPart::Phone,
                    "workplace" => MemberPart::Workplace,
                    _ => return Some(PersonMeaning::NoField),
                },
            };
            return Some(PersonMeaning::Hint(Hint::Member(number, part)));
        }
        let attribute = attribute(detail)?;
        Some(match attribute {
            "-" => PersonMeaning::NoField,
            _ => PersonMeaning::Field(format!("{}.{attribute}", self.base())),
        })
    }
}

/// The meaning of a detail of a person.
pub(super) enum PersonMeaning {
    /// A field of the child's record.
    Field(String),
    /// Information that implies other fields.
    Hint(Hint),
    /// Not stored.
    NoField,
}

/// The field for a detail of a person; `-` if it is not stored.
pub(super) fn attribute(detail: &str) -> Option<&'static str> {
    const ATTRIBUTES: &[(&str, &str)] = &[
        ("name", "姓名 名字 名"),
        (
            "relation",
            "关系 与学生关系 与儿童关系 与被监护人关系 与孩子关系 与留守儿童关系 与本人关系 与该生关系",
        ),
        (
            "phone",
            "电话 联系电话 电话号码 手机 手机号 手机号码 联系方式 联系手机 联系电话号码 常用电话 手机电话",
        ),
        (
            "id_number",
            "身份证号 身份证号码 身份证 公民身份号码 证件号码 身份证件号 公民身份证号码 身份证件号码 证件号",
        ),
        (
            "workplace",
            "务工地点 打工地点 务工地 务工地址 外出地点 外出务工地点 务工所在地 工作地点 工作单位 务工单位 单位 外出务工地 务工去向 外出务工地址 打工地 务工地区 务工单位及地点 打工地址 外出务工地区 外出地 在哪里务工 在哪里打工 在哪务工 在哪打工 在何处务工 在何地务工",
        ),
        (
            "occupation",
            "职业 工作 从事职业 从事工作 从事行业 务工行业 工种",
        ),
        ("education", "文化程度 学历 文化水平 受教育程度"),
        ("health", "健康状况 身体状况 健康情况 身体情况"),
        ("address", "住址 家庭住址 地址 现住址 居住地址 详细地址"),
        ("birth_date", "出生日期 出生年月 出生年月日"),
        ("birth_year", "出生年份 出生年"),
        (
            "contact",
            "多久联系一次 多久和孩子联系一次 多久与孩子联系一次 联系频率 联系频次 与孩子联系频率 与子女联系频率",
        ),
        ("status", "状况 状态 现状 目前状况 情况 目前状态"),
        ("away_since", "外出日期 外出时间 外出务工时间 务工时间"),
        ("returns", "返乡时间 回家时间 返乡情况 返家时间 返乡日期"),
        (
            "-",
            "年龄 民族 性别 政治面貌 微信 微信号 签名 签字 籍贯 国籍 身份证件类型 证件类型 户口所在地 现居住地 QQ 月收入 收入",
        ),
    ];
    if detail.is_empty() {
        return Some("name");
    }
    ATTRIBUTES
        .iter()
        .find(|(_, words)| words.split(' ').any(|word| word == detail))
        .map(|(path, _)| *path)
}

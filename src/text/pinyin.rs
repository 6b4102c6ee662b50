//! Search for Chinese names by pinyin: `zhangxiaoming`, `zxm`.

use pinyin::ToPinyinMulti;

/// How well the input matches a name; the better match is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It is a prefix of the name, its pinyin or its initials.
    Begins,
    /// It equals one of these.
    Whole,
}

/// Matches input against a name, its pinyin and its initials. For a character with several readings any of them
/// matches; `ü` can be typed as `v`, `u` or `ü`.
pub fn fits(typed: &str, name: &str) -> Option<Match> {
    let typed: Vec<char> = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'')
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ü' { 'v' } else { c })
        .collect();
    if typed.is_empty() {
        return None;
    }
    let syllables: Vec<Vec<Vec<char>>> = name
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '·' | '•'))
        .map(readings)
        .collect();
    let initials: Vec<Vec<Vec<char>>> = syllables
        .iter()
        .map(|readings| {
            readings
                .iter()
                .map(|reading| reading[..1].to_vec())
                .collect()
        })
        .collect();
    spelled(&typed, &syllables).max(spelled(&typed, &initials))
}

/// Returns the pinyin of a name as a sort key; the first character is read as a surname.
pub fn sort_key(name: &str) -> String {
    let first = |c: char| readings(c).into_iter().next().unwrap_or_default();
    let mut chars = name.chars();
    let surname = chars.next();
    let reading = surname.and_then(surname_reading);
    let surname = match (reading, surname) {
        (Some(reading), _) => reading.to_owned(),
        (None, surname) => surname.into_iter().flat_map(first).collect(),
    };
    surname + &chars.flat_map(first).collect::<String>()
}

/// Returns the spellings of a character; the character itself if it has none.
fn readings(c: char) -> Vec<Vec<char>> {
    let Some(multi) = c.to_pinyin_multi() else {
        return vec![c.to_lowercase().collect()];
    };
    let mut spellings = Vec::new();
    for reading in multi {
        let plain = reading.plain().replace('ü', "v");
        if plain.is_empty() {
            continue;
        }
        if plain.contains('v') {
            spellings.push(plain.replace('v', "u").chars().collect());
        }
        spellings.push(plain.chars().collect());
    }
    spellings.extend(surname_reading(c).map(|reading| reading.chars().collect()));
    spellings.push(vec![c]);
    spellings
}

/// Returns the reading of a character as a surname, where it differs (《通用规范汉字表》 and dictionaries of surnames).
fn surname_reading(c: char) -> Option<&'static str> {
    Some(match c {
        '单' => "shan",
        '曾' => "zeng",
        '解' => "xie",
        '仇' => "qiu",
        '查' => "zha",
        '区' => "ou",
        '朴' => "piao",
        '盖' => "ge",
        '任' => "ren",
        '翟' => "zhai",
        '员' => "yun",
        '尉' => "yu",
        '覃' => "qin",
        _ => return None,
    })
}

fn spelled(typed: &[char], syllables: &[Vec<Vec<char>>]) -> Option<Match> {
    let Some((readings, rest)) = syllables.split_first() else {
        return typed.is_empty().then_some(Match::Whole);
    };
    if typed.is_empty() {
        return Some(Match::Begins);
    }
    readings
        .iter()
        .filter_map(|reading| {
            if let Some(after) = typed.strip_prefix(reading.as_slice()) {
                spelled(after, rest)
            } else {
                reading.starts_with(typed).then_some(Match::Begins)
            }
        })
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_pinyin_and_its_initials() {
        for typed in ["zhangxiaoming", "zxm", "Zhang Xiaoming", "张小明"] {
            assert_eq!(fits(typed, "张小明"), Some(Match::Whole), "{typed}");
        }
        for typed in ["z", "zx", "zhang", "zhangxiaom", "张小"] {
            assert_eq!(fits(typed, "张小明"), Some(Match::Begins), "{typed}");
        }
        for typed in ["", "zm", "zhangming", "zxmm", "李"] {
            assert_eq!(fits(typed, "张小明"), None, "{typed}");
        }
    }

    #[test]
    fn characters_with_several_readings_match_by_each() {
        for (typed, name) in [
            ("shanle", "单乐"),
            ("danyue", "单乐"),
            ("zengxian", "曾仙"),
            ("lv", "吕"),
            ("lu", "吕"),
            ("lü", "吕"),
        ] {
            assert_eq!(fits(typed, name), Some(Match::Whole), "{typed}");
        }
        assert!(sort_key("阿明") < sort_key("张明"));
        for (name, key) in [
            ("曾可欣", "zengkexin"),
            ("单雨", "shanyu"),
            ("解明", "xieming"),
            ("明解", "mingjie"),
        ] {
            assert_eq!(sort_key(name), key);
        }
    }
}

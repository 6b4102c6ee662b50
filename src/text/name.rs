//! Names of people: how they are compared, and their parts.

/// Surnames of two characters that are in use (《百家姓》).
const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯",
    "端木",
];

/// A name or text as names are compared: without blanks, marks that nobody sees and the dots within names, full-width
/// letters as plain ones, all letters small.
pub fn fold(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        '·' | '•' | '・' | '‧' | '∙' | '⋅' | '．' => None,
        c if c.is_whitespace() || c.is_control() => None,
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        c => Some(c),
    });
    kept.flat_map(char::to_lowercase).collect()
}

/// The surname that a Chinese name begins with.
pub fn surname(name: &str) -> &str {
    let double = DOUBLE_SURNAMES
        .iter()
        .find(|surname| name.starts_with(**surname));
    let first = || name.chars().next().map_or(0, char::len_utf8);
    &name[..double.map_or_else(first, |surname| surname.len())]
}

/// The given name of a Chinese name, where it is of two characters or more.
pub fn given(name: &str) -> Option<&str> {
    let given = &name[surname(name).len()..];
    let is_chinese = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c) || c >= '\u{20000}';
    (given.chars().count() > 1 && name.chars().all(is_chinese)).then_some(given)
}

/// Whether what a giver is called looks like a person's name and not an organisation's.
pub fn is_person(giver: &str) -> bool {
    const TITLES: &[&str] = &["先生", "女士", "小姐", "同志", "阿姨", "叔叔", "老师"];
    const ORGANISATIONS: &[char] = &[
        '会', '校', '院', '局', '厅', '部', '司', '厂', '店', '府', '委', '站', '社', '团', '队',
        '组', '所', '馆', '处', '室', '办', '村', '镇', '乡', '县', '市', '区', '班', '款',
    ];
    let name = fold(giver);
    let is_titled = TITLES.iter().any(|title| name.ends_with(title));
    let is_chinese = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
    let is_short = (2..=4).contains(&name.chars().count()) && name.chars().all(is_chinese);
    let is_organisation =
        name.ends_with(ORGANISATIONS) || name.ends_with("银行") || name == "爱心人士";
    is_titled || is_short && !is_organisation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_equal_however_they_are_typed() {
        assert_eq!(fold("张 小\u{200b}明"), fold("张小明"));
        assert_eq!(fold("阿依·古丽"), fold("阿依•古丽"));
        assert_eq!(fold("ＬＩ Ming"), "liming");
    }

    #[test]
    fn names_have_parts() {
        assert_eq!(
            (surname("欧阳小明"), given("欧阳小明")),
            ("欧阳", Some("小明"))
        );
        assert_eq!((surname("张明"), given("张明")), ("张", None));
        assert_eq!((given("Li Ming"), given("")), (None, None));
    }

    #[test]
    fn givers_are_told_apart() {
        for person in ["张三", "欧阳小明", "李先生", "张 三", "王建国女士"] {
            assert!(is_person(person), "{person}");
        }
        for other in [
            "县慈善会",
            "爱心人士",
            "爱心人士（不留名）",
            "青石镇人民政府",
            "工商银行",
            "团委",
            "留守儿童慰问金",
        ] {
            assert!(!is_person(other), "{other}");
        }
    }
}

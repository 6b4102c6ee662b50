//! Parses the relation of a guardian to a child.

use super::squeezed;

/// The relation of a guardian to a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The father.
    Father,
    /// The mother.
    Mother,
    /// A parent or both parents, where the word does not say which.
    Parent,
    /// A grandparent of either side.
    Grandparent,
    /// Other relatives, or friends of the family.
    Kin,
}

const FATHERS: &[&str] = &[
    "父亲", "爸爸", "父", "爸", "父子", "父女", "生父", "father", "dad",
];
const MOTHERS: &[&str] = &[
    "母亲", "妈妈", "母", "妈", "母子", "母女", "生母", "mother", "mum", "mom",
];
const PARENTS: &[&str] = &["父母", "双亲", "父母亲", "父或母", "parent", "parents"];

/// Parts of the words for grandparents.
const GRANDPARENTS: &[&str] = &[
    "爷", "奶", "外公", "外婆", "姥", "祖", "公公", "婆婆", "家公", "家婆", "阿公", "阿婆", "阿嬷",
    "爷孙", "婆孙", "公孙", "祖孙", "嗲嗲", "家家", "隔代", "grand",
];

/// Parts of the words for other relatives.
const KIN: &[&str] = &[
    "姑",
    "叔",
    "伯",
    "婶",
    "舅",
    "姨",
    "妗",
    "哥",
    "姐",
    "兄",
    "嫂",
    "堂",
    "表",
    "亲戚",
    "亲属",
    "亲友",
    "朋友",
    "邻居",
    "干妈",
    "干爹",
    "侄",
    "甥",
    "uncle",
    "aunt",
    "brother",
    "sister",
    "cousin",
    "kin",
    "relative",
    "friend",
    "neighbour",
];

/// Parses a word for a relation; none for an ambiguous one, such as 监护人, 继父 or 其他.
pub fn relation(text: &str) -> Option<Relation> {
    let text = squeezed(text);
    let text = text.as_str();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if FATHERS.contains(&text) {
        Some(Relation::Father)
    } else if MOTHERS.contains(&text) {
        Some(Relation::Mother)
    } else if PARENTS.contains(&text) {
        Some(Relation::Parent)
    } else if text.contains(['继', '养']) || text.starts_with("step") {
        None
    } else if has(GRANDPARENTS)
        && !has(&[
            "舅爷", "舅奶", "姑奶", "姑婆", "叔爷", "伯爷", "叔公", "姨奶", "姨婆", "舅公", "堂",
        ])
    {
        Some(Relation::Grandparent)
    } else if has(KIN) {
        Some(Relation::Kin)
    } else {
        None
    }
}

/// The words for a relation, complete, by which [`called`] recognises one beside a name.
const RELATION_WORDS: &[&str] = &[
    "外祖父",
    "外祖母",
    "祖父",
    "祖母",
    "爷爷",
    "奶奶",
    "外公",
    "外婆",
    "姥姥",
    "姥爷",
    "父亲",
    "母亲",
    "爸爸",
    "妈妈",
    "伯父",
    "伯母",
    "大伯",
    "伯伯",
    "叔叔",
    "婶婶",
    "姑姑",
    "姑妈",
    "姑父",
    "姑母",
    "舅舅",
    "舅妈",
    "舅父",
    "姨妈",
    "姨父",
    "姨母",
    "哥哥",
    "姐姐",
    "嫂子",
    "姑奶奶",
    "舅爷爷",
    "继父",
    "继母",
];

/// Splits a word for a relation from a name in one text: 奶奶 李桂花, 李桂花（奶奶）, 奶奶李桂花. Returns the word and the name, if
/// there is one; none for any other text.
pub fn called(text: &str) -> Option<(String, Option<String>)> {
    let text = super::narrow(text);
    let parts: Vec<&str> = text
        .split([' ', '(', ')', '[', ']', '/', '、', ',', ':', ';', '-', '—'])
        .filter(|part| !part.is_empty())
        .collect();
    let is_called = |part: &str| RELATION_WORDS.contains(&part);
    match parts[..] {
        [word] if is_called(word) => Some((word.to_owned(), None)),
        [word, name] if is_called(word) && !is_called(name) => {
            Some((word.to_owned(), Some(name.to_owned())))
        }
        [name, word] if is_called(word) && !is_called(name) => {
            Some((word.to_owned(), Some(name.to_owned())))
        }
        [whole] => {
            let word = RELATION_WORDS
                .iter()
                .filter(|word| whole.starts_with(**word))
                .max_by_key(|word| word.len())?;
            let name = &whole[word.len()..];
            let is_name = (2..=4).contains(&name.chars().count())
                && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
                && relation(name).is_none();
            is_name.then(|| ((*word).to_owned(), Some(name.to_owned())))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_is_split_from_a_name() {
        for (text, word, name) in [
            ("奶奶 李桂花", "奶奶", Some("李桂花")),
            ("李桂花（奶奶）", "奶奶", Some("李桂花")),
            ("奶奶李桂花", "奶奶", Some("李桂花")),
            ("爷爷：钱老汉", "爷爷", Some("钱老汉")),
            ("外祖母/王秀英", "外祖母", Some("王秀英")),
            ("外婆", "外婆", None),
        ] {
            let found = called(text);
            assert_eq!(
                found,
                Some((word.to_owned(), name.map(str::to_owned))),
                "{text}"
            );
        }
        for text in [
            "李桂花",
            "爷爷奶奶",
            "爷孙",
            "高兴妈妈",
            "李祖德",
            "爷爷、奶奶",
            "",
        ] {
            assert_eq!(called(text), None, "{text}");
        }
    }

    #[test]
    fn relations_are_parsed() {
        for (text, known) in [
            ("父亲", Some(Relation::Father)),
            ("母女", Some(Relation::Mother)),
            ("父母", Some(Relation::Parent)),
            ("祖孙", Some(Relation::Grandparent)),
            ("爷孙", Some(Relation::Grandparent)),
            ("外婆", Some(Relation::Grandparent)),
            ("姥姥", Some(Relation::Grandparent)),
            ("外祖父", Some(Relation::Grandparent)),
            ("姑姑", Some(Relation::Kin)),
            ("舅舅", Some(Relation::Kin)),
            ("姨婆", Some(Relation::Kin)),
            ("表哥", Some(Relation::Kin)),
            ("继父", None),
            ("监护人", None),
            ("其他", None),
            ("Grandmother", Some(Relation::Grandparent)),
            ("姑奶奶", Some(Relation::Kin)),
            ("伯母", Some(Relation::Kin)),
        ] {
            assert_eq!(relation(text), known, "{text}");
        }
    }
}

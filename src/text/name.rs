//! Comparison of names, and the parts of Chinese names.

use unicode_normalization::UnicodeNormalization;

/// Two-character surnames in use (《百家姓》).
const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯",
    "端木", "南宫", "独孤", "百里", "呼延", "轩辕", "宇文", "长孙", "鲜于", "闾丘", "司空", "太史",
    "西门", "公冶", "濮阳", "淳于", "单于", "申屠", "仲孙", "钟离", "澹台", "赫连", "拓跋", "东郭",
    "公羊", "万俟", "纳兰", "完颜",
];

/// What replaces a name that is left out.
pub const PLACEHOLDER: &str = "○○";

/// Folds a name for comparison: lower case, compatibility forms decomposed (NFKD), without blanks, accents, invisible
/// characters and the dots within names.
pub fn fold(text: &str) -> String {
    folded(text).map(|(_, c)| c).collect()
}

/// Returns the characters of a [`fold`]ed text, each with the byte position of the character that it comes from.
pub fn folded(text: &str) -> impl Iterator<Item = (usize, char)> {
    let whole = text
        .char_indices()
        .flat_map(|(at, c)| std::iter::once(c).nfkd().map(move |c| (at, c)));
    whole
        .filter(|(_, c)| !is_ignored(*c))
        .flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, c)))
}

/// Whether a character is ignored when names are compared.
fn is_ignored(c: char) -> bool {
    NAME_DOTS.contains(&c)
        || c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{3164}'
                | '\u{180b}'..='\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{e0100}'..='\u{e01ef}'
                // Combining accents, which some keyboards produce.
                | '\u{300}'..='\u{33f}'
        )
}

/// The middle dot within names and its look-alikes in other scripts.
pub const NAME_DOTS: &[char] = &[
    '·', '•', '・', '･', '‧', '∙', '⋅', '．', '●', '▪', '᛫', '\u{387}', '\u{119e}', '\u{2e31}',
];

/// Returns the surname at the beginning of a Chinese name.
pub fn surname(name: &str) -> &str {
    let double = DOUBLE_SURNAMES
        .iter()
        .find(|surname| name.starts_with(**surname));
    let first = || name.chars().next().map_or(0, char::len_utf8);
    &name[..double.map_or_else(first, |surname| surname.len())]
}

/// Returns the given name of a Chinese name, if it has two characters or more.
pub fn given(name: &str) -> Option<&str> {
    let given = &name[surname(name).len()..];
    let is_chinese = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c) || c >= '\u{20000}';
    (given.chars().count() > 1 && name.chars().all(is_chinese)).then_some(given)
}

/// The name under which figures count all individual donors.
pub const INDIVIDUAL_DONORS: &str = "爱心人士";

/// The most frequent first characters of Chinese names (《2020年全国姓名报告》 and 《百家姓》).
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由";

/// Titles after names of persons.
const TITLES: &[&str] = &[
    "先生", "女士", "小姐", "同志", "阿姨", "叔叔", "老师", "师傅", "老板", "大爷", "大妈", "大姐",
    "大哥", "奶奶", "爷爷", "夫妇", "夫妻", "一家", "校友", "同学", "家长", "医生", "书记", "总",
];

/// Last characters of names of organisations that do not occur at the end of given names.
const ORGANISATIONS: &[char] = &[
    '院', '局', '厅', '部', '司', '厂', '店', '府', '委', '队', '所', '馆', '处', '室', '办', '县',
    '市', '区', '款', '矿', '庙', '寺', '校', '站', '组', '班',
];

/// Last characters of names of organisations that also occur at the end of given names: 李会, 王安社, 赵国镇.
const AMBIGUOUS: &[char] = &[
    '会', '社', '团', '村', '镇', '乡', '联', '协', '盟', '坊', '行', '企',
];

/// Last words of names of organisations, funds, collections and groups of people.
const GROUPS: &[&str] = &[
    "团委",
    "妇联",
    "残联",
    "侨联",
    "文联",
    "工商联",
    "科协",
    "作协",
    "工会",
    "红会",
    "慈善会",
    "村委",
    "居委",
    "学校",
    "小学",
    "中学",
    "大学",
    "高中",
    "幼儿园",
    "教学点",
    "公司",
    "集团",
    "银行",
    "农行",
    "工行",
    "建行",
    "中行",
    "交行",
    "农商行",
    "信用社",
    "供销社",
    "合作社",
    "超市",
    "商场",
    "药房",
    "餐厅",
    "商会",
    "协会",
    "学会",
    "基金",
    "基金会",
    "企业",
    "公益",
    "慈善",
    "工程",
    "项目",
    "计划",
    "中心",
    "机构",
    "单位",
    "支部",
    "党组织",
    "志愿者",
    "慰问金",
    "助学金",
    "奖学金",
    "资金",
    "善款",
    "回收",
    "义卖",
    "义演",
    "募捐",
    "募集",
    "众筹",
    "捐赠",
    "经费",
    "班费",
    "收入",
    "结余",
    "利息",
    "补贴",
    "补助",
    "奖励",
    "捐款",
    "邮政",
    "电信",
    "联通",
    "移动",
    "供电",
    "电网",
    "烟草",
    "石油",
    "石化",
    "铁路",
    "农场",
    "林场",
    "茶场",
    "水库",
    "电站",
    "教堂",
    "社区",
    "街道",
    "师生",
    "教师",
    "教职工",
    "职工",
    "党员",
    "干部",
    "群众",
    "各界",
    "企业家",
    "军",
    "家委会",
    "少先队",
    "共青团",
    "关工委",
    "民盟",
    "民革",
    "民建",
    "致公党",
    "农工党",
    "九三学社",
];

const LATIN_ORGANISATIONS: &[&str] = &[
    "ltd",
    "inc",
    "co",
    "llc",
    "foundation",
    "school",
    "bank",
    "club",
    "fund",
    "association",
    "trust",
    "university",
    "college",
    "company",
    "church",
    "charity",
    "society",
    "group",
    "children",
    "hospital",
    "government",
    "committee",
    "league",
    "federation",
    "office",
    "bureau",
    "union",
    "council",
    "centre",
    "center",
    "shop",
    "store",
    "supermarket",
    "teachers",
    "village",
    "town",
    "county",
    "unicef",
    "network",
    "institute",
    "corporation",
    "corp",
    "factory",
];

/// Removes a part in brackets from the name of a donor.
fn without_brackets(giver: &str) -> &str {
    giver.split(['（', '(']).next().unwrap_or(giver).trim_end()
}

fn is_chinese(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// Whether a folded text has the length of a Chinese name and begins with a surname.
fn is_like_a_name(name: &str) -> bool {
    let length = name.chars().count();
    name.chars()
        .all(|c| is_chinese(c) || matches!(c, '*' | '＊' | '×'))
        && match surname(name).chars().count() {
            1 => (2..=3).contains(&length) && name.starts_with(|c| SURNAMES.contains(c)),
            _ => (3..=4).contains(&length),
        }
}

/// Whether the name of a donor is clearly that of an organisation, a fund or a group of people; any other may be a
/// person's.
pub fn is_organisation(giver: &str) -> bool {
    let words = without_brackets(giver);
    let name = fold(words);
    if words.chars().any(|c| NAME_DOTS.contains(&c)) {
        return false;
    }
    let mut latin = words.split(|c: char| !c.is_alphabetic()).map(fold);
    if latin.any(|word| LATIN_ORGANISATIONS.contains(&word.as_str())) {
        return true;
    }
    if GROUPS.iter().any(|group| name.ends_with(group)) {
        return true;
    }
    if TITLES.iter().any(|title| name.ends_with(title)) {
        return false;
    }
    let is_short = name.chars().count() < 3;
    match name.chars().next_back() {
        Some(last) if ORGANISATIONS.contains(&last) => !(is_short && is_like_a_name(&name)),
        Some(last) if AMBIGUOUS.contains(&last) => !is_like_a_name(&name),
        _ => false,
    }
}

/// Removes a person in brackets from the name of an organisation: 县妇联（王芳）.
pub fn organisation(giver: &str) -> &str {
    let words = without_brackets(giver);
    let behind = giver[words.len()..].trim();
    let behind = behind.trim_matches(['（', '(', '）', ')']);
    if is_person(behind) { words } else { giver }
}

/// Whether a name looks like that of a person and not of an organisation.
pub fn is_person(giver: &str) -> bool {
    let words = without_brackets(giver);
    let name = fold(words);
    if name == INDIVIDUAL_DONORS || name.is_empty() || is_organisation(giver) {
        return false;
    }
    if TITLES
        .iter()
        .any(|title| name.ends_with(title) && name != *title)
    {
        return true;
    }
    if words.chars().any(|c| NAME_DOTS.contains(&c)) || is_like_a_name(&name) {
        return true;
    }
    let latin: Vec<&str> = words.split_whitespace().collect();
    let is_word = |word: &&str| {
        let mut letters = word.chars();
        word.starts_with(char::is_uppercase)
            && letters.all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '-'))
    };
    (2..=3).contains(&latin.len()) && latin.iter().all(is_word) && !is_chinese_text(&name)
}

fn is_chinese_text(name: &str) -> bool {
    name.chars().any(is_chinese)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_after_folding() {
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
    fn donors_are_classified() {
        for person in [
            "张三",
            "欧阳小明",
            "李先生",
            "张 三",
            "王建国女士",
            "阿依·古丽",
            "王某某",
            "李建国（校友）",
            "Anna Schmidt",
        ] {
            assert!(is_person(person), "{person}");
            assert!(!is_organisation(person), "{person}");
        }
        // A name that is not clearly an organisation's may be a person's.
        for unclear in [
            "李会",
            "王校",
            "赵国镇",
            "王安社",
            "王村",
            "腾讯",
            "阳光",
            "xiao zhang",
            "张老板一家",
            "县妇联王主席",
            "老张",
            "Anna",
            "李总",
        ] {
            assert!(!is_organisation(unclear), "{unclear}");
        }
        assert_eq!(organisation("县妇联（王芳）"), "县妇联");
        assert_eq!(organisation("县团委（青年志愿者）"), "县团委（青年志愿者）");

        for other in [
            "县慈善会",
            "青石镇人民政府",
            "工商银行",
            "团委",
            "妇联",
            "关工委",
            "农行",
            "公安局",
            "司法局",
            "全校教师",
            "柳树村村委会",
            "怀远文具店",
            "青石镇卫生院",
            "Save the Children Foundation",
            "Green Bank",
            "留守儿童慰问金",
        ] {
            assert!(!is_person(other), "{other}");
            assert!(is_organisation(other), "{other}");
        }
        for nobody in ["爱心人士", "爱心人士（不留名）"] {
            assert!(!is_person(nobody), "{nobody}");
        }
    }
}

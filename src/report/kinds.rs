//! Which reports there are: each is one line here and a template for each language.

use crate::document::PageStyle;
use crate::model::{Kind, KindSet};
use crate::text::{Lang, Text};

/// Whom a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The school.
    School,
    /// One child; all of a class or of the school where none is named.
    Child,
    /// One helper; all where none is named.
    Helper,
    /// One class.
    Class,
    /// A record of one of these kinds; all of the period where none is named.
    Records(&'static [Kind]),
}

/// Who reads a report: from this follows whether it names children, and what it may tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Those whom the school reports to, and with `--public` everybody. It names children only when asked.
    Anyone,
    /// Those who work at the school. It names children only when asked, and is never public.
    House,
    /// Those who care for one child or family, which it names. Never public.
    Carers,
    /// The family itself, which it names. It tells facts and what was written for parents, nothing else.
    Family,
}

/// A kind of report.
#[derive(Debug)]
pub struct Report {
    /// Its name on the command line, and of its templates: `term`.
    pub name: &'static str,
    /// What it is called.
    pub label: Text,
    /// Whom it is about.
    pub about: About,
    /// Who reads it.
    pub readers: Readers,
    /// How it is set.
    pub page: PageStyle,
    templates: [&'static str; 2],
}

macro_rules! reports {
    ($($name:literal, $zh:literal, $en:literal, $about:expr, $readers:ident, $page:ident, $template:literal;)+) => {
        /// Every report.
        pub static REPORTS: &[Report] = &[$(Report {
            name: $name,
            label: Text { zh: $zh, en: $en },
            about: $about,
            readers: Readers::$readers,
            page: PageStyle::$page,
            templates: [
                include_str!(concat!("templates/", $template, ".zh.md")),
                include_str!(concat!("templates/", $template, ".en.md")),
            ],
        }),+];
    };
}

use About::{Child, Class, Helper, Records, School};

/// Kinds whose follow-ups may be referrals.
const REFERRING: &[Kind] = &[
    Kind::Visit,
    Kind::Activity,
    Kind::Assessment,
    Kind::Incident,
];

reports! {
    "term", "工作总结", "work summary of a term", School, Anyone, Official, "term";
    "year", "年度工作总结", "work summary of a year", School, Anyone, Official, "term";
    "class", "班级工作总结", "work summary of a class", Class, Anyone, Official, "class";
    "child", "成长档案", "a child's file", Child, Carers, Plain, "child";
    "card", "联系卡", "contact cards", Child, Family, Cards, "card";
    "letter", "致家长的一封信", "letter to the parents", Child, Family, Letter, "letter";
    "helper", "帮扶考核表", "appraisal of helpers", Helper, House, Landscape, "helper";
    "roster", "花名册", "roster", Child, House, Landscape, "roster";
    "handover", "交接单", "handover", Child, Carers, Plain, "handover";
    "visit", "家访记录表", "record of a home visit", Records(&[Kind::Visit]), Carers, Plain, "visit";
    "trip", "走访慰问活动小结", "summary of a trip", Records(&[Kind::Visit]), Anyone, Official, "trip";
    "activity", "活动记录", "record of an activity", Records(&[Kind::Activity]), Anyone, Official, "activity";
    "home", "留守儿童之家工作小结", "summary of the home for left-behind children", School, Anyone, Official, "home";
    "incident", "强制报告单", "mandatory report", Records(&[Kind::Incident]), Carers, Plain, "incident";
    "referral", "转介单", "referral", Records(REFERRING), Carers, Plain, "referral";
    "register", "基本情况登记表", "registration form", Child, Carers, Plain, "register";
    "summary", "汇总表", "summary table", School, Anyone, Landscape, "summary";
    "overview", "工作一览", "overview", School, House, Plain, "overview";
    "audit", "个人信息保护自查", "self-check on children's data", School, House, Plain, "audit";
}

impl Report {
    /// The report with a name.
    pub fn of_name(name: &str) -> Option<&'static Report> {
        REPORTS.iter().find(|report| report.name == name)
    }

    /// The built-in template.
    pub fn template(&self, lang: Lang) -> &'static str {
        self.templates[lang as usize]
    }

    /// The file in `templates/` that wins over the built-in one: `templates/term.zh.md`.
    pub fn override_path(&self, lang: Lang) -> String {
        format!("templates/{}.{}.md", self.name, lang.code())
    }

    /// Whether it is about one child or family, which it names whatever the school's setting says.
    pub fn is_personal(&self) -> bool {
        matches!(self.readers, Readers::Carers | Readers::Family)
    }

    /// The kinds of records that may be named as its subject; none where it has no subject.
    pub fn subjects(&self) -> KindSet {
        match self.about {
            School | Class => KindSet::of(&[]),
            Child => KindSet::of(&[Kind::Child]),
            Helper => KindSet::of(&[Kind::Helper]),
            Records(kinds) => KindSet::of(kinds),
        }
    }

    /// Whether it tells of single records, whenever they were made, and not only of figures.
    pub fn tells_records(&self) -> bool {
        self.readers != Readers::Anyone || matches!(self.about, Records(_))
    }

    /// Whether it is about the directory as it is today, whatever the period.
    pub fn is_of_today(&self) -> bool {
        self.name == "audit"
    }

    /// Whether it is about a school year unless a period is named.
    pub fn is_of_year(&self) -> bool {
        self.name == "year"
    }

    /// Whether it can be narrowed to a class.
    pub fn takes_class(&self) -> bool {
        matches!(self.about, Class | Child | Records(_))
    }

    /// Whether it can be left blank, to be filled in by hand.
    pub fn is_form(&self) -> bool {
        matches!(self.name, "visit" | "incident" | "referral" | "register")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_referral_may_follow_from_each_kind_that_has_follow_ups() {
        let kinds = Kind::ALL.iter().copied();
        let kinds: Vec<Kind> = kinds.filter(|kind| kind.has_follow_ups()).collect();
        assert_eq!(REFERRING, kinds);
    }
}

//! The list of reports: each is one line here and one template per language.

use crate::document::PageStyle;
use crate::model::{Kind, KindSet};
use crate::text::{Lang, Text};

/// The subject of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The school.
    School,
    /// One child; or all of a class or of the school.
    Child,
    /// One helper, or all.
    Helper,
    /// One class.
    Class,
    /// One record of these kinds; or all of the period.
    Records(&'static [Kind]),
}

/// The readership of a report, which decides whether children are named and what may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Superiors, and with `--public` anyone. Children are named only on request.
    Anyone,
    /// Staff of the school. Children are named only on request; never public.
    House,
    /// Those who care for one child or family, which is named. Never public.
    Carers,
    /// The family itself, which is named. Only facts and what was written for parents.
    Family,
}

/// A report.
#[derive(Debug)]
pub struct Report {
    /// Its name on the command line and in the file names of its templates: `term`.
    pub name: &'static str,
    /// The display name.
    pub label: Text,
    /// The subject.
    pub about: About,
    /// The readership.
    pub readers: Readers,
    /// The page style.
    pub page: PageStyle,
    templates: [&'static str; 2],
}

macro_rules! reports {
    ($($name:literal, $zh:literal, $en:literal, $about:expr, $readers:ident, $page:ident, $template:literal;)+) => {
        /// All reports.
        pub static REPORTS: &[Report] = &[$(Report {
            name: $name,
            label: Text::new($zh, $en),
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

/// The kinds whose follow-ups may be referrals.
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
    /// Returns a report by name.
    pub fn of_name(name: &str) -> Option<&'static Report> {
        REPORTS.iter().find(|report| report.name == name)
    }

    /// Returns the built-in template.
    pub fn template(&self, lang: Lang) -> &'static str {
        self.templates[lang as usize]
    }

    /// The path of the school's own template, which takes precedence: `templates/term.zh.md`.
    pub fn override_path(&self, lang: Lang) -> String {
        format!("templates/{}.{}.md", self.name, lang.code())
    }

    /// Whether it is about one child or family, which is named regardless of the school's setting.
    pub fn is_personal(&self) -> bool {
        matches!(self.readers, Readers::Carers | Readers::Family)
    }

    /// The kinds of records that may be its subject; empty if it has none.
    pub fn subjects(&self) -> KindSet {
        match self.about {
            School | Class => KindSet::of(&[]),
            Child => KindSet::of(&[Kind::Child]),
            Helper => KindSet::of(&[Kind::Helper]),
            Records(kinds) => KindSet::of(kinds),
        }
    }

    /// Whether it contains single records of any date, and not only figures.
    pub fn tells_records(&self) -> bool {
        self.readers != Readers::Anyone || matches!(self.about, Records(_))
    }

    /// Whether it describes the directory as of today, whatever the period.
    pub fn is_of_today(&self) -> bool {
        self.name == "audit"
    }

    /// Whether its default period is the school year.
    pub fn is_of_year(&self) -> bool {
        self.name == "year"
    }

    /// Whether it can be restricted to a class.
    pub fn takes_class(&self) -> bool {
        matches!(self.about, Class | Child | Records(_))
    }

    /// Whether it can be printed blank, to be filled in by hand.
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

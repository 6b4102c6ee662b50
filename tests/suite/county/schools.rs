//! Random schools with records of every kind, for comparing two ways of counting.

use std::fmt::Write as _;
use std::path::Path;

use chrono::{Days, NaiveDate};

use crate::school::Dice;
use crate::support::write;

/// The current date, in the second term.
pub(crate) const TODAY: &str = "2026-05-20";

/// The terms that have begun.
pub(crate) const TERMS: [&str; 3] = ["2025-2026-1", "2025-2026-w", "2025-2026-2"];

const SURNAMES: [&str; 8] = ["张", "王", "赵", "李", "陈", "欧阳", "周", "吴"];
const GIVEN: [&str; 8] = ["小明", "雪", "桂英", "子涵", "浩然", "欣怡", "宇轩", "梦"];

/// A school that is being generated.
pub(crate) struct Making<'d> {
    root: &'d Path,
    dice: Dice,
    children: Vec<String>,
    helpers: Vec<String>,
    next: usize,
}

/// Generates a school with a name and key in a folder; an idle one has children and hardly anything else.
pub(crate) fn school(root: &Path, name: &str, key: &str, seed: u64, is_idle: bool) {
    let mut making = Making {
        root,
        dice: Dice::new(seed),
        children: Vec::new(),
        helpers: Vec::new(),
        next: 0,
    };
    making.settings(name, key, is_idle);
    making.terms(is_idle);
    let count = 8 + making.dice.below(10);
    (0..count).for_each(|n| making.child(n));
    if is_idle {
        return;
    }
    (0..5).for_each(|n| making.helper(n));
    let count = making.children.len();
    (0..count).for_each(|n| making.pairing(n));
    for _ in 0..70 {
        making.visit();
    }
    for _ in 0..20 {
        making.activity();
        making.aid();
        making.assessment();
        making.assessment();
    }
    for _ in 0..8 {
        making.incident();
        making.award();
        making.loan();
        making.fund();
        making.document();
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Making<'_> {
    fn one_of<'o>(&mut self, options: &[&'o str]) -> &'o str {
        options[self.dice.below(options.len())]
    }

    fn chance(&mut self, of: usize) -> bool {
        self.dice.below(of) == 0
    }

    fn day(&mut self) -> NaiveDate {
        let days = self.dice.below(280) as u64;
        day("2025-08-20") + Days::new(days)
    }

    fn person(&mut self) -> String {
        format!("{}{}", self.one_of(&SURNAMES), self.one_of(&GIVEN))
    }

    fn some_child(&mut self) -> String {
        self.children[self.dice.below(self.children.len())].clone()
    }

    fn some_helper(&mut self) -> String {
        self.helpers[self.dice.below(self.helpers.len())].clone()
    }

    fn list(&mut self, most: usize, is_helper: bool) -> String {
        let mut list: Vec<String> = Vec::new();
        for _ in 0..=self.dice.below(most) {
            let id = if is_helper {
                self.some_helper()
            } else {
                self.some_child()
            };
            let id = format!("\"{id}\"");
            if !list.contains(&id) {
                list.push(id);
            }
        }
        format!("[{}]", list.join(", "))
    }

    fn dated(&mut self, folder: &str, letter: char, day: NaiveDate, text: &str) {
        self.next += 1;
        let path = format!(
            "{folder}/{}/{day}-{letter}{:06}.toml",
            day.format("%Y-%m"),
            self.next
        );
        write(self.root, &path, text);
    }

    fn settings(&mut self, name: &str, key: &str, is_idle: bool) {
        let mut text = format!(
            "format = 1\n\n[school]\nname = \"{name}\"\nkey = \"{key}\"\nlevel = \"primary\"\n"
        );
        if !is_idle {
            text.push_str(
                r#"
[policy]
definition = "one-or-both-away"
caseload = { teacher = 3, counsellor = [1, 2] }

[[duty]]
id = "monthly-visit"
title = "每月走访"
owed_to = "child"
count = 1
period = "month"
record = "visit"
match = { mode = ["home", "talk"] }

[[duty]]
id = "high-risk"
title = "高风险每周联系"
owed_to = "child"
who = { risk = "high" }
every = "7d"
record = "visit"

[[duty]]
id = "pair"
title = "结对每月两次"
owed_to = "pairing"
count = 2
period = "month"
record = "visit"

[[duty]]
id = "class-meeting"
title = "主题班会"
owed_to = "class"
count = 1
period = "term"
record = "activity"
match = { theme = "class-meeting" }

[[duty]]
id = "open"
title = "每周开放"
owed_to = "school"
count = 1
period = "week"
record = "activity"
match = { theme = "home-open" }

[[equipment]]
name = "篮球"
quantity = 4
kind = "sport"
bought = 2025-09-20
cost = "320.50"

[[equipment]]
name = "故事书"
quantity = 30
kind = "book"
"#,
            );
        }
        write(self.root, "cuncao.toml", &text);
    }

    fn terms(&mut self, is_idle: bool) {
        let terms = [
            ("2024-2025-2", "2025-02-17", "2025-07-04"),
            ("2025-2026-1", "2025-09-01", "2026-01-20"),
            ("2025-2026-w", "2026-01-21", "2026-02-23"),
            ("2025-2026-2", "2026-02-24", "2026-07-03"),
            ("2026-2027-1", "2026-09-01", "2027-01-20"),
        ];
        for (id, start, end) in terms {
            let mut text = format!("name = \"学期{id}\"\nstart = {start}\nend = {end}\n");
            if !is_idle && !id.ends_with('w') {
                let grades: Vec<String> = (1..=6)
                    .map(|grade| format!("{grade} = {}", 60 + self.dice.below(40)))
                    .collect();
                let _ = write!(
                    text,
                    "\n[enrolment]\n{}\n\n[[leadership]]\nrole = \"head\"\nname = \"王校长\"\n\n[[target]]\nfigure = \"children.paired\"\nat_least = \"50%\"\n\n[[target]]\nfigure = \"visits\"\nat_least = 500\n\n[[next_step]]\ntext = \"多走访\"\ndone = 2026-03-01\n\n[[next_step]]\ntext = \"再走访\"\n",
                    grades.join("\n")
                );
            }
            write(self.root, &format!("terms/{id}.toml"), &text);
        }
    }

    fn child(&mut self, n: usize) {
        let name = self.person();
        let gender = self.one_of(&["male", "female"]);
        let born = format!("201{}-0{}-1{}", 3 + n % 7, 1 + n % 9, n % 10);
        let year = 2020 + self.dice.below(6);
        let class = format!("{year}-{}", 1 + self.dice.below(2));
        let mut text = format!("name = \"{name}\"\ngender = \"{gender}\"\nbirth_date = {born}\n");
        if self.chance(2) {
            text.push_str("filed = 2025-09-03\n");
        }
        if self.chance(4) {
            text.push_str("birthday_calendar = \"lunar\"\n");
        }
        if self.chance(3) {
            text.push_str("hardship = [\"low-income\", \"disabled\"]\n");
        }
        let _ = write!(text, "student_no = \"G00{n:03}\"\nhousehold = \"rural\"\n");
        if self.chance(4) {
            text.push_str("\n[[priority]]\nsince = 2025-09-10\n");
        }
        if !self.chance(6) {
            let _ = write!(
                text,
                "\n[[enrolment]]\nsince = 2025-08-25\nclass = \"{class}\"\nboarding = {}\n",
                n.is_multiple_of(3)
            );
            if self.chance(3) {
                let _ = write!(
                    text,
                    "\n[[enrolment]]\nsince = 2026-02-24\nclass = \"{year}-3\"\n"
                );
            }
        }
        for since in ["2025-02-01", "2025-10-15"] {
            let away = self.one_of(&["both", "father", "mother", "none"]);
            let kind = self.one_of(&["grandparents", "one-parent", "kin-or-friends"]);
            let _ = write!(
                text,
                "\n[[guardianship]]\nsince = {since}\naway = \"{away}\"\nkind = \"{kind}\"\nguardian = {{ name = \"{}\", relation = \"奶奶\", phone = \"1390000{:04}\" }}\n",
                self.person(),
                self.next + n
            );
        }
        let often = self.one_of(&["daily", "weekly", "monthly", "none"]);
        let _ = write!(
            text,
            "\n[[parents]]\nrelation = \"father\"\nphone = \"13900001111\"\ncontact = \"{often}\"\n\n[[parents]]\nrelation = \"mother\"\n"
        );
        if self.chance(5) {
            text.push_str("\n[left]\ndate = 2026-03-15\nreason = \"transferred\"\n");
        }
        let id = format!("c{n:06}");
        write(self.root, &format!("children/{id}.toml"), &text);
        self.children.push(id);
    }

    fn helper(&mut self, n: usize) {
        let role = self.one_of(&["teacher", "head-teacher", "volunteer"]);
        let gender = self.one_of(&["male", "female"]);
        let text = format!(
            "name = \"{}\"\nrole = \"{role}\"\ngender = \"{gender}\"\n",
            self.person()
        );
        let id = format!("h{n:06}");
        write(self.root, &format!("helpers/{id}.toml"), &text);
        self.helpers.push(id);
    }

    fn pairing(&mut self, n: usize) {
        if self.chance(3) {
            return;
        }
        let role = self.one_of(&["teacher", "counsellor", "volunteer", "peer"]);
        let since = day("2025-08-28") + Days::new(self.dice.below(120) as u64);
        let until = if self.chance(4) {
            "until = 2026-04-01\n"
        } else {
            ""
        };
        let (child, helper) = (self.children[n].clone(), self.some_helper());
        let text = format!(
            "child = \"{child}\"\nhelper = \"{helper}\"\nrole = \"{role}\"\nsince = {since}\n{until}"
        );
        self.dated("pairings", 'p', since, &text);
    }

    fn visit(&mut self) {
        let day = self.day();
        let mode = self.one_of(&[
            "home",
            "phone",
            "talk",
            "letter",
            "counselling",
            "diary",
            "home",
        ]);
        let children = self.list(3, false);
        let by = self.list(2, true);
        let mut text = format!(
            "date = {day}\nmode = \"{mode}\"\nchildren = {children}\nby = {by}\nsummary = \"很好\"\n"
        );
        if self.chance(2) {
            let _ = writeln!(
                text,
                "recorded = {}",
                day + Days::new(self.dice.below(12) as u64)
            );
        }
        if self.chance(3) {
            let occasion =
                self.one_of(&["spring-festival", "mid-autumn", "birthday", "term-start"]);
            let _ = writeln!(text, "occasion = \"{occasion}\"");
        }
        if self.chance(2) {
            let met = self.one_of(&[
                "[\"child\", \"guardian\"]",
                "[\"neighbour\"]",
                "[\"father\"]",
            ]);
            let _ = writeln!(
                text,
                "met = {met}\nminutes = {}\nchild_voice = \"想妈妈\"",
                10 + self.dice.below(50)
            );
        }
        if self.chance(6) {
            let team = self.one_of(&["镇妇联", "县团委"]);
            let people = 2 + self.dice.below(5);
            let _ = writeln!(
                text,
                "team = {{ organisation = \"{team}\", people = {people} }}"
            );
        }
        if self.chance(4) {
            let due = day + Days::new(self.dice.below(30) as u64);
            let _ = write!(text, "\n[[follow_up]]\nwhat = \"回访\"\ndue = {due}\n");
            if self.chance(2) {
                let _ = writeln!(
                    text,
                    "done = {}",
                    day + Days::new(self.dice.below(40) as u64)
                );
            }
            if self.chance(2) {
                text.push_str("to = \"县医院\"\n");
            }
        }
        self.dated("visits", 'v', day, &text);
    }

    fn activity(&mut self) {
        let day = self.day();
        let theme = self.one_of(&[
            "class-meeting",
            "safety",
            "home-open",
            "birthday",
            "reading",
            "forum",
        ]);
        let mut text =
            format!("date = {day}\ntitle = \"活动\"\ntheme = \"{theme}\"\nsummary = \"好\"\n");
        if self.chance(2) {
            let _ = writeln!(text, "children = {}", self.list(4, false));
        }
        if self.chance(2) {
            let year = 2020 + self.dice.below(6);
            let _ = writeln!(text, "classes = [\"{year}-1\", \"{year}-2\"]");
        }
        if self.chance(3) {
            let _ = writeln!(
                text,
                "sessions = {}\nuntil = {}",
                2 + self.dice.below(4),
                day + Days::new(9)
            );
        }
        if self.chance(2) {
            let _ = writeln!(
                text,
                "attendance = {{ guardians = {}, staff = 2, children = 12 }}\ninvited = {{ guardians = 9 }}",
                self.dice.below(9)
            );
        }
        if self.chance(3) {
            let partner = self.one_of(&["[\"镇妇联\"]", "[\"镇妇联\", \"县图书馆\"]"]);
            let book = self.one_of(&["《朝花夕拾》", "《草房子》"]);
            let _ = writeln!(
                text,
                "partners = {partner}\nbooks = [\"{book}\"]\ncampaign = \"暖冬\"\nitems = 7\noccasion = \"mid-autumn\""
            );
        }
        self.dated("activities", 'a', day, &text);
    }

    fn aid(&mut self) {
        let day = self.day();
        let children = self.list(3, false);
        let source = self.one_of(&["镇妇联", "县团委", "王小明"]);
        let occasion = self.one_of(&["consolation", "festival", "other"]);
        let amount = format!("{}.{:02}", self.dice.below(500), self.dice.below(100));
        let text = if self.chance(2) {
            format!(
                "date = {day}\nkind = \"money\"\nchildren = {children}\namount = \"{amount}\"\nsource = \"{source}\"\noccasion = \"{occasion}\"\n"
            )
        } else {
            format!(
                "date = {day}\nkind = \"goods\"\nchildren = {children}\nsource = \"{source}\"\nitems = [{{ name = \"书包\", quantity = 2, value = \"{amount}\" }}]\n"
            )
        };
        self.dated("aid", 'd', day, &text);
    }

    fn assessment(&mut self) {
        let day = self.day();
        let (child, by) = (self.some_child(), self.some_helper());
        let level = self.one_of(&["good", "fair", "concern", "urgent"]);
        let risk = self.one_of(&["low", "medium", "high"]);
        let lacks = self.one_of(&["[]", "[\"care\"]", "[\"care\", \"tutoring\"]"]);
        let text = format!(
            "date = {day}\nchild = \"{child}\"\nby = \"{by}\"\nstudy = \"{level}\"\npsychology = \"fair\"\nrisk = \"{risk}\"\nlacks = {lacks}\n"
        );
        self.dated("assessments", 's', day, &text);
    }

    fn incident(&mut self) {
        let day = self.day();
        let children = self.list(2, false);
        let by = self.some_helper();
        let kind = self.one_of(&["injury", "truancy", "bullying"]);
        let minutes = self.dice.below(20);
        let mut text = format!(
            "discovered = {day}T09:00:00\nreported = {day}T09:{minutes:02}:30\nkind = \"{kind}\"\nchildren = {children}\nby = \"{by}\"\nsummary = \"摔倒\"\n"
        );
        if self.chance(2) {
            let _ = write!(
                text,
                "guardian_told = {day}T10:00:00\nclosed = {}\n",
                day + Days::new(5)
            );
        }
        self.dated("incidents", 'i', day, &text);
    }

    fn award(&mut self) {
        let day = self.day();
        let child = self.some_child();
        let level = self.one_of(&["school", "county"]);
        let text = format!(
            "date = {day}\nchild = \"{child}\"\ntitle = \"三好学生\"\nlevel = \"{level}\"\n"
        );
        self.dated("awards", 'w', day, &text);
    }

    fn loan(&mut self) {
        let day = self.day();
        let child = self.some_child();
        let item = self.one_of(&["篮球", "故事书"]);
        let text = format!(
            "date = {day}\nitem = \"{item}\"\nchild = \"{child}\"\ndue = {}\n",
            day + Days::new(14)
        );
        self.dated("loans", 'l', day, &text);
    }

    fn fund(&mut self) {
        let day = self.day();
        let direction = self.one_of(&["in", "in", "out"]);
        let text = format!(
            "date = {day}\ndirection = \"{direction}\"\namount = \"{}.50\"\nsource = \"废品回收\"\n",
            self.dice.below(90)
        );
        self.dated("funds", 'f', day, &text);
    }

    fn document(&mut self) {
        let day = self.day();
        let helper = self.some_helper();
        let text = match self.dice.below(3) {
            0 => format!("date = {day}\nkind = \"rule\"\ntitle = \"走访制度\"\n"),
            1 => {
                format!("date = {day}\nkind = \"plan\"\ntitle = \"班级计划\"\nclass = \"2022-1\"\n")
            }
            _ => format!(
                "date = {day}\nkind = \"appraisal\"\ntitle = \"考评\"\nhelper = \"{helper}\"\ngrade = \"excellent\"\n"
            ),
        };
        self.dated("documents", 'o', day, &text);
    }
}

//! The vocabulary of the generated records. All of it is invented.

pub(super) const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈";
pub(super) const GIVEN: &str = "梓涵子轩雨桐浩宇欣怡俊杰思远佳琪一诺诗涵宇航嘉怡晨曦文博雅婷天佑若曦明哲可馨志强美玲建国秀英德福桂花永强春梅";
pub(super) const VILLAGES: [&str; 8] = [
    "柳树村",
    "大坪村",
    "新田村",
    "黄泥村",
    "竹林村",
    "上河村",
    "长岭村",
    "红星村",
];
pub(super) const CITIES: [&str; 8] = [
    "广东东莞",
    "广东深圳",
    "浙江宁波",
    "浙江温州",
    "福建泉州",
    "江苏苏州",
    "上海",
    "重庆",
];
pub(super) const INTERESTS: [&str; 6] = ["画画", "篮球", "阅读", "跳绳", "唱歌", "象棋"];
pub(super) const CHILD_NOTES: [&str; 5] = [
    "性格内向，课堂上不太主动发言，但作业完成认真。",
    "与奶奶同住，奶奶膝盖不好，上下学由邻居顺路接送。",
    "父母每周日晚视频一次，孩子很期待。",
    "喜欢画画，曾获镇里绘画比赛三等奖。",
    "数学基础薄弱，已安排同桌结对帮扶。",
];
pub(super) const NOTES: [&str; 8] = [
    "孩子正在写作业，情绪稳定，主动和老师打招呼。",
    "奶奶反映最近晚上看手机时间偏长，已约定每天不超过半小时。",
    "查看了房间用电和灶台，插线板老化，提醒尽快更换。",
    "与在外务工的父亲通了电话，约定国庆回家。",
    "孩子说想妈妈，聊了一会儿，鼓励他给妈妈写信。",
    "数学单元测验进步明显，当面表扬。",
    "家附近有池塘，再次强调防溺水。",
    "咳嗽一周未好，建议明天去镇卫生院看一看。",
];
pub(super) const ACTIVITIES: [(&str, &str); 13] = [
    ("我们的节日·中秋", "festival"),
    ("“我有一双巧巧手”劳动技能大赛", "labour"),
    ("读书演讲比赛", "reading"),
    ("留守儿童快乐日合唱比赛", "arts"),
    ("防溺水安全教育", "safety"),
    ("法律知识讲座", "law"),
    ("给爸爸妈妈的一封信", "letter-home"),
    ("心理健康团体辅导", "psychology"),
    ("关爱留守儿童主题班会", "class-meeting"),
    ("监护人座谈会", "forum"),
    ("留守儿童之家开放", "home-open"),
    ("集体生日会", "birthday"),
    ("环保小分队志愿活动", "volunteering"),
];
pub(super) const PARTNERS: [&str; 5] = ["镇妇联", "团县委", "县检察院", "村委会", "镇卫生院"];
pub(super) const SOURCES: [&str; 4] = ["镇妇联", "团县委", "废品回收", "社会捐赠"];
pub(super) const FIELDS: [&str; 6] = ["study", "life", "psychology", "safety", "health", "conduct"];
pub(super) const LACKS: [&str; 5] = ["care", "discipline", "tutoring", "guidance", "protection"];

pub(super) const SETTINGS: &str = r#"format = 1

[school]
name = "示例小学"
level = "primary"
first_grade = 1
last_grade = 6

[policy]
caseload = { teacher = 3, counsellor = 2 }
record_within_days = 7
incident_within_minutes = 5

[[duty]]
id = "monthly-visits"
title = "每月走访两次"
owed_to = "pairing"
count = 2
period = "month"
record = "visit"
match = { mode = ["home", "talk"] }

[[duty]]
id = "term-forum"
title = "每学期一次座谈会"
owed_to = "school"
count = 1
period = "term"
record = "activity"
match = { theme = "forum" }

[[duty]]
id = "weekly-opening"
title = "留守儿童之家每周开放两次"
owed_to = "school"
count = 2
period = "week"
record = "activity"
match = { theme = "home-open" }

[[duty]]
id = "half-year-consolation"
title = "每半年一次慰问"
owed_to = "school"
count = 1
period = "half-year"
record = "aid"
match = { occasion = "consolation" }

[[duty]]
id = "term-assessment"
title = "每学期一次测评"
owed_to = "child"
count = 1
period = "term"
record = "assessment"

[report]
language = "zh"
names = "none"
min_cell = 5
"#;

# The catalogue's part `due`.

due-birthday = 满 { $age } 岁
due-birthday-lunar = 满 { $age } 岁（农历生日）
due-caseload = { $role }结对 { $children } 名，学校规定最多 { $most } 名
due-left = { $day } 离校
due-missing = { $periods ->
    [1] 缺 { $missing } 次
   *[other] { $periods } 期共缺 { $missing } 次
}
due-last-contact = 上次联系 { $day }
due-no-contact = { $day } 以来没有联系
due-never-contacted = 还没有联系过
due-left-behind-since = { $day } 起留守，之后没有联系
due-gap = { $days } 天没有联系（最多 { $bound } 天）
due-gap-short = { $days } 天（最多 { $bound }）
due-risk = 风险{ $risk }
due-why-duty = 期限的 { $times } 倍（“{ $title }”）
due-why-policy = 期限的 { $times } 倍（制度）
due-why =
    排列的先后：超期未联系的在最前，按“已过天数÷期限”从大到小，相同的先看风险高的。
    期限取对这名儿童有效、间隔最短的走访职责，没有就用 contact_within_days（{ $bound } 天）。
    其他各组里，逾期最久的在前；职责先按事项、再按帮扶人或班级归在一起。
due-total = 共 { $count } 项，没有逾期。
due-total-overdue = 共 { $count } 项，逾期 { $overdue } 项：{ $groups }。
due-separator = ，
due-comma = 、
due-since = { $day } 发现
due-calendar = { $school } 待办
due-event = { $title }：{ $children }
due-event-overdue = 【逾期，原定 { $day }】{ $title }
due-calendar-names = 日历里写有儿童姓名；手机日历大多会同步到别人的服务器，只导入学校允许的日历。
due-head = { $today } 的待办，看到 { $last }
due-nothing = { $last } 之前没有待办。
due-group = { $group }（{ $count }）
due-group-overdue = { $group }（{ $count }，逾期 { $overdue }）
due-overdue = { $day } 逾期 { $days } 天
due-today = 今天
due-in-days = { $day } 还有 { $days } 天
due-and-more = { $names }等 { $count } 名
due-no-class = “{ $found }”不是班级；写 2022-1 或者四（1）班
due-column-group = 事项
due-column-handle = 编号
due-column-day = 日期
due-column-title = 内容
due-column-children = 儿童
due-column-classes = 班级
due-column-helpers = 帮扶人
due-column-note = 说明

# The catalogue's part `main`.

# 导入
import-too-large = 文件太大：最多 { $mib } MiB。
import-not-text = 文件既不是 UTF-8 也不是 GB18030 文本。请在表格软件里另存为“CSV UTF-8”或 .xlsx。
import-bad-csv = 不是规范的 CSV：{ $fault }
import-bad-workbook = 无法读取工作簿：{ $fault }
import-no-sheet = 工作簿里没有名为“{ $sheet }”的工作表；有：{ $known }
import-no-header = 没有找到表头。
import-unknown-column = 不认识的表头“{ $header }”。用 --map '{ $header }=字段' 指明，或用 --map '{ $header }=-' 略过。
import-unknown-column-nearest = 不认识的表头“{ $header }”，是不是“{ $nearest }”？用 --map '{ $header }=字段' 指明，或用 --map '{ $header }=-' 略过。
import-column-of-several = 表头“{ $header }”可能指几个字段：{ $paths }。用 --map '{ $header }=字段' 指明。
import-same-field = 与表头“{ $other }”是同一个字段。
import-no-key = 没有关键列“{ $key }”。
import-empty-key = 关键列是空的。
import-same-key = 关键列与第 { $other } 行相同。
import-several-keyed = 有几条记录都符合：{ $ids }
import-same-id = 编号在表里出现了两次。
import-bad-id = “{ $found }”不是{ $kind }的编号。
import-exists = 这条记录已经有了。要修改已有记录，请用 --key。
import-day-of-id = 日期与编号 { $id } 里的日期不一致。
import-day-changed = 日期决定编号，不能用导入来改；请用 set。
import-no-id = 没有日期，定不了编号。
import-no-place = 没有地方放这个值：列表的条目要从第 1 条起依次填写。
import-no-cell = 这个字段不能写在一个单元格里。
import-unreadable = 无法读取 { $path }。
import-rounded = “{ $found }”被表格软件改成了科学计数或舍去了末位。请把这一列设为文本格式后重新填写。
import-bad-number = “{ $found }”不是数。
import-bad-truth = “{ $found }”应写“是”或“否”。
import-bad-date = “{ $found }”不是日期。写法如 2025-09-01、2025/9/1、2025年9月1日。
import-bad-time = “{ $found }”不是时间。写法如 2025-11-02 10:25。
import-bad-amount = “{ $found }”不是金额。写法如 300.00。
import-bad-class = “{ $found }”不是班级。写法如 2022-1（2022 年秋季入学的 1 班）或 三（1）班。
import-unknown-code = 不认识的“{ $found }”，可用：{ $known }
import-unknown-code-nearest = 不认识的“{ $found }”，是不是“{ $nearest }”？
import-unknown-reference = 没有叫“{ $found }”的{ $kind ->
    [child] 儿童
    [helper] 帮扶人
   *[other] 记录
}。
import-several-named = 叫“{ $found }”的不止一个，请写编号：{ $ids }
# cuncao due
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
due-separator = ，
due-comma = 、
due-since = { $day } 发现
due-calendar = { $school } 待办
due-event = { $title }：{ $children }
due-event-overdue = 【逾期，原定 { $day }】{ $title }
due-head = { $today } 的待办，看到 { $last }（走访、活动和资助从 { $since } 起查看）
due-nothing = { $last } 之前没有待办。
due-group = { $group }（{ $count }）
due-group-overdue = { $group }（{ $count }，逾期 { $overdue }）
due-overdue = { $day } 逾期 { $days } 天
due-today = 今天
due-in-days = { $day } 还有 { $days } 天
due-and-more = { $names }等 { $count } 名

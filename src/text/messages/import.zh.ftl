# 目录的 `import` 部分：导入时怎样读表，什么不对，怎样改正。

import-encrypted = 工作簿有密码，无法读取。请用表格软件打开它，去掉密码后另存为 .xlsx。
import-markup = 这是网页或 XML，只是扩展名像表格。请用 Excel 或 WPS 打开它，另存为 .xlsx。
import-other-format = 这是 { $format } 文件。请用 Excel 或 WPS 打开它，另存为 .xlsx。
import-cell-too-long = { $place } 格超过 { $kib } KiB，不像表格里的内容。请检查这一格，或文件里没有闭合的引号。
import-too-wide = { $place } 格太靠右：表最多 { $most } 列。请删去这一格右边多余的列，再导入。
import-too-many-cells = 表里的格子太多：最多 { $most } 万格。请分成几个文件导入。
import-unclosed-quote = 第 { $line } 行有一个引号没有闭合，后面的行会被吞掉。请补上或删去这个引号。
import-sheet-hidden = 是隐藏的；要读它，用 --sheet
import-sheet-empty = 是空的
import-sheet-unknown = 没有认得的表头
import-sheet-left = 工作表“{ $sheet }”不读：{ $why }。
import-no-header-over = 这一列没有表头，却有内容：{ $samples }。
import-mend-map = 用 --map '{ $header }=字段' 指明是哪个字段，或用 --map '{ $header }=-' 略过这一列。
import-mend-rest = 不认识的 { $count } 列都不要的话，用 --map '*=-' 一次略过。
import-mend-month = 用 --day-of-month 1 把只有年月的日期都当作 1 日，或在表里补全。
import-mend-value = 用 --map-value '{ $header }:{ $found }=写法' 指明它是什么（=- 为不收），或在表里改正。
import-mend-one-away = 用 --map-value '{ $header }:{ $found }=father' 或 =mother 指明是谁外出。
import-mend-since = 用 --since 写明从哪一天起，如 --since 2025-09-01。
import-mend-set = 用 --set { $field }=… 写明各行的值，或在表里补全。
import-mend-leave-out = 用 --map '{ $header }=-' 略过这一列，或在表里改正。
import-map-unused = --map 写的“{ $header }”不是任何一列的表头或列标。
import-map-value-unused = --map-value 写的“{ $header }”列里没有“{ $word }”。
import-not-a-mapped-value = “{ $found }”应写成 列:词=写法。
import-key-sealed = 关键列的内容是加密的，不能比对。请用别的列作 --key，如 姓名 和 出生日期。
import-cell-error = { $found }：表格软件没有算出这一格。
import-uncomputed = 这一格是公式，文件里没有算好的值。请用表格软件打开并保存一次，再导入。
import-class-became-day = 班级被表格软件改成了日期（{ $found }）。请把这一列设为文本格式，重新填写，如 三（1）班。
import-class-rounded = { $found } 可能是 1 班，也可能是 10 班：表格软件去掉了末尾的 0。请写成 三（1）班 这样的形式。
import-day-rounded = { $found } 可能去掉了末尾的 0（3.2 也可能是 3 月 20 日）。请把这一列设为文本再填。
import-year-of-period = { $column }：没写年份的，按“{ $from }”定在 { $first } 至 { $last }
import-mend-term = 用 --term 2025-2026-2 说明是哪个学期，或在表里写上年份。
import-term-unused = --term 没有用处：没有哪个日期缺年份。
import-ask-term = { $column } 没有年份，是哪个学期的（如 2025-2026-2）？
import-bad-term = “{ $found }”看不出是哪个学期或哪一年。写法如 2025-2026-2。
import-days = { $column }：一格写了起止两天，记为开始和结束
import-several-split = { $column }：一格写了几个人，每人一条记录
import-month-rounded = { $found } 可能是 1 月，也可能是 10 月：表格软件去掉了末尾的 0。请把这一列设为文本格式，重新填写。
import-classes-differ = “{ $found }”与同一行另一列的年级或班级不一致。
import-one-away = “{ $found }”没有说是父亲还是母亲外出。
import-no-since = 监护情况没有开始日期。
import-since-needed = 这一行与现有情况不同，要写明从哪一天起，原来的记录才会保留。
import-since-not-later = 开始日期 { $since } 不晚于现有的 { $last }，会改掉过去。请用更晚的日期；要更正过去，用 set。
import-past = 这是过去的记录，不能用导入来改。要更正，用 set。
import-constant-contradicts = { $field } 统一写成 { $constant }，但这一行的“{ $said }”表明是 { $code }。请去掉这个 --set，或在表里改正。
import-differs-within = “{ $name }”在第 { $other } 行和第 { $row } 行写得不一样。
import-twin-person-known = 已经有这个人（{ $id }）：姓名和生日相同，或身份证号相同。要修改已有档案，用 --key。
import-twin-person-row = 与第 { $other } 行是同一个人：姓名和生日相同，或身份证号相同。
import-twin-known = 已经有一条完全相同的记录（{ $id }）。
import-twin-row = 与第 { $other } 行完全相同。
import-why-number = 是编号，不收
import-why-remark = 是备注，不收；要收用 --map
import-why-no-field = 没有这个字段，不收
import-why-kind = 是{ $kind ->
    [child] 儿童
    [helper] 帮扶人
    [pairing] 结对
   *[other] 别类
    }的，不收
import-why-asked = 按 --map 略过
import-why-same = 和 { $letters } 列完全一样，不收
import-why-empty = 是空的
import-why-names = 是编号旁边的姓名，以编号为准
import-hint-away = 用来推断谁外出
import-hint-member = 是家庭成员 { $number }，按关系归入父母或监护人
import-from-set = --set
import-from-since = --since
import-from-word = 由“{ $word }”
import-left-total = 合计、小计行，不收
import-left-header = 重复的表头，不收
import-left-numbered = 只有序号的行，不收
import-left-foot = 制表人、说明等行，不收
import-left-section = 作为下面各行的班级
import-placeholder = { $column }：“{ $found }”当作没有填
import-phone-remark = { $column }：号码旁的“{ $remark }”不收
import-name-and-relation = “{ $found }”分作姓名和关系
import-relation-no-name = “{ $found }”是称呼，不作姓名
import-status-of-workplace = { $column }：“{ $found }”记为状况
import-member-left = 家庭成员（{ $relation }）既不是父母也不是监护人，不收
import-birth-of-id = 出生日期取自身份证号
import-gender-of-id = 性别取自身份证号
import-invalid-id-number = 身份证号不对：不是 18 位，或抄错了一位。
import-doubt-id = 请核对：身份证号与出生日期或性别不一致
import-doubt-phone = { $column }：“{ $found }”不像电话号码，请核对
import-doubt-birth = 请核对：出生日期 { $found } 不像在校学生
import-doubt-away = 请核对：监护人是{ $relation }，外出情况却是{ $away ->
    [both] 父母双方外出
    [father] 父亲外出
    [mother] 母亲外出
   *[none] 无人外出
    }
import-not-left-behind = 非留守，不建监护情况
import-not-left-behind-dropped = 非留守，不建监护情况，这几行的监护信息不收
import-away-of-relation = { $away ->
    [both] 父母双方外出
    [father] 父亲外出
    [mother] 母亲外出
   *[none] 无人外出
    } ← 监护人是{ $relation }
import-away-of-workplace = { $away ->
    [both] 父母双方外出
    [father] 父亲外出
    [mother] 母亲外出
   *[none] 无人外出
    } ← 父母务工地点
import-kind-of-relation = { $kind ->
    [grandparents] 祖辈监护
    [one-parent] 父母单方监护
    [kin-or-friends] 亲朋监护
   *[other] { $kind }
    } ← 监护人是{ $relation }
import-kind-of-aid = { $kind ->
    [money] 资助金 ← 只有金额
   *[goods] 物资 ← 只有物品
    }
import-rows = 第 { $rows } 行
import-rows-more = 第 { $rows } 行等，共 { $count } 行
import-read-table = 表头在第 { $header } 行，{ $rows } 行记录
import-read-sheet = 工作表“{ $sheet }”：表头在第 { $header } 行，{ $rows } 行记录
import-columns-left = { $columns }：{ $why }
import-constant = 各行：{ $field } = { $value }（{ $from }）
import-note = { $what }（{ $rows }）
import-and-rows = {" "}另有 { $count } 处：{ $rows }。
import-absent = 表里没有、档案里有的：{ $count } 条
import-confirm = 新增 { $added } 条，修改 { $changed } 条，写入吗？
import-since-far = --since { $day } 在一年多以后，请看看年份有没有写错
import-given-up = 没有写入
import-again = 下次同样的表可以这样导入：{ $command }
import-template-done = 已写好空表 { $path }，填好后用 import 导入。
import-ask-leave = （略过，不收）
import-ask-field = { $column }：{ $what } 这一列是
import-ask-code = { $column }：{ $what } 它是
import-ask-value = { $what }，各行都是
import-ask-day-of-month = { $column } 只有年月，都当作几日？
import-ask-day-again = 请输入 1 到 31 之间的数
import-ask-since = 从哪一天起（如 2025-09-01）？
import-too-large = 文件太大：最多 { $mib } MiB。
import-not-text = 文件既不是 UTF-8 也不是 GB18030 文本。请在表格软件里另存为“CSV UTF-8”或 .xlsx。
import-bad-csv = 不是规范的 CSV：{ $fault }
import-bad-workbook = 无法读取工作簿：{ $fault }
import-no-sheet = 工作簿里没有名为“{ $sheet }”的工作表；有：{ $known }
import-no-header = 没有找到认得的表头。用 --header-row 写明表头在第几行，用 import { $kind } --template 看要哪些表头。
import-unknown-column = 不认识的表头“{ $header }”。
import-unknown-column-nearest = 不认识的表头“{ $header }”，是不是“{ $nearest }”？
import-column-of-several = 表头“{ $header }”可能指几个字段：{ $paths }。
import-no-ticks = 表头“{ $header }”像是要答是或否，格子里却是：{ $samples }。
import-same-field = 与 { $letters } 列“{ $other }”是同一个字段。
import-no-key = 没有关键列“{ $key }”。读到的列有：{ $headers }
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
import-rounded = { $column }：号码被表格软件舍去了末位，不收
import-bad-number = “{ $found }”不是整数。
import-bad-truth = “{ $found }”应写“是”或“否”。
import-bad-date = “{ $found }”不是日期。写法如 2025-09-01、2025/9/1、2025年9月1日。
import-bad-time = “{ $found }”不是时间。写法如 2025-11-02 10:25。
import-bad-amount = “{ $found }”不是金额。写法如 300.00。
import-bad-class = “{ $found }”不是班级。写法如 2022-1（2022 年秋季入学的 1 班）或 三（1）班。
import-unknown-code = 不认识的“{ $found }”，可用：{ $known }
import-unknown-code-nearest = 不认识的“{ $found }”，是不是“{ $nearest }”？
import-several-in-cell = 这一格写了几个人“{ $found }”：请分成几行，每行一人。
import-unknown-reference = 没有叫“{ $found }”的{ $kind ->
    [child] 儿童
    [helper] 帮扶人
   *[other] 记录
}。
import-several-named = 叫“{ $found }”的不止一个，请写编号：{ $ids }
import-not-a-pair = “{ $found }”应写成 名=值。
import-nothing = { $file } 里没有可导入的表。
import-faults = 有 { $count } 处错误，什么都没有导入：
import-more-faults = ……另有 { $count } 处
import-row = （第 { $row } 行）
import-done = 新增 { $added } 条，修改 { $changed } 条，{ $unchanged } 条没有变化。
import-would = 将新增 { $added } 条，修改 { $changed } 条，{ $unchanged } 条没有变化。（试运行，没有写入）

# The catalogue's part `command`: what the commands of everyday say.

command-comma = 、

# 参数里的值
command-entered-no-such-day = { $year }年{ $month }月没有{ $day }日
command-entered-day-missing = “{ $found }”缺了哪一天，写成 2025-10-12
command-entered-lunar = “{ $found }”是农历，请写公历日期
command-entered-weekday = “{ $found }”的日期和星期几对不上
command-entered-grade-only = “{ $found }”只有年级，请写到班，如 四（1）班
command-entered-number-only = “{ $found }”只有班号，请连年级一起写，如 四（1）班
command-entered-grade-outside = “{ $found }”：本校没有 { $grade } 年级（{ $first } 至 { $last } 年级）
command-entered-about = “{ $found }”不是准确的数
command-entered-several = “{ $found }”里不止一个：{ $several }
command-unknown-code = { $label }（{ $field }）没有“{ $found }”
command-which-entry = { $label }（{ $field }）现有 { $count } 段：第一段是 { $field }[0]，最后一段是 { $field }[{ $last }]；新增一段用 { $field }[+]，或用 cuncao change
command-no-such-entry = { $label }（{ $field }）现有 { $count } 段；新增一段用 { $field }[+]，或用 cuncao change
command-missing-flags = 缺少 { $flags }
command-missing-flags-help = cuncao add { $kind } --help 说明每一项；加 -i 可以逐项回答

# 谁
command-me-unsaid = 还不知道您是谁
command-me-unsaid-help = 加 --me 姓名，或设一次：git config cuncao.me 姓名（也可用 CUNCAO_ME）
command-no-such-person = 没有叫“{ $found }”的{ $kind }

# 已有相近的记录
command-alike-number = 学籍号相同：{ $name }（{ $class }，{ $day } 生）{ $id }
command-alike-twin = 已有同名同生日的 { $name }（{ $class }）{ $id }
command-alike-name = 注意：已有同名的 { $name }（{ $class }，{ $day } 生）{ $id }
command-alike-sound = 注意：已有同音、同生日的 { $name }（{ $class }）{ $id }
command-alike-phone = 注意：家里电话与 { $name }（{ $class }）相同 { $id }；是兄弟姐妹的，可填 --siblings
command-alike-helper = 已有同名的 { $name }（{ $role }）{ $id }
command-alike-pairing = 这一对从 { $day } 起已经结对，还没有结束：{ $id }
command-alike-term = 与 { $name }（{ $start } 至 { $end }）重叠：{ $id }
command-alike-anyway = 仍要新增吗？
command-alike-refused = { $what }
command-alike-refused-help = 确实是另一条，加 --force

command-would = 将会：
command-semicolon = ，

# change
command-change-no-list = change 改不了“{ $found }”
command-change-since = { $list } 不按日期分段，或已写了 since=；不用 --since
command-change-same-day = { $list }（{ $field }）已有从 { $day } 起的一段；要改那一段用 cuncao set
command-change-done = { $name }：{ $list }自 { $day } 起 { $words }
command-change-until = （到 { $day } 前；那天起另有一段）
command-change-added = { $name }：{ $list }新增 { $words }

# leave
command-leave-nobody = 没有要离校的儿童（{ $day }）
command-leave-left = { $name } 已于 { $day } 离校
command-leave-pairing = { $name } 的结对 { $id } 从 { $day } 才开始，不能在此之前结束
command-leave-pairing-help = 先用 cuncao rm { $id } 删去
command-leave-done = { $name } { $day } 离校（{ $reason }）{ $pairings ->
    [0] {""}
   *[other] ；{ $pairings } 个结对到 { $last } 结束
}{ $open ->
    [0] {""}
   *[other] ；还有 { $open } 项跟进没有完成
}
command-leave-count = 共 { $count } 名

# take-over
command-take-over-same = 接手的还是 { $name } 自己
command-take-over-no-pair = { $child } 没有与 { $name } 结对
command-take-over-none = { $name } 在 { $day } 没有结对
command-take-over-begun = { $child } 的结对从 { $day } 才开始，不早于 { $since }
command-take-over-begun-help = 换人用 cuncao set { $id } helper=姓名
command-take-over-done = { $from } 的 { $ended } 个结对到 { $last } 结束，自 { $since } 起由 { $to } 接手{ $had ->
    [0] {""}
   *[other] （其中 { $had } 个 { $to } 已经结对）
}{ $open ->
    [0] {""}
   *[other] ；{ $from } 名下还有 { $open } 项跟进没有完成
}

# done
command-done-no-outcome = { $kind }没有可写结果的地方，去掉 --outcome
command-done-nothing = { $handle } { $count ->
    [0] 没有可以办结的事项
   *[other] 没有这一项；它有 { $count } 项
}
command-done-before = { $handle } 已于 { $day } 办结：{ $what }
command-done-several = { $handle } 有 { $count } 项没有办结，请指明是哪一项：
    { $list }
command-done-done = { $handle } { $day } 办结：{ $what }{ $left ->
    [0] {""}
   *[other] ；这条记录里还有 { $left } 项
}

# find
command-find-id = 编号
command-find-day = 日期
command-find-kind = 记录
command-find-who = 谁
command-find-words = 内容
command-find-none = 没有找到“{ $words }”
command-find-more = 另有 { $count } 条

# rm
command-rm-referred = { $what } 还被 { $count } 条记录提到，没有删除：
    { $list }
command-rm-referred-help = 先改掉或删去这些记录
command-rm-child-help = 儿童离校用 cuncao leave；应要求抹去一名儿童用 cuncao forget { $id }
command-rm-done = 删去{ $kind } { $what }（{ $path }）；写错了可用 cuncao undo 找回

# note
command-note-nothing = 没有内容
command-note-no-way = “{ $found }”不是联系方式，一行以它开头，如 家访、电话、谈心
command-note-two-ways = 一行只写一种联系方式，又有“{ $found }”
command-note-no-child = 没有写是哪名儿童：写在联系方式后面
command-note-not-a-child = 没有叫“{ $found }”的儿童
command-note-child-or-words = “{ $found }”不是儿童姓名；若是正文，前面加冒号
command-note-helper-or-words = “{ $found }”是帮扶人：一起去的写 +{ $found }，若是正文，前面加冒号
command-note-day-or-words = “{ $found }”是日期还是正文？日期写 @{ $found }，若是正文，前面加冒号
command-note-no-helper = 没有叫“{ $found }”的帮扶人
command-note-several = “{ $found }”不止一个：
    { $list }
command-note-no-class = “{ $found }”不是班级
command-note-not-in-class = 这个班没有“{ $found }”
command-note-class-alone = “{ $found }”后面要写儿童姓名
command-note-no-words = 没有写情况
command-note-future = { $found } 还没有到
command-note-two-days = 写了两个日期，又有“{ $found }”
command-note-two-lengths = 写了两个时长，又有“{ $found }”
command-note-two-times = 写了两个时间，又有“{ $found }”
command-note-met = ，见到：{ $met }
command-note-no-due = 跟进“{ $found }”没有期限，写成 !{ $found }@12-1
command-note-no-what = 跟进没有写做什么（@{ $found }）
command-note-due-past = 跟进“{ $found }”的期限 { $day } 早于联系的日期
command-note-line = 第 { $number } 行：{ $words }
command-note-refused = { $count } 行没有看懂，什么都没有写：
    { $list }
command-note-none-of-them = 都不是
command-note-minutes = { $minutes }分钟
command-note-topics = ，谈到：{ $topics }
command-note-follow-up = ，跟进：{ $what } { $day }

command-list-none = 没有符合的记录

# 不写命令
command-overview-due = { $day }：两周内有 { $count } 项待办，其中逾期 { $overdue } 项
command-overview-nowhere = 这里还没有档案目录；新建：cuncao init 目录
command-overview-record = 记录
command-overview-look = 查看
command-overview-hand-in = 上报
command-overview-keep = 管理
command-overview-help = 用法和例子：cuncao help 命令

# 系统
command-system-not-found = 没有这个文件或文件夹
command-system-denied = 没有权限
command-system-exists = 已经有了
command-system-folder = 是个文件夹
command-system-no-folder = 路径中有一段不是文件夹
command-system-read-only = 这个磁盘不能写入
command-system-full = 磁盘已满

command-pick-help = 输入姓名、拼音或首字母，↑↓ 选择，回车选定
command-me-question = 您是哪位？（走访等记录默认的填写人）
command-me-later = （以后再说）
command-me-kept = 记住了：您是 { $name }（git config cuncao.me）
command-me-not-kept = 这里不是 git 版本库，没法记住；可设环境变量 CUNCAO_ME={ $name }
command-comma-of-parts = ，

# The catalogue's part `report`.

# What renderers add to every document.
report-untitled = 未命名
report-comma = ，
report-semicolon = ；
report-card-row = { $label }：{ $value }
report-chart-caption = { $title }（单位：{ $unit }）
report-chart-category = 项目
report-chart-no-value = 无
report-chart-series = { $name }：{ $values }
report-chart-data = 图中数据
report-skip = 跳到正文
report-too-large = 报告超过 { $mib } MiB。请用 --class 选一个班级，或用 -o 指定文件夹，每名儿童写一个文件
report-search = 搜索
report-contents = 目录
report-table = 表格 { $at }
report-sources = 数据来源
report-sources-intro = 正文中带下划线的数字都由下列记录计得；点“↩”回到正文。
report-source-total = 共 { $count } 条记录
report-source-rest = 另有 { $count } 条未在此列出
report-source-back = 回到正文第 { $at } 处
report-source-of = 数据来源：{ $label }

# Faults of a template's Markdown.
report-fault-block = 第 { $line } 行：没有名为“{ $name }”的代码块；可用 chart、cards、page-break、signature、subtitle、caption、form
report-fault-json = 第 { $line } 行：{ $name } 块的内容读不懂：{ $why }
report-fault-too-deep = 第 { $line } 行：引用、列表或强调的嵌套超过 { $most } 层
report-fault-chart-length = 第 { $line } 行：图表的系列“{ $series }”有 { $values } 个数，类别却有 { $categories } 个

report-written = 已写入 { $path }
report-is-binary = Word 文件不能显示在终端里，请用 -o 指定文件。
report-no-format = 没有格式“{ $found }”，可用 md、html、docx。
report-needs-class = 请用 --class 指明班级。

# Templates.
report-template-no-figure = 没有名为“{ $found }”的数字；全部名称见 cuncao stats --format json
report-template-no-figure-near = 没有名为“{ $found }”的数字，是不是“{ $near }”？
report-template-no-term = 没有学期“{ $found }”
report-template-no-term-near = 没有学期“{ $found }”，是不是“{ $near }”？
report-template-syntax = 模板的写法有错，请看有没有漏写 {"}}"}、{"%}"}、引号或 endif、endfor：{ $detail }
report-template-unknown = 没有名为“{ $found }”的{ $sort ->
    [function] 函数
   *[filter] 过滤器
}，见 cuncao help templates
report-template-unknown-near = 没有名为“{ $found }”的{ $sort ->
    [function] 函数
   *[filter] 过滤器
}，是不是“{ $near }”？
report-template-no-dimension = 不能按“{ $found }”分组；可用：{ $known }
report-template-no-codes = { $kind } 的字段 { $field } 没有固定的选项
report-template-undefined = 没有名为“{ $found }”的变量
report-template-undefined-near = 没有名为“{ $found }”的变量，是不是“{ $near }”？
report-source-group = { $label }：{ $group }
report-source-missing = 不在其中的：{ $label }
report-names-people = { $report }写明姓名，请妥善保管；不写姓名用 --names none。
report-withheld = { $record } 里写给家长的话提到了别的孩子，{ $child } 家长的信里没有印。
report-not-public = { $report }写的是一个家庭或校内的事，不能公开；公开用 report term --public。
report-takes-no-class = { $report }不分班级，不用 --class；班级的总结是 report class --class 班级。
report-takes-no-period = { $report }说的是今天的情况，不能选学期和日期。
report-class-not-public = 没有写出：本校按班写出人数，会让人认出少数几名儿童，班级总结不能公开。公开用 report term --public。
report-takes-no-names = { $report }不写任何人的姓名，不用 --names。
report-takes-no-compare = { $report }不与别的学期比较，不用 --compare。
report-takes-no-blank = { $report }不是表格，没有空白的；--blank 用于 visit、incident、referral、register。
report-blank-of-somebody = 空白表不写是谁的；去掉“{ $found }”或 --blank。
report-no-campaign = 没有编号或标题是“{ $found }”的活动，也没有叫这个名字的主题活动

# cuncao fill
report-about-nobody = 这种报告是关于全校或班级的，不用写姓名。
report-form-over-itself = { $path } 是空白表本身；填好的表请写到另一个文件，空白表下次还要用
report-form-none = { $path } 不是 Word（.docx）或 Excel（.xlsx）文件；旧的 .doc、.xls 请先另存为新格式。
report-form-too-large = { $path } 太大，不像一张表。
report-form-broken = 无法读取 { $path }：{ $fault }
report-form-no-markers = { $path } 里没有可填的标记。
report-form-no-markers-help = 标记写成 {"{{"} n("children") {"}}"} 或 {"{{"} child.name {"}}"}；能写什么见 cuncao help templates
report-form-unknown = { $path } 里有看不懂的标记，没有填：
      { $markers }
report-form-empty = 没有值、留空的：{ $markers }
report-form-filled = 已填 { $count } 种标记，写入 { $path }
report-mentions = 没有写出：公开的报告里有 { $count } 处可能看得出是谁（词：所在的段落）。
    { $found }
report-mentions-help = 请改掉 cuncao.toml 或学期记录里的这些词；看过、确认可以公开的，加 --reviewed

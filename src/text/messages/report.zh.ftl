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
report-table = 表格 { $at }
report-sources = 数据来源
report-sources-intro = 正文中带下划线的数字都由下列记录计得；点“↩”回到正文。
report-source-total = 共 { $count } 条记录
report-source-rest = 另有 { $count } 条未在此列出
report-source-back = 回到正文第 { $at } 处
report-source-of = 数据来源：{ $label }

# Faults of a template's Markdown.
report-fault-block = 第 { $line } 行：没有名为“{ $name }”的代码块；可用 chart、cards、page-break、signature、subtitle、caption
report-fault-json = 第 { $line } 行：{ $name } 块的内容读不懂：{ $why }
report-fault-chart-length = 第 { $line } 行：图表的系列“{ $series }”有 { $values } 个数，类别却有 { $categories } 个

report-written = 已写入 { $path }
report-is-binary = Word 文件不能显示在终端里，请用 -o 指定文件。
report-no-format = 没有格式“{ $found }”，可用 md、html、docx。
report-needs-class = 请用 --class 指明班级。

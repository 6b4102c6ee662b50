# The catalogue's part `help`.

help-usage = 用法：
help-commands = 命令
help-arguments = 参数
help-options = 选项
help-global-options = 通用选项
help-common = 通用选项 -C、--lang、--today、--color、--me、-q、-v 见 --help
help-more = 另见：cuncao help references（怎样指一条记录）、dates、formats、environment、exit-codes
help-examples = 示例：
help-main = 寸草：用纯文本档案管理学校的留守儿童关爱工作
help-main-examples =
    cuncao init 档案               新建档案目录
    cuncao add visit --mode home --children zxm --by wangfang --summary "……"
    cuncao validate                检查全部档案
    cuncao report term -o 总结.docx  写工作总结
    cuncao help dates              日期怎么写；另有 exit-codes、references、formats
help-option-help = 显示帮助：-h 简短，--help 详细
help-option-version = 显示版本
help-version-line = { $version }，档案格式 { $format }
help-option-directory = 在此目录中工作，而不是当前目录（也可用 CUNCAO_DIR）
help-option-lang = 语言：zh 或 en（也可用 CUNCAO_LANG）
help-option-today = 当作今天的日期（也可用 CUNCAO_TODAY）
help-option-me = 我是哪位帮扶人：默认的填写人，各处写 me 即指此人（也可用 CUNCAO_ME 或 git config cuncao.me）
help-option-color = 何时用颜色：auto、always、never
help-option-quiet = 只输出数据和错误
help-option-verbose = 也说明用了哪个目录、哪一天、读了多少文件
help-shared-format = 输出格式：table、csv、json、jsonl（每行一个对象）、md（Markdown 表格）
help-shared-dry-run = 只显示将要写入的内容，不写入
help-shared-skip-broken = 略过无法读取的文件，并说明略过了几个
help-shared-term = 学期：编号如 2025-2026-1、名称，或“上学期”；不写为今天所在的学期
help-shared-since = 从哪一天起：日期、今天、昨天、-7d，或学期（从开学那天）
help-shared-year = 学年（2025-2026，9月1日至次年8月31日）或公历年（2025）
help-shared-until = 到哪一天止：日期、今天、昨天、-7d，或学期（到放假那天）
help-shared-record = 记录：编号、编号的开头、姓名、拼音或首字母
help-shared-class = 班级：四（1）班、四(1)、四年级一班、2022-1
help-shared-helper = 帮扶人：编号、姓名、拼音或首字母
help-shared-child = 儿童：编号、姓名、拼音或首字母
help-add = 添加一条记录
help-add-examples =
    cuncao add helper --name 王芳 --role head-teacher
    cuncao add visit --mode home --children zxm --by wangfang --summary "奶奶好转"
    cuncao add child --from 新生.toml
    cuncao add activity -i
help-add-set = 设置任一字段，如 left.date=2025-11-10，可多次使用
help-add-from = 从 TOML 文件读取，- 为标准输入
help-add-force = 已有相近的记录也照样新增
help-add-interactive = 逐项询问
help-add-id = 学期编号，如 2025-2026-1
help-edit = 在编辑器里修改一条记录
help-edit-examples =
    cuncao edit 张小明
    VISUAL="code --wait" cuncao edit zxm
help-set = 修改一条记录的字段
help-set-examples =
    cuncao set 张小明 village=柳树村 'guardianship[0].guardian.phone=13900000001'
    cuncao set v7k3m9q 'follow_up[0].done=2025-11-02'
    cuncao set zxm student_no=          去掉这个字段
help-set-fields = 字段=值；值为空则去掉该字段


help-validate = 按全部规则检查档案
help-validate-examples =
    cuncao validate
    cuncao validate --fix --dry-run
    cuncao validate --only care --format json
    cuncao validate --explain follow-up-overdue
help-validate-paths = 只报告这些文件或目录里的问题
help-validate-format = 输出格式：text、short（每处一行）、json、github、sarif
help-validate-exit-zero = 发现错误时退出码也为 0
help-validate-fix = 自动改正没有歧义的问题
help-validate-dry-run = 只显示会怎样改正
help-validate-staged = 检查 git 中已暂存、将要提交的内容（提交钩子用）
help-validate-deny = 把这条规则、这组规则或 warnings（全部警告）当作错误，可多次使用
help-validate-only = 只用这些规则或规则组，逗号分隔
help-validate-rules = 列出全部规则
help-validate-explain = 说明一条规则，附例子
help-due = 列出待办：职责、跟进事项、借还、生日和节日
help-due-examples =
    cuncao due
    cuncao due --within 7d --helper 王芳
    cuncao due --class 四（1）班 --format csv
    cuncao due --format ics > 待办.ics
help-due-within = 往后看几天，如 14d、2w
help-due-helper = 只看这位帮扶人的
help-due-class = 只看这个班的
help-due-why = 说明先后次序是怎么来的
help-due-format = 输出格式：table、csv、json、jsonl、md、ics（手机日历）
help-due-skip-broken = 略过无法读取的文件，并说明略过了几个
help-import = 从表格导入记录（CSV、XLSX），全部成功或全不写入
help-import-examples =
    cuncao import child 花名册.xlsx --set guardianship.since=2025-09-01 --dry-run
    cuncao import child 花名册.csv --key 学籍号           按学籍号修改已有档案
    cuncao import visit 走访.csv --map 老师=走访人 --map 备注栏=-
    cuncao import all 导出.xlsx                          导入 export 写出的全部表
help-import-kind = 记录的类别，如 child、visit；all 为 export 写出的全部表
help-import-file = 表格文件，- 为标准输入；all 也可以是放 CSV 的目录
help-import-map = 某个表头指哪个字段，- 为略过，可多次使用
help-import-map-value = 某一列的某个词是什么，如 类型:隔代=grandparents，- 为不收，可多次使用
help-import-since = 从哪一天起：班级按这一天的叫法认，有变化的从这一天起另记一条
help-import-term = 没写年份的日期属于哪个学期
help-import-day-of-month = 只有年月的日期都当作几日
help-import-interactive = 逐项询问表里没有说的
help-import-template = 写出一张只有表头的空表（给出文件名的写入文件，.xlsx 或 .csv）
help-import-yes = 不询问，直接写入
help-import-set = 表里没有这一列或该格为空时用的值，可多次使用
help-import-key = 按这些列找到已有记录并修改；找不到的新增；空格不改
help-import-sheet = 工作表的名称；不写为全部可见的、表头认得的
help-import-header-row = 表头在第几行；不写则自己找
help-import-format = 计划的输出格式：text、json
help-export = 导出记录为 CSV、XLSX 或 NDJSON，默认不含姓名、电话等
help-export-examples =
    cuncao export -o 档案.xlsx --headers zh --names full
    cuncao export visit --term 2025-2026-1 > visits.csv
    cuncao export --names full --confidential -o 备份      可用 import all 备份 原样导入
    cuncao export --partition --key-file 全县.key -o 汇总  供 DuckDB、Spark 读取
    cuncao export --sql duckdb --at 汇总 | duckdb          数据集的各项指标
help-export-kinds = 记录的类别，不写为全部；用 --partition 时也可写数据集的表名，如 evidence，其余的表留空
help-export-format = 输出格式：csv、xlsx、ndjson；不写则看输出文件的扩展名
help-export-output = 输出的文件；几类记录的 CSV 为目录
help-export-partition = 把本校的部分写进数据集目录 -o，整体替换上次写的：格式统一的 NDJSON，按 record=/school=/year= 分目录，用假名，并含每项指标数到的对象
help-export-sql = 打印读取数据集及其指标的 SQL：duckdb 或 spark
help-export-at = 数据集所在的目录或地址，供 --sql 用
help-export-term = 只导出这个学期的记录
help-export-since = 只导出这一天起的记录
help-export-until = 只导出这一天止的记录
help-export-headers = 表头与用词：fields（字段名）、zh、en
help-export-names = none 不含任何人的姓名；full 全部写出
help-export-pseudonymise = 姓名、电话、住址、编号换成固定的假名
help-export-key-file = 假名的密钥文件，须在档案目录之外；没有则新建（也可用 CUNCAO_KEY_FILE）。全县用同一个，转学的儿童仍是同一人
help-export-places = 保留村（社区），住址用代号；不写则都不导出
help-export-keep-text = 不写姓名时也保留文字记述，其中的姓名和号码隐去；用假名时，提到人的那一段不导出
help-export-confidential = 含保密内容和身份证号
help-rollup = 汇总几所学校的指标，并列并合计
help-rollup-examples =
    cuncao rollup 柳树小学 大坪小学 --term 2025-2026-1
    cuncao rollup 全镇 --figures all --format csv > 全镇.csv
    cuncao rollup 报送/*.json --term 2025-2026-1           各校 `stats --term 2025-2026-1 --format json` 的结果
help-rollup-folders = 各校的档案目录、`stats --format json` 写出的文件，或放着它们的目录
help-rollup-term = 学期编号；不写为今天所在的学期
help-rollup-figures = 指标编号，用逗号隔开；all 为全部
help-rollup-definition = 各校统一的留守儿童口径：one-or-both-away、both-away、statutory
help-rollup-format = 输出格式：table、csv、json、jsonl，或写成汇总报告 md、html、docx
help-rollup-output = 写入此文件
help-rollup-skip-broken = 读不出来的文件不计入，照样汇总
help-log = 谁在什么时候把什么改成了什么（取自 git）
help-log-examples =
    cuncao log 张小明
    cuncao log --since HEAD~10
help-log-since = 只看这个提交之后的，或这一天（昨天、-7d）起的
help-log-limit = 最多看几次提交
help-log-confidential = 保密内容也显示
help-log-format = 输出格式：text、json
help-doctor = 检查环境：git、权限、时钟、编码；处理上次没有写完的改动
help-doctor-format = 输出格式：text、json
help-doctor-dry-run = 只检查，不处理
help-migrate = 把旧格式的记录升级到当前格式
help-completions = 输出命令行补全脚本，能补全姓名、编号和代码
help-completions-examples =
    source <(cuncao completions bash)      写进 ~/.bashrc
    source <(cuncao completions zsh)       写进 ~/.zshrc，放在 compinit 之后
    cuncao completions fish | source       写进 ~/.config/fish/config.fish
help-completions-shell = bash、zsh、fish、powershell 或 elvish
help-man = 写出手册页（中文和英文）
help-man-folder = 写到哪个目录

help-stats = 统计各项指标
help-stats-examples =
    cuncao stats                          本学期的指标
    cuncao stats --term 2025-2026-1 --compare previous
    cuncao stats children visits --by class
    cuncao stats visits --by month        逐月走势
    cuncao stats --helpers                帮扶人工作情况，供检查考核
    cuncao stats --format json            供脚本使用
help-stats-figures = 只要这些指标及其下级，如 visits
help-stats-dims = 分组：班级、年级、性别、监护类型、外出情况、困境类型、风险等级、帮扶人、村、周、月份、学期、学年、主题、方式等，可用逗号连用几个；也可写代码，如 class
help-stats-compare = 与另一学期对比：学期编号，或 previous 表示上一学期
help-stats-helpers = 按帮扶人：结对、走访、职责完成、按时记录
help-stats-all = 也列出数值为零的分类
help-stats-public = 对外公开：人数少的分组、事件、风险、转介和心理辅导不写出
help-explain = 说明一个指标怎么算，列出它所依据的记录
help-explain-examples =
    cuncao explain children.visited --missing      谁还没有走访
    cuncao explain duty.monthly-visits --by helper=王芳
    cuncao explain children --by class=2022-1
help-explain-figure = 指标编号，如 children.visited
help-explain-groups = 只看一组，如 class=2022-1；可多次使用
help-explain-missing = 只列出总数中未计入的

help-list = 列出一类记录
help-list-examples =
    cuncao list child --class 2022-1
    cuncao list visit --child zxm --since 2025-10-01
    cuncao list child --where 监护类型=祖辈监护 --where 'age<10' --sort 班级
    cuncao list activity --term 2025-2026-1 --format csv
help-list-kind = 记录类别，如 child、visit
help-list-conditions = 条件：字段=值，也可用 != < > <= >= ~，可多次使用
help-list-all = 连同已离校的儿童、已停止的帮扶人和结对
help-list-columns = 显示哪些字段，用逗号分隔
help-list-sort = 按此字段排序，前加 - 为倒序
help-show = 显示一条记录；儿童连同现状、成长记录和应办事项
help-show-examples =
    cuncao show 张小明
    cuncao show zxm --format json
help-show-confidential = 连同保密内容和身份证号

help-init = 新建档案目录
help-init-examples =
    cuncao init 档案
    cuncao init 档案 --name 柳树小学
    cd 档案 && git init && cuncao init --hook
help-init-folder = 目录，不写为当前目录；已有的文件不会被改动
help-init-name = 学校名称
help-init-hook = 让 git 提交前检查要提交的记录、按字段合并档案；已有的档案目录只做这一件
help-schema = 给编辑器用的 JSON Schema，字段说明有中英文
help-schema-examples =
    cuncao schema visit
    cuncao schema --dir schemas
help-schema-kind = 记录种类；school 指 cuncao.toml；省略为全部
help-schema-dir = 把每种一个文件写进这个目录

help-report = 写报告：总结、档案、联系卡、致家长信、登记表、报告单等
help-report-examples =
    cuncao report term                              工作总结，Markdown
    cuncao report term -o 总结.docx --compare previous
    cuncao report term --public --format html -o 公开.html
    cuncao report child zxm -o 档案.docx
    cuncao report card --class 2022-1 -o 联系卡.docx
    cuncao report roster --names full -o 花名册.html
help-report-report = term、class、child、card、letter、helper、roster、handover、visit、trip、activity、home、incident、referral、register、summary、overview、audit
help-report-about = 儿童、帮扶人或记录，或主题活动的名称；不写为全部
help-report-format = md、html 或 docx；不写则由文件名决定
help-report-output = 写入此文件；是文件夹时每名儿童一个文件
help-report-names = 儿童姓名：none 不显示、surname 只显示姓、full 全名；不写时，写一个孩子或家庭的用全名，其余不显示
help-report-public = 对外公开：不出现姓名，人数少的分组隐去
help-report-reviewed = 公开的报告里可能看得出是谁的词都有人看过，照样写出
help-report-compare = 与另一学期比较：学期编号或 previous
help-report-template = 用这个模板
help-report-blank = 空白表，供手填（visit、incident、referral、register）
help-report-print-template = 输出内置模板，供修改

help-doctor-examples =
    cuncao doctor
help-migrate-examples =
    git status && cuncao migrate
help-man-examples =
    cuncao man ~/.local/share/man/man1

help-validate-since = 只报告自这个提交以来改动过的文件
help-list-limit = 最多列出几条

help-fill = 填别人发来的 Word 或 Excel 表：换掉标记，版式不动
help-fill-examples =
    cuncao fill 上级的表.docx -o 填好的表.docx
    cuncao fill 登记表.docx --child zxm -o 张小明.docx
help-fill-form = 带标记的表（.docx 或 .xlsx），如 {"{{"} n("children") {"}}"}、{"{{"} child.name {"}}"}
help-fill-output = 写入此文件
help-fill-child = 表是关于哪名儿童的
help-fill-names = 儿童姓名：none、surname、full；关于一名儿童的表用全名
help-value-form = 表
help-forget = 移去一名儿童：档案、记录，以及别处的编号和姓名
help-forget-examples =
    cuncao forget zxm --dry-run
    cuncao forget c4t8w2z --yes
help-forget-yes = 不再询问

help-seal = 把保密字段加密给 cuncao.toml 里写明的人
help-seal-examples =
    cuncao seal --dry-run
    cuncao seal --again --identity ~/.ssh/id_ed25519      收件人变动之后
help-seal-records = 只处理这些记录，不写为全部
help-seal-again = 已加密的也重新加密
help-unseal = 把加密的字段改回明文
help-unseal-examples =
    cuncao unseal zxm --identity ~/.ssh/id_ed25519
help-unseal-records = 只处理这些记录，不写为全部
help-shared-identity = 打开密文的私钥：age 私钥文件或 OpenSSH 私钥
help-list-null = 只输出文件路径，以 NUL 结尾，供 xargs -0 使用
help-edit-from = 不打开编辑器，用这个文件的内容代替，- 为标准输入
help-add-template = 输出一份样例，改好后用 --from 添加
help-value-class = 班级
help-value-code = 代码
help-value-date = 日期
help-value-time = 时间
help-value-yuan = 金额
help-value-days = 天数
help-value-dim = 分组
help-value-key = 组
help-value-dir = 目录
help-value-field = 字段
help-value-value = 值
help-value-figure = 指标
help-value-figures = 指标
help-value-file = 文件
help-value-folder = 目录
help-value-format = 格式
help-value-header = 表头
help-value-helper = 帮扶人
help-value-kind = 类别
help-value-kinds = 类别
help-value-lang = 语言
help-value-name = 名称
help-value-names = 姓名
help-value-number = 数目
help-value-engine = 引擎
help-value-place = 位置
help-value-path = 路径
help-value-ref = 记录
help-value-report = 报告
help-value-revision = 提交
help-value-rule = 规则
help-value-term = 学期
help-value-when = 时机
help-value-year = 学年
help-value-whom = 姓名
help-value-words = 用词
help-value-id = 编号
help-value-text = 文字
help-value-command = 命令
help-value-options = 选项
help-value-topic = 主题
help-add-term-examples =
    cuncao add term 2025-2026-2 --start 2026-02-24 --end 2026-07-03
    cuncao add term --template > term.toml
help-add-helper-examples =
    cuncao add helper --name 王芳 --role head-teacher --phone 13900000001
    cuncao add helper --template > helper.toml
help-add-child-examples =
    cuncao add child --name 张小明 --gender male --birth-date 2015-03-02 --filed 今天
    cuncao add child --template > child.toml
help-add-pairing-examples =
    cuncao add pairing --child zxm --helper wangfang --role teacher --since 今天
    cuncao add pairing --template > pairing.toml
help-add-visit-examples =
    cuncao add visit --mode home --children zxm --by wangfang --date 昨天 --summary "好转"
    cuncao add visit --template > visit.toml
help-add-activity-examples =
    cuncao add activity --title 中秋联欢 --theme festival --set attendance.children=40 --summary "赏月、讲故事"
    cuncao add activity --template > activity.toml
help-add-aid-examples =
    cuncao add aid --kind money --children zxm --amount 300.00 --source 镇妇联 --source-kind women
    cuncao add aid --template > aid.toml
help-add-assessment-examples =
    cuncao add assessment --child zxm --by wangfang --study good --psychology concern
    cuncao add assessment --template > assessment.toml
help-add-incident-examples =
    cuncao add incident --kind injury --discovered 2025-11-02T10:20 --reported 2025-11-02T10:23 --children zxm --by wangfang --summary "操场摔伤"
    cuncao add incident --template > incident.toml
help-add-award-examples =
    cuncao add award --child zxm --title 进步之星 --level school
    cuncao add award --template > award.toml
help-add-loan-examples =
    cuncao add loan --item 篮球 --child zxm --due 2025-10-20
    cuncao add loan --template > loan.toml
help-add-fund-examples =
    cuncao add fund --direction in --amount 126.50 --source 废品回收
    cuncao add fund --template > fund.toml
help-add-document-examples =
    cuncao add document --kind plan --title "2025年秋季关爱工作计划" --author wangfang
    cuncao add document --template > document.toml

help-help = 某个命令的帮助，或几个命令共有的约定
help-help-examples =
    cuncao help add visit
    cuncao help exit-codes
help-help-topic = 命令，或 exit-codes（退出码）、references（怎样指明记录）、dates（日期）、formats（输出格式）、environment（环境变量）
help-topic-exit-codes =
    退出码
      0    做完了；没有可列的内容也是 0
      1    做完了，但发现了错误：validate（警告不算，除非 --deny warnings）、doctor、rollup（有学校没能计入）
      2    没能照做：命令写得不对、找不到记录、文件读不出来或写不进去；原因写在标准错误
      130  被 Ctrl-C 打断；写到一半的文件不会留下
help-topic-references =
    怎样指明一条记录
      c4t8w2z               编号
      c4t8                  编号的开头，只要没有第二条
      2025-10-12-v7k3m9q    有日期的记录；只写 v7k3m9q 也行
      张小明                儿童或帮扶人的姓名
      zhangxiaoming、zxm    姓名的拼音或首字母
    有几条都符合时全部列出，什么也不做，退出码 2。
help-topic-dates =
    日期的写法
      2025-10-12、2025/10/12、2025年10月12日
      今天、昨天、前天、明天，today、yesterday、tomorrow
      -7d、+3d、-2w         今天之前或之后几天、几周
    --since 和 --until 也可以是学期：2025-2026-1、学期名称或其中一部分、本学期、上学期。
    “今天”是 --today 或 CUNCAO_TODAY 所说的那一天，否则是系统的日期。
help-topic-formats =
    输出格式
      table   给人看，样子可能改变
      md      Markdown 表格，给人看
      csv     首行是字段名；像公式的内容前加单引号
      json    一个数组，没有结果为 []；stats 和 explain 为一个对象
      jsonl   每行一个对象
    json、jsonl、csv 的字段名是记录的字段名，不随语言改变，供脚本使用。
    不经分页程序，需要时用 | less。
help-topic-environment =
    环境变量
      CUNCAO_DIR        档案目录（-C 优先）
      CUNCAO_LANG       语言，zh 或 en（--lang 优先）
      CUNCAO_TODAY      当作今天的日期（--today 优先）
      CUNCAO_KEY_FILE   假名的密钥文件（--key-file 优先）
      CUNCAO_IDENTITY   打开保密内容的密钥文件（--identity 优先）
      VISUAL、EDITOR    edit 用的编辑器
      NO_COLOR          不用颜色；CLICOLOR_FORCE 总用颜色（--color 优先）
    学校的设置在 cuncao.toml 里，跟着档案走；没有个人的设置文件。
help-merge = 按字段合并一条记录的两个版本：供 git 使用的合并程序
help-merge-examples =
    cuncao merge base.toml ours.toml theirs.toml      结果写入 ours.toml；有冲突时退出码为 1
    cuncao init --hook                                让 git 自动这样合并
help-merge-base = 两边共同的原版本
help-merge-ours = 本方的版本，结果写在这里
help-merge-theirs = 对方的版本
help-merge-path = 记录所在的路径，由它看出种类；不写则从字段推断
help-value-base = 原版本
help-value-ours = 本方
help-value-theirs = 对方

help-change = 监护、班级等从某天起变了：新增一段，原来的留着
help-change-examples =
    cuncao change 张小明 guardianship kind=隔代监护 guardian.name=张大山
    cuncao change zxm enrolment class=四（2）班 --since 9-1
    cuncao change zxm parents relation=father status=away phone=13900000001
help-change-child = 儿童：编号、姓名、拼音或首字母
help-change-list = guardianship（监护情况）、enrolment（就读班级）、contact（联系频率）、priority（重点帮扶）或 parents（父母）
help-change-fields = 变了的字段=值，其余照旧
help-change-since = 从哪一天起，不写为今天
help-leave = 儿童离校：记下日期和原因，结束结对
help-leave-examples =
    cuncao leave 张小明 --reason transferred --date 11-20
    cuncao leave --last-grade --dry-run
help-leave-children = 离校的儿童，可以几名
help-leave-last-grade = 毕业年级全体，9 月 1 日离校
help-leave-reason = 原因：graduated 毕业、transferred 转学、dropped-out 辍学、moved 迁走、other 其他
help-leave-date = 离校日期（第一天不在校），不写为今天
help-take-over = 一位帮扶人的结对由另一位接手
help-take-over-examples =
    cuncao take-over 王芳 罗敏 --since 2026-03-01
    cuncao take-over wf lm 张小明
help-take-over-from = 交出的帮扶人
help-take-over-to = 接手的帮扶人
help-take-over-children = 只交接这些儿童，不写为全部
help-take-over-since = 从哪一天起接手，不写为今天
help-done = 办结：跟进事项、借还、事件、下一步打算
help-done-examples =
    cuncao done v7k3m9q
    cuncao done v7k3m9q.2 --date 昨天 --outcome 已换新插线板
help-done-records = due 显示的编号；.2 为第二项
help-done-outcome = 结果
help-done-date = 办结日期，不写为今天
help-find = 在全部记录里找文字或人，附日期和前后文
help-find-examples =
    cuncao find 腰疼
    cuncao find zxm 家访
help-find-words = 文字、姓名、拼音或首字母；几个词须同时出现
help-find-limit = 最多列出几条
help-find-confidential = 也在保密内容里找
help-rm = 删去一条没有被别处提到的记录
help-rm-examples =
    cuncao rm v7k3m9q --dry-run
help-value-child = 儿童
help-value-list = 内容
help-undo = 撤销上一条写入的命令：它改过的文件一起复原
help-undo-examples =
    cuncao undo --list      有哪些可以撤销，最近的在前
    cuncao undo --dry-run   只看会复原哪些文件
help-undo-list = 列出可以撤销的命令（保留三十天）
help-undo-dry-run = 只列出会复原的文件，不写入

help-note = 一行记一次联系：联系方式、儿童、情况
help-note-examples =
    cuncao note 家访 张小明 奶奶腰疼好些了，作业按时 @昨天 40分钟 '!复查@12-20'
    cuncao note 谈心 zxm、赵雪：打架的事说开了 +罗敏
    cuncao note 本周.txt               一行一次，全部写入或全不写入；- 为标准输入

    第一个词是联系方式：家访、电话、视频、谈心、书信、亲子通话、心理辅导……
    接着是儿童：姓名、拼音或首字母，几名用顿号隔开；同名的写 张小明（四1）
    其余是情况。姓名后加冒号，冒号后全是情况
    @日期      联系的日期：@昨天 @周三 @11月6日 @11-6 @3天前，不写为今天
    40分钟     用时，写在末尾或 @ 旁边：半小时、1小时20分钟
    15:30      几点，写在 @日期 或姓名后面：@昨天 下午3点半
    !事项@日期  跟进和期限；在 shell 里 ! 要加单引号
    +姓名      一起去的帮扶人；您自己不用写。“和罗敏一起”也算
    见到奶奶   记下见到了谁；写明的才记，没写的不猜
help-note-words = 一行文字；一个文件名或 - 则每行一次
help-shared-public = 不能对外公开，写了会说明
help-rollup-public = 对外公开：人数太少的学校不列；某所学校人数太少的数字，那所学校不列

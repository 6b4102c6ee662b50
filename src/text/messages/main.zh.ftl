# The catalogue's part `main`.

# 人写的日期、班级、数目
entered-no-such-day = 没有“{ $found }”这一天。
entered-month-only = “{ $found }”只有年月，没有日。
entered-year-only = “{ $found }”只有年，没有月和日。
entered-lunar = “{ $found }”像是农历。请写公历日期，如 2015-03-02。
entered-no-year = “{ $found }”没有写年份。
entered-outside-period = “{ $found }”不在 { $first } 至 { $last } 之间，看不出是哪一年。
entered-weekday-only = “{ $found }”只有星期几，没有日期。
entered-weekday = “{ $found }”的日期和星期对不上。
entered-grade-only = “{ $found }”只有年级，没有几班。写法如 三（1）班。
entered-number-only = “{ $found }”只有几班，没有年级。写法如 三（1）班。
entered-grade-outside = “{ $found }”是 { $grade } 年级，本校只有 { $first } 至 { $last } 年级。
entered-grouping = “{ $found }”里的逗号不在千位上，看不出是多少。写法如 1234.00 或 1,234.00。
entered-each = “{ $found }”是每份的金额，请写合计。
entered-about = “{ $found }”是约数，请写确切的数。
entered-bad-minutes = “{ $found }”不是时长。写法如 40、40分钟、半小时、1小时20分。
entered-bad-phone = “{ $found }”不是电话号码。
entered-several-phones = “{ $found }”里不止一个电话号码，请只留一个。

# 各命令共用
unknown-kind = 没有“{ $found }”这一类记录，可用：{ $known }
unknown-word = 不认识“{ $found }”，可用：{ $known }
cannot-read = 无法读取 { $path }：{ $fault }
write-fault = 无法写入 { $path }：{ $fault }
change-undone = 上次没有写完的改动尚未生效，已经撤掉。
change-finished = 上次没有写完的改动已经补完，共 { $files } 个文件。
change-finished-but = 上次没有写完的改动已经补完，共 { $files } 个文件；其中这些后来又被改过，保持原样：{ $overtaken }
change-refused = { $folder } 不是本程序留下的改动，没有处理。请查看后删除。
change-interrupted = 改动已经定下，但没能写完：{ $fault }。内容没有丢，下一条写入命令或 cuncao doctor 会补完
hint-full = 磁盘已满，或者用完了配额。腾出一些空间后再执行一次。
hint-read-only = 这个磁盘不能写入。请把档案复制到能写的地方，或找管理这台电脑的人。
hint-denied = 没有权限。请看看这些文件和文件夹归谁所有、谁可以写。
hint-no-folder = 本该是文件夹的地方放着别的东西。请移走后再执行一次。
hint-too-many-files = 同时打开的文件太多。请关掉一些程序，或调高上限（ulimit -n）后再执行一次。
hint-device = 磁盘或连接出了故障。请先把档案复制到别处，再继续。
system-refused = 系统报错：{ $fault }
cannot-print = 结果无法输出：{ $fault }。已经写进档案的改动仍然有效
change-not-recovered = 上次没有写完的改动无法处理：{ $fault }
format-newer = 这些记录的格式是 { $found }，本程序只认识 { $known }。请升级 cuncao。
format-unknown = { $file } 里没有可用的 format。

# 导出
export-needs-output = 请用 -o 指明输出的文件或目录。
export-partition-names = 数据集里的人用假名代替，写 --names full 才用真名：请去掉 --names none。
export-table-unknown = 数据集里没有 { $found } 这张表：{ $known }
export-no-school-key = cuncao.toml 的 [school] 里没有 key。数据集靠它区分同名的学校。
export-no-school-key-help = 请在 [school] 下面加上这一行，以后不要改：
    key = "{ $key }"
export-school-key-ask = cuncao.toml 的 [school] 里没有 key，数据集靠它区分同名的学校。现在写入 key = "{ $key }" 吗？
export-school-key-bad = “{ $found }”不能作学校代码：[school] 里的 key 应为 4 到 32 位小写字母、数字或连字符，以字母开头。
export-other-school = { $path } 里的代码 { $key } 已是另一所学校：{ $name }。没有写入。
export-other-school-help = 如果本校的设置是从那所学校复制来的，请在 cuncao.toml 的 [school] 里换一个 key。如果是同一所学校改了名或重新建档，请先删去 { $path } 里的 school={ $key } 文件夹。
export-dataset-done = 写出 { $count } 行、{ $files } 个文件（{ $size } MB）到 { $path }，school={ $key }。
export-done = 导出 { $count } 条记录到 { $path }。
export-empty-columns = 没有内容的 { $count } 列没有写出
export-inside = 注意：{ $path } 在档案目录里，可能随记录一起提交。
export-no-home = 找不到个人设置目录，请用 --key-file 指明密钥文件。
export-key-made = 新建了假名密钥 { $path }。请妥善保管：同一密钥才能得到同样的假名，得到密钥的人能猜出真名。
export-withheld = 有 { $count } 段文字提到人名、电话或证件号，没有导出
export-nameless = 没有写姓名，但出生日期、村、班级放在一起多半还能认出是谁：这些数据仍是个人信息。要交给别人分析，用 --pseudonymise。
export-pseudonymous = 这些数据仍是个人信息：凭密钥 { $path }、或与别的资料对照，可以认出人来。只给需要的人，用完删除。
export-key-readable = 别人也能读密钥 { $path }，没有导出。请先收回权限：chmod 600
export-key-inside = 密钥文件 { $path } 不能放在档案目录里。
export-key-malformed = { $path } 不是密钥：应为至少 32 位的十六进制数字。

# 汇总
rollup-school = 学校
rollup-figure = 指标
rollup-total = 合计
rollup-uncounted = 未计入 { $path }：{ $reason }
rollup-no-school = 没有找到档案目录
rollup-no-term = 没有学期 { $term }
rollup-broken = { $count } 个文件读不出来（{ $paths }）
rollup-twice = 注意：{ $one } 和 { $other } 的学校代码都是 { $key }，如果是同一所学校，就统计了两次。
rollup-unreadable = 文件读不出来：{ $fault }
rollup-file-other = 不是 `stats --format json` 写出的文件
rollup-file-changed = 文件在 `stats --format json` 写出之后被改动过，请重新报送
rollup-file-partial = 文件里只有部分指标：请用 `stats --format json` 写出，不带指标名、--compare；带 --public 写出的只用于 rollup --public
rollup-file-days = 文件统计的是 { $from } 至 { $until }
rollup-file-definition = 文件的口径是 { $definition }
rollup-file-left-out = 文件没有计入 { $count } 个读不出来的文件
rollup-no-days = 请用 --term 或 --since 与 --until 指明时间。
rollup-of-schools = { $cell }（{ $count }所）
rollup-hidden = 写“—”的，是那所学校没有，或写出来会让人认出少数几名儿童；合计只加列出的学校，后面注明几所
rollup-public-definition = 各校自己公开的如果是别的口径，和这一份对照能看出少数几名儿童：同一段日子只用一种口径公开。
rollup-too-small = 有 { $count } 所学校人数太少，没有列入，合计里也没有
rollup-not-public = 没有可以对外公开的数字 { $found }：不给 --figures 时列出的都可以公开
rollup-file-not-public = 这个数字文件不是为公开写的，看不出哪些数可以公开：请用学校的目录，或由学校用 `stats --public --format json` 写出
rollup-none = 没有一所学校能计入。
rollup-copy = 注意：{ $one } 和 { $other } 有 { $shared } 个相同的儿童、帮扶人编号，像是同一所学校的两份，可能统计了两次。
rollup-mixed = 注意：各校的留守儿童口径不同，合计仅供参考。可用 --definition 统一口径。

# 变更记录
git-no-program = 没有找到 git 程序。
git-no-repository = 档案目录还不是 git 版本库，没有变更记录。可运行 git init。
git-unknown-revision = 没有提交“{ $revision }”。
git-failed = git：{ $said }
log-text-only = 只改了注释或格式
log-unreadable = 有一个版本读不出来
log-confidential = （保密）
log-nothing = 没有符合的提交（还没提交的改动不在其中）
log-cut = 历史从这里截断（浅克隆）：这一次和更早的改动是谁做的，这里看不到。取全部历史：git fetch --unshallow
log-others = { $kind } { $count }条
log-others-hint = 一次提交改动很多时只记条数；逐条列出：--format json

# 检查环境
doctor-format = 记录格式 { $format }。
doctor-nothing-unfinished = 没有未写完的改动。
doctor-unfinished = 有未写完的改动，下一条写入命令会处理。
doctor-stale = 有 { $count } 个遗留的临时文件。
doctor-stale-removed = 清除了 { $count } 个遗留的临时文件。
doctor-private = 记录只有本人能读。
doctor-readable = 本机其他用户能读到 { $count } 个文件。可运行：chmod -R go-rwx .
doctor-git = 记录在 git 版本库里。
doctor-operation = 有一个未完成的 { $operation }，请先完成或放弃。
doctor-hook = 提交前会检查记录。
doctor-other-hook = 已有别的 pre-commit 钩子，提交前不会检查记录。
doctor-no-hook = 没有安装提交前检查。可运行 cuncao init --hook。
doctor-attributes = .gitattributes 已设置文本文件。
doctor-no-attributes = .gitattributes 没有设置 *.toml，换行符可能被改动。
doctor-ignored = 临时文件不会被提交。
doctor-not-ignored = .gitignore 没有排除 .cuncao-*，临时文件可能被提交。
doctor-clock = 今天是 { $day }。
doctor-clock-wrong = 系统日期 { $day } 不对，请校准时钟。
doctor-locale = 终端编码 { $locale }。
doctor-locale-not-utf8 = 终端编码 { $locale } 不是 UTF-8，中文可能显示不正常。

# 升级格式
migrate-nothing = 记录已是格式 { $format }，不需要升级。

# 手册
man-done = 写了 { $count } 页手册，在 { $path }。可运行：man -M { $path } cuncao

# 命令行
error = 错误：
hint = 提示：
reading = 正在读取
reading-rows = 正在读取表格
no-such-folder = 没有文件夹 { $path }。
no-records-directory = { $path } 及其上级文件夹里都没有 cuncao.toml，不是档案目录。
no-records-directory-help = 用 `cuncao init` 新建，或用 `-C 目录` 指明档案目录。
school-broken = cuncao.toml 有错误，无法继续。
newer-format = 档案格式是第 { $found } 版，本程序只认识到第 { $known } 版。
newer-format-help = 请升级 cuncao。
records-broken = 有 { $count } 个文件无法读取，数字会不完整，因此没有继续。请先用 `cuncao validate` 查看并改正，或加 --skip-broken 略过它们。
duties-bad = cuncao.toml 里的职责有 { $count } 处写错了，这样统计会把它们算错，因此没有继续。请先改正，或加 --skip-broken 略过写错的职责。
duties-left-out = 注意：cuncao.toml 里的职责有 { $count } 处写错，写错的职责没有统计。
left-out = 注意：略过了 { $count } 个无法读取的文件。
file-exists = 文件 { $path } 已经存在，没有覆盖。
file-changed = { $path } 在此期间被别人改过，没有写入。请重新执行命令。
file-fault = 无法写入 { $path }：{ $fault }
term-days-wrong = 学期“{ $term }”从 { $from } 到 { $until }，日期有误
term-days-wrong-help = 改正 terms/{ $term }.toml 里的 start 和 end
no-such-term = 没有学期 { $found }。已有：{ $known }
no-term = 还没有任何学期。
no-term-help = 用 `cuncao add term 2025-2026-1 --name … --start … --end …` 添加。
no-such-record = 找不到“{ $found }”。
no-such-record-help = 可以用编号、编号的开头、文件路径、姓名、拼音或首字母；用 cuncao list { $kind } 查看
several-records = “{ $found }”对应 { $count } 条记录：
    { $list }
several-records-help = 请用编号指明是哪一条。
assignment-expected = “{ $found }”应写成 字段=值，例如 village=柳树村。
no-such-field = { $kind }没有字段“{ $field }”。
no-such-field-help = 用 `cuncao add { $kind } --help` 查看字段。
field-value = { $label }（{ $field }）：{ $reason }
value-expected = “{ $found }”{ $expected ->
    [number] 应写整数，如 40
    [truth] 应写 是 或 否
    [date] 不是日期；写法如 2025-10-12、10-12、昨天、周三、-3d
    [date-time] 不是时间；写法如 2025-11-02 14:05
    [amount] 不是金额；只写数字，如 300 或 300.00
    [time] 不是钟点；写法如 15:30
    [bounds] 应写整数，或 [最少, 最多]
    [class] 不是班级；写法如 四（1）班、2022-1
   *[other] 应写成 TOML 的表，如 {"{"} name = "张大山" {"}"}
    }
not-toml = 文件不是规范的 TOML，无法修改。请用 `cuncao edit` 改正。
no-place = 没有放 { $field } 的地方：序号超出列表，或者不是表。
record-refused = 记录有错误，没有写入。
unchanged = { $path } 没有变化。
editor-failed = 编辑器 { $editor } 没有正常结束，记录没有变化。
edit-again = 要再次编辑吗？
edit-given-up = 已放弃编辑，记录没有变化。
input-not-utf8 = 输入不是 UTF-8 文本。
not-interactive = -i 需要在终端里使用。
ask-none = （不填）
ask-table = 填写“{ $field }”吗？
ask-entry = 添加一项“{ $field }”吗？
term-id-expected = “{ $found }”不是学期编号，应为 2025-2026-1 这样的形式。
no-id-for-day = 日期 { $day } 超出了范围。
argument-needs-value = 选项 { $argument } 需要一个值。
argument-bad-value = { $argument } 不能是“{ $value }”。
argument-refused-value = { $argument }：{ $reason }
argument-unknown = 没有选项 { $argument }。
argument-extra = 多余的参数“{ $argument }”
argument-extra-children = 几个儿童用逗号隔开
argument-unknown-command = 没有命令“{ $value }”。
argument-missing = 缺少 { $argument }。
argument-missing-command = 缺少命令。
argument-alone = { $argument } 要单独用，不能和别的选项一起用。
argument-conflict = { $argument } 不能与 { $other } 一起用。
argument-number-of-values = { $argument } 的值的个数不对。
argument-nearest = 是不是 { $nearest }？
argument-known = 可用：{ $known }
argument-see-help = 用 { $command } --help 查看用法。

# cuncao validate
validate-no-path = 档案目录里没有 { $path }
validate-no-rule = 没有规则 { $found }
validate-no-rule-help = 用 cuncao validate --rules 查看全部规则
validate-fixed = 已改正 { $count } 处。
validate-clean = 检查了 { $files } 个文件，没有发现问题。
validate-summary = 检查了 { $files } 个文件：错误 { $errors }，警告 { $warnings }，其中 { $fixable } 处可用 --fix 改正。
validate-has-fix = {" "}（可用 --fix 改正）
validate-breaks = 违反的例子（报在 { $place }）：
validate-folder = （是个文件夹）
validate-keeps = 正确的例子：

# cuncao stats, explain
stats-days = { $name }（{ $from } 至 { $until }）
stats-head = { $days }，状态截至 { $day }，按“{ $definition }”口径。
stats-head-before = 对比{ $days }。
stats-join = 、
stats-no-term-before = 没有更早的学期。
stats-column-id = 编号
stats-column-label = 指标
stats-column-key = 组
stats-column-group = 组名
stats-column-value = 数值
stats-column-unit = 单位
stats-column-of = 共
stats-column-share = 占比
stats-column-before = 此前
stats-column-before-of = 此前共
stats-column-before-share = 此前占比
stats-column-change = 变化
stats-column-trend = 走势
stats-column-total = 合计
stats-column-helper = 编号
stats-column-name = 姓名
stats-column-role = 身份
stats-column-caseload = 结对
stats-column-exceeded = 超出规定
stats-column-visits = 走访
stats-column-duties = 职责完成
stats-column-duties-of = 应完成
stats-column-duties-share = 完成率
stats-column-on-time = 按时记录
stats-column-on-time-of = 有记录日期
stats-column-on-time-share = 按时率
stats-column-follow-ups = 跟进完成
stats-column-follow-ups-of = 到期跟进
stats-column-follow-ups-share = 跟进率
no-such-figure = 没有指标“{ $found }”。
several-figures = “{ $found }”不止一个指标：
    { $list }
no-such-figure-help = cuncao stats --all 列出全部指标。
explain-head = { $label }（{ $id }）
explain-days = { $from } 至 { $until }，状态截至 { $day }，按“{ $definition }”口径。
explain-group = { $dim }：{ $key }
explain-value = 数值：{ $value } { $unit }
explain-value-of = 数值：{ $value } { $unit }，共 { $of }，占 { $share }
explain-none-missing = 没有缺的，全部都算在内。
explain-none = 这个数字背后没有记录。
explain-period = { $from } 至 { $until }
explain-parent = { $child }的{ $parent }
explain-pair = { $child }—{ $helper }
explain-counted = 计入
explain-not-counted = 未计入
explain-no-split = 指标 { $figure } 不能按 { $dims } 分组，或没有这个月份。
explain-no-dim = 不能按“{ $found }”分组
explain-no-group = 没有“{ $found }”这一组，有：{ $known }
explain-column-counted = 计入
explain-column-what = 内容
explain-column-day = 日期
explain-column-children = 儿童
explain-column-amount = 数额
explain-column-file = 文件
explain-column-field = 字段
explain-column-because = 依据
explain-and-more = { " " }等 { $count } 条
explain-child = { $name }（{ $class }）

condition-expected = “{ $found }”应写成 字段=值，也可用 != < > <= >= ~（包含）。
no-such-column = 没有字段“{ $found }”。
no-such-column-help = 可用：{ $known }；其余字段见 cuncao add { $kind } --help
show-present = 现状
show-age = { $value } 岁
show-class = { $value }
show-left-behind = 留守儿童
show-not-left-behind = 目前不属于留守儿童
show-guardianship = 监护：{ $value }
show-pairing = 结对：{ $value }
show-timeline = 成长记录
show-due = 应办事项

init-kept = 已有 { $path }，没有改动。
init-done-named = 已在 { $path } 建立档案目录（{ $count } 个文件）。进入这个目录，用 `cuncao add` 添加学期、帮扶人和儿童；已有花名册的，用 `cuncao import child`。
init-done = 已在 { $path } 建立档案目录（{ $count } 个文件）。先在 cuncao.toml 里填上校名，再用 `cuncao add` 添加学期和儿童。
init-no-git = 这里不是 git 版本库，无法安装钩子。
init-no-git-help = 先运行 `git init`。
init-hook-exists = 已经有钩子 { $path }，没有覆盖。请在其中加上一行：cuncao validate --staged
init-hook-done = 已安装提交前的检查：{ $path }
schema-no-kind = 没有 { $found } 这种记录
schema-no-kind-help = 有：{ $known }

writing = 正在写
init-nothing = { $path } 已经是档案目录（新写 { $count } 个文件）。

forget-needs-yes = 这会删去一名儿童的档案。确实要做，请加 --yes；先看会动哪些文件，加 --dry-run。
forget-sure = 以上 { $count } 个文件将被删去或改动，确定吗？
forget-history-unknown = 别的文件的历史里有没有写过 { $words }，没能查出来，请自己看：{ $fault }
forget-history-left =
    这些命令不动别的文件的旧内容。下面这些文件的历史里写过 { $words }，别人可能也用，请看过再定：
    { $files }
    要一起清除的词，在 git filter-repo 之前照样各写一行到 "$f"：literal:词==>○○
forget-history =
    档案里已经没有了，git 历史里还有旧内容。要清除，先备份并和其他老师说好，装好 git filter-repo，在档案目录里依次运行：
    { $commands }
    然后强制推送，请每位老师删掉旧的克隆重新克隆；U盘、备份、网盘里的旧副本另外删除。上面以 ? 开头的各处，由您决定改不改。

sealed = （已加密，用 --identity 打开）
seal-done = 已加密 { $count } 个文件
unseal-done = 已解密 { $count } 个文件
seal-no-identity = 需要能打开密文的私钥：用 --identity 文件，或设置 CUNCAO_IDENTITY
seal-unavailable = 学校要求加密保密内容（[seal]），而这个 cuncao 编译时没有带加密功能
seal-unavailable-help = 请换用带加密功能的 cuncao：编译时不要加 --no-default-features
seal-bad-identity = { $path } 不能作私钥用：{ $fault }
seal-bad-identity-help = 应是 `age-keygen` 生成的文件，或 OpenSSH 私钥，如 ~/.ssh/id_ed25519
seal-bad-recipient = { $path }：[seal] recipients 里的“{ $found }”不是公钥
seal-bad-recipient-help = 公钥以 age1 开头，或是 OpenSSH .pub 文件里的那一行，如 ~/.ssh/id_ed25519.pub
seal-no-recipients = 没有写明加密给谁
seal-no-recipients-help = 在 cuncao.toml 里写上公钥：[seal] recipients = ["age1…", "ssh-ed25519 …"]
seal-not-for-us = { $path }：{ $field } 是加密给别人的，这把私钥打不开
seal-not-for-us-help = 请能打开的人把您的公钥写进 cuncao.toml，再运行 `cuncao seal --again`
seal-damaged = { $path }：{ $field } 的密文已损坏：{ $fault }
seal-damaged-help = 从以前的提交里找回这个字段：用 `git log -p` 查看这个文件
export-sealed-pseudonyms = --identity 打开的文字里可能有儿童姓名，--pseudonymise 则要求不出现姓名：两者只能用一个
detail-directory = 档案目录：{ $path }
detail-today = 今天：{ $day }　语言：{ $lang }
detail-read = 读了 { $count } 个文件
period-backwards = 截止日 { $until } 早于起始日 { $since }。
several-terms = 有几个学期都符合“{ $found }”：{ $known }
edit-kept = 你改的内容没有写进档案，留在 { $path }。改好后可用 `cuncao edit { $record } --from { $path }` 写入，不要了请删掉。
cancelled = 已取消，什么也没有写。
no-such-topic = 没有“{ $found }”的帮助。
rollup-days-only = 各校的学期不一定相同，--since 和 --until 请写日期；按学期汇总用 --term 2025-2026-1。

seal-passphrase = { $path } 的口令
merge-conflict = { $path }：“{ $label }”（{ $field }）两边写得不同：本方为 { $ours }，对方为 { $theirs }。两个值都标在文件里，请留下一个。
merge-removed = （已删去）
merge-hidden = （保密，不显示）
merge-unopened = { $path }：有密文打不开。把 CUNCAO_IDENTITY 设为私钥文件后再合并一次：两边写的也许是一回事。
merge-fault = { $path }：两边合在一起后有错：{ $fault }。请改好文件后再 git add。
merge-by-lines = { $path }：有一个版本不是能读的 TOML，按行合并。
merge-failed = 无法合并 { $path }：{ $fault }
init-merge-done = 已设好合并和比较的方式：以后 git 按字段合并档案，git diff 标出改的是谁、哪一条。
init-hook-there = 提交前的检查已经装好。
doctor-merge = git 按字段合并档案
doctor-no-merge = git 还不会按字段合并档案：运行 cuncao init --hook
severity-error = 错误
severity-warning = 警告
severity-note = 说明
severity-help = 建议
file-too-large = { $path } 会超过 { $mib } MiB，写下去就再也读不出来了，所以没有写。请把内容分成几条，或把长文放进附件。
change-overtaken = 改动已完成，但这些文件在最后一刻被别人改过，保持原样，没有改到：{ $paths }
change-half-done = 上一条命令改到一半中断了，现在的档案新旧混杂，没有统计。
change-half-done-help = 运行 `cuncao doctor` 把它补完
output-protected = { $path } 属于档案、设置或 git，不能写在那里。
output-protected-help = 请用 -o 写到别处，如 reports/ 里
output-no-folder = 没有文件夹 { $path }。
output-no-folder-help = 先建好它：mkdir -p { $path }
export-no-format = 不认识的文件结尾“.{ $found }”：可以是 .csv、.xlsx、.ndjson，或用 --format 指明。
export-needs-folder = 几类记录的 CSV 要写进文件夹，{ $path } 像是文件名。请给一个没有结尾的名字，或用 .xlsx。
edit-forked = 编辑器立即就返回了，内容没有变。如果它开了自己的窗口，请让它等到关闭（如 EDITOR="code --wait"）。这份副本留在 { $path }：改好后用 `cuncao edit { $record } --from { $path }` 写入，不要了请删掉。
undo-done = 已撤销 { $time } 的 { $command }（{ $count } 个文件）。
undo-nothing = 最近 { $days } 天没有可以撤销的命令。
undo-changed = 这些文件后来又改过，不能撤销：{ $paths }
undo-changed-help = 用 `cuncao undo --list` 看有哪些；在 git 里用 `git log` 和 `git checkout` 找回旧内容
validate-alike = { $severity }[{ $rule }] × { $count }：{ $message }
validate-alike-such-as = { $severity }[{ $rule }] × { $count }，如：{ $message }
validate-see-each = 逐条查看：cuncao validate{ $options } --only { $rules }
change-added = 同样的内容刚刚已由另一条命令写入（{ $count } 条，如 { $path }），没有再写一遍。
public-compared = 同一所学校早先公开过的数字可以和这一份对照：中间只变动一两个人时，别重新公开。
stats-public-by = 公开的数字只按班级（或年级）、村、月份、主题分组；人数少的分不了班级就按年级，年级也少就不分。

ask-finish = 没有了，写入
ask-more = 还要填或改什么？
ask-given = 改 { $field }：{ $value }
ask-no-more = （没有了）
ask-another = 还有{ $field }吗？
ask-several = ↑↓ 移动，空格选中，回车确定
ask-one = ↑↓ 移动，输入文字可缩小范围，回车选定
draft-offered = { $time } 有没写完的{ $kind }，接着写吗？
draft-kept = 没有写入；已填的存为草稿（{ $path }，只有您能读），接着写：cuncao add { $kind } -i
period-no-term-today = { $day } 不在任何学期内，按“{ $term }”算；别的学期用 --term
period-ahead = --since { $since } 还没有到；再用 --until 写明到哪一天
stats-days-alone = { $from } 至 { $until }
doctor-me = 您是 { $name }。
doctor-no-me = 还不知道您是哪位帮扶人。可运行 git config cuncao.me 姓名。
doctor-me-nobody = cuncao.me 写的“{ $name }”不是一位帮扶人。
init-name-there = { $path } 里的校名是“{ $name }”，--name 不改已有的校名
init-name-there-help = 要改就改 cuncao.toml 的 [school] name
init-who = 您的姓名？（以后走访等记录默认由您填写，可不填）
init-who-help = 存为 git config cuncao.me；再用 cuncao add helper 把自己加为帮扶人

# `--public` where nothing is public.
never-public = { $command } 会写出单个孩子或记录，不能对外公开
never-public-help = 对外公开的数字用 cuncao stats --public，报告用 cuncao report term --public，几所学校用 cuncao rollup --public

# 版本库送到哪里去。
remote-public = 远程版本库 { $name } 在 { $host }，是人人可用的服务：仓库若是公开的，孩子的资料人人看得到。确认是学校自己的、不公开的，运行 git config --add cuncao.remote { $url }；不是就 git remote remove { $name }
remote-unknown = 远程版本库 { $name } 在 { $host }：是学校自己的吗？是就运行 git config --add cuncao.remote { $url }；不是就 git remote remove { $name }
doctor-remotes = 有 { $count } 个远程版本库，都在本机、内网，或已确认是学校的。
doctor-prints-not-ignored = .gitignore 没有挡住这些报告、导出和密钥：{ $names }。照新目录里的 .gitignore 补上（cuncao init 另一个目录可以看到）。
doctor-open = 有 { $count } 个中断的 edit 留下的文件夹，里面可能有解密的内容。
doctor-open-removed = 清除了 { $count } 个中断的 edit 留下的文件夹，里面可能有解密的内容。
doctor-open-left = 有 { $count } 个中断的 edit 留下的文件夹没能清除，里面可能有解密的内容。
doctor-open-kept = 有 { $count } 个 edit 特意留下的文件夹（在临时目录里，名字以 cuncao- 开头）：用完请删去。
seal-history = 版本库的历史里还有 { $count } 份记录的旧版本是明文，拿到版本库的人都翻得出来。要清除：备份后把现在的文件另建一个新版本库（删去 .git 再 git init），旧库和各人的克隆一并销毁。
hook-clear-sealed = 不能提交：学校已规定加密，{ $count } 个文件里还有明文的证件号或保密内容，在哪一行见上。先运行 cuncao seal，或从文字里删去证件号。
hook-clear-elsewhere = 这些地方写有证件号，请删去：
    { $found }
hook-pupil-numbers = 有 { $count } 份档案的学籍号里就是身份证号：学籍号不加密，不需要登记的请删去。
hook-clear-open = 这次提交里有明文：{ $count } 个文件写有证件号或保密内容。在 cuncao.toml 的 [seal] 里写上可以看的人，再运行 cuncao seal，就会加密。
hook-names =
    这些模板里像是写有人名或号码；模板写给看报告的人，请看一眼：
    { $found }
hook-key = 不能提交：这些是密钥，谁拿到都能解密：
    { $found }
hook-copies = 这次提交里有 { $count } 个报告、导出或旧副本（{ $found }）：确实要放进版本库吗？

# The catalogue's part `rule`.
rule-not-utf8 = 第 { $line } 行起不是 UTF-8 编码（看起来是 { $guess }）
rule-not-utf8-help = 用编辑器把文件另存为 UTF-8
rule-toml-syntax = 不是正确的 TOML：{ $fault }
rule-toml-syntax-help = 文字要加双引号，日期不加引号，每行一个字段
rule-conflict-marker = 留有 git 合并冲突的标记
rule-conflict-marker-help = 选定要保留的内容，删去 <<<<<<<、=======、>>>>>>> 三种行
rule-more-faults = 这个文件从这里往后还有 { $count } 处
rule-more-faults-help = 先改好上面的，再检查一次
rule-too-large = 文件超过 { $mib } MiB
rule-too-large-help = 一条记录一个文件；照片和附件另放
rule-unreadable = 无法读取：{ $fault }
rule-unreadable-help = 检查文件的权限和磁盘
rule-unreadable-no-file = 这不是文件，读不了
rule-unreadable-no-file-help = 一份记录就是一个文件：请把它移走，或换个名字
rule-unreadable-no-folder = 这里应该是放记录的文件夹，现在不是
rule-unreadable-no-folder-help = 请把它移走，让记录有地方放
rule-bom-or-crlf-bom = 文件开头有 UTF-8 字节序标记
rule-bom-or-crlf-crlf = 行尾是 Windows 的 CRLF
rule-not-nfc = 文字不是 Unicode 规范组合形式（NFC），看起来相同却搜索不到
rule-bad-file-name = 文件名不是记录编号（{ $kind }）
rule-bad-file-name-help = 应当像 { $pattern }；用 cuncao add 新建可得到编号
rule-bad-file-name-day = 文件名里的日期与 { $field } = { $day } 不一致
rule-bad-file-name-day-help = 改正日期，或者给文件改名并移到相应的月份目录
rule-symlink = 是符号链接，不会读取
rule-symlink-help = 换成文件本身
rule-name-in-path = 文件名里有儿童姓名
rule-wrong-folder = 应当放在 { $folder }
rule-stray-file = 不是记录文件
rule-stray-file-special = 既不是文件也不是目录，不会读取
rule-stray-file-help = 移到记录目录之外，或者改成以 . 开头的名字
rule-missing-field = 缺少{ $label }（{ $field }）
rule-missing-field-help = 加上一行：{ $line }
rule-unknown-field = 没有 { $field } 这个字段
rule-unknown-field-nearest = 是不是想写 { $nearest }？
rule-unknown-field-help = 可用的字段：{ $known }
rule-wrong-type = { $label }（{ $field }）应当是{ $expected ->
    [number] 整数
    [truth] true 或 false
    [date] 日期
    [date-time] 日期时间
    [time] 时间
    [bounds] 整数，或 [最少, 最多]
    [list] 列表
    [table] 表
    [tables] [[表]]
    [goal] 整数或百分比
   *[text] 文字
}，这里是{ $found ->
    [string] 文字
    [integer] 整数
    [float] 小数
    [boolean] true 或 false
    [datetime] 日期或时间
    [array] 列表
   *[table] 表
}
rule-wrong-type-help = 写成：{ $line }
rule-wrong-type-quoted = 去掉引号：{ $literal }
rule-wrong-type-other = 读不懂：{ $fault }
rule-unknown-value = { $label }（{ $field }）不能是“{ $found }”
rule-unknown-value-nearest = 是不是想写 { $nearest }？
rule-unknown-value-help = 可用的值：{ $known }
rule-unknown-value-example = 例如 { $example }
rule-bad-amount = { $field } 的“{ $found }”不是金额
rule-bad-amount-help = 以元为单位，写在引号里，最多两位小数："300.00"
rule-control-character = { $field } 里有看不见的控制字符 { $character }
rule-control-character-help = 删掉它，重新输入这段文字
rule-unknown-reference-malformed = { $field } 的“{ $found }”不是编号（{ $kind }）
rule-unknown-reference-help = 用 cuncao list { $kind } 查编号
rule-bad-id-number = 身份证号应为 17 位数字加 1 位数字或 X
rule-bad-id-number-birth = 身份证号第 7 至 14 位不是日期
rule-bad-id-number-check = 身份证号的校验位不对，可能抄错了一位
rule-bad-phone = “{ $found }”不像电话号码
rule-unknown-child = 没有编号为 { $id } 的儿童
rule-unknown-helper = 没有编号为 { $id } 的帮扶人
rule-unknown-aid = 没有编号为 { $id } 的记录
rule-unknown-file = 没有文件 { $path }
rule-unknown-file-outside = { $path } 在记录目录之外
rule-before-birth = { $day } 早于出生日期 { $birth }
rule-after-leaving = { $day } 晚于 { $child } 的离校日期 { $left }
rule-end-before-start = { $field }（{ $end }）早于 { $other }（{ $start }）
rule-duplicate-child = 与 { $other } 可能是同一名儿童
rule-overlapping-pairing = 与 { $other } 是同一儿童、同一帮扶人、同一结对方式，时间重叠
rule-overlapping-terms = 与学期 { $other } 时间重叠
rule-attendance-too-small = 到场儿童 { $attended } 名，少于点名的 { $named } 名
rule-fund-overdrawn = 账上只有 { $balance } 元
rule-unreported-harm = 侵害、忽视、自伤事件必须报告，reported_to 却是空的
rule-unreported-harm-help = 立即向公安、民政、教育部门报告并记入 reported_to（未成年人保护法第十一条）
rule-future-date = { $day } 还没有到
rule-unsorted-entries = { $list } 未按日期排列：{ $day } 排在 { $before } 之后
rule-id-number-mismatch-birth = 身份证号里的出生日期与 birth_date 不一致
rule-id-number-mismatch-gender = 身份证号里的性别与 gender 不一致
rule-lent-more-than-held = 借出 { $lent } 件，学校只有 { $held } 件
rule-id-number-in-clear = 身份证号未加密
rule-id-number-in-clear-help = 不必登记就删去；要登记，先在 cuncao.toml 的 [seal] 里写上可以看的人，再运行 `cuncao seal`
rule-no-consent = 没有写明建档依据（consent）
rule-no-consent-help = 加上 [consent] 的 basis 和 date
rule-helper-unchecked = 没有违法犯罪记录核查日期（checked）
rule-helper-unchecked-since = 上次违法犯罪记录核查是 { $day }，已超过一年
rule-guardianship-missing = 没有监护情况（guardianship），无法判断是否留守
rule-unattended-child = { $age } 岁，独自生活，无人监护
rule-unattended-child-young = { $age } 岁，无人监护
rule-unattended-child-help = 不满八周岁不得无人看护，不满十六周岁不得独自生活（预防未成年人犯罪法、未成年人保护法第二十一条）；请督促父母委托照护，必要时报告
rule-file-incomplete = 档案还缺：{ $labels }
rule-file-incomplete-help = 用 cuncao edit { $id } 补上（{ $fields }）
rule-caseload-exceeded = 结对儿童 { $children } 名（{ $role }），学校规定最多 { $most } 名
rule-recorded-late = 走访后 { $days } 天才记录，学校规定 { $within } 天之内
rule-reported-late = 发现后 { $minutes } 分钟才报告，学校规定 { $within } 分钟之内
rule-reported-late-never = 没有写报告时间，学校规定 { $within } 分钟之内报告
rule-duty-missed = { $title }：应完成 { $owed } 次，未完成 { $missed } 次
rule-duty-missed-help = 用 cuncao explain duty.{ $id } --missing 查看是哪些
rule-follow-up-overdue = 期限 { $due } 已过 { $days } 天，还没有完成
rule-related = 与这里不符
rule-not-utf8-reason = 记录是 UTF-8 文本；别的编码读出来是乱码。
rule-toml-syntax-reason = 文件读不懂，里面的内容就不会计入任何数字。
rule-conflict-marker-reason = 合并冲突没有解决，两个版本都在文件里。
rule-too-large-reason = 一条记录不会这么大，多半是放错了文件。
rule-unreadable-reason = 读不到的文件不会计入任何数字。
rule-bom-or-crlf-reason = 统一用 LF 行尾、不带字节序标记，两台电脑之间合并时才不会整个文件都变。
rule-not-nfc-reason = 同一个字的两种写法，搜索和比较时会当成不同的字。
rule-bad-file-name-reason = 文件名就是编号，也是记录的日期；名字不对，别的记录就引用不到它。
rule-symlink-reason = 链接可能指向目录之外，而且 git 在别的电脑上还原不了。
rule-name-in-path-reason = 文件名会出现在日志、备份清单和网盘里，儿童姓名不该在那里。
rule-wrong-folder-reason = 按月份放置，只看一个学期时才不必读取全部文件。
rule-stray-file-reason = 不是记录的文件不会计入，放在这里容易误以为已经登记。
rule-missing-field-reason = 缺了这些字段，记录就无法计数。
rule-unknown-field-reason = 写错名字的字段等于没有写。
rule-wrong-type-reason = 日期、数字、列表各有写法，写错了就无法比较和相加。
rule-unknown-value-reason = 固定的几种值才能分类统计。
rule-bad-id-number-reason = 号码不合国家标准 GB 11643，一定有误。
rule-bad-amount-reason = 金额用文字写明元和角分，相加才不差一分。
rule-control-character-reason = 看不见的字符会扰乱终端和报告。
rule-bad-phone-reason = 紧急时要打得通。
rule-unknown-child-reason = 引用了不存在的儿童，这条记录就不属于任何人。
rule-unknown-helper-reason = 引用了不存在的帮扶人，工作量就算不到人。
rule-unknown-aid-reason = 支出要对得上它所支付的资助。
rule-unknown-file-reason = 附件要在档案里，交接时才不会丢。
rule-before-birth-reason = 出生之前不会有记录，两个日期必有一个错了。
rule-after-leaving-reason = 离校之后不再计入，日期或者离校记录有误。
rule-end-before-start-reason = 结束不会早于开始。
rule-duplicate-child-reason = 一名儿童两份档案，人数和走访都会重复计算。
rule-overlapping-pairing-reason = 同一结对登记了两次，应走访次数会加倍。
rule-overlapping-terms-reason = 学期重叠，同一天的工作会计入两个学期。
rule-attendance-too-small-reason = 点名的儿童都在场，到场人数不会更少。
rule-fund-overdrawn-reason = 账上没有的钱不可能支出，多半漏记了收入。
rule-unreported-harm-reason = 发现侵害必须立即报告，这是法定义务。
rule-future-date-reason = 还没有发生的事不该记成已经发生。
rule-unsorted-entries-reason = 按时间排列，看的人才不会看错现状。
rule-id-number-mismatch-reason = 号码和档案有一处抄错了。
rule-lent-more-than-held-reason = 借出的不会多于学校所有的，归还可能漏记了。
rule-id-number-in-clear-reason = 身份证号是敏感个人信息，目录会被复制和备份。
rule-no-consent-reason = 处理不满十四周岁儿童的信息要有法定职责或监护人同意（个人信息保护法第三十一条）。
rule-helper-unchecked-reason = 接触儿童的工作人员每年要核查一次违法犯罪记录（未成年人保护法第六十二条）。
rule-guardianship-missing-reason = 没有监护情况，就不知道是不是留守儿童，也不知道该联系谁。
rule-unattended-child-reason = 这样的孩子今天就需要有人照看。
rule-file-incomplete-reason = 档案要有建档日期、班级、监护人和父母电话，需要时才找得到人。
rule-caseload-exceeded-reason = 一人带的孩子太多，走访就会流于形式。
rule-recorded-late-reason = 隔久了再补，记不清也不可信。
rule-reported-late-reason = 及时报告才能及时救助（五分钟报告制）。
rule-duty-missed-reason = 学校自己定下的事，没有做到就应当看得见。
rule-follow-up-overdue-reason = 说好要办的事，到期没有办。
rule-level-error = 错误
rule-level-warning = 警告
rule-level-note = 说明
rule-level-help = 建议

rule-unsealed = 保密内容没有加密
rule-unsealed-help = 运行 `cuncao seal`
rule-unsealed-reason = 学校已规定保密内容要加密；明文谁拿到文件都看得到。
rule-bad-recipient = “{ $found }”不是公钥
rule-bad-recipient-reason = 公钥写错，就无法加密。

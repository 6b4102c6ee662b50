# 目录的 `audit` 部分：个人信息保护自查各项的名称和各种结论。

audit-necessary = 所记内容都是照护孩子所必需
audit-necessary-met = 没有儿童档案
audit-necessary-judge = 记有{ $count }类信息，见第一部分；逐类想一想不记行不行

audit-numbers-in-text = 文字记录里没有身份证号
audit-numbers-in-text-met = { $of }份记录的文字里都没有
audit-numbers-in-text-not-met = { $count }份记录、模板或说明在文字或注释里写了身份证号，那里不会加密；在哪一行见 cuncao validate

audit-unread = 所有记录都读得出来
audit-unread-met = { $of }份都已查看
audit-unread-not-met = { $count }个文件读不出来，没有查看；先运行 cuncao validate

audit-consent = 每份档案都写明了建档依据
audit-consent-met = { $of ->
    [0] 没有儿童档案
   *[other] { $of }份都写明了（consent）
}
audit-consent-not-met = { $of }份档案中有{ $count }份没有写明（consent）

audit-consent-by = 凭同意建档的写明了谁同意
audit-consent-by-met = 没有缺写同意人的档案
audit-consent-by-not-met = { $count }份凭同意建档，没有写监护人姓名（consent.by），或写的是孩子自己

audit-consent-scope = 同意的范围包括建立档案
audit-consent-scope-met = 没有缺写范围的档案
audit-consent-scope-not-met = { $count }份凭同意建档，范围里没有建立档案（consent.scope）

audit-consent-date = 依据的日期合乎情理
audit-consent-date-met = 没有在出生之前或今天以后的日期
audit-consent-date-not-met = { $count }份的日期在出生之前或今天以后

audit-emergency = 凭紧急情况建档的，事后补办了依据
audit-emergency-met = 没有超过30天还只凭紧急情况的档案
audit-emergency-not-met = { $count }份凭紧急情况建档已超过30天

audit-photos = 拍照录像征得了监护人同意
audit-photos-met = { $of ->
    [0] 没有记着照片的活动
   *[other] { $of }次有照片的活动，参加的孩子都有同意
}
audit-photos-not-met = { $of }次有照片的活动中有{ $count }次，参加的孩子有的没有同意（consent.scope 没有 photos）

audit-publicity = 对外宣传征得了监护人同意
audit-publicity-met = { $of ->
    [0] 没有对外宣传的活动
   *[other] { $of }次对外宣传的活动，列出的孩子都有同意
}
audit-publicity-not-met = { $of }次对外宣传的活动中有{ $count }次，列出的孩子有的没有同意（consent.scope 没有 publicity）

audit-sponsors = 向资助方提供信息征得了单独同意
audit-sponsors-met = { $of ->
    [0] 没有单位和个人的外来资助
   *[other] { $of }笔外来资助，没有缺同意的
}
audit-sponsors-judge = { $of }笔外来资助中有{ $count }笔，受助的孩子有的没有这项同意（consent.scope 没有 sponsor）；是否给过对方名单或照片，由经手人说明

audit-referrals = 转介时只给了对方必需的内容
audit-referrals-met = 没有转介
audit-referrals-judge = { $count }份记录有转介；给了对方什么、凭什么给，由经手人说明

audit-notice = 已把处理目的、种类、期限和权利告知监护人
audit-notice-met = 登记有{ $count }份告知文件
audit-notice-judge = 没有登记告知文件；{ $count }名儿童的监护人怎样告知的，由经手人说明

audit-log = 留有谁改过什么的记录
audit-log-met = 目录在 git 版本库里，每次提交都记着作者和日期
audit-log-not-met = 目录不在 git 版本库里，谁改过什么没有记录

audit-readers = 查看过档案的人都经过批准，并有登记
audit-readers-met = 没有记录
audit-readers-judge = 文件被谁看过、复制过，本工具记不下来；由管理员对照借阅、拷贝登记核实

audit-writers = 写过记录的人都是现在的帮扶人
audit-writers-met = { $of }名提交者都在现任帮扶人之中
audit-writers-judge = { $of ->
    [0] 没有提交记录，谁写过由管理员说明
   *[other] { $of }名提交者中有{ $count }名和现任帮扶人的姓名对不上；各是谁、还该不该能写（git shortlog -sn 可以看到）
}

audit-recipients = 加密收件人都是现在有权查看的人
audit-recipients-judge = { $count ->
    [0] 没有设置加密收件人（[seal]），人人能看的就是拿到文件的人
   *[other] { $count }把公钥能解开保密内容；逐把核对是谁的、还该不该能看，离任的删去后运行 cuncao seal --again
}

audit-leavers = 离任的帮扶人没有留着结对
audit-leavers-met = { $of ->
    [0] 没有在结的帮扶
   *[other] { $of }对在结的帮扶，没有帮扶人已离任的
}
audit-leavers-not-met = { $of }对在结的帮扶中有{ $count }对，帮扶人已经离任

audit-permissions = 文件只有管理员自己能读
audit-permissions-met = 同一台机器上的其他用户读不到
audit-permissions-not-met = { $count }个文件同一台机器上的其他用户能读；运行 cuncao doctor 看怎样改
audit-permissions-judge = 本系统看不出谁能读，由管理员核对

audit-id-numbers = 身份证号都已加密
audit-id-numbers-met = { $of ->
    [0] 没有登记身份证号的档案
   *[other] { $of }份登记身份证号的档案都已加密
}
audit-id-numbers-not-met = { $of }份登记身份证号的档案中有{ $count }份是明文

audit-confidential = 保密内容都已加密
audit-confidential-met = { $of ->
    [0] 没有保密内容
   *[other] { $of }份有保密内容的记录都已加密
}
audit-confidential-not-met = { $of }份有保密内容的记录中有{ $count }份是明文

audit-history = 历史版本里没有明文的身份证号和保密内容
audit-history-judge = 没有检查：目录不在版本库里，或只有一部分历史；有过版本库、备份或别的克隆的，由管理员看
audit-history-met = 版本库的历史里没有查到
audit-history-not-met = { $count }份记录或文字的旧版本是明文，拿到版本库的人都能翻出来；怎样清除见 cuncao seal 的说明

audit-in-clear = 不加密的内容另有保护
audit-in-clear-met = 没有电话、住址和健康状况
audit-in-clear-judge = 电话、住址和健康状况在{ $count }处是明文（本工具不加密这些）；电脑、U盘和备份是否全盘加密、有没有开机密码，由管理员核对

audit-hook = 每次提交之前都检查
audit-hook-met = 装有检查（init --hook）
audit-hook-not-met = 没有装检查：运行 cuncao init --hook
audit-hook-judge = 目录不在版本库里，没有提交可查

audit-settings = 设置没有放松保护
audit-settings-met = 报告不显示姓名，最小分组不小于3
audit-settings-not-met = 设置放松了保护：{ $places }

audit-silenced = 没有关掉保护个人信息的检查
audit-silenced-met = 都开着
audit-silenced-not-met = 关掉了：{ $places }

audit-remotes = 版本库没有送到公开的或来历不明的地方
audit-remotes-judge = 没有检查：目录不在版本库里；拷给过谁、传到过哪里，由管理员说明
audit-remotes-met = { $of ->
    [0] 没有远程版本库
   *[other] { $of }个远程版本库，都在本机、内网或已确认是学校的
}
audit-remotes-not-met = 没有确认是学校的：{ $places }；确认后运行 git config --add cuncao.remote 地址，不是学校的删去

audit-cloud = 目录不在网盘的同步文件夹里
audit-cloud-met = 不在
audit-cloud-not-met = 在网盘文件夹“{ $places }”里，会自动传到服务商那里

audit-keys = 目录里没有密钥
audit-keys-met = 没有查到
audit-keys-not-met = { $count }个密钥和档案放在一起：{ $places }；移到别处

audit-copies = 目录里没有散放的报告、导出和照片
audit-copies-met = 没有查到
audit-copies-not-met = { $count }个没有记录提到的文件：{ $places }；用完就删

audit-backups = 目录里没有编辑器和人留下的旧副本
audit-backups-met = 没有查到
audit-backups-not-met = { $count }个：{ $places }；删去

audit-tracked = 版本库没有收进报告、导出和密钥
audit-tracked-judge = 没有检查：目录不在版本库里
audit-tracked-met = 没有查到
audit-tracked-not-met = 收进了{ $count }个，旧版本里的也算：{ $places }；git rm --cached 之后历史里仍有，要用 git filter-repo 清除

audit-ignored = 报告和导出不会被误收进版本库
audit-ignored-judge = 没有检查：目录不在版本库里
audit-ignored-met = .gitignore 都挡住了
audit-ignored-not-met = .gitignore 没有挡住{ $count }种：{ $places }

audit-names-in-paths = 文件名和提交说明里没有孩子的姓名、电话和证件号
audit-names-in-paths-met = 没有查到
audit-names-in-paths-not-met = { $count }个文件名或提交说明里有孩子的姓名或号码：{ $places }

audit-erased = 删去的档案在历史里也清除了
audit-erased-judge = 没有检查：目录不在版本库里，或只有一部分历史；删去的档案在备份和别的拷贝里是否还有，由管理员看
audit-erased-met = 历史里没有目录中已删去的儿童档案
audit-erased-not-met = { $count }份已删去的儿童档案在版本库的历史里还能翻出来

audit-undo = 撤销用的旧内容已经清掉
audit-undo-met = 没有
audit-undo-judge = 还留着{ $count }次改动之前的内容（最多30天）；里面有没有该删的，由管理员看 cuncao undo --list

audit-rules = 订有专门的儿童个人信息处理规则
audit-rules-met = 有{ $count }份在用
audit-rules-not-met = 没有登记在用的（document，kind = "rule"，标题写明个人信息保护）

audit-impact = 三年内做过个人信息保护影响评估
audit-impact-met = 登记有{ $count }份
audit-impact-not-met = 三年内没有登记过影响评估

audit-audit = 一年内做过个人信息保护合规审计或自查
audit-audit-met = 登记有{ $count }份
audit-audit-not-met = 一年内没有登记过；做完这次自查后登记成文件（document）

audit-plan = 订有个人信息安全事件应急预案
audit-plan-met = 登记有{ $count }份
audit-plan-not-met = 没有登记在用的预案

audit-breach = 没有发生泄露，发生的已补救、报告并通知监护人
audit-breach-judge = 记录里看不出，由负责人说明这一年有没有丢失、误发、被盗

audit-retention-set = 定了保存期限
audit-retention-set-met = 离校后保存{ $count }年（policy.retention_years）
audit-retention-set-not-met = 没有定（cuncao.toml 的 policy.retention_years）

audit-retention = 过了保存期限的档案已经删去
audit-retention-met = { $of ->
    [0] 没有离校儿童的档案
   *[other] { $of }份离校儿童的档案都在期限之内
}
audit-retention-not-met = { $of }份离校儿童的档案中有{ $count }份过了期限；运行 cuncao forget
audit-retention-judge = 留有{ $of }份离校儿童的档案，没有定期限，该不该留由负责人判断

audit-requests = 监护人要求查阅、更正、删除时有人办理
audit-requests-met = 没有儿童档案
audit-requests-judge = 由负责人说明找谁办、这一年办过几次；查阅用 cuncao report child，更正用 cuncao edit，删除用 cuncao forget

audit-helpers = 接触孩子的人一年内都核查过违法犯罪记录
audit-helpers-met = { $of ->
    [0] 没有接触孩子的帮扶人
   *[other] { $of }人都核查过
}
audit-helpers-not-met = { $of }人中有{ $count }人没有核查，或已超过一年

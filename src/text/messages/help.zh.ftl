# The catalogue's part `help`.

help-usage = 用法：
help-commands = 命令
help-arguments = 参数
help-options = 选项
help-global-options = 通用选项
help-examples = 示例：
help-main = 寸草：用纯文本档案管理学校的留守儿童关爱工作
help-main-examples =
    cuncao init 档案               新建档案目录
    cuncao add visit --mode home --children zxm --by wangfang --summary "……"
    cuncao validate                检查全部档案
    cuncao report term -o 总结.docx 写工作总结
help-option-help = 显示帮助
help-option-version = 显示版本
help-option-directory = 在此目录中工作，而不是当前目录
help-option-lang = 语言：zh 或 en（也可用 CUNCAO_LANG）
help-option-today = 当作今天的日期（也可用 CUNCAO_TODAY）
help-option-color = 何时用颜色：auto、always、never
help-option-quiet = 只输出数据和错误
help-shared-format = 输出格式
help-shared-dry-run = 只显示将要写入的内容，不写入
help-shared-skip-broken = 略过无法读取的文件，并说明略过了几个
help-shared-term = 学期编号，如 2025-2026-1；不写为今天所在的学期
help-shared-since = 从哪一天起
help-shared-until = 到哪一天止
help-shared-record = 记录：编号、编号的开头、姓名、拼音或首字母
help-shared-class = 班级，如 2022-1
help-shared-helper = 帮扶人：编号、姓名、拼音或首字母
help-shared-child = 儿童：编号、姓名、拼音或首字母
help-add = 添加一条记录
help-add-examples =
    cuncao add helper --name 王芳 --role head-teacher
    cuncao add visit --mode home --children zxm --by wangfang --summary "奶奶身体好转"
    cuncao add child --from 新生.toml
    cuncao add activity -i
help-add-set = 设置任一字段，如 left.date=2025-11-10，可多次使用
help-add-from = 从 TOML 文件读取，- 为标准输入
help-add-interactive = 逐项询问
help-add-id = 学期编号，如 2025-2026-1
help-edit = 在编辑器里修改一条记录
help-edit-examples =
    cuncao edit 张小明
    VISUAL="code --wait" cuncao edit zxm
help-set = 修改一条记录的字段
help-set-examples =
    cuncao set 张小明 village=柳树村 'guardianship[0].guardian.phone=13900000001'
    cuncao set v7k3m9q follow_up[0].done=2025-11-02
    cuncao set zxm student_no=          去掉这个字段
help-set-fields = 字段=值；值为空则去掉该字段

help-stats = 统计各项指标
help-stats-examples =
    cuncao stats                          本学期的指标
    cuncao stats --term 2025-2026-1 --compare previous
    cuncao stats children visits --by class
    cuncao stats visits --by month        逐月走势
    cuncao stats --helpers                帮扶人工作情况，供检查考核
    cuncao stats --format json            供脚本使用
help-stats-figures = 只要这些指标及其下级，如 visits
help-stats-by = 分组：class、grade、gender、guardianship、away、hardship、helper、village、month、theme、mode，可用逗号连用几个
help-stats-compare = 与另一学期对比：学期编号，或 previous 表示上一学期
help-stats-helpers = 按帮扶人：结对、走访、职责完成、按时记录
help-stats-all = 也列出数值为零的分类
help-explain = 说明一个指标怎么算，列出它所依据的记录
help-explain-examples =
    cuncao explain children.visited --missing      谁还没有走访
    cuncao explain duty.monthly-visits --by helper=王芳
    cuncao explain children --by class=2022-1
help-explain-figure = 指标编号，如 children.visited
help-explain-by = 只看一组，如 class=2022-1；可多次使用
help-explain-missing = 只列出总数中未计入的

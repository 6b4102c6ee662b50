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

help-validate = 按全部规则检查档案
help-validate-examples =
    cuncao validate
    cuncao validate --fix --dry-run
    cuncao validate --only care --format json
    cuncao validate --explain follow-up-overdue
help-validate-paths = 只报告这些文件或目录里的问题
help-validate-format = 输出格式：text、json、github、sarif
help-validate-fix = 改正无需人来判断的问题
help-validate-dry-run = 只显示会怎样改正
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
help-due-format = 输出格式：table、csv、json、ics（手机日历）
help-due-skip-broken = 跳过读不懂的文件，并说明跳过几个

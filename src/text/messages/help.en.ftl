# The catalogue's part `help`.

help-usage = Usage:
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-global-options = Global options
help-examples = Examples:
help-main = Keeps a school's care for its left-behind children in plain files
help-main-examples =
    cuncao init records            a new records directory
    cuncao add visit --mode home --children zxm --by wangfang --summary "…"
    cuncao validate                check all records
    cuncao report term -o summary.docx
help-option-help = Print help
help-option-version = Print the version
help-option-directory = Work in this directory instead of the present one
help-option-lang = Language: zh or en (or CUNCAO_LANG)
help-option-today = The date to take for today (or CUNCAO_TODAY)
help-option-color = When to use colours: auto, always, never
help-option-quiet = Print data and errors only
help-shared-format = Form of the output
help-shared-dry-run = Show what would be written, write nothing
help-shared-skip-broken = Leave out files that cannot be read, and say how many
help-shared-term = Term, such as 2025-2026-1; that of today unless said
help-shared-since = From this day
help-shared-until = Up to this day
help-shared-record = A record: its id, the beginning of it, a name, pinyin or initials
help-shared-class = Class, such as 2022-1
help-shared-helper = Helper: id, name, pinyin or initials
help-shared-child = Child: id, name, pinyin or initials
help-add = Add a record
help-add-examples =
    cuncao add helper --name 王芳 --role head-teacher
    cuncao add visit --mode home --children zxm --by wangfang --summary "…"
    cuncao add child --from new.toml
    cuncao add activity -i
help-add-set = Set any field, such as left.date=2025-11-10; may be repeated
help-add-from = Read TOML from a file, - for standard input
help-add-interactive = Ask for one field after the other
help-add-id = The term's id, such as 2025-2026-1
help-edit = Change a record in the editor
help-edit-examples =
    cuncao edit 张小明
    VISUAL="code --wait" cuncao edit zxm
help-set = Change fields of a record
help-set-examples =
    cuncao set 张小明 village=柳树村 'guardianship[0].guardian.phone=13900000001'
    cuncao set v7k3m9q follow_up[0].done=2025-11-02
    cuncao set zxm student_no=          takes the field away
help-set-fields = field=value; an empty value takes the field away

help-stats = Count the figures
help-stats-examples =
    cuncao stats                          the figures of this term
    cuncao stats --term 2025-2026-1 --compare previous
    cuncao stats children visits --by class
    cuncao stats visits --by month        month by month
    cuncao stats --helpers                the work of each helper
    cuncao stats --format json            for scripts
help-stats-figures = only these figures and those below them, such as visits
help-stats-by = split by class, grade, gender, guardianship, away, hardship, helper, village, month, theme, mode; several joined by commas
help-stats-compare = compare with another term: its id, or `previous`
help-stats-helpers = by helper: pairings, visits, duties met, recorded on time
help-stats-all = also list the codes that nothing falls under
help-explain = Say how a figure is counted and list the records behind it
help-explain-examples =
    cuncao explain children.visited --missing      who was not visited
    cuncao explain duty.monthly-visits --by helper=王芳
    cuncao explain children --by class=2022-1
help-explain-figure = the figure's id, such as children.visited
help-explain-by = one group only, such as class=2022-1; may be repeated
help-explain-missing = list only what is of the whole and does not count

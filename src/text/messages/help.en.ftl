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

help-validate = check the records by every rule
help-validate-examples =
    cuncao validate
    cuncao validate --fix --dry-run
    cuncao validate --only care --format json
    cuncao validate --explain follow-up-overdue
help-validate-paths = report only what is in these files or folders
help-validate-format = text, json, github or sarif
help-validate-fix = mend what needs nobody's judgement
help-validate-dry-run = only show what would be mended
help-validate-deny = make errors of a rule, a group, or of warnings; may be given again
help-validate-only = only these rules or groups, with commas between them
help-validate-rules = list the rules
help-validate-explain = explain a rule, with examples
help-due = list what is due: duties, follow-ups, loans, birthdays and festivals
help-due-examples =
    cuncao due
    cuncao due --within 7d --helper wangfang
    cuncao due --class 2022-1 --format csv
    cuncao due --format ics > due.ics
help-due-within = how many days to look ahead, such as 14d or 2w
help-due-helper = only what this helper answers for
help-due-class = only this class
help-due-format = table, csv, json or ics (a phone's calendar)
help-due-skip-broken = leave out files that cannot be read, and say how many

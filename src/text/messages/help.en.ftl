# The catalogue's part `help`.

help-usage = Usage:
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-global-options = Global options
help-common = Common options -C, --lang, --today, --color, --me, -q, -v: see --help
help-more = See also: cuncao help references (how to name a record), dates, formats, environment, exit-codes
help-examples = Examples:
help-main = Keeps records of a school's care for left-behind children in plain files
help-main-examples =
    cuncao init records            a new records directory
    cuncao add visit --mode home --children zxm --by wangfang --summary "…"
    cuncao validate                check all records
    cuncao report term -o summary.docx
    cuncao help exit-codes         also references, dates, formats, environment
help-option-help = Print help: -h for a summary, --help in full
help-option-version = Print the version
help-version-line = { $version }, record format { $format }
help-option-directory = Work in this directory instead of the current one (also CUNCAO_DIR)
help-option-lang = Language: zh or en (or CUNCAO_LANG)
help-option-today = The date to use as today (or CUNCAO_TODAY)
help-option-me = The helper that I am: the default author of records, and what `me` stands for (or CUNCAO_ME, or git config cuncao.me)
help-option-color = When to use colours: auto, always, never
help-option-quiet = Print data and errors only
help-option-verbose = Also show the directory and date used and how many files are read
help-shared-format = Output format: table, csv, json, jsonl (one object per line) or md (Markdown)
help-shared-dry-run = Show what would be written, write nothing
help-shared-skip-broken = Leave out files that cannot be read, and report their number
help-shared-term = Term: its id such as 2025-2026-1, its name, or “previous”; default: the current term
help-shared-since = From this day: a date, today, yesterday, -7d, or a term (its first day)
help-shared-year = A school year, 1 September to 31 August (2025-2026), or a calendar year (2025)
help-shared-until = Up to this day: a date, today, yesterday, -7d, or a term (its last day)
help-shared-record = A record: its id, the beginning of it, a name, pinyin or initials
help-shared-class = A class: 4.1, 四（1）班, 2022-1
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
help-add-force = Add it even if there is a similar one
help-add-interactive = Ask for the fields one by one
help-add-id = The term's id, such as 2025-2026-1
help-edit = Edit a record in the editor
help-edit-examples =
    cuncao edit 张小明
    VISUAL="code --wait" cuncao edit zxm
help-set = Change fields of a record
help-set-examples =
    cuncao set 张小明 village=柳树村 'guardianship[0].guardian.phone=13900000001'
    cuncao set v7k3m9q 'follow_up[0].done=2025-11-02'
    cuncao set zxm student_no=          removes the field
help-set-fields = FIELD=VALUE; an empty value removes the field


help-validate = Check the records against all rules
help-validate-examples =
    cuncao validate
    cuncao validate --fix --dry-run
    cuncao validate --only care --format json
    cuncao validate --explain follow-up-overdue
help-validate-paths = Report only findings in these files or folders
help-validate-format = Format: text, short (one line each), json, github or sarif
help-validate-exit-zero = Exit with 0 even if errors are found
help-validate-fix = Fix what is safe to fix automatically
help-validate-dry-run = Only show what would be fixed
help-validate-staged = Check the files staged in git for the next commit (for the hook)
help-validate-deny = Treat a rule, a group, or warnings as errors; may be repeated
help-validate-only = Only these rules or groups, separated by commas
help-validate-rules = List the rules
help-validate-explain = Explain a rule, with examples
help-due = List what is due: duties, follow-ups, loans, birthdays
help-due-examples =
    cuncao due
    cuncao due --within 7d --helper wangfang
    cuncao due --class 2022-1 --format csv
    cuncao due --format ics > due.ics
help-due-within = How many days to look ahead, such as 14d or 2w
help-due-helper = Only what this helper is responsible for
help-due-class = Only this class
help-due-why = Explain the order
help-due-format = Format: table, csv, json, jsonl, md or ics (a phone's calendar)
help-due-skip-broken = Leave out files that cannot be read, and report their number
help-import = Import records from a table (CSV, XLSX): all rows or none
help-import-examples =
    cuncao import child roster.xlsx --set guardianship.since=2025-09-01 --dry-run
    cuncao import child roster.csv --key student_no      change the files with these numbers
    cuncao import visit visits.csv --map teacher=by --map remarks=-
    cuncao import all export.xlsx                        everything that `export` wrote
help-import-kind = The kind of record, such as child or visit; `all` for everything that `export` wrote
help-import-file = The table; - is the standard input; with `all` also a folder of CSV files
help-import-map = Map a header to a field, or to - to leave it out; may be repeated
help-import-map-value = Map a word in a column to a value, such as type:hut=grandparents, or to - to leave it out; may be repeated
help-import-since = The day from which the rows apply: classes are named as on that day, and changes get an entry from it on
help-import-term = The term in which dates without a year lie
help-import-day-of-month = The day of dates that name only a month
help-import-interactive = Ask for what the table leaves open
help-import-template = Write an empty table with the headers (into FILE, .xlsx or .csv, if given)
help-import-yes = Write without asking
help-import-set = A value where the table has no such column or an empty cell; may be repeated
help-import-key = Find records by these columns and change them; add those not found; empty cells change nothing
help-import-sheet = The name of the sheet; default: all visible ones with known headers
help-import-header-row = The row of the headers; default: detected
help-import-format = Format of the plan: text, json
help-export = Export records as CSV, XLSX or NDJSON, by default without names
help-export-examples =
    cuncao export -o records.xlsx --headers en --names full
    cuncao export visit --term 2025-2026-1 > visits.csv
    cuncao export --names full --confidential -o backup      comes back with `import all backup`
    cuncao export --partition --key-file county.key -o lake  for DuckDB and Spark
    cuncao export --sql duckdb --at lake | duckdb            its figures
help-export-kinds = The kinds of record; all without any. With --partition also tables of the dataset, such as evidence: the others stay empty
help-export-format = The format: csv, xlsx, ndjson; default: by the extension of the output
help-export-output = The file to write; a folder for the CSV of several kinds
help-export-partition = Write the school's part of a dataset into the folder -o, replacing the previous one: NDJSON with a common schema in record=/school=/year=, under pseudonyms, with the children behind each figure
help-export-sql = Print the SQL that reads a dataset and its figures: duckdb or spark
help-export-at = The location of the dataset, for --sql: a folder or a URL
help-export-term = Only records of this term
help-export-since = Only records from this day on
help-export-until = Only records up to this day
help-export-headers = The words of headers and codes: fields, zh, en
help-export-names = Names: none or full
help-export-pseudonymise = Replace names, phones, addresses and ids by stable pseudonyms
help-export-key-file = The key of the pseudonyms, outside the records; created if there is none (also CUNCAO_KEY_FILE). With one key for a county, a child who moves keeps its pseudonym
help-export-places = Include villages, and addresses as pseudonyms; default: neither
help-export-keep-text = Keep free text where nobody is named, with names and numbers in it hidden; with pseudonyms, texts that mention somebody are left out
help-export-confidential = Include confidential fields and identity numbers
help-rollup = The figures of several schools side by side and in total
help-rollup-examples =
    cuncao rollup willow-school oak-school --term 2025-2026-1
    cuncao rollup township --figures all --format csv > township.csv
    cuncao rollup sent/*.json --term 2025-2026-1           files of `stats --term 2025-2026-1 --format json`
help-rollup-folders = Records directories of schools, files that `stats --format json` printed, or folders that hold them
help-rollup-term = The id of the term; default: the current term
help-rollup-figures = Ids of figures, separated by commas; `all` for all of them
help-rollup-definition = Who counts as left-behind in every school: one-or-both-away, both-away, statutory
help-rollup-format = Output format: table, csv, json, jsonl, or a report as md, html or docx
help-rollup-output = Write to this file
help-rollup-skip-broken = Count schools without the records that cannot be read
help-log = Who changed what when, field by field (from git)
help-log-examples =
    cuncao log zxm
    cuncao log --since HEAD~10
help-log-since = Only changes after a commit, or since a day (yesterday, -7d)
help-log-limit = Maximum number of commits
help-log-confidential = Also show confidential fields
help-log-format = The format: text, json
help-doctor = Check git, permissions, clock, encoding; clean up leftovers
help-doctor-format = The format: text, json
help-doctor-dry-run = Only check
help-migrate = Upgrade records of an older format
help-completions = Print a script that completes commands, names and ids in a shell
help-completions-examples =
    source <(cuncao completions bash)      in ~/.bashrc
    source <(cuncao completions zsh)       in ~/.zshrc, after compinit
    cuncao completions fish | source       in ~/.config/fish/config.fish
help-completions-shell = Shell: bash, zsh, fish, powershell or elvish
help-man = Write the manual pages, in Chinese and English
help-man-folder = The folder to write to

help-stats = Show the figures
help-stats-examples =
    cuncao stats                          the figures of this term
    cuncao stats --term 2025-2026-1 --compare previous
    cuncao stats children visits --by class
    cuncao stats visits --by month        month by month
    cuncao stats --helpers                the work of each helper
    cuncao stats --format json            for scripts
help-stats-figures = Only these figures and those below them, such as visits
help-stats-dims = Split by class, grade, gender, guardianship, away, hardship, risk, helper, village, week, month, term, year, theme, mode, role, occasion; several joined by commas
help-stats-compare = Compare with another term: its id, or `previous`
help-stats-helpers = By helper: pairings, visits, duties met, recorded on time
help-stats-all = Also list values that do not occur
help-stats-public = For the public: without small groups, incidents, risks, referrals and counselling
help-explain = Explain how a figure is counted and list the records behind it
help-explain-examples =
    cuncao explain children.visited --missing      who was not visited
    cuncao explain duty.monthly-visits --by helper=王芳
    cuncao explain children --by class=2022-1
help-explain-figure = The figure's id, such as children.visited
help-explain-groups = One group only, such as class=2022-1; may be repeated
help-explain-missing = List only what belongs to the whole but is not counted

help-list = List the records of a kind
help-list-examples =
    cuncao list child --class 2022-1
    cuncao list visit --child zxm --since 2025-10-01
    cuncao list child --where guardianship.kind=grandparents --sort class
    cuncao list activity --term 2025-2026-1 --format csv
help-list-kind = Kind of record, such as child or visit
help-list-conditions = Condition: field=value, or with != < > <= >= ~; may be repeated
help-list-all = Include children who left, helpers who stopped, pairings that ended
help-list-columns = Fields to show, separated by commas
help-list-sort = Sort by this field; with a leading - in descending order
help-show = Show one record; for a child also its timeline and what is due
help-show-examples =
    cuncao show 张小明
    cuncao show zxm --format json
help-show-confidential = Include confidential fields and the id number

help-init = Create a new records directory
help-init-examples =
    cuncao init records
    cuncao init records --name 柳树小学
    cd records && git init && cuncao init --hook
help-init-folder = The folder; default: the current one. Existing files are left alone
help-init-name = The school's name
help-init-hook = Have git check records before each commit and merge them field by field; in an existing records directory, do only this
help-schema = JSON Schemas for editors, described in both languages
help-schema-examples =
    cuncao schema visit
    cuncao schema --dir schemas
help-schema-kind = Kind of record; school is cuncao.toml; default: all
help-schema-dir = Write one file for each into this folder

help-report = Write a report: summaries, files, cards, letters, forms
help-report-examples =
    cuncao report term                              the work summary as Markdown
    cuncao report term -o summary.docx --compare previous
    cuncao report term --public --format html -o public.html
    cuncao report child zxm -o file.docx
    cuncao report card --class 2022-1 -o cards.docx
help-report-report = Report: term, class, child, card, letter, helper, roster, handover, visit, trip, activity, home, incident, referral, register, summary, overview or audit
help-report-about = A child, helper or record, or the name of a campaign; default: all
help-report-format = Format: md, html or docx; default: by the file's name
help-report-output = Write to this file; for a folder, one file for each child
help-report-names = Names of children: none, surname or full; default: full in papers about one child or family, else none
help-report-public = For the public: nobody is named, small groups are hidden
help-report-reviewed = Write the public report even if it contains words that may identify somebody, because they have been reviewed
help-report-compare = Compare with another term: its id, or previous
help-report-template = Use this template
help-report-blank = A blank form to fill in by hand (visit, incident, referral, register)
help-report-print-template = Print the built-in template, for changing it

help-doctor-examples =
    cuncao doctor
help-migrate-examples =
    git status && cuncao migrate
help-man-examples =
    cuncao man ~/.local/share/man/man1

help-validate-since = Report only files that changed since this commit
help-list-limit = Maximum number of records

help-fill = Fill in a Word or Excel form without changing its layout
help-fill-examples =
    cuncao fill county.docx -o filled.docx
    cuncao fill register.docx --child zxm -o zxm.docx
help-fill-form = A form with markers (.docx or .xlsx), such as {"{{"} n("children") {"}}"} or {"{{"} child.name {"}}"}
help-fill-output = Write to this file
help-fill-child = The child that the form is about
help-fill-names = Names of children: none, surname or full; full in a form about one child
help-value-form = FORM
help-forget = Remove a child: its file, its records, its id and name elsewhere
help-forget-examples =
    cuncao forget zxm --dry-run
    cuncao forget c4t8w2z --yes
help-forget-yes = Do not ask

help-seal = Encrypt confidential fields to the people named in cuncao.toml
help-seal-examples =
    cuncao seal --dry-run
    cuncao seal --again --identity ~/.ssh/id_ed25519      after the recipients changed
help-seal-records = Only these records; default: all
help-seal-again = Also encrypt again what is sealed already
help-unseal = Decrypt sealed fields
help-unseal-examples =
    cuncao unseal zxm --identity ~/.ssh/id_ed25519
help-unseal-records = Only these records; default: all
help-shared-identity = The key that opens sealed fields: an age identity file or an OpenSSH private key
help-list-null = Print only the paths of the files, each ended by a NUL, for xargs -0
help-edit-from = Take this file's text instead of opening the editor; - for standard input
help-add-template = Print a sample to change and add with --from
help-value-class = CLASS
help-value-code = CODE
help-value-date = DATE
help-value-time = TIME
help-value-yuan = YUAN
help-value-days = DAYS
help-value-dim = DIM
help-value-key = KEY
help-value-dir = DIR
help-value-field = FIELD
help-value-value = VALUE
help-value-figure = FIGURE
help-value-figures = FIGURES
help-value-file = FILE
help-value-folder = FOLDER
help-value-format = FORMAT
help-value-header = HEADER
help-value-helper = HELPER
help-value-kind = KIND
help-value-kinds = KINDS
help-value-lang = LANG
help-value-name = NAME
help-value-names = NAMES
help-value-number = NUMBER
help-value-engine = ENGINE
help-value-place = PLACE
help-value-path = PATH
help-value-ref = REF
help-value-report = REPORT
help-value-revision = REVISION
help-value-rule = RULE
help-value-term = TERM
help-value-when = WHEN
help-value-year = YEAR
help-value-whom = WHOM
help-value-words = WORDS
help-value-id = ID
help-value-text = TEXT
help-value-command = COMMAND
help-value-options = OPTIONS
help-value-topic = TOPIC
help-add-term-examples =
    cuncao add term 2025-2026-2 --start 2026-02-24 --end 2026-07-03
    cuncao add term --template > term.toml
help-add-helper-examples =
    cuncao add helper --name 王芳 --role head-teacher --phone 13900000001
    cuncao add helper --template > helper.toml
help-add-child-examples =
    cuncao add child --name 张小明 --gender male --birth-date 2015-03-02 --filed today
    cuncao add child --template > child.toml
help-add-pairing-examples =
    cuncao add pairing --child zxm --helper wangfang --role teacher --since today
    cuncao add pairing --template > pairing.toml
help-add-visit-examples =
    cuncao add visit --mode home --children zxm --by wangfang --summary "Better"
    cuncao add visit --template > visit.toml
help-add-activity-examples =
    cuncao add activity --title "Mid-autumn party" --theme festival --set attendance.children=40 --summary "Moon and stories"
    cuncao add activity --template > activity.toml
help-add-aid-examples =
    cuncao add aid --kind money --children zxm --amount 300.00 --source 镇妇联 --source-kind women
    cuncao add aid --template > aid.toml
help-add-assessment-examples =
    cuncao add assessment --child zxm --by wangfang --study good --psychology concern
    cuncao add assessment --template > assessment.toml
help-add-incident-examples =
    cuncao add incident --kind injury --discovered 2025-11-02T10:20 --reported 2025-11-02T10:23 --children zxm --by wangfang --summary "Fell in the yard"
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
    cuncao add document --kind plan --title "Plan for autumn 2025" --author wangfang
    cuncao add document --template > document.toml

help-help = Show help on a command or a topic
help-help-examples =
    cuncao help add visit
    cuncao help exit-codes
help-help-topic = A command, or exit-codes, references, dates, formats, environment
help-topic-exit-codes =
    Exit codes
      0    success; also if there is nothing to list
      1    done, but errors were found: validate (not for warnings unless --deny warnings), doctor, rollup (a school
           could not be counted)
      2    failed: invalid arguments, no such record, a file that cannot be read or written; the reason is on standard error
      130  interrupted by Ctrl-C; no half-written file is left
help-topic-references =
    How to name a record
      c4t8w2z               its id
      c4t8                  a unique prefix of its id
      2025-10-12-v7k3m9q    a dated record; v7k3m9q will do
      张小明                the name of a child or helper
      zhangxiaoming, zxm    the name's pinyin or initials
    If several match, they are listed, nothing is done, and the exit code is 2.
help-topic-dates =
    How to write a date
      2025-10-12, 2025/10/12, 2025年10月12日
      today, yesterday, tomorrow, 今天, 昨天, 前天, 明天
      -7d, +3d, -2w         a number of days or weeks before or after today
    --since and --until may also be a term: 2025-2026-1, its name or a part of it, current, previous.
    Today is the date given by --today or CUNCAO_TODAY, or else the system date.
help-topic-formats =
    Output formats
      table   for people; may change
      md      a table in Markdown, for people
      csv     with a header row; values that look like formulas are prefixed with a quote
      json    an array, [] if empty; an object from stats and explain
      jsonl   one object per line
    The names in json, jsonl and csv are those of the fields, whatever the language: for scripts.
    There is no pager; use | less.
help-topic-environment =
    Environment
      CUNCAO_DIR        the records directory (-C wins)
      CUNCAO_LANG       the language, zh or en (--lang wins)
      CUNCAO_TODAY      the date used as today (--today wins)
      CUNCAO_KEY_FILE   the key of the pseudonyms (--key-file wins)
      CUNCAO_IDENTITY   the key that opens sealed fields (--identity wins)
      VISUAL, EDITOR    the editor of edit
      NO_COLOR          no colour; CLICOLOR_FORCE always colour (--color wins)
    A school's settings are in cuncao.toml and go where the records go; there is no file of personal settings.
help-merge = Merge two versions of a record by fields: git's merge driver
help-merge-examples =
    cuncao merge base.toml ours.toml theirs.toml      the result goes to ours.toml; exit status 1 with a conflict
    cuncao init --hook                                has git do it
help-merge-base = The version that both come from
help-merge-ours = Our version, which the result replaces
help-merge-theirs = Their version
help-merge-path = The path of the record, which determines its kind; default: guessed from the fields
help-value-base = BASE
help-value-ours = OURS
help-value-theirs = THEIRS

help-change = Record a change about a child from a day on, as a new entry
help-change-examples =
    cuncao change zxm guardianship kind=grandparents guardian.name=张大山
    cuncao change zxm enrolment class=4.2 --since 9-1
    cuncao change zxm parents relation=father status=away phone=13900000001
help-change-child = Child: id, name, pinyin or initials
help-change-list = List: guardianship, enrolment, contact, priority or parents
help-change-fields = The changes, FIELD=VALUE; other fields are kept
help-change-since = The first day; default: today
help-leave = Record that children leave the school; their pairings end
help-leave-examples =
    cuncao leave zxm --reason transferred --date 11-20
    cuncao leave --last-grade --dry-run
help-leave-children = The children who leave
help-leave-last-grade = All children of the last grade, on 1 September
help-leave-reason = Reason: graduated, transferred, dropped-out, moved or other
help-leave-date = The first day without the child; default: today
help-take-over = One helper takes over the pairings of another
help-take-over-examples =
    cuncao take-over wangfang luomin --since 2026-03-01
    cuncao take-over wf lm zxm
help-take-over-from = The helper whose pairings end
help-take-over-to = The helper who takes over
help-take-over-children = Only these children; default: all
help-take-over-since = The first day; default: today
help-done = Close what was open: a follow-up, a loan, an incident, a step
help-done-examples =
    cuncao done v7k3m9q
    cuncao done v7k3m9q.2 --date yesterday --outcome "new socket strip"
help-done-records = The handle that `due` shows; .2 for the second entry
help-done-outcome = The outcome
help-done-date = The day it was done; default: today
help-find = Find words or people in all records, with the day and context
help-find-examples =
    cuncao find 腰疼
    cuncao find zxm home
help-find-words = Words, a name, pinyin or initials; all must occur
help-find-limit = Maximum number of results
help-find-confidential = Also search confidential fields
help-rm = Remove a record to which nothing refers
help-rm-examples =
    cuncao rm v7k3m9q --dry-run
help-value-child = CHILD
help-value-list = LIST
help-undo = Undo the last command that changed records, with all its files
help-undo-examples =
    cuncao undo --list      what can be undone, the last first
    cuncao undo --dry-run   only show which files would be restored
help-undo-list = List the commands that can be undone (kept for thirty days)
help-undo-dry-run = Only show which files would be restored

help-note = Record a contact in one line: mode, children, text
help-note-examples =
    cuncao note home zxm grandmother is well @yesterday 40min '!call@12-20'
    cuncao note 谈心 zxm、赵雪：打架的事说开了 +罗敏
    cuncao note week.txt          one contact per line, all or none; - is standard input

    The first word is the mode of contact: home, phone, video, talk, letter …
    Then the children by name, pinyin or initials; if two match: 张小明(4.1)
    The rest is the text. After a colon following the names everything is text
    @DAY         the day of the contact: @yesterday @wed @11-6; default: today
    40min        the duration, at the end or beside @
    15:30        the time, after @DAY or the names
    !WHAT@DAY    a follow-up and its due date; in a shell ! needs single quotes
    +NAME        a helper who came along; you need not name yourself
    met mother   who was met, only if stated
help-note-words = A line of text; or a file, or -, with one contact per line
help-shared-public = Refused: this is never public
help-rollup-public = For the public: without schools that are too small, and without the figures of other schools that are too small

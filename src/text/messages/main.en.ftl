# The catalogue's part `main`.

# Days, classes and numbers as people write them
entered-no-such-day = There is no such day as "{ $found }".
entered-month-only = "{ $found }" has a year and a month but no day.
entered-year-only = "{ $found }" has a year but no month and day.
entered-lunar = "{ $found }" seems to be a day of the lunar calendar. Write the solar date, such as 2015-03-02.
entered-no-year = "{ $found }" has no year.
entered-outside-period = "{ $found }" does not lie between { $first } and { $last }, so its year is not known.
entered-weekday-only = "{ $found }" is a day of the week without a date.
entered-weekday = The date and the weekday of "{ $found }" do not agree.
entered-grade-only = "{ $found }" is a grade without the number of the class. Write 三（1）班 or class 3.1.
entered-number-only = "{ $found }" is the number of a class without its grade. Write 三（1）班 or class 3.1.
entered-grade-outside = "{ $found }" is grade { $grade }; this school has grades { $first } to { $last }.
entered-grouping = The commas of "{ $found }" do not separate thousands. Write 1234.00 or 1,234.00.
entered-each = "{ $found }" is an amount for each; write the total.
entered-about = "{ $found }" is approximate; write the exact number.
entered-bad-minutes = "{ $found }" is not a duration such as 40, 40分钟, 1.5 hours or 1h20m.
entered-bad-phone = "{ $found }" is not a phone number.
entered-several-phones = "{ $found }" holds more than one phone number; keep one.

# Of several commands
unknown-kind = There is no kind of record "{ $found }"; known are: { $known }
unknown-word = Unknown word "{ $found }"; known are: { $known }
cannot-read = { $path } cannot be read: { $fault }
write-fault = { $path } cannot be written: { $fault }
change-undone = An incomplete change of an earlier command was rolled back.
change-finished = A change that an earlier command left unfinished was finished: { $files ->
    [one] one file
   *[other] { $files } files
 }.
change-finished-but = A change that an earlier command left unfinished was finished: { $files ->
    [one] one file
   *[other] { $files } files
 }; these were changed since and stay as they are: { $overtaken }
change-refused = { $folder } was not left behind by this program and was not touched. Check it and remove it.
change-interrupted = The change could not be finished: { $fault }. Nothing is lost: the next command that writes, or cuncao doctor, finishes it
hint-full = The disk is full, or your quota is used up. Free some space and run the command again.
hint-read-only = The disk cannot be written to. Copy the records to one that can, or ask whoever looks after this computer.
hint-denied = You do not have permission. Check who owns the files and folders and who may write to them.
hint-no-folder = A file has the name that a folder needs. Move it away and run the command again.
hint-too-many-files = Too many files are open at once. Close other programs, or raise the limit (ulimit -n), and run the command again.
hint-device = The disk or its connection is faulty. Make a copy of the records elsewhere before you go on.
system-refused = System error: { $fault }
cannot-print = The output cannot be written: { $fault }. The changes to the records were made
change-not-recovered = The change that an earlier command left unfinished cannot be finished or rolled back: { $fault }
format-newer = The format of these records is { $found }, and this program knows { $known }. Get a newer cuncao.
format-unknown = { $file } has no usable `format`.

# Export
export-needs-output = Say which file or folder to write with -o.
export-partition-names = A dataset uses pseudonyms, or names with --names full: leave out --names none.
export-table-unknown = { $found } is not a table of a dataset: { $known }
export-no-school-key = cuncao.toml has no key under [school], which distinguishes this school in a dataset from others of its name.
export-no-school-key-help = Write this line under [school], and do not change it later:
    key = "{ $key }"
export-school-key-ask = cuncao.toml has no key under [school], which distinguishes this school in a dataset from others of its name. Write key = "{ $key }" there?
export-school-key-bad = “{ $found }” is not a valid school key: key under [school] has 4 to 32 lower-case letters, digits or hyphens and begins with a letter.
export-other-school = { $path } holds the part of another school, { $name }, under the key { $key }: nothing was written.
export-other-school-help = If this school's settings were copied from that one, give it a key of its own under [school] in cuncao.toml. If it is the same school under a new name or begun anew, delete the folders school={ $key } in { $path } first.
export-dataset-done = { $count ->
    [one] One line
   *[other] { $count } lines
} in { $files ->
    [one] one file
   *[other] { $files } files
} ({ $size } MB) written to { $path } as school={ $key }.
export-empty-columns = { $count ->
    [one] One column without a value was left out
   *[other] { $count } columns without a value were left out
}
export-done = { $count ->
    [one] One record
   *[other] { $count } records
} exported to { $path }.
export-inside = Note: { $path } is among the records and may be committed with them.
export-no-home = There is no folder for your settings; name a key file with --key-file.
export-key-made = Created a key for pseudonyms, { $path }. Keep it safe: only the same key gives the same pseudonyms, and anyone who has it can guess names.
export-withheld = { $count ->
    [one] 1 text names somebody, or holds a phone or card number,
   *[other] { $count } texts name somebody, or hold a phone or card number,
} and was left out
export-nameless = No names are included, but date of birth, village and class together usually identify a child: this is still personal data. For analysis by others use --pseudonymise.
export-pseudonymous = This is still personal data: with the key, { $path }, or in combination with other data people can be identified. Give it only to those who need it, and delete it after use.
export-key-readable = Others can read the key { $path }: nothing was exported. Take that from them first: chmod 600
export-key-inside = The key file { $path } must not be among the records.
export-key-malformed = { $path } is not a key: at least 32 hexadecimal digits are needed.

# Rollup
rollup-school = School
rollup-figure = Figure
rollup-total = Total
rollup-uncounted = Not counted: { $path }: { $reason }
rollup-no-school = there are no records
rollup-no-term = it has no term { $term }
rollup-broken = { $count ->
    [one] one file
   *[other] { $count } files
} cannot be read ({ $paths })
rollup-twice = Note: { $one } and { $other } are both of the school { $key } by its key, and are counted twice if they are one.
rollup-unreadable = the file cannot be read: { $fault }
rollup-file-other = this is not what `stats --format json` prints
rollup-file-changed = the file was changed after `stats --format json` printed it: have it sent again
rollup-file-partial = the file holds some figures only: print it with `stats --format json` and no FIGURE or --compare; one with --public is for rollup --public alone
rollup-file-days = the file is of { $from } to { $until }
rollup-file-definition = the file counts by the definition { $definition }
rollup-file-left-out = { $count ->
    [one] one record that could not be read is left out of the file
   *[other] { $count } records that could not be read are left out of the file
}
rollup-no-days = Say which days with --term, or with --since and --until.
rollup-of-schools = { $cell } ({ $count ->
    [one] 1 school
   *[other] { $count } schools
})
rollup-hidden = A dash means that the school has no value, or that it would reveal data on a few children; a total is the sum over the schools with a value, and says how many they are
rollup-public-definition =
    If the schools themselves publish by another definition, the two reveal data on a few children: publish the same days by
    one definition only.
rollup-too-small = { $count ->
    [one] 1 school is
   *[other] { $count } schools are
} too small to be published: left out of the rows and the totals
rollup-not-public = { $found } is not a figure that may be public: without --figures those that may are listed
rollup-file-not-public = this file was not written for the public and does not tell which figures may be: name the school's directory, or ask for the output of `stats --public --format json`
rollup-none = No school could be counted.
rollup-copy = Note: { $one } and { $other } have { $shared } ids of children and helpers in common, as a school and its copy have, which would be counted twice.
rollup-mixed = Note: the schools count left-behind children by different definitions, so the total says little. Use --definition.

# Log
git-no-program = git is not installed.
git-no-repository = The records are not in a git repository, so there is no history. Run `git init`.
git-unknown-revision = There is no commit "{ $revision }".
git-failed = git: { $said }
log-text-only = only comments or layout
log-unreadable = one of the versions cannot be read
log-confidential = (confidential)
log-nothing = no such commit; uncommitted changes are not in the log
log-cut = history ends here (a shallow clone): the author of this change and earlier changes cannot be seen. To fetch all of it: git fetch --unshallow
log-others = { $kind }: { $count }
log-others-hint = For a commit of many records only their number is shown; to list each: --format json

# Doctor
doctor-format = The format of the records is { $format }.
doctor-nothing-unfinished = No change is unfinished.
doctor-unfinished = A change is unfinished; the next command that writes will deal with it.
doctor-stale = { $count ->
    [one] One temporary file was
   *[other] { $count } temporary files were
 } left behind.
doctor-stale-removed = { $count ->
    [one] One temporary file that was left behind was
   *[other] { $count } temporary files that were left behind were
 } removed.
doctor-private = Only you can read the records.
doctor-readable = Other users of this machine can read { $count ->
    [one] one file
   *[other] { $count } files
 }. Run: chmod -R go-rwx .
doctor-git = The records are in a git repository.
doctor-operation = A { $operation } is unfinished; finish or abort it first.
doctor-hook = Records are checked before each commit.
doctor-other-hook = There is another pre-commit hook; records are not checked before a commit.
doctor-no-hook = Records are not checked before a commit. Run: cuncao init --hook
doctor-attributes = .gitattributes declares the records as text.
doctor-no-attributes = .gitattributes says nothing about *.toml: line ends may change.
doctor-ignored = Temporary files are not committed.
doctor-not-ignored = .gitignore does not leave out .cuncao-*: temporary files may be committed.
doctor-clock = Today is { $day }.
doctor-clock-wrong = The clock says { $day }, which is wrong.
doctor-locale = The terminal's encoding is { $locale }.
doctor-locale-not-utf8 = The terminal's encoding { $locale } is not UTF-8; Chinese may not show.

# Migrate
migrate-nothing = The records are of format { $format }; there is nothing to do.

# Manual
man-done = { $count } manual pages were written to { $path }. Run: man -M { $path } cuncao

# Command line
error = error:{" "}
hint = hint:{" "}
reading = reading
reading-rows = reading rows
no-such-folder = there is no folder { $path }
no-records-directory = neither { $path } nor a folder above it holds cuncao.toml: not a records directory
no-records-directory-help = create one with `cuncao init`, or name it with `-C DIR`
school-broken = cuncao.toml has errors
newer-format = the records are in format { $found }; this version knows formats up to { $known }
newer-format-help = use a newer cuncao
records-broken = { $count ->
    [one] one file
   *[other] { $count } files
    } cannot be read and would be missing from every number: see `cuncao validate`, or leave them out with --skip-broken
duties-bad = { $count ->
    [one] A fault
   *[other] { $count } faults
 } in the duties of cuncao.toml would make numbers wrong, so nothing was done. Correct them first, or leave these duties out with --skip-broken.
duties-left-out = Note: duties of cuncao.toml that are misspelt were left out ({ $count ->
    [one] one fault
   *[other] { $count } faults
 }).
left-out = note: { $count ->
    [one] one unreadable file was
   *[other] { $count } unreadable files were
    } left out
file-exists = { $path } already exists and was not overwritten
file-changed = { $path } was changed by someone else meanwhile; nothing was written. Run the command again
file-fault = cannot write { $path }: { $fault }
term-days-wrong = the term “{ $term }” lasts from { $from } to { $until }: the dates are wrong
term-days-wrong-help = correct start and end in terms/{ $term }.toml
no-such-term = there is no term { $found }; there are: { $known }
no-term = there is no term yet
no-term-help = add one with `cuncao add term 2025-2026-1 --name … --start … --end …`
no-such-record = no record is called “{ $found }”
no-such-record-help = give an id, the beginning of one, the path of a file, a name, pinyin or initials; see `cuncao list { $kind }`
several-records = “{ $found }” may mean { $count } records:
    { $list }
several-records-help = say which one by its id
assignment-expected = “{ $found }” should read field=value, as in village=柳树村
no-such-field = { $kind } has no field “{ $field }”
no-such-field-help = see the fields with `cuncao add { $kind } --help`
field-value = field { $field }: { $reason }
value-expected = “{ $found }” { $expected ->
    [number] is not a whole number such as 40
    [truth] should be yes or no
    [date] is not a date; write 2025-10-12, 10-12, yesterday, wednesday, -3d
    [date-time] is not a time; write 2025-11-02 14:05
    [amount] is not an amount; write digits: 300 or 300.00
    [time] is not a time of day such as 15:30
    [bounds] should be a whole number, or [minimum, maximum]
    [class] is not a class; write 4.1 or 2022-1
   *[other] should be a TOML table such as {"{"} name = "张大山" {"}"}
    }
not-toml = the file is not valid TOML and cannot be changed; correct it with `cuncao edit`
no-place = { $field } cannot be set: an index is beyond the end of its list, or a part of the path is not a table
record-refused = the record has errors and was not written
unchanged = { $path } is unchanged
editor-failed = the editor { $editor } failed; the record is unchanged
edit-again = Edit again?
edit-given-up = cancelled; the record is unchanged
input-not-utf8 = the input is not UTF-8 text
not-interactive = -i needs a terminal
ask-none = (none)
ask-table = Fill in “{ $field }”?
ask-entry = Add an entry to “{ $field }”?
term-id-expected = “{ $found }” is not the id of a term, such as 2025-2026-1
no-id-for-day = the day { $day } is out of range
argument-needs-value = { $argument } needs a value
argument-bad-value = { $argument } cannot be “{ $value }”
argument-refused-value = { $argument }: { $reason }
argument-unknown = there is no option { $argument }
argument-extra = unexpected argument “{ $argument }”
argument-extra-children = several children are joined with commas
argument-unknown-command = there is no command “{ $value }”
argument-missing = { $argument } is missing
argument-missing-command = a command is missing
argument-alone = { $argument } cannot be combined with other options
argument-conflict = { $argument } cannot be used with { $other }
argument-number-of-values = { $argument } has the wrong number of values
argument-nearest = did you mean { $nearest }?
argument-known = there are: { $known }
argument-see-help = see { $command } --help

# cuncao validate
validate-no-path = there is no { $path } in the records directory
validate-no-rule = there is no rule { $found }
validate-no-rule-help = cuncao validate --rules lists the rules
validate-fixed = { $count } fixed.
validate-clean = { $files ->
    [one] One file
   *[other] { $files } files
 } checked, no problems found.
validate-summary = { $files ->
    [one] One file
   *[other] { $files } files
 } checked: { $errors ->
    [one] one error
   *[other] { $errors } errors
 }, { $warnings ->
    [one] one warning
   *[other] { $warnings } warnings
 }; { $fixable } fixable with --fix.
validate-has-fix = {" "}(fixable with --fix)
validate-breaks = Example that breaks it (reported at { $place }):
validate-folder = (a folder)
validate-keeps = Example that keeps it:

# cuncao stats, explain
stats-days = { $name } ({ $from } to { $until })
stats-head = { $days }; states as of { $day }; left-behind by: { $definition }.
stats-head-before = { " " }Compared with { $days }.
stats-join = { ", " }
stats-no-term-before = there is no earlier term
stats-column-id = id
stats-column-label = figure
stats-column-key = key
stats-column-group = group
stats-column-value = value
stats-column-unit = unit
stats-column-of = of
stats-column-share = share
stats-column-before = before
stats-column-before-of = of before
stats-column-before-share = share before
stats-column-change = change
stats-column-trend = trend
stats-column-total = total
stats-column-helper = id
stats-column-name = name
stats-column-role = role
stats-column-caseload = pairings
stats-column-exceeded = over the limit
stats-column-visits = visits
stats-column-duties = duties met
stats-column-duties-of = owed
stats-column-duties-share = met %
stats-column-on-time = recorded on time
stats-column-on-time-of = with a day
stats-column-on-time-share = on time %
stats-column-follow-ups = followed up
stats-column-follow-ups-of = due
stats-column-follow-ups-share = done %
no-such-figure = there is no figure “{ $found }”
several-figures = “{ $found }” may be any of these figures:
    { $list }
no-such-figure-help = `cuncao stats --all` lists all figures.
explain-head = { $label } ({ $id })
explain-days = { $from } to { $until }; states as of { $day }; left-behind by: { $definition }.
explain-group = { $dim }: { $key }
explain-value = Value: { $value } { $unit }
explain-value-of = Value: { $value } { $unit } of { $of }, { $share }
explain-none-missing = Nothing is missing: all are counted.
explain-none = No record counts towards this number.
explain-period = { $from } to { $until }
explain-parent = { $parent } of { $child }
explain-pair = { $child } – { $helper }
explain-counted = yes
explain-not-counted = no
explain-no-split = The figure { $figure } cannot be split by { $dims }, or the month is not one of these days.
explain-no-dim = cannot split by “{ $found }”
explain-no-group = There is no group `{ $found }`; there are: { $known }
explain-column-counted = counted
explain-column-what = what
explain-column-day = day
explain-column-children = children
explain-column-amount = amount
explain-column-file = file
explain-column-field = field
explain-column-because = because of
explain-and-more = { " " }and more, { $count } in all
explain-child = { $name } ({ $class })

condition-expected = “{ $found }” should read field=value, or with != < > <= >= ~ (contains)
no-such-column = there is no field “{ $found }”
no-such-column-help = there are: { $known }; for the others see cuncao add { $kind } --help
show-present = Today
show-age = { $value } years old
show-class = { $value }
show-left-behind = left-behind
show-not-left-behind = not left-behind at present
show-guardianship = guardianship: { $value }
show-pairing = paired with { $value }
show-timeline = Timeline
show-due = Due

init-kept = { $path } already exists and was left alone
init-done = { $path } is a records directory now ({ $count ->
    [one] one file
   *[other] { $count } files
 }). Put the school's name into cuncao.toml, then add a term and children with `cuncao add`
init-done-named = { $path } is a records directory now ({ $count ->
    [one] one file
   *[other] { $count } files
 }). Go there, then add a term, helpers and children with `cuncao add`, or a roster with `cuncao import child`
init-no-git = this is not a git repository, so no hook can be installed
init-no-git-help = run `git init` first
init-hook-exists = there is already a hook { $path }, which was not overwritten; add this line to it: cuncao validate --staged
init-hook-done = a check before each commit is installed: { $path }
schema-no-kind = there is no kind of record called { $found }
schema-no-kind-help = there are: { $known }

writing = writing
init-nothing = { $path } is a records directory already ({ $count ->
    [one] one file
   *[other] { $count } files
 } written)

forget-needs-yes = this removes a child's file: add --yes to confirm, or --dry-run to see which files it touches
forget-sure = { $count ->
    [one] The file above
   *[other] The { $count } files above
 } will be removed or changed. Go on?
forget-history-unknown = Whether the history of other files holds { $words } could not be looked up, so look yourself: { $fault }
forget-history-left =
    These commands leave old texts of other files as they are. In the history of these stands { $words }, which may be
    others' too; look and decide:
    { $files }
    What is to go as well: before git filter-repo add a line for each to "$f": literal:WORD==>○○
forget-history =
    Gone from the records. The history of git still holds it. To remove it there, make a backup, tell the other teachers,
    install git filter-repo, and run these in the records directory, one after the other:
    { $commands }
    Then push by force and have every teacher delete the old clone and clone anew; delete older copies on sticks, in backups and
    in clouds. The places above that begin with ? are for you to decide.

sealed = (sealed; --identity opens it)
seal-done =
    { $count ->
        [one] 1 file sealed
       *[other] { $count } files sealed
    }
unseal-done =
    { $count ->
        [one] 1 file in clear again
       *[other] { $count } files in clear again
    }
seal-no-identity = this needs the key that opens what is sealed: --identity FILE, or CUNCAO_IDENTITY
seal-unavailable = the school seals confidential fields ([seal]), and this cuncao was built without that feature
seal-unavailable-help = use a cuncao built with the feature "seal": without --no-default-features
seal-bad-identity = { $path } cannot be used as a key: { $fault }
seal-bad-identity-help = a file that `age-keygen` made, or an OpenSSH private key such as ~/.ssh/id_ed25519
seal-bad-recipient = { $path }: `{ $found }` under [seal] recipients is not a public key
seal-bad-recipient-help = a key begins with age1, or is the line of an OpenSSH .pub file such as ~/.ssh/id_ed25519.pub
seal-no-recipients = there are no recipients to seal to
seal-no-recipients-help = put public keys into cuncao.toml: [seal] recipients = ["age1…", "ssh-ed25519 …"]
seal-not-for-us = { $path }: { $field } is sealed to other people: this key does not open it
seal-not-for-us-help = ask somebody who can open it to name your public key in cuncao.toml and run `cuncao seal --again`
seal-damaged = { $path }: { $field } is sealed, but damaged: { $fault }
seal-damaged-help = take the field from an earlier commit: `git log -p` on the file shows it
export-sealed-pseudonyms = --identity opens text that may name children, and --pseudonymise is to name nobody: leave one of them out
detail-directory = records directory: { $path }
detail-today = today: { $day }, language: { $lang }
detail-read = { $count ->
    [one] one file read
   *[other] { $count } files read
}
period-backwards = the last day { $until } is before the first, { $since }
several-terms = several terms fit “{ $found }”: { $known }
edit-kept = what you wrote is not in the records; it is kept in { $path }. Correct it and run `cuncao edit { $record } --from { $path }`, or delete it.
cancelled = cancelled; nothing was written
no-such-topic = there is no help about “{ $found }”
rollup-days-only = schools may have different terms: give --since and --until as days, or --term 2025-2026-1

seal-passphrase = Passphrase of { $path }
merge-conflict = { $path }: { $field } has two values: ours is { $ours }, theirs is { $theirs }. Both are marked in the file; keep one.
merge-removed = (removed)
merge-hidden = (confidential, not shown)
merge-unopened = { $path }: a sealed value could not be opened. Set CUNCAO_IDENTITY to the file of your key and merge again: the two sides may be equal.
merge-fault = { $path }: the merged record is not valid: { $fault }. Correct the file, then git add it.
merge-by-lines = { $path }: one version is not valid TOML; merged by lines.
merge-failed = Cannot merge { $path }: { $fault }
init-merge-done = Configured git: it merges records field by field from now on, and git diff shows for each change whose it is.
init-hook-there = The check before each commit is already installed.
doctor-merge = git merges records field by field
doctor-no-merge = git does not merge records field by field yet: run cuncao init --hook
severity-error = error
severity-warning = warning
severity-note = note
severity-help = help
file-too-large = { $path } would be larger than { $mib } MiB, and nothing could read it again: not written. Split it into several records, or put the long text into an attachment.
change-overtaken = The change was made, except for these files, which somebody else changed at the last moment and which stay as they are: { $paths }
change-half-done = A command was interrupted half-way: the records are a mixture of old and new, and were not counted.
change-half-done-help = run `cuncao doctor`, which finishes it
output-protected = { $path } belongs to the records, the settings or git; nothing is written there.
output-protected-help = write elsewhere with -o, for example into reports/
output-no-folder = There is no folder { $path }.
output-no-folder-help = create it first: mkdir -p { $path }
export-no-format = The extension .{ $found } has no known format: use .csv, .xlsx or .ndjson, or give --format.
export-needs-folder = CSV of several kinds goes into a folder, but { $path } looks like a file. Give a name without an extension, or use .xlsx.
edit-forked = The editor returned at once and nothing was changed. If it opens a window of its own, tell it to wait (such as EDITOR="code --wait"). The copy is kept as { $path }: once edited, `cuncao edit { $record } --from { $path }` takes it; delete it if it is not needed.
undo-done = Undid { $command } of { $time } ({ $count ->
    [one] one file
   *[other] { $count } files
}).
undo-nothing = No command of the last { $days } days can be undone.
undo-changed = These files have been changed since, so it cannot be undone: { $paths }
undo-changed-help = `cuncao undo --list` shows the commands; with git, `git log` and `git checkout` restore old texts
validate-alike = { $severity }[{ $rule }] × { $count }: { $message }
validate-alike-such-as = { $severity }[{ $rule }] × { $count }, such as: { $message }
validate-see-each = To see each: cuncao validate{ $options } --only { $rules }
change-added = Another command has just written the same ({ $count } records, such as { $path }); nothing was written twice.
public-compared = Readers can compare this with what the school published before: do not publish again when only one or two children came or left in between.
stats-public-by = Public figures are split by class (or grade), village, month or theme alone, and not where groups are too small even by grade.

ask-finish = nothing more, write it
ask-more = What else to fill in or change?
ask-given = change { $field }: { $value }
ask-no-more = (no more)
ask-another = Another of { $field }?
ask-several = ↑↓ to move, space to choose, enter when done
ask-one = ↑↓ to move, type to narrow, enter to choose
draft-offered = A { $kind } of { $time } was not finished. Go on with it?
draft-kept = not written; what you typed is kept as a draft ({ $path }, readable by you only); go on with: cuncao add { $kind } -i
period-no-term-today = { $day } is not in any term: using “{ $term }”; choose another with --term
period-ahead = --since { $since } is in the future; give the end with --until
stats-days-alone = { $from } to { $until }
doctor-me = You are { $name }.
doctor-no-me = It is unknown which helper you are. Run git config cuncao.me NAME.
doctor-me-nobody = cuncao.me says “{ $name }”, who is not a helper.
init-name-there = the school in { $path } is called “{ $name }”, and --name does not rename it
init-name-there-help = to rename it, change [school] name in cuncao.toml
init-who = Your name? (the default author of new records; may be left empty)
init-who-help = saved as git config cuncao.me; add yourself with cuncao add helper

# `--public` where nothing is public.
never-public = { $command } shows single children or records and cannot be public
never-public-help = for the public there are cuncao stats --public, cuncao report term --public and, for several schools, cuncao rollup --public

# Where the repository goes.
remote-public = The remote { $name } is at { $host }, a service that anybody uses: if the repository is public, everybody can read about the children. If it is the school's own and private: git config --add cuncao.remote { $url }; if not: git remote remove { $name }
remote-unknown = The remote { $name } is at { $host }: is that the school's own? If so: git config --add cuncao.remote { $url }; if not: git remote remove { $name }
doctor-remotes = { $count ->
    [one] 1 remote is on this machine, in a private network, or confirmed as the school's.
   *[other] { $count } remotes are on this machine, in a private network, or confirmed as the school's.
}
doctor-prints-not-ignored = .gitignore does not cover printouts, exports and keys: { $names }. Copy the lines of a new directory's .gitignore (cuncao init in another folder shows them).
doctor-open = { $count ->
    [one] 1 folder that a killed edit left may hold decrypted text.
   *[other] { $count } folders that a killed edit left may hold decrypted text.
}
doctor-open-removed = { $count ->
    [one] 1 folder that a killed edit left was removed.
   *[other] { $count } folders that a killed edit left were removed.
}
doctor-open-left = { $count ->
    [one] 1 folder that a killed edit left could not be removed; it may hold decrypted text.
   *[other] { $count } folders that a killed edit left could not be removed; they may hold decrypted text.
}
doctor-open-kept = { $count ->
    [one] 1 folder that edit kept for you is
   *[other] { $count } folders that edit kept for you are
} among temporary files (cuncao-…): delete what is no longer needed.
seal-history = { $count ->
    [one] The history of the repository still holds an older state of 1 record in clear,
   *[other] The history of the repository still holds older states of { $count } records in clear,
} for whoever has the repository. To be rid of it: make a backup, begin a new repository with the files as they are (remove .git, then git init), and destroy the old one and every clone.
hook-clear-sealed = Not committed: the school seals, and { $count ->
    [one] 1 file holds
   *[other] { $count } files hold
} an identity number or confidential text in clear, on the lines told above. Run cuncao seal, or take the number out of the text.
hook-clear-elsewhere = Identity numbers stand here too and are to be taken out:
    { $found }
hook-pupil-numbers = In { $count ->
    [one] 1 file
   *[other] { $count } files
} the pupil's number is the identity number: pupils' numbers are never sealed, so leave out what is not needed.
hook-clear-open = { $count ->
    [one] 1 file in this commit holds
   *[other] { $count } files in this commit hold
} an identity number or confidential text in clear: name the readers under [seal] in cuncao.toml and run cuncao seal.
hook-names =
    These templates seem to name somebody; whoever reads their reports reads it:
    { $found }
hook-key = Not committed: these are keys, and whoever has them opens what is sealed:
    { $found }
hook-copies = { $count ->
    [one] 1 file in this commit is a print, an export or an old copy
   *[other] { $count } files in this commit are prints, exports or old copies
} ({ $found }): should it be in the repository?

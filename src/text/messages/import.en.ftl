# The catalogue's part `import`: how a table is read, what is wrong with it and what to do.

import-encrypted = The workbook is protected by a password. Open it in a spreadsheet program, remove the password and save it as .xlsx.
import-markup = This is HTML or XML with the extension of a spreadsheet. Open it in Excel or WPS and save it as .xlsx.
import-other-format = This is a { $format } file. Open it in Excel or WPS and save it as .xlsx.
import-cell-too-long = The cell { $place } is longer than { $kib } KiB. Look at that cell, or for a quote that is not closed.
import-too-wide = The cell { $place } is too far right: a table may have { $most } columns. Delete what is beyond the table and try again.
import-too-many-cells = The table has more than { $cells } cells. Split it into several files.
import-unclosed-quote = A quote in line { $line } is not closed, so the rows below would be lost. Close it or delete it.
import-sheet-hidden = it is hidden; read it with --sheet
import-sheet-empty = it is empty
import-sheet-unknown = none of its headers is known
import-sheet-left = Sheet "{ $sheet }" was not read: { $why }.
import-no-header-over = The column has no header but holds values: { $samples }.
import-mend-map = say what it is with --map '{ $header }=FIELD', or leave the column out with --map '{ $header }=-'.
import-mend-rest = To leave out all { $count } columns with unknown headers, use --map '*=-'.
import-mend-month = take the first of each such month with --day-of-month 1, or complete the table.
import-mend-value = say what it is with --map-value '{ $header }:{ $found }=VALUE' (=- leaves it out), or correct the table.
import-mend-one-away = say who is away with --map-value '{ $header }:{ $found }=father' or =mother.
import-mend-since = say since which day, such as --since 2025-09-01.
import-mend-set = give every row a value with --set { $field }=…, or complete the table.
import-mend-leave-out = leave the column out with --map '{ $header }=-', or correct the table.
import-map-unused = --map names "{ $header }", which is neither a header nor the letters of a column.
import-map-value-unused = --map-value names "{ $word }", which the column "{ $header }" does not hold.
import-not-a-mapped-value = "{ $found }" should be HEADER:WORD=VALUE.
import-key-sealed = The values of the key are encrypted and cannot be compared. Use other columns as --key, such as name and birth date.
import-cell-error = { $found }: the spreadsheet program could not compute this cell.
import-uncomputed = The cell is a formula without a stored value. Open the file in a spreadsheet program, save it and try again.
import-class-became-day = A spreadsheet program turned the class into a date ({ $found }). Format the column as text and enter it again, such as class 3.1.
import-class-rounded = { $found } may be class 1 or class 10: the spreadsheet program dropped the zero. Write 三（1）班 or class 3.10 as text.
import-day-rounded = { $found } may have lost a zero at its end: 3.2 may be 20 March. Format the column as text and enter it again.
import-year-of-period = { $column }: days without a year lie between { $first } and { $last } ← "{ $from }"
import-mend-term = say which term it is with --term 2025-2026-2, or write the years.
import-term-unused = --term is not used: no date lacks its year.
import-ask-term = { $column } has no years. Which term is it (such as 2025-2026-2)?
import-bad-term = "{ $found }" is neither a term nor a year, such as 2025-2026-2.
import-days = { $column }: a cell with two days is read as the first and the last
import-several-split = { $column }: a cell with several people makes a record for each
import-month-rounded = { $found } may be January or October: the spreadsheet program dropped the zero. Format the column as text and enter it again.
import-classes-differ = "{ $found }" does not agree with the grade or class in another column of the row.
import-one-away = "{ $found }" does not say whether the father or the mother is away.
import-no-since = The guardianship has no start date.
import-since-needed = The row differs from the present facts; say since when, so that the past stays as it was.
import-since-not-later = The start date { $since } is not after the present { $last } and would change the past. Use a later date; correct the past with `set`.
import-past = This is an entry of the past and cannot be changed by an import. Correct it with `set`.
import-constant-contradicts = --set says { $field } = { $constant }, but "{ $said }" in this row means { $code }. Drop that --set, or correct the table.
import-differs-within = "{ $name }" differs between row { $other } and row { $row }.
import-twin-person-known = This person has a file already ({ $id }): same name and birthday, or same id number. Change files with --key.
import-twin-person-row = The same person as in row { $other }: same name and birthday, or same id number.
import-twin-known = There is already an identical record ({ $id }).
import-twin-row = Identical to row { $other }.
import-why-number = numbers the rows, left out
import-why-remark = remarks, left out; take them with --map
import-why-no-field = no such field, left out
import-why-kind = belongs to { $kind } records, left out
import-why-asked = left out by --map
import-why-same = the same as column { $letters } in every row, left out
import-why-empty = empty
import-why-names = has the names beside ids; the ids count
import-hint-away = tells who is away
import-hint-member = member { $number } of the family, by relation a parent or the guardian
import-from-set = --set
import-from-since = --since
import-from-word = from "{ $word }"
import-left-total = Totals, left out
import-left-header = Repeated header, left out
import-left-numbered = Only a number, left out
import-left-foot = Notes and signatures, left out
import-left-section = Taken as the class of the rows below
import-placeholder = { $column }: "{ $found }" taken as empty
import-phone-remark = { $column }: "{ $remark }" beside the number left out
import-name-and-relation = "{ $found }" is read as name and relation
import-relation-no-name = "{ $found }" is a relation, not a name
import-status-of-workplace = { $column }: "{ $found }" is stored as the status
import-member-left = A member of the family ({ $relation }) who is neither parent nor guardian, left out
import-birth-of-id = Birth date taken from the id number
import-gender-of-id = Gender taken from the id number
import-invalid-id-number = The id number is not valid: it does not have 18 characters, or one of them is wrong.
import-doubt-id = Please check: the id number does not agree with the birth date or gender
import-doubt-phone = { $column }: please check, "{ $found }" does not look like a phone number
import-doubt-birth = Please check: the birth date { $found } is unusual for a pupil
import-doubt-away = Please check: the guardian is { $relation }, yet away is { $away }
import-not-left-behind = Not left-behind: no guardianship recorded
import-not-left-behind-dropped = Not left-behind: no guardianship recorded, and what these rows say of it is left out
import-away-of-relation = { $away ->
    [both] Both parents away
    [father] Father away
    [mother] Mother away
   *[none] Nobody away
    } ← the guardian is { $relation }
import-away-of-workplace = { $away ->
    [both] Both parents away
    [father] Father away
    [mother] Mother away
   *[none] Nobody away
    } ← where the parents work
import-kind-of-relation = { $kind ->
    [grandparents] Looked after by grandparents
    [one-parent] Looked after by one parent
    [kin-or-friends] Looked after by kin or friends
   *[other] { $kind }
    } ← the guardian is { $relation }
import-kind-of-aid = { $kind ->
    [money] Money ← there is only an amount
   *[goods] Goods ← there are only goods
    }
import-rows = { $count ->
    [one] row { $rows }
   *[other] rows { $rows }
    }
import-rows-more = rows { $rows } …, { $count } in all
import-read-table = Header in row { $header }, { $rows ->
    [one] 1 row
   *[other] { $rows } rows
    } of records
import-read-sheet = Sheet "{ $sheet }": header in row { $header }, { $rows ->
    [one] 1 row
   *[other] { $rows } rows
    } of records
import-columns-left = { $columns }: { $why }
import-constant = Every row: { $field } = { $value } ({ $from })
import-note = { $what } ({ $rows })
import-and-rows = {" "}And { $count } more: { $rows }.
import-absent = In the records but not in the table: { $count }
import-confirm = Add { $added } and change { $changed }?
import-since-far = --since { $day } lies more than a year ahead; is the year right?
import-given-up = Nothing was written
import-again = To import a table like this again: { $command }
import-template-done = Wrote the empty table { $path }; fill it in and import it.
import-ask-leave = (leave it out)
import-ask-field = { $column }: { $what } This column is
import-ask-code = { $column }: { $what } It is
import-ask-value = { $what }; in every row it is
import-ask-day-of-month = { $column } names only months. Which day of the month?
import-ask-day-again = Type a number from 1 to 31
import-ask-since = Since which day (such as 2025-09-01)?
import-too-large = The file is too large: { $mib } MiB at most.
import-not-text = The file is neither UTF-8 nor GB18030 text. Save it as "CSV UTF-8" or .xlsx from the spreadsheet program.
import-bad-csv = Not well-formed CSV: { $fault }
import-bad-workbook = The workbook cannot be read: { $fault }
import-no-sheet = The workbook has no sheet "{ $sheet }"; it has: { $known }
import-no-header = No known header row was found. Say where it is with --header-row, or see the headers with import { $kind } --template.
import-unknown-column = Unknown header "{ $header }".
import-unknown-column-nearest = Unknown header "{ $header }"; did you mean "{ $nearest }"?
import-column-of-several = The header "{ $header }" may mean several fields: { $paths }.
import-no-ticks = The header "{ $header }" asks for yes or no, but the cells hold: { $samples }.
import-same-field = The same field as column { $letters } "{ $other }".
import-no-key = There is no key column "{ $key }". Columns read: { $headers }
import-empty-key = The key column is empty.
import-same-key = The key column is the same as in row { $other }.
import-several-keyed = Several records match: { $ids }
import-same-id = The id occurs twice in the table.
import-bad-id = "{ $found }" is not the id of a record of this kind ({ $kind }).
import-exists = There is already such a record. Use --key to change records.
import-day-of-id = The date differs from that in the id { $id }.
import-day-changed = The date is part of the id and cannot be changed by an import; use `set`.
import-no-id = Without a date there is no id.
import-no-place = The value has no place: fill in the entries of a list in order, from the first.
import-no-cell = This field cannot be written in one cell.
import-unreadable = { $path } cannot be read.
import-rounded = { $column }: the spreadsheet program has rounded the numbers, left out
import-bad-number = "{ $found }" is not a whole number.
import-bad-truth = "{ $found }" should be yes or no.
import-bad-date = "{ $found }" is not a date such as 2025-09-01, 2025/9/1 or 2025年9月1日.
import-bad-time = "{ $found }" is not a time such as 2025-11-02 10:25.
import-bad-amount = "{ $found }" is not an amount such as 300.00.
import-bad-class = "{ $found }" is not a class such as 2022-1 (class 1 of those who entered in autumn 2022) or 三（1）班.
import-unknown-code = Unknown word "{ $found }"; known are: { $known }
import-unknown-code-nearest = Unknown word "{ $found }"; did you mean "{ $nearest }"?
import-several-in-cell = The cell names several people, "{ $found }": use one row for each.
import-unknown-reference = There is no { $kind } "{ $found }".
import-several-named = There are several called "{ $found }"; write the id: { $ids }
import-not-a-pair = "{ $found }" should be NAME=VALUE.
import-nothing = { $file } has no table to import.
import-faults = { $count ->
    [one] There is one fault
   *[other] There are { $count } faults
} and nothing was imported:
import-more-faults = … and { $count } more
import-row = (row { $row })
import-done = { $added } added, { $changed } changed, { $unchanged } unchanged.
import-would = Would add { $added } and change { $changed }; { $unchanged } unchanged. (Dry run: nothing was written.)

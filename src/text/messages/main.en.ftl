# The catalogue's part `main`.

# Import
import-too-large = The file is too large: { $mib } MiB at most.
import-not-text = The file is neither UTF-8 nor GB18030 text. Save it as "CSV UTF-8" or .xlsx from the spreadsheet program.
import-bad-csv = Not well-formed CSV: { $fault }
import-bad-workbook = The workbook cannot be read: { $fault }
import-no-sheet = The workbook has no sheet "{ $sheet }"; it has: { $known }
import-no-header = No header row was found.
import-unknown-column = Unknown header "{ $header }". Say what it is with --map '{ $header }=FIELD', or leave it out with --map '{ $header }=-'.
import-unknown-column-nearest = Unknown header "{ $header }"; did you mean "{ $nearest }"? Say what it is with --map '{ $header }=FIELD', or leave it out with --map '{ $header }=-'.
import-column-of-several = The header "{ $header }" may mean several fields: { $paths }. Say which with --map '{ $header }=FIELD'.
import-same-field = The same field as the header "{ $other }".
import-no-key = There is no key column "{ $key }".
import-empty-key = The key column is empty.
import-same-key = The key column is the same as in row { $other }.
import-several-keyed = Several records match: { $ids }
import-same-id = The id stands twice in the table.
import-bad-id = "{ $found }" is not the id of a record of this kind ({ $kind }).
import-exists = There is such a record already. Use --key to change records.
import-day-of-id = The date differs from that in the id { $id }.
import-day-changed = The date is part of the id and cannot be changed by an import; use `set`.
import-no-id = Without a date there is no id.
import-no-place = There is no place for the value: fill the entries of a list one after the other, from the first.
import-no-cell = This field cannot be written in one cell.
import-unreadable = { $path } cannot be read.
import-rounded = The spreadsheet program has rounded "{ $found }". Format the column as text and enter it again.
import-bad-number = "{ $found }" is not a number.
import-bad-truth = "{ $found }" should be yes or no.
import-bad-date = "{ $found }" is not a date such as 2025-09-01, 2025/9/1 or 2025年9月1日.
import-bad-time = "{ $found }" is not a time such as 2025-11-02 10:25.
import-bad-amount = "{ $found }" is not an amount such as 300.00.
import-bad-class = "{ $found }" is not a class such as 2022-1 (class 1 of those who entered in autumn 2022) or 三（1）班.
import-unknown-code = Unknown word "{ $found }"; known are: { $known }
import-unknown-code-nearest = Unknown word "{ $found }"; did you mean "{ $nearest }"?
import-unknown-reference = There is no { $kind } "{ $found }".
import-several-named = There are several called "{ $found }"; write the id: { $ids }
# cuncao due
due-birthday = turns { $age }
due-birthday-lunar = turns { $age } (lunar birthday)
due-caseload = { $role }: { $children } children, the school allows { $most }
due-left = left on { $day }
due-missing = { $periods ->
    [1] { $missing } missing
   *[other] { $missing } missing in { $periods } periods
}
due-last-contact = last contact { $day }
due-no-contact = no contact since { $day }
due-separator = {"; "}
due-comma = {", "}
due-since = discovered { $day }
due-calendar = { $school }: due
due-event = { $title }: { $children }
due-event-overdue = Overdue since { $day }: { $title }
due-head = Due on { $today }, looking ahead to { $last } (visits, activities and aid since { $since })
due-nothing = Nothing is due before { $last }.
due-group = { $group } ({ $count })
due-group-overdue = { $group } ({ $count }, { $overdue } overdue)
due-overdue = { $day }, { $days ->
    [1] 1 day
   *[other] { $days } days
} overdue
due-today = today
due-in-days = { $day }, in { $days ->
    [1] 1 day
   *[other] { $days } days
}
due-and-more = { $names } and more: { $count } in all

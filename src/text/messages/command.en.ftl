# The catalogue's part `command`: what the commands of everyday say.

command-comma = {", "}

# values in arguments
command-entered-no-such-day = { $month } { $year } has no { $day }
command-entered-day-missing = “{ $found }” has no day; write 2025-10-12
command-entered-lunar = “{ $found }” is a date of the lunar calendar; give the solar date
command-entered-weekday = the date and the weekday of “{ $found }” do not agree
command-entered-grade-only = “{ $found }” is a grade; give the class, too: 4.1
command-entered-number-only = “{ $found }” is the number of a class; give the grade, too: 4.1
command-entered-grade-outside = “{ $found }”: the school has no grade { $grade } (grades { $first } to { $last })
command-entered-about = “{ $found }” is not an exact number
command-entered-several = “{ $found }” holds several: { $several }
command-unknown-code = { $field } cannot be “{ $found }”
command-which-entry = { $field } has { $count } entries: the first is { $field }[0], the last { $field }[{ $last }]; add one with { $field }[+] or `cuncao change`
command-no-such-entry = { $field } has { $count } entries; add one with { $field }[+] or `cuncao change`
command-missing-flags = missing: { $flags }
command-missing-flags-help = `cuncao add { $kind } --help` explains each; -i asks for them one by one

# who
command-me-unsaid = it is unknown which helper you are
command-me-unsaid-help = give --me NAME, or set it once with git config cuncao.me NAME (or CUNCAO_ME)
command-no-such-person = there is no { $kind } named “{ $found }”

# records that are alike
command-alike-number = the same student number: { $name } ({ $class }, born { $day }) { $id }
command-alike-twin = there is a child of the same name and birthday: { $name } ({ $class }) { $id }
command-alike-name = note: there is a child of the same name: { $name } ({ $class }, born { $day }) { $id }
command-alike-sound = note: a child whose name sounds the same, with the same birthday: { $name } ({ $class }) { $id }
command-alike-phone = note: the family's phone is that of { $name } ({ $class }) { $id }; for brothers and sisters give --siblings
command-alike-helper = there is a helper of the same name: { $name } ({ $role }) { $id }
command-alike-pairing = the two have been paired since { $day }, and still are: { $id }
command-alike-term = it overlaps with { $name } ({ $start } to { $end }): { $id }
command-alike-anyway = Add it anyway?
command-alike-refused = { $what }
command-alike-refused-help = if it is a different one, add --force

command-would = would: {""}
command-semicolon = {", "}

# change
command-change-no-list = `change` has no list “{ $found }”
command-change-since = { $list } has no dated entries, or since= is given: leave out --since
command-change-same-day = { $field } has an entry from { $day } already; change that one with `cuncao set`
command-change-done = { $name }: { $list } from { $day }: { $words }
command-change-until = { " " }(before { $day }, when another entry begins)
command-change-added = { $name }: { $list } added: { $words }

# leave
command-leave-nobody = there is no child who could leave ({ $day })
command-leave-left = { $name } left on { $day }
command-leave-pairing = the pairing { $id } of { $name } begins only on { $day } and cannot end before
command-leave-pairing-help = remove it first: `cuncao rm { $id }`
command-leave-done = { $name } leaves on { $day } ({ $reason }){ $pairings ->
    [0] {""}
    [one] ; 1 pairing ends on { $last }
   *[other] ; { $pairings } pairings end on { $last }
}{ $open ->
    [0] {""}
    [one] ; 1 follow-up is still open
   *[other] ; { $open } follow-ups are still open
}
command-leave-count = { $count } children

# take-over
command-take-over-same = { $name } cannot take over from themselves
command-take-over-no-pair = { $child } is not paired with { $name }
command-take-over-none = { $name } has no pairing on { $day }
command-take-over-begun = the pairing of { $child } begins on { $day }, not before { $since }
command-take-over-begun-help = to change the helper: `cuncao set { $id } helper=NAME`
command-take-over-done = { $ended ->
    [one] 1 pairing
   *[other] { $ended } pairings
} of { $from } end on { $last }; { $to } takes over from { $since }{ $had ->
    [0] {""}
   *[other] {" "}({ $had } of them had { $to } already)
}{ $open ->
    [0] {""}
    [one] ; 1 follow-up of { $from } is still open
   *[other] ; { $open } follow-ups of { $from } are still open
}

# done
command-done-no-outcome = a { $kind } has no field for an outcome; leave out --outcome
command-done-nothing = { $handle } { $count ->
    [0] has nothing that can be done
   *[other] is no such entry; there are { $count }
}
command-done-before = { $handle } was done on { $day }: { $what }
command-done-several = { $handle } has { $count } open entries, say which:
    { $list }
command-done-done = { $handle } done on { $day }: { $what }{ $left ->
    [0] {""}
    [one] ; 1 entry of the record is still open
   *[other] ; { $left } entries of the record are still open
}

# find
command-find-id = id
command-find-day = day
command-find-kind = record
command-find-who = who
command-find-words = words
command-find-none = nothing found for “{ $words }”
command-find-more = { $count } more

# rm
command-rm-referred = { $what } is still referred to by { $count } records and was not removed:
    { $list }
command-rm-referred-help = change or remove these records first
command-rm-child-help = for a child who leaves: `cuncao leave`; to erase a child on demand: `cuncao forget { $id }`
command-rm-done = removed { $kind } { $what } ({ $path }); `cuncao undo` brings it back

# note
command-note-nothing = the note is empty
command-note-no-way = “{ $found }” is not a mode of contact; a line begins with one: home, phone, talk
command-note-two-ways = a line has one mode of contact, and “{ $found }” is a second
command-note-no-child = which child? The name follows the mode of contact
command-note-not-a-child = there is no child named “{ $found }”
command-note-child-or-words = “{ $found }” is not a child's name; if it belongs to the text, put a colon before it
command-note-helper-or-words = “{ $found }” is a helper: write +{ $found } for somebody who came along; if it belongs to the text, put a colon before it
command-note-day-or-words = “{ $found }” may be the date or text: write @{ $found } for the date; if it belongs to the text, put a colon before it
command-note-no-helper = there is no helper named “{ $found }”
command-note-several = “{ $found }” may be any of these:
    { $list }
command-note-no-class = “{ $found }” is not a class
command-note-not-in-class = the class has no “{ $found }”
command-note-class-alone = a child's name must follow “{ $found }”
command-note-no-words = the text of the note is missing
command-note-future = { $found } is in the future
command-note-two-days = there are two dates, “{ $found }” is the second
command-note-two-lengths = there are two durations, “{ $found }” is the second
command-note-two-times = there are two times of day, “{ $found }” is the second
command-note-met = , met: { $met }
command-note-no-due = the follow-up “{ $found }” has no date; write !{ $found }@12-1
command-note-no-what = the follow-up has no text (@{ $found })
command-note-due-past = the follow-up “{ $found }” is due on { $day }, before the contact
command-note-line = line { $number }: { $words }
command-note-refused = { $count } lines cannot be parsed, nothing was written:
    { $list }
command-note-none-of-them = none of them
command-note-minutes = { $minutes } min
command-note-topics = , about: { $topics }
command-note-follow-up = , follow-up: { $what } { $day }

command-list-none = there are no such records

# without a command
command-overview-due = { $day }: { $count } items due within two weeks, { $overdue } of them overdue
command-overview-nowhere = there is no records directory here; create one: cuncao init DIR
command-overview-record = record
command-overview-look = look
command-overview-hand-in = hand in
command-overview-keep = keep
command-overview-help = usage and examples: cuncao help COMMAND

# the system
command-system-not-found = no such file or folder
command-system-denied = permission denied
command-system-exists = it already exists
command-system-folder = it is a folder
command-system-no-folder = a part of the path is not a folder
command-system-read-only = the disk cannot be written
command-system-full = the disk is full

command-pick-help = type a name, pinyin or initials; ↑↓ to choose, enter to select
command-me-question = Who are you? (the default author of new records)
command-me-later = (ask me later)
command-me-kept = saved: you are { $name } (git config cuncao.me)
command-me-not-kept = this is not a git repository, so it cannot be saved; set CUNCAO_ME={ $name }
command-comma-of-parts = { ", " }

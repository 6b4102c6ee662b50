# The catalogue's part `rule`.
rule-not-utf8 = not UTF-8 from line { $line } on (it looks like { $guess })
rule-not-utf8-help = save the file as UTF-8 in your editor
rule-toml-syntax = not TOML: { $fault }
rule-toml-syntax-help = texts stand in double quotes, dates in none, each field on its own line
rule-conflict-marker = a conflict that git left is still in the file
rule-conflict-marker-help = keep what is right and delete the lines <<<<<<<, ======= and >>>>>>>
rule-more-faults = and { $count } more from here on in this file
rule-more-faults-help = mend those above first, then check again
rule-too-large = the file is larger than { $mib } MiB
rule-too-large-help = one record is one file; keep photos and attachments elsewhere
rule-unreadable = cannot be read: { $fault }
rule-unreadable-help = check the file's permissions and the disk
rule-unreadable-no-file = this is no file, so it cannot be read
rule-unreadable-no-file-help = a record is a file: move this elsewhere, or give it another name
rule-unreadable-no-folder = this should be a folder of records, and is none
rule-unreadable-no-folder-help = move it elsewhere: the records need the folder
rule-bom-or-crlf-bom = the file begins with a byte order mark
rule-bom-or-crlf-crlf = lines end in CRLF
rule-not-nfc = text is not in Unicode normal form C: it looks the same and is not found
rule-bad-file-name = the file's name is not the id of a record ({ $kind })
rule-bad-file-name-help = it should look like { $pattern }; cuncao add gives new records an id
rule-bad-file-name-day = the day in the file's name is not that of { $field } = { $day }
rule-bad-file-name-day-help = correct the day, or rename the file and move it to its month's folder
rule-symlink = a symbolic link, which is not followed
rule-symlink-help = put the file itself there
rule-name-in-path = a child's name is in the name of a file
rule-wrong-folder = belongs in { $folder }
rule-stray-file = not a record's file
rule-stray-file-special = neither a file nor a folder of records; it is not read
rule-stray-file-help = move it elsewhere, or give it a name that begins with a dot
rule-missing-field = { $field } is missing
rule-missing-field-help = add a line: { $line }
rule-unknown-field = there is no field { $field }
rule-unknown-field-nearest = did you mean { $nearest }?
rule-unknown-field-help = the fields are: { $known }
rule-wrong-type = { $field } should be { $expected ->
    [number] a whole number
    [truth] true or false
    [date] a date
    [date-time] a date and time
    [time] a time of day
    [bounds] a whole number, or [least, most]
    [list] a list
    [table] a table
    [tables] [[tables]]
    [goal] a whole number or a share
   *[text] a text
}, this is { $found ->
    [string] a text
    [integer] a whole number
    [float] a number with a decimal point
    [boolean] true or false
    [datetime] a date or time
    [array] a list
   *[table] a table
}
rule-wrong-type-help = write: { $line }
rule-wrong-type-quoted = take the quotes off: { $literal }
rule-wrong-type-other = cannot be understood: { $fault }
rule-unknown-value = { $field } cannot be “{ $found }”
rule-unknown-value-nearest = did you mean { $nearest }?
rule-unknown-value-help = the values are: { $known }
rule-unknown-value-example = for example { $example }
rule-bad-amount = { $field }: “{ $found }” is no amount
rule-bad-amount-help = in yuan, in quotes, with two decimals at most: "300.00"
rule-control-character = { $field } holds the control character { $character }, which nobody sees
rule-control-character-help = delete it and type the text anew
rule-unknown-reference-malformed = { $field }: “{ $found }” is not the id of a { $kind }
rule-unknown-reference-help = cuncao list { $kind } shows the ids
rule-bad-id-number = an identity number is seventeen digits and a digit or X
rule-bad-id-number-birth = digits 7 to 14 of the identity number are no day
rule-bad-id-number-check = the identity number's check character is wrong: a digit may be miscopied
rule-bad-phone = “{ $found }” does not look like a phone number
rule-unknown-child = there is no child { $id }
rule-unknown-helper = there is no helper { $id }
rule-unknown-aid = there is no record { $id }
rule-unknown-file = there is no file { $path }
rule-unknown-file-outside = { $path } is outside the records directory
rule-before-birth = { $day } is before the day of birth, { $birth }
rule-after-leaving = { $day } is after { $child } left on { $left }
rule-end-before-start = { $field } ({ $end }) is before { $other } ({ $start })
rule-duplicate-child = may be the same child as { $other }
rule-overlapping-pairing = the same child, helper and role as { $other } at the same time
rule-overlapping-terms = overlaps with term { $other }
rule-attendance-too-small = { $attended } children attended, but { $named } are named
rule-fund-overdrawn = the fund had only { $balance } yuan
rule-unreported-harm = abuse, neglect and self-harm must be reported, and reported_to is empty
rule-unreported-harm-help = report it at once to police, civil affairs and education, and note them in reported_to (Law on the Protection of Minors, art. 11)
rule-future-date = { $day } has not come yet
rule-unsorted-entries = { $list } is not in order: { $day } comes after { $before }
rule-id-number-mismatch-birth = the day of birth in the identity number is not birth_date
rule-id-number-mismatch-gender = the gender in the identity number is not gender
rule-lent-more-than-held = { $lent } are lent, the school has { $held }
rule-id-number-in-clear = the identity number is not encrypted
rule-id-number-in-clear-help = leave it out, or name the people who may read it under [seal] in cuncao.toml and run `cuncao seal`
rule-no-consent = by what right the file is kept (consent) is not said
rule-no-consent-help = add [consent] with basis and date
rule-helper-unchecked = there is no day of a check against offences (checked)
rule-helper-unchecked-since = the last check against offences was on { $day }, more than a year ago
rule-guardianship-missing = there is no guardianship, so whether the child is left-behind is not known
rule-unattended-child = aged { $age }, living alone with nobody to look after it
rule-unattended-child-young = aged { $age }, with nobody to look after it
rule-unattended-child-help = a child under eight may not be left unattended, one under sixteen may not live alone (Law on the Protection of Minors, art. 21): see that the parents entrust somebody, and report it where they do not
rule-file-incomplete = the file lacks: { $words }
rule-file-incomplete-help = cuncao edit { $id } opens it ({ $fields })
rule-caseload-exceeded = { $children } children as { $role }, the school allows { $most }
rule-recorded-late = recorded after { $days } days, the school allows { $within }
rule-reported-late = reported after { $minutes } minutes, the school allows { $within }
rule-reported-late-never = when it was reported is not said; the school allows { $within } minutes
rule-duty-missed = { $title }: missed { $missed } of { $owed }
rule-duty-missed-help = cuncao explain duty.{ $id } --missing shows which
rule-follow-up-overdue = was due on { $due }, { $days } days ago, and is not done
rule-related = does not agree with this
rule-not-utf8-reason = Records are UTF-8 text; any other encoding reads as gibberish.
rule-toml-syntax-reason = What cannot be understood is counted nowhere.
rule-conflict-marker-reason = A merge was not finished: both versions are in the file.
rule-too-large-reason = No record is that large; it is most likely another file.
rule-unreadable-reason = A file that cannot be read is counted nowhere.
rule-bom-or-crlf-reason = With LF and no byte order mark, a merge between two computers does not touch every line.
rule-not-nfc-reason = Two spellings of one character are two different texts to a search.
rule-bad-file-name-reason = A file's name is its id and its day; by another name no record can refer to it.
rule-symlink-reason = A link may lead out of the directory, and git does not bring its target to another computer.
rule-name-in-path-reason = Names of files end up in logs, backups and clouds, where no child's name belongs.
rule-wrong-folder-reason = Folders by month are what makes looking at one term quick.
rule-stray-file-reason = What is no record is not counted, and here it looks as if it were.
rule-missing-field-reason = Without these fields a record cannot be counted.
rule-unknown-field-reason = A field with a wrong name is as good as not written.
rule-wrong-type-reason = Days, numbers and lists have their own forms; others cannot be compared or added.
rule-unknown-value-reason = Only fixed words can be counted by group.
rule-bad-id-number-reason = The number breaks GB 11643, so it cannot be right.
rule-bad-amount-reason = Amounts in decimal text add up to the last fen.
rule-control-character-reason = Characters that nobody sees upset terminals and reports.
rule-bad-phone-reason = In an emergency it must be possible to call.
rule-unknown-child-reason = A record about a child who does not exist is about nobody.
rule-unknown-helper-reason = What an unknown helper did counts for nobody.
rule-unknown-aid-reason = Money spent must be traceable to the aid that it paid for.
rule-unknown-file-reason = Attachments must be with the records, or they are lost at a handover.
rule-before-birth-reason = There is nothing to record before birth: one of the days is wrong.
rule-after-leaving-reason = A child who left no longer counts: the day or the leaving is wrong.
rule-end-before-start-reason = Nothing ends before it begins.
rule-duplicate-child-reason = Two files of one child count it and its visits twice.
rule-overlapping-pairing-reason = A pairing that is there twice owes everything twice.
rule-overlapping-terms-reason = With overlapping terms one day counts in two.
rule-attendance-too-small-reason = Those who are named were there, so no fewer can have been.
rule-fund-overdrawn-reason = Money that was not there cannot be spent: an income is missing.
rule-unreported-harm-reason = The law wants harm to a child reported at once.
rule-future-date-reason = What has not happened should not be recorded as if it had.
rule-unsorted-entries-reason = In the order of time nobody mistakes the past for the present.
rule-id-number-mismatch-reason = Either the number or the file is miscopied.
rule-lent-more-than-held-reason = No more can be lent than there is: a return may not have been noted.
rule-id-number-in-clear-reason = Identity numbers are sensitive, and directories are copied and backed up.
rule-no-consent-reason = Keeping data of a child under fourteen needs a statutory duty or a guardian's consent (Personal Information Protection Law, art. 31).
rule-helper-unchecked-reason = Those who work with children are checked against offences every year (Law on the Protection of Minors, art. 62).
rule-guardianship-missing-reason = Without it nobody knows whether the child is left-behind, or whom to call.
rule-unattended-child-reason = Such a child needs somebody today.
rule-file-incomplete-reason = A file needs its day, the class, and phones of guardian and parents, to find somebody when it matters.
rule-caseload-exceeded-reason = With too many children, visits become a formality.
rule-recorded-late-reason = What is written down late is neither exact nor believed.
rule-reported-late-reason = Help comes in time only when the report does (the five-minute rule).
rule-duty-missed-reason = What the school set itself and did not do should be seen.
rule-follow-up-overdue-reason = What was promised was not done in time.
rule-level-error = error
rule-level-warning = warning
rule-level-note = note
rule-level-help = help

rule-unsealed = confidential text stands in clear
rule-unsealed-help = run `cuncao seal`
rule-unsealed-reason = The school seals what is confidential: text in clear is read by everybody who has the files.
rule-bad-recipient = `{ $found }` is no public key
rule-bad-recipient-reason = With a wrong key nothing can be sealed.

# The catalogue's part `audit`: the items of the self-check on children's data, and what each may come to.

audit-necessary = All that is recorded is needed to care for the children
audit-necessary-met = No child's file is held
audit-necessary-judge = { $count } kinds of data are recorded (see part 1); ask of each whether the school could do without it

audit-numbers-in-text = No identity number stands in free text
audit-numbers-in-text-met = None in the texts of { $of } records
audit-numbers-in-text-not-met = { $count ->
    [one] 1 record holds
   *[other] { $count } records hold
} an identity number in its text, where it is never sealed

audit-unread = Every record can be read
audit-unread-met = All { $of } were looked at
audit-unread-not-met = { $count ->
    [one] 1 file
   *[other] { $count } files
} could not be read and were not looked at; run cuncao validate first

audit-consent = Every file says by what right it is kept
audit-consent-met = All { $of } do (consent)
audit-consent-not-met = { $count } of { $of } files do not (consent)

audit-consent-by = Files kept by consent say who consented
audit-consent-by-met = None lacks the name
audit-consent-by-not-met = { $count ->
    [one] 1 file is
   *[other] { $count } files are
} kept by consent without the guardian's name (consent.by)

audit-consent-scope = Consent covers the keeping of the file
audit-consent-scope-met = None lacks it
audit-consent-scope-not-met = { $count ->
    [one] 1 file is
   *[other] { $count } files are
} kept by consent that does not cover records (consent.scope)

audit-consent-date = The days of consent can be true
audit-consent-date-met = None is before birth or after today
audit-consent-date-not-met = { $count ->
    [one] 1 is
   *[other] { $count } are
} before birth or after today

audit-emergency = Files opened in an emergency have a lasting basis by now
audit-emergency-met = None rests on an emergency more than 30 days old
audit-emergency-not-met = { $count ->
    [one] 1 file rests
   *[other] { $count } files rest
} on an emergency more than 30 days old

audit-photos = Guardians agreed to pictures
audit-photos-met = { $of ->
    [0] No activity has pictures
    [one] 1 activity has pictures; its children all have consent
   *[other] { $of } activities have pictures; their children all have consent
}
audit-photos-not-met = In { $count } of { $of } activities with pictures some child has no consent (photos is not in consent.scope)

audit-publicity = Guardians agreed to publicity
audit-publicity-met = { $of ->
    [0] No activity was published
    [one] 1 activity was published; the children listed all have consent
   *[other] { $of } activities were published; the children listed all have consent
}
audit-publicity-not-met = In { $count } of { $of } published activities some child listed has no consent (publicity is not in consent.scope)

audit-sponsors = Sponsors were told of children with separate consent only
audit-sponsors-met = { $of ->
    [0] There were no gifts of companies, charities or persons
    [one] 1 gift from outside, with consent
   *[other] { $of } gifts from outside, none without consent
}
audit-sponsors-judge = In { $count } of { $of } gifts from outside some child has no such consent (sponsor is not in consent.scope); whoever handled them has to say whether names or pictures were given

audit-referrals = Referrals gave no more than was needed
audit-referrals-met = There is no referral
audit-referrals-judge = { $count ->
    [one] 1 record holds
   *[other] { $count } records hold
} a referral; whoever sent it has to say what was given and by what right

audit-notice = Guardians were told of purpose, kinds, period and rights
audit-notice-met = { $count ->
    [one] 1 notice is
   *[other] { $count } notices are
} on record
audit-notice-judge = No notice is on record; somebody has to say how the guardians of { $count } children were told

audit-log = It is kept who changed what
audit-log-met = The directory is in a git repository: every commit has an author and a day
audit-log-not-met = The directory is in no git repository: nothing tells who changed what

audit-readers = Whoever read files was allowed to and is on a list
audit-readers-met = There are no records
audit-readers-judge = Who read or copied a file leaves no trace that this tool could see; compare with the list of those allowed

audit-writers = Whoever wrote records is a helper today
audit-writers-met = { $of ->
    [one] The 1 author of commits is
   *[other] All { $of } authors of commits are
} among today's helpers
audit-writers-judge = { $of ->
    [0] There are no commits: somebody has to say who wrote
   *[other] { $count } of { $of } authors of commits have the name of no helper of today; who are they, and should they still write (git shortlog -sn shows them)
}

audit-recipients = Those who can open what is sealed are those allowed to
audit-recipients-judge = { $count ->
    [0] Nobody is named to whom it is sealed ([seal]): whoever has the files reads everything
    [one] 1 public key opens confidential text; check whose it is; take out those who left and run cuncao seal --again
   *[other] { $count } public keys open confidential text; check whose each is; take out those who left and run cuncao seal --again
}

audit-leavers = No helper who left still has pairings
audit-leavers-met = { $of ->
    [0] No pairing is running
   *[other] None of { $of } running pairings
}
audit-leavers-not-met = In { $count } of { $of } running pairings the helper has left

audit-permissions = Only their owner can read the files
audit-permissions-met = Other users of the machine cannot
audit-permissions-not-met = { $count ->
    [one] 1 file
   *[other] { $count } files
} can be read by other users of the machine; cuncao doctor says how to mend it
audit-permissions-judge = This system does not say who can; somebody has to look

audit-id-numbers = Identity numbers are sealed
audit-id-numbers-met = { $of ->
    [0] No file holds one
   *[other] In all { $of } files that hold some
}
audit-id-numbers-not-met = In { $count } of { $of } files that hold some they stand in clear

audit-confidential = Confidential text is sealed
audit-confidential-met = { $of ->
    [0] No record holds any
   *[other] In all { $of } records that hold some
}
audit-confidential-not-met = In { $count } of { $of } records that hold some it stands in clear

audit-history = History holds no identity number or confidential text in clear
audit-history-judge = Not checked: the directory is in no repository, or only a part of history is there; where there was one, or a backup or another clone, somebody has to look
audit-history-met = None was found in the history of the repository
audit-history-not-met = { $count ->
    [one] An older state of 1 record stands
   *[other] Older states of { $count } records stand
} in clear for whoever has the repository; cuncao seal says how to purge it

audit-in-clear = What is never sealed is protected otherwise
audit-in-clear-met = There are no phones, addresses or notes on health
audit-in-clear-judge = Phones, addresses and notes on health stand in clear in { $count } places (this tool does not seal them); check that computers, sticks and backups are encrypted and locked

audit-hook = Each commit is checked first
audit-hook-met = The check is installed (init --hook)
audit-hook-not-met = No check is installed: run cuncao init --hook
audit-hook-judge = The directory is in no repository: there is no commit to check

audit-settings = Settings do not weaken protection
audit-settings-met = Reports name nobody, and no group is smaller than 3
audit-settings-not-met = Settings weaken it: { $places }

audit-silenced = No check on people's data is silenced
audit-silenced-met = None is
audit-silenced-not-met = Silenced: { $places }

audit-remotes = The repository goes to no place that is public or unknown
audit-remotes-judge = Not checked: the directory is in no repository; somebody has to say who was given a copy
audit-remotes-met = { $of ->
    [0] There is no remote
    [one] 1 remote: on this machine, in a private network, or confirmed as the school's
   *[other] { $of } remotes: on this machine, in a private network, or confirmed as the school's
}
audit-remotes-not-met = Not confirmed as the school's: { $places }; confirm with git config --add cuncao.remote URL, or remove it

audit-cloud = The directory is in no folder that is synchronised to a cloud
audit-cloud-met = It is not
audit-cloud-not-met = It is in “{ $places }”, which is copied to the provider by itself

audit-keys = No key lies in the directory
audit-keys-met = None was found
audit-keys-not-met = { $count ->
    [one] 1 key lies
   *[other] { $count } keys lie
} beside the records: { $places }; move it elsewhere

audit-copies = No reports, exports or pictures lie about in the directory
audit-copies-met = None was found
audit-copies-not-met = { $count ->
    [one] 1 file that no record names
   *[other] { $count } files that no record names
}: { $places }; delete what is no longer needed

audit-backups = No older copies of editors or people lie in the directory
audit-backups-met = None was found
audit-backups-not-met = { $count ->
    [one] 1 file
   *[other] { $count } files
}: { $places }; delete them

audit-tracked = The repository holds no reports, exports or keys
audit-tracked-judge = Not checked: the directory is in no repository
audit-tracked-met = None was found
audit-tracked-not-met = It holds { $count }: { $places }; after git rm --cached history still does

audit-ignored = Reports and exports cannot be committed by mistake
audit-ignored-judge = Not checked: the directory is in no repository
audit-ignored-met = .gitignore keeps all of them out
audit-ignored-not-met = .gitignore lets in { $count } sorts: { $places }

audit-names-in-paths = No name of a file or note of a commit holds a child's name
audit-names-in-paths-met = None was found
audit-names-in-paths-not-met = { $count ->
    [one] 1 file name does
   *[other] { $count } file names do
}: { $places }

audit-erased = Files that were deleted are gone from history too
audit-erased-judge = Not checked: the directory is in no repository, or only a part of history is there; somebody has to look whether backups and other copies still hold files that were deleted
audit-erased-met = History holds no child's file that the directory does not
audit-erased-not-met = { $count ->
    [one] 1 deleted child's file stands
   *[other] { $count } deleted children's files stand
} in the history of the repository

audit-undo = What undo keeps has been cleared
audit-undo-met = There is nothing
audit-undo-judge = What was before { $count ->
    [one] 1 change is
   *[other] { $count } changes is
} still kept (30 days at most); look with cuncao undo --list whether some of it had to go

audit-rules = There are rules of its own for children's data
audit-rules-met = { $count ->
    [one] 1 is
   *[other] { $count } are
} in force
audit-rules-not-met = None in force is on record (a document, kind = "rule", whose title says personal information)

audit-impact = An impact assessment was made within three years
audit-impact-met = { $count } on record
audit-impact-not-met = None was recorded within three years

audit-audit = A compliance audit or self-check was made within a year
audit-audit-met = { $count } on record
audit-audit-not-met = None was recorded within a year; record this one as a document when it is done

audit-plan = There is a plan for leaks of personal data
audit-plan-met = { $count } on record
audit-plan-not-met = None in force is on record

audit-breach = Nothing leaked, or it was mended, reported and guardians told
audit-breach-judge = No record tells: whoever is responsible has to say whether anything was lost, sent to the wrong people or stolen this year

audit-retention-set = It is set how long files are kept
audit-retention-set-met = { $count ->
    [one] 1 year
   *[other] { $count } years
} after a child left (policy.retention_years)
audit-retention-set-not-met = It is not (policy.retention_years in cuncao.toml)

audit-retention = Files past that time have been deleted
audit-retention-met = { $of ->
    [0] No child who left has a file
   *[other] All { $of } files of children who left are within it
}
audit-retention-not-met = { $count } of { $of } files of children who left are past it; run cuncao forget
audit-retention-judge = { $of ->
    [one] 1 file of a child who left is
   *[other] { $of } files of children who left are
} held, and no time is set: somebody has to judge

audit-requests = Somebody answers guardians who want to see, correct or delete data
audit-requests-met = No child's file is held
audit-requests-judge = Whoever is responsible has to say who does, and how often it was asked this year; see with cuncao report child, correct with cuncao edit, delete with cuncao forget

audit-helpers = Those who work with children were checked against offences within a year
audit-helpers-met = { $of ->
    [0] Nobody works with children
   *[other] All { $of } were
}
audit-helpers-not-met = { $count } of { $of } were not, or more than a year ago

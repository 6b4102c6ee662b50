# The catalogue's part `audit`: the items of the self-check on children's data, and what each may come to.

audit-necessary = All recorded data is necessary for the care of the children
audit-necessary-met = There are no children's files
audit-necessary-judge = { $count } kinds of data are recorded (see part 1); ask of each whether the school could do without it

audit-numbers-in-text = No identity number stands in free text
audit-numbers-in-text-met = { $of ->
    [one] None in the text of 1 record
   *[other] None in the texts of { $of } records
}
audit-numbers-in-text-not-met = { $count ->
    [one] 1 record or other text holds
   *[other] { $count } records or other texts hold
} an identity number where it is never sealed

audit-unread = Every record can be read
audit-unread-met = { $of ->
    [one] The only one was checked
   *[other] All { $of } were checked
}
audit-unread-not-met = { $count ->
    [one] 1 file
   *[other] { $count } files
} could not be read and were not checked; run cuncao validate first

audit-consent = Every file states the legal basis for keeping it
audit-consent-met = { $of ->
    [0] No child's file is held
    [one] The only file does (consent)
   *[other] All { $of } do (consent)
}
audit-consent-not-met = Not stated in { $count } of { $of } files (consent)

audit-consent-by = Files kept by consent say who consented
audit-consent-by-met = None lacks the name
audit-consent-by-not-met = { $count ->
    [one] 1 file is
   *[other] { $count } files are
} kept by consent without the guardian's name, or with the child's own (consent.by)

audit-consent-scope = Consent covers the keeping of the file
audit-consent-scope-met = None lacks it
audit-consent-scope-not-met = { $count ->
    [one] 1 file is
   *[other] { $count } files are
} kept by consent that does not cover records (consent.scope)

audit-consent-date = The dates of consent are plausible
audit-consent-date-met = None is before birth or after today
audit-consent-date-not-met = { $count ->
    [one] 1 is
   *[other] { $count } are
} before birth or after today

audit-emergency = Files opened in an emergency now have a lasting legal basis
audit-emergency-met = None is based on an emergency more than 30 days ago
audit-emergency-not-met = { $count ->
    [one] 1 file is based
   *[other] { $count } files are based
} on an emergency more than 30 days ago

audit-photos = Guardians consented to pictures
audit-photos-met = { $of ->
    [0] No activity has pictures
    [one] 1 activity has pictures; its children all have consent
   *[other] { $of } activities have pictures; their children all have consent
}
audit-photos-not-met = In { $count } of { $of } activities with pictures some child has no consent (photos is not in consent.scope)

audit-publicity = Guardians consented to publicity
audit-publicity-met = { $of ->
    [0] No activity was published
    [one] 1 activity was published; the children listed all have consent
   *[other] { $of } activities were published; the children listed all have consent
}
audit-publicity-not-met = In { $count } of { $of } published activities some child listed has no consent (publicity is not in consent.scope)

audit-sponsors = Sponsors were given data of children with separate consent only
audit-sponsors-met = { $of ->
    [0] There were no gifts of companies, charities or persons
    [one] 1 gift from outside, with consent
   *[other] { $of } gifts from outside, none without consent
}
audit-sponsors-judge = In { $count } of { $of } gifts from outside some child has no such consent (sponsor is not in consent.scope); ask those who handled them whether names or pictures were given

audit-referrals = Referrals contained no more data than necessary
audit-referrals-met = There are no referrals
audit-referrals-judge = { $count ->
    [one] 1 record holds
   *[other] { $count } records hold
} a referral; ask the sender which data was given and on which legal basis

audit-notice = Guardians were informed of purpose, kinds of data, period and rights
audit-notice-met = { $count ->
    [one] 1 notice is
   *[other] { $count } notices are
} on record
audit-notice-judge = No notice is on record; state how the guardians of { $count } children were informed

audit-log = Changes are recorded with their authors
audit-log-met = The directory is in a git repository: every commit has an author and a date
audit-log-not-met = The directory is not in a git repository: nothing records who changed what

audit-readers = Everyone who read files was authorised and is on a list
audit-readers-met = There are no records
audit-readers-judge = This tool cannot tell who read or copied files; check the list of authorised persons

audit-writers = All authors of records are current helpers
audit-writers-met = { $of ->
    [one] The 1 author of commits is
   *[other] All { $of } authors of commits are
} among the current helpers
audit-writers-judge = { $of ->
    [0] There are no commits: state who wrote the records
   *[other] { $count } of { $of } authors of commits are not current helpers by name; check who they are and whether they should still have access (git shortlog -sn lists them)
}

audit-recipients = Only authorised persons can open sealed fields
audit-recipients-judge = { $count ->
    [0] No recipients are set ([seal]): anyone who has the files can read everything
    [one] 1 public key opens confidential text; check whose it is; remove those who left and run cuncao seal --again
   *[other] { $count } public keys open confidential text; check whose each is; remove those who left and run cuncao seal --again
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
} can be read by other users of the machine; cuncao doctor says how to fix it
audit-permissions-judge = This system does not tell; check it by hand

audit-id-numbers = Identity numbers are sealed
audit-id-numbers-met = { $of ->
    [0] No file holds one
   *[other] In all { $of } files that hold some
}
audit-id-numbers-not-met = They are in clear in { $count } of the { $of } files that hold some

audit-confidential = Confidential text is sealed
audit-confidential-met = { $of ->
    [0] No record holds any
   *[other] In all { $of } records that hold some
}
audit-confidential-not-met = It is in clear in { $count } of the { $of } records that hold some

audit-history = History holds no identity number or confidential text in clear
audit-history-judge = Not checked: the directory is not in a repository, or only a part of history is there; check earlier repositories, backups and other clones by hand
audit-history-met = None was found in the history of the repository
audit-history-not-met = { $count ->
    [one] An older version of 1 record or text is
   *[other] Older versions of { $count } records or texts are
} in clear for anyone who has the repository; cuncao seal says how to purge it

audit-in-clear = Data that is never sealed is protected by other means
audit-in-clear-met = There are no phone numbers, addresses or notes on health
audit-in-clear-judge = Phone numbers, addresses and notes on health are in clear in { $count } places (this tool does not seal them); check that computers, USB sticks and backups are encrypted and locked

audit-hook = Commits are checked before they are made
audit-hook-met = The check is installed (init --hook)
audit-hook-not-met = No check is installed: run cuncao init --hook
audit-hook-judge = The directory is not in a repository: there is no commit to check

audit-settings = Settings do not weaken protection
audit-settings-met = Reports show no names, and no group is smaller than 3
audit-settings-not-met = Settings weaken it: { $places }

audit-silenced = No check on personal data is turned off
audit-silenced-met = None is
audit-silenced-not-met = Turned off: { $places }

audit-remotes = The repository has no public or unknown remotes
audit-remotes-judge = Not checked: the directory is not in a repository; state who was given a copy
audit-remotes-met = { $of ->
    [0] There is no remote
    [one] 1 remote: on this machine, in a private network, or confirmed as the school's
   *[other] { $of } remotes: on this machine, in a private network, or confirmed as the school's
}
audit-remotes-not-met = Not confirmed as the school's: { $places }; confirm with git config --add cuncao.remote URL, or remove it

audit-cloud = The directory is not synchronised to a cloud service
audit-cloud-met = It is not
audit-cloud-not-met = It is in “{ $places }”, which is synchronised to the provider automatically

audit-keys = There are no keys in the directory
audit-keys-met = None was found
audit-keys-not-met = { $count ->
    [one] 1 key is
   *[other] { $count } keys are
} among the records: { $places }; move it elsewhere

audit-copies = There are no reports, exports or pictures left in the directory
audit-copies-met = None was found
audit-copies-not-met = { $count ->
    [one] 1 file that no record names
   *[other] { $count } files that no record names
}: { $places }; delete what is no longer needed

audit-backups = There are no backup copies in the directory
audit-backups-met = None was found
audit-backups-not-met = { $count ->
    [one] 1 file
   *[other] { $count } files
}: { $places }; delete them

audit-tracked = The repository holds no reports, exports or keys
audit-tracked-judge = Not checked: the directory is not in a repository
audit-tracked-met = None was found
audit-tracked-not-met = It holds or held { $count }: { $places }; even after git rm --cached they are in history until git filter-repo removes them

audit-ignored = Reports and exports cannot be committed by mistake
audit-ignored-judge = Not checked: the directory is not in a repository
audit-ignored-met = .gitignore keeps all of them out
audit-ignored-not-met = .gitignore does not cover { $count } kinds: { $places }

audit-names-in-paths = No file name, commit message, tag or note contains the name of a child, a phone or an identity number
audit-names-in-paths-met = None was found
audit-names-in-paths-not-met = { $count ->
    [one] 1 file name or message does
   *[other] { $count } file names or messages do
}: { $places }

audit-erased = Deleted files have also been removed from history
audit-erased-judge = Not checked: the directory is not in a repository, or only a part of history is there; check by hand whether backups and other copies still hold deleted files
audit-erased-met = History holds no child's file that is not in the directory
audit-erased-not-met = { $count ->
    [one] 1 deleted child's file is
   *[other] { $count } deleted children's files are
} still in the history of the repository

audit-undo = The undo log has been cleared
audit-undo-met = It is empty
audit-undo-judge = The state before { $count ->
    [one] 1 change is
   *[other] { $count } changes is
} still kept (30 days at most); check with cuncao undo --list whether any of it should have been erased

audit-rules = There are special rules for children's personal data
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

audit-breach = No data leaked, or the leak was stopped and reported and guardians were informed
audit-breach-judge = The records do not tell: the person responsible has to state whether data was lost, sent to the wrong people or stolen this year

audit-retention-set = The retention period of files is set
audit-retention-set-met = { $count ->
    [one] 1 year
   *[other] { $count } years
} after a child left (policy.retention_years)
audit-retention-set-not-met = It is not (policy.retention_years in cuncao.toml)

audit-retention = Files past the retention period have been deleted
audit-retention-met = { $of ->
    [0] No child who left has a file
   *[other] All { $of } files of children who left are within the period
}
audit-retention-not-met = { $count } of { $of } files of children who left are past it; run cuncao forget
audit-retention-judge = { $of ->
    [one] 1 file of a child who left is
   *[other] { $of } files of children who left are
} kept, and no period is set: decide which to delete

audit-requests = Somebody handles requests of guardians to see, correct or delete data
audit-requests-met = There are no children's files
audit-requests-judge = State who does, and how many requests there were this year; to see: cuncao report child, to correct: cuncao edit, to delete: cuncao forget

audit-helpers = The criminal records of those who work with children were checked within a year
audit-helpers-met = { $of ->
    [0] Nobody works with children
   *[other] All { $of } were
}
audit-helpers-not-met = { $count } of { $of } were not, or more than a year ago

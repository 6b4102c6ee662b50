# The catalogue's part `due`.

due-birthday = turns { $age }
due-birthday-lunar = turns { $age } (lunar birthday)
due-caseload = { $role }: { $children } children; the school allows { $most }
due-left = left on { $day }
due-missing = { $periods ->
    [1] { $missing } { $what } short
   *[other] { $missing } { $what } short in { $periods } periods
}
due-last-contact = last seen { $day }
due-no-contact = not seen since { $day }
due-never-contacted = no contact yet
due-left-behind-since = left-behind since { $day }, no contact since then
due-gap = { $days ->
    [one] { $days } day
   *[other] { $days } days
 } without contact ({ $bound } at most)
due-gap-short = { $days ->
    [one] { $days } day
   *[other] { $days } days
 } of { $bound }
due-risk = { $risk } risk
due-why-duty = { $times } × bound (“{ $title }”)
due-why-policy = { $times } × bound (policy)
due-why =
    The order: first children without contact for too long, by days passed ÷ bound, then by risk.
    The bound is the shortest interval of the duties of visits in force for the child, or else
    contact_within_days ({ $bound } days). In the other groups the most overdue come first;
    duties are grouped by what is to be done, then by helper or class.
due-total = { $count } in all, none overdue.
due-total-overdue = { $count } in all, { $overdue } overdue: { $groups }.
due-separator = {"; "}
due-comma = {", "}
due-since = discovered { $day }
due-calendar = { $school }: due
due-event = { $title }: { $children }
due-event-overdue = Overdue since { $day }: { $title }
due-calendar-names = The calendar names children; most phones copy their calendars to somebody else's server: import it only where the school allows that.
due-head = Due on { $today }, looking ahead to { $last }
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
due-no-class = “{ $found }” is not a class; write 2022-1
due-column-group = group
due-column-handle = handle
due-column-day = day
due-column-title = what
due-column-children = children
due-column-classes = classes
due-column-helpers = helpers
due-column-note = note

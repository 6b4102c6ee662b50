# The catalogue's part `report`.

# What renderers add to every document.
report-untitled = Untitled
report-comma = {", "}
report-semicolon = {"; "}
report-card-row = { $label }: { $value }
report-chart-caption = { $title } ({ $unit })
report-chart-category = Item
report-chart-no-value = none
report-chart-series = { $name }: { $values }
report-chart-data = Data of the chart
report-skip = Skip to the text
report-too-large = The report is larger than { $mib } MiB. Choose a class (--class), or write one file for each child: -o FOLDER
report-search = Search
report-contents = Contents
report-table = Table { $at }
report-sources = Sources
report-sources-intro = Each underlined number in the text was counted from the records listed here; “↩” leads back to the text.
report-source-total = { $count ->
    [one] 1 record
   *[other] { $count } records
}
report-source-rest = { $count ->
    [one] 1 more is not listed here
   *[other] { $count } more are not listed here
}
report-source-back = Back to place { $at } in the text
report-source-of = Sources: { $label }

# Faults of a template's Markdown.
report-fault-block = line { $line }: no fenced block is called “{ $name }”; there are chart, cards, page-break, signature, subtitle, caption and form
report-fault-json = line { $line }: the { $name } block cannot be read: { $why }
report-fault-too-deep = line { $line }: quotes, lists or emphasis are nested deeper than { $most }
report-fault-chart-length = line { $line }: the chart's series “{ $series }” has { $values } values for { $categories } categories

report-written = written to { $path }
report-is-binary = a Word file cannot be shown in a terminal; name a file with -o
report-no-format = there is no format “{ $found }”; there are md, html and docx
report-needs-class = say which class with --class

# Templates.
report-template-no-figure = there is no figure “{ $found }”; cuncao stats --format json lists them
report-template-no-figure-near = there is no figure “{ $found }”; did you mean “{ $near }”?
report-template-no-term = there is no term “{ $found }”
report-template-no-term-near = there is no term “{ $found }”; did you mean “{ $near }”?
report-template-syntax = the template is not well formed (is a {"}}"}, {"%}"}, quote, endif or endfor missing?): { $detail }
report-template-unknown = there is no { $sort } “{ $found }”; see cuncao help templates
report-template-unknown-near = there is no { $sort } “{ $found }”; did you mean “{ $near }”?
report-template-no-dimension = figures cannot be split by “{ $found }”; there are: { $known }
report-template-no-codes = the field { $field } of { $kind } has no fixed choices
report-template-undefined = there is no variable “{ $found }”
report-template-undefined-near = there is no variable “{ $found }”; did you mean “{ $near }”?
report-source-group = { $label }: { $group }
report-source-missing = not among them: { $label }
report-names-people = This paper ({ $report }) names people: keep it safe. Without names: --names none
report-withheld = What { $record } says to parents names another child: it was left out of the letter for { $child }.
report-not-public = This paper ({ $report }) is about one family or for internal use and cannot be public; report term --public can.
report-takes-no-class = This report ({ $report }) is about the whole school: it takes no --class. The summary of a class is: report class --class CLASS
report-takes-no-period = This report ({ $report }) describes the directory as of today: it takes no term and no dates.
report-class-not-public = Not written: in this school numbers by class would reveal data on a few children, so that no summary of a class can be public; report term --public can.
report-takes-no-names = This report ({ $report }) names nobody: it takes no --names.
report-takes-no-compare = This report ({ $report }) compares nothing: it takes no --compare.
report-takes-no-blank = This report ({ $report }) is not a form and cannot be blank; visit, incident, referral and register can.
report-blank-of-somebody = a blank form is nobody's: leave out “{ $found }” or --blank
report-no-campaign = no activity has the id or title “{ $found }”, and no campaign that name

# cuncao fill
report-about-nobody = this report is about the school or a class, not about one person
report-form-over-itself = { $path } is the form itself; write the filled form to another file
report-form-none = { $path } is not a Word (.docx) or Excel (.xlsx) file; save an old .doc or .xls in the new format first.
report-form-too-large = { $path } is too large for a form.
report-form-broken = { $path } cannot be read: { $fault }
report-form-no-markers = { $path } has no markers to fill.
report-form-no-markers-help = markers look like {"{{"} n("children") {"}}"} or {"{{"} child.name {"}}"}; cuncao help templates says what can stand in them
report-form-unknown = { $path } has unknown markers; nothing was filled:
      { $markers }
report-form-empty = without a value, left empty: { $markers }
report-form-filled = { $count ->
    [one] one marker filled
   *[other] { $count } different markers filled
}, written to { $path }
report-mentions = Not written: { $count } places in this public report may identify somebody (words: where they are).
    { $found }
report-mentions-help = change these words in cuncao.toml or the term's record; if they have been reviewed and may be published, add --reviewed

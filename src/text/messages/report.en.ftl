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
report-fault-block = line { $line }: no fenced block is called “{ $name }”; there are chart, cards, page-break, signature, subtitle and caption
report-fault-json = line { $line }: the { $name } block cannot be read: { $why }
report-fault-chart-length = line { $line }: the chart's series “{ $series }” has { $values } values for { $categories } categories

report-written = written to { $path }
report-is-binary = a Word file cannot be shown in a terminal; name a file with -o
report-no-format = there is no format “{ $found }”; there are md, html and docx
report-needs-class = say which class with --class

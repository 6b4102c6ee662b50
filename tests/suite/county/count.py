"""Runs the page of SQL in an engine and prints the figures as lines of JSON: count.py duckdb|spark PAGE."""

import json
import sys

FIGURES = 'SELECT school, term, figure, value, {q}of{q} FROM figure_values'
COUNTY = 'SELECT term, figure, how, value, {q}of{q}, in_share, schools FROM county_values'
GROUPS = 'SELECT school, term, figure, dim, {q}key{q}, value, {q}of{q} FROM group_values'
TYPES = 'SELECT date, time, team.people, school, year FROM visits WHERE year = 2026 ORDER BY id LIMIT 1'


def statements(page):
    lines = [line for line in page.splitlines() if not line.startswith('--')]
    return [part for part in '\n'.join(lines).split(';\n') if part.strip()]


def run(execute, quote):
    page = open(sys.argv[2], encoding='utf-8').read()
    for statement in statements(page + '\n'):
        last = execute(statement)
    print(json.dumps(['page', len(last)]))
    queries = {'figure': FIGURES, 'county': COUNTY, 'group': GROUPS}
    for name, query in queries.items():
        for row in execute(query.format(q=quote)):
            cells = [None if cell is None else cell if isinstance(cell, str) else f'{cell:.2f}' for cell in row]
            print(json.dumps([name, *cells], ensure_ascii=False))
    # A school without visits has no types to see.
    for row in execute(TYPES):
        print(json.dumps(['types', type(row[0]).__name__, type(row[3]).__name__, str(row[4])]))


if sys.argv[1] == 'duckdb':
    import duckdb

    run(lambda text: (lambda done: done.fetchall() if done.description else [])(duckdb.execute(text)), '"')
else:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master('local[2]').config('spark.ui.enabled', 'false')
    spark = builder.config('spark.sql.shuffle.partitions', '4').getOrCreate()
    spark.sparkContext.setLogLevel('ERROR')
    run(lambda text: spark.sql(text).collect(), '`')

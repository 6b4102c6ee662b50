#!/usr/bin/env python3
"""Benchmarks the figures of a county: county.py PROGRAM RECORDS SCHOOLS FOLDER [spark]

Exports the dataset part of the school in the directory RECORDS, copies it SCHOOLS times under other keys, and counts all
of them in DuckDB (and with `spark` in Spark on two cores), which needs the packages `duckdb` and `pyspark`. For comparison
also runs `rollup` over as many hard-linked copies of RECORDS. FOLDER is created and takes some gigabytes.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import time

program, records, schools, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), pathlib.Path(sys.argv[4])
TODAY, TERM = '2026-07-10', os.environ.get('TERM_ID', '2025-2026-2')


def processor():
    """Returns the CPU time so far in seconds, including finished child processes."""
    return sum(os.times()[:4])


def timed(what, work):
    begin, used = time.monotonic(), processor()
    result = work()
    print(f'{what}: {time.monotonic() - begin:.2f} s ({processor() - used:.2f} s CPU)', flush=True)
    return result


def run(*words, **more):
    environment = {**os.environ, 'CUNCAO_TODAY': TODAY, 'CUNCAO_LANG': 'en'}
    return subprocess.run([program, *words], check=True, env=environment, **more)


def size(path):
    return sum(file.stat().st_size for file in path.rglob('*') if file.is_file())


def statements(page):
    lines = [line for line in page.splitlines() if not line.startswith('--')]
    return [part for part in '\n'.join([*lines, '']).split(';\n') if part.strip()]


def count(execute, page):
    """Creates the views, then runs the queries."""
    *views, last = statements(page)
    timed('  views', lambda: [execute(view) for view in views])
    timed('  every figure of every school and term', lambda: execute(last))
    timed('  the county', lambda: execute('SELECT * FROM county_values'))
    one = f"SELECT * FROM group_values WHERE term = '{TERM}' AND dim = 'grade'"
    timed('  one term by grade', lambda: execute(one))
    timed('  all visits', lambda: print(execute('SELECT count(*) FROM visits')))


folder.mkdir(parents=True, exist_ok=True)
one, dataset = folder / 'one', folder / f'dataset-{schools}'
shutil.rmtree(one, ignore_errors=True)
key = ['--key-file', str(folder / 'county.key')]
timed('export of one school', lambda: run('-C', records, 'export', '--partition', *key, '-o', str(one)))
print(f'  {size(one) / 1e6:.1f} MB in {sum(file.is_file() for file in one.rglob("*"))} files, of which evidence '
      f'{size(one / "record=evidence") / 1e6:.1f} MB')
if not dataset.is_dir():
    for table in sorted(one.glob('record=*')):
        (part,) = table.iterdir()
        for school in range(schools):
            shutil.copytree(part, dataset / table.name / f'school=copy{school:05}')
print(f'{schools} schools: {size(dataset) / 1e6:.0f} MB')

import duckdb  # noqa: E402

connection = duckdb.connect(config={'threads': 2})
print('DuckDB, two threads')
page = run('export', '--sql', 'duckdb', '--at', str(dataset), capture_output=True, text=True).stdout
count(lambda text: connection.execute(text).fetchall(), page)
tables = [path.name.removeprefix('record=') for path in dataset.glob('record=*')]
records_of = [t for t in tables if t not in ('evidence', 'figures', 'duty_periods', 'settings', 'policy', 'duties', 'equipment')]
rows = {t: connection.execute(f'SELECT count(*) FROM {t}').fetchone()[0] for t in [*records_of, 'evidence']}
print(f'  {sum(rows[t] for t in records_of)} records, {rows["evidence"]} rows of evidence')

links = folder / f'links-{schools}'
links.mkdir(exist_ok=True)
for school in range(schools):
    link = links / f'{school:05}'
    if not link.exists():
        shutil.copytree(records, link, copy_function=os.link)
timed(f'rollup of {schools} directories', lambda: subprocess.run(
    [program, 'rollup', str(links), '--term', TERM, '--format', 'json'], env={**os.environ, 'CUNCAO_TODAY': TODAY},
    capture_output=True))

if 'spark' in sys.argv[5:]:
    from pyspark.sql import SparkSession

    print('Spark, local[2]')
    builder = SparkSession.builder.master('local[2]').config('spark.ui.enabled', 'false')
    builder = builder.config('spark.sql.shuffle.partitions', '8').config('spark.driver.memory', '3g')
    spark = timed('  start', builder.getOrCreate)
    spark.sparkContext.setLogLevel('ERROR')
    page = run('export', '--sql', 'spark', '--at', str(dataset), capture_output=True, text=True).stdout
    count(lambda text: spark.sql(text).collect(), page)

"""Reads a table of a dataset with the types that its schema.json says, whatever a school uses, by pyarrow:

    import frames
    visits = frames.table('parts/*', 'visits')      # polars.from_arrow(visits) or visits.to_pandas() for others

Run by itself it says the rows and columns of every table: frames.py PLACE
"""

import glob
import json
import os
import re
import sys

import pyarrow
import pyarrow.json

# pyarrow makes no time of day from a text: it stays one.
TYPES = {'string': pyarrow.string(), 'integer': pyarrow.int64(), 'boolean': pyarrow.bool_(),
         'date': pyarrow.date32(), 'timestamp': pyarrow.timestamp('us'), 'time': pyarrow.string()}
# It reads no days from lines of JSON either, but makes them from moments.
READ_AS = {**TYPES, 'date': TYPES['timestamp']}


def of_type(holds, types):
    """The type of a column or of what is inside it."""
    kind = holds['type']
    if kind == 'struct':
        return pyarrow.struct(of_columns(holds['columns'], types))
    if kind == 'list':
        return pyarrow.list_(of_type(holds['of'], types))
    return pyarrow.decimal128(holds['precision'], holds['scale']) if kind == 'decimal' else types[kind]


def of_columns(columns, types):
    return [(column['name'], of_type(column, types)) for column in columns]


def schema(place):
    with open(sorted(glob.glob(f'{place}/schema.json'))[0], encoding='utf-8') as file:
        return {table['name']: table['columns'] for table in json.load(file)['tables']}


def table(place, name):
    """A table of all schools whose parts lie at a place, which may be a pattern."""
    columns = schema(place)[name]
    read, meant = (pyarrow.schema(of_columns(columns, types)) for types in (READ_AS, TYPES))
    whole = meant.append(pyarrow.field('school', pyarrow.string())).append(pyarrow.field('year', pyarrow.int32()))
    options = pyarrow.json.ParseOptions(explicit_schema=read, unexpected_field_behavior='error')
    tables = [whole.empty_table()]
    for path in sorted(glob.glob(f'{place}/record={name}/*/*/*.ndjson')):
        # A school without such records has an empty file.
        if os.path.getsize(path):
            part = pyarrow.json.read_json(path, parse_options=options).cast(meant)
            school, year = re.search(r'school=([^/\\]+)[/\\]year=(\d+)', path).groups()
            for field, value in zip(list(whole)[-2:], (school, int(year))):
                part = part.append_column(field, pyarrow.repeat(pyarrow.scalar(value, field.type), len(part)))
            tables.append(part)
    return pyarrow.concat_tables(tables)


if __name__ == '__main__':
    for name in schema(sys.argv[1]):
        found = table(sys.argv[1], name)
        print(name, found.num_rows, ', '.join(f'{field.name}: {field.type}' for field in found.schema), sep='\t')

#!/bin/sh
# Fetches the parts of all schools, for cron: collect.sh PARTS, a folder that holds a clone of each school's part.
# A school that cannot be fetched keeps its part of before and is named.
for part in "$1"/*/; do
    git -C "$part" pull -q --ff-only || echo "not fetched: $part" >&2
done

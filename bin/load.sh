#!/usr/bin/env bash
# Bring the database up to date and load what a new installation starts with. It may run again: what is there already stays as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\342\200\242 %s\n' "$*" >&2; }

say 'Bringing the database up to date'
python manage.py migrate --verbosity 0
python manage.py check --database default >/dev/null

say 'Loading places, actors and speakers'
python manage.py load_places
python manage.py load_cast

say 'Reading the sample reports'
python manage.py load_demo

if [ -n "${ARTICLES:-}" ]; then
    say "Reading the reports in $ARTICLES"
    python manage.py load_demo "$ARTICLES"
fi

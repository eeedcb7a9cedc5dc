#!/usr/bin/env bash
# Bring the database up to date, load the demo record, serve it. Everything here may run again: a second start changes nothing and takes seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" PYTHONUNBUFFERED=1
HOST=${HOST:-127.0.0.1} PORT=${PORT:-8000}
say() { printf '\342\200\242 %s\n' "$*" >&2; }

if python -c "import socket, sys; sys.exit(socket.socket().connect_ex(('$HOST', $PORT)))" 2>/dev/null; then
    printf '\nIsnad: something answers at http://%s:%s already: stop it (make stop) or take another port (make run PORT=%s).\n' "$HOST" "$PORT" $((PORT + 1)) >&2
    exit 1
fi

say 'Bringing the database up to date'
python manage.py migrate --verbosity 0
python manage.py check --database default >/dev/null
say 'Collecting static files'
python manage.py collectstatic --noinput --verbosity 0

if [ -n "${ARTICLES:-}" ]; then
    say "Reading the reports in $ARTICLES"
    manifest=()
    [ -f "$ARTICLES/manifest.csv" ] && manifest=(--manifest "$ARTICLES/manifest.csv")
    python manage.py ingest "$ARTICLES" "${manifest[@]}"
fi

printf '\nIsnad is at  http://%s:%s\nStop it with Ctrl+C; the database goes on until `make stop`.\n\n' "$HOST" "$PORT"
# Threads, because a browser's idle connection would hold a whole process. No control socket: gunicorn would open it in the home folder.
exec gunicorn config.wsgi --bind "$HOST:$PORT" --worker-class gthread --workers 2 --threads 4 --no-control-socket \
    --pid var/web.pid --log-level warning

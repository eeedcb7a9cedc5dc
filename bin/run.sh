#!/usr/bin/env bash
# Load what a new installation starts with, and serve it. A second start changes nothing and takes seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" PYTHONUNBUFFERED=1
HOST=${HOST:-127.0.0.1} PORT=${PORT:-8000}

if python -c "import socket, sys; sys.exit(socket.socket().connect_ex(('$HOST', $PORT)) != 0)"; then
    printf '\nIsnad: something answers at http://%s:%s already: stop it (make stop) or take another port (make run PORT=%s).\n' \
        "$HOST" "$PORT" $((PORT + 1)) >&2
    exit 1
fi

python manage.py collectstatic --noinput --verbosity 0 &
collecting=$!
python manage.py prepare ${ARTICLES:+--articles "$ARTICLES"}
wait "$collecting"

printf '\nIsnad is at  http://%s:%s\n' "$HOST" "$PORT"
printf 'Stop it with Ctrl+C; the database goes on until `make stop`.\n\n'
# The web server, and one worker that reads what editors hand in: whatever ends one ends both, and this script outlives them (make stop waits).
echo $$ >var/run.pid
trap 'kill "$web" "$worker" 2>/dev/null || true; wait; rm -f var/run.pid' EXIT
trap 'exit 0' INT TERM
python manage.py worker --verbosity 0 &
worker=$!
# Threads, because a browser's idle connection would hold a whole process. No control socket: gunicorn would open it in the home folder.
gunicorn config.wsgi --bind "$HOST:$PORT" --worker-class gthread --workers 2 --threads 4 --no-control-socket --log-level warning &
web=$!
wait -n "$web" "$worker"

"""What the benchmarks of the record share: settings, a database of made-up events, requests without a socket, works that take turns.

Import it before anything of Django's: it settles the environment.
"""

import argparse
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ |= {
    "API_REQUESTS_A_MINUTE": "0",
    "FILE_REQUESTS_A_MINUTE": "0",
    "DEBUG": "off",
    "SECURE_HTTPS": "off",
    "SECRET_KEY": "bench" * 12,
}
os.environ["ALLOWED_HOSTS"] = "*"

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection


def options(description: str | None, *, rounds: int) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=rounds)
    return parser.parse_known_args()[0]


@contextmanager
def made_up(events: int, *, database: str) -> Iterator[int]:
    """A database of its own with so many published events and a folder of its own for files; both are gone at the end."""
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from incidents import synthetic

    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = database
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.VAR_DIR = Path(folder)
            call_command("load_places", verbosity=0)
            made = synthetic.make(events, approver=User.objects.create(username="bench").pk)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")  # as the database itself does within the hour of a large import
            yield made
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


Ask = Callable[..., tuple[int, dict[str, str], bytes]]


def requester() -> Ask:
    """ask(address, Header_Name=…) → (status, headers, body), through the whole application, middleware and all."""
    application = get_wsgi_application()

    def ask(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        path, _, query = address.partition("?")
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80"}
        environ |= {"wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "REMOTE_ADDR": "127.0.0.1"}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        heads: list[tuple[str, list[tuple[str, str]]]] = []
        response = application(environ, lambda status, told, exc_info=None: heads.append((status, told)))
        body = b"".join(response)
        response.close()
        status = int(heads[0][0][:3])
        assert status < 400, (address, status, body[:300])
        return status, dict(heads[0][1]), body

    return ask


def times(
    works: dict[str, Callable[[], object]], rounds: int, *, warm: int = 1, clock: Callable[[], float] = time.perf_counter
) -> dict[str, list[float]]:
    """Seconds of each work in each round, without the first ones; the works take turns, so that a slow moment hits them all.

    `clock=time.process_time`: the application's own, without the database's and without waiting for a processor.
    """
    found: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + warm):
        for name, work in works.items():
            begin = clock()
            work()
            if number >= warm:
                found[name].append(clock() - begin)
    return found


def medians(works: dict[str, Callable[[], object]], rounds: int, *, warm: int = 1) -> dict[str, float]:
    return {name: statistics.median(values) for name, values in times(works, rounds, warm=warm).items()}


def line(row: str, what: str, value: float, goal: str, unit: str = "") -> None:
    print(f"{row:4} {what:58} {value:10.2f} {unit:6} goal {goal}", flush=True)

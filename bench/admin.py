"""Every list of the admin over a large record: CPU, wall time and queries of the list, its search, each of its filters and its last page.

    DATABASE_URL=… .venv/bin/python bench/admin.py             (a database that holds many events: manage.py make_synthetic 1000000)
    … bench/admin.py --slow 300                                 (name only what takes longer, in milliseconds)

Nothing is written: requests are made as the record's first superuser or reviewer, without a session. CPU is this process's own; wall time
holds the database's as well.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ |= {"DEBUG": "off", "SECURE_HTTPS": "off"}
os.environ.setdefault("SECRET_KEY", "bench" * 12)

import django
from django.db import connection

WORDS = "هجوم"


def questions(model_admin: Any, request: Any) -> Iterator[tuple[str, str]]:
    """(name, query string) of what an editor asks of a list: itself, a search, each choice of each filter, its end, another order."""
    yield "list", ""
    if model_admin.search_fields:
        yield "search", f"q={WORDS}"
        yield "search, a code", "q=ISN-1900-0012"
    changelist = model_admin.get_changelist_instance(request)
    for spec in changelist.filter_specs:
        for choice in list(spec.choices(changelist))[1:4]:
            yield f"filter {spec.title}", str(choice["query_string"]).lstrip("?")
    yield "last page", f"p={changelist.paginator.num_pages}"
    sortable = model_admin.get_sortable_by(request)
    for number, column in enumerate(changelist.list_display):
        if column in sortable and changelist.get_ordering_field(column):
            yield f"order by {column}", f"o={number}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slow", type=float, default=0.0, help="name only what takes this many milliseconds or more")
    parser.add_argument("--only", default="", help="one model")
    options = parser.parse_known_args()[0]
    django.setup()
    from django.contrib import admin
    from django.contrib.auth.models import User
    from django.contrib.messages.storage.cookie import CookieStorage
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse
    from django.utils import translation

    translation.activate("ar")
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on; SET statement_timeout = '60s'")
    user = User(pk=0, username="bench", is_staff=True, is_active=True, is_superuser=True)
    print(f"{'':26}{'':32}{'wall ms':>9}{'CPU ms':>8}{'queries':>8}")
    for model, model_admin in admin.site._registry.items():
        name = model._meta.model_name or ""
        if model._meta.app_label not in ("incidents", "sources", "entities", "history") or options.only not in ("", name):
            continue
        address = reverse(f"admin:{model._meta.app_label}_{name}_changelist")

        def ask(query: str, address: str = address, model_admin: Any = model_admin) -> Any:
            request: Any = RequestFactory().get(f"{address}?{query}")
            request.user, request._messages, request.csp_nonce = user, CookieStorage(request), ""
            return request

        try:
            asked = list(questions(model_admin, ask("")))
        except django.db.DatabaseError as error:
            print(f"{name:26}{str(error).splitlines()[0]}")
            continue
        for what, query in asked:
            with CaptureQueriesContext(connection) as queries:
                wall, cpu = time.perf_counter(), time.process_time()
                try:
                    answer: Any = model_admin.changelist_view(ask(query))
                    status = answer.render().status_code if hasattr(answer, "render") else answer.status_code
                except django.db.DatabaseError:
                    status = 504
                wall, cpu = (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
            if wall >= options.slow or status != 200:
                failed = "" if status == 200 else f"  answered {status}"
                print(f"{name:26}{what[:30]:32}{wall:9.0f}{cpu:8.0f}{len(queries):8}{failed}", flush=True)


if __name__ == "__main__":
    main()

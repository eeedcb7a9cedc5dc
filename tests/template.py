"""A migrated template database, so that every test process copies it in a tenth of a second instead of migrating anew.

The template's name carries a digest of all migrations: a changed migration makes a new template, and the one before it is dropped.
"""

import hashlib
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection

# Any number will do, as long as every test process takes the same lock.
TEMPLATE_LOCK = 7_416_000


def template_name() -> str:
    digest = hashlib.sha256(django.__version__.encode())
    for config in apps.get_app_configs():
        for migration in sorted((Path(config.path) / "migrations").glob("*.py")):
            digest.update(migration.read_bytes())
    return f"{template_prefix()}{digest.hexdigest()[:12]}"


def template_prefix() -> str:
    return f"template_{connection.settings_dict['NAME']}_"[:50]


def make_template() -> str:
    """Return the template's name, migrated and complete; processes that come at the same time wait for the first."""
    name = template_name()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE left(datname, %s) = %s", [len(template_prefix()), template_prefix()])
        existing = {row[0] for row in cursor.fetchall()}
        if name not in existing:
            quote = connection.ops.quote_name
            for stale in existing:
                cursor.execute(f"DROP DATABASE {quote(stale)} WITH (FORCE)")
            # Renamed when it is complete: a run that was broken off leaves no half-migrated template behind.
            unfinished = f"{template_prefix()}unfinished"
            cursor.execute(f"CREATE DATABASE {quote(unfinished)}")
            migrate(unfinished)
            cursor.execute(f"ALTER DATABASE {quote(unfinished)} RENAME TO {quote(name)}")
        cursor.execute("SELECT pg_advisory_unlock(%s)", [TEMPLATE_LOCK])
    return name


def migrate(name: str) -> None:
    real_name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = real_name

"""System checks with ids: what is wrong with an installation is said at the start, in a sentence that names the cure.

The database's checks run where Django runs them: `manage.py check --database default` and `manage.py migrate`.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


@register()
def psycopg_is_version_2(**kwargs: Any) -> list[CheckMessage]:
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    if not is_psycopg3:
        return []
    hint = "Uninstall psycopg; requirements.txt installs psycopg2-binary."
    return [Error("psycopg 3 is installed, and Django then silently drops psycopg2.", hint=hint, id="isnad.E001")]


@register()
def tile_layer_is_complete(**kwargs: Any) -> list[CheckMessage]:
    """An online tile layer is asked for by a whole address, and whoever drew it is named on the map."""
    if not settings.TILE_URL:
        return []
    errors: list[CheckMessage] = []
    address = urlsplit(settings.TILE_URL)
    if address.scheme != "https" or not address.hostname or any(part not in settings.TILE_URL for part in ("{z}", "{x}", "{y}")):
        hint = "For example https://tiles.example.org/{z}/{x}/{y}.png"
        errors.append(Error("TILE_URL is not an https address with {z}, {x} and {y} in it.", hint=hint, id="isnad.E002"))
    if not settings.TILE_ATTRIBUTION:
        hint = "Set TILE_ATTRIBUTION to the words the provider asks for."
        errors.append(Error("TILE_URL is set, but nobody is credited for the tiles.", hint=hint, id="isnad.E003"))
    return errors


@register(Tags.database)
def database_knows_places_and_arabic(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    return [error for alias in databases or [] for error in database_errors(alias)]


def database_errors(alias: str) -> list[CheckMessage]:
    """What keeps one database from holding this record; nothing about extensions that the first migration has yet to create."""
    errors: list[CheckMessage] = []
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()")
        if cursor.fetchone() != ("UTF8",):
            hint = "Make a new database with ENCODING 'UTF8'."
            errors.append(Error(f"The database {alias} does not keep its text as UTF-8.", hint=hint, id="isnad.E004"))
        cursor.execute("SELECT name, installed_version FROM pg_available_extensions WHERE name IN ('postgis', 'pg_trgm')")
        extensions = dict(cursor.fetchall())
        for name in ("postgis", "pg_trgm"):
            if name not in extensions:
                hint = "Debian's package postgresql-15-postgis-3 brings PostGIS; pg_trgm comes with PostgreSQL."
                errors.append(Error(f"The server of database {alias} has no extension {name}.", hint=hint, id="isnad.E005"))
        if extensions.get("pg_trgm"):
            cursor.execute("SELECT cardinality(show_trgm('مخمور'))")
            if cursor.fetchone() == (0,):
                hint = "LC_CTYPE=C hides Arabic letters from pg_trgm: make the database again with C.UTF-8 or an ICU locale."
                errors.append(Error(f"The database {alias} finds no Arabic trigrams, so no name in Arabic.", hint=hint, id="isnad.E006"))
    return errors

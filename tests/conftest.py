"""Fixtures every test may use."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.color import no_style
from django.db import OperationalError, connection
from django.test import Client, TransactionTestCase

from extraction import IS_COMPILED
from tests import factories
from tests.template import make_template


def pytest_report_header() -> str:
    """Which of the two extractors is tested: one that was compiled of these very sources, or the sources."""
    return f"extraction: {'compiled' if IS_COMPILED else 'its sources'}"


@pytest.fixture(scope="session", autouse=True)
def var_dir() -> Iterator[Path]:
    """A folder of its own for what the application writes: a test must not touch the running record's snapshot and logins."""
    with tempfile.TemporaryDirectory(prefix="isnad-test-") as folder:
        settings.VAR_DIR = Path(folder)
        yield settings.VAR_DIR


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch) -> None:
    """Tests ask more often than a person; the limits have tests of their own."""
    monkeypatch.setattr(settings, "API_REQUESTS_A_MINUTE", 0)
    monkeypatch.setattr(settings, "FILE_REQUESTS_A_MINUTE", 0)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_modify_db_settings, django_test_environment, django_db_blocker):
    """One database a process, copied from the template (which already holds what migrations put there), dropped at the end."""
    with django_db_blocker.unblock():
        try:
            connection.ensure_connection()
        except OperationalError as error:
            pytest.exit(f"The database does not answer (make database starts the private one): {error}", returncode=3)
        connection.close()
        connection.settings_dict["TEST"] |= {"TEMPLATE": make_template(), "MIGRATE": False}
        # A test's database need not outlive a power cut, and is emptied after a test that commits.
        connection.settings_dict["OPTIONS"]["options"] = "-c synchronous_commit=off -c history.truncate=allowed"
        real_name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    yield
    with django_db_blocker.unblock():
        made = connection.settings_dict["NAME"]
        connection.close()
        # A thread of the live server may still hold a connection that its browser left.
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [made])
        connection.creation.destroy_test_db(real_name, verbosity=0)


# What migrations put there and no test changes: Django's own flush makes it anew after each test that commits.
SHIPPED = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}


def empty_database() -> None:
    """Every table that tests write to is empty again."""
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - SHIPPED
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), sorted(tables)))


@pytest.fixture(scope="session", autouse=True)
def _emptied_quickly() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty_database())
        yield


@pytest.fixture(scope="module")
def read_only(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The database for a module whose tests only read: what is committed after this fixture stands until the last of them."""
    with django_db_blocker.unblock():
        yield
        empty_database()


@dataclass
class Cast:
    """One client a role; `outsider` is not signed in. A test that lets somebody in also shows whom it keeps out."""

    outsider: Client
    viewer: Client
    editor: Client
    reviewer: Client
    admin: Client

    def everyone(self) -> dict[str, Client]:
        return dict(vars(self))


@pytest.fixture
def cast(db: None) -> Cast:
    clients = {"outsider": Client()}
    for role in ("viewer", "editor", "reviewer", "admin"):
        clients[role] = Client()
        clients[role].force_login(factories.user(role, role), backend="django.contrib.auth.backends.ModelBackend")
    return Cast(**clients)

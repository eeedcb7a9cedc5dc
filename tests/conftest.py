"""Fixtures every test may use."""

from dataclasses import dataclass

import pytest
from django.test import Client

from tests import factories


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

import pytest
from django.core.checks import run_checks
from django.db import connection

from config import checks

pytestmark = pytest.mark.django_db


def test_the_test_database_passes_the_projects_own_checks():
    assert [message for message in run_checks(databases=["default"]) if not message.is_silenced()] == []


def test_arabic_names_have_trigrams():
    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity('خضرجيجة', 'خضر جيجة') > 0.4")
        assert cursor.fetchone() == (True,)


def test_psycopg_2_has_not_been_replaced():
    assert checks.psycopg_is_version_2() == []


@pytest.mark.parametrize(
    ("url", "attribution", "ids"),
    [
        ("", "", []),
        ("https://tiles.example.org/{z}/{x}/{y}.png", "Example", []),
        ("https://tiles.example.org/{z}/{x}/{y}.png", "", ["isnad.E003"]),
        ("http://tiles.example.org/{z}/{x}/{y}.png", "Example", ["isnad.E002"]),
        ("https://tiles.example.org/0/0/0.png", "Example", ["isnad.E002"]),
    ],
)
def test_a_tile_layer_is_a_whole_https_address_that_credits_its_makers(settings, url, attribution, ids):
    settings.TILE_URL, settings.TILE_ATTRIBUTION = url, attribution
    assert [message.id for message in checks.tile_layer_is_complete()] == ids

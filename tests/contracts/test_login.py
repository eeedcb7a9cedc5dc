import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from config.middleware import client_address
from tests import factories

pytestmark = pytest.mark.django_db


def sign_in(name: str, password: str, address: str = "192.0.2.1") -> int:
    data = {"username": name, "password": password}
    return Client().post(reverse("admin:login"), data, REMOTE_ADDR=address).status_code


@pytest.fixture
def editor():
    person = factories.user("salma")
    person.set_password("the right one")
    person.save()
    return person


def test_whoever_guesses_a_password_is_locked_out_and_the_newsroom_is_not(editor):
    colleague = factories.user("karim")
    colleague.set_password("another right one")
    colleague.save()
    for _ in range(5):
        sign_in("salma", "a guess")
    assert sign_in("salma", "the right one") == 429
    assert sign_in("karim", "another right one") == 302
    assert sign_in("salma", "the right one", address="192.0.2.2") == 302


def test_four_typing_errors_lock_nobody_out(editor):
    for _ in range(4):
        assert sign_in("salma", "a typo") == 200
    assert sign_in("salma", "the right one") == 302


def test_a_forged_forwarding_header_counts_only_behind_a_proxy_and_only_its_last_entry(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"})
    settings.BEHIND_PROXY = False
    assert client_address(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert client_address(request) == "198.51.100.7"


def test_passwords_are_kept_as_argon2(editor):
    assert editor.password.startswith("argon2$argon2id$")


def test_every_answer_forbids_sensors_and_framing():
    answer = Client().get(reverse("admin:login"))
    assert answer["Permissions-Policy"].count("=()") >= 8
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["Referrer-Policy"] == "same-origin"

"""What every answer does by HTTP's own rules: problem documents, ETags, HEAD, CORS, rate limits."""

import re
import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from history.tracking import tracked_tables
from incidents import snapshot
from incidents.api.base import PublicViewSet
from tests.api.conftest import LISTS, Record

pytestmark = pytest.mark.django_db
EVENTS = "/api/v1/events/"


def test_every_error_is_a_problem_document(client, record: Record, settings, monkeypatch) -> None:
    answers = {
        400: client.get(f"{EVENTS}?typ=x"),
        404: client.get("/api/v1/nothing-here/"),
        405: client.post(EVENTS, {}, content_type="application/json"),
        406: client.get(EVENTS, headers={"Accept": "text/csv"}),
    }
    settings.API_REQUESTS_A_MINUTE = 1
    client.get(EVENTS)
    answers[429] = client.get(EVENTS)
    settings.API_REQUESTS_A_MINUTE = 0
    monkeypatch.setattr(PublicViewSet, "read_filters", lambda self: 1 / 0)
    answers[500] = Client(raise_request_exception=False).get(EVENTS)
    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json", status
        assert (answer.json()["status"], bool(answer.json()["title"]), bool(answer.json()["detail"])) == (status, True, True)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "ZeroDivisionError" not in answer.content.decode()
    assert answers[405]["Allow"] == "GET, HEAD, OPTIONS"


def test_nothing_is_written_here(client, cast) -> None:
    for name in LISTS:
        for method in ("post", "put", "patch", "delete"):
            for who in (client, cast.admin):
                assert getattr(who, method)(f"/api/v1/{name}/", {}, content_type="application/json").status_code == 405


def test_an_answer_that_still_holds_is_not_sent_again(client, record: Record) -> None:
    for name in ["openapi.yaml", "events.geojson", f"events/{record.attack.code}/", *(f"{name}/" for name in LISTS)]:
        first = client.get(f"/api/v1/{name}")
        again = client.get(f"/api/v1/{name}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"]), name
        assert again["Access-Control-Allow-Origin"] == "*"


def test_what_a_client_has_is_not_made_again_until_the_record_changes(client, record: Record, monkeypatch) -> None:
    tags = {path: client.get(path)["ETag"] for path in (EVENTS, "/api/v1/outlets/", "/snapshot.arrow")}
    for path, tag in tags.items():
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    with monkeypatch.context() as patched:
        patched.setattr(PublicViewSet, "filtered", lambda self: 1 / 0)
        patched.setattr(snapshot, "current", lambda: 1 / 0)
        for path, tag in tags.items():
            again = client.get(path, headers={"If-None-Match": tag})
            assert (again.status_code, again["ETag"], again.get("Access-Control-Allow-Origin")) == (
                304, tag, "*" if path.startswith("/api/") else None,
            )  # fmt: skip
    record.outlet.name_en = "Renamed"
    record.outlet.save()
    changed = client.get("/api/v1/outlets/", headers={"If-None-Match": tags["/api/v1/outlets/"]})
    assert (changed.status_code, "Renamed" in changed.content.decode()) == (200, True)


def test_all_that_public_lists_read_is_kept_in_the_history(client, record: Record) -> None:
    """An answer is taken to hold as long as the history says that nothing changed."""
    beside = {"incidents_publicchange", "django_session"}  # the one follows the events, the other is never asked
    with CaptureQueriesContext(connection) as captured:
        for name in [*LISTS, "events.geojson", f"events/{record.attack.code}"]:
            client.get(
                f"/api/v1/{name}{'' if '.' in name else '/'}?{'expand=claims,chain' if 'events' in name and '.' not in name else ''}"
            )
    read = {table for query in captured for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert len(read) > 15
    assert read - set(tracked_tables()) <= beside


def test_a_changed_record_has_another_etag(client, record: Record) -> None:
    before = client.get(EVENTS)["ETag"]
    record.attack.deaths_low = record.attack.deaths_best = record.attack.deaths_high = 13
    record.attack.save()
    after = client.get(EVENTS, headers={"If-None-Match": before})
    assert (after.status_code, after["ETag"] == before) == (200, False)


def test_head_says_what_get_says_without_the_rows(client, record: Record) -> None:
    head, get = client.head(EVENTS), client.get(EVENTS)
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head[name] for name in ("ETag", "Content-Type", "Content-Length")} == {
        name: get[name] for name in ("ETag", "Content-Type", "Content-Length")
    }


def test_any_site_may_read_but_never_with_its_visitors_cookies(client, cast, record: Record) -> None:
    for who in (client, cast.admin):
        answer = who.get(EVENTS, headers={"Origin": "https://elsewhere.example"})
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
    preflight = client.options(EVENTS, headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"})
    assert (preflight.status_code, preflight["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert "If-None-Match" in preflight["Access-Control-Allow-Headers"]


def test_lists_need_no_session_and_set_no_cookie(client, record: Record) -> None:
    answer = client.get(EVENTS)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_who_asks_too_often_is_told_how_long_to_wait(client, record: Record, settings, monkeypatch) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    now = 1_700_000_000.0 - 1_700_000_000.0 % 60 + 17.5  # seventeen and a half seconds into a minute
    monkeypatch.setattr(time, "time", lambda: now)
    left = [client.get(EVENTS)["RateLimit-Remaining"] for _ in range(2)]
    assert left == ["1", "0"]
    refused = client.get(EVENTS)
    assert (refused.status_code, refused["Retry-After"], refused["RateLimit-Limit"]) == (429, "43", "2")
    now += 42
    assert client.get(EVENTS).status_code == 429
    now += 1
    assert client.get(EVENTS).status_code == 200


@pytest.mark.parametrize("path", ["/export.csv", "/snapshot.arrow"])
def test_files_of_everything_have_a_limit_of_their_own(client, record: Record, settings, path) -> None:
    settings.API_REQUESTS_A_MINUTE, settings.FILE_REQUESTS_A_MINUTE = 1, 2
    client.get(EVENTS)
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get(path)
    assert (refused["Content-Type"], refused["RateLimit-Remaining"]) == ("application/problem+json", "0")
    assert 0 < int(refused["Retry-After"]) <= 60


def test_all_processes_share_one_count(client, record: Record, settings) -> None:
    """What one process counted, another one knows: nothing of it is kept in memory."""
    settings.API_REQUESTS_A_MINUTE = 2
    assert client.get(EVENTS).status_code == 200
    cache.clear()  # another process has a memory of its own, and a handler of its own
    other = Client()
    assert other.get(EVENTS)["RateLimit-Remaining"] == "0"
    assert client.get(EVENTS).status_code == 429


def test_counts_of_past_minutes_are_swept(client, record: Record, settings, monkeypatch) -> None:
    settings.API_REQUESTS_A_MINUTE = 5
    now = [1_700_000_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    client.get(EVENTS, REMOTE_ADDR="198.51.100.8")
    now[0] += 60
    client.get(EVENTS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM request_count")
        assert cursor.fetchone() == (1,)


def test_another_address_has_its_own_count_and_a_header_makes_no_other_address(client, record: Record, settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 1
    assert client.get(EVENTS).status_code == 200
    assert client.get(EVENTS, headers={"X-Forwarded-For": "198.51.100.7"}).status_code == 429
    assert client.get(EVENTS, REMOTE_ADDR="198.51.100.8").status_code == 200


def test_a_wrong_parameter_counts_against_the_limit(client, settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 1
    assert client.get(f"{EVENTS}?typ=x").status_code == 400
    assert client.get(EVENTS).status_code == 429


@pytest.mark.parametrize("language", ["ar", "en"])
def test_words_are_english_and_times_are_utc_whatever_the_reader_prefers(client, record: Record, language: str) -> None:
    answer = client.get(EVENTS, headers={"Accept-Language": language})
    assert answer["Content-Language"] == "en"
    assert answer.json()["results"][0]["modified_at"] == "2021-12-05T12:00:00Z"
    assert client.get(f"{EVENTS}{record.attack.code}/").json()["modified_at"] == "2021-12-05T12:00:00Z"

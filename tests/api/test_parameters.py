"""Whatever is asked, the answer is rows or a 400 that names the parameter; never a guess and never a crash."""

import pytest
from django.urls import resolve

from tests.api.conftest import LISTS, Record

pytestmark = pytest.mark.django_db

HOSTILE = ["", "%00", "NaN", "inf", "-1", "0", "1e309", "9" * 5000, "'; DROP TABLE x--", "%ff%fe", "[[[[[[", "1,2,3,4,5", "2021-02-30"]
HOSTILE += [
    "null",
    "%F0%9F%92%A3",
    "a" * 3000,
    "-9223372036854775809",
    "\u202eabc",
    "NaN,NaN,NaN,NaN",
    "0001-01-01",
    "9999-12-31",
    "%D9%A3",
]
HOSTILE_KEYS = ["0", "-1", "9" * 40, "%00", "abc", "1;2", "..%2f..%2fetc", "%F0%9F%92%A3", "ISN-2021-999999", "gn:0", "a" * 2000]


def errors(client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 400, (address, answer.content)
    return answer.json()["errors"]


@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_parameter_is_named_with_its_nearest_neighbour(client, name: str) -> None:
    (error,) = errors(client, f"/api/v1/{name}/?limti=5")
    assert (error["parameter"], error["nearest"]) == ("limti", "limit")


@pytest.mark.parametrize("name", LISTS)
def test_no_filter_reaches_through_to_hidden_columns(client, name: str) -> None:
    for query in ("article__title__icontains=x", "event__status=draft", "claims__note=x", "search=x", "id__gt=1", "created_by=1"):
        errors(client, f"/api/v1/{name}/?{query}")


@pytest.mark.parametrize(
    ("query", "parameter", "nearest"),
    [
        ("type=ambsh", "type", "ambush"),
        ("fields=grad", "fields", "grade"),
        ("expand=claim", "expand", "claims"),
        ("ordering=date_strat", "ordering", "date_start"),
        ("ordering=status", "ordering", ""),
        ("format=geojsn", "format", "geojson"),
        ("kind=incidents", "kind", "incident"),
        ("limit=0", "limit", ""),
        ("limit=-5", "limit", ""),
        ("limit=ten", "limit", ""),
        ("count=maybe", "count", ""),
        ("cursor=nonsense", "cursor", ""),
        ("cursor=bnVsbA", "cursor", ""),
        ("cursor=WyItZGF0ZV9zdGFydCIsZmFsc2UsIngiLDFd", "cursor", ""),  # a day that is none
        ("cursor=WyItbW9kaWZpZWRfYXQiLGZhbHNlLCIyMDIxLTAxLTAxIiwxXQ", "cursor", ""),  # of another order
        ("from=2021-12-03&to=2021-12-01", "to", ""),
        ("from=2021-12-01&from=2021-12-02", "from", ""),
        ("limit=1&limit=2", "limit", ""),
        ("place=a%00b", "place", ""),
    ],
)
def test_a_malformed_value_is_named(client, record: Record, query: str, parameter: str, nearest: str) -> None:
    (error,) = errors(client, f"/api/v1/events/?{query}")
    assert (error["parameter"], error["nearest"]) == (parameter, nearest)


def test_every_wrong_parameter_is_named_at_once(client) -> None:
    assert {error["parameter"] for error in errors(client, "/api/v1/events/?typ=x&bboxx=y")} == {"typ", "bboxx"}
    assert {error["parameter"] for error in errors(client, "/api/v1/events/?type=x&bbox=y")} == {"type", "bbox"}


@pytest.mark.parametrize("name", LISTS)
def test_hostile_values_are_answered_or_refused(client, record: Record, name: str) -> None:

    from config.urls import urlpatterns  # noqa: F401 -- the routes are loaded before the view is looked up

    view = resolve(f"/api/v1/{name}/").func.cls
    filters = view.filterset_class.base_filters if view.filterset_class else ()
    for parameter in (*filters, "limit", "cursor", "count", "ordering", "fields", "format", "expand", "unknown"):
        for value in HOSTILE if name in ("events", "changes") else HOSTILE[:6]:
            answer = client.get(f"/api/v1/{name}/?{parameter}={value}")
            assert answer.status_code in (200, 400), (parameter, value[:40], answer.status_code)


@pytest.mark.parametrize("name", LISTS)
def test_hostile_keys_find_nothing(client, record: Record, name: str) -> None:
    for key in HOSTILE_KEYS:
        assert client.get(f"/api/v1/{name}/{key}/").status_code == 404, key

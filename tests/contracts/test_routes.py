"""Every route has its line in routes.csv: who gets which status, for what is published and for what is not.

A path there is a template: {published}, {draft} and {approved} are events' codes, {article} and {secret_article} article numbers, and so on
(`World`). A route without a line fails, so nobody adds an address without deciding whom it refuses.
"""

import csv
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.contracts.world import World, build_world

ROLES = ("outsider", "viewer", "editor", "reviewer", "admin")
ROWS = list(csv.DictReader((settings.BASE_DIR / "tests" / "contracts" / "routes.csv").read_text().splitlines()))
# Nobody but staff gets into the admin; its hundred routes are held by one rule, below.
ADMIN = "admin/"
OPEN_ADMIN_ROUTES = {"admin/login/", "admin/logout/", "admin/jsi18n/"}


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def all_routes() -> set[str]:
    return set(routes(get_resolver().url_patterns))


def route_of(path: str) -> str:
    return resolve(path.partition("?")[0]).route.replace("^", "").replace("$", "").replace("\\Z", "")


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def test_every_route_has_its_line(world):
    listed = {route_of(row["path"].format_map(world)) for row in ROWS}
    assert {route for route in all_routes() if not route.startswith(ADMIN)} - listed == set()


def test_a_route_answers_each_role_as_its_line_says_and_loads_nothing_from_another_host(world, cast):
    wrong = {}
    for row in ROWS:
        path = row["path"].format_map(world)
        answers = {role: client.get(path) for role, client in cast.everyone().items()}
        statuses = {role: str(answer.status_code) for role, answer in answers.items()}
        if statuses != {role: row[role] for role in ROLES}:
            wrong[path] = statuses
        for answer in answers.values():
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                policy = answer.get("Content-Security-Policy", "")
                assert "default-src 'none'" in policy, path
                assert "unsafe" not in policy, path
                assert "http" not in policy.replace(f"{settings.TILE_HOSTS}", ""), path
    assert wrong == {}


def test_only_staff_enter_the_admin(world, cast):
    paths = {route.replace("<path:object_id>", "1").replace("<path:url>", "x/") for route in all_routes() if route.startswith(ADMIN)}
    for path in sorted(paths - OPEN_ADMIN_ROUTES):
        if "<" in path or "(?P" in path:
            continue
        for role in ("outsider", "viewer"):
            answer = getattr(cast, role).get(f"/{path}")
            assert answer.status_code in {302, 403, 404, 405}, f"{role} got {answer.status_code} at /{path}"
            assert answer.status_code != 302 or "/login/" in answer["Location"] or answer["Location"].endswith("/"), path
    assert cast.admin.get("/admin/").status_code == 200

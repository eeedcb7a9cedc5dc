"""Browser tests drive the system's Chromium against a live server, with a fixed locale and time zone, and no other host within reach.

Playwright brings no browser of its own here. A test opens pages with `open_page`; when it ends, a script error, a refused resource (the
Content-Security-Policy speaks on the console) or a request to another host fails it.
"""

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import modify_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.record import write_record

sys.path.insert(0, str(settings.BASE_DIR / "bin"))
import packages

# Playwright's loop runs in this thread, and Django takes that for asynchronous code; nothing here awaits.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"]
# No other host has an address: what asks for one fails, and is told of below. Interception would send every request through Python.
FLAGS += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"]
LOCALES = {"ar": "ar-IQ", "en": "en-GB"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = packages.chromium()
    assert program, "Chromium is missing: make test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    """Unlike pytest-django's `live_server` it leaves to each test whether the database is emptied after it."""
    with modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        running = LiveServer("localhost")
        yield running
        running.stop()


@pytest.fixture(scope="module")
def record(read_only: None) -> None:
    """The record to look at, written once for the tests of a module that change nothing."""
    write_record()


@pytest.fixture
def open_page(chromium: Browser, server: LiveServer) -> Iterator[Callable[..., Page]]:
    """`open_page("/", language="en", width=360)` → a page of the live server, loaded. Further arguments go to the browser's context.

    `user` signs somebody in; `expect_errors` is for a test that asks for a refusal.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_one(path: str, *, language: str = "ar", width: int = 1280, height: int = 800, **context: Any) -> Page:
        user, expect_errors = context.pop("user", None), context.pop("expect_errors", False)
        options = {"locale": LOCALES[language], "timezone_id": "Asia/Baghdad", "reduced_motion": "reduce", **context}
        own = chromium.new_context(viewport={"width": width, "height": height}, base_url=server.url, **options)
        contexts.append(own)
        # The first page of a run imports the whole application, on a machine that may be busy.
        own.set_default_timeout(30_000)
        cookies = {"django_language": language}
        if user:
            cookies["sessionid"] = session_of(user)
        own.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in cookies.items()])
        own.on("request", lambda request: note_host(request.url))
        page = own.new_page()
        if not expect_errors:
            page.on("pageerror", lambda error: troubles.append(f"{path}: {error}"))
            page.on("console", lambda message: troubles.append(f"{path}: {message.text}") if message.type == "error" else None)
        page.goto(path)
        return page

    def note_host(url: str) -> None:
        if not url.startswith((server.url, "data:", "blob:")):
            troubles.append(f"asked another host: {url}")

    yield open_one
    for context in contexts:
        context.close()
    assert troubles == []


def session_of(user: Any) -> str:
    """The session key of a signed-in user, made as the test client makes it."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.cookies["sessionid"].value)

"""From a verdict's key to the next candidate: what an editor waits for at the desk, with a million-event record behind it or a small one.

    .venv/bin/python bench/desk.py --events 100000 --rounds 30
    .venv/bin/python bench/desk.py --browser          (from the key in Chromium to the next page taking keys)

A database of its own (bench_ and the name of the one in use, dropped at the end) is filled with made-up events, and reports are read into
candidates by the extractor itself. A verdict is the whole way: the verb, the redirect to the queue, the redirect to the next candidate, its
page. CPU is this process's own, without the database server's; wall time holds both.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bin"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ |= {"DEBUG": "off", "SECURE_HTTPS": "off", "SECRET_KEY": "bench" * 12, "DJANGO_ALLOW_ASYNC_UNSAFE": "true", "ALLOWED_HOSTS": "*"}

import django
from django.core.management import call_command
from django.db import connection

import packages

VILLAGES = ("خضر جيجة", "كولجو", "العظيم", "الحويجة", "طوزخورماتو", "داقوق", "جلولاء", "المقدادية")
REPORT = (
    "كركوك {day} كانون الأول 2021\nقتل {n} أشخاص وأصيب خمسة آخرون في هجوم شنه تنظيم داعش على قرية في {where} مساء اليوم، بحسب مصدر أمني.\n"
    "وقال المصدر إن قوة من البيشمركة وصلت إلى المكان. الخبر رقم {number}."
)
GOAL_MS = 1000


def fill(events: int, reports: int) -> None:
    """A gazetteer, a cast, `events` made-up events and `reports` reports with their candidates."""
    from django.contrib.auth.models import User

    from incidents import synthetic
    from incidents.candidates import propose
    from sources.intake import ManifestRow, receive

    call_command("load_places", verbosity=0, stdout=sys.stderr)
    call_command("load_cast", verbosity=0, stdout=sys.stderr)
    if events:
        synthetic.make(events, approver=User.objects.create(username="synthetic").pk)
        # Into the weeks the reports speak of: the worst case for the search of known events.
        with connection.cursor() as cursor:
            day = "date_start = date '2021-12-01' + (id % 28)::int, date_end = date '2021-12-01' + (id % 28)::int"
            cursor.execute(f"UPDATE incidents_event SET {day} WHERE id % 20 = 0 AND date_start IS NOT NULL")
            cursor.execute("ANALYZE")
    for number in range(reports):
        text = REPORT.format(day=1 + number % 28, n=3 + number % 7, where=VILLAGES[number % len(VILLAGES)], number=number)
        propose(receive(text.encode(), row=ManifestRow(path="", outlet=f"وكالة {number % 9}"))[0])


def verdicts(rounds: int) -> dict[str, list[tuple[float, float, int]]]:
    """(wall ms, CPU ms, queries) of each verdict in each round, from the key's request to the next candidate's page."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from incidents.candidates import similar_events
    from incidents.models import Candidate

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="editor"), backend="django.contrib.auth.backends.ModelBackend")

    keys = (("accept", "accept"), ("undo", ""), ("accept again", "accept"), ("one more report", "merge"), ("reject", "reject"))
    taken: dict[str, list[tuple[float, float, int]]] = {}
    for number in range(rounds + 2):
        for name, verb in keys:
            waiting = Candidate.objects.get(pk=client.get("/desk/queue/").headers["Location"].split("/")[-2])
            client.get(f"/desk/candidates/{waiting.pk}/")  # what is on screen when the key is pressed
            fields = {"verb": verb, "reason": "misread"}
            if verb == "merge":
                fields["into"] = similar_events(waiting)[0].event.code
            with CaptureQueriesContext(connection) as queries:
                wall, cpu = time.perf_counter(), time.process_time()
                answer = client.post(f"/desk/candidates/{waiting.pk}/judge/" if verb else "/desk/undo/", fields, follow=True)
                spent = ((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000, len(queries))
            assert answer.status_code == 200, (name, answer.status_code)
            assert (Candidate.objects.get(pk=waiting.pk).verdict != "") is bool(verb), f"{name} did not do what it says"
            if number >= 2:  # the first two warm up
                taken.setdefault(name, []).append(spent)
    return taken


def in_browser(rounds: int) -> list[float]:
    """Milliseconds from the key A in Chromium to the next candidate's page taking keys."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.test.testcases import LiveServerThread
    from playwright.sync_api import sync_playwright

    client = Client()
    client.force_login(User.objects.get(username="editor"), backend="django.contrib.auth.backends.ModelBackend")
    # Scripts and styles as a running application serves them: under their hashed names, by WhiteNoise.
    call_command("collectstatic", interactive=False, verbosity=0)
    server = LiveServerThread("127.0.0.1", lambda application: application, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    base = f"http://127.0.0.1:{server.port}"
    program = packages.chromium()
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=base, locale="ar-IQ")
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}])
        page = context.new_page()
        page.goto("/desk/queue/")
        for number in range(rounds + 2):
            page.locator("html[data-ready=true]").wait_for(state="attached")
            before = page.url
            begin = time.perf_counter()
            page.keyboard.press("a")
            page.wait_for_url(lambda url, before=before: url != before and "/candidates/" in url, wait_until="commit")
            page.locator("html[data-ready=true]").wait_for(state="attached")
            if number >= 2:
                times.append((time.perf_counter() - begin) * 1000)
        browser.close()
    server.terminate()
    return times


def row(name: str, walls: list[float], rest: str = "") -> str:
    return f"{name:34} {statistics.median(walls):9.1f} {sorted(walls)[int(len(walls) * 0.95)]:9.1f} {rest}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--browser", action="store_true", help="also in Chromium")
    options = parser.parse_known_args()[0]
    django.setup()
    from django.contrib.auth.models import Group, User

    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        User.objects.create(username="editor", is_staff=True).groups.add(Group.objects.get(name="editor"))
        fill(options.events, 4 * (options.rounds + 4))
        taken = verdicts(options.rounds)
        print(f"{options.events:,} events; from the key to the next candidate, {options.rounds} rounds")
        print(f"{'':34} {'median ms':>9} {'p95 ms':>9} {'CPU ms':>8} {'queries':>8}")
        for verb, spent in taken.items():
            walls, cpus, queries = zip(*spent, strict=True)
            print(row(verb, list(walls), f"{statistics.median(cpus):8.1f} {max(queries):8}"))
        if options.browser:
            print(row(f"in Chromium (goal {GOAL_MS})", in_browser(options.rounds)))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()

"""Feeds and folders hand in what they bring: each report once, whatever else they hold, and what goes wrong is said where it is seen."""

from datetime import timedelta
from functools import partial
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from incidents import following, tasks
from incidents.following import Watch, ask_feeds, follow_feed
from sources.fetching import Fetched, FetchError, fetch
from sources.models import Article, Feed, Submission
from tests import factories
from tests.sources.web import Internet, answer

pytestmark = pytest.mark.django_db

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>وكالة المثال</title><link>https://news.example/</link>
<item><title>الخبر الثاني</title><link>https://news.example/2?utm_source=rss</link></item>
<item><title>الخبر الأول</title><link>/1</link></item>
<item><title>مرة أخرى</title><link>http://www.news.example/1/</link></item>
<item><title>داخلي</title><link>http://127.0.0.1/secret</link></item>
<item><title>بلا عنوان</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Example &amp; sons</title><entry><title>One &lt;b&gt;bold&lt;/b&gt; word</title>
<link rel="alternate" href="https://news.example/a"/><id>x</id></entry></feed>"""
REPORT = "بغداد 5 كانون الأول 2021\nقتل {n} أشخاص في هجوم شنه داعش على قرية خضر جيجة قرب مخمور مساء الخميس، بحسب مصدر أمني."


@pytest.fixture
def feed():
    return Feed.objects.create(url="https://news.example/rss", added_by=factories.user("editor"))


def answers(monkeypatch, pages):
    """A pretended internet: an address to its bytes, or to the sentence of its refusal."""

    def fetch(url, *, types=(), known=None):
        found = pages.get(url, FetchError("There is no such page."))
        if isinstance(found, Exception):
            raise found
        return Fetched(url, "application/rss+xml" if types else "text/html", "", found.encode())

    monkeypatch.setattr(following, "fetch", fetch)
    monkeypatch.setattr(tasks, "fetch", fetch)


def page(n):
    return f"<html><body><article><h1>خبر {n}</h1><p>{REPORT.format(n=n)}</p><p>{REPORT.format(n=n)}</p></article></body></html>"


def work():
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        call_command("worker", batch=True, verbosity=0)


def test_a_feed_hands_in_each_of_its_reports_once_the_oldest_first(monkeypatch, feed):
    answers(monkeypatch, {feed.url: RSS, "https://news.example/1": page(3), "https://news.example/2?utm_source=rss": page(4)})
    for _ in range(2):
        Feed.objects.update(read_at=None)
        work()
    rows = Submission.objects.order_by("pk")
    assert [(r.label, r.url, r.state, r.feed) for r in rows] == [
        ("الخبر الأول", "https://news.example/1", "done", feed),
        ("الخبر الثاني", "https://news.example/2?utm_source=rss", "done", feed),
    ]
    assert Article.objects.count() == 2
    feed.refresh_from_db()
    assert (feed.title, feed.offered, feed.reason) == ("وكالة المثال", 2, "")


def test_what_the_record_holds_already_is_not_fetched_again(monkeypatch, feed):
    factories.article(canonical_url="https://news.example/1")
    answers(monkeypatch, {feed.url: RSS})
    follow_feed.call(feed.pk)
    assert [row.url for row in Submission.objects.all()] == ["https://news.example/2?utm_source=rss"]


def test_a_feed_that_did_not_change_is_not_sent_again_and_says_so(monkeypatch, cast, feed):
    web = Internet(sites={"/rss": answer(RSS.encode(), content_type="application/rss+xml", etag='W/"1"', last_modified="Sun, 05 Dec 2021")})
    monkeypatch.setattr(following, "fetch", partial(fetch, resolve=web.resolve, dial=web.dial))
    Feed.objects.update(url="http://news.example/rss")
    assert follow_feed.call(feed.pk) == 2
    web.sites["/rss"] = answer(status="304 Not Modified", content_type="")
    assert follow_feed.call(feed.pk) == 0
    assert b"If-None-Match" not in web.requests[0]
    assert b'If-None-Match: W/"1"\r\nIf-Modified-Since: Sun, 05 Dec 2021\r\n' in web.requests[1]
    feed.refresh_from_db()
    assert (feed.offered, feed.reason, feed.unchanged_at is not None) == (2, "", True)
    assert "W/&quot;1&quot;" in cast.admin.get(f"/admin/sources/feed/{feed.pk}/change/").content.decode()


def test_a_feed_with_another_address_is_asked_for_anew(cast, feed):
    Feed.objects.update(etag="1", modified="yesterday")
    values = {"url": "https://news.example/other", "every_minutes": 30, "is_followed": "on"}
    cast.admin.post(f"/admin/sources/feed/{feed.pk}/change/", values)
    feed.refresh_from_db()
    assert (feed.url, feed.etag, feed.modified) == ("https://news.example/other", "", "")


def test_an_atom_feed_is_read_and_its_titles_are_plain(monkeypatch, feed):
    answers(monkeypatch, {feed.url: ATOM})
    follow_feed.call(feed.pk)
    assert Submission.objects.get().url == "https://news.example/a"
    feed.refresh_from_db()
    assert feed.title == "Example & sons"


BOMB = '<!DOCTYPE x [<!ENTITY a "xxxxxxxxxx">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8)
) + "]><rss><channel><title>&i;</title></channel></rss>"  # fmt: skip


@pytest.mark.parametrize(
    "body",
    ["", "\0\0\0", "<html><body>404</body></html>", "{}", "/etc/passwd", "https://news.example/other", "<rss", BOMB,
     '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>', FetchError("The site took too long to answer.")],
    ids=["nothing", "zeros", "page", "json", "file name", "address", "broken off", "bomb", "entity", "no answer"],
)  # fmt: skip
def test_a_bad_feed_says_why_and_hands_in_nothing(monkeypatch, cast, feed, body):
    answers(monkeypatch, {feed.url: body})
    follow_feed.call(feed.pk)
    feed.refresh_from_db()
    assert not Submission.objects.exists()
    if feed.reason:
        assert feed.reason in cast.editor.get("/desk/jobs/", headers={"Accept-Language": "en"}).content.decode()
    else:
        assert body in ("<rss", BOMB), "an empty feed is no fault"
    assert len(feed.title) <= 300
    assert "root:" not in feed.title


def test_a_feed_is_asked_when_its_time_has_come_and_by_one_worker(feed):
    other = Feed.objects.create(url="https://other.example/", added_by=feed.added_by, is_followed=False)
    assert (ask_feeds(), ask_feeds()) == (1, 0)
    assert DBTaskResult.objects.count() == 1
    Feed.objects.update(read_at=timezone.now() - timedelta(minutes=29))
    assert ask_feeds() == 0
    Feed.objects.update(read_at=timezone.now() - timedelta(minutes=31))
    assert ask_feeds() == 1
    other.refresh_from_db()
    assert other.is_followed is False


def test_a_feed_is_added_in_the_admin_by_a_public_address_alone(cast):
    form = {"url": "http://10.0.0.1/rss", "title": "", "outlet": "", "every_minutes": "30", "is_followed": "on"}
    assert cast.editor.post("/admin/sources/feed/add/", form).status_code == 200
    assert not Feed.objects.exists()
    assert cast.editor.post("/admin/sources/feed/add/", {**form, "url": "https://news.example/rss"}).status_code == 302
    feed = Feed.objects.get()
    assert feed.added_by.username == "editor"
    cast.editor.post("/admin/sources/feed/", {"action": "read_soon", "_selected_action": [feed.pk]})
    assert Feed.objects.due(timezone.now()).get() == feed


# Folders


@pytest.fixture
def watch(tmp_path):
    complaints = []
    watch = Watch(tmp_path, by=factories.user("editor"), complain=complaints.append)
    watch.complaints = complaints
    return watch


def states():
    return dict(Submission.objects.values_list("label", "state"))


def test_a_file_that_appears_is_handed_in_once_it_stands_still(watch, tmp_path):
    file = tmp_path / "خبر.txt"
    file.write_text(REPORT.format(n=3)[:40])
    assert watch.look() == []
    file.write_text(REPORT.format(n=3))
    assert watch.look() == []  # it was still being written
    assert [row.label for row in watch.look()] == ["خبر.txt"]
    assert watch.look() == []
    work()
    assert states() == {"خبر.txt": "done"}


def test_a_second_watcher_hands_in_nothing_again_but_a_changed_file_is_new(watch, tmp_path):
    (tmp_path / "a.txt").write_text(REPORT.format(n=3))
    watch.look(), watch.look()
    again = Watch(tmp_path, by=factories.user("editor"), complain=print)
    assert (again.look(), again.look()) == ([], [])
    (tmp_path / "a.txt").write_text(REPORT.format(n=4))
    again.look()
    assert len(again.look()) == 1
    assert Submission.objects.count() == 2


def test_a_file_that_is_no_text_fails_by_its_name_and_other_files_are_left_alone(watch, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\x00")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden.txt").write_text("x")
    watch.look(), watch.look()
    assert states() == {"bad.txt": "failed"}


def test_the_manifest_of_a_folder_says_what_its_files_do_not(watch, tmp_path):
    (tmp_path / "a.txt").write_text(REPORT.format(n=3))
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("path,outlet,published\na.txt,صحيفة المثال,5/12/2021\n")
    watch.look(), watch.look()
    assert "line 2" in watch.complaints[0]
    assert not Submission.objects.exists()
    manifest.write_text("path,outlet,url,published\na.txt,صحيفة المثال,https://news.example/a,2021-12-05\n")
    watch.look()
    row = Submission.objects.get()
    assert (row.outlet.name_ar, row.url, str(row.published_on)) == ("صحيفة المثال", "https://news.example/a", "2021-12-05")


def test_watching_needs_a_user_and_one_folder(tmp_path):
    for options in ({}, {"by": "nobody"}):
        with pytest.raises(CommandError, match="--watch"):
            call_command("ingest", tmp_path, watch=True, stdout=StringIO(), **options)
    factories.user("editor")
    with pytest.raises(CommandError, match="one folder"):
        call_command("ingest", tmp_path, tmp_path, watch=True, by="editor", stdout=StringIO())

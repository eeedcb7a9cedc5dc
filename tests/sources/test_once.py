"""No article is stored twice and none is lost, however its address is spelled and however many hand it in at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sources.fetching import Fetched
from sources.intake import IntakeError, ManifestRow, canonical_url, receive
from sources.models import Article
from sources.pages import read_page

BODY = "قتل ثلاثة عشر شخصاً في هجوم على قرية خضر جيجة قرب جبل قره جوغ مساء الخميس الماضي."
SPELLINGS = """
https://news.example/ar/story/12?id=7&lang=ar
http://news.example/ar/story/12?id=7&lang=ar
HTTPS://news.example/ar/story/12?id=7&lang=ar
https://NEWS.example/ar/story/12?id=7&lang=ar
https://www.news.example/ar/story/12?id=7&lang=ar
https://WWW.News.Example/ar/story/12?id=7&lang=ar
https://m.news.example/ar/story/12?id=7&lang=ar
https://mobile.news.example/ar/story/12?id=7&lang=ar
https://amp.news.example/ar/story/12?id=7&lang=ar
https://news.example:443/ar/story/12?id=7&lang=ar
http://news.example:80/ar/story/12?id=7&lang=ar
https://news.example./ar/story/12?id=7&lang=ar
https://news.example/ar/story/12/?id=7&lang=ar
https://news.example/ar/story/12//?id=7&lang=ar
https://news.example//ar/story/12?id=7&lang=ar
https://news.example/ar//story///12?id=7&lang=ar
https://news.example/ar/./story/12?id=7&lang=ar
https://news.example/ar/x/../story/12?id=7&lang=ar
https://news.example/%61r/story/12?id=7&lang=ar
https://news.example/ar/story/%31%32?id=7&lang=ar
https://news.example/ar/story/12/amp?id=7&lang=ar
https://news.example/ar/story/12/amp/?id=7&lang=ar
https://news.example/ar/story/12/index.html?id=7&lang=ar
https://news.example/ar/story/12/index.htm?id=7&lang=ar
https://news.example/ar/story/12/index.php?id=7&lang=ar
https://news.example/ar/story/12;jsessionid=9F3A?id=7&lang=ar
https://news.example/ar/story/12?lang=ar&id=7
https://news.example/ar/story/12?id=7&lang=ar&
https://news.example/ar/story/12?&id=7&lang=ar
https://news.example/ar/story/12?id=7&id=7&lang=ar
https://news.example/ar/story/12?id=%37&lang=%61r
https://news.example/ar/story/12?id=7&lang=ar#top
https://news.example/ar/story/12?id=7&lang=ar#
https://news.example/ar/story/12?id=7&lang=ar&utm_source=telegram
https://news.example/ar/story/12?utm_medium=x&utm_campaign=y&id=7&lang=ar
https://news.example/ar/story/12?id=7&lang=ar&fbclid=IwAR0
https://news.example/ar/story/12?id=7&lang=ar&gclid=1&yclid=2&dclid=3
https://news.example/ar/story/12?id=7&lang=ar&mc_cid=1&mc_eid=2
https://news.example/ar/story/12?id=7&lang=ar&igshid=1
https://news.example/ar/story/12?ref=home&id=7&lang=ar
https://news.example/ar/story/12?id=7&lang=ar&amp=1
  https://news.example/ar/story/12?id=7&lang=ar
""".strip("\n").split("\n")
OTHERS = [
    "https://news.example/ar/story/13?id=7&lang=ar",
    "https://news.example/ar/story/12?id=8&lang=ar",
    "https://news.example/ar/story/12?id=7",
    "https://news.example/AR/story/12?id=7&lang=ar",
    "https://other.example/ar/story/12?id=7&lang=ar",
    "https://arabic.news.example/ar/story/12?id=7&lang=ar",
    "https://news.example:8443/ar/story/12?id=7&lang=ar",
    "https://news.example/ar/story/12%2F?id=7&lang=ar",
    "https://news.example/",
]


def test_40_spellings_of_one_address_are_one():
    assert len(SPELLINGS) >= 40
    assert {canonical_url(url) for url in SPELLINGS} == {"https://news.example/ar/story/12?id=7&lang=ar"}


def test_other_addresses_stay_apart():
    assert len({canonical_url(url) for url in [*OTHERS, SPELLINGS[0]]}) == len(OTHERS) + 1


@pytest.mark.parametrize(
    ("unicode", "ascii_form"),
    [
        ("https://news.example/خبر/عاجل", "https://news.example/%d8%ae%d8%a8%d8%b1/%D8%B9%D8%A7%D8%AC%D9%84"),
        ("https://أخبار.example/a", "https://xn--igbicxr.example/a"),
    ],
)
def test_an_arabic_address_and_its_ascii_form_are_one(unicode, ascii_form):
    assert canonical_url(unicode) == canonical_url(ascii_form)


@given(st.text(max_size=60).map("https://news.example/".__add__))
def test_the_canonical_form_is_its_own_canonical_form(url):
    try:
        once = canonical_url(url)
    except IntakeError:
        return
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    "url", ["news.example/a", "ftp://news.example/", "https://", "https://news.example:99999/", "https://[::1/", "javascript:1"]
)
def test_what_is_no_address_is_refused_with_a_sentence(url):
    with pytest.raises(IntakeError, match=r"web address|عنوان"):
        canonical_url(url)


def at_once(count, hand_in):
    """Run `hand_in(0)` … `hand_in(count - 1)` in threads that start together, each with a connection of its own."""
    gate = Barrier(count)

    def run(number):
        try:
            gate.wait()
            return hand_in(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_the_same_article_handed_in_20_times_at_once_is_one_row():
    results = at_once(20, lambda n: receive(BODY.encode(), row=ManifestRow(path="", outlet="صحيفة المثال", url=SPELLINGS[n])))
    assert Article.objects.count() == 1
    assert [is_new for _, is_new in results].count(True) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_text_without_an_address_handed_in_20_times_at_once_is_one_row():
    at_once(20, lambda n: receive(BODY.encode(), row=ManifestRow(path="", outlet="صحيفة المثال")))
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_20_versions_of_one_page_at_once_are_a_chain_and_none_is_lost():
    at_once(20, lambda n: receive(f"{BODY} {n}".encode(), row=ManifestRow(path="", outlet="صحيفة المثال", url=SPELLINGS[n])))
    assert Article.objects.count() == 20
    assert Article.objects.filter(is_current=True).count() == 1
    assert Article.objects.filter(replaces__isnull=True).count() == 1


MARKUP = f"""<html lang="ar"><head><title>هجوم قرب مخمور | صحيفة المثال</title><meta property="og:site_name" content="صحيفة المثال">
<meta property="article:published_time" content="2021-12-04T10:00:00+03:00"></head><body><nav>الرئيسية</nav>
<article><h1>هجوم قرب مخمور</h1><p>{BODY}</p><p>وأضاف المصدر أن التعزيزات وصلت إلى المنطقة فجراً.</p></article>
<aside>ADVERT</aside><footer>© 2026</footer></body></html>"""


def hand_in_page(markup: str):
    page = Fetched("https://news.example/a", "text/html", "utf-8", markup.encode())
    return receive(page.body, row=ManifestRow(path="", url=page.url), page=read_page(page))


@pytest.mark.django_db
def test_a_page_keeps_its_bytes_and_gives_text_title_outlet_and_day():
    article, is_new = hand_in_page(MARKUP)
    assert is_new
    assert bytes(article.raw) == MARKUP.encode()
    assert BODY in article.text
    assert "2026" not in article.text
    assert (article.title, article.outlet.name_ar) == ("هجوم قرب مخمور", "صحيفة المثال")
    assert (article.published_on, article.published_basis) == (date(2021, 12, 4), "metadata")


@pytest.mark.django_db
def test_another_advertisement_is_no_new_version_but_another_sentence_is():
    first, _ = hand_in_page(MARKUP)
    assert hand_in_page(MARKUP.replace("ADVERT", "ANOTHER")) == (first, False)
    second, is_new = hand_in_page(MARKUP.replace("ثلاثة عشر", "أربعة عشر"))
    assert is_new
    assert second.replaces == first
    first.refresh_from_db()
    assert not first.is_current


@pytest.mark.django_db
def test_a_page_without_an_article_is_refused_with_a_sentence():
    with pytest.raises(IntakeError, match=r"No article|مقال"):
        hand_in_page("<html><body><img src=a.png></body></html>")

from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from sources.intake import IntakeError, ManifestRow, canonical_url, decode, read_manifest, receive
from sources.models import Article

pytestmark = pytest.mark.django_db
TEXT = """بيشمركة وجيش في تمشيط مشترك

نموذج – أربيل

نفذت قوات البيشمركة، اليوم السبت (4 كانون الأول 2021)، عملية تمشيط قرب مخمور بمشاركة الجيش العراقي.
"""


def row(**values: object) -> ManifestRow:
    return ManifestRow(path="a.txt", **{"outlet": "وكالة النموذج", **values})


def test_the_same_bytes_are_the_same_article():
    first, is_new = receive(TEXT.encode(), row=row())
    again, is_new_again = receive(TEXT.encode(), row=row())
    assert (is_new, is_new_again, first.pk) == (True, False, again.pk)


def test_the_same_bytes_from_another_outlet_are_another_article():
    receive(TEXT.encode(), row=row())
    receive(TEXT.encode(), row=row(outlet="صحيفة أخرى"))
    assert Article.objects.count() == 2


def test_a_changed_page_is_a_new_version_linked_to_the_old():
    old, _ = receive(TEXT.encode(), row=row(url="https://sample.example/a"))
    new, is_new = receive((TEXT + "\nوأضاف البيان أن العملية مستمرة.").encode(), row=row(url="http://www.sample.example/a/?utm_source=x"))
    old.refresh_from_db()
    assert (is_new, new.replaces, new.is_current, old.is_current) == (True, old, True, False)


def test_a_stored_text_refuses_to_change():
    article, _ = receive(TEXT.encode(), row=row())
    with pytest.raises(DatabaseError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(text="شيء آخر")


def test_the_dateline_gives_the_day_and_says_so():
    article, _ = receive(TEXT.encode(), row=row())
    assert (article.published_on, article.published_basis) == (date(2021, 12, 4), "text")


def test_the_manifest_outweighs_the_text():
    article, _ = receive(TEXT.encode(), row=row(published=date(2021, 12, 5)))
    assert (article.published_on, article.published_basis) == (date(2021, 12, 5), "given")


def test_windows_1256_is_read_after_strict_utf8():
    assert decode("البيشمركة".encode("cp1256")) == ("البيشمركة", "cp1256")


@pytest.mark.parametrize(("raw", "reason"), [(b"", "empty"), (b"  \n", "empty"), (b"a\x00b", "NUL"), (b"x" * 5_000_001, "5,000,000")])
def test_a_file_that_is_no_text_is_refused_with_its_reason(raw, reason):
    with translation.override("en"), pytest.raises(IntakeError, match=reason):
        decode(raw)


@pytest.mark.parametrize(
    "spelling",
    [
        "https://sample.example/news/7",
        "http://sample.example/news/7",
        "HTTPS://WWW.Sample.Example/news/7/",
        "https://sample.example:443/news/7#top",
        "https://sample.example/news//7?utm_source=a&utm_medium=b",
        "https://m.sample.example/news/7?fbclid=1",
        "https://amp.sample.example/news/7/amp",
        " https://sample.example/news/7/index.html ",
    ],
)
def test_many_spellings_of_an_address_are_one(spelling):
    assert canonical_url(spelling) == "https://sample.example/news/7"


def test_parameters_that_choose_the_page_are_kept_in_one_order():
    assert canonical_url("https://sample.example/?b=2&a=1") == "https://sample.example?a=1&b=2"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://sample.example/a", "http://", "not an address"])
def test_what_is_no_web_address_is_refused(address):
    with translation.override("en"), pytest.raises(IntakeError, match="web address"):
        canonical_url(address)


def manifest(folder: Path, text: str) -> Path:
    file = folder / "manifest.csv"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("file\na.txt\n", "line 1: there is no column “path”"),
        ("path,published\na.txt,5/12/2021\n", "line 2, published: “5/12/2021”"),
        ("path,outlet_kind\na.txt,blog\n", "line 2, outlet_kind: “blog”"),
    ],
)
def test_a_manifest_row_that_cannot_be_read_names_its_line_and_field(tmp_path, text, reason):
    with translation.override("en"), pytest.raises(IntakeError, match=reason):
        read_manifest(manifest(tmp_path, text))


def test_a_manifest_may_name_only_what_is_known(tmp_path):
    rows = read_manifest(manifest(tmp_path, "path,outlet,published\na.txt,وكالة,\n"))
    assert (rows["a.txt"].outlet, rows["a.txt"].published) == ("وكالة", None)

"""What the public pages say."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from incidents import reading, wording
from incidents.models import Event
from incidents.views import overview
from tests import factories

pytestmark = pytest.mark.django_db


def published(type: str = "armed_attack", **values: Any) -> Event:
    return factories.event(type, status="published", **values)


def page(path: str, language: str = "en") -> str:
    answer = Client(headers={"Accept-Language": language}).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_event_says_articles_outlets_and_origins_together():
    event = factories.told_event(article_count=5, outlet_count=3, origin_count=1)
    assert "5 articles · 3 outlets · 1 origin" in page(event.get_absolute_url())
    assert "5 مقالات · 3 وسائل · منشأ واحد" in page(event.get_absolute_url(), "ar")


def test_every_page_says_under_which_licence_its_data_are(settings):
    settings.DATA_LICENCE = "ODbL 1.0"
    assert "Data: ODbL 1.0." in page("/about/")


def test_every_quote_links_to_its_passage():
    event = factories.told_event()
    passage = event.claims.first().passage
    assert f"/articles/{passage.article_id}/#p{passage.pk}" in page(event.get_absolute_url())
    assert f'id="p{passage.pk}"' in page(f"/articles/{passage.article_id}/")


def test_the_public_sees_the_quote_and_not_the_article():
    article = factories.article("قتل ثلاثة في هجوم. وهذه بقية المقال التي لا تنشر.")
    factories.claim(published(), passage=factories.quote(article, "قتل ثلاثة في هجوم."))
    public = page(f"/articles/{article.pk}/")
    assert "قتل ثلاثة في هجوم." in public
    assert "بقية المقال" not in public
    staff = Client()
    staff.force_login(factories.user(role="editor"), backend="django.contrib.auth.backends.ModelBackend")
    assert "بقية المقال" in staff.get(f"/articles/{article.pk}/").content.decode()


def test_figures_that_differ_stand_side_by_side():
    event = published()
    for words, killed in (("قتل عشرة.", 10), ("قتل ثلاثة عشر.", 13)):
        factories.claim(event, passage=factories.quote(factories.article(words), words), low=killed, high=killed)
    [(_label, voices)] = reading.conflicts(reading.claims_of(event))
    assert len(voices) == 2


def test_at_least_ten_and_thirteen_are_not_shown_as_a_conflict():
    event = published()
    for words, low, high in (("قتل عشرة على الأقل.", 10, None), ("قتل ثلاثة عشر.", 13, 13)):
        factories.claim(event, passage=factories.quote(factories.article(words), words), low=low, high=high)
    assert reading.conflicts(reading.claims_of(event)) == []


def test_the_article_of_a_published_statistic_is_public_with_that_quote_alone():
    figure = factories.statistic(status="published")
    article = figure.passage.article
    draft = factories.quote(article, "عشرة أشهر")
    factories.claim(factories.event(), passage=draft)
    answer = page(f"/articles/{article.pk}/")
    assert f'id="p{figure.passage_id}"' in answer
    assert f'id="p{draft.pk}"' not in answer


def test_the_article_of_a_draft_statistic_is_not_there():
    assert Client().get(f"/articles/{factories.statistic().passage.article_id}/").status_code == 404


def test_an_actor_of_two_roles_is_listed_once_with_both():
    event, army = published(), factories.actor(name_en="The army")
    for role in ("defender", "target"):
        factories.participation(event, army, role=role)
    body = page(event.get_absolute_url())
    assert body.count("The army") == 1
    assert "(Defender, Target)" in body


def test_an_event_without_claims_is_a_page():
    event = published()
    assert event.code in page(event.get_absolute_url())


def test_a_merged_code_leads_to_what_it_became():
    heir = published(code="ISN-2021-000001")
    factories.event("armed_attack", code="ISN-2021-000002", status="merged", merged_into=heir)
    answer = Client().get("/events/ISN-2021-000002/")
    assert (answer.status_code, answer["Location"]) == (301, "/events/ISN-2021-000001/")


def test_a_merged_code_does_not_betray_a_draft():
    draft = factories.event(code="ISN-2021-000001", status="draft")
    factories.event("armed_attack", code="ISN-2021-000002", status="merged", merged_into=draft)
    assert Client().get("/events/ISN-2021-000002/").status_code == 404


def test_the_list_pages_through_every_event_once():
    first = date(2021, 1, 1)
    for number in range(1, 46):
        day = None if number < 4 else first + timedelta(days=number // 3)
        published(code=f"ISN-2021-{number:06d}", date_start=day, date_end=day, date_prec=1 if day else None)
    seen: list[str] = []
    path = "/events/"
    while path:
        body = page(path)
        seen += re.findall(r'data-code="(ISN-[\d-]+)"', body)
        following = re.search(r'href="(/events/\?[^"]*after=[^"]+)" rel="next"', body)
        path = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 45
    assert set(seen[-3:]) == {"ISN-2021-000001", "ISN-2021-000002", "ISN-2021-000003"}


def test_an_unknown_filter_is_refused_with_the_nearest_one():
    answer = Client(headers={"Accept-Language": "en"}).get("/events/?tipe=ied")
    assert answer.status_code == 400
    assert "type" in answer.content.decode()


@pytest.mark.parametrize(
    ("start", "end", "precision", "english", "arabic"),
    [
        ("2021-12-02", "2021-12-02", 1, "Thursday 2 December 2021", "الخميس 2 كانون الأول 2021"),
        ("2021-12-02", "2021-12-03", 2, "2–3 December 2021", "2–3 كانون الأول 2021"),
        ("2020-12-30", "2021-01-02", 2, "30 December 2020 – 2 January 2021", "30 كانون الأول 2020 – 2 كانون الثاني 2021"),
        ("2021-11-01", "2021-11-30", 4, "November 2021", "تشرين الثاني 2021"),
        ("2021-01-01", "2021-12-31", 5, "2021", "2021"),
    ],
)
def test_a_day_is_said_no_more_exactly_than_it_is_known(start, end, precision, english, arabic):
    for language, words in (("en", english), ("ar", arabic)):
        with translation.override(language):
            assert wording.when(date.fromisoformat(start), date.fromisoformat(end), precision) == words


def test_a_citation_escapes_what_its_format_would_run():
    event = published(title_ar=r"50% & {نص}_\input", title_en="")
    bib = Client().get(f"/events/{event.code}/cite.bib").content.decode()
    assert r"50\% \& \{نص\}\_\textbackslash{}input" in bib
    assert json.loads(Client().get(f"/events/{event.code}/cite.json").content)[0]["number"] == event.code


def test_only_stated_links_are_shown_until_asked():
    attack, meeting = factories.told_event(), factories.told_event("meeting")
    factories.link(meeting, attack, basis="inferred")
    path = attack.get_absolute_url()
    assert meeting.code not in page(path)
    assert meeting.code in page(f"{path}?links=all")


def test_who_would_wait_for_a_workbook_is_told_before(monkeypatch):
    factories.told_event()
    assert "Excel file" not in page("/events/")
    monkeypatch.setattr(overview, "LONG_WORKBOOK", 0)
    assert "An Excel file begins to arrive when it is complete" in page("/events/")

"""Nobody outside learns anything of what is not published: not by a list, a filter, an ordering, a search, a nested id or an error."""

import re
from itertools import product

import pytest
from django.urls import resolve

from entities.models import Actor, Place
from incidents.filters import AreaField
from incidents.models import Claim, Commitment, Event, EventLink, Statistic
from sources.models import Article, Outlet, Speaker, Statement
from tests import factories as make
from tests.api.conftest import LISTS, Record

pytestmark = pytest.mark.django_db
CANARY = "zanbaqcanary"
AREA = "1~43,34~45,34~45,36~43,36"


def add_secrets(record: Record) -> dict[str, list[str]]:
    """Secret rows that hang on the public ones by every relation there is. Filter → values that name them."""
    named: dict[str, list[str]] = {"q": [CANARY]}
    for status in ("draft", "in_review", "approved", "rejected", "merged"):
        place = make.place(f"{CANARY} مكان", under=record.place, name_en=CANARY, key=f"isnad:{CANARY}-{status}")
        actor = make.actor(f"{CANARY}-{status}", name_ar=f"{CANARY} قوة")
        speaker = make.speaker(f"{CANARY} ناطق {status}", slug=f"{CANARY}-{status}", organ_of=record.speaker, actor=actor)
        outlet = make.outlet(f"{CANARY} صحيفة {status}")
        heir = {"merged_into": record.attack} if status == "merged" else {}
        event = make.event(status=status, title_ar=CANARY, title_en=CANARY, summary_en=CANARY, place=place, at=(44.99, 34.99), **heir)
        article = make.article(f"{CANARY} نص الخبر {status}", outlet=outlet, title=CANARY, published_on=None)
        said = make.statement(speaker, record.speaker, title=CANARY)
        passage = make.quote(article, CANARY, said_in=said)
        make.relay(passage, record.outlet, phrase=CANARY)
        in_public_article = make.quote(record.passage.article, record.passage.article.text[:9], said_in=record.statement)
        for quoted in (passage, in_public_article, record.passage):
            make.claim(event, passage=quoted, phrase=CANARY, note=CANARY)
        make.claim(event, "place", passage=passage, place=record.place, place_text=CANARY)
        make.claim(event, "perpetrator", passage=record.passage, actor=record.actor, actor_text=CANARY)
        make.participation(event, record.actor)
        make.resolution(event, *event.claims.all(), reason=CANARY)
        make.link(event, record.attack, evidence=passage, phrase=CANARY)
        make.link(record.meeting, event, evidence=record.passage, phrase=CANARY)
        make.commitment(event, CANARY, implemented_by=record.attack, status="implemented", passage=record.passage)
        make.statistic(999, passage=passage, measure_text=CANARY, area=place)
        make.statistic(999, passage=record.passage, measure_text=f"{CANARY}{status}")
        names = {"event": event.code, "place": place.key, "inside": place.key, "area": place.key, "actor": actor.slug, "slug": speaker.slug}
        names |= {"outlet": outlet.pk, "article": article.pk, "statement": said.pk, "organ_of": speaker.pk}
        names["speaker"] = f"{speaker.slug},{speaker.pk}"
        for name, value in names.items():
            if status in ("draft", "merged"):  # by two of the five, to keep the number of questions down
                named.setdefault(name, []).append(str(value))
    make.link(record.attack, record.meeting, "follows_up", basis="suggested", status="open", phrase=CANARY)
    make.link(record.attack, record.meeting, "continues", status="rejected", phrase=CANARY)
    return named


def public_values(record: Record) -> dict[str, list[str]]:
    return {
        "event": [record.attack.code], "place": [record.place.key], "inside": [record.place.key], "area": [record.place.key],
        "actor": [record.actor.slug], "speaker": [str(record.speaker.pk)], "outlet": [str(record.outlet.pk)], "bbox": ["43,34,45,36"],
        "article": [str(record.passage.article_id)], "statement": [str(record.statement.pk)], "organ_of": [str(record.speaker.organ_of_id)],
        "q": ["هجوم"], "from": ["2020-01-01"], "to": ["2030-01-01"], "located": ["yes", "no"], "dated": ["yes", "no"], "origins": ["0"],
        "conflict": ["no"], "level": ["district"], "side": ["isis"], "since": ["2020-01-01T00:00:00Z"],
    }  # fmt: skip


def addresses(values: dict[str, list[str]]) -> list[str]:
    """Every list, alone and by every filter and ordering it has."""
    found = ["/api/v1/events.geojson?count=yes", "/api/v1/events/?expand=claims,chain", "/api/v1/", "/api/v1/openapi.yaml"]
    for name in LISTS:
        view = resolve(f"/api/v1/{name}/").func.cls
        found += [f"/api/v1/{name}/?count=yes&limit={limit}&ordering={order}" for limit, order in product((1, 1000), view.orderings)]
        for parameter, one in view.filterset_class.base_filters.items():
            drawn = [AREA] if isinstance(one.field, AreaField) else []  # statistics have an `area` too: a place
            words = drawn or getattr(one.field, "words", [])[:2] or values.get(parameter, [])
            found += [f"/api/v1/{name}/?count=yes&{parameter}={word}" for word in words]
    return found


def ids_of_everything() -> list[str]:
    found = [f"/api/v1/events/{code}/?expand=claims,chain" for code in Event.objects.values_list("code", flat=True)]
    found += [f"/api/v1/places/{key}/" for key in Place.objects.values_list("key", flat=True)]
    found += [f"/api/v1/actors/{slug}/" for slug in Actor.objects.values_list("slug", flat=True)]
    models = {"articles": Article, "speakers": Speaker, "outlets": Outlet, "statements": Statement, "claims": Claim}
    models |= {"links": EventLink, "commitments": Commitment, "statistics": Statistic}
    return found + [f"/api/v1/{name}/{pk}/" for name, model in models.items() for pk in model.objects.values_list("pk", flat=True)]


def answers(client, paths: list[str]) -> dict[str, tuple[int, bytes]]:
    got = {}
    for path in paths:
        answer = client.get(path)
        got[path] = (answer.status_code, answer.content)
    return got


def test_two_worlds_answer_alike(client, record: Record) -> None:
    """The same questions before and after secret rows are added: every byte, status and count is the same."""
    values = public_values(record)
    for name in ("actor", "speaker", "slug", "place", "inside", "area", "event"):
        values.setdefault(name, []).append(f"{CANARY}-draft")
    paths = addresses(values)
    before = answers(client, paths)
    assert all(status == 200 for status, _body in before.values()), {p: s for p, (s, _b) in before.items() if s != 200}
    add_secrets(record)
    after = answers(client, paths)
    assert [path for path in paths if before[path] != after[path]] == []


def test_an_outsider_finds_no_secret_by_asking_for_it(client, record: Record) -> None:
    """Every list by every filter with the secrets' own names and ids; every id there is; and no canary in any answer."""
    named = add_secrets(record)
    for path, (status, body) in answers(client, addresses(named) + ids_of_everything()).items():
        assert status in (200, 400, 404), path
        assert CANARY not in body.decode().replace(path, ""), path
        found = re.search(rb'"count":(\d+)', body)
        if found and any(f"={value}" in path for values in named.values() for value in values if CANARY in value):
            assert int(found[1]) == 0, path


def test_the_text_of_an_article_is_for_staff(cast, record: Record) -> None:
    hidden = "وحضر شهود لم يقتبس كلامهم"
    article = make.article(f"قتل اثنان. {hidden}.")
    make.claim(record.attack, passage=make.quote(article, "قتل اثنان."))
    address = f"/api/v1/articles/{article.pk}/"
    for who in (cast.outsider, cast.viewer):
        for path in (
            address,
            f"{address}?fields=passages,title",
            "/api/v1/articles/",
            f"/api/v1/events/{record.attack.code}/?expand=claims",
        ):
            answer = who.get(path)
            assert answer.status_code == 200
            assert hidden not in answer.content.decode()
        assert who.get(f"{address}?fields=text").status_code == 400
        assert "text" not in who.get(address).json()
    answer = cast.editor.get(address)
    assert hidden in answer.json()["text"]
    assert "Cookie" in answer["Vary"]
    assert "private" in answer["Cache-Control"]


def test_a_commitment_does_not_name_the_unpublished_event_that_implemented_it(client, record: Record) -> None:
    secret = make.event(title_en=CANARY)
    make.commitment(record.meeting, implemented_by=secret, status="implemented")
    assert secret.code not in client.get("/api/v1/commitments/").content.decode()


def test_an_article_shows_only_the_passages_that_are_published(client, record: Record) -> None:
    article = record.passage.article
    before = client.get(f"/api/v1/articles/{article.pk}/").json()["passages"]
    make.claim(make.event(), passage=make.quote(article, article.text[:6]))
    assert client.get(f"/api/v1/articles/{article.pk}/").json()["passages"] == before

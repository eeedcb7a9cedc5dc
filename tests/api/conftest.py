"""A small public record that touches every list of the API."""

from dataclasses import dataclass
from datetime import date

import pytest

from entities.models import Actor, Place
from incidents.models import Event
from sources.models import Outlet, Passage, Speaker, Statement
from tests import factories as make

LISTS = [
    "events",
    "incidents",
    "coordination",
    "claims",
    "articles",
    "statements",
    "speakers",
    "outlets",
    "actors",
    "places",
    "links",
    "commitments",
    "statistics",
    "releases",
    "changes",
]


@dataclass
class Record:
    attack: Event
    meeting: Event
    actor: Actor
    place: Place
    speaker: Speaker
    statement: Statement
    outlet: Outlet
    passage: Passage


def make_record() -> Record:
    """An attack told by two articles of one communique, the meeting that answers it, what it promised, and a statistic."""
    province = make.place("محافظة", level="governorate")
    place = make.place("مخمور", under=province, level="district")
    command = make.actor("command")
    actor = make.actor("islamic-state", kind="rebel_terrorist", side="isis")
    body = make.speaker("القيادة", slug="joint-command", actor=command)
    speaker = make.speaker("الخلية", slug="media-cell", organ_of=body)
    statement = make.statement(speaker)
    attack = make.event(place=place, status="published", title_en="Attack at night", title_ar="هجوم ليلي")
    passages = []
    for name in ("الأولى", "الثانية"):
        report = make.article(outlet=make.outlet(name), text=f"قتل ثلاثة عشر شخصاً. وحضر مسؤولون اجتماعاً بعد الهجوم. {name}")
        passages.append(make.quote(report, "قتل ثلاثة عشر شخصاً.", said_in=statement))
        make.relay(passages[-1], make.outlet("الوكالة", kind="agency"))
        make.claim(attack, passage=passages[-1], party="peshmerga")
        make.claim(attack, "perpetrator", passage=passages[-1], actor=actor)
        make.claim(attack, "place", passage=passages[-1], place=place)
    make.participation(attack, actor)
    make.resolution(attack, *attack.claims.filter(attribute="casualties"))
    meeting = make.event("meeting", status="published", date_start=date(2021, 12, 4), at=None)
    evidence = make.quote(passages[0].article, "وحضر مسؤولون اجتماعاً بعد الهجوم.")
    make.claim(meeting, "type", passage=evidence)
    make.link(meeting, attack, evidence=evidence)
    make.commitment(meeting, passage=evidence)
    make.statistic(status="published", area=province)
    make.release()
    # What is not known: a speaker without a slug, an article without an address, a day, an outlet's kind.
    bare = make.article(url="", canonical_url="", published_on=None)
    make.claim(attack, "type", passage=make.quote(bare, bare.text[:10], said_in=make.statement(make.speaker(slug=None), said_on=None)))
    Event.objects.update(modified_at=make.NOON)
    return Record(attack, meeting, actor, place, speaker, statement, passages[0].article.outlet, passages[0])


@pytest.fixture
def record(db: None) -> Record:
    return make_record()

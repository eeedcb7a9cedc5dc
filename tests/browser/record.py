"""A record to look at: enough events of every sort that each filter lets some through and keeps some out."""

import random
from datetime import date, timedelta

from entities.models import Actor, Place
from incidents.models import Event
from incidents.taxonomy import COORDINATION_TYPES, INCIDENT_TYPES
from sources.models import Passage, Speaker
from tests import factories

SIZE = 60


def write_record(size: int = SIZE) -> list[Event]:
    """`size` published events, the same for every test; every twelfth undated, every tenth on no map. Four reports tell them all."""
    chance = random.Random(5)
    kirkuk = factories.place("كركوك", key="cod:IQG13", level="governorate", name_en="Kirkuk")
    # Known to no event itself: what lies in it must be found all the same.
    hawija = factories.place("الحويجة", key="cod:IQG13Q02", level="district", name_en="Hawija", under=kirkuk)
    villages = [factories.place(f"قرية {n}", key=f"isnad:village-{n}", under=hawija if n % 2 else None) for n in range(6)]
    passages = [_passage(factories.speaker(f"الناطق {n}", slug=f"speaker-of-{n}")) for n in range(4)]
    forces = [factories.actor() for _n in range(4)]
    return [_event(number, chance, [kirkuk, *villages], passages, forces) for number in range(1, size + 1)]


def _passage(by: Speaker) -> Passage:
    report = factories.article()
    return factories.quote(report, report.text, said_in=factories.statement(by))


def _event(number: int, chance: random.Random, places: list[Place], passages: list[Passage], forces: list[Actor]) -> Event:
    kind = INCIDENT_TYPES if chance.random() < 0.7 else COORDINATION_TYPES
    first = None if number % 12 == 0 else date(2020, 1, 1) + timedelta(days=chance.randrange(900))
    last = first and first + timedelta(days=chance.choice([0, 0, 0, 1, 20]))
    place = chance.choice(places)
    at = None if number % 10 == 0 else (43.2 + chance.random() * 2, 34.6 + chance.random() * 1.6)
    row = factories.event(
        chance.choice(kind[:5]),
        code=f"ISN-2021-{number:06d}",
        status="published",
        date_start=first,
        date_end=last,
        date_prec=None if first is None else 1 if first == last else 2,
        at=at,
        where_prec=None if at is None else 4 if place.level == "governorate" else chance.choice([1, 1, 2]),
        place=place,
        deaths_low=number % 5,
        deaths_best=number % 5,
        deaths_high=number % 7 + 5,
        article_count=1,
        outlet_count=1,
        origin_count=1 + number % 3,
        has_conflict=number % 9 == 0,
        grade=chance.choice(["confirmed", "fair", "weak"]),
        search_text="هجوم مخمور" if number % 4 == 0 else "اجتماع كركوك",
    )
    factories.claim(row, passage=chance.choice(passages))
    factories.participation(row, chance.choice(forces))
    return row

"""Valid rows in one call. Every function fills what a test does not name; what it names is passed to the model as it is."""

import hashlib
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.gis.geos import Point

from entities.models import Actor, ActorSpelling, Place, PlaceMembership, PlaceSpelling
from extraction.text import search_text
from incidents.models import (
    Candidate,
    Claim,
    CodeCounter,
    Commitment,
    DatasetImport,
    Event,
    EventLink,
    ImportedRow,
    Participation,
    Release,
    Resolution,
    Statistic,
)
from incidents.taxonomy import BY_SLUG
from sources.models import Article, Outlet, Passage, Relay, Speaker, Statement, Submission

_number = count(1)
NIGHT_OF_THE_ATTACK = date(2021, 12, 2)
QARACHOGH = (43.62, 35.77)  # longitude, latitude
NOON = datetime(2021, 12, 5, 12, tzinfo=UTC)

User = get_user_model()


def user(name: str = "", role: str = "editor") -> Any:
    """A signed-in person. Roles: viewer, editor, reviewer, admin (a superuser)."""
    name = name or f"{role}{next(_number)}"
    person = User.objects.filter(username=name).first()
    if person is None:
        person = User.objects.create(username=name, is_staff=role != "viewer", is_superuser=role == "admin")
        person.groups.add(Group.objects.get_or_create(name=role)[0])
    return person


def place(
    name_ar: str = "", *, under: Place | None = None, hierarchy: str = "federal", spellings: tuple[str, ...] = (), **values: Any
) -> Place:
    """A place of the gazetteer; `under` puts it into one administrative tree."""
    number = next(_number)
    name_ar = name_ar or f"قرية {number}"
    values = {
        "key": f"isnad:place-{number}",
        "name_en": f"Village {number}",
        "level": "village",
        "point": Point(*QARACHOGH, srid=4326),
        **values,
    }
    row = Place.objects.create(name_ar=name_ar, **values)
    for text in (name_ar, *spellings):
        PlaceSpelling.objects.create(place=row, text=text)
    if under:
        PlaceMembership.objects.create(place=row, parent=under, hierarchy=hierarchy)
    return row


def actor(slug: str = "", *, spellings: tuple[str, ...] = (), **values: Any) -> Actor:
    """An actor; the one with that slug if there is one."""
    number = next(_number)
    values = {"name_ar": f"قوة {number}", "name_en": f"Force {number}", "kind": "state_military", **values}
    row, is_new = Actor.objects.get_or_create(slug=slug or f"force-{number}", defaults=values)
    for text in (row.name_ar, *spellings) if is_new else ():
        ActorSpelling.objects.create(actor=row, text=text)
    return row


def outlet(name_ar: str = "", **values: Any) -> Outlet:
    """An outlet; the one of that name if there is one."""
    name_ar = name_ar or f"صحيفة {next(_number)}"
    return Outlet.objects.get_or_create(name_ar=name_ar, defaults={"name_en": "", "kind": "newspaper", **values})[0]


def article(text: str = "", *, outlet: Outlet | None = None, **values: Any) -> Article:
    """A stored article of 2021-12-05 (`published_on=None`: undated), by a new outlet unless one is given."""
    number = next(_number)
    text = text or f"قتل ثلاثة عشر شخصاً في هجوم على قرية قرب جبل قره جوغ مساء الخميس. الخبر {number}."
    raw = text.encode()
    published_on = values.pop("published_on", date(2021, 12, 5))
    url = values.pop("url", f"https://news.example/{number}")
    values = {
        "title": f"هجوم قرب مخمور {number}",
        "language": "ar",
        "retrieved_at": NOON,
        "published_basis": "given" if published_on else "unknown",
        "canonical_url": url,
        **values,
    }
    return Article.objects.create(
        outlet=outlet or globals()["outlet"](),
        url=url,
        published_on=published_on,
        text=text,
        raw=raw,
        sha256=hashlib.sha256(raw).hexdigest(),
        search_text=search_text(f"{values['title']} {text}"),
        **values,
    )


def quote(article: Article, words: str, *, said_in: Statement | None = None, **values: Any) -> Passage:
    """The passage of the article that holds these words (their first occurrence), credited to the statement or to nobody."""
    start = article.text.index(words)
    end = start + len(words)
    values = {
        "prefix": article.text[max(0, start - 32) : start],
        "suffix": article.text[end : end + 32],
        "anchor_on": article.published_on,
        "statement": said_in,
        **values,
    }
    return Passage.objects.get_or_create(article=article, start=start, end=end, defaults={"exact": words, **values})[0]


def speaker(name_ar: str = "", **values: Any) -> Speaker:
    """A speaker; the one of that kind, name and outlet if there is one."""
    number = next(_number)
    values = {"kind": "office", **values}
    key = {"name_ar": name_ar or f"الناطق {number}", "kind": values.pop("kind"), "outlet": values.pop("outlet", None)}
    return Speaker.objects.get_or_create(**key, defaults={"slug": f"speaker-{number}", **values})[0]


def statement(*issuers: Speaker, **values: Any) -> Statement:
    """A statement by these speakers; by a new one if none is given."""
    row = Statement.objects.create(**{"kind": "communique", "said_on": date(2021, 12, 4), **values})
    row.issuers.set(issuers or [speaker()])
    return row


def relay(passage: Passage, agency: Outlet, *, position: int = 1, phrase: str = "نقلاً عن الوكالة") -> Relay:
    """An agency between the statement and the outlet that printed it."""
    return Relay.objects.create(passage=passage, outlet=agency, position=position, phrase=phrase)


def event(type: str = "armed_attack", *, status: str = "draft", at: tuple[float, float] | None = QARACHOGH, **values: Any) -> Event:
    """An event in any status, with the people that status needs. `at` is (longitude, latitude), None for an unlocated event;
    `date_start=None` makes an undated one; a merged event needs `merged_into`."""
    number = next(_number)
    first = values.pop("date_start", NIGHT_OF_THE_ATTACK)
    values = {
        "title_ar": f"هجوم {number}",
        "title_en": f"Attack {number}",
        "date_end": first,
        "date_prec": 1 if first else None,
        "point": Point(*at, srid=4326) if at else None,
        "where_prec": 1 if at else None,
        "created_by": user("editor"),
        **values,
    }
    if status in ("approved", "published"):
        values = {"approved_by": user("reviewer", "reviewer"), "approved_at": NOON, **values}
    if status == "published":
        values = {"published_at": NOON, **values}
    words = " ".join(str(values.get(name, "")) for name in ("title_ar", "title_en", "summary_ar", "summary_en"))
    return Event.objects.create(
        code=values.pop("code", "") or CodeCounter.next_code((first or NOON).year),
        kind=BY_SLUG[type].kind,
        type=type,
        status=status,
        date_start=first,
        search_text=values.pop("search_text", search_text(words)),
        **values,
    )


def claim(of: Event, attribute: str = "casualties", *, passage: Passage | None = None, by: Speaker | None = None, **values: Any) -> Claim:
    """A claim about the event. Without a passage it stands in an article of its own, credited to `by` or to nobody.

    What it says is a plain value of its kind, column by column unless named: `claim(e, low=10)` says that ten were killed.
    """
    if passage is None:
        source = article()
        passage = quote(source, source.text, said_in=statement(by) if by else None)
    defaults: dict[str, dict[str, Any]] = {
        "date": {"date_start": NIGHT_OF_THE_ATTACK, "date_end": NIGHT_OF_THE_ATTACK, "date_prec": 1, "phrase": "مساء الخميس"},
        "place": {"place_text": "جبل قره جوغ", "where_prec": 1},
        "type": {"type": of.type},
        "modality": {"event_modality": "occurred"},
        "casualties": {"harm": "killed", "party": "mixed", "low": 13, "high": 13},
        **{name: {"actor_text": "داعش", "role": "perpetrator"} for name in ("perpetrator", "responsibility")},
        "target": {"actor_text": "البيشمركة", "role": "target"},
        "participant": {"actor_text": "البيشمركة", "role": "participant"},
        **{name: {"text": "بنادق"} for name in ("weapon", "outcome", "agreement_item", "operation_name")},
    }
    if "low" in values:
        values.setdefault("high", values["low"])
    return Claim.objects.create(
        event=of, passage=passage, attribute=attribute, created_by=user("editor"), **{**defaults[attribute], **values}
    )


def resolution(of: Event, *claims: Claim, attribute: str = "killed", **values: Any) -> Resolution:
    """The current choice of one headline value, from these claims."""
    row = Resolution.objects.create(event=of, attribute=attribute, **{"method": "agree", "value": {"deaths_best": 13}, **values})
    row.claims.set(claims)
    return row


def participation(of: Event, actor: Actor | None = None, role: str = "perpetrator", **values: Any) -> Participation:
    return Participation.objects.create(event=of, actor=actor or globals()["actor"](), role=role, **values)


def link(source: Event, target: Event, relation: str = "responds_to", **values: Any) -> EventLink:
    """A confirmed link that a text states, unless told otherwise."""
    values = {"basis": "stated", "status": "confirmed", "phrase": "على خلفية", **values}
    if values["basis"] == "stated" and "evidence" not in values:
        report = article()
        values["evidence"] = quote(report, report.text)
    return EventLink.objects.create(source=source, target=target, relation=relation, **values)


def commitment(of: Event, text: str = "تشكيل لجنة مشتركة", **values: Any) -> Commitment:
    return Commitment.objects.create(event=of, text=text, **{"kind": "mechanism", **values})


def statistic(value: int = 206, *, status: str = "draft", passage: Passage | None = None, **values: Any) -> Statistic:
    """An aggregate somebody asserts: 206 attacks from January to October 2021 unless told otherwise."""
    if passage is None:
        report = article(f"سجلت الوزارة {value} هجمات خلال عشرة أشهر. التقرير {next(_number)}.")
        passage = quote(report, report.text)
    values = {"measure": "attacks", "period_start": date(2021, 1, 1), "period_end": date(2021, 10, 31), **values}
    return Statistic.objects.create(passage=passage, value=value, status=status, **values)


def told_event(type: str = "armed_attack", *, status: str = "published", by: Speaker | None = None, **values: Any) -> Event:
    """An event with a chain: an article, a quote credited to a speaker, a casualty claim, an actor."""
    row = event(type, status=status, **{"article_count": 1, "outlet_count": 1, "origin_count": 1, **values})
    claim(row, by=by or speaker())
    participation(row)
    return row


def candidate(article: Article | None = None, *, type: str = "armed_attack", quotes: tuple[str, ...] = (), **proposal: Any) -> Candidate:
    """A waiting candidate of an armed attack on 2021-12-02 with 13 killed, as the extractor would print it; further keywords replace
    fields of the proposal. `quotes` are words of the article, the whole text unless named."""
    article = article or globals()["article"]()
    words = quotes or (article.text,)
    spans = [{"start": article.text.index(w), "end": article.text.index(w) + len(w), "text": w} for w in words]
    first = {"start": spans[0]["start"], "end": spans[0]["start"] + 3}
    values = {
        "kind": BY_SLUG[type].kind if type in BY_SLUG else "statistic",
        "type": type,
        "modality": "occurred",
        "score": 0.9,
        "date": {
            "start": "2021-12-02",
            "end": "2021-12-02",
            "date_prec": 1,
            "phrase": words[0][:12],
            "span": [spans[0]["start"], spans[0]["start"] + 12],
        },
        "places": [],
        "actors": [],
        "casualties": [{**first, "harm": "killed", "party": "mixed", "low": 13, "high": 13, "quantifier": "exact"}],
        "origins": [],
        "outcomes": [],
        "weapons": [],
        "figures": [],
        "links": [],
        "flags": [],
        "quotes": spans,
        **proposal,
    }
    key = {"kind": values["kind"], "type": type, "start": min(q["start"] for q in spans), "end": max(q["end"] for q in spans)}
    return Candidate.objects.create(article=article, score=values["score"], proposal=values, **key)


def submission(label: str = "خبر.txt", **values: Any) -> Submission:
    """A file handed in and waiting."""
    values = {"form": "file", "raw": "قتل ثلاثة أشخاص في هجوم قرب مخمور.".encode(), **values}
    return Submission.objects.create(label=label, submitted_by=values.pop("by", None) or user("editor"), **values)


def dataset_import(**values: Any) -> DatasetImport:
    """A file of two rows of an invented dataset, whose columns wait to be assigned."""
    dataset = outlet("Sample register", kind="dataset")
    values = {"dataset": dataset, "format": "table", "label": "rows.csv", "state": "mapping", "submitted_by": user("editor"), **values}
    return DatasetImport.objects.create(**{"raw": b"No,Day,Kind\n1,2021-12-02,ambush\n2,2021-12-03,clash\n", **values})


def imported_row(**values: Any) -> ImportedRow:
    """A refused row of an import."""
    source = values.pop("source", None) or dataset_import()
    return ImportedRow.objects.create(source=source, **{"line": 2, "fate": "refused", "problems": [["Day", "is empty"]], **values})


def release(name: str = "2021-12-05", **values: Any) -> Release:
    """The row of a frozen release, without its files."""
    file = {"name": "events.csv", "media_type": "text/csv; charset=utf-8", "bytes": 3, "sha256": hashlib.sha256(b"abc").hexdigest()}
    values = {"published_on": date(2021, 12, 5), "read_at": NOON, "licence": "CC BY 4.0", "events": 1, "files": [file], **values}
    return Release.objects.create(name=name, site="https://isnad.example/", **values)

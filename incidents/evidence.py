"""From a proposal's spans to the record: passages, the statements they quote, and one claim for each value."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.contrib.gis.geos import Point
from django.db.models import Q, Value
from django.db.models.functions import Concat, Length, StrIndex

from entities.models import Actor, ActorSpelling, Place
from extraction.text import fold
from incidents.models import Claim, Commitment, Event, Statistic
from incidents.taxonomy import Harm, Modality, Party, Role
from sources.intake import outlet_named
from sources.models import Article, Outlet, Passage, Relay, Speaker, Statement

CONTEXT = 32
_ACTOR_ATTRIBUTES = {
    Role.PERPETRATOR: Claim.Attribute.PERPETRATOR,
    Role.TARGET: Claim.Attribute.TARGET,
    Role.VICTIM: Claim.Attribute.TARGET,
}
_STATEMENT_KINDS = (
    ("بيان", "communique"),
    ("مؤتمر", "press_conference"),
    ("مقابلة", "interview"),
    ("تغريدة", "post"),
    ("منشور", "post"),
    ("statement", "communique"),
)
# What is agreed in these can be kept or broken; what an operation did or failed to do is its outcome.
_PROMISING = ("meeting", "visit", "conference", "call", "agreement", "centre", "joint_force", "committee", "statement")
_COMMITMENT_KINDS = (
    ("استخبار", "intelligence"),
    ("معلومات", "intelligence"),
    ("intelligence", "intelligence"),
    ("لقاءات", "meeting_series"),
    ("اجتماعات", "meeting_series"),
    ("عمليات", "operation"),
    ("عملية", "operation"),
    ("operation", "operation"),
    ("لوجست", "logistics"),
    ("تجهيز", "logistics"),
)


def passage_at(article: Article, start: int, end: int, *, anchor_on: date | None = None, statement: Statement | None = None) -> Passage:
    """The passage of these code points; made where it is new. A statement is added to one that credits nobody, never replaced."""
    text = article.text
    passage, _ = Passage.objects.get_or_create(
        article=article,
        start=start,
        end=end,
        defaults={
            "exact": text[start:end],
            "prefix": text[max(0, start - CONTEXT) : start],
            "suffix": text[end : end + CONTEXT],
            "anchor_on": anchor_on,
            "statement": statement,
        },
    )
    if statement and passage.statement_id is None:
        passage.statement = statement
        passage.save(update_fields=["statement"])
    return passage


def passage_around(article: Article, start: int, end: int, proposal: dict[str, Any]) -> Passage:
    """The proposal's quote that holds these code points; the sentence around them where none does."""
    for quote in proposal["quotes"]:
        if quote["start"] <= start and end <= quote["end"]:
            return passage_at(article, quote["start"], quote["end"])
    left = max(article.text.rfind(mark, 0, start) for mark in ("\n", ".", "؟", "!")) + 1
    right = min((i for i in (article.text.find(mark, end) for mark in ("\n", ".", "؟", "!")) if i >= 0), default=len(article.text))
    while article.text[left : left + 1].isspace():
        left += 1
    return passage_at(article, left, right)


def speaker_of(origin: dict[str, Any], outlet: Outlet | None) -> Speaker:
    """The speaker an attribution names; an unnamed source is known to its outlet alone."""
    if origin.get("speaker"):
        known = Speaker.objects.filter(slug=origin["speaker"]).first()
        if known:
            return known
    kind = origin.get("kind") if origin.get("kind") in Speaker.Kind.values else Speaker.Kind.BODY
    if kind in Speaker.UNNAMED:
        return Speaker.objects.get_or_create(kind=kind, name_ar=origin["name"][:300], outlet=outlet)[0]
    body = body_named_in(origin["name"])
    office = {"organ_of": body, "actor": body.actor} if body else {}
    return Speaker.objects.get_or_create(kind=kind, name_ar=origin["name"][:300], outlet=None, defaults=office)[0]


def body_named_in(name: str) -> Speaker | None:
    """The body an unlisted office speaks for, where its name holds that body's: the secretary general *of the Ministry of Peshmerga*."""
    words = fold(name)
    # The office's tie to its body may be a clitic: "secretary general li-the-ministry".
    text = Value(f" {words} {words.replace(' ل', ' ')} ")
    held = ActorSpelling.objects.annotate(at=StrIndex(text, Concat(Value(" "), "folded", Value(" ")))).filter(at__gt=0)
    longest = held.order_by(Length("folded").desc(), "pk").values_list("actor", flat=True).first()
    return Speaker.objects.filter(actor=longest, slug__isnull=False).exclude(kind=Speaker.Kind.PERSON).first() if longest else None


def statement_of(origin: dict[str, Any], article: Article) -> Statement:
    """The statement an attribution speaks of: one a speaker and article, until an editor finds that two articles carry the same."""
    speaker = speaker_of(origin, article.outlet)
    known = Statement.objects.filter(issuers=speaker, passages__article=article).first()
    if known:
        return known
    phrase = origin.get("phrase", "")
    kind = next(
        (kind for word, kind in _STATEMENT_KINDS if word in phrase), "interview" if speaker.kind == Speaker.Kind.PERSON else "communique"
    )
    statement = Statement.objects.create(kind=kind, said_on=article.published_on, title=phrase[:300])
    statement.issuers.add(speaker)
    return statement


def _origin_near(quote: dict[str, Any], origins: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Which of several attributions covers a quote: one inside it, else the nearest."""
    inside = [o for o in origins if quote["start"] <= o.get("start", -1) < quote["end"]]
    if inside:
        return inside[0]
    return min(origins, key=lambda o: min(abs(o.get("end", 0) - quote["start"]), abs(o.get("start", 0) - quote["end"])), default=None)


def _quote_passages(article: Article, proposal: dict[str, Any]) -> list[Passage]:
    """The proposal's quotes as passages, each with the statement that covers it."""
    anchor = (proposal.get("date") or {}).get("anchor")
    origins = proposal.get("origins", [])
    passages = []
    for quote in proposal["quotes"]:
        origin = _origin_near(quote, origins)
        passage = passage_at(
            article,
            quote["start"],
            quote["end"],
            anchor_on=date.fromisoformat(anchor) if anchor else article.published_on,
            statement=statement_of(origin, article) if origin else None,
        )
        for position, name in enumerate(origin.get("relay", []) if origin else []):
            Relay.objects.get_or_create(
                passage=passage,
                position=position,
                defaults={"outlet": outlet_named(name, kind="agency"), "phrase": (origin or {}).get("phrase", "")[:300]},
            )
        passages.append(passage)
    return passages


def _nearest(passages: list[Passage], value: dict[str, Any]) -> Passage:
    """The passage that holds a value's span, else the one nearest to it."""
    start = value.get("start", passages[0].start)
    return min(passages, key=lambda p: 0 if p.start <= start < p.end else min(abs(p.start - start), abs(p.end - start)))


def write_claims(event: Event, article: Article, proposal: dict[str, Any], *, by: User) -> list[Claim]:
    """One claim for each value of the proposal, each on the passage that holds it; commitments for what a meeting promised."""
    passages = _quote_passages(article, proposal)
    claims: list[Claim] = []

    def add(attribute: str, value: dict[str, Any], **columns: Any) -> Claim:
        passage = _nearest(passages, value)
        phrase = article.text[value["start"] : value["end"]] if value.get("end") else value.get("phrase", "")
        claim = Claim(event=event, passage=passage, attribute=attribute, phrase=phrase[:500], created_by=by, **columns)
        same = [c for c in claims if c.passage_id == passage.pk and c.attribute == attribute and c.value_key == claim.value_key]
        if same:
            return same[0]
        claim.save()
        claims.append(claim)
        return claim

    first = proposal["quotes"][0]
    whole = {"start": first["start"]}
    add("type", whole, type=proposal["type"])
    add("modality", whole, event_modality=_known(proposal.get("modality"), Modality, "occurred"))
    _date_claim(proposal, add)
    for place in proposal.get("places", []):
        _place_claim(place, add)
    for actor in proposal.get("actors", []):
        role = _known(actor.get("role"), Role, "participant")
        known = Actor.objects.filter(slug=actor["actor"]).first() if actor.get("actor") else None
        blamed = add(
            _ACTOR_ATTRIBUTES.get(Role(role), Claim.Attribute.PARTICIPANT), actor, actor=known, actor_text=actor["name"][:300], role=role
        )
        if role == Role.PERPETRATOR and (proposal.get("is_claimed") or _is_own_word(blamed)):
            add("responsibility", actor, actor=known, actor_text=actor["name"][:300], role=role)
    for toll in proposal.get("casualties", []):
        _casualty_claim(event, toll, add)
    for weapon in proposal.get("weapons", []):
        add("weapon", weapon, text=weapon["name"])
    if proposal.get("operation_name"):
        add("operation_name", proposal["operation_name"], text=proposal["operation_name"]["name"])
    for outcome in proposal.get("outcomes", []):
        _outcome(event, outcome, add)
    return claims


def _is_own_word(blamed: Claim) -> bool:
    """Whether those who are said to have done it say so themselves."""
    statement = blamed.passage.statement
    return bool(statement and blamed.actor_id and statement.issuers.filter(actor=blamed.actor_id).exists())


def _known(value: str | None, choices: Any, default: str) -> str:
    return value if value and value in choices.values else default


def _date_claim(proposal: dict[str, Any], add: Any) -> None:
    found = proposal.get("date") or {}
    if not found.get("phrase"):
        return
    days = {}
    if found.get("start"):
        start = date.fromisoformat(found["start"])
        days = {
            "date_start": start,
            "date_end": date.fromisoformat(found["end"] or found["start"]),
            "date_prec": found.get("date_prec") or 1,
        }
    start, end = found.get("span") or (proposal["quotes"][0]["start"], 0)
    claim = add("date", {"start": start, "end": end, "phrase": found["phrase"]}, **days)
    flags = [*proposal.get("flags", []), *found.get("flags", [])]
    if flags:
        claim.flags = list(dict.fromkeys(flags))
        claim.save(update_fields=["flags"])


def _place_claim(place: dict[str, Any], add: Any) -> None:
    known = Place.objects.filter(key=place["place"]).first() if place.get("place") else None
    # An editor's own point first, then the gazetteer's, which may know better by now than the reading does.
    point = Point(place["at"], srid=4326) if place.get("at") else known.point if known else None
    if point is None and place.get("lat") is not None:
        point = Point(place["lon"], place["lat"], srid=4326)
    add("place", place, place=known, place_text=place["name"][:300], point=point, where_prec=place.get("where_prec"))


def _casualty_claim(event: Event, toll: dict[str, Any], add: Any) -> None:
    party, harm = _known(toll.get("party"), Party, "unknown"), _known(toll.get("harm"), Harm, "killed")
    claim = add(
        "casualties",
        toll,
        harm=harm,
        party=party,
        **Claim.toll(toll.get("low"), toll.get("high"), _known(toll.get("quantifier"), Claim.Quantifier, "exact")),
    )
    if toll.get("superseded"):
        _supersede([claim])
    if toll.get("revised") and claim.low is not None:
        below = Q(high__lt=claim.low) | Q(high=None, low__lt=claim.low)
        earlier = event.claims.live().filter(below, attribute="casualties", harm=harm).exclude(pk=claim.pk)
        _supersede([c for c in earlier if c.party in (party, Party.MIXED, Party.UNKNOWN) or party == Party.MIXED])


def _supersede(claims: list[Claim]) -> None:
    """A toll that rose does not contradict the earlier one."""
    for claim in claims:
        claim.rank, claim.rank_reason = Claim.Rank.DEPRECATED, Claim.RankReason.SUPERSEDED
        claim.save(update_fields=["rank", "rank_reason"])


def _outcome(event: Event, outcome: dict[str, Any], add: Any) -> None:
    status = outcome.get("status", "announced")
    denied = status == Commitment.Status.NOT_IMPLEMENTED
    is_promise = event.type in _PROMISING
    claim = add(
        "agreement_item" if is_promise and not denied else "outcome",
        outcome,
        text=outcome["text"],
        polarity=Claim.Polarity.DENIES if denied else Claim.Polarity.ASSERTS,
    )
    if not is_promise:
        return
    kind = next((kind for word, kind in _COMMITMENT_KINDS if word in outcome["text"]), Commitment.Kind.MECHANISM)
    promised = list(event.commitments.standing().filter(status=Commitment.Status.ANNOUNCED, kind=kind)) if denied else []
    if len(promised) == 1:  # of several promises nobody can tell which was broken
        promised[0].status, promised[0].evidence = Commitment.Status.NOT_IMPLEMENTED, claim.passage
        promised[0].save(update_fields=["status", "evidence"])
        return
    Commitment.objects.get_or_create(
        event=event,
        text=outcome["text"],
        defaults={
            "kind": kind,
            "passage": claim.passage,
            "status": _known(status, Commitment.Status, "announced"),
            "evidence": claim.passage if denied else None,
        },
    )


_MEASURES = (
    ("attack", "attacks"),
    ("killed", "killed"),
    ("wounded", "wounded"),
    ("abducted", "abducted"),
    ("arrest", "arrested"),
    ("operation", "operations"),
    ("casualt", "casualties"),
)


def write_statistics(article: Article, proposal: dict[str, Any], *, by: User) -> list[Statistic]:
    """One row for each figure of an asserted aggregate, on its passage."""
    passages = _quote_passages(article, proposal)
    found = proposal.get("date") or {}
    period = {}
    if found.get("start"):
        period = {"period_start": date.fromisoformat(found["start"]), "period_end": date.fromisoformat(found["end"] or found["start"])}
    places = proposal.get("places", [])
    area = Place.objects.filter(key=places[0]["place"]).first() if places and places[0].get("place") else None
    rows = []
    for figure in proposal.get("figures", []):
        measure = next((slug for word, slug in _MEASURES if word in figure["measure"]), Statistic.Measure.OTHER)
        row, _ = Statistic.objects.get_or_create(
            passage=_nearest(passages, figure),
            measure=measure,
            measure_text=figure["measure"][:200],
            defaults={
                "value": figure["value"],
                "period_phrase": found.get("phrase", "")[:200],
                "area": area,
                "area_text": "، ".join(p["name"] for p in places)[:300],
                **period,
            },
        )
        rows.append(row)
    return rows

"""An event as a reader meets it: its headline values and how they were chosen, its claims by origin, its conflicts, its chain."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from entities.models import Actor
from incidents import wording
from incidents.choosing import by_article, toll
from incidents.conflicts import Conflict
from incidents.conflicts import conflicts as conflicts_between
from incidents.models import Claim, Commitment, Event, EventLink, Participation, Resolution
from incidents.taxonomy import Harm, Party
from incidents.voices import named_origins, speakers_of
from sources.models import Article, Outlet, Passage, Speaker


@dataclass
class Quote:
    """One passage and what it says of the event."""

    passage: Passage
    speakers: list[Speaker]
    relays: list[Outlet]
    values: list[Claim] = field(default_factory=list)

    @property
    def article(self) -> Article:
        return self.passage.article


class Standing(TextChoices):
    """Why quotes stand together: those of a speaker or an outlet are an origin, the others count as none."""

    SPEAKER = "speaker", _lazy("origin")
    OWN_WORD = "own_word", _lazy("in its own words")
    DATASET = "dataset", _lazy("dataset, no origin of its own")
    DEPRECATED = "deprecated", _lazy("no longer counted")


@dataclass
class Origin:
    """Every quote that goes back to one root speaker, or to an outlet in its own words; a quote of two origins stands in both."""

    name: str
    standing: Standing
    quotes: list[Quote] = field(default_factory=list)

    @property
    def is_counted(self) -> bool:
        return self.standing in (Standing.SPEAKER, Standing.OWN_WORD)

    @property
    def articles(self) -> int:
        return len({quote.passage.article_id for quote in self.quotes})


@dataclass
class Voice:
    """One of the values that conflict, and who says it."""

    text: str
    claims: list[Claim]

    @property
    def said_by(self) -> list[str]:
        return list(dict.fromkeys(speaker_name(claim.passage) for claim in self.claims))


def claims_of(event: Event) -> list[Claim]:
    """The claims with their chain, in the order they were published."""
    rows = event.claims.with_chain().order_by("passage__article__published_on", "passage__article_id", "passage__start", "id")
    return list(rows)


def origins(claims: Iterable[Claim]) -> list[Origin]:
    """Claims grouped by origin, then by passage. As many groups are counted as the event has origins; what stands on a dataset alone,
    or on deprecated claims alone, follows them and counts as none."""
    claims = list(claims)
    live = {key for claim in claims if claim.is_live for key in named_origins(claim.passage)}
    found: dict[tuple[str, int], Origin] = {}
    quotes: dict[tuple[tuple[str, int], int], Quote] = {}
    for claim in claims:
        for key, name in (named_origins(claim.passage) or _datasets(claim.passage)).items():
            origin = found.setdefault(key, Origin(name, _standing(key, live)))
            at = (key, claim.passage_id)
            if at not in quotes:
                # An outlet that its own text names as the one that was told is no link of the chain of its own.
                here = claim.passage.article.outlet_id
                relays = [relay.outlet for relay in claim.passage.relays.all() if relay.outlet_id != here]
                quotes[at] = Quote(claim.passage, speakers_of(claim.passage), relays)
                origin.quotes.append(quotes[at])
            quotes[at].values.append(claim)
    return sorted(found.values(), key=lambda origin: (not origin.is_counted, -len(origin.quotes)))


def _standing(key: tuple[str, int], live: set[tuple[str, int]]) -> Standing:
    if key[0] == "dataset":
        return Standing.DATASET
    if key not in live:
        return Standing.DEPRECATED
    return Standing.SPEAKER if key[0] == "speaker" else Standing.OWN_WORD


def _datasets(passage: Passage) -> dict[tuple[str, int], str]:
    """{key: name} of the datasets behind a passage that has no origin."""
    roots = [speaker.root for speaker in speakers_of(passage) if speaker.kind == Speaker.Kind.DATASET]
    outlet = passage.article.outlet
    return {("dataset", root.pk): root.name for root in roots} or {("dataset", -outlet.pk): outlet.name}


def speaker_name(passage: Passage) -> str:
    """“the ministry”, or the outlet where it credits nobody."""
    speakers = speakers_of(passage)
    if speakers:
        return _(", ").join(speaker.name for speaker in speakers)
    return passage.article.outlet.name if passage.article.outlet else _("Unknown outlet")


def conflicts(claims: Iterable[Claim]) -> list[tuple[str, list[Voice]]]:
    """Questions on which live claims cannot all be right: (“Killed, civilian”, the answers side by side). Empty where the event's
    mark of conflict is not set."""
    found = conflicts_between([claim for claim in claims if claim.is_live])
    return [(_question(conflict), [Voice(_answer(conflict, rows), rows) for rows in conflict.answers]) for conflict in found]


def _question(conflict: Conflict) -> str:
    words = [Harm(conflict.harm).label] if conflict.harm else [Claim.Attribute(conflict.attribute).label]
    words += [Party(conflict.party).label] if conflict.party else []
    return _(", ").join(str(word) for word in words)


def _answer(conflict: Conflict, claims: list[Claim]) -> str:
    first = claims[0]
    if conflict.harm:
        parts = next(iter(by_article(claims).values()))
        return _figure(*toll(parts), first.quantifier if len(parts) == 1 else "")
    text = value_text(first)
    return _("denied: %(value)s") % {"value": text} if first.polarity == Claim.Polarity.DENIES else text


def value_text(claim: Claim) -> str:
    """What the claim says, in words."""
    match claim.attribute:
        case "date":
            if claim.date_start is None:
                return _("“%(phrase)s” (no day can be told)") % {"phrase": claim.phrase}
            return wording.when(claim.date_start, claim.date_end, claim.date_prec)
        case "place":
            return claim.place.name if claim.place else claim.place_text
        case "type":
            return str(claim.get_type_display())
        case "modality":
            return str(claim.get_event_modality_display())
        case "casualties":
            return _("%(harm)s: %(figure)s, %(party)s") % {
                "harm": claim.get_harm_display(),
                "figure": _figure(claim.low, claim.high, claim.quantifier),
                "party": claim.get_party_display(),
            }
        case "perpetrator" | "target" | "participant" | "responsibility":
            name = claim.actor.name if claim.actor else claim.actor_text
            # Beside “Target”, that the role is the target's says nothing.
            return name if claim.role == claim.attribute else _("%(actor)s (%(role)s)") % {"actor": name, "role": claim.get_role_display()}
        case _:
            return claim.text


def _figure(low: int | None, high: int | None, quantifier: str) -> str:
    """“13”, “10–13”, “at least 10”; without a quantifier the bounds alone speak."""
    if low is None and high is None:
        return str(Claim.Quantifier(quantifier).label)
    quantifier = quantifier or ("exact" if high is not None else "at_least")
    figure = wording.number(low if low is not None else high or 0)
    if low is not None and high is not None and low != high:
        figure = f"{figure}–{wording.number(high)}"
    return figure if quantifier in ("exact", "vague") else f"{Claim.Quantifier(quantifier).label} {figure}"


def headline(event: Event, resolutions: Iterable[Resolution]) -> list[dict[str, Any]]:
    """The headline values: what, how it was chosen, by which rule or why."""
    values = {
        "date": wording.when(event.date_start, event.date_end, event.date_prec),
        "place": event.place.name if event.place else _("Place not known"),
        "type": event.get_type_display(),
        "modality": event.get_modality_display(),
        "killed": wording.figure(event.deaths_low, event.deaths_best, event.deaths_high),
        "wounded": wording.figure(event.injured_low, event.injured_best, event.injured_high),
    }
    precision = {
        "date": event.get_date_prec_display() if event.date_prec else "",
        "place": event.get_where_prec_display() if event.where_prec else "",
    }
    chosen = {resolution.attribute: resolution for resolution in resolutions}
    return [
        {
            "label": label, "value": values[attribute], "precision": precision.get(attribute, ""), "chosen": chosen.get(attribute),
            "claims": len(chosen[attribute].claims.all()) if attribute in chosen else 0,
        }
        for attribute, label in Resolution.Attribute.choices
        if values[attribute]
    ]  # fmt: skip


def chain(event: Event, *, stated_only: bool = True) -> list[dict[str, Any]]:
    """The events this one is linked to, earliest first, each with the days between; only published ones."""
    links = (
        EventLink.objects.published()
        .filter(Q(source=event) | Q(target=event))
        .select_related("source", "target", "evidence__article__outlet")
    )
    return linked(event, links.stated() if stated_only else links)


def linked(event: Event, links: Iterable[EventLink]) -> list[dict[str, Any]]:
    """The events at the other ends of these links, earliest first, each with the days between."""
    rows = [
        {
            "link": link,
            "other": link.target if link.source_id == event.pk else link.source,
            "relation": link.get_relation_display() if link.source_id == event.pk else INVERSE[link.relation](),
            "lag": link.lag_days,
        }
        for link in links
    ]
    return sorted(rows, key=lambda row: (row["other"].date_start is None, row["other"].date_start, row["other"].pk))


def parts(participations: Iterable[Participation]) -> list[tuple[Actor, list[str]]]:
    """Who took part, each once, with the roles they had."""
    found: dict[int, tuple[Actor, list[str]]] = {}
    for row in participations:
        found.setdefault(row.actor_id, (row.actor, []))[1].append(str(row.get_role_display()))
    return list(found.values())


def commitments(event: Event) -> list[Commitment]:
    """What the meeting promised; the event that implemented it only where that is published."""
    rows = list(event.commitments.standing().select_related("passage__article", "evidence__article", "implemented_by"))
    for row in rows:
        if row.implemented_by and row.implemented_by.status != Event.Status.PUBLISHED:
            row.implemented_by = None
    return rows


def grade_reason(event: Event) -> str:
    """The grade's reason in the language of the page: the rules' sentences are kept in English, an editor's in the editor's."""
    return _(event.grade_reason) if event.grade_reason else ""


def warnings(claims: Iterable[Claim]) -> list[tuple[Claim, str]]:
    """What a check found odd in a claim; the claim stays as it was made."""
    return [(claim, FLAGS[flag]()) for claim in claims for flag in claim.flags if flag in FLAGS]


FLAGS: dict[str, Any] = {
    "date_outside_stated_period": lambda: _("The day lies outside the period the same passage speaks of."),
    "weekday_mismatch": lambda: _("The weekday does not fit the date."),
    "event_after_publication": lambda: _("The day lies after the article was published."),
}

# A relation as the event at its other end has it.
INVERSE: dict[str, Any] = {
    "responds_to": lambda: _("answered by"),
    "retaliates_for": lambda: _("retaliated for by"),
    "implements": lambda: _("implemented by"),
    "follows_up": lambda: _("followed up by"),
    "part_of": lambda: _("includes"),
    "prepares": lambda: _("prepared by"),
    "announces": lambda: _("announced by"),
    "continues": lambda: _("continued by"),
    "contradicts": lambda: _("contradicted by"),
    "possible_duplicate": lambda: _("may be the same as"),
}

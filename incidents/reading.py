"""An event as a reader meets it: its headline values and how they were chosen, its claims by origin, its conflicts, its chain."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from incidents import choosing, corroboration, wording
from incidents.models import Claim, Commitment, Event, EventLink, Resolution
from sources.models import Article, Outlet, Passage, Speaker

ONE_VALUE = ("date", "place", "type", "modality", "perpetrator", "casualties")


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


@dataclass
class Origin:
    """A root speaker, or an outlet in its own words, with every quote that goes back to it."""

    name: str
    is_own_word: bool
    quotes: list[Quote] = field(default_factory=list)

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
    """Claims grouped by the root of who says them, then by passage; deprecated claims stay, marked as such."""
    found: dict[Any, Origin] = {}
    quotes: dict[Any, Quote] = {}
    for claim in claims:
        key, name, own = root_of(claim.passage)
        origin = found.setdefault(key, Origin(name, own))
        at = (key, claim.passage_id)
        if at not in quotes:
            relays = [relay.outlet for relay in claim.passage.relays.all()]
            quotes[at] = Quote(claim.passage, speakers_of(claim.passage), relays)
            origin.quotes.append(quotes[at])
        quotes[at].values.append(claim)
    return sorted(found.values(), key=lambda origin: -len(origin.quotes))


def speakers_of(passage: Passage) -> list[Speaker]:
    """Whom the passage credits; nobody where it is the outlet's own word."""
    return list(passage.statement.issuers.all()) if passage.statement else []


def root_of(passage: Passage) -> tuple[tuple[str, int], str, bool]:
    """(key, name, whether it is the outlet's own word) of the origin; an unnamed source counts with the outlet that alone knows it."""
    speakers = speakers_of(passage)
    outlet = passage.article.outlet
    if speakers and speakers[0].kind not in Speaker.UNNAMED:
        root = speakers[0].root
        return ("speaker", root.pk), root.name, False
    name = outlet.name if outlet else _("Unknown outlet")
    key = ("outlet", outlet.pk) if outlet else ("article", passage.article_id)
    return key, name, True


def speaker_name(passage: Passage) -> str:
    """“the ministry”, or the outlet where it credits nobody."""
    speakers = speakers_of(passage)
    if speakers:
        return _(", ").join(speaker.name for speaker in speakers)
    return passage.article.outlet.name if passage.article.outlet else _("Unknown outlet")


def conflicts(claims: Iterable[Claim]) -> list[tuple[str, list[Voice]]]:
    """Attributes on which live claims differ: (“Killed, mixed”, the values side by side). Sums of parts are no conflict."""
    by_attribute: dict[tuple[str, str], dict[str, list[Claim]]] = {}
    labels: dict[tuple[str, str], str] = {}
    for claim in claims:
        if not claim.is_live or claim.attribute not in ONE_VALUE or (claim.attribute == "date" and not claim.date_start):
            continue
        key = (claim.attribute, f"{claim.harm}:{claim.party}")
        labels[key] = _(", ").join([claim.get_harm_display(), claim.get_party_display()]) if claim.harm else claim.get_attribute_display()
        text = _("denied: %(value)s") % {"value": value_text(claim)} if claim.polarity == "denies" else value_text(claim)
        by_attribute.setdefault(key, {}).setdefault(text, []).append(claim)
    found = []
    for key, values in by_attribute.items():
        passages = {text: {claim.passage_id for claim in rows} for text, rows in values.items()}
        # One text that names several places or parties lists them; only different texts can disagree.
        apart = any(not (a & b) for i, a in enumerate(passages.values()) for b in list(passages.values())[i + 1 :])
        if len(values) > 1 and apart and _exclude_each_other(key[0], [claim for rows in values.values() for claim in rows]):
            found.append((labels[key], [Voice(text, rows) for text, rows in values.items()]))
    return found


def _exclude_each_other(attribute: str, claims: list[Claim]) -> bool:
    """Whether different values of one attribute cannot all be right; by the rules that set the event's mark of conflict."""
    match attribute:
        case "date":
            days = [(claim.date_start, claim.date_end) for claim in claims if claim.date_start and claim.date_end]
            return any(corroboration.ranges_clash(a, b) for a, b in combinations(days, 2))
        case "casualties":
            return any(corroboration.figures_clash((a.low, a.high), (b.low, b.high)) for a, b in combinations(claims, 2))
        case "place":
            return choosing.conflicts("place", claims)
        case _:
            return True


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
                "harm": claim.get_harm_display(), "figure": _figure(claim), "party": claim.get_party_display()
            }  # fmt: skip
        case "perpetrator" | "target" | "participant" | "responsibility":
            return _("%(actor)s (%(role)s)") % {
                "actor": claim.actor.name if claim.actor else claim.actor_text,
                "role": claim.get_role_display(),
            }
        case _:
            return claim.text


def _figure(claim: Claim) -> str:
    if claim.low is None and claim.high is None:
        return str(claim.get_quantifier_display())
    figure = wording.number(claim.low if claim.low is not None else claim.high or 0)
    if claim.low is not None and claim.high is not None and claim.low != claim.high:
        figure = f"{figure}–{wording.number(claim.high)}"
    if claim.quantifier in ("exact", "vague"):
        return figure
    return f"{claim.get_quantifier_display()} {figure}"


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
    if stated_only:
        links = links.stated()
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


def commitments(event: Event) -> list[Commitment]:
    """What the meeting promised; the event that implemented it only where that is published."""
    rows = list(event.commitments.select_related("passage__article", "evidence__article", "implemented_by"))
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

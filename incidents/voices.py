"""Claims as corroboration sees them: who stands behind each, and under which name a reader meets them. Reads, writes nothing."""

from django.utils.translation import gettext as _

from incidents import corroboration
from incidents.models import Claim
from sources.models import Outlet, Passage, Speaker


def voices_of(claims: list[Claim]) -> list[corroboration.Voice]:
    """One voice a claim."""
    return [
        corroboration.Voice(
            attribute=claim.attribute,
            value=compared(claim),
            article=claim.passage.article_id,
            outlet=claim.passage.article.outlet_id,
            statement=claim.passage.statement_id,
            origins=origins_of(claim.passage),
            denies=claim.polarity == Claim.Polarity.DENIES,
        )
        for claim in claims
    ]


def compared(claim: Claim) -> tuple[object, ...]:
    """What a contradiction is looked for in; () where the claim names nobody in particular: "gunmen" contradicts nobody."""
    if claim.attribute not in ("perpetrator", "responsibility"):
        return claim.value_key
    return (claim.actor_id,) if claim.actor and claim.actor.kind != "unidentified" else ()


def speakers_of(passage: Passage) -> list[Speaker]:
    """Whom the passage credits; nobody where it is the outlet's own word."""
    return list(passage.statement.issuers.all()) if passage.statement else []


def origins_of(passage: Passage) -> frozenset[corroboration.Origin]:
    """The origins behind one passage; none where only a dataset stands behind it."""
    speakers = [
        corroboration.Speaking(root=s.root.pk, side=s.side, is_unnamed=s.kind in Speaker.UNNAMED, is_dataset=s.kind == Speaker.Kind.DATASET)
        for s in speakers_of(passage)
    ]
    outlet = passage.article.outlet
    return corroboration.origins_of(
        speakers,
        outlet=passage.article.outlet_id,
        outlet_side=outlet.side if outlet else "",
        outlet_is_official=bool(outlet) and outlet.kind == Outlet.Kind.OFFICIAL_SITE,
        outlet_is_dataset=bool(outlet) and outlet.kind == Outlet.Kind.DATASET,
        article=passage.article_id,
    )


def named_origins(passage: Passage) -> dict[tuple[str, int], str]:
    """{key of each origin behind the passage: its name}."""
    roots = {("speaker", root.pk): root.name for root in (speaker.root for speaker in speakers_of(passage))}
    outlet = passage.article.outlet
    own_name = outlet.name if outlet else _("Unknown outlet")
    counted = {origin.key for origin in origins_of(passage)}
    # In the order the passage credits them; the outlet after its sources.
    return {key: roots.get(key, own_name) for key in [*roots, *(counted - roots.keys())] if key in counted}

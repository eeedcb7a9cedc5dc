"""What the public may know of sources, places and actors: what a published event, statistic, link or commitment stands on.

An article nobody published a word of, a speaker of a draft, a place only a rejected event names: to the public they are not there.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from entities.models import Actor, Place
from incidents.models import Claim, Commitment, Event, EventLink, Participation, Statistic
from sources.models import Article, Outlet, Passage, Relay, Speaker, Statement


def passages() -> QuerySet[Passage]:
    """The quoted passages."""
    here = OuterRef("pk")
    return Passage.objects.filter(
        Exists(Claim.objects.published().filter(passage=here))
        | Exists(Statistic.objects.published().filter(passage=here))
        | Exists(EventLink.objects.published().filter(evidence=here))
        | Exists(Commitment.objects.published().filter(Q(passage=here) | Q(evidence=here)))
    )


def articles() -> QuerySet[Article]:
    """The articles that are quoted."""
    return Article.objects.filter(Exists(passages().filter(article=OuterRef("pk"))))


def statements() -> QuerySet[Statement]:
    """The statements that are quoted."""
    return Statement.objects.filter(Exists(passages().filter(statement=OuterRef("pk"))))


def speakers() -> QuerySet[Speaker]:
    """Those who are quoted, and the bodies they speak for."""
    quoted = Speaker.objects.filter(Exists(statements().filter(issuers=OuterRef("pk"))))
    return _and_above(quoted, "SELECT id AS child, organ_of_id AS parent FROM sources_speaker WHERE organ_of_id IS NOT NULL")


def outlets() -> QuerySet[Outlet]:
    """The outlets of quoted articles, the agencies in between, and the outlets that alone know an unnamed source."""
    here = OuterRef("pk")
    return Outlet.objects.filter(
        Exists(articles().filter(outlet=here))
        | Exists(Relay.objects.filter(outlet=here, passage__in=passages()))
        | Q(pk__in=speakers().filter(outlet__isnull=False).values("outlet"))
    )


def actors() -> QuerySet[Actor]:
    """Those who took part or are named in a claim, the actors of quoted speakers, and whoever stands above them."""
    here = OuterRef("pk")
    named = Actor.objects.filter(
        Exists(Participation.objects.published().filter(actor=here))
        | Exists(Claim.objects.published().filter(actor=here))
        | Q(pk__in=speakers().filter(actor__isnull=False).values("actor"))
    )
    return _and_above(named, "SELECT actor_id AS child, parent_id AS parent FROM entities_command")


def places() -> QuerySet[Place]:
    """Places of events, claims and statistics, and the places they lie in."""
    here = OuterRef("pk")
    named = Place.objects.filter(
        Exists(Event.objects.published().filter(place=here))
        | Exists(Claim.objects.published().filter(place=here))
        | Exists(Statistic.objects.published().filter(area=here))
    )
    return _and_above(named, "SELECT place_id AS child, parent_id AS parent FROM entities_placemembership")


def _and_above(rows: QuerySet[Any], edges: str) -> QuerySet[Any]:
    """These rows and every row above them; `edges` is SQL that gives (child, parent)."""
    sql, params = rows.order_by().values("pk").query.sql_with_params()
    above = (
        f"WITH RECURSIVE found (id) AS ({sql} UNION"  # noqa: S608 -- our own SQL on both sides; the values are parameters
        f" SELECT edges.parent FROM ({edges}) AS edges JOIN found ON edges.child = found.id) SELECT id FROM found"
    )
    return rows.model._default_manager.filter(pk__in=RawSQL(above, params))

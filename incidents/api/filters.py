"""The filters of the lists that hang on events. Each is named here: nothing can be asked that is not listed."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from entities.models import Actor, Place, Side
from incidents.filters import DayField, FlagField, Words, WordsField
from incidents.models import Claim, Commitment, EventLink, Statistic
from sources.models import Outlet, Speaker, Statement


class IdsField(WordsField):
    """A list of ids."""

    def clean(self, value: Any) -> list[Any]:
        words = super().clean(value)
        if not all(word.isascii() and word.isdigit() and len(word) < 19 for word in words):
            raise ValidationError(_("Whole numbers."))
        return [int(word) for word in words]


class Ids(Words):
    field_class = IdsField


class Flag(django_filters.Filter):
    field_class = FlagField


class Day(django_filters.Filter):
    field_class = DayField


class _Named(django_filters.FilterSet):
    q = django_filters.CharFilter(method="matching", max_length=200, help_text="Part of a name or spelling; Arabic variants are folded")

    def matching(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(pk__in=rows.model._default_manager.matching(value).values("pk"))


def _period(column: str) -> type[django_filters.FilterSet]:
    """`from` and `to` over a day: words that cannot be written in a class body."""
    bounds = {"from": Day(column, lookup_expr="gte"), "to": Day(column, lookup_expr="lte")}
    return type(django_filters.FilterSet)("_Period", (django_filters.FilterSet,), bounds)


class ClaimFilter(django_filters.FilterSet):
    event = Words("event__code", help_text="Codes of events")
    attribute = Words("attribute", choices=Claim.Attribute.choices)
    rank = Words("rank", choices=Claim.Rank.choices)
    polarity = Words("polarity", choices=Claim.Polarity.choices)
    article = Ids("passage__article")
    outlet = Ids("passage__article__outlet")
    statement = Ids("passage__statement")
    speaker = Words("speaker", method="told_by", help_text="Slugs or ids of speakers; what their organs say counts as theirs")
    actor = Words("actor__slug", help_text="Slugs of actors")
    place = Words("place__key", help_text="Keys of places")

    def told_by(self, rows: QuerySet[Claim], name: str, value: list[str]) -> QuerySet[Claim]:
        organs = Speaker.objects.speaking_for(value)
        return rows.filter(passage__statement__in=Statement.objects.filter(issuers__in=organs).values("pk")) if value else rows


class ArticleFilter(_period("published_on")):  # type: ignore[misc]
    outlet = Ids("outlet")
    language = Words("language")


class StatementFilter(_period("said_on")):  # type: ignore[misc]
    kind = Words("kind", choices=Statement.Kind.choices)
    speaker = Words("issuers", method="issued_by", help_text="Slugs or ids of speakers; what their organs say counts as theirs")

    def issued_by(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        organs = Speaker.objects.speaking_for(value)
        return rows.filter(pk__in=Statement.objects.filter(issuers__in=organs).values("pk")) if value else rows


class SpeakerFilter(django_filters.FilterSet):
    kind = Words("kind", choices=Speaker.Kind.choices)
    slug = Words("slug")
    actor = Words("actor__slug", help_text="Slugs of actors")
    organ_of = Ids("organ_of", help_text="Ids of speakers")


class OutletFilter(django_filters.FilterSet):
    kind = Words("kind", choices=Outlet.Kind.choices)
    side = Words("side", choices=Side.choices)


class ActorFilter(_Named):
    kind = Words("kind", choices=Actor.Kind.choices)
    side = Words("side", choices=Side.choices)


class PlaceFilter(_Named):
    level = Words("level", choices=Place.Level.choices)
    inside = Words("inside", method="lying_in", help_text="Keys of places; they and every place in them, in either administration")

    def lying_in(self, rows: QuerySet[Place], name: str, value: list[str]) -> QuerySet[Place]:
        return rows.filter(pk__in=Place.objects.inside(value).values("pk")) if value else rows


class LinkFilter(django_filters.FilterSet):
    event = Words("event", method="touching", help_text="Codes of events at either end")
    relation = Words("relation", choices=EventLink.Relation.choices)
    basis = Words("basis", choices=[choice for choice in EventLink.Basis.choices if choice[0] != EventLink.Basis.SUGGESTED])

    def touching(self, rows: QuerySet[EventLink], name: str, value: list[str]) -> QuerySet[EventLink]:
        return rows.filter(Q(source__code__in=value) | Q(target__code__in=value)) if value else rows


class CommitmentFilter(django_filters.FilterSet):
    event = Words("event__code", help_text="Codes of the events that promised it")
    kind = Words("kind", choices=Commitment.Kind.choices)
    status = Words("status", choices=Commitment.Status.choices)


class StatisticFilter(django_filters.FilterSet):
    measure = Words("measure", choices=Statistic.Measure.choices)
    area = Words("area__key", help_text="Keys of places")


class ReleaseFilter(_period("published_on")):  # type: ignore[misc]
    pass

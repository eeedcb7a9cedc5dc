"""The lists that hang on events: each says its rows, what they look like, how they are filtered and in which order they come."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.authentication import SessionAuthentication

from incidents import public
from incidents.models import Release, Statistic

from . import chains, filters
from .base import PublicViewSet
from .serializers import entities, events, sources


class ClaimViewSet(PublicViewSet):
    """What one passage says of one attribute of one event. Claims that conflict stand side by side."""

    queryset = chains.claims()
    serializer_class = events.ClaimSerializer
    filterset_class = filters.ClaimFilter
    orderings = ("-id", "id")


class ArticleViewSet(PublicViewSet):
    """Articles that are quoted, with the quoted passages. Signed-in staff also see the full text of one."""

    serializer_class = sources.ArticleSerializer
    filterset_class = filters.ArticleFilter
    orderings = ("-published_on", "published_on")
    authentication_classes = (SessionAuthentication,)
    holds_until_a_change = False  # nor does it hold for whoever signs in

    def get_queryset(self) -> QuerySet[Any]:
        return chains.articles()

    def get_serializer_class(self) -> Any:
        is_staff = self.action == "retrieve" and self.request.user.is_staff
        return sources.ArticleWithTextSerializer if is_staff else sources.ArticleSerializer


class StatementViewSet(PublicViewSet):
    """Communiqués, interviews, posts… that are quoted, with who issued them."""

    serializer_class = sources.StatementSerializer
    filterset_class = filters.StatementFilter
    orderings = ("-said_on", "said_on")

    def get_queryset(self) -> QuerySet[Any]:
        return public.statements().prefetch_related("issuers__actor")


class SpeakerViewSet(PublicViewSet):
    """Who is quoted, and for whom they speak."""

    serializer_class = sources.SpeakerSerializer
    filterset_class = filters.SpeakerFilter
    orderings = ("id", "-id")

    def get_queryset(self) -> QuerySet[Any]:
        return public.speakers().select_related("actor")


class OutletViewSet(PublicViewSet):
    """Newspapers, agencies, stations and sites."""

    serializer_class = sources.OutletSerializer
    filterset_class = filters.OutletFilter
    orderings = ("id", "-id")

    def get_queryset(self) -> QuerySet[Any]:
        return public.outlets()


class ActorViewSet(PublicViewSet):
    """Armed forces, units, bodies, offices, persons and groups."""

    serializer_class = entities.ActorSerializer
    filterset_class = filters.ActorFilter
    orderings = ("id", "-id")
    lookup_field = "slug"
    lookup_value_converter = "slug"

    def get_queryset(self) -> QuerySet[Any]:
        return public.actors().prefetch_related("commands__parent")


class PlaceViewSet(PublicViewSet):
    """Places events happened at, and the places they lie in."""

    serializer_class = entities.PlaceSerializer
    filterset_class = filters.PlaceFilter
    orderings = ("id", "-id")
    lookup_field = "key"
    lookup_value_converter = "str"

    def get_queryset(self) -> QuerySet[Any]:
        return public.places().defer("boundary").prefetch_related("memberships__parent")


class LinkViewSet(PublicViewSet):
    """How one event leads to another: as a text states it, or as an editor infers it (`basis`)."""

    queryset = chains.links()
    serializer_class = events.LinkSerializer
    filterset_class = filters.LinkFilter
    orderings = ("-id", "id")


class CommitmentViewSet(PublicViewSet):
    """What meetings and agreements promised, and what became of it."""

    queryset = chains.commitments()
    serializer_class = events.CommitmentSerializer
    filterset_class = filters.CommitmentFilter
    orderings = ("-id", "id")


class StatisticViewSet(PublicViewSet):
    """Aggregates somebody asserts. They are no events and are in no count of events."""

    queryset = chains.with_passages(Statistic.objects.published().select_related("area"), "passage")
    serializer_class = events.StatisticSerializer
    filterset_class = filters.StatisticFilter
    orderings = ("-period_end", "period_end")


class ReleaseViewSet(PublicViewSet):
    """Dated copies of everything published, as files that never change."""

    queryset = Release.objects.all()
    serializer_class = events.ReleaseSerializer
    filterset_class = filters.ReleaseFilter
    orderings = ("-id", "id")
    lookup_field = "name"
    lookup_value_converter = "slug"

"""What leads from one event to another, what was promised, and what is asserted in sum: read in any status, judged by their verbs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import curation
from incidents.api import chains, filters
from incidents.api.serializers.events import CommitmentSerializer, LinkSerializer, StatisticSerializer
from incidents.evidence import passage_at
from incidents.filters import Words
from incidents.models import Commitment, Event, EventLink, Statistic
from sources.models import Article, Passage

from .base import Body, DeskViewSet, ReasonBody
from .conditions import Joins

Row = dict[str, Any]


class WordsOfArticle(Body):
    """Words of an article, where something stands on any; all three, or none."""

    article = serializers.PrimaryKeyRelatedField(queryset=Article.objects.defer("raw", "search_text"), required=False)
    start = serializers.IntegerField(min_value=0, required=False, help_text="Code points into the article's text")
    end = serializers.IntegerField(min_value=1, required=False)

    def validate(self, values: Row) -> Row:
        given = {"article", "start", "end"} & values.keys()
        if given and len(given) < 3:
            raise serializers.ValidationError({"article": "article, start and end come together."})
        if given:
            text = values["article"].text
            if not values["start"] < values["end"] <= len(text) or not text[values["start"] : values["end"]].strip():
                raise serializers.ValidationError({"end": f"Mark words of the article: after the start, and {len(text)} at the most."})
        return values

    @staticmethod
    def passage(values: Row) -> Passage | None:
        """The passage of the marked words; None where none are. Call it in the transaction of the write."""
        article = values.get("article")
        return passage_at(article, values["start"], values["end"], anchor_on=article.published_on) if article else None


class DeskLinkSerializer(LinkSerializer):
    """A link as editors see it, whether it was judged or not."""

    decided_by = serializers.CharField(source="decided_by.username", allow_null=True)

    class Meta:
        model = EventLink
        fields = [*LinkSerializer.Meta.fields, "status", "decided_by", "decided_at"]


class DeskCommitmentSerializer(CommitmentSerializer):
    """A promise as editors see it: also what an event that is not published made of it."""

    def get_implemented_by(self, commitment: Commitment) -> str | None:
        return commitment.implemented_by.code if commitment.implemented_by else None


class DeskStatisticSerializer(StatisticSerializer):
    class Meta:
        model = Statistic
        fields = [*StatisticSerializer.Meta.fields, "status", "decided_at"]


class DeskLinkFilter(filters.LinkFilter):
    basis = Words("basis", choices=EventLink.Basis.choices)
    status = Words("status", choices=EventLink.Status.choices)


class DeskStatisticFilter(filters.StatisticFilter):
    status = Words("status", choices=Statistic.Status.choices)


class LinkBody(WordsOfArticle, ReasonBody):
    """The event it leads to, how, and the words that say so; without words it is the editor's inference."""

    target = serializers.SlugRelatedField(slug_field="code", queryset=Event.objects.all(), help_text="Code of the event")
    relation = serializers.ChoiceField(choices=EventLink.Relation.choices)


class CommitmentBody(WordsOfArticle, ReasonBody):
    """What became of a promise, the event that fulfilled it, and the words that show it."""

    status = serializers.ChoiceField(choices=Commitment.Status.choices)
    implemented_by = serializers.SlugRelatedField(
        slug_field="code", queryset=Event.objects.all(), required=False, allow_null=True, help_text="Code of the event that fulfilled it"
    )


class DeskLinkViewSet(DeskViewSet):
    """Links between events in any status, as texts state them, editors infer them and the machine suggests them."""

    serializer_class = DeskLinkSerializer
    filterset_class = DeskLinkFilter
    orderings = ("-id", "id")
    writing = "edit"

    def get_queryset(self) -> QuerySet[Any]:
        return chains.with_passages(EventLink.objects.select_related("source", "target", "decided_by"), "evidence")

    @extend_schema(request=ReasonBody, responses=DeskLinkSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: int) -> Response:
        """It is so; what the machine alone suggested becomes the editor's inference."""
        return self._judge(is_right=True)

    @extend_schema(request=ReasonBody, responses=DeskLinkSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: int) -> Response:
        """It is not so."""
        return self._judge(is_right=False)

    def _judge(self, *, is_right: bool) -> Response:
        def read(row: EventLink) -> tuple[Row, Any]:
            given = {"by": self.editor, "reason": self.body(ReasonBody)["reason"]}
            wish = {"status": "confirmed" if is_right else "rejected"}
            return wish, lambda _left: curation.judge_link(link=row, is_right=is_right, **given)

        return self.write(read)


class DeskCommitmentViewSet(DeskViewSet):
    """Promises of events in any status, and what became of them."""

    serializer_class = DeskCommitmentSerializer
    filterset_class = filters.CommitmentFilter
    orderings = ("-id", "id")
    writing = "edit"

    def get_queryset(self) -> QuerySet[Any]:
        return chains.with_passages(Commitment.objects.select_related("event", "implemented_by"), "passage", "evidence")

    def locked(self) -> Commitment:
        Event.objects.select_for_update(no_key=True).filter(commitments=self.kwargs["pk"]).first()
        return self.get_object()  # type: ignore[no-any-return]

    @extend_schema(request=CommitmentBody, responses=DeskCommitmentSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Say what became of it. The event that fulfilled it stays unless another is named, or nobody has fulfilled it."""

        def read(row: Commitment) -> tuple[Row, Any]:
            given = self.body(CommitmentBody)
            is_fulfilled = given["status"] in (Commitment.Status.PARTLY, Commitment.Status.IMPLEMENTED)
            event = given.get("implemented_by", row.implemented_by if is_fulfilled else None)
            wishes = {"status": given["status"], "implemented_by_id": event.pk if event else None}

            def follow_up(_left: Row) -> None:
                evidence = WordsOfArticle.passage(given)
                who = {"by": self.editor, "reason": given["reason"]}
                curation.set_commitment(commitment=row, status=given["status"], evidence=evidence, implemented_by=event, **who)

            return wishes, follow_up

        return self.write(read, joins=Joins.WHOLE)


class DeskStatisticViewSet(DeskViewSet):
    """Aggregates that somebody asserts, in any status. None is ever an event."""

    serializer_class = DeskStatisticSerializer
    filterset_class = DeskStatisticFilter
    orderings = ("-id", "id")
    writing = "edit"
    scopes = {"publish": "approve"}

    def get_queryset(self) -> QuerySet[Any]:
        return chains.with_passages(Statistic.objects.select_related("area"), "passage")

    @extend_schema(request=ReasonBody, responses=DeskStatisticSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: int) -> Response:
        """Show it, beside this record's own count."""
        return self._decide("published", curation.publish_statistic)

    @extend_schema(request=ReasonBody, responses=DeskStatisticSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: int) -> Response:
        """Set it aside."""
        return self._decide("rejected", curation.reject_statistic)

    def _decide(self, to: str, verb: Any) -> Response:
        def read(row: Statistic) -> tuple[Row, Any]:
            reason = self.body(ReasonBody)["reason"]
            return {"status": to}, lambda _left: verb(statistic=row, by=self.editor, reason=reason)

        return self.write(read)

"""Events that prove to be one, and one that proves to be two; a report that is of another event."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import curation
from incidents.api.problems import Refused
from incidents.models import Claim, Event, Merge
from incidents.taxonomy import TYPE_CHOICES
from sources.models import Article

from .base import Body, DeskViewSet, ReasonBody

Row = dict[str, Any]


def _event() -> Any:
    return serializers.SlugRelatedField(slug_field="code", queryset=Event.objects.all(), help_text="Code of the event")


class MergeBody(ReasonBody):
    drop = _event()


class SplitBody(ReasonBody):
    claims = serializers.PrimaryKeyRelatedField(
        queryset=Claim.objects.all(), many=True, allow_empty=False, help_text="Ids of the claims that tell of another event"
    )
    type = serializers.ChoiceField(choices=TYPE_CHOICES, required=False, help_text="Of the new event; that of this one unless given")


class MoveBody(ReasonBody):
    article = serializers.PrimaryKeyRelatedField(queryset=Article.objects.defer("raw", "text", "search_text"))
    to = _event()


class Together(DeskViewSet):
    """Four verbs that move what is claimed from one event to another; each can be taken back by another of them."""

    # The other event a verb speaks of: two who ask from both ends at once must not wait for each other.
    other: Event | None = None

    def locked(self) -> Event:
        codes = [self.kwargs["code"], *([self.other.code] if self.other else [])]
        list(Event.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("pk").values_list("pk"))
        return self.get_object()  # type: ignore[no-any-return]

    def _said(self, body: type[Body], other: str = "") -> Row:
        given = self.body(body)
        self.other = given.get(other)
        return given

    @extend_schema(request=MergeBody)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, code: str) -> Response:
        """Make `drop` part of this event: all it claims, promised and is linked to moves here, and its code leads here."""
        given = self._said(MergeBody, "drop")

        def read(row: Event) -> tuple[Row, Any]:
            return {}, lambda _left: curation.merge(keep=row, drop=given["drop"], by=self.editor, reason=given["reason"])

        return self.write(read)

    @extend_schema(request=ReasonBody)
    @action(detail=True, methods=["post"])
    def unmerge(self, request: Request, code: str) -> Response:
        """Part this event from the one it became part of: what moved with it moves back."""
        reason = self._said(ReasonBody)["reason"]
        merge = Merge.objects.filter(drop__code=code, undone_at=None).select_related("keep", "drop").first()
        if merge is None:
            raise Refused(f"{code} is no part of another event.")
        self.other = merge.keep
        return self.write(lambda _row: ({}, lambda _left: curation.unmerge(merge=merge, by=self.editor, reason=reason)))

    @extend_schema(request=SplitBody)
    @action(detail=True, methods=["post"])
    def split(self, request: Request, code: str) -> Response:
        """Make a new event of some of its claims; merging the two undoes it. The answer is the new event."""
        given = self._said(SplitBody)
        made: list[Event] = []

        def read(row: Event) -> tuple[Row, Any]:
            return {}, lambda _left: made.append(curation.split(event=row, by=self.editor, **given))

        self.write(read)
        return self.answer(self.get_queryset().get(pk=made[0].pk), 201)

    @extend_schema(request=MoveBody)
    @action(detail=True, methods=["post"], url_path="move-report")
    def move_report(self, request: Request, code: str) -> Response:
        """Everything the article claims of this event is claimed of the event `to` from now on."""
        given = self._said(MoveBody, "to")

        def read(row: Event) -> tuple[Row, Any]:
            who = {"by": self.editor, "reason": given["reason"]}
            return {}, lambda _left: curation.move_report(article=given["article"], source=row, target=given["to"], **who)

        return self.write(read)

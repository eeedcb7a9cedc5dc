"""What editors say to each other about an event or one of its fields. Never public."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import curation
from incidents.api.filters import Flag
from incidents.api.serializers import RowSerializer
from incidents.filters import Words
from incidents.models import Comment

from .base import Body, DeskViewSet, ReasonBody

Row = dict[str, Any]


class CommentSerializer(RowSerializer[Comment]):
    """A remark, open until somebody settles it."""

    event = serializers.CharField(source="event.code", help_text="Code of the event")
    by = serializers.CharField(source="by.username")
    settled_by = serializers.CharField(source="settled_by.username", allow_null=True)

    class Meta:
        model = Comment
        fields = ["id", "event", "field", "text", "by", "at", "settled_by", "settled_at"]


class CommentFilter(django_filters.FilterSet):
    event = Words("event__code", help_text="Codes of events")
    open = Flag("settled_at", lookup_expr="isnull", help_text="yes: nobody has settled it yet")


class CommentBody(Body):
    field = serializers.ChoiceField(choices=Comment.Field.choices, required=False, allow_blank=True, help_text="Empty: the whole event")
    text = serializers.CharField(max_length=2000)


class CommentViewSet(DeskViewSet):
    """Editors' comments. A new one is sent to its event."""

    queryset = Comment.objects.select_related("event", "by", "settled_by")
    serializer_class = CommentSerializer
    filterset_class = CommentFilter
    orderings = ("-id", "id")
    writing = "edit"

    @extend_schema(request=ReasonBody, responses=CommentSerializer)
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: int) -> Response:
        """It was dealt with."""

        def read(row: Comment) -> tuple[Row, Any]:
            reason = self.body(ReasonBody)["reason"]
            return {}, lambda _left: curation.settle_comment(comment=row, by=self.editor, reason=reason)

        return self.write(read)

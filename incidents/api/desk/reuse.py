"""Passages that carry the same words: one statement that both outlets print, or two reports of their own."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import curation
from incidents.api import chains
from incidents.api.filters import Ids
from incidents.api.serializers import RowSerializer
from incidents.api.serializers.sources import PassageSerializer
from incidents.filters import Words
from sources.models import TextReuse

from .base import DeskViewSet, ReasonBody

Row = dict[str, Any]


class ReuseSerializer(RowSerializer[TextReuse]):
    """Two passages of two articles, and an editor's verdict on them."""

    first = PassageSerializer()
    second = PassageSerializer()
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True)

    class Meta:
        model = TextReuse
        fields = ["id", "containment", "verdict", "reason", "decided_by", "decided_at", "first", "second"]


class ReuseFilter(django_filters.FilterSet):
    verdict = Words("verdict", choices=TextReuse.Verdict.choices)
    article = Ids("article", method="of_articles", help_text="Ids of articles either passage stands in")

    def of_articles(self, rows: QuerySet[TextReuse], name: str, value: list[int]) -> QuerySet[TextReuse]:
        return rows.filter(Q(first__article__in=value) | Q(second__article__in=value)) if value else rows


class VerdictBody(ReasonBody):
    verdict = serializers.ChoiceField(choices=TextReuse.Verdict.choices, help_text="pending: the verdict is taken back")


class ReuseViewSet(DeskViewSet):
    """Pairs of passages with the same words, judged or not."""

    serializer_class = ReuseSerializer
    filterset_class = ReuseFilter
    orderings = ("-id", "id")
    writing = "edit"

    def get_queryset(self) -> QuerySet[Any]:
        return chains.with_passages(TextReuse.objects.select_related("decided_by"), "first", "second")

    @extend_schema(request=VerdictBody, responses=ReuseSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Judge whether the two are one statement; the events that stand on them are counted again."""

        def read(row: TextReuse) -> tuple[Row, Any]:
            given = self.body(VerdictBody)
            return {"verdict": given["verdict"]}, lambda _left: curation.judge_reuse(pair=row, by=self.editor, **given)

        return self.write(read)

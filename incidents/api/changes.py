"""What changed since a moment: a client that starts from a dump and follows this list ends with the same rows."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import CharField
from django.utils.dateparse import parse_datetime
from rest_framework import serializers

from incidents.models import Event, PublicChange, settled

from .base import PublicViewSet
from .serializers import RowSerializer


class MomentField(CharField):
    """A moment with its offset: 2021-12-04T10:00:00Z."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            moment = parse_datetime(text.replace(" ", "+"))  # an unescaped + of the offset arrives as a space
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or moment.year < 2 or moment.year > 9998:
            raise ValidationError("A moment with its offset, like 2021-12-04T10:00:00Z.")
        return moment


class Moment(django_filters.Filter):
    field_class = MomentField


class ChangeFilter(django_filters.FilterSet):
    since = Moment("at", lookup_expr="gte", help_text="A moment with its offset; changes at it and after it")


class ChangeSerializer(RowSerializer[PublicChange]):
    """One event that is or was published, as it stands now. What editors do to a withdrawn one does not show."""

    code = serializers.CharField(source="event.code")
    change = serializers.SerializerMethodField(help_text="upsert: read it again; merged: it is part of `heir` now; withdrawn: delete it")
    heir = serializers.SerializerMethodField(help_text="Code of the event it was merged into, where that is published")

    class Meta:
        model = PublicChange
        fields = ["code", "change", "at", "heir"]

    def get_change(self, row: PublicChange) -> str:
        if row.is_public:
            return "upsert"
        return "merged" if self.get_heir(row) else "withdrawn"

    def get_heir(self, row: PublicChange) -> str | None:
        heir = row.event.merged_into
        return heir.code if heir and heir.status == Event.Status.PUBLISHED else None


class ChangeViewSet(PublicViewSet):
    """Upserts and tombstones, oldest first. Follow `next` to its end, then come back with the last `at` as `since`."""

    serializer_class = ChangeSerializer
    filterset_class = ChangeFilter
    orderings = ("at",)
    holds_until_a_change = False  # a change shows some seconds after it was made

    def get_queryset(self) -> QuerySet[Any]:
        return PublicChange.objects.filter(at__lt=settled()).select_related("event__merged_into")

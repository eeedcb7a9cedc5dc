"""What changed since a moment: a client that starts from a dump and follows this list ends with the same rows."""

from datetime import timedelta
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import QuerySet
from django.forms import CharField
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rest_framework import serializers

from incidents.models import Event

from .base import PublicViewSet
from .serializers import RowSerializer

# `modified_at` is read from the web server's clock just before the row is written, and servers' clocks differ a little.
MARGIN = timedelta(seconds=5)


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
    since = Moment("modified_at", lookup_expr="gte", help_text="A moment with its offset; changes at it and after it")


class ChangeSerializer(RowSerializer[Event]):
    """One event that is or was published, as it stands now."""

    change = serializers.SerializerMethodField(help_text="upsert: read it again; merged: it is part of `heir` now; withdrawn: delete it")
    at = serializers.DateTimeField(source="modified_at")
    heir = serializers.SerializerMethodField(help_text="Code of the event it was merged into, where that is published")

    class Meta:
        model = Event
        fields = ["code", "change", "at", "heir"]

    def get_change(self, event: Event) -> str:
        if event.status == Event.Status.PUBLISHED:
            return "upsert"
        return "merged" if self.get_heir(event) else "withdrawn"

    def get_heir(self, event: Event) -> str | None:
        heir = event.merged_into
        return heir.code if heir and heir.status == Event.Status.PUBLISHED else None


class ChangeViewSet(PublicViewSet):
    """Upserts and tombstones, oldest first. Follow `next` to its end, then come back with the last `at` as `since`."""

    serializer_class = ChangeSerializer
    filterset_class = ChangeFilter
    orderings = ("modified_at",)

    def get_queryset(self) -> QuerySet[Any]:
        return Event.objects.filter(published_at__isnull=False, modified_at__lt=settled()).select_related("merged_into")


def settled() -> Any:
    """The moment before which nothing can change any more: before the oldest transaction that has written and not yet committed.

    Without it a long import would commit rows with times that a client has already gone past.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
        )
        oldest = cursor.fetchone()[0]
    return min(oldest or timezone.now(), timezone.now()) - MARGIN

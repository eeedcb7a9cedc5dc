"""Sources handed in: an address or a text, read in the background as the desk reads them."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import tasks
from incidents.api.serializers import RowSerializer
from sources.addresses import FetchError, target_of
from sources.intake import MAX_BYTES, IntakeError, canonical_url, outlet_named
from sources.models import Submission

from .base import Body, DeskViewSet


class SubmissionSerializer(RowSerializer[Submission]):
    """How far a source has come; `article` once it is done."""

    article = serializers.IntegerField(source="article_id", allow_null=True, help_text="Id of the article it became")
    submitted_by = serializers.CharField(source="submitted_by.username")

    class Meta:
        model = Submission
        fields = ["id", "form", "label", "url", "state", "step", "reason", "article", "is_new", "candidates"]
        fields += ["submitted_by", "submitted_at", "started_at", "finished_at"]


class SourceBody(Body):
    """An address to fetch, or a text with the address it stands at. Outlet and day as the page or the text says, unless given."""

    url = serializers.CharField(required=False, max_length=2000, default="")
    text = serializers.CharField(required=False, trim_whitespace=False, default="")
    outlet = serializers.CharField(required=False, max_length=200, default="", allow_blank=True)
    published_on = serializers.DateField(required=False, allow_null=True, default=None)

    def validate_text(self, text: str) -> str:
        if len(text.encode()) > MAX_BYTES:
            raise serializers.ValidationError(f"More than {MAX_BYTES:,} bytes.")
        return text

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if not (values["url"] or values["text"].strip()):
            raise serializers.ValidationError("Give a url or a text.")
        try:
            canonical_url(values["url"])
            if not values["text"].strip():
                target_of(values["url"])
        except (FetchError, IntakeError) as error:
            raise serializers.ValidationError({"url": str(error)}) from error
        return values


class SubmissionViewSet(DeskViewSet):
    """What was handed in, newest first, and how far it has come."""

    queryset = Submission.objects.defer("raw").select_related("submitted_by")
    serializer_class = SubmissionSerializer
    orderings = ("-id", "id")
    writing = "submit"

    @extend_schema(request=SourceBody, responses={202: SubmissionSerializer})
    def create(self, request: Request) -> Response:
        """Hand in a source. It is read in the background: Location says where to ask how far it has come."""
        values = self.body(SourceBody)
        with transaction.atomic():
            row = Submission(published_on=values["published_on"], submitted_by=self.editor, url=values["url"])
            if values["text"].strip():
                row.form, row.raw = Submission.Form.TEXT, values["text"].strip().encode()
                row.label = " ".join(values["text"].split())[:120]
            else:
                row.form, row.label = Submission.Form.ADDRESS, values["url"][:300]
            row.outlet = outlet_named(values["outlet"].strip()) if values["outlet"].strip() else None
            tasks.hand_in([row], language=settings.LANGUAGE_CODE)
        return self.answer(row, 202, Location=request.build_absolute_uri(reverse("api:desk-submissions-detail", args=[row.pk])))

"""Rows of another dataset: handed in as a file, every row's fate shown, then carried out, or not, and taken back."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import importing
from incidents.api.filters import Ids
from incidents.api.serializers import RowSerializer
from incidents.filters import Words
from incidents.interchange.table import MOST_BYTES
from incidents.models import DatasetImport, ImportedRow
from sources.intake import IntakeError

from .base import Body, DeskViewSet, NothingBody, StrictJSON

State = DatasetImport.State


class ImportSerializer(RowSerializer[DatasetImport]):
    """A file of rows, and how far it has come."""

    dataset = serializers.CharField(source="dataset.name")
    submitted_by = serializers.CharField(source="submitted_by.username")

    class Meta:
        model = DatasetImport
        fields = ["id", "dataset", "label", "format", "becomes", "state", "reason", "total", "done"]
        fields += ["submitted_by", "submitted_at", "finished_at"]


class CheckedImportSerializer(ImportSerializer):
    """One import, with what its columns hold and what becomes of its rows."""

    mapping = serializers.DictField(child=serializers.CharField(), help_text="What is held: the column that holds it")
    fates = serializers.SerializerMethodField(help_text="How many rows have which fate")

    class Meta:
        model = DatasetImport
        fields = [*ImportSerializer.Meta.fields, "mapping", "fates"]

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "integer"}})
    def get_fates(self, source: DatasetImport) -> dict[str, int]:
        return dict(source.rows.order_by("fate").values_list("fate").annotate(n=Count("pk")))


class ImportedRowSerializer(RowSerializer[ImportedRow]):
    """One row: what it would become or why it would not, and once carried out what it became."""

    source = serializers.IntegerField(source="source_id", help_text="Id of the import")
    article = serializers.IntegerField(source="article_id", allow_null=True, help_text="Id of the article it became")
    candidate = serializers.IntegerField(source="candidate_id", allow_null=True, help_text="Id of the candidate on it")
    problems = serializers.SerializerMethodField(help_text="Pairs of column and reason")

    class Meta:
        model = ImportedRow
        fields = ["id", "source", "line", "key", "fate", "problems", "title", "published_on", "url", "resembles"]
        fields += ["is_done", "remark", "article", "candidate"]

    @extend_schema_field({"type": "array", "items": {"type": "array", "items": {"type": "string"}}})
    def get_problems(self, row: ImportedRow) -> Any:
        return row.reasons


class ImportFilter(django_filters.FilterSet):
    state = Words("state", choices=State.choices)


class ImportedRowFilter(django_filters.FilterSet):
    source = Ids("source", help_text="Ids of imports")
    fate = Words("fate", choices=ImportedRow.Fate.choices)


class ImportBody(Body):
    """A table, and the dataset it is of: its rows are known by that name and their own number when they come again."""

    file = serializers.FileField(max_length=300, help_text="CSV of ACLED, of UCDP GED, of ACLED's deleted ids, or any other table")
    dataset = serializers.CharField(max_length=200)
    becomes = serializers.ChoiceField(choices=DatasetImport.Becomes.choices, default=DatasetImport.Becomes.CANDIDATES.value)

    def validate_file(self, file: Any) -> Any:
        if file.size > MOST_BYTES:
            raise serializers.ValidationError(f"More than {MOST_BYTES:,} bytes.")
        return file


class ColumnsBody(Body):
    mapping = serializers.DictField(child=serializers.CharField(max_length=500, allow_blank=True), help_text="As the import shows it")


class ImportViewSet(DeskViewSet):
    """Files of rows, newest first. Each is checked in the background, and nothing is written until it is started."""

    serializer_class = CheckedImportSerializer
    filterset_class = ImportFilter
    queryset = DatasetImport.objects.defer("raw").select_related("dataset", "submitted_by")
    orderings = ("-id", "id")
    parser_classes = (MultiPartParser, StrictJSON)
    writing = "submit"
    scopes = {"start": "edit", "undo": "edit"}

    def get_serializer_class(self) -> Any:
        return ImportSerializer if self.action == "list" else CheckedImportSerializer

    @extend_schema(request={"multipart/form-data": ImportBody}, responses={202: CheckedImportSerializer})
    def create(self, request: Request) -> Response:
        """Hand in a file. A format that is known is checked at once; of any other table say first what its columns hold."""
        given = self.body(ImportBody)
        file = given.pop("file")
        try:
            source = importing.hand_in(label=file.name, raw=file.read(), by=self.editor, language=settings.LANGUAGE_CODE, **given)
        except IntakeError as error:
            raise serializers.ValidationError({"file": str(error)}) from error
        row = self.get_queryset().get(pk=source.pk)
        return self.answer(row, 202, Location=request.build_absolute_uri(reverse("api:desk-imports-detail", args=[row.pk])))

    @extend_schema(request={"application/json": ColumnsBody}, responses=CheckedImportSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Say what the columns hold, and have the rows checked by that."""

        def read(row: DatasetImport) -> Any:
            mapping = self.body(ColumnsBody)["mapping"]

            def assign(_left: Any) -> None:
                importing.assign(source=row, mapping=mapping, by=self.editor)
                self._begin(row, State.CHECKING)

            return {}, assign

        return self.write(read)

    @extend_schema(request={"application/json": NothingBody}, responses=CheckedImportSerializer)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: int) -> Response:
        """Carry out what the check showed."""
        return self._move(State.RUNNING)

    @extend_schema(request={"application/json": NothingBody}, responses=CheckedImportSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Take back all that it wrote, but for what was published since."""
        return self._move(State.UNDOING)

    def _move(self, to: str) -> Response:
        def read(row: DatasetImport) -> Any:
            self.body(NothingBody)
            return {}, lambda _left: self._begin(row, to)

        return self.write(read)

    def _begin(self, row: DatasetImport, to: str) -> None:
        importing.move(source=row, to=to, by=self.editor, language=settings.LANGUAGE_CODE)


class ImportedRowViewSet(DeskViewSet):
    """The rows of imports, each with its fate."""

    queryset = ImportedRow.objects.defer("proposal", "text", "written")
    serializer_class = ImportedRowSerializer
    filterset_class = ImportedRowFilter
    orderings = ("id", "-id")
    writing = "edit"

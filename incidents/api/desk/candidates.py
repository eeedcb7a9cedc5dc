"""Candidates: read, correct, accept, merge into an event, reject, take back."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from entities.models import Actor, Place
from incidents import triage
from incidents.api.filters import Ids
from incidents.api.serializers import RowSerializer
from incidents.candidates import similar_events
from incidents.filters import Words
from incidents.models import Candidate, Claim, Event
from incidents.taxonomy import TYPE_CHOICES, DatePrecision, Harm, Modality, Party, PlacePrecision, Role

from .base import Body, DeskViewSet, NothingBody, plain
from .conditions import Joins

WAITING = "waiting"
Row = dict[str, Any]


class CandidateSerializer(RowSerializer[Candidate]):
    """What is proposed from an article. `proposal` is as the machine made it, `corrections` are the fields that replace its own."""

    article = serializers.IntegerField(source="article_id", help_text="Id of the article")
    event = serializers.CharField(source="event.code", allow_null=True, help_text="Code of the event it became or was merged into")
    verdict = serializers.ChoiceField(choices=[("", "It waits"), *Candidate.Verdict.choices])
    held_by = serializers.CharField(source="held_by.username", allow_null=True, help_text="Who has it on screen until `held_until`")
    judged_by = serializers.CharField(source="judged_by.username", allow_null=True)
    proposal = serializers.SerializerMethodField()
    corrections = serializers.SerializerMethodField()

    class Meta:
        model = Candidate
        fields = ["id", "article", "kind", "type", "start", "end", "score", "verdict", "reason", "event", "proposal", "corrections"]
        fields += ["judged_by", "judged_at", "held_by", "held_until", "created_at"]

    @extend_schema_field({"type": "object"})
    def get_proposal(self, candidate: Candidate) -> Any:
        return candidate.proposal

    @extend_schema_field({"type": "object"})
    def get_corrections(self, candidate: Candidate) -> Any:
        return candidate.corrections


class SimilarEventSerializer(serializers.Serializer[Any]):
    """An event the candidate may be one more report of."""

    event = serializers.CharField(source="event.code")
    title_ar = serializers.CharField(source="event.title_ar")
    title_en = serializers.CharField(source="event.title_en")
    score = serializers.FloatField(help_text="0 to 1; the best comes first")
    reasons = serializers.ListField(child=serializers.CharField())


class SimilarSerializer(serializers.Serializer[Any]):
    results = SimilarEventSerializer(many=True)


class CandidateFilter(django_filters.FilterSet):
    verdict = Words("verdict", choices=[(WAITING, ""), *Candidate.Verdict.choices], method="judged", help_text=f"{WAITING}: not judged yet")
    kind = Words("kind", choices=Candidate.Kind.choices)
    article = Ids("article", help_text="Ids of articles")

    def judged(self, rows: QuerySet[Any], name: str, words: list[str]) -> QuerySet[Any]:
        return rows.filter(verdict__in=["" if word == WAITING else word for word in words]) if words else rows


class Part(Body):
    """One value of a list, with the words it stands on. Sent back as it was read, it keeps what else the proposal says of it."""

    start = serializers.IntegerField(min_value=0, help_text="Code points into the article's text")
    end = serializers.IntegerField(min_value=1)
    name = serializers.CharField(required=False, max_length=300, help_text="As written; the marked words unless given")

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            return super().to_internal_value(data)
        old = self._as_proposed(data)
        given: Row = super().to_internal_value({name: value for name, value in data.items() if name in self.fields or name not in old})
        text = self.context["article"].text
        if not given["start"] < given["end"] <= len(text):
            raise serializers.ValidationError({"end": f"After the start, and {len(text)} at the most: where the article's text ends."})
        return {**old, "name": text[given["start"] : given["end"]][:300], **plain(given)}

    def _as_proposed(self, data: Row) -> Row:
        values = self.context["current"].get(self._list(), [])
        return next((dict(v) for v in values if (v.get("start"), v.get("end")) == (data.get("start"), data.get("end"))), {})

    def _list(self) -> str:
        return str(self.parent.field_name if self.parent else "")


def _by_key(model: Any, field: str) -> Any:
    return serializers.SlugRelatedField(slug_field=field, queryset=model.objects.all(), allow_null=True, required=False)


class PlaceOfCandidate(Part):
    place = _by_key(Place, "key")
    where_prec = serializers.ChoiceField(choices=PlacePrecision.choices, default=1)
    at = serializers.ListField(
        child=serializers.FloatField(min_value=-180, max_value=180),
        min_length=2,
        max_length=2,
        required=False,
        help_text="Longitude, latitude",
    )

    def validate_at(self, at: list[float]) -> list[float]:
        if abs(at[1]) > 90:
            raise serializers.ValidationError("Longitude, then latitude: from -90 to 90.")
        return at

    def to_internal_value(self, data: Any) -> Any:
        value = super().to_internal_value(data)
        place = Place.objects.filter(key=value.get("place")).first() if value.get("place") else None
        lon, lat = place.point.coords if place and place.point else (None, None)
        return {**value, "place": place.key if place else None, "lon": lon, "lat": lat}


class ActorOfCandidate(Part):
    actor = _by_key(Actor, "slug")
    role = serializers.ChoiceField(choices=Role.choices)


class TollOfCandidate(Part):
    harm = serializers.ChoiceField(choices=Harm.choices)
    party = serializers.ChoiceField(choices=Party.choices, default=Party.UNKNOWN.value)
    quantifier = serializers.ChoiceField(choices=Claim.Quantifier.choices, default=Claim.Quantifier.EXACT.value)
    low = serializers.IntegerField(min_value=0, max_value=1_000_000, allow_null=True, default=None)
    high = serializers.IntegerField(min_value=0, max_value=1_000_000, allow_null=True, default=None)

    def validate(self, values: Row) -> Row:
        low, high = values["low"], values["high"]
        if low is not None and high is not None and high < low:
            raise serializers.ValidationError({"high": "The higher figure is below the lower one."})
        return {**values, **Claim.toll(low, high, values["quantifier"])}


class DateOfCandidate(Body):
    start = serializers.DateField(allow_null=True)
    end = serializers.DateField(allow_null=True, required=False)
    date_prec = serializers.ChoiceField(choices=DatePrecision.choices, allow_null=True, required=False)

    def to_internal_value(self, data: Any) -> Any:
        found = self.context["current"].get("date") or {}
        if not isinstance(data, dict):
            return super().to_internal_value(data)
        given = super().to_internal_value({name: value for name, value in data.items() if name in self.fields or name not in found})
        start, end = given["start"], given.get("end") or given["start"]
        if start is None:
            return {**found, "start": None, "end": None, "date_prec": None}
        if end < start:
            raise serializers.ValidationError({"end": "The last day lies before the first."})
        quote = self.context["current"]["quotes"][0]
        words = {} if found.get("phrase") else {"phrase": quote["text"][:200], "span": [quote["start"], quote["end"]]}
        return {
            **found,
            **words,
            "start": start.isoformat(),
            "end": end.isoformat(),
            "date_prec": given.get("date_prec") or int(DatePrecision.of(start, end)),
        }


def _list_of(part: Any) -> Any:
    return part(many=True, required=False, max_length=200)


class CorrectionBody(Body):
    """The fields to replace; a list is replaced whole. A field set back to what was proposed is no correction any more."""

    type = serializers.ChoiceField(choices=TYPE_CHOICES, required=False)
    modality = serializers.ChoiceField(choices=Modality.choices, required=False)
    date = DateOfCandidate(required=False)
    places = _list_of(PlaceOfCandidate)
    actors = _list_of(ActorOfCandidate)
    casualties = _list_of(TollOfCandidate)


class AcceptBody(Body):
    into = serializers.SlugRelatedField(
        slug_field="code", queryset=Event.objects.all(), required=False, allow_null=True, help_text="Code of the event it is a report of"
    )


class RejectBody(Body):
    reason = serializers.ChoiceField(choices=triage.RejectReason.choices, required=False)
    words = serializers.CharField(max_length=500, required=False)

    def validate(self, values: Row) -> Row:
        if not values:
            raise serializers.ValidationError("Give a reason of the list, or words.")
        return values


class CutBody(Body):
    """The stretch of quoted words that is an event of its own."""

    start = serializers.IntegerField(min_value=0, help_text="Code points into the article's text")
    end = serializers.IntegerField(min_value=1)


class PartsSerializer(serializers.Serializer[Any]):
    results = CandidateSerializer(many=True)


class CandidateViewSet(DeskViewSet):
    """What the machine proposes from articles, and what editors made of it. Every write needs `If-Match`."""

    queryset = Candidate.objects.select_related("event", "held_by", "judged_by")
    serializer_class = CandidateSerializer
    filterset_class = CandidateFilter
    orderings = ("-id", "id")
    writing = "review"

    def locked(self) -> Candidate:
        self.get_object()
        return Candidate.objects.select_for_update(of=("self",)).select_related("article").get(pk=self.kwargs["pk"])

    def fields_of(self, state: Row) -> Row:
        return {**state["proposal"], **state["corrections"], "verdict": state["verdict"], "reason": state["reason"]}

    @extend_schema(request=CorrectionBody, responses=CandidateSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Correct what is proposed; the proposal is kept beside it."""

        def read(row: Candidate) -> tuple[Row, Any]:
            changes = self.body(CorrectionBody, article=row.article, current=row.current)
            return changes, lambda left: triage.correct(candidate=row, by=self.editor, changes=left)

        return self.write(read, joins=Joins.BY_FIELD)

    @extend_schema(request=AcceptBody, responses=CandidateSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: int) -> Response:
        """Make it an event, or one more report of the event `into`; a statistic becomes a statistic."""

        def read(row: Candidate) -> tuple[Row, Any]:
            into = self.body(AcceptBody).get("into")
            return {"verdict": "merged" if into else "accepted"}, lambda _left: triage.accept(candidate=row, by=self.editor, into=into)

        return self.write(read)

    @extend_schema(request=RejectBody, responses=CandidateSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: int) -> Response:
        """Keep it as rejected. The reasons of the list show where the extractor errs."""

        def read(row: Candidate) -> tuple[Row, Any]:
            values = self.body(RejectBody)
            reason = triage.RejectReason.text(values.get("reason", ""), values.get("words", ""))
            return {"verdict": "rejected"}, lambda _left: triage.reject_candidate(candidate=row, by=self.editor, reason=reason)

        return self.write(read)

    @extend_schema(request=NothingBody, responses=CandidateSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: int) -> Response:
        """Take the verdict back: what it wrote stays in the record as retracted, and the candidate waits again."""

        def read(row: Candidate) -> tuple[Row, Any]:
            self.body(NothingBody)
            return {"verdict": ""}, lambda _left: triage.undo(candidate=row, by=self.editor)

        return self.write(read)

    @extend_schema(request=CutBody, responses={201: PartsSerializer})
    @action(detail=True, methods=["post"])
    def split(self, request: Request, pk: int) -> Response:
        """Make two candidates of it: what stands between `start` and `end`, and the rest. `undo` makes them one again."""
        parts: list[Candidate] = []

        def read(row: Candidate) -> tuple[Row, Any]:
            given = self.body(CutBody)
            return {"verdict": "stale"}, lambda _left: parts.extend(triage.split(candidate=row, by=self.editor, **given))

        self.write(read)
        return Response({"results": [self.shown(part) for part in parts]}, status=201)

    @extend_schema(responses=SimilarSerializer)
    @action(detail=True, methods=["get"])
    def similar(self, request: Request, pk: int) -> Response:
        """The events it may be a report of, best first."""
        return Response(SimilarSerializer({"results": similar_events(self.get_object())}).data)

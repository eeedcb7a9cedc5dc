"""Events and claims in any status: words, headline values and ranks, each changed by its verb, with a reason."""

from typing import Any

import django_filters
from django.contrib.gis.geos import Point
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from entities.models import Actor, Place
from incidents import curation, headline, roles
from incidents.api import chains
from incidents.api.filters import Ids
from incidents.api.serializers.events import ClaimSerializer, EventDetailSerializer
from incidents.evidence import passage_at
from incidents.filters import Words
from incidents.models import Claim, Comment, Event, EventLink, Participation, Resolution
from incidents.taxonomy import TYPE_CHOICES, DatePrecision, Grade, Harm, Modality, Party, PlacePrecision, Role, TimeOfDay
from sources.models import Article

from .base import Body, DeskViewSet, ReasonBody
from .chain import DeskLinkSerializer, LinkBody
from .comments import CommentBody, CommentSerializer
from .conditions import Joins
from .together import Together

Row = dict[str, Any]


class DeskEventSerializer(EventDetailSerializer):
    """An event as editors see it, in any status."""

    merged_into = serializers.CharField(source="merged_into.code", allow_null=True, help_text="Code of the event it is part of now")
    assigned_to = serializers.CharField(source="assigned_to.username", allow_null=True, help_text="Name of the user whose work it is")

    class Meta:
        model = Event
        fields = [*EventDetailSerializer.Meta.fields, "status", "changed_since_approval", "grade_is_overridden", "merged_into"]
        fields += ["assigned_to"]


class DeskClaimSerializer(ClaimSerializer):
    """A claim as editors see it, with their note."""

    class Meta:
        model = Claim
        fields = [*ClaimSerializer.Meta.fields, "note"]


class DeskEventFilter(django_filters.FilterSet):
    status = Words("status", choices=Event.Status.choices)
    article = Ids("claims__passage__article", distinct=True, help_text="Ids of articles that tell of it")


class DeskClaimFilter(django_filters.FilterSet):
    event = Words("event__code", help_text="Codes of events")
    attribute = Words("attribute", choices=Claim.Attribute.choices)
    rank = Words("rank", choices=Claim.Rank.choices)


class WordsBody(ReasonBody):
    """The fields to change; the rest stays."""

    title_ar = serializers.CharField(max_length=300, required=False, allow_blank=True)
    title_en = serializers.CharField(max_length=300, required=False, allow_blank=True)
    summary_ar = serializers.CharField(required=False, allow_blank=True)
    summary_en = serializers.CharField(required=False, allow_blank=True)
    time_of_day = serializers.ChoiceField(choices=TimeOfDay.choices, required=False, allow_blank=True)

    def validate(self, values: Row) -> Row:
        if values.keys() <= {"reason"}:
            raise serializers.ValidationError("Nothing is to be changed.")
        return values


class ValueBody(Body):
    """Columns of the headline value, set by hand where no claim has them so."""

    date_start = serializers.DateField(required=False)
    date_end = serializers.DateField(required=False)
    date_prec = serializers.ChoiceField(choices=DatePrecision.choices, required=False)
    place = serializers.SlugRelatedField(slug_field="key", queryset=Place.objects.all(), required=False, allow_null=True)
    lon = serializers.FloatField(min_value=-180, max_value=180, required=False)
    lat = serializers.FloatField(min_value=-90, max_value=90, required=False)
    where_prec = serializers.ChoiceField(choices=PlacePrecision.choices, required=False)
    type = serializers.ChoiceField(choices=TYPE_CHOICES, required=False)
    modality = serializers.ChoiceField(choices=Modality.choices, required=False)
    deaths_low = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)
    deaths_best = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)
    deaths_high = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)
    injured_low = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)
    injured_best = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)
    injured_high = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)

    def validate(self, values: Row) -> Row:
        """As the columns of the event have it: the place by its id, lon and lat as one point."""
        if ("lon" in values) != ("lat" in values):
            raise serializers.ValidationError("lon and lat come together.")
        for low, best, high in (("deaths_low", "deaths_best", "deaths_high"), ("injured_low", "injured_best", "injured_high")):
            given = [values[name] for name in (low, best, high) if name in values]
            if given != sorted(given):
                raise serializers.ValidationError({best: "From the lowest to the highest."})
        if values.get("date_end") and values.get("date_start") and values["date_end"] < values["date_start"]:
            raise serializers.ValidationError({"date_end": "The last day lies before the first."})
        if "lon" in values:
            values["point"] = Point(values.pop("lon"), values.pop("lat"), srid=4326)
        if "place" in values:
            place = values.pop("place")
            values["place_id"] = place.pk if place else None
        return values


class ResolutionBody(ReasonBody):
    """The headline value of one attribute: from these claims, or by `value`, or both. Without either it is given back to the rules."""

    attribute = serializers.ChoiceField(choices=Resolution.Attribute.choices)
    claims = serializers.PrimaryKeyRelatedField(queryset=Claim.objects.all(), many=True, required=False)
    value = ValueBody(required=False)


# The columns that hold what a claim of this attribute says: all that are needed, then those that may be left out.
_ACTOR = ((), ("actor", "actor_text", "role"))
SAYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "date": ((), ("date_start", "date_end", "date_prec")),
    "place": ((), ("place", "place_text", "lon", "lat", "where_prec")),
    "type": (("type",), ()),
    "modality": (("event_modality",), ()),
    "casualties": (("harm", "party"), ("low", "high")),
    **dict.fromkeys(("perpetrator", "responsibility", "target", "participant"), _ACTOR),
    **dict.fromkeys(("weapon", "outcome", "agreement_item", "operation_name"), (("text",), ())),
}
_ALWAYS = ("attribute", "article", "start", "end", "phrase", "quantifier", "polarity", "modality", "reason")


class ClaimBody(Body):
    """What a stretch of an article says of one attribute."""

    attribute = serializers.ChoiceField(choices=Claim.Attribute.choices)
    article = serializers.PrimaryKeyRelatedField(queryset=Article.objects.defer("raw", "search_text"))
    start = serializers.IntegerField(min_value=0, help_text="Code points into the article's text")
    end = serializers.IntegerField(min_value=1)
    phrase = serializers.CharField(max_length=500, required=False, help_text="The words that say it; the marked ones unless given")
    date_start = serializers.DateField(required=False)
    date_end = serializers.DateField(required=False)
    date_prec = serializers.ChoiceField(choices=DatePrecision.choices, required=False)
    place = serializers.SlugRelatedField(slug_field="key", queryset=Place.objects.all(), required=False)
    place_text = serializers.CharField(max_length=300, required=False)
    lon = serializers.FloatField(min_value=-180, max_value=180, required=False)
    lat = serializers.FloatField(min_value=-90, max_value=90, required=False)
    where_prec = serializers.ChoiceField(choices=PlacePrecision.choices, required=False)
    type = serializers.ChoiceField(choices=TYPE_CHOICES, required=False)
    event_modality = serializers.ChoiceField(choices=Modality.choices, required=False)
    actor = serializers.SlugRelatedField(slug_field="slug", queryset=Actor.objects.all(), required=False)
    actor_text = serializers.CharField(max_length=300, required=False)
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    harm = serializers.ChoiceField(choices=Harm.choices, required=False)
    party = serializers.ChoiceField(choices=Party.choices, required=False)
    low = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False, allow_null=True)
    high = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False, allow_null=True)
    text = serializers.CharField(max_length=2000, required=False)
    quantifier = serializers.ChoiceField(choices=Claim.Quantifier.choices, required=False)
    polarity = serializers.ChoiceField(choices=Claim.Polarity.choices, required=False)
    modality = serializers.ChoiceField(choices=Claim.Certainty.choices, required=False)
    reason = serializers.CharField(max_length=2000, required=False)

    def validate(self, values: Row) -> Row:
        needed, allowed = SAYS[values["attribute"]]
        errors = {name: "It is needed." for name in needed if name not in values}
        errors |= {name: f"No part of “{values['attribute']}”." for name in values if name not in (*_ALWAYS, *needed, *allowed)}
        text = values["article"].text
        if not values["start"] < values["end"] <= len(text) or not text[values["start"] : values["end"]].strip():
            errors["end"] = f"Mark words of the article: after the start, and {len(text)} at the most."
        if ("lon" in values) != ("lat" in values):
            errors["lat"] = "lon and lat come together."
        if errors:
            raise serializers.ValidationError(errors)
        return values

    @staticmethod
    def columns(values: Row) -> Row:
        """The claim's columns, for `curation.attach_claim`."""
        words = values["article"].text[values["start"] : values["end"]]
        given = {name: value for name, value in values.items() if name not in ("article", "start", "end", "reason", "attribute")}
        if "lon" in given:
            given["point"] = Point(given.pop("lon"), given.pop("lat"), srid=4326)
        return Claim.of_words(values["attribute"], words, given)


class RankBody(ReasonBody):
    rank = serializers.ChoiceField(choices=Claim.Rank.choices)
    rank_reason = serializers.ChoiceField(choices=Claim.RankReason.choices, required=False, help_text="For a deprecated claim")


class GradeBody(ReasonBody):
    grade = serializers.ChoiceField(choices=Grade.choices, allow_blank=True, help_text="Empty: as the rule has it")


class AssignBody(ReasonBody):
    to = serializers.SlugRelatedField(
        slug_field="username", queryset=roles.desk_users(), allow_null=True, help_text="Name of an editor; null: nobody's work"
    )


class DeskEventViewSet(Together):
    """Events in any status, newest first. Every write needs `If-Match` and a reason."""

    serializer_class = DeskEventSerializer
    filterset_class = DeskEventFilter
    orderings = ("-id", "id", "-modified_at", "modified_at")
    lookup_field = "code"
    lookup_value_converter = "slug"
    writing = "edit"
    scopes = dict.fromkeys(("approve", "publish", "withdraw"), "approve")

    def get_queryset(self) -> QuerySet[Any]:
        resolutions = Resolution.objects.filter(is_current=True).prefetch_related("claims").order_by("attribute")
        taking_part = Participation.objects.select_related("actor").order_by("role", "actor__slug")
        return Event.objects.select_related("place", "merged_into", "assigned_to").prefetch_related(
            Prefetch("participations", taking_part), Prefetch("resolutions", resolutions, to_attr="current_resolutions"), "merged_from"
        )

    @extend_schema(request=WordsBody, responses=DeskEventSerializer)
    def partial_update(self, request: Request, code: str) -> Response:
        """Change titles, summaries or the time of day."""

        def read(row: Event) -> tuple[Row, Any]:
            changes = self.body(WordsBody)
            reason = changes.pop("reason")
            return changes, lambda left: curation.edit(event=row, changes=left, by=self.editor, reason=reason)

        return self.write(read, joins=Joins.BY_FIELD)

    @extend_schema(request=ResolutionBody, responses=DeskEventSerializer)
    @action(detail=True, methods=["post"])
    def resolve(self, request: Request, code: str) -> Response:
        """Choose the headline value of one attribute; the claims that say otherwise stay beside it."""

        def read(row: Event) -> tuple[Row, Any]:
            given = self.body(ResolutionBody)
            attribute, claims, value, reason = given["attribute"], given.get("claims", []), given.get("value"), given["reason"]
            if not claims and not value:
                names = dict.fromkeys(headline.COLUMNS[attribute])
                return names, lambda _left: curation.unresolve(event=row, attribute=attribute, by=self.editor, reason=reason)
            wishes = {**(headline.value_of(attribute, claims) if claims else {}), **(value or {})}
            chosen = {"event": row, "attribute": attribute, "claims": claims, "value": value}
            return headline.as_kept(wishes), lambda _left: curation.resolve(by=self.editor, reason=reason, **chosen)

        return self.write(read, joins=Joins.WHOLE)

    @extend_schema(request=ClaimBody, responses={201: DeskClaimSerializer})
    @action(detail=True, methods=["post"])
    def claims(self, request: Request, code: str) -> Response:
        """Add what a passage says. Nothing that was claimed before is changed."""
        made: list[Claim] = []

        def read(row: Event) -> tuple[Row, Any]:
            given = self.body(ClaimBody)

            def attach(_left: Row) -> None:
                article = given["article"]
                passage = passage_at(article, given["start"], given["end"], anchor_on=article.published_on)
                columns = ClaimBody.columns(given)
                who = {"by": self.editor, "reason": given.get("reason", "")}
                made.append(curation.attach_claim(event=row, passage=passage, attribute=given["attribute"], **who, **columns))

            return {}, attach

        self.write(read, joins=Joins.WHOLE)
        claim = chains.with_passages(Claim.objects.filter(pk=made[0].pk), "passage").get()
        return Response(DeskClaimSerializer(claim, context=self.get_serializer_context()).data, status=201)

    @extend_schema(request=LinkBody, responses={201: DeskLinkSerializer})
    @action(detail=True, methods=["post"])
    def links(self, request: Request, code: str) -> Response:
        """Relate it to another event: stated where words of an article say so, the editor's inference otherwise."""
        made: list[EventLink] = []

        def read(row: Event) -> tuple[Row, Any]:
            given = self.body(LinkBody)

            def link(_left: Row) -> None:
                evidence = LinkBody.passage(given)
                said = {"evidence": evidence, "phrase": evidence.exact if evidence else "", "reason": given["reason"]}
                made.append(curation.link(source=row, target=given["target"], relation=given["relation"], by=self.editor, **said))

            return {}, link

        self.write(read, joins=Joins.WHOLE)
        row = chains.with_passages(EventLink.objects.filter(pk=made[0].pk), "evidence").get()
        return Response(DeskLinkSerializer(row, context=self.get_serializer_context()).data, status=201)

    @extend_schema(request=GradeBody, responses=DeskEventSerializer)
    @action(detail=True, methods=["post"])
    def grade(self, request: Request, code: str) -> Response:
        """Set the grade against the rule, or give it back to it."""

        def read(row: Event) -> tuple[Row, Any]:
            given = self.body(GradeBody)
            wishes = {"grade_is_overridden": bool(given["grade"]), **({"grade": given["grade"]} if given["grade"] else {})}
            return wishes, lambda _left: curation.override_grade(event=row, by=self.editor, **given)

        return self.write(read, joins=Joins.WHOLE)

    @extend_schema(request=AssignBody, responses=DeskEventSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, code: str) -> Response:
        """Say whose work it is now. An approval stands."""

        def read(row: Event) -> tuple[Row, Any]:
            given = self.body(AssignBody)
            wishes = {"assigned_to_id": given["to"].pk if given["to"] else None}
            return wishes, lambda _left: curation.assign(event=row, by=self.editor, **given)

        return self.write(read, joins=Joins.WHOLE)

    @extend_schema(request=CommentBody, responses={201: CommentSerializer})
    @action(detail=True, methods=["post"])
    def comments(self, request: Request, code: str) -> Response:
        """Say something to the other editors about it, or about one of its fields."""
        made: list[Comment] = []

        def read(row: Event) -> tuple[Row, Any]:
            given = self.body(CommentBody)
            return {}, lambda _left: made.append(curation.comment(event=row, by=self.editor, **given))

        self.write(read, joins=Joins.WHOLE)
        return Response(CommentSerializer(made[0], context=self.get_serializer_context()).data, status=201)

    @extend_schema(request=ReasonBody, responses=DeskEventSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, code: str) -> Response:
        """Hand a draft to the reviewers."""
        return self._move("in_review", curation.submit)

    @extend_schema(request=ReasonBody, responses=DeskEventSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, code: str) -> Response:
        """Vouch for it, as it was read; the one who wrote it may not."""
        return self._move("approved", curation.approve)

    @extend_schema(request=ReasonBody, responses=DeskEventSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, code: str) -> Response:
        """Show what was approved to everybody."""
        return self._move("published", curation.publish)

    @extend_schema(request=ReasonBody, responses=DeskEventSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, code: str) -> Response:
        """Take it back from the public, to review."""
        return self._move("in_review", curation.withdraw)

    @extend_schema(request=ReasonBody, responses=DeskEventSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, code: str) -> Response:
        """Set it aside; it keeps its code and its claims."""
        return self._move("rejected", curation.reject)

    @extend_schema(request=ReasonBody, responses=DeskEventSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, code: str) -> Response:
        """Take up again what was set aside, or what is in review and needs more work."""
        return self._move("draft", curation.reopen)

    def _move(self, to: str, verb: Any) -> Response:
        def read(row: Event) -> tuple[Row, Any]:
            reason = self.body(ReasonBody)["reason"]
            return {"status": to}, lambda _left: verb(event=row, by=self.editor, reason=reason)

        return self.write(read)


class DeskClaimViewSet(DeskViewSet):
    """Claims about events in any status, with their chain. A claim is ranked, never rewritten."""

    serializer_class = DeskClaimSerializer
    filterset_class = DeskClaimFilter
    orderings = ("-id", "id")
    writing = "edit"

    def get_queryset(self) -> QuerySet[Any]:
        return chains.with_passages(Claim.objects.select_related("event", "place", "actor"), "passage")

    def locked(self) -> Claim:
        claim = self.get_object()
        Event.objects.select_for_update(no_key=True).get(pk=claim.event_id)
        return self.get_object()  # type: ignore[no-any-return]

    @extend_schema(request=RankBody, responses=DeskClaimSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Prefer it, deprecate it for a reason of the list, or restore it; it stays in the record either way."""

        def read(row: Claim) -> tuple[Row, Any]:
            given = self.body(RankBody)
            wishes = {"rank": given["rank"], "rank_reason": given.get("rank_reason", "")}
            why = wishes["rank_reason"] or given["reason"]
            return wishes, lambda _left: curation.rank_claim(
                claim=row, rank=given["rank"], by=self.editor, reason=why, note=given["reason"]
            )

        return self.write(read, joins=Joins.WHOLE)

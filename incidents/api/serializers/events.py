"""Events, what is claimed about them and how they hang together."""

import json
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from incidents.models import Claim, Commitment, Event, EventLink, Participation, Release, Resolution, Statistic
from incidents.querysets import HAPPENED
from incidents.trends import COUNTED_TYPES

from . import PageField, RowSerializer
from .sources import PassageSerializer

COUNTRY_ONLY = 6  # GED where_prec: a point would be a false pin


class EventSerializer(RowSerializer[Event]):
    """An event as lists show it. `rows.py` reads its columns from here, so that lists and details agree."""

    page = PageField("event", source="code")
    place = serializers.CharField(source="place.key", allow_null=True, help_text="Key of the place")
    place_ar = serializers.CharField(source="place.name_ar", allow_null=True)
    place_en = serializers.CharField(source="place.name_en", allow_null=True)
    lon = serializers.SerializerMethodField(help_text="Degrees, WGS 84; null where only the country is known, or less")
    lat = serializers.SerializerMethodField(help_text="Degrees, WGS 84; null where only the country is known, or less")
    articles = serializers.IntegerField(source="article_count")
    outlets = serializers.IntegerField(source="outlet_count")
    origins = serializers.IntegerField(
        source="origin_count", help_text="Distinct root speakers; an outlet's own word where nobody is credited"
    )

    class Meta:
        model = Event
        fields = ["code", "kind", "type", "title_ar", "title_en", "modality", "date_start", "date_end", "date_prec", "time_of_day"]
        fields += ["place", "place_ar", "place_en", "where_prec", "lon", "lat"]
        fields += ["deaths_low", "deaths_best", "deaths_high", "injured_low", "injured_best", "injured_high"]
        fields += ["articles", "outlets", "origins", "has_conflict", "grade", "modified_at", "page"]

    def get_lon(self, event: Event) -> float | None:
        return event.point.x if event.point and event.where_prec != COUNTRY_ONLY else None

    def get_lat(self, event: Event) -> float | None:
        return event.point.y if event.point and event.where_prec != COUNTRY_ONLY else None


class ClaimSerializer(RowSerializer[Claim]):
    """What one passage says of one attribute, with the chain it hangs on. The columns of other attributes are null or empty."""

    event = serializers.CharField(source="event.code", help_text="Code of the event")
    place = serializers.CharField(source="place.key", allow_null=True, help_text="Key of the place")
    actor = serializers.CharField(source="actor.slug", allow_null=True, help_text="Slug of the actor")
    passage = PassageSerializer()

    class Meta:
        model = Claim
        fields = ["id", "event", "attribute", "phrase", "date_start", "date_end", "date_prec", "place", "place_text", "where_prec"]
        fields += ["type", "event_modality", "actor", "actor_text", "role", "harm", "party", "low", "high", "text"]
        fields += ["quantifier", "polarity", "modality", "rank", "rank_reason", "flags", "created_at", "passage"]


class LinkSerializer(RowSerializer[EventLink]):
    """`source` stands in the relation to `target`: the meeting (source) responds to the attack (target)."""

    source = serializers.CharField(source="source.code")  # type: ignore[assignment]
    target = serializers.CharField(source="target.code")
    lag_days = serializers.IntegerField(allow_null=True, help_text="Days from the target's first day to the source's")
    evidence = PassageSerializer(allow_null=True)

    class Meta:
        model = EventLink
        fields = ["id", "source", "relation", "target", "basis", "phrase", "lag_days", "evidence"]


class CommitmentSerializer(RowSerializer[Commitment]):
    event = serializers.CharField(source="event.code", help_text="Code of the event that promised it")
    implemented_by = serializers.SerializerMethodField(help_text="Code of the event that implemented it")
    passage = PassageSerializer(allow_null=True)
    evidence = PassageSerializer(allow_null=True, help_text="What tells its status")

    class Meta:
        model = Commitment
        fields = ["id", "event", "kind", "text", "status", "implemented_by", "passage", "evidence"]

    def get_implemented_by(self, commitment: Commitment) -> str | None:
        event = commitment.implemented_by
        return event.code if event and event.status == Event.Status.PUBLISHED else None


class ParticipationSerializer(RowSerializer[Participation]):
    actor = serializers.CharField(source="actor.slug")
    name_ar = serializers.CharField(source="actor.name_ar")
    name_en = serializers.CharField(source="actor.name_en")

    class Meta:
        model = Participation
        fields = ["actor", "name_ar", "name_en", "role", "side"]


class ResolutionSerializer(RowSerializer[Resolution]):
    """How a headline value was chosen: by which rule, from which claims (ids), when and why."""

    claims = serializers.SerializerMethodField()

    class Meta:
        model = Resolution
        fields = ["attribute", "method", "reason", "claims", "decided_at"]

    def get_claims(self, resolution: Resolution) -> list[int]:
        return [claim.pk for claim in resolution.claims.all()]


class EventDetailSerializer(EventSerializer):
    """An event with how its values were chosen."""

    extent = serializers.SerializerMethodField(help_text="GeoJSON geometry of a line or an area")
    participants = ParticipationSerializer(source="participations", many=True)
    resolutions = ResolutionSerializer(source="current_resolutions", many=True)
    merged_codes = serializers.SerializerMethodField(help_text="Codes of published events that were merged into this one")

    class Meta:
        model = Event
        fields = [*EventSerializer.Meta.fields, "summary_ar", "summary_en", "extent", "grade_reason", "participants", "resolutions"]
        fields += ["merged_codes", "published_at"]

    @extend_schema_field({"type": ["object", "null"]})
    def get_extent(self, event: Event) -> Any:
        return json.loads(event.extent.json) if event.extent else None

    def get_merged_codes(self, event: Event) -> list[str]:
        return sorted(other.code for other in event.merged_from.all() if other.published_at)


class ChainSerializer(serializers.Serializer[Any]):
    """What led to the event and what came of it, as the texts state it."""

    links = LinkSerializer(many=True)
    commitments = CommitmentSerializer(many=True)


class _Expanded(serializers.Serializer[Any]):
    claims = ClaimSerializer(many=True, required=False, help_text="Only with expand=claims")
    chain = ChainSerializer(required=False, help_text="Only with expand=chain")


class ListedEventSerializer(_Expanded, EventSerializer):
    """An event of a list, with what `expand` adds."""

    class Meta:
        model = Event
        fields = [*EventSerializer.Meta.fields, "claims", "chain"]


class DetailedEventSerializer(_Expanded, EventDetailSerializer):
    """One event, with what `expand` adds."""

    class Meta:
        model = Event
        fields = [*EventDetailSerializer.Meta.fields, "claims", "chain"]


class StatisticSerializer(RowSerializer[Statistic]):
    """An aggregate somebody asserts; never an event. `events` is this database's own list for the same period and area."""

    area = serializers.CharField(source="area.key", allow_null=True, help_text="Key of the place")
    passage = PassageSerializer()
    events = serializers.SerializerMethodField(help_text="Address of the events this record holds of it, with their count")

    class Meta:
        model = Statistic
        fields = ["id", "measure", "measure_text", "value", "quantifier", "period_start", "period_end", "period_phrase"]
        fields += ["area", "area_text", "passage", "events"]

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_events(self, statistic: Statistic) -> str | None:
        if not (statistic.period_start and statistic.period_end):
            return None
        what = {"modality": ",".join(HAPPENED), "from": statistic.period_start, "to": statistic.period_end}
        if statistic.measure in COUNTED_TYPES:
            what["type"] = ",".join(COUNTED_TYPES[statistic.measure])
        if statistic.area:
            what["place"] = statistic.area.key
        return str(self.context["request"].build_absolute_uri(f"/api/v1/events/?count=yes&{urlencode(what, safe=',:')}"))


class ReleaseFileSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    url = serializers.CharField()
    media_type = serializers.CharField()
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField()


class ReleaseSerializer(RowSerializer[Release]):
    """A frozen copy of everything published at `read_at`. From there, `/changes?since=` leads to the present."""

    citation = serializers.CharField()
    files = serializers.SerializerMethodField()

    class Meta:
        model = Release
        fields = ["name", "published_on", "read_at", "licence", "events", "history_head", "citation", "files"]

    @extend_schema_field(ReleaseFileSerializer(many=True))
    def get_files(self, release: Release) -> Any:
        site = self.context["request"].build_absolute_uri
        return [{**file, "url": site(reverse("release", args=[release.name, file["name"]]))} for file in release.files]

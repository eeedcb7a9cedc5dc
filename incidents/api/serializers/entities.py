"""Places and actors."""

from rest_framework import serializers

from entities.models import Actor, Command, Place, PlaceMembership

from . import RowSerializer


class MembershipSerializer(RowSerializer[PlaceMembership]):
    """In which place another one lies, and by whose administration."""

    parent = serializers.CharField(source="parent.key", help_text="Key of the place above")  # type: ignore[assignment]

    class Meta:
        model = PlaceMembership
        fields = ["hierarchy", "parent"]


class PlaceSerializer(RowSerializer[Place]):
    lon = serializers.FloatField(source="point.x", allow_null=True, help_text="Degrees, WGS 84")
    lat = serializers.FloatField(source="point.y", allow_null=True, help_text="Degrees, WGS 84")
    parents = MembershipSerializer(source="memberships", many=True)

    class Meta:
        model = Place
        fields = ["key", "level", "name_ar", "name_en", "name_ckb", "lon", "lat", "radius_km", "pcode", "geonames_id", "source", "parents"]


class CommandSerializer(RowSerializer[Command]):
    """Under whose command an actor stood."""

    parent = serializers.CharField(source="parent.slug", help_text="Slug of the actor above")  # type: ignore[assignment]
    since = serializers.DateField(source="period.lower", allow_null=True, help_text="First day; null where it has no beginning")
    until = serializers.DateField(source="period.upper", allow_null=True, help_text="The day after the last; null where it has no end")

    class Meta:
        model = Command
        fields = ["parent", "since", "until"]


class ActorSerializer(RowSerializer[Actor]):
    parents = CommandSerializer(source="commands", many=True)

    class Meta:
        model = Actor
        fields = ["slug", "kind", "name_ar", "name_en", "name_ckb", "side", "acled_name", "acled_inter", "ucdp_id", "plover_code"]
        fields += ["wikidata", "parents"]

"""Outlets, articles, passages, statements and speakers: the chain a claim hangs on."""

from functools import cached_property

from rest_framework import serializers

from sources.models import Article, Outlet, Passage, Relay, Speaker, Statement

from . import PageField, RowSerializer


class OutletRefSerializer(RowSerializer[Outlet]):
    class Meta:
        model = Outlet
        fields = ["id", "name_ar", "name_en"]


class OutletSerializer(RowSerializer[Outlet]):
    class Meta:
        model = Outlet
        fields = ["id", "name_ar", "name_en", "kind", "reach", "domain", "side", "reliability", "is_sample"]


class ArticleRefSerializer(RowSerializer[Article]):
    page = PageField("article", source="pk")
    outlet = OutletRefSerializer(allow_null=True)

    class Meta:
        model = Article
        fields = ["id", "title", "url", "language", "published_on", "published_basis", "page", "outlet"]


class Origins:
    """From a speaker to the root it speaks for; read once for a whole answer."""

    @cached_property
    def above(self) -> dict[int, int]:
        return {pk: above for pk, above in Speaker.objects.filter(organ_of__isnull=False).values_list("id", "organ_of") if above}

    def of(self, speaker: Speaker) -> int:
        seen, origin = {speaker.pk}, speaker.pk
        while (above := self.above.get(origin)) and above not in seen:
            seen.add(above)
            origin = above
        return origin


class SpeakerSerializer(RowSerializer[Speaker]):
    actor = serializers.CharField(source="actor.slug", allow_null=True, help_text="Slug of the actor it belongs to")
    organ_of = serializers.IntegerField(source="organ_of_id", allow_null=True, help_text="Id of the speaker it speaks for")
    origin = serializers.SerializerMethodField(help_text="Id of the root it speaks for, itself where it speaks for nobody else")
    outlet = serializers.IntegerField(source="outlet_id", allow_null=True, help_text="Id of the outlet that alone knows an unnamed source")

    class Meta:
        model = Speaker
        fields = ["id", "slug", "kind", "name_ar", "name_en", "actor", "organ_of", "origin", "outlet"]

    def get_origin(self, speaker: Speaker) -> int:
        return self.context["origins"].of(speaker)


class StatementSerializer(RowSerializer[Statement]):
    issuers = SpeakerSerializer(many=True)

    class Meta:
        model = Statement
        fields = ["id", "kind", "said_on", "title", "url", "issuers"]


class RelaySerializer(RowSerializer[Relay]):
    """An agency between the statement and the outlet, nearest to the outlet first."""

    outlet = OutletRefSerializer()

    class Meta:
        model = Relay
        fields = ["position", "outlet", "phrase"]


class QuoteSerializer(RowSerializer[Passage]):
    """The quoted words. Offsets are code points of the article's text; where JavaScript counts UTF-16 units, they differ."""

    statement = StatementSerializer(allow_null=True, help_text="null: the outlet's own word")
    relays = RelaySerializer(many=True)

    class Meta:
        model = Passage
        fields = ["id", "start", "end", "exact", "anchor_on", "statement", "relays"]


class PassageSerializer(QuoteSerializer):
    """A quote with the article it stands in."""

    article = ArticleRefSerializer()

    class Meta:
        model = Passage
        fields = [*QuoteSerializer.Meta.fields, "article"]


class ArticleSerializer(RowSerializer[Article]):
    """An article and what is quoted from it. Its full text is the outlet's own."""

    page = PageField("article", source="pk")
    outlet = OutletRefSerializer(allow_null=True)
    passages = QuoteSerializer(many=True)

    class Meta:
        model = Article
        fields = [*ArticleRefSerializer.Meta.fields, "passages"]


class ArticleWithTextSerializer(ArticleSerializer):
    """As signed-in staff see it."""

    class Meta:
        model = Article
        fields = [*ArticleSerializer.Meta.fields, "text"]

"""What a row looks like to a client, one module a room of the house."""

from typing import Any, TypeVar

from django.db.models import Model, URLField
from django.urls import reverse
from rest_framework import serializers

Row = TypeVar("Row", bound=Model)


# For reading: every field is always there, and no rule of a form (longest text, pattern) is part of its description.
# A comment, since a docstring here would describe every serializer without one of its own.
class RowSerializer(serializers.ModelSerializer[Row]):
    # An address may be '', which is no URI.
    serializer_field_mapping = {**serializers.ModelSerializer.serializer_field_mapping, URLField: serializers.CharField}

    def include_extra_kwargs(self, kwargs: Any, extra_kwargs: Any) -> Any:
        may_be_blank = {"allow_blank": True} if "choices" in kwargs and kwargs.get("allow_blank") else {}
        return {**super().include_extra_kwargs(kwargs, {**extra_kwargs, "read_only": True}), **may_be_blank}


class PageField(serializers.CharField):
    """The address of the row's page on this site."""

    def __init__(self, route: str, **kwargs: Any) -> None:
        super().__init__(read_only=True, help_text="Its page on this site", **kwargs)
        self.route = route

    def to_representation(self, key: Any) -> str:
        return str(self.context["request"].build_absolute_uri(reverse(self.route, args=[key])))

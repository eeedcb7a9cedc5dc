"""What every list of the API shares: strict parameters, keyset pages, chosen fields."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from . import pagination
from .parameters import StrictParameters
from .serializers.sources import Origins


class KeysetViewSet(StrictParameters, ReadOnlyModelViewSet[Any]):
    """A list and its rows. A subclass says: queryset, serializer, filter set, orderings (the first is the default)."""

    highest_limit = pagination.HIGHEST_LIMIT
    pagination_class = pagination.KeysetPagination
    lookup_value_converter = "int"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.refuse_format(request)  # before the negotiation, which would answer that there is no such page
        super().initial(request, *args, **kwargs)
        self.refuse_unknown(request)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        rows = self.paginate_queryset(self.filtered())
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        return Response(self.get_serializer(self.get_object()).data)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "origins": Origins()}

    def get_serializer(self, *args: Any, **kwargs: Any) -> BaseSerializer[Any]:
        serializer = super().get_serializer(*args, **kwargs)
        one = getattr(serializer, "child", serializer)
        for name in set(one.fields) - set(self.chosen(one.fields)):
            one.fields.pop(name)
        return serializer


class PublicViewSet(KeysetViewSet):
    """What everybody may read: it needs no session, and changes with the record alone."""

    authentication_classes: tuple[Any, ...] = ()
    holds_until_a_change = True

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.holds_until_a_change = self.holds_until_a_change
        return response

"""Pages by keyset: a page at the end of a million rows costs what the first one costs, and no row is skipped or shown twice."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from incidents.querysets import sortable

from .problems import bad_parameter

DEFAULT_LIMIT = 100
HIGHEST_LIMIT = 1000
PARAMETERS = ("limit", "cursor", "count", "ordering")


def encode(word: str, backwards: bool, value: Any, pk: int) -> str:
    """The cursor of a position: the order's word, the direction, the value of its column and the id of the row there."""
    return urlsafe_b64encode(orjson.dumps([word, backwards, value, pk])).decode().rstrip("=")


@dataclass(frozen=True)
class Order:
    """An order of rows: by a column, empty values last when descending, then by id. Without a column: by id."""

    column: str
    is_descending: bool

    @classmethod
    def of(cls, word: str) -> "Order":
        """'-date_start' → that column, descending; '-id' → ids, descending."""
        name = word.removeprefix("-")
        return cls("" if name == "id" else name, word.startswith("-"))

    def reverse(self) -> "Order":
        return Order(self.column, not self.is_descending)

    def sort(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        ids = "-id" if self.is_descending else "id"
        if not self.column:
            return rows.order_by(ids)
        column = sortable(rows, self.column)
        return rows.order_by(column.desc(nulls_last=True) if self.is_descending else column.asc(nulls_first=True), ids)

    def after(self, rows: QuerySet[Any], position: tuple[Any, int]) -> list[QuerySet[Any]]:
        """The rows after a position, as one query for those with a value and one for those without: each is a range of the index."""
        value, pk = position
        if not self.column:
            return [self.sort(rows.filter(**{"id__lt" if self.is_descending else "id__gt": pk}))]
        empty, filled = (rows.filter(**{f"{self.column}__isnull": is_empty}) for is_empty in (True, False))
        if value is None:
            rest = [self.sort(empty.filter(**{"id__lt" if self.is_descending else "id__gt": pk}))]
            return rest if self.is_descending else [*rest, self.sort(filled)]
        beyond = TupleLessThan if self.is_descending else TupleGreaterThan
        rest = [self.sort(filled.filter(beyond((F(self.column), F("id")), (value, pk))))]
        return [*rest, self.sort(empty)] if self.is_descending and self._is_nullable(rows) else rest

    def ranges(self, rows: QuerySet[Any], start: tuple[Any, int] | None) -> list[QuerySet[Any]]:
        """All rows in this order, or those after a position."""
        return self.after(rows, start) if start else [self.sort(rows)]

    def _is_nullable(self, rows: QuerySet[Any]) -> bool:
        return bool(rows.model._meta.get_field(self.column).null)


# For an order and a position (None: the beginning), the ranges of rows after it: each gives its first rows, so many as asked for.
Ranges = Callable[[Order, tuple[Any, int] | None], list[Callable[[int], Sequence[Any]]]]


def ranges_of(rows: QuerySet[Any]) -> Ranges:
    return lambda order, start: [lambda most, part=part: list(part[:most]) for part in order.ranges(rows, start)]  # type: ignore[misc]


class KeysetPagination(BasePagination):
    """`limit`, `cursor`, `ordering`, and `count=yes` for the exact number of rows."""

    page_size = DEFAULT_LIMIT

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        return self.page(queryset, request, view, lambda row: (getattr(row, self.order.column) if self.order.column else None, row.pk))

    def page(
        self,
        rows: QuerySet[Any],
        request: Request,
        view: Any,
        position: Callable[[Any], tuple[Any, int]],
        ranges: "Ranges | None" = None,
        count: Callable[[], int] | None = None,
    ) -> list[Any]:
        """The page a request asks for. `position` tells where a row stands: (value of the order's column, id). `ranges` reads the rows,
        and `count` counts them, where that is not done as the query set has them."""
        self.request = request
        self.limit = min(self._limit(request.query_params.get("limit") or str(DEFAULT_LIMIT)), view.highest_limit)
        self.word = view.ordering_of(request)
        self.order = Order.of(self.word)
        backwards, start = self._start(request.query_params.get("cursor") or "", rows)
        self.count = (count or rows.count)() if view.flag_of(request, "count") else None
        order = self.order.reverse() if backwards else self.order
        found: list[Any] = []
        for first_of in (ranges or ranges_of(rows))(order, start):
            found += first_of(self.limit + 1 - len(found))
            if len(found) > self.limit:
                break
        is_more, found = len(found) > self.limit, found[: self.limit]
        if backwards:
            found.reverse()
        # A page reached from a neighbour has that neighbour; on the other side there is one if a further row was found.
        before, behind = (is_more, bool(found)) if backwards else (bool(start) and bool(found), is_more)
        self.previous = self._link(position(found[0]), backwards=True) if before else None
        self.next = self._link(position(found[-1]), backwards=False) if behind else None
        return found

    def members(self) -> dict[str, Any]:
        """What a page says beside its rows."""
        return {**({"count": self.count} if self.count is not None else {}), "next": self.next, "previous": self.previous}

    def get_paginated_response(self, data: Any) -> Response:
        return Response({**self.members(), "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        count = {"type": "integer", "description": "Only with count=yes"}
        properties = {"count": count, "next": link, "previous": link, "results": schema}
        return {"type": "object", "required": ["next", "previous", "results"], "properties": properties}

    def _limit(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and text.strip("0")):
            raise bad_parameter("limit", f"A whole number from 1 to {HIGHEST_LIMIT}.")
        return HIGHEST_LIMIT if len(text) > 6 else min(int(text), HIGHEST_LIMIT)

    def _start(self, cursor: str, rows: QuerySet[Any]) -> tuple[bool, tuple[Any, int] | None]:
        """(backwards?, position) of a cursor; no position for the first page."""
        if not cursor:
            return False, None
        try:
            word, backwards, value, pk = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            if word != self.word or not isinstance(backwards, bool) or type(pk) is not int or not 0 < pk < 2**63:
                raise ValueError(cursor)
            if self.order.column:
                if not isinstance(value, str | None) or (value is None and not self.order._is_nullable(rows)):
                    raise ValueError(value)
                value = rows.model._meta.get_field(self.order.column).to_python(value)
            return backwards, (value, pk)
        except (ValueError, TypeError, OverflowError, ValidationError, binascii.Error):
            raise bad_parameter("cursor", "This is no cursor of this list in this order: follow next and previous as they are.") from None

    def _link(self, position: tuple[Any, int], *, backwards: bool) -> str:
        token = encode(self.word, backwards, *position)
        address = remove_query_param(self.request.build_absolute_uri(), "count")
        return str(replace_query_param(address, "cursor", token))

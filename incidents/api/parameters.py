"""Every parameter is known and can be read, or the answer is a 400 that names it and its nearest neighbour."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django_filters import FilterSet
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from incidents.filters import FlagField, WordsField, nearest

from .pagination import PARAMETERS
from .problems import BadParameters, bad_parameter


class StrictParameters(GenericAPIView[Any]):
    """Reads the parameters of a list, or of one row, for the view set it is part of."""

    filterset_class: type[FilterSet] | None = None
    orderings: tuple[str, ...] = ("-id",)
    expandable: tuple[str, ...] = ()

    def filtered(self) -> Any:
        """The rows the request's filters keep; 400 where one of them cannot be read."""
        return self.read_filters()()

    def read_filters(self) -> Callable[[], Any]:
        """How to get those rows; their query takes longer to write than some questions take to answer without it. What the filters say
        is in `cleaned`."""
        rows = self.get_queryset()
        given = self.given_filters()
        self.cleaned: dict[str, Any] = {}
        if self.filterset_class is None or not given:
            return lambda: rows
        filters = _only(self.filterset_class, given)(  # type: ignore[arg-type]
            self.request.query_params, queryset=rows, request=self.request
        )
        if not filters.is_valid():
            raise BadParameters([_explain(name, error) for name, errors in filters.errors.as_data().items() for error in errors])
        self.cleaned = filters.form.cleaned_data
        return lambda: filters.qs

    def given_filters(self) -> tuple[str, ...]:
        """The filters the request names."""
        known = self.filterset_class.base_filters if self.filterset_class else ()
        return tuple(name for name in known if name in self.request.query_params)

    def chosen(self, known: Any) -> list[str]:
        """The names of the fields to show: those `fields=` lists, or all; what `expand=` asks for is always shown."""
        words = self.words_of("fields")
        for word in words:
            if word not in known:
                raise bad_parameter("fields", f"There is no field “{word[:80]}”.", nearest(word, known))
        expanded = self.expanded()
        return [name for name in known if (name in expanded if name in self.expandable else not words or name in words)]

    def expanded(self) -> list[str]:
        words = self.words_of("expand")
        for word in words:
            if word not in self.expandable:
                raise bad_parameter("expand", f"“{word[:80]}” cannot be expanded.", nearest(word, self.expandable))
        return words

    def words_of(self, name: str) -> list[str]:
        return [word for text in self.request.query_params.getlist(name) for word in text.split(",") if word]

    def ordering_of(self, request: Request) -> str:
        word = request.query_params.get("ordering") or self.orderings[0]
        if word not in self.orderings:
            raise bad_parameter("ordering", f"One of: {', '.join(self.orderings)}.", nearest(word, self.orderings))
        return word

    def flag_of(self, request: Request, name: str) -> bool:
        word = request.query_params.get(name) or "no"
        if word not in FlagField.WORDS:
            raise bad_parameter(name, "Either yes or no.")
        return FlagField.WORDS[word]

    def parameters(self) -> list[str]:
        """Every parameter this address understands."""
        common = ["fields", "format", *(["expand"] if self.expandable else [])]
        if getattr(self, "action", "list") != "list":
            return common
        return [*(self.filterset_class.base_filters if self.filterset_class else ()), *PARAMETERS, *common]

    def refuse_unknown(self, request: Request) -> None:
        known = self.parameters()
        errors = []
        for name, values in request.query_params.lists():
            if name not in known:
                errors.append({"parameter": name[:80], "detail": "There is no such parameter here.", "nearest": nearest(name, known)})
            elif len(values) > 1 and not self._takes_many(name):
                errors.append({"parameter": name, "detail": "It is given more than once.", "nearest": ""})
            elif any("\0" in value for value in values):
                errors.append({"parameter": name, "detail": "It holds a NUL character.", "nearest": ""})
        if errors:
            raise BadParameters(errors)

    def refuse_format(self, request: Request) -> None:
        formats = [str(renderer.format) for renderer in self.renderer_classes]
        wanted = request.query_params.get("format")
        if wanted and wanted not in formats:
            raise bad_parameter("format", f"One of: {', '.join(formats)}.", nearest(wanted, formats))

    def _takes_many(self, name: str) -> bool:
        filters = self.filterset_class.base_filters if self.filterset_class else {}
        return name in ("fields", "expand") or (name in filters and filters[name].field_class is WordsField)


@lru_cache(maxsize=256)
def _only(filters: type[FilterSet], names: tuple[str, ...]) -> type[FilterSet]:
    """The filter set with these filters alone: an instance copies all it has, which costs more than the page."""
    few: type[FilterSet] = type(filters.__name__, (filters,), {})
    few.base_filters = {name: filters.base_filters[name] for name in names}
    return few


def _explain(name: str, error: Any) -> dict[str, str]:
    return {"parameter": name, "detail": " ".join(map(str, error.messages)), "nearest": str((error.params or {}).get("nearest", ""))}

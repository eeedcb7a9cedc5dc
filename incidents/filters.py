"""The filters of events, by one set of names for the pages, the exports and the API.

A list takes its values separated by commas or as repeated parameters; any of them fits. A malformed value is an error of its parameter.
"""

import math
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from extraction.text import search_text
from incidents import areas
from incidents.models import Event
from incidents.taxonomy import TYPE_CHOICES, DatePrecision, Grade, Kind, Modality, Party, PlacePrecision

LONGEST_LIST = 100


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one; '' where none is near."""
    found = get_close_matches(word[:80], list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


class ListInput(forms.TextInput):
    """?type=ambush,ied and ?type=ambush&type=ied are one list."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return list(dict.fromkeys(word.strip() for text in given for word in text.split(",") if word.strip()))


class WordsField(forms.CharField):
    """A list of words; from a code list where `choices` are given."""

    widget = ListInput

    def __init__(self, *, choices: Iterable[tuple[Any, Any]] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = [str(value) for value, _label in choices]

    def clean(self, value: Any) -> list[str]:
        value = value or []
        if len(value) > LONGEST_LIST:
            raise ValidationError(_("At most %(most)d values."), params={"most": LONGEST_LIST})
        for word in value:
            self.run_validators(word)
            if self.words and word not in self.words:
                raise ValidationError(
                    _("“%(word)s” is not one of: %(words)s."),
                    params={"word": word[:80], "words": ", ".join(self.words), "nearest": nearest(word, self.words)},
                )
        return list(value)


class FlagField(forms.CharField):
    """yes or no (true and false are understood); None where not given."""

    WORDS = {"yes": True, "true": True, "no": False, "false": False}

    def clean(self, value: Any) -> bool | None:
        if value in (None, ""):
            return None
        if value not in self.WORDS:
            raise ValidationError(_("Either yes or no."))
        return self.WORDS[value]


class DayField(forms.CharField):
    """A day as YYYY-MM-DD, and nothing else: 05/06/2021 has two readings."""

    def clean(self, value: Any) -> date | None:
        if value in (None, ""):
            return None
        try:
            if len(value) != 10:
                raise ValueError(value)
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError(_("A day is written YYYY-MM-DD.")) from None


class BoxField(forms.CharField):
    """west,south,east,north in degrees; edges included."""

    def clean(self, value: Any) -> tuple[float, ...] | None:
        if value in (None, ""):
            return None
        try:
            west, south, east, north = box = tuple(float(part) for part in value.split(","))
        except ValueError:
            raise ValidationError(_("Four numbers: west,south,east,north in degrees.")) from None
        if not all(math.isfinite(edge) for edge in box) or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise ValidationError(_("West to east within -180 to 180 degrees, south to north within -90 to 90."))
        return box


class AreaField(forms.CharField):
    """A drawn area, as `incidents.areas` spells it."""

    def clean(self, value: Any) -> areas.Area | None:
        return None if value in (None, "") else areas.read(value)


class SearchField(forms.CharField):
    """Words to search for; at least one that can be found."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and not search_text(text).strip():
            raise ValidationError(_("There is no word in it to search for."))
        return text


class Read(django_filters.Filter):
    """Hands the cleaned value to a named read of the query set, where one is given."""

    def __init__(self, read: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def filter(self, qs: models.QuerySet[Any], value: Any) -> models.QuerySet[Any]:
        return qs if value in (None, "", []) else getattr(qs, self.read)(value)


class Words(django_filters.Filter):
    """One of these words in the column."""

    field_class = WordsField

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name=field_name, lookup_expr="in", **kwargs)


class WordsRead(Read):
    field_class = WordsField


class FlagRead(Read):
    field_class = FlagField


class DayRead(Read):
    field_class = DayField


class BoxRead(Read):
    field_class = BoxField


class AreaRead(Read):
    field_class = AreaField


class SearchRead(Read):
    field_class = SearchField


class NumberRead(Read):
    field_class = forms.IntegerField


class PeriodForm(forms.Form):
    """Refuses a period that ends before it begins."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("from"), values.get("to")
        if first and last and first > last:
            self.add_error("to", ValidationError(_("The period ends before it begins.")))
        return values


_Period = type(django_filters.FilterSet)(
    "_Period",
    (django_filters.FilterSet,),
    {  # `from` is a word of Python's own: it cannot be written in a class body
        "from": DayRead("since", label=_("from"), help_text=_("Events that end on or after this day")),
        "to": DayRead("until", label=_("to"), help_text=_("Events that begin on or before this day")),
    },
)


class EventFilter(_Period):  # type: ignore[misc, valid-type]
    """Every filter of events. An unknown value of an open list (actor, place, …) fits no event; it is not an error."""

    kind = Words("kind", choices=Kind.choices, label=_("kind"))
    type = Words("type", choices=TYPE_CHOICES, label=_("type"))
    place = WordsRead("at_places", label=_("place"), help_text=_("Keys of places; events there and in every place that lies in them"))
    bbox = BoxRead("within_box", label=_("box"), help_text=_("west,south,east,north in degrees, edges included"))
    area = AreaRead(
        "within_area",
        label=_("drawn area"),
        help_text=_("1~lon,lat~lon,lat~lon,lat: 3 to 50 corners in degrees, edges included; the line must not meet itself"),
    )
    located = FlagRead("with_location", label=_("located"), help_text=_("Whether the map can show it"))
    dated = FlagRead("with_day", label=_("dated"), help_text=_("Whether a day or a range of days is known"))
    actor = WordsRead("involving", label=_("actor"), help_text=_("Slugs of actors that took part"))
    party = WordsRead("harming", choices=Party.choices, label=_("party harmed"))
    outlet = WordsRead("carried_by", label=_("outlet"), help_text=_("Ids of outlets that carry a claim about it"))
    speaker = WordsRead("told_by", label=_("origin"), help_text=_("Slugs or ids of speakers; what their organs say counts as theirs"))
    grade = Words("grade", choices=Grade.choices, label=_("grade"))
    origins = NumberRead("with_origins_from", min_value=0, max_value=9999, label=_("origins"), help_text=_("At least so many origins"))
    conflict = FlagRead("with_conflict", label=_("conflict"), help_text=_("Whether its claims conflict"))
    modality = Words("modality", choices=Modality.choices, label=_("whether it happened"))
    date_prec = Words("date_prec", choices=DatePrecision.choices, label=_("date precision"))
    where_prec = Words("where_prec", choices=PlacePrecision.choices, label=_("place precision"))
    q = SearchRead("matching", max_length=200, label=_("words"), help_text=_("Every word occurs; Arabic spelling variants are folded"))

    class Meta:
        model = Event
        fields: list[str] = []
        form = PeriodForm

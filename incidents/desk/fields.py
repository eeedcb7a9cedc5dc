"""Form fields that understand what an editor writes: a place or an actor in any spelling, a key, or a line picked from the suggestions."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entities.forms import PointField, PointInput
from entities.models import Actor, Place
from incidents.desk.reading import above
from incidents.models import Event
from sources.models import Article

# A suggestion ends with its key in brackets: «خضر جيجة · مخمور [gn:94401]».
_KEY = re.compile(r"\[([^\[\]]+)\]\s*$")


def place_line(place: Place) -> str:
    return f"{place.name} · {above(place)} [{place.key}]"


def actor_line(actor: Actor) -> str:
    return f"{actor.name} [{actor.slug}]"


class LeanSelect(forms.Select):
    """A list of choices without a template for each of them: a candidate's page holds dozens of lists, and they were half its cost."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        lists = []
        for label, choices, _number in self.optgroups(name, self.format_value(value)):
            rows = [(choice["value"], flatatt({"selected": choice["selected"]}), choice["label"]) for choice in choices]
            lines = format_html_join("", '<option value="{}"{}>{}</option>', rows)
            lists.append(format_html('<optgroup label="{}">{}</optgroup>', label, lines) if label else lines)
        given = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", given, format_html_join("", "{}", ((one,) for one in lists)))


class Choice(forms.ChoiceField):
    widget = LeanSelect


class TypedChoice(forms.TypedChoiceField):
    widget = LeanSelect


class _NamedField(forms.CharField):
    """A row of the gazetteer or the cast by key, picked line or spelling; None where left empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 400, **kwargs})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        picked = _KEY.search(text)
        found = self.by_key(picked[1] if picked else text)
        if found or picked:
            return found or self.unknown(text)
        rows = list(self.by_name(text)[:6])
        if len(rows) == 1:
            return rows[0]
        if not rows:
            return self.unknown(text)
        names = "، ".join(self.line(row) for row in rows)
        raise ValidationError(_("Several are called “%(text)s”: write one of %(names)s."), params={"text": text, "names": names})

    def by_key(self, key: str) -> Any:
        raise NotImplementedError

    def by_name(self, text: str) -> Any:
        raise NotImplementedError

    def line(self, row: Any) -> str:
        raise NotImplementedError

    def unknown(self, text: str) -> Any:
        raise NotImplementedError


class PlaceField(_NamedField):
    widget = forms.TextInput(attrs={"data-suggest": "places", "autocomplete": "off", "dir": "auto"})

    def by_key(self, key: str) -> Place | None:
        return Place.objects.filter(key=key).first()

    def by_name(self, text: str) -> Any:
        return Place.objects.named(text).prefetch_related("memberships__parent")

    def line(self, row: Place) -> str:
        return place_line(row)

    def unknown(self, text: str) -> None:
        raise ValidationError(
            _("No place of the gazetteer is called “%(text)s”. Leave this empty to keep the name as written."), params={"text": text[:80]}
        )


class ActorField(_NamedField):
    widget = forms.TextInput(attrs={"data-suggest": "actors", "autocomplete": "off", "dir": "auto"})

    def by_key(self, key: str) -> Actor | None:
        return Actor.objects.filter(slug=key).first()

    def by_name(self, text: str) -> Any:
        return Actor.objects.named(text)

    def line(self, row: Actor) -> str:
        return actor_line(row)

    def unknown(self, text: str) -> None:
        raise ValidationError(
            _("No actor of the list is called “%(text)s”. Leave this empty to keep the name as written."), params={"text": text[:80]}
        )


class EventField(forms.CharField):
    """An event by its code; `None` where it may be left empty."""

    def __init__(self, *, near: str = "similar", **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"dir": "ltr", "size": 16, "placeholder": "ISN-2021-000123", "list": near, "autocomplete": "off"})
        super().__init__(**{"max_length": 20, "widget": widget, "help_text": gettext_lazy("Code of the event"), **kwargs})

    def clean(self, value: Any) -> Event | None:
        code = next(iter(super().clean(value).split()), "").upper()
        event = Event.objects.select_related("merged_into").filter(code=code).first() if code else None
        if code and event is None:
            raise ValidationError(_("There is no event with this code."))
        return event


class DeskPointField(PointField):
    """A point picked at the desk for the place that stands beside it; empty: wherever the gazetteer has the place."""

    def __init__(self) -> None:
        super().__init__(
            widget=PointInput(where="desk-where"), label=gettext_lazy("Point"), help_text=gettext_lazy("Empty: where the gazetteer has it")
        )


class SpanForm(forms.Form):
    """Words marked in an article: by offsets where a script took them, by the words alone otherwise."""

    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    words = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "lang": "ar"}),
        strip=True,
        max_length=20_000,
        label=gettext_lazy("Words of the article"),
    )

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        words, start, end = values.get("words"), values.get("start"), values.get("end")
        if not words:
            return values
        words = words.replace("\r\n", "\n")
        if start is not None and end is not None and self.text[start:end].replace("\r\n", "\n").strip() == words:
            inner = self.text[start:end]
            values["start"] = start + len(inner) - len(inner.lstrip())
            values["end"] = values["start"] + len(inner.strip())
            return values
        found = [m.start() for m in re.finditer(re.escape(words), self.text)]
        if not found:
            raise ValidationError({"words": _("These words do not stand in the article: mark or copy them exactly.")})
        if len(found) > 1:
            raise ValidationError({"words": _("These words stand there %(n)d times: copy a longer stretch.") % {"n": len(found)}})
        values["start"], values["end"] = found[0], found[0] + len(words)
        return values


class EvidenceForm(forms.Form):
    """Words of an article that say so, where there are any: `evidence` is then (article, start, end)."""

    article = forms.IntegerField(
        required=False, min_value=1, label=gettext_lazy("Article"), help_text=gettext_lazy("Number of the article that says so")
    )
    words = forms.CharField(
        required=False,
        max_length=5000,
        label=gettext_lazy("Its words"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "lang": "ar"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values["evidence"] = None
        if not values.get("article") and not values.get("words"):
            return values
        article = Article.objects.filter(pk=values.get("article")).first()
        if not article:
            raise ValidationError({"article": _("Name the article by its number, as in its address at the desk.")})
        marked = SpanForm({"words": values.get("words")}, text=article.text)
        if not marked.is_valid():
            raise ValidationError({"words": [error for errors in marked.errors.values() for error in errors]})
        values["evidence"] = (article, marked.cleaned_data["start"], marked.cleaned_data["end"])
        return values

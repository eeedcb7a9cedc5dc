"""What an editor may put right on a candidate, field by field."""

from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entities.forms import is_far
from entities.models import Actor, Place
from history.clashes import clashes, wished
from history.models import Revision
from incidents.desk.fields import ActorField, Choice, DeskPointField, PlaceField, TypedChoice, actor_line, place_line
from incidents.desk.reading import fields_of
from incidents.models import Candidate, Claim
from incidents.taxonomy import EVENT_TYPES, DatePrecision, Harm, Kind, Modality, Party, PlacePrecision, Role

TYPES = [(kind.label, [(t.slug, t.label) for t in EVENT_TYPES if t.kind == kind.value]) for kind in Kind]
Row = dict[str, Any]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day as YYYY-MM-DD, which browsers send in every language: 05/06/2021 has two readings."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": DayInput(), "input_formats": ["%Y-%m-%d"], **kwargs})


class HeadForm(forms.Form):
    """Type, whether it happened, and when; and which state of the candidate the whole form was filled in on (numbers of revisions)."""

    # `seen`: what the fields were made from. `shown`: what the editor was told of since, and saves over.
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    shown = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    type = Choice(choices=TYPES, label=_("Type"))
    modality = Choice(choices=Modality.choices, label=_("Whether it happened"))
    date_start = DayField(label=_("First day"))
    date_end = DayField(label=_("Last day"))
    date_prec = TypedChoice(
        required=False, coerce=int, empty_value=None, choices=[("", "—"), *DatePrecision.choices], label=_("Date precision")
    )

    def clean(self) -> Row:
        values = super().clean() or self.cleaned_data
        start, end = values.get("date_start"), values.get("date_end")
        if end and not start:
            self.add_error("date_start", gettext("Give the first day as well."))
        if start and end and end < start:
            self.add_error("date_end", gettext("The last day lies before the first."))
        return values

    @staticmethod
    def initial_of(current: Row) -> Row:
        found = current.get("date") or {}
        return {
            "type": current["type"],
            "modality": current.get("modality") or "occurred",
            "date_start": found.get("start"),
            "date_end": found.get("end"),
            "date_prec": found.get("date_prec"),
        }

    def changes(self, current: Row) -> Row:
        values, found = self.cleaned_data, current.get("date") or {}
        start, end = values["date_start"], values["date_end"] or values["date_start"]
        day = {**found, "start": start.isoformat() if start else None, "end": end.isoformat() if end else None}
        if start and not found.get("phrase"):
            # A claim about the day needs words; without any it stands on the passage that reports the event.
            quote = current["quotes"][0]
            day |= {"phrase": quote["text"][:200], "span": [quote["start"], quote["end"]]}
        if start:
            day["date_prec"] = values["date_prec"] or int(DatePrecision.of(start, end))
        same = (day.get("start"), day.get("end"), day.get("date_prec")) == (found.get("start"), found.get("end"), found.get("date_prec"))
        return {**{name: values[name] for name in ("type", "modality") if name in values}, "date": found if same else day}


class ValueForm(forms.Form):
    """One value of a list. `index` names the proposed value it corrects; a row without one is new. `keep` off drops it."""

    index = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    keep = forms.BooleanField(required=False, initial=True, label=_("keep"))
    words: tuple[str, ...] = ()

    def to_value(self, old: Row, quote: Row) -> Row | None:
        """The value as a proposal writes it; None for an empty row. A new one stands on the candidate's first passage."""
        raise NotImplementedError

    @staticmethod
    def span(old: Row, quote: Row) -> Row:
        return old or {"start": quote["start"], "end": quote["end"]}


class PlaceForm(ValueForm):
    place = PlaceField(label=_("Place"))
    where_prec = TypedChoice(
        required=False, coerce=int, empty_value=None, choices=[("", "—"), *PlacePrecision.choices], label=_("Place precision")
    )
    point = DeskPointField()

    @staticmethod
    def initial_of(value: Row, rows: dict[str, Any]) -> Row:
        row = rows.get(value.get("place") or "")
        point = Point(value["at"], srid=4326) if value.get("at") else None
        return {"place": place_line(row) if row else "", "where_prec": value.get("where_prec"), "point": point}

    def clean(self) -> Row:
        values = super().clean() or self.cleaned_data
        if values.get("point") and not values.get("place") and values.get("index") is None and not self.errors:
            self.add_error("place", gettext("Say which place the point is."))
        return values

    def to_value(self, old: Row, quote: Row) -> Row | None:
        place: Place | None = self.cleaned_data["place"]
        if not old and not place:
            return None
        value = {**self.span(old, quote), "where_prec": self.cleaned_data["where_prec"] or (old or {}).get("where_prec") or 1}
        if place and place.key != (old or {}).get("place"):
            lon, lat = place.point.coords if place.point else (None, None)
            value |= {"place": place.key, "name": (old or {}).get("name") or place.name_ar, "lat": lat, "lon": lon}
        value.pop("at", None)
        point = self.cleaned_data["point"]
        return {**value, "at": [point.x, point.y]} if point else value


class ActorForm(ValueForm):
    actor = ActorField(label=_("Actor"))
    role = Choice(choices=Role.choices, label=_("Role"), required=False)

    @staticmethod
    def initial_of(value: Row, rows: dict[str, Any]) -> Row:
        row = rows.get(value.get("actor") or "")
        return {"actor": actor_line(row) if row else "", "role": value.get("role")}

    def to_value(self, old: Row, quote: Row) -> Row | None:
        actor: Actor | None = self.cleaned_data["actor"]
        if not old and not actor:
            return None
        value = {**self.span(old, quote), "role": self.cleaned_data["role"] or "participant"}
        if actor and actor.slug != (old or {}).get("actor"):
            value |= {"actor": actor.slug, "name": (old or {}).get("name") or actor.name_ar}
        return value


class TollForm(ValueForm):
    harm = Choice(choices=[("", "—"), *Harm.choices], label=_("Harm"), required=False)
    party = Choice(choices=Party.choices, label=_("Party"), required=False)
    quantifier = Choice(choices=Claim.Quantifier.choices, label=_("How exact"), required=False)
    low = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, label=_("at least"))
    high = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, label=_("at most"))

    @staticmethod
    def initial_of(value: Row, rows: dict[str, Any]) -> Row:
        return {name: value.get(name) for name in ("harm", "party", "quantifier", "low", "high")}

    def clean(self) -> Row:
        values = super().clean() or self.cleaned_data
        low, high = values.get("low"), values.get("high")
        if low is not None and high is not None and high < low:
            self.add_error("high", gettext("The higher figure is below the lower one."))
        return values

    def to_value(self, old: Row, quote: Row) -> Row | None:
        values = self.cleaned_data
        if not values["harm"]:
            return None
        figures = Claim.toll(values["low"], values["high"], values["quantifier"] or "exact")
        return {**self.span(old, quote), "harm": values["harm"], "party": values["party"] or "unknown", **figures}


LISTS: dict[str, type[ValueForm]] = {"places": PlaceForm, "actors": ActorForm, "casualties": TollForm}


class CorrectionForm:
    """The head and a row for each place, actor and toll, with one empty row at the end of each list.

    What somebody else corrected since it was opened joins, field by field; a field that both changed is refused once, and saving again
    keeps the editor's.
    """

    def __init__(self, candidate: Candidate, data: Any = None) -> None:
        self.candidate = candidate
        last = Revision.objects.of(candidate).order_by("-id").values_list("pk", flat=True).first()
        self.current = self._as_of("seen", data)
        self.head = HeadForm(data, initial={**HeadForm.initial_of(self.current), "seen": last, "shown": last}, prefix="head")
        is_statistic = candidate.kind == Candidate.Kind.STATISTIC
        for name in ("type", "modality") if is_statistic else ():
            del self.head.fields[name]
        rows = self._known()
        self.lists: dict[str, Any] = {}
        for name, form in LISTS.items():
            if is_statistic and name != "places":
                continue
            values = self.current.get(name, [])
            initial = [{"index": i, "keep": True, **form.initial_of(v, rows)} for i, v in enumerate(values)]  # type: ignore[attr-defined]
            factory = forms.formset_factory(form, extra=1, max_num=200, absolute_max=400)
            formset = factory(data, initial=initial, prefix=name)
            for row, value in zip(formset.forms, values, strict=False):
                row.said = value.get("name") or candidate.article.text[value.get("start", 0) : value.get("end", 0)]  # type: ignore[attr-defined]
            self.lists[name] = formset

    def _as_of(self, name: str, data: Any) -> Row:
        """What was proposed, with its corrections, in the revision the form names; as it is now where it names none."""
        number = str((data or {}).get(f"head-{name}", ""))
        number = number if number.isdecimal() and len(number) < 19 else "0"
        found = Revision.objects.of(self.candidate).filter(pk=number).first() if data else None
        return {**found.state["proposal"], **found.state["corrections"]} if found else self.candidate.current

    def _known(self) -> dict[str, Any]:
        """The places and actors the proposal names, by key and slug."""
        keys = [p["place"] for p in self.current.get("places", []) if p.get("place")]
        slugs = [a["actor"] for a in self.current.get("actors", []) if a.get("actor")]
        places = Place.objects.prefetch_related("memberships__parent").in_bulk(keys, field_name="key")
        return {**places, **Actor.objects.in_bulk(slugs, field_name="slug")}

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), *(formset.is_valid() for formset in self.lists.values())]) and not self._clashes()

    def _clashes(self) -> bool:
        """Say which fields others corrected too; the form sent again is the editor's word against what was just said."""
        now = self.candidate.current
        fields = [clash.field for clash in clashes(self.changes(), self._as_of("shown", self.head.data), now)]
        if fields:
            names = gettext(", ").join(field.label for field in fields_of(self.candidate) if field.name in fields)
            self.head.add_error(
                None, gettext("%(fields)s: somebody corrected this too since you opened it. Save again to keep yours.") % {"fields": names}
            )
            self.head.data = dict(self.head.data.items()) | {"head-shown": self.head["shown"].initial}
        return bool(fields)

    def errors(self) -> list[str]:
        """Every error in a sentence, with its field's label."""
        found = []
        for form in [self.head, *(row for formset in self.lists.values() for row in formset.forms)]:
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                found += [f"{label}: {error}" if label else str(error) for error in errors]
        return found

    def warnings(self) -> list[str]:
        """What is saved all the same but looks wrong: points outside their places."""
        rows = self.lists["places"].forms if "places" in self.lists else []
        said = [is_far(row.cleaned_data.get("place"), row.cleaned_data.get("point")) for row in rows]
        return [warning for warning in said if warning]

    def changes(self) -> dict[str, Any]:
        """The fields that differ from what was opened, for `triage.correct`."""
        changes = self.head.changes(self.current)
        quote = self.current["quotes"][0]
        for name, formset in self.lists.items():
            old = self.current.get(name, [])
            values = []
            for form in formset.forms:
                index = form.cleaned_data.get("index") if form.cleaned_data else None
                before = old[index] if index is not None and index < len(old) else {}
                if not form.cleaned_data or (before and not form.cleaned_data.get("keep")):
                    continue
                value = before if before and not form.has_changed() else form.to_value(before, quote)
                if value:
                    values.append(value)
            changes[name] = values
        return wished(changes, self.current)

"""A claim read by hand: marked words, the attribute they speak of, its value."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entities.forms import is_far
from incidents.desk.fields import ActorField, Choice, DeskPointField, PlaceField, SpanForm, TypedChoice
from incidents.desk.forms import DayField
from incidents.models import Claim
from incidents.taxonomy import DatePrecision, Harm, Party, PlacePrecision, Role

Attribute = Claim.Attribute
# Which inputs an attribute needs; the page shows only these.
INPUTS = {
    "date": ("date_start", "date_end", "date_prec"),
    "place": ("place", "where_prec", "point"),
    "casualties": ("harm", "party", "quantifier", "low", "high"),
    **dict.fromkeys(("perpetrator", "target", "participant", "responsibility"), ("actor", "role")),
    **dict.fromkeys(("weapon", "outcome", "agreement_item", "operation_name"), ("text",)),
}
_ROLES = {"perpetrator": Role.PERPETRATOR, "responsibility": Role.PERPETRATOR, "target": Role.TARGET, "participant": Role.PARTICIPANT}
_SLUGS = [a for a in Attribute.values if a in INPUTS]


class ClaimForm(SpanForm):
    """Marked words and what they say. For a candidate the value joins the proposal, for an event it becomes a claim at once."""

    attribute = Choice(choices=[(a, Attribute(a).label) for a in _SLUGS], label=_("They speak of"))
    date_start = DayField(label=_("First day"))
    date_end = DayField(label=_("Last day"))
    date_prec = TypedChoice(
        required=False, coerce=int, empty_value=None, choices=[("", "—"), *DatePrecision.choices], label=_("Date precision")
    )
    place = PlaceField(label=_("Place"), help_text=_("Empty: the name stays as written"))
    where_prec = TypedChoice(
        required=False, coerce=int, empty_value=None, choices=[("", "—"), *PlacePrecision.choices], label=_("Place precision")
    )
    point = DeskPointField()
    actor = ActorField(label=_("Actor"), help_text=_("Empty: the name stays as written"))
    role = Choice(required=False, choices=[("", "—"), *Role.choices], label=_("Role"))
    harm = Choice(required=False, choices=[("", "—"), *Harm.choices], label=_("Harm"))
    party = Choice(required=False, choices=[("", "—"), *Party.choices], label=_("Party"))
    quantifier = Choice(required=False, choices=[("", "—"), *Claim.Quantifier.choices], label=_("How exact"))
    low = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, label=_("at least"))
    high = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, label=_("at most"))
    text = forms.CharField(required=False, max_length=2000, label=_("In short"), help_text=_("Empty: the marked words"))

    def __init__(self, *args: Any, is_for_candidate: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "claim", **kwargs})
        text = self.fields.pop("text")
        self.fields["text"] = text
        if is_for_candidate:
            # A candidate has one date and no claim of responsibility beside its perpetrator.
            choices = [(a, Attribute(a).label) for a in _SLUGS if a != Attribute.RESPONSIBILITY]
            self.fields["attribute"].choices = choices  # type: ignore[attr-defined]

    def inputs(self) -> list[tuple[Any, str]]:
        """Each bound input with the attributes that use it, for the page's script."""
        return [
            (self[name], " ".join(a for a, used in INPUTS.items() if name in used))
            for name in dict.fromkeys(n for u in INPUTS.values() for n in u)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        start, end = values.get("date_start"), values.get("date_end")
        if start and end and end < start:
            self.add_error("date_end", gettext("The last day lies before the first."))
        low, high = values.get("low"), values.get("high")
        if low is not None and high is not None and high < low:
            self.add_error("high", gettext("The higher figure is below the lower one."))
        if values.get("attribute") == "casualties" and not values.get("harm"):
            self.add_error("harm", gettext("Say what happened to them: killed, wounded …"))
        return values

    def warning(self) -> str:
        """What is saved all the same but looks wrong: a point outside its place."""
        is_place = self.cleaned_data["attribute"] == "place"
        return is_far(self.cleaned_data["place"], self.cleaned_data["point"]) if is_place else ""

    def as_claim(self) -> dict[str, Any]:
        """The claim's columns, for `curation.attach_claim`."""
        values, attribute = self.cleaned_data, self.cleaned_data["attribute"]
        return Claim.of_words(attribute, values["words"], {name: values[name] for name in INPUTS[attribute]})

    def _toll(self) -> dict[str, Any]:
        v = self.cleaned_data
        return {"harm": v["harm"], "party": v["party"] or "unknown", **Claim.toll(v["low"], v["high"], v["quantifier"] or "exact")}

    def as_proposed(self) -> tuple[str, dict[str, Any]]:
        """(the proposal's field, the value as the extractor would write it), for `triage.add_value`."""
        v, attribute = self.cleaned_data, self.cleaned_data["attribute"]
        span = {"start": v["start"], "end": v["end"]}
        match attribute:
            case "date":
                start, end = v["date_start"], v["date_end"] or v["date_start"]
                days = {"start": start.isoformat() if start else None, "end": end.isoformat() if end else None}
                # In a date `start` and `end` are days; where its words stand is in `span`.
                return "date", {**days, "date_prec": v["date_prec"] or 1, "phrase": v["words"][:200], "span": [v["start"], v["end"]]}
            case "place":
                place = v["place"]
                lon, lat = place.point.coords if place and place.point else (None, None)
                picked = {"at": [v["point"].x, v["point"].y]} if v["point"] else {}
                return "places", {
                    **span,
                    "name": v["words"][:300],
                    "place": place.key if place else None,
                    "lat": lat,
                    "lon": lon,
                    "where_prec": v["where_prec"] or 1,
                    **picked,
                }
            case "casualties":
                return "casualties", {**span, **self._toll()}
            case "operation_name":
                return "operation_name", {**span, "name": v["text"] or v["words"]}
            case "weapon":
                return "weapons", {**span, "name": v["text"] or v["words"]}
            case "outcome" | "agreement_item":
                return "outcomes", {**span, "text": v["text"] or v["words"], "status": "announced"}
            case _:
                actor = v["actor"]
                return "actors", {
                    **span,
                    "name": v["words"][:300],
                    "actor": actor.slug if actor else None,
                    "role": v["role"] or _ROLES[attribute],
                }

"""The form of an event: what an editor writes or chooses, against the version that was opened."""

from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from entities.forms import PointField
from history.admin import ReasonForm
from incidents.curation import CurationError
from incidents.curation.editing import EDITABLE, clashes_of, plain, state_at
from incidents.headline import COLUMNS
from incidents.models import Event

CHOSEN = {"date": ("date_start", "date_end", "date_prec"), "place": ("place", "point", "where_prec")}


class EventForm(ReasonForm):
    """Titles and summaries, and the headline date and place, which become an editor's resolutions.

    Where somebody else saved in between, what does not clash merges; a clash shows the three values at its field, and saving again
    keeps the editor's.
    """

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    point = PointField()

    class Meta:
        model = Event
        fields = ["title_ar", "title_en", "summary_ar", "summary_en", "time_of_day", *CHOSEN["date"], *CHOSEN["place"]]
        widgets = {"date_start": AdminDateWidget, "date_end": AdminDateWidget, "summary_ar": forms.Textarea({"rows": 3, "dir": "rtl"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = self.instance.version
        self.wishes: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.errors:
            return values
        event = Event.objects.get(pk=self.instance.pk)
        fields = [f for f in values if f in EDITABLE or f in CHOSEN["date"] or f in CHOSEN["place"]]
        try:
            base = state_at(event, values["seen_version"])
        except CurationError as error:
            self.add_error(None, str(error))
            return values
        mine = {("place_id" if f == "place" else f): (values[f].pk if f == "place" and values[f] else values[f]) for f in fields}
        self.wishes = {f: value for f, value in mine.items() if not _equal(plain(value), base.get(f))}
        clashes = clashes_of(event, self.wishes, values["seen_version"])
        for clash in clashes:
            self.add_error(clash.field.removesuffix("_id"), self._told(clash))
        if clashes:
            # Saved again, it is the editor's word against what was just shown.
            data = cast(QueryDict, self.data).copy()
            data["seen_version"] = str(event.version)
            self.data = data
        return values

    @staticmethod
    def _told(clash: Any) -> str:
        words = _("When you opened it: %(base)s. Yours: %(mine)s. Saved by somebody else since: %(theirs)s. Save again to keep yours.")
        shown = {"base": _shown(clash.base), "mine": _shown(clash.mine), "theirs": _shown(clash.theirs)}
        return format_html('<span class="clash" dir="auto">{}</span>', words % shown)

    def chosen(self, attribute: str) -> dict[str, Any]:
        """The whole headline value of that attribute where the editor changed any of its columns; else nothing."""
        if not set(COLUMNS[attribute]) & set(self.wishes):
            return {}
        values = self.cleaned_data
        return {("place_id" if f == "place" else f): (values[f].pk if f == "place" and values[f] else values[f]) for f in CHOSEN[attribute]}


def _equal(mine: Any, base: Any) -> bool:
    if isinstance(mine, dict) and isinstance(base, dict):
        return [round(c, 6) for c in mine["coordinates"]] == [round(c, 6) for c in base["coordinates"]]
    return (mine or None) == (base or None)


def _shown(value: Any) -> str:
    if isinstance(value, dict) and "coordinates" in value:
        longitude, latitude = value["coordinates"]
        return f"{latitude:.6f}, {longitude:.6f}"
    return "–" if value in (None, "") else str(value)

"""The form of an event: what an editor writes or chooses, against what was opened."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.translation import gettext_lazy as _

from entities.forms import PointField
from history.admin import ReasonForm
from incidents.headline import COLUMNS
from incidents.models import Claim, Event

CLAIM_ORDER = ("date", "place", "type", "modality", "casualties", "perpetrator", "responsibility", "target", "participant")
Rank = Claim.Rank
# A claim's rank in one choice: what is deprecated says why.
RANKS = [
    (Rank.NORMAL.value, Rank.NORMAL.label),
    (Rank.PREFERRED.value, Rank.PREFERRED.label),
    (Rank.DEPRECATED.label, [(f"{Rank.DEPRECATED.value}:{slug}", label) for slug, label in Claim.RankReason.choices]),
]
CHOSEN = {"date": ("date_start", "date_end", "date_prec"), "place": ("place", "point", "where_prec")}


class EventForm(ReasonForm):
    """Titles and summaries, and the headline date and place, which become an editor's resolutions."""

    point = PointField()

    class Meta:
        model = Event
        fields = ["title_ar", "title_en", "summary_ar", "summary_en", "time_of_day", *CHOSEN["date"], *CHOSEN["place"]]
        widgets = {"date_start": AdminDateWidget, "date_end": AdminDateWidget, "summary_ar": forms.Textarea({"rows": 3, "dir": "rtl"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.told = in_order(self.instance.claims.with_chain()) if self.instance.pk else []
        for claim in self.instance.told:
            rank = ":".join(filter(None, [claim.rank, claim.rank_reason]))
            # With what was seen beside it: a page left open must not undo a colleague's ranking.
            self.fields[_rank_name(claim)] = forms.ChoiceField(
                choices=RANKS, required=False, initial=rank, show_hidden_initial=True, label=_("Rank")
            )
            claim.rank_field = self[_rank_name(claim)]

    def ranked(self) -> list[tuple[Claim, str, str]]:
        """The claims whose rank the editor changed: (claim, rank, reason of the list where it is deprecated)."""
        changed = [claim for claim in self.instance.told if _rank_name(claim) in self.changed_data]
        return [(claim, *self.cleaned_data[_rank_name(claim)].partition(":")[::2]) for claim in changed]

    def chosen(self, attribute: str) -> dict[str, Any]:
        """The whole headline value of that attribute where the editor changed any of its columns, the others as they are now; else
        nothing."""
        if not set(COLUMNS[attribute]) & set(self.wishes):
            return {}
        now = Event.objects.get(pk=self.instance.pk)
        columns = ["place_id" if name == "place" else name for name in CHOSEN[attribute]]
        return {column: self.wishes[column] if column in self.wishes else getattr(now, column) for column in columns}


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """One attribute after the other, the oldest claim of each first."""
    place = {attribute: number for number, attribute in enumerate(CLAIM_ORDER)}
    return sorted(claims, key=lambda claim: (place.get(claim.attribute, len(place)), claim.attribute, claim.pk))


def _rank_name(claim: Claim) -> str:
    return f"rank_{claim.pk}"

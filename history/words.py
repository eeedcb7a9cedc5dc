"""The names of the verbs and the values of past states, in the words of the page's language."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib.gis.db.models import PointField
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

ADMIN = "admin: "
LONGEST = 300
# Columns that hold a sentence of the program's own where no editor wrote one; it is kept in English.
SENTENCES = {"reason", "grade_reason"}
# What a change is kept under is the verb's name in the code; a test holds this list to the verbs.
VERBS: dict[str, Promise] = {
    "accept": gettext_lazy("Candidate accepted"),
    "approve": gettext_lazy("Approved"),
    "assign": gettext_lazy("Assigned"),
    "attach_claim": gettext_lazy("Claim added"),
    "comment": gettext_lazy("Comment made"),
    "correct": gettext_lazy("Candidate corrected"),
    "date_article": gettext_lazy("Day of publication entered"),
    "edit": gettext_lazy("Edited"),
    "hand_in": gettext_lazy("Source handed in"),
    "hold": gettext_lazy("Candidate taken up"),
    "import_row": gettext_lazy("Row of a dataset imported"),
    "judge_link": gettext_lazy("Link judged"),
    "judge_reuse": gettext_lazy("Copied words judged"),
    "link": gettext_lazy("Events linked"),
    "freeze": gettext_lazy("Release frozen"),
    "merge": gettext_lazy("Events merged"),
    "move_report": gettext_lazy("Report moved to another event"),
    "override_grade": gettext_lazy("Grade set by hand"),
    "propose_by_hand": gettext_lazy("Candidate made by hand"),
    "publish": gettext_lazy("Published"),
    "publish_statistic": gettext_lazy("Statistic published"),
    "rank_claim": gettext_lazy("Claim ranked"),
    "reject": gettext_lazy("Event set aside"),
    "reject_candidate": gettext_lazy("Candidate rejected"),
    "reject_statistic": gettext_lazy("Statistic rejected"),
    "reopen": gettext_lazy("Reopened"),
    "resolve": gettext_lazy("Headline value chosen"),
    "retract_claim": gettext_lazy("Claim retracted"),
    "revert": gettext_lazy("Set back to an earlier version"),
    "set_commitment": gettext_lazy("Commitment followed up"),
    "settle_comment": gettext_lazy("Comment settled"),
    "skip": gettext_lazy("Candidate set aside for later"),
    "split": gettext_lazy("Split in two"),
    "submit": gettext_lazy("Sent to review"),
    "undo": gettext_lazy("Verdict taken back"),
    "undo_row": gettext_lazy("Import of a row taken back"),
    "unmerge": gettext_lazy("Events parted again"),
    "unresolve": gettext_lazy("Given back to the rules"),
    "withdraw": gettext_lazy("Withdrawn"),
}

# Reasons that are kept by their code in a list, each with its label; whoever has such a list adds it.
REASONS: dict[str, Any] = {}


def verb_label(verb: str) -> str:
    """The verb in words; what no verb wrote says so."""
    if verb.startswith(ADMIN):
        return _("Edited in the admin")
    return str(VERBS.get(verb, verb)) if verb else _("past the application")


def reason_label(reason: str) -> str:
    """The reason in words: of a verb that explains itself, of a list, or as its editor wrote it."""
    head, colon, words = reason.partition(": ")
    if head in REASONS:
        return f"{REASONS[head]}{colon}{words}"
    return gettext(reason) if reason else ""


class Values:
    """Reads the columns of past states: choices by their labels, rows by their names, points and days as people write them.

    `states` are (model, state) pairs; the rows they point to are got at once, one query for each model.
    """

    def __init__(self, states: Iterable[tuple[type[models.Model], dict[str, Any]]]) -> None:
        wanted: dict[type[models.Model], set[Any]] = {}
        for model, state in states:
            self._want(wanted, model, state)
            for value in state.values():
                if isinstance(value, dict):
                    self._want(wanted, _spoken_of(model), value)
        self.names = {model: {pk: str(row) for pk, row in _named(model).in_bulk(list(keys)).items()} for model, keys in wanted.items()}

    @staticmethod
    def _want(wanted: dict[type[models.Model], set[Any]], model: type[models.Model], state: dict[str, Any]) -> None:
        for field in model._meta.concrete_fields:
            key = state.get(str(field.column))
            if field.remote_field and key is not None:
                wanted.setdefault(field.remote_field.model, set()).add(key)

    def said(self, model: type[models.Model], column: str, value: Any) -> str:
        """One column's value in words; '' for none."""
        field = next((f for f in model._meta.concrete_fields if f.column == column), None)
        if value is None or value == "" or value == [] or value == {}:
            return ""
        if field is not None and field.remote_field:
            return self.names.get(field.remote_field.model, {}).get(value, str(value))
        if field is not None and field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if column in SENTENCES and isinstance(value, str):
            return reason_label(value)
        if isinstance(value, dict) and "coordinates" not in value:
            return self._columns(_spoken_of(model), value)
        return _plain(field, value)

    def _columns(self, model: type[models.Model], values: dict[str, Any]) -> str:
        """Columns kept together as one value; what is none of the model's columns as it is, cut short."""
        names = {f.column for f in model._meta.concrete_fields}
        if not set(values) <= names:
            words = json.dumps(values, ensure_ascii=False)
            return words if len(words) <= LONGEST else f"{words[:LONGEST]} …"
        said = [(label(model, column), self.said(model, column, value)) for column, value in values.items()]
        return " · ".join(f"{name}: {words}" for name, words in said if words)


def label(model: type[models.Model], column: str) -> str:
    """What a column is called; in a table that only joins two, what it points to."""
    field = next((f for f in model._meta.concrete_fields if f.column == column), None)
    if field is None:
        return column
    is_join = model._meta.auto_created and field.remote_field
    return str(field.remote_field.model._meta.verbose_name if is_join else field.verbose_name)


def _spoken_of(model: type[models.Model]) -> type[models.Model]:
    """The model whose columns a value of several columns holds: the event's, where the row is about an event."""
    return next((f.remote_field.model for f in model._meta.concrete_fields if f.name == "event" and f.remote_field), model)


def _named(model: type[models.Model]) -> models.QuerySet[Any]:
    """Rows for their names' sake: with what a name is made of, without the texts of articles."""
    fields = model._meta.concrete_fields
    relations = [f.name for f in fields if f.remote_field and not _texts(f.remote_field.model)]
    return model._default_manager.select_related(*relations).defer(*_texts(model))


def _texts(model: type[models.Model]) -> list[str]:
    return [f.name for f in model._meta.concrete_fields if f.name in ("raw", "text", "search_text")]


def _plain(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, PointField):
        longitude, latitude = value["coordinates"][:2] if isinstance(value, dict) else value
        return f"{latitude:.5f}, {longitude:.5f}"
    if isinstance(value, dict):
        return _("a shape")
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(str(value))
        return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else str(value)
    if isinstance(field, models.DateField):
        day = parse_date(str(value))
        return date_format(day, "DATE_FORMAT") if day else str(value)
    if isinstance(value, list):
        return _(", ").join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in value)
    return str(value)

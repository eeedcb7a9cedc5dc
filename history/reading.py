"""The history in a form people read: who, when, why, and each value before and after."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from history.models import Change, Revision
from history.words import Values, label, reason_label, verb_label

# What every change moves, and what the queue keeps for itself: it tells a reader nothing.
NOISE = {"version", "modified_at", "search_text", "written", "held_by_id", "held_until"}


@dataclass
class Diff:
    """One row as a change left it; `values` are (label, before, after) in words, of an added row every filled column with no before."""

    revision: Revision
    name: str
    values: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Step:
    """One change and the rows it touched."""

    change: Change
    diffs: list[Diff] = field(default_factory=list)

    @property
    def verb(self) -> str:
        return verb_label(self.change.verb)

    @property
    def reason(self) -> str:
        return reason_label(self.change.reason)


def steps_of(revisions: Iterable[Revision]) -> list[Step]:
    """Revisions, newest first, as one step for each change."""
    revisions = list(revisions)
    before = _states_before(revisions)
    tables = {r.table: _model_of(r.table) for r in revisions}
    values = Values((model, state) for r in revisions if (model := tables[r.table]) for state in (r.state, before.get(r.pk, {})))
    steps: list[Step] = []
    for revision in revisions:
        if not steps or steps[-1].change.pk != revision.change_id:
            steps.append(Step(revision.change))
        diff = _diff(revision, before.get(revision.pk, {}), tables[revision.table], values)
        if diff.values or revision.operation != Revision.Operation.UPDATE:
            steps[-1].diffs.append(diff)
    return [step for step in steps if step.diffs]


def _states_before(revisions: list[Revision]) -> dict[int, dict[str, Any]]:
    """The state each row had before, by the revision's id: two queries however many revisions."""
    rows = {(r.table, r.row) for r in revisions}
    found: dict[int, dict[str, Any]] = {}
    last: dict[tuple[str, int], dict[str, Any]] = {}
    past = Revision.objects.filter(table__in={t for t, _ in rows}, row__in={r for _, r in rows}).order_by("id")
    for pk, table, row, state in past.values_list("pk", "table", "row", "state"):
        found[pk] = last.get((table, row), {})
        last[table, row] = state
    return found


def _diff(revision: Revision, before: dict[str, Any], model: type[models.Model] | None, values: Values) -> Diff:
    if model is None:  # a table of an earlier version
        return Diff(revision, revision.table, [(c, str(before.get(c, "")), str(revision.state.get(c, ""))) for c in revision.changed])
    match revision.operation:
        case Revision.Operation.UPDATE:
            columns = [c for c in revision.changed if c not in NOISE]
        case Revision.Operation.INSERT:
            columns = [str(f.column) for f in model._meta.concrete_fields if _tells(f, revision.state.get(str(f.column)))]
        case _:
            columns = []
    told = [(label(model, c), values.said(model, c, before.get(c)), values.said(model, c, revision.state.get(c))) for c in columns]
    return Diff(revision, _name_of(model), told)


def _tells(field: Any, value: Any) -> bool:
    """Whether a column of an added row says anything: not what every row has when it is made."""
    if field.primary_key or field.column in NOISE or getattr(field, "auto_now_add", False):
        return False
    return value not in (None, "", [], {}) and value != field.get_default()


def _name_of(model: type[models.Model]) -> str:
    """What a row is called; of a table that only joins two, the field it stands for."""
    owner: Any = model._meta.auto_created
    if not owner:
        return str(model._meta.verbose_name)
    return next(str(f.verbose_name) for f in owner._meta.many_to_many if f.remote_field.through is model)


def _model_of(table: str) -> type[models.Model] | None:
    return next((m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table and not m._meta.proxy), None)

"""The history in a form people read: who, when, why, and each value before and after."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from history.models import Change, Revision

# What every change moves: it tells a reader nothing.
NOISE = {"version", "modified_at", "search_text"}


@dataclass
class Diff:
    """One row as a change left it; `values` are (label, before, after), of an added row every filled column with no before."""

    revision: Revision
    name: str | Promise
    values: list[tuple[str, Any, Any]] = field(default_factory=list)


@dataclass
class Step:
    """One change and the rows it touched."""

    change: Change
    diffs: list[Diff] = field(default_factory=list)


def steps_of(revisions: Iterable[Revision]) -> list[Step]:
    """Revisions, newest first, as one step for each change."""
    revisions = list(revisions)
    before = _states_before(revisions)
    steps: list[Step] = []
    for revision in revisions:
        if not steps or steps[-1].change.pk != revision.change_id:
            steps.append(Step(revision.change))
        diff = _diff(revision, before.get(revision.pk, {}))
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


def _diff(revision: Revision, before: dict[str, Any]) -> Diff:
    model = _model_of(revision.table)
    labels = {f.column: str(f.verbose_name) for f in model._meta.concrete_fields} if model else {}
    diff = Diff(revision, model._meta.verbose_name if model else revision.table)  # type: ignore[arg-type]
    if revision.operation == Revision.Operation.UPDATE:
        columns = [c for c in revision.changed if c not in NOISE]
        diff.values = [(labels.get(c, c), before.get(c), revision.state.get(c)) for c in columns]
    return diff


def _model_of(table: str) -> type[models.Model] | None:
    return next((m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table and not m._meta.proxy), None)

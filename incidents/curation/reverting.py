"""Going back to an earlier value: a new revision that says so, never an erased one."""

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext as _

from history.models import Revision
from history.past import kept
from incidents.models import Event

from .guard import CurationError, locked, refresh, touch, verb

# What a person wrote or decided, table by table. All else follows from it, or is moved by a verb of its own.
REVERSIBLE: dict[str, tuple[str, ...]] = {
    "incidents_event": ("title_ar", "title_en", "title_is_edited", "summary_ar", "summary_en", "time_of_day", "extent", "assigned_to_id"),
    "incidents_claim": ("rank", "rank_reason", "note", "date_start", "date_end", "date_prec", "flags"),
    "incidents_commitment": ("status", "evidence_id", "implemented_by_id"),
    "incidents_eventlink": ("status", "basis"),
    "incidents_statistic": ("status",),
    "sources_article": ("title", "byline", "language", "outlet_id", "url", "published_on", "published_basis"),
    "sources_outlet": ("name_ar", "name_en", "kind", "reach", "domain", "side", "reliability"),
    "sources_passage": ("statement_id", "anchor_on"),
    "sources_speaker": ("name_ar", "name_en", "kind", "actor_id", "organ_of_id", "outlet_id"),
    "sources_statement": ("kind", "said_on", "title", "url"),
    "entities_place": ("name_ar", "name_en", "name_ckb", "level", "point", "boundary", "radius_km", "pcode", "geonames_id", "source"),
    "entities_actor": ("name_ar", "name_en", "name_ckb", "kind", "side"),
}


def is_reversible(revision: Revision) -> bool:
    """Whether a person wrote or decided something there that can be set back."""
    columns = REVERSIBLE.get(revision.table, ())
    return revision.operation == Revision.Operation.UPDATE and any(column in columns for column in revision.changed)


@verb()
def revert(*, revision: Revision, by: User, reason: str) -> list[Event]:
    """Give a row back the values it had before this revision, as a new one; the events that stand on it are worked out again.

    Refuses where a later revision changed the same columns: that one is undone first.
    """
    columns = [name for name in revision.changed if name in REVERSIBLE.get(revision.table, ())]
    if not is_reversible(revision):
        raise CurationError(_("Nothing a person wrote was changed here: use the verb that undoes it (unmerge, retract, reject)."))
    history = Revision.objects.filter(table=revision.table, row=revision.row)
    later = history.filter(pk__gt=revision.pk, changed__overlap=columns).order_by("pk").first()
    if later:
        raise CurationError(
            _("Changed again later, on %(at)s by %(by)s: revert that first.")
            % {"at": f"{later.change.at:%Y-%m-%d %H:%M}", "by": later.change.by}
        )
    before = history.filter(pk__lt=revision.pk).order_by("-pk").first()
    if before is None:
        raise CurationError(_("What it was before is not known."))
    model = next(m for m in apps.get_models() if m._meta.db_table == revision.table and not m._meta.proxy)
    events = [locked(event) for event in Event.objects.filter(pk__in=_events_of(model, revision)).order_by("pk")]
    for event in events:
        touch(event)
    fields = {field.column: field for field in model._meta.concrete_fields}
    model._base_manager.filter(pk=revision.row).update(**{name: kept(fields[name], before.state.get(name)) for name in columns})
    return [refresh(event) for event in events]


def _events_of(model: type[models.Model], revision: Revision) -> list[int]:
    """The events whose headline, counts or page stand on this row."""
    through = {
        "sources_article": "claims__passage__article",
        "sources_outlet": "claims__passage__article__outlet",
        "sources_passage": "claims__passage",
        "sources_statement": "claims__passage__statement",
        "sources_speaker": "claims__passage__statement__issuers",
        "entities_place": "claims__place",
        "entities_actor": "claims__actor",
    }.get(revision.table)
    if not through:
        return list(revision.events)
    return list(Event.objects.exclude(status="merged").filter(**{through: revision.row}).values_list("pk", flat=True).distinct())

"""The roles and what each may do; written into Django's groups after every migration."""

from typing import Any

from django.contrib.auth.models import Group, Permission

_RECORD = (
    "event",
    "incident",
    "coordinationevent",
    "claim",
    "resolution",
    "participation",
    "commitment",
    "eventlink",
    "statistic",
    "candidate",
    "article",
    "passage",
    "outlet",
    "speaker",
    "statement",
    "relay",
    "textreuse",
    "merge",
    "comment",
    "submission",
    "place",
    "placespelling",
    "placemembership",
    "actor",
    "actorspelling",
    "command",
)
_HISTORY = ("change", "revision", "seal")
_VIEW = [f"view_{model}" for model in (*_RECORD, *_HISTORY)]
_EDIT = [*_VIEW, *(f"{verb}_{model}" for model in _RECORD for verb in ("add", "change"))]
# Nothing is deleted for good, by anybody: no role has a delete permission.
ROLES = {
    "viewer": _VIEW,
    "editor": _EDIT,
    "reviewer": [*_EDIT, "approve_event"],
    "admin": [*_EDIT, "approve_event", "add_user", "change_user", "view_user", "view_group"],
}


def write_roles(**_: Any) -> None:
    """Create the groups and give each exactly its permissions."""
    for name, codenames in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(Permission.objects.filter(codename__in=codenames))

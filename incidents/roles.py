"""The roles and what each may do; written into Django's groups after every migration."""

from typing import Any

from django.apps import apps as global_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User
from django.db.models import QuerySet

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
    "datasetimport",
    "importedrow",
    "submission",
    "feed",
    "place",
    "placespelling",
    "placemembership",
    "actor",
    "actorspelling",
    "command",
)
_HISTORY = ("change", "revision", "seal")
_VIEW = [f"view_{model}" for model in (*_RECORD, *_HISTORY)]
# Whoever may change the record may let a program of theirs do it.
_TOKENS = [f"{verb}_token" for verb in ("view", "add", "change")]
_EDIT = [*_VIEW, *(f"{verb}_{model}" for model in _RECORD for verb in ("add", "change")), *_TOKENS]
# Nothing is deleted for good, by anybody: no role has a delete permission.
ROLES = {
    "viewer": _VIEW,
    "editor": _EDIT,
    "reviewer": [*_EDIT, "approve_event"],
    "admin": [*_EDIT, "approve_event", "add_user", "change_user", "view_user", "view_group"],
}


def write_roles(apps: Any = global_apps, **_: Any) -> None:
    """Create the groups and give each exactly its permissions; called after every migration."""
    try:
        apps.get_model("auth", "Group")
    except LookupError:
        return  # a migration of some apps alone, before there are groups
    for label in ("history", "entities", "sources", "incidents", "auth"):
        # Each app's permissions are made by the same signal, perhaps after this; without them the groups would stay empty.
        create_permissions(global_apps.get_app_config(label), verbosity=0)
    for name, codenames in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(Permission.objects.filter(codename__in=codenames))


def desk_users() -> QuerySet[User]:
    """Those who may be given work at the desk: whoever may change events."""
    return User.objects.with_perm("incidents.change_event", backend="django.contrib.auth.backends.ModelBackend").order_by("username")

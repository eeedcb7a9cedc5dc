"""Nobody's work is lost: a write names the state it was made on (`If-Match`), and is refused where that is no longer the state.

A row's tag is the number of its last revision in the history and a digest of all that is shown of it. The digest decides; the number
says what the row was when the client read it, so that a refusal can show each field three times: as it was, as it is wanted, as it is.
"""

import hashlib
import re
from typing import Any

import orjson
from django.db.models import Model
from rest_framework import exceptions
from rest_framework.request import Request

from history.models import Revision

_TAG = re.compile(r'^"(\d{1,18})-([0-9a-f]{32})"$')


class NoCondition(exceptions.APIException):
    status_code = 428
    default_detail = "Say which state this was made on: If-Match with the ETag that came with it."


class Stale(exceptions.APIException):
    """`changes`: {field, base, mine, theirs, clashes} of each field the request wanted to change."""

    status_code = 412

    def __init__(self, tag: str, changes: list[dict[str, Any]]) -> None:
        clashing = [change["field"] for change in changes if change["clashes"]]
        told = (
            f"in what this changes too: {', '.join(clashing)}" if clashing else "in nothing that this changes: send it again with its ETag"
        )
        super().__init__(f"Somebody else changed it since, {told}.")
        self.members = {"changes": changes}
        self.headers = {"ETag": tag}


def _last_revision(row: Model) -> Revision | None:
    return Revision.objects.of(row).order_by("-id").first()  # type: ignore[arg-type]


def tag_of(row: Model, shown: Any) -> str:
    """The ETag of a row that is shown like this."""
    last = _last_revision(row)
    return f'"{last.pk if last else 0}-{_digest(shown)}"'


def _digest(shown: Any) -> str:
    return hashlib.sha256(orjson.dumps(shown, default=str, option=orjson.OPT_UTC_Z)).hexdigest()[:32]


def hold_to_condition(request: Request, row: Model, shown: Any, *, wishes: dict[str, Any], fields_of: Any) -> None:
    """Refuse a write without a condition (428) or on another state than `shown` (412). Call it with the row locked.

    `wishes`: what the request would change; `fields_of` reads the same fields out of a revision's state.
    """
    condition = request.headers.get("If-Match", "").strip()
    if not condition:
        raise NoCondition
    found = _TAG.match(condition)
    if found and found[2] == _digest(shown):
        return
    last = _last_revision(row)
    now = fields_of(last.state) if last else {}
    read = Revision.objects.of(row).filter(pk=found[1]).first() if found else None  # type: ignore[arg-type]
    base = fields_of(read.state) if read else {}
    changes = []
    for name, mine in wishes.items():
        was, theirs = base.get(name), now.get(name)
        changes.append({"field": name, "base": was, "mine": mine, "theirs": theirs, "clashes": theirs not in (was, mine)})
    raise Stale(tag_of(row, shown), changes)

"""Nobody's work is lost: a write names the state it was made on (`If-Match`). Where that is no longer the state, it joins by the rule
of `curation.clashes`, as a save at the desk does, or is refused.

A row's tag is the number of its last revision in the history and a digest of all that is shown of it. The digest decides; the number
says what the row was when the client read it: what joins is found by it, and a refusal shows each field three times, as it was, as it
is wanted, as it is.
"""

import enum
import hashlib
import re
from typing import Any

import orjson
from django.db.models import Model
from rest_framework import exceptions
from rest_framework.request import Request

from history.clashes import clashes, plain, wished
from history.models import Revision

_TAG = re.compile(r'^"(\d{1,18})-([0-9a-f]{32})"$')


class Joins(enum.Enum):
    """What becomes of a write on a state that others have changed since."""

    NEVER = "It holds for what was read, and for nothing else: a verdict, a step of the workflow."
    WHOLE = "It is done where others changed none of what it sets."
    BY_FIELD = "So are its fields; one that was left as it was is nobody's wish."


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


def hold_to_condition(
    request: Request, row: Model, shown: Any, *, wishes: dict[str, Any], fields_of: Any, joins: Joins = Joins.NEVER
) -> dict[str, Any]:
    """What of `wishes` is to be written; call it with the row locked. Refuses a write without a condition (428), and one on another
    state than `shown` that does not join (412).

    `wishes`: what the request would change; `fields_of` reads the same fields out of a revision's state.
    """
    condition = request.headers.get("If-Match", "").strip()
    if not condition:
        raise NoCondition
    found = _TAG.match(condition)
    if found and found[2] == _digest(shown):
        return wishes
    last = _last_revision(row)
    now = fields_of(last.state) if last else {}
    read = Revision.objects.of(row).filter(pk=found[1]).first() if found else None  # type: ignore[arg-type]
    base = fields_of(read.state) if read else {}
    mine = wished(wishes, base) if joins is Joins.BY_FIELD else wishes
    clashing = {clash.field for clash in clashes(mine, base, now)}
    if read and joins is not Joins.NEVER and not clashing:
        return mine
    changes = [
        {"field": name, "base": base.get(name), "mine": plain(value), "theirs": now.get(name), "clashes": name in clashing}
        for name, value in wishes.items()
    ]
    raise Stale(tag_of(row, shown), changes)

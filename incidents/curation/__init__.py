"""The editors' verbs. Each is one transaction, asks whether its caller may, says why in the history, refuses with a sentence an editor
can act on, and loses nothing."""

from .accepting import accept, reject_candidate
from .claims import attach_claim, judge_reuse, rank_claim, retract_claim
from .dating import date_article
from .editing import assign, comment, edit, settle_comment
from .guard import Clashing, CurationError, NotAllowed, Stale, refresh
from .headlines import override_grade, resolve, unresolve
from .links import judge_link, link, set_commitment
from .reverting import revert
from .statistics import publish_statistic, reject_statistic
from .together import merge, move_report, split, unmerge
from .workflow import approve, publish, reject, reopen, submit, withdraw

__all__ = [
    "Clashing",
    "CurationError",
    "NotAllowed",
    "Stale",
    "accept",
    "approve",
    "assign",
    "attach_claim",
    "comment",
    "date_article",
    "edit",
    "judge_link",
    "judge_reuse",
    "link",
    "merge",
    "move_report",
    "override_grade",
    "publish",
    "publish_statistic",
    "rank_claim",
    "refresh",
    "reject",
    "reject_candidate",
    "reject_statistic",
    "reopen",
    "resolve",
    "retract_claim",
    "revert",
    "set_commitment",
    "settle_comment",
    "split",
    "submit",
    "unmerge",
    "unresolve",
    "withdraw",
]

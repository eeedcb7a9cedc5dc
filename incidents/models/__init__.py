"""What happened, and what is claimed about it."""

from .candidate import Candidate
from .claim import Claim
from .comment import Comment
from .event import CodeCounter, CoordinationEvent, Event, Incident
from .imports import DatasetImport, ImportedRow
from .link import Commitment, EventLink
from .merge import Merge
from .participation import Participation
from .publicchange import PublicChange, public_changes, public_state, settled
from .release import Release
from .resolution import Resolution
from .statistic import Statistic
from .token import Token

__all__ = [
    "Candidate",
    "Claim",
    "CodeCounter",
    "Comment",
    "Commitment",
    "CoordinationEvent",
    "DatasetImport",
    "Event",
    "EventLink",
    "ImportedRow",
    "Incident",
    "Merge",
    "Participation",
    "PublicChange",
    "Release",
    "Resolution",
    "Statistic",
    "Token",
    "public_changes",
    "public_state",
    "settled",
]

"""What happened, and what is claimed about it."""

from .candidate import Candidate
from .claim import Claim
from .event import CodeCounter, CoordinationEvent, Event, Incident
from .link import Commitment, EventLink
from .participation import Participation
from .resolution import Resolution
from .statistic import Statistic

__all__ = [
    "Candidate",
    "Claim",
    "CodeCounter",
    "Commitment",
    "CoordinationEvent",
    "Event",
    "EventLink",
    "Incident",
    "Participation",
    "Resolution",
    "Statistic",
]

"""The admin of events, claims and what hangs on them: everything is written through the verbs, a refusal is a message."""

from . import candidates, claims, events, links

__all__ = ["candidates", "claims", "events", "links"]

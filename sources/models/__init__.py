"""What was published, and the words themselves."""

from .articles import Article, Outlet, Passage
from .reuse import TextReuse
from .statements import Relay, Speaker, Statement
from .submissions import Submission

__all__ = ["Article", "Outlet", "Passage", "Relay", "Speaker", "Statement", "Submission", "TextReuse"]

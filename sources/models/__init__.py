"""What was published, and the words themselves."""

from .articles import Article, Outlet, Passage
from .feeds import Feed
from .reuse import TextReuse
from .statements import Relay, Speaker, Statement
from .submissions import Submission

__all__ = ["Article", "Feed", "Outlet", "Passage", "Relay", "Speaker", "Statement", "Submission", "TextReuse"]

"""What was published, and the words themselves."""

from .articles import Article, Outlet, Passage
from .reuse import TextReuse
from .statements import Relay, Speaker, Statement

__all__ = ["Article", "Outlet", "Passage", "Relay", "Speaker", "Statement", "TextReuse"]

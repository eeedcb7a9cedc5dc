"""RSS and Atom feeds: the reports a site offers, by their addresses. The reports themselves are fetched like any other page."""

import io
from dataclasses import dataclass

import feedparser

from history.sentences import sentence as _
from sources.addresses import FetchError, target_of
from sources.fetching import Fetched
from sources.intake import IntakeError, canonical_url

TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml", "text/plain"})
MOST_ENTRIES = 500


@dataclass(frozen=True)
class Entry:
    """One report a feed offers: the address it is fetched from, the one form of that address by which it is known, its title."""

    url: str
    canonical_url: str
    title: str


@dataclass(frozen=True)
class Offer:
    """What a feed offered when it was read. `left_out`: entries without an address that may be opened."""

    title: str
    entries: tuple[Entry, ...]
    left_out: int


def read_feed(fetched: Fetched) -> Offer:
    """The entries of a fetched feed, each page once. Raises IntakeError where it is no feed."""
    # As a stream: feedparser takes bytes for the name of a file, and text for an address that it would fetch itself.
    headers = {"content-type": f"{fetched.content_type}; charset={fetched.charset}" if fetched.charset else fetched.content_type}
    found = feedparser.parse(io.BytesIO(fetched.body), response_headers={**headers, "content-location": fetched.url})
    if not found.get("version"):
        raise IntakeError(_("What stands at this address is no RSS or Atom feed."))
    entries: dict[str, Entry] = {}
    left_out = 0
    for item in found.entries[:MOST_ENTRIES]:
        url = str(item.get("link") or "").strip()
        try:
            entry = Entry(target_of(url).url, canonical_url(url), _plain(item.get("title")) or url[:300])
        except (FetchError, IntakeError):
            left_out += 1
            continue
        entries.setdefault(entry.canonical_url, entry)
    return Offer(_plain(found.feed.get("title")), tuple(entries.values()), left_out)


def _plain(title: object) -> str:
    return " ".join(str(title or "").replace("\x00", "").split())[:300]

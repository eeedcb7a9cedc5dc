"""A web page's own words: text, title, author, day and site, without what stands around them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from htmldate import find_date
from trafilatura import bare_extraction
from trafilatura.utils import decode_file

from sources.fetching import Fetched
from sources.intake import IntakeError

EARLIEST = date(1995, 1, 1)


@dataclass(frozen=True)
class Page:
    """What stands on a page. `published` is what its metadata say, None where they say nothing; never a guess from the footer."""

    text: str
    encoding: str
    title: str = ""
    byline: str = ""
    site: str = ""
    published: date | None = None


def read_page(fetched: Fetched) -> Page:
    """The article on a fetched HTML page. Raises IntakeError where there is none."""
    markup, encoding = _decoded(fetched)
    found = bare_extraction(markup, url=fetched.url, include_comments=False, include_tables=False, deduplicate=False, with_metadata=True)
    text = (found.text or "").strip() if found else ""
    if not text:
        raise IntakeError(_("No article was found on the page: paste its text instead."))
    return Page(
        text=text.replace("\x00", ""),
        encoding=encoding,
        title=(found.title or "").strip(),
        byline=(found.author or "").strip(),
        site=(found.sitename or "").strip(),
        published=_day_of(markup, fetched.url),
    )


def _decoded(fetched: Fetched) -> tuple[str, str]:
    """The markup by the header's character set, which wins over the page's own; else by the page's own or by what its bytes look like."""
    if fetched.charset:
        try:
            return fetched.body.decode(fetched.charset), fetched.charset[:20]
        except (LookupError, UnicodeDecodeError):
            pass  # a header that lies: the page itself is asked
    return decode_file(fetched.body), "detected"


def _day_of(markup: str, url: str) -> date | None:
    """The day of first publication by the page's metadata. An extensive search would take the year of a copyright line."""
    day = find_date(markup, url=url, extensive_search=False, original_date=True, min_date=EARLIEST.isoformat())
    return date.fromisoformat(day) if day else None

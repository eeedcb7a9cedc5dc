"""From one text to one report: furniture, headline, lexicon, dates, publication, events."""

import hashlib
from datetime import date
from functools import cache

from extraction.dates import find_dates
from extraction.events import find_events
from extraction.furniture import classify, furniture_spans
from extraction.headline import find_title
from extraction.outlets import find_outlet
from extraction.places import Gazetteer
from extraction.publication import find_published
from extraction.text import Document, language
from extraction.types import Report
from extraction.vocabulary import Hits

# No report is this long (the longest digests have some 30,000 characters): a dump is read only so far, and its report says how far.
MOST_READ = 250_000


@cache
def shipped_gazetteer() -> Gazetteer:
    return Gazetteer.load()


def extract(
    text: str,
    *,
    path: str | None = None,
    published: date | None = None,
    outlet: str | None = None,
    url: str | None = None,
    gazetteer: Gazetteer | None = None,
) -> Report:
    """Read one report. `published` and `outlet` are what an editor knows beside the text; offsets are code points into `text` as given.

    Of a text of more than `MOST_READ` characters the first part is read, to the end of a word; `Report.read_to` is where it ends.
    """
    whole, text = text, _first_part(text)
    lines = classify(text)
    furniture = furniture_spans(text, lines)
    title, body_at = find_title(text, lines)
    document = Document(text, furniture, title, body_at)
    hits = Hits(document)
    document.sentences = hits.prose
    dates = find_dates(document, hits)
    head = next((s.first for s in document.sentences if document.span(s.first, s.last)[0] >= body_at), 0)
    day = find_published(document, hits, dates, given=published, url=url, head=head)
    events = find_events(document, hits, dates, day.date, gazetteer or shipped_gazetteer())
    return Report(
        path=path,
        sha256=hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest(),
        title=text[slice(*title)] if title else None,
        outlet=outlet or find_outlet(document),
        language=language("".join(text[a:b] for a, b in Report(None, "", None, None, "", day, (), furniture, len(text)).text_spans)),
        published=day,
        events=events,
        furniture=furniture,
        length=len(whole),
        read_to=len(text),
    )


def _first_part(text: str) -> str:
    if len(text) <= MOST_READ:
        return text
    word_end = max(text.rfind(space, MOST_READ - 1000, MOST_READ) for space in " \n")
    return text[: word_end if word_end > 0 else MOST_READ]

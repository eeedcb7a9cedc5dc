"""From bytes to an article: decode, part the text from page furniture, find title, date and outlet, store once."""

import csv
import hashlib
import io
import posixpath
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from django.db import connection, transaction
from django.utils import timezone

from extraction import extract
from extraction.text import fold, search_text
from history.sentences import sentence as _
from sources.models import Article, Outlet

if TYPE_CHECKING:
    from sources.pages import Page

MAX_BYTES = 5_000_000
_ARABIC = re.compile(r"[\u0621-\u064a]")
# Parameters that name how a reader came to a page, not which page it is.
_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|dclid|yclid|mc_cid|mc_eid|igshid|ref|ref_src|amp|output)$", re.ASCII)


class IntakeError(Exception):
    """A file or a row that cannot become an article; the message names the reason for the one who sent it."""


@dataclass(frozen=True)
class ManifestRow:
    """What an editor knows beside a text: one row of manifest.csv."""

    path: str
    outlet: str = ""
    outlet_en: str = ""
    outlet_kind: str = ""
    side: str = ""
    url: str = ""
    published: date | None = None
    language: str = ""


def read_manifest(path: Path) -> dict[str, ManifestRow]:
    """The rows of a manifest by file name. Raises IntakeError naming line and field where a row cannot be read."""
    try:
        return manifest_of(path.read_bytes(), str(path))
    except OSError as error:
        raise IntakeError(f"{path}: {error.strerror}") from error


def manifest_of(raw: bytes, path: str) -> dict[str, ManifestRow]:
    """The rows of a manifest's bytes; `path` is how its errors call it."""
    try:
        reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise IntakeError(_("%(file)s is not UTF-8.") % {"file": path}) from error
    if "path" not in (reader.fieldnames or []):
        raise IntakeError(_("%(file)s, line %(line)d: there is no column “path”.") % {"file": path, "line": 1})
    rows = {}
    for line, row in enumerate(reader, start=2):
        known = {k: (row.get(k) or "").strip() for k in ManifestRow.__dataclass_fields__}
        published = known.pop("published")
        try:
            day = date.fromisoformat(published) if published else None
        except ValueError as error:
            said = {"file": path, "line": line, "value": published}
            raise IntakeError(_("%(file)s, line %(line)d, published: “%(value)s” is not a day like 2021-12-04.") % said) from error
        if known["outlet_kind"] and known["outlet_kind"] not in Outlet.Kind.values:
            said = {"file": path, "line": line, "value": known["outlet_kind"], "choices": ", ".join(Outlet.Kind.values)}
            raise IntakeError(_("%(file)s, line %(line)d, outlet_kind: “%(value)s” is none of %(choices)s.") % said)
        rows[known["path"]] = ManifestRow(published=day, **known)
    return rows


def decode(raw: bytes, *, most: int = MAX_BYTES) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8 strictly, then Windows-1256. Raises IntakeError for what is neither, or too long."""
    if not raw.strip():
        raise IntakeError(_("the file is empty"))
    if len(raw) > most:
        raise IntakeError(_("the file has %(n)s bytes; %(most)s is the most that is read") % {"n": f"{len(raw):,}", "most": f"{most:,}"})
    if b"\x00" in raw:
        raise IntakeError(_("the file holds NUL bytes: it is not a text in UTF-8 or Windows-1256"))
    for encoding in ("utf-8", "cp1256"):
        try:
            return raw.decode(encoding).removeprefix("\ufeff"), encoding
        except UnicodeDecodeError:
            continue
    raise IntakeError(_("the file is neither UTF-8 nor Windows-1256"))


def canonical_url(url: str) -> str:
    """One form for the many spellings of an address: no scheme's case, no `www.`, no tracking, no fragment, no trailing slash.

    For telling whether two addresses are one page; the article keeps the address it was fetched from. Raises IntakeError for no address.
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        host = port = ""
    if not host or parts.scheme.lower() not in {"http", "https"}:
        raise IntakeError(_("“%(url)s” is not a web address") % {"url": url[:100]})
    for prefix in ("www.", "m.", "mobile.", "amp."):
        host = host.removeprefix(prefix)
    # Decoded and encoded again: %d8 and %D8, %7E and ~ are one spelling each; an encoded slash is no separator.
    segments = (unquote(part, errors="surrogateescape") for part in re.sub(r"/{2,}", "/", parts.path).split("/"))
    path = "/".join(quote(part, safe="!$&'()*+,;=:@~", errors="surrogateescape") for part in segments)
    path = posixpath.normpath(path) if path else ""
    path = re.sub(r"(;jsessionid=[^/]*|/(amp|index\.(html?|php)))$", "", path.rstrip("/")).rstrip("/").removesuffix("/.")
    query = urlencode(sorted({(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k.lower())}))
    return urlunsplit(("https", host + port, path, query, ""))


def outlet_named(name: str, *, name_en: str = "", kind: str = "", side: str = "", is_sample: bool = False) -> Outlet:
    """The outlet of that name, spelling variants folded; a new one where there is none."""
    wanted = fold(name)
    for outlet in Outlet.objects.all():
        if wanted in (fold(outlet.name_ar), fold(outlet.name_en)):
            return outlet
    return Outlet.objects.get_or_create(
        name_ar=name, defaults={"name_en": name_en, "kind": kind or Outlet.Kind.WEBSITE, "side": side, "is_sample": is_sample}
    )[0]


@transaction.atomic
def receive(
    raw: bytes,
    *,
    row: ManifestRow | None = None,
    page: "Page | None" = None,
    retrieved_at: datetime | None = None,
    is_sample: bool = False,
) -> tuple[Article, bool]:
    """Store what was received as an article; (article, whether it is new). `page`: the words of a web page whose bytes `raw` are.

    The same bytes of the same outlet are the same article, and so is the same text at a known address. Another text there is a new
    version, linked to the old one. Any number may post the same article at once: one row, no error.
    """
    row = row or ManifestRow(path="")
    whole, encoding = (page.text, page.encoding) if page else decode(raw)
    address = canonical_url(row.url)
    report = extract(whole, published=row.published or (page.published if page else None), outlet=row.outlet or None, url=row.url or None)
    text = "".join(whole[start:end] for start, end in report.text_spans).strip("\r\n")
    if not text.strip():
        raise IntakeError(_("nothing but page furniture: no text is left to read"))
    outlet = _outlet_of(row, page, report.outlet, is_sample=is_sample)
    sha256 = hashlib.sha256(raw).hexdigest()
    _one_at_a_time(address or sha256)
    known = Article.objects.filter(outlet=outlet, sha256=sha256).first()
    if known:
        return known, False
    earlier = Article.objects.select_for_update().filter(canonical_url=address, is_current=True).first() if address else None
    if earlier:
        # A page's advertisements change with every visit; its article does not.
        if earlier.sha256 == sha256 or earlier.text == text:
            return earlier, False
        Article.objects.filter(pk=earlier.pk).update(is_current=False)
    basis = report.published.basis
    if page and page.published and not row.published:
        basis = Article.Basis.METADATA
    title = (page.title if page else "") or report.title or ""
    article = Article(
        outlet=outlet,
        url=row.url,
        canonical_url=address,
        title=title[:500],
        byline=page.byline[:200] if page else "",
        language=row.language or report.language,
        published_on=report.published.date,
        published_basis=basis if report.published.date else Article.Basis.UNKNOWN,
        retrieved_at=retrieved_at or timezone.now(),
        raw=raw,
        encoding=encoding,
        text=text,
        sha256=sha256,
        search_text=search_text(f"{title}\n{text}"),
        replaces=earlier,
    )
    # The lock above is by address; the same bytes may come from two addresses at once: the second of a pair finds the row.
    Article.objects.bulk_create([article], ignore_conflicts=True)
    stored = Article.objects.get(outlet=outlet, sha256=sha256)
    return stored, stored.retrieved_at == article.retrieved_at


@transaction.atomic
def receive_row(
    *, dataset: Outlet, key: str, title: str, text: str, url: str = "", published_on: date | None = None
) -> tuple[Article, bool]:
    """Store one row of a dataset as an article: `text` is its cells, a line each. (article, whether its words are new.)

    The row is known by the dataset's own key. Other words under a known key are a new version, as of a page that changed.
    """
    address = row_address(dataset, key)
    _one_at_a_time(address)
    earlier = Article.objects.select_for_update().filter(canonical_url=address, is_current=True).first()
    if earlier and earlier.text == text:
        return earlier, False
    raw = f"{address}\n{text}".encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    if earlier:
        Article.objects.filter(pk=earlier.pk).update(is_current=False)
        again = Article.objects.filter(outlet=dataset, sha256=sha256).first()
        if again:  # the dataset took its correction back
            Article.objects.filter(pk=again.pk).update(is_current=True)
            return again, False
    article = Article.objects.create(
        outlet=dataset,
        url=url,
        canonical_url=address,
        title=title[:500],
        language="ar" if _ARABIC.search(text) else "en",
        published_on=published_on,
        published_basis=Article.Basis.GIVEN if published_on else Article.Basis.UNKNOWN,
        retrieved_at=timezone.now(),
        raw=raw,
        text=text,
        sha256=sha256,
        search_text=search_text(f"{title}\n{text}"),
        replaces=earlier,
    )
    return article, True


def row_address(dataset: Outlet, key: str) -> str:
    """By what a dataset's row is known: no address of a page, which begins with https."""
    return f"dataset:{dataset.pk}:{key}"


def _one_at_a_time(key: str) -> None:
    """Whoever stores under the same key waits here until the first is done; PostgreSQL lets go at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _outlet_of(row: ManifestRow, page: "Page | None", credited: str | None, *, is_sample: bool) -> Outlet | None:
    """The outlet that was given; else the one whose site it is; else the one the page or the text names."""
    if row.outlet:
        return outlet_named(row.outlet, name_en=row.outlet_en, kind=row.outlet_kind, side=row.side, is_sample=is_sample)
    domain = canonical_url(row.url).removeprefix("https://").split("/")[0]
    known = Outlet.objects.filter(domain=domain).first() if domain else None
    name = (page.site if page else "") or credited or (domain if page else "")
    return known or (outlet_named(name, is_sample=is_sample) if name else None)


@transaction.atomic
def date_article(*, article: Article, published_on: date) -> Article:
    """An editor gives the day an article was published; phrases that waited for it can now be resolved."""
    article.published_on = published_on
    article.published_basis = Article.Basis.GIVEN
    article.save(update_fields=["published_on", "published_basis"])
    return article

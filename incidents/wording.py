"""How days, figures and names are put into words, in the language of the page."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

# Babel's `ar_IQ` has the months as Iraq prints them (كانون الأول, not ديسمبر).
BABEL = {"ar": "ar_IQ", "en": "en_GB", "ckb": "ckb_IQ"}
# The Iraqi press writes 0–9; browsers would choose ٠–٩ for ar-IQ unless told.
INTL = {"ar": "ar-IQ-u-nu-latn", "en": "en-GB", "ckb": "ckb-IQ-u-nu-latn"}


def babel_locale() -> str:
    """The page's language with its region, as Babel names it."""
    return BABEL.get((get_language() or "ar").split("-")[0], "en_GB")


def number(value: int) -> str:
    """1234567 → 1,234,567."""
    return format_decimal(value, locale=babel_locale())


def day(value: date | None, *, weekday: bool = False) -> str:
    """2 كانون الأول 2021; with the weekday before it where asked."""
    if value is None:
        return ""
    return format_date(value, "EEEE d MMMM y" if weekday else "d MMMM y", locale=babel_locale())


def when(start: date | None, end: date | None, precision: int | None) -> str:
    """The days of an event, no more exact than they are known."""
    if start is None or end is None:
        return _("Date not known")
    if start == end:
        return day(start, weekday=True)
    if precision == 4 and (start.year, start.month) == (end.year, end.month) and (end - start).days >= 27:
        return month(start)
    if precision == 5 and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return str(start.year)
    return span(start, end)


def month(value: date) -> str:
    """كانون الأول 2021."""
    return format_date(value, "MMMM y", locale=babel_locale())


def span(start: date, end: date) -> str:
    """2–4 كانون الأول 2021; the month and the year are said once where they are the same."""
    if (start.year, start.month) == (end.year, end.month):
        first = str(start.day)
    else:
        first = format_date(start, "d MMMM" if start.year == end.year else "d MMMM y", locale=babel_locale())
    return f"{first} – {day(end)}" if " " in first else f"{first}–{day(end)}"


def sources(articles: int, outlets: int, origins: int) -> str:
    """“5 articles · 3 outlets · 1 origin”: always the three together."""
    return " · ".join(
        [
            ngettext("%(n)s article", "%(n)s articles", articles) % {"n": number(articles)},
            ngettext("%(n)s outlet", "%(n)s outlets", outlets) % {"n": number(outlets)},
            ngettext("%(n)s origin", "%(n)s origins", origins) % {"n": number(origins)},
        ]
    )


def figure(low: int | None, best: int | None, high: int | None) -> str:
    """“13”, or “13 (10–15)” where the claims differ; empty where nobody gives a figure."""
    if best is None:
        return ""
    return number(best) if low == high else f"{number(best)} ({number(low or 0)}–{number(high or 0)})"


def toll(deaths: int | None, injured: int | None) -> list[str]:
    """“13 killed”, “2 wounded”; what is not known is left out, what is known to be none is not said."""
    parts = []
    if deaths:
        parts.append(ngettext("%(n)s killed", "%(n)s killed", deaths) % {"n": number(deaths)})
    if injured:
        parts.append(ngettext("%(n)s wounded", "%(n)s wounded", injured) % {"n": number(injured)})
    return parts


def lag(days: int) -> str:
    """“2 days later”, “the same day”."""
    if days == 0:
        return _("the same day")
    text = ngettext("%(n)s day later", "%(n)s days later", days) if days > 0 else ngettext("%(n)s day before", "%(n)s days before", -days)
    return text % {"n": number(abs(days))}

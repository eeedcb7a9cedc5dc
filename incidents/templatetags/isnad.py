"""Template words: days, figures, languages."""

from datetime import date

from django import template

from extraction.text import language
from incidents import reading, wording
from incidents.models import Event

register = template.Library()
register.filter("number", wording.number)
register.filter("day", wording.day)
register.filter("lag", wording.lag)
register.filter("value", reading.value_text)


@register.filter
def when(event: Event) -> str:
    """The days of an event in words."""
    return wording.when(event.date_start, event.date_end, event.date_prec)


@register.filter
def sources(event: Event) -> str:
    """The count line of an event."""
    return wording.sources(event.article_count, event.outlet_count, event.origin_count)


@register.filter
def toll(event: Event) -> list[str]:
    """Killed and wounded, as far as they are known."""
    return wording.toll(event.deaths_best, event.injured_best)


@register.filter
def weekday(value: date | None) -> str:
    """A day with its weekday."""
    return wording.day(value, weekday=True)


@register.filter
def lang(text: str) -> str:
    """The language of a stretch of text, for its `lang` attribute."""
    return language(text)


@register.simple_tag
def period_name(start: date, unit: str) -> str:
    """“كانون الأول 2021”, or the year alone."""
    return str(start.year) if unit == "year" else wording.month(start)


@register.simple_tag
def span(start: date, end: date) -> str:
    """A range of days."""
    return wording.span(start, end)


@register.simple_tag
def band(low: int | None, best: int | None, high: int | None) -> str:
    """A figure with the range the sources give."""
    return wording.figure(low, best, high)

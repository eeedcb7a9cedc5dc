"""The words the map page's scripts say, in the language of the page."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents.taxonomy import Kind

# One number of each plural form of each language: Intl.PluralRules says which form a number takes, gettext how it reads.
FORMS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def plural(sentence: Callable[[int], str]) -> dict[str, str]:
    """{plural category: the sentence, with %(n)s in it}."""
    return {form: sentence(n) for form, n in FORMS.items()}


def words() -> dict[str, object]:
    """Everything static/js says aloud."""
    return {
        "events": plural(lambda n: ngettext("%(n)s event", "%(n)s events", n)),
        "incidents": plural(lambda n: ngettext("%(n)s incident", "%(n)s incidents", n)),
        "meetings": plural(lambda n: ngettext("%(n)s coordination event", "%(n)s coordination events", n)),
        "of": _("of %(n)s"),
        "unlocated": plural(lambda n: ngettext("%(n)s not on the map", "%(n)s not on the map", n)),
        "undated": plural(lambda n: ngettext("%(n)s without a date", "%(n)s without a date", n)),
        "outside": plural(lambda n: ngettext("%(n)s outside this view", "%(n)s outside this view", n)),
        "from": _("Start of the period"),
        "to": _("End of the period"),
        "play": _("Play"),
        "pause": _("Pause"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "loading": _("Loading the events …"),
        "failed": _("The events could not be loaded. The list below still works; try again in a moment."),
        "again": _("Try again"),
        "empty": _("No event fits these filters. Take one away, or widen the period."),
        "clear": _("Clear all filters"),
        "back": _("Back to the list"),
        "outsideFilters": _("This event is outside the filters you have set."),
        "here": _("Events at this mark"),
        "unlocatedList": _("Events that are not on the map"),
        "undatedList": _("Events without a date"),
        "more": plural(lambda n: ngettext("and %(n)s more", "and %(n)s more", n)),
        "area": _("Known only to the area: %(name)s"),
        "incident": str(Kind.INCIDENT.label),
        "coordination": str(Kind.COORDINATION.label),
        "drawHint": _("Click the corners; the first corner or a double click closes the area."),
        "drawCrossed": _("The line crosses itself: take the last corner back."),
    }

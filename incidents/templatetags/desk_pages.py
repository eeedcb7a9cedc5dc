"""The desk's navigation, and what of the history can be set back there."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from history.models import Revision
from incidents.curation.reverting import is_reversible

register = template.Library()


@register.simple_tag
def desk_pages() -> list[tuple[str, str]]:
    """(address, label) of each page of the desk."""
    return [
        (reverse("desk"), _("What waits")),
        (reverse("desk-queue"), _("Candidates")),
        (reverse("desk-links"), _("Links")),
        (reverse("desk-reuse"), _("Same words")),
        (reverse("desk-statistics"), _("Statistics")),
        (reverse("desk-commitments"), _("Commitments")),
        (reverse("desk-sources"), _("Hand in")),
        (reverse("desk-jobs"), _("Jobs")),
    ]


@register.filter
def can_be_set_back(revision: Revision) -> bool:
    """Whether a person wrote or decided something in this revision."""
    return is_reversible(revision)

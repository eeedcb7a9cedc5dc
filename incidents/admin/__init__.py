"""The admin of events, claims and what hangs on them: everything is written through the verbs, a refusal is a message."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import candidates, claims, events, imports, links, tokens

__all__ = ["candidates", "claims", "events", "imports", "links", "tokens"]

admin.site.site_header = admin.site.site_title = _("Isnad")

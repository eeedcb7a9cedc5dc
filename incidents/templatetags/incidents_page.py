"""The page's frame: links of the masthead, the locale browsers are told."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from incidents.wording import INTL

register = template.Library()


@register.simple_tag
def intl_locale() -> str:
    """The page's locale in the form browsers know."""
    return INTL.get((get_language() or "ar").split("-")[0], "en-GB")


@register.simple_tag
def data_licence() -> str:
    """Under which licence the record is published."""
    return str(settings.DATA_LICENCE)


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, name: str, label: str) -> SafeString:
    """One item of the masthead; the page one is on says so."""
    address = reverse(name)
    request = context.get("request")
    here = mark_safe(' aria-current="page"') if request and request.path == address else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', address, here, label)

"""Pages that say what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: with the sentence the view refused with."""
    return render(request, "400.html", {"problem": str(exception or "")}, status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=404)


def not_taken(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form sent after its editor was signed out, or signed in anew. What was written stays in the page, to be sent again.

    Only where the form was this site's own: nobody is asked to send what another site filled in. A password is never kept.
    """
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}" and request.path != reverse("admin:login")
    written = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    context = {"written": written, "files": bool(request.FILES), "is_ours": is_ours}
    return render(request, "not_taken.html", context, status=403)

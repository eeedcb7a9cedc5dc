"""Errors as RFC 9457 problem documents."""

from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.views import set_rollback

CONTENT_TYPE = "application/problem+json"


class BadParameters(exceptions.APIException):
    """One or more parameters are unknown or malformed. `errors`: a list of {parameter, detail, nearest}; nearest may be ''."""

    status_code = 400

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__("; ".join(f"{error['parameter'][:80]}: {error['detail']}" for error in errors))
        self.errors = errors


def bad_parameter(name: str, detail: str, nearest: str = "") -> BadParameters:
    return BadParameters([{"parameter": name, "detail": detail, "nearest": nearest}])


class Gone(exceptions.APIException):
    status_code = 410
    default_detail = "This event was published and has been withdrawn."


def problem(status: int, detail: str = "", **members: Any) -> HttpResponse:
    """The problem document of a status; `members` are its further members."""
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail or HTTPStatus(status).description or title, **members}
    return HttpResponse(orjson.dumps(body), status=status, content_type=CONTENT_TYPE)


def problem_of(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The answer to what a view raises; None for a fault of ours, which the middleware turns into a plain 500."""
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is nothing here that is published.")
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    return problem(error.status_code, str(error.detail), **({"errors": error.errors} if isinstance(error, BadParameters) else {}))

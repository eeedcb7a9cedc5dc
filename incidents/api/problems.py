"""Errors as RFC 9457 problem documents."""

from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.views import set_rollback

from incidents.curation import CurationError, NotAllowed

CONTENT_TYPE = "application/problem+json"


class BadParameters(exceptions.APIException):
    """One or more parameters are unknown or malformed. `errors`: a list of {parameter, detail, nearest}; nearest may be ''."""

    status_code = 400

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__("; ".join(f"{error['parameter'][:80]}: {error['detail']}" for error in errors))
        self.members = {"errors": errors}


class BadBody(exceptions.APIException):
    """One or more fields of the body are unknown, missing or malformed. `errors`: a list of {field, detail}; `places.0.start` is the
    `start` of the first of `places`."""

    status_code = 400

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__("; ".join(f"{error['field']}: {error['detail']}" if error["field"] else error["detail"] for error in errors))
        self.members = {"errors": errors}


def bad_parameter(name: str, detail: str, nearest: str = "") -> BadParameters:
    return BadParameters([{"parameter": name, "detail": detail, "nearest": nearest}])


class Gone(exceptions.APIException):
    status_code = 410
    default_detail = "This event was published and has been withdrawn."


class Refused(exceptions.APIException):
    """The record, as it stands, does not allow this; the sentence says what can be done instead."""

    status_code = 409


class TooLarge(exceptions.APIException):
    status_code = 413


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
    elif isinstance(error, NotAllowed):
        error = exceptions.PermissionDenied(str(error))
    elif isinstance(error, CurationError):
        error = Refused(str(error))
    elif isinstance(error, exceptions.ValidationError):
        error = BadBody(_flat(error.detail))
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    response = problem(error.status_code, str(error.detail), **getattr(error, "members", {}))
    if isinstance(error, exceptions.Throttled):
        response.headers["Retry-After"] = str(getattr(error, "wait", 60))
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = getattr(error, "auth_header", "Bearer")
    for name, value in getattr(error, "headers", {}).items():
        response.headers[name] = value
    return response


def _flat(detail: Any, path: str = "") -> list[dict[str, str]]:
    """The serializers' nested errors, one line each."""
    if isinstance(detail, dict):
        return [line for name, inner in detail.items() for line in _flat(inner, f"{path}.{name}".strip("."))]
    if isinstance(detail, list):
        return [
            line
            for number, inner in enumerate(detail)
            for line in _flat(inner, path if isinstance(inner, str) else f"{path}.{number}".strip("."))
        ]
    return [{"field": path.removesuffix("non_field_errors").rstrip("."), "detail": str(detail)}]

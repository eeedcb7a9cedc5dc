"""docs/openapi.yaml says what the API does: it is generated, valid, complete, and the answers fit it."""

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.urls import resolve
from django.utils import translation
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from tests.api.conftest import LISTS, Record

FILE = settings.BASE_DIR / "docs" / "openapi.yaml"
SPEC = yaml.safe_load(FILE.read_text())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_committed_description_is_the_generated_one_in_any_language(tmp_path, language: str) -> None:
    with translation.override(language):
        call_command("spectacular", "--fail-on-warn", "--file", str(tmp_path / "openapi.yaml"))
    assert (tmp_path / "openapi.yaml").read_text() == FILE.read_text(), "The API changed: make schema, and look at the difference."


def test_it_is_valid_openapi() -> None:
    assert SPEC["openapi"].startswith("3.1")
    validate(SPEC)


def test_every_parameter_a_list_understands_is_described_and_no_other(client) -> None:
    for name in LISTS:
        operation = SPEC["paths"][f"/api/v1/{name}/"]["get"]
        view = resolve(f"/api/v1/{name}/").func.cls()
        view.action = "list"
        described = {parameter["name"] for parameter in operation["parameters"]}
        assert described | {"format"} == set(view.parameters()) | {"format"}, name


@pytest.mark.django_db
def test_answers_fit_their_description(client, record: Record) -> None:
    addresses = {f"/api/v1/{name}/": f"/api/v1/{name}/" for name in LISTS}
    addresses |= {"/api/v1/events/?expand=claims,chain": "/api/v1/events/", "/api/v1/events.geojson": "/api/v1/events.geojson"}
    addresses[f"/api/v1/events/{record.attack.code}/?expand=claims,chain"] = "/api/v1/events/{code}/"
    addresses[f"/api/v1/places/{record.place.key}/"] = "/api/v1/places/{key}/"
    addresses[f"/api/v1/articles/{record.passage.article_id}/"] = "/api/v1/articles/{id}/"
    for address, path in addresses.items():
        answer = client.get(address)
        content = SPEC["paths"][path]["get"]["responses"]["200"]["content"][answer["Content-Type"]]
        validator = OAS31Validator({**content["schema"], "components": SPEC["components"]}, format_checker=OAS31Validator.FORMAT_CHECKER)
        errors = list(validator.iter_errors(answer.json()))
        assert not errors, (address, [(list(error.absolute_path), error.message[:200]) for error in errors])

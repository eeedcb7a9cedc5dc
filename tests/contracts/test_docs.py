"""Documentation is held to the code: what it names exists, and what exists is named."""

import re

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
# Made by a command or by the reader, so absent from a fresh checkout.
MADE = ("var/", "build/", ".venv", "node_modules", "static/vendor", "staticfiles", ".env", "manifest.csv")

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def code_spans(text: str) -> list[str]:
    """Everything set as code: in backticks, and the lines of fenced blocks."""
    fenced = re.findall(r"^```.*?\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    return inline + [line for block in fenced for line in block.splitlines()]


def project_commands() -> set[str]:
    ours = {"config", "entities", "sources", "incidents", "history"}
    return {name for name, app in get_commands().items() if (app if isinstance(app, str) else app.__module__).partition(".")[0] in ours}


@each_document
def test_every_make_target_a_document_names_exists(document):
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    commands = [command for span in code_spans(document.read_text()) for command in re.findall(r"\bmake ([a-z][a-z -]*)", span)]
    named = {word for command in commands for word in command.split()}
    assert named <= targets


@each_document
def test_every_management_command_a_document_names_exists(document):
    named = {name for span in code_spans(document.read_text()) for name in re.findall(r"manage\.py (\w+)", span)}
    assert named <= set(get_commands())


@each_document
def test_every_path_a_document_names_exists(document):
    text = document.read_text()
    top = {path.name for path in ROOT.iterdir()}
    file_like = re.compile(r"\w\.(py|md|sh|csv|toml|yaml|txt|json|css|js|html)$")
    spans = [span for span in code_spans(text) if re.fullmatch(r"[\w.*-]+(/[\w.*-]*)*", span) and not span.startswith(MADE)]
    named = {span for span in spans if span.partition("/")[0] in top or file_like.search(span)}
    # A bare file name may stand in any folder; with a folder, it stands in that one.
    missing = {name for name in named if not any(ROOT.glob(name)) and ("/" in name or not any(ROOT.glob(f"[a-z]*/**/{name}")))}
    missing |= {link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (document.parent / link).exists()}
    assert not missing


def test_every_make_target_is_documented():
    listed = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))
    assert {target for target in listed if f"make {target}" not in OPERATIONS} == set()


def test_every_management_command_is_documented():
    assert {name for name in project_commands() if f"manage.py {name}" not in OPERATIONS} == set()


def test_every_setting_is_documented_and_every_documented_setting_is_read():
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", (ROOT / "config" / "settings.py").read_text()))
    table = OPERATIONS.partition("## Settings")[2].partition("\n## ")[0]
    assert read == set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE))


def test_every_system_check_is_documented():
    raised = {id_ for path in (ROOT / "config").glob("*.py") for id_ in re.findall(r"isnad\.[EW]\d{3}", path.read_text())}
    assert raised == set(re.findall(r"^\| (isnad\.[EW]\d{3})", OPERATIONS, re.MULTILINE))


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_containers_are_told_only_settings_that_exist():
    known = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", (ROOT / "config" / "settings.py").read_text()))
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    told = {name for name, service in services.items() if name != "database" for name in service["environment"]}
    assert told <= known
    commands = {service["command"].split()[2] for service in services.values() if "command" in service}
    assert commands == {"prepare", "worker"} <= set(get_commands())

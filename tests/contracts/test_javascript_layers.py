"""The pages' modules import one way: pages → map | timeline | panel → data; only map/ knows Leaflet, and data/ runs without a browser."""

import re

import pytest
from django.conf import settings

SCRIPTS = settings.BASE_DIR / "static" / "js"
# A folder may import from those to its right; map, timeline and panel stand side by side.
MAY_IMPORT = {
    "pages": {"pages", "map", "timeline", "panel", "data"},
    "map": {"map", "data"},
    "timeline": {"timeline", "data"},
    "panel": {"panel", "data"},
    "data": {"data"},
}
MODULES = sorted(SCRIPTS.rglob("*.js"))
each_module = pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SCRIPTS)))


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", text, flags=re.DOTALL)


def imports(text: str) -> list[str]:
    return re.findall(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""", without_comments(text))


@each_module
def test_a_module_imports_only_what_stands_to_its_right(module):
    folder = module.relative_to(SCRIPTS).parts[0]
    if folder.endswith(".js"):
        return
    targets = [(module.parent / name).resolve() for name in imports(module.read_text()) if name.startswith(".")]
    assert all(target.is_file() for target in targets)
    inside = {target.relative_to(SCRIPTS).parts[0] for target in targets if target.is_relative_to(SCRIPTS)}
    assert inside <= MAY_IMPORT[folder]


@each_module
def test_only_the_map_touches_leaflet(module):
    uses = re.search(r"\bL\.[a-zA-Z]|leaflet", without_comments(module.read_text()))
    assert not uses or module.relative_to(SCRIPTS).parts[0] == "map"


@each_module
def test_data_modules_run_without_a_browser(module):
    if module.relative_to(SCRIPTS).parts[0] == "data":
        assert not re.search(r"\b(document|window|localStorage|navigator)\b[.\[]", without_comments(module.read_text()))

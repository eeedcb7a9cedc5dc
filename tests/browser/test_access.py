"""Nobody is kept out: axe finds nothing serious, and nothing runs off a narrow screen, on every page in both languages and themes."""

import pytest
from django.conf import settings

from tests import factories
from tests.browser.record import write_record

pytestmark = pytest.mark.django_db(transaction=True)

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def paths():
    write_record(24)
    attack = factories.told_event(code="ISN-2021-000900")
    factories.claim(attack, low=9, high=9)
    meeting = factories.told_event("meeting", code="ISN-2021-000901")
    factories.link(meeting, attack)
    factories.commitment(meeting)
    factories.statistic(status="published")
    article = attack.claims.first().passage.article
    chain = f"{attack.get_absolute_url()}chain/"
    return ["/", "/events/", attack.get_absolute_url(), chain, f"/articles/{article.pk}/", "/trends/", "/about/", "/embed/"]


def problems(page, what):
    """What axe calls serious in either theme, and by how much the page is wider than the screen."""
    wrong = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found = page.evaluate("rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })", RULES)
        wrong += [
            f"{what} {theme} {each['id']}: {each['nodes'][0]['html'][:120]} ({len(each['nodes'])})"
            for each in found["violations"]
            if each["impact"] in ("serious", "critical")
        ]
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*wrong, f"{what} runs off the screen by {over} pixels"] if over > 0 else wrong


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_nothing_serious_and_nothing_overflows(open_page, paths, language, width):
    wrong = []
    # The policy would keep axe out like any other foreign script.
    page = open_page("/about/", language=language, width=width, bypass_csp=True)
    for path in paths:
        page.goto(path)
        if path in ("/", "/embed/", "/trends/"):
            page.wait_for_selector("html[data-ready=true]")
        page.add_script_tag(path=AXE)
        wrong += problems(page, path)
        if path == "/":
            page.evaluate("document.querySelector('[data-draw]').click()")  # its menu is folded
            page.wait_for_selector("[data-draw-bar]:visible")
            wrong += problems(page, "/ while an area is drawn")
            bar = page.locator("[data-draw-bar]").bounding_box()
            wrong += [] if bar["x"] >= 0 and bar["x"] + bar["width"] <= width else [f"the drawing bar leaves the screen: {bar}"]
    assert wrong == []

"""Nobody is kept out: axe finds nothing serious, and nothing runs off a narrow screen, on every page in both languages and themes."""

import pytest

from tests import factories
from tests.browser.access import NARROW, WIDTHS, problems
from tests.browser.record import write_record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paths():
    write_record(24)
    attack = factories.told_event(code="ISN-2021-000900", where_prec=3)  # its small map draws the area
    factories.claim(attack, low=9, high=9)
    meeting = factories.told_event("meeting", code="ISN-2021-000901")
    factories.link(meeting, attack)
    factories.commitment(meeting)
    factories.statistic(status="published")
    article = attack.claims.first().passage.article
    chain = f"{attack.get_absolute_url()}chain/"
    return ["/", "/events/", attack.get_absolute_url(), chain, f"/articles/{article.pk}/", "/trends/", "/about/", "/embed/"]


# Every menu is opened in turn; those that leave the screen are named.
MENUS = """async () => {
  const wrong = [];
  for (const chip of document.querySelectorAll("details.chip")) {
    const opened = new Promise((resolve) => chip.addEventListener("toggle", resolve, { once: true }));
    chip.open = true;
    await opened;
    const name = chip.querySelector("summary").textContent.trim();
    const { left, right, top } = chip.querySelector(".menu").getBoundingClientRect();
    if (left < 0 || right > innerWidth || top < 0 || top > innerHeight) wrong.push(`${name} ${left} ${right} ${top}`);
    chip.open = false;
  }
  return wrong;
}"""


@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_nothing_serious_and_nothing_overflows(open_page, paths, language):
    wrong = []
    page = open_page("/about/", language=language, width=NARROW, bypass_csp=True)
    for path in paths:
        page.goto(path)
        if path in ("/", "/embed/", "/trends/"):
            page.wait_for_selector("html[data-ready=true]")
        wrong += problems(page, path)
        for width in WIDTHS if path in ("/", "/events/", "/trends/") else ():
            page.set_viewport_size({"width": width, "height": 800})
            wrong += [f"{path} at {width}: the menu {menu} leaves the screen" for menu in page.evaluate(MENUS)]
        if path == "/":
            page.evaluate("document.querySelector('[data-draw]').click()")  # its menu is folded
            page.wait_for_selector("[data-draw-bar]:visible")
            wrong += problems(page, "/ while an area is drawn", "[data-draw-bar]")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                bar = page.locator("[data-draw-bar]").bounding_box()
                wrong += [] if bar["x"] >= 0 and bar["x"] + bar["width"] <= width else [f"the drawing bar leaves the screen: {bar}"]
    assert wrong == []

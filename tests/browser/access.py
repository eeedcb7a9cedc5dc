"""What axe calls serious on a page, and what runs off the screen: at both widths, in both themes."""

from contextlib import suppress

from playwright.sync_api import Page, TimeoutError

from config.settings import BASE_DIR

AXE = BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 360)
NARROW = WIDTHS[-1]
AXE_RUN = "([part, rules]) => axe.run(part, { runOnly: rules, resultTypes: ['violations'] })"
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def sideways(page: Page, what: str, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """One line a width at which something runs off the screen; the page keeps the last width."""
    wrong = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        with suppress(TimeoutError):  # the canvases follow a new width in the next frames
            page.wait_for_function(f"{OVER} <= 0", timeout=3000)
        over = page.evaluate(OVER)
        wrong += [f"{what} at {width} runs off the screen by {over} pixels"] if over > 0 else []
    return wrong


def problems(page: Page, what: str, part: str = "html") -> list[str]:
    """One line a fault in the page, or in a part of it.

    The page is to be opened with `bypass_csp`: its policy would keep axe out like any other foreign script.
    Opened NARROW, it is left so: every page loads on the narrow screen and is drawn anew for the wide one.
    """
    wrong = []
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    for width in WIDTHS:
        wrong += sideways(page, what, (width,))
        # A theme changes colours and nothing else: in the dark one colours alone are asked about.
        for theme, rules in (("light", RULES), ("dark", ["color-contrast"])):
            page.emulate_media(color_scheme=theme)
            found = page.evaluate(AXE_RUN, [part, rules])
            wrong += [
                f"{what} at {width} {theme} {each['id']}: {each['nodes'][0]['html'][:120]} ({len(each['nodes'])})"
                for each in found["violations"]
                if each["impact"] in ("serious", "critical")
            ]
    return wrong

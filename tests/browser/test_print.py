"""The printed report shows what the screen shows."""

import pytest

from tests.browser.record import write_record

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = 673  # pixels between the margins of an A4 page


@pytest.mark.parametrize("width", [360, 1280])
def test_the_whole_map_fits_the_paper(open_page, width):
    write_record(12)
    page = open_page("/", language="en", width=width)
    page.wait_for_selector("html[data-ready=true]")
    size = "() => { const box = document.querySelector('.map .leaflet-container'); return [box.clientWidth, box.clientHeight]; }"
    on_screen = page.evaluate(size)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    printed = page.locator(".map .leaflet-container").bounding_box()
    assert page.evaluate(size) == on_screen
    assert printed["width"] <= PAPER
    assert printed["width"] / printed["height"] == pytest.approx(on_screen[0] / on_screen[1], rel=0.02)

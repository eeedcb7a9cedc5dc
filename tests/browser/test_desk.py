"""The map page under the hand: brush, keys, marks, filters, Back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.record import write_record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(open_page):
    """The map page with the record, once everything is drawn."""
    write_record()

    def open_desk(path: str = "/", **options) -> Page:
        page = open_page(path, **{"language": "en", **options})
        page.wait_for_selector("html[data-ready=true]")
        return page

    return open_desk


def total(page: Page) -> int:
    return int(page.locator("html").get_attribute("data-total"))


def test_dragging_over_the_timeline_sets_the_period_and_a_double_click_takes_it_away(desk):
    page = desk()
    everything, plot = total(page), page.locator("[data-plot]").bounding_box()
    page.mouse.move(plot["x"] + plot["width"] * 0.3, plot["y"] + 30)
    page.mouse.down()
    page.mouse.move(plot["x"] + plot["width"] * 0.6, plot["y"] + 30, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"from=\d{4}-\d\d-\d\d&to="))
    expect(page.locator("[data-brush]")).to_be_visible()
    assert total(page) < everything
    page.mouse.dblclick(plot["x"] + plot["width"] * 0.8, plot["y"] + 30)
    expect(page.locator("[data-brush]")).to_be_hidden()
    expect(page.locator("html")).to_have_attribute("data-total", str(everything))


@pytest.mark.parametrize(("language", "forward"), [("en", "ArrowRight"), ("ar", "ArrowLeft")])
def test_keys_move_the_period_in_the_direction_of_reading(desk, language, forward):
    page = desk(language=language)
    start = page.locator("[data-handle=from]")
    before = int(start.get_attribute("aria-valuenow"))
    start.press(forward)
    expect(page.locator("[data-brush]")).to_be_visible()
    after = int(start.get_attribute("aria-valuenow"))
    assert 0 < after - before <= 31
    start.press("PageUp")
    assert int(start.get_attribute("aria-valuenow")) > after
    start.press("Home")
    expect(start).to_have_attribute("aria-valuenow", str(before))


def test_a_cluster_opens_as_a_list_on_enter(desk):
    page = desk("/#v=1&map=6/35.3/44.2")
    mark = page.locator("[data-keys] button").first
    mark.focus()
    mark.press("Enter")
    expect(page.locator("[data-panel-title]")).to_contain_text("Events at this mark")
    rows = int(page.locator("[data-list] li").first.get_attribute("aria-setsize"))
    assert 1 < rows < total(page)
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator("[data-list] li").first).to_have_attribute("aria-setsize", str(total(page)))


def test_an_event_opens_beside_the_map_and_back_closes_it(desk):
    page = desk()
    page.locator("[data-list] .row").first.click()
    expect(page.locator("[data-event] article.event")).to_be_visible()
    expect(page).to_have_url(re.compile(r"#v=1.*event=ISN-"))
    page.go_back()
    expect(page.locator("[data-list]")).to_be_visible()


def test_an_event_outside_the_filters_opens_with_a_notice(desk):
    hidden = factories.told_event("meeting", code="ISN-2021-000999")
    page = desk(f"/?kind=incident#v=1&event={hidden.code}")
    expect(page.locator("[data-event] article.event")).to_be_visible()
    expect(page.locator("[data-notice]")).to_contain_text("outside the filters")


def test_a_ticked_choice_filters_and_its_neighbours_say_what_they_would_add(desk):
    page = desk()
    chip = page.locator("[data-facet=kind]")
    chip.locator("summary").click()
    everything = total(page)
    shown = int(chip.locator("label", has_text="Incident").locator(".count").inner_text())
    chip.locator("input[value=incident]").check()
    expect(page.locator("html")).to_have_attribute("data-total", str(shown))
    other = int(chip.locator("label", has_text="Joint coordination").locator(".count").inner_text())
    assert shown + other == everything


def test_the_trays_count_what_the_map_and_the_timeline_cannot_show(desk):
    page = desk()
    tray = page.locator("[data-tray=unlocated]")
    expect(tray).to_have_text("6 not on the map")
    tray.click()
    expect(page.locator("html")).to_have_attribute("data-total", "6")
    expect(page).to_have_url(re.compile("located=no"))


def test_words_find_events_by_the_server_s_search(desk):
    page = desk()
    page.locator("[name=q]").fill("مَخمُور")
    expect(page).to_have_url(re.compile("q="))
    expect(page.locator("html")).to_have_attribute("data-total", "15")


def test_playing_shows_one_step_after_the_other_and_stops(desk):
    page = desk()
    page.select_option("[data-mode]", "step")
    page.select_option("[data-unit]", "year")
    page.select_option("[data-speed]", "4")
    page.get_by_role("button", name="Play").click()
    expect(page.locator("[data-play]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-period]")).to_contain_text("2022")
    expect(page.locator("[data-play]")).to_have_attribute("aria-pressed", "false")


def test_a_drawn_area_filters_the_list(desk):
    page = desk()
    page.locator("[data-facet=more] summary").click()
    page.get_by_role("button", name="Draw an area on the map").click()
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 520, box["y"] + 330, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("bbox="))
    assert 0 < total(page) < 60


def test_without_workers_the_page_still_counts(open_page):
    write_record()
    page = open_page("/about/", language="en")
    page.add_init_script("delete globalThis.Worker")
    page.goto("/")
    page.wait_for_selector("html[data-ready=true]")
    assert total(page) == 60


def test_without_javascript_the_list_is_the_page(open_page):
    write_record()
    page = open_page("/?kind=coordination", language="en", java_script_enabled=False)
    expect(page.locator(".row.coordination").first).to_be_visible()
    expect(page.locator(".row.incident")).to_have_count(0)
    page.locator(".row").first.click()
    expect(page.locator("article.event h1")).to_be_visible()
    page.locator(".quote a").first.click()
    expect(page.locator("article.source .quote").first).to_be_visible()


def test_a_narrow_screen_opens_the_list_as_a_sheet(desk):
    page = desk(width=360, height=740)
    page.locator("[data-sheet]").click()
    expect(page.locator("[data-list] .row").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= 360")

"""The map page under the hand: brush, keys, marks, filters, Back."""

import re

import pytest
from playwright.sync_api import Page, expect

from incidents.models import Event

pytestmark = pytest.mark.usefixtures("record")


@pytest.fixture
def overview(open_page):
    """The map page with the record, once everything is drawn."""

    def open_overview(path: str = "/", **options) -> Page:
        page = open_page(path, **{"language": "en", **options})
        page.wait_for_selector("html[data-ready=true]")
        return page

    return open_overview


def total(page: Page) -> int:
    return int(page.locator("html").get_attribute("data-total"))


def test_dragging_over_the_timeline_sets_the_period_and_a_double_click_takes_it_away(overview):
    page = overview()
    everything, plot = total(page), page.locator("[data-plot]").bounding_box()
    page.mouse.move(plot["x"] + plot["width"] * 0.3, plot["y"] + 30)
    page.mouse.down()
    page.mouse.move(plot["x"] + plot["width"] * 0.6, plot["y"] + 30, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"from=\d{4}-\d\d-\d\d&to="))
    expect(page.locator("[data-brush]")).to_be_visible()
    expect(page.locator("html")).not_to_have_attribute("data-total", str(everything))
    assert total(page) < everything
    page.mouse.dblclick(plot["x"] + plot["width"] * 0.8, plot["y"] + 30)
    expect(page.locator("[data-brush]")).to_be_hidden()
    expect(page.locator("html")).to_have_attribute("data-total", str(everything))


@pytest.mark.parametrize(("language", "forward", "unit"), [("en", "ArrowRight", "km"), ("ar", "ArrowLeft", "كم")])
def test_keys_move_the_period_and_the_scale_counts_in_the_readers_language(overview, language, forward, unit):
    page = overview(language=language)
    expect(page.locator(".leaflet-control-scale-line")).to_contain_text(unit)
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


def test_a_cluster_opens_as_a_list_on_enter(overview):
    page = overview("/#v=1&map=6/35.3/44.2")
    mark = page.locator("[data-keys] button").first
    mark.focus()
    mark.press("Enter")
    expect(page.locator("[data-panel-title]")).to_contain_text("Events at this mark")
    rows = int(page.locator("[data-list] li").first.get_attribute("aria-setsize"))
    assert 1 < rows < total(page)
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator("[data-list] li").first).to_have_attribute("aria-setsize", str(total(page)))


def test_an_event_opens_beside_the_map_and_back_closes_it(overview):
    page = overview()
    page.locator("[data-list] .row").first.click()
    expect(page.locator("[data-event] article.event")).to_be_visible()
    expect(page).to_have_url(re.compile(r"#v=1.*event=ISN-"))
    page.go_back()
    expect(page.locator("[data-list]")).to_be_visible()


def test_an_event_outside_the_filters_opens_with_a_notice(overview):
    hidden = Event.objects.filter(kind="coordination").first()
    page = overview(f"/?kind=incident#v=1&event={hidden.code}")
    expect(page.locator("[data-event] article.event")).to_be_visible()
    expect(page.locator("[data-notice]")).to_contain_text("outside the filters")


def test_a_ticked_choice_filters_and_its_neighbours_say_what_they_would_add(overview):
    page = overview()
    chip = page.locator("[data-facet=kind]")
    chip.locator("summary").click()
    everything = total(page)
    shown = int(chip.locator("label", has_text="Incident").locator(".count").inner_text())
    chip.locator("input[value=incident]").check()
    expect(page.locator("html")).to_have_attribute("data-total", str(shown))
    other = int(chip.locator("label", has_text="Joint coordination").locator(".count").inner_text())
    assert shown + other == everything


def test_the_trays_count_what_the_map_and_the_timeline_cannot_show(overview):
    page = overview()
    tray = page.locator("[data-tray=unlocated]")
    expect(tray).to_have_text("6 not on the map")
    tray.click()
    expect(page.locator("html")).to_have_attribute("data-total", "6")
    expect(page).to_have_url(re.compile("located=no"))


def test_words_find_events_by_the_server_s_search(overview):
    page = overview()
    page.locator("[name=q]").fill("مَخمُور")
    expect(page).to_have_url(re.compile("q="))
    expect(page.locator("html")).to_have_attribute("data-total", "15")


def test_playing_shows_one_step_after_the_other_and_stops(overview):
    page = overview()
    page.select_option("[data-mode]", "step")
    page.select_option("[data-unit]", "year")
    page.select_option("[data-speed]", "4")
    page.get_by_role("button", name="Play").click()
    expect(page.locator("[data-play]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-period]")).to_contain_text("2022")
    expect(page.locator("[data-play]")).to_have_attribute("aria-pressed", "false")


def start_drawing(page):
    page.locator("[data-facet=more] summary").click()
    page.get_by_role("button", name="Draw an area on the map").click()
    expect(page.locator("[data-draw-bar]")).to_be_visible()
    return page.locator("#map").bounding_box()


CORNERS = [(250, 170), (560, 190), (520, 380), (260, 330)]


def test_an_area_is_drawn_with_the_mouse_and_taken_away_again(overview):
    page = overview()
    box = start_drawing(page)
    for x, y in CORNERS:
        page.mouse.click(box["x"] + x, box["y"] + y)
    page.mouse.click(box["x"] + CORNERS[0][0] + 4, box["y"] + CORNERS[0][1] - 3)
    expect(page).to_have_url(re.compile(r"area=1~(-?[\d.]+,-?[\d.]+~?){4}$"))
    expect(page.locator("[data-draw-bar]")).to_be_hidden()
    expect(page.locator("html")).to_have_attribute("data-total", re.compile(r"^(?!0$|60$)\d+$"))
    page.get_by_role("button", name="Drawn area").click()
    expect(page.locator("html")).to_have_attribute("data-total", "60")
    assert "area=" not in page.url


def test_leaving_the_drawing_changes_nothing_and_a_line_that_crosses_itself_cannot_be_closed(overview):
    page = overview()
    box = start_drawing(page)
    page.mouse.click(box["x"] + 300, box["y"] + 200)
    page.keyboard.press("Escape")
    expect(page.locator("[data-draw-bar]")).to_be_hidden()
    assert total(page) == 60
    box = start_drawing(page)
    for x, y in ((250, 170), (560, 380), (560, 170), (250, 380)):
        page.mouse.click(box["x"] + x, box["y"] + y)
    expect(page.locator("[data-draw-hint]")).to_contain_text("crosses itself")
    expect(page.get_by_role("button", name="Close the area")).to_be_disabled()
    page.get_by_role("button", name="Take the last corner back").click()
    page.get_by_role("button", name="Close the area").click()
    expect(page).to_have_url(re.compile("area=1~"))


def test_an_area_is_drawn_with_the_keyboard_alone(overview):
    page = overview()
    start_drawing(page)
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press("Enter")
        before = page.evaluate("location.hash")
        page.keyboard.press(key)
        page.wait_for_function("before => location.hash !== before", arg=before)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the same corner again is none
    page.get_by_role("button", name="Close the area").press("Enter")
    expect(page).to_have_url(re.compile(r"area=1~(-?[\d.]+,-?[\d.]+~?){4}#"))


def test_an_area_is_drawn_with_fingers(overview):
    page = overview(width=390, height=800, has_touch=True)
    box = start_drawing(page)
    for x, y in ((40, 200), (330, 210), (200, 330)):
        page.touchscreen.tap(box["x"] + x, box["y"] + y)
    page.get_by_role("button", name="Close the area").tap()
    expect(page).to_have_url(re.compile("area=1~"))


def test_another_filter_keeps_the_area(overview):
    page = overview("/?area=1~43,34~46,34~46,36~43,36")
    page.locator("[data-facet=kind] summary").click()
    page.locator("input[name=kind][value=incident]").check()
    expect(page).to_have_url(re.compile("kind=incident&area=1~43,34~46,34~46,36~43,36"))


def test_without_workers_the_page_still_counts(open_page):
    page = open_page("/about/", language="en")
    page.add_init_script("delete globalThis.Worker")
    page.goto("/")
    page.wait_for_selector("html[data-ready=true]")
    assert total(page) == 60


def test_without_javascript_the_list_is_the_page(open_page):
    page = open_page("/?kind=coordination", language="en", java_script_enabled=False)
    expect(page.locator(".row.coordination").first).to_be_visible()
    expect(page.locator(".row.incident")).to_have_count(0)
    page.locator(".row").first.click()
    expect(page.locator("article.event h1")).to_be_visible()
    page.locator(".quote a").first.click()
    expect(page.locator("article.source .quote").first).to_be_visible()


def test_a_narrow_screen_opens_the_list_as_a_sheet(overview):
    page = overview(width=360, height=740)
    page.locator("[data-sheet]").click()
    expect(page.locator("[data-list] .row").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= 360")


def one_season(overview) -> Page:
    page = overview("/?from=2020-05-01&to=2020-08-01")
    page.get_by_role("button", name="Zoom to the period").click()
    expect(page.locator("[data-lanes] button").first).to_be_attached()
    return page


def test_a_single_event_of_the_timeline_opens_under_the_pointer(overview):
    page = one_season(overview)
    button = page.locator("[data-lanes] button").nth(1)
    code, box = button.get_attribute("data-lane"), button.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(f"[data-event-code={code}]")).to_be_visible()
    expect(page).to_have_url(re.compile(f"event={code}"))


def test_a_single_event_of_the_timeline_opens_with_the_keyboard(overview):
    page = one_season(overview)
    assert page.locator("[data-lanes] button").count() == total(page)
    button = page.locator("[data-lanes] button").first
    assert re.fullmatch(r"(Incident|Joint coordination) · .*2020 · ISN-2021-\d{6}", button.get_attribute("aria-label"))
    button.press("Enter")
    expect(page.locator(f"[data-event-code={button.get_attribute('data-lane')}]")).to_be_visible()


def test_the_printed_report_numbers_its_events_and_names_their_sources(overview):
    page = overview("/?from=2020-02-01&to=2021-08-01")
    page.evaluate("window.print = () => { document.documentElement.dataset.printed = document.querySelector('.legend').open; }")
    page.locator(".take > summary").click()
    page.get_by_role("button", name="Print this view").click()
    page.wait_for_selector("html[data-printed=true]")
    page.emulate_media(media="print")
    codes = page.locator("[data-list] .row").evaluate_all("rows => rows.map(row => row.dataset.code)")
    assert len(codes) == total(page) > 20  # more than the screen's list holds
    assert page.locator(".sources .code").all_inner_texts() == codes
    expect(page.locator(".sources > li").first.locator("ul li").first).to_be_visible()
    expect(page.locator(".legend-list")).to_be_visible()

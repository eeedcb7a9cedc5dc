"""The map in an event's form, in Arabic, from right to left: the toolbar is within reach and a click is a point."""

from datetime import date

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import expect

from incidents import curation
from tests import factories
from tests.proposals import candidate, day

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event():
    place = factories.place("العين", key="isnad:village", point=Point(43.6, 35.7, srid=4326))
    report = factories.article("هجوم على العين مساء الخميس.")
    where = {"name": "العين", "start": 9, "end": 14, "place": place.key, "where_prec": 1}
    return curation.accept(candidate=candidate(report, date=day(date(2021, 12, 2)), places=[where]), by=factories.user("first"))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_click_places_a_point_and_saving_keeps_it(open_page, event, language):
    page = open_page(f"/admin/incidents/event/{event.pk}/change/", language=language, user=factories.user("editor"))
    page.wait_for_selector("[data-point-map][data-ready=yes]")
    box = page.locator("[data-point-map]")
    box.scroll_into_view_if_needed()
    zoom = page.locator(".leaflet-control-zoom-in")
    edges, button = box.bounding_box(), zoom.bounding_box()
    assert edges["x"] <= button["x"] <= edges["x"] + edges["width"] - button["width"], "the toolbar is clipped"
    zoom.click()
    page.mouse.click(edges["x"] + edges["width"] * 0.7, edges["y"] + edges["height"] * 0.4)
    latitude, longitude = (float(n) for n in page.input_value("#id_point").split(","))
    assert abs(latitude - 35.7) < 0.5
    assert 0 < longitude - 43.6 < 0.5
    page.fill("#id_reason", "رأيته على الصورة")
    page.click("input[name=_continue]")
    page.wait_for_load_state()
    event.refresh_from_db()
    assert (round(event.point.y, 6), round(event.point.x, 6)) == (latitude, longitude)


def test_pasted_coordinates_move_the_mark_and_a_far_point_is_warned_of(open_page, event):
    page = open_page(f"/admin/incidents/event/{event.pk}/change/", user=factories.user("editor"))
    page.wait_for_selector("[data-point-map][data-ready=yes]")
    assert page.locator("[data-point-warning]").is_hidden()
    page.fill("#id_point", "33.3, 44.4")
    expect(page.locator("[data-point-warning]")).to_be_visible()
    page.fill("#id_point", "35.71, 43.61")
    expect(page.locator("[data-point-warning]")).to_be_hidden()
    assert page.locator(".point-mark").is_visible()


def test_the_map_has_the_colours_of_land_and_water_and_shows_where_the_gazetteer_has_the_place(open_page, event):
    page = open_page(f"/admin/incidents/event/{event.pk}/change/", user=factories.user("editor"))
    page.wait_for_selector("[data-point-map][data-ready=yes]")
    fills = page.locator(".leaflet-base-pane path").evaluate_all("paths => paths.map(path => path.getAttribute('fill'))")
    assert fills
    assert all(fill and fill.startswith("#") for fill in fills), "without the tokens Leaflet paints black"
    expect(page.locator(".point-known")).to_have_count(1)
    line, map_box = page.locator("#id_point").bounding_box(), page.locator("[data-point-map]").bounding_box()
    assert line["height"] < 60
    assert line["y"] + line["height"] <= map_box["y"], "the map stands under its line"


def test_an_answer_that_comes_late_takes_nothing_away(open_page, event):
    page = open_page(f"/admin/incidents/event/{event.pk}/change/", user=factories.user("editor"))
    page.wait_for_selector("[data-point-map][data-ready=yes]")
    expect(page.locator(".point-known")).to_have_count(1)
    page.evaluate(
        """async () => {
            const quick = fetch, held = [];
            window.fetch = async (...asked) => {
                const answer = await quick(...asked);
                await new Promise(go => held.push(go));
                return answer;
            };
            django.jQuery("#id_place").trigger("change");
            document.querySelector("#id_point").dispatchEvent(new Event("input"));
            while (held.length < 2) await new Promise(requestAnimationFrame);
            for (const go of held.reverse()) { go(); await new Promise(requestAnimationFrame); }
        }"""
    )
    expect(page.locator(".point-known")).to_have_count(1)

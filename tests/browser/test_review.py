"""The desk in a browser: one key a verdict, the next candidate at once, the words a field stands on, and all of it without a script."""

import pytest
from django.contrib.auth.models import User
from django.contrib.gis.geos import Point, Polygon
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from incidents import curation, triage
from incidents.models import Candidate, Event
from sources.models import TextReuse
from tests import factories
from tests.browser.access import NARROW, problems, sideways

# An emoji is one code point and two UTF-16 units; HTML parsers turn CRLF into LF. Both would shift every offset after them.
HEAD = "عاجل 🚨 من مخمور\r\n\r\n"
ATTACK = "قتل ثلاثة عشر شخصاً في هجوم شنه داعش على قرية خضر جيجة مساء الخميس."
pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(transactional_db):
    return factories.user("editor")


@pytest.fixture
def candidates(editor):
    """Three candidates, the newest article's first."""
    rows = []
    for number in range(3):
        article = factories.article(f"{HEAD}{ATTACK} الخبر {number}.", title=f"خبر {number}")
        start = article.text.index(ATTACK)
        toll = {"start": start, "end": start + 3, "harm": "killed", "party": "mixed", "low": 13, "high": 13}
        rows.append(factories.candidate(article, quotes=(ATTACK,), casualties=[toll]))
    return rows[::-1]


def desk(open_page, editor, path="/desk/queue/", **options) -> Page:
    page = open_page(path, user=editor, **{"language": "en", **options})
    if options.get("java_script_enabled", True):
        ready(page)
    return page


def ready(page: Page) -> None:
    # Not wait_for_function: it would poll through eval, which the page's policy refuses.
    page.locator("html[data-ready=true]").wait_for(state="attached")


def goes_to(page: Page, address: str) -> None:
    page.wait_for_url(f"**{address}")
    ready(page)


def at(row: Candidate) -> str:
    return f"/desk/candidates/{row.pk}/"


def verdict(row: Candidate) -> str:
    return Candidate.objects.get(pk=row.pk).verdict


def test_a_right_candidate_takes_one_key_and_reading_goes_on_with_the_next(open_page, editor, candidates):
    _first, second, third = candidates
    page = desk(open_page, editor)
    expect(page.locator(".progress-line strong")).to_have_text("1 of 3")
    page.keyboard.press("a")
    goes_to(page, at(second))
    expect(page.locator(".progress-line strong")).to_have_text("2 of 3")
    expect(page.locator("#proposal-title")).to_be_focused()
    # The same key on an Arabic keyboard writes another letter.
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyA', key: 'ش', bubbles: true}))")
    goes_to(page, at(third))
    assert [verdict(row) for row in candidates] == ["accepted", "accepted", ""]
    page.locator("#keys").uncheck()
    page.reload()
    ready(page)
    expect(page.locator("#keys")).not_to_be_checked()
    page.keyboard.press("a")
    page.keyboard.press("Tab")
    assert verdict(third) == ""


def test_a_key_counts_from_the_moment_the_candidate_is_on_screen_and_not_before(open_page, editor, candidates):
    first, second, _third = candidates
    page = desk(open_page, editor)
    held: list[Route] = []
    page.route("**/pages/review.js", lambda route: held.append(route), times=1)
    page.goto(at(first), wait_until="commit")
    page.evaluate("new Promise((seen) => new PerformanceObserver(seen).observe({ type: 'paint', buffered: true }))")
    # The page is on screen, its script still on the way. The first key was pressed for the page before.
    page.evaluate("earlyKeys.push({ code: 'KeyS', timeStamp: 0, target: document.body, preventDefault() {} })")
    page.keyboard.press("a")
    held[0].continue_()
    goes_to(page, at(second))
    assert (verdict(first), Candidate.objects.get(pk=first.pk).skipped_by.count()) == ("accepted", 0)


def test_merge_reject_skip_and_undo_are_keys_too_three_at_most(open_page, editor, candidates):
    first, second, third = candidates
    known = triage.accept(candidate=first, by=editor)
    page = desk(open_page, editor)
    expect(page.locator(".similar")).to_contain_text(known.code)
    for key, address in (("a", at(third)), ("u", at(second)), ("1", at(third))):
        page.keyboard.press(key)
        goes_to(page, address)
    second.refresh_from_db()
    assert (second.verdict, second.event) == ("merged", known)
    page.keyboard.press("r")
    page.keyboard.press("5")
    page.wait_for_url("**/desk/")
    assert Candidate.objects.get(pk=third.pk).reason == "misread"
    page.goto(at(third))
    ready(page)
    page.keyboard.press("u")
    goes_to(page, at(third))
    assert verdict(third) == ""
    page.keyboard.press("s")
    page.wait_for_url("**/desk/")
    expect(page.locator(".pile.candidates")).to_contain_text("1 set aside")


def test_a_correction_and_its_acceptance_need_no_mouse(open_page, editor, candidates):
    first, second, _third = candidates
    page = desk(open_page, editor, expect_errors=True)
    page.keyboard.press("r")
    page.locator("#reject-words").press("a")  # a letter where somebody writes
    expect(page.locator("#reject-words")).to_have_value("a")
    for key in ("Escape", "e"):
        page.keyboard.press(key)
    expect(page.locator("#id_head-type")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#correct > summary")).to_be_focused()
    expect(page.locator("details[open]")).to_have_count(0)
    page.keyboard.press("e")
    page.locator("#id_head-type").select_option("ambush")
    page.locator("[name=casualties-0-high]").fill("3")
    page.keyboard.press("Control+Enter")
    goes_to(page, f"{at(first)}judge/")
    expect(page.locator("#correct .errors")).to_be_focused()
    page.locator("[name=casualties-0-high]").fill("13")
    page.keyboard.press("Control+Enter")
    goes_to(page, at(second))
    assert Candidate.objects.get(pk=first.pk).event.type == "ambush"


def test_a_point_is_picked_on_the_map_and_the_wrong_district_is_warned_of(open_page, editor):
    district = factories.place("مخمور", level="district", boundary=Polygon.from_bbox((43.4, 35.5, 43.8, 35.9)))
    village = factories.place("خضر جيجة", spellings=("خدرجيجة",), under=district, point=Point(43.6, 35.7, srid=4326))
    row = factories.candidate(factories.article(ATTACK), places=[{"start": 0, "end": 3, "name": "قرية", "place": None, "where_prec": 1}])
    page = desk(open_page, editor, at(row), language="ar")  # right to left is where Leaflet goes wrong
    page.keyboard.press("e")
    page.locator("#id_places-0-place").press_sequentially("خدرجي")
    expect(page.locator(f"#correct option[value$='[{village.key}]']")).to_have_count(1)
    page.locator("#id_places-0-place").fill(f"[{village.key}]")
    page.locator(".row:has(#id_places-0-place) summary").click()
    box = page.locator(".row:has(#id_places-0-place) [data-point-map][data-ready=yes]")
    warning, line = page.locator(".row:has(#id_places-0-place) [data-point-warning]"), page.locator("#id_places-0-point")
    edges = box.bounding_box()
    box.click(position={"x": edges["width"] / 2, "y": edges["height"] / 2})
    latitude, longitude = (float(n) for n in line.input_value().split(","))
    assert (abs(latitude - 35.7) < 0.01, abs(longitude - 43.6) < 0.01) == (True, True), "the map opens on the place that is named"
    expect(warning).to_be_hidden()
    line.fill("35.95, 43.6")
    expect(warning).to_be_visible()
    line.fill("35.71, 43.61")
    expect(warning).to_be_hidden()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/desk/")
    event = Candidate.objects.get(pk=row.pk).event
    assert event.point.coords == (43.61, 35.71)
    assert event.place == village


def test_a_field_shows_its_own_words_and_a_colleague_sees_who_is_on_it_and_may_not_judge(open_page, editor, candidates):
    page = desk(open_page, editor)
    painted = "[...CSS.highlights.get(%r)].map(String)"
    assert page.evaluate(painted % "quotes") == [ATTACK]
    page.locator(".values .casualties button").click()
    assert page.evaluate(painted % "current") == [ATTACK[:3]]
    other = desk(open_page, factories.user("colleague"), at(candidates[0]))
    expect(other.locator(".notice.warning[role=alert]")).to_contain_text("editor is on this candidate")
    expect(other.locator(".verdict")).to_have_count(0)
    elsewhere = desk(open_page, factories.user("third"))
    assert elsewhere.url.endswith(at(candidates[1]))
    page.keyboard.press("e")
    page.locator("#id_casualties-0-low").fill("12")
    Candidate.objects.update(held_until=timezone.now())
    told(other, "Nobody is on this candidate any more")
    triage.hold(candidate=candidates[0], by=User.objects.get(username="colleague"))
    told(page, "colleague is on this candidate until")
    triage.reject_candidate(candidate=candidates[0], by=User.objects.get(username="colleague"), reason="misread")
    told(page, "colleague judged this candidate at")
    expect(page.locator("#id_casualties-0-low")).to_have_value("12")


def told(page: Page, words: str) -> None:
    """Whoever comes back to the page is told so over what is written there."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(".news")).to_contain_text(words)


def test_on_an_event_s_page_a_key_leads_to_every_verb_and_a_colleague_s_change_is_told(open_page, editor, candidates):
    event = triage.accept(candidate=candidates[0], by=editor)
    factories.link(event, factories.told_event(status="draft"), status="open")
    page = desk(open_page, editor, f"/desk/events/{event.code}/")
    jumps = page.locator(".jumps [data-key]").evaluate_all("links => links.map(link => [link.dataset.key.at(-1), link.hash.slice(1)])")
    assert {key for key, _ in jumps} >= set("NLCMRKGAOH")
    for key, target in jumps:
        page.keyboard.press("Escape")
        page.keyboard.press(key.lower())
        assert page.evaluate("document.activeElement.id") == target, key
        page.evaluate("document.activeElement.blur()")
    page.keyboard.press("o")
    page.keyboard.press("Tab")
    page.keyboard.type("Read it again.")
    curation.edit(event=event, changes={"title_en": "Theirs"}, by=factories.user("colleague"), reason="Plainer.")
    told(page, "colleague changed this since you opened it")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notice.actions")).to_contain_text("Read it again.")
    other = triage.accept(candidate=candidates[1], by=editor)
    page.reload()
    ready(page)
    page.keyboard.press("m")
    page.keyboard.press(page.locator(f"button[value={other.code}]").get_attribute("data-digit"))
    page.keyboard.type("One attack, told twice.")
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_contain_text("Merged")
    assert Event.objects.get(pk=other.pk).merged_into == event


def test_marked_words_become_a_passage_and_a_claim(open_page, editor, candidates):
    event = triage.accept(candidate=candidates[0], by=editor)
    article = candidates[0].article
    page = desk(open_page, editor, f"/desk/articles/{article.pk}/?event={event.code}")
    start = article.text.index("خضر جيجة")
    unit = start + 1  # the emoji's second unit
    page.evaluate(
        "([start, end]) => { const node = document.getElementById('article-text').firstChild;"
        " getSelection().setBaseAndExtent(node, start, node, end); }",
        [unit - 1, unit + len("خضر جيجة") + 1],
    )
    page.keyboard.press("m")
    expect(page.locator("#marking [name$=-words]")).to_have_value("خضر جيجة")
    page.locator("#marking [name$=-attribute]").select_option("place")
    page.get_by_role("button", name="Make passage and claim").click()
    expect(page.locator(".message")).to_contain_text(event.code)
    claim = event.claims.get(attribute="place")
    assert (claim.passage.exact, claim.passage.start, claim.place_text) == ("خضر جيجة", start, "خضر جيجة")


def test_the_queue_works_without_a_script(open_page, editor, candidates):
    page = desk(open_page, editor, java_script_enabled=False)
    page.get_by_role("button", name="Accept", exact=True).click()
    page.wait_for_url(f"**{at(candidates[1])}")
    page.locator("#reject summary").click()
    page.get_by_role("button", name="Misread by the machine").click()
    page.wait_for_url(f"**{at(candidates[2])}")
    assert [verdict(row) for row in candidates] == ["accepted", "rejected", ""]
    assert Event.objects.count() == 1


def test_no_serious_fault_of_access_and_no_sideways_scroll(open_page, editor, candidates):
    event = triage.accept(candidate=candidates[0], by=editor)
    curation.comment(event=event, text="ط" * 2000, by=editor)  # one word, wider than any screen
    factories.statistic()
    attack, meeting = factories.told_event(status="draft"), factories.told_event("meeting", status="draft")
    factories.link(meeting, attack, status="open")
    factories.commitment(meeting)
    first, second = sorted(claim.passage.pk for told in (attack, meeting) for claim in told.claims.all()[:1])
    TextReuse.objects.create(first_id=first, second_id=second, containment=0.9)
    factories.submission()
    pages = ["/desk/", "/desk/links/", "/desk/reuse/", "/desk/statistics/", "/desk/commitments/", "/desk/sources/", "/desk/jobs/"]
    pages += ["/desk/imports/", at(candidates[1]), f"/desk/articles/{candidates[0].article.pk}/", f"/desk/events/{event.code}/"]
    arabic, english = (open_page("/desk/", user=editor, language=language, width=NARROW, bypass_csp=True) for language in ("ar", "en"))
    wrong = []
    for path in pages:
        for page in (arabic, english):
            page.goto(path)
            # What is folded is read as well.
            page.evaluate("document.querySelectorAll('.event-at-desk details').forEach(details => details.open = true)")
        # What axe asks of a page does not depend on its language; how wide its words are does.
        wrong += problems(arabic, path) + sideways(english, path)
    assert wrong == []

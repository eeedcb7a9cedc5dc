from datetime import date

import pytest

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

# A chart is a canvas: its words are caught on their way there, when the window's new size draws it again.
LISTEN = """() => {
  window.drawn = [];
  const fillText = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.drawn.push(text);
    return fillText.call(this, text, ...rest);
  };
  dispatchEvent(new Event("resize"));
}"""


def test_a_month_is_named_where_it_begins_whatever_the_readers_clock(open_page):
    for number, day in enumerate((date(2020, 1, 15), date(2021, 12, 15)), start=1):
        factories.told_event(code=f"ISN-2021-{number:06}", date_start=day, date_end=day)
    # The policy would refuse to evaluate what the test waits for.
    page = open_page("/trends/", language="en", timezone_id="Asia/Baghdad", bypass_csp=True)
    page.wait_for_selector("html[data-ready=true]")
    page.evaluate(LISTEN)
    page.wait_for_function("drawn.some(word => /2021/.test(word))")
    # Over two years every second, third, fourth or sixth month is named, from January on: never December.
    assert "Jan 2021" in page.evaluate("drawn")
    assert "Dec 2020" not in page.evaluate("drawn")

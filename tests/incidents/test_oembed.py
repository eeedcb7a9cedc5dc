"""Other sites show a view of the map by its address, and nothing else by ours."""

from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def card(**given: str):
    return Client().get("/oembed/", given)


@pytest.mark.parametrize("page", ["", "embed/"])
def test_a_view_s_page_leads_to_the_card_of_just_that_view(page):
    text = Client().get(f"/{page}?kind=incident&q=%22x%22").content.decode()
    address = unescape(text.split('application/json+oembed" href="')[1].split('"')[0])
    found = Client().get(address.removeprefix("http://testserver")).json()
    assert (found["version"], found["type"]) == ("1.0", "rich")
    assert 'src="http://testserver/embed/?kind=incident&amp;q=%22x%22"' in found["html"]


def test_xml_says_what_json_says():
    view = "http://testserver/?type=ied,ambush&from=2021-01-01"
    xml = {each.tag: each.text for each in ElementTree.fromstring(card(url=view, format="xml").content)}  # noqa: S314 - our own
    assert xml == {name: str(value) for name, value in card(url=view).json().items()}


def test_a_card_keeps_within_the_size_asked_for():
    found = card(url="http://testserver/", maxwidth="400", maxheight="99999").json()
    assert (found["width"], found["height"]) == (400, 500)
    assert card(url="http://testserver/", maxwidth="-5").json()["width"] == 800


@pytest.mark.parametrize("address", ["", "http://elsewhere.example/", "javascript://testserver/", "http://testserver/admin/", "http://[/"])
def test_no_other_address_has_a_card(address):
    assert card(url=address).status_code == 404


def test_another_format_is_not_implemented():
    assert card(url="http://testserver/", format="yaml").status_code == 501


def test_a_hostile_query_stays_inside_its_attribute():
    assert "<script" not in card(url='http://testserver/?q="><script>').json()["html"]

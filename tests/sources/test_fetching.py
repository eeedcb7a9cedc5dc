"""A fetched address reaches only the public internet, whatever is written in it, whatever its name server says, wherever it redirects."""

import gzip
import re
import threading
import time
import tracemalloc
import zlib

import pytest

from sources.addresses import is_public
from sources.fetching import FetchError, Version, fetch
from tests.sources.web import PUBLIC, Internet, answer

# Refused by how they are written, before anybody is asked.
WRITTEN = r"""
ftp://news.example/a|file:///etc/passwd|gopher://news.example/|javascript:alert(1)|data:text/html,x|ws://news.example/|news.example/a|//news.example/a
http:/news.example|http://|https://|http:///etc/passwd|http://?q=1|mailto:a@news.example|jar:http://news.example!/|dict://news.example:11211/
http://user@news.example/|http://user:pass@news.example/|http://news.example@127.0.0.1/|http://127.0.0.1@news.example/|http://@news.example/|http://a%40b@news.example/
http://news.example:8080/|http://news.example:22/|http://news.example:443/|https://news.example:80/|http://news.example:0/|http://news.example:99999/
http://news.example:/|http://news.example:-80/|http://news.example:80a/|http://news.example:٨٠٨٠/|https://news.example:8443/
http://127.0.0.1/|http://10.0.0.1/|http://192.168.1.1/|http://169.254.169.254/latest/meta-data/|http://93.184.216.34/|http://0.0.0.0/|http://255.255.255.255/
http://2130706433/|http://0x7f000001/|http://0x7f.0x0.0x0.0x1/|http://0177.0.0.1/|http://017700000001/|http://127.1/|http://127.0.1/|http://0/|http://1/
http://127.0.0.1./|http://127。0。0。1/|http://１２７.0.0.1/|http://①②⑦.0.0.1/|http://127.0.0.0x1/|http://127.0.0.1.1/|http://3232235521/|http://0xa9fea9fe/
http://[::1]/|http://[::]/|http://[::ffff:127.0.0.1]/|http://[::ffff:7f00:1]/|http://[64:ff9b::7f00:1]/|http://[fe80::1%25eth0]/|http://[fd00::1]/|http://[2002:7f00:1::]/
http://[2606:2800:220:1::1]/|http://[::1|http://::1/|http://[v1.fe80]/
http://localhost/|http://localhost./|http://LOCALHOST/|http://a.localhost/|http://printer.local/|http://db.internal/|http://router.lan/|http://nas.home/|http://x.corp/
http://wiki.intranet/|http://1.0.0.127.in-addr.arpa/|http://intranet/|http://db/|http://a.test/|http://a.invalid/|http://x.onion/
http://news.example\@127.0.0.1/|http://news.example\.evil.example/|http://127.0.0.1%2f@news.example/|http://%31%32%37.0.0.1/|http://news%2eexample/
http://-news.example/|http://news-.example/|http://news..example/|http://.example/|http://news_.example/|http://news example/|http://new\ts.example/
http://news.example/a b|http://news.example/\x00|http://news.example/\r\nHost: evil|http://news.example/<script>|http://\ud800.example/
"""
ESCAPES = {"x00": "\0", "r": "\r", "n": "\n", "t": "\t", "ud800": "\ud800"}
HOSTILE = [url for line in WRITTEN.strip("\n").split("\n") for url in line.split("|")]

# What a name server may answer instead of an address on the public internet.
INNER = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.216.34",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "::93.184.216.34",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:5db8:d822::",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "2620:4f:8000::1",
    "2606:2800:220:1::1%1",
    "localhost",
    "127.1",
    "0177.0.0.1",
    "2130706433",
]


def test_the_tables_hold_more_than_120_hostile_addresses():
    assert len(HOSTILE) + len(INNER) >= 120


def refused(internet: Internet, url: str) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, resolve=internet.resolve, dial=internet.dial, deadline=5)
    assert str(caught.value).strip()
    return str(caught.value)


@pytest.mark.parametrize("url", HOSTILE, ids=ascii)
def test_an_address_that_is_no_plain_public_name_is_refused_unasked(url):
    internet = Internet()
    refused(internet, re.sub(r"\\(x00|r|n|t|ud800)", lambda m: ESCAPES[m[1]], url))
    assert (internet.asked, internet.dialled) == ([], [])


@pytest.mark.parametrize("address", INNER)
def test_a_name_that_stands_for_an_inner_address_is_not_connected_to(address):
    internet = Internet(names={"news.example": [address]})
    refused(internet, "http://news.example/")
    assert internet.dialled == []


@pytest.mark.parametrize("address", INNER)
def test_one_inner_address_among_public_ones_refuses_them_all(address):
    internet = Internet(names={"news.example": [PUBLIC, address]})
    refused(internet, "https://news.example/")
    assert internet.dialled == []


@pytest.mark.parametrize(
    "location",
    [*HOSTILE[:1], "http://127.0.0.1/", "//10.0.0.1/", "http://inner.example/", "file:///etc/passwd", "http://news.example:25/", ""],
)
def test_a_redirect_is_checked_like_the_first_address(location):
    internet = Internet(names={"inner.example": ["10.0.0.7"]}, sites={"/": answer(status="302 Found", location=location or " ")})
    refused(internet, "http://news.example/")
    assert internet.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:2800:220:1::1", "2a00:1450::1"]
)
def test_public_addresses_are_public(address):
    assert is_public(address)


def test_the_connection_goes_to_the_address_that_was_checked():
    """A name server that answers differently the second time is not asked a second time."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    internet = Internet(sites={"/": answer(b"<p>news</p>")})
    page = fetch("http://news.example/", resolve=lambda host: next(answers), dial=internet.dial)
    assert page.body == b"<p>news</p>"
    assert internet.dialled == [(PUBLIC, 80)]


def test_a_page_comes_with_its_final_address_type_and_charset():
    internet = Internet(
        sites={
            "/a": answer(status="301 Moved", location="/b%20c?x=1"),
            "/b%20c?x=1": answer(gzip.compress(b"text"), content_encoding="gzip"),
        }
    )
    page = fetch(" http://News.Example/a#part ", resolve=internet.resolve, dial=internet.dial)
    assert (page.url, page.content_type, page.charset, page.body) == ("http://news.example/b%20c?x=1", "text/html", "utf-8", b"text")


def test_an_arabic_address_is_asked_for_in_ascii():
    internet = Internet(sites={"/%D8%AE%D8%A8%D8%B1": answer(b"x")})
    page = fetch("http://أخبار.example/خبر", resolve=internet.resolve, dial=internet.dial)
    assert page.body == b"x"
    assert internet.asked == ["xn--igbicxr.example"]


def test_redirects_in_a_circle_are_given_up():
    internet = Internet(sites={"/": answer(status="302 Found", location="/")})
    assert "5" in refused(internet, "http://news.example/")
    assert len(internet.dialled) == 6


@pytest.mark.parametrize(
    "reply",
    [
        answer(status="404 Not Found"),
        answer(status="500 Oops"),
        answer(b"%PDF", content_type="application/pdf"),
        answer(b"x", content_type=""),
        answer(b"x", content_encoding="br"),
        answer(b"not gzip", content_encoding="gzip"),
        answer(gzip.compress(b"x" * 9999)[:-20], content_encoding="gzip"),
        answer(b"half", content_length="4000"),
        answer(b"zz\r\nbroken", content_length="", transfer_encoding="chunked"),
        answer(b"", content_length="999999999999"),
        b"SSH-2.0-OpenSSH\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
    ids=lambda reply: ascii(reply[:40]),
)
def test_an_answer_that_is_no_whole_page_is_refused_with_a_sentence(reply):
    refused(Internet(sites={"/": reply}), "http://news.example/")


def drip(piece: bytes, first: bytes = b""):
    """A server that sends `piece` again and again, slower than anybody would wait for, faster than a time-out of one read."""
    stop = threading.Event()

    def serve(sock):
        sock.sendall(first)
        while not stop.wait(0.05):
            sock.sendall(piece)

    return serve


@pytest.mark.parametrize(
    "first", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"], ids=["line", "header", "body"]
)
def test_a_slow_drip_ends_at_the_deadline(first):
    internet = Internet(sites={"/": drip(b"x", first)})
    begun = time.monotonic()
    with pytest.raises(FetchError):
        fetch("http://news.example/", resolve=internet.resolve, dial=internet.dial, deadline=0.4)
    assert time.monotonic() - begun < 2


def test_a_name_server_that_never_answers_ends_at_the_deadline():
    begun, never = time.monotonic(), threading.Event()
    with pytest.raises(FetchError):
        fetch("http://news.example/", resolve=lambda host: never.wait(30) and [], dial=Internet().dial, deadline=0.3)
    never.set()
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("make", [gzip.compress, lambda body: zlib.compress(body, wbits=31)])
def test_a_compression_bomb_costs_no_more_than_the_limit(make):
    packed = make(b"\0" * 300_000_000)
    internet = Internet(sites={"/": answer(packed, content_encoding="gzip")})
    tracemalloc.start()
    try:
        with pytest.raises(FetchError):
            fetch("http://news.example/", resolve=internet.resolve, dial=internet.dial)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 50_000_000


def test_an_endless_page_is_cut_off():
    internet = Internet(sites={"/": drip(b"x" * 65_536, b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")})
    with pytest.raises(FetchError):
        fetch("http://news.example/", resolve=internet.resolve, dial=internet.dial, most=100_000)


def test_nothing_in_an_address_can_add_a_header():
    internet = Internet(sites={})
    refused(internet, "http://news.example/a%0d%0aX-Evil:%201?q=%0d%0aY")
    assert internet.requests[0].count(b"\r\n") == 7


def test_only_the_types_asked_for_are_read():
    internet = Internet(sites={"/rss": answer(b"<rss/>", content_type="application/rss+xml")})
    refused(internet, "http://news.example/rss")
    found = fetch("http://news.example/rss", types={"application/rss+xml"}, resolve=internet.resolve, dial=internet.dial)
    assert found.body == b"<rss/>"
    assert b"Accept: application/rss+xml\r\n" in internet.requests[-1]


@pytest.mark.parametrize("etag", ["x" * 201, "\u00e9", "a\x01b"])
def test_a_version_that_could_not_be_sent_back_as_it_came_is_none(etag):
    web = Internet(sites={"/": answer(b"<p>x", etag=etag)})
    assert fetch("http://news.example/", resolve=web.resolve, dial=web.dial).version == Version()


def test_a_304_nobody_asked_for_is_a_failure():
    web = Internet(sites={"/": answer(status="304 Not Modified")})
    with pytest.raises(FetchError, match="304"):
        fetch("http://news.example/", resolve=web.resolve, dial=web.dial)

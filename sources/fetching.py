"""The guarded fetcher: gets a page from the public internet, and nothing from anywhere else.

A name is looked up once and the connection is made to the very address that was checked, so that a second answer of the name server has
no effect. One deadline covers everything: look-up, redirects, handshake, headers, body. Bytes are counted after decompression.
"""

import http.client
import io
import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from history.sentences import sentence as _
from sources.addresses import FetchError, Target, is_public, target_of
from sources.intake import MAX_BYTES

__all__ = ["FetchError", "Fetched", "Unchanged", "Version", "fetch"]

DEADLINE = 20.0  # seconds for the whole
REDIRECTS = 5
MOST_VERSION = 200  # characters
CHUNK = 65_536
TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
AGENT = "Isnad/1 (archive of published news reports)"

Resolve = Callable[[str], list[str]]
"""A host name to the IP addresses it stands for, as text."""
Dial = Callable[[str, int, float], Any]
"""(IP address, port, seconds) to a connected stream socket."""


@dataclass(frozen=True)
class Version:
    """How the site names the version of a page it sent: its ETag and Last-Modified, as written, '' where it names none."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> str:
        """The lines of a request that ask for the page only if it is another version."""
        lines = (("If-None-Match", self.etag), ("If-Modified-Since", self.modified))
        return "".join(f"{name}: {value}\r\n" for name, value in lines if value)


class Unchanged(Exception):
    """The site says that the page is still of the version that was named to it."""


@dataclass(frozen=True)
class Fetched:
    """A page as it came: its final address, its type, the character set its header names ('' where none), its bytes, its version."""

    url: str
    content_type: str
    charset: str
    body: bytes
    version: Version = Version()


def fetch(
    url: str,
    *,
    types: Collection[str] = TYPES,
    known: Version | None = None,
    resolve: Resolve | None = None,
    dial: Dial | None = None,
    deadline: float = DEADLINE,
    most: int = MAX_BYTES,
) -> Fetched:
    """Get the page at `url`, if it is of one of the content types. Raises FetchError with a sentence for the one who gave the address.

    `known` is the version that is at hand: where the site says that it still holds, Unchanged is raised and no page is sent.
    """
    clock = _Clock(time.monotonic() + deadline)
    target, known = target_of(url), known or Version()
    for _hop in range(REDIRECTS + 1):
        response, line = _ask(target, clock, types, known, resolve or _resolve, dial or _dial)
        try:
            if response.status in (301, 302, 303, 307, 308):
                target = target_of(_plain(response.getheader("Location") or ""), base=target.url)
                continue
            if response.status == 304 and known.headers:
                raise Unchanged
            return _read(target, response, clock, types, most)
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise _said(error, target) from error
        finally:
            line.close()
    raise FetchError(_("The site sends from one address to the next; after %(n)d it was given up.") % {"n": REDIRECTS})


class _Clock:
    """What is left of the one deadline."""

    def __init__(self, end: float) -> None:
        self.end = end

    def left(self) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise FetchError(_("The site took too long to answer."))
        return left


class _Line(io.RawIOBase):
    """A socket under the deadline: a server that drips one byte a second is cut off like one that says nothing."""

    def __init__(self, sock: Any, clock: _Clock) -> None:
        self.sock, self.clock = sock, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.sock.settimeout(self.clock.left())
        return int(self.sock.recv_into(buffer))

    def makefile(self, *_mode: Any, **_options: Any) -> io.BufferedReader:
        return io.BufferedReader(self, CHUNK)

    def close(self) -> None:
        self.sock.close()
        super().close()


def _ask(
    target: Target, clock: _Clock, types: Collection[str], known: Version, resolve: Resolve, dial: Dial
) -> tuple[http.client.HTTPResponse, _Line]:
    """Send the request to a checked address; the answer's head, and the line it came by."""
    addresses = _look_up(target.host, clock, resolve)
    refused = [address for address in addresses if not is_public(address)]
    if refused or not addresses:
        # One inner address among public ones is an attack or a mistake; either way none of them is asked.
        raise FetchError(_("%(host)s does not stand for an address on the public internet.") % {"host": target.host})
    try:
        sock = dial(addresses[0], target.port, clock.left())
    except OSError as error:
        raise _said(error, target) from error
    try:
        sock.settimeout(clock.left())
        if target.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=target.host)
        line = _Line(sock, clock)
        sock.sendall(
            f"GET {target.path} HTTP/1.1\r\nHost: {target.host}\r\nUser-Agent: {AGENT}\r\nAccept: {', '.join(sorted(types))}\r\n"
            f"Accept-Encoding: gzip\r\n{known.headers}Connection: close\r\n\r\n".encode("ascii")
        )
        response = http.client.HTTPResponse(line)  # type: ignore[arg-type]
        response.begin()
    except (OSError, http.client.HTTPException, FetchError) as error:
        sock.close()
        raise _said(error, target) from error
    return response, line


def _look_up(host: str, clock: _Clock, resolve: Resolve) -> list[str]:
    """The resolver has no deadline of its own: it is waited for from another thread, and left behind when time is up."""
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=clock.left())
    except queue.Empty:
        raise FetchError(_("The site took too long to answer.")) from None
    if isinstance(answer, OSError):
        raise FetchError(_("There is no site of the name %(host)s.") % {"host": host}) from answer
    return answer


def _read(target: Target, response: http.client.HTTPResponse, clock: _Clock, types: Collection[str], most: int) -> Fetched:
    if response.status != 200:
        raise FetchError(_("The site answered: %(status)s") % {"status": f"{response.status} {response.reason[:80]}".strip()})
    content_type = (response.getheader("Content-Type") or "").split(";")[0].strip().lower()
    if content_type not in types:
        read = {"type": content_type[:80] or "?", "types": ", ".join(sorted(types))}
        raise FetchError(_("What stands there is of the type “%(type)s”; only %(types)s are read.") % read)
    if (response.length or 0) > most:
        raise FetchError(_("The page has more than %(most)d bytes.") % {"most": most})
    encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise FetchError(_("The page is packed in a way that was not asked for."))
    unpack = zlib.decompressobj(wbits=31) if encoding != "identity" else None
    body = bytearray()
    while chunk := response.read1(CHUNK):
        clock.left()
        # One byte more than may be kept: enough to know that there is more, however small it was packed.
        body += unpack.decompress(chunk, most + 1 - len(body)) if unpack else chunk
        if len(body) > most:
            raise FetchError(_("The page has more than %(most)d bytes.") % {"most": most})
    if response.length:
        raise FetchError(_("The connection broke off in the middle of the page."))
    if unpack and not unpack.eof:
        raise FetchError(_("The packed page is broken off or damaged."))
    charset = response.headers.get_content_charset() or ""
    return Fetched(target.url, content_type, charset, bytes(body), _version_of(response))


def _version_of(response: http.client.HTTPResponse) -> Version:
    """What may be sent back as it came: printable ASCII of a sane length; anything else is no name of a version."""
    said = [response.getheader(name) or "" for name in ("ETag", "Last-Modified")]
    return Version(*(value if len(value) <= MOST_VERSION and value.isascii() and value.isprintable() else "" for value in said))


def _plain(location: str) -> str:
    """A Location header's text: http.client reads headers as Latin-1, sites write UTF-8 into them."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _said(error: Exception, target: Target) -> FetchError:
    """What went wrong on the line, in words for an editor."""
    if isinstance(error, FetchError):
        return error
    if isinstance(error, TimeoutError):
        return FetchError(_("The site took too long to answer."))
    if isinstance(error, ssl.SSLError):
        return FetchError(_("The certificate of %(host)s does not hold.") % {"host": target.host})
    if isinstance(error, http.client.HTTPException | zlib.error):
        return FetchError(_("The site's answer cannot be read."))
    return FetchError(_("%(host)s cannot be reached.") % {"host": target.host})


def _resolve(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def _dial(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=seconds)

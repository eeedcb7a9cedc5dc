"""Which web addresses a server of ours may open: names on the public internet, on the scheme's own port, and nothing else.

Python's `is_private` misses carrier-grade NAT, NAT64 and 6to4; the ranges are listed here after IANA's special-purpose registries.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from history.sentences import sentence as _

LONGEST = 2000
_IPV4_RESERVED = [
    ip_network(n)
    for n in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, where clouds keep their metadata service
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
]
# Of IPv6 only this is handed out for global unicast; mapped, NAT64, unique-local, link-local and multicast all lie outside it.
_IPV6_GLOBAL = ip_network("2000::/3")
_IPV6_RESERVED = [
    ip_network(n)
    for n in (
        "2001::/23",  # Teredo, benchmarking, ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries an IPv4 address inside
        "2620:4f:8000::/48",
        "3fff::/20",
    )
]
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
# Names that never leave a machine or its network.
_LOCAL = {"localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "test", "invalid", "onion", "arpa"}
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\\<>\"\s]")


class FetchError(Exception):
    """An address that is not opened, or a page that was not got; the message says why, for the one who gave it."""


@dataclass(frozen=True)
class Target:
    """An address that may be looked up: nothing in it is left to a later reader's interpretation."""

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        return 443 if self.scheme == "https" else 80

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}"


def is_public(address: str) -> bool:
    """Whether an IP address, as a resolver gives it, belongs to the public internet."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _IPV4_RESERVED)
    assert isinstance(ip, IPv6Address)  # noqa: S101 - ip_address gives one or the other
    return ip in _IPV6_GLOBAL and not ip.scope_id and not any(ip in network for network in _IPV6_RESERVED)


def target_of(url: str, *, base: str = "") -> Target:
    """The address as it will be asked for; `base` is the page a redirect came from. Raises FetchError for what is not opened."""
    url = url.strip()
    if len(url) > LONGEST:
        raise FetchError(_("The address has %(n)d characters; %(most)d is the most.") % {"n": len(url), "most": LONGEST})
    if not url or _UNSAFE.search(url):
        raise FetchError(_("The address is empty or holds characters that no address has."))
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
        port = parts.port
    except ValueError as error:
        raise FetchError(_("This is not a web address.")) from error
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        raise FetchError(_("Only http and https addresses are opened."))
    if "[" in parts.netloc or "%" in parts.netloc:
        raise FetchError(_("Give the site's name, not a number."))
    if "@" in parts.netloc:
        raise FetchError(_("An address with a user name in it is not opened."))
    if (port is not None and port != (443 if scheme == "https" else 80)) or parts.netloc.endswith(":"):
        raise FetchError(_("An address with a port of its own is not opened."))
    path = quote(parts.path or "/", safe="/%:!$&'()*+,;=~@-._") + (
        f"?{quote(parts.query, safe='/%:?!$&()*+,;=~@-._[]')}" if parts.query else ""
    )
    return Target(scheme, _host(parts.hostname or ""), path)


def _host(name: str) -> str:
    """The name in its ASCII form. A number in any notation (decimal, octal, hexadecimal, full-width) is no name."""
    try:
        name = name.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise FetchError(_("The address has no valid host name.")) from error
    labels = name.split(".")
    if len(labels) < 2 or len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise FetchError(_("The address has no full host name, like www.example.org."))
    # No top-level domain holds a digit, but for the ASCII form of other scripts: 127.1 and 0x7f.1 are 127.0.0.1 to some reader.
    if not (labels[-1].isalpha() or labels[-1].startswith("xn--")):
        raise FetchError(_("Give the site's name, not a number."))
    if labels[-1] in _LOCAL:
        raise FetchError(_("This name is not on the public internet."))
    return name

"""A pretended internet: names that stand for what a test says, and a server at the other end of a socket pair. No packet leaves."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

PUBLIC = "93.184.216.34"


def answer(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> bytes:
    """A whole HTTP answer; `content_type` and the like become headers."""
    lines = {"content_type": "text/html; charset=utf-8", "content_length": str(len(body)), **headers}
    head = "".join(f"{name.replace('_', '-').title()}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


@dataclass
class Internet:
    """`names` maps a host to the addresses it stands for (PUBLIC where it is not named), `sites` an address path to its answer."""

    names: dict[str, list[str]] = field(default_factory=dict)
    sites: dict[str, bytes | Callable[[socket.socket], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)

    def resolve(self, host: str) -> list[str]:
        self.asked.append(host)
        return self.names.get(host, [PUBLIC])

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((address, port))
        ours, theirs = socket.socketpair()
        ours.settimeout(seconds)
        threading.Thread(target=self._serve, args=(theirs,), daemon=True).start()
        return ours

    def _serve(self, sock: socket.socket) -> None:
        with sock:
            request = b""
            while b"\r\n\r\n" not in request and (more := sock.recv(4096)):
                request += more
            self.requests.append(request)
            reply = self.sites.get(request.split()[1].decode() if request else "", answer(status="404 Not Found"))
            try:
                if callable(reply):
                    reply(sock)
                else:
                    sock.sendall(reply)
            except OSError:
                pass  # the fetcher hung up: what a test of a limit wants

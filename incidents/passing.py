"""Writing to a file that nobody keeps: what was written is handed on, so that a download begins before it is all there."""

import io
from typing import Any


class Passing(io.RawIOBase):
    """A file that is handed on as it is written."""

    def __init__(self) -> None:
        self.written = 0
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.written

    def write(self, content: Any) -> int:
        self.waiting.append(bytes(content))
        self.written += len(content)
        return len(content)

    def taken(self) -> bytes:
        """What was written since the last time."""
        taken = b"".join(self.waiting)
        self.waiting.clear()
        return taken

"""What happened, in order: hashed as a whole, the last of it kept to be read."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field

from tests.simulation.virtual import Time

KEPT = 40


@dataclass
class Trace:
    """Two equal runs have equal hashes."""

    time: Time
    last: deque[str] = field(default_factory=lambda: deque(maxlen=KEPT))
    _hash: hashlib._Hash = field(default_factory=hashlib.sha256)

    def note(self, *words: object) -> None:
        """Something happened."""
        line = f"{self.time.elapsed:11.2f}  " + " ".join(map(str, words))
        self._hash.update(line.encode(errors="surrogatepass") + b"\n")
        self.last.append(line.encode(errors="backslashreplace").decode()[:200])

    def seal(self, rest: bytes) -> str:
        """The hash of everything noted and of ``rest``."""
        self._hash.update(rest)
        return self._hash.hexdigest()

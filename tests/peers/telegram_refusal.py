"""How the Bot API says no."""

from __future__ import annotations

from typing import Any


class Refused(Exception):  # noqa: N818  (the server's no is what it is asked for)
    """A call that is answered with an error: HTTP status, words, and parameters for the caller."""

    def __init__(self, status: int, words: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(words)
        self.status, self.words, self.parameters = status, words, parameters

    @property
    def body(self) -> dict[str, Any]:
        """The JSON of the answer."""
        more = {"parameters": self.parameters} if self.parameters else {}
        return {"ok": False, "error_code": self.status, "description": self.words, **more}


def refused(words: str, **parameters: int) -> Refused:
    """400: the call can never be taken as it is."""
    return Refused(400, f"Bad Request: {words}", parameters or None)


def forbidden(words: str) -> Refused:
    """403: the bot is not wanted there."""
    return Refused(403, f"Forbidden: {words}")


def conflict(words: str) -> Refused:
    """409: somebody else does the same."""
    return Refused(409, f"Conflict: {words}")


def too_many(seconds: int) -> Refused:
    """429: later."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})

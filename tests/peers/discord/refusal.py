"""How Discord says no: codes, their HTTP status and words, and the nested errors of a wrong form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WORDS: dict[int, tuple[int, str]] = {
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    30046: (429, "Maximum number of edits to messages older than 1 hour reached. Try again later"),
    40005: (413, "Request entity too large"),
    40033: (400, "This message has already been crossposted."),
    40060: (400, "Interaction has already been acknowledged."),
    40094: (400, "Maximum number of follow up messages reached"),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid Recipient(s)"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    160005: (400, "Thread is locked"),
}
"""The codes this peer answers with, as the documentation's list of opcodes and status codes has them."""


class Refused(Exception):  # noqa: N818  (the server's no is what it is asked for)
    """A call that is answered with an error: its HTTP status, body and headers."""

    def __init__(self, status: int, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(str(body))
        self.status, self.body, self.headers = status, body, dict(headers or {})


def refused(code: int) -> Refused:
    """The refusal with this code."""
    status, words = WORDS[code]
    return Refused(status, {"message": words, "code": code})


def bare(status: int, words: str) -> Refused:
    """A refusal with the code 0, as for 401, 404 and 405 of the road itself."""
    return Refused(status, {"message": f"{status}: {words}", "code": 0})


def too_many(seconds: float, scope: str = "user", code: int = 0) -> Refused:
    """429: not before so many seconds; scope "user", "shared" or "global" (topics/rate-limits)."""
    words = WORDS[code][1] if code else "You are being rate limited."
    body = {"message": words, "retry_after": round(seconds, 3), "global": scope == "global"}
    headers = {"Retry-After": str(int(-(-seconds // 1))), "X-RateLimit-Scope": scope, "Via": "1.1 google"}
    if scope == "global":
        headers["X-RateLimit-Global"] = "true"
    return Refused(429, body | ({"code": code} if code else {}), headers)


class Problems:
    """What is wrong with a body, by the path of its field; nothing is told before all was looked at."""

    def __init__(self) -> None:
        self._tree: dict[str, Any] = {}

    def add(self, path: str, code: str, words: str) -> None:
        """A field, by its path with dots, that is wrong."""
        place = self._tree
        for name in path.split("."):
            place = place.setdefault(name, {})
        place.setdefault("_errors", []).append({"code": code, "message": words})

    def length(self, path: str, value: object, most: int, least: int = 1) -> None:
        """It must be text of so many characters."""
        if value is None:
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", "Could not interpret as string.")
        elif not least <= len(value) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def count(self, path: str, value: object, most: int, least: int = 1) -> list[Any]:
        """It must be a list of so many objects; what can be looked at of it."""
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        if not least <= len(value) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        return value

    def known(self, path: str, thing: Mapping[str, Any], names: str) -> None:
        """It may have these fields only. Discord drops others without a word: a mistake of the caller's."""
        for name in set(thing) - set(names.split()):
            self.add(f"{path}.{name}" if path else name, "UNKNOWN_FIELD", "this peer knows no such field")

    def tell(self) -> None:
        """Raise 50035 where anything is wrong."""
        if self._tree:
            raise Refused(400, {"message": "Invalid Form Body", "code": 50035, "errors": self._tree})


def invalid(path: str, code: str, words: str) -> Refused:
    """50035 for one field."""
    problems = Problems()
    problems.add(path, code, words)
    try:
        problems.tell()
    except Refused as refusal:
        return refusal
    raise AssertionError(path)

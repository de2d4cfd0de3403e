"""What became of a call, from what Discord answered (PLATFORMS 2.8)."""

from __future__ import annotations

import aiohttp
from discord import HTTPException, LoginFailure, RateLimited

from bot.ports import Fate, Receipt

LOST = "lost"
"""The reason where a message that was to be edited is gone, or can no longer be edited."""
LATE = "late"
"""The reason where an interaction can no longer be answered."""
UNTIL_RESTART = 3600.0
"""Seconds until a send is tried again whose token was refused: only another token helps."""

UNKNOWN_MESSAGE = 10008
_DONE = frozenset({40060, 40033})
"""The interaction was answered, the post was published: by an earlier try."""
_GONE = {
    10003: "unknown-chat",
    10004: "unknown-chat",
    10013: "unknown-chat",
    40001: "no-right",
    40058: "forum",
    50001: "no-right",
    50007: "blocked",
    50008: "no-text",
    50013: "no-right",
    50033: "unknown-chat",
    50278: "blocked",
    160005: "locked",
}
"""Codes that speak of the receiver and not of the message."""
_LATE = frozenset({10015, 10062, 50027})
_UNEDITABLE = frozenset({UNKNOWN_MESSAGE, 50005, 50083})
"""The message is gone, is not ours, or stands in an archived thread, which a new message opens again."""
_WAITS = {20016: 60.0, 20022: 600.0, 20026: 600.0, 20028: 60.0, 30046: 600.0, 40062: 60.0, 130000: 30.0}
"""Limits of the destination, and seconds to wait where Discord does not say how long."""
_TOO_MANY, _NO_TOKEN, _BROKEN = 429, 401, 500
_SLACK = 0.1


def receipt_of(error: BaseException) -> Receipt:
    """The receipt of a call that ended in this error; nothing else than the error decides."""
    match error:
        case LoginFailure():
            return Receipt(Fate.UNSENT, retry=UNTIL_RESTART, reason="token")
        case RateLimited():
            return Receipt(Fate.UNSENT, retry=error.retry_after + _SLACK, reason="too-many")
        case HTTPException():
            return _answered(error)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Receipt(Fate.UNSENT, reason="not-sent")
        case _:
            return Receipt(Fate.UNKNOWN, reason=type(error).__name__)


def _answered(error: HTTPException) -> Receipt:
    """What Discord said itself."""
    if error.code in _WAITS or error.status == _TOO_MANY:
        return Receipt(Fate.UNSENT, retry=_wait(error), reason="too-many")
    if error.status >= _BROKEN:
        return Receipt(Fate.UNKNOWN, reason=type(error).__name__)
    if error.status == _NO_TOKEN and error.code not in _LATE:
        return Receipt(Fate.UNSENT, retry=UNTIL_RESTART, reason="token")
    return _refused(error.code)


def _refused(code: int) -> Receipt:
    if code in _DONE:
        return Receipt(Fate.SENT)
    reason = LATE if code in _LATE else LOST if code in _UNEDITABLE else "content"
    gone = _GONE.get(code)
    return Receipt(Fate.GONE, reason=gone) if gone else Receipt(Fate.REFUSED, reason=reason)


def _wait(error: HTTPException) -> float:
    """Seconds Discord asks us to wait, by its header; never none."""
    known = _WAITS.get(error.code, 1.0)
    try:
        return max(float(error.response.headers.get("Retry-After", known)), _SLACK)
    except ValueError:
        return known

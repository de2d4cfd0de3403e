"""What became of a send, from what the Bot API answered (PLATFORMS 1.4)."""

from __future__ import annotations

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from bot.campaign.refs import ChatRef
from bot.platforms.telegram.reading import PLATFORM
from bot.platforms.telegram.request import NotSent, TooMany
from bot.ports import Fate, Receipt

LOST = "lost"
"""The reason where a message that was to be edited is gone, or can no longer be edited."""
UNTIL_RESTART = 3600.0
"""Seconds until a send is tried again whose token was refused: only another token helps."""

_UNCHANGED = "message is not modified"
_UNEDITABLE = ("message to edit not found", "message can't be edited", "no text in the message to edit")
_UNREACHABLE = {
    "chat not found": "unknown-chat",
    "user not found": "unknown-chat",
    "peer_id_invalid": "unknown-chat",
    "group chat was deactivated": "closed",
    "channel_private": "closed",
    "user_is_blocked": "blocked",
    "input_user_deactivated": "deactivated",
    "message thread not found": "topic",
    "topic_closed": "topic",
    "topic_deleted": "topic",
    "not enough rights": "no-right",
    "have no rights": "no-right",
    "have no write access": "no-right",
    "need administrator rights": "no-right",
    "chat_write_forbidden": "no-right",
    "chat_admin_required": "no-right",
    "chat_restricted": "no-right",
    "_forbidden": "no-right",
}
"""Words of a 400 that speak of the chat and not of the message."""
_UNWANTED = {
    "blocked": "blocked",
    "deactivated": "deactivated",
    "kicked": "kicked",
    "not a member": "no-member",
    "initiate conversation": "not-started",
}


def receipt_of(error: Exception) -> Receipt:
    """The receipt of a send that ended in this error."""
    match error:
        case TooMany() | NotSent() | InvalidToken():
            return _unsent(error)
        case ChatMigrated():
            return Receipt(Fate.MOVED, moved=ChatRef(PLATFORM, str(error.new_chat_id)), reason="moved")
        case Forbidden():
            return Receipt(Fate.GONE, reason=_found(_UNWANTED, error.message) or "forbidden")
        case BadRequest():
            return _refused(error.message.lower())
        case _:
            return Receipt(Fate.UNKNOWN, reason=type(error).__name__)


def _unsent(error: TooMany | NotSent | InvalidToken) -> Receipt:
    match error:
        case TooMany():
            return Receipt(Fate.UNSENT, retry=error.seconds, reason="too-many")
        case InvalidToken():
            return Receipt(Fate.UNSENT, retry=UNTIL_RESTART, reason="token")
        case NotSent():
            return Receipt(Fate.UNSENT, reason="not-sent")


def _refused(words: str) -> Receipt:
    if _UNCHANGED in words:
        return Receipt(Fate.SENT)
    if any(known in words for known in _UNEDITABLE):
        return Receipt(Fate.REFUSED, reason=LOST)
    unreachable = _found(_UNREACHABLE, words)
    return Receipt(Fate.GONE, reason=unreachable) if unreachable else Receipt(Fate.REFUSED, reason="content")


def _found(table: dict[str, str], words: str) -> str:
    return next((reason for known, reason in table.items() if known in words.lower()), "")

"""What is needed to answer an interaction, as it travels in ``Incoming.reply`` (pure)."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass

from bot.dialog.messages import Incoming

EPHEMERAL = 1 << 6
"""The flag of a message that one person alone sees."""
_TYPES = [str, str, int, str, bool, bool]


@dataclass(frozen=True, slots=True)
class Reply:
    """An interaction; ``message`` is the one under the pressed button, "" where there is none."""

    interaction: str
    token: str
    type: int
    message: str = ""
    ephemeral: bool = False
    in_guild: bool = False

    def encode(self) -> str:
        """As one string."""
        return json.dumps(astuple(self), separators=(",", ":"))


def reply_of(incoming: Incoming) -> Reply | None:
    """What answers this event; None where it came as a message, or from elsewhere."""
    try:
        pieces = json.loads(incoming.reply)
    except (ValueError, RecursionError):
        return None
    if not isinstance(pieces, list) or [type(piece) for piece in pieces] != _TYPES:
        return None
    interaction, token, kind, message, ephemeral, in_guild = pieces
    return Reply(interaction, token, kind, message, ephemeral=ephemeral, in_guild=in_guild)

"""Labels that fit: cut between graphemes, never empty (pure)."""

from __future__ import annotations

from bot.campaign.lookalike import graphemes
from bot.dialog.pages import size
from bot.platforms.discord.inert import clean


def fit(text: str, longest: int) -> str:
    """The text on one line, in at most ``longest`` UTF-16 units; "…" ends what was cut."""
    line = " ".join(clean(text).split()) or "·"
    if size(line) <= longest:
        return line
    kept, room = "", longest - 1
    for letter in graphemes(line):
        if (room := room - size(letter)) < 0:
            break
        kept += letter
    return kept.rstrip() + "…"

"""Texts that fit: cut between graphemes (pure).

Discord's servers count characters, its clients UTF-16 units, never fewer: what fits there fits both.
"""

from __future__ import annotations

from bot.campaign.lookalike import graphemes
from bot.dialog.pages import size
from bot.platforms.discord.inert import clean


def fit(text: str, longest: int) -> str:
    """The text on one line, in at most ``longest`` UTF-16 units, never empty; "…" ends what was cut."""
    line = " ".join(clean(text).split()) or "·"
    return line if size(line) <= longest else begun(line, longest - 1).rstrip() + "…"


def begun(text: str, longest: int) -> str:
    """As many graphemes of the beginning as ``longest`` UTF-16 units hold."""
    if size(text) <= longest:
        return text
    kept, room = "", longest
    for letter in graphemes(text):
        if (room := room - size(letter)) < 0:
            break
        kept += letter
    return kept

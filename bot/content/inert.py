"""Text from people inside a line of ours: it can neither break the line nor turn its direction."""

from __future__ import annotations

import re

import regex

from bot.content.cldr import runs_against

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_BREAKS = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029]+")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HALVES = re.compile("[\ud800-\udfff]")
_GRAPHEME = regex.compile(r"\X")


def inert(text: str) -> str:
    """The text on one line: control characters become a blank, direction controls go, halves show as �."""
    return _HALVES.sub("\ufffd", _BIDI_CONTROLS.sub("", _BREAKS.sub(" ", text)))


def isolated(language: str, text: str) -> str:
    """The text between marks that keep its direction to itself, where it runs against the language."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if runs_against(language, text) else text


def length(text: str) -> int:
    """How many graphemes a reader sees."""
    return len(_GRAPHEME.findall(text))


def shortened(text: str, limit: int) -> str:
    """The text in at most ``limit`` graphemes, with "…" where something was left out."""
    seen = _GRAPHEME.findall(text)
    return text if len(seen) <= limit else "".join(seen[: limit - 1]).rstrip() + "…"

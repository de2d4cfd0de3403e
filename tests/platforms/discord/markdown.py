"""A small scanner of Discord's own syntax, apart from our escaping: what in a text is alive.

Written from what Discord's clients do: a backslash takes the meaning from any sign that is no letter.
"""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
_ALIVE = {
    "emphasis": re.compile(r"[*_]"),
    "struck": re.compile(r"~~"),
    "hidden": re.compile(r"\|\|"),
    "code": re.compile(r"`"),
    "tag": re.compile(r"<(?:@|#|/|:|a:|t:|id:|\+|[\w.+-]+@|https?:)"),
    "everyone": re.compile(r"@(?:everyone|here)"),
    "masked link": re.compile(r"\[[^\]]*\]\("),
    "link": re.compile(r"(?:https?|steam|discord)://\S", re.IGNORECASE),
    "invitation": re.compile(r"discord(?:app)?\.(?:gg|com)", re.IGNORECASE),
    "emoji": re.compile(r":[\w+-]+:"),
    "heading": re.compile(r"^\s*(?:-?#{1,3})\s", re.MULTILINE),
    "quote": re.compile(r"^\s*>", re.MULTILINE),
    "list": re.compile(r"^\s*(?:[-+*]|[0-9]+[.)])(?:\s|$)", re.MULTILINE),
}


def alive(text: str) -> set[str]:
    """The kinds of markup that a client would act on."""
    quiet = _ESCAPED.sub("\u00b7", text)
    return {kind for kind, pattern in _ALIVE.items() if pattern.search(quiet)}


def shown(text: str) -> str:
    """What a reader sees of a text in which nothing is alive."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text).replace("\u2060", "")

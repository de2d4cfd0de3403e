"""What Telegram turns into a link by itself, after the rules of its own engine (TDLib, MessageEntity.cpp).

Where the engine asks a list (top-level domains), every ending of two letters or more counts here: what makes
no link in this file makes none in Telegram.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

Link = tuple[str, int, int]
"""Its kind as the Bot API names it, and its first and last place + 1 in code points."""

_WORD = r"\p{L}\p{N}_"
_TAG = r"_\u200c\u00b7\u0d80-\u0dff\p{L}\p{Nd}"
_NO_URL = r"\u2000-\u200b\u200e-\u200f\u2016-\u206f\p{Z}"
_DOMAIN = rf"(?:[A-Za-z0-9_.~-]|[^\u0000-\u00bf{_NO_URL}])"
_PATH = rf'[^\n<>"\u00ab\u00bb{_NO_URL}]'

_RULES = {
    "mention": rf"(?<![{_WORD}])@[A-Za-z0-9_]{{3,32}}+(?![{_WORD}])",
    "bot_command": rf"(?<![{_WORD}/<>])/[A-Za-z0-9_]{{1,64}}+(?:@[A-Za-z0-9_]{{3,32}}+)?+(?![{_WORD}/<>])",
    "hashtag": rf"(?<![{_TAG}])#(?=[{_TAG}]*\p{{L}})[{_TAG}]{{1,256}}+(?!#)",
    "cashtag": rf"(?<![{_TAG}$])\$(?:1INCH|[A-Z]{{1,8}}+)(?![{_TAG}$])",
    "email": r"[A-Za-z0-9_.+-]+@(?:[A-Za-z0-9][A-Za-z0-9_-]*\.)+[A-Za-z]{2,8}(?![A-Za-z0-9])",
    "url": rf"(?:(?:tg|ton)://[A-Za-z0-9_-]+|(?<![{_WORD}/#@])(?:(?:https?|ftp)://)?{_DOMAIN}*\.{_DOMAIN}+)"
    rf"(?::\d{{1,5}})?(?:[/?#]{_PATH}*)?",
    "phone_number": r"\+\d(?:[ ()-]?\d){6,}",
    "bank_card": r"(?<![+_.,\d\p{L}-])\d(?:[ -]?\d){12,18}(?![\p{L}\d_-])",
}
_COMPILED = {kind: regex.compile(rule) for kind, rule in _RULES.items()}
_HOST = regex.compile(r"^(?:\w+://)?(?:[^/?#@]*@)?((?:(?![/?#:]).)+)")
_IP = regex.compile(r"(?:\d{1,3}\.){3}\d{1,3}")


def links(text: str) -> Iterator[Link]:
    """Every link Telegram makes of the text by itself."""
    for kind, rule in _COMPILED.items():
        for found in rule.finditer(text):
            address = found.group().rstrip(".:;,('?!`")
            if kind != "url":
                yield kind, found.start(), found.end()
            elif _is_url(address):
                yield kind, found.start(), found.start() + len(address)


def _is_url(address: str) -> bool:
    if address.lower().startswith(("tg://", "ton://")):
        return True
    host = _HOST.match(address)
    parts = host.group(1).strip(".").split(".") if host else []
    if len(parts) < 2 or not all(parts):
        return False
    named = len(parts[-1]) > 1 and not any(letter in parts[-1] for letter in "_-") and not parts[-1].isdigit()
    return bool(_IP.fullmatch(".".join(parts))) or named

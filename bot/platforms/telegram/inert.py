"""Text that Telegram shows as it is: no tag, name, command, domain or number in it becomes a link (pure).

Telegram makes links by itself wherever these signs stand before letters. A word joiner behind the sign is
seen by nobody, breaks no line, and keeps the sign from doing anything.
"""

from __future__ import annotations

import re

JOINER = "\u2060"

_LINKING = re.compile(
    r"[#@$](?!\s)"  # tags, names, currencies
    r"|(?<![0-9A-Za-z])/(?=\w)"  # commands, and what follows "tg://"
    r"|\.(?=[\w~\u00c0-\U0010ffff-])"  # domains and addresses of mail
    r"|\+(?=[0-9])"  # telephones
    r"|[0-9](?=(?:[ -]*[0-9]){12})"  # bank cards
)
_OPEN = frozenset("/.+0123456789")
"""At the end of a piece these may link with what the next piece begins with."""

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_DROPPED = re.compile("[\u2028-\u202e]")
"""Telegram drops these itself, and the places of entities would no longer be right."""
_HALF = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without control characters and half characters; line feeds stay."""
    return _HALF.sub("\ufffd", _DROPPED.sub("", _CONTROL.sub(" ", text.replace("\r\n", "\n"))))


def inert(text: str, *, last: bool = True) -> str:
    """The cleaned text with word joiners; ``last`` says that no other piece follows on its line."""
    quiet = _LINKING.sub(rf"\g<0>{JOINER}", clean(text))
    return quiet + JOINER if not last and quiet[-1:] in _OPEN else quiet

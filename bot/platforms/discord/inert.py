"""Text that Discord shows as it is: no markup, mention, moment, emoji code or link comes of it (pure).

A backslash takes the meaning from a sign of markup. Where none helps, a word joiner stands behind the sign;
nobody sees it, and it breaks no line.
"""

from __future__ import annotations

import re

JOINER = "\u2060"

_MARKUP = re.compile(r"[\\*_~|`<>#\[\]]|:(?=[\w+-])")
_BEGINS = re.compile(r"^(\s*[0-9]*)([.)+-])", re.MULTILINE)
"""Lists and small print; a piece may continue a line that has only begun, so it counts as a line too."""
_LINKING = re.compile(
    r"@"  # everyone, here, names
    r"|:(?=/)"  # addresses
    r"|\.(?=gg\b|com\b)",  # invitations, which are shown even without "https"
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_DROPPED = re.compile("[\u2028-\u202e]")
_HALF = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without control characters and half characters; line feeds stay."""
    return _HALF.sub("\ufffd", _DROPPED.sub("", _CONTROL.sub(" ", text.replace("\r\n", "\n"))))


def inert(text: str, *, last: bool = True) -> str:
    """The cleaned text, escaped; ``last`` says that no other piece follows on its line."""
    quiet = _MARKUP.sub(r"\\\g<0>", clean(text))
    quiet = _LINKING.sub(rf"\g<0>{JOINER}", _BEGINS.sub(r"\1\\\2", quiet))
    return quiet if last or not quiet.endswith((":", ".", "/")) else quiet + JOINER

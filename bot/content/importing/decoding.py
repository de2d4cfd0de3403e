"""From bytes to text: which encoding it is, and what could not be seen in it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
TWICE_DECODED = re.compile("[ÃÂ][\u0080-\u00bf]|â€[\u0090-\u00ff™œ“”\u02dc]")
"""What UTF-8 looks like when it was once read as Windows text."""
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
KEPT_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85")
"""White space to Python: they part words and lines, and never reach an output."""
ABOVE_ASCII = re.compile(rb"[\x80-\xff]+")
THAI_RUN = 3
PRIVATE_PLANES = 0xF0000
BINARY_SHARE, BINARY_LEAST = 0.02, 10
"""A larger share of characters nobody can see, and so many at least: not a text."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` is NFC; each control, bidi control or zero-width character stands in it as ``⟨U+0000⟩``.

    ``sure`` is false where the encoding was guessed, ``binary`` true where this is no text at all, ``twice``
    where it looks as if it was once read in a wrong encoding; ``hidden`` counts the characters made visible.
    """

    text: str
    encoding: str
    sure: bool = True
    binary: bool = False
    twice: bool = False
    hidden: int = 0


def decode(content: bytes, declared: str = "") -> Decoded:
    """The text of ``content``. Never fails.

    ``declared`` is an encoding the document names itself, tried where it is not UTF-8.
    """
    text, encoding, sure = as_written(content, declared)
    seen, unseen = made_visible(text)
    return Decoded(
        text=seen,
        encoding=encoding,
        sure=sure,
        binary=unseen >= BINARY_LEAST and unseen > BINARY_SHARE * len(text),
        twice=bool(TWICE_DECODED.search(text)),
        hidden=unseen,
    )


def made_visible(text: str) -> tuple[str, int]:
    """The text with what nobody could see as ``⟨U+0000⟩``, and how many characters that were."""
    unseen = [character for character in set(text) if is_hidden(character)]
    signs = str.maketrans({character: f"⟨U+{ord(character):04X}⟩" for character in unseen})
    return text.translate(signs) if unseen else text, sum(map(text.count, unseen))


def is_hidden(character: str) -> bool:
    """Whether nobody could see this character in a text; the joiners that scripts need pass."""
    if character in KEPT_CONTROLS:
        return False
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Co"}
        or ord(character) >= PRIVATE_PLANES
        or character in BIDI_CONTROLS
        or character in "\u200b\u2060\ufeff\u00ad\ufffd"
    )


def as_written(content: bytes, declared: str = "") -> tuple[str, str, bool]:
    """The text of ``content`` in NFC with all that hides in it, its encoding, and whether that is sure."""
    text, encoding, sure = _decoded(content, declared)
    return unicodedata.normalize("NFC", text.lstrip("\ufeff")), encoding, sure


def _decoded(content: bytes, declared: str) -> tuple[str, str, bool]:
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return content.decode(encoding, errors="replace"), encoding, True
    if wide := _wide(content):
        return content.decode(wide, errors="replace"), wide, False
    for encoding in ("utf-8", declared):
        text = _strictly(content, encoding)
        if text is not None:
            return text, encoding, True
    if (thai := _thai(content)) is not None:
        return thai, "cp874", False
    windows = _strictly(content, "cp1252")
    return (content.decode("latin-1"), "latin-1", False) if windows is None else (windows, "cp1252", False)


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: every second byte of a Latin text is zero."""
    sample = content[:2000]
    half = len(sample) // 2
    if len(content) % 2 or half == 0:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.1 else ""


def _thai(content: bytes) -> str | None:
    """Thai as Windows writes it: there the bytes above ASCII stand in words, in Latin texts one by one."""
    runs = ABOVE_ASCII.findall(content)
    return _strictly(content, "cp874") if runs and sum(map(len, runs)) >= THAI_RUN * len(runs) else None


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding) if encoding else None
    except (LookupError, UnicodeError, ValueError):
        return None

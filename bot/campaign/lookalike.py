"""Names as people type them: cleaned, checked, and folded into keys that unmask look-alikes.

Every function takes any string, however hostile, and never raises. A key *suggests* that two names are
the same; it never decides, since many honest names share letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex
from confusable_homoglyphs.confusables import confusables_data

from bot.campaign.refusal import Refusal

NAME_LIMIT = 120
"""Graphemes a published name may have (GOLDEN-DIALOGS 1d)."""

REFUSALS = ("name.empty", "name.too-long", "name.link", "name.mention", "name.start", "name.marks")
"""Every phrase ``check_name`` may refuse with. ``name.too-long`` has {limit}, ``name.start`` has {start}."""

_GENERAL = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Marks that can be put on any letter: harmless one by one, "zalgo" in heaps."""

_GRAPHEME = regex.compile(r"\X")
_BLANK = regex.compile(r"[\s\u2800]+")
_INVISIBLE = regex.compile(
    r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}--[\u200c\u200d]]", regex.V1
)
# A joiner is spelling after a virama (Sinhala …) and before an Arabic letter (Persian); elsewhere it hides.
_STRAY_JOINER = regex.compile(
    r"(?<!\p{Canonical_Combining_Class=9})(?:\u200d|\u200c(?!\p{Script=Arabic}))"
    r"|(?<=^|\s)\u200c|[\u200c\u200d]+(?=\s|$)",
)
_SEALS = regex.compile(r"[✓✔☑✅🔵🔷🔹\ufe0f]")
_READABLE = regex.compile(r"[\p{L}\p{N}]")
_LINK = regex.compile(
    r"\w://|\b(?:mailto|javascript|tg):\S|\bwww\.|[\w-]\.\p{L}{2,}/"
    r"|\b(?:t|telegram|wa)\.me\b|\bdiscord\.(?:gg|com)\b|\bbit\.ly\b",
    regex.IGNORECASE,
)
_MENTION = regex.compile(
    r"(?<!\w)@\w|@(?:everyone|here)\b|\w@[\w-]+\.\w|<(?:[@#/]|a?:\w|t:|id:)", regex.IGNORECASE
)
_START = regex.compile(r"[=+@/-]")
_HEAPS = regex.compile(
    rf"[{_GENERAL}]{{3}}"
    r"|([\p{M}--\p{Mc}])\1"
    r"|[\p{M}&&[\p{Script=Thai}\p{Script=Lao}]]{4}"
    r"|[\u064b-\u065f\u0670]{4}"
    r"|\p{M}{7}",
    regex.V1,
)
"""More marks than spelling needs: over two general ones, three in Thai, Lao, Arabic, six elsewhere."""


def graphemes(text: str) -> Iterator[str]:
    """The characters of ``text`` as people see them, one by one."""
    return (found.group() for found in _GRAPHEME.finditer(text))


def clean(name: str) -> str:
    """The name in NFC on one line, without control, bidi and other invisible characters, blanks folded."""
    one_line = _BLANK.sub(" ", unicodedata.normalize("NFC", name))
    seen = _STRAY_JOINER.sub("", _INVISIBLE.sub("", one_line))
    return unicodedata.normalize("NFC", _BLANK.sub(" ", seen).strip())


def check_name(text: str, limit: int = NAME_LIMIT) -> str | Refusal:
    """The cleaned name, at most ``limit`` graphemes, or why it cannot stand on a list (see ``REFUSALS``)."""
    if len(text) > 100 * limit:
        return Refusal("name.too-long", {"limit": limit})
    name = clean(_SEALS.sub("", text))
    if not _READABLE.search(name):
        return Refusal("name.empty")
    return _refuse(name, limit) or name


def _refuse(name: str, limit: int) -> Refusal | None:
    folded = unicodedata.normalize("NFKC", name)
    if _HEAPS.search(unicodedata.normalize("NFC", name)):
        return Refusal("name.marks")
    if sum(1 for _ in graphemes(name)) > limit:
        return Refusal("name.too-long", {"limit": limit})
    if _LINK.search(folded):
        return Refusal("name.link")
    if _MENTION.search(folded):
        return Refusal("name.mention")
    if _START.match(folded):
        return Refusal("name.start", {"start": folded[0]})
    return None


_MARKS = regex.compile(
    rf"[{_GENERAL}\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u064b-\u065f\u0670\u0640\u200c\u200d]",
)
"""Marks, joiners and the Arabic stretching stroke: without them the word is the same. Vowels of Thai stay."""

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_GLUE = regex.compile(r"['’‘ʼ`\u00b4]|(?<=[\p{L}\p{M}\p{N}])\.(?=[\p{L}\p{N}])")
_LEGAL = regex.compile(r"(?<=\w)[\s,]+(?:e\.?\s?v|inc|ltd|asbl)\.?$", regex.IGNORECASE)
_LEET = regex.compile(r"(?<!\d)[01](?=\p{L})")
_LETTERS = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
    | {"\N{LATIN SMALL LETTER DOTLESS I}": "i", "\N{LATIN SMALL LETTER KRA}": "k"}
    | dict.fromkeys("\u0649\u06cc", "\N{ARABIC LETTER YEH}")
    | {"\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}"}
    | dict.fromkeys("\u0629\u06be\u06c0\u06c1\u06c3", "\N{ARABIC LETTER HEH}"),
)
"""Letters that no normal form takes apart; yeh, kaf and heh as other keyboards write them."""


def search_key(text: str) -> str:
    """Words to search by, one space between: case, accents, periods in initials folded, digits 0–9."""
    if text.isascii():
        return " ".join(_WORD.findall(_GLUE.sub("", text).casefold()))
    return " ".join(_WORD.findall(_GLUE.sub("", _fold(text))))


def lookalike_key(name: str) -> str:
    """What the eye takes the name for: equal where two names can be mistaken. Digits stay exact."""
    plain = _LEGAL.sub("", unicodedata.normalize("NFKC", clean(name)))
    key = "".join(_word_key(word) for word in _WORD.findall(_GLUE.sub("", _strip(plain))))
    key = _LEET.sub(lambda digit: "o" if digit.group() == "0" else "l", key)
    return key.replace("rn", "m").replace("vv", "w").replace("cl", "d").replace("i", "l")


def unmasked(text: str) -> str:
    """Words to search by, as ``search_key``, with letters that pose as Latin ones taken for these."""
    if text.isascii():  # nothing poses there
        return search_key(clean(text))
    words = _WORD.findall(_GLUE.sub("", _strip(unicodedata.normalize("NFKC", clean(text)))))
    return search_key(" ".join(map(_word_key, words)))


def _word_key(word: str) -> str:
    """Map before folding case where that gives Latin (capitals of Greek), else after (case never matters)."""
    before, after = _fold(_map(word)), _fold(_map(_fold(word)))
    return before if before.isascii() else after


def _fold(text: str) -> str:
    folded = _strip(unicodedata.normalize("NFKC", text).casefold()).translate(_LETTERS)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)


def _strip(text: str) -> str:
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))


def _map(text: str) -> str:
    return "".join(_CONFUSABLES.get(c, c) for c in text)


def _confusables() -> dict[str, str]:
    """One letter to stand for each that looks like it, by the data of Unicode TR 39; ASCII and digits stay.

    The data are stars: the letter in the middle names all its look-alikes, each of those only the middle.
    """
    table: dict[str, str] = {}
    for letter, rows in confusables_data.items():
        if len(letter) == 1 and letter.isalpha() and not letter.isascii():
            middle = rows[0]["c"] if len(rows) == 1 else letter
            pair = len(confusables_data.get(middle, ())) == 1
            looks = "".join(_WORD.findall(min(letter, middle, key=_plainness) if pair else middle))
            table[letter] = _small_capital(looks) if looks.isalpha() else letter
    return table


def _plainness(letters: str) -> tuple[bool, int, str]:
    return not letters.isascii(), len(letters), letters


def _small_capital(letter: str) -> str:
    """A small capital reads as its letter: ᴛ as t."""
    name = unicodedata.name(letter, "") if len(letter) == 1 else ""
    found = regex.fullmatch(r"LATIN LETTER SMALL CAPITAL (\w)", name)
    return found.group(1).lower() if found else letter


_CONFUSABLES = _confusables()

"""Words to write down: four plain ones and a number, shown once; only their keyed hash is kept.

Each word is one of 1,024 and the number one of 10,000: together more than 53 bits.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

WORDS = tuple((Path(__file__).parent / "plain_words.txt").read_text(encoding="ascii").split())
"""A power of two of them, so that each is as likely as any other."""
HOW_MANY, NUMBERS = 4, 10_000
LONGEST = 200
"""Characters of what somebody writes; the rest is not looked at."""
_PIECE = re.compile(r"[^\W\d_]+|\d+")


def shown_words(chance: str) -> str:
    """Words made of ``chance``, which nobody can guess and which is not kept: "DOVE · RICE · 4821 · …"."""
    drawn = int.from_bytes(hashlib.blake2b(chance.encode(), digest_size=32, person=b"written words").digest())
    pieces = []
    for _ in range(HOW_MANY):
        drawn, place = divmod(drawn, len(WORDS))
        pieces.append(WORDS[place].upper())
    return " · ".join((*pieces[:2], f"{drawn % NUMBERS:04}", *pieces[2:]))


def written_key(text: str) -> str:
    """What somebody wrote down, however they write it: small letters, plain digits, blanks between."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    return " ".join(_plain(piece) for piece in _PIECE.findall(folded))


def _plain(piece: str) -> str:
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in piece)

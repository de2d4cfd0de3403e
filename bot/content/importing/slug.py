"""Slugs: short names for files and addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

LONGEST = 40
SMALL = frozenset(
    "a an the of and for to with in on at by from dan untuk bagi di ke de la le les des du et y el los ng"
    " sa mga".split()
)
LETTERS = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def slugify(text: str) -> str:
    """A slug of at most 40 characters, "" where the text has no Latin letter or digit.

    Small words go first when it is long.
    """
    plain = unicodedata.normalize("NFKD", text[:1000]).casefold().translate(LETTERS)
    plain = re.sub(r"[\u0300-\u036f'’‘ʼ]", "", plain)
    words = re.findall("[a-z0-9]+", plain)
    if len("-".join(words)) > LONGEST:
        words = [word for word in words if word not in SMALL] or words
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug


def unique(slug: str, taken: Container[str], spare: str) -> str:
    """``slug`` (``spare`` where it is empty), with the first number from 2 on that makes it a new one."""
    slug = slug or spare
    if slug not in taken:
        return slug
    number = 2
    while (numbered := f"{slug[: LONGEST - 1 - len(str(number))].rstrip('-')}-{number}") in taken:
        number += 1
    return numbered

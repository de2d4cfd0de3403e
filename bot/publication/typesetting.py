"""Typesetting: values and a template of ours become pages. The only file that knows typst.

A template gets its values as data, never as typst source: whatever somebody calls an organisation stays the
characters it is. The same values give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from pathlib import Path

import typst

from bot.publication.letters import FOLDER, covered

_ROOM = Path(__file__).parent
_SHARPNESS = 144
"""Pixels per inch of a picture: two for each point, so A4 has 1191 by 1684."""


class Print(StrEnum):
    """What pages may be: a document, or pictures of its pages; the value is the ending of the name."""

    PDF = "pdf"
    PNG = "png"


def typeset(
    template: str,
    values: Mapping[str, object],
    day: date,
    form: Print = Print.PDF,
    sharpness: int = _SHARPNESS,
) -> list[bytes]:
    """``template`` ("paper.typ", beside this file) filled with ``values``, which JSON can say.

    One document, or a picture of each page. ``day`` is when the document says it was made, ``sharpness``
    the pixels per inch of a picture. Only the fonts that come with the bot are used, unless a letter is in
    none of them: then the machine's help out.
    """
    data = json.dumps(values, ensure_ascii=False)
    made: bytes | list[bytes] = typst.compile(
        str(_ROOM / template),
        root=str(_ROOM),
        font_paths=_fonts(machine=not covered(data)),
        format="pdf" if form is Print.PDF else "png",
        ppi=sharpness,
        sys_inputs={"data": data},
        timestamp=datetime.combine(day, time(), UTC),
    )
    return made if isinstance(made, list) else [bytes(made)]


@cache
def _fonts(*, machine: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=machine, include_embedded_fonts=False, font_paths=[str(FOLDER)])

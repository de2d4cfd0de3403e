"""A poster for walls and chats: a title, a sentence, a code to scan, and how to sign in words."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import segno

from bot.dialog.messages import Attachment, Phrase
from bot.publication.facts import Say
from bot.publication.printed import Values, language_of
from bot.publication.typesetting import Print, typeset

_QUIET = 4
"""Modules of white that a scanner needs around a code."""
_UNDATED = date(2000, 1, 1)
"""A poster hangs for weeks and says no day; its file needs one."""
_MIMES = {Print.PDF: "application/pdf", Print.PNG: "image/png"}


class Size(StrEnum):
    """The paper a poster is for."""

    A3 = "a3"
    A4 = "a4"
    A5 = "a5"


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster says, in words of ``language`` (BCP 47): ``ways`` stand below the code, one on a line."""

    title: str
    sentence: str
    ways: Sequence[str]
    url: str
    language: str = "en"


def poster_of(title: str, url: str, names: Mapping[str, str], language: str, say: Say) -> Poster:
    """A poster that calls to sign at ``url``.

    ``names`` is what to search for ("@bot") by platform ("telegram"); ``say`` speaks ``language``.
    """
    found = (
        Phrase("poster.search", {"name": name, "platform": Phrase(f"platform.{platform}")})
        for platform, name in names.items()
    )
    ways = tuple(map(say, (Phrase("poster.scan"), *found)))
    return Poster(title, say(Phrase("poster.sentence")), ways, url, language)


def poster(sheet: Poster, size: Size = Size.A4, form: Print = Print.PDF) -> bytes:
    """The poster on one page, as a document or a picture; the same words give the same bytes.

    ValueError where the address is longer than a code can hold (about 2,300 characters).
    """
    return typeset("poster.typ", values_of(sheet, size), _UNDATED, form)[0]


def poster_file(name: str, sheet: Poster, size: Size = Size.A4, form: Print = Print.PDF) -> Attachment:
    """The poster ready to be sent; ``name`` has no ending."""
    return Attachment(f"{name}.{form}", poster(sheet, size, form), _MIMES[form])


def values_of(sheet: Poster, size: Size) -> Values:
    """Everything that stands on the poster, as the template takes it."""
    return {
        "language": language_of(sheet.language),
        "size": size.value,
        "title": sheet.title,
        "sentence": sheet.sentence,
        "ways": list(sheet.ways),
        "url": sheet.url.partition("://")[2] or sheet.url,
        "code": _code(sheet.url),
    }


def _code(url: str) -> str:
    """The code as a drawing (SVG), its white border included."""
    drawing = io.BytesIO()
    code = segno.make_qr(url, error="m", boost_error=False)
    code.save(drawing, kind="svg", border=_QUIET, xmldecl=False, nl=False)
    return drawing.getvalue().decode()

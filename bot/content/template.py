"""A phrase as it is written in a catalogue: words, places for values, bold and italic.

``{name}`` is a place. ``*bold*`` and ``_italic_`` are the only markup; they open and close on the same line,
never one inside the other, and never inside a word. There is nothing else to know and no way to escape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialog.text import Bold, Italic, Plain

Styled = Plain | Bold | Italic
Style = type[Plain] | type[Bold] | type[Italic]

LINE_END = "\n"
_MARKS: dict[str, Style] = {"*": Bold, "_": Italic}
_TOKEN = re.compile(
    r"\{(?P<place>[a-z][a-z0-9_]*)\}|(?P<mark>(?<!\w)[*_]|[*_](?!\w))|(?P<end>\n)|(?P<stray>[{}*])",
)


class Malformed(ValueError):  # noqa: N818  (it is a finding about a phrase, told as a fault)
    """A phrase that cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one style, or the name of a place; a line end is a piece of its own."""

    text: str
    style: Style = Plain
    is_place: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A phrase read once: ``source`` as written, ``pieces`` in order."""

    source: str
    pieces: tuple[Piece, ...]

    @property
    def places(self) -> frozenset[str]:
        """The names of its places."""
        return frozenset(piece.text for piece in self.pieces if piece.is_place)

    @property
    def words(self) -> str:
        """Its words without markup, each place as "…"."""
        return "".join("…" if piece.is_place else piece.text for piece in self.pieces)


def parse(source: str) -> Template:
    """Read a phrase. Raises ``Malformed`` for a lost brace or star, and for markup open at a line's end."""
    pieces: list[Piece] = []
    style: Style = Plain
    at = 0
    for token in _TOKEN.finditer(source):
        pieces.append(Piece(source[at : token.start()], style))
        at = token.end()
        if token["place"]:
            pieces.append(Piece(token["place"], style, is_place=True))
        elif token["mark"]:
            style = _turned(style, token)
        elif token["end"]:
            _expect_closed(style)
            pieces.append(Piece(LINE_END))
        else:
            raise Malformed(f"a lost “{token['stray']}”: a place is {{name}}, bold is *words* between blanks")
    _expect_closed(style)
    pieces.append(Piece(source[at:]))
    return Template(source, tuple(piece for piece in pieces if piece.text))


def _turned(style: Style, token: re.Match[str]) -> Style:
    """The style after a mark: opened from plain, closed by the same mark."""
    wanted = _MARKS[token["mark"]]
    before, after = token.string[: token.start()][-1:], token.string[token.end() :][:1]
    if style is Plain and after and not after.isspace() and after != token["mark"]:
        return wanted
    if style is wanted and not before.isspace():
        return Plain
    raise Malformed(f"“{token['mark']}” neither opens nor closes here: write *words* or _words_")


def _expect_closed(style: Style) -> None:
    if style is not Plain:
        raise Malformed("bold or italic is opened and not closed on the same line")

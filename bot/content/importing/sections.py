"""Where greetings begin: blocks in, one section for each greeting out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.campaign.lookalike import search_key
from bot.content.importing import lexicon
from bot.content.importing.page import Block, Line
from bot.content.importing.printed import split_line
from bot.content.importing.shapes import ENDS_TEXT, Known, Shape, heading_name, is_tied, line_shape, shape_of


@dataclass(frozen=True, slots=True)
class Section:
    """One greeting: its headings in order (several for a joint one) and the blocks below."""

    headings: tuple[Line, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Sections:
    """``before`` is what stands above the first heading; ``bare`` are headings with no text below."""

    before: tuple[Block, ...]
    sections: tuple[Section, ...]
    bare: tuple[Line, ...] = ()


def split_sections(blocks: Sequence[Block], known: Known) -> Sections:
    """Part a page of greetings at its headings."""
    parted = [part for block in blocks for part in _parted(block, known)]
    shapes = _levelled(parted, [shape_of(block, known) for block in parted])
    before: list[Block] = []
    found: list[tuple[list[Line], list[Block]]] = []
    for index, block in enumerate(parted):
        names = found[-1][0] if found else []
        if not is_heading(index, parted, shapes, names):
            (found[-1][1] if found else before).append(block)
        elif found and not found[-1][1]:
            names.extend(block)
        else:
            found.append((list(block), []))
    sections = tuple(Section(tuple(heads), tuple(below)) for heads, below in found if below)
    bare = tuple(line for heads, below in found if not below for line in heads)
    return Sections(tuple(before), sections, bare)


def _levelled(blocks: Sequence[Block], shapes: Sequence[Shape]) -> list[Shape]:
    """Where the format marks headings that name a country, headings of other levels belong to the texts."""
    heads = [block[0] for block, shape in zip(blocks, shapes, strict=True) if shape is Shape.HEADING]
    levels = {head.heading for head in heads if split_line(heading_name(head.text)).place and head.heading}
    return [
        Shape.TEXT if shape is Shape.HEADING and levels and block[0].heading not in levels else shape
        for block, shape in zip(blocks, shapes, strict=True)
    ]


def _parted(block: Block, known: Known) -> list[Block]:
    """Part a block whose first lines are headings, or whose last ones are a signature."""
    shapes = [line_shape(line, known) for line in block]
    heads = next((i for i, shape in enumerate(shapes) if shape is not Shape.HEADING), len(block))
    tail = len(block)
    while tail > heads and shapes[tail - 1] in {Shape.NAME, Shape.SIGNER, Shape.MAYBE_HEADING}:
        tail -= 1
    if tail == heads or not block[tail - 1].text.endswith(ENDS_TEXT):
        tail = len(block)
    return [part for part in (block[:heads], block[heads:tail], block[tail:]) if part]


def is_heading(index: int, blocks: Sequence[Block], shapes: Sequence[Shape], names: Sequence[Line]) -> bool:
    """Whether a block is a heading, by its own shape or by what stands around it.

    ``names`` are the headings of the greeting being read.
    """
    if shapes[index] is not Shape.MAYBE_HEADING:
        return shapes[index] is Shape.HEADING
    before = shapes[index - 1] if index else None
    after = shapes[index + 1] if index + 1 < len(shapes) else None
    if after is None or _names_itself(blocks[index], names):
        return False
    if before in {None, Shape.HEADING}:
        return after is not Shape.SIGNER
    if after in {Shape.HEADING, Shape.MAYBE_HEADING}:
        return is_tied(blocks[index + 1][0].text) or before in {Shape.SIGNER, Shape.NAME}
    if after is Shape.TEXT:
        return before is not Shape.TEXT or lexicon.ORGANISATION.search(blocks[index][0].text) is not None
    return False


def _names_itself(block: Block, names: Sequence[Line]) -> bool:
    """Whether a greeting is signed with the name that stands above it."""
    own = search_key(block[0].text)
    return any(own in search_key(name.text) for name in names)

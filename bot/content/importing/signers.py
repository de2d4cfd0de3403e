"""Who signed a greeting: the last lines of its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.content.importing import lexicon
from bot.content.importing.page import Block, Line
from bot.content.importing.shapes import Known, Shape, cut_signer, is_signer, names_organisation, shape_of

SIGNERS = frozenset({Shape.SIGNER, Shape.NAME, Shape.MAYBE_HEADING})


@dataclass(frozen=True, slots=True)
class ReadSigner:
    """A signer as read, with the lines the words came from."""

    name: str
    role: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """The text of a greeting without its signers, and the signers in order."""

    body: tuple[Block, ...]
    signers: tuple[ReadSigner, ...]


def split_signers(blocks: Sequence[Block], known: Known) -> Signed:
    """Take the signers from the end of a text; a greeting keeps at least one block of text."""
    shapes = [shape_of(block, known) for block in blocks]
    first = len(blocks)
    while first > 1 and shapes[first - 1] in SIGNERS | {Shape.DATED}:
        first -= 1
    tail = list(zip(blocks[first:], shapes[first:], strict=True))
    dated = tuple(block for block, shape in tail if shape is Shape.DATED)
    signers: list[ReadSigner] = []
    for block in (block for block, shape in tail if shape is not Shape.DATED):
        signers = _joined(signers, _signers(block))
    return Signed((*blocks[:first], *dated), tuple(signers))


def _signers(block: Block) -> list[ReadSigner]:
    signers: list[ReadSigner] = []
    for line in block:
        name_end, role_start = cut_signer(line.words)
        name = " ".join(line.words[:name_end]).rstrip(",،")
        new = ReadSigner(name, " ".join(line.words[role_start:]), (line,))
        within = bool(signers) and not signers[-1].role and _is_role(line)
        signers = [*signers[:-1], _with_role(signers[-1], line)] if within else [*signers, new]
    return signers


def _joined(before: list[ReadSigner], new: list[ReadSigner]) -> list[ReadSigner]:
    """A role that stands in a block of its own belongs to the signer before it."""
    line = new[0].lines[0]
    alone = len(new) == 1 and len(new[0].lines) == 1 and not new[0].role and lexicon.ROLE.search(line.text)
    if before and not before[-1].role and alone:
        return [*before[:-1], _with_role(before[-1], line)]
    return [*before, *new]


def _is_role(line: Line) -> bool:
    text = line.text
    return bool(
        lexicon.ROLE.search(text) or lexicon.ORGAN.search(text) or names_organisation(text)
    ) and not is_signer(line.words)


def _with_role(signer: ReadSigner, line: Line) -> ReadSigner:
    return replace(signer, role=line.text, lines=(*signer.lines, line))
